//! From labels to distances: threads jumps to jumps, drops jumps to the next instruction, and widens those that do not reach.
//!
//! Only `Jump` and the plain conditional jumps hold 32-bit distances. A fused compare-and-jump holds 16 bits; where its
//! target is further away it jumps over a `Jump` in the inverted sense, and a loop instruction goes round a `Jump` likewise.

use super::emitter::{Emitter, Entry, Finished, Label};
use crate::code::Handler;
use crate::opcode::{Instr, Opcode, Operand};

/// Chains of jumps longer than this are left as they are.
const LONGEST_CHAIN: usize = 16;

/// Computes the final instructions of `entries`.
pub(super) fn lay_out(emitter: &Emitter, entries: &[Entry], handlers: &[(u32, u32, Label, u16)]) -> Finished {
    let targets: Vec<Option<u32>> =
        entries.iter().map(|entry| entry.target.map(|label| thread(emitter, entries, label))).collect();
    let mut sizes: Vec<u32> = entries
        .iter()
        .enumerate()
        .map(|(at, entry)| {
            let to_next = opcode(entry.instr) == Opcode::Jump && targets[at] == Some(at as u32 + 1);
            u32::from(!to_next)
        })
        .collect();
    let mut offsets = offsets_of(&sizes);
    while widen(entries, &targets, &offsets, &mut sizes) {
        offsets = offsets_of(&sizes);
    }

    let mut instrs = Vec::with_capacity(entries.len());
    let mut spans = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let target = targets[at].map(|target| i64::from(offsets[target as usize]));
        place(entry, target, sizes[at], &mut instrs);
        spans.resize(instrs.len(), entry.span);
    }
    let handlers = handlers
        .iter()
        .map(|&(start, end, target, register)| Handler {
            start: offsets[start as usize],
            end: offsets[end as usize],
            target: offsets[emitter.position_of(target) as usize],
            register,
        })
        .filter(|handler| handler.start < handler.end)
        .collect();
    Finished { instrs, spans, handlers }
}

fn opcode(instr: Instr) -> Opcode {
    instr.opcode().expect("the emitter encodes only opcodes of the table")
}

/// Where a jump to `label` ends up.
fn thread(emitter: &Emitter, entries: &[Entry], label: Label) -> u32 {
    let mut at = emitter.position_of(label);
    for _ in 0..LONGEST_CHAIN {
        match entries.get(at as usize) {
            Some(entry) if opcode(entry.instr) == Opcode::Jump => {
                at = emitter.position_of(entry.target.expect("a Jump has a target"));
            }
            _ => break,
        }
    }
    at
}

/// The offset of every entry, and of the end.
fn offsets_of(sizes: &[u32]) -> Vec<u32> {
    let mut offsets = Vec::with_capacity(sizes.len() + 1);
    let mut offset = 0;
    for size in sizes {
        offsets.push(offset);
        offset += size;
    }
    offsets.push(offset);
    offsets
}

/// Gives more room to jumps that do not reach; tells whether any needed it. Sizes only grow, so repetition ends.
fn widen(entries: &[Entry], targets: &[Option<u32>], offsets: &[u32], sizes: &mut [u32]) -> bool {
    let mut changed = false;
    for (at, entry) in entries.iter().enumerate() {
        let Some(target) = targets[at] else { continue };
        let op = opcode(entry.instr);
        let info = op.info();
        if sizes[at] != 1 || (info.b != Operand::Jump && !matches!(info.c, Operand::Jump)) || info.b == Operand::Jump {
            continue;
        }
        let distance = i64::from(offsets[target as usize]) - i64::from(offsets[at]) - 1;
        if i16::try_from(distance).is_err() {
            sizes[at] = if inverted(op).is_some() { 2 } else { 3 };
            changed = true;
        }
    }
    changed
}

/// Appends `entry`, `size` instructions long, whose jump goes to offset `target`.
fn place(entry: &Entry, target: Option<i64>, size: u32, instrs: &mut Vec<Instr>) {
    let instr = entry.instr;
    let op = opcode(instr);
    let Some(target) = target else {
        instrs.push(instr);
        return;
    };
    // Distances fit 32 bits: offsets are u32 and functions of 2^31 instructions do not fit in memory limits of the source.
    let distance_from = |at: usize| (target - at as i64 - 1) as i32;
    let short = |op: Opcode, distance: i16| Instr::new(op, instr.x(), instr.a(), instr.b(), distance as u16);
    match size {
        0 => {}
        1 if op.info().b == Operand::Jump => {
            instrs.push(Instr::wide(op, instr.a(), distance_from(instrs.len())));
        }
        1 => instrs.push(short(op, distance_from(instrs.len()) as i16)),
        2 => {
            instrs.push(short(inverted(op).expect("only invertible jumps take two"), 1));
            instrs.push(Instr::wide(Opcode::Jump, 0, distance_from(instrs.len())));
        }
        _ => {
            instrs.push(short(op, 1));
            instrs.push(Instr::wide(Opcode::Jump, 0, 1));
            instrs.push(Instr::wide(Opcode::Jump, 0, distance_from(instrs.len())));
        }
    }
}

/// The compare-and-jump that jumps exactly when `op` does not.
pub(super) fn inverted(op: Opcode) -> Option<Opcode> {
    use Opcode::*;
    const PAIRS: [(Opcode, Opcode); 13] = [
        (JumpIfTrue, JumpIfFalse),
        (JumpLt, JumpNotLt),
        (JumpLe, JumpNotLe),
        (JumpGt, JumpNotGt),
        (JumpGe, JumpNotGe),
        (JumpEq, JumpNotEq),
        (JumpNe, JumpNotNe),
        (JumpLtK, JumpNotLtK),
        (JumpLeK, JumpNotLeK),
        (JumpGtK, JumpNotGtK),
        (JumpGeK, JumpNotGeK),
        (JumpEqK, JumpNotEqK),
        (JumpNeK, JumpNotNeK),
    ];
    PAIRS.iter().find_map(|&(plain, not)| match op {
        _ if op == plain => Some(not),
        _ if op == not => Some(plain),
        _ => None,
    })
}
