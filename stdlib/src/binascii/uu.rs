//! Uuencoded lines: a character for the length, then four for three bytes.

use argil_interp::memory;

/// How many bytes a line holds.
const LINE: usize = 45;

/// The line of some bytes; `None` if they are too many. Zeros are spaces, or backticks.
pub fn encode(bytes: &[u8], backtick: bool) -> Option<Vec<u8>> {
    if bytes.len() > LINE {
        return None;
    }
    let character = |value: u8| if backtick && value == 0 { b'`' } else { value + b' ' };
    let mut out = vec![character(bytes.len() as u8)];
    for triple in bytes.chunks(3) {
        let at = |index: usize| triple.get(index).copied().unwrap_or(0);
        let bits = u32::from_be_bytes([0, at(0), at(1), at(2)]);
        out.extend([18, 12, 6, 0].map(|place| character((bits >> place & 63) as u8)));
    }
    out.push(b'\n');
    Some(out)
}

/// The bytes of a line. Spaces may be missing at its end, and there may be more of them.
///
/// # Errors
/// What is wrong, in CPython's words.
pub fn decode(line: &[u8]) -> Result<Vec<u8>, &'static str> {
    let (length, mut rest) = line.split_first().ok_or("Missing length byte")?;
    let length = usize::from(length.wrapping_sub(b' ') & 63);
    let mut out = memory::buffer(length);
    let (mut bits, mut count) = (0_u32, 0);
    while out.len() < length {
        let value = match rest.first() {
            None | Some(b'\n' | b'\r') => 0,
            Some(character @ b' '..=b'`') => (character - b' ') & 63,
            Some(_) => return Err("Illegal char"),
        };
        rest = rest.get(1..).unwrap_or_default();
        (bits, count) = (bits << 6 | u32::from(value), count + 6);
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    let is_blank = |character: &u8| matches!(character, b' ' | b'`' | b'\n' | b'\r');
    if rest.iter().all(is_blank) { Ok(out) } else { Err("Trailing garbage") }
}
