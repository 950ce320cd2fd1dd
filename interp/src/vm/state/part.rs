//! Parts of instructions that run out of line, so that their handlers stay short.
//!
//! Were a state or a closure passed by reference, it would lie in the frame of the instruction's handler, and the compiler
//! could not let the handler's last call reuse that frame: each execution would leave one on the Rust stack. So a state
//! travels in pieces, in machine registers, and a part is a type, not a function that is passed: nothing is left of it.

use argil_compiler::opcode::Instr;

use super::super::dispatch::Dispatch;
use super::State;
use crate::ctx::Ctx;
use crate::types::code::Instrs;
use crate::value::Word;

/// A slow part, or what hardly ever happens. [`part!`](super::super::part) makes one of a function.
pub(in super::super) trait Part {
    /// Finishes the instruction. `word` is the instruction's, or what travels instead.
    fn run<D: Dispatch>(s: State, word: u64) -> D::Out;
}

/// Names the part that runs a function, which must be marked `inline(always)`: so the state is put together only behind the
/// last call that passes it on.
macro_rules! part {
    ($name:ident $(<$(const $parameter:ident: $type:ty),+>)? = $function:ident) => {
        struct $name $(<$(const $parameter: $type),+>)?;

        impl $(<$(const $parameter: $type),+>)? $crate::vm::state::part::Part for $name $(<$($parameter),+>)? {
            #[inline(always)]
            fn run<D: $crate::vm::dispatch::Dispatch>(s: $crate::vm::state::State, word: u64) -> D::Out {
                $function::<D, $($($parameter),+)?>(s, word.into())
            }
        }
    };
}
pub(in super::super) use part;

impl State {
    /// Goes on in a slow part.
    #[inline(always)]
    pub(in super::super) fn slow<D: Dispatch, P: Part>(self, i: Instr) -> D::Out {
        out_of_line::<D, P>(self.cx, self.pc, self.regs, self.pool, i.0)
    }

    /// Goes on in what hardly ever happens.
    #[inline(always)]
    pub(in super::super) fn cold<D: Dispatch, P: Part>(self, word: u64) -> D::Out {
        cold_out_of_line::<D, P>(self.cx, self.pc, self.regs, self.pool, word)
    }
}

#[inline(never)]
fn out_of_line<D: Dispatch, P: Part>(
    cx: *mut Ctx,
    pc: *const Instrs,
    regs: *mut Word,
    pool: *const Word,
    word: u64,
) -> D::Out {
    P::run::<D>(State { cx, pc, regs, pool }, word)
}

#[cold]
#[inline(never)]
fn cold_out_of_line<D: Dispatch, P: Part>(
    cx: *mut Ctx,
    pc: *const Instrs,
    regs: *mut Word,
    pool: *const Word,
    word: u64,
) -> D::Out {
    P::run::<D>(State { cx, pc, regs, pool }, word)
}
