//! Comparisons that yield a value, identity, membership and negation.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use crate::ctx::Res;
use crate::ops::compare::{self, CmpOp};
use crate::ops::{item, truth};
use crate::value::{Value, Word};

pub(super) const LT: usize = 0;
pub(super) const LE: usize = 1;
pub(super) const GT: usize = 2;
pub(super) const GE: usize = 3;
pub(super) const EQ: usize = 4;
pub(super) const NE: usize = 5;

const OPS: [CmpOp; 6] = [CmpOp::Lt, CmpOp::Le, CmpOp::Gt, CmpOp::Ge, CmpOp::Eq, CmpOp::Ne];

#[inline(always)]
fn holds<const OP: usize, T: PartialOrd>(a: T, b: T) -> bool {
    match OP {
        LT => a < b,
        LE => a <= b,
        GT => a > b,
        GE => a >= b,
        EQ => a == b,
        _ => a != b,
    }
}

/// The answer for two inline numbers of one kind.
#[inline(always)]
pub(super) fn fast<const OP: usize>(a: Word, b: Word) -> Option<bool> {
    if a.both_int(b) {
        Some(holds::<OP, i64>(a.0 as i64, b.0 as i64))
    } else if a.both_float(b) {
        Some(holds::<OP, f64>(a.as_float(), b.as_float()))
    } else {
        None
    }
}

/// The answer for what register `a` and operand `b` hold.
pub(super) fn compare_values<const OP: usize, const K: bool>(s: &mut State, i: Instr) -> Res<bool> {
    if let Some(answer) = compare::compare_leaf(s.cx(), OPS[OP], s.value(i.a()), s.operand::<K>(i.b())) {
        return Ok(answer);
    }
    s.scope(|s| {
        let (a, b) = (s.root(i.a()), s.cx().root(s.operand::<K>(i.b())));
        compare::compare_bool(s.cx_mut(), OPS[OP], a, b)
    })
}

#[inline(always)]
fn comparison<D: Dispatch, const OP: usize>(s: State, i: Instr) -> D::Out {
    match fast::<OP>(s.get(i.b()), s.get(i.c())) {
        Some(answer) => {
            s.set(i.a(), Word::bool(answer));
            D::go(s.next())
        }
        None => s.slow::<D, CompareSlow<OP>>(i),
    }
}

part!(CompareSlow<const OP: usize> = slow);

#[inline(always)]
fn slow<D: Dispatch, const OP: usize>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        if let Some(answer) = compare::compare_leaf(s.cx(), OPS[OP], s.value(i.b()), s.value(i.c())) {
            return Ok(Word::bool(answer));
        }
        s.with_slots(i, |s, i| {
            let (a, b) = (s.root(i.b()), s.root(i.c()));
            compare::compare(s.cx_mut(), OPS[OP], a, b)
        })
    });
    s.finish::<D>(i, result)
}

macro_rules! comparisons {
    ($($name:ident $op:ident,)*) => {
        $(#[inline(always)]
        pub(super) fn $name<D: Dispatch>(s: State, i: Instr) -> D::Out {
            comparison::<D, $op>(s, i)
        })*
    };
}
comparisons! { Lt LT, Le LE, Gt GT, Ge GE, Eq EQ, Ne NE, }

#[inline(always)]
pub(super) fn Is<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), Word::bool((s.get(i.b()) == s.get(i.c())) != (i.x() != 0)));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn Contains<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let (container, wanted) = (s.root(i.c()), s.root(i.b()));
        let found = item::contains(s.cx_mut(), container, wanted)?;
        Ok(s.cx().root(Value::bool(found != (i.x() != 0))))
    });
    s.finish::<D>(i, result)
}

/// The truth of a word, if it needs no more than a look.
#[inline(always)]
pub(super) fn fast_truth(word: Word) -> Option<bool> {
    match word {
        Word::TRUE => Some(true),
        Word::FALSE | Word::NONE => Some(false),
        _ if word.is_int() => Some(word.0 != 0),
        _ => None,
    }
}

/// The truth of what a register holds.
pub(super) fn truth_of(s: &mut State, register: u16) -> Res<bool> {
    if let Some(answer) = truth::truth_leaf(s.cx(), s.value(register)) {
        return Ok(answer);
    }
    s.scope(|s| {
        let value = s.root(register);
        truth::truth(s.cx_mut(), value)
    })
}

#[inline(always)]
pub(super) fn Not<D: Dispatch>(s: State, i: Instr) -> D::Out {
    match fast_truth(s.get(i.b())) {
        Some(answer) => {
            s.set(i.a(), Word::bool(!answer));
            D::go(s.next())
        }
        None => s.slow::<D, NotSlow>(i),
    }
}

part!(NotSlow = not_slow);

#[inline(always)]
fn not_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| Ok(Word::bool(!truth_of(s, i.b())?)));
    s.finish::<D>(i, result)
}
