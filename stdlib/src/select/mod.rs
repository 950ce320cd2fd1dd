//! `select`: waiting for descriptors.

mod epoll;
mod poll;

use std::time::Instant;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::ops::iter;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::poll::{self as system, Watch};

use crate::posix::args::{done, fileno};
use crate::posix::define_numbers;
use crate::time::Seconds;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "select", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    define_numbers(cx, module, CONSTANTS);
    cx.define(module, "error", Value::of(cx.class(Builtin::OSError)));
    cx.define_native_class::<epoll::Epoll>(module, &NativeClass::new("epoll", &[epoll::METHODS]));
    cx.define_native_class::<poll::Poll>(module, &NativeClass::nameless("poll", &[poll::METHODS]));
    Ok(())
}

/// `FD_SETSIZE`: descriptors from here on cannot be in a set.
const SET_SIZE: i32 = 1024;

/// How long to wait.
#[derive(Clone, Copy)]
struct Wait(Option<Instant>);

impl Wait {
    /// The time that is left, in seconds and nanoseconds.
    fn left(self) -> Option<(i64, i64)> {
        let left = self.0?.saturating_duration_since(Instant::now());
        Some((left.as_secs() as i64, i64::from(left.subsec_nanos())))
    }

    /// The time that is left in whole milliseconds, rounded up; -1 for as long as it takes.
    fn milliseconds(self) -> i32 {
        match self.left() {
            None => -1,
            Some((seconds, nanoseconds)) => {
                let all = seconds.saturating_mul(1000).saturating_add((nanoseconds + 999_999) / 1_000_000);
                i32::try_from(all).unwrap_or(i32::MAX)
            }
        }
    }
}

/// The seconds that a timeout is, with the message for what is no number.
fn seconds(cx: &mut Ctx, value: Slot, message: &str) -> Res<Seconds> {
    match Seconds::of(cx, value) {
        Ok(seconds) => Ok(seconds),
        Err(raised) => {
            cx.catch(raised, Builtin::TypeError)?;
            Err(cx.type_error(message))
        }
    }
}

/// Waits until something comes of descriptors or time is over.
fn wait(cx: &mut Ctx, watched: &mut [Watch], until: Wait) -> Res<usize> {
    loop {
        let left = until.left();
        match cx.detached(|| system::poll(watched, left)) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => cx.poll()?,
            result => return done(cx, result),
        }
    }
}

/// Objects with their descriptors.
fn watched(cx: &mut Ctx, objects: Slot) -> Res<Vec<(Slot, i32)>> {
    let list = match iter::collect(cx, objects) {
        Ok(list) => list,
        Err(raised) => {
            if cx.get(objects).as_int().is_some() {
                let _ = cx.take_raised(raised);
                return Err(cx.type_error("arguments 1-3 must be sequences"));
            }
            return Err(raised);
        }
    };
    // What `fileno` does to a list shows at once.
    let list = if cx.get(objects).cast::<List>().is_some() { objects } else { list };
    let mut found = Vec::new();
    while let Some(object) = {
        let cx: &Ctx = cx;
        cx.get(list).cast::<List>().and_then(|list| list.get(cx, found.len())).map(|object| cx.root(object))
    } {
        let fd = fileno(cx, object)?;
        if found.len() >= SET_SIZE as usize {
            return Err(cx.value_error("too many file descriptors in select()"));
        }
        if fd >= SET_SIZE {
            return Err(cx.value_error("filedescriptor out of range in select()"));
        }
        found.push((object, fd));
    }
    Ok(found)
}

/// What a set of `select` watches for, and what came of a descriptor counts for it.
const SETS: [(i16, i16); 3] = [
    (
        libc::POLLIN | libc::POLLRDNORM | libc::POLLRDBAND,
        libc::POLLIN | libc::POLLRDNORM | libc::POLLRDBAND | libc::POLLHUP | libc::POLLERR,
    ),
    (
        libc::POLLOUT | libc::POLLWRNORM | libc::POLLWRBAND,
        libc::POLLOUT | libc::POLLWRNORM | libc::POLLWRBAND | libc::POLLERR,
    ),
    (libc::POLLPRI, libc::POLLPRI),
];

fn select(cx: &mut Ctx, lists: [Slot; 3], timeout: Option<Slot>) -> Res<Slot> {
    let until = match timeout {
        None => Wait(None),
        Some(timeout) => {
            let seconds = seconds(cx, timeout, "timeout must be a float or None")?;
            if seconds.length().is_none() {
                return Err(cx.value_error("timeout must be non-negative"));
            }
            Wait(Some(seconds.deadline()))
        }
    };
    let mut sets = Vec::with_capacity(3);
    for list in lists {
        sets.push(watched(cx, list)?);
    }
    // The kernel's own `select` does the same with these events, and is told of each descriptor and set apart.
    let mut polled: Vec<Watch> = sets
        .iter()
        .zip(SETS)
        .flat_map(|(set, (events, _))| set.iter().map(move |(_, fd)| system::watch(*fd, events)))
        .collect();
    loop {
        wait(cx, &mut polled, until)?;
        if polled.iter().any(|watch| watch.revents & libc::POLLNVAL != 0) {
            return done(cx, Err(std::io::Error::from_raw_os_error(libc::EBADF)));
        }
        let mut came = polled.iter().map(|watch| watch.revents);
        let ready: Vec<Vec<Slot>> = sets
            .iter()
            .zip(SETS)
            .map(|(set, (_, counts))| {
                let ready = set.iter().zip(came.by_ref()).filter(|(_, came)| came & counts != 0);
                ready.map(|((object, _), _)| *object).collect()
            })
            .collect();
        // A broken connection ends `poll` also for those who watch for urgent data only.
        let is_over = until.left() == Some((0, 0));
        if is_over || ready.iter().any(|ready| !ready.is_empty()) {
            let cx: &Ctx = cx;
            let lists: Vec<Value<'_>> = ready
                .iter()
                .map(|ready| {
                    let ready: Vec<Value<'_>> = ready.iter().map(|object| cx.get(*object)).collect();
                    Value::of(List::from_values(cx, &ready))
                })
                .collect();
            return Ok(cx.root(cx.tuple(&lists)));
        }
        cx.detached(std::thread::yield_now);
        cx.poll()?;
    }
}

natives! {
    static FUNCTIONS = {
        /// Wait until one or more file descriptors are ready for some kind of I/O.
        call fn select(cx; rlist: Slot, wlist: Slot, xlist: Slot, timeout: Option<Slot> = None) -> Slot {
            self::select(cx, [rlist, wlist, xlist], timeout)
        }
        /// Returns a polling object.
        call fn poll(cx) -> Slot { Ok(cx.new_of_native_class(poll::Poll::default())) }
    }
}

/// Name and value.
const CONSTANTS: &[(&str, i64)] = &[
    ("EPOLLERR", 8),
    ("EPOLLET", 0x80000000),
    ("EPOLLEXCLUSIVE", 0x10000000),
    ("EPOLLHUP", 16),
    ("EPOLLIN", 1),
    ("EPOLLMSG", 1024),
    ("EPOLLONESHOT", 0x40000000),
    ("EPOLLOUT", 4),
    ("EPOLLPRI", 2),
    ("EPOLLRDBAND", 128),
    ("EPOLLRDHUP", 0x2000),
    ("EPOLLRDNORM", 64),
    ("EPOLLWAKEUP", 0x20000000),
    ("EPOLLWRBAND", 512),
    ("EPOLLWRNORM", 256),
    ("EPOLL_CLOEXEC", 0x80000),
    ("PIPE_BUF", 0x1000),
    ("POLLERR", 8),
    ("POLLHUP", 16),
    ("POLLIN", 1),
    ("POLLMSG", 1024),
    ("POLLNVAL", 32),
    ("POLLOUT", 4),
    ("POLLPRI", 2),
    ("POLLRDBAND", 128),
    ("POLLRDHUP", 0x2000),
    ("POLLRDNORM", 64),
    ("POLLWRBAND", 512),
    ("POLLWRNORM", 256),
];
