//! `random`: the generator and what is called most in Rust, the distributions in the language itself.

mod base;
mod bits;
mod generator;
mod mersenne;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;

pub use base::MODULE as NATIVES;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "random",
    source: ModuleSource::Mixed { functions: &[], init, script: include_str!("random.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<generator::Generator>(module, &NativeClass::new("_random.Random", &[generator::METHODS]));
    Ok(())
}
