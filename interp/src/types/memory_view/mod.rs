//! Views of the bytes of another object, without a copy of them.
//!
//! Unlike CPython's, a view does not keep a bytearray from being resized: without counts of references nobody would know
//! when it may be again. An index that the bytearray no longer has is out of bounds.

pub mod methods;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::object::Field;
use crate::types::bytearray::ByteArray;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::types::slice::Indices;
use crate::value::Value;

/// A view.
pub struct MemoryView {
    /// The bytes object or bytearray; never changes.
    object: Field,
    /// Which of its bytes are seen.
    part: Indices,
    /// Set by `release`, read by everything else (Relaxed: a plain setting).
    released: AtomicBool,
}

impl NativeData for MemoryView {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.object];
}

impl MemoryView {
    fn alloc<'h>(cx: &'h Ctx, object: Value<'h>, part: Indices) -> Value<'h> {
        let view = MemoryView { object: Field::new(object), part, released: AtomicBool::new(false) };
        Native::alloc(cx, Builtin::MemoryView, view)
    }

    /// Runs `f` with the bytes that are seen, without a copy if they are neighbours; `None` if the view was released. `f` must
    /// be short, and must not use the same object again.
    pub fn look<R>(&self, f: impl FnOnce(&[u8]) -> R) -> Option<R> {
        if self.released.load(Ordering::Relaxed) {
            return None;
        }
        // SAFETY: the view holds the object for as long as it lives itself.
        let object = unsafe { Value::from_word(self.object.load()) };
        ByteArray::look_at_owner(object, |all| {
            if self.part.step == 1 {
                let end = (self.part.start as usize + self.part.count).min(all.len());
                return f(all.get(self.part.start as usize..end).unwrap_or_default());
            }
            f(&memory::collect(self.part.iter().map_while(|at| all.get(at).copied())))
        })
    }

    /// Refuses a view that was released, or whose bytes are no neighbours.
    pub fn check(&self, cx: &Ctx) -> Res<()> {
        if self.released.load(Ordering::Relaxed) {
            return Err(cx.value_error("operation forbidden on released memoryview object"));
        }
        if self.part.step != 1 && self.part.count > 1 {
            return Err(cx.raise(Builtin::BufferError, "memoryview: underlying buffer is not C-contiguous"));
        }
        Ok(())
    }

    /// The bytearray that is seen and which part of it, if the view may change it and its bytes are neighbours.
    pub(crate) fn target<'h>(&self, cx: &'h Ctx) -> Option<(Value<'h>, Range<usize>)> {
        let writable = !self.released.load(Ordering::Relaxed) && self.part.step == 1 && !self.is_read_only(cx);
        let start = self.part.start as usize;
        writable.then(|| (self.object.get_or_none(cx), start..start + self.part.count))
    }

    /// One of the bytes that are seen.
    fn byte(&self, cx: &Ctx, at: usize) -> Option<u8> {
        let at = self.part.start + at as i64 * self.part.step;
        ByteArray::look_at_owner(self.object.get_or_none(cx), |all| all.get(at as usize).copied())?
    }

    fn is_read_only(&self, cx: &Ctx) -> bool {
        self.object.get_or_none(cx).as_bytes().is_some()
    }

    /// The part of the object that a part of the view is.
    fn within(&self, part: Indices) -> Indices {
        let at = |index: i64| self.part.start + index * self.part.step;
        Indices { start: at(part.start), stop: at(part.stop), step: self.part.step * part.step, count: part.count }
    }
}
