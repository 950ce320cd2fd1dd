//! Truth of any value.

use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::{Header, Kind};
use crate::ops::attr::{call_special, find_special};
use crate::types::class::Class;
use crate::types::complex::Complex;
use crate::types::dict::Dict;
use crate::types::function::NativeFunction;
use crate::types::list::List;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// The truth of a value, if no script code has a say in it.
#[inline]
pub fn truth_leaf(cx: &Ctx, value: Value<'_>) -> Option<bool> {
    let word = value.word();
    if word.is_int() {
        return Some(word.as_int() != 0);
    }
    match word {
        Word::TRUE | Word::ELLIPSIS => Some(true),
        Word::FALSE | Word::NONE => Some(false),
        Word::NOT_IMPLEMENTED => None,
        _ if word.is_float() => Some(word.as_float() != 0.0),
        _ => object_truth(cx, value),
    }
}

fn object_truth(cx: &Ctx, value: Value<'_>) -> Option<bool> {
    let overridden = |name| is_overridden(cx, value, name);
    if value.header().is_some_and(|header| !header.is_exact() && header.kind() != Kind::Native)
        && (overridden(Name::__bool__) || overridden(Name::__len__))
    {
        return None;
    }
    builtin_truth(cx, value)
}

/// The truth that a value's layout gives it, whatever its class says.
pub(crate) fn builtin_truth(cx: &Ctx, value: Value<'_>) -> Option<bool> {
    match value.kind()? {
        Kind::Str => value.cast::<Str>().map(|s| !s.is_empty()),
        Kind::List => value.cast::<List>().map(|list| !list.is_empty(cx)),
        Kind::Tuple => value.cast::<Tuple>().map(|tuple| !tuple.is_empty()),
        Kind::Dict => value.cast::<Dict>().map(|dict| !dict.is_empty(cx)),
        Kind::Set => value.cast::<Set>().map(|set| !set.is_empty(cx)),
        Kind::Range => value.cast::<Range>().map(|range| !range.is_empty()),
        Kind::Bytes => value.as_bytes().map(|bytes| !bytes.is_empty()),
        Kind::BigInt => Some(true),
        Kind::IntBox => value.as_int().map(|int| int.to_i64() != Some(0)),
        Kind::FloatBox => value.as_float().map(|number| number != 0.0),
        Kind::Complex => value.cast::<Complex>().map(|z| z.re != 0.0 || z.im != 0.0),
        _ => {
            let plain =
                find_special(cx, value, Name::__bool__).is_none() && find_special(cx, value, Name::__len__).is_none();
            if plain { Some(true) } else { None }
        }
    }
}

/// The truth of any value: what `bool(value)` is.
pub fn truth(cx: &mut Ctx, value: Slot) -> Res<bool> {
    if let Some(known) = truth_leaf(cx, cx.get(value)) {
        return Ok(known);
    }
    if cx.get(value).word() == Word::NOT_IMPLEMENTED {
        return Err(cx.type_error("NotImplemented should not be used in a boolean context"));
    }
    cx.scope(|cx| {
        if let Some(answer) = call_special(cx, value, Name::__bool__, &[])? {
            let answer = cx.get(answer);
            return match answer.word() {
                Word::TRUE => Ok(true),
                Word::FALSE => Ok(false),
                _ => Err(cx.type_error(format!("__bool__ should return bool, returned {}", cx.type_name(answer)))),
            };
        }
        Ok(super::item::len(cx, value)? != 0)
    })
}

/// Whether the class of a value gives a special method another meaning than the value's layout has: what it has under that
/// name is not the method of a built-in class.
#[inline]
pub(crate) fn is_overridden(cx: &Ctx, value: Value<'_>, name: Name) -> bool {
    !value.header().is_none_or(Header::is_exact)
        && !find_special(cx, value, name).is_none_or(|found| is_builtin(cx, found))
}

/// Whether a value is a method of a built-in class.
fn is_builtin(cx: &Ctx, method: Value<'_>) -> bool {
    let owner = method.cast::<NativeFunction>().and_then(|function| function.owner.get(cx));
    owner.and_then(Value::cast::<Class>).is_some_and(Class::is_builtin)
}
