//! `fcntl` and `ioctl`: their argument is a number, or bytes that the kernel reads and writes.

use std::ffi::{c_int, c_ulong};
use std::io;

use crate::check;

/// Room behind the bytes of an argument: the kernel writes what the request says, and a script may have given less.
pub const ROOM: usize = 1024;

/// `fcntl` with a number.
///
/// # Errors
/// What the system says.
pub fn fcntl(fd: c_int, command: c_int, argument: c_int) -> io::Result<c_int> {
    // SAFETY: numbers. What commands take an address get one that the kernel refuses, as it does in C.
    check(unsafe { libc::fcntl(fd, command, argument) })
}

/// `fcntl` with bytes: what is in them afterwards.
///
/// # Errors
/// What the system says.
pub fn fcntl_bytes(fd: c_int, command: c_int, bytes: &mut [u8; ROOM]) -> io::Result<c_int> {
    // SAFETY: no command takes more than the buffer has.
    check(unsafe { libc::fcntl(fd, command, bytes.as_mut_ptr()) })
}

/// `ioctl` with a number.
///
/// # Errors
/// What the system says.
pub fn ioctl(fd: c_int, request: c_ulong, argument: c_int) -> io::Result<c_int> {
    // SAFETY: a number; the kernel checks addresses.
    check(unsafe { libc::ioctl(fd, request, argument) })
}

/// `ioctl` with bytes: what is in them afterwards. The slice has at least [`ROOM`] bytes.
///
/// # Errors
/// What the system says.
pub fn ioctl_bytes(fd: c_int, request: c_ulong, bytes: &mut [u8]) -> io::Result<c_int> {
    assert!(bytes.len() >= ROOM, "there is room for what the kernel writes");
    // SAFETY: requests that say how much they take say at most 2^14; the usual ones take far less than the room.
    check(unsafe { libc::ioctl(fd, request, bytes.as_mut_ptr()) })
}

/// `fcntl` for locks: kind, start, length and whence.
///
/// # Errors
/// What the system says.
pub fn lock(fd: c_int, waits: bool, kind: c_int, range: (i64, i64, c_int)) -> io::Result<()> {
    let (l_start, l_len, whence) = range;
    let lock =
        libc::flock { l_type: kind as libc::c_short, l_whence: whence as libc::c_short, l_start, l_len, l_pid: 0 };
    let command = if waits { libc::F_SETLKW } else { libc::F_SETLK };
    // SAFETY: the struct lives during the call.
    check(unsafe { libc::fcntl(fd, command, &lock) }).map(|_| ())
}
