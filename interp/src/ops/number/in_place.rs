//! Operators that change their left operand: those of lists, sets, dicts and bytearrays.

use super::{BinOp, builtin_leaf, index_opt, set_operator};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::object::Kind;
use crate::ops::set_algebra;
use crate::ops::{iter, mapping};
use crate::types::bytearray::ByteArray;
use crate::types::list::List;

/// `a op= b` if `a` is an exact mutable built-in that changes in place; `None` if the plain operator is to be tried.
pub(super) fn builtin(cx: &mut Ctx, op: BinOp, a: Slot, b: Slot) -> Res<Option<Slot>> {
    let value = cx.get(a);
    match value.header() {
        Some(header) if header.is_exact() => method(cx, op, a, b),
        _ => Ok(None),
    }
}

/// What `type(a).__iop__(a, b)` does for a mutable built-in type, whose layout `a` has; `None` for `NotImplemented`.
pub fn method(cx: &mut Ctx, op: BinOp, a: Slot, b: Slot) -> Res<Option<Slot>> {
    match (cx.get(a).kind(), op) {
        (Some(Kind::List), BinOp::Add) => {
            iter::extend(cx, a, b)?;
            Ok(Some(a))
        }
        (Some(Kind::List), BinOp::Mul) => repeat(cx, a, b),
        (Some(Kind::Set), _) => change_set(cx, op, a, b),
        (Some(Kind::Dict), BinOp::Or) => {
            mapping::dict_update(cx, a, b)?;
            Ok(Some(a))
        }
        (Some(Kind::Native), BinOp::Add) => extend_bytes(cx, a, b),
        _ => Ok(None),
    }
}

fn repeat(cx: &mut Ctx, list: Slot, count: Slot) -> Res<Option<Slot>> {
    let Some(count) = index_opt(cx, count)? else {
        let class = cx.type_name(cx.get(count));
        return Err(cx.type_error(format!("can't multiply sequence by non-int of type '{class}'")));
    };
    let cx: &Ctx = cx;
    if let Some(repeated) = builtin_leaf(cx, BinOp::Mul, cx.get(list), cx.get(count))
        && let (Some(target), Some(repeated)) = (cx.get(list).cast::<List>(), repeated?.cast::<List>())
    {
        target.take_from(cx, repeated);
    }
    Ok(Some(list))
}

fn change_set(cx: &mut Ctx, op: BinOp, a: Slot, b: Slot) -> Res<Option<Slot>> {
    if cx.get(b).kind() != Some(Kind::Set) || cx.is_instance(cx.get(a), Builtin::FrozenSet) {
        return Ok(None);
    }
    let Some(op) = set_operator(op) else { return Ok(None) };
    set_algebra::binary_in_place(cx, op, a, b)?;
    Ok(Some(a))
}

fn extend_bytes(cx: &mut Ctx, a: Slot, b: Slot) -> Res<Option<Slot>> {
    if cx.get(a).native::<ByteArray>().is_none() {
        return Ok(None);
    }
    let Some(more) = ByteArray::contents(cx.get(b)) else { return Ok(None) };
    ByteArray::write(cx, a, |bytes| {
        bytes.extend_from_slice(&more);
        Ok(Some(a))
    })
}
