//! Functions of real numbers as the system's mathematical library computes them, to the last digit.

use libc::c_double;

// SAFETY: declared as in math.h; each is a function of its argument alone, whatever that is.
unsafe extern "C" {
    safe fn acosh(x: c_double) -> c_double;
    safe fn asinh(x: c_double) -> c_double;
    safe fn atanh(x: c_double) -> c_double;
    safe fn erf(x: c_double) -> c_double;
    safe fn erfc(x: c_double) -> c_double;
}

/// The inverse of the hyperbolic cosine; NaN below 1.
pub fn inverse_cosh(x: f64) -> f64 {
    acosh(x)
}

/// The inverse of the hyperbolic sine.
pub fn inverse_sinh(x: f64) -> f64 {
    asinh(x)
}

/// The inverse of the hyperbolic tangent; NaN beyond 1, infinite there.
pub fn inverse_tanh(x: f64) -> f64 {
    atanh(x)
}

/// The error function.
pub fn error(x: f64) -> f64 {
    erf(x)
}

/// One minus the error function.
pub fn complementary_error(x: f64) -> f64 {
    erfc(x)
}
