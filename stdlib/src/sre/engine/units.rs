//! What the subject is made of: bytes, or characters in UTF-8.

use argil_compiler::surrogate;

/// How to go through a subject. Positions are byte offsets, always between two characters.
pub trait Unit {
    /// Whether each byte is a character.
    const OCTETS: bool;

    /// The character at a position, and how many bytes it takes.
    fn decode(text: &[u8], at: usize) -> Option<(u32, usize)>;

    /// The position of the character before a position, which is not the beginning.
    fn before(text: &[u8], at: usize) -> usize;

    /// The position `count` characters further on.
    fn forward(text: &[u8], at: usize, count: usize) -> Option<usize>;

    /// The position `count` characters back.
    fn back(text: &[u8], at: usize, count: usize) -> Option<usize>;
}

/// Bytes.
pub struct Octets;

impl Unit for Octets {
    const OCTETS: bool = true;

    #[inline(always)]
    fn decode(text: &[u8], at: usize) -> Option<(u32, usize)> {
        text.get(at).map(|byte| (u32::from(*byte), 1))
    }

    #[inline(always)]
    fn before(_text: &[u8], at: usize) -> usize {
        at - 1
    }

    #[inline(always)]
    fn forward(text: &[u8], at: usize, count: usize) -> Option<usize> {
        at.checked_add(count).filter(|at| *at <= text.len())
    }

    #[inline(always)]
    fn back(_text: &[u8], at: usize, count: usize) -> Option<usize> {
        at.checked_sub(count)
    }
}

/// Characters.
pub struct Utf8;

/// How many bytes the character takes that begins with a byte.
#[inline(always)]
pub fn width(lead: u8) -> usize {
    match lead {
        0..0xc0 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

impl Unit for Utf8 {
    const OCTETS: bool = false;

    #[inline(always)]
    fn decode(text: &[u8], at: usize) -> Option<(u32, usize)> {
        let lead = *text.get(at)?;
        if lead < 0x80 { Some((lead.into(), 1)) } else { decode_long(text, at, lead) }
    }

    #[inline(always)]
    fn before(text: &[u8], at: usize) -> usize {
        let mut at = at - 1;
        while at > 0 && text.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
            at -= 1;
        }
        at
    }

    fn forward(text: &[u8], mut at: usize, count: usize) -> Option<usize> {
        for _ in 0..count {
            at += width(*text.get(at)?);
        }
        Some(at)
    }

    fn back(text: &[u8], mut at: usize, count: usize) -> Option<usize> {
        for _ in 0..count {
            if at == 0 {
                return None;
            }
            at = Utf8::before(text, at);
        }
        Some(at)
    }
}

/// How many bytes the character at a position takes, if there is one.
#[inline(always)]
pub fn width_at<U: Unit>(text: &[u8], at: usize) -> Option<usize> {
    text.get(at).map(|lead| if U::OCTETS { 1 } else { width(*lead) })
}

fn decode_long(text: &[u8], at: usize, lead: u8) -> Option<(u32, usize)> {
    let width = width(lead);
    let rest = text.get(at + 1..at + width)?;
    let first = u32::from(lead) & (0xff >> (width + 1));
    let c = rest.iter().fold(first, |c, byte| c << 6 | u32::from(byte & 0x3f));
    Some((char::from_u32(c).map_or(c, surrogate::code_of), width))
}

/// Appends a character as strings have it; false if there is no such character.
pub fn encode(c: u32, bytes: &mut Vec<u8>) -> bool {
    let c = surrogate::char_of(c).map_or(c, u32::from);
    match c {
        0..0x80 => bytes.push(c as u8),
        0x80..0x800 => bytes.extend([0xc0 | (c >> 6) as u8, 0x80 | (c & 0x3f) as u8]),
        0x800..0x10000 => bytes.extend([0xe0 | (c >> 12) as u8, 0x80 | (c >> 6 & 0x3f) as u8, 0x80 | (c & 0x3f) as u8]),
        0x10000..0x11_0000 => bytes.extend([
            0xf0 | (c >> 18) as u8,
            0x80 | (c >> 12 & 0x3f) as u8,
            0x80 | (c >> 6 & 0x3f) as u8,
            0x80 | (c & 0x3f) as u8,
        ]),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_there_and_back() {
        let text = "aé€😀z";
        let bytes = text.as_bytes();
        let (mut at, mut coded) = (0, Vec::new());
        for c in text.chars() {
            let (found, len) = Utf8::decode(bytes, at).unwrap_or_default();
            assert_eq!((found, len), (u32::from(c), c.len_utf8()));
            assert_eq!(Utf8::before(bytes, at + len), at);
            assert!(encode(found, &mut coded));
            at += len;
        }
        assert_eq!(coded, bytes);
        assert_eq!(
            (Utf8::decode(bytes, at), Utf8::forward(bytes, 0, 5), Utf8::forward(bytes, 0, 6)),
            (None, Some(at), None)
        );
        assert_eq!((Utf8::back(bytes, at, 2), Utf8::back(bytes, at, 6)), (Some(6), None));
    }
}
