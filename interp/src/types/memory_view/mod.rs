//! Views of the bytes of another object, without a copy of them.
//!
//! Unlike CPython's, a view does not keep a bytearray from being resized: without counts of references nobody would know
//! when it may be again. An index that the bytearray no longer has is out of bounds.

pub mod methods;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::Field;
use crate::types::bytearray::ByteArray;
use crate::types::native::{Native, NativeData};
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
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.object);
    }
}

impl MemoryView {
    fn alloc<'h>(cx: &'h Ctx, object: Value<'h>, part: Indices) -> Value<'h> {
        let view = MemoryView { object: Field::new(object), part, released: AtomicBool::new(false) };
        Native::alloc(cx, Builtin::MemoryView, view)
    }

    /// The bytes that are seen; `None` if the view was released.
    pub fn contents(&self) -> Option<Vec<u8>> {
        if self.released.load(Ordering::Relaxed) {
            return None;
        }
        // SAFETY: the view holds the object for as long as it lives itself.
        let object = unsafe { Value::from_word(self.object.load()) };
        let all = ByteArray::contents(object)?;
        Some(self.part.iter().map_while(|at| all.get(at).copied()).collect())
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
