//! From arguments to Rust types, and from Rust types to results.

use super::{Args, NativeDef, ParamKind, bound_value};
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::object::HeapType;
use crate::ops::{number, truth};
use crate::types::int::Int;
use crate::value::{Value, Word};

/// Script code's part in a conversion: puts something that [`FromArg::from_arg`] takes in the place of an argument.
pub type ByScript = fn(&mut Ctx, Slot) -> Res<Slot>;

/// A Rust type that an argument converts to.
pub trait FromArg<'h>: Sized {
    /// What script code must do first: `__index__`, `__float__` or `__bool__`. It runs before the function begins, so that
    /// a plain function takes all that CPython takes and still reaches no safepoint itself.
    #[inline(always)]
    fn by_script(_cx: &Ctx, _value: Value<'_>) -> Option<ByScript> {
        None
    }

    /// Converts an argument; a TypeError names the function `def` and the position `index`.
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self>;
}

/// The TypeError for an argument of the wrong type.
pub fn wrong_type(cx: &Ctx, value: Value<'_>, def: &'static NativeDef, index: usize, wanted: &str) -> Raised {
    let receiver = def.receivers();
    let (function, got) = (def.name(), cx.type_name(value));
    if index < receiver {
        return cx
            .type_error(format!("descriptor '{function}' for '{wanted}' objects doesn't apply to a '{got}' object"));
    }
    let got = if value.is_none() { "None" } else { got };
    let params = def.params.len() - receiver;
    let param = &def.params[index];
    if param.kind != ParamKind::Positional {
        cx.type_error(format!("{function}() argument '{}' must be {wanted}, not {got}", param.name()))
    } else if params == 1 && !def.rest {
        cx.type_error(format!("{function}() argument must be {wanted}, not {got}"))
    } else {
        cx.type_error(format!("{function}() argument {} must be {wanted}, not {got}", index + 1 - receiver))
    }
}

impl<'h> FromArg<'h> for Value<'h> {
    #[inline(always)]
    fn from_arg(_cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(value)
    }
}

/// Lets script code replace an argument of a plain function, if the parameter's type (its [`FromArg::by_script`]) asks for that.
#[doc(hidden)]
#[inline(always)]
pub fn prepare(
    cx: &mut Ctx,
    args: &Args,
    word: &mut Word,
    by_script: impl Fn(&Ctx, Value<'_>) -> Option<ByScript>,
) -> Res<()> {
    if !word.is_unset()
        && let Some(convert) = by_script(cx, bound_value(cx, args, *word))
    {
        *word = replaced(cx, *word, convert)?;
    }
    Ok(())
}

/// What script code makes of an argument; a slot of the function roots it.
#[cold]
#[inline(never)]
fn replaced(cx: &mut Ctx, word: Word, convert: ByScript) -> Res<Word> {
    let slot = cx.push_word(word);
    let result = convert(cx, slot)?;
    Ok(cx.get(result).word())
}

impl<'h, T: FromArg<'h>> FromArg<'h> for Option<T> {
    #[inline(always)]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        if value.is_none() { None } else { T::by_script(cx, value) }
    }

    #[inline(always)]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        if value.is_none() { Ok(None) } else { T::from_arg(cx, value, def, index).map(Some) }
    }
}

impl<'h> FromArg<'h> for &'h str {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        value.as_str().ok_or_else(|| wrong_type(cx, value, def, index, "str"))
    }
}

impl<'h> FromArg<'h> for &'h [u8] {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        value
            .as_bytes()
            .ok_or_else(|| cx.type_error(format!("a bytes-like object is required, not '{}'", cx.type_name(value))))
    }
}

impl<'h> FromArg<'h> for char {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let text = value.as_str().ok_or_else(|| {
            cx.type_error(format!("The fill character must be a unicode character, not {}", cx.type_name(value)))
        })?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Ok(c),
            _ => Err(cx.type_error("The fill character must be exactly one character long")),
        }
    }
}

/// How a value that is no integer becomes one.
#[inline]
fn index_by_script(_cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
    if value.as_int().is_some() { None } else { Some(number::index) }
}

impl<'h> FromArg<'h> for Int<'h> {
    #[inline]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        index_by_script(cx, value)
    }

    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        cx.index(value)
    }
}

impl<'h> FromArg<'h> for i64 {
    #[inline]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        index_by_script(cx, value)
    }

    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if let Some(small) = value.as_small_int() {
            return Ok(small);
        }
        cx.index(value)?.to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))
    }
}

/// Where a search in a list begins or ends: as a [`Bound`], but `None` the object is none.
#[derive(Clone, Copy)]
pub struct Place(pub i64);

impl Place {
    /// The index that is meant of `len` elements.
    pub fn within(self, len: usize) -> i64 {
        if self.0 < 0 { self.0.saturating_add(len as i64).max(0) } else { self.0 }
    }
}

impl<'h> FromArg<'h> for Place {
    #[inline]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        index_by_script(cx, value)?;
        Some(|cx, value| {
            number::index_opt(cx, value)?
                .ok_or_else(|| cx.type_error("slice indices must be integers or have an __index__ method"))
        })
    }

    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let int = cx.index(value)?;
        let farthest = if number::int::is_negative(int) { i64::MIN } else { i64::MAX };
        Ok(Place(int.to_i64().unwrap_or(farthest)))
    }
}

fn slice_index(cx: &mut Ctx, value: Slot) -> Res<Slot> {
    number::index_opt(cx, value)?
        .ok_or_else(|| cx.type_error("slice indices must be integers or None or have an __index__ method"))
}

impl<'h> FromArg<'h> for i32 {
    #[inline]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        index_by_script(cx, value)
    }

    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let number = cx.index(value)?.to_i64().and_then(|number| i32::try_from(number).ok());
        number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
    }
}

/// The start or end of a part of a sequence, as slices give it; what is out of range is clipped.
pub struct Bound(pub Option<i64>);

impl<'h> FromArg<'h> for Bound {
    #[inline]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        if value.is_none() { None } else { index_by_script(cx, value).map(|_| slice_index as ByScript) }
    }

    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if value.is_none() {
            return Ok(Bound(None));
        }
        let int = cx.index(value)?;
        let farthest = if number::int::is_negative(int) { i64::MIN } else { i64::MAX };
        // A little less, so that adding a length does not overflow.
        Ok(Bound(Some(int.to_i64().unwrap_or(farthest).clamp(i64::MIN / 2, i64::MAX / 2))))
    }
}

impl<'h> FromArg<'h> for f64 {
    #[inline]
    fn by_script(_cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        if value.as_float().is_some() || value.as_int().is_some() {
            return None;
        }
        Some(|cx, value| number::to_float(cx, value).map(|float| cx.root(cx.float(float))))
    }

    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        cx.real(value)
    }
}

impl<'h> FromArg<'h> for bool {
    #[inline]
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        if truth::truth_leaf(cx, value).is_some() {
            return None;
        }
        Some(|cx, value| truth::truth(cx, value).map(|truth| cx.root(Value::bool(truth))))
    }

    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        truth::truth_leaf(cx, value).ok_or_else(|| wrong_type(cx, value, def, index, "bool"))
    }
}

impl<'h, T: HeapType> FromArg<'h> for &'h T {
    #[inline]
    fn from_arg(cx: &'h Ctx, value: Value<'h>, def: &'static NativeDef, index: usize) -> Res<Self> {
        value.cast::<T>().ok_or_else(|| {
            let wanted = format!("{:?}", T::KIND).to_lowercase();
            wrong_type(cx, value, def, index, &wanted)
        })
    }
}

/// A Rust type that an argument in a slot converts to.
pub trait FromSlot: Sized {
    /// Converts an argument; may run script code.
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self>;
}

impl FromSlot for Slot {
    #[inline(always)]
    fn from_slot(_cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(slot)
    }
}

/// An argument that may be missing, where `None` the object is an argument like any other.
pub struct GivenSlot(pub Option<Slot>);

impl FromSlot for GivenSlot {
    fn from_slot(_cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Ok(GivenSlot(Some(slot)))
    }
}

/// A string that may be missing, where `None` the object is no string.
pub struct GivenText(pub Option<String>);

impl FromSlot for GivenText {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        String::from_slot(cx, slot, def, index).map(|text| GivenText(Some(text)))
    }
}

impl<T: FromSlot> FromSlot for Option<T> {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        if cx.get(slot).is_none() { Ok(None) } else { T::from_slot(cx, slot, def, index).map(Some) }
    }
}

macro_rules! from_slot_by_arg {
    ($($type:ty)*) => {
        $(impl FromSlot for $type {
            fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
                let slot = match <$type>::by_script(cx, cx.get(slot)) {
                    Some(convert) => convert(cx, slot)?,
                    None => slot,
                };
                let cx: &Ctx = cx;
                FromArg::from_arg(cx, cx.get(slot), def, index)
            }
        })*
    };
}
from_slot_by_arg! { bool char f64 i32 i64 Bound Place }

impl FromSlot for String {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let cx: &Ctx = cx;
        <&str>::from_arg(cx, cx.get(slot), def, index).map(str::to_owned)
    }
}

/// A Rust type that a native function returns.
pub trait IntoValue<'h> {
    /// The value, which the caller roots before the next safepoint.
    fn into_value(self, cx: &'h Ctx) -> Value<'h>;
}

impl<'h> IntoValue<'h> for Value<'h> {
    #[inline(always)]
    fn into_value(self, _cx: &'h Ctx) -> Value<'h> {
        self
    }
}

impl<'h> IntoValue<'h> for Slot {
    #[inline(always)]
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.get(self)
    }
}

impl<'h> IntoValue<'h> for () {
    fn into_value(self, _cx: &'h Ctx) -> Value<'h> {
        Value::NONE
    }
}

impl<'h> IntoValue<'h> for bool {
    fn into_value(self, _cx: &'h Ctx) -> Value<'h> {
        Value::bool(self)
    }
}

impl<'h> IntoValue<'h> for i64 {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.int(self)
    }
}

impl<'h> IntoValue<'h> for usize {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.uint(self as u64)
    }
}

impl<'h> IntoValue<'h> for f64 {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.float(self)
    }
}

impl<'h> IntoValue<'h> for String {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.str(&self)
    }
}

impl<'h> IntoValue<'h> for &str {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.str(self)
    }
}

impl<'h> IntoValue<'h> for char {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.char(self)
    }
}

impl<'h> IntoValue<'h> for dashu_int::IBig {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.big_int(self)
    }
}

impl<'h> IntoValue<'h> for Vec<u8> {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        cx.bytes(&self)
    }
}

impl<'h, T: HeapType> IntoValue<'h> for &'h T {
    fn into_value(self, _cx: &'h Ctx) -> Value<'h> {
        Value::of(self)
    }
}

impl<'h, T: IntoValue<'h>> IntoValue<'h> for Option<T> {
    fn into_value(self, cx: &'h Ctx) -> Value<'h> {
        self.map_or(Value::NONE, |value| value.into_value(cx))
    }
}
