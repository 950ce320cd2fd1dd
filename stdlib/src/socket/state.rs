//! What a socket object holds.
//!
//! A thread that waits on a socket keeps the descriptor alive, so that another thread's `close` cannot let the number pass
//! to a file that has nothing to do with it; the descriptor is closed when the last of them lets go.

use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::types::native::{Exclusive, NativeData};
use rustix::io::Errno;
use rustix::net::AddressFamily;

use super::failed;

/// The state of a socket object.
pub struct Socket(Exclusive<Fields>);

impl NativeData for Socket {}

/// The fields; a closed socket keeps all but the descriptor.
#[derive(Clone, Default)]
pub struct Fields {
    /// The descriptor, until it is closed.
    pub link: Option<Arc<OwnedFd>>,
    /// The address family's number.
    pub family: u16,
    /// The type's number.
    pub kind: u32,
    /// The protocol's number.
    pub protocol: u32,
    /// How long calls wait; `None` for ever.
    pub timeout: Option<Duration>,
}

/// An open socket, as a call uses it.
pub struct Open {
    /// The descriptor.
    pub link: Arc<OwnedFd>,
    /// The address family.
    pub family: AddressFamily,
    /// How long the call may wait; `None` for ever.
    pub timeout: Option<Duration>,
}

impl Socket {
    /// A socket without descriptor.
    pub fn closed() -> Socket {
        Socket(Exclusive::new(Fields::default()))
    }
}

/// Runs `f` with the fields of a socket object.
pub fn with<R>(cx: &Ctx, socket: Slot, f: impl FnOnce(&mut Fields) -> R) -> Res<R> {
    Ok(cx.state::<Socket>(socket)?.0.with(f))
}

/// The socket, if it is open; "Bad file descriptor" otherwise.
pub fn open(cx: &Ctx, socket: Slot) -> Res<Open> {
    let fields = with(cx, socket, |fields| fields.clone())?;
    let Some(link) = fields.link else { return Err(failed(cx, Errno::BADF)) };
    Ok(Open { link, family: AddressFamily::from_raw(fields.family), timeout: fields.timeout })
}

/// The descriptor's number; -1 if the socket is closed.
pub fn number(cx: &Ctx, socket: Slot) -> Res<i64> {
    with(cx, socket, |fields| fields.link.as_ref().map_or(-1, |link| i64::from(link.as_raw_fd())))
}

/// How long calls wait, in seconds.
pub fn seconds(cx: &Ctx, socket: Slot) -> Res<Option<f64>> {
    with(cx, socket, |fields| fields.timeout.map(|timeout| timeout.as_secs_f64()))
}
