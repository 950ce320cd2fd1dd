//! Methods of memoryview.

use super::MemoryView;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::natives;
use crate::ops::compare::CmpOp;
use crate::ops::hash::hash_leaf;
use crate::ops::item::index_or_slice;
use crate::ops::slicing::{Selected, select};
use crate::types::bytearray::ByteArray;
use crate::types::bytearray::methods::compare_contents;
use crate::types::bytes::construct::byte;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::list::List;
use crate::types::slice::{Indices, Slice};
use crate::value::Value;
use std::sync::atomic::Ordering;

/// The view in a slot, if it is still one.
fn view(cx: &Ctx, slot: Slot) -> Res<&MemoryView> {
    live(cx, cx.get(slot))
}

fn live<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<&'h MemoryView> {
    let Some(view) = value.native::<MemoryView>() else {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("a 'memoryview' object is required, not '{got}'")));
    };
    if view.released.load(Ordering::Relaxed) {
        return Err(cx.value_error("operation forbidden on released memoryview object"));
    }
    Ok(view)
}

fn contents(cx: &Ctx, value: Value<'_>) -> Res<Vec<u8>> {
    Ok(live(cx, value)?.look(<[u8]>::to_vec).unwrap_or_default())
}

fn out_of_bounds(cx: &Ctx) -> Raised {
    cx.index_error("index out of bounds on dimension 1")
}

natives! {
    /// Methods of `memoryview`.
    pub static METHODS = {
        /// Create a view of an object's bytes.
        static fn __new__(cx; _cls: Value<'h>; object: Value<'h>) -> Value<'h> {
            if object.native::<MemoryView>().is_some() {
                let view = live(cx, object)?;
                return Ok(MemoryView::alloc(cx, view.object.get_or_none(cx), view.part));
            }
            let Some(len) = ByteArray::look(object, <[u8]>::len) else {
                let got = cx.type_name(object);
                return Err(cx.type_error(format!("memoryview: a bytes-like object is required, not '{got}'")));
            };
            Ok(MemoryView::alloc(cx, object, Indices::clip(None, None, 1, len)))
        }
        /// Return len(self).
        fn __len__(cx; self_: Value<'h>) -> usize { Ok(live(cx, self_)?.part.count) }
        /// Implement iter(self).
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            live(cx, self_)?;
            Ok(Value::of(Iter::alloc(cx, Builtin::MemoryIterator, IterSpec::new(Walk::Sequence, self_))))
        }
        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            let key = index_or_slice(cx, self_, key)?;
            let cx: &Ctx = cx;
            let view = view(cx, self_)?;
            match select(cx, cx.get(key), view.part.count)? {
                Some(Selected::One(at)) => {
                    let byte = view.byte(cx, at).ok_or_else(|| out_of_bounds(cx))?;
                    Ok(cx.root(cx.int(i64::from(byte))))
                }
                Some(Selected::Many(part)) => {
                    Ok(cx.root(MemoryView::alloc(cx, view.object.get_or_none(cx), view.within(part))))
                }
                None => Err(out_of_bounds(cx)),
            }
        }
        /// Set self[key] to value.
        call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () {
            if view(cx, self_)?.is_read_only(cx) {
                return Err(cx.type_error("cannot modify read-only memory"));
            }
            let key = index_or_slice(cx, self_, key)?;
            let new = if cx.get(key).cast::<Slice>().is_none() {
                vec![byte(cx, value, "memoryview: invalid value for format 'B'")?]
            } else {
                match ByteArray::contents(cx.get(value)) {
                    Some(bytes) => bytes.into_owned(),
                    None => {
                        let got = cx.type_name(cx.get(value));
                        return Err(cx.type_error(format!("a bytes-like object is required, not '{got}'")));
                    }
                }
            };
            let cx: &Ctx = cx;
            let view = view(cx, self_)?;
            let part = match select(cx, cx.get(key), view.part.count)? {
                Some(Selected::One(at)) => Indices { start: at as i64, stop: at as i64 + 1, step: 1, count: 1 },
                Some(Selected::Many(part)) => part,
                None => return Err(out_of_bounds(cx)),
            };
            if new.len() != part.count {
                return Err(cx.value_error("memoryview assignment: lvalue and rvalue have different structures"));
            }
            let object = cx.root(view.object.get_or_none(cx));
            let part = view.within(part);
            ByteArray::write(cx, object, |bytes| {
                for (at, new) in part.iter().zip(new) {
                    *bytes.get_mut(at).ok_or_else(|| out_of_bounds(cx))? = new;
                }
                Ok(())
            })
        }
        /// Return self==value.
        fn __eq__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Eq, self_, value)) }
        /// Return self!=value.
        fn __ne__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> { Ok(compare_contents(CmpOp::Ne, self_, value)) }
        /// Return hash(self).
        fn __hash__(cx; self_: Value<'h>) -> Option<i64> {
            if !live(cx, self_)?.is_read_only(cx) {
                return Err(cx.value_error("cannot hash writable memoryview object"));
            }
            Ok(hash_leaf(cx, cx.bytes(&contents(cx, self_)?)))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let word = if live(cx, self_).is_ok() { "memory" } else { "released memory" };
            Ok(format!("<{word} at {:#x}>", crate::ops::identity::identity(self_)))
        }
        /// Return the bytes as a bytes object.
        fn tobytes(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.bytes(&contents(cx, self_)?)) }
        /// Return the bytes as a list of numbers.
        fn tolist(cx; self_: Value<'h>) -> Value<'h> {
            let numbers = memory::collect(contents(cx, self_)?.into_iter().map(|byte| cx.int(i64::from(byte))));
            Ok(Value::of(List::from_values(cx, &numbers)))
        }
        /// Return the bytes as hexadecimal digits.
        fn hex(cx; self_: Value<'h>) -> String {
            Ok(contents(cx, self_)?.iter().map(|byte| format!("{byte:02x}")).collect())
        }
        /// Return a read-only view of the same bytes.
        fn toreadonly(cx; self_: Value<'h>) -> Value<'h> {
            let bytes = cx.bytes(&contents(cx, self_)?);
            Ok(MemoryView::alloc(cx, bytes, Indices::clip(None, None, 1, live(cx, self_)?.part.count)))
        }
        /// Release the object whose bytes are seen.
        fn release(cx; self_: Value<'h>) -> () {
            if let Ok(view) = live(cx, self_) {
                view.released.store(true, Ordering::Relaxed);
            }
            Ok(())
        }
        /// Enter a `with` block.
        fn __enter__(cx; self_: Value<'h>) -> Value<'h> { live(cx, self_).map(|_| self_) }
        /// Release the object at the end of a `with` block.
        fn __exit__(cx; self_: Value<'h>, *_exception) -> () {
            live(cx, self_)?.released.store(true, Ordering::Relaxed);
            Ok(())
        }
        /// The object whose bytes are seen.
        get fn obj(cx; self_: Value<'h>) -> Value<'h> { Ok(live(cx, self_)?.object.get_or_none(cx)) }
        /// How many bytes are seen.
        get fn nbytes(cx; self_: Value<'h>) -> usize { Ok(live(cx, self_)?.part.count) }
        /// Whether the bytes cannot be changed through the view.
        get fn readonly(cx; self_: Value<'h>) -> bool { Ok(live(cx, self_)?.is_read_only(cx)) }
        /// How `struct` writes the type of an element.
        get fn format(cx; self_: Value<'h>) -> &'static str { live(cx, self_).map(|_| "B") }
        /// The size of an element, in bytes.
        get fn itemsize(cx; self_: Value<'h>) -> i64 { live(cx, self_).map(|_| 1) }
        /// The number of dimensions.
        get fn ndim(cx; self_: Value<'h>) -> i64 { live(cx, self_).map(|_| 1) }
        /// The length of each dimension.
        get fn shape(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.tuple(&[cx.uint(live(cx, self_)?.part.count as u64)])) }
        /// How far apart elements are in each dimension, in bytes.
        get fn strides(cx; self_: Value<'h>) -> Value<'h> { Ok(cx.tuple(&[cx.int(live(cx, self_)?.part.step)])) }
        /// Whether the bytes lie side by side.
        get fn contiguous(cx; self_: Value<'h>) -> bool { Ok(live(cx, self_)?.part.step == 1) }
    }
}
