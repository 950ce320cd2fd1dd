//! A started worker process, as `threading` (in process mode) and `multiprocessing` see it.

use std::sync::Arc;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::{self, Kind, Worker};
use argil_interp::types::native::NativeData;
use rustix::process::Signal;

use crate::time::Seconds;

/// A started worker process.
pub struct Handle {
    worker: Arc<Worker>,
}

impl NativeData for Handle {}

/// Runs a task, a tuple of callable, arguments, keywords and name, in a process of its own.
pub fn start(cx: &mut Ctx, task: Slot, kind: Kind, daemon: bool) -> Res<Slot> {
    let worker = process::start(cx, task, kind, daemon)?;
    Ok(cx.new_of_native_class(Handle { worker }))
}

natives! {
    /// Methods of workers.
    pub static METHODS = {
        /// Wait until the process has ended; whether it has.
        call fn wait(cx; self_: Slot, timeout: Option<Seconds> = None) -> bool {
            let worker = Arc::clone(&cx.state::<Handle>(self_)?.worker);
            Ok(process::join(cx, &worker, timeout.map(Seconds::deadline))?.is_some())
        }
        /// Whether the process has ended.
        call fn is_done(cx; self_: Slot) -> bool {
            Ok(cx.state::<Handle>(self_)?.worker.has_ended())
        }
        /// The exit code, negative for the signal that killed it, or None while the process runs.
        call fn exitcode(cx; self_: Slot) -> Option<i64> {
            Ok(cx.state::<Handle>(self_)?.worker.exit_code().map(i64::from))
        }
        /// Whether a signal killed the process, and nobody asked until now.
        call fn died_unnoticed(cx; self_: Slot) -> bool {
            Ok(cx.state::<Handle>(self_)?.worker.died_unnoticed())
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
