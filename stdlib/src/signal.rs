//! `_signal`: handlers of signals, waiting for signals, sending them, timers.

use std::io;
use std::time::Instant;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::signals::{self, Disposition};
use argil_interp::struct_sequence::{Maker, StructSequence};
use argil_interp::types::exception::os_error;
use argil_interp::types::function::is_callable;
use argil_interp::value::Value;
use argil_system::{libc, plain, raw, signals as system};

use crate::posix::args::{blocking, done, int_set};
use crate::posix::define_numbers;
use crate::posix::spawn::signal_numbers;
use crate::time::Seconds;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_signal", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// Handlers that are numbers: what the system does, and nothing.
const DEFAULT: i64 = 0;
const IGNORE: i64 = 1;

/// `_signal.ItimerError`.
struct ItimerError;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    define_numbers(cx, module, CONSTANTS);
    let [least, greatest] = system::real_time().map(i64::from);
    define_numbers(cx, module, &[("SIGRTMIN", least), ("SIGRTMAX", greatest)]);
    STRUCT_SIGINFO.define(cx, module, "struct_siginfo");
    cx.define_exception::<ItimerError>(module, "signal.ItimerError", Builtin::OSError);
    let name = cx.root(cx.intern("default_int_handler"));
    let interrupt = attr::get_attr(cx, module, name)?;
    if signals::disposition(libc::SIGINT) == Some(Disposition::Handle) && signals::handler(cx, libc::SIGINT).is_none() {
        signals::set_handler(cx, libc::SIGINT, cx.get(interrupt));
    }
    Ok(())
}

fn in_range(cx: &Ctx, signal: i32) -> Res<()> {
    if (1..signals::COUNT as i32).contains(&signal) {
        Ok(())
    } else {
        Err(cx.value_error("signal number out of range"))
    }
}

/// What is set for a signal: by a script, or else by whoever started the process.
fn current<'h>(cx: &'h Ctx, signal: i32) -> Value<'h> {
    if let Some(handler) = signals::handler(cx, signal) {
        return handler;
    }
    match signals::disposition(signal) {
        Some(Disposition::Default) => cx.int(DEFAULT),
        Some(Disposition::Ignore) => cx.int(IGNORE),
        _ => Value::NONE,
    }
}

fn set(cx: &mut Ctx, signal: i32, handler: Slot) -> Res<Slot> {
    let wanted = match cx.get(handler).as_small_int() {
        _ if is_callable(cx, cx.get(handler)) => Disposition::Handle,
        Some(DEFAULT) => Disposition::Default,
        Some(IGNORE) => Disposition::Ignore,
        _ => {
            let message = "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object";
            return Err(cx.type_error(message));
        }
    };
    only_main(cx, "signal only works in main thread of the main interpreter")?;
    in_range(cx, signal)?;
    cx.poll()?;
    let old = cx.root(current(cx, signal));
    done(cx, signals::set_disposition(signal, wanted))?;
    signals::set_handler(cx, signal, cx.get(handler));
    Ok(old)
}

fn only_main(cx: &Ctx, message: &str) -> Res<()> {
    if cx.is_main_thread() { Ok(()) } else { Err(cx.value_error(message)) }
}

fn set_wake_up(cx: &mut Ctx, fd: i32, warns: bool) -> Res<i32> {
    only_main(cx, "set_wakeup_fd only works in main thread of the main interpreter")?;
    if fd != -1 {
        let flags = done(cx, raw::fcntl(fd, libc::F_GETFL, 0))?;
        if flags & libc::O_NONBLOCK == 0 {
            return Err(cx.value_error(format!("the fd {fd} must be in non-blocking mode")));
        }
    }
    Ok(signals::set_wake_up(fd, warns))
}

fn siginfo<'h>(cx: &'h Ctx, report: &system::Report) -> Value<'h> {
    STRUCT_SIGINFO.make(cx, &report.map(|number| cx.int(number)))
}

/// The end of a wait that a script limits.
fn until(cx: &mut Ctx, timeout: Slot) -> Res<Option<Instant>> {
    let Some(length) = Seconds::of(cx, timeout)?.length() else {
        return Err(cx.value_error("timeout must be non-negative"));
    };
    Ok(Instant::now().checked_add(length))
}

fn wait_until(cx: &mut Ctx, wanted: &[i32], end: Option<Instant>) -> Res<Slot> {
    loop {
        let left = end.map(|end| end.saturating_duration_since(Instant::now()));
        let time = left.map(|left| (left.as_secs() as i64, i64::from(left.subsec_nanos())));
        match cx.detached(|| system::sigtimedwait(wanted, time)) {
            Ok(report) => {
                let cx: &Ctx = cx;
                return Ok(cx.root(siginfo(cx, &report)));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => cx.poll()?,
            Err(error) if error.raw_os_error() == Some(libc::EAGAIN) => return Ok(cx.root(Value::NONE)),
            Err(error) => return done(cx, Err(error)),
        }
    }
}

/// The two parts of a time: whole seconds, and microseconds rounded up.
fn parts(cx: &mut Ctx, seconds: f64) -> Res<(i64, i64)> {
    let microseconds = (seconds * 1e6).ceil();
    if !microseconds.is_finite() || microseconds.abs() >= 9e18 {
        return Err(cx.overflow_error("timestamp too large to convert to C PyTime_t"));
    }
    let whole = microseconds as i64;
    Ok((whole.div_euclid(1_000_000), whole.rem_euclid(1_000_000)))
}

fn timer(cx: &mut Ctx, result: io::Result<[f64; 2]>) -> Res<Slot> {
    let error = match result {
        Ok(times) => return Ok(cx.root(cx.tuple(&times.map(|time| cx.float(time))))),
        Err(error) => error,
    };
    let number = cx.root(cx.int(error.raw_os_error().unwrap_or(0).into()));
    let text = cx.root(cx.str(&os_error::text_of(&error)));
    let class = cx.root(cx.own_class::<ItimerError>().map_or(Value::of(cx.class(Builtin::OSError)), Value::of));
    let exception = cx.call(class, &[number, text])?;
    Err(cx.raise_value(cx.get(exception)))
}

/// Sends a signal to a thread. SIGINT is for the main thread, whichever is named: no other lets it in.
fn send_to_thread(cx: &mut Ctx, thread: i64, signal: i32) -> Res<()> {
    let sent = match i32::try_from(thread) {
        Ok(_) if signal == libc::SIGINT => system::raise_in_process(signal),
        Ok(thread) => system::send_to_thread(thread, signal),
        Err(_) => Err(io::Error::from_raw_os_error(libc::ESRCH)),
    };
    done(cx, sent)?;
    cx.poll()
}

natives! {
    static FUNCTIONS = {
        /// The default handler for SIGINT installed by Python: it raises KeyboardInterrupt.
        fn default_int_handler(cx; signalnum: i32, frame: Value<'h>) -> Value<'h> {
            let _ = (signalnum, frame);
            Err(cx.raise_with(Builtin::KeyboardInterrupt, &[]))
        }
        /// Set the action for the given signal: SIG_DFL, SIG_IGN, or a callable. The previous action is returned.
        call fn signal(cx; signalnum: i32, handler: Slot) -> Slot { set(cx, signalnum, handler) }
        /// Return the current action for the given signal: SIG_DFL, SIG_IGN, None (unknown), or a callable.
        fn getsignal(cx; signalnum: i32) -> Value<'h> {
            in_range(cx, signalnum)?;
            Ok(current(cx, signalnum))
        }
        /// Return the system's description of a signal, None if it is not known.
        fn strsignal(cx; signalnum: i32) -> Option<String> {
            in_range(cx, signalnum)?;
            Ok(plain::strsignal(signalnum))
        }
        /// Whether the signal interrupts system calls.
        call fn siginterrupt(cx; signalnum: i32, flag: bool) -> () {
            in_range(cx, signalnum)?;
            done(cx, signals::set_interrupting(signalnum, flag))
        }
        /// Have the number of each signal written to a descriptor; the previous one, or -1.
        call fn set_wakeup_fd(cx; fd: i32; ; warn_on_full_buffer: bool = true) -> i64 {
            set_wake_up(cx, fd, warn_on_full_buffer).map(i64::from)
        }
        /// Send a signal to this process.
        call fn raise_signal(cx; signalnum: i32) -> () {
            done(cx, system::raise(signalnum))?;
            cx.poll()
        }
        /// Send a signal to a thread.
        call fn pthread_kill(cx; thread_id: i64, signalnum: i32) -> () { send_to_thread(cx, thread_id, signalnum) }
        /// Send a signal to the process that a descriptor names.
        call fn pidfd_send_signal(cx; pidfd: i32, signalnum: i32, siginfo: Option<Slot> = None, flags: i64 = 0) -> () {
            if siginfo.is_some() {
                return Err(cx.type_error("siginfo must be None"));
            }
            done(cx, plain::pidfd_send_signal(pidfd, signalnum, flags as u32))
        }
        /// Fetch and change the signals that the calling thread blocks.
        call fn pthread_sigmask(cx; how: i32, mask: Slot) -> Slot {
            let wanted = signal_numbers(cx, mask)?;
            let old = done(cx, system::pthread_sigmask(how, &wanted))?;
            cx.poll()?;
            int_set(cx, &old)
        }
        /// The signals that wait to be delivered.
        call fn sigpending(cx) -> Slot {
            let pending = done(cx, system::sigpending())?;
            int_set(cx, &pending)
        }
        /// Wait for one of the signals; its number.
        call fn sigwait(cx; sigset: Slot) -> i64 {
            let wanted = signal_numbers(cx, sigset)?;
            blocking(cx, || system::sigwait(&wanted)).map(i64::from)
        }
        /// Wait for one of the signals; what is known of it.
        call fn sigwaitinfo(cx; sigset: Slot) -> Slot {
            let wanted = signal_numbers(cx, sigset)?;
            wait_until(cx, &wanted, None)
        }
        /// Wait for one of the signals for some seconds; what is known of it, or None.
        call fn sigtimedwait(cx; sigset: Slot, timeout: Slot) -> Slot {
            let end = until(cx, timeout)?;
            let wanted = signal_numbers(cx, sigset)?;
            wait_until(cx, &wanted, end)
        }
        /// Wait until a signal arrives.
        call fn pause(cx) -> () {
            cx.detached(system::pause);
            cx.poll()
        }
        /// Arrange for SIGALRM to arrive after the given number of seconds.
        call fn alarm(cx; seconds: i32) -> i64 { Ok(plain::alarm(seconds as u32).into()) }
        /// Set a timer of the process: seconds until it fires, and between then on. The old values.
        call fn setitimer(cx; which: i32, seconds: f64, interval: f64 = 0.0) -> Slot {
            let (first, interval) = (parts(cx, seconds)?, parts(cx, interval)?);
            timer(cx, system::setitimer(which, first, interval))
        }
        /// Return the seconds until a timer of the process fires, and between then on.
        call fn getitimer(cx; which: i32) -> Slot { timer(cx, system::getitimer(which)) }
        /// Return the signals that a program may use.
        call fn valid_signals(cx) -> Slot { int_set(cx, &system::valid()) }
    }
}

/// `signal.struct_siginfo`.
static STRUCT_SIGINFO: StructSequence = StructSequence {
    name: "signal.struct_siginfo",
    doc: "struct_siginfo: Result from sigwaitinfo or sigtimedwait.\n\nThis object may be accessed either as a tuple of\n(si_signo, si_code, si_errno, si_pid, si_uid, si_status, si_band),\nor via the attributes si_signo, si_code, and so on.",
    fields: &[
        ("si_signo", Some("signal number")),
        ("si_code", Some("signal code")),
        ("si_errno", Some("errno associated with this signal")),
        ("si_pid", Some("sending process ID")),
        ("si_uid", Some("real user ID of sending process")),
        ("si_status", Some("exit value or signal")),
        ("si_band", Some("band event for SIGPOLL")),
    ],
    elements: 7,
    unnamed: 0,
    maker: Maker::Sequence,
};

static CONSTANTS: &[(&str, i64)] = &[
    ("NSIG", signals::COUNT as i64),
    ("SIG_DFL", DEFAULT),
    ("SIG_IGN", IGNORE),
    ("SIG_BLOCK", libc::SIG_BLOCK as i64),
    ("SIG_UNBLOCK", libc::SIG_UNBLOCK as i64),
    ("SIG_SETMASK", libc::SIG_SETMASK as i64),
    ("ITIMER_REAL", 0),
    ("ITIMER_VIRTUAL", 1),
    ("ITIMER_PROF", 2),
    ("SIGHUP", libc::SIGHUP as i64),
    ("SIGINT", libc::SIGINT as i64),
    ("SIGQUIT", libc::SIGQUIT as i64),
    ("SIGILL", libc::SIGILL as i64),
    ("SIGTRAP", libc::SIGTRAP as i64),
    ("SIGABRT", libc::SIGABRT as i64),
    ("SIGIOT", libc::SIGABRT as i64),
    ("SIGBUS", libc::SIGBUS as i64),
    ("SIGFPE", libc::SIGFPE as i64),
    ("SIGKILL", libc::SIGKILL as i64),
    ("SIGUSR1", libc::SIGUSR1 as i64),
    ("SIGSEGV", libc::SIGSEGV as i64),
    ("SIGUSR2", libc::SIGUSR2 as i64),
    ("SIGPIPE", libc::SIGPIPE as i64),
    ("SIGALRM", libc::SIGALRM as i64),
    ("SIGTERM", libc::SIGTERM as i64),
    ("SIGSTKFLT", libc::SIGSTKFLT as i64),
    ("SIGCHLD", libc::SIGCHLD as i64),
    ("SIGCLD", libc::SIGCHLD as i64),
    ("SIGCONT", libc::SIGCONT as i64),
    ("SIGSTOP", libc::SIGSTOP as i64),
    ("SIGTSTP", libc::SIGTSTP as i64),
    ("SIGTTIN", libc::SIGTTIN as i64),
    ("SIGTTOU", libc::SIGTTOU as i64),
    ("SIGURG", libc::SIGURG as i64),
    ("SIGXCPU", libc::SIGXCPU as i64),
    ("SIGXFSZ", libc::SIGXFSZ as i64),
    ("SIGVTALRM", libc::SIGVTALRM as i64),
    ("SIGPROF", libc::SIGPROF as i64),
    ("SIGWINCH", libc::SIGWINCH as i64),
    ("SIGIO", libc::SIGIO as i64),
    ("SIGPOLL", libc::SIGIO as i64),
    ("SIGPWR", libc::SIGPWR as i64),
    ("SIGSYS", libc::SIGSYS as i64),
];
