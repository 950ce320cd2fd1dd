//! The abstract syntax tree: names and shapes are those of Python's own `ast` module, so its documentation serves.
//!
//! It differs where Rust says it better. There is no `expr_context`: whether an expression is loaded, stored or deleted
//! follows from the field that holds it. A keyword's or attribute's name carries its span. Pairs that CPython keeps in
//! two parallel lists (a dict's keys and values, parameters and their defaults) are kept together.
//!
//! Spans follow CPython's positions: parentheses around an expression do not belong to it, except a tuple's own and a
//! generator expression's. The parser bounds how deep a tree is, so walking or dropping one by recursion is safe.

mod expression;
mod operator;
mod pattern;
mod statement;

pub use expression::*;
pub use operator::*;
pub use pattern::*;
pub use statement::*;

use crate::source::Span;
use std::rc::Rc;

/// A whole source file.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// Its statements; a docstring is the first, an [`StmtKind::Expr`] of a string constant.
    pub body: Vec<Stmt>,
}

/// A name and where it stands. Names are in Unicode's normal form NFKC, as Python compares them.
#[derive(Clone, Debug, PartialEq)]
pub struct Identifier {
    /// The name; equal names of one parse share one allocation.
    pub name: Rc<str>,
    /// Where it is written.
    pub span: Span,
}
