//! `_functools`: what is called often; Lib's `functools` has the rest.

mod cache;
mod key;
mod partial;
mod placeholder;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::types::class::Class;
use argil_interp::types::generic_alias::methods::CLASS_GETITEM;
use argil_interp::value::Value;

use crate::classes::finish_class;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_functools", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let (partial, cache) = (&[partial::METHODS, CLASS_GETITEM], &[cache::METHODS]);
    let partial = NativeClass { has_dict: true, ..NativeClass::new("functools.partial", partial) };
    let cache = NativeClass { has_dict: true, ..NativeClass::new("functools._lru_cache_wrapper", cache) };
    let methods = [placeholder::METHODS];
    let class = NativeClass::nameless("functools._PlaceholderType", &methods);
    let class = cx.define_native_class::<placeholder::Placeholder>(module, &class);
    finish_class(cx, module, class, "_PlaceholderType", placeholder::DOC);
    let only = cx.new_of_native_class(placeholder::Placeholder);
    cx.define(module, "Placeholder", cx.get(only));
    cx.define_native_class::<cache::Mark>(module, &NativeClass::nameless("mark", &[]));
    cx.define_native_class::<partial::Partial>(module, &partial);
    cx.define_native_class::<cache::Cache>(module, &cache);
    let name = "functools.KeyWrapper";
    let key = cx.define_native_class::<key::Key>(module, &NativeClass::nameless(name, &[key::METHODS]));
    if let Some(class) = cx.get(key).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern("__hash__"), Value::NONE);
    }
    cx.define_native_class::<key::Maker>(module, &NativeClass::nameless(name, &[key::MAKER]));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Apply a function of two arguments cumulatively to the items of an iterable, from left to right.
        ///
        /// This effectively reduces the iterable to a single value. If initial is present,
        /// it is placed before the items of the iterable in the calculation, and serves as
        /// a default when the iterable is empty.
        call fn reduce(cx; function: Slot, iterable: Slot; initial: GivenSlot = GivenSlot(None)) -> Slot {
            let total = cx.root(initial.0.map_or(Value::NONE, |initial| cx.get(initial)));
            let mut begun = initial.0.is_some();
            let iterator = match iter::iter(cx, iterable) {
                Ok(iterator) => iterator,
                Err(raised) => {
                    cx.catch(raised, Builtin::TypeError)?;
                    return Err(cx.type_error("reduce() arg 2 must support iteration"));
                }
            };
            iter::for_each(cx, iterator, |cx, element| {
                let next = if begun { cx.call(function, &[total, element])? } else { element };
                cx.set(total, cx.get(next));
                begun = true;
                Ok(true)
            })?;
            if begun { Ok(total) } else { Err(cx.type_error("reduce() of empty iterable with no initial value")) }
        }

        /// Convert a cmp= function into a key= function.
        call fn cmp_to_key(cx; ; mycmp: Slot) -> Slot {
            Ok(key::maker(cx, mycmp))
        }
    }
}
