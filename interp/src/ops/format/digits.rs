//! Decimal digits of floats, correctly rounded.
//!
//! Rust's own formatting is exact for any precision; what is here arranges its digits as C's `%e`, `%f` and `%g` do.

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

fn pad(fraction: &str, precision: usize) -> String {
    let mut fraction = fraction.to_owned();
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
