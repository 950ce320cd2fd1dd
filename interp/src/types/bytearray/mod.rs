//! Bytearrays: mutable bytes, in an object with native state.

pub mod methods;

use std::borrow::Cow;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::shape::Birth;
use crate::types::memory_view::MemoryView;
use crate::types::native::{Exclusive, Native, NativeData};
use crate::value::Value;

/// A bytearray's state.
pub struct ByteArray {
    bytes: Exclusive<Vec<u8>>,
}

impl NativeData for ByteArray {}

impl ByteArray {
    /// A bytearray.
    pub fn alloc(cx: &Ctx, bytes: Vec<u8>) -> Value<'_> {
        ByteArray::build(cx, Builtin::ByteArray.into(), bytes)
    }

    /// A bytearray of a given class.
    pub fn build(cx: &Ctx, birth: Birth, bytes: Vec<u8>) -> Value<'_> {
        Native::alloc(cx, birth, ByteArray { bytes: Exclusive::new(bytes) })
    }

    /// Runs `f` with the bytes. It must be short, and must not use the same bytearray again.
    pub fn with<R>(&self, f: impl FnOnce(&[u8]) -> R) -> R {
        self.bytes.with(|bytes| f(bytes))
    }

    /// Runs `f` with the bytes of a bytearray in a slot, which it may change, under the object's guard.
    pub fn write<R>(cx: &Ctx, array: Slot, f: impl FnOnce(&mut Vec<u8>) -> Res<R>) -> Res<R> {
        let value = cx.get(array);
        let (Some(array), Some(header)) = (value.native::<ByteArray>(), value.header()) else {
            return Err(not_bytearray(cx, value));
        };
        let _guard = header.write(cx);
        array.bytes.with(f)
    }

    /// A copy of the bytes of a bytearray in a slot.
    pub fn read(cx: &Ctx, array: Slot) -> Res<Vec<u8>> {
        let value = cx.get(array);
        let array = value.native::<ByteArray>().ok_or_else(|| not_bytearray(cx, value))?;
        Ok(array.with(<[u8]>::to_vec))
    }

    /// The contents of a bytes object, bytearray or memoryview.
    pub fn contents<'h>(value: Value<'h>) -> Option<Cow<'h, [u8]>> {
        if let Some(bytes) = value.as_bytes() {
            return Some(Cow::Borrowed(bytes));
        }
        if let Some(array) = value.native::<ByteArray>() {
            return Some(Cow::Owned(array.with(<[u8]>::to_vec)));
        }
        value.native::<MemoryView>()?.contents().map(Cow::Owned)
    }
}

fn not_bytearray(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("a 'bytearray' object is required, not '{}'", cx.type_name(value)))
}
