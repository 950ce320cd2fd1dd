//! Jumps. A backward one is a safepoint: see rule 6 of the loop.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::code::Instrs;
use super::compare::{EQ, GE, GT, LE, LT, NE, compare_words, fast, fast_truth, truth_word};
use super::{Dispatch, State, unwind};
use crate::ctx::Ctx;
use crate::value::Word;

/// Goes on at a distance, polling if that is backward.
#[inline(always)]
pub(super) unsafe fn jump<D: Dispatch>(s: State, distance: isize) -> D::Out {
    if distance < 0 && s.cx().poll.is_set() {
        // SAFETY: the slow part of a backward jump.
        return unsafe { jump_polling::<D>(s.cx, s.pc, s.regs, s.pool, distance as u64) };
    }
    // SAFETY: the verifier checked the target.
    unsafe { D::go(s.jump(distance)) }
}

#[cold]
#[inline(never)]
unsafe fn jump_polling<D: Dispatch>(
    cx: *mut Ctx,
    pc: *const Instrs,
    regs: *mut Word,
    pool: *const Word,
    distance: u64,
) -> D::Out {
    let s = State { cx, pc, regs, pool };
    s.save();
    match s.cx().poll() {
        // SAFETY: the verifier checked the target.
        Ok(()) => unsafe { D::go(s.jump(distance as isize)) },
        // SAFETY: the state was saved.
        Err(raised) => unsafe { unwind::raise::<D>(s, raised) },
    }
}

#[inline(always)]
pub(super) unsafe fn Jump<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { jump::<D>(s, i.bc() as isize) }
}

#[inline(always)]
unsafe fn jump_if<D: Dispatch, const SENSE: bool>(s: State, i: Instr) -> D::Out {
    match fast_truth(s.get(i.a())) {
        // SAFETY: the caller's promise.
        Some(answer) if answer == SENSE => unsafe { jump::<D>(s, i.bc() as isize) },
        // SAFETY: the next instruction of the same frame.
        Some(_) => unsafe { D::go(s.next()) },
        None => slow!(s, i, jump_if_slow::<D, SENSE>),
    }
}

#[inline(always)]
fn jump_if_slow<D: Dispatch, const SENSE: bool>(s: State, i: Instr) -> D::Out {
    match s.apart(i, |s, i| truth_word(s, s.get(i.a()))) {
        // SAFETY: the caller's promise.
        Ok(answer) if answer == SENSE => unsafe { jump::<D>(s, i.bc() as isize) },
        // SAFETY: the next instruction of the same frame.
        Ok(_) => unsafe { D::go(s.next()) },
        // SAFETY: the state was saved.
        Err(raised) => unsafe { unwind::raise::<D>(s, raised) },
    }
}

#[inline(always)]
pub(super) unsafe fn JumpIfTrue<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { jump_if::<D, true>(s, i) }
}

#[inline(always)]
pub(super) unsafe fn JumpIfFalse<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { jump_if::<D, false>(s, i) }
}

#[inline(always)]
pub(super) unsafe fn JumpIfNone<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise, or the next instruction of the same frame.
    unsafe { if s.get(i.a()) == Word::NONE { jump::<D>(s, i.bc() as isize) } else { D::go(s.next()) } }
}

#[inline(always)]
pub(super) unsafe fn JumpIfNotNone<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise, or the next instruction of the same frame.
    unsafe { if s.get(i.a()) != Word::NONE { jump::<D>(s, i.bc() as isize) } else { D::go(s.next()) } }
}

#[inline(always)]
unsafe fn compare_jump<D: Dispatch, const OP: usize, const SENSE: bool, const K: bool>(s: State, i: Instr) -> D::Out {
    let right = if K { s.k(i.b()) } else { s.get(i.b()) };
    match fast::<OP>(s.get(i.a()), right) {
        // SAFETY: the caller's promise.
        Some(answer) if answer == SENSE => unsafe { jump::<D>(s, isize::from(i.c_signed())) },
        // SAFETY: the next instruction of the same frame.
        Some(_) => unsafe { D::go(s.next()) },
        None => slow!(s, i, compare_jump_slow::<D, OP, SENSE, K>),
    }
}

#[inline(always)]
fn compare_jump_slow<D: Dispatch, const OP: usize, const SENSE: bool, const K: bool>(s: State, i: Instr) -> D::Out {
    let answer = s.apart(i, |s, i| {
        let right = if K { s.k(i.b()) } else { s.get(i.b()) };
        compare_words::<OP>(s, s.get(i.a()), right)
    });
    match answer {
        // SAFETY: the caller's promise.
        Ok(answer) if answer == SENSE => unsafe { jump::<D>(s, isize::from(i.c_signed())) },
        // SAFETY: the next instruction of the same frame.
        Ok(_) => unsafe { D::go(s.next()) },
        // SAFETY: the state was saved.
        Err(raised) => unsafe { unwind::raise::<D>(s, raised) },
    }
}

macro_rules! compare_jumps {
    ($($name:ident $negated:ident $constant:ident $negated_constant:ident $op:ident,)*) => {
        $(#[inline(always)]
        pub(super) unsafe fn $name<D: Dispatch>(s: State, i: Instr) -> D::Out {
            // SAFETY: the caller's promise.
            unsafe { compare_jump::<D, $op, true, false>(s, i) }
        }

        #[inline(always)]
        pub(super) unsafe fn $negated<D: Dispatch>(s: State, i: Instr) -> D::Out {
            // SAFETY: the caller's promise.
            unsafe { compare_jump::<D, $op, false, false>(s, i) }
        }

        #[inline(always)]
        pub(super) unsafe fn $constant<D: Dispatch>(s: State, i: Instr) -> D::Out {
            // SAFETY: the caller's promise.
            unsafe { compare_jump::<D, $op, true, true>(s, i) }
        }

        #[inline(always)]
        pub(super) unsafe fn $negated_constant<D: Dispatch>(s: State, i: Instr) -> D::Out {
            // SAFETY: the caller's promise.
            unsafe { compare_jump::<D, $op, false, true>(s, i) }
        })*
    };
}

compare_jumps! {
    JumpLt JumpNotLt JumpLtK JumpNotLtK LT,
    JumpLe JumpNotLe JumpLeK JumpNotLeK LE,
    JumpGt JumpNotGt JumpGtK JumpNotGtK GT,
    JumpGe JumpNotGe JumpGeK JumpNotGeK GE,
    JumpEq JumpNotEq JumpEqK JumpNotEqK EQ,
    JumpNe JumpNotNe JumpNeK JumpNotNeK NE,
}
