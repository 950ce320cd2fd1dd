//! Ctrl-C: SIGINT becomes a KeyboardInterrupt at the main thread's next safepoint.
//!
//! Every other thread blocks the signal, so that the kernel interrupts the main thread's system call, if it is in one. A
//! signal that comes just before such a call would not end it; therefore it repeats until a safepoint has taken it, and
//! whoever waits needs no time limit of its own to notice.

use std::sync::atomic::{AtomicPtr, Ordering};

use argil_lock::{PollWord, SIGNAL};

use crate::safepoint;

/// Whom SIGINT is for.
struct Target {
    poll: PollWord,
    again: Option<Again>,
}

/// The main thread of the interpreter that asked last. Set when it is installed (Release), read by the handler (Acquire); never
/// freed, because the handler may be reading it.
static MAIN: AtomicPtr<Target> = AtomicPtr::new(std::ptr::null_mut());

extern "C" fn on_interrupt(_signal: libc::c_int, info: *mut libc::siginfo_t, _context: *mut libc::c_void) {
    // SAFETY: the kernel passes a valid description.
    let repeated = unsafe { (*info).si_code } == BY_TIMER;
    if repeated && !safepoint::is_interrupted() {
        return;
    }
    safepoint::note_interrupt();
    let main = MAIN.load(Ordering::Acquire);
    // SAFETY: the target was leaked when the handler was installed. Setting a bit and a timer is async-signal-safe.
    if let Some(main) = unsafe { main.as_ref() } {
        main.poll.request(SIGNAL);
        main.again.iter().for_each(Again::arm);
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
    // SAFETY: the handler only does what is async-signal-safe; the structures are zeroed or written by the calls.
    unsafe {
        let mut old: libc::sigaction = std::mem::zeroed();
        libc::sigaction(libc::SIGINT, std::ptr::null(), &mut old);
        if old.sa_sigaction == libc::SIG_IGN {
            return;
        }
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_interrupt as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
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
pub(crate) fn unblock_interrupts() {
    mask_interrupts(libc::SIG_UNBLOCK);
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
