//! Bytes objects: their bytes lie behind the struct. Immutable after creation.

pub mod buffer;
pub mod construct;
pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::Value;

/// A bytes object.
#[repr(C)]
pub struct Bytes {
    header: Header,
    len: usize,
}

// SAFETY: `repr(C)` with the header first; only `Bytes::assemble` makes objects of this kind.
unsafe impl HeapType for Bytes {
    const KIND: Kind = Kind::Bytes;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn extra_bytes(&self) -> usize {
        self.len
    }
}

impl Bytes {
    /// A bytes object of a given class.
    pub fn build<'h>(cx: &'h Ctx, birth: Birth, bytes: &[u8]) -> &'h Bytes {
        Bytes::assemble(cx, birth, [bytes, &[]])
    }

    /// One part after the other, copied once.
    pub fn concat<'h>(cx: &'h Ctx, parts: [&[u8]; 2]) -> &'h Bytes {
        Bytes::assemble(cx, Builtin::Bytes.into(), parts)
    }

    fn assemble<'h>(cx: &'h Ctx, birth: Birth, [first, second]: [&[u8]; 2]) -> &'h Bytes {
        let len = first.len() + second.len();
        let object = cx.alloc_with(len, birth, |header| Bytes { header, len });
        // SAFETY: the allocation has room for the bytes of both behind the struct.
        unsafe {
            let data = std::ptr::from_ref(object).add(1).cast::<u8>().cast_mut();
            std::ptr::copy_nonoverlapping(first.as_ptr(), data, first.len());
            std::ptr::copy_nonoverlapping(second.as_ptr(), data.add(first.len()), second.len());
        }
        object
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: `assemble` copied that many bytes behind the struct.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<u8>(), self.len) }
    }
}

impl Ctx {
    /// The value of a bytes object.
    pub fn bytes(&self, bytes: &[u8]) -> Value<'_> {
        Value::of(Bytes::build(self, Builtin::Bytes.into(), bytes))
    }
}

impl<'h> Value<'h> {
    /// The bytes, if this is a bytes object.
    pub fn as_bytes(self) -> Option<&'h [u8]> {
        self.cast::<Bytes>().map(Bytes::as_slice)
    }
}
