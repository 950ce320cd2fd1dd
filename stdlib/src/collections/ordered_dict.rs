//! `OrderedDict`: dicts keep the order of insertion anyway; this one can change it, and compares it.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::{compare, item, iter, mapping, repr};
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;

use super::union::{reflected_union, union};
use super::{entries, own_attributes};

natives! {
    pub static METHODS = {
        /// Move an existing element to the end (or beginning if last is false).
        ///
        /// Raise KeyError if the element does not exist.
        call fn move_to_end(cx; self_: Slot; key: Slot, last: bool = true) -> () {
            let moved = mapping::dict_move(cx, self_, key, last)?;
            if moved { Ok(()) } else { Err(cx.key_error(cx.get(key))) }
        }

        /// Remove and return a (key, value) pair from the dictionary.
        ///
        /// Pairs are returned in LIFO order if last is true or FIFO order if false.
        fn popitem(cx; self_: &'h Dict; last: bool = true) -> Value<'h> {
            let popped = if last { self_.pop_last(cx) } else { self_.pop_first(cx) };
            match popped {
                Some((key, value)) => Ok(cx.tuple(&[key, value])),
                None => Err(cx.key_error(cx.str("dictionary is empty"))),
            }
        }

        /// Return state information for pickling
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let state = own_attributes(cx, self_)?;
            let entries = entries(cx, self_)?;
            let cx: &Ctx = cx;
            let class = Value::of(cx.class_of(cx.get(self_)));
            Ok(cx.root(cx.tuple(&[class, cx.tuple(&[]), cx.get(state), Value::NONE, cx.get(entries)])))
        }

        /// od.copy() -> a shallow copy of od
        call fn copy(cx; self_: Slot) -> Slot {
            copy(cx, self_)
        }

        call fn __copy__(cx; self_: Slot) -> Slot {
            copy(cx, self_)
        }

        call fn __or__(cx; self_: Slot, other: Slot) -> Slot {
            union(cx, self_, other, copy)
        }

        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot {
            reflected_union(cx, self_, other, empty)
        }

        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            let answer = equal(cx, self_, other)?;
            Ok(cx.root(answer.map_or(Value::NOT_IMPLEMENTED, Value::bool)))
        }

        call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            let answer = equal(cx, self_, other)?;
            Ok(cx.root(answer.map_or(Value::NOT_IMPLEMENTED, |equal| Value::bool(!equal))))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            if item::len(cx, self_)? == 0 {
                return Ok(format!("{}()", cx.class_of(cx.get(self_)).plain_name(cx)));
            }
            let mut entries = String::new();
            let shown = repr::guarded(cx, self_, |cx| {
                let plain = cx.root(Value::of(Dict::alloc(cx)));
                mapping::dict_update(cx, plain, self_)?;
                entries = repr::repr(cx, plain)?;
                Ok(())
            })?;
            Ok(match shown {
                true => format!("{}({entries})", cx.class_of(cx.get(self_)).plain_name(cx)),
                false => "...".to_owned(),
            })
        }
    }
}

fn copy(cx: &mut Ctx, dict: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(dict))));
    cx.call(class, &[dict])
}

fn empty(cx: &mut Ctx, dict: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(dict))));
    cx.call(class, &[])
}

/// Equality: with another OrderedDict the order counts, with any other dict it does not.
fn equal(cx: &mut Ctx, a: Slot, b: Slot) -> Res<Option<bool>> {
    if cx.get(b).cast::<Dict>().is_none() {
        return Ok(None);
    }
    let ordered = {
        let own = cx.intern("move_to_end");
        cx.class_of(cx.get(b)).lookup(cx, own).is_some()
    };
    if ordered {
        let (x, y) = (iter::collect(cx, a)?, iter::collect(cx, b)?);
        let same_keys = compare::compare_bool(cx, compare::CmpOp::Eq, x, y)?;
        if !same_keys {
            return Ok(Some(false));
        }
    }
    compare::builtin_compare(cx, compare::CmpOp::Eq, a, b)
}
