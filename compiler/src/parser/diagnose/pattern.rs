//! Mistakes in patterns.

use super::description;
use crate::lexer::TokenKind;
use crate::parser::{Failure, Parse, Parser};

impl Parser<'_> {
    /// Something other than a name after `as`, which is the next token.
    pub(in crate::parser) fn invalid_as_pattern(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::As)?;
            if parser.at_word("_") {
                let target = parser.advance().span;
                return parser.error_at(target, "cannot use '_' as a target");
            }
            let target = parser.expression()?;
            parser.error_at(target.span, format!("cannot use {} as pattern target", description(&target)))
        })
    }

    /// Positional patterns after keyword patterns, in parentheses.
    pub(in crate::parser) fn invalid_class_pattern(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftParen)?;
            let is_keyword =
                |parser: &mut Self| parser.peek() == TokenKind::Name && parser.peek_second() == TokenKind::Equal;
            while !is_keyword(parser) {
                parser.pattern()?;
                parser.expect(TokenKind::Comma)?;
            }
            while is_keyword(parser) {
                parser.keyword_pattern()?;
                parser.expect(TokenKind::Comma)?;
            }
            let start = parser.start();
            parser.pattern()?;
            while parser.peek() == TokenKind::Comma {
                let more = parser.attempt(|parser| {
                    parser.expect(TokenKind::Comma)?;
                    if is_keyword(parser) { Err(Failure::NoMatch) } else { parser.pattern() }
                })?;
                if more.is_none() {
                    break;
                }
            }
            parser.error_at(parser.span_from(start), "positional patterns follow keyword patterns")
        })
    }
}
