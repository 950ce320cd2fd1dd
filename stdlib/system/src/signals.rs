//! Signals: blocking them, waiting for them, sending them, and timers that do.

use std::ffi::c_int;
use std::io;
use std::mem::MaybeUninit;

use crate::process::signal_set;
use crate::{check, check_number};

/// One more than the greatest signal.
const COUNT: c_int = 65;

/// The signals in a set.
fn members(set: &libc::sigset_t) -> Vec<c_int> {
    // SAFETY: the set is initialised, and the call checks numbers.
    (1..COUNT).filter(|signal| unsafe { libc::sigismember(set, *signal) } == 1).collect()
}

/// Every signal that a program may use.
pub fn valid() -> Vec<c_int> {
    // SAFETY: the set is initialised by `sigfillset`.
    let set = unsafe {
        let mut set: libc::sigset_t = std::mem::zeroed();
        libc::sigfillset(&mut set);
        set
    };
    members(&set)
}

/// The least and the greatest of the signals that have no meaning of their own.
pub fn real_time() -> [c_int; 2] {
    [libc::SIGRTMIN(), libc::SIGRTMAX()]
}

/// `pthread_sigmask`: the signals that were blocked before.
///
/// # Errors
/// What the system says.
pub fn pthread_sigmask(how: c_int, signals: &[c_int]) -> io::Result<Vec<c_int>> {
    let set = signal_set(signals.iter().copied());
    let mut old = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: both sets live during the call, which fills the old one.
    unsafe {
        check_number(libc::pthread_sigmask(how, &set, old.as_mut_ptr()))?;
        Ok(members(&old.assume_init()))
    }
}

/// `sigpending`.
///
/// # Errors
/// What the system says.
pub fn sigpending() -> io::Result<Vec<c_int>> {
    let mut set = MaybeUninit::<libc::sigset_t>::zeroed();
    // SAFETY: the call fills the set.
    unsafe {
        check(libc::sigpending(set.as_mut_ptr()))?;
        Ok(members(&set.assume_init()))
    }
}

/// `sigwait`.
///
/// # Errors
/// What the system says.
pub fn sigwait(signals: &[c_int]) -> io::Result<c_int> {
    let mut signal = 0;
    // SAFETY: the set and the number live during the call.
    check_number(unsafe { libc::sigwait(&signal_set(signals.iter().copied()), &mut signal) })?;
    Ok(signal)
}

/// What is known of a signal: number, code, error number, process, user, status, band.
pub type Report = [i64; 7];

/// `sigtimedwait`, or `sigwaitinfo` where there is no time: seconds and nanoseconds.
///
/// # Errors
/// What the system says; EAGAIN if none came in time.
pub fn sigtimedwait(signals: &[c_int], time: Option<(i64, i64)>) -> io::Result<Report> {
    let set = signal_set(signals.iter().copied());
    let mut info = MaybeUninit::<libc::siginfo_t>::zeroed();
    let time = time.map(|(tv_sec, tv_nsec)| libc::timespec { tv_sec, tv_nsec });
    // SAFETY: everything lives during the call, which fills the description. Its parts may be read whatever the signal is: they
    // are numbers, of which those without meaning are arbitrary.
    unsafe {
        check(match &time {
            Some(time) => libc::sigtimedwait(&set, info.as_mut_ptr(), time),
            None => libc::sigwaitinfo(&set, info.as_mut_ptr()),
        })?;
        let info = info.assume_init();
        // The band lies where the process does, as a `long`.
        let band = std::ptr::from_ref(&info).cast::<i64>().add(2).read();
        let [number, code, error] = [info.si_signo, info.si_code, info.si_errno].map(i64::from);
        Ok([number, code, error, info.si_pid().into(), info.si_uid().into(), info.si_status().into(), band])
    }
}

/// `pause`: returns when a signal was handled.
pub fn pause() {
    // SAFETY: it takes nothing.
    unsafe { libc::pause() };
}

/// `raise`.
///
/// # Errors
/// What the system says.
pub fn raise(signal: c_int) -> io::Result<()> {
    // SAFETY: a number.
    let result = unsafe { libc::raise(signal) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Sends a signal to this process, for whichever thread lets it in.
///
/// # Errors
/// What the system says.
pub fn raise_in_process(signal: c_int) -> io::Result<()> {
    // SAFETY: numbers.
    check(unsafe { libc::kill(libc::getpid(), signal) }).map(|_| ())
}

/// Sends a signal to a thread of this process, by the number by which the system knows it.
///
/// # Errors
/// What the system says.
pub fn send_to_thread(thread: c_int, signal: c_int) -> io::Result<()> {
    // SAFETY: numbers.
    check(unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, signal) }).map(|_| ())
}

fn seconds(time: libc::timeval) -> f64 {
    time.tv_sec as f64 + time.tv_usec as f64 * 1e-6
}

/// `setitimer`: first expiry and interval, in seconds and microseconds; what was set before, in seconds.
///
/// # Errors
/// What the system says.
pub fn setitimer(which: c_int, value: (i64, i64), interval: (i64, i64)) -> io::Result<[f64; 2]> {
    let time = |(tv_sec, tv_usec)| libc::timeval { tv_sec, tv_usec };
    let new = libc::itimerval { it_value: time(value), it_interval: time(interval) };
    let mut old = MaybeUninit::<libc::itimerval>::zeroed();
    // SAFETY: both structs live during the call, which fills the old one; numbers otherwise.
    unsafe {
        check(libc::syscall(libc::SYS_setitimer, which, &raw const new, old.as_mut_ptr()))?;
        let old = old.assume_init();
        Ok([seconds(old.it_value), seconds(old.it_interval)])
    }
}

/// `getitimer`: time to the next expiry, and interval, in seconds.
///
/// # Errors
/// What the system says.
pub fn getitimer(which: c_int) -> io::Result<[f64; 2]> {
    let mut now = MaybeUninit::<libc::itimerval>::zeroed();
    // SAFETY: the call fills the struct.
    unsafe {
        check(libc::syscall(libc::SYS_getitimer, which, now.as_mut_ptr()))?;
        let now = now.assume_init();
        Ok([seconds(now.it_value), seconds(now.it_interval)])
    }
}
