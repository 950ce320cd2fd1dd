//! Mistakes in the arguments of calls.

use super::collection::end_of_clauses;
use crate::ast::{Expr, ExprKind};
use crate::lexer::TokenKind;
use crate::parser::argument::CallArguments;
use crate::parser::{Failure, Parse, Parser};

const MAYBE_COMPARISON: &str = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
const NAKED_GENERATOR: &str = "Generator expression must be parenthesized";

impl Parser<'_> {
    /// The arguments of a call, in the second run.
    pub(in crate::parser) fn diagnosed_call_arguments(&mut self) -> Parse<CallArguments> {
        if let Some(generator) = self.attempt(Self::generator_argument)? {
            return Ok((vec![generator], Vec::new()));
        }
        self.invalid_comprehension()?;
        self.expect(TokenKind::LeftParen)?;
        let arguments = if self.peek() == TokenKind::RightParen { CallArguments::default() } else { self.arguments()? };
        self.expect(TokenKind::RightParen)?;
        Ok(arguments)
    }

    /// A generator expression whose parentheses are the call's.
    fn generator_argument(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::LeftParen)?;
        let elt = Box::new(self.positional_argument()?);
        let generators = self.for_if_clauses()?;
        self.expect(TokenKind::RightParen)?;
        Ok(Expr { kind: ExprKind::GeneratorExp { elt, generators }, span: self.span_from(start) })
    }

    pub(in crate::parser) fn invalid_arguments(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let (_, keywords) = parser.argument_list()?;
            let comma = parser.expect(TokenKind::Comma)?.span;
            if keywords.is_empty() {
                return Err(Failure::NoMatch);
            }
            let starred = |parser: &mut Self| {
                parser.lookahead(&[TokenKind::Star])?;
                parser.starred_argument()?;
                parser.not_lookahead(&[TokenKind::Equal])
            };
            starred(parser)?;
            while parser.accept(TokenKind::Comma) && parser.attempt(starred)?.is_some() {}
            parser.error_from(comma, "iterable argument unpacking follows keyword argument unpacking")
        })?;
        self.mistake(|parser| {
            let element = parser.expression()?;
            let clauses = parser.for_if_clauses()?;
            parser.expect(TokenKind::Comma)?;
            if parser.attempt(Self::argument_list)?.is_none() {
                parser.attempt(|parser| {
                    parser.expression()?;
                    parser.for_if_clauses()
                })?;
            }
            parser.error_at(element.span.to(end_of_clauses(&clauses)), NAKED_GENERATOR)
        })?;
        self.mistake(Self::keyword_with_clauses)?;
        self.mistake(|parser| {
            parser.attempt(|parser| {
                parser.argument_list()?;
                parser.expect(TokenKind::Comma)
            })?;
            let name = parser.expect(TokenKind::Name)?.span;
            let equal = parser.expect(TokenKind::Equal)?.span;
            parser.lookahead(&[TokenKind::Comma, TokenKind::RightParen])?;
            parser.error_at(name.to(equal), "expected argument value expression")
        })?;
        self.mistake(|parser| {
            let (args, _) = parser.argument_list()?;
            let clauses = parser.for_if_clauses()?;
            match args.as_slice() {
                [_, .., last] => parser.error_at(last.span.to(end_of_clauses(&clauses)), NAKED_GENERATOR),
                _ => Err(Failure::NoMatch),
            }
        })?;
        self.mistake(|parser| {
            parser.argument_list()?;
            parser.expect(TokenKind::Comma)?;
            let element = parser.expression()?;
            let clauses = parser.for_if_clauses()?;
            parser.error_at(element.span.to(end_of_clauses(&clauses)), NAKED_GENERATOR)
        })?;
        self.mistake(|parser| {
            let (_, keywords) = parser.argument_list()?;
            parser.expect(TokenKind::Comma)?;
            parser.argument_list()?;
            let unpacking = if keywords.iter().any(|keyword| keyword.arg.is_none()) { " unpacking" } else { "" };
            parser.error_at_furthest(format!("positional argument follows keyword argument{unpacking}"))
        })
    }

    pub(in crate::parser) fn invalid_keyword_argument(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.lookahead(&[TokenKind::True, TokenKind::False, TokenKind::None])?;
            let constant = parser.advance().span;
            let equal = parser.expect(TokenKind::Equal)?.span;
            let name = &parser.source[constant.range()];
            parser.error_at(constant.to(equal), format!("cannot assign to {name}"))
        })?;
        self.mistake(Self::keyword_with_clauses)?;
        self.mistake(|parser| {
            if parser.peek() == TokenKind::Name && parser.peek_second() == TokenKind::Equal {
                return Err(Failure::NoMatch);
            }
            let name = parser.expression()?;
            let equal = parser.expect(TokenKind::Equal)?.span;
            parser.error_at(name.span.to(equal), "expression cannot contain assignment, perhaps you meant \"==\"?")
        })?;
        self.mistake(|parser| {
            let stars = parser.expect(TokenKind::DoubleStar)?.span;
            parser.expression()?;
            parser.expect(TokenKind::Equal)?;
            let span = stars.to(parser.expression()?.span);
            parser.error_at(span, "cannot assign to keyword argument unpacking")
        })
    }

    /// `name=value for …`
    fn keyword_with_clauses(&mut self) -> Parse<()> {
        let name = self.expect(TokenKind::Name)?.span;
        let equal = self.expect(TokenKind::Equal)?.span;
        self.expression()?;
        self.for_if_clauses()?;
        self.error_at(name.to(equal), MAYBE_COMPARISON)
    }
}
