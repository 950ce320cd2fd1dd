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
    let product = (x.0 * y.0 - x.1 * y.1, x.0 * y.1 + x.1 * y.0);
    if product.0.is_nan() && product.1.is_nan() { recovered_product(x, y).unwrap_or(product) } else { product }
}

/// 1 or 0 with the sign of a part: what is left of a number whose infinite parts say where it points to.
fn direction((re, im): Pair) -> Pair {
    let unit = |part: f64| if part.is_infinite() { 1.0f64 } else { 0.0 }.copysign(part);
    (unit(re), unit(im))
}

/// The same number with zeros in place of NaNs.
fn without_nan((re, im): Pair) -> Pair {
    let zero = |part: f64| if part.is_nan() { 0.0f64.copysign(part) } else { part };
    (zero(re), zero(im))
}

fn has_infinity((re, im): Pair) -> bool {
    re.is_infinite() || im.is_infinite()
}

/// The infinite product of numbers whose product came out as NaN though one of them, or a product of parts, is infinite.
fn recovered_product(x: Pair, y: Pair) -> Option<Pair> {
    let overflows = [x.0 * y.0, x.1 * y.1, x.0 * y.1, x.1 * y.0].iter().any(|part| part.is_infinite());
    let (x, y) = match (has_infinity(x), has_infinity(y)) {
        (true, true) => (direction(x), direction(y)),
        (true, false) => (direction(x), without_nan(y)),
        (false, true) => (without_nan(x), direction(y)),
        (false, false) if overflows => (without_nan(x), without_nan(y)),
        (false, false) => return None,
    };
    Some((f64::INFINITY * (x.0 * y.0 - x.1 * y.1), f64::INFINITY * (x.0 * y.1 + x.1 * y.0)))
}

/// A quotient: infinite where an infinite number was divided by a finite one, zero where it was the other way round.
fn divide(x: Pair, y: Pair) -> Pair {
    let quotient = scaled_quotient(x, y);
    let is_finite = |(re, im): Pair| re.is_finite() && im.is_finite();
    if !(quotient.0.is_nan() && quotient.1.is_nan()) {
        return quotient;
    }
    if has_infinity(x) && is_finite(y) {
        let (re, im) = direction(x);
        return (f64::INFINITY * (re * y.0 + im * y.1), f64::INFINITY * (im * y.0 - re * y.1));
    }
    if has_infinity(y) && is_finite(x) {
        let (re, im) = direction(y);
        return (0.0 * (x.0 * re + x.1 * im), 0.0 * (x.1 * re - x.0 * im));
    }
    quotient
}

/// Smith's algorithm: scales by the larger part of the divisor so that nothing overflows on the way.
fn scaled_quotient(x: Pair, y: Pair) -> Pair {
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

/// `None` for an operator that complex numbers do not have, and for an absolute value that is too large.
pub(super) fn unary<'h>(cx: &'h Ctx, op: UnaryOp, re: f64, im: f64) -> Option<Value<'h>> {
    Some(match op {
        UnaryOp::Neg => value(cx, (-re, -im)),
        UnaryOp::Pos => value(cx, (re, im)),
        UnaryOp::Abs => match re.hypot(im) {
            modulus if modulus.is_infinite() && re.is_finite() && im.is_finite() => return None,
            modulus => cx.float(modulus),
        },
        UnaryOp::Invert => return None,
    })
}
