//! Iterators over arrays.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr;
use argil_interp::types::array::Array;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};

/// An iterator.
pub struct ArrayIter {
    array: Field,
    /// The next index; past every length when the end was met. Relaxed: each step takes one at once.
    index: AtomicUsize,
}

/// The index of an iterator that has met the end.
const ENDED: usize = usize::MAX / 2;

impl NativeData for ArrayIter {
    const FIELDS: &'static [FieldOf<Self>] = &[|iterator| &iterator.array];

    const NEXT: Option<NextFn> = Some(next);
}

/// An iterator over an array.
pub fn iterate(cx: &Ctx, array: Slot) -> Slot {
    cx.new_of_native_class(ArrayIter { array: Field::of(array), index: AtomicUsize::new(0) })
}

fn next(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx: &Ctx = cx;
    let state = cx.state::<ArrayIter>(this)?;
    let Some(array) = state.array.get(cx).and_then(|array| array.native::<Array>()) else { return Ok(None) };
    let index = state.index.fetch_add(1, Ordering::Relaxed);
    let item = if index < ENDED { array.get(cx, index) } else { None };
    if item.is_none() {
        state.index.store(ENDED, Ordering::Relaxed);
    }
    Ok(item.map(|item| cx.root(item)))
}

natives! {
    pub static METHODS = {
        /// Return state information for pickling.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let module = import_module(cx, "builtins")?;
            let name = cx.root(cx.intern("iter"));
            let iter = attr::get_attr(cx, module, name)?;
            let state = cx.state::<ArrayIter>(self_)?;
            let index = state.index.load(Ordering::Relaxed);
            let iter = cx.get(iter);
            let parts = if index >= ENDED {
                cx.tuple(&[iter, cx.tuple(&[cx.tuple(&[])])])
            } else {
                cx.tuple(&[iter, cx.tuple(&[state.array.get_or_none(cx)]), cx.uint(index as u64)])
            };
            Ok(cx.root(parts))
        }

        /// Set state information for unpickling.
        call fn __setstate__(cx; self_: Slot, state: i64) -> () {
            let iterator = cx.state::<ArrayIter>(self_)?;
            let array = iterator.array.get_or_none(cx).native::<Array>();
            let len = array.map_or(0, Array::len);
            if iterator.index.load(Ordering::Relaxed) < ENDED {
                iterator.index.store(usize::try_from(state).unwrap_or(0).min(len), Ordering::Relaxed);
            }
            Ok(())
        }
    }
}
