//! Numbers from text.

use std::borrow::Cow;

use dashu_int::IBig;

use crate::memory;
use crate::types::str::unicode;

/// Why a text is no integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnInt {
    /// It does not read as a number of the base.
    Invalid,
    /// It has that many digits, and its base is one for which conversion takes long.
    TooLong(usize),
}

/// Replaces decimal digits of any script by ASCII ones, and drops white space at the ends.
fn plain_digits(text: &str) -> Cow<'_, str> {
    let text = text.trim_matches(unicode::is_space);
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match unicode::decimal_value(c) {
        Some(digit) => char::from(b'0' + digit),
        None => c,
    };
    Cow::Owned(text.chars().map(plain).collect())
}

/// Drops underscores that stand between digits; `None` if one stands elsewhere.
fn without_underscores<'a>(text: &'a str, is_digit: impl Fn(u8) -> bool) -> Option<Cow<'a, str>> {
    if !text.contains('_') {
        return Some(Cow::Borrowed(text));
    }
    let bytes = text.as_bytes();
    let at = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(|&byte| is_digit(byte));
    let placed = |i: usize| bytes[i] != b'_' || at(i.checked_sub(1)) && at(i.checked_add(1));
    if !(0..bytes.len()).all(placed) {
        return None;
    }
    Some(Cow::Owned(text.replace('_', "")))
}

/// Reads the commonest integers in base 10: ASCII digits that fit in a machine word for sure, perhaps behind a sign.
pub fn few_digits(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    if digits.is_empty() || digits.len() > 18 {
        return None;
    }
    let number = digits.iter().try_fold(0, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + i64::from(digit))
    })?;
    Some(if negative { -number } else { number })
}

/// Reads an integer as `int(text, base)` does. `base` is 0 or 2 to 36; `most` limits the digits, 0 not at all.
pub fn int(text: &str, base: u32, most: usize) -> Result<IBig, NotAnInt> {
    let text = plain_digits(text);
    let (negative, mut digits) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, &*text),
    };
    let prefix = match digits.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 0,
    };
    let mut radix = base;
    if prefix != 0 && (base == 0 || base == prefix) {
        radix = prefix;
        digits = digits[2..].strip_prefix('_').unwrap_or(&digits[2..]);
    } else if base == 0 {
        radix = 10;
        let zeros = digits.bytes().all(|byte| matches!(byte, b'0' | b'_'));
        if digits.starts_with('0') && !zeros {
            return Err(NotAnInt::Invalid);
        }
    }
    let is_digit = |byte: u8| char::from(byte).is_digit(radix);
    let digits = without_underscores(digits, is_digit).ok_or(NotAnInt::Invalid)?;
    if digits.is_empty() || !digits.bytes().all(is_digit) {
        return Err(NotAnInt::Invalid);
    }
    if most > 0 && digits.len() > most && !radix.is_power_of_two() {
        return Err(NotAnInt::TooLong(digits.len()));
    }
    // The number and what is computed on the way: the arithmetic itself cannot be refused any.
    memory::expect(2 * digits.len());
    let number = match i64::from_str_radix(&digits, radix) {
        Ok(small) => IBig::from(small),
        Err(_) => IBig::from_str_radix(&digits, radix).map_err(|_| NotAnInt::Invalid)?,
    };
    Ok(if negative { -number } else { number })
}

/// Reads a float as `float(text)` does.
pub fn float(text: &str) -> Option<f64> {
    let text = plain_digits(text);
    let text = without_underscores(&text, |byte| byte.is_ascii_digit())?;
    let body = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let plain = body.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    let special = ["inf", "infinity", "nan"].iter().any(|name| body.eq_ignore_ascii_case(name));
    if plain || special { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interp::DEFAULT_MAX_STR_DIGITS;

    #[test]
    fn integers() {
        let read = |text, base| int(text, base, DEFAULT_MAX_STR_DIGITS);
        assert_eq!(read(" -17\n", 10), Ok(IBig::from(-17)));
        assert_eq!(read("1_000", 10), Ok(IBig::from(1000)));
        assert_eq!(read("0x_ff", 0), Ok(IBig::from(255)));
        assert_eq!(read("0b1", 16), Ok(IBig::from(0xb1)));
        assert_eq!(read("٣", 10), Ok(IBig::from(3)));
        assert_eq!(read("00", 0), Ok(IBig::ZERO));
        for text in ["0", "-007", "+12", "999999999999999999", "-999999999999999999"] {
            assert_eq!(few_digits(text).map(IBig::from), read(text, 10).ok());
        }
        assert!(["", "-", "1 ", "1_0", "٣", "1000000000000000000"].iter().all(|text| few_digits(text).is_none()));
        for (text, base) in
            [("", 10), ("1__0", 10), ("_1", 10), ("0x", 16), ("01", 0), ("9", 8), ("--1", 10), ("1 2", 10)]
        {
            assert_eq!(read(text, base), Err(NotAnInt::Invalid), "{text}");
        }
        assert_eq!(read(&"1".repeat(5000), 10), Err(NotAnInt::TooLong(5000)));
    }

    #[test]
    fn floats() {
        assert_eq!(float(" -2e3 "), Some(-2000.0));
        assert_eq!(float("1_0.5_0"), Some(10.5));
        assert_eq!(float("5."), Some(5.0));
        assert_eq!(float("-Infinity"), Some(f64::NEG_INFINITY));
        assert!(float("nan").is_some_and(f64::is_nan));
        for text in ["", ".", "1e", "0x10", "1__0", "infinit", "1 2", "--1", "e5", "_1"] {
            assert_eq!(float(text), None, "{text}");
        }
    }
}
