//! `format`: by specification, by `%`, and by templates with replacement fields.

mod digits;
mod number;
mod percent;
pub mod spec;
pub mod template;

pub use number::radix;
pub use percent::{percent, percent_bytes};

use spec::{Align, Spec, push_padded};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::Header;
use crate::ops::attr::call_special;
use crate::ops::repr;
use crate::types::complex::Complex;
use crate::value::Value;

/// `format(v, spec)`.
pub fn format(cx: &mut Ctx, v: Slot, spec: &str) -> Res<String> {
    let mut out = String::new();
    push_format(cx, &mut out, v, spec)?;
    Ok(out)
}

/// Appends `format(v, spec)`.
pub fn push_format(cx: &mut Ctx, out: &mut String, v: Slot, spec: &str) -> Res<()> {
    if is_exact(cx, v)
        && let Some(result) = push_leaf(cx, out, cx.get(v), spec)
    {
        return result;
    }
    let class = cx.class_of(cx.get(v));
    let own = class.special(cx, Name::__format__);
    if own.is_none() || own == cx.class(Builtin::Object).special(cx, Name::__format__) {
        return push_default(cx, out, v, spec);
    }
    let spec = cx.root(cx.str(spec));
    let Some(result) = call_special(cx, v, Name::__format__, &[spec])? else { return Ok(()) };
    match cx.get(result).as_str() {
        Some(text) => {
            out.push_str(text);
            Ok(())
        }
        None => {
            let class = cx.type_name(cx.get(result));
            Err(cx.type_error(format!("__format__ must return a str, not {class}")))
        }
    }
}

/// `format(value, spec)` of a string or a number that is of no subclass; `None` if the value is something else.
pub fn format_leaf<'h>(cx: &'h Ctx, value: Value<'h>, spec: &str) -> Option<Res<Value<'h>>> {
    if !value.header().is_none_or(Header::is_exact) {
        return None;
    }
    if spec.is_empty() && value.as_str().is_some() {
        return Some(Ok(value));
    }
    cx.text_from(|out| push_leaf(cx, out, value, spec))
}

fn is_exact(cx: &Ctx, v: Slot) -> bool {
    cx.get(v).header().is_none_or(Header::is_exact)
}

/// What `__format__` of the built-in type gives whose layout the value has, whatever its class overrides.
pub fn builtin_format(cx: &mut Ctx, v: Slot, spec: &str) -> Res<String> {
    let mut out = String::new();
    // Without a specification an instance of a subclass shows by its own `__str__`.
    let leaf = if spec.is_empty() && !is_exact(cx, v) { None } else { push_leaf(cx, &mut out, cx.get(v), spec) };
    match leaf {
        Some(result) => result?,
        None => push_default(cx, &mut out, v, spec)?,
    }
    Ok(out)
}

/// What `object.__format__` gives.
fn push_default(cx: &mut Ctx, out: &mut String, v: Slot, spec: &str) -> Res<()> {
    if !spec.is_empty() {
        let class = cx.type_name(cx.get(v));
        return Err(cx.type_error(format!("unsupported format string passed to {class}.__format__")));
    }
    repr::push_str(cx, out, v)
}

/// Appends a number or string by specification; `None` if the value is something else.
pub(crate) fn push_leaf(cx: &Ctx, out: &mut String, value: Value<'_>, text: &str) -> Option<Res<()>> {
    if let Some(string) = value.as_str() {
        if text.is_empty() {
            out.push_str(string);
            return Some(Ok(()));
        }
        return Some(spec::parse_for(cx, text, "str").and_then(|spec| push_text(cx, out, string, &spec)));
    }
    if text.is_empty() {
        if let Some(small) = value.as_small_int() {
            repr::push_small(out, small);
            return Some(Ok(()));
        }
        if let Some(number) = value.as_float() {
            repr::push_float(out, number);
            return Some(Ok(()));
        }
        return None;
    }
    if let Some(int) = value.as_int() {
        let class = if value.is_bool() { "bool" } else { "int" };
        return Some(spec::parse_for(cx, text, class).and_then(|spec| number::push_int(cx, out, int, &spec, class)));
    }
    if let Some(float) = value.as_float() {
        return Some(
            spec::parse_for(cx, text, "float").and_then(|spec| number::push_float(cx, out, float, &spec, "float")),
        );
    }
    let complex = value.cast::<Complex>()?;
    Some(
        spec::parse_for(cx, text, "complex")
            .and_then(|spec| number::push_complex(cx, out, complex.re, complex.im, &spec)),
    )
}

/// Appends a string by specification.
fn push_text(cx: &Ctx, out: &mut String, text: &str, spec: &Spec) -> Res<()> {
    if let Some(kind) = spec.kind
        && kind != 's'
    {
        return Err(spec::unknown_code(cx, kind, "str"));
    }
    let refused = match spec {
        Spec { sign: Some(spec::Sign::Space), .. } => "Space not allowed in string format specifier",
        Spec { sign: Some(_), .. } => "Sign not allowed in string format specifier",
        Spec { no_negative_zero: true, .. } => "Negative zero coercion (z) not allowed in string format specifier",
        Spec { alternate: true, .. } => "Alternate form (#) not allowed in string format specifier",
        Spec { align: Some(Align::AfterSign), .. } => "'=' alignment not allowed in string format specifier",
        _ => "",
    };
    if !refused.is_empty() {
        return Err(cx.value_error(refused));
    }
    let text = match spec.precision {
        Some(most) => text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end]),
        None => text,
    };
    push_padded(out, "", &[text], spec, Align::Left);
    Ok(())
}
