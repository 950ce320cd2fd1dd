//! What the module `typing` of the library is asked for.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::{attr, item};
use crate::types::tuple::Tuple;

/// An attribute of the module `typing`, imported if it is not there yet.
pub fn from_typing(cx: &mut Ctx, name: &str) -> Res<Slot> {
    let typing = (cx.interp().hooks.import_module)(cx, "typing")?;
    let name = cx.root(cx.intern(name));
    attr::get_attr(cx, typing, name)
}

/// Calls a function of the module `typing`.
pub fn call_typing(cx: &mut Ctx, function: &str, args: &[Slot]) -> Res<Slot> {
    let function = from_typing(cx, function)?;
    cx.call(function, args)
}

/// `typing.Unpack[of]`.
pub fn unpacked(cx: &mut Ctx, of: Slot) -> Res<Slot> {
    let unpack = from_typing(cx, "Unpack")?;
    item::get_item(cx, unpack, of)
}

/// The tuple of type parameters with those unpacked that stand for several types.
pub fn unpack_tuples(cx: &mut Ctx, parameters: Slot) -> Res<Slot> {
    let mut all: Vec<Slot> = match cx.get(parameters).cast::<Tuple>() {
        Some(tuple) => tuple.iter(cx).map(|parameter| cx.root(parameter)).collect(),
        None => Vec::new(),
    };
    for parameter in &mut all {
        if cx.class_of(cx.get(*parameter)).is(Builtin::TypeVarTuple) {
            *parameter = unpacked(cx, *parameter)?;
        }
    }
    let cx = &*cx;
    Ok(cx.root(cx.tuple(&all.into_iter().map(|slot| cx.get(slot)).collect::<Vec<_>>())))
}
