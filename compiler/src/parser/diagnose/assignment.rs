//! Mistakes in assignments.

use super::{Target, description};
use crate::ast::{ExprKind, StmtKind};
use crate::lexer::TokenKind;
use crate::parser::assignment::augmented;
use crate::parser::target::is_single_target;
use crate::parser::{Failure, Parse, Parser};

impl Parser<'_> {
    /// An assignment, in the second run, where it is read target first: what the targets are read as decides which
    /// mistakes are found in them.
    pub(in crate::parser) fn diagnosed_assignment(&mut self) -> Parse<Option<StmtKind>> {
        if let Some(annotated) = self.attempt(Self::annotated_assignment)? {
            return Ok(Some(annotated));
        }
        if let Some(assignment) = self.attempt(Self::plain_assignment)? {
            return Ok(Some(assignment));
        }
        let target = self.attempt(|parser| {
            let target = parser.primary()?;
            let next = parser.peek();
            if is_single_target(&target) && augmented(next).is_some() { Ok(target) } else { Err(Failure::NoMatch) }
        })?;
        if let Some(target) = target {
            return self.augmented_after(target).map(Some);
        }
        self.invalid_assignment()?;
        Ok(None)
    }

    fn annotated_assignment(&mut self) -> Parse<StmtKind> {
        let in_parentheses = self.peek() == TokenKind::LeftParen;
        let target = if self.peek() == TokenKind::Name && self.peek_second() == TokenKind::Colon {
            self.name_expression()
        } else {
            self.primary()?
        };
        if !is_single_target(&target) {
            return Err(Failure::NoMatch);
        }
        self.annotation_after(target, in_parentheses)
    }

    fn plain_assignment(&mut self) -> Parse<StmtKind> {
        let mut targets = Vec::new();
        while let Some(target) = self.attempt(|parser| {
            let target = parser.star_targets()?;
            parser.expect(TokenKind::Equal)?;
            Ok(target)
        })? {
            targets.push(target);
        }
        if targets.is_empty() {
            return Err(Failure::NoMatch);
        }
        let value = self.annotated_rhs()?;
        self.not_lookahead(&[TokenKind::Equal])?;
        Ok(StmtKind::Assign { targets, value })
    }

    fn invalid_assignment(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.lookahead(&[TokenKind::LeftBracket, TokenKind::LeftParen])?;
            let target = parser.atom()?;
            parser.expect(TokenKind::Colon)?;
            parser.expression()?;
            if !matches!(target.kind, ExprKind::List { .. } | ExprKind::Tuple { .. }) {
                return Err(Failure::NoMatch);
            }
            parser.error_at(target.span, format!("only single target (not {}) can be annotated", description(&target)))
        })?;
        self.mistake(|parser| {
            let target = parser.star_named_expression()?;
            parser.expect(TokenKind::Comma)?;
            while parser.attempt(Self::star_named_expressions)?.is_some() {}
            parser.expect(TokenKind::Colon)?;
            parser.expression()?;
            parser.error_at(target.span, "only single target (not tuple) can be annotated")
        })?;
        self.mistake(|parser| {
            let target = parser.expression()?;
            parser.expect(TokenKind::Colon)?;
            parser.expression()?;
            parser.error_at(target.span, "illegal target for annotation")
        })?;
        self.mistake(|parser| {
            parser.valid_targets()?;
            let target = parser.star_expressions()?;
            parser.expect(TokenKind::Equal)?;
            parser.invalid_target(&target, Target::Star)
        })?;
        self.mistake(|parser| {
            parser.valid_targets()?;
            let target = parser.yield_expression()?;
            parser.expect(TokenKind::Equal)?;
            parser.error_at(target.span, "assignment to yield expression not possible")
        })?;
        self.mistake(|parser| {
            let target = parser.star_expressions()?;
            if augmented(parser.peek()).is_none() {
                return Err(Failure::NoMatch);
            }
            parser.advance();
            parser.annotated_rhs()?;
            parser.error_at(
                target.span,
                format!("'{}' is an illegal expression for augmented assignment", description(&target)),
            )
        })
    }

    /// Steps past as many targets with `=` as come.
    fn valid_targets(&mut self) -> Parse<()> {
        while self
            .attempt(|parser| {
                parser.star_targets()?;
                parser.expect(TokenKind::Equal)
            })?
            .is_some()
        {}
        Ok(())
    }
}
