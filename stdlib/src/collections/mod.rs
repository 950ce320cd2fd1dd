//! `collections`: deques and the speed-critical parts in Rust, the rest written in the language.

mod counts;
mod default_dict;
mod deque;
mod named_tuple;
mod ordered_dict;
mod union;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::native::NativeDef;
use argil_interp::types::class::Collection;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "collections",
    source: ModuleSource::Mixed { functions: counts::FUNCTIONS, init, script: include_str!("collections.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let deque = &[deque::METHODS];
    let deque = NativeClass { collection: Collection::Sequence, ..NativeClass::new("deque", deque) };
    cx.define_native_class::<deque::Deque>(module, &deque);
    cx.define_native_class::<deque::DequeIter>(module, &NativeClass::new("_deque_iterator", &[ITERATOR]));
    cx.define_native_class::<named_tuple::Getter>(module, &NativeClass::new("_tuplegetter", &[named_tuple::GETTER]));
    define_extension(cx, module, "defaultdict", (Builtin::Dict, true), &[default_dict::METHODS]);
    define_extension(cx, module, "OrderedDict", (Builtin::Dict, true), &[ordered_dict::METHODS]);
    define_extension(cx, module, "_namedtuple", (Builtin::Tuple, false), &[named_tuple::METHODS]);
    Ok(())
}

/// Defines a class that extends a built-in one; `base` says which, and whether instances have attributes of their own.
fn define_extension(
    cx: &Ctx,
    module: Slot,
    name: &'static str,
    base: (Builtin, bool),
    methods: &[&'static [&'static NativeDef]],
) {
    cx.define_extension(module, &NativeClass { base: base.0, has_dict: base.1, ..NativeClass::new(name, methods) });
}
