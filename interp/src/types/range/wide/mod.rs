//! Ranges whose bounds do not all fit in 64 bits: objects of the same class with another layout.
//!
//! What is quick knows [`Range`] only. Wide ranges come to the special methods in [`methods::METHODS`] by the general protocols.

pub mod methods;

use dashu_int::IBig;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::natives;
use crate::types::int::Int;
use crate::types::int::big_floor_div_rem;
use crate::types::native::{Crossing, Saved};
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
            (step != IBig::ZERO).then(|| WideRange::new(start, stop, step).alloc(cx))
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

    pub(super) fn at(&self, index: &IBig) -> IBig {
        &self.start + index * &self.step
    }

    /// The index of a number, if the range contains it.
    pub fn index_of(&self, number: &IBig) -> Option<IBig> {
        let (index, rest) = big_floor_div_rem(&(number - &self.start), &self.step);
        (rest.is_zero() && index >= IBig::ZERO && index < self.len).then_some(index)
    }

    /// The part that a slice selects.
    pub fn slice(&self, cx: &Ctx, slice: &Slice) -> Res<WideRange> {
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

natives! {
    /// What an iterator over a wide range has beside its steps.
    pub static ITERATOR = {
        /// Private method returning an estimate of len(list(it)).
        fn __length_hint__(cx; self_: Value<'h>) -> IBig {
            let _ = cx;
            Ok(self_.native::<WideIter>().map_or(IBig::ZERO, |it| it.state.with(|(_, left)| left.clone())))
        }
        /// Return state information for pickling.
        fn __reduce__(cx; self_: Value<'h>) -> Value<'h> {
            let Some(it) = self_.native::<WideIter>() else { return Ok(self_) };
            let (next, left) = it.state.with(|state| state.clone());
            let stop = &next + &left * &it.step;
            let rest = WideRange::new(next, stop, it.step.clone()).alloc(cx);
            let iter = cx.interp().builtins(cx).names(cx).get_name(cx, cx.intern("iter"));
            Ok(cx.tuple(&[iter.unwrap_or(Value::NONE), cx.tuple(&[rest]), Value::NONE]))
        }
        /// Set state information for unpickling.
        fn __setstate__(cx; self_: Value<'h>, state: Int<'h>) -> () {
            let _ = cx;
            let by = state.to_big();
            let Some(it) = self_.native::<WideIter>() else { return Ok(()) };
            it.state.with(|(next, left)| {
                let by = by.max(IBig::ZERO).min(left.clone());
                *next += &by * &it.step;
                *left -= by;
            });
            Ok(())
        }
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
