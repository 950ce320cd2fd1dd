//! All paths through the instructions: no register is read that may hold nothing.
//!
//! A forward dataflow analysis over sets of registers, meeting by intersection. An exception leaves an instruction before
//! it has written anything, so what a handler can rely on is what held before every instruction of its range that can raise.

use super::Problem;
use super::effects::effects;
use crate::code::Code;
use crate::opcode::{Effect, Opcode};
use crate::registers::RegisterSet;

/// Checks the paths of `code`, whose structure is known to be right.
pub(super) fn check(code: &Code) -> Result<(), Problem> {
    let mut analysis = Analysis {
        code,
        handler_at: innermost_handlers(code),
        leaders: leaders(code),
        known: vec![None; code.instrs.len()],
        pending: Vec::new(),
    };
    analysis.reach(0, &bound_on_entry(code));
    while let Some(start) = analysis.pending.pop() {
        analysis.run_block(start)?;
    }
    Ok(())
}

/// Parameters and the cells of free variables.
fn bound_on_entry(code: &Code) -> RegisterSet {
    let mut bound = RegisterSet::default();
    let parameters =
        code.positional + code.keyword_only + u16::from(code.flags.var_args) + u16::from(code.flags.var_kwargs);
    let first_free = code.locals.len() as u16;
    (0..parameters).chain(first_free..first_free + code.free.len() as u16).for_each(|register| bound.insert(register));
    bound
}

/// For each instruction the innermost handler that covers it.
fn innermost_handlers(code: &Code) -> Vec<Option<usize>> {
    let mut innermost = vec![None; code.instrs.len()];
    for (number, handler) in code.handlers.iter().enumerate().rev() {
        innermost[handler.start as usize..handler.end as usize].fill(Some(number));
    }
    innermost
}

/// The instructions that control can come to by another way than from the one before.
fn leaders(code: &Code) -> Vec<bool> {
    let mut leaders = vec![false; code.instrs.len()];
    leaders[0] = true;
    code.handlers.iter().for_each(|handler| leaders[handler.target as usize] = true);
    for target in code.instrs.iter().enumerate().filter_map(|(offset, instr)| instr.jump_target(offset)) {
        leaders[target as usize] = true;
    }
    leaders
}

struct Analysis<'a> {
    code: &'a Code,
    handler_at: Vec<Option<usize>>,
    leaders: Vec<bool>,
    /// For each leader that was reached, the registers that are written on every path to it.
    known: Vec<Option<RegisterSet>>,
    /// Leaders whose block must be looked at, again or for the first time.
    pending: Vec<usize>,
}

impl Analysis<'_> {
    /// Control comes to the leader at `offset` with `bound`.
    fn reach(&mut self, offset: usize, bound: &RegisterSet) {
        match &mut self.known[offset] {
            None => {
                self.known[offset] = Some(bound.clone());
                self.pending.push(offset);
            }
            Some(known) => {
                if known.intersect(bound) {
                    self.pending.push(offset);
                }
            }
        }
    }

    /// Follows control from the leader at `start` to the next one.
    fn run_block(&mut self, start: usize) -> Result<(), Problem> {
        let mut bound = self.known[start].clone().unwrap_or_default();
        let mut offset = start;
        loop {
            let instr = self.code.instrs[offset];
            let Some(op) = instr.opcode() else { return Ok(()) };
            let effect = op.info().effect;
            if effect != Effect::Next
                && let Some(handler) = self.handler_at[offset]
            {
                let handler = self.code.handlers[handler];
                let mut at_handler = bound.clone();
                at_handler.insert(handler.register);
                self.reach(handler.target as usize, &at_handler);
            }
            let effects = effects(op, instr);
            for register in effects.reads.into_iter().flatten() {
                if !bound.contains(register as u16) {
                    return Err((Some(offset), format!("{op:?} reads register {register}, which may hold nothing")));
                }
            }
            effects.clears.into_iter().flatten().for_each(|register| bound.remove(register as u16));
            let mut written = bound.clone();
            effects.writes.into_iter().flatten().for_each(|register| written.insert(register as u16));
            if let Some(target) = instr.jump_target(offset) {
                // The loop instructions write only where they yield a value.
                let at_target = if op == Opcode::ForIter { &bound } else { &written };
                self.reach(target as usize, at_target);
            }
            if op != Opcode::ForIterBack {
                bound = written;
            }
            if matches!(effect, Effect::Jumps | Effect::Leaves) {
                return Ok(());
            }
            offset += 1;
            if self.leaders[offset] {
                self.reach(offset, &bound);
                return Ok(());
            }
        }
    }
}
