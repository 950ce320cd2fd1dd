//! Calls that may wait: off the lock, no longer than the socket's timeout, and not past a signal's handler.
//!
//! A socket without a limit waits in the call itself. One with a limit does so in `poll`, then makes the call, both in one stretch
//! off the lock: to attach in between would queue twice for the global lock. If somebody else took what `poll` saw, the call
//! starts over.

use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::types::bytes::buffer;
use argil_system::libc::{POLLERR, POLLIN, POLLOUT};
use argil_system::poll;

use super::state::Open;
use crate::posix::args::done;

/// What is to be read.
pub const READ: i16 = POLLIN;
/// Room for what is to be written.
pub const WRITE: i16 = POLLOUT;
/// The end of an attempt to connect.
pub const CONNECT: i16 = POLLOUT | POLLERR;

/// How long a call may still wait.
#[derive(Clone, Copy)]
pub enum Patience {
    /// Not at all: what cannot be done at once fails.
    None,
    /// Until a moment.
    Until(Instant),
    /// For ever.
    Endless,
}

impl Patience {
    /// The moment at which it ends, if there is one to wait for.
    fn end(self) -> Option<Instant> {
        if let Patience::Until(end) = self { Some(end) } else { None }
    }

    /// That of a socket with this timeout, for a call that begins now.
    pub fn of(timeout: Option<Duration>) -> Patience {
        match timeout {
            Some(Duration::ZERO) => Patience::None,
            Some(timeout) => Instant::now().checked_add(timeout).map_or(Patience::Endless, Patience::Until),
            None => Patience::Endless,
        }
    }
}

enum Step<R> {
    Done(io::Result<R>),
    Again,
    TimedOut,
}

impl<R> Step<R> {
    /// What came of it; `None` if it begins again.
    fn result(self, cx: &mut Ctx) -> Res<Option<io::Result<R>>> {
        match self {
            Step::Done(result) => Ok(Some(result)),
            Step::Again => cx.poll().map(|()| None),
            Step::TimedOut => Err(timed_out(cx)),
        }
    }
}

fn step<R>(fd: i32, events: i16, end: Option<Instant>, call: &mut impl FnMut(i32) -> io::Result<R>) -> Step<R> {
    if let Some(end) = end {
        let left = end.saturating_duration_since(Instant::now());
        let left = (left.as_secs() as i64, i64::from(left.subsec_nanos()));
        match poll::poll(&mut [poll::watch(fd, events)], Some(left)) {
            Ok(0) => return Step::TimedOut,
            Err(error) if error.kind() == ErrorKind::Interrupted => return Step::Again,
            Ok(_) => {}
            Err(error) => return Step::Done(Err(error)),
        }
    }
    match call(fd) {
        Err(error) if error.kind() == ErrorKind::Interrupted => Step::Again,
        Err(error) if error.kind() == ErrorKind::WouldBlock && end.is_some() => Step::Again,
        result => Step::Done(result),
    }
}

/// Makes a call as soon as the socket is ready for it. The inner result is the system's.
pub fn attempt<R>(
    cx: &mut Ctx,
    socket: &Open,
    events: i16,
    patience: Patience,
    mut call: impl FnMut(i32) -> io::Result<R>,
) -> Res<io::Result<R>> {
    loop {
        let step = cx.detached(|| step(socket.fd(), events, patience.end(), &mut call));
        if let Some(result) = step.result(cx)? {
            return Ok(result);
        }
    }
}

/// Sends something of the bytes from `start` on of a bytes object, as soon as there is room; how many the system took.
pub fn send(
    cx: &mut Ctx,
    socket: &Open,
    patience: Patience,
    (data, start): (Slot, usize),
    call: impl Fn(i32, &[u8]) -> io::Result<usize>,
) -> Res<usize> {
    loop {
        let sent = cx.scope(|cx| {
            let step = buffer::detached(cx, data, |bytes| {
                let rest = bytes.get(start..).unwrap_or_default();
                step(socket.fd(), WRITE, patience.end(), &mut |fd| call(fd, rest))
            })?;
            let result = step.result(cx)?;
            result.map(|result| done(cx, result)).transpose()
        })?;
        if let Some(sent) = sent {
            return Ok(sent);
        }
    }
}

/// The same with the socket's own timeout; what fails raises.
pub fn perform<R>(cx: &mut Ctx, socket: &Open, events: i16, call: impl FnMut(i32) -> io::Result<R>) -> Res<R> {
    let result = attempt(cx, socket, events, Patience::of(socket.timeout), call)?;
    done(cx, result)
}

/// The exception of a timeout.
fn timed_out(cx: &Ctx) -> Raised {
    cx.raise(Builtin::TimeoutError, "timed out")
}
