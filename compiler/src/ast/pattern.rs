//! Patterns of `match` statements.

use super::{Constant, Expr, Identifier};
use crate::source::Span;

/// A pattern.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// What it is.
    pub kind: PatternKind,
    /// All of it.
    pub span: Span,
}

/// What a pattern is.
#[derive(Clone, Debug, PartialEq)]
pub enum PatternKind {
    /// A literal other than a singleton, or a dotted name: compared with `==`.
    MatchValue(Expr),
    /// `None`, `True` or `False`: compared with `is`.
    MatchSingleton(Constant),
    /// `[a, *rest]`
    MatchSequence {
        /// The elements; at most one is a [`PatternKind::MatchStar`].
        patterns: Vec<Pattern>,
    },
    /// `{key: pattern, **rest}`
    MatchMapping {
        /// The entries: literals or dotted names, with the pattern of each value.
        items: Vec<(Expr, Pattern)>,
        /// The name after `**`, if written.
        rest: Option<Identifier>,
    },
    /// `cls(a, b, name=c)`
    MatchClass {
        /// The class.
        cls: Expr,
        /// The positional patterns.
        patterns: Vec<Pattern>,
        /// The attributes and their patterns.
        keywords: Vec<(Identifier, Pattern)>,
    },
    /// `*name` in a sequence; without a name for `*_`.
    MatchStar {
        /// The name, if it binds one.
        name: Option<Identifier>,
    },
    /// `pattern as name`, `name` or `_`.
    MatchAs {
        /// The pattern; `None` for a bare name or `_`.
        pattern: Option<Box<Pattern>>,
        /// The name; `None` for `_`.
        name: Option<Identifier>,
    },
    /// `a | b`
    MatchOr {
        /// The alternatives, two or more.
        patterns: Vec<Pattern>,
    },
}
