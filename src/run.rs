//! The way into the interpreter.

use std::io;
use std::process::ExitCode;
use std::thread;

use argil_interp::config::Config;
use argil_interp::interp::Interpreter;
use argil_interp::memory::{Refused, attempt};
use argil_interp::options::Switch;
use argil_interp::program::{self, Ending};

use crate::cli::Start;
use crate::complain;
use crate::program::load;

/// Rust stack of the main thread: what native code that recurses has, in bytes, if there is room. Script calls do not use it.
const NATIVE_STACK: usize = 64 << 20;
/// What it must have.
const LEAST_NATIVE_STACK: usize = 1 << 20;

/// Runs a program to its end. The exit status is Python's.
pub fn run(start: Start) -> ExitCode {
    let Start { entry, lock, argv, mut path, mut options, skips_line } = start;
    let (main, beside) = match load(entry, skips_line, options.is_on(Switch::SafePath)) {
        Ok(found) => found,
        Err(error) => return error.report(),
    };
    options.set(Switch::HasBeside, beside.is_some().into());
    path.splice(..0, beside);
    let running = on_main_thread(move |native_stack| {
        let config = Config { argv, path, options, ..Config::new(lock, &argil_stdlib::LIBRARY) };
        let mut cx = Interpreter::start(config, native_stack);
        program::run(&mut cx, main)
    });
    match running {
        Ok(Ok(Ok(Ending::Status(status)))) => ExitCode::from(status as u8),
        Ok(Ok(Ok(Ending::Interrupted))) => interrupted(),
        Ok(Ok(Err(Refused))) => {
            complain("out of memory");
            ExitCode::from(2)
        }
        Ok(Err(_)) => ExitCode::from(70),
        Err(error) => {
            complain(format_args!("cannot start a thread: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Ends as a process does that SIGINT kills; the status is for a system that would not let it.
fn interrupted() -> ExitCode {
    argil_interp::signals::die_of_interrupt();
    ExitCode::from(130)
}

/// Serves as a worker of process mode until its parent is done with it.
pub fn worker() -> ExitCode {
    match on_main_thread(|native_stack| argil_interp::process::serve(&argil_stdlib::LIBRARY, native_stack)) {
        Ok(Ok(Ok(status))) => ExitCode::from(status as u8),
        _ => ExitCode::FAILURE,
    }
}

/// Runs `f` on a new thread, which is the one that signals are for: the initial thread only waits for it.
fn on_main_thread<R: Send + 'static>(
    f: impl FnOnce(usize) -> R + Send + 'static,
) -> io::Result<thread::Result<Result<R, Refused>>> {
    let mask = argil_interp::signals::block_all();
    let stack = argil_interp::size_that_leaves_room(NATIVE_STACK, LEAST_NATIVE_STACK);
    let main = thread::Builder::new().name("main".into()).stack_size(stack);
    let run = move || {
        mask.restore();
        argil_interp::signals::block_interrupts();
        attempt(|| f(stack))
    };
    main.spawn(run).map(thread::JoinHandle::join)
}
