//! `_queue` and `queue`: between threads that share memory they are written in the language over `threading`; between processes
//! a queue is a [`store::Store`].

mod store;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;

/// What `queue` is made of.
pub const NATIVES: ModuleDef = ModuleDef {
    name: "_queue",
    source: ModuleSource::Mixed { functions: &[], init, script: include_str!("simple.py") },
};

/// The module that scripts import.
pub const MODULE: ModuleDef = ModuleDef { name: "queue", source: ModuleSource::Script(include_str!("queue.py")) };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<store::Store>(module, &NativeClass::new("_Store", &[store::METHODS]));
    Ok(())
}
