//! `match` statements.
//!
//! What a pattern captures waits in temporaries until all of the pattern has matched: then the names are bound, and the guard
//! runs. A pattern that fails so changes no variable.

use super::constants::literal;
use super::emitter::Label;
use super::fold::fold;
use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::dis::Literal;
use crate::opcode::Opcode;
use crate::scope::check_assignable;
use crate::source::{Span, SyntaxError};

/// The names that a pattern binds, in the order of the registers in which their values wait.
#[derive(Default)]
struct Captures<'a> {
    names: Vec<(&'a Identifier, Span)>,
    first: Register,
}

impl<'a> Captures<'a> {
    /// The names of a pattern; a SyntaxError if it matches everything, unless it `may_match_all`.
    fn of(pattern: &'a Pattern, may_match_all: bool) -> Result<Captures<'a>> {
        let mut captures = Captures::default();
        captures.gather(pattern, may_match_all)?;
        Ok(captures)
    }

    fn gather(&mut self, pattern: &'a Pattern, may_match_all: bool) -> Result {
        let span = pattern.span;
        match &pattern.kind {
            PatternKind::MatchValue(value) => match value.kind {
                ExprKind::JoinedStr { .. } | ExprKind::TemplateStr { .. } => {
                    Err(SyntaxError::new("patterns may only match literals and attribute lookups", span))
                }
                _ => Ok(()),
            },
            PatternKind::MatchSingleton(_) => Ok(()),
            PatternKind::MatchSequence { patterns } => {
                let stars = patterns.iter().filter(|pattern| matches!(pattern.kind, PatternKind::MatchStar { .. }));
                if stars.count() > 1 {
                    return Err(SyntaxError::new("multiple starred names in sequence pattern", span));
                }
                patterns.iter().try_for_each(|pattern| self.gather(pattern, true))
            }
            PatternKind::MatchMapping { items, rest } => {
                check_keys(items.iter().map(|(key, _)| key), span)?;
                items.iter().try_for_each(|(_, pattern)| self.gather(pattern, true))?;
                rest.iter().try_for_each(|name| self.add(name, span))
            }
            PatternKind::MatchClass { patterns, keywords, .. } => {
                check_attributes(keywords)?;
                let nested = patterns.iter().chain(keywords.iter().map(|(_, pattern)| pattern));
                nested.into_iter().try_for_each(|pattern| self.gather(pattern, true))
            }
            PatternKind::MatchStar { name } => name.iter().try_for_each(|name| self.add(name, span)),
            PatternKind::MatchAs { pattern: None, name } => {
                if !may_match_all {
                    let what = match name {
                        Some(name) => format!("name capture '{}'", name.name),
                        None => "wildcard".into(),
                    };
                    return Err(SyntaxError::new(format!("{what} makes remaining patterns unreachable"), span));
                }
                name.iter().try_for_each(|name| self.add(name, span))
            }
            PatternKind::MatchAs { pattern: Some(pattern), name } => {
                self.gather(pattern, may_match_all)?;
                name.iter().try_for_each(|name| self.add(name, span))
            }
            PatternKind::MatchOr { patterns } => self.gather_alternatives(patterns, span, may_match_all),
        }
    }

    fn gather_alternatives(&mut self, patterns: &'a [Pattern], span: Span, may_match_all: bool) -> Result {
        let mut first: Option<Captures<'a>> = None;
        for (at, pattern) in patterns.iter().enumerate() {
            let captures = Captures::of(pattern, may_match_all && at + 1 == patterns.len())?;
            match &first {
                None => first = Some(captures),
                Some(first) => {
                    let is_known = |(name, _): &(&Identifier, Span)| first.place(name).is_some();
                    if captures.names.len() != first.names.len() || !captures.names.iter().all(is_known) {
                        return Err(SyntaxError::new("alternative patterns bind different names", span));
                    }
                }
            }
        }
        first.into_iter().flat_map(|first| first.names).try_for_each(|(name, at)| self.add(name, at))
    }

    fn add(&mut self, name: &'a Identifier, span: Span) -> Result {
        check_assignable(&name.name, span)?;
        if self.place(name).is_some() {
            let message = format!("multiple assignments to name '{}' in pattern", name.name);
            return Err(SyntaxError::new(message, span));
        }
        self.names.push((name, span));
        Ok(())
    }

    fn place(&self, name: &Identifier) -> Option<usize> {
        self.names.iter().position(|(known, _)| known.name == name.name)
    }

    /// Where the value for `name` waits.
    fn register(&self, name: &Identifier) -> Register {
        self.first + self.place(name).unwrap_or_default() as Register
    }
}

/// No literal key may be there twice.
fn check_keys<'a>(keys: impl Iterator<Item = &'a Expr>, span: Span) -> Result {
    let mut seen: Vec<Const> = Vec::new();
    for key in keys {
        if matches!(key.kind, ExprKind::JoinedStr { .. } | ExprKind::TemplateStr { .. }) {
            let message = "mapping pattern keys may only match literals and attribute lookups";
            return Err(SyntaxError::new(message, span));
        }
        let Some(constant) = fold(key, true) else { continue };
        if seen.iter().any(|other| equal(other, &constant)) {
            let message = format!("mapping pattern checks duplicate key ({})", shown(&constant));
            return Err(SyntaxError::new(message, span));
        }
        seen.push(constant);
    }
    Ok(())
}

/// Whether two constants are equal, as numbers of different types may be.
fn equal(a: &Const, b: &Const) -> bool {
    let number = |constant: &Const| match *constant {
        Const::Bool(value) => Some(f64::from(u8::from(value))),
        Const::Int(value) => Some(value as f64),
        Const::Float(value) => Some(value),
        _ => None,
    };
    match (a, b) {
        (Const::Int(a), Const::Int(b)) => a == b,
        _ => number(a).zip(number(b)).map_or_else(|| a == b, |(a, b)| a == b),
    }
}

/// A constant as `repr` shows it.
fn shown(constant: &Const) -> String {
    match constant {
        Const::Str(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        Const::Bytes(bytes) => format!("b'{}'", bytes.escape_ascii()),
        _ => Literal(constant).to_string(),
    }
}

fn check_attributes(keywords: &[(Identifier, Pattern)]) -> Result {
    for (at, (name, pattern)) in keywords.iter().enumerate() {
        if keywords[..at].iter().any(|(before, _)| before.name == name.name) {
            let message = format!("attribute name repeated in class pattern: {}", name.name);
            return Err(SyntaxError::new(message, pattern.span));
        }
    }
    Ok(())
}

/// Whether a pattern is `_`, which matches without being looked at.
fn is_wildcard(pattern: &Pattern) -> bool {
    matches!(pattern.kind, PatternKind::MatchAs { pattern: None, name: None })
}

impl<'a> Compiler<'a> {
    /// `match subject: cases`
    pub(super) fn match_stmt(&mut self, subject: &'a Expr, cases: &'a [MatchCase]) -> Result {
        // A copy: what a case binds may be the variable that is matched, and then its guard may fail.
        let subject = self.run([subject])?;
        let end = self.label();
        for (at, case) in cases.iter().enumerate() {
            let is_last = at + 1 == cases.len();
            let mark = self.unit.next;
            let mut captures = Captures::of(&case.pattern, is_last || case.guard.is_some())?;
            captures.first = self.unit.take(captures.names.len());
            let failed = self.label();
            self.pattern(&case.pattern, subject, &captures, failed)?;
            for &(name, span) in &captures.names {
                self.store_name(span, &name.name, captures.register(name))?;
            }
            self.unit.release(mark);
            if let Some(guard) = &case.guard {
                self.jump_unless(guard, failed)?;
            }
            self.body(&case.body)?;
            if !is_last {
                self.jump(super::NOWHERE, end);
            }
            self.bind(failed);
        }
        self.bind(end);
        Ok(())
    }

    /// Matches R[subject]; goes on at `failed` if it does not match.
    fn pattern(&mut self, pattern: &'a Pattern, subject: Register, captures: &Captures<'a>, failed: Label) -> Result {
        let (mark, span) = (self.unit.next, pattern.span);
        match &pattern.kind {
            PatternKind::MatchValue(value) => match self.constant_operand(value) {
                Some(constant) => self.put_jump(span, Opcode::JumpNotEqK, subject, constant, failed),
                None => {
                    let value = self.last_operand(value)?;
                    self.put_jump(span, Opcode::JumpNotEq, subject, value, failed);
                }
            },
            PatternKind::MatchSingleton(Constant::None) => {
                self.put_jump(span, Opcode::JumpIfNotNone, subject, 0, failed);
            }
            PatternKind::MatchSingleton(singleton) => {
                let value = self.unit.take(1);
                self.load_const(span, value, literal(singleton));
                self.put(span, Opcode::Is, value, subject, value);
                self.jump_on_register(span, value, false, failed);
            }
            PatternKind::MatchSequence { patterns } => {
                self.sequence_pattern(span, patterns, subject, captures, failed)?;
            }
            PatternKind::MatchMapping { items, rest } => {
                self.mapping_pattern(span, items, rest.as_ref(), subject, captures, failed)?;
            }
            PatternKind::MatchClass { cls, patterns, keywords } => {
                let names = keywords.iter().map(|(name, _)| Const::Str((&*self.mangled(&name.name)).into())).collect();
                let found = self.run([cls])?;
                let Ok(count) = u8::try_from(patterns.len()) else {
                    return Err(SyntaxError::new("too many sub-patterns in class pattern", span));
                };
                let names = self.constant(Const::Tuple(names));
                self.put_x(span, Opcode::MatchClass, count, found, subject, names);
                self.put_jump(span, Opcode::JumpIfNone, found, 0, failed);
                let nested = patterns.iter().chain(keywords.iter().map(|(_, pattern)| pattern)).collect::<Vec<_>>();
                self.unpacked(span, &nested, found, captures, failed)?;
            }
            PatternKind::MatchStar { name } => {
                if let Some(name) = name {
                    self.move_register(span, captures.register(name), subject);
                }
            }
            PatternKind::MatchAs { pattern, name } => {
                if let Some(pattern) = pattern {
                    self.pattern(pattern, subject, captures, failed)?;
                }
                if let Some(name) = name {
                    self.move_register(span, captures.register(name), subject);
                }
            }
            PatternKind::MatchOr { patterns } => {
                let matched = self.label();
                let (last, others) = patterns.split_last().expect("the parser yields at least two alternatives");
                for pattern in others {
                    let next = self.label();
                    self.pattern(pattern, subject, captures, next)?;
                    self.jump(pattern.span, matched);
                    self.bind(next);
                }
                self.pattern(last, subject, captures, failed)?;
                self.bind(matched);
            }
        }
        self.unit.release(mark);
        Ok(())
    }

    /// Matches the elements of the tuple or sequence R[from], which has as many as there are patterns.
    fn unpacked(
        &mut self,
        span: Span,
        patterns: &[&'a Pattern],
        from: Register,
        captures: &Captures<'a>,
        failed: Label,
    ) -> Result {
        let first = self.unit.take(patterns.len());
        self.put(span, Opcode::UnpackSequence, first, patterns.len() as u16, from);
        self.run_of_patterns(patterns, first, captures, failed)
    }

    fn run_of_patterns(
        &mut self,
        patterns: &[&'a Pattern],
        first: Register,
        captures: &Captures<'a>,
        failed: Label,
    ) -> Result {
        let mut pairs = patterns.iter().enumerate();
        pairs.try_for_each(|(at, pattern)| self.pattern(pattern, first + at as Register, captures, failed))
    }

    fn sequence_pattern(
        &mut self,
        span: Span,
        patterns: &'a [Pattern],
        subject: Register,
        captures: &Captures<'a>,
        failed: Label,
    ) -> Result {
        self.put_jump(span, Opcode::JumpIfNotSequence, subject, 0, failed);
        let star = patterns.iter().position(|pattern| matches!(pattern.kind, PatternKind::MatchStar { .. }));
        let fixed = patterns.len() - usize::from(star.is_some());
        let length = self.unit.take(1);
        if star.is_none() || fixed > 0 {
            let too_few = if star.is_some() { Opcode::JumpLtK } else { Opcode::JumpNotEqK };
            self.jump_on_length(span, too_few, subject, length, fixed, failed);
        }
        let takes_rest = star.is_some_and(|star| !matches!(patterns[star].kind, PatternKind::MatchStar { name: None }));
        let only_wildcards = patterns.iter().enumerate().all(|(at, pattern)| Some(at) == star || is_wildcard(pattern));
        if only_wildcards && !takes_rest {
            return Ok(());
        }
        let all = patterns.iter().collect::<Vec<_>>();
        let Some(star) = star else { return self.unpacked(span, &all, subject, captures, failed) };
        if !takes_rest {
            // The elements beside `*_` are asked for one by one, so that the others are not walked.
            let element = self.unit.take(1);
            for (at, pattern) in
                patterns.iter().enumerate().filter(|&(at, pattern)| at != star && !is_wildcard(pattern))
            {
                if at < star {
                    let index = self.constant(Const::Int(at as i64));
                    self.put(pattern.span, Opcode::LoadItemK, element, subject, index);
                } else {
                    let from_end = self.constant(Const::Int((patterns.len() - at) as i64));
                    self.put(pattern.span, Opcode::Length, length, subject, 0);
                    self.put(pattern.span, Opcode::SubK, element, length, from_end);
                    self.put(pattern.span, Opcode::LoadItem, element, subject, element);
                }
                self.pattern(pattern, element, captures, failed)?;
            }
            return Ok(());
        }
        let (before, after) = (u16::try_from(star), u8::try_from(patterns.len() - star - 1));
        let (Ok(before @ 0..=0xff), Ok(after)) = (before, after) else {
            return Err(SyntaxError::new("too many expressions in star-unpacking sequence pattern", span));
        };
        let first = self.unit.take(patterns.len());
        self.put_x(span, Opcode::UnpackEx, after, first, before, subject);
        self.run_of_patterns(&all, first, captures, failed)
    }

    /// R[length] = the length of R[subject]; the comparison with `count` jumps.
    fn jump_on_length(
        &mut self,
        span: Span,
        jump: Opcode,
        subject: Register,
        length: Register,
        count: usize,
        failed: Label,
    ) {
        self.put(span, Opcode::Length, length, subject, 0);
        let count = self.constant(Const::Int(count as i64));
        self.put_jump(span, jump, length, count, failed);
    }

    fn mapping_pattern(
        &mut self,
        span: Span,
        items: &'a [(Expr, Pattern)],
        rest: Option<&'a Identifier>,
        subject: Register,
        captures: &Captures<'a>,
        failed: Label,
    ) -> Result {
        self.put_jump(span, Opcode::JumpIfNotMapping, subject, 0, failed);
        let keys = self.unit.next;
        if !items.is_empty() {
            let found = self.unit.take(1);
            self.jump_on_length(span, Opcode::JumpLtK, subject, found, items.len(), failed);
            let first = self.run(items.iter().map(|(key, _)| key))?;
            self.put(span, Opcode::BuildTuple, first, first, items.len() as u16);
            self.put(span, Opcode::MatchKeys, found, subject, first);
            self.put_jump(span, Opcode::JumpIfNone, found, 0, failed);
            let patterns = items.iter().map(|(_, pattern)| pattern).collect::<Vec<_>>();
            self.unpacked(span, &patterns, found, captures, failed)?;
        }
        let Some(rest) = rest else { return Ok(()) };
        let others = captures.register(rest);
        self.put(span, Opcode::BuildDict, others, self.unit.next, 0);
        self.put(span, Opcode::DictUpdate, others, subject, 0);
        if !items.is_empty() {
            let first = self.unit.take(items.len());
            self.put(span, Opcode::UnpackSequence, first, items.len() as u16, keys + 1);
            for at in 0..items.len() as Register {
                self.put(span, Opcode::DeleteItem, others, first + at, 0);
            }
        }
        Ok(())
    }
}
