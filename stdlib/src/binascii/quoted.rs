//! Quoted-printable text (RFC 1521), and its variant for headers, which has `_` for a space.

use argil_interp::memory;

/// A line has fewer characters than this.
const LINE: usize = 76;

/// What is quoted beyond what must be.
#[derive(Clone, Copy)]
pub struct Rules {
    /// Spaces and tabs everywhere.
    pub quotetabs: bool,
    /// No ends of lines: they are those of the text.
    pub istext: bool,
    /// Underscores, which stand for spaces.
    pub header: bool,
}

impl Rules {
    /// Whether the byte at an index must be quoted, if its line has so many characters before it.
    fn quotes(self, bytes: &[u8], at: usize, before: usize) -> bool {
        let (byte, next) = (bytes[at], bytes.get(at + 1));
        match byte {
            b'=' | 127.. => true,
            b'_' => self.header,
            // A dot alone on a line ends a mail.
            b'.' => before == 0 && matches!(next, None | Some(b'\n' | b'\r' | 0)),
            b'\r' | b'\n' => !self.istext,
            b'\t' | b' ' => next.is_none() || self.quotetabs,
            _ => byte < b' ',
        }
    }
}

/// Lines that are being written.
struct Lines {
    out: Vec<u8>,
    /// How many characters the last line has.
    len: usize,
    crlf: bool,
}

impl Lines {
    fn push(&mut self, bytes: &[u8]) {
        memory::reserve(&mut self.out, bytes.len());
        self.out.extend_from_slice(bytes);
        self.len += bytes.len();
    }

    fn push_quoted(&mut self, byte: u8) {
        const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
        self.push(&[b'=', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }

    fn end(&mut self) {
        self.push(if self.crlf { b"\r\n" } else { b"\n" });
        self.len = 0;
    }

    /// Ends a line that is none of the text.
    fn break_off(&mut self) {
        self.push(b"=");
        self.end();
    }
}

/// The text of bytes.
pub fn encode(bytes: &[u8], rules: Rules) -> Vec<u8> {
    let first = bytes.iter().position(|&byte| byte == b'\n');
    let crlf = first.is_some_and(|at| at > 0 && bytes[at - 1] == b'\r');
    let mut lines = Lines { out: memory::buffer(bytes.len()), len: 0, crlf };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        let ends = byte == b'\n' || byte == b'\r' && next == Some(&b'\n');
        at += 1;
        if rules.quotes(bytes, at - 1, lines.len) {
            if lines.len + 3 >= LINE {
                lines.break_off();
            }
            lines.push_quoted(byte);
        } else if rules.istext && ends {
            // White space at the end of a line would get lost.
            if let Some(&blank @ (b' ' | b'\t')) = lines.out.last() {
                lines.out.pop();
                lines.push_quoted(blank);
            }
            lines.end();
            at += usize::from(byte == b'\r');
        } else {
            if next.is_some_and(|&next| next != b'\n') && lines.len + 1 >= LINE {
                lines.break_off();
            }
            lines.push(&[if rules.header && byte == b' ' { b'_' } else { byte }]);
        }
    }
    lines.out
}

/// The bytes of a text; what is not quoted as it should be stands for itself.
pub fn decode(text: &[u8], header: bool) -> Vec<u8> {
    let mut out = memory::buffer(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'=' => match *rest {
                [] => {}
                [b'\n' | b'\r', ..] => {
                    let end = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |at| at + 1);
                    rest = &rest[end..];
                }
                [b'=', ..] => {
                    out.push(b'=');
                    rest = &rest[1..];
                }
                [high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                    let digit = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0);
                    out.push((digit(high) << 4 | digit(low)) as u8);
                    rest = &rest[2..];
                }
                _ => out.push(b'='),
            },
            b'_' if header => out.push(b' '),
            _ => out.push(byte),
        }
    }
    out
}
