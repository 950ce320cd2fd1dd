//! Statements.

use argil_compiler::ast::{
    Alias, ClassDef, ExceptHandler, FunctionDef, Stmt, StmtKind, TypeParam, TypeParamKind, WithItem,
};

use super::{Builder, Failure, Made, operator};
use crate::ast::grammar::Node;
use crate::value::Value;

type Parts<'h> = Result<(Node, Vec<Value<'h>>), Failure>;

impl<'h> Builder<'h, '_> {
    pub(super) fn stmts(&self, body: &[Stmt]) -> Made<'h> {
        self.each(body, |stmt| self.stmt(stmt))
    }

    fn stmt(&self, stmt: &Stmt) -> Made<'h> {
        self.check_depth()?;
        let (node, fields) = match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def)?,
            StmtKind::ClassDef(def) => self.class(def)?,
            StmtKind::For { .. }
            | StmtKind::While { .. }
            | StmtKind::If { .. }
            | StmtKind::With { .. }
            | StmtKind::Match { .. }
            | StmtKind::Try { .. } => self.compound(&stmt.kind)?,
            kind => self.simple(kind)?,
        };
        Ok(self.node(node, stmt.span, &fields))
    }

    fn function(&self, def: &FunctionDef) -> Parts<'h> {
        let node = if def.is_async { Node::AsyncFunctionDef } else { Node::FunctionDef };
        let fields = vec![
            self.identifier(&def.name),
            self.arguments(&def.args)?,
            self.stmts(&def.body)?,
            self.exprs(&def.decorator_list)?,
            self.maybe_expr(def.returns.as_ref())?,
            Value::NONE,
            self.type_params(&def.type_params)?,
        ];
        Ok((node, fields))
    }

    fn class(&self, def: &ClassDef) -> Parts<'h> {
        let fields = vec![
            self.identifier(&def.name),
            self.exprs(&def.bases)?,
            self.keywords(&def.keywords)?,
            self.stmts(&def.body)?,
            self.exprs(&def.decorator_list)?,
            self.type_params(&def.type_params)?,
        ];
        Ok((Node::ClassDef, fields))
    }

    fn compound(&self, kind: &StmtKind) -> Parts<'h> {
        Ok(match kind {
            StmtKind::For { target, iter, body, orelse, is_async } => {
                let node = if *is_async { Node::AsyncFor } else { Node::For };
                let (target, iter) = (self.expr_in(target, Node::Store)?, self.expr(iter)?);
                (node, vec![target, iter, self.stmts(body)?, self.stmts(orelse)?, Value::NONE])
            }
            StmtKind::While { test, body, orelse } => {
                (Node::While, vec![self.expr(test)?, self.stmts(body)?, self.stmts(orelse)?])
            }
            StmtKind::If { test, body, orelse } => {
                (Node::If, vec![self.expr(test)?, self.stmts(body)?, self.stmts(orelse)?])
            }
            StmtKind::With { items, body, is_async } => {
                let node = if *is_async { Node::AsyncWith } else { Node::With };
                (node, vec![self.each(items, |item| self.with_item(item))?, self.stmts(body)?, Value::NONE])
            }
            StmtKind::Match { subject, cases } => {
                (Node::Match, vec![self.expr(subject)?, self.each(cases, |case| self.case(case))?])
            }
            StmtKind::Try { body, handlers, orelse, finalbody, is_star } => {
                let node = if *is_star { Node::TryStar } else { Node::Try };
                let body = self.stmts(body)?;
                let handlers = self.each(handlers, |handler| self.handler(handler))?;
                (node, vec![body, handlers, self.stmts(orelse)?, self.stmts(finalbody)?])
            }
            _ => return Err(Failure::Odd),
        })
    }

    fn simple(&self, kind: &StmtKind) -> Parts<'h> {
        let names = |names: &[argil_compiler::ast::Identifier]| self.each(names, |name| Ok(self.identifier(name)));
        Ok(match kind {
            StmtKind::Return { value } => (Node::Return, vec![self.maybe_expr(value.as_ref())?]),
            StmtKind::Delete { targets } => {
                (Node::Delete, vec![self.each(targets, |target| self.expr_in(target, Node::Del))?])
            }
            StmtKind::Assign { targets, value } => {
                let targets = self.each(targets, |target| self.expr_in(target, Node::Store))?;
                (Node::Assign, vec![targets, self.expr(value)?, Value::NONE])
            }
            StmtKind::TypeAlias { name, type_params, value } => {
                let target = self.node(Node::Name, name.span, &[self.identifier(name), self.single(Node::Store)]);
                (Node::TypeAlias, vec![target, self.type_params(type_params)?, self.expr(value)?])
            }
            StmtKind::AugAssign { target, op, value } => {
                let target = self.expr_in(target, Node::Store)?;
                (Node::AugAssign, vec![target, self.single(operator(*op)), self.expr(value)?])
            }
            StmtKind::AnnAssign { target, annotation, value, simple } => {
                let target = self.expr_in(target, Node::Store)?;
                let (annotation, value) = (self.expr(annotation)?, self.maybe_expr(value.as_ref())?);
                (Node::AnnAssign, vec![target, annotation, value, self.flag(*simple)])
            }
            StmtKind::Raise { exc, cause } => {
                (Node::Raise, vec![self.maybe_expr(exc.as_ref())?, self.maybe_expr(cause.as_ref())?])
            }
            StmtKind::Assert { test, msg } => (Node::Assert, vec![self.expr(test)?, self.maybe_expr(msg.as_ref())?]),
            StmtKind::Import { names } => (Node::Import, vec![self.each(names, |alias| self.alias(alias))?]),
            StmtKind::ImportFrom { module, names, level } => {
                let module = self.maybe_identifier(module.as_ref());
                let names = self.each(names, |alias| self.alias(alias))?;
                (Node::ImportFrom, vec![module, names, self.cx.int((*level).into())])
            }
            StmtKind::Global { names: declared } => (Node::Global, vec![names(declared)?]),
            StmtKind::Nonlocal { names: declared } => (Node::Nonlocal, vec![names(declared)?]),
            StmtKind::Expr { value } => (Node::Expr, vec![self.expr(value)?]),
            StmtKind::Pass => (Node::Pass, Vec::new()),
            StmtKind::Break => (Node::Break, Vec::new()),
            StmtKind::Continue => (Node::Continue, Vec::new()),
            _ => return Err(Failure::Odd),
        })
    }

    fn with_item(&self, item: &WithItem) -> Made<'h> {
        let context = self.expr(&item.context_expr)?;
        let target = self.maybe(item.optional_vars.as_ref(), |target| self.expr_in(target, Node::Store))?;
        Ok(self.placeless(Node::WithItem, &[context, target]))
    }

    fn handler(&self, handler: &ExceptHandler) -> Made<'h> {
        let typ = self.maybe_expr(handler.typ.as_ref())?;
        let fields = [typ, self.maybe_identifier(handler.name.as_ref()), self.stmts(&handler.body)?];
        Ok(self.node(Node::ExceptHandler, handler.span, &fields))
    }

    fn alias(&self, alias: &Alias) -> Made<'h> {
        let fields = [self.identifier(&alias.name), self.maybe_identifier(alias.asname.as_ref())];
        Ok(self.node(Node::Alias, alias.span, &fields))
    }

    fn type_params(&self, parameters: &[TypeParam]) -> Made<'h> {
        self.each(parameters, |parameter| {
            let name = self.identifier(&parameter.name);
            let default = self.maybe_expr(parameter.default_value.as_ref())?;
            let (node, fields) = match parameter.kind {
                TypeParamKind::TypeVar => {
                    (Node::TypeVar, vec![name, self.maybe_expr(parameter.bound.as_ref())?, default])
                }
                TypeParamKind::TypeVarTuple => (Node::TypeVarTuple, vec![name, default]),
                TypeParamKind::ParamSpec => (Node::ParamSpec, vec![name, default]),
            };
            Ok(self.node(node, parameter.span, &fields))
        })
    }
}
