//! Expressions, and the parts that only expressions have.

use super::{BoolOperator, CmpOperator, Identifier, Operator, UnaryOperator};
use crate::code::Const;
use crate::source::Span;
use std::rc::Rc;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// All of it.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `a and b and c`: two or more operands of one operator.
    BoolOp {
        /// `and` or `or`.
        op: BoolOperator,
        /// The operands, in order.
        values: Vec<Expr>,
    },
    /// `target := value`; the target is a [`ExprKind::Name`].
    NamedExpr {
        /// The name.
        target: Box<Expr>,
        /// What it is bound to.
        value: Box<Expr>,
    },
    /// `left op right`
    BinOp {
        /// The left operand.
        left: Box<Expr>,
        /// The operator.
        op: Operator,
        /// The right operand.
        right: Box<Expr>,
    },
    /// `op operand`
    UnaryOp {
        /// The operator.
        op: UnaryOperator,
        /// The operand.
        operand: Box<Expr>,
    },
    /// `lambda args: body`
    Lambda {
        /// The parameters.
        args: Box<Arguments>,
        /// The result.
        body: Box<Expr>,
    },
    /// `body if test else orelse`
    IfExp {
        /// What decides.
        test: Box<Expr>,
        /// The value if `test` is true.
        body: Box<Expr>,
        /// The value otherwise.
        orelse: Box<Expr>,
    },
    /// `{key: value, **mapping}`
    Dict {
        /// The entries, in order.
        items: Vec<DictItem>,
    },
    /// `{a, b}`; never empty.
    Set {
        /// The elements, some may be [`ExprKind::Starred`].
        elts: Vec<Expr>,
    },
    /// `[elt for …]`
    ListComp {
        /// The element.
        elt: Box<Expr>,
        /// The `for` clauses, outermost first; at least one.
        generators: Vec<Comprehension>,
    },
    /// `{elt for …}`
    SetComp {
        /// The element.
        elt: Box<Expr>,
        /// The `for` clauses, outermost first; at least one.
        generators: Vec<Comprehension>,
    },
    /// `{key: value for …}`
    DictComp {
        /// The key.
        key: Box<Expr>,
        /// The value.
        value: Box<Expr>,
        /// The `for` clauses, outermost first; at least one.
        generators: Vec<Comprehension>,
    },
    /// `(elt for …)`; the span holds the parentheses, also where they are a call's.
    GeneratorExp {
        /// The element.
        elt: Box<Expr>,
        /// The `for` clauses, outermost first; at least one.
        generators: Vec<Comprehension>,
    },
    /// `await value`
    Await {
        /// What is awaited.
        value: Box<Expr>,
    },
    /// `yield`, `yield value`
    Yield {
        /// The value, if written.
        value: Option<Box<Expr>>,
    },
    /// `yield from value`
    YieldFrom {
        /// The iterable.
        value: Box<Expr>,
    },
    /// `left op comparator op comparator …`; `ops` and `comparators` have equal length, at least one.
    Compare {
        /// The first operand.
        left: Box<Expr>,
        /// The comparisons.
        ops: Vec<CmpOperator>,
        /// The operand after each comparison.
        comparators: Vec<Expr>,
    },
    /// `func(args, keywords)`
    Call {
        /// What is called.
        func: Box<Expr>,
        /// Positional arguments, some may be [`ExprKind::Starred`].
        args: Vec<Expr>,
        /// Keyword arguments and `**` mappings.
        keywords: Vec<Keyword>,
    },
    /// An f-string (with the plain strings written next to it).
    JoinedStr {
        /// The parts, in order; no two literals stand side by side.
        values: Vec<FStringPart>,
    },
    /// A t-string.
    TemplateStr {
        /// The parts, in order; no two literals stand side by side.
        values: Vec<FStringPart>,
    },
    /// A literal; strings written side by side are one.
    Constant(Constant),
    /// `value.attr`
    Attribute {
        /// The object.
        value: Box<Expr>,
        /// The attribute's name.
        attr: Identifier,
    },
    /// `value[slice]`
    Subscript {
        /// The container.
        value: Box<Expr>,
        /// The index: any expression, a [`ExprKind::Slice`], or a [`ExprKind::Tuple`] of these.
        slice: Box<Expr>,
    },
    /// `*value`, only as an element, an argument or a target.
    Starred {
        /// The iterable.
        value: Box<Expr>,
    },
    /// A variable.
    Name(Rc<str>),
    /// `[a, b]`
    List {
        /// The elements, some may be [`ExprKind::Starred`].
        elts: Vec<Expr>,
    },
    /// `a, b` or `(a, b)`; with parentheses the span holds them.
    Tuple {
        /// The elements, some may be [`ExprKind::Starred`].
        elts: Vec<Expr>,
    },
    /// `lower:upper:step`, only within a subscript.
    Slice {
        /// The first index, if written.
        lower: Option<Box<Expr>>,
        /// The index to stop before, if written.
        upper: Option<Box<Expr>>,
        /// The distance, if written.
        step: Option<Box<Expr>>,
    },
}

/// The value of a literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// `None`
    None,
    /// `True`
    True,
    /// `False`
    False,
    /// `...`
    Ellipsis,
    /// An integer that fits; never negative, since a sign is an operator.
    Int(i64),
    /// An integer that does not fit in `Int`: a prefix `0x`, `0o`, `0b` or none, then digits of that radix in lower
    /// case, without underscores and leading zeros.
    BigInt(Box<str>),
    /// A floating-point number, possibly infinite (`1e999`).
    Float(f64),
    /// The imaginary part of `1.5j`.
    Imaginary(f64),
    /// A string. Code points that are surrogates (`"\ud800"`) cannot be held and are an error of the lexer.
    Str(Rc<str>),
    /// A bytes literal.
    Bytes(Rc<[u8]>),
    /// A value that no literal spells. Only trees that scripts made have such.
    Given(Rc<Const>),
}

/// One entry of a dict display.
#[derive(Clone, Debug, PartialEq)]
pub struct DictItem {
    /// The key; `None` for `**value`.
    pub key: Option<Expr>,
    /// The value, or the mapping to unpack.
    pub value: Expr,
}

/// One `for` clause of a comprehension, with the `if`s that follow it.
#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    /// What each element is stored to.
    pub target: Expr,
    /// What is iterated.
    pub iter: Expr,
    /// The conditions, in order.
    pub ifs: Vec<Expr>,
    /// `async for`.
    pub is_async: bool,
}

/// `arg=value` in a call or a class statement, or `**value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    /// The name; `None` for `**value`.
    pub arg: Option<Identifier>,
    /// The value, or the mapping to unpack.
    pub value: Expr,
    /// All of it.
    pub span: Span,
}

/// A piece of an f-string or of a format specification.
#[derive(Clone, Debug, PartialEq)]
pub enum FStringPart {
    /// Text as it is, escapes resolved; never empty.
    Literal {
        /// The text.
        text: Rc<str>,
        /// Whether it begins with what a string with the prefix `u` holds.
        unicode: bool,
        /// Where it is written.
        span: Span,
    },
    /// `{value!conversion:format_spec}`
    Replacement(Replacement),
}

/// `{value!conversion:format_spec}` in an f-string. For `{value=}` the text before it is part of the literal
/// before, and the conversion is `Repr` where neither conversion nor specification is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// What is formatted.
    pub value: Box<Expr>,
    /// The conversion done first.
    pub conversion: Conversion,
    /// The format specification, if written; its pieces may again be replacements.
    pub format_spec: Option<Vec<FStringPart>>,
    /// All of it, with the braces.
    pub span: Span,
    /// The expression's text, with the space around it (which a t-string keeps).
    pub text: Span,
}

/// The conversion in a replacement field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// None: `format(value, spec)`.
    None,
    /// `!s`
    Str,
    /// `!r`
    Repr,
    /// `!a`
    Ascii,
}

/// Parameters of a function. In the order of the source: `posonlyargs`, `args`, `vararg`, `kwonlyargs`, `kwarg`. Among the
/// first two, those after one with a default have one too.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// Those before `/`.
    pub posonlyargs: Vec<Parameter>,
    /// Those that may be given by position or by name.
    pub args: Vec<Parameter>,
    /// `*args`
    pub vararg: Option<Arg>,
    /// Those after `*`.
    pub kwonlyargs: Vec<Parameter>,
    /// `**kwargs`
    pub kwarg: Option<Arg>,
}

/// A parameter that takes one argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name.
    pub arg: Arg,
    /// Its default value, if any.
    pub default: Option<Expr>,
}

/// A parameter's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    /// The name.
    pub name: Identifier,
    /// `: annotation`, if written; may be [`ExprKind::Starred`] for `*args`.
    pub annotation: Option<Box<Expr>>,
    /// Name and annotation.
    pub span: Span,
}
