//! Iterators over deques.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::NativeDef;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::number;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

use super::deque::Deque;

/// An iterator over a deque.
pub struct DequeIter<const REVERSED: bool> {
    deque: Field,
    /// The next index. Relaxed: each step takes one at once.
    index: AtomicUsize,
    /// What `changes` was at the start.
    changes: usize,
}

impl<const REVERSED: bool> NativeData for DequeIter<REVERSED> {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.deque];

    const NEXT: Option<NextFn> = Some(next::<REVERSED>);
}

/// An iterator over a deque that has passed `index` elements.
pub fn iterate<const REVERSED: bool>(cx: &Ctx, deque: Slot, index: usize) -> Res<Slot> {
    let changes = cx.state::<Deque>(deque)?.changes.load(Ordering::Relaxed);
    let deque = Field::of(deque);
    Ok(cx.new_of_native_class(DequeIter::<REVERSED> { deque, index: AtomicUsize::new(index), changes }))
}

fn next<const REVERSED: bool>(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let state = cx.state::<DequeIter<REVERSED>>(this)?;
    let Some(deque) = state.deque.get(cx).and_then(|deque| deque.native::<Deque>()) else { return Ok(None) };
    let index = state.index.fetch_add(1, Ordering::Relaxed);
    if deque.changes.load(Ordering::Relaxed) != state.changes {
        // There is nothing left of it from now on.
        state.index.store(usize::MAX / 2, Ordering::Relaxed);
        return Err(cx.runtime_error("deque mutated during iteration"));
    }
    let len = deque.len();
    let index = if REVERSED { len.checked_sub(index.saturating_add(1)) } else { Some(index) };
    Ok(index.and_then(|index| deque.get(cx, index)).map(|value| cx.root(value)))
}

/// `_deque_iterator(deque, index=0)`.
fn make<const REVERSED: bool>(cx: &mut Ctx, args: argil_interp::native::Args<'_>) -> Res<Slot> {
    let (args, names) = args.into_slots(cx);
    let given = args.len() - 1;
    if names.is_some() || given == 0 {
        return Err(cx.type_error(format!("function takes at least 1 argument ({given} given)")));
    }
    if given > 2 {
        return Err(cx.type_error(format!("function takes at most 2 arguments ({given} given)")));
    }
    if cx.get(args.get(1)).native::<Deque>().is_none() {
        let got = cx.type_name(cx.get(args.get(1)));
        return Err(cx.type_error(format!("argument 1 must be collections.deque, not {got}")));
    }
    let index = if given < 2 { 0 } else { passed(cx, args.get(2))? };
    let len = cx.state::<Deque>(args.get(1))?.len();
    iterate::<REVERSED>(cx, args.get(1), index.min(len))
}

/// How many elements a number says that were passed.
fn passed(cx: &mut Ctx, index: Slot) -> Res<usize> {
    let index = number::index(cx, index)?;
    match cx.get(index).as_int().and_then(|index| index.to_i64()) {
        Some(index) => Ok(usize::try_from(index).unwrap_or(0)),
        None => Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// How many elements an iterator has passed, and how many are left.
fn progress<const REVERSED: bool>(cx: &Ctx, this: Slot) -> Res<(usize, usize)> {
    let state = cx.state::<DequeIter<REVERSED>>(this)?;
    let len = state.deque.get(cx).and_then(|deque| deque.native::<Deque>()).map_or(0, Deque::len);
    let index = state.index.load(Ordering::Relaxed);
    Ok((index.min(len), len.saturating_sub(index)))
}

fn reduced<const REVERSED: bool>(cx: &Ctx, this: Slot) -> Res<Slot> {
    let (passed, _) = progress::<REVERSED>(cx, this)?;
    let deque = cx.state::<DequeIter<REVERSED>>(this)?.deque.get_or_none(cx);
    let class = Value::of(cx.class_of(cx.get(this)));
    Ok(cx.root(cx.tuple(&[class, cx.tuple(&[deque, cx.uint(passed as u64)])])))
}

macro_rules! methods {
    ($table:ident, $reversed:literal) => {
        natives! {
            static $table = {
                static raw fn __new__(cx, args) -> Slot { make::<$reversed>(cx, args) }

                /// Return state information for pickling.
                call fn __reduce__(cx; self_: Slot) -> Slot { reduced::<$reversed>(cx, self_) }

                /// Private method returning an estimate of len(list(it)).
                call fn __length_hint__(cx; self_: Slot) -> usize {
                    progress::<$reversed>(cx, self_).map(|(_, left)| left)
                }
            }
        }
    };
}
methods!(FORWARD, false);
methods!(BACKWARD, true);

/// The methods of either.
pub fn methods(reversed: bool) -> &'static [&'static NativeDef] {
    if reversed { BACKWARD } else { FORWARD }
}
