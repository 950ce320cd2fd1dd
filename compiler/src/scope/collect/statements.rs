//! Statements: assignments, definitions and declarations.

use super::{Collector, Result};
use crate::ast::*;
use crate::scope::{
    ANNOTATION, CONDITIONAL, MODULE, Privacy, Role, ScopeKind, TYPE_PARAMS, Uses, check_assignable, parameters,
};
use crate::source::{Span, SyntaxError};
use std::rc::Rc;

impl Collector {
    pub(super) fn body(&mut self, body: &[Stmt]) -> Result {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    pub(super) fn exprs<'a>(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) -> Result {
        exprs.into_iter().try_for_each(|expr| self.expr(expr))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result {
        let compound = u32::from(is_compound(&stmt.kind));
        self.depth += compound;
        self.statement(stmt)?;
        self.depth -= compound;
        Ok(())
    }

    fn statement(&mut self, stmt: &Stmt) -> Result {
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, stmt.span),
            StmtKind::ClassDef(def) => self.class(def, stmt.span),
            StmtKind::Return { value } => self.exprs(value),
            StmtKind::Delete { targets } => targets.iter().try_for_each(|target| self.deleted(target)),
            StmtKind::Assign { targets, value } => {
                targets.iter().for_each(|target| self.mention(target));
                self.expr(value)?;
                targets.iter().try_for_each(|target| self.target(target))
            }
            StmtKind::AugAssign { target, value, .. } => {
                match &target.kind {
                    // CPython's table knows it as assigned only.
                    ExprKind::Name(name) => self.symbol(name).uses.read = true,
                    _ => self.expr(target)?,
                }
                self.expr(value)?;
                self.target(target)
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                self.annotated(stmt, target, annotation, *simple, value.is_some())?;
                self.exprs(value)
            }
            StmtKind::For { target, iter, body, orelse, .. } => {
                self.mention(target);
                self.expr(iter)?;
                self.target(target)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.body(body)?;
                self.body(orelse)
            }
            StmtKind::With { items, body, .. } => {
                for item in items {
                    self.expr(&item.context_expr)?;
                    item.optional_vars.iter().try_for_each(|target| self.target(target))?;
                }
                self.body(body)
            }
            StmtKind::Raise { exc, cause } => self.exprs(exc.iter().chain(cause)),
            StmtKind::Try { body, handlers, orelse, finalbody, .. } => {
                self.body(body)?;
                for handler in handlers {
                    self.exprs(&handler.typ)?;
                    handler.name.iter().for_each(|name| self.bind_and_unbind(&name.name));
                    self.body(&handler.body)?;
                }
                self.body(orelse)?;
                self.body(finalbody)
            }
            StmtKind::Assert { test, msg } => self.exprs(std::iter::once(test).chain(msg)),
            StmtKind::Import { names } => {
                names.iter().for_each(|alias| self.imported(alias));
                Ok(())
            }
            StmtKind::ImportFrom { names, .. } => {
                for alias in names {
                    if &*alias.name.name == "*" {
                        if self.current != MODULE {
                            return Err(SyntaxError::new("import * only allowed at module level", alias.span));
                        }
                    } else {
                        self.imported(alias);
                    }
                }
                Ok(())
            }
            StmtKind::Global { names } => names.iter().try_for_each(|name| self.global(&name.name, stmt.span)),
            StmtKind::Nonlocal { names } => names.iter().try_for_each(|name| self.nonlocal(&name.name, stmt.span)),
            StmtKind::Expr { value } => self.expr(value),
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                cases.iter().try_for_each(|case| {
                    self.pattern(&case.pattern)?;
                    self.exprs(&case.guard)?;
                    self.body(&case.body)
                })
            }
            StmtKind::TypeAlias { name, type_params, value } => self.type_alias(stmt.span, name, type_params, value),
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => Ok(()),
        }
    }

    /// A pattern reads classes and values, and binds what it captures.
    fn pattern(&mut self, pattern: &Pattern) -> Result {
        match &pattern.kind {
            PatternKind::MatchValue(value) => self.expr(value),
            PatternKind::MatchSingleton(_) => Ok(()),
            PatternKind::MatchSequence { patterns } | PatternKind::MatchOr { patterns } => {
                patterns.iter().try_for_each(|pattern| self.pattern(pattern))
            }
            PatternKind::MatchMapping { items, rest } => {
                self.exprs(items.iter().map(|(key, _)| key))?;
                items.iter().try_for_each(|(_, pattern)| self.pattern(pattern))?;
                rest.iter().for_each(|name| self.bind(&name.name));
                Ok(())
            }
            PatternKind::MatchClass { cls, patterns, keywords } => {
                self.expr(cls)?;
                let mut nested = patterns.iter().chain(keywords.iter().map(|(_, pattern)| pattern));
                nested.try_for_each(|pattern| self.pattern(pattern))
            }
            PatternKind::MatchStar { name } => {
                name.iter().for_each(|name| self.bind(&name.name));
                Ok(())
            }
            PatternKind::MatchAs { pattern, name } => {
                pattern.iter().try_for_each(|pattern| self.pattern(pattern))?;
                name.iter().for_each(|name| self.bind(&name.name));
                Ok(())
            }
        }
    }

    fn imported(&mut self, alias: &Alias) {
        match &alias.asname {
            Some(name) => self.bind_import(&name.name),
            None => {
                let name = &alias.name.name;
                let top = name.split_once('.').map_or_else(|| name.clone(), |(top, _)| top.into());
                self.bind_import(&top);
            }
        }
    }

    fn bind_import(&mut self, name: &Rc<str>) {
        let uses = &mut self.symbol(name).uses;
        (uses.bound, uses.imported) = (true, true);
    }

    /// A declaration says "`what` before" of a name that was already used otherwise.
    fn check_undeclared(&self, name: &str, uses: Uses, declaration: &str, span: Span) -> Result {
        let message = if uses.parameter {
            format!("name '{name}' is parameter and {declaration}")
        } else if uses.annotated {
            format!("annotated name '{name}' can't be {declaration}")
        } else if uses.bound {
            format!("name '{name}' is assigned to before {declaration} declaration")
        } else if uses.read {
            format!("name '{name}' is used prior to {declaration} declaration")
        } else {
            return Ok(());
        };
        Err(SyntaxError::new(message, span))
    }

    fn global(&mut self, name: &Rc<str>, span: Span) -> Result {
        let uses = self.symbol(name).uses;
        self.check_undeclared(name, uses, "global", span)?;
        // It is a name of the module now, whatever the module says of it.
        let shown = self.mangled(name);
        self.scope_at(MODULE).symbol_mut(&shown);
        let symbol = self.symbol(name);
        symbol.uses.global = true;
        if symbol.uses.nonlocal {
            return Err(SyntaxError::new(format!("name '{name}' is nonlocal and global"), symbol.declared));
        }
        symbol.declared = span;
        Ok(())
    }

    fn nonlocal(&mut self, name: &Rc<str>, span: Span) -> Result {
        if self.current == MODULE {
            return Err(SyntaxError::new("nonlocal declaration not allowed at module level", span));
        }
        let uses = self.symbol(name).uses;
        self.check_undeclared(name, uses, "nonlocal", span)?;
        let symbol = self.symbol(name);
        symbol.uses.nonlocal = true;
        if symbol.uses.global {
            return Err(SyntaxError::new(format!("name '{name}' is nonlocal and global"), symbol.declared));
        }
        symbol.declared = span;
        Ok(())
    }

    fn annotated(&mut self, stmt: &Stmt, target: &Expr, annotation: &Expr, simple: bool, has_value: bool) -> Result {
        if let ExprKind::Name(name) = &target.kind {
            let at_module = self.current == MODULE;
            let uses = &mut self.symbol(name).uses;
            if (uses.global || uses.nonlocal) && !at_module && simple {
                let declaration = if uses.global { "global" } else { "nonlocal" };
                let message = format!("annotated name '{name}' can't be {declaration}");
                return Err(SyntaxError::new(message, stmt.span));
            }
            if simple {
                (uses.annotated, uses.bound, uses.assigned) = (true, true, true);
            } else if has_value {
                (uses.bound, uses.assigned) = (true, true);
            }
        } else {
            self.target(target)?;
        }
        let next = self.tree.scopes.len();
        if self.scope().kind == ScopeKind::Function {
            self.scope().first_annotation.get_or_insert((annotation.span.start, next));
        }
        if simple && matches!(self.scope().kind, ScopeKind::Module | ScopeKind::Class) {
            self.annotations(self.owner, stmt.span, |collector| collector.expr(annotation))?;
            // A module may be seen when only a part of it has run.
            let at_module = self.current == MODULE;
            if at_module || self.depth > 0 {
                self.scope().has_conditional_annotations = true;
                self.scope().symbol_mut(&CONDITIONAL.into()).uses.used = true;
                let id = self.tree.scope_as(Role::Annotations, self.owner);
                if !at_module {
                    self.scope_at(id).add_free(&CONDITIONAL.into());
                }
            }
        }
        Ok(())
    }

    /// Walks annotations in the scope of the function that will evaluate them, made when first needed: for the statement
    /// at `first`.
    fn annotations(&mut self, place: Span, first: Span, walk: impl FnOnce(&mut Self) -> Result) -> Result {
        let key = (place.start, Role::Annotations);
        let id = match self.tree.by_place.get(&key) {
            Some(&id) => id,
            None => {
                let id = self.evaluated("__annotate__".into(), place, Role::Annotations, ANNOTATION);
                self.scope_at(id).start = first.start;
                id
            }
        };
        if self.tree.annotations_are_text { Ok(()) } else { self.within_scope(id, walk) }
    }

    fn function(&mut self, def: &FunctionDef, span: Span) -> Result {
        self.bind(&def.name.name);
        self.exprs(&def.decorator_list)?;
        self.defaults(&def.args)?;
        let annotations: Vec<&Expr> =
            parameters(&def.args).filter_map(|arg| arg.annotation.as_deref()).chain(&def.returns).collect();
        let has_default = |parameters: &[Parameter]| parameters.iter().any(|parameter| parameter.default.is_some());
        let given = [
            (".defaults", has_default(&def.args.posonlyargs) || has_default(&def.args.args)),
            (".kwdefaults", has_default(&def.args.kwonlyargs)),
        ];
        let given: Vec<&str> = given.into_iter().filter_map(|(name, has)| has.then_some(name)).collect();
        self.generic(&def.name.name, &def.type_params, span, &given, |collector| {
            if !annotations.is_empty() {
                collector.annotations(span, span, |collector| collector.exprs(annotations))?;
            }
            collector.within(ScopeKind::Function, def.name.name.clone(), span, Role::Body, |collector| {
                collector.scope().awaits = def.is_async;
                collector.parameters(&def.args)?;
                collector.body(&def.body)
            })
        })
    }

    pub(super) fn defaults(&mut self, args: &Arguments) -> Result {
        self.exprs(args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs).filter_map(|p| p.default.as_ref()))
    }

    /// Binds the parameters in the order of their registers.
    pub(super) fn parameters(&mut self, args: &Arguments) -> Result {
        for arg in parameters(args) {
            check_assignable(&arg.name.name, arg.span)?;
            let uses = &mut self.symbol(&arg.name.name).uses;
            if uses.parameter {
                let message = format!("duplicate argument '{}' in function definition", arg.name.name);
                return Err(SyntaxError::new(message, arg.span));
            }
            (uses.parameter, uses.bound) = (true, true);
        }
        Ok(())
    }

    fn class(&mut self, def: &ClassDef, span: Span) -> Result {
        self.bind(&def.name.name);
        self.exprs(&def.decorator_list)?;
        let class_name = Some(def.name.name.clone());
        let privacy = self.privacy.clone();
        if !def.type_params.is_empty() {
            let only = def.type_params.iter().map(|parameter| parameter.name.name.clone()).collect();
            self.privacy = Privacy { class_name: class_name.clone(), only: Some(only) };
        }
        self.generic(&def.name.name, &def.type_params, span, &[], |collector| {
            if !def.type_params.is_empty() {
                collector.bind(&TYPE_PARAMS.into());
            }
            collector.exprs(def.bases.iter().chain(def.keywords.iter().map(|keyword| &keyword.value)))?;
            collector.privacy = Privacy { class_name, only: None };
            let owner = std::mem::replace(&mut collector.owner, span);
            collector.within(ScopeKind::Class, def.name.name.clone(), span, Role::Body, |collector| {
                if !def.type_params.is_empty() {
                    collector.scope().symbol_mut(&TYPE_PARAMS.into()).uses.note_read();
                }
                collector.body(&def.body)
            })?;
            collector.owner = owner;
            Ok(())
        })?;
        self.privacy = privacy;
        Ok(())
    }

    /// Notes the names of a target that is walked after what CPython walks after it.
    fn mention(&mut self, target: &Expr) {
        match &target.kind {
            ExprKind::Name(name) => {
                let name = self.mangled(name);
                self.scope().mention(&name);
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => elts.iter().for_each(|elt| self.mention(elt)),
            ExprKind::Starred { value } => self.mention(value),
            _ => {}
        }
    }

    /// An expression that is stored to.
    pub(super) fn target(&mut self, target: &Expr) -> Result {
        match &target.kind {
            ExprKind::Name(name) => {
                self.bind(name);
                Ok(())
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => elts.iter().try_for_each(|elt| self.target(elt)),
            ExprKind::Starred { value } => self.target(value),
            _ => self.expr(target),
        }
    }

    fn deleted(&mut self, target: &Expr) -> Result {
        match &target.kind {
            ExprKind::Name(name) => {
                self.bind_and_unbind(name);
                Ok(())
            }
            ExprKind::Tuple { elts } | ExprKind::List { elts } => elts.iter().try_for_each(|elt| self.deleted(elt)),
            _ => self.expr(target),
        }
    }
}

/// Whether a statement has blocks of its own, which need not run.
fn is_compound(stmt: &StmtKind) -> bool {
    matches!(
        stmt,
        StmtKind::For { .. }
            | StmtKind::While { .. }
            | StmtKind::If { .. }
            | StmtKind::With { .. }
            | StmtKind::Match { .. }
            | StmtKind::Try { .. }
    )
}
