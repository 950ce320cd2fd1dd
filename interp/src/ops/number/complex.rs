//! Arithmetic of complex numbers. Where one operand is real, only what it means is computed, as in C's Annex G: adding a
//! real number leaves the imaginary part alone.

use super::{BinOp, Number, UnaryOp, float};
use crate::ctx::{Ctx, Res};
use crate::types::complex::Complex;
use crate::value::Value;

type Pair = (f64, f64);

/// An operand: real numbers keep their kind.
enum Operand {
    Real(f64),
    Complex(Pair),
}

impl Operand {
    fn pair(&self) -> Pair {
        match *self {
            Operand::Real(re) => (re, 0.0),
            Operand::Complex(pair) => pair,
        }
    }
}

fn operand(cx: &Ctx, number: Number<'_>) -> Res<Operand> {
    match number {
        Number::Complex(re, im) => Ok(Operand::Complex((re, im))),
        real => float::of_number(cx, real).map(Operand::Real),
    }
}

fn value(cx: &Ctx, (re, im): Pair) -> Value<'_> {
    Value::of(Complex::alloc(cx, re, im))
}

/// An operator on two numbers of which one is complex; `None` for one that complex numbers do not have.
pub(super) fn binary<'h>(cx: &'h Ctx, op: BinOp, x: Number<'h>, y: Number<'h>) -> Option<Res<Value<'h>>> {
    if !matches!(op, BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::TrueDiv | BinOp::Pow) {
        return None;
    }
    Some(compute(cx, op, x, y))
}

fn compute<'h>(cx: &'h Ctx, op: BinOp, x: Number<'h>, y: Number<'h>) -> Res<Value<'h>> {
    use Operand::{Complex, Real};
    let (x, y) = (operand(cx, x)?, operand(cx, y)?);
    let result = match (op, &x, &y) {
        (BinOp::Add, Real(r), Complex(c)) | (BinOp::Add, Complex(c), Real(r)) => (c.0 + r, c.1),
        (BinOp::Add, ..) => (x.pair().0 + y.pair().0, x.pair().1 + y.pair().1),
        (BinOp::Sub, Complex(c), Real(r)) => (c.0 - r, c.1),
        (BinOp::Sub, Real(r), Complex(c)) => (r - c.0, -c.1),
        (BinOp::Sub, ..) => (x.pair().0 - y.pair().0, x.pair().1 - y.pair().1),
        (BinOp::Mul, Real(r), Complex(c)) | (BinOp::Mul, Complex(c), Real(r)) => (c.0 * r, c.1 * r),
        (BinOp::Mul, ..) => multiply(x.pair(), y.pair()),
        (BinOp::TrueDiv, _, _) if y.pair() == (0.0, 0.0) => return Err(cx.zero_division("division by zero")),
        (BinOp::TrueDiv, Complex(c), Real(r)) => (c.0 / r, c.1 / r),
        (BinOp::TrueDiv, ..) => divide(x.pair(), y.pair()),
        _ => return power(cx, x.pair(), y.pair()),
    };
    Ok(value(cx, result))
}

fn multiply(x: Pair, y: Pair) -> Pair {
    (x.0 * y.0 - x.1 * y.1, x.0 * y.1 + x.1 * y.0)
}

/// Smith's algorithm: scales by the larger part of the divisor so that nothing overflows on the way.
fn divide(x: Pair, y: Pair) -> Pair {
    if y.0.abs() >= y.1.abs() {
        let ratio = y.1 / y.0;
        let denominator = y.0 + y.1 * ratio;
        ((x.0 + x.1 * ratio) / denominator, (x.1 - x.0 * ratio) / denominator)
    } else if y.1.abs() >= y.0.abs() {
        let ratio = y.0 / y.1;
        let denominator = y.0 * ratio + y.1;
        ((x.0 * ratio + x.1) / denominator, (x.1 * ratio - x.0) / denominator)
    } else {
        (f64::NAN, f64::NAN)
    }
}

/// `x ** y`: by multiplication for small whole exponents, else through polar coordinates.
pub(super) fn power(cx: &Ctx, x: Pair, y: Pair) -> Res<Value<'_>> {
    if y == (0.0, 0.0) {
        return Ok(value(cx, (1.0, 0.0)));
    }
    if x == (0.0, 0.0) {
        if y.1 != 0.0 || y.0 < 0.0 {
            return Err(cx.zero_division("zero to a negative or complex power"));
        }
        return Ok(value(cx, (0.0, 0.0)));
    }
    let result = if y.1 == 0.0 && y.0.fract() == 0.0 && y.0.abs() <= 100.0 {
        let positive = whole_power(x, y.0.abs() as u32);
        if y.0 < 0.0 { divide((1.0, 0.0), positive) } else { positive }
    } else {
        let (modulus, angle) = (x.0.hypot(x.1), x.1.atan2(x.0));
        let mut length = modulus.powf(y.0);
        let mut direction = angle * y.0;
        if y.1 != 0.0 {
            length *= (-angle * y.1).exp();
            direction += y.1 * modulus.ln();
        }
        (length * direction.cos(), length * direction.sin())
    };
    let finite_operands = [x.0, x.1, y.0, y.1].iter().all(|part| part.is_finite());
    if finite_operands && !(result.0.is_finite() && result.1.is_finite()) {
        return Err(cx.overflow_error("complex exponentiation"));
    }
    Ok(value(cx, result))
}

fn whole_power(x: Pair, exponent: u32) -> Pair {
    let (mut result, mut square) = ((1.0, 0.0), x);
    let mut mask = 1;
    while mask <= exponent {
        if exponent & mask != 0 {
            result = multiply(result, square);
        }
        mask <<= 1;
        square = multiply(square, square);
    }
    result
}

pub(super) fn unary<'h>(cx: &'h Ctx, op: UnaryOp, re: f64, im: f64) -> Option<Value<'h>> {
    Some(match op {
        UnaryOp::Neg => value(cx, (-re, -im)),
        UnaryOp::Pos => value(cx, (re, im)),
        UnaryOp::Abs => cx.float(re.hypot(im)),
        UnaryOp::Invert => return None,
    })
}
