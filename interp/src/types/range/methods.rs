//! The methods of ranges.

use crate::ctx::{Ctx, Res, Slot};
use crate::interp::Builtin;
use crate::native::{Args, receiver};
use crate::ops::{compare, item, number};
use crate::types::int::Int;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::range::Range;
use crate::value::Value;

crate::natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "range", 1, 3)?;
            let mut bounds = [0, 0, 1];
            let first = usize::from(args.len() == 2);
            for (bound, arg) in bounds[first..].iter_mut().zip(args.skip(1).iter()) {
                *bound = bound_of(cx, arg)?;
            }
            let [start, stop, step] = bounds;
            if step == 0 {
                return Err(cx.value_error("range() arg 3 must not be zero"));
            }
            Ok(cx.root(Value::of(Range::alloc(cx, start, stop, step))))
        }

        get fn start(cx; self_: &'h Range) -> i64 {
            Ok(self_.start)
        }

        get fn stop(cx; self_: &'h Range) -> i64 {
            Ok(self_.stop)
        }

        get fn step(cx; self_: &'h Range) -> i64 {
            Ok(self_.step)
        }

        /// Return number of occurrences of value.
        call fn count(cx; self_: Slot, value: Slot) -> usize {
            receiver::<Range>(cx, self_, "count")?;
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
        call fn index(cx; self_: Slot, value: Slot) -> usize {
            let range = receiver::<Range>(cx, self_, "index")?;
            let found = match cx.get(value).as_int() {
                Some(Int::Small(number)) => range.index_of(number),
                Some(Int::Big(_)) => None,
                None => {
                    let (mut index, mut found) = (0, None);
                    crate::ops::iter::for_each(cx, self_, |cx, element| {
                        if compare::eq(cx, element, value)? {
                            found = Some(index);
                        }
                        index += 1;
                        Ok(found.is_none())
                    })?;
                    found
                }
            };
            found.ok_or_else(|| cx.value_error("range.index(x): x not in range"))
        }

        /// Return a reverse iterator.
        fn __reversed__(cx; self_: &'h Range) -> &'h Iter {
            Ok(reversed(cx, self_))
        }
    }
}

fn bound_of(cx: &mut Ctx, arg: Slot) -> Res<i64> {
    let int = number::index(cx, arg)?;
    let value = cx.get(int).as_int().and_then(|int| int.to_i64());
    value.ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))
}

/// An iterator over a range from its end.
pub fn reversed<'h>(cx: &'h Ctx, range: &'h Range) -> &'h Iter {
    let count = range.len();
    let (index, limit) =
        if count == 0 { (0, 0) } else { (range.at(count - 1), range.start.saturating_sub(range.step)) };
    let step = range.step.saturating_neg();
    let spec = IterSpec { index, limit, step, ..IterSpec::new(Walk::Range, Value::of(range)) };
    Iter::alloc(cx, Builtin::RangeIterator, spec)
}
