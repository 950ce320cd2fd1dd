//! Arithmetic: integers and floats in place, everything else through `ops/number/`.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use crate::ops::number::{self, BinOp, UnaryOp};
use crate::value::{Value, Word};

/// The operators in the order of the constants below.
const OPS: [BinOp; 13] = [
    BinOp::Add,
    BinOp::Sub,
    BinOp::Mul,
    BinOp::TrueDiv,
    BinOp::FloorDiv,
    BinOp::Mod,
    BinOp::Pow,
    BinOp::MatMul,
    BinOp::LShift,
    BinOp::RShift,
    BinOp::And,
    BinOp::Or,
    BinOp::Xor,
];
const ADD: usize = 0;
const SUB: usize = 1;
const MUL: usize = 2;
const TRUE_DIV: usize = 3;
const FLOOR_DIV: usize = 4;
const MOD: usize = 5;
const POW: usize = 6;
const MAT_MUL: usize = 7;
const L_SHIFT: usize = 8;
const R_SHIFT: usize = 9;
const AND: usize = 10;
const OR: usize = 11;
const XOR: usize = 12;

/// The number as a float, if it is an inline integer or float.
#[inline(always)]
fn number(word: Word) -> Option<f64> {
    if word.is_float() {
        Some(word.as_float())
    } else if word.is_int() {
        Some(word.as_int() as f64)
    } else {
        None
    }
}

/// The result for two inline numbers, if it is an inline number.
#[inline(always)]
fn fast<const OP: usize>(a: Word, b: Word) -> Option<Word> {
    if a.both_int(b) {
        let (x, y) = (a.0 as i64, b.0 as i64);
        return match OP {
            ADD => x.checked_add(y).map(|sum| Word(sum as u64)),
            SUB => x.checked_sub(y).map(|difference| Word(difference as u64)),
            MUL => (x >> 2).checked_mul(y).map(|product| Word(product as u64)),
            TRUE_DIV if y != 0 && x.unsigned_abs() >> 55 == 0 && y.unsigned_abs() >> 55 == 0 => {
                Word::float((x >> 2) as f64 / (y >> 2) as f64)
            }
            FLOOR_DIV if y != 0 => {
                let (x, y) = (x >> 2, y >> 2);
                let quotient = x / y;
                Word::int(if (x % y != 0) && ((x < 0) != (y < 0)) { quotient - 1 } else { quotient })
            }
            MOD if y != 0 => {
                let remainder = x % y;
                Some(Word(if remainder != 0 && (remainder ^ y) < 0 { remainder + y } else { remainder } as u64))
            }
            L_SHIFT if (0..60 << 2).contains(&y) => {
                let (number, by) = (x >> 2, y >> 2);
                let shifted = number << by;
                if shifted >> by == number { Word::int(shifted) } else { None }
            }
            R_SHIFT if y >= 0 => Some(Word::int_unchecked((x >> 2) >> (y >> 2).min(63))),
            AND => Some(Word((x & y) as u64)),
            OR => Some(Word((x | y) as u64)),
            XOR => Some(Word((x ^ y) as u64)),
            _ => None,
        };
    }
    if matches!(OP, ADD | SUB | MUL | TRUE_DIV) {
        let (x, y) = if a.both_float(b) { (a.as_float(), b.as_float()) } else { (number(a)?, number(b)?) };
        return match OP {
            ADD => Word::float(x + y),
            SUB => Word::float(x - y),
            MUL => Word::float(x * y),
            _ if y != 0.0 => Word::float(x / y),
            _ => None,
        };
    }
    None
}

#[inline(always)]
fn binary<D: Dispatch, const OP: usize, const K: bool>(s: State, i: Instr) -> D::Out {
    let (a, b) = s.operands::<K>(i);
    match fast::<OP>(a.word(), b.word()) {
        Some(result) => {
            s.set(i.a(), result);
            D::go(s.next())
        }
        None => s.slow::<D, ArithSlow<OP, K>>(i),
    }
}

part!(ArithSlow<const OP: usize, const K: bool> = slow);

#[inline(always)]
fn slow<D: Dispatch, const OP: usize, const K: bool>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let in_place = i.x() != 0;
        {
            let cx = s.cx();
            let (a, b) = s.operands::<K>(i);
            let mutates = in_place && a.header().is_some_and(|h| is_mutable(h.kind()));
            let anew = cx.anew();
            if !mutates && let Some(result) = number::binary_leaf(cx, OPS[OP], a, b) {
                return result.map(Value::word);
            }
            anew.done();
        }
        s.with_slots(i, |s, i| {
            let (a, b) = (s.root(i.b()), s.cx().root(s.operand::<K>(i.c())));
            number::binary(s.cx_mut(), OPS[OP], i.x() != 0, a, b)
        })
    });
    s.finish::<D>(i, result)
}

/// Whether an in-place operator changes objects of this kind.
fn is_mutable(kind: crate::object::Kind) -> bool {
    use crate::object::Kind::*;
    matches!(kind, List | Dict | Set | Native | Instance)
}

macro_rules! binary_instructions {
    ($($name:ident $constant:ident $op:ident,)*) => {
        $(#[inline(always)]
        pub(super) fn $name<D: Dispatch>(s: State, i: Instr) -> D::Out {
            binary::<D, $op, false>(s, i)
        }

        #[inline(always)]
        pub(super) fn $constant<D: Dispatch>(s: State, i: Instr) -> D::Out {
            binary::<D, $op, true>(s, i)
        })*
    };
}

binary_instructions! {
    Add AddK ADD,
    Sub SubK SUB,
    Mul MulK MUL,
    TrueDiv TrueDivK TRUE_DIV,
    FloorDiv FloorDivK FLOOR_DIV,
    Mod ModK MOD,
    Pow PowK POW,
    LShift LShiftK L_SHIFT,
    RShift RShiftK R_SHIFT,
    BitAnd BitAndK AND,
    BitOr BitOrK OR,
    BitXor BitXorK XOR,
}

#[inline(always)]
pub(super) fn MatMul<D: Dispatch>(s: State, i: Instr) -> D::Out {
    binary::<D, MAT_MUL, false>(s, i)
}

/// The unary operators in the order of the constants below.
const UNARY_OPS: [UnaryOp; 3] = [UnaryOp::Neg, UnaryOp::Pos, UnaryOp::Invert];
const NEG: usize = 0;
const POS: usize = 1;
const INVERT: usize = 2;

#[inline(always)]
fn unary<D: Dispatch, const OP: usize>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let operand = s.root(i.b());
        number::unary(s.cx_mut(), UNARY_OPS[OP], operand)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn Neg<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let operand = s.get(i.b());
    let result = if operand.is_int() {
        (operand.0 as i64).checked_neg().map(|n| Word(n as u64))
    } else if operand.is_float() {
        Word::float(-operand.as_float())
    } else {
        None
    };
    match result {
        Some(result) => {
            s.set(i.a(), result);
            D::go(s.next())
        }
        None => unary::<D, NEG>(s, i),
    }
}

#[inline(always)]
pub(super) fn Pos<D: Dispatch>(s: State, i: Instr) -> D::Out {
    unary::<D, POS>(s, i)
}

#[inline(always)]
pub(super) fn Invert<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let operand = s.get(i.b());
    if operand.is_int() {
        s.set(i.a(), Word::int_unchecked(!operand.as_int()));
        return D::go(s.next());
    }
    unary::<D, INVERT>(s, i)
}
