//! `epoll` objects.

use std::sync::atomic::{AtomicI32, Ordering};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::list::List;
use argil_interp::types::native::NativeData;
use argil_interp::value::Value;
use argil_system::poll as system;
use argil_system::{libc, plain};

use super::{Wait, seconds};
use crate::posix::args::{Bits, Fd, done};

/// An `epoll`.
pub struct Epoll {
    /// The descriptor; -1 when it is closed, which one thread does (AcqRel: the number is closed once). Read by whoever uses it
    /// (Acquire).
    fd: AtomicI32,
}

impl NativeData for Epoll {}

impl Drop for Epoll {
    fn drop(&mut self) {
        self.close();
    }
}

impl Epoll {
    fn close(&self) {
        let fd = self.fd.swap(-1, Ordering::AcqRel);
        if fd >= 0 {
            let _ = plain::close(fd);
        }
    }
}

fn open(cx: &Ctx, this: Slot) -> Res<i32> {
    match cx.state::<Epoll>(this)?.fd.load(Ordering::Acquire) {
        fd if fd >= 0 => Ok(fd),
        _ => Err(cx.value_error("I/O operation on closed epoll object")),
    }
}

fn change(cx: &mut Ctx, this: Slot, operation: i32, fd: i32, events: u32) -> Res<()> {
    let epoll = open(cx, this)?;
    let result = cx.detached(|| system::epoll_ctl(epoll, operation, fd, events));
    done(cx, result)
}

/// What is watched for if nothing is said.
const USUAL: Bits = Bits((libc::EPOLLIN | libc::EPOLLPRI | libc::EPOLLOUT) as u64);

/// How many events one wait reports if nothing is said: one less than a set of `select` holds.
const USUAL_MOST: i32 = 1023;

fn poll(cx: &mut Ctx, this: Slot, timeout: Option<Slot>, most: i32) -> Res<Slot> {
    let epoll = open(cx, this)?;
    let until = match timeout {
        None => Wait(None),
        Some(timeout) => {
            let seconds = seconds(cx, timeout, "timeout must be an integer or None")?;
            Wait(seconds.length().map(|length| std::time::Instant::now() + length))
        }
    };
    let most = match most {
        -1 => USUAL_MOST,
        most if most < 1 => {
            return Err(cx.value_error(format!("maxevents must be greater than 0, got {most}")));
        }
        // More cannot be open than this.
        most => most.min(1 << 20),
    };
    let events = loop {
        let left = until.milliseconds();
        match cx.detached(|| system::epoll_wait(epoll, most as usize, left)) {
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => cx.poll()?,
            result => break done(cx, result)?,
        }
    };
    let cx: &Ctx = cx;
    let pairs: Vec<Value<'_>> =
        events.into_iter().map(|(fd, events)| cx.tuple(&[cx.int(i64::from(fd)), cx.int(i64::from(events))])).collect();
    Ok(cx.root(Value::of(List::from_values(cx, &pairs))))
}

natives! {
    pub(super) static METHODS = {
        static call fn __new__(cx; cls: Slot; sizehint: i32 = -1, flags: i32 = 0) -> Slot {
            if sizehint < -1 || sizehint == 0 {
                return Err(cx.value_error("negative sizehint"));
            }
            if flags & !libc::EPOLL_CLOEXEC != 0 {
                return Err(cx.raise(Builtin::OSError, "invalid flags"));
            }
            let fd = done(cx, plain::epoll_create1(libc::EPOLL_CLOEXEC))?;
            Ok(cx.new_native(cls, Epoll { fd: AtomicI32::new(fd) }))
        }
        /// Create an epoll object from a given control fd.
        class call fn fromfd(cx; cls: Slot, fd: i32) -> Slot {
            Ok(cx.new_native(cls, Epoll { fd: AtomicI32::new(fd) }))
        }
        /// Close the epoll control file descriptor.
        call fn close(cx; self_: Slot) -> () {
            cx.state::<Epoll>(self_)?.close();
            Ok(())
        }
        /// True if the epoll handler is closed
        get fn closed(cx; self_: Value<'h>) -> bool {
            Ok(cx.state::<Epoll>(cx.root(self_))?.fd.load(Ordering::Acquire) < 0)
        }
        /// Return the epoll control file descriptor.
        call fn fileno(cx; self_: Slot) -> i64 { open(cx, self_).map(i64::from) }
        /// Registers a new fd or raises an OSError if the fd is already registered.
        call fn register(cx; self_: Slot; fd: Fd, eventmask: Bits = USUAL) -> () {
            change(cx, self_, libc::EPOLL_CTL_ADD, fd.0, eventmask.0 as u32)
        }
        /// Modify event mask for a registered file descriptor.
        call fn modify(cx; self_: Slot; fd: Fd, eventmask: Bits) -> () {
            change(cx, self_, libc::EPOLL_CTL_MOD, fd.0, eventmask.0 as u32)
        }
        /// Remove a registered file descriptor from the epoll object.
        call fn unregister(cx; self_: Slot; fd: Fd) -> () { change(cx, self_, libc::EPOLL_CTL_DEL, fd.0, 0) }
        /// Wait for events on the epoll file descriptor.
        call fn poll(cx; self_: Slot; timeout: Option<Slot> = None, maxevents: i32 = -1) -> Slot {
            self::poll(cx, self_, timeout, maxevents)
        }
        call fn __enter__(cx; self_: Slot) -> Slot {
            open(cx, self_)?;
            Ok(self_)
        }
        call fn __exit__(cx; self_: Slot, *_details) -> () {
            cx.state::<Epoll>(self_)?.close();
            Ok(())
        }
    }
}
