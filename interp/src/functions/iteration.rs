//! Built-in functions about iteration.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::object::Kind;
use crate::ops::compare::{CmpOp, compare_bool};
use crate::ops::number::{self, BinOp};
use crate::ops::truth::truth;
use crate::ops::{attr, item, iter};
use crate::types::function::is_callable;
use crate::types::generator::Generator;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::value::Value;
use crate::vm::generator::{self, asynchronous};

crate::natives! {
    pub static FUNCTIONS = {
        /// Return the number of items in a container.
        call fn len(cx; obj: Slot) -> usize {
            item::len(cx, obj)
        }

        /// Get an iterator from an object.
        ///
        /// In the first form, the argument must supply its own iterator, or be a sequence.
        /// In the second form, the callable is called until it returns the sentinel.
        call fn iter(cx; object: Slot, sentinel: GivenSlot = GivenSlot(None)) -> Slot {
            let Some(sentinel) = sentinel.0 else { return iter::iter(cx, object) };
            if !is_callable(cx, cx.get(object)) {
                return Err(cx.type_error("iter(v, w): v must be callable"));
            }
            let spec = IterSpec { extra: Some(cx.get(sentinel)), ..IterSpec::new(Walk::Call, cx.get(object)) };
            Ok(cx.root(Value::of(Iter::alloc(cx, Builtin::CallableIterator, spec))))
        }

        /// Return an asynchronous iterator for an asynchronous iterable object.
        call fn aiter(cx; iterable: Slot) -> Slot {
            asynchronous::aiter(cx, iterable, false)
        }

        /// Return the next item from the async iterator.
        ///
        /// If default is given and the async iterator is exhausted,
        /// it is returned instead of raising StopAsyncIteration.
        call fn anext(cx; iterator: Slot, default: GivenSlot = GivenSlot(None)) -> Slot {
            asynchronous::anext(cx, iterator, default.0)
        }

        /// Return the next item from the iterator.
        ///
        /// If default is given and the iterator is exhausted,
        /// it is returned instead of raising StopIteration.
        call fn next(cx; iterator: Slot, default: GivenSlot = GivenSlot(None)) -> Slot {
            if !iter::is_iterator(cx, cx.get(iterator)) {
                return Err(cx.type_error(format!("'{}' object is not an iterator", cx.type_name(cx.get(iterator)))));
            }
            let is_generator = cx.get(iterator).cast::<Generator>().is_some_and(Generator::is_plain);
            let step = if default.0.is_none() && iter::steps_by_method(cx.get(iterator)) {
                // The value of its StopIteration is seen.
                attr::call_special(cx, iterator, Name::__next__, &[])
            } else if is_generator && default.0.is_none() {
                // Its return value goes into the StopIteration.
                generator::next(cx, iterator).map(Some)
            } else {
                iter::next(cx, iterator)
            };
            let end = match step {
                Ok(Some(value)) => return Ok(value),
                Ok(None) => None,
                Err(raised) => Some(raised),
            };
            match (end, default.0) {
                (None, Some(default)) => Ok(default),
                (None, None) => Err(cx.raise_with(Builtin::StopIteration, &[])),
                (Some(raised), Some(default)) => cx.catch(raised, Builtin::StopIteration).map(|_| default),
                (Some(raised), None) => Err(raised),
            }
        }

        /// Return a new list containing all items from the iterable in ascending order.
        ///
        /// A custom key function can be supplied to customize the sort order, and the
        /// reverse flag can be set to request the result in descending order.
        raw fn sorted(cx, args) -> Slot {
            let given = args.positional(cx);
            if given != 1 {
                return Err(cx.type_error(format!("sorted expected 1 argument, got {given}")));
            }
            let (args, names) = args.into_slots(cx);
            let list = iter::collect(cx, args.get(0))?;
            let name = cx.root(cx.intern("sort"));
            let sort = attr::get_attr(cx, list, name)?;
            cx.call_kw(sort, args.skip(1), names)?;
            Ok(list)
        }

        /// Return True if bool(x) is True for all values x in the iterable.
        ///
        /// If the iterable is empty, return True.
        call fn all(cx; iterable: Slot) -> bool {
            let mut all = true;
            iter::for_each(cx, iterable, |cx, element| {
                all = truth(cx, element)?;
                Ok(all)
            })?;
            Ok(all)
        }

        /// Return True if bool(x) is True for any x in the iterable.
        ///
        /// If the iterable is empty, return False.
        call fn any(cx; iterable: Slot) -> bool {
            let mut any = false;
            iter::for_each(cx, iterable, |cx, element| {
                any = truth(cx, element)?;
                Ok(!any)
            })?;
            Ok(any)
        }

        /// Return the sum of a 'start' value (default: 0) plus an iterable of numbers
        ///
        /// When the iterable is empty, return the start value.
        /// This function is intended specifically for use with numeric values and may
        /// reject non-numeric types.
        call fn sum(cx; iterable: Slot; start: GivenSlot = GivenSlot(None)) -> Slot {
            sum(cx, iterable, start.0)
        }

        /// With a single iterable argument, return its smallest item. The
        /// default keyword-only argument specifies an object to return if
        /// the provided iterable is empty.
        /// With two or more positional arguments, return the smallest argument.
        call fn min(cx; *args; ; key: Option<Slot> = None, default: GivenSlot = GivenSlot(None)) -> Slot {
            extreme(cx, "min", CmpOp::Lt, args, key, default.0)
        }

        /// With a single iterable argument, return its biggest item. The
        /// default keyword-only argument specifies an object to return if
        /// the provided iterable is empty.
        /// With two or more positional arguments, return the largest argument.
        call fn max(cx; *args; ; key: Option<Slot> = None, default: GivenSlot = GivenSlot(None)) -> Slot {
            extreme(cx, "max", CmpOp::Gt, args, key, default.0)
        }
    }
}

/// `min` and `max`: the first element such that no later one is `better` than it.
fn extreme(
    cx: &mut Ctx,
    function: &str,
    better: CmpOp,
    args: Slots,
    key: Option<Slot>,
    default: Option<Slot>,
) -> Res<Slot> {
    if args.is_empty() {
        return Err(cx.type_error(format!("{function} expected at least 1 argument, got 0")));
    }
    if args.len() > 1 && default.is_some() {
        return Err(
            cx.type_error(format!("Cannot specify a default for {function}() with multiple positional arguments"))
        );
    }
    let (best, best_key, mut found) = (cx.root(Value::NONE), cx.root(Value::NONE), false);
    let mut consider = |cx: &mut Ctx, element: Slot| -> Res<bool> {
        let rank = match key {
            Some(key) => cx.call(key, &[element])?,
            None => element,
        };
        if !found || compare_bool(cx, better, rank, best_key)? {
            cx.set(best, cx.get(element));
            cx.set(best_key, cx.get(rank));
            found = true;
        }
        Ok(true)
    };
    if args.len() == 1 {
        iter::for_each(cx, args.get(0), &mut consider)?;
    } else {
        for arg in args.iter() {
            cx.scope(|cx| consider(cx, arg))?;
        }
    }
    match (found, default) {
        (true, _) => Ok(best),
        (false, Some(default)) => Ok(default),
        (false, None) => Err(cx.value_error(format!("{function}() iterable argument is empty"))),
    }
}

/// A sum of inline integers and floats on the way; floats are compensated as CPython 3.12 and later do (Neumaier).
enum Partial {
    Int(i64),
    Float { sum: f64, lost: f64 },
}

impl Partial {
    /// The partial sum that a start value begins, if it is a plain number.
    fn start(value: Value<'_>) -> Option<Partial> {
        match value.as_small_int() {
            Some(int) => Some(Partial::Int(int)),
            None if value.word().is_float() => Some(Partial::Float { sum: value.word().as_float(), lost: 0.0 }),
            None => None,
        }
    }

    /// Adds a value; whether it could.
    fn add(&mut self, value: Value<'_>) -> bool {
        let int = match value {
            Value::TRUE => Some(1),
            Value::FALSE => Some(0),
            _ => value.as_small_int(),
        };
        match (&mut *self, int, value.word().is_float()) {
            (Partial::Int(sum), Some(int), _) => match sum.checked_add(int) {
                Some(new) => *sum = new,
                None => return false,
            },
            (Partial::Int(sum), None, true) => {
                let sum = *sum as f64;
                *self = Partial::Float { sum, lost: 0.0 };
                return self.add(value);
            }
            (Partial::Float { sum, lost }, None, true) => add_compensated(sum, lost, value.word().as_float()),
            (Partial::Float { sum, .. }, Some(int), _) => *sum += int as f64,
            _ => return false,
        }
        true
    }

    fn value<'h>(&self, cx: &'h Ctx) -> Value<'h> {
        match *self {
            Partial::Int(sum) => cx.int(sum),
            Partial::Float { sum, lost } => cx.float(if lost != 0.0 && lost.is_finite() { sum + lost } else { sum }),
        }
    }
}

fn add_compensated(sum: &mut f64, lost: &mut f64, x: f64) {
    let total = *sum + x;
    *lost += if sum.abs() >= x.abs() { (*sum - total) + x } else { (x - total) + *sum };
    *sum = total;
}

fn sum(cx: &mut Ctx, iterable: Slot, start: Option<Slot>) -> Res<Slot> {
    let total = match start {
        Some(start) => {
            let value = cx.get(start);
            let advice = match value.kind() {
                Some(Kind::Str) => Some("sum() can't sum strings [use ''.join(seq) instead]"),
                Some(Kind::Bytes) => Some("sum() can't sum bytes [use b''.join(seq) instead]"),
                _ => None,
            };
            if let Some(advice) = advice {
                iter::iter(cx, iterable)?;
                return Err(cx.type_error(advice));
            }
            cx.root(value)
        }
        None => cx.root(cx.int(0)),
    };
    let mut partial = Partial::start(cx.get(total));
    iter::for_each(cx, iterable, |cx, element| {
        if let Some(partial) = partial.as_mut()
            && partial.add(cx.get(element))
        {
            return Ok(true);
        }
        if let Some(sum) = partial.take() {
            cx.set(total, sum.value(cx));
        }
        let sum = number::binary(cx, BinOp::Add, false, total, element)?;
        cx.set(total, cx.get(sum));
        Ok(true)
    })?;
    if let Some(sum) = partial {
        cx.set(total, sum.value(cx));
    }
    Ok(total)
}
