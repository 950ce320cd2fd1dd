//! `|` for the classes that extend dict: the result is of their class.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::ops::mapping;
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;

fn both_dicts(cx: &Ctx, a: Slot, b: Slot) -> bool {
    cx.get(a).cast::<Dict>().is_some() && cx.get(b).cast::<Dict>().is_some()
}

/// `a | b`, where `copy` makes a new object like `a`, with its entries.
pub fn union(cx: &mut Ctx, a: Slot, b: Slot, copy: impl FnOnce(&mut Ctx, Slot) -> Res<Slot>) -> Res<Slot> {
    if !both_dicts(cx, a, b) {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    let result = copy(cx, a)?;
    mapping::dict_update(cx, result, b)?;
    Ok(result)
}

/// `b | a`, where `empty` makes a new object like `a`, without entries.
pub fn reflected_union(cx: &mut Ctx, a: Slot, b: Slot, empty: impl FnOnce(&mut Ctx, Slot) -> Res<Slot>) -> Res<Slot> {
    if !both_dicts(cx, a, b) {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    let result = empty(cx, a)?;
    mapping::dict_update(cx, result, b)?;
    mapping::dict_update(cx, result, a)?;
    Ok(result)
}
