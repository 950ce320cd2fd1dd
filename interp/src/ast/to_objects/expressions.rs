//! Expressions.

use argil_compiler::ast::{Arg, Arguments, Comprehension, Constant, Expr, ExprKind, Keyword, Parameter};
use argil_compiler::source::Span;

use super::{Builder, Failure, Made, bool_operator, comparison, operator, unary_operator};
use crate::ast::grammar::Node;
use crate::types::complex::Complex;
use crate::value::Value;

/// What is done with an expression.
pub(super) type Context = Node;

impl<'h> Builder<'h, '_> {
    pub(super) fn expr(&self, expr: &Expr) -> Made<'h> {
        self.expr_in(expr, Node::Load)
    }

    pub(super) fn exprs(&self, exprs: &[Expr]) -> Made<'h> {
        self.each(exprs, |expr| self.expr(expr))
    }

    pub(super) fn maybe_expr(&self, expr: Option<&Expr>) -> Made<'h> {
        self.maybe(expr, |expr| self.expr(expr))
    }

    /// An expression that is loaded, stored to or deleted.
    pub(super) fn expr_in(&self, expr: &Expr, context: Context) -> Made<'h> {
        self.check_depth()?;
        let ctx = self.single(context);
        let each = |elts: &[Expr]| self.each(elts, |elt| self.expr_in(elt, context));
        let (node, fields) = match &expr.kind {
            ExprKind::Name(name) => (Node::Name, vec![self.name(name), ctx]),
            ExprKind::Attribute { value, attr } => {
                (Node::Attribute, vec![self.expr(value)?, self.identifier(attr), ctx])
            }
            ExprKind::Subscript { value, slice } => (Node::Subscript, vec![self.expr(value)?, self.expr(slice)?, ctx]),
            ExprKind::Starred { value } => (Node::Starred, vec![self.expr_in(value, context)?, ctx]),
            ExprKind::List { elts } => (Node::List, vec![each(elts)?, ctx]),
            ExprKind::Tuple { elts } => (Node::Tuple, vec![each(elts)?, ctx]),
            ExprKind::Constant(constant) => return self.constant(constant, expr.span),
            ExprKind::JoinedStr { values } => (Node::JoinedStr, vec![self.pieces(values, false)?]),
            ExprKind::TemplateStr { values } => (Node::TemplateStr, vec![self.pieces(values, true)?]),
            _ => self.loaded(expr)?,
        };
        Ok(self.node(node, expr.span, &fields))
    }

    /// What can only be loaded.
    fn loaded(&self, expr: &Expr) -> Result<(Node, Vec<Value<'h>>), Failure> {
        Ok(match &expr.kind {
            ExprKind::BoolOp { op, values } => {
                (Node::BoolOp, vec![self.single(bool_operator(*op)), self.exprs(values)?])
            }
            ExprKind::NamedExpr { target, value } => {
                (Node::NamedExpr, vec![self.expr_in(target, Node::Store)?, self.expr(value)?])
            }
            ExprKind::BinOp { left, op, right } => {
                (Node::BinOp, vec![self.expr(left)?, self.single(operator(*op)), self.expr(right)?])
            }
            ExprKind::UnaryOp { op, operand } => {
                (Node::UnaryOp, vec![self.single(unary_operator(*op)), self.expr(operand)?])
            }
            ExprKind::Lambda { args, body } => (Node::Lambda, vec![self.arguments(args)?, self.expr(body)?]),
            ExprKind::IfExp { test, body, orelse } => {
                (Node::IfExp, vec![self.expr(test)?, self.expr(body)?, self.expr(orelse)?])
            }
            ExprKind::Dict { items } => {
                let keys = self.each(items, |item| self.maybe_expr(item.key.as_ref()))?;
                (Node::Dict, vec![keys, self.each(items, |item| self.expr(&item.value))?])
            }
            ExprKind::Set { elts } => (Node::Set, vec![self.exprs(elts)?]),
            ExprKind::ListComp { elt, generators } => {
                (Node::ListComp, vec![self.expr(elt)?, self.comprehensions(generators)?])
            }
            ExprKind::SetComp { elt, generators } => {
                (Node::SetComp, vec![self.expr(elt)?, self.comprehensions(generators)?])
            }
            ExprKind::DictComp { key, value, generators } => {
                (Node::DictComp, vec![self.expr(key)?, self.expr(value)?, self.comprehensions(generators)?])
            }
            ExprKind::GeneratorExp { elt, generators } => {
                (Node::GeneratorExp, vec![self.expr(elt)?, self.comprehensions(generators)?])
            }
            ExprKind::Await { value } => (Node::Await, vec![self.expr(value)?]),
            ExprKind::Yield { value } => (Node::Yield, vec![self.maybe_expr(value.as_deref())?]),
            ExprKind::YieldFrom { value } => (Node::YieldFrom, vec![self.expr(value)?]),
            ExprKind::Compare { left, ops, comparators } => {
                let ops = self.each(ops, |op| Ok(self.single(comparison(*op))))?;
                (Node::Compare, vec![self.expr(left)?, ops, self.exprs(comparators)?])
            }
            ExprKind::Call { func, args, keywords } => {
                (Node::Call, vec![self.expr(func)?, self.exprs(args)?, self.keywords(keywords)?])
            }
            ExprKind::Slice { lower, upper, step } => {
                let bounds = [lower, upper, step].map(|bound| self.maybe_expr(bound.as_deref()));
                (Node::Slice, bounds.into_iter().collect::<Result<Vec<_>, _>>()?)
            }
            _ => return Err(Failure::Odd),
        })
    }

    /// A constant, which remembers a prefix `u`.
    fn constant(&self, constant: &Constant, span: Span) -> Made<'h> {
        let value = self.value(constant)?;
        let text = self.source.get(span.range()).unwrap_or_default();
        let unicode = matches!(constant, Constant::Str(_)) && text.starts_with(['u', 'U']);
        Ok(self.node(Node::Constant, span, &[value, self.kind(unicode)]))
    }

    /// The `kind` of a string constant.
    pub(super) fn kind(&self, unicode: bool) -> Value<'h> {
        if unicode { self.name("u") } else { Value::NONE }
    }

    pub(super) fn value(&self, constant: &Constant) -> Made<'h> {
        let cx = self.cx;
        Ok(match constant {
            Constant::None => Value::NONE,
            Constant::True => Value::TRUE,
            Constant::False => Value::FALSE,
            Constant::Ellipsis => Value::ELLIPSIS,
            Constant::Int(value) => cx.int(*value),
            Constant::BigInt(digits) => {
                let (digits, radix) = match digits.get(..2) {
                    Some("0x") => (&digits[2..], 16),
                    Some("0o") => (&digits[2..], 8),
                    Some("0b") => (&digits[2..], 2),
                    _ => (&**digits, 10),
                };
                cx.big_int(dashu_int::IBig::from_str_radix(digits, radix).map_err(|_| Failure::Odd)?)
            }
            Constant::Float(value) => cx.float(*value),
            Constant::Imaginary(value) => Value::of(Complex::alloc(cx, 0.0, *value)),
            Constant::Str(text) => cx.str(text),
            Constant::Bytes(bytes) => cx.bytes(bytes),
            Constant::Given(_) => return Err(Failure::Odd),
        })
    }

    fn comprehensions(&self, generators: &[Comprehension]) -> Made<'h> {
        self.each(generators, |generator| {
            let target = self.expr_in(&generator.target, Node::Store)?;
            let (iter, ifs) = (self.expr(&generator.iter)?, self.exprs(&generator.ifs)?);
            Ok(self.placeless(Node::Comprehension, &[target, iter, ifs, self.flag(generator.is_async)]))
        })
    }

    pub(super) fn keywords(&self, keywords: &[Keyword]) -> Made<'h> {
        self.each(keywords, |keyword| {
            let arg = self.maybe_identifier(keyword.arg.as_ref());
            Ok(self.node(Node::Keyword, keyword.span, &[arg, self.expr(&keyword.value)?]))
        })
    }

    pub(super) fn arguments(&self, args: &Arguments) -> Made<'h> {
        let names = |parameters: &[Parameter]| self.each(parameters, |parameter| self.arg(&parameter.arg));
        let positional = args.posonlyargs.iter().chain(&args.args);
        let defaults: Vec<&Expr> = positional.filter_map(|parameter| parameter.default.as_ref()).collect();
        let fields = [
            names(&args.posonlyargs)?,
            names(&args.args)?,
            self.maybe(args.vararg.as_ref(), |arg| self.arg(arg))?,
            names(&args.kwonlyargs)?,
            self.each(&args.kwonlyargs, |parameter| self.maybe_expr(parameter.default.as_ref()))?,
            self.maybe(args.kwarg.as_ref(), |arg| self.arg(arg))?,
            self.each(&defaults, |default| self.expr(default))?,
        ];
        Ok(self.placeless(Node::Arguments, &fields))
    }

    fn arg(&self, arg: &Arg) -> Made<'h> {
        let annotation = self.maybe_expr(arg.annotation.as_deref())?;
        Ok(self.node(Node::Arg, arg.span, &[self.identifier(&arg.name), annotation, Value::NONE]))
    }
}
