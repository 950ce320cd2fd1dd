//! How types read inside an alias or a union.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::types::class::Class;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The text of a type.
pub fn show(cx: &mut Ctx, item: Slot) -> Res<String> {
    if let Some(class) = cx.get(item).cast::<Class>() {
        if class.is(Builtin::NoneType) {
            return Ok("None".to_owned());
        }
        return Ok(crate::types::class::dotted_name(cx, class));
    }
    if cx.get(item) == Value::ELLIPSIS {
        return Ok("...".to_owned());
    }
    crate::ops::repr::repr(cx, item)
}

/// The text of an argument of an alias: a list is what a ParamSpec stands for.
pub fn show_argument(cx: &mut Ctx, item: Slot) -> Res<String> {
    let parts = cx.get(item).cast::<List>().map(|list| cx.tuple(&list.to_vec(cx)));
    match parts.map(|parts| cx.root(parts)) {
        Some(parts) => Ok(format!("[{}]", show_all(cx, parts, ", ", show)?)),
        None => show(cx, item),
    }
}

/// The texts of a tuple of types.
pub fn show_all(cx: &mut Ctx, values: Slot, separator: &str, show: fn(&mut Ctx, Slot) -> Res<String>) -> Res<String> {
    let items: Vec<Slot> = match cx.get(values).cast::<Tuple>() {
        Some(tuple) => tuple.iter(cx).map(|value| cx.root(value)).collect(),
        None => Vec::new(),
    };
    let mut shown = Vec::with_capacity(items.len());
    for item in items {
        shown.push(show(cx, item)?);
    }
    Ok(shown.join(separator))
}
