//! String literals side by side, and the inside of f-strings and t-strings.

use super::literal::{unescape, unix_lines};
use super::{Failure, Parse, Parser};
use crate::ast::{Constant, Conversion, Expr, ExprKind, FStringPart, Replacement};
use crate::lexer::TokenKind;
use crate::source::{Span, SyntaxError};

/// What sort of string with replacement fields is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    FString,
    TString,
}

impl Sort {
    /// How messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FString => "f-string",
            Self::TString => "t-string",
        }
    }
}

/// The parts of a string, of which literals that meet are joined.
#[derive(Default)]
struct Parts {
    done: Vec<FStringPart>,
    text: String,
    text_span: Option<Span>,
    /// Whether the literal text began with a string that has the prefix `u`.
    unicode: bool,
}

impl Parts {
    /// Notes that the literal text grew by what is written at `span`, a string with the prefix `u` if `unicode` is set.
    fn grew(&mut self, span: Span, unicode: bool) {
        if self.text_span.is_none() {
            self.unicode = unicode;
        }
        self.text_span = Some(self.text_span.map_or(span, |before| before.to(span)));
    }

    fn end_literal(&mut self) {
        if let (false, Some(span)) = (self.text.is_empty(), self.text_span.take()) {
            let (text, unicode) = (std::mem::take(&mut self.text).into(), self.unicode);
            self.done.push(FStringPart::Literal { text, unicode, span });
        }
    }

    fn push(&mut self, replacement: Replacement) {
        self.end_literal();
        self.done.push(FStringPart::Replacement(replacement));
    }

    fn finish(mut self) -> Vec<FStringPart> {
        self.end_literal();
        self.done
    }
}

/// The text of an expression as a string shows it: with the lines' ends as Python has them, and without comments.
pub fn expression_text(source: &str) -> String {
    let mut text = String::new();
    let mut quote = None;
    let source = unix_lines(source);
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                text.push(c);
                text.extend(chars.next());
                continue;
            }
            // A string has an odd number of quotes at each end, so those of a longer one count as well.
            '"' | '\'' if quote.is_none() => quote = Some(c),
            _ if quote == Some(c) => quote = None,
            '#' if quote.is_none() => {
                if chars.any(|c| c == '\n') {
                    text.push('\n');
                }
                continue;
            }
            _ => {}
        }
        text.push(c);
    }
    text
}

impl Parser<'_> {
    /// One or more string literals side by side.
    pub(super) fn strings(&mut self) -> Parse<Expr> {
        let start = self.start();
        let mut sorts = Vec::new();
        let mut bytes = Vec::new();
        let mut parts = Parts::default();
        loop {
            let (token, kind) = (self.tokens[self.at], self.peek());
            match kind {
                TokenKind::String => {
                    let span = self.advance().span;
                    let is_bytes = self.is_bytes(span);
                    sorts.push((kind, is_bytes, span));
                    if is_bytes {
                        self.append_bytes(span, &mut bytes)?;
                    } else {
                        self.append_string(span, &mut parts.text)?;
                        parts.grew(span, self.source[span.range()].starts_with(['u', 'U']));
                    }
                }
                TokenKind::FStringStart => {
                    self.fstring_parts(Sort::FString, &mut parts)?;
                    sorts.push((kind, false, self.span_from(token.span.start)));
                }
                TokenKind::TStringStart => {
                    self.fstring_parts(Sort::TString, &mut parts)?;
                    sorts.push((kind, false, self.span_from(token.span.start)));
                }
                _ => break,
            }
        }
        let span = self.span_from(start);
        let is_template = |&(kind, ..): &(TokenKind, bool, Span)| kind == TokenKind::TStringStart;
        if let Some(at) = sorts.windows(2).position(|pair| is_template(&pair[0]) != is_template(&pair[1])) {
            let message = "cannot mix t-string literals with string or bytes literals";
            return Err(SyntaxError::new(message, sorts[at].2.to(sorts[at + 1].2)).into());
        }
        if sorts.iter().any(|sort| sort.1) {
            if sorts.iter().any(|sort| !sort.1) {
                return self.error_at_furthest("cannot mix bytes and nonbytes literals");
            }
            return Ok(Expr::new(ExprKind::Constant(Constant::Bytes(bytes.into())), span));
        }
        let kind = match sorts.iter().map(|sort| sort.0).find(|&kind| kind != TokenKind::String) {
            None => ExprKind::Constant(Constant::Str(parts.text.into())),
            Some(TokenKind::TStringStart) => ExprKind::TemplateStr { values: parts.finish() },
            Some(_) => ExprKind::JoinedStr { values: parts.finish() },
        };
        Ok(Expr::new(kind, span))
    }

    /// The inside of the f-string or t-string that begins with the next token.
    fn fstring_parts(&mut self, sort: Sort, parts: &mut Parts) -> Parse<()> {
        let opening = self.advance().span;
        let raw = self.source[opening.range()].contains(['r', 'R']);
        self.replacements(sort, raw, parts)?;
        match self.peek() {
            TokenKind::FStringEnd | TokenKind::TStringEnd => {
                self.advance();
                Ok(())
            }
            _ => Err(Failure::NoMatch),
        }
    }

    /// Text and replacement fields, as many as come.
    fn replacements(&mut self, sort: Sort, raw: bool, parts: &mut Parts) -> Parse<()> {
        loop {
            match self.peek() {
                TokenKind::FStringMiddle | TokenKind::TStringMiddle => {
                    let span = self.advance().span;
                    let text = unix_lines(&self.source[span.range()]);
                    if raw {
                        parts.text.push_str(&text);
                    } else {
                        unescape(&text, &mut parts.text)
                            .map_err(|message| Failure::from(SyntaxError::new(message, span)))?;
                    }
                    // A doubled brace ends the token, and the second of the two belongs to the text as well.
                    let next = self.tokens[self.at].span.start;
                    parts.grew(Span::new(span.start, next.clamp(span.end, span.end + 1)), false);
                }
                TokenKind::LeftBrace => match self.commit(|parser| parser.replacement(sort, raw, parts))? {
                    Some(replacement) => parts.push(replacement),
                    None => {
                        self.invalid_replacement(sort)?;
                        return Err(Failure::NoMatch);
                    }
                },
                _ => return Ok(()),
            }
        }
    }

    /// `{value=!r:spec}`. If it shows its own text, that is appended to `parts`.
    fn replacement(&mut self, sort: Sort, raw: bool, parts: &mut Parts) -> Parse<Replacement> {
        let start = self.start();
        let open = self.expect(TokenKind::LeftBrace)?.span;
        let value = Box::new(self.annotated_rhs()?);
        let mut text = Span::new(open.end, self.start());
        let debug = self.accept(TokenKind::Equal);
        if debug {
            let shown = Span::new(open.end, self.start());
            parts.text.push_str(&expression_text(&self.source[shown.range()]));
            parts.grew(shown, false);
            text.end = text.end.min(shown.end);
        }
        let conversion = self.conversion(sort)?;
        let mut format_spec = None;
        if self.accept(TokenKind::Colon) {
            format_spec = Some(self.format_spec(sort, raw)?);
        }
        self.expect(TokenKind::RightBrace)?;
        let conversion = match conversion {
            None if debug && format_spec.is_none() => Conversion::Repr,
            conversion => conversion.unwrap_or(Conversion::None),
        };
        Ok(Replacement { value, conversion, format_spec, span: self.span_from(start), text })
    }

    /// The format specification after a colon.
    pub(super) fn format_spec(&mut self, sort: Sort, raw: bool) -> Parse<Vec<FStringPart>> {
        let mut spec = Parts::default();
        self.nested(|parser| parser.replacements(sort, raw, &mut spec))?;
        Ok(spec.finish())
    }

    /// `!r` and the like, if it comes next.
    fn conversion(&mut self, sort: Sort) -> Parse<Option<Conversion>> {
        if self.peek() != TokenKind::Exclamation {
            return Ok(None);
        }
        let mark = self.advance().span;
        let name = self.expect(TokenKind::Name)?.span;
        if mark.end != name.start {
            let message = format!("{}: conversion type must come right after the exclamation mark", sort.name());
            return Err(SyntaxError::new(message, mark.to(name)).into());
        }
        Ok(Some(match &self.source[name.range()] {
            "s" => Conversion::Str,
            "r" => Conversion::Repr,
            "a" => Conversion::Ascii,
            other => {
                let sort = sort.name();
                let message = format!("{sort}: invalid conversion character '{other}': expected 's', 'r', or 'a'");
                return Err(SyntaxError::new(message, name).into());
            }
        }))
    }
}
