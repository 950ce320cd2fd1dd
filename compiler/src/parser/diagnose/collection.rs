//! Mistakes in brackets: displays, comprehensions and groups.

use super::Target;
use crate::ast::Comprehension;
use crate::lexer::TokenKind;
use crate::parser::{Failure, Parse, Parser};
use crate::source::Span;

/// The span of what `clauses` ends with.
pub(super) fn end_of_clauses(clauses: &[Comprehension]) -> Span {
    clauses.last().map_or(Span::default(), |clause| clause.ifs.last().unwrap_or(&clause.iter).span)
}

impl Parser<'_> {
    pub(in crate::parser) fn invalid_group(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftParen)?;
            parser.lookahead(&[TokenKind::Star])?;
            let starred = parser.starred_argument()?;
            parser.expect(TokenKind::RightParen)?;
            parser.error_at(starred.span, "cannot use starred expression here")
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftParen)?;
            let stars = parser.expect(TokenKind::DoubleStar)?.span;
            parser.expression()?;
            parser.expect(TokenKind::RightParen)?;
            parser.error_at(stars, "cannot use double starred expression here")
        })
    }

    pub(in crate::parser) fn invalid_comprehension(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.lookahead(&[TokenKind::LeftBracket, TokenKind::LeftParen, TokenKind::LeftBrace])?;
            parser.advance();
            parser.lookahead(&[TokenKind::Star])?;
            let starred = parser.starred_argument()?;
            parser.for_if_clauses()?;
            parser.error_at(starred.span, "iterable unpacking cannot be used in comprehension")
        })?;
        self.mistake(|parser| {
            parser.lookahead(&[TokenKind::LeftBracket, TokenKind::LeftBrace])?;
            parser.advance();
            let first = parser.star_named_expression()?;
            let comma = parser.expect(TokenKind::Comma)?.span;
            let more = parser.attempt(Self::star_named_expressions)?;
            let last = more.iter().flatten().last().map_or(comma, |last| last.span);
            parser.for_if_clauses()?;
            parser.error_at(first.span.to(last), "did you forget parentheses around the comprehension target?")
        })
    }

    pub(in crate::parser) fn invalid_dict_comprehension(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            let stars = parser.expect(TokenKind::DoubleStar)?.span;
            parser.bitwise_or()?;
            parser.for_if_clauses()?;
            parser.expect(TokenKind::RightBrace)?;
            parser.error_at(stars, "dict unpacking cannot be used in dict comprehension")
        })
    }

    /// Mistakes in a dict, in the first run: of all mistakes only these are looked for already there, since the rule for
    /// them in CPython's grammar is not one that its parser knows to leave out.
    pub(in crate::parser) fn invalid_dict_at_once(&mut self) -> Parse<()> {
        self.diagnosing = true;
        let result = self.invalid_dict();
        self.diagnosing = false;
        self.memo.forget_expressions();
        result
    }

    pub(in crate::parser) fn invalid_dict(&mut self) -> Parse<()> {
        self.form(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            parser.dict_item()?;
            parser.expect(TokenKind::Comma)?;
            let mut last = parser.at;
            while let Some(next) = parser.attempt(|parser| {
                parser.dict_item()?;
                parser.expect(TokenKind::Comma)?;
                Ok(parser.at)
            })? {
                last = next;
            }
            parser.at = last;
            parser.form(|parser| {
                let key = parser.expression()?;
                parser.not_lookahead(&[TokenKind::Colon])?;
                let last = key.span.end.saturating_sub(1);
                parser.error_at(Span::new(last, last), "':' expected after dictionary key")
            })?;
            parser.invalid_dict_value()
        })?;
        self.form(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            parser.invalid_dict_value()
        })
    }

    /// A dict entry whose value is starred or missing.
    fn invalid_dict_value(&mut self) -> Parse<()> {
        self.form(|parser| {
            parser.expression()?;
            parser.expect(TokenKind::Colon)?;
            let star = parser.expect(TokenKind::Star)?.span;
            parser.bitwise_or()?;
            parser.error_from(star, "cannot use a starred expression in a dictionary value")
        })?;
        self.form(|parser| {
            parser.expression()?;
            let colon = parser.expect(TokenKind::Colon)?.span;
            parser.lookahead(&[TokenKind::RightBrace, TokenKind::Comma])?;
            parser.error_at(colon, "expression expected after dictionary key and ':'")
        })
    }

    pub(in crate::parser) fn invalid_for_if_clause(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.accept(TokenKind::Async);
            parser.expect(TokenKind::For)?;
            parser.bitwise_or()?;
            while parser.peek() == TokenKind::Comma {
                let more = parser.attempt(|parser| {
                    parser.expect(TokenKind::Comma)?;
                    parser.bitwise_or()
                })?;
                if more.is_none() {
                    parser.accept(TokenKind::Comma);
                    break;
                }
            }
            parser.not_lookahead(&[TokenKind::In])?;
            parser.error_at_furthest("'in' expected after for-loop variables")
        })
    }

    pub(in crate::parser) fn invalid_for_target(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.accept(TokenKind::Async);
            parser.expect(TokenKind::For)?;
            let target = parser.star_expressions()?;
            parser.invalid_target(&target, Target::For)
        })
    }

    /// An assignment to what a `*` unpacks.
    pub(in crate::parser) fn invalid_starred_unpacking(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let star = parser.expect(TokenKind::Star)?.span;
            parser.expression()?;
            parser.expect(TokenKind::Equal)?;
            let span = star.to(parser.expression()?.span);
            parser.error_at(span, "cannot assign to iterable argument unpacking")
        })
    }

    /// A `*` that no expression follows.
    pub(in crate::parser) fn invalid_star(&mut self) -> Failure {
        let error = self.mistake(|parser| {
            parser.expect(TokenKind::Star)?;
            parser.error_at_furthest("Invalid star expression")
        });
        error.err().unwrap_or(Failure::NoMatch)
    }
}
