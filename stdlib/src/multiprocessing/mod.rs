//! `multiprocessing`: processes, and what crosses between them. The mechanism is the interpreter's (`process/`); the classes
//! that scripts see are in `multiprocessing.py`.

mod store;
mod tasks;

use std::sync::Arc;
use std::time::{Duration, Instant};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::interp::{ModuleDef, ModuleSource};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::process::{self, Kind, Worker};
use argil_interp::types::native::NativeData;
use rustix::process::Signal;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "multiprocessing",
    source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: include_str!("multiprocessing.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_native_class::<Handle>(module, &NativeClass::new("_Handle", &[HANDLE]));
    cx.define_native_class::<store::Store>(module, &NativeClass::new("_Store", &[store::METHODS]));
    cx.define_native_class::<tasks::Tasks>(module, &NativeClass::new("_Tasks", &[tasks::METHODS]));
    Ok(())
}

/// The moment at which a timeout in seconds ends; `None` for no limit or one beyond all clocks.
fn deadline(seconds: Option<f64>) -> Option<Instant> {
    let limit = Duration::try_from_secs_f64(seconds?.max(0.0)).ok()?;
    Instant::now().checked_add(limit)
}

/// A started process.
struct Handle {
    worker: Arc<Worker>,
}

impl NativeData for Handle {}

natives! {
    static HANDLE = {
        /// Wait until the process has ended; its exit code, or None if the time is up.
        call fn wait(cx; self_: Slot, timeout: Option<f64> = None) -> Option<i64> {
            let worker = Arc::clone(&cx.state::<Handle>(self_)?.worker);
            let deadline = deadline(timeout);
            Ok(cx.detached(|| worker.wait(deadline)).map(i64::from))
        }
        /// The exit code, or None while the process runs.
        call fn exitcode(cx; self_: Slot) -> Option<i64> {
            Ok(cx.state::<Handle>(self_)?.worker.exit_code().map(i64::from))
        }
        /// The process id.
        call fn pid(cx; self_: Slot) -> i64 {
            Ok(i64::from(cx.state::<Handle>(self_)?.worker.pid()))
        }
        /// Ask the process to end.
        call fn terminate(cx; self_: Slot) -> () {
            cx.state::<Handle>(self_)?.worker.signal(Signal::TERM);
            Ok(())
        }
        /// End the process at once.
        call fn kill(cx; self_: Slot) -> () {
            cx.state::<Handle>(self_)?.worker.signal(Signal::KILL);
            Ok(())
        }
    }
}

natives! {
    static FUNCTIONS = {
        /// Run a task, a tuple of callable, arguments, keywords and name, in a process of its own.
        call fn _start(cx; task: Slot, daemon: bool, is_thread: bool) -> Slot {
            let kind = if is_thread { Kind::Thread } else { Kind::Process };
            let worker = process::start(cx, task, kind, daemon)?;
            Ok(cx.new_of_native_class(Handle { worker }))
        }
    }
}
