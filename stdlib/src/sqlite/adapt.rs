//! Adapters, which make values for the engine of objects, and converters, which make objects of its bytes.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::ops::{attr, item};
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;

use super::attribute;
use super::errors::ProgrammingError;

/// Makes the tables.
pub fn define(cx: &Ctx, module: Slot) {
    for name in ["adapters", "converters"] {
        cx.define(module, name, Value::of(Dict::alloc(cx)));
    }
}

fn module(cx: &mut Ctx) -> Res<Slot> {
    import_module(cx, "_sqlite3")
}

/// What a dict has for a key.
fn find(cx: &mut Ctx, dict: Slot, key: Slot) -> Res<Option<Slot>> {
    if !item::contains(cx, dict, key)? {
        return Ok(None);
    }
    item::get_item(cx, dict, key).map(Some)
}

/// Registers an adapter for the objects of a class.
pub fn register_adapter(cx: &mut Ctx, class: Slot, adapter: Slot) -> Res<()> {
    let module = module(cx)?;
    let (table, protocol) = (attribute(cx, module, "adapters")?, attribute(cx, module, "PrepareProtocol")?);
    let key = cx.root(cx.tuple(&[cx.get(class), cx.get(protocol)]));
    item::set_item(cx, table, key, adapter)
}

/// Registers a converter for columns of a type.
pub fn register_converter(cx: &mut Ctx, name: &str, converter: Slot) -> Res<()> {
    let module = module(cx)?;
    let table = attribute(cx, module, "converters")?;
    let key = cx.root(cx.str(&name.to_uppercase()));
    item::set_item(cx, table, key, converter)
}

/// The converter for columns of a type.
pub fn converter(cx: &mut Ctx, name: &str) -> Res<Option<Slot>> {
    let module = module(cx)?;
    let table = attribute(cx, module, "converters")?;
    let key = cx.root(cx.str(&name.to_uppercase()));
    find(cx, table, key)
}

/// What an object becomes; `other` if it becomes nothing.
pub fn adapt(cx: &mut Ctx, object: Slot, protocol: Option<Slot>, other: Option<Slot>) -> Res<Slot> {
    let module = module(cx)?;
    let protocol = match protocol {
        Some(protocol) => protocol,
        None => attribute(cx, module, "PrepareProtocol")?,
    };
    let table = attribute(cx, module, "adapters")?;
    let key = cx.root(cx.tuple(&[Value::of(cx.class_of(cx.get(object))), cx.get(protocol)]));
    if let Some(adapter) = find(cx, table, key)? {
        return cx.call(adapter, &[object]);
    }
    for (owner, name, argument) in [(protocol, "__adapt__", object), (object, "__conform__", protocol)] {
        let name = cx.root(cx.intern(name));
        if let Some(method) = attr::get_attr_opt(cx, owner, name)? {
            match cx.call(method, &[argument]) {
                Ok(adapted) if !cx.get(adapted).is_none() => return Ok(adapted),
                Ok(_) => {}
                Err(raised) => {
                    cx.catch(raised, Builtin::TypeError)?;
                }
            }
        }
    }
    other.ok_or_else(|| cx.raise_own::<ProgrammingError>("can't adapt"))
}
