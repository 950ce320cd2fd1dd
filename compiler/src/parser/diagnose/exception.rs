//! Mistakes in `try` statements.

use super::description;
use crate::lexer::TokenKind;
use crate::parser::{Failure, Parse, Parser};
use crate::source::Span;

const BOTH_SORTS: &str = "cannot have both 'except' and 'except*' on the same 'try'";

impl Parser<'_> {
    pub(in crate::parser) fn invalid_try(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let start = parser.expect(TokenKind::Try)?.span;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("'try' statement", start)
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::Try)?;
            parser.expect(TokenKind::Colon)?;
            parser.block()?;
            parser.not_lookahead(&[TokenKind::Except, TokenKind::Finally])?;
            parser.error_at_furthest("expected 'except' or 'finally' block")
        })?;
        self.mistake(|parser| {
            parser.handlers_of_try(false)?;
            let except = parser.expect(TokenKind::Except)?.span;
            let star = parser.expect(TokenKind::Star)?.span;
            parser.exception_type()?;
            parser.expect(TokenKind::Colon)?;
            parser.error_at(except.to(star), BOTH_SORTS)
        })?;
        self.mistake(|parser| {
            parser.handlers_of_try(true)?;
            let except = parser.expect(TokenKind::Except)?.span;
            parser.attempt(Self::exception_type)?;
            parser.expect(TokenKind::Colon)?;
            parser.error_at(except, BOTH_SORTS)
        })
    }

    /// `try`, its block, and one or more handlers of one sort.
    fn handlers_of_try(&mut self, is_star: bool) -> Parse<()> {
        self.expect(TokenKind::Try)?;
        self.expect(TokenKind::Colon)?;
        self.block()?;
        self.except_handler(is_star)?;
        while self.attempt(|parser| parser.except_handler(is_star))?.is_some() {}
        Ok(())
    }

    /// An expression and the name after `as`, if any.
    fn exception_type(&mut self) -> Parse<()> {
        self.expression()?;
        if self.peek() == TokenKind::As {
            self.attempt(|parser| {
                parser.expect(TokenKind::As)?;
                parser.identifier()
            })?;
        }
        Ok(())
    }

    /// `except`, or `except*` if `is_star`.
    fn except(&mut self, is_star: bool) -> Parse<Span> {
        let except = self.expect(TokenKind::Except)?.span;
        if is_star {
            self.expect(TokenKind::Star)?;
        }
        Ok(except)
    }

    pub(in crate::parser) fn invalid_except_indent(&mut self, is_star: bool) -> Parse<()> {
        let what = if is_star { "'except*' statement" } else { "'except' statement" };
        self.mistake(|parser| {
            let start = parser.except(is_star)?;
            parser.exception_type()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block(what, start)
        })?;
        if is_star {
            return Ok(());
        }
        self.mistake(|parser| {
            let start = parser.except(false)?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block(what, start)
        })
    }

    pub(in crate::parser) fn invalid_except(&mut self, is_star: bool) -> Parse<()> {
        self.mistake(|parser| {
            parser.except(is_star)?;
            let first = parser.expression()?;
            parser.expect(TokenKind::Comma)?;
            parser.expressions()?;
            parser.expect(TokenKind::As)?;
            parser.identifier()?;
            parser.expect(TokenKind::Colon)?;
            parser.error_from(first.span, "multiple exception types must be parenthesized when using 'as'")
        })?;
        self.mistake(|parser| {
            parser.except(is_star)?;
            parser.exception_type()?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("expected ':'")
        })?;
        self.mistake(|parser| {
            parser.except(is_star)?;
            match parser.peek() {
                TokenKind::Newline | TokenKind::Colon if is_star => {
                    parser.advance();
                    parser.error_at_furthest("expected one or more exception types")
                }
                TokenKind::Newline => {
                    parser.advance();
                    parser.error_at_furthest("expected ':'")
                }
                _ => Err(Failure::NoMatch),
            }
        })?;
        self.mistake(|parser| {
            parser.except(is_star)?;
            parser.expression()?;
            parser.expect(TokenKind::As)?;
            let target = parser.expression()?;
            parser.expect(TokenKind::Colon)?;
            parser.block()?;
            let star = if is_star { "*" } else { "" };
            parser.error_at(target.span, format!("cannot use except{star} statement with {}", description(&target)))
        })
    }

    pub(in crate::parser) fn invalid_finally(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let start = parser.expect(TokenKind::Finally)?.span;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("'finally' statement", start)
        })
    }
}
