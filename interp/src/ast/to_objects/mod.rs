//! The compiler's tree as objects that scripts see, with the places of the nodes in the text. No script code runs meanwhile.

mod expressions;
mod patterns;
mod statements;
mod strings;

use argil_compiler::ast::{BoolOperator, CmpOperator, Identifier, Operator, UnaryOperator};
use argil_compiler::source::{LineIndex, Span};

use super::classes;
use super::grammar::{Node, PLACE};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::types::instance::set_own;
use crate::types::list::List;
use crate::value::Value;

/// Why a tree was not made.
enum Failure {
    /// The Rust stack is nearly used up.
    TooDeep,
    /// The compiler's tree holds what no text spells.
    Odd,
}

type Made<'h> = Result<Value<'h>, Failure>;

/// What is being parsed.
pub enum Parsed {
    /// A module's statements.
    Module(Vec<argil_compiler::ast::Stmt>),
    /// What was typed at a prompt.
    Interactive(Vec<argil_compiler::ast::Stmt>),
    /// An expression.
    Expression(argil_compiler::ast::Expr),
    /// The type of a function.
    FunctionType(Vec<argil_compiler::ast::Expr>, argil_compiler::ast::Expr),
}

/// Makes the objects of a tree that was parsed from `source`. The classes must be there: see [`classes::ensure`].
///
/// # Errors
/// RecursionError, if the tree is too deep.
pub fn objects<'h>(cx: &'h Ctx, source: &str, parsed: &Parsed) -> Result<Value<'h>, Raised> {
    let builder = Builder { cx, source, lines: LineIndex::new(source), place: PLACE.map(|name| cx.intern(name)) };
    let made = match parsed {
        Parsed::Module(body) => {
            builder.stmts(body).map(|body| builder.placeless(Node::Module, &[body, builder.list(&[])]))
        }
        Parsed::Interactive(body) => builder.stmts(body).map(|body| builder.placeless(Node::Interactive, &[body])),
        Parsed::Expression(body) => builder.expr(body).map(|body| builder.placeless(Node::Expression, &[body])),
        Parsed::FunctionType(types, result) => builder
            .exprs(types)
            .and_then(|types| Ok(builder.placeless(Node::FunctionType, &[types, builder.expr(result)?]))),
    };
    made.map_err(|failure| match failure {
        Failure::TooDeep => {
            cx.raise(Builtin::RecursionError, "maximum recursion depth exceeded during ast construction")
        }
        Failure::Odd => cx.raise(Builtin::SystemError, "the tree holds what no text spells"),
    })
}

struct Builder<'h, 's> {
    cx: &'h Ctx,
    source: &'s str,
    lines: LineIndex,
    /// The names of a node's attributes.
    place: [Value<'h>; 4],
}

impl<'h> Builder<'h, '_> {
    fn check_depth(&self) -> Result<(), Failure> {
        if self.cx.native_stack_is_low() { Err(Failure::TooDeep) } else { Ok(()) }
    }

    /// A node without a place.
    fn placeless(&self, node: Node, fields: &[Value<'h>]) -> Value<'h> {
        let instance = self.cx.new_instance(classes::class(self.cx, node));
        let object = Value::of(instance);
        let Some(header) = object.header() else { return object };
        debug_assert_eq!(fields.len(), node.def().fields.len(), "of a {node:?}");
        for (name, value) in classes::field_names(self.cx, node).zip(fields) {
            set_own(self.cx, header, name, *value);
        }
        object
    }

    /// A node that stands at `span`.
    fn node(&self, node: Node, span: Span, fields: &[Value<'h>]) -> Value<'h> {
        let object = self.placeless(node, fields);
        if let Some(header) = object.header() {
            let ((line, column), (end_line, end_column)) = (self.place_of(span.start), self.place_of(span.end));
            let values = [line, column, end_line, end_column];
            for (name, value) in self.place.iter().zip(values) {
                set_own(self.cx, header, *name, self.cx.int(value.into()));
            }
        }
        object
    }

    fn place_of(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.line(offset);
        (line, offset.saturating_sub(self.lines.line_span(self.source, line).start))
    }

    fn list(&self, values: &[Value<'h>]) -> Value<'h> {
        Value::of(List::from_values(self.cx, values))
    }

    /// A list of what `make` makes of each.
    fn each<T>(&self, items: &[T], make: impl FnMut(&T) -> Made<'h>) -> Made<'h> {
        let values = items.iter().map(make).collect::<Result<Vec<_>, _>>()?;
        Ok(self.list(&values))
    }

    /// What `make` makes of it, or None.
    fn maybe<T>(&self, item: Option<&T>, make: impl FnOnce(&T) -> Made<'h>) -> Made<'h> {
        item.map_or(Ok(Value::NONE), make)
    }

    fn name(&self, name: &str) -> Value<'h> {
        self.cx.intern(name)
    }

    fn identifier(&self, identifier: &Identifier) -> Value<'h> {
        self.name(&identifier.name)
    }

    fn maybe_identifier(&self, identifier: Option<&Identifier>) -> Value<'h> {
        identifier.map_or(Value::NONE, |identifier| self.identifier(identifier))
    }

    fn single(&self, node: Node) -> Value<'h> {
        classes::single(self.cx, node)
    }

    fn flag(&self, set: bool) -> Value<'h> {
        self.cx.int(i64::from(set))
    }
}

/// The nodes of operators.
fn operator(op: Operator) -> Node {
    match op {
        Operator::Add => Node::Add,
        Operator::Sub => Node::Sub,
        Operator::Mult => Node::Mult,
        Operator::MatMult => Node::MatMult,
        Operator::Div => Node::Div,
        Operator::Mod => Node::Mod,
        Operator::Pow => Node::Pow,
        Operator::LShift => Node::LShift,
        Operator::RShift => Node::RShift,
        Operator::BitOr => Node::BitOr,
        Operator::BitXor => Node::BitXor,
        Operator::BitAnd => Node::BitAnd,
        Operator::FloorDiv => Node::FloorDiv,
    }
}

fn unary_operator(op: UnaryOperator) -> Node {
    match op {
        UnaryOperator::Invert => Node::Invert,
        UnaryOperator::Not => Node::Not,
        UnaryOperator::UAdd => Node::UAdd,
        UnaryOperator::USub => Node::USub,
    }
}

fn bool_operator(op: BoolOperator) -> Node {
    match op {
        BoolOperator::And => Node::And,
        BoolOperator::Or => Node::Or,
    }
}

fn comparison(op: CmpOperator) -> Node {
    match op {
        CmpOperator::Eq => Node::Eq,
        CmpOperator::NotEq => Node::NotEq,
        CmpOperator::Lt => Node::Lt,
        CmpOperator::LtE => Node::LtE,
        CmpOperator::Gt => Node::Gt,
        CmpOperator::GtE => Node::GtE,
        CmpOperator::Is => Node::Is,
        CmpOperator::IsNot => Node::IsNot,
        CmpOperator::In => Node::In,
        CmpOperator::NotIn => Node::NotIn,
    }
}
