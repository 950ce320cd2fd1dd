//! The methods of sets and frozensets.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::native::{Args, receiver};
use crate::ops::mapping;
use crate::ops::set_algebra;
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::set::Set;
use crate::value::Value;

crate::natives! {
    /// What sets and frozensets have.
    pub static COMMON = {
        /// Return a shallow copy of a set.
        call fn copy(cx; self_: Slot) -> Slot {
            receiver::<Set>(cx, self_, "copy")?;
            let value = cx.get(self_);
            if cx.is_instance(value, Builtin::FrozenSet) && value.header().is_some_and(|header| header.is_exact()) {
                return Ok(self_);
            }
            Ok(set_algebra::copy(cx, self_))
        }

        /// Return a new set with elements from the set and all others.
        call fn union(cx; self_: Slot; *others) -> Slot {
            receiver::<Set>(cx, self_, "union")?;
            let union = set_algebra::copy(cx, self_);
            for other in others.iter() {
                set_algebra::update(cx, union, other)?;
            }
            Ok(union)
        }

        /// Return a new set with elements common to the set and all others.
        call fn intersection(cx; self_: Slot; *others) -> Slot {
            receiver::<Set>(cx, self_, "intersection")?;
            intersect_all(cx, self_, others)
        }

        /// Return a new set with elements in the set that are not in the others.
        call fn difference(cx; self_: Slot; *others) -> Slot {
            receiver::<Set>(cx, self_, "difference")?;
            let Some(first) = others.iter().next() else { return Ok(set_algebra::copy(cx, self_)) };
            let difference = set_algebra::difference(cx, self_, first)?;
            for other in others.skip(1).iter() {
                set_algebra::difference_update(cx, difference, other)?;
            }
            Ok(difference)
        }

        /// Return a new set with elements in either the set or other but not both.
        call fn symmetric_difference(cx; self_: Slot, other: Slot) -> Slot {
            receiver::<Set>(cx, self_, "symmetric_difference")?;
            let result = set_algebra::empty_like(cx, self_);
            set_algebra::update(cx, result, other)?;
            set_algebra::symmetric_difference_update(cx, result, self_)?;
            Ok(result)
        }

        /// Report whether another set contains this set.
        call fn issubset(cx; self_: Slot, other: Slot) -> bool {
            receiver::<Set>(cx, self_, "issubset")?;
            let other = as_set(cx, other)?;
            mapping::is_subset(cx, self_, other)
        }

        /// Report whether this set contains another set.
        call fn issuperset(cx; self_: Slot, other: Slot) -> bool {
            receiver::<Set>(cx, self_, "issuperset")?;
            let mut all = true;
            set_algebra::for_each_element(cx, other, |cx, element| {
                all = mapping::set_contains(cx, self_, element)?;
                Ok(all)
            })?;
            Ok(all)
        }

        /// Return True if two sets have a null intersection.
        call fn isdisjoint(cx; self_: Slot, other: Slot) -> bool {
            receiver::<Set>(cx, self_, "isdisjoint")?;
            let mut disjoint = true;
            set_algebra::for_each_element(cx, other, |cx, element| {
                disjoint = !mapping::set_contains(cx, self_, element)?;
                Ok(disjoint)
            })?;
            Ok(disjoint)
        }
    }
}

crate::natives! {
    /// What only sets have.
    pub static MUTABLE = {
        static raw fn __new__(cx, args) -> Slot {
            let class = args.class(cx);
            Ok(cx.root(Value::of(Set::alloc(cx, class.birth().0))))
        }

        raw fn __init__(cx, args) -> () {
            let args = Args::constructor(args, cx, "set", 0, 1)?;
            receiver::<Set>(cx, args.get(0), "__init__")?.clear(cx);
            match args.len() {
                1 => Ok(()),
                _ => set_algebra::update(cx, args.get(0), args.get(1)),
            }
        }

        /// Add an element to a set.
        call fn add(cx; self_: Slot, object: Slot) -> () {
            receiver::<Set>(cx, self_, "add")?;
            mapping::set_add(cx, self_, object).map(|_| ())
        }

        /// Remove an element from a set if it is a member.
        call fn discard(cx; self_: Slot, object: Slot) -> () {
            receiver::<Set>(cx, self_, "discard")?;
            mapping::set_remove(cx, self_, object).map(|_| ())
        }

        /// Remove an element from a set; it must be a member.
        call fn remove(cx; self_: Slot, object: Slot) -> () {
            receiver::<Set>(cx, self_, "remove")?;
            if mapping::set_remove(cx, self_, object)? { Ok(()) } else { Err(cx.key_error(cx.get(object))) }
        }

        /// Remove and return an arbitrary set element.
        fn pop(cx; self_: &'h Set) -> Value<'h> {
            self_.pop(cx).ok_or_else(|| cx.key_error(cx.str("pop from an empty set")))
        }

        /// Remove all elements from this set.
        fn clear(cx; self_: &'h Set) -> () {
            self_.clear(cx);
            Ok(())
        }

        /// Update the set, adding elements from all others.
        call fn update(cx; self_: Slot; *others) -> () {
            receiver::<Set>(cx, self_, "update")?;
            for other in others.iter() {
                set_algebra::update(cx, self_, other)?;
            }
            Ok(())
        }

        /// Update the set, keeping only elements found in it and all others.
        call fn intersection_update(cx; self_: Slot; *others) -> () {
            receiver::<Set>(cx, self_, "intersection_update")?;
            let result = intersect_all(cx, self_, others)?;
            set_algebra::intersection_update(cx, self_, result)
        }

        /// Update the set, removing elements found in others.
        call fn difference_update(cx; self_: Slot; *others) -> () {
            receiver::<Set>(cx, self_, "difference_update")?;
            for other in others.iter() {
                set_algebra::difference_update(cx, self_, other)?;
            }
            Ok(())
        }

        /// Update the set, keeping only elements found in either set, but not in both.
        call fn symmetric_difference_update(cx; self_: Slot, other: Slot) -> () {
            receiver::<Set>(cx, self_, "symmetric_difference_update")?;
            set_algebra::symmetric_difference_update(cx, self_, other)
        }
    }
}

crate::natives! {
    /// What only frozensets have.
    pub static FROZEN = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "frozenset", 0, 1)?;
            let class = cx.get(args.get(0)).cast::<Class>();
            let exact = class.is_some_and(|class| class.is(Builtin::FrozenSet));
            let birth = class.map_or(Birth::from(Builtin::FrozenSet), |class| class.birth().0);
            if exact && args.len() > 1 {
                let given = cx.get(args.get(1));
                let frozen = given.cast::<Set>().is_some() && cx.is_instance(given, Builtin::FrozenSet);
                if frozen && given.header().is_some_and(|header| header.is_exact()) {
                    return Ok(args.get(1));
                }
            }
            let set = cx.root(Value::of(Set::alloc(cx, birth)));
            if args.len() > 1 {
                set_algebra::update(cx, set, args.get(1))?;
            }
            Ok(set)
        }
    }
}

fn intersect_all(cx: &mut Ctx, set: Slot, others: Slots) -> Res<Slot> {
    if others.is_empty() {
        return Ok(set_algebra::copy(cx, set));
    }
    let mut result = set;
    for other in others.iter() {
        result = set_algebra::intersection(cx, result, other)?;
    }
    Ok(result)
}

/// A set as it is; any other iterable in a new set.
fn as_set(cx: &mut Ctx, elements: Slot) -> Res<Slot> {
    if cx.get(elements).cast::<Set>().is_some() {
        return Ok(elements);
    }
    let set = cx.root(Value::of(Set::alloc(cx, Builtin::Set)));
    set_algebra::update(cx, set, elements)?;
    Ok(set)
}
