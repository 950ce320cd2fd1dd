//! The gamma and error functions.

use argil_interp::natives;

use super::{domain_error, in_range};

/// What gamma has a value for.
const NOT_A_POLE: &str = "a noninteger or positive integer";

/// Whether x is zero or a negative integer, where gamma has no value.
fn is_pole(x: f64) -> bool {
    x <= 0.0 && x.fract() == 0.0
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Return the gamma function at x.
        fn gamma(cx; x: f64) -> f64 {
            if x == f64::NEG_INFINITY || is_pole(x) {
                return Err(domain_error(cx, NOT_A_POLE, x));
            }
            // Factorials up to 22! are floats exactly.
            if x.fract() == 0.0 && x <= 23.0 {
                return Ok((2..x as u64).map(|factor| factor as f64).product());
            }
            in_range(cx, x, libm::tgamma(x))
        }

        /// Return the natural logarithm of the absolute value of the gamma function at x.
        fn lgamma(cx; x: f64) -> f64 {
            if x.is_infinite() {
                return Ok(f64::INFINITY);
            }
            if is_pole(x) { Err(domain_error(cx, NOT_A_POLE, x)) } else { in_range(cx, x, libm::lgamma(x)) }
        }

        /// Return the error function at x.
        fn erf(cx; x: f64) -> f64 {
            Ok(libm::erf(x))
        }

        /// Return the complementary error function at x.
        fn erfc(cx; x: f64) -> f64 {
            Ok(libm::erfc(x))
        }
    }
}
