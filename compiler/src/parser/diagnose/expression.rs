//! Mistakes in expressions.

use super::description;
use crate::ast::{Expr, ExprKind};
use crate::lexer::TokenKind;
use crate::parser::expression::Precedence;
use crate::parser::{Failure, Parse, Parser};
use crate::source::Span;

/// The words that are keywords only in some places.
const SOFT_KEYWORDS: [&str; 4] = ["_", "case", "match", "type"];

/// Whether `expression` is the name of what was a statement in Python 2.
fn is_legacy_statement(expression: &Expr) -> bool {
    matches!(&expression.kind, ExprKind::Name(name) if matches!(&**name, "print" | "exec"))
}

impl Parser<'_> {
    pub(in crate::parser) fn invalid_expression(&mut self) -> Parse<()> {
        self.mistake(Self::string_in_two)?;
        self.mistake(Self::missing_comma)?;
        self.mistake(|parser| {
            let body = parser.disjunction()?;
            parser.expect(TokenKind::If)?;
            let span = body.span.to(parser.disjunction()?.span);
            parser.not_lookahead(&[TokenKind::Else, TokenKind::Colon])?;
            parser.error_at(span, "expected 'else' after 'if' expression")
        })?;
        self.mistake(|parser| {
            parser.disjunction()?;
            parser.expect(TokenKind::If)?;
            parser.disjunction()?;
            parser.expect(TokenKind::Else)?;
            let at = parser.at;
            if parser.attempt(Self::expression)?.is_some() {
                return Err(Failure::NoMatch);
            }
            parser.at = at;
            parser.error_at_next("expected expression after 'else', but statement is given")
        })?;
        self.mistake(|parser| {
            parser.lookahead(&[TokenKind::Pass, TokenKind::Break, TokenKind::Continue])?;
            let statement = parser.advance().span;
            parser.expect(TokenKind::If)?;
            parser.disjunction()?;
            parser.expect(TokenKind::Else)?;
            parser.simple_statement()?;
            parser.error_at(statement, "expected expression before 'if', but statement is given")
        })?;
        self.mistake(|parser| {
            let start = parser.expect(TokenKind::Lambda)?.span;
            parser.lambda_parameters()?;
            let colon = parser.expect(TokenKind::Colon)?.span;
            let sort = match parser.peek() {
                TokenKind::FStringMiddle => "f-string",
                TokenKind::TStringMiddle => "t-string",
                _ => return Err(Failure::NoMatch),
            };
            parser.error_at(start.to(colon), format!("{sort}: lambda expressions are not allowed without parentheses"))
        })
    }

    /// `"a" b "c"`, where a quote within the string ended it.
    fn string_in_two(&mut self) -> Parse<()> {
        self.expect(TokenKind::String)?;
        let mut found: Option<Span> = None;
        while self.peek() != TokenKind::String {
            let part = self.attempt(|parser| parser.without_mistakes(Self::conditional))?;
            let Some(part) = part else { break };
            found = Some(found.map_or(part.span, |before| before.to(part.span)));
        }
        self.expect(TokenKind::String)?;
        self.error_at(found.ok_or(Failure::NoMatch)?, "invalid syntax. Is this intended to be part of the string?")
    }

    /// Two expressions side by side within brackets.
    fn missing_comma(&mut self) -> Parse<()> {
        // A name before a string may be a wrong prefix; a soft keyword may be a keyword.
        if self.peek() == TokenKind::Name
            && (self.peek_second() == TokenKind::String || SOFT_KEYWORDS.iter().any(|word| self.at_word(word)))
        {
            return Err(Failure::NoMatch);
        }
        let first = self.disjunction()?;
        let second = self.without_mistakes(Self::conditional)?;
        if is_legacy_statement(&first) || self.tokens[self.at - 1].level == 0 {
            return Err(Failure::NoMatch);
        }
        self.error_at(first.span.to(second.span), "invalid syntax. Perhaps you forgot a comma?")
    }

    /// `print a`, as in Python 2.
    pub(in crate::parser) fn invalid_legacy_expression(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let name = parser.identifier()?;
            parser.not_lookahead(&[TokenKind::LeftParen])?;
            // Whatever the name is, what follows is looked at, and may itself be a mistake.
            let rest = parser.star_expressions()?;
            if !matches!(&*name.name, "print" | "exec") {
                return Err(Failure::NoMatch);
            }
            let span = name.span.to(rest.span);
            let name = &name.name;
            parser.error_at(span, format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?"))
        })
    }

    pub(in crate::parser) fn invalid_named_expression(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let target = parser.expression()?;
            parser.expect(TokenKind::ColonEqual)?;
            parser.expression()?;
            parser.error_at(target.span, format!("cannot use assignment expressions with {}", description(&target)))
        })?;
        self.mistake(|parser| {
            let name = parser.expect(TokenKind::Name)?.span;
            parser.expect(TokenKind::Equal)?;
            let span = name.to(parser.bitwise_or()?.span);
            parser.not_lookahead(&[TokenKind::Equal, TokenKind::ColonEqual])?;
            parser.error_at(span, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?")
        })?;
        self.mistake(|parser| {
            parser.not_lookahead(&[TokenKind::True, TokenKind::None, TokenKind::False])?;
            if matches!(parser.peek(), TokenKind::LeftBracket | TokenKind::LeftParen) {
                let at = parser.at;
                let display = parser.attempt(Self::atom)?;
                let display = display.map(|display| display.kind);
                if let Some(ExprKind::List { .. } | ExprKind::Tuple { .. } | ExprKind::GeneratorExp { .. }) = display {
                    return Err(Failure::NoMatch);
                }
                parser.at = at;
            }
            let target = parser.bitwise_or()?;
            parser.expect(TokenKind::Equal)?;
            parser.bitwise_or()?;
            parser.not_lookahead(&[TokenKind::Equal, TokenKind::ColonEqual])?;
            parser.error_at(
                target.span,
                format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", description(&target)),
            )
        })
    }

    /// `not` after an arithmetic operator between operands.
    pub(in crate::parser) fn invalid_arithmetic(&mut self) -> Parse<()> {
        self.unparenthesized_not(|parser| parser.operators(Precedence::Not))
    }

    /// `not` after a sign.
    pub(in crate::parser) fn invalid_factor(&mut self) -> Parse<()> {
        self.unparenthesized_not(|parser| parser.operators(Precedence::Factor))
    }

    fn unparenthesized_not(&mut self, operand: fn(&mut Self) -> Parse<Expr>) -> Parse<()> {
        self.mistake(|parser| {
            let not = parser.expect(TokenKind::Not)?.span;
            let span = not.to(operand(parser)?.span);
            parser.error_at(span, "'not' after an operator must be parenthesized")
        })
    }
}
