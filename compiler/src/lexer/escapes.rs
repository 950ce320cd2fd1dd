//! Backslashes before letters that mean nothing there, of which CPython warns.

use super::{Token, TokenKind, tokenize};
use crate::source::{Span, SyntaxWarning};

/// What a string's prefix says about its escapes.
#[derive(Clone, Copy)]
struct Sort {
    raw: bool,
    bytes: bool,
}

/// A warning for each literal, or piece of an f-string, of `source` that has a doubtful escape: about the first in it.
pub fn doubtful_escapes(source: &str) -> Vec<SyntaxWarning> {
    let str_sort = Sort { raw: false, bytes: false };
    // Most sources have none, and need not be taken apart for that.
    if first_doubtful(source, Sort { bytes: true, ..str_sort }).is_none() {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    let mut open = Vec::new();
    for Token { kind, span, .. } in tokenize(source).tokens {
        let text = &source[span.range()];
        let (sort, body) = match kind {
            TokenKind::String => {
                let (prefix, _) = text.split_at(text.find(['"', '\'']).unwrap_or(0));
                (sort_of(prefix), text)
            }
            TokenKind::FStringStart | TokenKind::TStringStart => {
                open.push(sort_of(text));
                continue;
            }
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                open.pop();
                continue;
            }
            TokenKind::FStringMiddle | TokenKind::TStringMiddle => (*open.last().unwrap_or(&str_sort), text),
            _ => continue,
        };
        if let Some((at, message)) = first_doubtful(body, sort).filter(|_| !sort.raw) {
            let start = span.start + at as u32;
            warnings.push(SyntaxWarning { message, span: Span::new(start, start + 2) });
        }
    }
    warnings
}

fn sort_of(prefix: &str) -> Sort {
    Sort { raw: prefix.contains(['r', 'R']), bytes: prefix.contains(['b', 'B']) }
}

/// The place in `text` of the first escape that means nothing, and what is said about it.
fn first_doubtful(text: &str, sort: Sort) -> Option<(usize, String)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = text[at..].find('\\') {
        let start = at + found;
        let digits = bytes[start + 1..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let (escape, octal) = match bytes.get(start + 1)? {
            b'4'..=b'7' if digits == 3 => (&text[start..start + 4], "octal "),
            b'0'..=b'7' | b'\\' | b'\'' | b'"' | b'\n' | b'\r' | 128.. => ("", ""),
            b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'x' => ("", ""),
            b'N' | b'u' | b'U' if !sort.bytes => ("", ""),
            _ => (&text[start..start + 2], ""),
        };
        if !escape.is_empty() {
            let message = format!(
                "\"{escape}\" is an invalid {octal}escape sequence. Such sequences will not work in the future. \
                 Did you mean \"\\{escape}\"? A raw string is also an option."
            );
            return Some((start, message));
        }
        at = start + 1 + text[start + 1..].chars().next().map_or(0, char::len_utf8);
    }
    None
}
