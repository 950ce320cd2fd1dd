//! Where strings end, and what lies within f-strings and t-strings.
//!
//! An f-string is read by turns: text by this file up to a brace, then an expression by the automaton like any other
//! source, up to the brace or colon that ends it at its own depth of brackets (PEP 701).

use super::{Lexer, Reader, TokenKind};
use crate::source::{Span, SyntaxError};

/// How many f-strings may be open at once; the limit of CPython's lexer.
const MAX_FSTRINGS: usize = 150;

/// How deep replacement fields may nest in the format specifications of one f-string.
const MAX_EXPRESSIONS: i32 = 3;

/// An open f-string or t-string.
pub(super) struct FString {
    /// Where its prefix begins.
    start: u32,
    quote: u8,
    /// How many quotes end it: 1 or 3.
    quotes: usize,
    raw: bool,
    template: bool,
    /// How many brackets are open within it, those of its replacement fields included.
    pub brackets: u32,
    /// How many replacement fields are open within each other, less one.
    pub expression_depth: i32,
    /// Whether text comes next, rather than an expression.
    pub in_text: bool,
    /// Whether that text is a format specification.
    in_format_spec: bool,
    /// Whether a `=` was seen in the expression.
    debug: bool,
}

impl FString {
    /// How messages call it.
    pub fn name(&self) -> &'static str {
        if self.template { "t-string" } else { "f-string" }
    }

    /// Notes a closing bracket of `kind`, which may end a replacement field.
    pub fn close(&mut self, kind: TokenKind) {
        self.brackets -= 1;
        if kind == TokenKind::RightBrace && self.brackets as i32 == self.expression_depth {
            self.expression_depth -= 1;
            self.in_text = true;
            self.in_format_spec = false;
            self.debug = false;
        }
    }

    fn middle(&self) -> TokenKind {
        if self.template { TokenKind::TStringMiddle } else { TokenKind::FStringMiddle }
    }
}

impl Lexer<'_> {
    /// Reads the rest of the string whose prefix and first quote were just found.
    pub(super) fn string(&mut self) -> Result<(), SyntaxError> {
        let bytes = self.source.as_bytes();
        let body = self.at();
        let quote = bytes[body - 1];
        let triple = bytes[body..].starts_with(&[quote, quote]);
        let mut at = if triple { body + 2 } else { body };
        let mut escaped_quote = false;
        loop {
            match bytes.get(at) {
                None => return Err(self.unterminated(quote, triple, at, escaped_quote)),
                Some(b'\n' | b'\r') if !triple => return Err(self.unterminated(quote, triple, at, escaped_quote)),
                Some(b'\\') => {
                    escaped_quote |= bytes.get(at + 1) == Some(&quote);
                    let line_break = bytes[at + 1..].starts_with(b"\r\n");
                    at += if line_break { 3 } else { 2 };
                }
                Some(&byte) if byte == quote && !triple => break at += 1,
                Some(&byte) if byte == quote && bytes[at..].starts_with(&[quote; 3]) => break at += 3,
                Some(_) => at += 1,
            }
        }
        self.scan.bump(at - body);
        self.push(TokenKind::String, self.span());
        Ok(())
    }

    fn unterminated(&self, quote: u8, triple: bool, end: usize, escaped_quote: bool) -> SyntaxError {
        let start = self.span().at_start();
        let line = self.line(end);
        if let Some(fstring) = self.fstrings.last()
            && fstring.quote == quote
            && (fstring.quotes == 3) == triple
        {
            return SyntaxError::new(format!("{}: expecting '}}'", fstring.name()), start);
        }
        let message = match (triple, escaped_quote) {
            (true, _) => format!("unterminated triple-quoted string literal (detected at line {line})"),
            (false, false) => format!("unterminated string literal (detected at line {line})"),
            (false, true) => {
                format!("unterminated string literal (detected at line {line}); perhaps you escaped the end quote?")
            }
        };
        SyntaxError::new(message, start)
    }

    /// Begins the f-string or t-string whose prefix and first quote were just found.
    pub(super) fn fstring_start(&mut self, kind: TokenKind) -> Result<(), SyntaxError> {
        let slice = self.scan.slice().as_bytes();
        let quote = slice[slice.len() - 1];
        let raw = slice.iter().any(|byte| matches!(byte, b'r' | b'R'));
        let triple = self.scan.remainder().as_bytes().starts_with(&[quote, quote]);
        if triple {
            self.scan.bump(2);
        }
        if self.fstrings.len() + 1 >= MAX_FSTRINGS {
            return Err(self.error("too many nested f-strings"));
        }
        self.fstrings.push(FString {
            start: self.span().start,
            quote,
            quotes: if triple { 3 } else { 1 },
            raw,
            template: kind == TokenKind::TStringStart,
            brackets: 0,
            expression_depth: -1,
            in_text: true,
            in_format_spec: false,
            debug: false,
        });
        self.push(kind, self.span());
        Ok(())
    }

    /// Whether the colon just found ends the expression of a replacement field; if so, yields it and turns to the format
    /// specification. A `:=` there is a colon, and the specification begins with `=`.
    pub(super) fn format_spec_begins(&mut self) -> bool {
        let start = self.scan.span().start;
        let Some(fstring) = self.fstrings.last_mut() else { return false };
        if fstring.expression_depth < 0 || fstring.brackets as i32 - 1 != fstring.expression_depth {
            return false;
        }
        fstring.in_text = true;
        fstring.in_format_spec = true;
        self.push(TokenKind::Colon, Span::new(start as u32, start as u32 + 1));
        self.rewind(start + 1);
        true
    }

    /// Notes a `=`, which makes the expression of a replacement field show its own text.
    pub(super) fn note_debug(&mut self) {
        if let Some(fstring) = self.fstrings.last_mut() {
            fstring.debug = true;
        }
    }

    /// Makes the automaton go on at `offset`.
    fn rewind(&mut self, offset: usize) {
        if offset != self.at() {
            self.scan = logos::Logos::lexer(self.source);
            self.scan.bump(offset);
        }
    }

    /// Reads text of the innermost f-string: yields it up to the next replacement field, doubled brace, end of a format
    /// specification, or the closing quotes.
    pub(super) fn fstring_text(&mut self) -> Result<(), SyntaxError> {
        let bytes = self.source.as_bytes();
        let start = self.at();
        let Some(fstring) = self.fstrings.last_mut() else { return Ok(()) };
        let in_format_spec = fstring.in_format_spec && fstring.expression_depth >= 0;
        let closing = [fstring.quote; 3];
        let closing = &closing[..fstring.quotes];
        let mut named_escape = false;
        let mut at = start;
        // Where the text ends, and how many bytes after it are read with it.
        let (end, skip) = loop {
            let rest = &bytes[at.min(bytes.len())..];
            match rest.first() {
                None | Some(b'\n' | b'\r') if in_format_spec && fstring.quotes == 1 => {
                    let name = fstring.name();
                    return Err(SyntaxError::new(
                        format!("{name}: newlines are not allowed in format specifiers for single quoted {name}s"),
                        Span::new(at as u32, at as u32),
                    ));
                }
                None => return Err(self.unterminated_fstring(at)),
                Some(b'\n' | b'\r') if fstring.quotes == 1 => return Err(self.unterminated_fstring(at)),
                Some(_) if rest.starts_with(closing) => {
                    if at == start {
                        let kind = if fstring.template { TokenKind::TStringEnd } else { TokenKind::FStringEnd };
                        self.scan.bump(closing.len());
                        self.fstrings.pop();
                        let end = Span::new(at as u32, self.at() as u32);
                        self.push(kind, end);
                        return Ok(());
                    }
                    break (at, 0);
                }
                Some(b'{') if rest.get(1) == Some(&b'{') && !in_format_spec => break (at + 1, 1),
                Some(b'{') => {
                    fstring.expression_depth += 1;
                    fstring.in_text = false;
                    fstring.in_format_spec = false;
                    if fstring.expression_depth >= MAX_EXPRESSIONS {
                        let name = fstring.name();
                        let here = Span::new(at as u32, at as u32);
                        return Err(SyntaxError::new(format!("{name}: expressions nested too deeply"), here));
                    }
                    break (at, 0);
                }
                Some(b'}') if named_escape => {
                    named_escape = false;
                    at += 1;
                    if self.reader != Reader::Parser {
                        break (at, 0);
                    }
                }
                Some(b'}') if rest.get(1) == Some(&b'}') && !in_format_spec && fstring.brackets == 0 => {
                    break (at + 1, 1);
                }
                Some(b'}') => {
                    fstring.in_text = false;
                    fstring.in_format_spec = false;
                    break (at, 0);
                }
                Some(b'\\') => match rest.get(1) {
                    Some(b'{' | b'}') => at += 1,
                    Some(b'N') if !fstring.raw && rest.get(2) == Some(&b'{') => {
                        named_escape = true;
                        at += 3;
                    }
                    _ => at += if rest[1..].starts_with(b"\r\n") { 3 } else { 2 },
                },
                Some(_) => at += 1,
            }
        };
        let kind = fstring.middle();
        let is_empty_specification = fstring.expression_depth >= 0 && skip == 0 && bytes.get(end) == Some(&b'}');
        if end > start || (is_empty_specification && self.reader != Reader::Parser) {
            self.push(kind, Span::new(start as u32, end as u32));
        }
        self.scan.bump(end + skip - start);
        Ok(())
    }

    fn unterminated_fstring(&self, end: usize) -> SyntaxError {
        let Some(fstring) = self.fstrings.last() else { return self.error("invalid syntax") };
        let triple = if fstring.quotes == 3 { "triple-quoted " } else { "" };
        let message = format!("unterminated {triple}{} literal (detected at line {})", fstring.name(), self.line(end));
        SyntaxError::new(message, Span::new(fstring.start, fstring.start))
    }
}
