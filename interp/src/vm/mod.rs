//! The loop.
//!
//! Rules that every instruction keeps:
//!
//! 1. An instruction is written once, as a safe function of a [`State`] that is generic over [`Dispatch`]. From it come a
//!    `match` in a loop (debug builds, Miri) and one handler per opcode that tail-calls the next (release builds).
//! 2. `cx.frame`, `cx.pc` and the frame's own `pc` word are saved ([`State::save`]) before anything that may raise, call or
//!    reach a safepoint.
//! 3. A handler's fast path calls nothing. What is slow goes out of line ([`State::slow`], [`State::apart`]), so that the
//!    fast path keeps its state in registers and the tail call stays a jump.
//! 4. A register is written after every operand was read: source and destination may be the same.
//! 5. Registers belong to the thread that runs the frame; they need no atomics and no barrier.
//! 6. A backward jump and a call are safepoints; nothing else is, unless it calls into script code.

mod arith;
mod attribute;
mod build;
pub mod call;
pub mod code;
mod compare;
mod dispatch;
mod exception;
pub(crate) mod frame;
mod function;
pub mod generator;
mod item;
mod iterate;
mod jump;
mod moves;
mod name;
mod state;
mod unwind;

use crate::ctx::{Ctx, Res};
use crate::types::cell::Cell;
use crate::types::dict::Dict;
use crate::value::{Value, Word};
use crate::vm::frame::{Frame, Then};
use call::{Called, Pending};
use dispatch::{Dispatch, Exit, run};
use state::State;
use state::frames::{result, running};

pub(crate) use attribute::change_class;

/// Performs a call from Rust code, running the loop until it is done.
pub(crate) fn enter_frame(cx: &mut Ctx, call: Pending) -> Res<Word> {
    cx.check_native_stack("")?;
    let caller = running(cx);
    let frame = match call::begin(cx, call, caller, Then::Leave)? {
        Called::Value(word) => return Ok(word),
        Called::Frame(frame) => frame,
    };
    let exit = frame.run(cx, run);
    cx.frame.set(caller.0);
    match exit {
        Exit::Returned => Ok(result(cx)),
        Exit::Yielded => unreachable!("the entry frame is no generator's"),
        Exit::Raised => Err(cx.raised_already()),
    }
}

/// What `locals()` is: a class body's mapping, a module's name space, or a new dict of a function's variables; `None`
/// outside script code.
pub(crate) fn current_locals(cx: &Ctx) -> Option<Value<'_>> {
    let frame = Frame(cx.frame.get());
    if frame.0.is_null() {
        return None;
    }
    // SAFETY: the context's frame is in use.
    let code = unsafe { frame.code(cx) };
    let source = code.source();
    // SAFETY: a class body's first register is its mapping, and every register of a frame was written.
    let register = |index: usize| unsafe { *frame.0.add(index) };
    if source.flags.class_body {
        // SAFETY: registers are roots.
        return Some(unsafe { Value::from_word(register(0)) });
    }
    if &*source.name == "<module>" {
        return code.globals.get(cx);
    }
    let names = Dict::alloc(cx);
    for (index, name) in source.locals.iter().chain(&source.free).enumerate() {
        let word = register(index);
        if word.is_unset() || name.starts_with('.') {
            continue;
        }
        // SAFETY: registers are roots.
        let value = unsafe { Value::from_word(word) };
        let bound = match value.cast::<Cell>() {
            Some(cell) => cell.value.get(cx),
            None => Some(value),
        };
        if let Some(value) = bound {
            names.set_name(cx, cx.intern(name), value);
        }
    }
    Some(Value::of(names))
}

/// The name space of the module whose code runs; `None` outside script code.
pub(crate) fn current_globals(cx: &Ctx) -> Option<&Dict> {
    let frame = Frame(cx.frame.get());
    if frame.0.is_null() {
        return None;
    }
    // SAFETY: the context's frame is in use.
    unsafe { frame.code(cx) }.globals.get(cx).and_then(Value::cast::<Dict>)
}
