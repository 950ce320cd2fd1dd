//! Terminals, and the numbers of devices.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::value::Value;
use argil_system::{libc, plain, terminal};

use super::args::{Bits, blocking, done, name_value};
use super::records::TERMINAL_SIZE;

/// Names a terminal.
fn name(cx: &mut Ctx, fd: i32, call: fn(i32) -> std::io::Result<Vec<u8>>) -> Res<Slot> {
    let name = blocking(cx, || call(fd))?;
    let cx: &Ctx = cx;
    Ok(cx.root(name_value(cx, &name, false)?))
}

/// Part of the number of a device; that of no device has none.
fn part(device: u64, part: fn(u64) -> u32) -> i64 {
    if device == u64::MAX { -1 } else { i64::from(part(device)) }
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Return True if the fd is connected to a terminal.
        call fn isatty(cx; fd: i32) -> bool { Ok(cx.detached(|| plain::isatty(fd)) != 0) }
        /// Return the name of the terminal device connected to 'fd'.
        call fn ttyname(cx; fd: i32) -> Slot { name(cx, fd, terminal::ttyname) }
        /// Return the name of the controlling terminal for this process.
        fn ctermid(cx) -> &'static str { Ok("/dev/tty") }
        /// Open and return a file descriptor for a master pseudo-terminal device.
        call fn posix_openpt(cx; oflag: i32) -> i64 {
            blocking(cx, || plain::posix_openpt(oflag | libc::O_CLOEXEC)).map(i64::from)
        }
        /// Grant access to the slave pseudo-terminal device.
        call fn grantpt(cx; fd: i32) -> () { blocking(cx, || plain::grantpt(fd)).map(|_| ()) }
        /// Unlock a pseudo-terminal master/slave pair.
        call fn unlockpt(cx; fd: i32) -> () { blocking(cx, || plain::unlockpt(fd)).map(|_| ()) }
        /// Return the name of the slave pseudo-terminal device.
        call fn ptsname(cx; fd: i32) -> Slot { name(cx, fd, terminal::ptsname) }
        /// Open a pseudo-terminal.
        fn openpty(cx) -> Value<'h> {
            let ends = done(cx, terminal::openpty())?;
            for end in ends {
                done(cx, argil_system::raw::fcntl(end, libc::F_SETFD, libc::FD_CLOEXEC))?;
            }
            Ok(cx.tuple(&ends.map(|end| cx.int(i64::from(end)))))
        }
        /// Prepare the tty of which fd is a file descriptor for a new login session.
        call fn login_tty(cx; fd: i32) -> () { blocking(cx, || terminal::login_tty(fd)) }
        /// Return the process group associated with the terminal specified by fd.
        fn tcgetpgrp(cx; fd: i32) -> i64 { done(cx, plain::tcgetpgrp(fd)).map(i64::from) }
        /// Set the process group associated with the terminal specified by fd.
        call fn tcsetpgrp(cx; fd: i32, pgid: i32) -> () { blocking(cx, || plain::tcsetpgrp(fd, pgid)).map(|_| ()) }
        /// Return the size of the terminal window as (columns, lines).
        fn get_terminal_size(cx; fd: i32 = 1) -> Value<'h> {
            let [rows, columns] = done(cx, terminal::size(fd))?;
            Ok(TERMINAL_SIZE.make(cx, &[columns, rows].map(|number| cx.int(i64::from(number)))))
        }
        /// Extracts a device major number from a raw device number.
        call fn major(cx; device: Bits) -> i64 { Ok(part(device.0, |device| libc::major(device))) }
        /// Extracts a device minor number from a raw device number.
        call fn minor(cx; device: Bits) -> i64 { Ok(part(device.0, |device| libc::minor(device))) }
        /// Composes a raw device number from the major and minor device numbers.
        call fn makedev(cx; major: Bits, minor: Bits) -> Slot {
            let device = match [major.0, minor.0] {
                [u64::MAX, u64::MAX] => u64::MAX,
                [major, minor] => libc::makedev(major as u32, minor as u32),
            };
            let cx: &Ctx = cx;
            Ok(cx.root(cx.uint(device)))
        }
    }
}
