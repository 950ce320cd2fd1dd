//! Jumps. A backward one is a safepoint: see rule 6 of the loop.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::compare::{EQ, GE, GT, LE, LT, NE, compare_values, fast, fast_truth, truth_of};
use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use super::watch;
use crate::value::Word;

/// Goes on at a distance, polling if that is backward.
#[inline(always)]
pub(super) fn jump<D: Dispatch>(s: State, distance: isize) -> D::Out {
    if distance < 0 && s.cx().poll.is_set() {
        return s.cold::<D, JumpPolling>(distance as u64);
    }
    D::go(s.jump(distance))
}

part!(JumpPolling = jump_polling);

#[inline(always)]
fn jump_polling<D: Dispatch>(mut s: State, distance: u64) -> D::Out {
    if !D::WATCHED && s.cx().is_watched() {
        return D::exit(watch::take_over(s));
    }
    s.save();
    match s.cx_mut().poll() {
        Ok(()) => D::go(s.jump(distance as isize)),
        Err(raised) => s.raise::<D>(raised),
    }
}

#[inline(always)]
pub(super) fn Jump<D: Dispatch>(s: State, i: Instr) -> D::Out {
    jump::<D>(s, i.bc() as isize)
}

#[inline(always)]
fn jump_if<D: Dispatch, const SENSE: bool>(s: State, i: Instr) -> D::Out {
    match fast_truth(s.get(i.a())) {
        Some(answer) if answer == SENSE => jump::<D>(s, i.bc() as isize),
        Some(_) => D::go(s.next()),
        None => s.slow::<D, JumpIfSlow<SENSE>>(i),
    }
}

part!(JumpIfSlow<const SENSE: bool> = jump_if_slow);

#[inline(always)]
fn jump_if_slow<D: Dispatch, const SENSE: bool>(mut s: State, i: Instr) -> D::Out {
    match s.apart(i, |s, i| truth_of(s, i.a())) {
        Ok(answer) if answer == SENSE => jump::<D>(s, i.bc() as isize),
        Ok(_) => D::go(s.next()),
        Err(raised) => s.raise::<D>(raised),
    }
}

#[inline(always)]
pub(super) fn JumpIfTrue<D: Dispatch>(s: State, i: Instr) -> D::Out {
    jump_if::<D, true>(s, i)
}

#[inline(always)]
pub(super) fn JumpIfFalse<D: Dispatch>(s: State, i: Instr) -> D::Out {
    jump_if::<D, false>(s, i)
}

#[inline(always)]
pub(super) fn JumpIfNone<D: Dispatch>(s: State, i: Instr) -> D::Out {
    if s.get(i.a()) == Word::NONE { jump::<D>(s, i.bc() as isize) } else { D::go(s.next()) }
}

#[inline(always)]
pub(super) fn JumpIfNotNone<D: Dispatch>(s: State, i: Instr) -> D::Out {
    if s.get(i.a()) != Word::NONE { jump::<D>(s, i.bc() as isize) } else { D::go(s.next()) }
}

#[inline(always)]
fn compare_jump<D: Dispatch, const OP: usize, const SENSE: bool, const K: bool>(s: State, i: Instr) -> D::Out {
    match fast::<OP>(s.get(i.a()), s.operand::<K>(i.b()).word()) {
        Some(answer) if answer == SENSE => jump::<D>(s, isize::from(i.c_signed())),
        Some(_) => D::go(s.next()),
        None => s.slow::<D, CompareJumpSlow<OP, SENSE, K>>(i),
    }
}

part!(CompareJumpSlow<const OP: usize, const SENSE: bool, const K: bool> = compare_jump_slow);

#[inline(always)]
fn compare_jump_slow<D: Dispatch, const OP: usize, const SENSE: bool, const K: bool>(mut s: State, i: Instr) -> D::Out {
    match s.apart(i, compare_values::<OP, K>) {
        Ok(answer) if answer == SENSE => jump::<D>(s, isize::from(i.c_signed())),
        Ok(_) => D::go(s.next()),
        Err(raised) => s.raise::<D>(raised),
    }
}

macro_rules! compare_jumps {
    ($($name:ident $negated:ident $constant:ident $negated_constant:ident $op:ident,)*) => {
        $(#[inline(always)]
        pub(super) fn $name<D: Dispatch>(s: State, i: Instr) -> D::Out {
            compare_jump::<D, $op, true, false>(s, i)
        }

        #[inline(always)]
        pub(super) fn $negated<D: Dispatch>(s: State, i: Instr) -> D::Out {
            compare_jump::<D, $op, false, false>(s, i)
        }

        #[inline(always)]
        pub(super) fn $constant<D: Dispatch>(s: State, i: Instr) -> D::Out {
            compare_jump::<D, $op, true, true>(s, i)
        }

        #[inline(always)]
        pub(super) fn $negated_constant<D: Dispatch>(s: State, i: Instr) -> D::Out {
            compare_jump::<D, $op, false, true>(s, i)
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
