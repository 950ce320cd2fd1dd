//! `Placeholder`: stands for an argument of a `partial` that comes later.

use argil_interp::ctx::Slot;
use argil_interp::import::import_module;
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::types::module::Module;
use argil_interp::types::native::{Crossing, NativeData, Saved};
use argil_interp::value::Value;

/// The state of the one placeholder of an interpreter.
pub struct Placeholder;

/// What `help` says of its class.
pub const DOC: &str = "The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments.";

impl NativeData for Placeholder {
    /// It is the same in each process.
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, _| Some(Saved::default()),
        restore: |cx, _, _| {
            let module = cx.interp().modules(cx).get_name(cx, cx.intern("_functools"))?;
            module.cast::<Module>()?.names(cx).get_name(cx, cx.intern("Placeholder"))
        },
        fill: |_, _, _| {},
    });
}

/// Whether a value is the placeholder.
pub fn is_placeholder(value: Value<'_>) -> bool {
    value.native::<Placeholder>().is_some()
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            if args.len() > 1 {
                return Err(cx.type_error("PlaceholderType takes no arguments"));
            }
            let module = import_module(cx, "_functools")?;
            let name = cx.root(cx.intern("Placeholder"));
            attr::get_attr(cx, module, name)
        }

        slot fn __repr__(cx; self_: Value<'h>) -> &'static str {
            let _ = self_;
            Ok("Placeholder")
        }

        fn __reduce__(cx; self_: Value<'h>) -> &'static str {
            let _ = self_;
            Ok("Placeholder")
        }
    }
}
