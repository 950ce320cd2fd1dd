//! The constructor and methods of complex numbers.

use super::Complex;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::ops::attr::call_special;
use crate::ops::number::is_exact;
use crate::ops::number::{parse, plain_result, to_float};
use crate::ops::warn::deprecated;
use crate::types::class::{Class, full_name};
use crate::types::str::unicode;
use crate::value::Value;

/// Reads a complex number: `re`, `imj`, or both, perhaps in parentheses.
fn from_text(text: &str) -> Option<(f64, f64)> {
    let text = text.trim_matches(unicode::is_space);
    let text = match text.strip_prefix('(') {
        Some(inner) => inner.strip_suffix(')')?.trim_matches(unicode::is_space),
        None => text,
    };
    if text.contains(unicode::is_space) {
        return None;
    }
    let Some(body) = text.strip_suffix(['j', 'J']) else { return Some((parse::float(text)?, 0.0)) };
    // The sign of the imaginary part is the last one that does not belong to an exponent.
    let bytes = body.as_bytes();
    let is_split = |&i: &usize| matches!(bytes[i], b'+' | b'-') && (i == 0 || !matches!(bytes[i - 1], b'e' | b'E'));
    let split = (0..bytes.len()).rev().find(is_split).unwrap_or(0);
    let (re, im) = body.split_at(split);
    let im = match im {
        "" | "+" => 1.0,
        "-" => -1.0,
        _ => parse::float(im)?,
    };
    Some((if re.is_empty() { 0.0 } else { parse::float(re)? }, im))
}

/// A number as a complex one, by `__complex__` if it has that. `error` is told the class of what is none.
pub fn from_number(cx: &mut Ctx, v: Slot, error: impl FnOnce(&Ctx, &str) -> Raised) -> Res<(f64, f64)> {
    if let Some(complex) = cx.get(v).cast::<Complex>() {
        return Ok((complex.re, complex.im));
    }
    if let Some(result) = call_special(cx, v, Name::__complex__, &[])? {
        let plain = plain_result(cx, result, "__complex__", "complex", |cx, value| {
            value.cast::<Complex>().map(|complex| Value::of(Complex::alloc(cx, complex.re, complex.im)))
        })?;
        let parts = cx.get(plain).cast::<Complex>().map(|complex| (complex.re, complex.im));
        return Ok(parts.unwrap_or_default());
    }
    let value = cx.get(v);
    let class = cx.class_of(value);
    let is_real = value.as_float().is_some()
        || value.as_int().is_some()
        || class.special(cx, Name::__float__).is_some()
        || class.special(cx, Name::__index__).is_some();
    if !is_real {
        return Err(error(cx, class.name(cx)));
    }
    Ok((to_float(cx, v)?, 0.0))
}

/// Warns of a part that is complex itself.
fn warn_of_complex(cx: &mut Ctx, part: Option<Slot>, name: &str) -> Res<()> {
    let Some(part) = part else { return Ok(()) };
    let class = cx.class_of(cx.get(part));
    if cx.get(part).cast::<Complex>().is_none() && class.special(cx, Name::__complex__).is_none() {
        return Ok(());
    }
    let class = full_name(cx, class);
    deprecated(cx, &format!("complex() argument '{name}' must be a real number, not {class}"))
}

/// `complex(real, imag)`.
fn construct(cx: &mut Ctx, real: Option<Slot>, imag: Option<Slot>) -> Res<(f64, f64)> {
    let one = imag.is_none();
    let part = |name: &'static str| {
        move |cx: &Ctx, class: &str| {
            cx.type_error(format!("complex() argument '{name}' must be a real number, not {class}"))
        }
    };
    let re = match real {
        None => (0.0, 0.0),
        Some(real) if one => {
            if let Some(text) = cx.get(real).as_str() {
                return from_text(text).ok_or_else(|| cx.value_error("complex() arg is a malformed string"));
            }
            return from_number(cx, real, |cx, class| {
                cx.type_error(format!("complex() argument must be a string or a number, not {class}"))
            });
        }
        Some(real) => from_number(cx, real, part("real"))?,
    };
    let im = match imag {
        None => (0.0, 0.0),
        Some(imag) if cx.get(imag).cast::<Complex>().is_none() => {
            let value = cx.get(imag);
            let class = cx.class_of(value);
            let is_real = [Name::__float__, Name::__index__].into_iter().any(|name| class.special(cx, name).is_some());
            if !is_real {
                return Err(part("imag")(cx, &full_name(cx, class)));
            }
            (to_float(cx, imag)?, 0.0)
        }
        Some(imag) => from_number(cx, imag, part("imag"))?,
    };
    warn_of_complex(cx, real, "real")?;
    warn_of_complex(cx, imag.filter(|&imag| cx.get(imag).cast::<Complex>().is_some()), "imag")?;
    // A part that is missing is not added: that would change the sign of a zero.
    let is_complex = |cx: &Ctx, part: Option<Slot>| {
        part.is_some_and(|part| {
            let value = cx.get(part);
            value.cast::<Complex>().is_some() || cx.class_of(value).special(cx, Name::__complex__).is_some()
        })
    };
    let real_part = if is_complex(cx, imag) { re.0 - im.1 } else { re.0 };
    let imaginary_part = if is_complex(cx, real) { re.1 + im.0 } else { im.0 };
    Ok((real_part, imaginary_part))
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Create a complex number from a string, a number, or two real numbers.
        static call fn __new__(
            cx; cls: Slot; real: GivenSlot = GivenSlot(None), imag: GivenSlot = GivenSlot(None)
        ) -> Slot {
            let (re, im) = construct(cx, real.0, imag.0)?;
            let cx: &Ctx = cx;
            let birth = match cx.get(cls).cast::<Class>() {
                Some(class) if !class.is(Builtin::Complex) => class.birth().0,
                _ => Builtin::Complex.into(),
            };
            Ok(cx.root(Value::of(Complex::build(cx, birth, re, im))))
        }

        /// Convert number to a complex floating-point number.
        class call fn from_number(cx; cls: Slot, number: Slot) -> Slot {
            let is_plain = cx.get(cls).cast::<Class>().is_none_or(|class| class.is(Builtin::Complex));
            if is_plain && cx.get(number).cast::<Complex>().is_some() && is_exact(cx.get(number)) {
                return Ok(number);
            }
            let (re, im) =
                from_number(cx, number, |cx, class| cx.type_error(format!("must be real number, not {class}")))?;
            let complex = cx.root(Value::of(Complex::alloc(cx, re, im)));
            if is_plain { Ok(complex) } else { cx.call(cls, &[complex]) }
        }

        /// The real part.
        get fn real(cx; self_: &'h Complex) -> f64 {
            Ok(self_.re)
        }

        /// The imaginary part.
        get fn imag(cx; self_: &'h Complex) -> f64 {
            Ok(self_.im)
        }

        /// Return the complex conjugate.
        fn conjugate(cx; self_: &'h Complex) -> Value<'h> {
            Ok(Value::of(Complex::alloc(cx, self_.re, -self_.im)))
        }

        /// Return the number as an exact complex.
        fn __complex__(cx; self_: &'h Complex) -> Value<'h> {
            Ok(Value::of(Complex::alloc(cx, self_.re, self_.im)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        for (text, number) in [
            ("1+2j", (1.0, 2.0)),
            (" ( 1e3-2j ) ", (1000.0, -2.0)),
            ("j", (0.0, 1.0)),
            ("-j", (0.0, -1.0)),
            ("1e-3j", (0.0, 0.001)),
            ("3", (3.0, 0.0)),
            ("-infj", (0.0, f64::NEG_INFINITY)),
        ] {
            assert_eq!(from_text(text), Some(number), "{text}");
        }
        for text in ["", "x", "1 + 2j", "(1", "1+j+", "jj"] {
            assert_eq!(from_text(text), None, "{text}");
        }
    }
}
