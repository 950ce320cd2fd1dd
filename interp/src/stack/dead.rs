//! Registers that no instruction will read again, and what must not be kept alive by them.
//!
//! Registers above the variables are a stack: a call's words are the topmost of them. So while a frame stands at a call,
//! those behind its last argument hold what is left of earlier expressions. And once a script function runs in a frame of
//! its own, it has the arguments, and the caller reads them no more.
//!
//! Only the call of `__exit__` at the end of a `with` statement has words below others that are still wanted: the value that
//! is to be returned, or the exception. The compiler puts its three arguments there just before (`codegen/with.rs`), and by
//! the last of these instructions it is told apart. A call that looks the same keeps its registers; nothing is lost by that.

use std::sync::atomic::Ordering;

use argil_compiler::opcode::{Instr, Opcode};

use super::frame::{Frame, Then};
use crate::ctx::Ctx;
use crate::types::code::Instrs;
use crate::value::Word;

/// Empties such registers in all frames of a thread, which stands still.
pub(crate) fn forget(cx: &Ctx) {
    let mut frame = Frame(cx.frame.get());
    let mut inner = None;
    while !frame.0.is_null() {
        // SAFETY: the frame is in use: its header and registers were written, and the thread stands still. One that has
        // not yet saved where it stands has no instruction; one that stands at the first has none before.
        unsafe {
            let (pc, code) = (frame.pc(), frame.code(cx));
            let instruction = |pc: *const Instrs| Instr((*pc).load(Ordering::Relaxed));
            if !pc.is_null()
                && let Some(first) = first_dead(instruction(pc), inner)
                && !(code.index_of(pc) > 0 && may_exit(instruction(pc), instruction(pc.sub(1))))
            {
                for register in first..code.registers as usize {
                    *frame.0.add(register) = Word::UNSET;
                }
            }
            inner = Some(frame.then());
            frame = frame.caller();
        }
    }
}

/// Whether a call, behind another instruction, may be that of `__exit__`.
fn may_exit(call: Instr, before: Instr) -> bool {
    call.opcode() == Some(Opcode::CallMethod)
        && call.b() == 3
        && matches!(before.opcode(), Some(Opcode::LoadNone | Opcode::ExceptionTriple))
}

/// The first dead register of a frame that stands at an instruction, if that is a call; `inner` is what happens to the result
/// of the frame that it called, if it has called one.
fn first_dead(i: Instr, inner: Option<Then>) -> Option<usize> {
    let (callee, count) = (usize::from(i.a()), usize::from(i.b()));
    let behind = match i.opcode()? {
        Opcode::Call | Opcode::CallKw => callee + 1 + count,
        Opcode::CallMethod | Opcode::CallMethodKw => callee + 2 + count,
        Opcode::CallEx => callee + 3,
        _ => return None,
    };
    match inner {
        // The result, or the new object, is what remains of the call.
        Some(Then::Store | Then::Constructed) => Some(callee + 1),
        _ => Some(behind),
    }
}
