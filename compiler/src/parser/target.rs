//! What can be assigned to, and what can be deleted.
//!
//! Targets are read as expressions and then looked at: the grammar of targets is a part of that of expressions.

use super::{Failure, Parse, Parser};
use crate::ast::{Expr, ExprKind};
use crate::lexer::TokenKind;

/// Whether `target` can be stored to by an assignment, a loop or `with`: names, attributes, subscripts, and tuples and
/// lists of these, in which one may be starred.
pub(super) fn is_star_target(target: &Expr) -> bool {
    match &target.kind {
        ExprKind::Starred { value } => !matches!(value.kind, ExprKind::Starred { .. }) && is_star_target(value),
        ExprKind::Tuple { elts } | ExprKind::List { elts } => elts.iter().all(is_star_target),
        _ => is_single_target(target),
    }
}

/// Whether `target` is a name, an attribute or a subscript, as an augmented or annotated assignment wants.
pub(super) fn is_single_target(target: &Expr) -> bool {
    matches!(target.kind, ExprKind::Name(_) | ExprKind::Attribute { .. } | ExprKind::Subscript { .. })
}

/// Whether `target` can be deleted.
pub(super) fn is_del_target(target: &Expr) -> bool {
    match &target.kind {
        ExprKind::Tuple { elts } | ExprKind::List { elts } => elts.iter().all(is_del_target),
        _ => is_single_target(target),
    }
}

impl Parser<'_> {
    /// `a`, `a, b` or `*a, b` up to what cannot belong to a target, such as `in` or `=`.
    pub(super) fn star_targets(&mut self) -> Parse<Expr> {
        let start = self.start();
        let first = self.star_target()?;
        if self.peek() != TokenKind::Comma {
            return Ok(first);
        }
        let mut elts = vec![first];
        while self.accept(TokenKind::Comma) {
            match self.attempt(Self::star_target)? {
                Some(target) => elts.push(target),
                None => break,
            }
        }
        Ok(Expr::new(ExprKind::Tuple { elts }, self.span_from(start)))
    }

    /// A single target, which may be starred.
    pub(super) fn star_target(&mut self) -> Parse<Expr> {
        let target = if self.peek() == TokenKind::Star { self.starred(Self::primary)? } else { self.primary()? };
        if is_star_target(&target) { Ok(target) } else { Err(Failure::NoMatch) }
    }
}
