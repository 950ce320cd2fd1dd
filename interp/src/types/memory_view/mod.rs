//! Views of the bytes of another object, without a copy of them.
//!
//! Unlike CPython's, a view does not keep a bytearray or an array from being resized: without counts of references nobody would
//! know when it may be again. An index that it no longer has is out of bounds.

pub mod methods;
pub mod pack;
pub mod window;

use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::object::Field;
use crate::types::array::Array;
use crate::types::array::item::{Item, LARGEST};
use crate::types::bytearray::ByteArray;
use crate::types::mapped::Mapped;
use crate::types::memory_view::window::Window;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// A view.
pub struct MemoryView {
    /// The object that has the bytes; never changes.
    object: Field,
    /// Which of its bytes are seen, and as what.
    window: Window,
    /// Whether the bytes may not be changed through the view.
    read_only: bool,
    /// Set by `release`, read by everything else (Relaxed: a plain setting).
    released: AtomicBool,
}

impl NativeData for MemoryView {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.object];
}

impl MemoryView {
    fn alloc<'h>(cx: &'h Ctx, object: Value<'h>, window: Window, read_only: bool) -> Value<'h> {
        let view = MemoryView { object: Field::new(object), window, read_only, released: AtomicBool::new(false) };
        Native::alloc(cx, Builtin::MemoryView, view)
    }

    /// The window onto all bytes of an object that has some, and whether they cannot be changed.
    fn whole(object: Value<'_>) -> Option<(Window, bool)> {
        let item = object.native::<Array>().map_or(Item::BYTE, |array| array.item);
        let count = ByteArray::look_at_owner(object, <[u8]>::len)? / item.size();
        let read_only = object.as_bytes().is_some() || object.native::<Mapped>().is_some_and(|mapped| mapped.read_only);
        Some((Window::row(item, count), read_only))
    }

    /// Runs `f` with the bytes that are seen, without a copy if they are neighbours; `None` if the view was released. `f` must
    /// be short, and must not use the same object again.
    pub fn look<R>(&self, f: impl FnOnce(&[u8]) -> R) -> Option<R> {
        if self.released.load(Ordering::Relaxed) {
            return None;
        }
        // SAFETY: the view holds the object for as long as it lives itself.
        let object = unsafe { Value::from_word(self.object.load()) };
        self.window.look(object, f)
    }

    /// Refuses a view that was released, or whose bytes are no neighbours.
    pub fn check(&self, cx: &Ctx) -> Res<()> {
        if self.released.load(Ordering::Relaxed) {
            return Err(cx.value_error("operation forbidden on released memoryview object"));
        }
        if !self.window.is_contiguous(false) {
            return Err(cx.raise(Builtin::BufferError, "memoryview: underlying buffer is not C-contiguous"));
        }
        Ok(())
    }

    /// Bytes of an item that is seen.
    pub fn item_size(&self) -> usize {
        self.window.item.size()
    }

    /// The object that is seen and which part of it, if the view may change it and its bytes are neighbours.
    pub(crate) fn target<'h>(&self, cx: &'h Ctx) -> Option<(Value<'h>, Range<usize>)> {
        let writable = !self.released.load(Ordering::Relaxed) && self.window.is_contiguous(false) && !self.read_only;
        let start = self.window.start as usize;
        writable.then(|| (self.object.get_or_none(cx), start..start + self.window.bytes()))
    }

    /// The item whose bytes begin at a place in the object; `None` if the object no longer has them.
    fn item<'h>(&self, cx: &'h Ctx, at: i64) -> Option<Value<'h>> {
        let size = self.window.item.size();
        let mut bytes = [0; LARGEST];
        let start = usize::try_from(at).ok()?;
        ByteArray::look_at_owner(self.object.get_or_none(cx), |all| {
            all.get(start..start + size).map(|item| bytes[..size].copy_from_slice(item))
        })??;
        Some(self.window.item.unpack(cx, &bytes[..size]))
    }
}

impl Window {
    /// Runs `f` with the bytes that are seen of an object, in the order of the items; without a copy if they are neighbours.
    fn look<R>(&self, object: Value<'_>, f: impl FnOnce(&[u8]) -> R) -> Option<R> {
        ByteArray::look_at_owner(object, |all| {
            if self.is_contiguous(false) {
                let end = (self.start as usize + self.bytes()).min(all.len());
                return f(all.get(self.start as usize..end).unwrap_or_default());
            }
            f(&self.gather(all, false))
        })
    }

    /// The bytes that are seen, in the order of the items; with the first index fastest if `fortran`.
    fn gather(&self, all: &[u8], fortran: bool) -> Vec<u8> {
        let size = self.item.size();
        let mut bytes = memory::buffer(self.bytes());
        self.each(fortran, |at| {
            let item = usize::try_from(at).ok().and_then(|at| all.get(at..at + size));
            item.map(|item| bytes.extend_from_slice(item)).is_some()
        });
        bytes
    }
}
