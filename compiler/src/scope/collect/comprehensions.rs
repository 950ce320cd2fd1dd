//! Comprehensions, and the assignment expressions and `yield`s that they restrict.

use super::{Collector, Result};
use crate::ast::*;
use crate::scope::{ANNOTATION, Role, ScopeKind, Uses};
use crate::source::{Span, SyntaxError};
use std::rc::Rc;

impl Collector {
    /// A comprehension or generator expression that yields `elements`.
    pub(super) fn comprehension(&mut self, expr: &Expr, generators: &[Comprehension], elements: &[&Expr]) -> Result {
        let (kind, name, noun) = match &expr.kind {
            ExprKind::ListComp { .. } => (ScopeKind::Comprehension, "listcomp", "list comprehension"),
            ExprKind::SetComp { .. } => (ScopeKind::Comprehension, "setcomp", "set comprehension"),
            ExprKind::DictComp { .. } => (ScopeKind::Comprehension, "dictcomp", "dict comprehension"),
            _ => (ScopeKind::Function, "genexpr", "generator expression"),
        };
        let (first, rest) = generators.split_first().expect("the parser yields at least one `for`");
        self.iterable(&first.iter)?;
        let id = self.push_scope(kind, name.into(), expr.span.start, Some(self.current));
        self.tree.by_place.insert((expr.span.start, Role::Body), id);
        self.scope_at(id).comprehension = Some(noun);
        if kind == ScopeKind::Function {
            self.scope_at(id).generator = true;
            let uses = Uses { parameter: true, bound: true, ..Uses::default() };
            self.scope_at(id).symbol_mut(&".0".into()).uses = uses;
        }
        self.scope_at(id).awaits = generators.iter().any(|generator| generator.is_async);
        self.within_scope(id, |collector| {
            collector.iteration_target(&first.target)?;
            collector.exprs(&first.ifs)?;
            for generator in rest {
                collector.iteration_target(&generator.target)?;
                collector.iterable(&generator.iter)?;
                collector.exprs(&generator.ifs)?;
            }
            collector.exprs(elements.iter().copied())
        })?;
        self.pass_uses_outward(id);
        if kind == ScopeKind::Comprehension && self.scope_at(id).awaits && self.scope().comprehension.is_some() {
            self.scope().awaits = true;
        }
        Ok(())
    }

    /// What an inlined comprehension reads and does not bind is read by the block around it.
    fn pass_uses_outward(&mut self, id: usize) {
        let parent = self.current;
        let around = &self.tree.scopes[parent];
        if self.tree.scopes[id].kind != ScopeKind::Comprehension || around.looks_into_class() {
            return;
        }
        let outer: Vec<Rc<str>> = self.tree.scopes[id]
            .symbols
            .iter()
            .filter(|symbol| !symbol.uses.bound)
            .map(|symbol| symbol.name.clone())
            .collect();
        for name in outer {
            self.scope().symbol_mut(&name).uses.read = true;
        }
    }

    fn iterable(&mut self, iter: &Expr) -> Result {
        let outer = std::mem::replace(&mut self.in_iterable, true);
        self.expr(iter)?;
        self.in_iterable = outer;
        Ok(())
    }

    fn iteration_target(&mut self, target: &Expr) -> Result {
        match &target.kind {
            ExprKind::Name(name) => {
                let uses = &mut self.symbol(name).uses;
                if uses.walrus && !uses.iteration {
                    let message =
                        format!("comprehension inner loop cannot rebind assignment expression target '{name}'");
                    return Err(SyntaxError::new(message, target.span));
                }
                (uses.bound, uses.assigned, uses.iteration) = (true, true, true);
                Ok(())
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => {
                elts.iter().try_for_each(|elt| self.iteration_target(elt))
            }
            ExprKind::Starred { value } => self.iteration_target(value),
            _ => self.expr(target),
        }
    }

    /// `target := value`, which binds in the nearest block that is not a comprehension.
    pub(super) fn named(&mut self, expr: &Expr, target: &Expr, value: &Expr) -> Result {
        if self.in_iterable {
            let message = "assignment expression cannot be used in a comprehension iterable expression";
            return Err(SyntaxError::new(message, expr.span));
        }
        self.check_unrestricted("named expression", expr.span)?;
        if let ExprKind::Name(name) = &target.kind {
            let name = self.mangled(name);
            self.bind_beyond_comprehensions(&name, target.span)?;
        }
        self.expr(value)
    }

    fn bind_beyond_comprehensions(&mut self, name: &Rc<str>, span: Span) -> Result {
        let mut comprehensions = Vec::new();
        let mut id = self.current;
        while self.tree.scopes[id].comprehension.is_some() || self.tree.scopes[id].restricted == Some(ANNOTATION) {
            if self.tree.scopes[id].symbol(name).is_some_and(|symbol| symbol.uses.iteration) {
                let message = format!("assignment expression cannot rebind comprehension iteration variable '{name}'");
                return Err(SyntaxError::new(message, span));
            }
            comprehensions.push(id);
            id = self.tree.scopes[id].parent.expect("comprehensions and annotations stand in another block");
        }
        let owner = self.scope_at(id);
        let is_global = match owner.kind {
            ScopeKind::Class if !comprehensions.is_empty() => {
                let message = "assignment expression within a comprehension cannot be used in a class body";
                return Err(SyntaxError::new(message, span));
            }
            _ if owner.restricted.is_some() => {
                let place = match owner.restricted {
                    Some(place) if owner.kind == ScopeKind::TypeParameters => format!("within {place}"),
                    Some(place @ "a type alias") => format!("in {place}"),
                    _ => "in a TypeVar bound".to_owned(),
                };
                let message = format!("assignment expression within a comprehension cannot be used {place}");
                return Err(SyntaxError::new(message, span));
            }
            ScopeKind::Module => true,
            _ => owner.symbol_mut(name).uses.global,
        };
        let uses = &mut owner.symbol_mut(name).uses;
        (uses.bound, uses.assigned, uses.walrus) = (true, true, true);
        for id in comprehensions {
            let scope = self.scope_at(id);
            let inlined = scope.kind == ScopeKind::Comprehension;
            let uses = &mut scope.symbol_mut(name).uses;
            uses.walrus = true;
            if !inlined {
                (uses.bound, uses.global, uses.nonlocal) = (true, is_global, !is_global);
            }
        }
        Ok(())
    }

    /// `yield` (the keyword of the message) with `value`.
    pub(super) fn yielded(&mut self, expr: &Expr, keyword: &str, value: Option<&Expr>) -> Result {
        self.check_unrestricted("yield expression", expr.span)?;
        let scope = self.scope();
        if let Some(noun) = scope.comprehension {
            return Err(SyntaxError::new(format!("'yield' inside {noun}"), expr.span));
        }
        if scope.kind != ScopeKind::Function {
            return Err(SyntaxError::new(format!("'{keyword}' outside function"), expr.span));
        }
        scope.generator = true;
        self.exprs(value)
    }
}
