//! Floats taken apart, compared and rounded.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::ops::attr::call_special;
use argil_interp::ops::number::int::from_float;
use argil_interp::ops::number::{self, to_float};
use argil_interp::types::int::Int;
use argil_interp::value::Value;

use super::{in_range, plain_domain_error};

/// An integer from a special method, or from a float by `round`.
fn rounded(cx: &mut Ctx, x: Slot, method: Name, round: fn(f64) -> f64) -> Res<Slot> {
    if let Some(plain) = number::plain_int(cx, cx.get(x)) {
        return Ok(cx.root(plain));
    }
    if cx.get(x).as_float().is_none()
        && let Some(result) = call_special(cx, x, method, &[])?
    {
        return Ok(result);
    }
    let x = to_float(cx, x)?;
    Ok(cx.root(from_float(cx, round(x))?))
}

/// The number of a float in the order of all floats; zeros of both signs share 0.
fn rank(x: f64) -> i64 {
    let bits = x.to_bits() as i64;
    if bits < 0 { -(bits & i64::MAX) } else { bits }
}

/// The float of a rank.
fn of_rank(rank: i64) -> f64 {
    let magnitude = f64::from_bits(rank.unsigned_abs());
    if rank < 0 { -magnitude } else { magnitude }
}

/// The float `steps` after `x` towards `y`.
fn next_after(x: f64, y: f64, steps: u64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    let (from, to) = (rank(x), rank(y));
    let distance = i128::from(to) - i128::from(from);
    if distance == 0 {
        return if steps == 0 { x } else { y };
    }
    if u128::from(steps) >= distance.unsigned_abs() {
        return y;
    }
    let moved = i128::from(from) + distance.signum() * i128::from(steps);
    let result = of_rank(moved as i64);
    // A step from below to zero ends at minus zero.
    if result == 0.0 { result.copysign(x) } else { result }
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Return the floor of x as an integer.
        call fn floor(cx; x: Slot) -> Slot {
            rounded(cx, x, Name::__floor__, f64::floor)
        }

        /// Return the ceiling of x as an integer.
        call fn ceil(cx; x: Slot) -> Slot {
            rounded(cx, x, Name::__ceil__, f64::ceil)
        }

        /// Truncate x to the nearest integer toward 0.
        call fn trunc(cx; x: Slot) -> Slot {
            match call_special(cx, x, Name::__trunc__, &[])? {
                Some(result) => Ok(result),
                None => {
                    let class = cx.type_name(cx.get(x));
                    Err(cx.type_error(format!("type {class} doesn't define __trunc__ method")))
                }
            }
        }

        /// Return the absolute value of x.
        fn fabs(cx; x: f64) -> f64 {
            Ok(x.abs())
        }

        /// Return a float with the magnitude of x and the sign of y.
        fn copysign(cx; x: f64, y: f64) -> f64 {
            Ok(x.copysign(y))
        }

        /// Return the remainder of x/y with the sign of x.
        fn fmod(cx; x: f64, y: f64) -> f64 {
            let result = x % y;
            if result.is_nan() && !x.is_nan() && !y.is_nan() { Err(plain_domain_error(cx)) } else { Ok(result) }
        }

        /// Return the difference between x and the nearest multiple of y.
        fn remainder(cx; x: f64, y: f64) -> f64 {
            let result = libm::remainder(x, y);
            if result.is_nan() && !x.is_nan() && !y.is_nan() { Err(plain_domain_error(cx)) } else { Ok(result) }
        }

        /// Return the fractional and integer parts of x.
        fn modf(cx; x: f64) -> Value<'h> {
            let fraction = if x.is_infinite() { 0.0f64.copysign(x) } else { x.fract().copysign(x) };
            Ok(cx.tuple(&[cx.float(fraction), cx.float(x.trunc())]))
        }

        /// Return the significand and exponent of x.
        fn frexp(cx; x: f64) -> Value<'h> {
            let (significand, exponent) = if x.is_finite() { libm::frexp(x) } else { (x, 0) };
            Ok(cx.tuple(&[cx.float(significand), cx.int(i64::from(exponent))]))
        }

        /// Return x * (2**i).
        fn ldexp(cx; x: f64, i: Value<'h>) -> f64 {
            let Some(exponent) = i.as_int() else {
                return Err(cx.type_error("Expected an int as second argument to ldexp."));
            };
            if x == 0.0 || !x.is_finite() {
                return Ok(x);
            }
            let negative = number::int::is_negative(exponent);
            let exponent = exponent.to_i64().unwrap_or(if negative { -10_000 } else { 10_000 });
            in_range(cx, x, libm::ldexp(x, exponent.clamp(-10_000, 10_000) as i32))
        }

        /// Return the float after x towards y, or the one so many steps away.
        fn nextafter(cx; x: f64, y: f64; ; steps: Option<Int<'h>> = None) -> f64 {
            let Some(steps) = steps else { return Ok(next_after(x, y, 1)) };
            if number::int::is_negative(steps) {
                return Err(cx.value_error("steps must be a non-negative integer"));
            }
            Ok(next_after(x, y, steps.to_i64().map_or(u64::MAX, i64::unsigned_abs)))
        }

        /// Return the value of the least significant bit of x.
        fn ulp(cx; x: f64) -> f64 {
            let x = x.abs();
            if !x.is_finite() {
                return Ok(x);
            }
            Ok(if x == f64::MAX { x - next_after(x, 0.0, 1) } else { next_after(x, f64::INFINITY, 1) - x })
        }

        /// Return True if x is neither an infinity nor a NaN.
        fn isfinite(cx; x: f64) -> bool {
            Ok(x.is_finite())
        }

        /// Return True if x is an infinity.
        fn isinf(cx; x: f64) -> bool {
            Ok(x.is_infinite())
        }

        /// Return True if x is a NaN.
        fn isnan(cx; x: f64) -> bool {
            Ok(x.is_nan())
        }

        /// Determine whether two floats are close to each other.
        fn isclose(cx; ; a: f64, b: f64; rel_tol: f64 = 1e-9, abs_tol: f64 = 0.0) -> bool {
            if rel_tol < 0.0 || abs_tol < 0.0 {
                return Err(cx.value_error("tolerances must be non-negative"));
            }
            if a == b {
                return Ok(true);
            }
            let difference = (b - a).abs();
            let relative = (rel_tol * b).abs().max((rel_tol * a).abs());
            Ok(a.is_finite() && b.is_finite() && (difference <= relative || difference <= abs_tol))
        }

        /// Return x * y + z, rounded once.
        fn fma(cx; x: f64, y: f64, z: f64) -> f64 {
            let result = x.mul_add(y, z);
            if result.is_nan() && !x.is_nan() && !y.is_nan() && !z.is_nan() {
                return Err(cx.value_error("invalid operation in fma"));
            }
            if result.is_infinite() && x.is_finite() && y.is_finite() && z.is_finite() {
                return Err(cx.overflow_error("overflow in fma"));
            }
            Ok(result)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours() {
        assert_eq!(next_after(1.0, 2.0, 1), 1.0 + f64::EPSILON);
        assert_eq!(next_after(0.0, 1.0, 1), 5e-324);
        assert_eq!(next_after(0.0, -1.0, 1), -5e-324);
        assert_eq!(next_after(1.0, 2.0, u64::MAX), 2.0);
        assert!(next_after(-5e-324, 1.0, 1).is_sign_negative());
        assert_eq!(next_after(f64::MAX, f64::INFINITY, 1), f64::INFINITY);
    }
}
