//! Arrays of numbers or characters: the bytes of their items side by side. Their methods are the library's (`array`); their
//! layout is here because whoever takes bytes takes them.

pub mod item;

use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::shape::Birth;
use crate::types::array::item::Item;
use crate::types::bytearray::octets::Octets;
use crate::types::native::{Crossing, Exclusive, Native, NativeData, Saved};
use crate::value::Value;

/// An array. Each operation holds its bytes for itself, so on a shared one each is linearizable.
pub struct Array {
    /// The type of its items; never changes.
    pub item: Item,
    bytes: Exclusive<Octets>,
}

impl NativeData for Array {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let array = value.native::<Array>()?;
            let mut bytes = vec![array.item.letter()];
            array.with(|items| bytes.extend_from_slice(items));
            Some(Saved { bytes, values: Vec::new() })
        },
        restore: |cx, birth, bytes| {
            let (letter, items) = bytes.split_first()?;
            Some(Array::build(cx, birth, Item::of(*letter)?, items.to_vec()))
        },
        fill: |_, _, _| {},
    });
}

impl Array {
    /// An array of a given class.
    pub fn build(cx: &Ctx, birth: impl Into<Birth>, item: Item, bytes: Vec<u8>) -> Value<'_> {
        cx.note_external(bytes.capacity());
        Native::alloc(cx, birth, Array { item, bytes: Exclusive::new(bytes.into()) })
    }

    /// Runs `f` with the bytes. It must be short, and must not use the same array again.
    pub fn with<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        self.bytes.with(|bytes| f(bytes))
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.with(|bytes| bytes.len() / self.item.size())
    }

    /// Whether there is no item.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of the items.
    pub fn get<'h>(&self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        let size = self.item.size();
        let mut item = [0; item::LARGEST];
        self.with(|bytes| {
            bytes.get(index * size..(index + 1) * size).map(|bytes| item[..size].copy_from_slice(bytes))
        })?;
        Some(self.item.unpack(cx, &item[..size]))
    }

    /// Runs `f` with the bytes of an array in a slot, which it may change, under the object's guard.
    pub fn write<R>(cx: &Ctx, array: Slot, f: impl FnOnce(&mut Octets) -> Res<R>) -> Res<R> {
        let value = cx.get(array);
        let (Some(array), Some(header)) = (value.native::<Array>(), value.header()) else {
            return Err(not_array(cx, value));
        };
        let _guard = header.write(cx);
        array.bytes.with(|bytes| {
            let before = bytes.capacity();
            let result = f(bytes);
            if bytes.capacity() > before {
                cx.note_external(bytes.capacity() - before);
            }
            result
        })
    }
}

fn not_array(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("a 'array.array' object is required, not '{}'", cx.type_name(value)))
}
