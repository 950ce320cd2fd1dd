//! Bytearrays: mutable bytes, in an object with native state.

use std::borrow::Cow;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::shape::Birth;
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

    /// Runs `f` with the bytes, which it may change. It must be short, and must not use the same bytearray again.
    pub fn change<R>(&self, f: impl FnOnce(&mut Vec<u8>) -> R) -> R {
        self.bytes.with(f)
    }

    /// The contents of a bytes object or bytearray.
    pub fn contents<'h>(value: Value<'h>) -> Option<Cow<'h, [u8]>> {
        match value.as_bytes() {
            Some(bytes) => Some(Cow::Borrowed(bytes)),
            None => Some(Cow::Owned(value.native::<ByteArray>()?.change(|bytes| bytes.clone()))),
        }
    }
}
