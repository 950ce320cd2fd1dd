//! Floats in hexadecimal, as C's `%a` writes them.

use dashu_int::IBig;

use crate::ops::number::division;

/// Exponents beyond which a float is zero or infinite, whatever its digits.
const MOST_EXPONENT: i64 = 20_000;

/// `0x1.8000000000000p+0`.
pub(super) fn format(x: f64) -> String {
    if !x.is_finite() {
        return crate::ops::repr::float_repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    let (exponent, fraction) = (x.to_bits() >> 52 & 0x7ff, x.to_bits() & ((1 << 52) - 1));
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let (lead, exponent) = if exponent == 0 { (0, -1022) } else { (1, exponent as i64 - 1023) };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// Reads what [`format()`] writes and every shorter form; infinite if it is out of range.
pub(super) fn parse(text: &str) -> Option<f64> {
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b').to_ascii_lowercase();
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let magnitude = match body {
        "inf" | "infinity" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => parse_magnitude(body.strip_prefix("0x").unwrap_or(body))?,
    };
    Some(if negative { -magnitude } else { magnitude })
}

fn parse_magnitude(text: &str) -> Option<f64> {
    let (digits, exponent) = match text.split_once('p') {
        Some((digits, exponent)) => (digits, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = [whole, fraction].concat();
    if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let significand = IBig::from_str_radix(&all, 16).ok()?;
    if significand.is_zero() {
        return Some(0.0);
    }
    let exponent = exponent.clamp(-MOST_EXPONENT, MOST_EXPONENT) - 4 * fraction.len() as i64;
    let power = IBig::ONE << exponent.unsigned_abs() as usize;
    let quotient = if exponent >= 0 {
        division::big(&(significand * power), &IBig::ONE)
    } else {
        division::big(&significand, &power)
    };
    Some(quotient.unwrap_or(f64::INFINITY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for x in [1.5, -0.1, 5e-324, f64::MAX, f64::MIN_POSITIVE, 1e-310] {
            assert_eq!(parse(&format(x)), Some(x));
        }
        assert_eq!(format(0.1), "0x1.999999999999ap-4");
        assert_eq!(format(-5e-324), "-0x0.0000000000001p-1022");
        assert_eq!(parse("0x.1p-3"), Some(0.0078125));
        assert_eq!(parse("1e400"), Some(123904.0));
        assert_eq!(parse("0x1p5000"), Some(f64::INFINITY));
        assert_eq!(parse("x"), None);
    }
}
