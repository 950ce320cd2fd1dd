//! Strings as JSON writes them.

use argil_compiler::surrogate;
use argil_interp::memory;

/// Which characters are escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// All that is not printable ASCII.
    Ascii,
    /// Only those that must be.
    Few,
}

const fn table(ascii: bool) -> [bool; 256] {
    let mut escaped = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        escaped[byte] = byte < 0x20 || byte == b'"' as usize || byte == b'\\' as usize || ascii && byte > 0x7e;
        byte += 1;
    }
    escaped
}

static ASCII: [bool; 256] = table(true);
static FEW: [bool; 256] = table(false);

impl Escape {
    /// Appends a text between quotes.
    pub fn push(self, out: &mut String, text: &str) {
        let table = if self == Escape::Ascii { &ASCII } else { &FEW };
        memory::reserve_text(out, text.len() + 2);
        out.push('"');
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| table[usize::from(byte)]) {
            // A byte that is escaped begins a character, or is within one whose first byte is escaped.
            let (plain, escaped) = rest.split_at(at);
            out.push_str(plain);
            let mut chars = escaped.chars();
            if let Some(c) = chars.next() {
                memory::reserve_text(out, escaped.len() + 12);
                push_escaped(out, c);
            }
            rest = chars.as_str();
        }
        out.push_str(rest);
        memory::reserve_text(out, 1);
        out.push('"');
    }
}

fn push_escaped(out: &mut String, c: char) {
    let short = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\x0c' => "\\f",
        '\x08' => "\\b",
        _ => {
            let mut units = [0; 2];
            let units: &[u16] = match surrogate::is_surrogate(c) {
                true => &[surrogate::code_of(c) as u16],
                false => c.encode_utf16(&mut units),
            };
            for unit in units {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    let digit = char::from_digit(u32::from(*unit) >> shift & 15, 16);
                    out.push(digit.unwrap_or('0'));
                }
            }
            return;
        }
    };
    out.push_str(short);
}
