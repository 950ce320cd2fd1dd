//! Raising: from the instruction that failed to the handler that catches.

use std::sync::atomic::Ordering;

use argil_compiler::opcode::{Instr, Opcode};

use super::code::Instrs;
use super::frame::{Frame, HEADER_WORDS, Then};
use super::{Dispatch, Exit, State};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::types::exception::Exception;
use crate::types::generator::{Generator, State as GeneratorState};
use crate::value::{Value, Word};

/// Goes on at the handler of the exception that was raised, or leaves the loop. The state was saved.
#[inline(always)]
pub(super) unsafe fn raise<D: Dispatch>(s: State, raised: Raised) -> D::Out {
    let _ = raised;
    // SAFETY: the caller's promise.
    unsafe { raise_slow::<D>(s.cx, s.pc, s.regs, s.pool) }
}

/// The slow part of `raise`. A state passed whole would lie in the caller's frame, and then this could not be a tail call.
#[cold]
#[inline(never)]
unsafe fn raise_slow<D: Dispatch>(cx: *mut Ctx, pc: *const Instrs, regs: *mut Word, pool: *const Word) -> D::Out {
    let s = State { cx, pc, regs, pool };
    set_context(s.cx());
    // SAFETY: the frame is in use.
    unsafe { propagate::<D>(s, true) }
}

/// `__context__`: a new exception remembers the one being handled.
fn set_context(cx: &Ctx) {
    let raised = cx.raised.get_or_none(cx);
    let Some(exception) = raised.cast::<Exception>() else { return };
    let Some(handled) = cx.handled.get(cx) else { return };
    if handled.word() == raised.word() || exception.context.get(cx).is_some() {
        return;
    }
    // A cycle would make printing endless: cut the chain where the new exception already occurs in it.
    let mut link = handled;
    while let Some(other) = link.cast::<Exception>() {
        match other.context.get(cx) {
            Some(next) if next.word() == raised.word() => {
                let header = crate::types::header_of(other);
                other.context.clear(&header.write(cx));
                break;
            }
            Some(next) => link = next,
            None => break,
        }
    }
    exception.context.set_in(cx, crate::types::header_of(exception), handled);
}

/// Looks for a handler from the frame of `s` outward. `record` tells whether the innermost frame enters the traceback.
#[inline(always)]
pub(super) unsafe fn propagate<D: Dispatch>(s: State, record: bool) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { propagate_slow::<D>(s.cx, s.pc, s.regs, s.pool, record) }
}

#[cold]
#[inline(never)]
unsafe fn propagate_slow<D: Dispatch>(
    cx: *mut Ctx,
    pc: *const Instrs,
    regs: *mut Word,
    pool: *const Word,
    mut record: bool,
) -> D::Out {
    let mut s = State { cx, pc, regs, pool };
    loop {
        let cx = s.cx();
        let frame = Frame(s.regs);
        // SAFETY: the frame is in use.
        let code = unsafe { frame.code(cx) };
        let index = code.index_of(s.pc);
        if record && let Some(exception) = cx.raised.get_or_none(cx).cast::<Exception>() {
            // SAFETY: the frame is in use.
            exception.add_frame(cx, unsafe { frame.function() }, index);
        }
        record = true;
        let at = index as u32;
        if let Some(handler) = code.source().handlers.iter().find(|h| h.start <= at && at < h.end) {
            let exception = cx.raised.get_or_none(cx).word();
            cx.raised.store(crate::value::Word::UNSET);
            s.set(handler.register, exception);
            // SAFETY: the verifier checked the target.
            s.pc = unsafe { code.instrs().add(handler.target as usize) };
            // SAFETY: the handler's first instruction.
            return unsafe { D::go(s) };
        }
        // SAFETY: the frame is in use.
        let then = unsafe { pop(cx, frame) };
        if matches!(then, Then::Iterate | Then::Delegate | Then::Resumed) {
            stop_iteration_is_an_error(cx);
            // The generator handled nothing itself, so the exception happened while its resumer handled something.
            set_context(cx);
        }
        if matches!(then, Then::Leave | Then::Resumed) {
            return D::exit(s, Exit::Raised);
        }
        // SAFETY: a frame that does not leave the loop has a caller, which stands where it called.
        unsafe {
            let caller = frame.caller();
            s = State::of(s.cx, caller, caller.pc());
        }
        cx.frame.set(s.regs);
        if then == Then::Delegate {
            // The delegating generator's own frame is in the traceback; nothing else differs.
            debug_assert!(is_delegation(s));
        }
    }
}

/// Whether the frame stands at a `yield from`.
fn is_delegation(s: State) -> bool {
    // SAFETY: `pc` points to an instruction of the running code.
    Instr(unsafe { (*s.pc).load(Ordering::Relaxed) }).opcode() == Some(Opcode::YieldFrom)
}

/// Takes a frame off; what was to happen to its result.
///
/// # Safety
/// The frame must be the running one.
pub(super) unsafe fn pop(cx: &Ctx, frame: Frame) -> Then {
    // SAFETY: the caller's promise.
    let then = unsafe { frame.then() };
    cx.depth.set(cx.depth.get() - 1);
    if matches!(then, Then::Iterate | Then::Delegate | Then::Resumed) {
        // SAFETY: the frame is a generator's.
        let generator = unsafe { Generator::of_registers(frame.0) };
        super::generator::leave(cx, generator, GeneratorState::Finished);
    } else {
        // SAFETY: the frame lies on the stack and begins with its header.
        cx.top.set(unsafe { frame.0.sub(HEADER_WORDS) });
    }
    // SAFETY: the frame's header is still there.
    cx.frame.set(unsafe { frame.caller() }.0);
    then
}

/// A StopIteration that leaves a generator becomes a RuntimeError (PEP 479).
fn stop_iteration_is_an_error(cx: &Ctx) {
    let raised = cx.raised.get_or_none(cx);
    if !cx.is_instance(raised, Builtin::StopIteration) {
        return;
    }
    let _ = cx.runtime_error("generator raised StopIteration");
    let error: Value<'_> = cx.raised.get_or_none(cx);
    if let Some(exception) = error.cast::<Exception>() {
        let header = crate::types::header_of(exception);
        exception.cause.set_in(cx, header, raised);
        exception.context.set_in(cx, header, raised);
        exception.set_suppresses_context(true);
    }
}
