//! Methods of ranges beyond 64 bits.

use super::WideRange;
use crate::ctx::{Ctx, Raised, Slot};
use crate::natives;
use crate::ops::item::{self, index_or_slice};
use crate::ops::{compare, hash, iter, repr};
use crate::types::slice::Slice;
use crate::value::Value;
use dashu_int::IBig;
use std::cmp::Ordering;

fn wide(cx: &Ctx, range: Slot) -> Option<&WideRange> {
    cx.get(range).native::<WideRange>()
}

fn too_large(cx: &Ctx) -> Raised {
    cx.overflow_error("Python int too large to convert to C ssize_t")
}

natives! {
    /// The special methods of ranges.
    pub static METHODS = {
        /// Return len(self).
        slot call fn __len__(cx; self_: Slot) -> usize {
            match wide(cx, self_) {
                Some(range) => i64::try_from(&range.len).map(|len| len as usize).map_err(|_| too_large(cx)),
                None => Ok(item::builtin_len(cx, cx.get(self_)).unwrap_or(0)),
            }
        }
        /// True if self else False
        slot call fn __bool__(cx; self_: Slot) -> bool {
            Ok(WideRange::of(cx.get(self_)).is_some_and(|range| !range.len.is_zero()))
        }
        /// Return self[key].
        slot call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            if wide(cx, self_).is_none() {
                return item::builtin_get_item(cx, self_, key);
            }
            let key = index_or_slice(cx, self_, key)?;
            let cx: &Ctx = cx;
            let Some(range) = wide(cx, self_) else { return Ok(self_) };
            if let Some(slice) = cx.get(key).cast::<Slice>() {
                return Ok(cx.root(range.slice(cx, slice)?.alloc(cx)));
            }
            let index = cx.index(cx.get(key))?.to_big();
            let index = if index < IBig::ZERO { index + &range.len } else { index };
            if index < IBig::ZERO || index >= range.len {
                return Err(cx.index_error("range object index out of range"));
            }
            Ok(cx.root(cx.big_int(range.at(&index))))
        }
        /// Return bool(key in self).
        slot call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            match (wide(cx, self_), cx.get(key).as_int()) {
                (None, _) => item::builtin_contains(cx, self_, key),
                (Some(range), Some(number)) => Ok(range.index_of(&number.to_big()).is_some()),
                (Some(_), None) => {
                    let mut found = false;
                    iter::for_each(cx, self_, |cx, element| {
                        found = compare::eq(cx, element, key)?;
                        Ok(!found)
                    })?;
                    Ok(found)
                }
            }
        }
        /// Implement iter(self).
        slot call fn __iter__(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            let iterator = match wide(cx, self_) {
                Some(range) => Some(range.iter(cx, false)),
                None => iter::builtin_iter(cx, cx.get(self_)),
            };
            Ok(iterator.map_or(self_, |iterator| cx.root(iterator)))
        }
        /// Return repr(self).
        slot call fn __repr__(cx; self_: Slot) -> String {
            match wide(cx, self_) {
                None => repr::builtin_repr(cx, self_),
                Some(range) if range.step == IBig::ONE => Ok(format!("range({}, {})", range.start, range.stop)),
                Some(range) => Ok(format!("range({}, {}, {})", range.start, range.stop, range.step)),
            }
        }
        /// Return hash(self).
        slot call fn __hash__(cx; self_: Slot) -> i64 {
            let Some(range) = wide(cx, self_).cloned() else { return hash::builtin_hash(cx, self_) };
            let (has_first, has_second) = (!range.len.is_zero(), range.len > IBig::ONE);
            let part = |number: IBig, counts: bool| if counts { cx.big_int(number) } else { Value::NONE };
            let parts = [cx.big_int(range.len), part(range.start, has_first), part(range.step, has_second)];
            let parts = cx.root(cx.tuple(&parts));
            hash::builtin_hash(cx, parts)
        }
        /// Return self==value.
        slot fn __eq__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> {
            Ok(equal(self_, value).map_or(Value::NOT_IMPLEMENTED, Value::bool))
        }
        /// Return self!=value.
        slot fn __ne__(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> {
            Ok(equal(self_, value).map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal)))
        }
    }
}

/// Whether two ranges have the same elements; `None` if one is no range.
fn equal(a: Value<'_>, b: Value<'_>) -> Option<bool> {
    let (x, y) = (WideRange::of(a)?, WideRange::of(b)?);
    let same = match x.len.cmp(&IBig::ONE) {
        Ordering::Less => true,
        Ordering::Equal => x.start == y.start,
        Ordering::Greater => x.start == y.start && x.step == y.step,
    };
    Some(x.len == y.len && same)
}
