//! What the loop does when memory was refused to an instruction: see `memory.rs`.
//!
//! A refusal unwinds out of the loop. The frame that was running is the one that `cx.frame` names, and it stands where it
//! saved itself (rule 2 of the loop), so the loop goes on there: with the same instruction once more after a collection, or
//! with a MemoryError.

use std::sync::atomic::Ordering;

use argil_compiler::opcode::{Instr, Opcode};

use super::State;
use super::frames::running;
use crate::ctx::{Ctx, Level, Res};
use crate::memory::attempt;
use crate::stack::frame::Frame;
use crate::vm::Exit;
use crate::vm::dispatch::{Loop, Tail, Watched, run_from};
use crate::vm::unwind;

/// Goes back to the frame that was refused memory: what lay above it on the stack is gone. Whether its instruction is to be
/// done once more; then the heap was collected. The loop was entered in the frame `entry` at `level`.
#[cold]
pub(super) fn recover(cx: &mut Ctx, level: &Level, entry: Frame) -> bool {
    let frame = running(cx);
    let (mut above, mut top) = (0, None);
    let mut at = frame;
    loop {
        // The registers of a generator lie on the heap; then the slots of its instruction follow the frame that resumed it.
        if top.is_none() && cx.stack.holds(at.0) {
            // SAFETY: the frame is in use.
            top = Some(at.0.wrapping_add(unsafe { at.code(cx) }.registers as usize));
        }
        if at == entry {
            break;
        }
        above += 1;
        // SAFETY: a frame in use that is not the entry has a caller in use.
        at = unsafe { at.caller() };
    }
    cx.back_to(level);
    cx.depth.set(cx.depth.get() + above);
    if let Some(top) = top {
        cx.top.set(top);
    }
    may_try_again(cx, frame)
}

/// Whether the instruction has changed nothing and was not tried twice; if so, collects.
fn may_try_again(cx: &mut Ctx, frame: Frame) -> bool {
    // SAFETY: the frame is in use and stands at an instruction.
    let opcode = Instr(unsafe { (*frame.pc()).load(Ordering::Relaxed) }).opcode();
    // What a call spreads out may have been an iterator, which is exhausted now.
    let pure = cx.anew.take() && opcode != Some(Opcode::CallEx);
    if !pure || cx.is_second_try() {
        return false;
    }
    cx.collect_for_memory();
    cx.note_second_try();
    true
}

/// Raises a MemoryError where the frame stands, and runs on.
pub(super) fn raise(s: State) -> Exit {
    let raised = s.cx().memory_error();
    run_from(s, raised, unwind::raise::<Loop>, unwind::raise::<Tail>, unwind::raise::<Watched>)
}

/// Begins a call from Rust code: once more after a collection, if it was refused memory before it changed anything.
pub(in crate::vm) fn attempt_call<T>(cx: &mut Ctx, begin: impl Fn(&mut Ctx) -> Res<T>) -> Res<T> {
    let level = cx.level();
    for last in [false, true] {
        if let Ok(outcome) = attempt(|| begin(cx)) {
            return outcome;
        }
        cx.back_to(&level);
        if last || !cx.anew.take() {
            break;
        }
        cx.collect_for_memory();
    }
    Err(cx.memory_error())
}
