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
mod compare;
mod dispatch;
mod display;
pub(crate) mod exception;
mod function;
pub mod generator;
mod generic;
mod item;
mod iterate;
mod jump;
mod moves;
mod name;
mod pattern;
mod state;
mod unwind;
pub mod watch;

use crate::ctx::{Ctx, Res};
use crate::stack::frame::Then;
use crate::value::Word;
use call::{Called, Pending};
use dispatch::{Dispatch, Exit};
use state::State;
use state::frames::{result, running};
use state::refused::attempt_call;

pub(crate) use attribute::change_class;

/// Performs a call from Rust code, running the loop until it is done.
pub(crate) fn enter_frame(cx: &mut Ctx, call: Pending) -> Res<Word> {
    cx.check_native_stack("")?;
    let caller = running(cx);
    let frame = match attempt_call(cx, |cx| call::begin(cx, call, caller, Then::Leave))? {
        Called::Value(word) => return Ok(word),
        Called::Frame(frame) => frame,
    };
    let exit = frame.run(cx, watch::enter);
    cx.frame.set(caller.0);
    match exit {
        Exit::Returned => Ok(result(cx)),
        Exit::Yielded => unreachable!("the entry frame is no generator's"),
        Exit::Raised => Err(cx.raised_already()),
    }
}
