//! The methods of ranges.

use dashu_int::IBig;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::Args;
use crate::ops::{compare, item, number};
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::range::Range;
use crate::types::range::wide::WideRange;
use crate::value::Value;

crate::natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "range", 1, 3)?;
            let mut bounds = [IBig::ZERO, IBig::ZERO, IBig::ONE];
            let first = usize::from(args.len() == 2);
            for (bound, arg) in bounds[first..].iter_mut().zip(args.skip(1).iter()) {
                let number = number::index(cx, arg)?;
                *bound = cx.index(cx.get(number))?.to_big();
            }
            let [start, stop, step] = bounds;
            if step.is_zero() {
                return Err(cx.value_error("range() arg 3 must not be zero"));
            }
            Ok(cx.root(WideRange::new(start, stop, step).alloc(cx)))
        }

        get fn start(cx; self_: Value<'h>) -> IBig {
            Ok(range(cx, self_)?.start)
        }

        get fn stop(cx; self_: Value<'h>) -> IBig {
            Ok(range(cx, self_)?.stop)
        }

        get fn step(cx; self_: Value<'h>) -> IBig {
            Ok(range(cx, self_)?.step)
        }

        /// Return number of occurrences of value.
        call fn count(cx; self_: Slot, value: Slot) -> usize {
            range(cx, cx.get(self_))?;
            if cx.get(value).as_int().is_some() {
                return Ok(usize::from(item::contains(cx, self_, value)?));
            }
            let mut count = 0;
            crate::ops::iter::for_each(cx, self_, |cx, element| {
                count += usize::from(compare::eq(cx, element, value)?);
                Ok(true)
            })?;
            Ok(count)
        }

        /// Return index of value.
        ///
        /// Raise ValueError if the value is not present.
        call fn index(cx; self_: Slot, value: Slot) -> IBig {
            let range = range(cx, cx.get(self_))?;
            let found = match cx.get(value).as_int() {
                Some(number) => range.index_of(&number.to_big()),
                None => {
                    let (mut index, mut found) = (IBig::ZERO, None);
                    crate::ops::iter::for_each(cx, self_, |cx, element| {
                        if compare::eq(cx, element, value)? {
                            found = Some(index.clone());
                        }
                        index += IBig::ONE;
                        Ok(found.is_none())
                    })?;
                    found
                }
            };
            found.ok_or_else(|| cx.value_error("range.index(x): x not in range"))
        }

        /// Return a reverse iterator.
        fn __reversed__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(match self_.cast::<Range>() {
                Some(range) => reversed(cx, range),
                None => range(cx, self_)?.iter(cx, true),
            })
        }
    }
}

/// The range that is the instance of a method.
fn range(cx: &Ctx, value: Value<'_>) -> Res<WideRange> {
    WideRange::of(value).ok_or_else(|| {
        let got = cx.type_name(value);
        cx.type_error(format!("descriptor requires a 'range' object but received a '{got}'"))
    })
}

/// An iterator over a range from its end.
pub fn reversed<'h>(cx: &'h Ctx, range: &'h Range) -> Value<'h> {
    let count = range.len();
    let (Some(before), Some(step)) = (range.start.checked_sub(range.step), range.step.checked_neg()) else {
        return WideRange::new(range.start.into(), range.stop.into(), range.step.into()).iter(cx, true);
    };
    let (index, limit) = if count == 0 { (0, 0) } else { (range.at(count - 1), before) };
    let spec = IterSpec { index, limit, step, ..IterSpec::new(Walk::Range, Value::of(range)) };
    Value::of(Iter::alloc(cx, Builtin::RangeIterator, spec))
}
