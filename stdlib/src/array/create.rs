//! The constructor.

use argil_compiler::surrogate;
use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::Args;
use argil_interp::ops::iter;
use argil_interp::ops::warn::deprecated;
use argil_interp::types::array::Array;
use argil_interp::types::array::item::Item;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::class::Class;
use argil_interp::value::Value;

use super::LETTERS;
use super::pack::pack;

/// An array of a class.
pub fn build(cx: &Ctx, class: Slot, item: Item, bytes: Vec<u8>) -> Slot {
    let value = match cx.get(class).cast::<Class>() {
        Some(class) => Array::build(cx, class.birth().0, item, bytes),
        None => Array::build(cx, Builtin::Object, item, bytes),
    };
    cx.root(value)
}

/// An array that is no subclass's.
pub fn plain(cx: &Ctx, item: Item, bytes: Vec<u8>) -> Slot {
    let class = cx.native_class::<Array>().map_or(Value::NONE, Value::of);
    build(cx, cx.root(class), item, bytes)
}

/// The type of the items that a letter names.
pub fn item_of(letter: &str) -> Option<Item> {
    let [byte] = letter.as_bytes() else { return None };
    LETTERS.contains(letter).then(|| Item::of(*byte)).flatten()
}

/// Characters as items.
pub fn characters(text: &str) -> Vec<u8> {
    let mut bytes = memory::buffer(text.chars().count().saturating_mul(4));
    text.chars().for_each(|c| bytes.extend_from_slice(&surrogate::code_of(c).to_le_bytes()));
    bytes
}

/// `array(typecode, initializer)`.
pub fn new(cx: &mut Ctx, args: Args<'_>) -> Res<Slot> {
    let positional = args.positional(cx);
    let (args, names) = args.into_slots(cx);
    if positional == 0 {
        return Err(cx.type_error("array.array.__new__(): not enough arguments"));
    }
    let class = args.get(0);
    let is_own = cx
        .get(class)
        .cast::<Class>()
        .is_some_and(|class| cx.native_class::<Array>().is_some_and(|array| std::ptr::eq(class, array)));
    if names.is_some() && is_own {
        return Err(cx.type_error("array.array() takes no keyword arguments"));
    }
    let given = positional - 1;
    if given == 0 || given > 2 {
        let (bound, plural) = if given == 0 { ("at least 1", "") } else { ("at most 2", "s") };
        return Err(cx.type_error(format!("array() takes {bound} argument{plural} ({given} given)")));
    }
    let value = cx.get(args.get(1));
    let wrong = |got: String| cx.type_error(format!("array() argument 1 must be a unicode character, not {got}"));
    let letter = value.as_str().ok_or_else(|| wrong(cx.type_name(value).to_owned()))?.to_owned();
    if letter.chars().count() != 1 {
        return Err(wrong(format!("a string of length {}", letter.chars().count())));
    }
    if letter == "u" {
        warn_about_u(cx)?;
    }
    let item = item_of(&letter);
    let initial = (given == 2).then(|| args.get(2));
    if let Some(initial) = initial.map(|initial| cx.get(initial))
        && !item.is_some_and(Item::is_text)
    {
        let what = match initial.native::<Array>() {
            Some(array) if array.item.is_text() => Some("unicode array"),
            None if initial.as_str().is_some() => Some("str"),
            _ => None,
        };
        if let Some(what) = what {
            let message = format!("cannot use a {what} to initialize an array with typecode '{letter}'");
            return Err(cx.type_error(message));
        }
    }
    let Some(item) = item else {
        return Err(cx.value_error("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)"));
    };
    let Some(initial) = initial else { return Ok(build(cx, class, item, Vec::new())) };
    let source = cx.get(initial);
    if let Some(text) = source.as_str() {
        return Ok(build(cx, class, item, characters(text)));
    }
    if let Some(array) = source.native::<Array>().filter(|array| array.item == item) {
        let bytes = array.with(memory::copy);
        return Ok(build(cx, class, item, bytes));
    }
    if source.as_bytes().is_some() || source.native::<ByteArray>().is_some() {
        let bytes = ByteArray::contents(source).unwrap_or_default().into_owned();
        if !bytes.len().is_multiple_of(item.size()) {
            return Err(cx.value_error("bytes length not a multiple of item size"));
        }
        return Ok(build(cx, class, item, bytes));
    }
    let mut bytes = Vec::new();
    collect(cx, item, initial, &mut bytes)?;
    Ok(build(cx, class, item, bytes))
}

/// Packs the elements of an iterable.
pub fn collect(cx: &mut Ctx, item: Item, source: Slot, bytes: &mut Vec<u8>) -> Res<()> {
    iter::for_each(cx, source, |cx, element| {
        let packed = pack(cx, item, element)?;
        memory::reserve(bytes, item.size());
        bytes.extend_from_slice(&packed[..item.size()]);
        Ok(true)
    })
}

fn warn_about_u(cx: &mut Ctx) -> Res<()> {
    deprecated(cx, "The 'u' type code is deprecated and will be removed in Python 3.16")
}
