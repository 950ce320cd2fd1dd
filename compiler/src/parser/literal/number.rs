//! The values of numbers.

use crate::ast::Constant;

/// How many digits a decimal integer may have: what `sys.get_int_max_str_digits()` is by default.
const MAX_DECIMAL_DIGITS: usize = 4300;

/// The value of a number that the lexer found well-formed.
///
/// # Errors
/// The message for a decimal integer with too many digits.
pub(super) fn value(text: &str) -> Result<Constant, String> {
    let digits: String = text.chars().filter(|&c| c != '_').map(|c| c.to_ascii_lowercase()).collect();
    let radix = match digits.as_bytes() {
        [b'0', b'x', ..] => 16,
        [b'0', b'o', ..] => 8,
        [b'0', b'b', ..] => 2,
        _ => 10,
    };
    if radix != 10 {
        return Ok(integer(&digits[..2], &digits[2..], radix));
    }
    if let Some(imaginary) = digits.strip_suffix('j') {
        return Ok(Constant::Imaginary(float(imaginary)));
    }
    if digits.contains(['.', 'e']) {
        return Ok(Constant::Float(float(&digits)));
    }
    if digits.len() > MAX_DECIMAL_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DECIMAL_DIGITS} digits) for integer string conversion: value has {} digits; use \
             sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
             avoid decimal conversion limits.",
            digits.len()
        ));
    }
    Ok(integer("", &digits, 10))
}

fn integer(prefix: &str, digits: &str, radix: u32) -> Constant {
    match i64::from_str_radix(digits, radix) {
        Ok(value) => Constant::Int(value),
        Err(_) => Constant::BigInt(format!("{prefix}{}", digits.trim_start_matches('0')).into()),
    }
}

/// The value of a decimal float. Rust reads the same forms, except that it wants a digit; the lexer made sure of one.
fn float(digits: &str) -> f64 {
    digits.parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_integers_keep_their_radix() {
        assert_eq!(value("0x7FFF_FFFF_FFFF_FFFF"), Ok(Constant::Int(i64::MAX)));
        assert_eq!(value("0X0_8000_0000_0000_00aB"), Ok(Constant::BigInt("0x80000000000000ab".into())));
        assert_eq!(value("9223372036854775808"), Ok(Constant::BigInt("9223372036854775808".into())));
        assert_eq!(value("00"), Ok(Constant::Int(0)));
    }

    #[test]
    fn decimal_integers_have_a_limit() {
        assert!(value(&"9".repeat(MAX_DECIMAL_DIGITS)).is_ok());
        assert!(value(&"9".repeat(MAX_DECIMAL_DIGITS + 1)).is_err());
        assert!(value(&format!("0x{}", "9".repeat(MAX_DECIMAL_DIGITS + 1))).is_ok());
    }
}
