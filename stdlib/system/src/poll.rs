//! Waiting for descriptors: `poll` and `epoll`.

use std::ffi::{c_int, c_short};
use std::io;

use crate::check;

/// A descriptor, what it is watched for, and what came of it.
pub type Watch = libc::pollfd;

/// `poll`; without a time, for as long as it takes. How many descriptors something came of.
///
/// # Errors
/// What the system says.
pub fn poll(watched: &mut [Watch], time: Option<(i64, i64)>) -> io::Result<usize> {
    let time = time.map(|(tv_sec, tv_nsec)| libc::timespec { tv_sec, tv_nsec });
    let time = time.as_ref().map_or(std::ptr::null(), std::ptr::from_ref);
    let count = watched.len() as libc::nfds_t;
    // SAFETY: the slice has that length; no set of signals is given.
    check(unsafe { libc::ppoll(watched.as_mut_ptr(), count, time, std::ptr::null()) }).map(|count| count as usize)
}

/// A watch for a descriptor.
pub fn watch(fd: c_int, events: c_short) -> Watch {
    libc::pollfd { fd, events, revents: 0 }
}

/// `epoll_ctl`.
///
/// # Errors
/// What the system says.
pub fn epoll_ctl(epoll: c_int, operation: c_int, fd: c_int, events: u32) -> io::Result<()> {
    let mut event = libc::epoll_event { events, u64: fd as u64 };
    // SAFETY: the struct lives during the call.
    check(unsafe { libc::epoll_ctl(epoll, operation, fd, &mut event) }).map(|_| ())
}

/// `epoll_wait`, for a number of milliseconds, or as long as it takes if that is -1: descriptors with what came of them.
///
/// # Errors
/// What the system says.
pub fn epoll_wait(epoll: c_int, most: usize, milliseconds: c_int) -> io::Result<Vec<(c_int, u32)>> {
    let mut events = vec![libc::epoll_event { events: 0, u64: 0 }; most];
    let room = c_int::try_from(most).unwrap_or(c_int::MAX);
    // SAFETY: there is room for so many.
    let count = check(unsafe { libc::epoll_wait(epoll, events.as_mut_ptr(), room, milliseconds) })?;
    Ok(events[..count as usize].iter().map(|event| (event.u64 as c_int, event.events)).collect())
}
