//! Complex numbers as pairs, and what goes wrong with functions of them.

use std::f64::consts::LN_2;

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Z {
    pub re: f64,
    pub im: f64,
}

/// Why a function has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// It has none there.
    Domain,
    /// It is out of range.
    Range,
}

/// A value of a function.
pub type Answer = Result<Z, Wrong>;

/// A complex number of its parts.
pub const fn z(re: f64, im: f64) -> Z {
    Z { re, im }
}

/// Beyond this, squares and sums could overflow.
pub const LARGE: f64 = f64::MAX / 4.0;

impl Z {
    pub fn is_finite(self) -> bool {
        self.re.is_finite() && self.im.is_finite()
    }

    pub fn is_large(self) -> bool {
        self.re.abs() > LARGE || self.im.abs() > LARGE
    }

    /// The number times the imaginary unit.
    pub fn turned(self) -> Z {
        z(-self.im, self.re)
    }

    /// The number divided by the imaginary unit.
    pub fn turned_back(self) -> Z {
        z(self.im, -self.re)
    }

    pub fn negated(self) -> Z {
        z(-self.re, -self.im)
    }

    /// The logarithm of the modulus of a large number, times a power of two.
    pub fn log_of_large(self, power: f64) -> f64 {
        (self.re / 2.0).hypot(self.im / 2.0).ln() + LN_2 * (power + 1.0)
    }

    /// The number, unless it is beyond all numbers.
    pub fn in_range(self) -> Answer {
        if self.re.is_infinite() || self.im.is_infinite() { Err(Wrong::Range) } else { Ok(self) }
    }
}
