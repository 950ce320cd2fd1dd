//! The methods of tuples.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::{Args, Place, receiver};
use crate::ops::{compare, iter};
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

crate::natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "tuple", 0, 1)?;
            let iterable = if args.len() > 1 { Some(args.get(1)) } else { None };
            make(cx, args.get(0), iterable)
        }

        /// Return number of occurrences of value.
        call fn count(cx; self_: Slot, value: Slot) -> usize {
            let mut count = 0;
            let len = receiver::<Tuple>(cx, self_, "count")?.len();
            let mut from = 0;
            while let Some(index) = search(cx, self_, value, from, len as i64)? {
                count += 1;
                from = index as i64 + 1;
            }
            Ok(count)
        }

        /// Return first index of value.
        ///
        /// Raises ValueError if the value is not present.
        call fn index(cx; self_: Slot, value: Slot, start: Place = Place(0), stop: Place = Place(i64::MAX)) -> usize {
            let len = receiver::<Tuple>(cx, self_, "index")?.len();
            match search(cx, self_, value, start.within(len), stop.within(len).min(len as i64))? {
                Some(index) => Ok(index),
                None => Err(cx.value_error("tuple.index(x): x not in tuple")),
            }
        }

        fn __getnewargs__(cx; self_: &'h Tuple) -> Value<'h> {
            Ok(cx.tuple(&[cx.tuple(&self_.iter(cx).collect::<Vec<_>>())]))
        }
    }
}

/// What `class(iterable)` makes for tuple and its subclasses.
fn make(cx: &mut Ctx, class: Slot, iterable: Option<Slot>) -> Res<Slot> {
    let birth = cx.get(class).cast::<Class>().map_or(Birth::from(Builtin::Tuple), |class| class.birth().0);
    let exact = cx.get(class).cast::<Class>().is_some_and(|class| class.is(Builtin::Tuple));
    let Some(iterable) = iterable else { return Ok(cx.root(Value::of(Tuple::build(cx, birth, &[])))) };
    let given = cx.get(iterable);
    if exact && given.cast::<Tuple>().is_some() && given.header().is_some_and(|header| header.is_exact()) {
        return Ok(iterable);
    }
    let list = iter::collect(cx, iterable)?;
    let values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    Ok(cx.root(Value::of(Tuple::build(cx, birth, &values))))
}

/// A new tuple of the elements of an iterable.
pub fn from_iterable(cx: &mut Ctx, iterable: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class(Builtin::Tuple)));
    make(cx, class, Some(iterable))
}

/// The index of the first element from `start` to `stop` that is equal to a value.
fn search(cx: &mut Ctx, tuple: Slot, value: Slot, start: i64, stop: i64) -> Res<Option<usize>> {
    cx.scope(|cx| {
        let element = cx.root(Value::NONE);
        for index in start..stop {
            let Some(found) = cx.get(tuple).cast::<Tuple>().and_then(|tuple| tuple.get(cx, index as usize)) else {
                break;
            };
            cx.set(element, found);
            if compare::eq(cx, element, value)? {
                return Ok(Some(index as usize));
            }
        }
        Ok(None)
    })
}
