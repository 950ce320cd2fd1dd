//! The loop of a thread that tools watch: it tells them what happens, and where.
//!
//! A frame comes here when it is entered from Rust code, or at its next safepoint or return, and stays until the loop is left,
//! also when the tools are gone: so turning them on and off does not nest loops in each other.

mod call;
pub(super) mod tell;

use argil_compiler::opcode::{Instr, Opcode};

use super::dispatch::{Exit, Flow, Watched, run, step};
use super::state::State;
use crate::ctx::{Ctx, Res};
use crate::types::code::Instrs;
use crate::value::Word;
use crate::watch::events;

/// Runs a frame that is entered from Rust code: begun, or gone on with.
pub(super) fn enter(s: State) -> Exit {
    if s.cx().is_watched() { drive(entered(s)) } else { run(s) }
}

/// Goes on in this loop with the instruction at which the state stands: what is left then is the entry frame.
#[inline(always)]
pub(super) fn take_over(s: State) -> Exit {
    let (cx, pc, regs, pool) = s.into_parts();
    taken_over(cx, pc, regs, pool)
}

/// In pieces, so that the instruction's own frame on the Rust stack can be used again.
#[cold]
#[inline(never)]
fn taken_over(cx: *mut Ctx, pc: *const Instrs, regs: *mut Word, pool: *const Word) -> Exit {
    // SAFETY: `take_over` took the state apart.
    drive(Flow::Go(unsafe { State::from_parts((cx, pc, regs, pool)) }))
}

/// Runs until the entry frame is left.
pub(super) fn drive(mut flow: Flow) -> Exit {
    loop {
        flow = match flow {
            Flow::Exit(exit) => return exit,
            Flow::Go(s) if s.cx().is_watched() => watched(s),
            Flow::Go(s) => step::<Watched>(s),
        };
    }
}

/// A frame was entered: tells that it begins, or goes on.
fn entered(mut s: State) -> Flow {
    s.save();
    let event = if s.position().1 == 0 { events::PY_START } else { events::PY_RESUME };
    go(tell::entered(&mut s, event), s)
}

/// Goes on, or raises what a tool raised.
fn go(told: Res<()>, s: State) -> Flow {
    match told {
        Ok(()) => Flow::Go(s),
        Err(raised) => s.raise::<Watched>(raised),
    }
}

/// Executes one instruction, telling what it is about before and what came of it afterwards.
fn watched(mut s: State) -> Flow {
    let i = s.instruction();
    s.save();
    if let Err(raised) = before(&mut s, i) {
        return s.raise::<Watched>(raised);
    }
    if call::is_native(&s, i) {
        let result = s.apart(i, call::watched);
        return s.finish::<Watched>(i, result);
    }
    let (place, at) = (s.place(), s.position().1);
    let flow = step::<Watched>(s);
    match flow {
        Flow::Go(s) if s.place().1 == place.0 => entered(s),
        Flow::Go(s) if s.place() == place => {
            let mut s = s;
            let told = tell::went(&mut s, i, at);
            go(told, s)
        }
        flow => flow,
    }
}

/// What is told before an instruction.
fn before(s: &mut State, i: Instr) -> Res<()> {
    tell::line(s)?;
    match i.opcode() {
        Some(Opcode::Return) => {
            let value = s.get(i.a());
            tell::left(s, events::PY_RETURN, value)
        }
        Some(Opcode::ReturnNone) => tell::left(s, events::PY_RETURN, Word::NONE),
        Some(Opcode::Yield) => {
            let value = s.get(i.b());
            tell::left(s, events::PY_YIELD, value)
        }
        _ if call::is_native(s, i) => Ok(()),
        _ => call::announced(s, i),
    }
}
