//! The exponential function and what is made of it, with the values of Annex G of the C standard where a part is no finite
//! number.

use std::f64::consts::E;

use super::number::{Answer, LARGE, Wrong, Z, z};

/// An infinite modulus at an angle that is finite and not zero.
fn beyond(re: f64, im: f64) -> Z {
    z(f64::INFINITY.copysign(re), f64::INFINITY.copysign(im))
}

/// What all of them have in common where a part is no finite number; `None` where the real part is infinite and the other not.
/// `lone` is the value at a real part of zero with no angle.
fn unusual(x: Z, lone: Z) -> Option<Answer> {
    let nowhere = z(f64::NAN, f64::NAN);
    if x.re.is_nan() {
        return Some(Ok(if x.im == 0.0 { z(f64::NAN, x.im) } else { nowhere }));
    }
    if x.re.is_finite() {
        return Some(match x.im.is_nan() {
            false => Err(Wrong::Domain),
            true if x.re == 0.0 => Ok(lone),
            true => Ok(nowhere),
        });
    }
    None
}

/// The exponential function.
pub fn exp(x: Z) -> Answer {
    if !x.is_finite() {
        if let Some(answer) = unusual(x, z(f64::NAN, f64::NAN)) {
            return answer;
        }
        if x.re < 0.0 {
            let sign = |of: f64| 0.0_f64.copysign(of);
            return Ok(if x.im.is_finite() { z(sign(x.im.cos()), sign(x.im.sin())) } else { z(0.0, 0.0) });
        }
        return match x.im {
            im if im.is_infinite() => Err(Wrong::Domain),
            im if im.is_nan() || im == 0.0 => Ok(x),
            im => Ok(beyond(im.cos(), im.sin())),
        };
    }
    if x.re > LARGE.ln() {
        let less = (x.re - 1.0).exp();
        return z(less * x.im.cos() * E, less * x.im.sin() * E).in_range();
    }
    let size = x.re.exp();
    z(size * x.im.cos(), size * x.im.sin()).in_range()
}

/// The hyperbolic cosine.
pub fn cosh(x: Z) -> Answer {
    if !x.is_finite() {
        if x.re.is_nan() && x.im == 0.0 {
            return Ok(z(f64::NAN, 0.0));
        }
        if let Some(answer) = unusual(x, z(f64::NAN, 0.0)) {
            return answer;
        }
        return match x.im {
            im if im.is_infinite() => Err(Wrong::Domain),
            im if im.is_nan() => Ok(z(f64::INFINITY, im)),
            0.0 => Ok(z(f64::INFINITY, x.im * 1.0_f64.copysign(x.re))),
            im => Ok(beyond(im.cos(), im.sin() * 1.0_f64.copysign(x.re))),
        };
    }
    if x.re.abs() > LARGE.ln() {
        let less = x.re - 1.0_f64.copysign(x.re);
        return z(x.im.cos() * less.cosh() * E, x.im.sin() * less.sinh() * E).in_range();
    }
    z(x.im.cos() * x.re.cosh(), x.im.sin() * x.re.sinh()).in_range()
}

/// The hyperbolic sine.
pub fn sinh(x: Z) -> Answer {
    if !x.is_finite() {
        if let Some(answer) = unusual(x, z(0.0, f64::NAN)) {
            return answer;
        }
        return match x.im {
            im if im.is_infinite() => Err(Wrong::Domain),
            im if im.is_nan() => Ok(z(f64::INFINITY, im)),
            0.0 => Ok(x),
            im => Ok(beyond(im.cos() * 1.0_f64.copysign(x.re), im.sin())),
        };
    }
    if x.re.abs() > LARGE.ln() {
        let less = x.re - 1.0_f64.copysign(x.re);
        return z(x.im.cos() * less.sinh() * E, x.im.sin() * less.cosh() * E).in_range();
    }
    z(x.im.cos() * x.re.sinh(), x.im.sin() * x.re.cosh()).in_range()
}

/// The hyperbolic tangent.
pub fn tanh(x: Z) -> Answer {
    if !x.is_finite() {
        if let Some(answer) = unusual(x, x) {
            return answer;
        }
        let angle = match x.im {
            im if !im.is_finite() => 0.0,
            0.0 => x.im,
            im => 0.0_f64.copysign(im.sin() * im.cos()),
        };
        return Ok(z(1.0_f64.copysign(x.re), angle));
    }
    if x.re.abs() > LARGE.ln() {
        let angle = 4.0 * x.im.sin() * x.im.cos() * (-2.0 * x.re.abs()).exp();
        return Ok(z(1.0_f64.copysign(x.re), angle));
    }
    let (re, im, scale) = (x.re.tanh(), x.im.tan(), 1.0 / x.re.cosh());
    let product = re * im;
    let below = 1.0 + product * product;
    Ok(z(re * (1.0 + im * im) / below, im / below * scale * scale))
}

/// The cosine.
pub fn cos(x: Z) -> Answer {
    cosh(x.turned())
}

/// The sine.
pub fn sin(x: Z) -> Answer {
    sinh(x.turned()).map(Z::turned_back)
}

/// The tangent.
pub fn tan(x: Z) -> Answer {
    tanh(x.turned()).map(Z::turned_back)
}

/// The number of a modulus and an angle.
pub fn rect(r: f64, phi: f64) -> Answer {
    if r.is_finite() && phi.is_finite() {
        // Exact, and with the sign of a zero, at no angle.
        return Ok(if phi == 0.0 { z(r, r * phi) } else { z(r * phi.cos(), r * phi.sin()) });
    }
    if r.is_nan() {
        return Ok(z(f64::NAN, if phi == 0.0 { 0.0 } else { f64::NAN }));
    }
    if r == 0.0 {
        return Ok(z(0.0, 0.0));
    }
    match phi {
        phi if phi.is_infinite() => Err(Wrong::Domain),
        phi if phi.is_nan() => Ok(z(if r.is_infinite() { f64::INFINITY } else { f64::NAN }, f64::NAN)),
        0.0 => Ok(z(r, phi * 1.0_f64.copysign(r))),
        phi => Ok(beyond(phi.cos() * r.signum(), phi.sin() * r.signum())),
    }
}
