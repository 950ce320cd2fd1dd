//! Misspelt keywords: "invalid syntax. Did you mean 'for'?".
//!
//! As in CPython this is done only when an error is shown, by trying: each of the first names on the wrong line is replaced by
//! keywords like it, and the first replacement that makes sense is suggested.

use crate::compile::{Mode, compile};
use crate::lexer::{TokenKind, tokenize};
use crate::parser::{is_incomplete, last_compound_before_error};
use crate::source::{LineIndex, Span, SyntaxError};
use crate::suggestion::{closest, most_similar};

/// The keywords, in the order in which candidates are tried.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// How many names on the wrong line are tried.
const MAX_NAMES: usize = 10;
/// How many keywords are tried for each.
const MAX_KEYWORDS: usize = 3;
/// How long the text that is looked at may be, in characters.
const MAX_EXCERPT: usize = 1024;

/// `error` with the keyword that was meant, if it is of the sort that may come from a misspelt one and a keyword is found.
pub(crate) fn with_keyword(error: &SyntaxError, text: &str) -> Option<SyntaxError> {
    if error.message != "invalid syntax" && !error.message.contains("Perhaps you forgot a comma") {
        return None;
    }
    let lines = LineIndex::new(text);
    let first = last_compound_before_error(text).map_or(1, |offset| lines.line(offset));
    let wrong = lines.line(error.span.start);
    let start = lines.line_span(text, first).start as usize;
    let wrong_line = lines.line_span(text, wrong);
    let (excerpt, margin) = dedent(text.get(start..wrong_line.end as usize)?);
    if excerpt.chars().count() > MAX_EXCERPT {
        return None;
    }
    let excerpt_line = excerpt.rfind('\n').map_or(0, |at| at + 1);
    let names = tokenize(&excerpt)
        .tokens
        .into_iter()
        .filter(|token| token.kind == TokenKind::Name && token.span.start as usize >= excerpt_line);
    for name in names.take(MAX_NAMES) {
        let word = &excerpt[name.span.range()];
        let mut keywords: Vec<&str> = closest(word, KEYWORDS).into_iter().collect();
        keywords.extend(most_similar(word, &KEYWORDS, MAX_KEYWORDS));
        for keyword in keywords.into_iter().take(MAX_KEYWORDS) {
            let mut corrected = excerpt.clone();
            corrected.replace_range(name.span.range(), keyword);
            if compile(&corrected, Mode::Exec).is_ok() || is_incomplete(&corrected) {
                let start = wrong_line.start + margin + name.span.start - excerpt_line as u32;
                let span = Span::new(start, start + word.len() as u32);
                return Some(SyntaxError::new(format!("invalid syntax. Did you mean '{keyword}'?"), span));
            }
        }
    }
    None
}

/// `text` without the space that all its lines begin with, and how much that was. Blank lines do not count.
fn dedent(text: &str) -> (String, u32) {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let lines: Vec<&str> = text.split('\n').map(|line| line.trim_end_matches('\r')).collect();
    let mut margin: Option<&str> = None;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let own = &line[..indentation(line)];
        let common = margin.map_or(own, |margin| {
            let shared = margin.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
            &margin[..shared]
        });
        margin = Some(common);
    }
    let margin = margin.map_or(0, str::len);
    let dedented: Vec<&str> = lines.iter().map(|line| line.get(margin..).unwrap_or("")).collect();
    (dedented.join("\n"), margin as u32)
}
