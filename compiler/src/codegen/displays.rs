//! Displays: lists, tuples, sets and dicts.

use super::fold::fold;
use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::Opcode;
use crate::source::Span;

/// Longer displays are built in steps, so that a table of ten thousand entries does not need as many registers.
const LARGEST_RUN: usize = 64;

/// A list of at least so many constants is made from a constant tuple.
const FEWEST_CONSTANTS: usize = 6;

/// The values of `elts`, if all are constant; `debug` is that of `__debug__`.
pub(super) fn folded(elts: &[Expr], debug: bool) -> Option<Vec<Const>> {
    elts.iter().map(|elt| fold(elt, debug)).collect()
}

/// Whether `expr` is `*value`.
pub(super) fn is_starred(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Starred { .. })
}

impl<'a> Compiler<'a> {
    pub(super) fn list(&mut self, span: Span, elts: &'a [Expr], into: Register) -> Result {
        if elts.len() <= LARGEST_RUN && !elts.iter().any(is_starred) && !is_constant_table(elts) {
            let first = self.run(elts)?;
            self.put(span, Opcode::BuildList, into, first, elts.len() as u16);
            return Ok(());
        }
        let list = self.scratch_for(into);
        self.list_in_steps(span, elts, list)?;
        self.move_register(span, into, list);
        Ok(())
    }

    /// R[list] = a list of `elts`, of which some may be starred, built in a temporary.
    fn list_in_steps(&mut self, span: Span, elts: &'a [Expr], list: Register) -> Result {
        self.collection_in_steps(span, elts, list, [Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend])
    }

    /// Builds a list or set with the instructions `[build, add, extend]`.
    fn collection_in_steps(
        &mut self,
        span: Span,
        elts: &'a [Expr],
        collection: Register,
        [build, add, extend]: [Opcode; 3],
    ) -> Result {
        if is_constant_table(elts)
            && let Some(constants) = folded(elts, self.optimize == 0)
        {
            self.put(span, build, collection, self.unit.next, 0);
            let table = self.unit.take(1);
            self.load_const(span, table, Const::Tuple(constants));
            self.put(span, extend, collection, table, 0);
            self.unit.release(table);
            return Ok(());
        }
        let mark = self.unit.next;
        let at_once = elts.iter().take(LARGEST_RUN).take_while(|elt| !is_starred(elt)).count();
        let first = self.run(&elts[..at_once])?;
        self.put(span, build, collection, first, at_once as u16);
        self.unit.release(mark);
        self.add_in_steps(&elts[at_once..], collection, add, extend)
    }

    /// Adds `elts`, of which some may be starred, to a collection with the instructions `add` and `extend`.
    pub(super) fn add_in_steps(
        &mut self,
        elts: &'a [Expr],
        collection: Register,
        add: Opcode,
        extend: Opcode,
    ) -> Result {
        let mark = self.unit.next;
        for elt in elts {
            let (op, value) = match &elt.kind {
                ExprKind::Starred { value } => (extend, self.last_operand(value)?),
                _ => (add, self.last_operand(elt)?),
            };
            self.put(elt.span, op, collection, value, 0);
            self.unit.release(mark);
        }
        Ok(())
    }

    pub(super) fn tuple(&mut self, span: Span, elts: &'a [Expr], into: Register) -> Result {
        if elts.len() <= LARGEST_RUN && !elts.iter().any(is_starred) {
            let first = self.run(elts)?;
            self.put(span, Opcode::BuildTuple, into, first, elts.len() as u16);
        } else {
            let list = self.unit.take(1);
            self.list_in_steps(span, elts, list)?;
            self.put(span, Opcode::ListToTuple, into, list, 0);
        }
        Ok(())
    }

    pub(super) fn set(&mut self, span: Span, elts: &'a [Expr], into: Register) -> Result {
        if elts.len() <= LARGEST_RUN && !elts.iter().any(is_starred) && !is_constant_table(elts) {
            let first = self.run(elts)?;
            self.put(span, Opcode::BuildSet, into, first, elts.len() as u16);
            return Ok(());
        }
        let set = self.scratch_for(into);
        self.collection_in_steps(span, elts, set, [Opcode::BuildSet, Opcode::SetAdd, Opcode::SetUpdate])?;
        self.move_register(span, into, set);
        Ok(())
    }

    pub(super) fn dict(&mut self, span: Span, items: &'a [DictItem], into: Register) -> Result {
        let at_once = items.iter().take(LARGEST_RUN).take_while(|item| item.key.is_some()).count();
        let in_steps = at_once < items.len();
        let dict = if in_steps { self.scratch_for(into) } else { into };
        let mark = self.unit.next;
        let pairs = items[..at_once].iter().flat_map(|item| item.key.iter().chain([&item.value]));
        let first = self.run(pairs)?;
        self.put(span, Opcode::BuildDict, dict, first, at_once as u16 * 2);
        self.unit.release(mark);
        for item in &items[at_once..] {
            match &item.key {
                Some(key) => {
                    let key = self.operand(key)?;
                    let value = self.last_operand(&item.value)?;
                    self.put(span, Opcode::DictInsert, dict, key, value);
                }
                None => {
                    let mapping = self.last_operand(&item.value)?;
                    self.put(span, Opcode::DictUpdate, dict, mapping, 0);
                }
            }
            self.unit.release(mark);
        }
        self.move_register(span, into, dict);
        Ok(())
    }
}

fn is_constant_table(elts: &[Expr]) -> bool {
    elts.len() >= FEWEST_CONSTANTS && elts.iter().all(|elt| fold(elt, true).is_some())
}
