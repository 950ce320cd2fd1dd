//! Starting a program in a process that is set up before: a copy of this process sets itself up, then runs the program.
//!
//! Between the two, the copy has one thread, whatever locks others held are held for ever, and so it calls nothing but what
//! signal handlers may call: no memory is allocated, nothing is locked, and credentials are set by system calls, not by libc's
//! functions, which speak with all threads.

use std::ffi::{CStr, CString, c_char, c_int, c_uint};
use std::io;

/// What to run, and how to set up the process.
pub struct Start<'a> {
    /// Where the program may be, in the order in which to try.
    pub executables: &'a [CString],
    /// Its arguments.
    pub arguments: &'a [CString],
    /// Its environment; that of this process if there is none.
    pub environment: Option<&'a [CString]>,
    /// Whether to close what `keep` does not list, from 3 on.
    pub closes: bool,
    /// Descriptors that stay open and are inherited, in order.
    pub keep: &'a [c_int],
    /// Its folder.
    pub folder: Option<&'a CStr>,
    /// Its standard input, output and error; -1 where it gets this process's.
    pub standard: [c_int; 3],
    /// The other ends of these, which it does not need; -1 where there is none.
    pub others: [c_int; 3],
    /// Where errors are read here, and written there.
    pub errors: [c_int; 2],
    /// Whether signals that this process ignores do again what they do by default.
    pub restores_signals: bool,
    /// Whether it begins a session.
    pub session: bool,
    /// Its process group; -1 for this process's, 0 for one of its own.
    pub group: c_int,
    /// Its group.
    pub gid: Option<c_uint>,
    /// Its further groups.
    pub groups: Option<&'a [c_uint]>,
    /// Its user.
    pub uid: Option<c_uint>,
    /// Its mask for new files; -1 for this process's.
    pub umask: c_int,
    /// Whether SIGINT is to reach it though the calling thread blocks that.
    pub unblocks_interrupts: bool,
}

/// What failed in the new process: a text for whoever reads the errors.
type Failed = &'static [u8];

/// Starts a process.
///
/// # Errors
/// If the system starts none. What fails in it is written to its end of `errors`, as `OSError:number in hexadecimal:text`.
pub fn start(start: &Start<'_>) -> io::Result<c_int> {
    let pointers = |texts: &[CString]| -> Vec<*const c_char> {
        texts.iter().map(|text| text.as_ptr()).chain([std::ptr::null()]).collect()
    };
    let arguments = pointers(start.arguments);
    let environment = start.environment.map(pointers);
    // SAFETY: signals are blocked, so that no handler runs in the copy. That calls only what a signal handler may, and ends or
    // runs another program.
    unsafe {
        let (mut all, mut old): (libc::sigset_t, libc::sigset_t) = (std::mem::zeroed(), std::mem::zeroed());
        libc::sigfillset(&mut all);
        libc::pthread_sigmask(libc::SIG_SETMASK, &all, &mut old);
        let pid = libc::fork();
        if pid == 0 {
            if start.unblocks_interrupts {
                libc::sigdelset(&mut old, libc::SIGINT);
            }
            let failed = run(start, &arguments, environment.as_deref(), &old);
            report(start.errors[1], failed);
            libc::_exit(255);
        }
        let error = io::Error::last_os_error();
        libc::pthread_sigmask(libc::SIG_SETMASK, &old, std::ptr::null_mut());
        if pid < 0 { Err(error) } else { Ok(pid) }
    }
}

/// Sets up the copy and runs the program; returns if that fails.
///
/// # Safety
/// It is called in a copy of a process, which afterwards does nothing but report.
unsafe fn run(
    start: &Start<'_>,
    arguments: &[*const c_char],
    environment: Option<&[*const c_char]>,
    mask: &libc::sigset_t,
) -> Failed {
    // SAFETY: all of this may be called in a signal handler; strings and lists are terminated.
    unsafe {
        if set_up(start).is_none() {
            return b"noexec";
        }
        if start.folder.is_some_and(|folder| libc::chdir(folder.as_ptr()) != 0) {
            return b"noexec:chdir";
        }
        if set_credentials(start, mask).is_none() {
            return b"noexec";
        }
        if start.closes {
            close_others(start.keep);
        }
        let mut error = 0;
        for executable in start.executables {
            match environment {
                Some(environment) => libc::execve(executable.as_ptr(), arguments.as_ptr(), environment.as_ptr()),
                None => libc::execv(executable.as_ptr(), arguments.as_ptr()),
            };
            let now = *libc::__errno_location();
            // What says most: that a program was there, and could not be run.
            if now != libc::ENOENT && now != libc::ENOTDIR && error == 0 {
                error = now;
            }
        }
        if error != 0 {
            *libc::__errno_location() = error;
        }
        b""
    }
}

/// Makes a descriptor one that the program inherits.
///
/// # Safety
/// None is needed: numbers only.
unsafe fn inherit(fd: c_int) -> Option<()> {
    // SAFETY: numbers only.
    (unsafe { libc::fcntl(fd, libc::F_SETFD, 0) } != -1).then_some(())
}

/// Puts the descriptors in their places.
///
/// # Safety
/// As [`run`].
unsafe fn set_up(start: &Start<'_>) -> Option<()> {
    // SAFETY: numbers only.
    unsafe {
        for fd in start.keep {
            if *fd != start.errors[1] {
                inherit(*fd)?;
            }
        }
        for fd in start.others {
            if fd >= 0 {
                libc::close(fd);
            }
        }
        libc::close(start.errors[0]);
        let mut standard = start.standard;
        // What lies in the place of another moves out of its way.
        for (place, fd) in standard.iter_mut().enumerate().skip(1) {
            while (0..place as c_int).contains(fd) {
                *fd = libc::fcntl(*fd, libc::F_DUPFD_CLOEXEC, 3);
                if *fd == -1 {
                    return None;
                }
            }
        }
        for (place, fd) in standard.into_iter().enumerate() {
            let place = place as c_int;
            if fd == place {
                inherit(fd)?;
            } else if fd != -1 && libc::dup2(fd, place) == -1 {
                return None;
            }
        }
        Some(())
    }
}

/// Sets who the process is, and what it does about signals.
///
/// # Safety
/// As [`run`].
unsafe fn set_credentials(start: &Start<'_>, mask: &libc::sigset_t) -> Option<()> {
    // SAFETY: numbers, and a slice of the length that is given.
    unsafe {
        if start.umask >= 0 {
            libc::umask(start.umask as libc::mode_t);
        }
        if start.restores_signals {
            for signal in [libc::SIGPIPE, libc::SIGXFSZ] {
                libc::signal(signal, libc::SIG_DFL);
            }
        }
        libc::pthread_sigmask(libc::SIG_SETMASK, mask, std::ptr::null_mut());
        if start.session && libc::setsid() == -1 {
            return None;
        }
        if start.group >= 0 && libc::setpgid(0, start.group) == -1 {
            return None;
        }
        if let Some(groups) = start.groups
            && libc::syscall(libc::SYS_setgroups, groups.len(), groups.as_ptr()) == -1
        {
            return None;
        }
        if start.gid.is_some_and(|gid| libc::syscall(libc::SYS_setregid, gid, gid) == -1) {
            return None;
        }
        if start.uid.is_some_and(|uid| libc::syscall(libc::SYS_setreuid, uid, uid) == -1) {
            return None;
        }
        Some(())
    }
}

/// Closes what is from 3 on and not to be kept.
///
/// # Safety
/// As [`run`].
unsafe fn close_others(keep: &[c_int]) {
    let mut from: c_uint = 3;
    for fd in keep.iter().map(|fd| *fd as c_uint).filter(|fd| *fd >= 3) {
        if fd > from {
            // SAFETY: numbers only.
            unsafe { close_range(from, fd - 1) };
        }
        from = fd + 1;
    }
    // SAFETY: numbers only.
    unsafe { close_range(from, c_uint::MAX) };
}

/// # Safety
/// As [`run`].
unsafe fn close_range(first: c_uint, last: c_uint) {
    // SAFETY: numbers only.
    unsafe {
        if libc::syscall(libc::SYS_close_range, first, last, 0) == 0 {
            return;
        }
        let mut limit: libc::rlimit = std::mem::zeroed();
        libc::getrlimit(libc::RLIMIT_NOFILE, &mut limit);
        for fd in first..=last.min(limit.rlim_cur.min(1 << 20) as c_uint) {
            libc::close(fd as c_int);
        }
    }
}

/// Writes what failed.
///
/// # Safety
/// As [`run`].
unsafe fn report(to: c_int, failed: Failed) {
    // SAFETY: the bytes are from the stack and static; the error number is the thread's own.
    unsafe {
        let number = *libc::__errno_location() as c_uint;
        let mut text = [0u8; 64];
        let mut len = 0;
        let mut put = |bytes: &[u8]| {
            for byte in bytes {
                if len < text.len() {
                    text[len] = *byte;
                    len += 1;
                }
            }
        };
        put(b"OSError:");
        let digits = (32 - number.leading_zeros()).div_ceil(4).max(1);
        for place in (0..digits).rev() {
            put(&[b"0123456789abcdef"[(number >> (4 * place) & 15) as usize]]);
        }
        put(b":");
        put(failed);
        libc::write(to, text.as_ptr().cast(), len);
    }
}
