//! `functools`: what is called often in Rust, the rest written in the language.

mod cache;
mod key;
mod partial;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "functools",
    source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: include_str!("functools.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let (partial, cache) = (&[partial::METHODS], &[cache::METHODS]);
    let partial = NativeClass { has_dict: true, ..NativeClass::new("partial", partial) };
    let cache = NativeClass { has_dict: true, ..NativeClass::new("functools._lru_cache_wrapper", cache) };
    cx.define_native_class::<partial::Partial>(module, &partial);
    cx.define_native_class::<cache::Cache>(module, &cache);
    cx.define_native_class::<key::Key>(module, &NativeClass::new("_key", &[key::METHODS]));
    cx.define_native_class::<key::Maker>(module, &NativeClass::new("_key_maker", &[key::MAKER]));
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
