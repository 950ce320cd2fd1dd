//! From one instruction to the next, in two forms: a `match` in a loop, and handlers that tail-call each other.

use argil_compiler::opcode::{Instr, Opcode};

use super::state::State;
use super::watch;
use crate::ctx::Ctx;
use crate::types::code::Instrs;
use crate::value::Word;

/// Why the loop was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Exit {
    /// The entry frame returned; see [`super::state::frames::result`].
    Returned,
    /// The entry frame is a generator's and yielded, in the same way.
    Yielded,
    /// An exception left the entry frame.
    Raised,
}

/// How one instruction leads to the next.
pub(super) trait Dispatch: Sized {
    /// What an instruction's function returns.
    type Out;

    /// Whether tools are told what happens.
    const WATCHED: bool = false;

    /// Goes on with the instruction at which the state stands.
    fn go(state: State) -> Self::Out;

    /// Leaves the loop.
    fn exit(exit: Exit) -> Self::Out;
}

/// The bodies of all instructions, by opcode name.
mod body {
    use super::super::*;

    pub(super) use arith::*;
    pub(super) use attribute::*;
    pub(super) use build::*;
    pub(super) use call::ops::*;
    pub(super) use compare::*;
    pub(super) use exception::*;
    pub(super) use function::*;
    pub(super) use generator::ops::*;
    pub(super) use item::*;
    pub(super) use iterate::*;
    pub(super) use jump::*;
    pub(super) use moves::*;
    pub(super) use name::*;
    pub(super) use pattern::*;
}

/// Dispatch by a `match` in a loop.
pub(super) struct Loop;

/// What an instruction leaves to the loop.
pub(super) enum Flow {
    Go(State),
    Exit(Exit),
}

impl Dispatch for Loop {
    type Out = Flow;

    #[inline(always)]
    fn go(state: State) -> Flow {
        Flow::Go(state)
    }

    #[inline(always)]
    fn exit(exit: Exit) -> Flow {
        Flow::Exit(exit)
    }
}

/// The same while tools may watch: see [`super::watch`].
pub(super) struct Watched;

impl Dispatch for Watched {
    type Out = Flow;

    const WATCHED: bool = true;

    #[inline(always)]
    fn go(state: State) -> Flow {
        Flow::Go(state)
    }

    #[inline(always)]
    fn exit(exit: Exit) -> Flow {
        Flow::Exit(exit)
    }
}

/// Dispatch by tail calls.
pub(super) struct Tail;

type Handler = unsafe fn(*mut Ctx, *const Instrs, *mut Word, *const Word, u64) -> Exit;

impl Dispatch for Tail {
    type Out = Exit;

    #[inline(always)]
    fn go(state: State) -> Exit {
        let instr = state.instruction();
        let (cx, pc, regs, pool) = state.into_parts();
        // SAFETY: the handler puts the state together again, which stands at an instruction of the handler's opcode.
        unsafe { HANDLERS[usize::from(instr.op_byte())](cx, pc, regs, pool, instr.0) }
    }

    #[inline(always)]
    fn exit(exit: Exit) -> Exit {
        exit
    }
}

macro_rules! dispatch_tables {
    ($($name:ident)*) => {
        /// Executes one instruction.
        #[inline(always)]
        pub(super) fn step<D: Dispatch<Out = Flow>>(state: State) -> Flow {
            let instr = state.instruction();
            match instr.opcode() {
                $(Some(Opcode::$name) => body::$name::<D>(state, instr),)*
                None => unreachable!("the verifier accepts no unknown opcode"),
            }
        }

        mod handler {
            use super::*;
            $(pub(super) unsafe fn $name(
                cx: *mut Ctx, pc: *const Instrs, regs: *mut Word, pool: *const Word, word: u64,
            ) -> Exit {
                // SAFETY: `Tail::go` took the state apart.
                body::$name::<Tail>(unsafe { State::from_parts((cx, pc, regs, pool)) }, Instr(word))
            })*
        }

        static HANDLERS: [Handler; 256] = {
            unsafe fn bad(_: *mut Ctx, _: *const Instrs, _: *mut Word, _: *const Word, _: u64) -> Exit {
                unreachable!("the verifier accepts no unknown opcode")
            }
            let mut table: [Handler; 256] = [bad; 256];
            $(table[Opcode::$name as usize] = handler::$name;)*
            table
        };
    };
}
argil_compiler::for_each_opcode!(dispatch_tables);

/// Whether this build dispatches by tail calls: only optimised builds turn them into jumps.
const TAIL_CALLS: bool = cfg!(not(debug_assertions)) && cfg!(not(miri));

/// Runs until the entry frame is left.
pub(super) fn run(state: State) -> Exit {
    run_from(state, (), |state, ()| Loop::go(state), |state, ()| Tail::go(state), |state, ()| Watched::go(state))
}

/// The same from what one function does first, in this build's form of dispatch.
pub(super) fn run_from<T>(
    state: State,
    with: T,
    looped: impl FnOnce(State, T) -> Flow,
    tail: impl FnOnce(State, T) -> Exit,
    watched: impl FnOnce(State, T) -> Flow,
) -> Exit {
    if state.cx().is_watched() {
        return watch::drive(watched(state, with));
    }
    if TAIL_CALLS {
        return tail(state, with);
    }
    let mut flow = looped(state, with);
    loop {
        match flow {
            Flow::Go(state) => flow = step::<Loop>(state),
            Flow::Exit(exit) => return exit,
        }
    }
}
