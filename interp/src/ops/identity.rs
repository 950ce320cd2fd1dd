//! What can be said of any object without asking it: its identity, its size, its names.

use crate::ctx::Ctx;
use crate::names::Name;
use crate::ops::attr;
use crate::types::class::Class;
use crate::types::instance;
use crate::types::list::List;
use crate::types::module::Module;
use crate::value::Value;

/// What `id()` is: the address of a heap object; for a value without one, its bits.
pub fn identity(value: Value<'_>) -> i64 {
    match value.header() {
        Some(header) => std::ptr::from_ref(header) as i64,
        None => (value.word().0 & !(1 << 63)) as i64,
    }
}

/// Bytes that an object takes, without what it refers to.
pub fn size_of(value: Value<'_>) -> usize {
    value.header().map_or(std::mem::size_of::<Value<'_>>(), crate::kind::size)
}

/// `dir()` of an object: its own names and those of its class.
pub fn names_of_object<'h>(cx: &'h Ctx, object: Value<'h>) -> &'h List {
    let mut names = Vec::new();
    if let Some(module) = object.cast::<Module>() {
        names.extend(module.names(cx).iter(cx).map(|(name, _)| name));
        return sorted_names(cx, names);
    }
    if let Some(header) = attr::find::with_attrs(object) {
        names.extend(instance::own_attrs(cx, header).into_iter().map(|(name, _)| name));
    }
    if let Some(function) = object.cast::<crate::types::function::Function>() {
        names.extend(function.own_dict(cx, false).into_iter().flat_map(|dict| dict.iter(cx).map(|(name, _)| name)));
    }
    // A bound method passes on what its function has.
    if let Some(function) = object.cast::<crate::types::function::BoundMethod>().and_then(|m| m.function.get(cx))
        && function.cast::<crate::types::function::Function>().is_some()
    {
        names.extend(names_of_object(cx, function).to_vec(cx));
    }
    names.extend(names_in_mro(cx, cx.class_of(object)));
    sorted_names(cx, names)
}

/// `dir()` of a class: its names and those of its bases.
pub fn names_of_class<'h>(cx: &'h Ctx, class: &'h Class) -> &'h List {
    sorted_names(cx, names_in_mro(cx, class))
}

fn names_in_mro<'h>(cx: &'h Ctx, class: &'h Class) -> Vec<Value<'h>> {
    let names = class.mro(cx).flat_map(|class| class.names(cx).iter(cx).map(|(name, _)| name));
    // `object` defines it for all classes whose instances have one.
    names.filter(|name| class.flags().has_dict || *name != cx.name(Name::__dict__)).collect()
}

pub(crate) fn sorted_names<'h>(cx: &'h Ctx, mut names: Vec<Value<'h>>) -> &'h List {
    names.retain(|name| name.as_str().is_some());
    names.sort_by_key(|name| name.as_str());
    names.dedup_by_key(|name| name.as_str());
    List::from_values(cx, &names)
}
