//! Arithmetic of integers: words where they suffice, `dashu` beyond.

use dashu_int::IBig;
use dashu_int::ops::{BitTest, DivRem, UnsignedAbs};

use super::{BinOp, UnaryOp, division, float};
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::types::int::Int;
use crate::types::int::big_floor_div_rem;
use crate::value::Value;

/// Results with more bits than this are refused with a MemoryError rather than attempted.
const MOST_BITS: u64 = 1 << 36;
/// The same for powers, which take far longer to compute than to store.
const MOST_BITS_OF_POWER: u64 = 1 << 33;

/// Refuses unless there is memory for a number of so many bits, and as much again for what is computed on the way: the
/// arithmetic itself cannot be refused any.
pub fn expect_bits(bits: u64) {
    memory::expect(usize::try_from(bits / 4).unwrap_or(usize::MAX));
}

/// How many bits a number has.
fn bits(x: Int<'_>) -> u64 {
    match x {
        Int::Small(_) => 64,
        Int::Big(big) => big.bit_len() as u64,
    }
}

/// Operators on words whose result is an integer; `None` where it takes more than a few instructions, or an error.
#[inline(always)]
pub(super) fn small(cx: &Ctx, op: BinOp, x: i64, y: i64) -> Option<Value<'_>> {
    // Two 62-bit numbers add up to 63 bits, so these additions do not overflow.
    Some(match op {
        BinOp::Add => cx.int(x + y),
        BinOp::Sub => cx.int(x - y),
        BinOp::Mul => cx.int(x.checked_mul(y)?),
        BinOp::FloorDiv if y != 0 => cx.int(floor_div(x, y)),
        BinOp::Mod if y != 0 => cx.int(floor_mod(x, y)),
        BinOp::TrueDiv if y != 0 => cx.float(division::small(x, y)?),
        BinOp::And => cx.int(x & y),
        BinOp::Or => cx.int(x | y),
        BinOp::Xor => cx.int(x ^ y),
        BinOp::RShift if y >= 0 => cx.int(x >> y.min(63)),
        BinOp::LShift if (0..62).contains(&y) => {
            let shifted = x << y;
            if shifted >> y != x {
                return None;
            }
            cx.int(shifted)
        }
        _ => return None,
    })
}

/// The quotient rounded towards minus infinity.
#[inline(always)]
pub fn floor_div(x: i64, y: i64) -> i64 {
    let (quotient, remainder) = (x / y, x % y);
    if remainder != 0 && (remainder < 0) != (y < 0) { quotient - 1 } else { quotient }
}

/// The remainder with the sign of the divisor.
#[inline(always)]
pub fn floor_mod(x: i64, y: i64) -> i64 {
    let remainder = x % y;
    if remainder != 0 && (remainder < 0) != (y < 0) { remainder + y } else { remainder }
}

/// An operator on two integers; `None` for one that integers do not have.
pub(super) fn binary<'h>(cx: &'h Ctx, op: BinOp, x: Int<'h>, y: Int<'h>) -> Option<Res<Value<'h>>> {
    if let (Int::Small(x), Int::Small(y)) = (x, y)
        && let Some(result) = small(cx, op, x, y)
    {
        return Some(Ok(result));
    }
    let is_zero = matches!(y, Int::Small(0));
    Some(match op {
        BinOp::TrueDiv | BinOp::FloorDiv | BinOp::Mod | BinOp::DivMod if is_zero => {
            Err(cx.zero_division("division by zero"))
        }
        BinOp::TrueDiv => division::big(&x.to_big(), &y.to_big())
            .map(|quotient| cx.float(quotient))
            .ok_or_else(|| cx.overflow_error("integer division result too large for a float")),
        BinOp::Pow => power(cx, x, y),
        BinOp::LShift => shift_left(cx, x, y),
        BinOp::RShift => shift_right(cx, x, y),
        BinOp::MatMul => return None,
        BinOp::DivMod => {
            let (quotient, remainder) = big_floor_div_rem(&x.to_big(), &y.to_big());
            Ok(cx.tuple(&[cx.big_int(quotient), cx.big_int(remainder)]))
        }
        _ => {
            // What is computed on the way to a product takes about as much as the operands.
            expect_bits(2 * (bits(x) + bits(y)));
            Ok(cx.big_int(with_big(x, |x| with_big(y, |y| big(op, x, y)))))
        }
    })
}

/// Runs `f` with a big integer, borrowed if there is one already.
fn with_big<R>(x: Int<'_>, f: impl FnOnce(&IBig) -> R) -> R {
    match x {
        Int::Small(small) => f(&IBig::from(small)),
        Int::Big(big) => f(big),
    }
}

fn big(op: BinOp, x: &IBig, y: &IBig) -> IBig {
    match op {
        BinOp::Add => x + y,
        BinOp::Sub => x - y,
        BinOp::Mul => x * y,
        BinOp::FloorDiv => big_floor_div_rem(x, y).0,
        BinOp::Mod => big_floor_div_rem(x, y).1,
        BinOp::And => x & y,
        BinOp::Or => x | y,
        BinOp::Xor => x ^ y,
        _ => unreachable!("handled by the caller"),
    }
}

fn shift_left<'h>(cx: &'h Ctx, x: Int<'h>, by: Int<'h>) -> Res<Value<'h>> {
    if matches!(x, Int::Small(0)) && !is_negative(by) {
        return Ok(cx.int(0));
    }
    match by {
        Int::Small(by) if by < 0 => Err(cx.value_error("negative shift count")),
        Int::Small(by) if by as u64 <= MOST_BITS => {
            expect_bits(bits(x) + by as u64);
            Ok(cx.big_int(with_big(x, |x| x << by as usize)))
        }
        Int::Small(_) => memory::refuse(),
        Int::Big(_) if is_negative(by) => Err(cx.value_error("negative shift count")),
        Int::Big(_) => Err(cx.overflow_error("too many digits in integer")),
    }
}

fn shift_right<'h>(cx: &'h Ctx, x: Int<'h>, by: Int<'h>) -> Res<Value<'h>> {
    match by {
        _ if is_negative(by) => Err(cx.value_error("negative shift count")),
        Int::Small(by) if by as u64 <= MOST_BITS => Ok(cx.big_int(with_big(x, |x| x >> by as usize))),
        _ => Ok(cx.int(if is_negative(x) { -1 } else { 0 })),
    }
}

/// Whether an integer is below zero.
pub fn is_negative(x: Int<'_>) -> bool {
    match x {
        Int::Small(small) => small < 0,
        Int::Big(big) => *big < IBig::ZERO,
    }
}

fn power<'h>(cx: &'h Ctx, x: Int<'h>, y: Int<'h>) -> Res<Value<'h>> {
    if is_negative(y) {
        return float::power(cx, float::of_int(cx, x)?, float::of_int(cx, y)?);
    }
    if let (Int::Small(x), Int::Small(y)) = (x, y)
        && let Some(result) = u32::try_from(y).ok().and_then(|y| x.checked_pow(y))
    {
        return Ok(cx.int(result));
    }
    let x = x.to_big();
    if x.is_zero() || x.is_one() {
        return Ok(cx.big_int(x));
    }
    if x == IBig::NEG_ONE {
        let odd = with_big(y, |y| y.bit(0));
        return Ok(cx.int(if odd { -1 } else { 1 }));
    }
    let Int::Small(exponent) = y else { memory::refuse() };
    let least = (x.bit_len() as u64 - 1).saturating_mul(exponent as u64);
    if least > MOST_BITS_OF_POWER {
        memory::refuse();
    }
    expect_bits(2 * (x.bit_len() as u64).saturating_mul(exponent as u64).min(2 * MOST_BITS_OF_POWER));
    Ok(cx.big_int(x.pow(exponent as usize)))
}

/// `pow(x, y, z)`.
pub(super) fn power_mod<'h>(cx: &'h Ctx, x: Int<'h>, y: Int<'h>, z: Int<'h>) -> Res<Value<'h>> {
    if matches!(z, Int::Small(0)) {
        return Err(cx.value_error("pow() 3rd argument cannot be 0"));
    }
    if let (Int::Small(x), Int::Small(y), Int::Small(z)) = (x, y, z)
        && y >= 0
        && z > 0
    {
        return Ok(cx.int(small_power_mod(floor_mod(x, z) as u64, y as u64, z as u64) as i64));
    }
    let modulus = z.to_big();
    let mut base = big_floor_div_rem(&x.to_big(), &modulus).1;
    let mut exponent = y.to_big();
    if is_negative(y) {
        let magnitude = modulus.clone().unsigned_abs();
        let Some(inverse) = inverse(&base, &IBig::from(magnitude)) else {
            return Err(cx.value_error("base is not invertible for the given modulus"));
        };
        base = inverse;
        exponent = -exponent;
    }
    let magnitude = modulus.clone().unsigned_abs();
    if magnitude.is_one() {
        return Ok(cx.int(0));
    }
    let ring = dashu_int::fast_div::ConstDivisor::new(magnitude);
    let power = ring.reduce(base).pow(&exponent.unsigned_abs()).residue();
    Ok(cx.big_int(big_floor_div_rem(&IBig::from(power), &modulus).1))
}

fn small_power_mod(mut base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let times = |a: u64, b: u64| (u128::from(a) * u128::from(b) % u128::from(modulus)) as u64;
    let mut result = 1 % modulus;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        exponent >>= 1;
        if exponent > 0 {
            base = times(base, base);
        }
    }
    result
}

/// The inverse of `x` modulo a positive `modulus`, by the extended Euclidean algorithm.
fn inverse(x: &IBig, modulus: &IBig) -> Option<IBig> {
    let (mut r0, mut r1) = (modulus.clone(), big_floor_div_rem(x, modulus).1);
    let (mut t0, mut t1) = (IBig::ZERO, IBig::ONE);
    while !r1.is_zero() {
        let (quotient, remainder) = (&r0).div_rem(&r1);
        let next = t0 - &quotient * &t1;
        (t0, t1) = (t1, next);
        (r0, r1) = (r1, remainder);
    }
    if r0.is_one() { Some(big_floor_div_rem(&t0, modulus).1) } else { None }
}

pub(super) fn unary<'h>(cx: &'h Ctx, op: UnaryOp, x: Int<'h>) -> Value<'h> {
    match x {
        Int::Small(x) => cx.int(match op {
            UnaryOp::Neg => -x,
            UnaryOp::Pos => x,
            UnaryOp::Invert => !x,
            UnaryOp::Abs => x.abs(),
        }),
        Int::Big(x) => cx.big_int(match op {
            UnaryOp::Neg => -x,
            UnaryOp::Pos => x.clone(),
            UnaryOp::Invert => -x - IBig::ONE,
            UnaryOp::Abs => IBig::from(x.clone().unsigned_abs()),
        }),
    }
}

/// The integer part of a float; an error for infinities and NaN.
pub fn from_float(cx: &Ctx, float: f64) -> Res<Value<'_>> {
    if float.is_nan() {
        return Err(cx.value_error("cannot convert float NaN to integer"));
    }
    if float.is_infinite() {
        return Err(cx.overflow_error("cannot convert float infinity to integer"));
    }
    if float.abs() < 1e18 {
        return Ok(cx.int(float as i64));
    }
    Ok(cx.big_int(big_from_float(float)))
}

/// The integer part of a finite float.
pub fn big_from_float(float: f64) -> IBig {
    let (fraction, exponent) = libm::frexp(float.trunc());
    let significand = IBig::from((fraction * (1u64 << 53) as f64) as i64);
    match exponent - 53 {
        up if up >= 0 => significand << up as usize,
        down => significand >> down.unsigned_abs() as usize,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_rounds_down() {
        for x in -20i64..=20 {
            for y in (-7i64..=7).filter(|y| *y != 0) {
                let (quotient, remainder) = (floor_div(x, y), floor_mod(x, y));
                assert_eq!(quotient * y + remainder, x);
                assert!(remainder == 0 || (remainder < 0) == (y < 0) && remainder.abs() < y.abs());
                let big = big_floor_div_rem(&IBig::from(x), &IBig::from(y));
                assert_eq!(big, (IBig::from(quotient), IBig::from(remainder)));
            }
        }
    }

    #[test]
    fn inverses_multiply_to_one() {
        for x in 1i64..13 {
            let inverse = inverse(&IBig::from(x), &IBig::from(13)).expect("13 is prime");
            assert_eq!(inverse * x % 13, 1);
        }
        assert_eq!(inverse(&IBig::from(4), &IBig::from(6)), None);
    }
}
