//! Decimal digits of floats, correctly rounded.
//!
//! Rust's own formatting is exact for any precision; what is here arranges its digits as C's `%e`, `%f` and `%g` do.

use crate::memory;
use crate::ops::repr;

/// More fraction digits than any float has; the rest are zeros.
const MOST_FRACTION: usize = 1100;

/// A decimal number: digits before and behind the point, and an exponent in scientific notation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    pub(super) whole: String,
    pub(super) fraction: String,
    pub(super) exponent: Option<i32>,
}

/// A number of moderate size, rounded to a few digits behind the point, without the detour that any size and precision need.
pub(super) struct Fixed {
    /// The number times a power of ten.
    scaled: u128,
    /// The power: digits behind the point.
    precision: usize,
}

impl Fixed {
    /// The most digits: a mantissa of 53 bits times ten to this power fits in 128 bits.
    const MOST: usize = 19;
    const ZEROS: &str = "0000000000000000000";

    /// `%f` of a number that is not negative, rounded half to even; `None` if it is too large, too small or not finite.
    pub(super) fn of(number: f64, precision: usize) -> Option<Fixed> {
        if number == 0.0 && precision <= Fixed::MOST {
            return Some(Fixed { scaled: 0, precision });
        }
        // The number is `mantissa / 2^shift`.
        let (exponent, mantissa) = (number.to_bits() >> 52, number.to_bits() & ((1 << 52) - 1) | 1 << 52);
        let shift = 1075_u64.checked_sub(exponent).filter(|shift| (1..=127).contains(shift))?;
        if precision > Fixed::MOST {
            return None;
        }
        let product = u128::from(mantissa) * u128::from(10_u64.pow(precision as u32));
        let (quotient, rest, half) = (product >> shift, product & ((1 << shift) - 1), 1 << (shift - 1));
        let up = rest > half || rest == half && quotient & 1 == 1;
        Some(Fixed { scaled: quotient + u128::from(up), precision })
    }

    /// Digits before the point, the point, zeros behind it, the rest.
    pub(super) fn parts<'b>(&self, buffer: &'b mut itoa::Buffer) -> [&'b str; 4] {
        // Nearly always 64 bits suffice, whose division is much faster.
        let digits = match u64::try_from(self.scaled) {
            Ok(small) => buffer.format(small),
            Err(_) => buffer.format(self.scaled),
        };
        let point = if self.precision == 0 { "" } else { "." };
        match digits.len().checked_sub(self.precision) {
            None | Some(0) => ["0", point, &Fixed::ZEROS[..self.precision - digits.len()], digits],
            Some(whole) => [&digits[..whole], point, "", &digits[whole..]],
        }
    }
}

fn pad(fraction: &str, precision: usize) -> String {
    let mut padded = memory::text(precision);
    padded.push_str(fraction);
    let mut fraction = padded;
    fraction.extend(std::iter::repeat_n('0', precision - fraction.len()));
    fraction
}

/// `%f`: `precision` digits behind the point.
pub(super) fn fixed(number: f64, precision: usize) -> Decimal {
    let text = format!("{number:.*}", precision.min(MOST_FRACTION));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    Decimal { whole: whole.to_owned(), fraction: pad(fraction, precision), exponent: None }
}

/// `%e`: one digit before the point, `precision` behind it.
pub(super) fn scientific(number: f64, precision: usize) -> Decimal {
    let text = format!("{number:.*e}", precision.min(MOST_FRACTION));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    Decimal {
        whole: whole.to_owned(),
        fraction: pad(fraction, precision),
        exponent: Some(exponent.parse().unwrap_or(0)),
    }
}

/// `%g`: `precision` significant digits, positional where the exponent is small enough. `keep_zeros`: those at the end
/// stay. `as_float`: what shows is recognisable as a float, by a point or an exponent.
pub(super) fn general(number: f64, precision: usize, keep_zeros: bool, as_float: bool) -> Decimal {
    let precision = precision.max(1);
    let rounded = scientific(number, precision - 1);
    let exponent = rounded.exponent.unwrap_or(0);
    let digits = [rounded.whole, rounded.fraction].concat();
    let limit = precision as i64 - i64::from(as_float);
    let scientific = exponent < -4 || i64::from(exponent) >= limit;
    let (whole, fraction) = if scientific {
        (digits[..1].to_owned(), digits[1..].to_owned())
    } else if exponent < 0 {
        ("0".to_owned(), "0".repeat(exponent.unsigned_abs() as usize - 1) + &digits)
    } else {
        let split = (exponent as usize + 1).min(digits.len());
        (digits[..split].to_owned(), digits[split..].to_owned())
    };
    let mut fraction = if keep_zeros { fraction } else { fraction.trim_end_matches('0').to_owned() };
    if fraction.is_empty() && as_float && !scientific {
        fraction.push('0');
    }
    Decimal { whole, fraction, exponent: scientific.then_some(exponent) }
}

/// What `repr` shows.
pub(super) fn shortest(number: f64) -> Decimal {
    let text = repr::float_repr(number);
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()),
        None => (text.as_str(), None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    Decimal { whole: whole.to_owned(), fraction: fraction.to_owned(), exponent }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(decimal: Decimal) -> String {
        let mut text = decimal.whole;
        if !decimal.fraction.is_empty() {
            text = text + "." + &decimal.fraction;
        }
        if let Some(exponent) = decimal.exponent {
            repr::push_exponent(&mut text, exponent, 'e');
        }
        text
    }

    #[test]
    fn fixed_without_a_detour_is_the_same() {
        let mut bits = 1_u64;
        for _ in 0..20_000 {
            bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Exponents from 2^-100 to 2^60.
            let number = f64::from_bits((bits >> 12) | (923 + (bits >> 7) % 160) << 52);
            for precision in [0, 1, 3, 6, 19] {
                let short = Fixed::of(number, precision).map(|fixed| fixed.parts(&mut itoa::Buffer::new()).concat());
                assert_eq!(
                    short.unwrap_or(text(fixed(number, precision))),
                    text(fixed(number, precision)),
                    "{number:e}"
                );
            }
        }
        for number in [0.0, 0.5, 1.5, 2.5, 0.125, 0.375, 9.5, 99.5, 0.05] {
            for precision in 0..4 {
                let short = Fixed::of(number, precision).map(|fixed| fixed.parts(&mut itoa::Buffer::new()).concat());
                assert_eq!(short, Some(text(fixed(number, precision))));
            }
        }
        assert!(Fixed::of(f64::INFINITY, 2).is_none() && Fixed::of(1e300, 2).is_none() && Fixed::of(1.0, 20).is_none());
    }

    #[test]
    fn as_c_prints() {
        assert_eq!(text(fixed(2.5, 0)), "2");
        assert_eq!(text(fixed(0.1, 20)), "0.10000000000000000555");
        assert_eq!(text(scientific(12345.678, 2)), "1.23e+04");
        assert_eq!(text(general(0.0001, 6, false, false)), "0.0001");
        assert_eq!(text(general(0.00001, 6, false, false)), "1e-05");
        assert_eq!(text(general(1234567.0, 6, false, false)), "1.23457e+06");
        assert_eq!(text(general(3.0, 1, false, true)), "3e+00");
        assert_eq!(text(general(100.0, 5, false, true)), "100.0");
        assert_eq!(text(general(5.0, 6, true, false)), "5.00000");
        assert_eq!(text(general(9.9999, 2, false, false)), "10");
        assert_eq!(fixed(1.0, 2000).fraction.len(), 2000);
    }
}
