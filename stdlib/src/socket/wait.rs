//! Calls that may wait: off the lock, no longer than the socket's timeout, and not past Ctrl-C.
//!
//! Whoever waits does so in `poll`, then makes the call itself, both in one stretch off the lock: to attach in between would
//! queue twice for the global lock. If somebody else took what `poll` saw, the call starts over.

use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, Result};

use super::failed;
use super::state::Open;

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
    /// That of a socket with this timeout, for a call that begins now.
    pub fn of(timeout: Option<Duration>) -> Patience {
        match timeout {
            Some(Duration::ZERO) => Patience::None,
            Some(timeout) => Instant::now().checked_add(timeout).map_or(Patience::Endless, Patience::Until),
            None => Patience::Endless,
        }
    }

    /// How long that is from now; `None` for ever.
    fn left(self) -> Option<Duration> {
        match self {
            Patience::None => Some(Duration::ZERO),
            Patience::Until(end) => Some(end.saturating_duration_since(Instant::now())),
            Patience::Endless => None,
        }
    }
}

enum Step<R> {
    Done(Result<R>),
    Again,
    TimedOut,
}

fn step<R>(
    link: &OwnedFd,
    events: PollFlags,
    patience: Patience,
    call: &mut impl FnMut(&OwnedFd) -> Result<R>,
) -> Step<R> {
    let waits = !matches!(patience, Patience::None);
    if waits {
        let limit = patience.left().and_then(|left| Timespec::try_from(left).ok());
        match poll(&mut [PollFd::new(link, events)], limit.as_ref()) {
            Ok(0) => return Step::TimedOut,
            Err(Errno::INTR) => return Step::Again,
            Ok(_) => {}
            Err(error) => return Step::Done(Err(error)),
        }
    }
    match call(link) {
        Err(Errno::INTR) => Step::Again,
        Err(Errno::AGAIN) if waits => Step::Again,
        result => Step::Done(result),
    }
}

/// Makes a call as soon as the socket is ready for it. The inner result is the system's.
pub fn attempt<R>(
    cx: &mut Ctx,
    link: &OwnedFd,
    events: PollFlags,
    patience: Patience,
    mut call: impl FnMut(&OwnedFd) -> Result<R>,
) -> Res<Result<R>> {
    loop {
        let step = cx.detached(|| step(link, events, patience, &mut call));
        cx.poll()?;
        match step {
            Step::Done(result) => return Ok(result),
            Step::Again => {}
            Step::TimedOut => return Err(timed_out(cx)),
        }
    }
}

/// The same for a socket object with its timeout; what fails raises.
pub fn perform<R>(cx: &mut Ctx, socket: &Open, events: PollFlags, call: impl FnMut(&OwnedFd) -> Result<R>) -> Res<R> {
    attempt(cx, &socket.link, events, Patience::of(socket.timeout), call)?.map_err(|error| failed(cx, error))
}

/// The exception of a timeout.
pub fn timed_out(cx: &Ctx) -> Raised {
    cx.raise(Builtin::TimeoutError, "timed out")
}
