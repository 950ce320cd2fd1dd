//! What the second run remembers, so that trying many rules at one place does not multiply at every level of nesting.

use super::{Failure, Parse, Parser};
use crate::ast::{Expr, Stmt};
use std::collections::HashMap;

/// The rules whose result is remembered.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Rule {
    Expression,
    NamedExpression,
    Disjunction,
    BitwiseOr,
    Primary,
    Atom,
}

/// A rule's outcome at some place: the tree and the index of the token after it, or that it does not match.
type Outcome<T> = Option<(T, usize)>;

/// Outcomes by rule and index of the first token.
#[derive(Default)]
pub(super) struct Memo {
    expressions: HashMap<(Rule, usize), Outcome<Expr>>,
    /// Nobody looks at the statements of a text that is known to be wrong, so only where a block ends is kept.
    blocks: HashMap<usize, Option<usize>>,
}

impl Memo {
    /// Forgets what a statement that has ended held.
    pub fn forget_expressions(&mut self) {
        self.expressions.clear();
    }
}

impl Parser<'_> {
    /// Applies `parse`, which is the rule `rule`; in the second run, at most once at each place.
    pub(super) fn remembered(&mut self, rule: Rule, parse: impl FnOnce(&mut Self) -> Parse<Expr>) -> Parse<Expr> {
        if !self.diagnosing {
            return parse(self);
        }
        let key = (rule, self.at);
        if let Some(outcome) = self.memo.expressions.get(&key) {
            let (tree, end) = outcome.clone().ok_or(Failure::NoMatch)?;
            self.at = end;
            return Ok(tree);
        }
        let tree = self.attempt(parse)?;
        let outcome = tree.clone().map(|tree| (tree, self.at));
        self.memo.expressions.insert(key, outcome);
        tree.ok_or(Failure::NoMatch)
    }

    /// A block in the second run; its statements are not kept.
    pub(super) fn remembered_block(&mut self) -> Parse<Vec<Stmt>> {
        let start = self.at;
        let end = match self.memo.blocks.get(&start) {
            Some(&end) => end,
            None => {
                let end = self.attempt(Self::plain_block)?.map(|_| self.at);
                self.memo.blocks.insert(start, end);
                end
            }
        };
        self.at = end.ok_or(Failure::NoMatch)?;
        Ok(Vec::new())
    }
}
