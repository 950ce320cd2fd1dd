//! The methods of dicts.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::native::{Args, GivenSlot, receiver};
use crate::ops::{item, iter, mapping};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::dict::views::{DictView, Part};
use crate::types::tuple::Tuple;
use crate::value::Value;

crate::natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let class = args.class(cx);
            Ok(cx.root(Value::of(Dict::build(cx, class.birth().0))))
        }

        raw fn __init__(cx, args) -> () {
            update(cx, args, "dict")
        }

        /// Return the value for key if key is in the dictionary, else default.
        call fn get(cx; self_: Slot, key: Slot, default: Option<Slot> = None) -> Slot {
            let dict = receiver::<Dict>(cx, self_, "get")?;
            match dict.get(cx, cx.get(key)) {
                Ok(Some(value)) => return Ok(cx.root(value)),
                Ok(None) => {}
                Err(_) => {
                    if let Some(value) = mapping::dict_get(cx, self_, key)? {
                        return Ok(value);
                    }
                }
            }
            Ok(default.unwrap_or_else(|| cx.root(Value::NONE)))
        }

        /// Insert key with a value of default if key is not in the dictionary.
        ///
        /// Return the value for key if key is in the dictionary, else default.
        call fn setdefault(cx; self_: Slot, key: Slot, default: Option<Slot> = None) -> Slot {
            receiver::<Dict>(cx, self_, "setdefault")?;
            let default = default.unwrap_or_else(|| cx.root(Value::NONE));
            mapping::dict_set_default(cx, self_, key, default)
        }

        /// D.pop(k[,d]) -> v, remove specified key and return the corresponding value.
        ///
        /// If the key is not found, return the default if given; otherwise,
        /// raise a KeyError.
        call fn pop(cx; self_: Slot, key: Slot, default: GivenSlot = GivenSlot(None)) -> Slot {
            receiver::<Dict>(cx, self_, "pop")?;
            match mapping::dict_remove(cx, self_, key)? {
                Some(value) => Ok(value),
                None => default.0.ok_or_else(|| cx.key_error(cx.get(key))),
            }
        }

        /// Remove and return a (key, value) pair as a 2-tuple.
        ///
        /// Pairs are returned in LIFO (last-in, first-out) order.
        /// Raises KeyError if the dict is empty.
        fn popitem(cx; self_: &'h Dict) -> Value<'h> {
            match self_.pop_last(cx) {
                Some((key, value)) => Ok(cx.tuple(&[key, value])),
                None => Err(cx.key_error(cx.str("popitem(): dictionary is empty"))),
            }
        }

        /// Update D from mapping/iterable E and F.
        raw fn update(cx, args) -> () {
            update(cx, args, "update")
        }

        /// Return a set-like object providing a view on the dict's keys.
        fn keys(cx; self_: &'h Dict) -> Value<'h> {
            Ok(DictView::alloc(cx, Value::of(self_), Part::Keys))
        }

        /// Return an object providing a view on the dict's values.
        fn values(cx; self_: &'h Dict) -> Value<'h> {
            Ok(DictView::alloc(cx, Value::of(self_), Part::Values))
        }

        /// Return a set-like object providing a view on the dict's items.
        fn items(cx; self_: &'h Dict) -> Value<'h> {
            Ok(DictView::alloc(cx, Value::of(self_), Part::Items))
        }

        /// Remove all items from the dict.
        fn clear(cx; self_: &'h Dict) -> () {
            self_.clear(cx);
            Ok(())
        }

        /// Return a shallow copy of the dict.
        fn copy(cx; self_: &'h Dict) -> &'h Dict {
            let copy = Dict::alloc(cx);
            copy.copy_from(cx, self_);
            Ok(copy)
        }

        /// Create a new dictionary with keys from iterable and values set to value.
        class call fn fromkeys(cx; cls: Slot, iterable: Slot, value: Option<Slot> = None) -> Slot {
            let value = value.unwrap_or_else(|| cx.root(Value::NONE));
            let dict = cx.call(cls, &[])?;
            let exact = cx.get(cls).cast::<Class>().is_some_and(|class| class.is(Builtin::Dict));
            iter::for_each(cx, iterable, |cx, key| {
                if exact { mapping::dict_set(cx, dict, key, value)? } else { item::set_item(cx, dict, key, value)? }
                Ok(true)
            })?;
            Ok(dict)
        }

        /// Return a reverse iterator over the dict keys.
        fn __reversed__(cx; self_: &'h Dict) -> Value<'h> {
            Ok(iter::dict_iter(cx, Value::of(self_), Part::Keys, true))
        }
    }
}

/// `dict.update(self, other, **more)`, which is also what `dict(other, **more)` does.
fn update(cx: &mut Ctx, args: Args, function: &str) -> Res<()> {
    let given = args.positional(cx);
    if !(1..=2).contains(&given) {
        let given = given.saturating_sub(1);
        return Err(cx.type_error(format!("{function} expected at most 1 argument, got {given}")));
    }
    let (slots, names) = args.into_slots(cx);
    let dict = slots.get(0);
    receiver::<Dict>(cx, dict, function)?;
    if given == 2 {
        mapping::dict_update(cx, dict, slots.get(1))?;
    }
    match names {
        Some(names) => update_named(cx, dict, slots.skip(given), names),
        None => Ok(()),
    }
}

fn update_named(cx: &Ctx, dict: Slot, values: Slots, names: Slot) -> Res<()> {
    if let (Some(dict), Some(names)) = (cx.get(dict).cast::<Dict>(), cx.get(names).cast::<Tuple>()) {
        for (name, value) in names.iter(cx).zip(values.iter()) {
            dict.set_name(cx, name, cx.get(value));
        }
    }
    Ok(())
}
