//! Ranges whose bounds do not all fit in 64 bits: objects of the same class with another layout.
//!
//! What is quick knows [`Range`] only. Wide ranges come to the special methods in [`METHODS`] by the general protocols.

use std::cmp::Ordering;

use dashu_int::IBig;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::natives;
use crate::ops::item::{self, index_or_slice};
use crate::ops::number::int::big_floor_div_rem;
use crate::ops::{compare, hash, iter, repr};
use crate::process::codec::{Crossing, Saved};
use crate::types::int::Int;
use crate::types::native::{Exclusive, Native, NativeData};
use crate::types::range::Range;
use crate::types::slice::Slice;
use crate::value::Value;

/// A range, whatever its layout.
#[derive(Clone)]
pub struct WideRange {
    /// The first element, if there is one.
    pub start: IBig,
    /// The bound.
    pub stop: IBig,
    /// The distance; not zero.
    pub step: IBig,
    /// How many elements there are.
    len: IBig,
}

impl NativeData for WideRange {
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, value| {
            let range = value.native::<WideRange>()?;
            let text = format!("{} {} {}", range.start, range.stop, range.step);
            Some(Saved { bytes: text.into_bytes(), values: Vec::new() })
        },
        restore: |cx, _, bytes| {
            let mut numbers = std::str::from_utf8(bytes).ok()?.split(' ').map(|number| number.parse().ok());
            let (start, stop, step) = (numbers.next()??, numbers.next()??, numbers.next()??);
            Some(WideRange::new(start, stop, step).alloc(cx))
        },
        fill: |_, _, _| {},
    });
}

impl WideRange {
    /// A range; `step` is not zero.
    pub fn new(start: IBig, stop: IBig, step: IBig) -> WideRange {
        let span = if step > IBig::ZERO { &stop - &start } else { &start - &stop };
        let distance = if step > IBig::ZERO { step.clone() } else { -step.clone() };
        let len = if span <= IBig::ZERO { IBig::ZERO } else { (span - IBig::ONE) / distance + IBig::ONE };
        WideRange { start, stop, step, len }
    }

    /// The range that a value is.
    pub fn of(value: Value<'_>) -> Option<WideRange> {
        if let Some(range) = value.cast::<Range>() {
            return Some(WideRange::new(range.start.into(), range.stop.into(), range.step.into()));
        }
        value.native::<WideRange>().cloned()
    }

    /// The object: a plain range if the bounds fit.
    pub fn alloc(self, cx: &Ctx) -> Value<'_> {
        match (i64::try_from(&self.start), i64::try_from(&self.stop), i64::try_from(&self.step)) {
            (Ok(start), Ok(stop), Ok(step)) => Value::of(Range::alloc(cx, start, stop, step)),
            _ => Native::alloc(cx, Builtin::Range, self),
        }
    }

    fn at(&self, index: &IBig) -> IBig {
        &self.start + index * &self.step
    }

    /// The index of a number, if the range contains it.
    pub fn index_of(&self, number: &IBig) -> Option<IBig> {
        let (index, rest) = big_floor_div_rem(&(number - &self.start), &self.step);
        (rest.is_zero() && index >= IBig::ZERO && index < self.len).then_some(index)
    }

    fn slice(&self, cx: &Ctx, slice: &Slice) -> Res<WideRange> {
        let [start, stop, step] =
            [&slice.start, &slice.stop, &slice.step].map(|bound| bound.get_or_none(cx).as_int().map(Int::to_big));
        let step = step.unwrap_or(IBig::ONE);
        if step.is_zero() {
            return Err(cx.value_error("slice step cannot be zero"));
        }
        let backwards = step < IBig::ZERO;
        let (low, high) = if backwards { (-IBig::ONE, &self.len - IBig::ONE) } else { (IBig::ZERO, self.len.clone()) };
        let clip = |bound: Option<IBig>, default: &IBig| match bound {
            None => default.clone(),
            Some(bound) if bound < IBig::ZERO => (bound + &self.len).max(low.clone()),
            Some(bound) => bound.min(high.clone()),
        };
        let (first, last) = if backwards { (&high, &low) } else { (&low, &high) };
        let (start, stop) = (clip(start, first), clip(stop, last));
        Ok(WideRange::new(self.at(&start), self.at(&stop), &self.step * step))
    }

    /// An iterator from either end.
    pub fn iter<'h>(&self, cx: &'h Ctx, backwards: bool) -> Value<'h> {
        let (next, step) = match backwards {
            true => (self.at(&(&self.len - IBig::ONE)), -self.step.clone()),
            false => (self.start.clone(), self.step.clone()),
        };
        let state = Exclusive::new((next, self.len.clone()));
        Native::alloc(cx, Builtin::LongRangeIterator, WideIter { state, step })
    }
}

/// An iterator over a wide range: the next element, and how many are left.
struct WideIter {
    state: Exclusive<(IBig, IBig)>,
    step: IBig,
}

impl NativeData for WideIter {
    const NEXT: Option<crate::types::native::NextFn> = Some(|cx, it| {
        let cx: &Ctx = cx;
        let Some(iter) = cx.get(it).native::<WideIter>() else { return Ok(None) };
        let number = iter.state.with(|(next, left)| {
            if left.is_zero() {
                return None;
            }
            *left -= IBig::ONE;
            let after = &*next + &iter.step;
            Some(std::mem::replace(next, after))
        });
        Ok(number.map(|number| cx.root(cx.big_int(number))))
    });
}

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
