//! `_weakref`: weak references, which the heap knows of.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::weak::methods::FUNCTIONS;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_weakref", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let classes = [
        ("ref", Builtin::WeakReference),
        ("ReferenceType", Builtin::WeakReference),
        ("ProxyType", Builtin::WeakProxy),
        ("CallableProxyType", Builtin::CallableWeakProxy),
    ];
    for (name, class) in classes {
        cx.define(module, name, Value::of(cx.class(class)));
    }
    Ok(())
}
