//! Roots, logarithms and inverse functions: after Kahan, "Branch cuts for complex elementary functions" (1987), with the values
//! of Annex G of the C standard where a part is no finite number.

use std::f64::consts::{FRAC_PI_2, LN_2, LN_10, PI};

use argil_system::real::inverse_sinh as real_asinh;

use super::number::{Answer, LARGE, Wrong, Z, z};

/// The principal square root.
pub fn sqrt(x: Z) -> Z {
    if !x.is_finite() {
        return match (x.re, x.im) {
            (_, im) if im.is_infinite() => z(f64::INFINITY, im),
            (f64::NEG_INFINITY, im) if im.is_nan() => z(f64::NAN, f64::INFINITY),
            (f64::NEG_INFINITY, im) => z(0.0, f64::INFINITY.copysign(im)),
            (f64::INFINITY, im) if im.is_nan() => x,
            (f64::INFINITY, im) => z(f64::INFINITY, 0.0_f64.copysign(im)),
            _ => z(f64::NAN, f64::NAN),
        };
    }
    if x.re == 0.0 && x.im == 0.0 {
        return z(0.0, x.im);
    }
    let (re, im) = (x.re.abs(), x.im.abs());
    let root = if re < f64::MIN_POSITIVE && im < f64::MIN_POSITIVE {
        // The modulus would be subnormal: by 2^53 up, by 2^-27 down, which leaves a factor of one half of the sum.
        let (up, down) = (2.0_f64.powi(53), 2.0_f64.powi(-27));
        (re * up + (re * up).hypot(im * up)).sqrt() * down
    } else {
        let re = re / 8.0;
        2.0 * (re + re.hypot(im / 8.0)).sqrt()
    };
    let other = im / (2.0 * root);
    if x.re >= 0.0 { z(root, other.copysign(x.im)) } else { z(other, root.copysign(x.im)) }
}

/// The natural logarithm.
pub fn log(x: Z) -> Answer {
    let angle = x.im.atan2(x.re);
    if !x.is_finite() {
        let infinite = x.re.is_infinite() || x.im.is_infinite();
        return Ok(z(if infinite { f64::INFINITY } else { f64::NAN }, angle));
    }
    let (re, im) = (x.re.abs(), x.im.abs());
    let size = if x.is_large() {
        x.log_of_large(0.0)
    } else if re < f64::MIN_POSITIVE && im < f64::MIN_POSITIVE {
        if re == 0.0 && im == 0.0 {
            return Err(Wrong::Domain);
        }
        let up = 2.0_f64.powi(53);
        (re * up).hypot(im * up).ln() - 53.0 * LN_2
    } else {
        let modulus = re.hypot(im);
        if (0.71..=1.73).contains(&modulus) {
            let (more, less) = (re.max(im), re.min(im));
            ((more - 1.0) * (more + 1.0) + less * less).ln_1p() / 2.0
        } else {
            modulus.ln()
        }
    };
    Ok(z(size, angle))
}

/// The logarithm to the base 10.
pub fn log10(x: Z) -> Answer {
    log(x).map(|log| z(log.re / LN_10, log.im / LN_10))
}

/// The inverse of the hyperbolic cosine.
pub fn acosh(x: Z) -> Z {
    if !x.is_finite() {
        if x.re == 0.0 && x.im.is_nan() {
            return z(f64::NAN, FRAC_PI_2);
        }
        return log(x).unwrap_or(x);
    }
    if x.is_large() {
        return z(x.log_of_large(1.0), x.im.atan2(x.re));
    }
    let (below, above) = (sqrt(z(x.re - 1.0, x.im)), sqrt(z(x.re + 1.0, x.im)));
    z(real_asinh(below.re * above.re + below.im * above.im), 2.0 * below.im.atan2(above.re))
}

/// The inverse of the cosine.
pub fn acos(x: Z) -> Z {
    if !x.is_finite() {
        let turned = acosh(x);
        let im = if x.im.is_nan() { turned.re } else { turned.re.copysign(-x.im) };
        return z(turned.im.abs(), im);
    }
    if x.is_large() {
        let size = x.log_of_large(1.0);
        return z(x.im.abs().atan2(x.re), size.copysign(-x.im));
    }
    let (below, above) = (sqrt(z(1.0 - x.re, -x.im)), sqrt(z(1.0 + x.re, x.im)));
    z(2.0 * below.re.atan2(above.re), real_asinh(above.re * below.im - above.im * below.re))
}

/// The inverse of the hyperbolic sine.
pub fn asinh(x: Z) -> Z {
    if !x.is_finite() {
        if x.re.is_nan() && x.im == 0.0 {
            return x;
        }
        let infinite = x.re.is_infinite() || x.im.is_infinite();
        let size = match (infinite, x.re.is_nan()) {
            (true, true) => f64::INFINITY,
            (true, false) => f64::INFINITY.copysign(x.re),
            (false, _) => f64::NAN,
        };
        return z(size, x.im.atan2(x.re.abs()));
    }
    if x.is_large() {
        let size = x.log_of_large(1.0);
        return z(size.copysign(x.re), x.im.atan2(x.re.abs()));
    }
    let (first, second) = (sqrt(z(1.0 + x.im, -x.re)), sqrt(z(1.0 - x.im, x.re)));
    let re = real_asinh(first.re * second.im - second.re * first.im);
    z(re, x.im.atan2(first.re * second.re - first.im * second.im))
}

/// The inverse of the sine.
pub fn asin(x: Z) -> Z {
    asinh(x.turned()).turned_back()
}

/// The inverse of the hyperbolic tangent.
pub fn atanh(x: Z) -> Answer {
    if !x.is_finite() {
        let quarter = FRAC_PI_2.copysign(x.im);
        return Ok(match (x.re, x.im) {
            (re, im) if re.is_nan() => {
                if im.is_infinite() {
                    z(0.0, quarter)
                } else {
                    z(f64::NAN, f64::NAN)
                }
            }
            (re, im) if im.is_nan() => {
                let known = re.is_infinite() || re == 0.0;
                z(if known { 0.0_f64.copysign(re) } else { f64::NAN }, f64::NAN)
            }
            (re, _) => z(0.0_f64.copysign(re), quarter),
        });
    }
    if x.re.is_sign_negative() {
        return atanh(x.negated()).map(Z::negated);
    }
    let height = x.im.abs();
    let bound = LARGE.sqrt();
    if x.re > bound || height > bound {
        let half = (x.re / 2.0).hypot(x.im / 2.0);
        return Ok(z(x.re / 4.0 / half / half, (PI / 2.0).copysign(x.im)));
    }
    if x.re == 1.0 && height < f64::MIN_POSITIVE.sqrt() {
        if height == 0.0 {
            return Err(Wrong::Domain);
        }
        let size = -(height.sqrt() / height.hypot(2.0).sqrt()).ln();
        return Ok(z(size, (2.0_f64.atan2(-height) / 2.0).copysign(x.im)));
    }
    let rest = 1.0 - x.re;
    let re = (4.0 * x.re / (rest * rest + height * height)).ln_1p() / 4.0;
    Ok(z(re, -(-2.0 * x.im).atan2(rest * (1.0 + x.re) - height * height) / 2.0))
}

/// The inverse of the tangent.
pub fn atan(x: Z) -> Answer {
    atanh(x.turned()).map(Z::turned_back)
}
