//! Powers, logarithms, and trigonometric and hyperbolic functions.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number::to_float;
use argil_interp::types::int::Int;
use dashu_int::IBig;
use dashu_int::ops::{BitTest, UnsignedAbs};

use super::{domain_error, in_range, plain_domain_error, range_error};

/// A logarithm of an integer or float: that of the significand, and what each doubling adds.
fn logarithm(cx: &mut Ctx, x: Slot, log: fn(f64) -> f64, doubling: f64) -> Res<f64> {
    if let Some(int) = cx.get(x).as_int() {
        if argil_interp::ops::number::int::is_negative(int) || matches!(int, Int::Small(0)) {
            return Err(cx.value_error("expected a positive input"));
        }
        let nearest = int.to_f64();
        if nearest.is_finite() {
            return Ok(log(nearest));
        }
        let big = int.to_big();
        let bits = big.clone().unsigned_abs().bit_len();
        let significand = IBig::to_f64(&(big >> (bits - 64))).value();
        return Ok(log(significand / (1u128 << 64) as f64) + doubling * bits as f64);
    }
    let x = to_float(cx, x)?;
    if x <= 0.0 { Err(domain_error(cx, "a positive input", x)) } else { Ok(log(x)) }
}

/// A function that is periodic, so that infinity has no value.
fn periodic(cx: &Ctx, x: f64, f: fn(f64) -> f64) -> Res<f64> {
    if x.is_infinite() { Err(domain_error(cx, "a finite input", x)) } else { Ok(f(x)) }
}

fn power(cx: &Ctx, x: f64, y: f64) -> Res<f64> {
    let result = x.powf(y);
    if !x.is_finite() || !y.is_finite() || result.is_finite() {
        return Ok(result);
    }
    if result.is_nan() || x == 0.0 { Err(plain_domain_error(cx)) } else { Err(range_error(cx)) }
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Return the square root of x.
        call fn sqrt(cx; x: f64) -> f64 {
            if x < 0.0 { Err(domain_error(cx, "a nonnegative input", x)) } else { Ok(x.sqrt()) }
        }

        /// Return the cube root of x.
        call fn cbrt(cx; x: f64) -> f64 {
            Ok(x.cbrt())
        }

        /// Return e raised to the power of x.
        call fn exp(cx; x: f64) -> f64 {
            in_range(cx, x, x.exp())
        }

        /// Return 2 raised to the power of x.
        call fn exp2(cx; x: f64) -> f64 {
            in_range(cx, x, x.exp2())
        }

        /// Return exp(x)-1, exactly for small x, too.
        call fn expm1(cx; x: f64) -> f64 {
            in_range(cx, x, x.exp_m1())
        }

        /// Return x raised to the power of y.
        call fn pow(cx; x: f64, y: f64) -> f64 {
            power(cx, x, y)
        }

        /// Return the logarithm of x to the given base, or the natural logarithm.
        call fn log(cx; x: Slot, base: Option<Slot> = None) -> f64 {
            let numerator = logarithm(cx, x, f64::ln, std::f64::consts::LN_2)?;
            let Some(base) = base else { return Ok(numerator) };
            let denominator = logarithm(cx, base, f64::ln, std::f64::consts::LN_2)?;
            if denominator == 0.0 {
                return Err(cx.raise(Builtin::ZeroDivisionError, "division by zero"));
            }
            Ok(numerator / denominator)
        }

        /// Return the base 2 logarithm of x.
        call fn log2(cx; x: Slot) -> f64 {
            logarithm(cx, x, f64::log2, 1.0)
        }

        /// Return the base 10 logarithm of x.
        call fn log10(cx; x: Slot) -> f64 {
            logarithm(cx, x, f64::log10, std::f64::consts::LOG10_2)
        }

        /// Return the natural logarithm of 1+x, exactly for small x, too.
        call fn log1p(cx; x: f64) -> f64 {
            if x <= -1.0 { Err(domain_error(cx, "argument value > -1", x)) } else { Ok(x.ln_1p()) }
        }

        /// Return the sine of x (measured in radians).
        call fn sin(cx; x: f64) -> f64 {
            periodic(cx, x, f64::sin)
        }

        /// Return the cosine of x (measured in radians).
        call fn cos(cx; x: f64) -> f64 {
            periodic(cx, x, f64::cos)
        }

        /// Return the tangent of x (measured in radians).
        call fn tan(cx; x: f64) -> f64 {
            periodic(cx, x, f64::tan)
        }

        /// Return the arc sine (measured in radians) of x.
        call fn asin(cx; x: f64) -> f64 {
            if x.abs() > 1.0 { Err(domain_error(cx, "a number in range from -1 up to 1", x)) } else { Ok(x.asin()) }
        }

        /// Return the arc cosine (measured in radians) of x.
        call fn acos(cx; x: f64) -> f64 {
            if x.abs() > 1.0 { Err(domain_error(cx, "a number in range from -1 up to 1", x)) } else { Ok(x.acos()) }
        }

        /// Return the arc tangent (measured in radians) of x.
        call fn atan(cx; x: f64) -> f64 {
            Ok(x.atan())
        }

        /// Return the arc tangent (measured in radians) of y/x, in the quadrant that their signs tell.
        call fn atan2(cx; y: f64, x: f64) -> f64 {
            Ok(y.atan2(x))
        }

        /// Return the hyperbolic sine of x.
        call fn sinh(cx; x: f64) -> f64 {
            in_range(cx, x, x.sinh())
        }

        /// Return the hyperbolic cosine of x.
        call fn cosh(cx; x: f64) -> f64 {
            in_range(cx, x, x.cosh())
        }

        /// Return the hyperbolic tangent of x.
        call fn tanh(cx; x: f64) -> f64 {
            Ok(x.tanh())
        }

        /// Return the inverse hyperbolic sine of x.
        call fn asinh(cx; x: f64) -> f64 {
            Ok(argil_system::real::inverse_sinh(x))
        }

        /// Return the inverse hyperbolic cosine of x.
        call fn acosh(cx; x: f64) -> f64 {
            if x < 1.0 { Err(domain_error(cx, "argument value not less than 1", x)) } else { Ok(argil_system::real::inverse_cosh(x)) }
        }

        /// Return the inverse hyperbolic tangent of x.
        call fn atanh(cx; x: f64) -> f64 {
            if x.abs() >= 1.0 { Err(domain_error(cx, "a number between -1 and 1", x)) } else { Ok(argil_system::real::inverse_tanh(x)) }
        }

        /// Convert an angle from radians to degrees.
        call fn degrees(cx; x: f64) -> f64 {
            Ok(x * (180.0 / std::f64::consts::PI))
        }

        /// Convert an angle from degrees to radians.
        call fn radians(cx; x: f64) -> f64 {
            Ok(x * (std::f64::consts::PI / 180.0))
        }
    }
}
