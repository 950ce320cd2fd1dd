//! Bytes objects. Immutable after creation. One that was appended to may have its bytes elsewhere: see
//! `types/str/growing.rs`.

pub mod buffer;
pub mod construct;
pub mod hex;
pub mod methods;

use std::cell::Cell;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;
use crate::types::str::growing::{SHORTEST, TextBuffer};
use crate::value::Value;

/// A bytes object.
#[repr(C)]
pub struct Bytes {
    header: Header,
    len: usize,
    /// Where the bytes are: behind the struct, or in a [`TextBuffer`] to which a reference lies there. Written once, by the
    /// creator.
    data: Cell<*const u8>,
}

// SAFETY: `repr(C)` with the header first; only `Bytes::build` and `Bytes::append` make objects of this kind.
unsafe impl HeapType for Bytes {
    const KIND: Kind = Kind::Bytes;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(buffer) = self.buffer() {
            tracer.value(Value::of(buffer));
        }
    }

    fn extra_bytes(&self) -> usize {
        // Null while an object with its bytes behind the struct is being made.
        let elsewhere = !self.data.get().is_null() && self.data.get() != self.own_data();
        if elsewhere { size_of::<&TextBuffer>() } else { self.len }
    }
}

impl Bytes {
    /// A bytes object of a given class.
    pub fn build<'h>(cx: &'h Ctx, birth: Birth, bytes: &[u8]) -> &'h Bytes {
        Bytes::assemble(cx, birth, [bytes, &[]])
    }

    fn assemble<'h>(cx: &'h Ctx, birth: Birth, [first, second]: [&[u8]; 2]) -> &'h Bytes {
        let len = first.len() + second.len();
        let object = cx.alloc_with(len, birth, |header| Bytes { header, len, data: Cell::new(std::ptr::null()) });
        // SAFETY: the allocation has room for the bytes of both behind the struct.
        unsafe {
            let data = object.own_data().cast_mut();
            std::ptr::copy_nonoverlapping(first.as_ptr(), data, first.len());
            std::ptr::copy_nonoverlapping(second.as_ptr(), data.add(first.len()), second.len());
        }
        object.data.set(object.own_data());
        object
    }

    /// The bytes and what is appended to them: see `types/str/growing.rs`.
    pub fn append<'h>(cx: &'h Ctx, bytes: &'h Bytes, more: &'h Bytes) -> &'h Bytes {
        let front = more.len > bytes.len;
        let (long, short) = if front { (more, bytes) } else { (bytes, more) };
        if long.len < SHORTEST {
            return Bytes::assemble(cx, Builtin::Bytes.into(), [bytes.as_slice(), more.as_slice()]);
        }
        let grown = TextBuffer::grown(cx, long.as_slice(), long.buffer(), short.as_slice(), false, front);
        let object = cx.alloc_with(size_of::<&TextBuffer>(), Builtin::Bytes, |header| Bytes {
            header,
            len: bytes.len + more.len,
            data: Cell::new(grown.data),
        });
        // SAFETY: there is room for the reference behind the struct.
        unsafe { object.own_data().cast_mut().cast::<&TextBuffer>().write(grown.buffer) };
        object
    }

    /// The buffer that the bytes are in, if they are not behind the struct.
    pub(super) fn buffer(&self) -> Option<&TextBuffer> {
        if self.data.get() == self.own_data() {
            return None;
        }
        // SAFETY: behind the struct of such an object lies a reference to its buffer, which the object keeps alive.
        Some(unsafe { *self.own_data().cast::<&TextBuffer>() })
    }

    /// Where the memory behind the struct begins.
    fn own_data(&self) -> *const u8 {
        // SAFETY: one past the struct, within the allocation or at its end.
        unsafe { std::ptr::from_ref(self).add(1).cast() }
    }

    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        // SAFETY: the creator copied that many bytes there.
        unsafe { std::slice::from_raw_parts(self.data.get(), self.len) }
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
