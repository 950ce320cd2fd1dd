//! Patterns.

use std::rc::Rc;

use argil_compiler::Place;
use argil_compiler::ast::{
    Constant, Expr, ExprKind, Identifier, MatchCase, Operator, Pattern, PatternKind, UnaryOperator,
};
use argil_compiler::code::Const;

use super::{Context, Reader, node_of, unexpected};
use crate::ast::grammar::Node;
use crate::ctx::{Ctx, Res, Slot};

impl Reader {
    pub(super) fn cases(&mut self, cx: &mut Ctx, object: Slot) -> Res<Vec<MatchCase>> {
        let cases = self.each(cx, object, Node::Match, "cases", |this, cx, item| {
            this.deeper(cx, "match_case", |this, cx| {
                let node = Node::MatchCase;
                let pattern = this.given(cx, item, node, "pattern")?;
                let pattern = this.pattern(cx, pattern, false)?;
                let guard = this.maybe_expr(cx, item, "guard", Context::Load)?;
                Ok(MatchCase { pattern, guard, body: this.body(cx, item, node)? })
            })
        })?;
        if cases.is_empty() {
            self.note_value("empty cases on Match");
        }
        Ok(cases)
    }

    fn patterns(&mut self, cx: &mut Ctx, object: Slot, node: Node, field: &str, stars: bool) -> Res<Vec<Pattern>> {
        self.each(cx, object, node, field, |this, cx, item| this.pattern(cx, item, stars))
    }

    /// A pattern; `star` says whether it may be `*name`.
    fn pattern(&mut self, cx: &mut Ctx, object: Slot, star: bool) -> Res<Pattern> {
        self.deeper(cx, "pattern", |this, cx| {
            let place = this.place(cx, object, Node::PatternSum)?;
            let Some(node) = node_of(cx, object, Node::PatternSum) else {
                return Err(unexpected(cx, Node::PatternSum, object)?);
            };
            let kind = this.pattern_kind(cx, object, node, place, star)?;
            Ok(Pattern { kind, span: this.span(place) })
        })
    }

    fn pattern_kind(
        &mut self,
        cx: &mut Ctx,
        object: Slot,
        node: Node,
        place: (Place, Place),
        star: bool,
    ) -> Res<PatternKind> {
        Ok(match node {
            Node::MatchValue => {
                let value = self.loaded(cx, object, node, "value")?;
                self.check_literal(&value);
                PatternKind::MatchValue(value)
            }
            Node::MatchSingleton => {
                let value = self.required(cx, object, node.def().name, "value")?;
                let constant = self.constant(cx, cx.get(value));
                if !matches!(constant, Constant::None | Constant::True | Constant::False) {
                    self.note_value("MatchSingleton can only contain True, False and None");
                }
                PatternKind::MatchSingleton(constant)
            }
            Node::MatchSequence => {
                PatternKind::MatchSequence { patterns: self.patterns(cx, object, node, "patterns", true)? }
            }
            Node::MatchMapping => {
                let keys = self.exprs(cx, object, node, "keys", Context::Load)?;
                let patterns = self.patterns(cx, object, node, "patterns", false)?;
                if keys.len() != patterns.len() {
                    self.note_value("MatchMapping doesn't have the same number of keys as patterns");
                }
                let rest = self.capture(cx, object, "rest", place)?;
                for key in &keys {
                    let is_singleton =
                        |constant: &Constant| matches!(constant, Constant::None | Constant::True | Constant::False);
                    if !matches!(&key.kind, ExprKind::Constant(constant) if is_singleton(constant)) {
                        self.check_literal(key);
                    }
                }
                PatternKind::MatchMapping { items: keys.into_iter().zip(patterns).collect(), rest }
            }
            Node::MatchClass => self.class_pattern(cx, object, place)?,
            Node::MatchStar => {
                if !star {
                    self.note_value("can't use MatchStar here");
                }
                PatternKind::MatchStar { name: self.capture(cx, object, "name", place)? }
            }
            Node::MatchAs => {
                let pattern = match self.optional(cx, object, "pattern")? {
                    Some(pattern) => Some(Box::new(self.pattern(cx, pattern, false)?)),
                    None => None,
                };
                let name = self.capture(cx, object, "name", place)?;
                if pattern.is_some() && name.is_none() {
                    self.note_value("MatchAs must specify a target name if a pattern is given");
                }
                PatternKind::MatchAs { pattern, name }
            }
            _ => {
                let patterns = self.patterns(cx, object, node, "patterns", false)?;
                if patterns.len() < 2 {
                    self.note_value("MatchOr requires at least 2 patterns");
                }
                PatternKind::MatchOr { patterns }
            }
        })
    }

    fn class_pattern(&mut self, cx: &mut Ctx, object: Slot, place: (Place, Place)) -> Res<PatternKind> {
        let node = Node::MatchClass;
        let cls = self.loaded(cx, object, node, "cls")?;
        let patterns = self.patterns(cx, object, node, "patterns", false)?;
        let names = self.each(cx, object, node, "kwd_attrs", |this, cx, name| this.name(cx, name))?;
        let values = self.patterns(cx, object, node, "kwd_patterns", false)?;
        if names.len() != values.len() {
            self.note_value("MatchClass doesn't have the same number of keyword attributes as patterns");
        }
        let mut inner = &cls;
        while let ExprKind::Attribute { value, .. } = &inner.kind {
            inner = value;
        }
        if !matches!(inner.kind, ExprKind::Name(_)) {
            self.note_value("MatchClass cls field can only contain Name or Attribute nodes.");
        }
        let names: Vec<Rc<str>> = names.into_iter().flatten().collect();
        names.iter().for_each(|name| self.check_name(name));
        let keywords =
            names.into_iter().zip(values).map(|(name, value)| (self.identifier(name, place), value)).collect();
        Ok(PatternKind::MatchClass { cls, patterns, keywords })
    }

    /// The name that a pattern binds, if any.
    fn capture(&mut self, cx: &mut Ctx, object: Slot, field: &str, place: (Place, Place)) -> Res<Option<Identifier>> {
        let Some(name) = self.maybe_name(cx, object, field)? else { return Ok(None) };
        if &*name == "_" {
            self.note_value("can't capture name '_' in patterns");
        }
        self.check_name(&name);
        Ok(Some(self.identifier(name, place)))
    }

    /// Notes what a pattern cannot compare with.
    fn check_literal(&mut self, value: &Expr) {
        let is_fine = match &value.kind {
            ExprKind::Constant(constant) => {
                if !is_number(constant) && !matches!(constant, Constant::Str(_) | Constant::Bytes(_)) {
                    self.note_value("unexpected constant inside of a literal pattern");
                }
                true
            }
            ExprKind::Attribute { value, .. } => is_dotted_name(value),
            ExprKind::UnaryOp { .. } => is_signed(value, |_| true),
            ExprKind::BinOp { left, op: Operator::Add | Operator::Sub, right } => {
                let imaginary = |constant: &Constant| matches!(constant, Constant::Imaginary(_));
                let right = matches!(&right.kind, ExprKind::Constant(constant) if imaginary(constant));
                right && is_signed(left, |constant| !imaginary(constant))
            }
            ExprKind::JoinedStr { .. } | ExprKind::TemplateStr { .. } => true,
            _ => false,
        };
        if !is_fine {
            self.note_value("patterns may only match literals and attribute lookups");
        }
    }
}

fn is_number(constant: &Constant) -> bool {
    match constant {
        Constant::Int(_) | Constant::BigInt(_) | Constant::Float(_) | Constant::Imaginary(_) => true,
        Constant::Given(value) => {
            matches!(
                **value,
                Const::Int(_) | Const::BigInt(_) | Const::Float(_) | Const::Imaginary(_) | Const::Complex(..)
            )
        }
        _ => false,
    }
}

/// Whether an expression is a number of which `is_wanted` holds, perhaps behind a minus sign.
fn is_signed(expr: &Expr, is_wanted: impl Fn(&Constant) -> bool) -> bool {
    match &expr.kind {
        ExprKind::Constant(constant) => is_number(constant) && is_wanted(constant),
        ExprKind::UnaryOp { op: UnaryOperator::USub, operand } => match &operand.kind {
            ExprKind::Constant(constant) => is_number(constant) && is_wanted(constant),
            _ => false,
        },
        _ => false,
    }
}

fn is_dotted_name(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(_) => true,
        ExprKind::Attribute { value, .. } => is_dotted_name(value),
        _ => false,
    }
}
