//! The operators of sets and the union of dicts.
//!
//! The result has the type of the left operand, and gets its elements in the order in which CPython inserts them.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::ops::mapping;
use crate::ops::number::BinOp;
use crate::types::dict::{Ask, Dict};
use crate::types::set::Set;
use crate::value::Value;

fn result_class(cx: &Ctx, left: Value<'_>) -> Builtin {
    if cx.is_instance(left, Builtin::FrozenSet) { Builtin::FrozenSet } else { Builtin::Set }
}

/// An operator on two sets; `None` if a key has an `__eq__` or `__hash__` of its own, or for another operator.
pub(super) fn leaf<'h>(cx: &'h Ctx, op: BinOp, a: Value<'h>, b: Value<'h>) -> Option<Res<Value<'h>>> {
    let (x, y) = (a.cast::<Set>()?, b.cast::<Set>()?);
    let result = Set::alloc(cx, result_class(cx, a));
    let filled = match op {
        BinOp::Or => x.iter(cx).chain(y.iter(cx)).try_for_each(|key| result.add(cx, key).map(drop)),
        BinOp::And => {
            let (few, many) = if x.len(cx) < y.len(cx) { (x, y) } else { (y, x) };
            add_if(cx, result, few, |key| many.contains(cx, key))
        }
        BinOp::Sub => add_if(cx, result, x, |key| y.contains(cx, key).map(|found| !found)),
        BinOp::Xor => add_if(cx, result, y, |key| x.contains(cx, key).map(|found| !found))
            .and_then(|()| add_if(cx, result, x, |key| y.contains(cx, key).map(|found| !found))),
        _ => return None,
    };
    filled.ok().map(|()| Ok(Value::of(result)))
}

fn add_if<'h>(
    cx: &'h Ctx,
    result: &'h Set,
    from: &'h Set,
    wanted: impl Fn(Value<'h>) -> Result<bool, Ask>,
) -> Result<(), Ask> {
    for key in from.iter(cx) {
        if wanted(key)? {
            result.add(cx, key)?;
        }
    }
    Ok(())
}

fn elements(cx: &Ctx, set: Slot) -> Slots {
    let elements: Vec<_> = cx.get(set).cast::<Set>().map(|set| set.iter(cx).collect()).unwrap_or_default();
    cx.root_all(elements)
}

/// The same for keys that must be asked.
pub(super) fn asking(cx: &mut Ctx, op: BinOp, a: Slot, b: Slot) -> Res<Slot> {
    let class = result_class(cx, cx.get(a));
    let result = cx.root(Value::of(Set::alloc(cx, class)));
    cx.scope(|cx| {
        let (left, right) = (elements(cx, a), elements(cx, b));
        match op {
            BinOp::Or => {
                add_all(cx, result, left, None)?;
                add_all(cx, result, right, None)
            }
            BinOp::And => add_all(cx, result, left, Some((b, true))),
            BinOp::Sub => add_all(cx, result, left, Some((b, false))),
            _ => {
                add_all(cx, result, right, Some((a, false)))?;
                add_all(cx, result, left, Some((b, false)))
            }
        }
    })?;
    Ok(result)
}

/// Adds the elements; of these, if `among` names a set, those that are in it or those that are not.
fn add_all(cx: &mut Ctx, result: Slot, elements: Slots, among: Option<(Slot, bool)>) -> Res<()> {
    for element in elements.iter() {
        let wanted = match among {
            Some((set, inside)) => mapping::set_contains(cx, set, element)? == inside,
            None => true,
        };
        if wanted {
            mapping::set_add(cx, result, element)?;
        }
    }
    Ok(())
}

/// `a | b` of dicts; `None` if a key must be asked.
pub(super) fn dict_leaf<'h>(cx: &'h Ctx, a: Value<'h>, b: Value<'h>) -> Option<Res<Value<'h>>> {
    let (x, y) = (a.cast::<Dict>()?, b.cast::<Dict>()?);
    let result = Dict::alloc(cx);
    for (key, value) in x.iter(cx).chain(y.iter(cx)) {
        result.set(cx, key, value).ok()?;
    }
    Some(Ok(Value::of(result)))
}

/// The same for keys that must be asked.
pub(super) fn dict_asking(cx: &mut Ctx, a: Slot, b: Slot) -> Res<Slot> {
    let result = cx.root(Value::of(Dict::alloc(cx)));
    mapping::dict_update(cx, result, a)?;
    mapping::dict_update(cx, result, b)?;
    Ok(result)
}
