//! `threading`: the primitives are native, over [`SyncCell`]s; threads and what is built from primitives is in `threading.py`.

/// A primitive whose whole state is its cell crosses to another process as the cell's index: it is the same cell there.
macro_rules! crosses_by_cell {
    ($name:ident, $cell:ident : $kind:ident) => {
        impl argil_interp::types::native::NativeData for $name {
            const CROSSING: Option<argil_interp::process::codec::Crossing> =
                Some(argil_interp::process::codec::Crossing {
                    save: |_, value| {
                        let index = value.native::<$name>()?.$cell.share();
                        let bytes = index.to_le_bytes().to_vec();
                        Some(argil_interp::process::codec::Saved { bytes, values: Vec::new() })
                    },
                    restore: |cx, birth, bytes| {
                        let $cell = $kind::adopt(u32::from_le_bytes(bytes.try_into().ok()?));
                        Some(argil_interp::types::native::Native::alloc(cx, birth, $name { $cell }))
                    },
                    fill: |_, _, _| {},
                });
        }
    };
}
use crosses_by_cell;

mod lock;
mod semaphore;
mod waiters;
pub(crate) mod worker;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::native::NativeDef;
use argil_interp::natives;
use argil_interp::process::{self, Kind};
use argil_interp::sync_cell::SyncCell;
use argil_interp::threads;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;

use crate::multiprocessing::shared;
use crate::time::Seconds;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "threading",
    source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: include_str!("threading.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    define::<lock::Lock>(cx, module, "lock", lock::LOCK);
    define::<lock::RLock>(cx, module, "RLock", lock::RLOCK);
    define::<semaphore::Count>(cx, module, "_Count", semaphore::COUNT);
    define::<waiters::Flag>(cx, module, "_Flag", waiters::FLAG);
    define::<waiters::Waiters>(cx, module, "_Waiters", waiters::WAITERS);
    define::<waiters::Sleeper>(cx, module, "_Sleeper", waiters::SLEEPER);
    define::<shared::Memory>(cx, module, "_Memory", shared::METHODS);
    define::<Handle>(cx, module, "_Handle", HANDLE);
    define::<worker::Handle>(cx, module, "_Worker", worker::METHODS);
    cx.define(module, "TIMEOUT_MAX", cx.float(lock::TIMEOUT_MAX));
    if !cx.interp().lock.threads_share_memory() {
        // Most threads that come will use one.
        process::warm(cx, crate::queue::MODULE.name);
    }
    Ok(())
}

fn define<T: NativeData>(cx: &Ctx, module: Slot, name: &'static str, methods: &'static [&'static NativeDef]) {
    cx.define_native_class::<T>(module, &NativeClass::new(name, &[methods]));
}

/// A started thread: word 0 of its cell becomes 1 when it has ended.
struct Handle {
    done: Arc<SyncCell>,
}

impl NativeData for Handle {}

natives! {
    static HANDLE = {
        /// Wait until the thread has ended; whether it has.
        call fn wait(cx; self_: Slot, timeout: Option<Seconds> = None) -> bool {
            let done = Arc::clone(&cx.state::<Handle>(self_)?.done);
            done.wait_for_thread(cx, timeout.map(Seconds::deadline))
        }
        /// Whether the thread has ended.
        call fn is_done(cx; self_: Slot) -> bool {
            Ok(cx.state::<Handle>(self_)?.done.word(0).load(Ordering::Acquire) == 1)
        }
    }
}

natives! {
    static FUNCTIONS = {
        /// Start a thread that calls a function without arguments.
        call fn _start(cx; function: Slot) -> Slot {
            let done = Arc::new(SyncCell::alloc(cx)?);
            threads::start(cx, function, Arc::clone(&done))?;
            Ok(cx.new_of_native_class(Handle { done }))
        }
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
        /// What `local` objects hold in the running thread.
        fn _locals(cx) -> Value<'h> {
            Ok(Value::of(cx.locals()))
        }
        /// Whether the running thread is the main one.
        fn _is_main(cx) -> bool {
            Ok(cx.is_main_thread())
        }
        /// Whether a thread is a process of its own.
        fn _is_process_mode(cx) -> bool {
            Ok(!cx.interp().lock.threads_share_memory())
        }
        /// A number that identifies the running thread, among all threads of the system.
        fn get_ident(cx) -> i64 {
            Ok(i64::from(lock::thread_id()))
        }
        /// The number by which the system knows the running thread.
        fn get_native_id(cx) -> i64 {
            Ok(i64::from(lock::thread_id()))
        }
        /// Print an exception and its traceback.
        call fn _print_exception(cx; exception: Slot) -> () {
            argil_interp::traceback::print(cx, exception);
            Ok(())
        }
    }
}
