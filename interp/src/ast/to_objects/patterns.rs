//! Patterns.

use argil_compiler::ast::{MatchCase, Pattern, PatternKind};

use super::{Builder, Made};
use crate::ast::grammar::Node;

impl<'h> Builder<'h, '_> {
    pub(super) fn case(&self, case: &MatchCase) -> Made<'h> {
        let pattern = self.pattern(&case.pattern)?;
        let guard = self.maybe_expr(case.guard.as_ref())?;
        Ok(self.placeless(Node::MatchCase, &[pattern, guard, self.stmts(&case.body)?]))
    }

    fn patterns(&self, patterns: &[Pattern]) -> Made<'h> {
        self.each(patterns, |pattern| self.pattern(pattern))
    }

    fn pattern(&self, pattern: &Pattern) -> Made<'h> {
        self.check_depth()?;
        let (node, fields) = match &pattern.kind {
            PatternKind::MatchValue(value) => (Node::MatchValue, vec![self.expr(value)?]),
            PatternKind::MatchSingleton(constant) => (Node::MatchSingleton, vec![self.value(constant)?]),
            PatternKind::MatchSequence { patterns } => (Node::MatchSequence, vec![self.patterns(patterns)?]),
            PatternKind::MatchMapping { items, rest } => {
                let keys = self.each(items, |(key, _)| self.expr(key))?;
                let patterns = self.each(items, |(_, pattern)| self.pattern(pattern))?;
                (Node::MatchMapping, vec![keys, patterns, self.maybe_identifier(rest.as_ref())])
            }
            PatternKind::MatchClass { cls, patterns, keywords } => {
                let (cls, patterns) = (self.expr(cls)?, self.patterns(patterns)?);
                let names = self.each(keywords, |(name, _)| Ok(self.identifier(name)))?;
                let values = self.each(keywords, |(_, pattern)| self.pattern(pattern))?;
                (Node::MatchClass, vec![cls, patterns, names, values])
            }
            PatternKind::MatchStar { name } => (Node::MatchStar, vec![self.maybe_identifier(name.as_ref())]),
            PatternKind::MatchAs { pattern, name } => {
                let inner = self.maybe(pattern.as_deref(), |pattern| self.pattern(pattern))?;
                (Node::MatchAs, vec![inner, self.maybe_identifier(name.as_ref())])
            }
            PatternKind::MatchOr { patterns } => (Node::MatchOr, vec![self.patterns(patterns)?]),
        };
        Ok(self.node(node, pattern.span, &fields))
    }
}
