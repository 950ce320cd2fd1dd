//! Mistakes in simple statements.

use super::{Target, description};
use crate::lexer::TokenKind;
use crate::parser::{Failure, Parse, Parser};

const NO_NAMES: &str = "Expected one or more names after 'import'";

impl Parser<'_> {
    pub(in crate::parser) fn invalid_delete(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::Del)?;
            let target = parser.star_expressions()?;
            parser.invalid_target(&target, Target::Del)
        })
    }

    pub(in crate::parser) fn invalid_import(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let import = parser.expect(TokenKind::Import)?.span;
            parser.dotted_name()?;
            while parser.accept(TokenKind::Comma) {
                parser.dotted_name()?;
            }
            parser.expect(TokenKind::From)?;
            parser.dotted_name()?;
            parser.error_from(import, "Did you mean to use 'from ... import ...' instead?")
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::Import)?;
            let line_end = parser.expect(TokenKind::Newline)?.span;
            parser.error_at(line_end, NO_NAMES)
        })
    }

    pub(in crate::parser) fn invalid_import_from_targets(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.import_from_as_names()?;
            parser.expect(TokenKind::Comma)?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("trailing comma not allowed without surrounding parentheses")
        })?;
        self.mistake(|parser| {
            let line_end = parser.expect(TokenKind::Newline)?.span;
            parser.error_at(line_end, NO_NAMES)
        })
    }

    /// What `name` reads, `as`, and something other than a name.
    pub(in crate::parser) fn invalid_import_target<T>(&mut self, name: fn(&mut Self) -> Parse<T>) -> Parse<()> {
        self.mistake(|parser| {
            name(parser)?;
            parser.expect(TokenKind::As)?;
            let ends = [TokenKind::Comma, TokenKind::RightParen, TokenKind::Newline];
            if parser.peek() == TokenKind::Name && ends.contains(&parser.peek_second()) {
                return Err(Failure::NoMatch);
            }
            let target = parser.expression()?;
            parser.error_at(target.span, format!("cannot use {} as import target", description(&target)))
        })
    }
}
