//! Quoted forms of strings and bytes.

use argil_compiler::surrogate;

use crate::memory;
use crate::types::str::unicode;

/// Picks the quote: single, unless the text has single quotes and no double ones.
fn quote_for(has_single: bool, has_double: bool) -> char {
    if has_single && !has_double { '"' } else { '\'' }
}

/// `repr` of a string.
pub fn str_repr(text: &str) -> String {
    let mut result = memory::text(text.len() + 2);
    push_str(&mut result, text);
    result
}

/// Appends `repr` of a string.
pub fn push_str(result: &mut String, text: &str) {
    let quote = quote_for(text.contains('\''), text.contains('"'));
    result.push(quote);
    let plain = |byte: u8| (b' '..0x7f).contains(&byte) && byte != b'\\' && byte != quote as u8;
    if text.bytes().all(plain) {
        result.push_str(text);
    } else {
        for c in text.chars() {
            push_char(result, c, quote);
        }
    }
    result.push(quote);
}

fn push_char(result: &mut String, c: char, quote: char) {
    match c {
        '\\' => result.push_str("\\\\"),
        '\n' => result.push_str("\\n"),
        '\r' => result.push_str("\\r"),
        '\t' => result.push_str("\\t"),
        _ if c == quote => {
            result.push('\\');
            result.push(c);
        }
        ' '..='~' => result.push(c),
        _ if unicode::is_printable(c) => result.push(c),
        _ => push_escape(result, c),
    }
}

/// Appends the shortest of `\x`, `\u` and `\U` that holds the character.
pub fn push_escape(result: &mut String, c: char) {
    let code = surrogate::code_of(c);
    result.push_str(&match code {
        0..=0xff => format!("\\x{code:02x}"),
        0x100..=0xffff => format!("\\u{code:04x}"),
        _ => format!("\\U{code:08x}"),
    });
}

/// `repr` of a bytes object.
pub fn bytes_repr(bytes: &[u8]) -> String {
    let quote = quote_for(bytes.contains(&b'\''), bytes.contains(&b'"'));
    let mut result = memory::text(bytes.len() + 3);
    result.push('b');
    result.push(quote);
    for &byte in bytes {
        match byte {
            b'\\' => result.push_str("\\\\"),
            b'\n' => result.push_str("\\n"),
            b'\r' => result.push_str("\\r"),
            b'\t' => result.push_str("\\t"),
            _ if byte == quote as u8 => {
                result.push('\\');
                result.push(quote);
            }
            b' '..=b'~' => result.push(char::from(byte)),
            _ => push_escape(&mut result, char::from(byte)),
        }
    }
    result.push(quote);
    result
}

/// The bytes in a bytearray as its `repr` shows them: a single quote is escaped even within double quotes.
pub fn bytearray_repr(bytes: &[u8]) -> String {
    let shown = bytes_repr(bytes);
    if shown.starts_with("b\"") { shown.replace('\'', "\\'") } else { shown }
}

/// Turns a `repr` into that of `ascii()`: what is not ASCII is escaped.
pub fn escape_non_ascii(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let mut result = memory::text(text.len() + 16);
    for c in text.chars() {
        if c.is_ascii() { result.push(c) } else { push_escape(&mut result, c) }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(str_repr("a'b"), "\"a'b\"");
        assert_eq!(str_repr("a'b\"c"), "'a\\'b\"c'");
        assert_eq!(str_repr("é\n\u{7f}\u{200b}😀"), "'é\\n\\x7f\\u200b😀'");
        assert_eq!(bytes_repr(b"\x00'a\xff"), "b\"\\x00'a\\xff\"");
        assert_eq!(escape_non_ascii("é😀".into()), "\\xe9\\U0001f600");
    }
}
