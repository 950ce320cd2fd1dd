//! Comparisons that yield a value, identity, membership and negation.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::{Dispatch, State};
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

/// The answer for any two words that are rooted by the frame, whose state was saved.
pub(super) fn compare_words<const OP: usize>(s: State, a: Word, b: Word) -> Res<bool> {
    {
        let cx = &*s.cx();
        // SAFETY: the words are in registers or constants.
        let (a, b) = unsafe { (Value::from_word(a), Value::from_word(b)) };
        if let Some(answer) = compare::compare_leaf(cx, OPS[OP], a, b) {
            return Ok(answer);
        }
    }
    let cx = s.cx();
    let top = cx.top.get();
    let (a, b) = (cx.push_word(a), cx.push_word(b));
    let answer = compare::compare_bool(cx, OPS[OP], a, b);
    cx.top.set(top);
    answer
}

#[inline(always)]
unsafe fn comparison<D: Dispatch, const OP: usize>(s: State, i: Instr) -> D::Out {
    match fast::<OP>(s.get(i.b()), s.get(i.c())) {
        Some(answer) => {
            s.set(i.a(), Word::bool(answer));
            // SAFETY: the next instruction of the same frame.
            unsafe { D::go(s.next()) }
        }
        None => slow!(s, i, slow::<D, OP>),
    }
}

#[inline(always)]
fn slow<D: Dispatch, const OP: usize>(s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        if let Some(answer) = compare::compare_leaf(s.cx(), OPS[OP], s.value(i.b()), s.value(i.c())) {
            return Ok(Word::bool(answer));
        }
        s.with_slots(i, |cx, s, i| {
            let (a, b) = (cx.root(s.value(i.b())), cx.root(s.value(i.c())));
            compare::compare(cx, OPS[OP], a, b)
        })
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

macro_rules! comparisons {
    ($($name:ident $op:ident,)*) => {
        $(#[inline(always)]
        pub(super) unsafe fn $name<D: Dispatch>(s: State, i: Instr) -> D::Out {
            // SAFETY: the caller's promise.
            unsafe { comparison::<D, $op>(s, i) }
        })*
    };
}
comparisons! { Lt LT, Le LE, Gt GT, Ge GE, Eq EQ, Ne NE, }

#[inline(always)]
pub(super) unsafe fn Is<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), Word::bool((s.get(i.b()) == s.get(i.c())) != (i.x() != 0)));
    // SAFETY: the next instruction of the same frame.
    unsafe { D::go(s.next()) }
}

#[inline(always)]
pub(super) unsafe fn Contains<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |cx, s, i| {
        let (container, wanted) = (cx.root(s.value(i.c())), cx.root(s.value(i.b())));
        let found = item::contains(cx, container, wanted)?;
        Ok(cx.root(Value::bool(found != (i.x() != 0))))
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
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

/// The truth of a word that is rooted by the frame, whose state was saved.
pub(super) fn truth_word(s: State, word: Word) -> Res<bool> {
    {
        let cx = &*s.cx();
        // SAFETY: the word is in a register.
        if let Some(answer) = truth::truth_leaf(cx, unsafe { Value::from_word(word) }) {
            return Ok(answer);
        }
    }
    let cx = s.cx();
    let top = cx.top.get();
    let slot = cx.push_word(word);
    let answer = truth::truth(cx, slot);
    cx.top.set(top);
    answer
}

#[inline(always)]
pub(super) unsafe fn Not<D: Dispatch>(s: State, i: Instr) -> D::Out {
    match fast_truth(s.get(i.b())) {
        Some(answer) => {
            s.set(i.a(), Word::bool(!answer));
            // SAFETY: the next instruction of the same frame.
            unsafe { D::go(s.next()) }
        }
        None => slow!(s, i, not_slow::<D>),
    }
}

#[inline(always)]
fn not_slow<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| Ok(Word::bool(!truth_word(s, s.get(i.b()))?)));
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}
