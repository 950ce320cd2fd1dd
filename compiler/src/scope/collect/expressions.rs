//! Expressions.

use super::{Collector, Result};
use crate::ast::*;
use crate::scope::{Role, ScopeKind};

impl Collector {
    pub(super) fn expr(&mut self, expr: &Expr) -> Result {
        match &expr.kind {
            ExprKind::Name(name) => {
                self.read(name);
                Ok(())
            }
            ExprKind::NamedExpr { target, value } => self.named(expr, target, value),
            ExprKind::Lambda { args, body } => {
                self.defaults(args)?;
                self.within(ScopeKind::Function, "lambda".into(), expr.span, Role::Body, |collector| {
                    collector.parameters(args)?;
                    collector.expr(body)
                })
            }
            ExprKind::ListComp { elt, generators }
            | ExprKind::SetComp { elt, generators }
            | ExprKind::GeneratorExp { elt, generators } => self.comprehension(expr, generators, &[elt]),
            // The value first, as CPython looks for errors.
            ExprKind::DictComp { key, value, generators } => self.comprehension(expr, generators, &[value, key]),
            ExprKind::Yield { value } => self.yielded(expr, "yield", value.as_deref()),
            ExprKind::YieldFrom { value } => self.yielded(expr, "yield from", Some(value)),
            ExprKind::BoolOp { values, .. } => self.exprs(values),
            ExprKind::BinOp { left, right, .. } => self.exprs([&**left, &**right]),
            ExprKind::UnaryOp { operand, .. } => self.expr(operand),
            ExprKind::IfExp { test, body, orelse } => self.exprs([&**test, &**body, &**orelse]),
            ExprKind::Dict { items } => self.exprs(items.iter().flat_map(|item| item.key.iter().chain([&item.value]))),
            ExprKind::Await { value } => {
                self.check_unrestricted("await expression", expr.span)?;
                if self.scope().comprehension.is_some() {
                    self.scope().awaits = true;
                }
                self.expr(value)
            }
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value } => self.expr(value),
            ExprKind::Compare { left, comparators, .. } => {
                self.expr(left)?;
                self.exprs(comparators)
            }
            ExprKind::Call { func, args, keywords } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.exprs(keywords.iter().map(|keyword| &keyword.value))
            }
            ExprKind::JoinedStr { values } | ExprKind::TemplateStr { values } => self.format_parts(values),
            ExprKind::Subscript { value, slice } => self.exprs([&**value, &**slice]),
            ExprKind::Set { elts } | ExprKind::List { elts } | ExprKind::Tuple { elts } => self.exprs(elts),
            ExprKind::Slice { lower, upper, step } => {
                self.exprs([lower, upper, step].into_iter().flatten().map(|bound| &**bound))
            }
            ExprKind::Constant(_) => Ok(()),
        }
    }

    fn format_parts(&mut self, parts: &[FStringPart]) -> Result {
        for part in parts {
            if let FStringPart::Replacement(replacement) = part {
                self.expr(&replacement.value)?;
                if let Some(spec) = &replacement.format_spec {
                    self.format_parts(spec)?;
                }
            }
        }
        Ok(())
    }
}
