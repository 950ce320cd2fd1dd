//! The values of numbers and of string literals.

mod escape;
mod number;

use super::{Failure, Parse, Parser};
use crate::ast::{Constant, Expr, ExprKind};
use crate::lexer::TokenKind;
use crate::source::{Span, SyntaxError};
pub(super) use escape::{unescape, unescape_bytes};
use std::borrow::Cow;

/// A string literal taken apart.
struct Literal<'s> {
    /// What stands between the quotes, with line breaks as `\n`.
    body: Cow<'s, str>,
    raw: bool,
    bytes: bool,
}

impl Parser<'_> {
    /// A number.
    pub(super) fn number(&mut self) -> Parse<Expr> {
        let span = self.expect(TokenKind::Number)?.span;
        let value = number::value(&self.source[span.range()]).map_err(|message| SyntaxError::new(message, span))?;
        Ok(Expr::new(ExprKind::Constant(value), span))
    }

    /// A number that must be imaginary.
    pub(super) fn imaginary_number(&mut self) -> Parse<Expr> {
        let number = self.number()?;
        if matches!(number.kind, ExprKind::Constant(Constant::Imaginary(_))) {
            return Ok(number);
        }
        Err(SyntaxError::new("imaginary number required in complex literal", number.span).into())
    }

    /// Takes the string literal at `span` apart.
    fn literal(&self, span: Span) -> Literal<'_> {
        let text = &self.source[span.range()];
        let prefix = text.find(['"', '\'']).unwrap_or(0);
        let (prefix, quoted) = text.split_at(prefix);
        let quotes = if quoted.starts_with("\"\"\"") || quoted.starts_with("'''") { 3 } else { 1 };
        let body = unix_lines(&quoted[quotes..quoted.len() - quotes]);
        Literal { body, raw: prefix.contains(['r', 'R']), bytes: prefix.contains(['b', 'B']) }
    }

    /// Whether the string literal at `span` is of bytes.
    pub(super) fn is_bytes(&self, span: Span) -> bool {
        self.literal(span).bytes
    }

    /// Appends the value of the string literal at `span` to `value`.
    pub(super) fn append_string(&self, span: Span, value: &mut String) -> Parse<()> {
        let literal = self.literal(span);
        if literal.raw {
            value.push_str(&literal.body);
            return Ok(());
        }
        unescape(&literal.body, value).map_err(|message| Failure::from(SyntaxError::new(message, span)))
    }

    /// Appends the value of the bytes literal at `span` to `value`.
    pub(super) fn append_bytes(&self, span: Span, value: &mut Vec<u8>) -> Parse<()> {
        let literal = self.literal(span);
        if !literal.body.is_ascii() {
            return Err(SyntaxError::new("bytes can only contain ASCII literal characters", span).into());
        }
        if literal.raw {
            value.extend_from_slice(literal.body.as_bytes());
            return Ok(());
        }
        unescape_bytes(&literal.body, value).map_err(|message| Failure::from(SyntaxError::new(message, span)))
    }
}

/// `text` with every line break as `\n`.
pub(super) fn unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}
