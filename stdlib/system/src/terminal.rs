//! Terminals.

use std::ffi::{c_int, c_ushort};
use std::io;
use std::mem::MaybeUninit;

use crate::{check, check_number};

/// The size of a terminal: rows and columns.
///
/// # Errors
/// What the system says.
pub fn size(fd: c_int) -> io::Result<[c_ushort; 2]> {
    let mut size = MaybeUninit::<libc::winsize>::zeroed();
    // SAFETY: the struct has room, and may be zero.
    unsafe {
        check(libc::ioctl(fd, libc::TIOCGWINSZ, size.as_mut_ptr()))?;
        let size = size.assume_init();
        Ok([size.ws_row, size.ws_col])
    }
}

/// Sets the size of a terminal: rows and columns.
///
/// # Errors
/// What the system says.
pub fn set_size(fd: c_int, [ws_row, ws_col]: [c_ushort; 2]) -> io::Result<()> {
    let mut size = MaybeUninit::<libc::winsize>::zeroed();
    // SAFETY: the struct has room, and may be zero; it lives during the calls.
    unsafe {
        check(libc::ioctl(fd, libc::TIOCGWINSZ, size.as_mut_ptr()))?;
        let size = libc::winsize { ws_row, ws_col, ..size.assume_init() };
        check(libc::ioctl(fd, libc::TIOCSWINSZ, &size)).map(|_| ())
    }
}

/// `openpty`: the two ends.
///
/// # Errors
/// What the system says.
pub fn openpty() -> io::Result<[c_int; 2]> {
    let [mut main, mut other] = [-1; 2];
    let null = std::ptr::null_mut();
    // SAFETY: two places for numbers; nothing else is asked for.
    check(unsafe { libc::openpty(&mut main, &mut other, null, null.cast(), null.cast()) })?;
    Ok([main, other])
}

/// `login_tty`.
///
/// # Errors
/// What the system says.
pub fn login_tty(fd: c_int) -> io::Result<()> {
    // SAFETY: a number.
    check(unsafe { libc::login_tty(fd) }).map(|_| ())
}

/// `ttyname_r`.
///
/// # Errors
/// What the system says.
pub fn ttyname(fd: c_int) -> io::Result<Vec<u8>> {
    let mut name = [0u8; 256];
    // SAFETY: the buffer has that length.
    check_number(unsafe { libc::ttyname_r(fd, name.as_mut_ptr().cast(), name.len()) })?;
    Ok(name.iter().copied().take_while(|byte| *byte != 0).collect())
}

/// `ptsname_r`.
///
/// # Errors
/// What the system says.
pub fn ptsname(fd: c_int) -> io::Result<Vec<u8>> {
    let mut name = [0u8; 256];
    // SAFETY: the buffer has that length.
    check_number(unsafe { libc::ptsname_r(fd, name.as_mut_ptr().cast(), name.len()) })?;
    Ok(name.iter().copied().take_while(|byte| *byte != 0).collect())
}

/// `tcgetattr`.
///
/// # Errors
/// What the system says.
pub fn tcgetattr(fd: c_int) -> io::Result<libc::termios> {
    let mut modes = MaybeUninit::<libc::termios>::zeroed();
    // SAFETY: the struct has room, and may be zero.
    unsafe {
        check(libc::tcgetattr(fd, modes.as_mut_ptr()))?;
        Ok(modes.assume_init())
    }
}

/// `tcsetattr`.
///
/// # Errors
/// What the system says.
pub fn tcsetattr(fd: c_int, when: c_int, modes: &libc::termios) -> io::Result<()> {
    // SAFETY: the struct lives during the call.
    check(unsafe { libc::tcsetattr(fd, when, modes) }).map(|_| ())
}

/// The speeds of a terminal: input and output.
pub fn speeds(modes: &libc::termios) -> [libc::speed_t; 2] {
    // SAFETY: the struct lives during the calls.
    unsafe { [libc::cfgetispeed(modes), libc::cfgetospeed(modes)] }
}

/// Sets the speeds of a terminal: input and output.
///
/// # Errors
/// If there is no such speed.
pub fn set_speeds(modes: &mut libc::termios, [input, output]: [libc::speed_t; 2]) -> io::Result<()> {
    // SAFETY: the struct lives during the calls.
    unsafe {
        check(libc::cfsetispeed(modes, input))?;
        check(libc::cfsetospeed(modes, output)).map(|_| ())
    }
}
