//! Assignment statements: plain, parallel, augmented, annotated.

use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::Opcode;
use crate::scope::check_assignable;
use crate::source::{Span, SyntaxError};

/// Longer tuples are built and unpacked.
const LARGEST_PARALLEL: usize = 8;

/// What a variable gets in a parallel assignment.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    Register(Register),
    Const(Const),
}

impl<'a> Compiler<'a> {
    pub(super) fn assign(&mut self, targets: &'a [Expr], value: &'a Expr) -> Result {
        let (first, others) = targets.split_first().expect("an assignment has a target");
        if let ([], Some((targets, values))) = (others, parallel(first, value)) {
            return self.assign_in_parallel(first.span, targets, values);
        }
        let (from, rest) = match self.target_register(first) {
            Some(register) => {
                if let ExprKind::Name(name) = &first.kind {
                    check_assignable(name, first.span)?;
                }
                self.into(value, register)?;
                self.unit.emitter.set_bound(register);
                (register, others)
            }
            None => (self.operand(value)?, targets),
        };
        rest.iter().try_for_each(|target| self.store(target, from))
    }

    /// `a, b = c, d` without the tuple.
    fn assign_in_parallel(&mut self, span: Span, targets: &'a [Expr], values: &'a [Expr]) -> Result {
        let registers: Option<Vec<Register>> = targets.iter().map(|target| self.target_register(target)).collect();
        match registers {
            Some(registers) if all_different(&registers) => self.assign_variables(span, &registers, values),
            _ => {
                let may_clobber = targets.iter().any(|target| !is_item_or_attribute(target));
                let mut sources = Vec::with_capacity(values.len());
                for value in values {
                    sources.push(if may_clobber { self.run([value])? } else { self.operand(value)? });
                }
                targets.iter().zip(sources).try_for_each(|(target, from)| self.store(target, from))
            }
        }
    }

    fn assign_variables(&mut self, span: Span, registers: &[Register], values: &'a [Expr]) -> Result {
        let mut moves: Vec<(Register, Source)> = Vec::with_capacity(values.len());
        for (at, (&register, value)) in registers.iter().zip(values).enumerate() {
            let is_name = matches!(value.kind, ExprKind::Name(_));
            let is_last = at + 1 == values.len();
            let source = if let Some(constant) = self.fold(value) {
                Source::Const(constant)
            } else if is_last && !is_name && !moves.iter().any(|(_, from)| *from == Source::Register(register)) {
                self.into(value, register)?;
                Source::Register(register)
            } else {
                Source::Register(self.operand(value)?)
            };
            moves.push((register, source));
        }
        self.move_in_parallel(span, moves);
        registers.iter().for_each(|&register| self.unit.emitter.set_bound(register));
        Ok(())
    }

    /// Moves all sources to their registers as if at once.
    fn move_in_parallel(&mut self, span: Span, mut moves: Vec<(Register, Source)>) {
        moves.retain(|(to, from)| *from != Source::Register(*to));
        while !moves.is_empty() {
            let is_read = |to: Register| moves.iter().any(|(_, from)| *from == Source::Register(to));
            match moves.iter().position(|&(to, _)| !is_read(to)) {
                Some(at) => match moves.swap_remove(at) {
                    (to, Source::Register(from)) => self.put(span, Opcode::Move, to, from, 0),
                    (to, Source::Const(constant)) => self.load_const(span, to, constant),
                },
                None => {
                    // Every register left is read by another move: they form cycles, and one register must be saved.
                    let (to, _) = moves[0];
                    let saved = self.unit.take(1);
                    self.put(span, Opcode::Move, saved, to, 0);
                    for (_, from) in &mut moves {
                        if *from == Source::Register(to) {
                            *from = Source::Register(saved);
                        }
                    }
                }
            }
        }
    }

    pub(super) fn aug_assign(&mut self, stmt: &Stmt, target: &'a Expr, op: Operator, value: &'a Expr) -> Result {
        let span = stmt.span;
        match &target.kind {
            ExprKind::Name(name) => {
                check_assignable(name, target.span)?;
                let left = self.operand(target)?;
                let into = self.local_register(name).unwrap_or(left);
                self.apply(span, op, true, left, value, into)?;
                self.store_name(target.span, name, into)
            }
            ExprKind::Attribute { value: object_expr, attr } => {
                let object = self.operand(object_expr)?;
                let result = self.unit.take(1);
                let site = self.attribute_site(attr);
                let place = self.at_attribute_line(target.span, attr);
                self.put(place, Opcode::LoadAttr, result, object, site);
                self.apply(span, op, true, result, value, result)?;
                self.store_attribute(target, attr, object, result)
            }
            ExprKind::Subscript { value: container, slice } => {
                let container = self.operand(container)?;
                let index = self.operand(slice)?;
                let result = self.unit.take(1);
                match self.constant_operand(slice) {
                    Some(constant) => self.put(target.span, Opcode::LoadItemK, result, container, constant),
                    None => self.put(target.span, Opcode::LoadItem, result, container, index),
                }
                self.apply(span, op, true, result, value, result)?;
                self.put(target.span, Opcode::StoreItem, container, index, result);
                Ok(())
            }
            _ => Err(SyntaxError::new("illegal expression for augmented assignment", target.span)),
        }
    }

    pub(super) fn ann_assign(&mut self, target: &'a Expr, value: Option<&'a Expr>) -> Result {
        match (value, &target.kind) {
            (Some(value), _) => self.assign(std::slice::from_ref(target), value),
            (None, ExprKind::Attribute { value, .. }) => self.discard(value),
            (None, ExprKind::Subscript { value, slice }) => {
                self.discard(value)?;
                self.discard(slice)
            }
            (None, _) => Ok(()),
        }
    }
}

/// The elements of a tuple assigned to as many targets, none of them starred.
fn parallel<'a>(target: &'a Expr, value: &'a Expr) -> Option<(&'a [Expr], &'a [Expr])> {
    let (ExprKind::Tuple { elts: targets } | ExprKind::List { elts: targets }) = &target.kind else { return None };
    let ExprKind::Tuple { elts: values } = &value.kind else { return None };
    let fits = targets.len() == values.len() && targets.len() <= LARGEST_PARALLEL;
    let starred = targets.iter().chain(values).any(|elt| matches!(elt.kind, ExprKind::Starred { .. }));
    (fits && !starred).then_some((targets, values))
}

fn all_different(registers: &[Register]) -> bool {
    registers.iter().enumerate().all(|(at, register)| !registers[..at].contains(register))
}

fn is_item_or_attribute(target: &Expr) -> bool {
    matches!(target.kind, ExprKind::Attribute { .. } | ExprKind::Subscript { .. })
}
