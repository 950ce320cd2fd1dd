//! `_thread` and `threading`. The primitives are native, over cells that processes share (`SyncCell`); they are in `_thread`.
//! Threads and what is built from primitives is in `threading.py`.

/// A primitive whose whole state is its cell crosses to another process as the cell's index: it is the same cell there.
/// CPython, which refuses to copy it to a process, calls it `$shown`.
macro_rules! crosses_by_cell {
    ($name:ident, $cell:ident: $kind:ident, $shown:literal) => {
        impl argil_interp::types::native::NativeData for $name {
            const CROSSING: Option<argil_interp::types::native::Crossing> =
                Some(argil_interp::types::native::Crossing {
                    save: |_, value| {
                        let index = value.native::<$name>()?.$cell.share();
                        let bytes = index.to_le_bytes().to_vec();
                        Some(argil_interp::types::native::Saved { bytes, values: Vec::new() })
                    },
                    restore: |cx, birth, bytes| {
                        let $cell = $kind::adopt(u32::from_le_bytes(bytes.try_into().ok()?)).into();
                        Some(argil_interp::types::native::Native::alloc(cx, birth, $name { $cell }))
                    },
                    fill: |_, _, _| {},
                });
            const OF_THREADS: Option<&'static str> = Some($shown);
        }
    };
}
use crosses_by_cell;

mod handle;
mod local;
mod lock;
mod semaphore;
mod waiters;
pub(crate) mod worker;

use std::sync::Arc;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::NativeDef;
use argil_interp::natives;
use argil_interp::origins;
use argil_interp::process::{self, Kind};
use argil_interp::shared::cell::SyncCell;
use argil_interp::threads;
use argil_interp::types::native::NativeData;
use argil_interp::types::shares::{self, Shares};
use argil_interp::value::Value;

use crate::multiprocessing::shared;
use crate::time::Seconds;

/// What `threading` is made of.
pub const NATIVES: ModuleDef = ModuleDef {
    name: "_thread",
    source: ModuleSource::Mixed {
        functions: FUNCTIONS,
        init: init_natives,
        script: concat!(include_str!("local.py"), "\n", include_str!("start.py")),
    },
};

/// The module that scripts import.
pub const MODULE: ModuleDef = ModuleDef {
    name: "threading",
    source: ModuleSource::Mixed { functions: &[], init, script: include_str!("threading.py") },
};

fn init_natives(cx: &mut Ctx, module: Slot) -> Res<()> {
    define::<lock::Lock>(cx, module, "lock", lock::LOCK);
    define::<lock::RLock>(cx, module, "RLock", lock::RLOCK);
    define::<semaphore::Count>(cx, module, "_Count", semaphore::COUNT);
    define::<waiters::Flag>(cx, module, "_Flag", waiters::FLAG);
    define::<waiters::Waiters>(cx, module, "_Waiters", waiters::WAITERS);
    define::<waiters::Sleeper>(cx, module, "_Sleeper", waiters::SLEEPER);
    define::<shared::Memory>(cx, module, "_Memory", shared::METHODS);
    define::<Shares>(cx, module, "_Shares", shares::methods::METHODS);
    define::<handle::Handle>(cx, module, "_ThreadHandle", handle::METHODS);
    define::<worker::Handle>(cx, module, "_Worker", worker::METHODS);
    cx.define_functions(module, local::FUNCTIONS);
    cx.define(module, "TIMEOUT_MAX", cx.float(lock::TIMEOUT_MAX));
    cx.define(module, "error", Value::of(cx.class(Builtin::RuntimeError)));
    Ok(())
}

fn init(cx: &mut Ctx, _module: Slot) -> Res<()> {
    if !cx.interp().lock.threads_share_memory() {
        // Most threads that come will use one.
        process::warm(cx, crate::queue::MODULE.name);
    }
    Ok(())
}

fn define<T: NativeData>(cx: &Ctx, module: Slot, name: &'static str, methods: &'static [&'static NativeDef]) {
    cx.define_native_class::<T>(module, &NativeClass::new(name, &[methods]));
}

/// A cell for a primitive that the running line of a script makes.
fn cell(cx: &Ctx) -> Res<SyncCell> {
    let cell = SyncCell::alloc(cx)?;
    origins::note(cx, cell.index());
    Ok(cell)
}

/// The least stack that a script may ask for, in bytes.
const LEAST_STACK: i64 = 53_248;

natives! {
    static FUNCTIONS = {
        /// Start a thread that calls a function without arguments; its handle learns of its end.
        call fn _start(cx; function: Slot, handle: Slot) -> () {
            let done = Arc::clone(&cx.state::<handle::Handle>(handle)?.done);
            threads::start(cx, function, done)
        }
        /// How many threads there are beside the main one.
        fn _count(cx) -> usize { Ok(threads::others(cx)) }
        /// Run a task, a tuple of callable, arguments, keywords and name, in a process that stands for a thread.
        call fn _start_process(cx; task: Slot) -> Slot {
            worker::start(cx, task, Kind::Thread, true)
        }
        /// The object that stands for the running thread, if it has one.
        fn _current(cx) -> Value<'h> {
            Ok(cx.thread_object().unwrap_or(Value::NONE))
        }
        /// Set the object that stands for the running thread.
        fn _set_current(cx; thread: Value<'h>) -> () {
            cx.set_thread_object(thread);
            Ok(())
        }
        /// Whether a thread is a process of its own.
        fn _is_process_mode(cx) -> bool {
            Ok(!cx.interp().lock.threads_share_memory())
        }
        /// Create a lock.
        call fn allocate_lock(cx) -> Slot {
            Ok(cx.new_of_native_class(lock::Lock::alloc(cx)?))
        }
        /// A number that identifies the running thread, among all threads of the system.
        fn get_ident(cx) -> i64 {
            Ok(i64::from(lock::thread_id()))
        }
        /// The number by which the system knows the running thread.
        fn get_native_id(cx) -> i64 {
            Ok(i64::from(lock::thread_id()))
        }
        /// Return the stack size of new threads in bytes, 0 for the default, and set it if another is given.
        call fn stack_size(cx; size: i64 = 0) -> i64 {
            if size != 0 && size < LEAST_STACK {
                return Err(cx.value_error(format!("size must be at least {LEAST_STACK} bytes")));
            }
            Ok(threads::set_stack_size(cx, size as usize) as i64)
        }
        /// A timeout as a float, once it is known to be one.
        call fn _seconds(cx; timeout: Seconds) -> f64 {
            Ok(timeout.to_f64())
        }
        /// Print an exception and its traceback.
        call fn _print_exception(cx; exception: Slot) -> () {
            argil_interp::traceback::print(cx, exception);
            Ok(())
        }
    }
}
