//! The shortest text of a float that reads back as the same float.

/// What `repr` of a float gives: positional notation for exponents from -4 to 15, scientific notation beyond.
pub fn float_repr(number: f64) -> String {
    let mut text = String::with_capacity(24);
    push_float(&mut text, number);
    text
}

/// Appends what `repr` of a float gives.
pub fn push_float(text: &mut String, number: f64) {
    let before = text.len();
    push_shortest(text, number);
    let is_whole = text[before..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_whole {
        text.push_str(".0");
    }
}

/// The same, but a whole number gets no `.0`: the parts of complex numbers.
pub fn push_shortest(text: &mut String, number: f64) {
    if !number.is_finite() {
        text.push_str(if number.is_nan() {
            "nan"
        } else if number > 0.0 {
            "inf"
        } else {
            "-inf"
        });
        return;
    }
    let (negative, digits, point) = shortest_digits(number);
    if negative {
        text.push('-');
    }
    layout(text, &digits, point, -4, 16);
}

/// The shortest decimal digits of a finite float, without zeros at the ends, and where the point stands: `0.digits` times
/// ten to that power. Zero has the digit 0 and point 1.
pub fn shortest_digits(number: f64) -> (bool, String, i32) {
    let mut buffer = zmij::Buffer::new();
    let text = buffer.format_finite(number);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().unwrap_or(0)),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let leading = all.len() - all.trim_start_matches('0').len();
    let digits = all.trim_matches('0');
    if digits.is_empty() {
        return (negative, "0".to_owned(), 1);
    }
    (negative, digits.to_owned(), whole.len() as i32 - leading as i32 + exponent)
}

/// Lays digits out: positional if the exponent is at least `low` and below `high`.
pub fn layout(text: &mut String, digits: &str, point: i32, low: i32, high: i32) {
    let exponent = point - 1;
    if exponent < low || exponent >= high {
        let (first, rest) = digits.split_at(1);
        text.push_str(first);
        if !rest.is_empty() {
            text.push('.');
            text.push_str(rest);
        }
        push_exponent(text, exponent, 'e');
        return;
    }
    let zeros = |text: &mut String, count: i32| (0..count).for_each(|_| text.push('0'));
    if point <= 0 {
        text.push_str("0.");
        zeros(text, -point);
        text.push_str(digits);
    } else if point as usize >= digits.len() {
        text.push_str(digits);
        zeros(text, point - digits.len() as i32);
    } else {
        let (whole, fraction) = digits.split_at(point as usize);
        text.push_str(whole);
        text.push('.');
        text.push_str(fraction);
    }
}

/// Appends an exponent with a sign and two digits or more.
pub fn push_exponent(text: &mut String, exponent: i32, letter: char) {
    text.push(letter);
    text.push(if exponent < 0 { '-' } else { '+' });
    let magnitude = exponent.unsigned_abs();
    if magnitude < 10 {
        text.push('0');
    }
    text.push_str(&magnitude.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_python_prints() {
        for (number, text) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (100.0, "100.0"),
            (0.1, "0.1"),
            (0.1 + 0.2, "0.30000000000000004"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"),
            (1.5e16, "1.5e+16"),
            (123456789.123456789, "123456789.12345679"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (9007199254740993.0, "9007199254740992.0"),
            (-2.5, "-2.5"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(float_repr(number), text);
        }
    }
}
