//! Integers, floats and complex numbers by specification.

use std::borrow::Cow;

use dashu_int::IBig;

use super::digits::{self, Decimal, Fixed};
use super::spec::{Align, Sign, Spec, push_padded, unknown_code};
use argil_compiler::surrogate;

use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::ops::number::float;
use crate::ops::repr;
use crate::types::int::Int;

/// The largest precision: what is beyond is no number that anyone could use.
const MOST: usize = 1 << 31;

/// A sign and prefix, and the digits, which may be grouped.
struct Parts {
    lead: &'static str,
    whole: String,
    /// Point, fraction, exponent and percent sign.
    tail: String,
}

/// The sign that shows.
fn sign(negative: bool, spec: &Spec) -> &'static str {
    match spec.sign {
        _ if negative => "-",
        Some(Sign::Plus) => "+",
        Some(Sign::Space) => " ",
        _ => "",
    }
}

/// Puts a separator between groups of digits, counted from the right, and zeros before them up to `width` characters.
fn group(whole: &str, separator: Option<char>, size: usize, width: usize) -> String {
    let zeros_needed = |len: usize| width.saturating_sub(len);
    let Some(separator) = separator else {
        let mut padded = memory::text(whole.len().max(width));
        padded.extend(std::iter::repeat_n('0', zeros_needed(whole.len())));
        padded.push_str(whole);
        return padded;
    };
    if !whole.bytes().all(|byte| byte.is_ascii_alphanumeric()) || whole.is_empty() {
        return whole.to_owned();
    }
    let mut reversed = memory::text(width.max(whole.len() * 2));
    let mut digits = whole.bytes().rev();
    let mut count = 0;
    loop {
        let digit = match digits.next() {
            Some(digit) => digit,
            None if reversed.len() < width => b'0',
            None => break,
        };
        if count > 0 && count % size == 0 {
            reversed.push(separator);
        }
        reversed.push(char::from(digit));
        count += 1;
    }
    memory::collect_text(reversed.chars().rev())
}

/// Puts the parts together, grouped and padded.
fn finish(out: &mut String, (lead, whole, tail): (&str, &str, &str), spec: &Spec, group_size: usize) {
    let is_number = || whole.bytes().all(|byte| byte.is_ascii_hexdigit()) && whole != "inf";
    if spec.grouping.is_none() || !is_number() {
        push_padded(out, lead, &[whole, tail], spec, Align::Right);
        return;
    }
    let pads_with_zeros = spec.fill == '0' && spec.align == Some(Align::AfterSign);
    let room = spec.width.saturating_sub(lead.len() + tail.len());
    let whole = group(whole, spec.grouping, group_size, if pads_with_zeros { room } else { 0 });
    push_padded(out, lead, &[&whole, tail], spec, Align::Right);
}

/// Appends an integer by specification.
pub(super) fn push_int(cx: &Ctx, out: &mut String, int: Int<'_>, spec: &Spec, class: &str) -> Res<()> {
    let kind = spec.kind.unwrap_or('d');
    match kind {
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return push_float(cx, out, float::of_int(cx, int)?, spec, class);
        }
        'd' | 'n' | 'b' | 'o' | 'x' | 'X' | 'c' => {}
        _ => return Err(unknown_code(cx, kind, class)),
    }
    if spec.precision.is_some() {
        return Err(cx.value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(cx.value_error("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if kind == 'c' {
        return push_code_point(cx, out, int, spec);
    }
    let mut buffer = itoa::Buffer::new();
    let (digits, prefix) = match (kind, int) {
        ('d' | 'n', Int::Small(small)) => (Cow::Borrowed(buffer.format(small)), ""),
        ('d' | 'n', Int::Big(big)) => (repr::decimal(cx, big)?.into(), ""),
        _ => {
            let (digits, prefix) = radix(int, kind);
            (digits.into(), prefix)
        }
    };
    let (negative, whole) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, &*digits),
    };
    let sign = sign(negative, spec);
    let lead = if spec.alternate { Cow::Owned([sign, prefix].concat()) } else { Cow::Borrowed(sign) };
    finish(out, (&lead, whole, ""), spec, if matches!(kind, 'd' | 'n') { 3 } else { 4 });
    Ok(())
}

/// The digits of an integer, with a minus sign if it is negative, and the prefix that `#` adds.
pub fn radix(int: Int<'_>, kind: char) -> (String, &'static str) {
    let (base, prefix) = match kind {
        'b' => (2, "0b"),
        'o' => (8, "0o"),
        'X' => (16, "0X"),
        _ => (16, "0x"),
    };
    let digits = match int {
        Int::Small(small) => {
            let magnitude = small.unsigned_abs();
            let digits = match base {
                2 => format!("{magnitude:b}"),
                8 => format!("{magnitude:o}"),
                _ => format!("{magnitude:x}"),
            };
            if small < 0 { format!("-{digits}") } else { digits }
        }
        Int::Big(big) => IBig::in_radix(big, base).to_string(),
    };
    (if kind == 'X' { digits.to_uppercase() } else { digits }, prefix)
}

fn push_code_point(cx: &Ctx, out: &mut String, int: Int<'_>, spec: &Spec) -> Res<()> {
    if spec.sign.is_some() {
        return Err(cx.value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(cx.value_error("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let c = int.to_i64().and_then(|code| u32::try_from(code).ok()).and_then(surrogate::char_of);
    let Some(c) = c else { return Err(cx.overflow_error("%c arg not in range(0x110000)")) };
    push_padded(out, "", &[c.encode_utf8(&mut [0; 4])], spec, Align::Right);
    Ok(())
}

/// The text of a float without its sign: digits before the point, and the rest.
fn float_parts(number: f64, spec: &Spec) -> (String, String) {
    let upper = matches!(spec.kind, Some('E' | 'F' | 'G'));
    let mut tail_end = String::new();
    let mut number = number.abs();
    if spec.kind == Some('%') {
        number *= 100.0;
        tail_end.push('%');
    }
    if !number.is_finite() {
        let text = if number.is_nan() { "nan" } else { "inf" };
        return (if upper { text.to_uppercase() } else { text.to_owned() }, tail_end);
    }
    let decimal = match spec.kind.map(|kind| kind.to_ascii_lowercase()) {
        Some('e') => digits::scientific(number, spec.precision.unwrap_or(6)),
        Some('f' | '%') => digits::fixed(number, spec.precision.unwrap_or(6)),
        Some(_) => digits::general(number, spec.precision.unwrap_or(6), spec.alternate, false),
        None => match spec.precision {
            None => digits::shortest(number),
            Some(precision) => digits::general(number, precision, spec.alternate, true),
        },
    };
    let Decimal { whole, fraction, exponent } = decimal;
    let mut tail = String::new();
    if !fraction.is_empty() || spec.alternate {
        tail.push('.');
    }
    for (i, digit) in fraction.chars().enumerate() {
        if let Some(separator) = spec.fraction_grouping
            && i > 0
            && i % 3 == 0
        {
            tail.push(separator);
        }
        tail.push(digit);
    }
    if let Some(exponent) = exponent {
        repr::push_exponent(&mut tail, exponent, if upper { 'E' } else { 'e' });
    }
    tail.push_str(&tail_end);
    (whole, tail)
}

/// The whole of a float: sign, digits, tail.
fn signed_parts(number: f64, spec: &Spec) -> Parts {
    let (whole, tail) = float_parts(number, spec);
    let mut negative = number.is_sign_negative() && !number.is_nan();
    if spec.no_negative_zero && negative {
        let mantissa = [whole.as_str(), &tail].concat();
        let mantissa = mantissa.split(['e', 'E']).next().unwrap_or("");
        negative = mantissa.bytes().any(|byte| byte.is_ascii_alphanumeric() && byte != b'0');
    }
    Parts { lead: sign(negative, spec), whole, tail }
}

fn check_precision(cx: &Ctx, spec: &Spec) -> Res<()> {
    if spec.precision.is_some_and(|precision| precision >= MOST) {
        return Err(cx.value_error("precision too big"));
    }
    Ok(())
}

/// Appends a float by specification.
pub(super) fn push_float(cx: &Ctx, out: &mut String, number: f64, spec: &Spec, class: &str) -> Res<()> {
    if let Some(kind) = spec.kind
        && !matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' | 'n')
    {
        return Err(unknown_code(cx, kind, class));
    }
    check_precision(cx, spec)?;
    if let Spec { kind: Some('f'), alternate: false, no_negative_zero: false, fraction_grouping: None, .. } = spec
        && spec.grouping.is_none()
        && let Some(fixed) = Fixed::of(number.abs(), spec.precision.unwrap_or(6))
    {
        let lead = sign(number.is_sign_negative(), spec);
        push_padded(out, lead, &fixed.parts(&mut itoa::Buffer::new()), spec, Align::Right);
        return Ok(());
    }
    let Parts { lead, whole, tail } = signed_parts(number, spec);
    finish(out, (lead, &whole, &tail), spec, 3);
    Ok(())
}

/// Appends a complex number by specification.
pub(super) fn push_complex(cx: &Ctx, out: &mut String, re: f64, im: f64, spec: &Spec) -> Res<()> {
    if let Some(kind) = spec.kind
        && !matches!(kind, 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | 'n')
    {
        return Err(unknown_code(cx, kind, "complex"));
    }
    if spec.zero_padded {
        return Err(cx.value_error("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Some(Align::AfterSign) {
        return Err(cx.value_error("'=' alignment flag is not allowed in complex format specifier"));
    }
    check_precision(cx, spec)?;
    // Without a type, a part is written as `repr` or `g` would, and never with a `.0`.
    let kind = spec.kind.or(spec.precision.map(|_| 'g'));
    let text = |number: f64, spec: &Spec| {
        let mut parts = signed_parts(number, &Spec { kind, ..*spec });
        if kind.is_none() && parts.tail == ".0" {
            parts.tail.clear();
        }
        let whole = group(&parts.whole, spec.grouping, 3, 0);
        [parts.lead, &whole, &parts.tail].concat()
    };
    let skips_real = spec.kind.is_none() && re == 0.0 && re.is_sign_positive();
    let parentheses = spec.kind.is_none() && !skips_real;
    let mut joined = String::new();
    if parentheses {
        joined.push('(');
    }
    if !skips_real {
        joined.push_str(&text(re, spec));
    }
    let im_spec = Spec { sign: if skips_real { spec.sign } else { Some(Sign::Plus) }, ..*spec };
    joined.push_str(&text(im, &im_spec));
    joined.push('j');
    if parentheses {
        joined.push(')');
    }
    push_padded(out, "", &[&joined], spec, Align::Right);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups() {
        assert_eq!(group("1234567", Some(','), 3, 0), "1,234,567");
        assert_eq!(group("123", Some(','), 3, 8), "0,000,123");
        assert_eq!(group("1234", Some(','), 3, 10), "00,001,234");
        assert_eq!(group("ff", Some('_'), 4, 0), "ff");
    }
}
