//! `_bisect`: searching and inserting in sorted sequences.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::compare::{CmpOp, compare_bool};
use argil_interp::ops::{attr, item};
use argil_interp::types::list::List;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_bisect", source: ModuleSource::Native { functions: FUNCTIONS, init: |_, _| Ok(()) } };

natives! {
    static FUNCTIONS = {
        /// Return the index where to insert item x in list a, assuming a is sorted.
        ///
        /// The return value i is such that all e in a[:i] have e <= x, and all e in
        /// a[i:] have e > x.
        call fn bisect_right(
            cx; ; a: Slot, x: Slot, lo: i64 = 0, hi: Option<i64> = None; key: Option<Slot> = None
        ) -> usize {
            search(cx, Side::Right, a, x, (lo, hi), key)
        }

        /// Return the index where to insert item x in list a, assuming a is sorted.
        ///
        /// The return value i is such that all e in a[:i] have e < x, and all e in
        /// a[i:] have e >= x.
        call fn bisect_left(
            cx; ; a: Slot, x: Slot, lo: i64 = 0, hi: Option<i64> = None; key: Option<Slot> = None
        ) -> usize {
            search(cx, Side::Left, a, x, (lo, hi), key)
        }

        /// Insert item x in list a, and keep it sorted assuming a is sorted.
        ///
        /// If x is already in a, insert it to the right of the rightmost x.
        call fn insort_right(
            cx; ; a: Slot, x: Slot, lo: i64 = 0, hi: Option<i64> = None; key: Option<Slot> = None
        ) -> () {
            insert(cx, Side::Right, a, x, (lo, hi), key)
        }

        /// Insert item x in list a, and keep it sorted assuming a is sorted.
        ///
        /// If x is already in a, insert it to the left of the leftmost x.
        call fn insort_left(
            cx; ; a: Slot, x: Slot, lo: i64 = 0, hi: Option<i64> = None; key: Option<Slot> = None
        ) -> () {
            insert(cx, Side::Left, a, x, (lo, hi), key)
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

fn search(cx: &mut Ctx, side: Side, a: Slot, x: Slot, bounds: (i64, Option<i64>), key: Option<Slot>) -> Res<usize> {
    let mut low = usize::try_from(bounds.0).map_err(|_| cx.value_error("lo must be non-negative"))?;
    let mut high = match bounds.1 {
        Some(high) if high >= 0 => high as usize,
        _ => item::len(cx, a)?,
    };
    while low < high {
        let middle = low.midpoint(high);
        let goes_left = cx.scope(|cx| {
            let element = element_at(cx, a, middle)?;
            let element = match key {
                Some(key) => cx.call(key, &[element])?,
                None => element,
            };
            match side {
                Side::Right => compare_bool(cx, CmpOp::Lt, x, element),
                Side::Left => compare_bool(cx, CmpOp::Lt, element, x).map(|less| !less),
            }
        })?;
        if goes_left {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}

fn element_at(cx: &mut Ctx, sequence: Slot, index: usize) -> Res<Slot> {
    let index = cx.root(cx.uint(index as u64));
    item::get_item(cx, sequence, index)
}

fn insert(cx: &mut Ctx, side: Side, a: Slot, x: Slot, bounds: (i64, Option<i64>), key: Option<Slot>) -> Res<()> {
    let rank = match key {
        Some(key) => cx.call(key, &[x])?,
        None => x,
    };
    let index = search(cx, side, a, rank, bounds, key)?;
    let value: Value<'_> = cx.get(a);
    if let Some(list) = value.cast::<List>().filter(|_| value.header().is_some_and(|header| header.is_exact())) {
        list.insert(cx, index, cx.get(x));
        return Ok(());
    }
    let index = cx.root(cx.uint(index as u64));
    let name = cx.root(cx.intern("insert"));
    let method = attr::get_attr(cx, a, name)?;
    cx.call(method, &[index, x]).map(|_| ())
}
