//! Assignments of every kind, and expressions as statements, which begin alike.

use super::target::{is_single_target, is_star_target};
use super::{Failure, Parse, Parser};
use crate::ast::{Expr, ExprKind, Operator, StmtKind};
use crate::lexer::TokenKind;

/// The operator of an augmented assignment.
pub(super) fn augmented(kind: TokenKind) -> Option<Operator> {
    Some(match kind {
        TokenKind::PlusEqual => Operator::Add,
        TokenKind::MinusEqual => Operator::Sub,
        TokenKind::StarEqual => Operator::Mult,
        TokenKind::AtEqual => Operator::MatMult,
        TokenKind::SlashEqual => Operator::Div,
        TokenKind::PercentEqual => Operator::Mod,
        TokenKind::AmpersandEqual => Operator::BitAnd,
        TokenKind::BarEqual => Operator::BitOr,
        TokenKind::CaretEqual => Operator::BitXor,
        TokenKind::LeftShiftEqual => Operator::LShift,
        TokenKind::RightShiftEqual => Operator::RShift,
        TokenKind::DoubleStarEqual => Operator::Pow,
        TokenKind::DoubleSlashEqual => Operator::FloorDiv,
        _ => return None,
    })
}

impl Parser<'_> {
    /// A statement that begins with an expression.
    pub(super) fn assignment_or_expression(&mut self) -> Parse<StmtKind> {
        if self.diagnosing {
            if let Some(assignment) = self.diagnosed_assignment()? {
                return Ok(assignment);
            }
            if self.begins_type_alias()
                && let Some(alias) = self.attempt(Self::type_alias)?
            {
                return Ok(alias);
            }
            return Ok(StmtKind::Expr { value: self.annotated_rhs()? });
        }
        let in_parentheses = self.peek() == TokenKind::LeftParen;
        let first = self.annotated_rhs()?;
        let is_yield = matches!(first.kind, ExprKind::Yield { .. } | ExprKind::YieldFrom { .. });
        match self.peek() {
            TokenKind::Equal => self.assignment_after(first),
            TokenKind::Colon if is_single_target(&first) => self.annotation_after(first, in_parentheses),
            kind if augmented(kind).is_some() && is_single_target(&first) => self.augmented_after(first),
            TokenKind::Colon if !is_yield => Err(Failure::NoMatch),
            _ => Ok(StmtKind::Expr { value: first }),
        }
    }

    /// `= b = … = value` after the first target.
    fn assignment_after(&mut self, first: Expr) -> Parse<StmtKind> {
        let mut targets = Vec::new();
        let mut value = first;
        while self.peek() == TokenKind::Equal {
            if !is_star_target(&value) {
                return Err(Failure::NoMatch);
            }
            self.advance();
            targets.push(value);
            value = self.annotated_rhs()?;
        }
        Ok(StmtKind::Assign { targets, value })
    }

    /// `: annotation = value` after the target.
    pub(super) fn annotation_after(&mut self, target: Expr, in_parentheses: bool) -> Parse<StmtKind> {
        self.expect(TokenKind::Colon)?;
        let annotation = self.expression()?;
        let mut value = None;
        if self.peek() == TokenKind::Equal {
            value = self.commit(|parser| {
                parser.expect(TokenKind::Equal)?;
                parser.annotated_rhs()
            })?;
        }
        let simple = !in_parentheses && matches!(target.kind, ExprKind::Name(_));
        Ok(StmtKind::AnnAssign { target, annotation, value, simple })
    }

    /// `op= value` after the target.
    pub(super) fn augmented_after(&mut self, target: Expr) -> Parse<StmtKind> {
        let op = augmented(self.peek()).ok_or(Failure::NoMatch)?;
        self.advance();
        let value = self.annotated_rhs()?;
        Ok(StmtKind::AugAssign { target, op, value })
    }
}
