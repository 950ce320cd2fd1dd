//! `cmath`: functions of complex numbers.

mod inverse;
mod number;
mod periodic;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number::to_float;
use argil_interp::types::complex::Complex;
use argil_interp::types::complex::methods::from_number;
use argil_interp::value::Value;

use number::{Answer, Wrong, Z, z};

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "cmath", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    use std::f64::consts::{E, PI, TAU};
    let cx: &Ctx = cx;
    for (name, real) in [("pi", PI), ("e", E), ("tau", TAU), ("inf", f64::INFINITY), ("nan", f64::NAN)] {
        cx.define(module, name, cx.float(real));
    }
    for (name, imaginary) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        cx.define(module, name, Value::of(Complex::alloc(cx, 0.0, imaginary)));
    }
    Ok(())
}

/// An argument.
fn given(cx: &mut Ctx, value: Slot) -> Res<Z> {
    let (re, im) = from_number(cx, value, |cx, class| cx.type_error(format!("must be real number, not {class}")))?;
    Ok(z(re, im))
}

fn raise(cx: &Ctx, wrong: Wrong) -> Raised {
    match wrong {
        Wrong::Domain => cx.value_error("math domain error"),
        Wrong::Range => cx.raise(Builtin::OverflowError, "math range error"),
    }
}

fn complex(cx: &Ctx, number: Z) -> Slot {
    cx.root(Value::of(Complex::alloc(cx, number.re, number.im)))
}

fn answer(cx: &mut Ctx, value: Slot, function: fn(Z) -> Answer) -> Res<Slot> {
    let value = given(cx, value)?;
    function(value).map(|number| complex(cx, number)).map_err(|wrong| raise(cx, wrong))
}

/// The modulus.
fn modulus(cx: &Ctx, number: Z) -> Res<f64> {
    let size = number.re.hypot(number.im);
    if size.is_infinite() && number.is_finite() { Err(raise(cx, Wrong::Range)) } else { Ok(size) }
}

/// The quotient of two numbers, by Smith's method.
fn quotient(a: Z, b: Z) -> Answer {
    if b.re == 0.0 && b.im == 0.0 {
        return Err(Wrong::Domain);
    }
    if b.re.abs() >= b.im.abs() {
        let ratio = b.im / b.re;
        let below = b.re + b.im * ratio;
        return Ok(z((a.re + a.im * ratio) / below, (a.im - a.re * ratio) / below));
    }
    if b.im.abs() >= b.re.abs() {
        let ratio = b.re / b.im;
        let below = b.re * ratio + b.im;
        return Ok(z((a.re * ratio + a.im) / below, (a.im * ratio - a.re) / below));
    }
    Ok(z(f64::NAN, f64::NAN))
}

natives! {
    static FUNCTIONS = {
        /// Return the arc cosine of z.
        call fn acos(cx; z: Slot) -> Slot { answer(cx, z, |z| Ok(inverse::acos(z))) }

        /// Return the inverse hyperbolic cosine of z.
        call fn acosh(cx; z: Slot) -> Slot { answer(cx, z, |z| Ok(inverse::acosh(z))) }

        /// Return the arc sine of z.
        call fn asin(cx; z: Slot) -> Slot { answer(cx, z, |z| Ok(inverse::asin(z))) }

        /// Return the inverse hyperbolic sine of z.
        call fn asinh(cx; z: Slot) -> Slot { answer(cx, z, |z| Ok(inverse::asinh(z))) }

        /// Return the arc tangent of z.
        call fn atan(cx; z: Slot) -> Slot { answer(cx, z, inverse::atan) }

        /// Return the inverse hyperbolic tangent of z.
        call fn atanh(cx; z: Slot) -> Slot { answer(cx, z, inverse::atanh) }

        /// Return the cosine of z.
        call fn cos(cx; z: Slot) -> Slot { answer(cx, z, periodic::cos) }

        /// Return the hyperbolic cosine of z.
        call fn cosh(cx; z: Slot) -> Slot { answer(cx, z, periodic::cosh) }

        /// Return the exponential value e**z.
        call fn exp(cx; z: Slot) -> Slot { answer(cx, z, periodic::exp) }

        /// Return the base-10 logarithm of z.
        call fn log10(cx; z: Slot) -> Slot { answer(cx, z, inverse::log10) }

        /// Return the sine of z.
        call fn sin(cx; z: Slot) -> Slot { answer(cx, z, periodic::sin) }

        /// Return the hyperbolic sine of z.
        call fn sinh(cx; z: Slot) -> Slot { answer(cx, z, periodic::sinh) }

        /// Return the square root of z.
        call fn sqrt(cx; z: Slot) -> Slot { answer(cx, z, |z| Ok(inverse::sqrt(z))) }

        /// Return the tangent of z.
        call fn tan(cx; z: Slot) -> Slot { answer(cx, z, periodic::tan) }

        /// Return the hyperbolic tangent of z.
        call fn tanh(cx; z: Slot) -> Slot { answer(cx, z, periodic::tanh) }

        /// Return the logarithm of z to the given base, which is e if it is not given.
        call fn log(cx; z: Slot, base: Option<Slot> = None) -> Slot {
            let Some(base) = base else { return answer(cx, z, inverse::log) };
            let (z, base) = (given(cx, z)?, given(cx, base)?);
            let logs = inverse::log(z).and_then(|log| Ok((log, inverse::log(base)?)));
            let made = logs.and_then(|(log, base)| quotient(log, base));
            made.map(|number| complex(cx, number)).map_err(|wrong| raise(cx, wrong))
        }

        /// Return argument, also known as the phase angle, of a complex.
        call fn phase(cx; z: Slot) -> f64 {
            let z = given(cx, z)?;
            let angle = z.im.atan2(z.re);
            // As the C library says of an angle that is too small for a number.
            let vanished = angle == 0.0 && z.im != 0.0 && z.re.is_finite();
            if vanished { Err(raise(cx, Wrong::Range)) } else { Ok(angle) }
        }

        /// Convert a complex from rectangular coordinates to polar coordinates.
        call fn polar(cx; z: Slot) -> Slot {
            let z = given(cx, z)?;
            let size = modulus(cx, z)?;
            Ok(cx.root(cx.tuple(&[cx.float(size), cx.float(z.im.atan2(z.re))])))
        }

        /// Convert from polar coordinates to rectangular coordinates.
        call fn rect(cx; r: Slot, phi: Slot) -> Slot {
            let (r, phi) = (to_float(cx, r)?, to_float(cx, phi)?);
            periodic::rect(r, phi).map(|number| complex(cx, number)).map_err(|wrong| raise(cx, wrong))
        }

        /// Return True if both the real and the imaginary parts of z are finite, else False.
        call fn isfinite(cx; z: Slot) -> bool { given(cx, z).map(Z::is_finite) }

        /// Checks if the real or imaginary part of z not a number (NaN).
        call fn isnan(cx; z: Slot) -> bool { given(cx, z).map(|z| z.re.is_nan() || z.im.is_nan()) }

        /// Checks if the real or imaginary part of z is infinite.
        call fn isinf(cx; z: Slot) -> bool { given(cx, z).map(|z| z.re.is_infinite() || z.im.is_infinite()) }

        /// Determine whether two complex numbers are close in value.
        ///
        /// They are if the difference is at most rel_tol times the larger modulus, or at most abs_tol. NaN is close to
        /// nothing; inf and -inf are only close to themselves.
        call fn isclose(cx; ; a: Slot, b: Slot; rel_tol: f64 = 1e-09, abs_tol: f64 = 0.0) -> bool {
            let (a, b) = (given(cx, a)?, given(cx, b)?);
            if rel_tol < 0.0 || abs_tol < 0.0 {
                return Err(cx.value_error("tolerances must be non-negative"));
            }
            if a == b {
                return Ok(true);
            }
            if [a, b].iter().any(|z| z.re.is_infinite() || z.im.is_infinite()) {
                return Ok(false);
            }
            let size = |z: Z| z.re.hypot(z.im);
            let apart = size(z(a.re - b.re, a.im - b.im));
            Ok(apart <= rel_tol * size(b) || apart <= rel_tol * size(a) || apart <= abs_tol)
        }
    }
}
