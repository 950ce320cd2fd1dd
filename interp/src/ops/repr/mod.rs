//! `repr`, `str` and `ascii` of any value.
//!
//! Everything appends to one string, so that a container's text is built once. A container that contains itself shows as
//! `[...]`: the context keeps the containers that are being shown.

mod exception;
mod float;
mod object;
mod text;

pub use float::{float_repr, layout, push_exponent, push_float, push_shortest, shortest_digits};
pub use object::default_repr;
pub use text::{bytearray_repr, bytes_repr, push_escape, str_repr};

use dashu_int::IBig;
use dashu_int::ops::BitTest;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot, Slots};
use crate::names::Name;
use crate::object::{Header, Kind};
use crate::ops::attr::call_special;
use crate::types::bytearray::ByteArray;
use crate::types::complex::Complex;
use crate::types::dict::Dict;
use crate::types::int::Int;
use crate::types::list::List;
use crate::types::set::Set;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// `repr(v)`.
pub fn repr(cx: &mut Ctx, v: Slot) -> Res<String> {
    let mut text = String::new();
    push_repr(cx, &mut text, v)?;
    Ok(text)
}

/// `str(v)`.
pub fn to_str(cx: &mut Ctx, v: Slot) -> Res<String> {
    let mut text = String::new();
    push_str(cx, &mut text, v)?;
    Ok(text)
}

/// `str(v)` as a value: the string itself, if it is one.
pub fn to_str_value(cx: &mut Ctx, v: Slot) -> Res<Slot> {
    if is_exact_str(cx.get(v)) {
        return Ok(v);
    }
    if let Some(small) = cx.get(v).as_small_int().filter(|_| !is_overridable(cx, cx.get(v))) {
        return Ok(cx.root(cx.str(itoa::Buffer::new().format(small))));
    }
    if is_overridable(cx, cx.get(v))
        && let Some(text) = special_text(cx, v, Name::__str__)?
    {
        return Ok(text);
    }
    let text = to_str(cx, v)?;
    Ok(cx.root(cx.str(&text)))
}

/// `repr(v)` as a value: what `__repr__` returned, which may be an instance of a subclass.
pub fn repr_value(cx: &mut Ctx, v: Slot) -> Res<Slot> {
    if is_overridable(cx, cx.get(v))
        && let Some(text) = special_text(cx, v, Name::__repr__)?
    {
        return Ok(text);
    }
    let text = repr(cx, v)?;
    Ok(cx.root(cx.str(&text)))
}

/// `ascii(v)` as a value: that of `repr_value`, if there is nothing to escape.
pub fn ascii_value(cx: &mut Ctx, v: Slot) -> Res<Slot> {
    let text = repr_value(cx, v)?;
    let cx: &Ctx = cx;
    match cx.get(text).as_str() {
        Some(shown) if !shown.is_ascii() => Ok(cx.root(cx.str(&text::escape_non_ascii(shown.to_owned())))),
        _ => Ok(text),
    }
}

/// `ascii(v)`.
pub fn ascii(cx: &mut Ctx, v: Slot) -> Res<String> {
    Ok(text::escape_non_ascii(repr(cx, v)?))
}

/// Whether a value is a string, not of a subclass.
pub(crate) fn is_exact_str(value: Value<'_>) -> bool {
    value.cast::<Str>().is_some() && value.header().is_some_and(Header::is_exact)
}

/// Appends `repr(v)`.
pub fn push_repr(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    if is_overridable(cx, cx.get(v)) {
        return push_special(cx, out, v, Name::__repr__);
    }
    push_builtin_repr(cx, out, v)
}

/// Appends `str(v)`.
pub fn push_str(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let value = cx.get(v);
    if is_overridable(cx, value) {
        return push_special(cx, out, v, Name::__str__);
    }
    match value.as_str() {
        Some(text) => {
            out.push_str(text);
            Ok(())
        }
        None => push_builtin_repr(cx, out, v),
    }
}

/// Whether the class of a value may define a text of its own.
fn is_overridable(cx: &Ctx, value: Value<'_>) -> bool {
    let Some(header) = value.header() else { return false };
    match header.kind() {
        Kind::Instance | Kind::Exception | Kind::Native => true,
        Kind::Class => !cx.class_of(value).is(Builtin::Type),
        _ => !header.is_exact(),
    }
}

fn push_special(cx: &mut Ctx, out: &mut String, v: Slot, name: Name) -> Res<()> {
    match special_text(cx, v, name)? {
        Some(text) => {
            out.push_str(cx.get(text).as_str().unwrap_or_default());
            Ok(())
        }
        None => push_builtin_repr(cx, out, v),
    }
}

/// The string that a method for texts returns, if the class has the method.
fn special_text(cx: &mut Ctx, v: Slot, name: Name) -> Res<Option<Slot>> {
    match call_special(cx, v, name, &[])? {
        Some(result) if cx.get(result).as_str().is_none() => Err(not_a_string(cx, name, cx.get(result))),
        result => Ok(result),
    }
}

/// What `str.__str__`, `BaseException.__str__` or `object.__str__` gives, whichever the layout of the value calls for.
pub fn builtin_str(cx: &mut Ctx, v: Slot) -> Res<String> {
    if let Some(text) = cx.get(v).as_str() {
        return Ok(text.to_owned());
    }
    if cx.get(v).kind() == Some(Kind::Exception) {
        return exception::exception_str(cx, v);
    }
    repr(cx, v)
}

/// What `__repr__` of the built-in type gives whose layout the value has, whatever its class overrides.
pub fn builtin_repr(cx: &mut Ctx, v: Slot) -> Res<String> {
    let mut out = String::new();
    push_builtin_repr(cx, &mut out, v)?;
    Ok(out)
}

fn push_builtin_repr(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    if push_leaf(cx, out, cx.get(v))? {
        return Ok(());
    }
    match cx.get(v).kind() {
        Some(Kind::List | Kind::Tuple | Kind::Dict | Kind::Set) => push_container(cx, out, v),
        Some(Kind::Exception) => exception::push_repr(cx, out, v),
        _ => object::push_repr(cx, out, v),
    }
}

/// Appends the text of a number, string, bytes object or singleton; whether it was one.
fn push_leaf(cx: &Ctx, out: &mut String, value: Value<'_>) -> Res<bool> {
    if let Some(small) = value.as_small_int() {
        push_small(out, small);
    } else if let Some(text) = value.as_str() {
        text::push_str(out, text);
    } else if let Some(number) = value.as_float() {
        push_float(out, number);
    } else if value == Value::TRUE {
        out.push_str("True");
    } else if value == Value::FALSE {
        out.push_str("False");
    } else if let Some(int) = value.as_int() {
        match int {
            Int::Small(small) => push_small(out, small),
            Int::Big(big) => out.push_str(&decimal(cx, big)?),
        }
    } else if value.is_none() {
        out.push_str("None");
    } else if let Some(complex) = value.cast::<Complex>() {
        out.push_str(&complex_repr(complex.re, complex.im));
    } else if let Some(bytes) = value.as_bytes() {
        out.push_str(&bytes_repr(bytes));
    } else if let Some(array) = value.native::<ByteArray>() {
        out.push_str(&format!("{}({})", cx.class_of(value).plain_name(cx), array.with(bytearray_repr)));
    } else if value == Value::ELLIPSIS {
        out.push_str("Ellipsis");
    } else if value == Value::NOT_IMPLEMENTED {
        out.push_str("NotImplemented");
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// Appends a number in decimal.
pub fn push_small(out: &mut String, number: i64) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// The decimal digits of a big integer; a ValueError if they are more than the limit.
pub fn decimal(cx: &Ctx, big: &IBig) -> Res<String> {
    let limit = cx.interp().max_str_digits();
    // log10(2) from below and above decides most cases without the conversion, whose time the limit is about.
    let bits = big.bit_len();
    let too_long = || {
        cx.value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    if limit > 0 && bits / 10 * 3 > limit {
        return Err(too_long());
    }
    crate::ops::number::int::expect_bits(4 * bits as u64);
    let text = big.to_string();
    if limit > 0 && text.trim_start_matches('-').len() > limit { Err(too_long()) } else { Ok(text) }
}

/// `repr` of a complex number.
pub fn complex_repr(re: f64, im: f64) -> String {
    let mut text = String::new();
    if re == 0.0 && re.is_sign_positive() {
        push_shortest(&mut text, im);
        text.push('j');
        return text;
    }
    text.push('(');
    push_shortest(&mut text, re);
    if !im.is_sign_negative() || im.is_nan() {
        text.push('+');
    }
    push_shortest(&mut text, im);
    text.push_str("j)");
    text
}

/// Runs `f` unless the container is already being shown by this thread; whether it ran.
pub fn guarded(cx: &mut Ctx, v: Slot, f: impl FnOnce(&mut Ctx) -> Res<()>) -> Res<bool> {
    let word = cx.get(v).word();
    if cx.showing.contains(&word) {
        return Ok(false);
    }
    cx.check_native_stack(" while getting the repr of an object")?;
    cx.showing.push(word);
    let result = cx.scope(f);
    cx.showing.pop();
    result.map(|()| true)
}

fn push_container(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let before = out.len();
    let shown = guarded(cx, v, |cx| match cx.get(v).kind() {
        Some(Kind::List) => push_list(cx, out, v),
        Some(Kind::Tuple) => push_tuple(cx, out, v),
        Some(Kind::Dict) => push_dict(cx, out, v),
        _ => push_set(cx, out, v),
    })?;
    if !shown {
        out.truncate(before);
        let class = cx.type_name(cx.get(v)).to_owned();
        out.push_str(&match cx.get(v).kind() {
            Some(Kind::List) => "[...]".to_owned(),
            Some(Kind::Tuple) => "(...)".to_owned(),
            Some(Kind::Dict) => "{...}".to_owned(),
            _ => format!("{class}(...)"),
        });
    }
    Ok(())
}

/// Appends the `repr` of an element, without a slot if it is a plain value.
fn push_element(cx: &mut Ctx, out: &mut String, element: impl FnOnce(&Ctx) -> Value<'_>) -> Res<()> {
    let slot = {
        let cx: &Ctx = cx;
        let value = element(cx);
        if value.header().is_none_or(Header::is_exact) && push_leaf(cx, out, value)? {
            return Ok(());
        }
        cx.root(value)
    };
    push_repr(cx, out, slot)
}

fn push_list(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    out.push('[');
    let mut index = 0;
    loop {
        // By index: showing an element may change the list.
        let list = cx.get(v).cast::<List>();
        if list.and_then(|list| list.get(cx, index)).is_none() {
            break;
        }
        if index > 0 {
            out.push_str(", ");
        }
        cx.scope(|cx| {
            push_element(cx, out, |cx| {
                cx.get(v).cast::<List>().and_then(|list| list.get(cx, index)).unwrap_or(Value::NONE)
            })
        })?;
        index += 1;
    }
    out.push(']');
    Ok(())
}

fn push_tuple(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let len = cx.get(v).cast::<Tuple>().map_or(0, Tuple::len);
    out.push('(');
    for index in 0..len {
        if index > 0 {
            out.push_str(", ");
        }
        cx.scope(|cx| {
            push_element(cx, out, |cx| {
                cx.get(v).cast::<Tuple>().and_then(|tuple| tuple.get(cx, index)).unwrap_or(Value::NONE)
            })
        })?;
    }
    out.push_str(if len == 1 { ",)" } else { ")" });
    Ok(())
}

fn push_slots(cx: &mut Ctx, out: &mut String, elements: Slots) -> Res<()> {
    for (i, element) in elements.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        cx.scope(|cx| push_repr(cx, out, element))?;
    }
    Ok(())
}

fn push_dict(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let entries: Vec<_> =
        cx.get(v).cast::<Dict>().map(|dict| dict.iter(cx).flat_map(|(k, v)| [k, v]).collect()).unwrap_or_default();
    let entries = cx.root_all(entries);
    out.push('{');
    for i in (0..entries.len()).step_by(2) {
        if i > 0 {
            out.push_str(", ");
        }
        cx.scope(|cx| push_repr(cx, out, entries.get(i)))?;
        out.push_str(": ");
        cx.scope(|cx| push_repr(cx, out, entries.get(i + 1)))?;
    }
    out.push('}');
    Ok(())
}

fn push_set(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let elements: Vec<_> = cx.get(v).cast::<Set>().map(|set| set.iter(cx).collect()).unwrap_or_default();
    let elements = cx.root_all(elements);
    let plain = cx.class_of(cx.get(v)).is(Builtin::Set);
    let class = cx.type_name(cx.get(v)).to_owned();
    if elements.is_empty() {
        out.push_str(&format!("{class}()"));
        return Ok(());
    }
    if !plain {
        out.push_str(&format!("{class}("));
    }
    out.push('{');
    push_slots(cx, out, elements)?;
    out.push_str(if plain { "}" } else { "})" });
    Ok(())
}

/// The TypeError for a special method that must return a string.
pub(crate) fn not_a_string(cx: &Ctx, name: Name, result: Value<'_>) -> Raised {
    cx.type_error(format!("{} returned non-string (type {})", name.as_str(), cx.type_name(result)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        let mut text = String::new();
        for number in [0, 7, -7, 10, i64::MAX, i64::MIN] {
            text.clear();
            push_small(&mut text, number);
            assert_eq!(text, number.to_string());
        }
        assert_eq!(complex_repr(0.0, 1.0), "1j");
        assert_eq!(complex_repr(-0.0, -1.0), "(-0-1j)");
        assert_eq!(complex_repr(1.5, f64::NAN), "(1.5+nanj)");
        assert_eq!(complex_repr(1e20, f64::NEG_INFINITY), "(1e+20-infj)");
    }
}
