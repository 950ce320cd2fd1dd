//! What a socket object holds.
//!
//! A thread that waits on a socket keeps the descriptor alive, so that another thread's `close` cannot let the number pass
//! to a file that has nothing to do with it; the descriptor is closed when the last of them lets go.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::service::Service;
use argil_interp::types::native::{Exclusive, NativeData};
use argil_system::{libc, plain, raw};

use crate::posix::args::done;

/// A descriptor that is closed when nobody needs it any more. That a script has closed it by its number is the script's affair.
pub struct Descriptor(i32);

impl Descriptor {
    /// Takes over a descriptor.
    pub fn of(number: i32) -> Arc<Descriptor> {
        Arc::new(Descriptor(number))
    }

    /// Its number.
    pub fn number(&self) -> i32 {
        self.0
    }

    /// Gives it away.
    pub fn release(mut self) -> i32 {
        std::mem::replace(&mut self.0, -1)
    }

    /// Closes it.
    pub fn close(self) -> io::Result<()> {
        match plain::close(self.release()) {
            // The peer was the first to hang up.
            Err(error) if error.raw_os_error() == Some(libc::ECONNRESET) => Ok(()),
            result => result.map(|_| ()),
        }
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        if self.0 >= 0 {
            let _ = plain::close(self.0);
        }
    }
}

/// The state of a socket object.
pub struct Socket(Exclusive<Fields>);

impl NativeData for Socket {}

/// The fields; a closed socket keeps all but the descriptor.
#[derive(Clone, Default)]
pub struct Fields {
    /// The descriptor, until it is closed.
    pub link: Option<Arc<Descriptor>>,
    /// The address family.
    pub family: i32,
    /// The type.
    pub kind: i32,
    /// The protocol.
    pub protocol: i32,
    /// How long calls wait; `None` for ever.
    pub timeout: Option<Duration>,
}

/// An open socket, as a call uses it.
pub struct Open {
    /// The descriptor.
    pub link: Arc<Descriptor>,
    /// The address family.
    pub family: i32,
    /// The protocol.
    pub protocol: i32,
    /// How long the call may wait; `None` for ever.
    pub timeout: Option<Duration>,
}

impl Open {
    /// The descriptor's number.
    pub fn fd(&self) -> i32 {
        self.link.number()
    }
}

impl Socket {
    /// A socket without descriptor.
    pub fn closed() -> Socket {
        Socket(Exclusive::new(Fields::default()))
    }

    /// A socket with these fields.
    pub fn of(fields: Fields) -> Socket {
        Socket(Exclusive::new(fields))
    }
}

/// Runs `f` with the fields of a socket object.
pub fn with<R>(cx: &Ctx, socket: Slot, f: impl FnOnce(&mut Fields) -> R) -> Res<R> {
    Ok(cx.state::<Socket>(socket)?.0.with(f))
}

/// "Bad file descriptor".
pub fn bad_descriptor<T>(cx: &Ctx) -> Res<T> {
    done(cx, Err(io::Error::from_raw_os_error(libc::EBADF)))
}

/// The socket, if it is open; "Bad file descriptor" otherwise.
pub fn open(cx: &Ctx, socket: Slot) -> Res<Open> {
    let fields = with(cx, socket, |fields| fields.clone())?;
    let Fields { link: Some(link), family, protocol, timeout, .. } = fields else { return bad_descriptor(cx) };
    Ok(Open { link, family, protocol, timeout })
}

/// Sets how long calls wait; a socket with a limit does not block in the system.
pub fn set_timeout(cx: &Ctx, socket: Slot, timeout: Option<Duration>) -> Res<()> {
    let link = with(cx, socket, |fields| {
        fields.timeout = timeout;
        fields.link.clone()
    })?;
    match link {
        Some(link) => set_blocking(cx, link.number(), timeout.is_none()),
        None => bad_descriptor(cx),
    }
}

/// Whether the system itself waits.
pub fn set_blocking(cx: &Ctx, fd: i32, blocking: bool) -> Res<()> {
    let old = done(cx, raw::fcntl(fd, libc::F_GETFL, 0))?;
    let new = if blocking { old & !libc::O_NONBLOCK } else { old | libc::O_NONBLOCK };
    if new == old { Ok(()) } else { done(cx, raw::fcntl(fd, libc::F_SETFL, new)).map(|_| ()) }
}

/// How long calls of new sockets wait.
pub struct DefaultTimeout {
    /// In nanoseconds; -1 for ever. Written and read by whoever runs script code (Relaxed: it is a number that stands for itself).
    nanoseconds: AtomicI64,
}

impl Default for DefaultTimeout {
    fn default() -> DefaultTimeout {
        DefaultTimeout { nanoseconds: AtomicI64::new(-1) }
    }
}

impl Service for DefaultTimeout {}

impl DefaultTimeout {
    /// That of an interpreter.
    pub fn get(cx: &Ctx) -> Option<Duration> {
        let nanoseconds = cx.interp().service::<DefaultTimeout>().nanoseconds.load(Ordering::Relaxed);
        u64::try_from(nanoseconds).ok().map(Duration::from_nanos)
    }

    /// Sets it.
    pub fn set(cx: &Ctx, timeout: Option<Duration>) {
        let nanoseconds = timeout.map_or(-1, |timeout| timeout.as_nanos() as i64);
        cx.interp().service::<DefaultTimeout>().nanoseconds.store(nanoseconds, Ordering::Relaxed);
    }
}
