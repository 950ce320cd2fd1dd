//! Arithmetic of floats, with Python's signs for `//` and `%` and its errors for `/` and `**`.

use super::{BinOp, Number, complex};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res};
use crate::types::int::Int;
use crate::value::Value;

/// Operators on floats that cannot raise.
#[inline(always)]
pub(super) fn quick(op: BinOp, x: f64, y: f64) -> Option<f64> {
    match op {
        BinOp::Add => Some(x + y),
        BinOp::Sub => Some(x - y),
        BinOp::Mul => Some(x * y),
        BinOp::TrueDiv if y != 0.0 => Some(x / y),
        _ => None,
    }
}

/// The float that an integer converts to; an OverflowError if it is out of range.
pub fn of_int(cx: &Ctx, int: Int<'_>) -> Res<f64> {
    let float = int.to_f64();
    if float.is_finite() { Ok(float) } else { Err(cx.overflow_error("int too large to convert to float")) }
}

pub(super) fn of_number(cx: &Ctx, number: Number<'_>) -> Res<f64> {
    match number {
        Number::Int(int) => of_int(cx, int),
        Number::Float(float) => Ok(float),
        Number::Complex(..) => Err(cx.type_error("must be real number, not complex")),
    }
}

/// An operator on two floats; `None` for one that floats do not have.
pub(super) fn binary(cx: &Ctx, op: BinOp, x: f64, y: f64) -> Option<Res<Value<'_>>> {
    if let Some(result) = quick(op, x, y) {
        return Some(Ok(cx.float(result)));
    }
    let divides = matches!(op, BinOp::TrueDiv | BinOp::FloorDiv | BinOp::Mod | BinOp::DivMod);
    if divides && y == 0.0 {
        return Some(Err(cx.zero_division("division by zero")));
    }
    Some(match op {
        BinOp::FloorDiv => Ok(cx.float(div_mod(x, y).0)),
        BinOp::Mod => Ok(cx.float(div_mod(x, y).1)),
        BinOp::DivMod => {
            let (quotient, remainder) = div_mod(x, y);
            Ok(cx.tuple(&[cx.float(quotient), cx.float(remainder)]))
        }
        BinOp::Pow => power(cx, x, y),
        _ => return None,
    })
}

/// The floor of the quotient, and the remainder, which has the sign of the divisor. The divisor is not zero.
///
/// The quotient is taken from the exact remainder, not from a rounded division, so that `q * y + r` is near `x`.
pub fn div_mod(x: f64, y: f64) -> (f64, f64) {
    let mut remainder = x % y;
    let mut quotient = (x - remainder) / y;
    if remainder == 0.0 {
        remainder = 0.0f64.copysign(y);
    } else if (remainder < 0.0) != (y < 0.0) {
        remainder += y;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return (0.0f64.copysign(x / y), remainder);
    }
    let floor = quotient.floor();
    (if quotient - floor > 0.5 { floor + 1.0 } else { floor }, remainder)
}

/// `x ** y`: a complex number if a negative one is raised to a fraction.
pub(super) fn power(cx: &Ctx, x: f64, y: f64) -> Res<Value<'_>> {
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(cx.zero_division("zero to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.fract() != 0.0 {
        return complex::power(cx, (x, 0.0), (y, 0.0));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(range_error(cx));
    }
    Ok(cx.float(result))
}

/// The OverflowError of a result that is out of range, as C's `errno` words it.
pub(super) fn range_error(cx: &Ctx) -> Raised {
    cx.raise_with(Builtin::OverflowError, &[cx.int(34), cx.str("Numerical result out of range")])
}
