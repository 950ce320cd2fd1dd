//! Statements.

use argil_compiler::Place;
use argil_compiler::ast::{
    Alias, ClassDef, ExceptHandler, Expr, ExprKind, FunctionDef, Identifier, Stmt, StmtKind, WithItem,
};

use super::expressions::binary;
use super::{Context, Reader, integer, missing, node_of, unexpected};
use crate::ast::grammar::Node;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};

impl Reader {
    /// A list of statements.
    pub(super) fn stmts(&mut self, cx: &mut Ctx, object: Slot, node: Node, field: &str) -> Res<Vec<Stmt>> {
        let all = self.each(cx, object, node, field, |this, cx, item| {
            cx.poll()?;
            match cx.get(item).is_none() {
                true => Ok(None),
                false => this.stmt(cx, item).map(Some),
            }
        })?;
        if all.iter().any(Option::is_none) {
            self.note_value("None disallowed in statement list");
        }
        Ok(all.into_iter().flatten().collect())
    }

    /// The body of a statement, which is not empty.
    pub(super) fn body(&mut self, cx: &mut Ctx, object: Slot, node: Node) -> Res<Vec<Stmt>> {
        let body = self.stmts(cx, object, node, "body")?;
        self.check_filled(&body, "body", node);
        Ok(body)
    }

    /// Notes a list that must not be empty.
    fn check_filled<T>(&mut self, list: &[T], what: &str, node: Node) {
        if list.is_empty() {
            self.note_value(format!("empty {what} on {}", node.def().name));
        }
    }

    fn stmt(&mut self, cx: &mut Ctx, object: Slot) -> Res<Stmt> {
        self.deeper(cx, "stmt", |this, cx| {
            let place = this.place(cx, object, Node::StmtSum)?;
            let span = this.span(place);
            let Some(node) = node_of(cx, object, Node::StmtSum) else {
                return Err(unexpected(cx, Node::StmtSum, object)?);
            };
            let kind = match node {
                Node::FunctionDef | Node::AsyncFunctionDef => this.function(cx, object, node, place)?,
                Node::ClassDef => this.class(cx, object, place)?,
                Node::For
                | Node::AsyncFor
                | Node::While
                | Node::If
                | Node::With
                | Node::AsyncWith
                | Node::Match
                | Node::Try
                | Node::TryStar => this.compound(cx, object, node)?,
                _ => this.simple(cx, object, node, place)?,
            };
            Ok(Stmt { kind, span })
        })
    }

    fn function(&mut self, cx: &mut Ctx, object: Slot, node: Node, place: (Place, Place)) -> Res<StmtKind> {
        let name = self.given_name(cx, object, node, "name")?;
        self.check_name(&name);
        let args = self.arguments_of(cx, object, node)?;
        let body = self.body(cx, object, node)?;
        let decorator_list = self.exprs(cx, object, node, "decorator_list", Context::Load)?;
        let returns = self.maybe_expr(cx, object, "returns", Context::Load)?;
        self.type_comment(cx, object)?;
        let type_params = self.type_params(cx, object, node)?;
        let name = self.identifier(name, place);
        let is_async = node == Node::AsyncFunctionDef;
        Ok(StmtKind::FunctionDef(Box::new(FunctionDef {
            name,
            args,
            body,
            decorator_list,
            returns,
            type_params,
            is_async,
        })))
    }

    fn class(&mut self, cx: &mut Ctx, object: Slot, place: (Place, Place)) -> Res<StmtKind> {
        let node = Node::ClassDef;
        let name = self.given_name(cx, object, node, "name")?;
        self.check_name(&name);
        let bases = self.exprs(cx, object, node, "bases", Context::Load)?;
        let keywords = self.keywords(cx, object, node)?;
        let body = self.body(cx, object, node)?;
        let decorator_list = self.exprs(cx, object, node, "decorator_list", Context::Load)?;
        let type_params = self.type_params(cx, object, node)?;
        let name = self.identifier(name, place);
        Ok(StmtKind::ClassDef(Box::new(ClassDef { name, bases, keywords, body, decorator_list, type_params })))
    }

    fn compound(&mut self, cx: &mut Ctx, object: Slot, node: Node) -> Res<StmtKind> {
        Ok(match node {
            Node::For | Node::AsyncFor => {
                let target = self.required_expr(cx, object, node, "target", Context::Store)?;
                let iter = self.loaded(cx, object, node, "iter")?;
                let body = self.body(cx, object, node)?;
                let orelse = self.stmts(cx, object, node, "orelse")?;
                self.type_comment(cx, object)?;
                StmtKind::For { target, iter, body, orelse, is_async: node == Node::AsyncFor }
            }
            Node::While | Node::If => {
                let test = self.loaded(cx, object, node, "test")?;
                let body = self.body(cx, object, node)?;
                let orelse = self.stmts(cx, object, node, "orelse")?;
                if node == Node::If {
                    StmtKind::If { test, body, orelse }
                } else {
                    StmtKind::While { test, body, orelse }
                }
            }
            Node::With | Node::AsyncWith => {
                let items = self.each(cx, object, node, "items", |this, cx, item| {
                    this.deeper(cx, "withitem", |this, cx| this.with_item(cx, item))
                })?;
                self.check_filled(&items, "items", node);
                let body = self.body(cx, object, node)?;
                self.type_comment(cx, object)?;
                StmtKind::With { items, body, is_async: node == Node::AsyncWith }
            }
            Node::Match => {
                StmtKind::Match { subject: self.loaded(cx, object, node, "subject")?, cases: self.cases(cx, object)? }
            }
            _ => self.try_stmt(cx, object, node)?,
        })
    }

    fn with_item(&mut self, cx: &mut Ctx, item: Slot) -> Res<WithItem> {
        let context_expr = self.loaded(cx, item, Node::WithItem, "context_expr")?;
        let optional_vars = self.maybe_expr(cx, item, "optional_vars", Context::Store)?;
        Ok(WithItem { context_expr, optional_vars })
    }

    fn try_stmt(&mut self, cx: &mut Ctx, object: Slot, node: Node) -> Res<StmtKind> {
        let body = self.body(cx, object, node)?;
        let handlers = self.each(cx, object, node, "handlers", |this, cx, item| this.handler(cx, item))?;
        let orelse = self.stmts(cx, object, node, "orelse")?;
        let finalbody = self.stmts(cx, object, node, "finalbody")?;
        let name = node.def().name;
        if handlers.is_empty() && finalbody.is_empty() {
            self.note_value(format!("{name} has neither except handlers nor finalbody"));
        }
        if handlers.is_empty() && !orelse.is_empty() {
            self.note_value(format!("{name} has orelse but no except handlers"));
        }
        Ok(StmtKind::Try { body, handlers, orelse, finalbody, is_star: node == Node::TryStar })
    }

    fn handler(&mut self, cx: &mut Ctx, object: Slot) -> Res<ExceptHandler> {
        self.deeper(cx, "excepthandler", |this, cx| {
            let place = this.place(cx, object, Node::HandlerSum)?;
            let Some(node) = node_of(cx, object, Node::HandlerSum) else {
                return Err(unexpected(cx, Node::HandlerSum, object)?);
            };
            let typ = this.maybe_expr(cx, object, "type", Context::Load)?;
            let name = this.maybe_name(cx, object, "name")?;
            name.iter().for_each(|name| this.check_name(name));
            let body = this.body(cx, object, node)?;
            let name = name.map(|name| this.identifier(name, place));
            Ok(ExceptHandler { typ, name, body, span: this.span(place) })
        })
    }

    fn simple(&mut self, cx: &mut Ctx, object: Slot, node: Node, place: (Place, Place)) -> Res<StmtKind> {
        Ok(match node {
            Node::Return => StmtKind::Return { value: self.maybe_expr(cx, object, "value", Context::Load)? },
            Node::Delete => {
                let targets = self.exprs(cx, object, node, "targets", Context::Del)?;
                self.check_filled(&targets, "targets", node);
                StmtKind::Delete { targets }
            }
            Node::Assign => {
                let targets = self.exprs(cx, object, node, "targets", Context::Store)?;
                self.check_filled(&targets, "targets", node);
                let value = self.loaded(cx, object, node, "value")?;
                self.type_comment(cx, object)?;
                StmtKind::Assign { targets, value }
            }
            Node::TypeAlias => self.type_alias(cx, object)?,
            Node::AugAssign => {
                let target = self.required_expr(cx, object, node, "target", Context::Store)?;
                let odd = match target.kind {
                    ExprKind::Tuple { .. } => Some(Node::Tuple),
                    ExprKind::List { .. } => Some(Node::List),
                    ExprKind::Starred { .. } => Some(Node::Starred),
                    _ => None,
                };
                if let Some(odd) = odd {
                    let number = odd as usize - Node::ExprSum as usize;
                    let message = format!("invalid node type ({number}) for augmented assignment");
                    self.note(Builtin::SystemError, message);
                }
                let op = self.operator(cx, object, node, "op", Node::OperatorSum)?;
                StmtKind::AugAssign { target, op: binary(op), value: self.loaded(cx, object, node, "value")? }
            }
            Node::AnnAssign => self.annotated(cx, object)?,
            Node::Raise => {
                let exc = self.maybe_expr(cx, object, "exc", Context::Load)?;
                let cause = self.maybe_expr(cx, object, "cause", Context::Load)?;
                if exc.is_none() && cause.is_some() {
                    self.note_value("Raise with cause but no exception");
                }
                StmtKind::Raise { exc, cause }
            }
            Node::Assert => StmtKind::Assert {
                test: self.loaded(cx, object, node, "test")?,
                msg: self.maybe_expr(cx, object, "msg", Context::Load)?,
            },
            Node::Import => StmtKind::Import { names: self.aliases(cx, object, node)? },
            Node::ImportFrom => self.import_from(cx, object, place)?,
            Node::Global => StmtKind::Global { names: self.declared(cx, object, node, place)? },
            Node::Nonlocal => StmtKind::Nonlocal { names: self.declared(cx, object, node, place)? },
            Node::Expr => StmtKind::Expr { value: self.loaded(cx, object, node, "value")? },
            Node::Pass => StmtKind::Pass,
            Node::Break => StmtKind::Break,
            _ => StmtKind::Continue,
        })
    }

    fn type_alias(&mut self, cx: &mut Ctx, object: Slot) -> Res<StmtKind> {
        let node = Node::TypeAlias;
        let target = self.given(cx, object, node, "name")?;
        let target: Expr = self.expr(cx, target, None)?;
        let name = match target.kind {
            ExprKind::Name(name) => name,
            _ => {
                self.note(Builtin::TypeError, "TypeAlias with non-Name name");
                "".into()
            }
        };
        let type_params = self.type_params(cx, object, node)?;
        let value = self.loaded(cx, object, node, "value")?;
        Ok(StmtKind::TypeAlias { name: Identifier { name, span: target.span }, type_params, value })
    }

    fn annotated(&mut self, cx: &mut Ctx, object: Slot) -> Res<StmtKind> {
        let node = Node::AnnAssign;
        let target = self.required_expr(cx, object, node, "target", Context::Store)?;
        let annotation = self.loaded(cx, object, node, "annotation")?;
        let value = self.maybe_expr(cx, object, "value", Context::Load)?;
        let simple = self.required(cx, object, node.def().name, "simple")?;
        let simple = integer(cx, simple)? != 0;
        if simple && !matches!(target.kind, ExprKind::Name(_)) {
            self.note(Builtin::TypeError, "AnnAssign with simple non-Name target");
        }
        Ok(StmtKind::AnnAssign { target, annotation, value, simple })
    }

    fn import_from(&mut self, cx: &mut Ctx, object: Slot, place: (Place, Place)) -> Res<StmtKind> {
        let module = self.maybe_name(cx, object, "module")?;
        let names = self.aliases(cx, object, Node::ImportFrom)?;
        let level = match self.optional(cx, object, "level")? {
            Some(level) => integer(cx, level)?,
            None => 0,
        };
        if level < 0 {
            self.note_value("Negative ImportFrom level");
        }
        let module = module.map(|module| self.identifier(module, place));
        Ok(StmtKind::ImportFrom { module, names, level: u32::try_from(level).unwrap_or(0) })
    }

    fn aliases(&mut self, cx: &mut Ctx, object: Slot, of: Node) -> Res<Vec<Alias>> {
        let names = self.each(cx, object, of, "names", |this, cx, item| {
            this.deeper(cx, "alias", |this, cx| {
                let name = this.given_name(cx, item, Node::Alias, "name")?;
                let asname = this.maybe_name(cx, item, "asname")?;
                std::iter::once(&name).chain(&asname).for_each(|name| this.check_name(name));
                let place = this.place(cx, item, Node::Alias)?;
                let name = this.identifier(name, place);
                let asname = asname.map(|asname| this.identifier(asname, place));
                Ok(Alias { name, asname, span: this.span(place) })
            })
        })?;
        self.check_filled(&names, "names", of);
        Ok(names)
    }

    fn declared(&mut self, cx: &mut Ctx, object: Slot, node: Node, place: (Place, Place)) -> Res<Vec<Identifier>> {
        let names = self.each(cx, object, node, "names", |this, cx, name| match this.name(cx, name)? {
            Some(name) => Ok(this.identifier(name, place)),
            None => Err(missing(cx, node.def().name, "names")),
        })?;
        self.check_filled(&names, "names", node);
        Ok(names)
    }
}
