//! `multiprocessing`: processes, and what crosses between them. The mechanism is the interpreter's (`process/`), a process is
//! started as `threading` starts one in process mode, and the classes that scripts see are in `multiprocessing.py`. A pool
//! (`pool.py`) hands calls to its workers by threads that carry bytes (`tasks.rs`), and has one thread of the interpreter, in
//! every lock mode, that makes results of what comes back.

mod bell;
mod pipe;
pub(crate) mod shared;
mod tasks;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::process::{self, Kind};

use crate::threading::worker;

const SCRIPT: &str =
    concat!(include_str!("multiprocessing.py"), include_str!("connection.py"), include_str!("shared.py"));

/// Pools.
pub const POOL: ModuleDef = ModuleDef {
    name: "multiprocessing.pool",
    source: ModuleSource::Mixed { functions: &[], init: init_pool, script: include_str!("pool.py") },
};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "multiprocessing", source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: SCRIPT } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_functions(module, pipe::FUNCTIONS);
    cx.define_native_class::<pipe::End>(module, &NativeClass::new("_End", &[pipe::METHODS]));
    process::warm(cx, MODULE.name);
    Ok(())
}

fn init_pool(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<tasks::Tasks>(module, &NativeClass::new("_Tasks", &[tasks::METHODS]));
    cx.define_native_class::<tasks::Replies>(module, &NativeClass::new("_Replies", &[tasks::REPLIES]));
    cx.define_native_class::<bell::Bell>(module, &NativeClass::new("_Bell", &[bell::METHODS]));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Run a task, a tuple of callable, arguments, keywords and name, in a process of its own.
        call fn _start(cx; task: Slot, daemon: bool) -> Slot {
            worker::start(cx, task, Kind::Process, daemon)
        }
    }
}
