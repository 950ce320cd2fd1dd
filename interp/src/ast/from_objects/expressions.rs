//! Expressions.

use argil_compiler::Place;
use argil_compiler::ast::{
    BoolOperator, CmpOperator, Comprehension, DictItem, Expr, ExprKind, Operator, UnaryOperator,
};

use super::{Context, Reader, integer, node_of, unexpected};
use crate::ast::grammar::Node;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};

impl Reader {
    /// A field that must hold an expression.
    pub(super) fn required_expr(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        node: Node,
        field: &str,
        context: Context,
    ) -> Res<Expr> {
        let value = self.given(cx, object, node, field)?;
        self.expr(cx, value, Some(context))
    }

    /// A field that must hold an expression to be loaded.
    pub(super) fn loaded(&mut self, cx: &mut Ctx, object: Slot, node: Node, field: &str) -> Res<Expr> {
        self.required_expr(cx, object, node, field, Context::Load)
    }

    pub(super) fn boxed(&mut self, cx: &mut Ctx, object: Slot, node: Node, field: &str) -> Res<Box<Expr>> {
        self.loaded(cx, object, node, field).map(Box::new)
    }

    /// A field that may hold an expression.
    pub(super) fn maybe_expr(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        field: &str,
        context: Context,
    ) -> Res<Option<Expr>> {
        match self.optional(cx, object, field)? {
            Some(value) => self.expr(cx, value, Some(context)).map(Some),
            None => Ok(None),
        }
    }

    /// A list of expressions, none of which may be None.
    pub(super) fn exprs(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        node: Node,
        field: &str,
        context: Context,
    ) -> Res<Vec<Expr>> {
        let all = self.gapped_exprs(cx, object, node, field, context)?;
        if all.iter().any(Option::is_none) {
            self.note_value("None disallowed in expression list");
        }
        Ok(all.into_iter().flatten().collect())
    }

    /// A list of expressions, in which None may stand for one.
    pub(super) fn gapped_exprs(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        node: Node,
        field: &str,
        context: Context,
    ) -> Res<Vec<Option<Expr>>> {
        self.each(cx, object, node, field, |this, cx, item| match cx.get(item).is_none() {
            true => Ok(None),
            false => this.expr(cx, item, Some(context)).map(Some),
        })
    }

    /// An expression; without a context, any.
    pub(super) fn expr(&mut self, cx: &mut Ctx, object: Slot, context: Option<Context>) -> Res<Expr> {
        self.deeper(cx, "expr", |this, cx| {
            let place = this.place(cx, object, Node::ExprSum)?;
            let span = this.span(place);
            let Some(node) = node_of(cx, object, Node::ExprSum) else {
                return Err(unexpected(cx, Node::ExprSum, object)?);
            };
            let kind = match node {
                Node::Name | Node::Attribute | Node::Subscript | Node::Starred | Node::List | Node::Tuple => {
                    this.assignable(cx, object, node, context, place)?
                }
                _ => {
                    if let Some(context @ (Context::Store | Context::Del)) = context {
                        let context = context.name();
                        this.note_value(format!("expression which can't be assigned to in {context} context"));
                    }
                    this.value(cx, object, node, span)?
                }
            };
            Ok(Expr { kind, span })
        })
    }

    /// What has a context.
    fn assignable(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        node: Node,
        wanted: Option<Context>,
        place: (Place, Place),
    ) -> Res<ExprKind> {
        let inner = wanted.unwrap_or(Context::Load);
        let kind = match node {
            Node::Name => {
                let name = self.given_name(cx, object, node, "id")?;
                self.check_name(&name);
                ExprKind::Name(name)
            }
            Node::Attribute => {
                let value = self.boxed(cx, object, node, "value")?;
                let attr = self.given_name(cx, object, node, "attr")?;
                let (start, end) = place;
                let begin = (end.0, end.1.saturating_sub(attr.len() as u32));
                let attr = self.identifier(attr, (if end.0 == start.0 { start } else { begin }, end));
                ExprKind::Attribute { value, attr }
            }
            Node::Subscript => ExprKind::Subscript {
                value: self.boxed(cx, object, node, "value")?,
                slice: self.boxed(cx, object, node, "slice")?,
            },
            Node::Starred => {
                ExprKind::Starred { value: Box::new(self.required_expr(cx, object, node, "value", inner)?) }
            }
            Node::List => ExprKind::List { elts: self.exprs(cx, object, node, "elts", inner)? },
            _ => ExprKind::Tuple { elts: self.exprs(cx, object, node, "elts", inner)? },
        };
        let context = self.required(cx, object, node.def().name, "ctx")?;
        let found = match node_of(cx, context, Node::ContextSum) {
            Some(Node::Store) => Context::Store,
            Some(Node::Del) => Context::Del,
            Some(_) => Context::Load,
            None => return Err(unexpected(cx, Node::ContextSum, context)?),
        };
        if let Some(wanted) = wanted.filter(|&wanted| wanted != found) {
            let (wanted, found) = (wanted.name(), found.name());
            self.note_value(format!("expression must have {wanted} context but has {found} instead"));
        }
        Ok(kind)
    }

    /// What is only ever loaded.
    fn value(&mut self, cx: &mut Ctx, object: Slot, node: Node, span: argil_compiler::source::Span) -> Res<ExprKind> {
        Ok(match node {
            Node::BoolOp => {
                let op = self.operator(cx, object, node, "op", Node::BoolOpSum)?;
                let values = self.exprs(cx, object, node, "values", Context::Load)?;
                if values.len() < 2 {
                    self.note_value("BoolOp with less than 2 values");
                }
                ExprKind::BoolOp { op: if op == Node::And { BoolOperator::And } else { BoolOperator::Or }, values }
            }
            Node::NamedExpr => {
                let target = self.given(cx, object, node, "target")?;
                let target = Box::new(self.expr(cx, target, None)?);
                if !matches!(target.kind, ExprKind::Name(_)) {
                    self.note(Builtin::TypeError, "NamedExpr target must be a Name");
                }
                ExprKind::NamedExpr { target, value: self.boxed(cx, object, node, "value")? }
            }
            Node::BinOp => {
                let left = self.boxed(cx, object, node, "left")?;
                let op = self.operator(cx, object, node, "op", Node::OperatorSum)?;
                ExprKind::BinOp { left, op: binary(op), right: self.boxed(cx, object, node, "right")? }
            }
            Node::UnaryOp => {
                let op = match self.operator(cx, object, node, "op", Node::UnaryOpSum)? {
                    Node::Invert => UnaryOperator::Invert,
                    Node::Not => UnaryOperator::Not,
                    Node::UAdd => UnaryOperator::UAdd,
                    _ => UnaryOperator::USub,
                };
                ExprKind::UnaryOp { op, operand: self.boxed(cx, object, node, "operand")? }
            }
            Node::Lambda => {
                let args = Box::new(self.arguments_of(cx, object, node)?);
                ExprKind::Lambda { args, body: self.boxed(cx, object, node, "body")? }
            }
            Node::IfExp => ExprKind::IfExp {
                test: self.boxed(cx, object, node, "test")?,
                body: self.boxed(cx, object, node, "body")?,
                orelse: self.boxed(cx, object, node, "orelse")?,
            },
            Node::Dict => {
                let keys = self.gapped_exprs(cx, object, node, "keys", Context::Load)?;
                let values = self.exprs(cx, object, node, "values", Context::Load)?;
                if keys.len() != values.len() {
                    self.note_value("Dict doesn't have the same number of keys as values");
                }
                ExprKind::Dict {
                    items: keys.into_iter().zip(values).map(|(key, value)| DictItem { key, value }).collect(),
                }
            }
            Node::Set => ExprKind::Set { elts: self.exprs(cx, object, node, "elts", Context::Load)? },
            Node::ListComp | Node::SetComp | Node::GeneratorExp => {
                let elt = self.boxed(cx, object, node, "elt")?;
                let generators = self.comprehensions(cx, object, node)?;
                match node {
                    Node::ListComp => ExprKind::ListComp { elt, generators },
                    Node::SetComp => ExprKind::SetComp { elt, generators },
                    _ => ExprKind::GeneratorExp { elt, generators },
                }
            }
            Node::DictComp => ExprKind::DictComp {
                key: self.boxed(cx, object, node, "key")?,
                value: self.boxed(cx, object, node, "value")?,
                generators: self.comprehensions(cx, object, node)?,
            },
            Node::Await => ExprKind::Await { value: self.boxed(cx, object, node, "value")? },
            Node::Yield => {
                let value = self.maybe_expr(cx, object, "value", Context::Load)?;
                ExprKind::Yield { value: value.map(Box::new) }
            }
            Node::YieldFrom => ExprKind::YieldFrom { value: self.boxed(cx, object, node, "value")? },
            Node::Compare => self.compare(cx, object)?,
            Node::Call => ExprKind::Call {
                func: self.boxed(cx, object, node, "func")?,
                args: self.exprs(cx, object, node, "args", Context::Load)?,
                keywords: self.keywords(cx, object, node)?,
            },
            Node::Slice => {
                let mut bound = |field| Ok(self.maybe_expr(cx, object, field, Context::Load)?.map(Box::new));
                ExprKind::Slice { lower: bound("lower")?, upper: bound("upper")?, step: bound("step")? }
            }
            Node::Constant => {
                let value = self.required(cx, object, "Constant", "value")?;
                let constant = self.constant(cx, cx.get(value));
                self.string_kind(cx, object)?;
                ExprKind::Constant(constant)
            }
            Node::JoinedStr => ExprKind::JoinedStr { values: self.pieces(cx, object, node)? },
            Node::TemplateStr => ExprKind::TemplateStr { values: self.pieces(cx, object, node)? },
            _ => self.lone_piece(cx, object, node, span)?,
        })
    }

    /// The `kind` of a constant, which must be a string.
    fn string_kind(&mut self, cx: &mut Ctx, object: Slot) -> Res<()> {
        let Some(kind) = self.optional(cx, object, "kind")? else { return Ok(()) };
        let class = cx.class_of(cx.get(kind));
        if class.is(Builtin::Str) || class.is(Builtin::Bytes) {
            return Ok(());
        }
        Err(cx.type_error("AST string must be of type str"))
    }

    fn compare(&mut self, cx: &mut Ctx, object: Slot) -> Res<ExprKind> {
        let node = Node::Compare;
        let left = self.boxed(cx, object, node, "left")?;
        let ops = self.each(cx, object, node, "ops", |_, cx, op| match node_of(cx, op, Node::CmpOpSum) {
            Some(op) => Ok(comparison(op)),
            None => Err(unexpected(cx, Node::CmpOpSum, op)?),
        })?;
        let all = self.gapped_exprs(cx, object, node, "comparators", Context::Load)?;
        if all.is_empty() {
            self.note_value("Compare with no comparators");
        } else if all.len() != ops.len() {
            self.note_value("Compare has a different number of comparators and operands");
        } else if all.iter().any(Option::is_none) {
            self.note_value("None disallowed in expression list");
        }
        Ok(ExprKind::Compare { left, ops, comparators: all.into_iter().flatten().collect() })
    }

    /// Which operator of a sum a field holds.
    pub(super) fn operator(&mut self, cx: &mut Ctx, object: Slot, node: Node, field: &str, sum: Node) -> Res<Node> {
        let op = self.required(cx, object, node.def().name, field)?;
        match node_of(cx, op, sum) {
            Some(op) => Ok(op),
            None => Err(unexpected(cx, sum, op)?),
        }
    }

    fn comprehensions(&mut self, cx: &mut Ctx, object: Slot, of: Node) -> Res<Vec<Comprehension>> {
        let generators = self.each(cx, object, of, "generators", |this, cx, item| {
            this.deeper(cx, "comprehension", |this, cx| {
                let node = Node::Comprehension;
                let target = this.required_expr(cx, item, node, "target", Context::Store)?;
                let iter = this.loaded(cx, item, node, "iter")?;
                let ifs = this.exprs(cx, item, node, "ifs", Context::Load)?;
                let is_async = this.required(cx, item, "comprehension", "is_async")?;
                Ok(Comprehension { target, iter, ifs, is_async: integer(cx, is_async)? != 0 })
            })
        })?;
        if generators.is_empty() {
            self.note_value("comprehension with no generators");
        }
        Ok(generators)
    }
}

pub(super) fn binary(op: Node) -> Operator {
    match op {
        Node::Add => Operator::Add,
        Node::Sub => Operator::Sub,
        Node::Mult => Operator::Mult,
        Node::MatMult => Operator::MatMult,
        Node::Div => Operator::Div,
        Node::Mod => Operator::Mod,
        Node::Pow => Operator::Pow,
        Node::LShift => Operator::LShift,
        Node::RShift => Operator::RShift,
        Node::BitOr => Operator::BitOr,
        Node::BitXor => Operator::BitXor,
        Node::BitAnd => Operator::BitAnd,
        _ => Operator::FloorDiv,
    }
}

fn comparison(op: Node) -> CmpOperator {
    match op {
        Node::Eq => CmpOperator::Eq,
        Node::NotEq => CmpOperator::NotEq,
        Node::Lt => CmpOperator::Lt,
        Node::LtE => CmpOperator::LtE,
        Node::Gt => CmpOperator::Gt,
        Node::GtE => CmpOperator::GtE,
        Node::Is => CmpOperator::Is,
        Node::IsNot => CmpOperator::IsNot,
        Node::In => CmpOperator::In,
        _ => CmpOperator::NotIn,
    }
}
