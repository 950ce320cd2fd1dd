//! How machines write items, which pickles say by a number, so that another machine can read them.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::memory;
use argil_interp::ops::attr;
use argil_interp::types::array::Array;
use argil_interp::types::array::item::Item;
use argil_interp::types::class::Class;
use argil_interp::value::Value;

use super::create::{self, characters, item_of};
use super::sequence::listed;

/// One way to write items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Unsigned,
    Signed,
    Float,
    Utf16,
    Utf32,
}

/// What each number means: the way, the size in bytes, whether the most significant byte is first.
const FORMATS: [(Way, usize, bool); 22] = [
    (Way::Unsigned, 1, false),
    (Way::Signed, 1, false),
    (Way::Unsigned, 2, false),
    (Way::Unsigned, 2, true),
    (Way::Signed, 2, false),
    (Way::Signed, 2, true),
    (Way::Unsigned, 4, false),
    (Way::Unsigned, 4, true),
    (Way::Signed, 4, false),
    (Way::Signed, 4, true),
    (Way::Unsigned, 8, false),
    (Way::Unsigned, 8, true),
    (Way::Signed, 8, false),
    (Way::Signed, 8, true),
    (Way::Float, 4, false),
    (Way::Float, 4, true),
    (Way::Float, 8, false),
    (Way::Float, 8, true),
    (Way::Utf16, 2, false),
    (Way::Utf16, 2, true),
    (Way::Utf32, 4, false),
    (Way::Utf32, 4, true),
];

/// The number of the way in which this machine writes items.
fn own_format(item: Item) -> i32 {
    let way = if item.is_text() {
        Way::Utf32
    } else if item.is_signed() {
        Way::Signed
    } else if item.is_unsigned() {
        Way::Unsigned
    } else {
        Way::Float
    };
    let found = FORMATS.iter().position(|format| *format == (way, item.size(), false));
    found.map_or(-1, |found| found as i32)
}

/// What `__reduce_ex__` returns; `own` is the dict of the array's attributes, or `None`.
pub fn reduced(cx: &mut Ctx, array: Slot, protocol: i64, own: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(array))));
    let item = cx.state::<Array>(array)?.item;
    let letter = cx.root(cx.char(char::from(item.letter())));
    if protocol < 3 {
        let list = listed(cx, array)?;
        let args = cx.tuple(&[cx.get(letter), cx.get(list)]);
        return Ok(cx.root(cx.tuple(&[cx.get(class), args, cx.get(own)])));
    }
    let module = import_module(cx, "array")?;
    let name = cx.root(cx.intern("_array_reconstructor"));
    let function = attr::get_attr(cx, module, name)?;
    let bytes = cx.state::<Array>(array)?.with(|bytes| cx.root(cx.bytes(bytes)));
    let format = cx.int(i64::from(own_format(item)));
    let args = cx.tuple(&[cx.get(class), cx.get(letter), format, cx.get(bytes)]);
    Ok(cx.root(cx.tuple(&[cx.get(function), args, cx.get(own)])))
}

/// `_array_reconstructor`.
pub fn reconstruct(cx: &mut Ctx, class: Slot, letter: Slot, format: i32, items: Slot) -> Res<Slot> {
    let cx: &Ctx = cx;
    let value = cx.get(letter);
    let wrong = |got: String| {
        cx.type_error(format!("_array_reconstructor() argument 2 must be a unicode character, not {got}"))
    };
    let letter = value.as_str().ok_or_else(|| wrong(cx.type_name(value).to_owned()))?;
    if letter.chars().count() != 1 {
        return Err(wrong(format!("a string of length {}", letter.chars().count())));
    }
    let given = cx.get(class);
    let Some(wanted) = given.cast::<Class>() else {
        let got = cx.type_name(given);
        return Err(cx.type_error(format!("first argument must be a type object, not {got}")));
    };
    if !cx.native_class::<Array>().is_some_and(|array| wanted.is_subclass(cx, array)) {
        return Err(cx.type_error(format!("{} is not a subtype of array.array", wanted.name(cx))));
    }
    let Some(item) = item_of(letter) else {
        return Err(cx.value_error("second argument must be a valid type code"));
    };
    let Some((way, size, big)) = usize::try_from(format).ok().and_then(|format| FORMATS.get(format)).copied() else {
        return Err(cx.value_error("third argument must be a valid machine format code."));
    };
    let value = cx.get(items);
    let Some(bytes) = value.as_bytes() else {
        return Err(cx.type_error(format!("fourth argument should be bytes, not {}", cx.type_name(value))));
    };
    if !bytes.len().is_multiple_of(size) {
        return Err(cx.value_error("string length not a multiple of item size"));
    }
    if format == own_format(item) {
        return Ok(create::build(cx, class, item, memory::copy(bytes)));
    }
    let mut swapped = memory::copy(bytes);
    if big {
        swapped.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    }
    let (item, bytes) = match way {
        Way::Signed | Way::Unsigned => {
            let fits = |item: &Item| {
                item.size() == size && if way == Way::Signed { item.is_signed() } else { item.is_unsigned() }
            };
            // The last of those that fit, as CPython takes.
            let found = b"bBhHiIlLqQ".iter().rev().filter_map(|letter| Item::of(*letter)).find(fits);
            (found.unwrap_or(item), swapped)
        }
        Way::Float => {
            let floats = swapped.chunks_exact(size).map(|bytes| match bytes.try_into() {
                Ok(bytes) => f64::from_le_bytes(bytes),
                Err(_) => f64::from(f32::from_le_bytes(bytes.try_into().unwrap_or_default())),
            });
            let mut bytes = Vec::new();
            for float in floats {
                memory::reserve(&mut bytes, 8);
                match item.letter() {
                    b'f' => bytes.extend((float as f32).to_le_bytes()),
                    _ => bytes.extend(float.to_le_bytes()),
                }
            }
            let item = if item.letter() == b'f' { item } else { Item::of(b'd').unwrap_or(item) };
            (item, bytes)
        }
        Way::Utf16 => {
            let units = swapped.chunks_exact(2).map(|unit| u16::from_le_bytes(unit.try_into().unwrap_or_default()));
            let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
            (item, characters(&memory::collect_text(text)))
        }
        Way::Utf32 => (item, swapped),
    };
    Ok(create::build(cx, class, item, bytes))
}
