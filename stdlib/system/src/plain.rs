//! Calls whose arguments are numbers and terminated strings.

use std::ffi::{CStr, c_char, c_int, c_long, c_uint};
use std::io;

use crate::check;

/// An argument of a system call.
trait Argument {
    /// What C takes.
    type Raw;

    fn raw(self) -> Self::Raw;
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Argument for $number {
            type Raw = $number;

            fn raw(self) -> $number {
                self
            }
        })*
    };
}
numbers! { c_int c_uint i64 u64 usize }

impl Argument for &CStr {
    type Raw = *const c_char;

    fn raw(self) -> *const c_char {
        self.as_ptr()
    }
}

macro_rules! calls {
    ($($(#[$meta:meta])* fn $name:ident($($arg:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            $(#[$meta])*
            #[doc = concat!("`", stringify!($name), "`.")]
            ///
            /// # Errors
            /// What the system says.
            pub fn $name($($arg: $type),*) -> io::Result<$result> {
                // SAFETY: the arguments are numbers, which the kernel checks, and terminated strings.
                check(unsafe { libc::$name($(Argument::raw($arg)),*) })
            }
        )*
    };
}

calls! {
    fn openat(dir: c_int, path: &CStr, flags: c_int, mode: c_uint) -> c_int;
    fn close(fd: c_int) -> c_int;
    fn dup(fd: c_int) -> c_int;
    fn dup2(fd: c_int, to: c_int) -> c_int;
    fn dup3(fd: c_int, to: c_int, flags: c_int) -> c_int;
    fn lseek(fd: c_int, offset: i64, whence: c_int) -> i64;
    fn fsync(fd: c_int) -> c_int;
    fn fdatasync(fd: c_int) -> c_int;
    fn ftruncate(fd: c_int, length: i64) -> c_int;
    fn truncate(path: &CStr, length: i64) -> c_int;
    fn lockf(fd: c_int, command: c_int, length: i64) -> c_int;
    fn chdir(path: &CStr) -> c_int;
    fn fchdir(fd: c_int) -> c_int;
    fn chroot(path: &CStr) -> c_int;
    fn fchmod(fd: c_int, mode: c_uint) -> c_int;
    fn fchmodat(dir: c_int, path: &CStr, mode: c_uint, flags: c_int) -> c_int;
    fn fchown(fd: c_int, uid: c_uint, gid: c_uint) -> c_int;
    fn fchownat(dir: c_int, path: &CStr, uid: c_uint, gid: c_uint, flags: c_int) -> c_int;
    fn faccessat(dir: c_int, path: &CStr, mode: c_int, flags: c_int) -> c_int;
    fn mkdirat(dir: c_int, path: &CStr, mode: c_uint) -> c_int;
    fn mkfifoat(dir: c_int, path: &CStr, mode: c_uint) -> c_int;
    fn mknodat(dir: c_int, path: &CStr, mode: c_uint, device: u64) -> c_int;
    fn unlinkat(dir: c_int, path: &CStr, flags: c_int) -> c_int;
    fn renameat(from_dir: c_int, from: &CStr, to_dir: c_int, to: &CStr) -> c_int;
    fn linkat(from_dir: c_int, from: &CStr, to_dir: c_int, to: &CStr, flags: c_int) -> c_int;
    fn symlinkat(target: &CStr, dir: c_int, path: &CStr) -> c_int;
    fn memfd_create(name: &CStr, flags: c_uint) -> c_int;
    fn timerfd_create(clock: c_int, flags: c_int) -> c_int;
    fn shm_open(name: &CStr, flags: c_int, mode: c_uint) -> c_int;
    fn shm_unlink(name: &CStr) -> c_int;
    fn flock(fd: c_int, operation: c_int) -> c_int;
    fn kill(pid: c_int, signal: c_int) -> c_int;
    fn killpg(group: c_int, signal: c_int) -> c_int;
    fn getpgid(pid: c_int) -> c_int;
    fn setpgid(pid: c_int, group: c_int) -> c_int;
    fn getsid(pid: c_int) -> c_int;
    fn setsid() -> c_int;
    fn setuid(id: c_uint) -> c_int;
    fn setgid(id: c_uint) -> c_int;
    fn seteuid(id: c_uint) -> c_int;
    fn setegid(id: c_uint) -> c_int;
    fn setreuid(real: c_uint, effective: c_uint) -> c_int;
    fn setregid(real: c_uint, effective: c_uint) -> c_int;
    fn setresuid(real: c_uint, effective: c_uint, saved: c_uint) -> c_int;
    fn setresgid(real: c_uint, effective: c_uint, saved: c_uint) -> c_int;
    fn initgroups(user: &CStr, group: c_uint) -> c_int;
    fn setpriority(which: c_uint, who: c_uint, priority: c_int) -> c_int;
    fn setns(fd: c_int, kind: c_int) -> c_int;
    fn unshare(flags: c_int) -> c_int;
    fn tcgetpgrp(fd: c_int) -> c_int;
    fn tcsetpgrp(fd: c_int, group: c_int) -> c_int;
    fn tcsendbreak(fd: c_int, duration: c_int) -> c_int;
    fn tcdrain(fd: c_int) -> c_int;
    fn tcflush(fd: c_int, queue: c_int) -> c_int;
    fn tcflow(fd: c_int, action: c_int) -> c_int;
    fn posix_openpt(flags: c_int) -> c_int;
    fn grantpt(fd: c_int) -> c_int;
    fn unlockpt(fd: c_int) -> c_int;
    fn sched_get_priority_max(policy: c_int) -> c_int;
    fn sched_get_priority_min(policy: c_int) -> c_int;
    fn sched_getscheduler(pid: c_int) -> c_int;
    fn sched_yield() -> c_int;
    fn epoll_create1(flags: c_int) -> c_int;
}

/// Calls that cannot fail.
macro_rules! sure {
    ($(fn $name:ident($($arg:ident: $type:ty),*) -> $result:ty;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`.")]
            pub fn $name($($arg: $type),*) -> $result {
                // SAFETY: the arguments are numbers, and the call cannot fail.
                unsafe { libc::$name($($arg),*) }
            }
        )*
    };
}

sure! {
    fn getuid() -> c_uint;
    fn geteuid() -> c_uint;
    fn getgid() -> c_uint;
    fn getegid() -> c_uint;
    fn getppid() -> c_int;
    fn getpgrp() -> c_int;
    fn umask(mask: c_uint) -> c_uint;
    fn isatty(fd: c_int) -> c_int;
    fn sync() -> ();
    fn alarm(seconds: c_uint) -> c_uint;
    fn abort() -> !;
    fn _exit(status: c_int) -> !;
}

/// `eventfd`.
///
/// # Errors
/// What the system says.
pub fn eventfd(initial: c_uint, flags: c_int) -> io::Result<c_int> {
    // SAFETY: numbers only.
    check(unsafe { libc::eventfd(initial, flags) })
}

/// `pidfd_open`.
///
/// # Errors
/// What the system says.
pub fn pidfd_open(pid: c_int, flags: c_uint) -> io::Result<c_int> {
    // SAFETY: numbers only.
    check(unsafe { libc::syscall(libc::SYS_pidfd_open, pid, flags) }).map(|fd| fd as c_int)
}

/// `pidfd_send_signal`, without a description of the signal.
///
/// # Errors
/// What the system says.
pub fn pidfd_send_signal(fd: c_int, signal: c_int, flags: c_uint) -> io::Result<()> {
    let none = std::ptr::null::<libc::siginfo_t>();
    // SAFETY: numbers only; no description is a valid one.
    check(unsafe { libc::syscall(libc::SYS_pidfd_send_signal, fd, signal, none, flags) }).map(|_| ())
}

/// `posix_fadvise`.
///
/// # Errors
/// What the system says.
pub fn posix_fadvise(fd: c_int, offset: i64, length: i64, advice: c_int) -> io::Result<()> {
    // SAFETY: numbers only.
    crate::check_number(unsafe { libc::posix_fadvise(fd, offset, length, advice) })
}

/// `posix_fallocate`.
///
/// # Errors
/// What the system says.
pub fn posix_fallocate(fd: c_int, offset: i64, length: i64) -> io::Result<()> {
    // SAFETY: numbers only.
    crate::check_number(unsafe { libc::posix_fallocate(fd, offset, length) })
}

fn clear_error() {
    // SAFETY: the thread's own error number.
    unsafe { *libc::__errno_location() = 0 };
}

/// What a call returned that may return -1 without failing; `clear_error` went before.
fn check_error<T: Copy + PartialEq + From<i8>>(result: T) -> io::Result<T> {
    let error = io::Error::last_os_error();
    if result == T::from(-1) && error.raw_os_error() != Some(0) { Err(error) } else { Ok(result) }
}

/// `nice`.
///
/// # Errors
/// What the system says.
pub fn nice(increment: c_int) -> io::Result<c_int> {
    clear_error();
    // SAFETY: a number.
    check_error(unsafe { libc::nice(increment) })
}

/// `getpriority`.
///
/// # Errors
/// What the system says.
pub fn getpriority(which: c_int, who: c_uint) -> io::Result<c_int> {
    clear_error();
    // SAFETY: numbers.
    check_error(unsafe { libc::getpriority(which as c_uint, who) })
}

/// `sysconf`; -1 for what has no limit.
///
/// # Errors
/// What the system says.
pub fn sysconf(name: c_int) -> io::Result<c_long> {
    clear_error();
    // SAFETY: a number.
    check_error(unsafe { libc::sysconf(name) })
}

/// `fpathconf`; -1 for what has no limit.
///
/// # Errors
/// What the system says.
pub fn fpathconf(fd: c_int, name: c_int) -> io::Result<c_long> {
    clear_error();
    // SAFETY: numbers.
    check_error(unsafe { libc::fpathconf(fd, name) })
}

/// `pathconf`; -1 for what has no limit.
///
/// # Errors
/// What the system says.
pub fn pathconf(path: &CStr, name: c_int) -> io::Result<c_long> {
    clear_error();
    // SAFETY: a terminated string and a number.
    check_error(unsafe { libc::pathconf(path.as_ptr(), name) })
}

/// `confstr`; `None` for what has no value.
///
/// # Errors
/// What the system says.
pub fn confstr(name: c_int) -> io::Result<Option<Vec<u8>>> {
    clear_error();
    // SAFETY: no buffer is asked for its length.
    let len = unsafe { libc::confstr(name, std::ptr::null_mut(), 0) };
    if len == 0 {
        let error = io::Error::last_os_error();
        return if error.raw_os_error() == Some(0) { Ok(None) } else { Err(error) };
    }
    let mut text = vec![0; len];
    // SAFETY: the buffer has that length.
    unsafe { libc::confstr(name, text.as_mut_ptr().cast(), len) };
    text.truncate(len - 1);
    Ok(Some(text))
}

/// The system's text for an error number.
pub fn strerror(number: c_int) -> String {
    let mut text = [0u8; 256];
    // SAFETY: the buffer has that length, and is terminated afterwards.
    unsafe { libc::strerror_r(number, text.as_mut_ptr().cast(), text.len()) };
    CStr::from_bytes_until_nul(&text).map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
}

/// The system's text for a signal, as `strsignal` gives it.
pub fn strsignal(number: c_int) -> Option<String> {
    // SAFETY: the text is static, or the thread's own until the next call.
    let text = unsafe { libc::strsignal(number) };
    if text.is_null() {
        return None;
    }
    // SAFETY: it is terminated.
    Some(unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
}
