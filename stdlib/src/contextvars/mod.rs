//! `_contextvars`: variables whose values depend on the context that a thread runs in.
//!
//! A context holds an immutable map (`map.rs`), so a copy is one object, and a token remembers no more than the old value. Each thread has
//! a current context; a context is entered by one thread at a time, and only that one changes it, so operations are those of
//! one thread, and whoever copies or reads a context that another has entered sees one whole map. Contexts, variables and
//! tokens belong to their process: as in CPython, they cannot be pickled.

mod context;
mod map;
mod token;
mod variable;
mod walk;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::{ITERATOR, NativeClass};
use argil_interp::native::NativeDef;
use argil_interp::natives;
use argil_interp::types::class::Class;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

use context::Context;
use token::{Missing, Token};
use variable::Variable;
use walk::Walk;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_contextvars", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// Defines a class that nothing may derive from, and binds it in the module.
fn define<T: NativeData>(
    cx: &Ctx,
    module: Slot,
    name: &'static str,
    methods: &[&'static [&'static NativeDef]],
) -> Slot {
    let class = cx.define_native_class::<T>(module, &NativeClass::nameless(name, methods));
    cx.define(module, name, cx.get(class));
    class
}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let context = define::<Context>(cx, module, "Context", &[context::METHODS]);
    define::<Variable>(cx, module, "ContextVar", &[variable::METHODS]);
    let token = define::<Token>(cx, module, "Token", &[token::METHODS]);
    cx.define_native_class::<Missing>(module, &NativeClass::nameless("Token.MISSING", &[token::MISSING]));
    let missing = cx.new_of_native_class(Missing);
    // Both compare, or may some day, and cannot be keys.
    for class in [context, token] {
        if let Some(class) = cx.get(class).cast::<Class>() {
            class.names(cx).set_name(cx, cx.intern("__hash__"), Value::NONE);
        }
    }
    if let Some(class) = cx.get(token).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern("MISSING"), cx.get(missing));
    }
    // CPython calls the iterators so too.
    cx.define_native_class::<Walk<0>>(module, &NativeClass::nameless("builtins.keys", &[ITERATOR]));
    cx.define_native_class::<Walk<1>>(module, &NativeClass::nameless("builtins.values", &[ITERATOR]));
    cx.define_native_class::<Walk<2>>(module, &NativeClass::nameless("builtins.items", &[ITERATOR]));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        call fn copy_context(cx) -> Slot {
            Ok(context::copy_current(cx))
        }
    }
}
