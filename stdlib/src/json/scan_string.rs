//! Strings in JSON texts.

use argil_compiler::surrogate;
use std::borrow::Cow;

use argil_interp::ctx::{Ctx, Raised, Slot};
use argil_interp::memory;

use super::raise_at;

/// What is wrong with a string, and where: at a byte, or `None` for the quote that begins it.
#[derive(Debug, PartialEq, Eq)]
pub struct Wrong {
    what: What,
    /// The byte.
    pub at: Option<usize>,
}

#[derive(Debug, PartialEq, Eq)]
enum What {
    Unterminated,
    Control,
    Escape,
    Unicode,
}

impl Wrong {
    /// Raises the error; `at` is the character that it is about.
    #[cold]
    pub fn raise(&self, cx: &mut Ctx, text: Slot, at: i64) -> Raised {
        let message = match self.what {
            What::Unterminated => "Unterminated string starting at",
            What::Control => "Invalid control character at",
            What::Escape => "Invalid \\escape",
            What::Unicode => "Invalid \\uXXXX escape",
        };
        raise_at(cx, message, text, at)
    }
}

fn wrong(what: What, at: Option<usize>) -> Wrong {
    Wrong { what, at }
}

/// The first byte from `at` on that is a quote, a backslash or a control character.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    // The high bit of each byte that is zero; what lies behind the first of them may be wrong, before it nothing is.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    while let Some(word) = bytes.get(at..at + 8) {
        let word = u64::from_le_bytes(word.try_into().unwrap_or_default());
        let quote = zeros(word ^ (ONES * u64::from(b'"')));
        let backslash = zeros(word ^ (ONES * u64::from(b'\\')));
        let control = zeros(word & (ONES * 0xe0));
        let found = quote | backslash | control;
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(rest.len())
}

/// Reads a string whose opening quote lies before the byte `at`: the string, and the byte behind its closing quote.
#[inline]
pub fn scan(text: &str, at: usize, strict: bool) -> Result<(Cow<'_, str>, usize), Wrong> {
    let end = special(text.as_bytes(), at);
    if text.as_bytes().get(end) == Some(&b'"') {
        return Ok((Cow::Borrowed(&text[at..end]), end + 1));
    }
    scan_parts(text, at, strict).map(|(text, next)| (Cow::Owned(text), next))
}

fn scan_parts(text: &str, begin: usize, strict: bool) -> Result<(String, usize), Wrong> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut at = begin;
    loop {
        let mut end = special(bytes, at);
        while !strict && matches!(bytes.get(end), Some(0..0x20)) {
            end = special(bytes, end + 1);
        }
        memory::reserve_text(&mut out, end - at + 4);
        out.push_str(&text[at..end]);
        match bytes.get(end) {
            None => return Err(wrong(What::Unterminated, None)),
            Some(b'"') => return Ok((out, end + 1)),
            Some(b'\\') => {}
            Some(_) => return Err(wrong(What::Control, Some(end))),
        }
        let Some(letter) = bytes.get(end + 1) else { return Err(wrong(What::Unterminated, None)) };
        at = end + 2;
        out.push(match letter {
            b'"' | b'\\' | b'/' => char::from(*letter),
            b'b' => '\x08',
            b'f' => '\x0c',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let (c, next) = code_point(text, at)?;
                at = next;
                c
            }
            _ => return Err(wrong(What::Escape, Some(end))),
        });
    }
}

/// Four hexadecimal digits, behind which something follows.
fn unit(text: &str, at: usize) -> Result<u32, Wrong> {
    let bytes = text.as_bytes();
    let digits = bytes.get(at..at + 4).filter(|_| bytes.len() > at + 4);
    let number = digits.and_then(|digits| {
        digits.iter().try_fold(0, |number, digit| Some(number << 4 | char::from(*digit).to_digit(16)?))
    });
    number.ok_or(wrong(What::Unicode, Some(at - 1)))
}

/// The character of an escape, of two if they are a pair of surrogates, whose digits begin at a byte; and where to go on.
fn code_point(text: &str, at: usize) -> Result<(char, usize), Wrong> {
    let first = unit(text, at)?;
    // Four digits name no character that strings cannot hold.
    let c = surrogate::char_of(first).unwrap_or(char::REPLACEMENT_CHARACTER);
    if !surrogate::is_surrogate(c) {
        return Ok((c, at + 4));
    }
    let behind = text.get(at + 4..).unwrap_or_default();
    if first >= 0xdc00 || !behind.starts_with("\\u") || behind.chars().nth(6).is_none() {
        return Ok((c, at + 4));
    }
    let second = unit(text, at + 6)?;
    let pair = char::decode_utf16([first as u16, second as u16]).next().and_then(Result::ok);
    Ok(pair.map_or((c, at + 4), |c| (c, at + 10)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_bytes_are_found_wherever_they_are() {
        for place in 0..20 {
            for byte in [b'"', b'\\', 0, 9, 0x1f] {
                let mut bytes = vec![b' '; 24];
                bytes[place] = byte;
                assert_eq!(special(&bytes, 0), place);
            }
        }
        let others: Vec<u8> = (0x20..=0xff).filter(|byte| !matches!(byte, b'"' | b'\\')).collect();
        assert_eq!(special(&others, 0), others.len());
    }

    #[test]
    fn escapes() {
        let read = |text| scan(text, 0, true).map(|(text, next)| (text.into_owned(), next));
        assert_eq!(read("a\\ud83d\\ude00\""), Ok(("a😀".to_owned(), 14)));
        assert_eq!(read("a\\u12\""), Err(wrong(What::Unicode, Some(2))));
        assert_eq!(read("a\\"), Err(wrong(What::Unterminated, None)));
        assert_eq!(read("a\\é\""), Err(wrong(What::Escape, Some(1))));
    }
}
