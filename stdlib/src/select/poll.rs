//! `poll` objects.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::types::native::{Exclusive, NativeData};
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::poll as system;

use super::{Wait, seconds, wait};
use crate::posix::args::{Fd, done};

/// A `poll`. Several threads may register: a wait goes by what was registered when it began. One thread at a time may wait.
pub struct Poll {
    /// Whether a thread waits. Taken and given back by whoever does (AcqRel, Release), who needs nothing else of it.
    waits: AtomicBool,
    registered: Exclusive<BTreeMap<i32, u16>>,
}

impl Default for Poll {
    fn default() -> Poll {
        Poll { waits: AtomicBool::new(false), registered: Exclusive::new(BTreeMap::new()) }
    }
}

impl NativeData for Poll {}

/// What to watch for.
struct Events(u16);

impl FromSlot for Events {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let whole = number::index(cx, slot)?;
        let whole = cx.get(whole).as_int();
        if whole.is_some_and(number::int::is_negative) {
            return Err(cx.value_error("Cannot convert negative int"));
        }
        let small = whole.and_then(Int::to_i64).and_then(|whole| u16::try_from(whole).ok());
        small.map(Events).ok_or_else(|| cx.overflow_error("Python int too large for C unsigned short"))
    }
}

/// What is watched for if nothing is said.
const USUAL: Events = Events((libc::POLLIN | libc::POLLPRI | libc::POLLOUT) as u16);

/// The end of a wait for a number of milliseconds.
pub(super) fn until(cx: &mut Ctx, timeout: Option<Slot>) -> Res<Wait> {
    let Some(timeout) = timeout else { return Ok(Wait(None)) };
    let message = "timeout must be an integer or None";
    let thousandfold = seconds(cx, timeout, message)?;
    let Some(length) = thousandfold.length() else { return Ok(Wait(None)) };
    Ok(Wait(Some(std::time::Instant::now() + length / 1000)))
}

natives! {
    pub(super) static METHODS = {
        /// Register a file descriptor with the polling object.
        call fn register(cx; self_: Slot, fd: Fd, eventmask: Events = USUAL) -> () {
            cx.state::<Poll>(self_)?.registered.with(|all| all.insert(fd.0, eventmask.0));
            Ok(())
        }
        /// Modify an already registered file descriptor.
        call fn modify(cx; self_: Slot, fd: Fd, eventmask: Events) -> () {
            let known = cx.state::<Poll>(self_)?.registered.with(|all| match all.get_mut(&fd.0) {
                Some(events) => {
                    *events = eventmask.0;
                    true
                }
                None => false,
            });
            if known { Ok(()) } else { done(cx, Err(std::io::Error::from_raw_os_error(libc::ENOENT))) }
        }
        /// Remove a file descriptor being tracked by the polling object.
        call fn unregister(cx; self_: Slot, fd: Fd) -> () {
            match cx.state::<Poll>(self_)?.registered.with(|all| all.remove(&fd.0)) {
                Some(_) => Ok(()),
                None => Err(cx.raise_with(Builtin::KeyError, &[cx.int(i64::from(fd.0))])),
            }
        }
        /// Polls the set of registered file descriptors.
        call fn poll(cx; self_: Slot, timeout: Option<Slot> = None) -> Slot {
            let until = until(cx, timeout)?;
            let watched = cx.state::<Poll>(self_)?.registered.with(|all| {
                all.iter().map(|(fd, events)| system::watch(*fd, *events as i16)).collect::<Vec<_>>()
            });
            let mut watched = watched;
            if cx.state::<Poll>(self_)?.waits.swap(true, Ordering::AcqRel) {
                return Err(cx.raise(Builtin::RuntimeError, "concurrent poll() invocation"));
            }
            let waited = wait(cx, &mut watched, until);
            cx.state::<Poll>(self_)?.waits.store(false, Ordering::Release);
            waited?;
            let cx: &Ctx = cx;
            let came = watched.iter().filter(|watch| watch.revents != 0);
            let pairs: Vec<Value<'_>> = came
                .map(|watch| cx.tuple(&[cx.int(i64::from(watch.fd)), cx.int(i64::from(watch.revents as u16))]))
                .collect();
            Ok(cx.root(Value::of(List::from_values(cx, &pairs))))
        }
    }
}
