//! `iter_unpack`: tuples out of a buffer, one after the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::bytes::buffer;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

use super::layout::Layout;
use super::unpack::unpack as unpack_bytes;
use super::wrong;

/// `iter_unpack`.
pub fn iter_unpack(cx: &mut Ctx, layout: Arc<Layout>, source: Slot) -> Res<Slot> {
    let size = layout.size;
    if size == 0 {
        return Err(wrong(cx, "cannot iteratively unpack with a struct of length 0"));
    }
    if !buffer::look(cx, cx.get(source), <[u8]>::len)?.is_multiple_of(size) {
        let message = format!("iterative unpacking requires a buffer of a multiple of {size} bytes");
        return Err(wrong(cx, &message));
    }
    Ok(cx.new_of_native_class(UnpackIterator { layout, source: Field::of(source), at: AtomicUsize::new(0) }))
}

/// What `iter_unpack` returns. It sees what becomes of the buffer, and ends where that does.
pub struct UnpackIterator {
    layout: Arc<Layout>,
    source: Field,
    /// Where the next tuple begins. Added to by whoever takes that (Relaxed: it guards nothing).
    at: AtomicUsize,
}

impl UnpackIterator {
    fn len(&self, cx: &Ctx) -> usize {
        ByteArray::look(self.source.get_or_none(cx), <[u8]>::len).unwrap_or(0)
    }

    fn next<'h>(&self, cx: &'h Ctx) -> Option<Value<'h>> {
        let (size, len) = (self.layout.size, self.len(cx));
        let after = |at: usize| at.checked_add(size).filter(|end| *end <= len);
        let at = self.at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, after).ok()?;
        let source = self.source.get_or_none(cx);
        let part = ByteArray::look(source, |bytes| bytes.get(at..at + size).map(memory::copy))??;
        Some(unpack_bytes(cx, &self.layout, &part))
    }
}

impl NativeData for UnpackIterator {
    const FIELDS: &'static [FieldOf<Self>] = &[|iterator| &iterator.source];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let cx: &Ctx = cx;
        Ok(cx.state::<UnpackIterator>(this)?.next(cx).map(|value| cx.root(value)))
    });
}

natives! {
    pub static ITERATOR = {
        call fn __length_hint__(cx; self_: Slot) -> usize {
            let cx: &Ctx = cx;
            let iterator = cx.state::<UnpackIterator>(self_)?;
            let left = iterator.len(cx).saturating_sub(iterator.at.load(Ordering::Relaxed));
            Ok(left / iterator.layout.size)
        }
    }
}
