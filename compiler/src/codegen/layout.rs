//! From labels to distances: short cuts through jumps, and room for those that do not reach.
//!
//! - Exception handlers go behind everything else, so that the code around them need not jump over them.
//! - A jump to a jump goes where that one goes, and a jump to the next instruction goes away.
//! - A jump to a `return` becomes one, and a jump to the instruction at the bottom of a loop becomes a copy of that instruction,
//!   followed by a jump for the case that the loop ends: one dispatch an iteration instead of two.
//! - Only `Jump` and the plain conditional jumps hold 32-bit distances. A fused compare-and-jump holds 16 bits; where its
//!   target is further away it jumps over a `Jump` in the inverted sense, and a loop instruction goes round a `Jump` likewise.

use super::emitter::{Entry, Finished, Label, Protected};
use crate::code::Handler;
use crate::opcode::{Instr, Opcode, Operand};

/// Chains of jumps longer than this are left as they are.
const LONGEST_CHAIN: usize = 16;

/// In longer functions nothing is copied, so that a copy always reaches its target: each entry takes at most three instructions.
const LARGEST_WITH_COPIES: usize = i16::MAX as usize / 3;

/// Computes the final instructions of `entries`, where `labels` tells before which entry each label stands.
pub(super) fn lay_out(entries: Vec<Entry>, labels: Vec<Option<u32>>, handlers: Vec<Protected>) -> Finished {
    let (entries, labels, handlers) = move_cold_behind(entries, labels, handlers);
    let targets: Vec<Option<u32>> =
        entries.iter().map(|entry| entry.target.map(|label| thread(&labels, &entries, label))).collect();
    let copies = copies(&entries, &targets, &handlers);
    let mut sizes = sizes(&entries, &targets, &copies);
    let mut offsets = offsets_of(&sizes);
    while widen(&entries, &targets, &offsets, &mut sizes) {
        offsets = offsets_of(&sizes);
    }

    let offset_of = |target: Option<u32>| target.map(|target| i64::from(offsets[target as usize]));
    let mut instrs = Vec::with_capacity(entries.len());
    let mut spans = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        match copies[at].filter(|_| sizes[at] > 0) {
            Some(copied) => {
                let copied = copied as usize;
                place(&entries[copied], offset_of(targets[copied]), 1, &mut instrs);
                spans.push(entries[copied].span);
                if targets[copied].is_some() {
                    instrs.push(jump(offset_of(Some(copied as u32 + 1)).unwrap_or_default(), instrs.len()));
                }
            }
            None => place(entry, offset_of(targets[at]), sizes[at], &mut instrs),
        }
        spans.resize(instrs.len(), entry.span);
    }
    let handlers = handlers
        .iter()
        .map(|protected| Handler {
            start: offsets[protected.start as usize],
            end: offsets[protected.end as usize],
            target: offsets[position_of(&labels, protected.target) as usize],
            register: protected.register,
        })
        .filter(|handler| handler.start < handler.end)
        .collect();
    Finished { instrs, spans, handlers }
}

fn opcode(instr: Instr) -> Opcode {
    instr.opcode().expect("the emitter encodes only opcodes of the table")
}

/// Puts cold entries behind the others, and moves labels and regions with them.
fn move_cold_behind(
    entries: Vec<Entry>,
    mut labels: Vec<Option<u32>>,
    handlers: Vec<Protected>,
) -> (Vec<Entry>, Vec<Option<u32>>, Vec<Protected>) {
    if entries.iter().all(|entry| !entry.cold) {
        return (entries, labels, handlers);
    }
    // For each entry, and for the end, how many warm ones stand before it.
    let mut warm_before = Vec::with_capacity(entries.len() + 1);
    let mut warm = 0;
    for entry in &entries {
        warm_before.push(warm);
        warm += u32::from(!entry.cold);
    }
    warm_before.push(warm);
    let cold_at = |at: u32| warm + at - warm_before[at as usize];

    for at in labels.iter_mut().flatten() {
        let is_cold = entries.get(*at as usize).is_some_and(|entry| entry.cold);
        *at = if is_cold { cold_at(*at) } else { warm_before[*at as usize] };
    }
    let parts = |protected: Protected| {
        let Protected { start, end, .. } = protected;
        let warm = Protected { start: warm_before[start as usize], end: warm_before[end as usize], ..protected };
        let cold = Protected { start: cold_at(start), end: cold_at(end), ..protected };
        [warm, cold].into_iter().filter(|part| part.start < part.end)
    };
    let handlers = handlers.into_iter().flat_map(parts).collect();
    let (cold, mut ordered): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.cold);
    ordered.extend(cold);
    (ordered, labels, handlers)
}

/// The index of the entry before which `label` stands.
fn position_of(labels: &[Option<u32>], label: Label) -> u32 {
    labels[label.index()].expect("every label that is used gets bound")
}

/// Where a jump to `label` ends up.
fn thread(labels: &[Option<u32>], entries: &[Entry], label: Label) -> u32 {
    let mut at = position_of(labels, label);
    for _ in 0..LONGEST_CHAIN {
        match entries.get(at as usize) {
            Some(entry) if opcode(entry.instr) == Opcode::Jump => {
                at = position_of(labels, entry.target.expect("a Jump has a target"));
            }
            _ => break,
        }
    }
    at
}

/// For each jump that is better replaced by a copy of its target, that target.
fn copies(entries: &[Entry], targets: &[Option<u32>], handlers: &[Protected]) -> Vec<Option<u32>> {
    let mut copies = vec![None; entries.len()];
    if entries.len() > LARGEST_WITH_COPIES {
        return copies;
    }
    // What the copy raises must go where the original's exceptions go.
    let mut protection = vec![None; entries.len()];
    for protected in handlers.iter().rev() {
        protection[protected.start as usize..protected.end as usize].fill(Some(protected.target));
    }
    for (at, entry) in entries.iter().enumerate() {
        let Some(target) = targets[at].filter(|_| opcode(entry.instr) == Opcode::Jump) else { continue };
        let Some(original) = entries.get(target as usize) else { continue };
        let ends_iteration =
            opcode(original.instr) != Opcode::Jump && targets[target as usize].is_some_and(|head| head <= target);
        let returns = matches!(opcode(original.instr), Opcode::Return | Opcode::ReturnNone);
        let same_protection = returns || protection[at] == protection[target as usize];
        if (ends_iteration || returns) && same_protection {
            copies[at] = Some(target);
        }
    }
    copies
}

/// How many instructions each entry takes if every jump reaches.
fn sizes(entries: &[Entry], targets: &[Option<u32>], copies: &[Option<u32>]) -> Vec<u32> {
    let mut sizes = vec![1; entries.len()];
    // The first entry from here on that takes any room: a jump to it or to what lies before it is of no use.
    let mut next = entries.len() as u32;
    for (at, entry) in entries.iter().enumerate().rev() {
        let is_jump = opcode(entry.instr) == Opcode::Jump;
        if is_jump && targets[at].is_some_and(|target| (at as u32 + 1..=next).contains(&target)) {
            sizes[at] = 0;
            continue;
        }
        next = at as u32;
        if copies[at].is_some_and(|copied| targets[copied as usize].is_some()) {
            sizes[at] = 2;
        }
    }
    sizes
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
        let op = opcode(entry.instr);
        let Some(target) = targets[at].filter(|_| sizes[at] == 1 && op.info().c == Operand::Jump) else { continue };
        let distance = i64::from(offsets[target as usize]) - i64::from(offsets[at]) - 1;
        if i16::try_from(distance).is_err() {
            sizes[at] = if inverted(op).is_some() { 2 } else { 3 };
            changed = true;
        }
    }
    changed
}

/// A jump at offset `at` to offset `target`.
fn jump(target: i64, at: usize) -> Instr {
    Instr::wide(Opcode::Jump, 0, distance(target, at))
}

/// Distances fit 32 bits: a source of at most 4 GiB does not yield more than 2^31 instructions.
fn distance(target: i64, at: usize) -> i32 {
    (target - at as i64 - 1) as i32
}

/// Appends `entry`, `size` instructions long, whose jump goes to offset `target`.
fn place(entry: &Entry, target: Option<i64>, size: u32, instrs: &mut Vec<Instr>) {
    let instr = entry.instr;
    let op = opcode(instr);
    let Some(target) = target else {
        instrs.push(instr);
        return;
    };
    let short = |op: Opcode, distance: i16| Instr::new(op, instr.x(), instr.a(), instr.b(), distance as u16);
    match size {
        0 => {}
        1 if op.info().b == Operand::Jump => {
            instrs.push(Instr::wide(op, instr.a(), distance(target, instrs.len())));
        }
        1 => instrs.push(short(op, distance(target, instrs.len()) as i16)),
        2 => {
            instrs.push(short(inverted(op).expect("only invertible jumps take two"), 1));
            instrs.push(jump(target, instrs.len()));
        }
        _ => {
            instrs.push(short(op, 1));
            instrs.push(Instr::wide(Opcode::Jump, 0, 1));
            instrs.push(jump(target, instrs.len()));
        }
    }
}

/// The compare-and-jump that jumps exactly when `op` does not.
fn inverted(op: Opcode) -> Option<Opcode> {
    use Opcode::*;
    const PAIRS: [(Opcode, Opcode); 12] = [
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
