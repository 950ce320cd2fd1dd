//! `faulthandler`: tracebacks of threads, written when a script, a time or a signal wants them.
//!
//! Argil writes them where a thread can stop, never from within a signal: what kills the process is left to the system, so
//! `enable` only notes that it was called.

use std::fmt::Write;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::{attr, item, iter, number};
use argil_interp::service::Service;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "faulthandler", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// How many frames of a thread are written, and how many threads.
const MOST: usize = 100;

/// The signals that kill, which are not for scripts to register.
const FATAL: [i64; 5] = [7, 11, 8, 6, 4];

/// How many signals there are.
const SIGNALS: i64 = 65;

/// What was asked for.
#[derive(Default)]
struct Wishes {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    is_enabled: bool,
    /// Goes up with each `dump_traceback_later` and each cancellation: a thread that waits for an older one ends.
    generation: i64,
}

impl Service for Wishes {}

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let registered = argil_interp::types::dict::Dict::alloc(cx);
    cx.define(module, "_registered", Value::of(registered));
    Ok(())
}

fn attribute(cx: &mut Ctx, object: Slot, name: &str) -> Res<Slot> {
    let name = cx.root(cx.intern(name));
    attr::get_attr(cx, object, name)
}

fn with<R>(cx: &Ctx, f: impl FnOnce(&mut State) -> R) -> R {
    let wishes = cx.interp().service::<Wishes>();
    let result = f(&mut wishes.state.lock().unwrap_or_else(PoisonError::into_inner));
    wishes.changed.notify_all();
    result
}

/// The descriptor to write to: of `sys.stderr`, if none is given.
fn descriptor(cx: &mut Ctx, file: Option<Slot>) -> Res<i64> {
    let file = match file.filter(|&file| !cx.get(file).is_none()) {
        Some(file) => file,
        None => {
            let sys = import_module(cx, "sys")?;
            let file = attribute(cx, sys, "stderr")?;
            if cx.get(file).is_none() {
                return Err(cx.runtime_error("sys.stderr is None"));
            }
            file
        }
    };
    if let Some(number) = cx.get(file).as_int() {
        return match number.to_i64().filter(|number| i32::try_from(*number).is_ok_and(|number| number >= 0)) {
            Some(number) => Ok(number),
            None => Err(cx.value_error("file is not a valid file descriptor")),
        };
    }
    let method = attribute(cx, file, "fileno")?;
    let number = cx.call(method, &[])?;
    let number = cx.get(number).as_int().and_then(|number| number.to_i64()).filter(|number| *number >= 0);
    let Some(number) = number else { return Err(cx.runtime_error("file.fileno() is not a valid file descriptor")) };
    let name = cx.root(cx.intern("flush"));
    if let Some(flush) = attr::get_attr_opt(cx, file, name)?
        && let Err(raised) = cx.call(flush, &[])
    {
        // What it could not write is no reason not to write this.
        let _ = cx.take_raised(raised);
    }
    Ok(number)
}

fn write(cx: &mut Ctx, descriptor: i64, text: &str) -> Res<()> {
    let posix = import_module(cx, "posix")?;
    let write = attribute(cx, posix, "write")?;
    let (descriptor, bytes) = (cx.root(cx.int(descriptor)), cx.root(cx.bytes(text.as_bytes())));
    cx.call(write, &[descriptor, bytes]).map(|_| ())
}

/// A frame and those that called it.
fn frames(cx: &mut Ctx, frame: Slot, out: &mut String) -> Res<()> {
    let mut frame = frame;
    let mut count = 0;
    while !cx.get(frame).is_none() {
        if count == MOST {
            break;
        }
        count += 1;
        let code = attribute(cx, frame, "f_code")?;
        let (file, name) = (attribute(cx, code, "co_filename")?, attribute(cx, code, "co_name")?);
        let line = attribute(cx, frame, "f_lineno")?;
        let line =
            cx.get(line).as_int().and_then(|line| line.to_i64()).map_or("???".to_owned(), |line| line.to_string());
        let text = |slot| cx.get(slot).as_str().unwrap_or("???");
        let _ = writeln!(out, "  File \"{}\", line {line} in {}", text(file), text(name));
        frame = attribute(cx, frame, "f_back")?;
    }
    if count == 0 {
        out.push_str("  <no Python frame>\n");
    }
    Ok(())
}

/// The running frame.
fn running(cx: &mut Ctx) -> Res<Slot> {
    let sys = import_module(cx, "sys")?;
    let get = attribute(cx, sys, "_getframe")?;
    cx.call(get, &[])
}

fn me(cx: &mut Ctx) -> Res<i64> {
    let module = import_module(cx, "_thread")?;
    let ident = attribute(cx, module, "get_ident")?;
    let ident = cx.call(ident, &[])?;
    Ok(cx.get(ident).as_int().and_then(|ident| ident.to_i64()).unwrap_or_default())
}

/// The name of a thread, as the system knows it.
fn name_of(thread: i64) -> String {
    let name = std::fs::read_to_string(format!("/proc/self/task/{thread}/comm")).unwrap_or_default();
    if name.is_empty() { String::new() } else { format!(" [{}]", name.trim_end()) }
}

/// The tracebacks of all threads, the running one's last and marked as such, or left out.
fn threads(cx: &mut Ctx, has_current: bool) -> Res<String> {
    let me = me(cx)?;
    let sys = import_module(cx, "sys")?;
    let get = attribute(cx, sys, "_current_frames")?;
    let found = cx.call(get, &[])?;
    let all = iter::collect(cx, found)?;
    let mut out = String::new();
    let count = item::len(cx, all)?;
    for at in 0..count.min(MOST) {
        cx.scope(|cx| {
            let at = cx.root(cx.uint(at as u64));
            let key = item::get_item(cx, all, at)?;
            let ident = cx.get(key).as_int().and_then(|ident| ident.to_i64()).unwrap_or_default();
            if ident != me {
                let separator = if out.is_empty() { "" } else { "\n" };
                let _ = writeln!(out, "{separator}Thread 0x{ident:016x}{} (most recent call first):", name_of(ident));
                let frame = item::get_item(cx, found, key)?;
                frames(cx, frame, &mut out)?;
            }
            Ok(())
        })?;
    }
    if count > MOST {
        out.push_str("...\n");
    }
    if has_current {
        let separator = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{separator}Current thread 0x{me:016x}{} (most recent call first):", name_of(me));
        let frame = running(cx)?;
        frames(cx, frame, &mut out)?;
    }
    Ok(out)
}

fn dump(cx: &mut Ctx, descriptor: i64, all_threads: bool) -> Res<()> {
    let text = if all_threads {
        threads(cx, true)?
    } else {
        let mut out = "Stack (most recent call first):\n".to_owned();
        let frame = running(cx)?;
        frames(cx, frame, &mut out)?;
        out
    };
    write(cx, descriptor, &text)
}

/// A time, as it is shown.
fn shown(time: Duration) -> String {
    let seconds = time.as_secs();
    let mut text = format!("Timeout ({}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if time.subsec_micros() != 0 {
        let _ = write!(text, ".{:06}", time.subsec_micros());
    }
    text + ")!\n"
}

fn time(cx: &mut Ctx, given: Slot) -> Res<Duration> {
    let seconds = number::to_float(cx, given)?;
    if seconds <= 0.0 {
        return Err(cx.value_error("timeout must be greater than 0"));
    }
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|time| time.as_secs() < u64::from(u32::MAX))
        .ok_or_else(|| cx.overflow_error("timeout value is too large"))
}

/// Waits, and writes, for as long as it is wanted. Off the lock while it waits.
fn watch(cx: &mut Ctx, generation: i64, wait: Duration, repeats: bool, descriptor: i64, exits: bool) -> Res<()> {
    loop {
        let interp = cx.interp_arc();
        let is_wanted = cx.detached(|| {
            let wishes = interp.service::<Wishes>();
            let end = Instant::now() + wait;
            let mut state = wishes.state.lock().unwrap_or_else(PoisonError::into_inner);
            while state.generation == generation {
                let Some(left) = end.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) else {
                    return true;
                };
                state = wishes.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
            }
            false
        });
        if !is_wanted {
            return Ok(());
        }
        cx.scope(|cx| {
            let text = shown(wait) + &threads(cx, false)?;
            write(cx, descriptor, &text)
        })?;
        if exits {
            std::process::exit(1);
        }
        if !repeats {
            return Ok(());
        }
    }
}

/// A signal that scripts may register.
fn check_signal(cx: &Ctx, signal: i64) -> Res<()> {
    if FATAL.contains(&signal) {
        let message = format!("signal {signal} cannot be registered, use enable() instead");
        return Err(cx.runtime_error(message));
    }
    if !(1..SIGNALS).contains(&signal) {
        return Err(cx.value_error("signal number out of range"));
    }
    Ok(())
}

/// The dict of the signals that are registered: descriptor, whether of all threads, whether the handler before is called too,
/// and that handler.
fn registered(cx: &mut Ctx) -> Res<Slot> {
    let module = import_module(cx, "faulthandler")?;
    attribute(cx, module, "_registered")
}

fn set_signal(cx: &mut Ctx, signal: i64, handler: Slot) -> Res<Slot> {
    let module = import_module(cx, "_signal")?;
    let set = attribute(cx, module, "signal")?;
    let signal = cx.root(cx.int(signal));
    cx.call(set, &[signal, handler])
}

natives! {
    static FUNCTIONS = {
        /// Enable the fault handler.
        call fn enable(cx; ; file: Option<Slot> = None, all_threads: bool = true, c_stack: bool = true) -> () {
            let _ = (all_threads, c_stack);
            descriptor(cx, file)?;
            with(cx, |state| state.is_enabled = true);
            Ok(())
        }

        /// Disable the fault handler.
        fn disable(cx) -> bool { Ok(with(cx, |state| std::mem::take(&mut state.is_enabled))) }

        /// Check if the handler is enabled.
        fn is_enabled(cx) -> bool { Ok(with(cx, |state| state.is_enabled)) }

        /// Dump the traceback of the current thread into file.
        call fn dump_traceback(cx; ; file: Option<Slot> = None, all_threads: bool = true) -> () {
            let descriptor = descriptor(cx, file)?;
            dump(cx, descriptor, all_threads)
        }

        /// Dump the C stack, of which nothing is known.
        call fn dump_c_stack(cx; ; file: Option<Slot> = None) -> () {
            let descriptor = descriptor(cx, file)?;
            let text = "Current thread's C stack trace (most recent call first):\n  <cannot get C stack on this system>\n";
            write(cx, descriptor, text)
        }

        /// Dump the traceback of all threads into file after timeout.
        call fn dump_traceback_later(
            cx; ; timeout: Slot, repeat: bool = false, file: Option<Slot> = None, exit: bool = false
        ) -> () {
            time(cx, timeout)?;
            let descriptor = descriptor(cx, file)?;
            if !cx.interp().lock.threads_share_memory() {
                let message = "the tracebacks of threads that are processes are not known";
                return Err(cx.raise(Builtin::NotImplementedError, message));
            }
            let generation = with(cx, |state| {
                state.generation += 1;
                state.generation
            });
            let (module, threads) = (import_module(cx, "faulthandler")?, import_module(cx, "_thread")?);
            let (watch, start) = (attribute(cx, module, "_watch")?, attribute(cx, threads, "start_new_thread")?);
            let args = [
                cx.int(generation),
                cx.get(timeout),
                Value::bool(repeat),
                cx.int(descriptor),
                Value::bool(exit),
            ];
            let args = cx.root(cx.tuple(&args));
            cx.call(start, &[watch, args]).map(|_| ())
        }

        /// Cancel the previous call to dump_traceback_later().
        fn cancel_dump_traceback_later(cx) -> () {
            with(cx, |state| state.generation += 1);
            Ok(())
        }

        call fn _watch(cx; generation: i64, timeout: Slot, repeat: bool, descriptor: i64, exit: bool) -> () {
            let wait = time(cx, timeout)?;
            watch(cx, generation, wait, repeat, descriptor, exit)
        }

        /// Register a handler for the signal 'signum'.
        call fn register(
            cx; ; signum: i64, file: Option<Slot> = None, all_threads: bool = true, chain: bool = false
        ) -> () {
            check_signal(cx, signum)?;
            let descriptor = descriptor(cx, file)?;
            let (module, table) = (import_module(cx, "faulthandler")?, registered(cx)?);
            let handler = attribute(cx, module, "_handle")?;
            let key = cx.root(cx.int(signum));
            let before = set_signal(cx, signum, handler)?;
            let before = match item::contains(cx, table, key)? {
                true => {
                    let known = item::get_item(cx, table, key)?;
                    let last = cx.root(cx.int(3));
                    item::get_item(cx, known, last)?
                }
                false => before,
            };
            let row = [cx.int(descriptor), Value::bool(all_threads), Value::bool(chain), cx.get(before)];
            let row = cx.root(cx.tuple(&row));
            item::set_item(cx, table, key, row)
        }

        /// Unregister the handler of the signal 'signum'.
        call fn unregister(cx; signum: i64) -> bool {
            check_signal(cx, signum)?;
            let table = registered(cx)?;
            let key = cx.root(cx.int(signum));
            if !item::contains(cx, table, key)? {
                return Ok(false);
            }
            let (known, last) = (item::get_item(cx, table, key)?, cx.root(cx.int(3)));
            let before = item::get_item(cx, known, last)?;
            item::del_item(cx, table, key)?;
            if !cx.get(before).is_none() {
                set_signal(cx, signum, before)?;
            }
            Ok(true)
        }

        call fn _handle(cx; signum: i64, frame: GivenSlot) -> () {
            let table = registered(cx)?;
            let key = cx.root(cx.int(signum));
            if !item::contains(cx, table, key)? {
                return Ok(());
            }
            let row = item::get_item(cx, table, key)?;
            let part = |cx: &mut Ctx, at: i64| {
                let at = cx.root(cx.int(at));
                item::get_item(cx, row, at)
            };
            let (descriptor, all, chains, before) = (part(cx, 0)?, part(cx, 1)?, part(cx, 2)?, part(cx, 3)?);
            let is_true = |slot| cx.get(slot).as_int().is_some_and(|number| number.to_i64() != Some(0));
            let (all, chains) = (is_true(all), is_true(chains));
            let descriptor = cx.get(descriptor).as_int().and_then(|number| number.to_i64()).unwrap_or(2);
            dump(cx, descriptor, all)?;
            if chains && argil_interp::types::function::is_callable(cx, cx.get(before)) {
                let frame = frame.0.unwrap_or_else(|| cx.root(Value::NONE));
                cx.call(before, &[key, frame])?;
            }
            Ok(())
        }
    }
}
