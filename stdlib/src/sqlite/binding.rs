//! Giving parameters their values.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::ops::{attr, item};
use argil_interp::value::Value;
use argil_sqlite::Value as Bound;

use super::adapt::adapt;
use super::callbacks::value;
use super::errors::{ProgrammingError, programming, raise};
use super::statements::Prepared;

/// Gives a statement's parameters the values of a sequence, or of a mapping by their names.
pub fn bind(cx: &mut Ctx, prepared: &Prepared, given: Slot) -> Res<()> {
    let wanted = prepared.statement.parameters();
    let object = cx.get(given);
    let is_dict = cx.is_instance(object, Builtin::Dict);
    let is_plain = [Builtin::Tuple, Builtin::List].into_iter().any(|class| cx.is_instance(object, class));
    let get_item = cx.root(cx.intern("__getitem__"));
    let keys = cx.root(cx.intern("keys"));
    let is_sequence = is_plain || (!is_dict && attr::get_attr_opt(cx, given, keys)?.is_none());
    if !is_plain && attr::get_attr_opt(cx, given, get_item)?.is_none() {
        return Err(programming(cx, "parameters are of unsupported type"));
    }
    if !is_sequence {
        return by_name(cx, prepared, given, wanted);
    }
    let count = match item::len(cx, given) {
        Ok(count) => count,
        Err(raised) => {
            cx.catch(raised, Builtin::TypeError)?;
            return Err(programming(cx, "parameters are of unsupported type"));
        }
    };
    if count != wanted {
        let message = format!(
            "Incorrect number of bindings supplied. The current statement uses {wanted}, and there are {count} supplied."
        );
        return Err(programming(cx, message));
    }
    for number in 1..=wanted {
        cx.scope(|cx| {
            if let Some(name) = prepared.statement.parameter_name(number).filter(|name| !name.starts_with('?')) {
                let message = format!(
                    "Binding {number} ('{name}') is a named parameter, but you supplied a sequence which requires nameless \
                     (qmark) placeholders."
                );
                return Err(programming(cx, message));
            }
            let index = cx.root(cx.uint(number as u64 - 1));
            let object = item::get_item(cx, given, index)?;
            bind_one(cx, prepared, number, object, None)
        })?;
    }
    Ok(())
}

fn by_name(cx: &mut Ctx, prepared: &Prepared, given: Slot, wanted: usize) -> Res<()> {
    for number in 1..=wanted {
        cx.scope(|cx| {
            let Some(name) = prepared.statement.parameter_name(number) else {
                let message =
                    format!("Binding {number} has no name, but you supplied a dictionary (which has only names).");
                return Err(programming(cx, message));
            };
            let name = &name[1..];
            let key = cx.root(cx.str(name));
            let object = match item::get_item(cx, given, key) {
                Ok(object) => object,
                Err(raised) => {
                    cx.catch(raised, Builtin::LookupError)?;
                    let message = format!("You did not supply a value for binding parameter :{name}.");
                    return Err(programming(cx, message));
                }
            };
            bind_one(cx, prepared, number, object, Some(name))
        })?;
    }
    Ok(())
}

/// Whether an object goes to the engine as it is.
fn is_known(cx: &Ctx, object: Value<'_>) -> bool {
    if object.is_none() {
        return true;
    }
    let class = cx.class_of(object);
    [Builtin::Int, Builtin::Float, Builtin::Str, Builtin::ByteArray]
        .into_iter()
        .any(|known| std::ptr::eq(class, cx.class(known)))
}

fn bind_one(cx: &mut Ctx, prepared: &Prepared, number: usize, object: Slot, name: Option<&str>) -> Res<()> {
    let adapted = if is_known(cx, cx.get(object)) { object } else { adapt(cx, object, None, Some(object))? };
    let bound: Bound = match value(cx, adapted)? {
        Some(bound) => bound,
        None => {
            let kind = cx.type_name(cx.get(adapted));
            let which = name.map_or_else(|| number.to_string(), |name| format!("':{name}'"));
            let message = format!("Error binding parameter {which}: type '{kind}' is not supported");
            return Err(cx.raise_own::<ProgrammingError>(message));
        }
    };
    prepared.statement.bind(number, &bound).map_err(|failure| raise(cx, &failure))
}
