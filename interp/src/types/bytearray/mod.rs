//! Bytearrays: mutable bytes, in an object with native state.

pub mod methods;
pub mod octets;

use std::borrow::Cow;

use octets::Octets;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::shape::Birth;
use crate::types::array::Array;
use crate::types::mapped::Mapped;
use crate::types::memory_view::MemoryView;
use crate::types::native::{Crossing, Saved};
use crate::types::native::{Exclusive, Native, NativeData};
use crate::value::Value;

/// A bytearray's state.
pub struct ByteArray {
    bytes: Exclusive<Octets>,
}

impl NativeData for ByteArray {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let bytes = value.native::<ByteArray>()?.with(<[u8]>::to_vec);
            Some(Saved { bytes, values: Vec::new() })
        },
        restore: |cx, birth, bytes| Some(ByteArray::build(cx, birth, bytes.to_vec())),
        fill: |_, _, _| {},
    });
}

impl ByteArray {
    /// A bytearray.
    pub fn alloc(cx: &Ctx, bytes: Vec<u8>) -> Value<'_> {
        ByteArray::build(cx, Builtin::ByteArray.into(), bytes)
    }

    /// A bytearray of a given class.
    pub fn build(cx: &Ctx, birth: Birth, bytes: Vec<u8>) -> Value<'_> {
        cx.note_external(bytes.capacity());
        Native::alloc(cx, birth, ByteArray { bytes: Exclusive::new(bytes.into()) })
    }

    /// Runs `f` with the bytes. It must be short, and must not use the same bytearray again.
    pub fn with<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        self.bytes.with(|bytes| f(bytes))
    }

    /// Runs `f` with the bytes of a bytearray in a slot, which it may change, under the object's guard.
    pub fn write<R>(cx: &Ctx, array: Slot, f: impl FnOnce(&mut Octets) -> Res<R>) -> Res<R> {
        let value = cx.get(array);
        let (Some(array), Some(header)) = (value.native::<ByteArray>(), value.header()) else {
            return Err(not_bytearray(cx, value));
        };
        let _guard = header.write(cx);
        array.bytes.with(|bytes| {
            let before = bytes.capacity();
            let result = f(bytes);
            if bytes.capacity() > before {
                // Without this, garbage that holds much would seem to be little.
                cx.note_external(bytes.capacity() - before);
            }
            result
        })
    }

    /// Runs `f` with the bytes of a bytearray or an array in a slot, which it may change but not in number, under the object's
    /// guard.
    pub fn write_in_place<R>(cx: &Ctx, owner: Slot, f: impl FnOnce(&mut [u8]) -> Res<R>) -> Res<R> {
        if cx.get(owner).native::<Array>().is_some() {
            return Array::write(cx, owner, |bytes| f(bytes));
        }
        if cx.get(owner).native::<Mapped>().is_some() {
            return Mapped::write(cx, owner, f);
        }
        ByteArray::write(cx, owner, |bytes| f(bytes))
    }

    /// A copy of the bytes of a bytearray in a slot.
    pub fn read(cx: &Ctx, array: Slot) -> Res<Vec<u8>> {
        let value = cx.get(array);
        let array = value.native::<ByteArray>().ok_or_else(|| not_bytearray(cx, value))?;
        Ok(array.with(memory::copy))
    }

    /// Runs `f` with the contents of a bytes object, bytearray, array or memoryview, without a copy of them. It must be short, and
    /// must not use the same object again.
    pub fn look<R>(value: Value<'_>, f: impl FnOnce(&[u8]) -> R) -> Option<R> {
        match value.native::<MemoryView>() {
            Some(view) => view.look(f),
            None => ByteArray::look_at_owner(value, f),
        }
    }

    /// The same for what is no view.
    pub(crate) fn look_at_owner<R>(value: Value<'_>, f: impl FnOnce(&[u8]) -> R) -> Option<R> {
        match value.as_bytes() {
            Some(bytes) => Some(f(bytes)),
            None => match value.native::<Array>() {
                Some(array) => Some(array.with(f)),
                None => match value.native::<Mapped>() {
                    Some(mapped) => Some(mapped.with(f)),
                    None => Some(value.native::<ByteArray>()?.with(f)),
                },
            },
        }
    }

    /// The contents of a bytes object, bytearray, array or memoryview.
    pub fn contents<'h>(value: Value<'h>) -> Option<Cow<'h, [u8]>> {
        match value.as_bytes() {
            Some(bytes) => Some(Cow::Borrowed(bytes)),
            None => ByteArray::look(value, |bytes| Cow::Owned(memory::copy(bytes))),
        }
    }
}

fn not_bytearray(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("a 'bytearray' object is required, not '{}'", cx.type_name(value)))
}
