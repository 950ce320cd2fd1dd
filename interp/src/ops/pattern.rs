//! What `match` patterns ask of values.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::ops::{attr, instance_of, mapping, repr};
use crate::types::class::{Class, Collection};
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Built-in classes that take themselves for the value of one positional pattern, and what derives from them.
const MATCH_SELF: [Builtin; 11] = [
    Builtin::Bool,
    Builtin::ByteArray,
    Builtin::Bytes,
    Builtin::Dict,
    Builtin::Float,
    Builtin::FrozenSet,
    Builtin::Int,
    Builtin::List,
    Builtin::Set,
    Builtin::Str,
    Builtin::Tuple,
];

/// What patterns take a value for: what the nearest class says that has a say.
pub(crate) fn collection(cx: &Ctx, value: Value<'_>) -> Collection {
    let classes = cx.class_of(value).mro(cx);
    classes.map(Class::collection).find(|it| *it != Collection::Neither).unwrap_or_default()
}

/// A tuple of what a mapping has under the keys of a tuple; `None` if one is missing.
///
/// # Errors
/// ValueError if a key is there twice; whatever the mapping's `get` and the keys' methods raise.
pub(crate) fn match_keys(cx: &mut Ctx, value: Slot, keys: Slot) -> Res<Option<Slot>> {
    let get = cx.root(cx.intern("get"));
    let get = attr::get_attr(cx, value, get)?;
    let object = cx.root(Value::of(cx.class(Builtin::Object)));
    let missing = cx.call(object, &[])?;
    let seen = cx.root(Value::of(Set::alloc(cx, Builtin::Set)));
    let keys = cx.get(keys).cast::<Tuple>().map(|keys| cx.root_all(keys.iter(cx)));
    let mut found = Vec::new();
    for key in keys.into_iter().flat_map(|keys| (0..keys.len()).map(move |at| keys.get(at))) {
        if !mapping::set_add(cx, seen, key)? {
            let key = repr::repr(cx, key)?;
            return Err(cx.value_error(format!("mapping pattern checks duplicate key ({key})")));
        }
        let value = cx.call(get, &[key, missing])?;
        if cx.get(value) == cx.get(missing) {
            return Ok(None);
        }
        found.push(value);
    }
    let found = found.into_iter().map(|slot| cx.get(slot)).collect::<Vec<_>>();
    Ok(Some(cx.root(cx.tuple(&found))))
}

/// A tuple of what `positional` patterns and the attributes of `names`, a tuple of strings, see of a value that is an instance
/// of `class`; `None` if it is none, or lacks an attribute.
///
/// # Errors
/// TypeError if `class` is no class or does not say what so many positional patterns match; whatever reading attributes raises.
pub(crate) fn match_class(cx: &mut Ctx, value: Slot, class: Slot, positional: usize, names: Slot) -> Res<Option<Slot>> {
    if cx.get(class).cast::<Class>().is_none() {
        return Err(cx.type_error("called match pattern must be a class"));
    }
    if !instance_of::is_instance(cx, value, class)? {
        return Ok(None);
    }
    let mut wanted = Vec::new();
    if positional > 0 {
        match positional_attributes(cx, class, positional)? {
            Some(attributes) => wanted.extend(attributes),
            None => wanted.push(None),
        }
    }
    let names = cx.get(names).cast::<Tuple>().map(|names| cx.root_all(names.iter(cx)));
    wanted.extend(names.into_iter().flat_map(|names| (0..names.len()).map(move |at| Some(names.get(at)))));
    let mut found = Vec::new();
    for (at, name) in wanted.iter().enumerate() {
        let Some(name) = *name else {
            found.push(value);
            continue;
        };
        let is_same = |other: &Option<Slot>| other.is_some_and(|other| cx.get(other).as_str() == cx.get(name).as_str());
        if wanted[..at].iter().any(is_same) {
            let (name, class) = (repr::repr(cx, name)?, class_name(cx, class));
            return Err(cx.type_error(format!("{class}() got multiple sub-patterns for attribute {name}")));
        }
        match attr::get_attr_opt(cx, value, name)? {
            Some(attribute) => found.push(attribute),
            None => return Ok(None),
        }
    }
    let found = found.into_iter().map(|slot| cx.get(slot)).collect::<Vec<_>>();
    Ok(Some(cx.root(cx.tuple(&found))))
}

/// The names of the attributes that so many positional patterns of a class match; `None` if the only one matches the value itself.
fn positional_attributes(cx: &mut Ctx, class: Slot, positional: usize) -> Res<Option<Vec<Option<Slot>>>> {
    let key = cx.root(cx.name(Name::__match_args__));
    let declared = attr::get_attr_opt(cx, class, key)?;
    let is_itself = declared.is_none() && matches_itself(cx, class);
    let mut attributes = Vec::new();
    if let Some(declared) = declared {
        let is_tuple = cx.class_of(cx.get(declared)).is(Builtin::Tuple);
        let Some(tuple) = cx.get(declared).cast::<Tuple>().filter(|_| is_tuple) else {
            let (class, got) = (class_name(cx, class), cx.type_name(cx.get(declared)));
            return Err(cx.type_error(format!("{class}.__match_args__ must be a tuple (got {got})")));
        };
        let names = cx.root_all(tuple.iter(cx));
        attributes.extend((0..names.len()).map(|at| names.get(at)));
    }
    let allowed = if is_itself { 1 } else { attributes.len() };
    if allowed < positional {
        let (class, plural) = (class_name(cx, class), if allowed == 1 { "" } else { "s" });
        let message = format!("{class}() accepts {allowed} positional sub-pattern{plural} ({positional} given)");
        return Err(cx.type_error(message));
    }
    attributes.truncate(positional);
    for &name in &attributes {
        if !cx.class_of(cx.get(name)).is(Builtin::Str) {
            let got = cx.type_name(cx.get(name));
            return Err(cx.type_error(format!("__match_args__ elements must be strings (got {got})")));
        }
    }
    Ok((!is_itself).then(|| attributes.into_iter().map(Some).collect()))
}

fn matches_itself(cx: &Ctx, class: Slot) -> bool {
    let class = cx.get(class).cast::<Class>();
    class.is_some_and(|class| class.mro(cx).any(|class| MATCH_SELF.iter().any(|builtin| class.is(*builtin))))
}

fn class_name(cx: &Ctx, class: Slot) -> &str {
    cx.get(class).cast::<Class>().map_or("?", |class| class.name(cx))
}
