//! `queue`: between threads that share memory it is written in the language over `threading`; between processes it is a
//! [`store::Store`].

mod store;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "queue", source: ModuleSource::Mixed { functions: &[], init, script: include_str!("queue.py") } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<store::Store>(module, &NativeClass::new("_Store", &[store::METHODS]));
    Ok(())
}
