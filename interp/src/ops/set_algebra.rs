//! Union, intersection, difference: of sets with sets and with any iterable, in the order in which CPython builds them.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::keys::LEAF;
use crate::ops::mapping::{element_from, entry_from, set_add, set_contains, set_remove};
use crate::ops::{item, iter, mapping};
use crate::types::dict::{Ask, Dict};
use crate::types::set::Set;
use crate::value::Value;

/// An operator between two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOp {
    /// `&`
    And,
    /// `|`
    Or,
    /// `-`
    Sub,
    /// `^`
    Xor,
}

/// `a op b` for two sets: a new one, frozen if `a` is.
pub fn binary(cx: &mut Ctx, op: SetOp, a: Slot, b: Slot) -> Res<Slot> {
    match op {
        SetOp::And => intersection(cx, a, b),
        SetOp::Or => {
            let union = copy(cx, a);
            update(cx, union, b)?;
            Ok(union)
        }
        SetOp::Sub => difference(cx, a, b),
        SetOp::Xor => {
            let result = copy_as(cx, a, b);
            symmetric_difference_update(cx, result, a)?;
            Ok(result)
        }
    }
}

/// `a op= b`: changes the set `a`.
pub fn binary_in_place(cx: &mut Ctx, op: SetOp, a: Slot, b: Slot) -> Res<()> {
    match op {
        SetOp::And => intersection_update(cx, a, b),
        SetOp::Or => update(cx, a, b),
        SetOp::Sub => difference_update(cx, a, b),
        SetOp::Xor => symmetric_difference_update(cx, a, b),
    }
}

/// An empty set, frozen if `like` is.
pub fn empty_like(cx: &Ctx, like: Slot) -> Slot {
    let class = if cx.is_instance(cx.get(like), Builtin::FrozenSet) { Builtin::FrozenSet } else { Builtin::Set };
    cx.root(Value::of(Set::alloc(cx, class)))
}

/// A copy, of the built-in class that the original has or derives from.
pub fn copy(cx: &Ctx, set: Slot) -> Slot {
    copy_as(cx, set, set)
}

/// The elements of `set` in a set of the kind of `like`.
fn copy_as(cx: &Ctx, like: Slot, set: Slot) -> Slot {
    let result = empty_like(cx, like);
    if let (Some(to), Some(from)) = (cx.get(result).cast::<Set>(), cx.get(set).cast::<Set>()) {
        to.copy_from(cx, from);
    }
    result
}

/// Runs `f` on each element of a set, dict or any iterable. The slot is reused.
pub fn for_each_element(cx: &mut Ctx, elements: Slot, mut f: impl FnMut(&mut Ctx, Slot) -> Res<bool>) -> Res<()> {
    let value = cx.get(elements);
    let (is_set, is_dict) = (value.cast::<Set>().is_some(), value.cast::<Dict>().is_some());
    if !is_set && !is_dict {
        return iter::for_each(cx, elements, f);
    }
    cx.scope(|cx| {
        let (element, ignored, mut number) = (cx.root(Value::NONE), cx.root(Value::NONE), 0);
        loop {
            let next = if is_set {
                element_from(cx, elements, number, element)
            } else {
                entry_from(cx, elements, number, element, ignored)
            };
            match next {
                Some(next) if cx.scope(|cx| f(cx, element))? => number = next,
                _ => return Ok(()),
            }
        }
    })
}

/// Adds the elements of any iterable.
pub fn update(cx: &mut Ctx, set: Slot, elements: Slot) -> Res<()> {
    if let (Some(to), Some(from)) = (cx.get(set).cast::<Set>(), cx.get(elements).cast::<Set>()) {
        if std::ptr::eq(to, from) {
            return Ok(());
        }
        to.reserve(cx, from.len(cx));
        if add_all_leaf(cx, to, from).is_ok() {
            return Ok(());
        }
    }
    for_each_element(cx, elements, |cx, element| set_add(cx, set, element).map(|_| true))
}

fn add_all_leaf<'h>(cx: &'h Ctx, to: &'h Set, from: &'h Set) -> Result<(), Ask> {
    let Some(table) = from.table(cx) else { return Ok(()) };
    for place in 0..table.size() {
        if let Some((key, hash)) = table.hashed_at(cx, place) {
            to.add_hashed(cx, key, hash, &LEAF)?;
        }
    }
    Ok(())
}

/// The elements of a set that an iterable has too.
pub fn intersection(cx: &mut Ctx, set: Slot, other: Slot) -> Res<Slot> {
    let result = empty_like(cx, set);
    let (mut walked, mut asked) = (other, set);
    if let (Some(a), Some(b)) = (cx.get(set).cast::<Set>(), cx.get(other).cast::<Set>())
        && b.len(cx) > a.len(cx)
    {
        (walked, asked) = (set, other);
    }
    for_each_element(cx, walked, |cx, element| {
        if set_contains(cx, asked, element)? {
            set_add(cx, result, element)?;
        }
        Ok(true)
    })?;
    Ok(result)
}

/// Keeps only the elements that an iterable has too.
pub fn intersection_update(cx: &mut Ctx, set: Slot, other: Slot) -> Res<()> {
    let result = intersection(cx, set, other)?;
    take(cx, set, result);
    Ok(())
}

fn take(cx: &Ctx, set: Slot, result: Slot) {
    if let (Some(to), Some(from)) = (cx.get(set).cast::<Set>(), cx.get(result).cast::<Set>()) {
        to.take_from(cx, from);
    }
}

/// The elements of a set that an iterable lacks.
pub fn difference(cx: &mut Ctx, set: Slot, other: Slot) -> Res<Slot> {
    let (is_set, is_dict) = (cx.get(other).cast::<Set>().is_some(), cx.get(other).cast::<Dict>().is_some());
    let own = cx.get(set).cast::<Set>().map_or(0, |set| set.len(cx));
    if !(is_set || is_dict) || own >> 2 > item::len(cx, other)? {
        let result = copy(cx, set);
        difference_update(cx, result, other)?;
        return Ok(result);
    }
    let result = empty_like(cx, set);
    for_each_element(cx, set, |cx, element| {
        let found =
            if is_set { set_contains(cx, other, element)? } else { mapping::dict_get(cx, other, element)?.is_some() };
        if !found {
            set_add(cx, result, element)?;
        }
        Ok(true)
    })?;
    Ok(result)
}

/// Removes the elements of an iterable.
pub fn difference_update(cx: &mut Ctx, set: Slot, other: Slot) -> Res<()> {
    if cx.get(set) == cx.get(other) {
        if let Some(set) = cx.get(set).cast::<Set>() {
            set.clear(cx);
        }
        return Ok(());
    }
    for_each_element(cx, other, |cx, element| set_remove(cx, set, element).map(|_| true))
}

/// Keeps the elements that are in a set or in an iterable, not in both.
pub fn symmetric_difference_update(cx: &mut Ctx, set: Slot, other: Slot) -> Res<()> {
    if cx.get(set) == cx.get(other) {
        return difference_update(cx, set, other);
    }
    let other = if cx.get(other).cast::<Set>().is_some() {
        other
    } else {
        let elements = cx.root(Value::of(Set::alloc(cx, Builtin::Set)));
        update(cx, elements, other)?;
        elements
    };
    for_each_element(cx, other, |cx, element| {
        if !set_remove(cx, set, element)? {
            set_add(cx, set, element)?;
        }
        Ok(true)
    })
}
