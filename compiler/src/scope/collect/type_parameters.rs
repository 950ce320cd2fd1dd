//! Type parameters and type aliases: what is evaluated when asked for, in blocks of its own.

use super::{Collector, Result};
use crate::ast::*;
use crate::scope::{Role, ScopeId, ScopeKind, Uses, check_assignable};
use crate::source::{Span, SyntaxError};
use std::rc::Rc;

impl Collector {
    /// Walks a definition: in the block of its type parameters if it has any, else in the current one. The
    /// block gets what is `given` from outside as parameters.
    pub(super) fn generic(
        &mut self,
        name: &Rc<str>,
        parameters: &[TypeParam],
        span: Span,
        given: &[&str],
        walk: impl FnOnce(&mut Self) -> Result,
    ) -> Result {
        if parameters.is_empty() {
            return walk(self);
        }
        let in_class = self.scope().kind == ScopeKind::Class;
        self.within(ScopeKind::TypeParameters, name.clone(), span, Role::TypeParameters, |collector| {
            let scope = collector.scope();
            scope.restricted = Some("the definition of a generic");
            scope.sees_class = in_class;
            for &name in given {
                scope.symbol_mut(&name.into()).uses = Uses { parameter: true, bound: true, ..Uses::default() };
            }
            parameters.iter().try_for_each(|parameter| collector.type_parameter(parameter))?;
            walk(collector)
        })
    }

    fn type_parameter(&mut self, parameter: &TypeParam) -> Result {
        let name = &parameter.name.name;
        check_assignable(name, parameter.span)?;
        let uses = &mut self.symbol(name).uses;
        if uses.type_parameter {
            return Err(SyntaxError::new(format!("duplicate type parameter '{name}'"), parameter.span));
        }
        (uses.type_parameter, uses.bound, uses.assigned) = (true, true, true);
        if &**name == "__classdict__" {
            let message = format!("reserved name '{name}' cannot be used for type parameter");
            return Err(SyntaxError::new(message, parameter.span));
        }
        if let Some(bound) = &parameter.bound {
            let what = match bound.kind {
                ExprKind::Tuple { .. } => "a TypeVar constraint",
                _ => "a TypeVar bound",
            };
            let id = self.evaluated(name.clone(), parameter.span, Role::Bound, what);
            self.within_scope(id, |collector| collector.expr(bound))?;
        }
        if let Some(default) = &parameter.default_value {
            let what = match parameter.kind {
                TypeParamKind::TypeVar => "a TypeVar default",
                TypeParamKind::TypeVarTuple => "a TypeVarTuple default",
                TypeParamKind::ParamSpec => "a ParamSpec default",
            };
            let id = self.evaluated(name.clone(), parameter.span, Role::Default, what);
            self.within_scope(id, |collector| collector.expr(default))?;
        }
        Ok(())
    }

    pub(super) fn type_alias(
        &mut self,
        span: Span,
        name: &Identifier,
        parameters: &[TypeParam],
        value: &Expr,
    ) -> Result {
        self.bind(&name.name);
        self.generic(&name.name, parameters, span, &[], |collector| {
            let id = collector.evaluated(name.name.clone(), span, Role::Body, "a type alias");
            collector.within_scope(id, |collector| collector.expr(value))
        })
    }

    /// A new block below the current one that is evaluated when it is asked for in some format; errors call it `what`.
    pub(super) fn evaluated(&mut self, name: Rc<str>, place: Span, role: Role, what: &'static str) -> ScopeId {
        let around = self.scope();
        let sees_class = around.kind == ScopeKind::Class || around.sees_class;
        let id = self.push_scope(ScopeKind::Annotations, name, place.start, Some(self.current));
        self.tree.by_place.insert((place.start, role), id);
        let scope = self.scope_at(id);
        (scope.restricted, scope.sees_class) = (Some(what), sees_class);
        scope.symbol_mut(&".format".into()).uses = Uses { parameter: true, bound: true, used: true, ..Uses::default() };
        id
    }

    /// An error for `what`, if the current block is one that it is not allowed in.
    pub(super) fn check_unrestricted(&mut self, what: &str, span: Span) -> Result {
        match self.scope().restricted {
            Some(place) => Err(SyntaxError::new(format!("{what} cannot be used within {place}"), span)),
            None => Ok(()),
        }
    }
}
