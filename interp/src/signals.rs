//! Signals: the main thread calls their handlers at its next safepoint. Where no script has set another, SIGINT becomes a
//! KeyboardInterrupt.
//!
//! Every other thread blocks SIGINT, and those that run no script block all signals. A signal that comes just before a system call
//! of the main thread, or to another thread, would not end that call; therefore SIGINT is sent to the main thread again until a
//! safepoint has seen what came, and whoever waits needs no time limit of its own to notice.

use std::io;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU64, Ordering};

use argil_lock::{PollWord, SIGNAL};

use crate::barrier::publish;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::heap::Tracer;
use crate::object::Field;
use crate::service::Service;
use crate::traceback::unraisable;
use crate::types::dict::Dict;
use crate::types::exception::os_error;
use crate::types::frame::access::running;
use crate::value::{Value, Word};

/// One more than the greatest signal.
pub const COUNT: usize = 65;

/// Which signals came. Set by the handler (Release), taken by the main thread's safepoint (AcqRel).
static CAME: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

/// Whether some signal came that no safepoint has seen. Set by the handler (Release), cleared by the main thread's safepoint
/// before it looks at [`CAME`] (AcqRel), read by the handler (Acquire).
static ANY_CAME: AtomicBool = AtomicBool::new(false);

/// How many signals came. Added to by the handler (Release), read by whoever waits for one (Acquire).
static HOW_MANY: AtomicU64 = AtomicU64::new(0);

/// Where the handler writes the number of each signal; -1 for nowhere. Changed by the main thread, read by the handler (Relaxed:
/// it is a number that stands for itself).
static WAKE_UP: AtomicI32 = AtomicI32::new(-1);

/// Whether it matters that there is no room for it. Changed by the main thread, read by the handler (Relaxed, as above).
static WAKE_UP_WARNS: AtomicBool = AtomicBool::new(false);

/// The error number of the last such write that failed; 0 for none. Written by the handler, taken by the main thread's safepoint
/// (Relaxed: it is a number that stands for itself, and `ANY_CAME` orders the two).
static WAKE_UP_ERROR: AtomicI32 = AtomicI32::new(0);

/// Whether SIGINT has this file's handler, so that it may be sent to no other end than to interrupt a call. Written by the main
/// thread, read by the handler (Relaxed: it guards nothing).
static REPEATS: AtomicBool = AtomicBool::new(false);

/// Whom signals are for.
struct Target {
    poll: PollWord,
    again: Option<Again>,
}

/// The main thread of the interpreter that asked last. Set when it is installed (Release), read by the handler (Acquire); never
/// freed, because the handler may be reading it.
static MAIN: AtomicPtr<Target> = AtomicPtr::new(std::ptr::null_mut());

extern "C" fn on_signal(signal: libc::c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
    // SAFETY: the kernel passes a valid description. The error number belongs to whoever was interrupted.
    let (repeated, number) = unsafe { ((*info).si_code == BY_TIMER && signal == libc::SIGINT, *errno()) };
    if repeated {
        if !ANY_CAME.load(Ordering::Acquire) {
            return;
        }
    } else {
        if let Some(came) = CAME.get(signal as usize) {
            came.store(true, Ordering::Release);
        }
        ANY_CAME.store(true, Ordering::Release);
        HOW_MANY.fetch_add(1, Ordering::Release);
        let wake_up = WAKE_UP.load(Ordering::Relaxed);
        if wake_up >= 0 {
            let byte = signal as u8;
            // SAFETY: one byte, from the stack; writing is async-signal-safe. The error number is this thread's.
            let failed = unsafe {
                let written = libc::write(wake_up, std::ptr::from_ref(&byte).cast(), 1);
                if written < 0 { *errno() } else { 0 }
            };
            if failed != 0 && (failed != libc::EAGAIN || WAKE_UP_WARNS.load(Ordering::Relaxed)) {
                WAKE_UP_ERROR.store(failed, Ordering::Relaxed);
            }
        }
    }
    let main = MAIN.load(Ordering::Acquire);
    // SAFETY: the target was leaked when the handler was installed. Setting a bit and a timer is async-signal-safe.
    if let Some(main) = unsafe { main.as_ref() } {
        main.poll.request(SIGNAL);
        if REPEATS.load(Ordering::Relaxed) {
            main.again.iter().for_each(Again::arm);
        }
    }
    // SAFETY: as above.
    unsafe { *errno() = number };
}

/// Where the calling thread's error number is.
fn errno() -> *mut libc::c_int {
    // SAFETY: it always is somewhere.
    #[cfg(target_os = "linux")]
    unsafe {
        libc::__errno_location()
    }
    // SAFETY: it always is somewhere.
    #[cfg(not(target_os = "linux"))]
    unsafe {
        libc::__error()
    }
}

/// `SI_TIMER`, the origin of a signal that a timer sent.
const BY_TIMER: libc::c_int = -2;

/// A timer that sends a thread SIGINT.
struct Again {
    #[cfg(target_os = "linux")]
    timer: libc::timer_t,
}

#[cfg(target_os = "linux")]
impl Again {
    /// How soon the signal is sent again.
    const PAUSE: libc::timespec = libc::timespec { tv_sec: 0, tv_nsec: 10_000_000 };

    fn for_this_thread() -> Option<Again> {
        // SAFETY: all zeroes is a valid event, and the timer is written before it is read.
        unsafe {
            let mut event: libc::sigevent = std::mem::zeroed();
            event.sigev_notify = libc::SIGEV_THREAD_ID;
            event.sigev_signo = libc::SIGINT;
            event.sigev_notify_thread_id = libc::gettid();
            let mut timer = std::mem::MaybeUninit::uninit();
            let made = libc::timer_create(libc::CLOCK_MONOTONIC, &mut event, timer.as_mut_ptr()) == 0;
            made.then(|| Again { timer: timer.assume_init() })
        }
    }

    fn arm(&self) {
        let once = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        let when = libc::itimerspec { it_interval: once, it_value: Self::PAUSE };
        // SAFETY: the timer lives as long as the process.
        unsafe { libc::timer_settime(self.timer, 0, &when, std::ptr::null_mut()) };
    }
}

/// Elsewhere there are no timers for one thread: a signal that comes just before a wait is noticed when the next one comes.
#[cfg(not(target_os = "linux"))]
impl Again {
    fn for_this_thread() -> Option<Again> {
        None
    }

    fn arm(&self) {}
}

/// Makes SIGINT interrupt the calling thread's script, unless the process was told to ignore it.
pub(crate) fn install(poll: &PollWord) {
    let target = Target { poll: poll.clone(), again: Again::for_this_thread() };
    MAIN.store(Box::into_raw(Box::new(target)), Ordering::Release);
    if disposition(libc::SIGINT) != Some(Disposition::Ignore) {
        let set = set_disposition(libc::SIGINT, Disposition::Handle);
        debug_assert!(set.is_ok(), "SIGINT may be handled");
    }
}

/// What the process does about a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// What the system says.
    Default,
    /// Nothing.
    Ignore,
    /// The main thread hears of it.
    Handle,
    /// What other code has set.
    Other,
}

/// What the process does about a signal; `None` if there is no such signal for programs.
pub fn disposition(signal: i32) -> Option<Disposition> {
    // SAFETY: the structure may be zero, and is written by the call.
    let action = unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(signal, std::ptr::null(), &mut action) != 0 {
            return None;
        }
        action.sa_sigaction
    };
    Some(match action {
        libc::SIG_DFL => Disposition::Default,
        libc::SIG_IGN => Disposition::Ignore,
        handler if handler == on_signal as *const () as usize => Disposition::Handle,
        _ => Disposition::Other,
    })
}

/// Says what the process is to do about a signal. The main thread calls it.
///
/// # Errors
/// If there is no such signal, or nothing can be done about it.
pub fn set_disposition(signal: i32, wanted: Disposition) -> io::Result<()> {
    if signal == libc::SIGINT {
        REPEATS.store(wanted == Disposition::Handle, Ordering::Relaxed);
    }
    // SAFETY: the handler only does what is async-signal-safe; the structure may be zero.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = match wanted {
            Disposition::Default | Disposition::Other => libc::SIG_DFL,
            Disposition::Ignore => libc::SIG_IGN,
            Disposition::Handle => on_signal as *const () as usize,
        };
        action.sa_flags = if wanted == Disposition::Handle { libc::SA_SIGINFO | libc::SA_ONSTACK } else { 0 };
        libc::sigemptyset(&mut action.sa_mask);
        if libc::sigaction(signal, &action, std::ptr::null_mut()) != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// Whether a signal ends system calls; one that does not lets them begin anew.
///
/// # Errors
/// If there is no such signal.
pub fn set_interrupting(signal: i32, interrupts: bool) -> io::Result<()> {
    // SAFETY: the structure may be zero, and is what the system has when it is given back.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(signal, std::ptr::null(), &mut action) != 0 {
            return Err(io::Error::last_os_error());
        }
        match interrupts {
            true => action.sa_flags &= !libc::SA_RESTART,
            false => action.sa_flags |= libc::SA_RESTART,
        }
        if libc::sigaction(signal, &action, std::ptr::null_mut()) != 0 {
            return Err(io::Error::last_os_error());
        }
    }
    Ok(())
}

/// How many signals came that the process handles, since it began.
pub fn how_many() -> u64 {
    HOW_MANY.load(Ordering::Acquire)
}

/// Where the number of each signal that comes is written from now on, -1 for nowhere, and whether it is to be reported if there
/// is no room; where it was before.
pub fn set_wake_up(descriptor: i32, warns: bool) -> i32 {
    WAKE_UP_WARNS.store(warns, Ordering::Relaxed);
    WAKE_UP.swap(descriptor, Ordering::Relaxed)
}

/// What scripts have set for signals: a dict, whose keys are the numbers as text.
struct Handlers {
    all: Field,
}

impl Default for Handlers {
    fn default() -> Handlers {
        Handlers { all: Field::unset() }
    }
}

impl Service for Handlers {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.all);
    }
}

fn handlers(cx: &Ctx) -> Option<&Dict> {
    let field = &cx.interp().service::<Handlers>().all;
    if field.get(cx).is_none() {
        let made = Value::of(Dict::alloc(cx));
        publish(cx, made);
        field.compare_exchange(Word::UNSET, made.word());
    }
    field.get(cx).and_then(Value::cast::<Dict>)
}

/// What was set for a signal: a function, or the number of a disposition.
pub fn handler(cx: &Ctx, signal: i32) -> Option<Value<'_>> {
    handlers(cx)?.get_name(cx, cx.intern(&signal.to_string()))
}

/// Notes what is set for a signal.
pub fn set_handler(cx: &Ctx, signal: i32, handler: Value<'_>) {
    publish(cx, handler);
    if let Some(handlers) = handlers(cx) {
        handlers.set_name(cx, cx.intern(&signal.to_string()), handler);
    }
}

/// Calls the handlers of the signals that came, on the main thread.
pub(crate) fn deliver(cx: &mut Ctx) -> Res<()> {
    if !ANY_CAME.swap(false, Ordering::AcqRel) {
        return Ok(());
    }
    let error = WAKE_UP_ERROR.swap(0, Ordering::Relaxed);
    if error != 0 {
        cx.scope(|cx| {
            let raised = os_error::raise(cx, &io::Error::from_raw_os_error(error), None);
            let exception = cx.root(cx.take_raised(raised));
            let message = "Exception ignored when trying to write to the signal wakeup fd";
            unraisable::report_as(cx, message, exception);
            Ok(())
        })?;
    }
    for (signal, came) in CAME.iter().enumerate() {
        if !came.swap(false, Ordering::AcqRel) {
            continue;
        }
        let result = cx.scope(|cx| call_handler(cx, signal as i32));
        if result.is_err() {
            // Others that came are seen at the next safepoint.
            if CAME.iter().any(|came| came.load(Ordering::Acquire)) {
                ANY_CAME.store(true, Ordering::Release);
                cx.poll.request(SIGNAL);
            }
            return result;
        }
    }
    Ok(())
}

fn call_handler(cx: &mut Ctx, signal: i32) -> Res<()> {
    let function: Option<Slot> = handler(cx, signal).map(|handler| cx.root(handler));
    match function {
        // What was set meanwhile is no function.
        Some(function) if cx.get(function).as_small_int().is_some() || cx.get(function).is_none() => Ok(()),
        Some(function) => {
            let number = cx.root(cx.int(i64::from(signal)));
            let frame = cx.root(running(cx, 0).map_or(Value::NONE, Value::of));
            cx.call(function, &[number, frame]).map(|_| ())
        }
        None if signal == libc::SIGINT => Err(cx.raise_with(Builtin::KeyboardInterrupt, &[])),
        None => Ok(()),
    }
}

/// Treats signals as CPython does, which Rust does otherwise: SIGSEGV and SIGBUS end the process, also if somebody sent them;
/// a file that grows too large is an error, not a signal.
pub fn follow_python() {
    // SAFETY: neither action runs code of this process.
    unsafe {
        libc::signal(libc::SIGSEGV, libc::SIG_DFL);
        libc::signal(libc::SIGBUS, libc::SIG_DFL);
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
    }
}

/// Keeps SIGINT away from the calling thread and those that it starts.
pub fn block_interrupts() {
    mask_interrupts(libc::SIG_BLOCK);
}

/// Lets SIGINT reach the calling thread again.
pub fn unblock_interrupts() {
    mask_interrupts(libc::SIG_UNBLOCK);
}

/// Runs a call that starts a program, which is to begin with the signals that the main thread gets.
pub fn starting<R>(cx: &Ctx, call: impl FnOnce() -> R) -> R {
    if cx.is_main_thread() {
        return call();
    }
    unblock_interrupts();
    let result = call();
    block_interrupts();
    result
}

/// Which signals a thread blocks.
#[derive(Clone, Copy)]
pub struct Mask(libc::sigset_t);

impl Mask {
    /// Makes them those of the calling thread.
    pub fn restore(&self) {
        // SAFETY: the set was filled by `block_all`.
        unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &self.0, std::ptr::null_mut()) };
    }
}

/// Keeps every signal away from the calling thread and those that it starts, for threads that run no script: what is meant for
/// the process must not end there. What was blocked before.
pub fn block_all() -> Mask {
    // SAFETY: both sets are initialised by the calls.
    unsafe {
        let mut all: libc::sigset_t = std::mem::zeroed();
        let mut old: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut all);
        // What a thread's own fault raises is for that thread.
        for own in [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE, libc::SIGTRAP, libc::SIGABRT] {
            libc::sigdelset(&mut all, own);
        }
        libc::pthread_sigmask(libc::SIG_BLOCK, &all, &mut old);
        Mask(old)
    }
}

/// Runs `start`, which starts a thread that runs no script.
pub fn quietly<R>(start: impl FnOnce() -> R) -> R {
    let mask = block_all();
    let result = start();
    mask.restore();
    result
}

fn mask_interrupts(how: libc::c_int) {
    // SAFETY: the set is initialised by `sigemptyset`.
    unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        libc::sigaddset(&mut set, libc::SIGINT);
        libc::pthread_sigmask(how, &set, std::ptr::null_mut());
    }
}

/// Ends the process as SIGINT does where nothing handles it, so that a shell sees why.
pub fn die_of_interrupt() {
    unblock_interrupts();
    // SAFETY: the default action runs no code of this process.
    unsafe {
        libc::signal(libc::SIGINT, libc::SIG_DFL);
        libc::raise(libc::SIGINT);
    }
}
