//! Raising: from the instruction that failed to the handler that catches.

use argil_compiler::opcode::Opcode;

use super::dispatch::{Dispatch, Exit};
use super::state::State;
use super::state::part::part;
use super::watch;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::stack::frame::Then;
use crate::types::exception::Exception;
use crate::types::generator::Flavour;
use crate::types::traceback::Traceback;
use crate::value::{Value, Word};

/// Goes on at the handler of the exception that was raised, or leaves the loop.
#[inline(always)]
pub(super) fn raise<D: Dispatch>(s: State, raised: Raised) -> D::Out {
    let _ = raised;
    s.cold::<D, NewlyRaised>(0)
}

part!(NewlyRaised = newly_raised);

#[inline(always)]
fn newly_raised<D: Dispatch>(s: State, _: u64) -> D::Out {
    if let Some(handled) = s.cx().handled_exception() {
        add_context(s.cx(), handled);
    }
    propagate::<D>(s, true)
}

/// `__context__`: a new exception remembers the one being handled. One that only passes by has a traceback already.
pub(super) fn add_context(cx: &Ctx, handled: Value<'_>) {
    let raised = cx.raised.get_or_none(cx).cast::<Exception>();
    if raised.is_some_and(|new| new.context.get(cx).is_none() && new.traceback.get(cx).is_none()) {
        set_context(cx, handled);
    }
}

/// Makes the exception being handled the context of the one that was raised.
pub(super) fn set_context(cx: &Ctx, handled: Value<'_>) {
    let raised = cx.raised.get_or_none(cx);
    let Some(exception) = raised.cast::<Exception>() else { return };
    if handled.word() == raised.word() {
        return;
    }
    // A cycle would make printing endless: cut the chain where the new exception already occurs in it. A script may have
    // made one in which the new exception does not occur; Brent's algorithm finds it.
    let (mut link, mut turtle, mut steps, mut limit) = (handled, handled, 0, 1);
    while let Some(other) = link.cast::<Exception>() {
        match other.context.get(cx) {
            Some(next) if next.word() == raised.word() => {
                let header = crate::types::header_of(other);
                other.context.clear(&header.write(cx));
                break;
            }
            Some(next) if next.word() == turtle.word() => break,
            Some(next) => link = next,
            None => break,
        }
        steps += 1;
        if steps == limit {
            (turtle, steps, limit) = (link, 0, 2 * limit);
        }
    }
    exception.context.set_in(cx, crate::types::header_of(exception), handled);
}

/// Looks for a handler from the frame of `s` outward. `record` tells whether the innermost frame enters the traceback.
#[inline(always)]
pub(super) fn propagate<D: Dispatch>(s: State, record: bool) -> D::Out {
    s.cold::<D, Unwind>(u64::from(record))
}

part!(Unwind = unwind);

#[inline(always)]
fn unwind<D: Dispatch>(mut s: State, record: u64) -> D::Out {
    let mut record = record != 0;
    loop {
        if record {
            let (cx, (_, index)) = (s.cx(), s.position());
            if let Some(exception) = cx.raised.get_or_none(cx).cast::<Exception>() {
                exception.add_frame(cx, s.frame_object(), index);
            }
            if D::WATCHED && cx.is_watched() {
                watch::tell::raised(&mut s);
            }
        }
        record = true;
        let cx = s.cx();
        let (code, index) = s.position();
        let at = index as u32;
        if let Some(handler) = code.source().handlers.iter().find(|h| h.start <= at && at < h.end) {
            let (register, target) = (handler.register, handler.target);
            if D::WATCHED && cx.is_watched() {
                watch::tell::handled(&mut s);
            }
            let cx = s.cx();
            let raised = cx.raised.get_or_none(cx).word();
            cx.raised.store(Word::UNSET);
            s.set(register, raised);
            return D::go(s.handler(target));
        }
        let makes = code.makes;
        if D::WATCHED && s.cx().is_watched() {
            watch::tell::unwound(&mut s);
        }
        let popped = s.pop();
        let then = popped.then;
        if let Some(flavour) = makes {
            stop_iteration_is_an_error(popped.cx(), flavour);
        }
        s = match popped.caller() {
            Ok(caller) => caller,
            Err(_) => return D::exit(Exit::Raised),
        };
        // The delegating generator's own frame is in the traceback; nothing else differs.
        debug_assert!(then != Then::Delegate || s.instruction().opcode() == Some(Opcode::YieldFrom));
    }
}

/// Ends a generator that an exception was thrown into before it began: none of its handlers guards what comes before its
/// first instruction.
pub(super) fn end_unstarted(s: State) -> Exit {
    let cx = s.cx();
    if let Some(exception) = cx.raised.get_or_none(cx).cast::<Exception>() {
        exception.add_frame(cx, s.frame_object(), Traceback::BEFORE_START);
    }
    let popped = s.pop();
    debug_assert!(popped.then == Then::Resumed);
    Exit::Raised
}

/// A StopIteration that leaves a generator becomes a RuntimeError (PEP 479); a StopAsyncIteration too, if it is asynchronous.
#[inline(never)]
fn stop_iteration_is_an_error(cx: &Ctx, flavour: Flavour) {
    let raised = cx.raised.get_or_none(cx);
    let what = if cx.is_instance(raised, Builtin::StopIteration) {
        "StopIteration"
    } else if flavour == Flavour::Asynchronous && cx.is_instance(raised, Builtin::StopAsyncIteration) {
        "StopAsyncIteration"
    } else {
        return;
    };
    let _ = cx.runtime_error(format!("{} raised {what}", flavour.noun()));
    let error: Value<'_> = cx.raised.get_or_none(cx);
    if let Some(exception) = error.cast::<Exception>() {
        let header = crate::types::header_of(exception);
        exception.cause.set_in(cx, header, raised);
        exception.context.set_in(cx, header, raised);
        exception.set_suppresses_context(true);
    }
}
