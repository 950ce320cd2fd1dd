//! Backslash escapes.
//!
//! Errors are worded as CPython words those of its codecs, positions being counted in bytes from the opening quote.

use crate::surrogate;

/// Appends `text` with its escapes resolved to `value`.
///
/// # Errors
/// The message for an escape that is cut short or names no character.
pub(in super::super) fn unescape(text: &str, value: &mut String) -> Result<(), String> {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let start = text.len() - rest.len() + at;
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            '\n' => {}
            '0'..='7' => {
                let code = octal(c, &mut rest);
                value.extend(char::from_u32(code));
            }
            'x' => value.push(hexadecimal(start, &mut rest, 2, "truncated \\xXX escape")?),
            'u' => value.push(hexadecimal(start, &mut rest, 4, "truncated \\uXXXX escape")?),
            'U' => value.push(hexadecimal(start, &mut rest, 8, "truncated \\UXXXXXXXX escape")?),
            'N' => value.push(named(text, start, &mut rest)?),
            _ => match simple(c) {
                Some(byte) => value.push(byte as char),
                None => value.extend(['\\', c]),
            },
        }
    }
    value.push_str(rest);
    Ok(())
}

/// Appends the ASCII `text` with its escapes resolved to `value`.
///
/// # Errors
/// The message for an escape that is cut short.
pub(in super::super) fn unescape_bytes(text: &str, value: &mut Vec<u8>) -> Result<(), String> {
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        value.extend_from_slice(&rest.as_bytes()[..at]);
        let start = text.len() - rest.len() + at;
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        match c {
            '\n' => {}
            '0'..='7' => value.push(octal(c, &mut rest) as u8),
            'x' => {
                let digits = rest.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
                let digits = digits.filter(|_| rest.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
                value.push(digits.ok_or_else(|| format!("(value error) invalid \\x escape at position {start}"))?);
                rest = &rest[2..];
            }
            _ => match simple(c) {
                Some(byte) => value.push(byte),
                None => value.extend([b'\\', c as u8]),
            },
        }
    }
    value.extend_from_slice(rest.as_bytes());
    Ok(())
}

/// What a backslash and the letter `c` stand for.
fn simple(c: char) -> Option<u8> {
    Some(match c {
        '\\' | '\'' | '"' => c as u8,
        'a' => 0x07,
        'b' => 0x08,
        'f' => 0x0c,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 0x0b,
        _ => return None,
    })
}

/// The code of an octal escape: the digit `first` and up to two more at the start of `rest`.
fn octal(first: char, rest: &mut &str) -> u32 {
    let more = rest.bytes().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let (digits, after) = rest.split_at(more);
    *rest = after;
    digits.bytes().fold(first as u32 - '0' as u32, |code, digit| code * 8 + u32::from(digit - b'0'))
}

/// The character of an escape with `count` hexadecimal digits, which begins at `start`.
fn hexadecimal(start: usize, rest: &mut &str, count: usize, truncated: &str) -> Result<char, String> {
    let found = rest.bytes().take(count).take_while(u8::is_ascii_hexdigit).count();
    if found < count {
        return Err(decode_error(start, start + 1 + found, truncated));
    }
    let (digits, after) = rest.split_at(count);
    *rest = after;
    let code = u32::from_str_radix(digits, 16).unwrap_or(u32::MAX);
    surrogate::char_of(code).ok_or_else(|| decode_error(start, start + 1 + count, "illegal Unicode character"))
}

/// The character of a `\N{name}` escape, which begins at `start` of `text`.
fn named(text: &str, start: usize, rest: &mut &str) -> Result<char, String> {
    let name = rest.strip_prefix('{').and_then(|braced| braced.split_once('}')).filter(|(name, _)| !name.is_empty());
    let Some((name, after)) = name else {
        let end = match rest.strip_prefix('{') {
            None => start + 1,
            Some(name) if name.starts_with('}') => start + 2,
            Some(_) => text.len() - 1,
        };
        return Err(decode_error(start, end, "malformed \\N character escape"));
    };
    *rest = after;
    // No name begins with a hyphen, and `unicode_names2` looks before one.
    (!name.starts_with('-'))
        .then(|| unicode_names2::character(name))
        .flatten()
        .ok_or_else(|| decode_error(start, start + 3 + name.len(), "unknown Unicode character name"))
}

/// The message of the codec for the bytes from `start` to `end`, both included.
fn decode_error(start: usize, end: usize, reason: &str) -> String {
    let place = if start == end { format!("position {start}") } else { format!("position {start}-{end}") };
    format!("(unicode error) 'unicodeescape' codec can't decode bytes in {place}: {reason}")
}
