//! `_collections`: deques and other parts whose speed counts; Lib's `collections` has the rest.

mod counts;
mod default_dict;
mod deque;
mod deque_iter;
mod named_tuple;
mod ordered_dict;
mod union;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::names::Name;
use argil_interp::native::NativeDef;
use argil_interp::ops::{attr, iter};
use argil_interp::types::class::{Class, Collection};
use argil_interp::types::dict::Dict;
use argil_interp::types::generic_alias::methods::CLASS_GETITEM;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "_collections",
    source: ModuleSource::Native { functions: counts::FUNCTIONS, init: init_natives },
};

fn init_natives(cx: &mut Ctx, module: Slot) -> Res<()> {
    let deque = &[deque::METHODS, CLASS_GETITEM];
    let deque = NativeClass { collection: Collection::Sequence, ..NativeClass::new("collections.deque", deque) };
    let deque = cx.define_native_class::<deque::Deque>(module, &deque);
    document(cx, deque, "A list-like sequence optimized for data accesses near its endpoints.");
    let (forward, backward) = ([ITERATOR, deque_iter::methods(false)], [ITERATOR, deque_iter::methods(true)]);
    let forward = NativeClass::new("collections._deque_iterator", &forward);
    let backward = NativeClass::new("collections._deque_reverse_iterator", &backward);
    cx.define_native_class::<deque_iter::DequeIter<false>>(module, &forward);
    cx.define_native_class::<deque_iter::DequeIter<true>>(module, &backward);
    let getter = [named_tuple::GETTER];
    let getter = NativeClass::new("collections._tuplegetter", &getter);
    cx.define_native_class::<named_tuple::Getter>(module, &getter);
    let class =
        define_extension(cx, module, "collections.defaultdict", (Builtin::Dict, true), &[default_dict::METHODS]);
    document(
        cx,
        class,
        "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\n\
         The default factory is called without arguments to produce\n\
         a new value when a key is not present, in __getitem__ only.\n\
         A defaultdict compares equal to a dict with the same items.\n\
         All remaining arguments are treated the same as if they were\n\
         passed to the dict constructor, including keyword arguments.",
    );
    let class =
        define_extension(cx, module, "collections.OrderedDict", (Builtin::Dict, true), &[ordered_dict::METHODS]);
    document(cx, class, "Dictionary that remembers insertion order");
    Ok(())
}

fn document(cx: &Ctx, class: Slot, text: &str) {
    if let Some(class) = cx.get(class).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern("__doc__"), cx.str(text));
    }
}

/// The dict of an object's own attributes, if it has any, else None: what objects are pickled with.
fn own_attributes(cx: &mut Ctx, object: Slot) -> Res<Slot> {
    let name = cx.root(cx.name(Name::__dict__));
    let found = attr::get_attr_opt(cx, object, name)?;
    let used = found.filter(|dict| cx.get(*dict).cast::<Dict>().is_some_and(|dict| !dict.is_empty(cx)));
    Ok(used.unwrap_or_else(|| cx.root(Value::NONE)))
}

/// An iterator over the entries of a mapping.
fn entries(cx: &mut Ctx, mapping: Slot) -> Res<Slot> {
    let items = cx.call_method(mapping, Name::items, &[])?;
    iter::iter(cx, items)
}

/// Defines a class that extends a built-in one; `base` says which, and whether instances have attributes of their own.
fn define_extension(
    cx: &Ctx,
    module: Slot,
    name: &'static str,
    base: (Builtin, bool),
    methods: &[&'static [&'static NativeDef]],
) -> Slot {
    cx.define_extension(module, &NativeClass { base: base.0, has_dict: base.1, ..NativeClass::new(name, methods) })
}
