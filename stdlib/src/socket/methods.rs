//! Sockets: how they begin and end, their addresses, their options.

use std::sync::Arc;
use std::time::Duration;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::ops::warn::warn;
use argil_interp::types::bytes::buffer;
use argil_interp::types::int::Int;
use argil_interp::value::Value;
use argil_system::{libc, net};

use super::address;
use super::state::{self, DefaultTimeout, Descriptor, Fields, Open, Socket, open};
use super::wait::{CONNECT, Patience, READ, attempt, perform};
use crate::posix::args::done;
use crate::posix::descriptors::contents;
use crate::time::Seconds;

/// What a type says of how its sockets begin.
const OF_START: i32 = libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;

/// What a socket of a descriptor begins with, after the timeout of new sockets.
pub(super) fn fields(cx: &Ctx, fd: i32, family: i32, kind: i32, protocol: i32) -> Res<Fields> {
    let link = Descriptor::of(fd);
    let timeout = if kind & libc::SOCK_NONBLOCK != 0 { Some(Duration::ZERO) } else { DefaultTimeout::get(cx) };
    if timeout.is_some() {
        state::set_blocking(cx, fd, false)?;
    }
    Ok(Fields { link: Some(link), family, kind: kind & !OF_START, protocol, timeout })
}

/// The descriptor that a script hands over, with its family, type and protocol where these are not given.
fn given(cx: &mut Ctx, fileno: Slot, [family, kind, protocol]: [i32; 3]) -> Res<(i32, [i32; 3])> {
    let whole = number::index(cx, fileno)?;
    let whole = cx.get(whole).as_int().and_then(Int::to_i64);
    let fd = match whole.map(i32::try_from) {
        Some(Ok(fd)) if fd >= 0 => fd,
        Some(_) if whole < Some(0) => return Err(cx.value_error("negative file descriptor")),
        _ => return state::bad_descriptor(cx),
    };
    let address = net::getsockname(fd);
    let family = match (&address, family) {
        (Ok(address), -1) => address.bytes().first_chunk().map_or(0, |family| i32::from(u16::from_ne_bytes(*family))),
        (Err(error), family) => match error.raw_os_error() {
            Some(libc::EBADF | libc::ENOTSOCK) => return done(cx, address).map(|_| (fd, [family; 3])),
            _ if family == -1 => return done(cx, address).map(|_| (fd, [family; 3])),
            _ => family,
        },
        (Ok(_), family) => family,
    };
    let option = |given, option| {
        if given == -1 { done(cx, net::option(fd, libc::SOL_SOCKET, option)) } else { Ok(given) }
    };
    let kind = option(kind, libc::SO_TYPE)?;
    let protocol = option(protocol, libc::SO_PROTOCOL)?;
    Ok((fd, [family, kind, protocol]))
}

/// The integer that an argument is.
pub(super) fn int(cx: &mut Ctx, argument: Slot) -> Res<i32> {
    let whole = number::index(cx, argument)?;
    let whole = cx.get(whole).as_int().and_then(Int::to_i64);
    match whole.map(i32::try_from) {
        Some(Ok(whole)) => Ok(whole),
        Some(Err(_)) if whole < Some(0) => Err(cx.overflow_error("signed integer is less than minimum")),
        Some(Err(_)) => Err(cx.overflow_error("signed integer is greater than maximum")),
        None => Err(cx.overflow_error("Python int too large to convert to C long")),
    }
}

/// How long calls wait for a socket that was told this.
pub(super) fn patience(cx: &mut Ctx, value: Slot) -> Res<Option<Duration>> {
    if cx.get(value).is_none() {
        return Ok(None);
    }
    let length = Seconds::of(cx, value)?.length();
    length.map(Some).ok_or_else(|| cx.value_error("Timeout value out of range"))
}

/// Connects. The inner result is the system's; running out of time raises.
fn connect(cx: &mut Ctx, socket: &Open, to: Slot, function: &str) -> Res<std::io::Result<()>> {
    let to = address::read(cx, socket, to, function)?;
    let fd = socket.fd();
    let begun = cx.detached(|| net::connect(fd, &to));
    let waits = match begun.as_ref().map_err(std::io::Error::raw_os_error) {
        Err(Some(libc::EINTR)) => {
            cx.poll()?;
            socket.timeout != Some(Duration::ZERO)
        }
        Err(Some(libc::EINPROGRESS)) => socket.timeout.is_some_and(|timeout| !timeout.is_zero()),
        _ => false,
    };
    if !waits {
        return Ok(begun);
    }
    // An attempt that a signal interrupts goes on in the system, also on a socket that waits for ever.
    let patience = Patience::of(Some(socket.timeout.unwrap_or(Duration::from_secs(u64::from(u32::MAX)))));
    attempt(cx, socket, CONNECT, patience, |fd| match net::option(fd, libc::SOL_SOCKET, libc::SO_ERROR)? {
        0 | libc::EISCONN => Ok(()),
        code => Err(std::io::Error::from_raw_os_error(code)),
    })
}

/// Closes a socket that was found dead, and warns about it.
fn finalise(cx: &mut Ctx, socket: Slot) -> Res<()> {
    if state::with(cx, socket, |fields| fields.link.is_none())? {
        return Ok(());
    }
    let shown = argil_interp::ops::repr::repr(cx, socket)?;
    if let Err(raised) = warn(cx, Builtin::ResourceWarning, &format!("unclosed {shown}"), 1, Some(socket)) {
        cx.catch(raised, Builtin::Warning)?;
    }
    let link = state::with(cx, socket, |fields| fields.link.take())?;
    drop(link);
    Ok(())
}

/// The value that a call sets an option to.
fn set_option(cx: &mut Ctx, socket: Slot, level: i32, option: i32, value: Slot) -> Res<()> {
    let socket = open(cx, socket)?;
    let bytes = match cx.get(value).as_int().is_some().then_some(value) {
        None => match buffer::look(cx, cx.get(value), |_| ()) {
            Ok(()) => contents(cx, value)?,
            Err(raised) => match number::index_opt(cx, value)? {
                Some(whole) => {
                    cx.catch(raised, Builtin::TypeError)?;
                    option_number(cx, &socket, value, whole)?
                }
                None => return Err(raised),
            },
        },
        Some(whole) => option_number(cx, &socket, value, whole)?,
    };
    done(cx, net::setsockopt(socket.fd(), level, option, &bytes))
}

/// The bytes of an option that is a number.
fn option_number(cx: &Ctx, socket: &Open, value: Slot, whole: Slot) -> Res<Vec<u8>> {
    let whole = cx.get(whole).as_int().and_then(Int::to_i64);
    if socket.family == libc::AF_VSOCK
        && let Some(whole) = whole
    {
        return Ok(whole.to_ne_bytes().to_vec());
    }
    match whole.and_then(|whole| i32::try_from(whole).ok()) {
        Some(whole) => Ok(whole.to_ne_bytes().to_vec()),
        None => Err(buffer::not_bytes(cx, cx.get(value))),
    }
}

/// The largest value of an option that can be asked for.
const LARGEST_OPTION: i32 = 1024;

natives! {
    /// Methods of sockets.
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (slots, _) = args.into_slots(cx);
            Ok(cx.new_native(slots.get(0), Socket::closed()))
        }
        call fn __init__(
            cx; self_: Slot;
            family: i32 = -1, r#type: i32 = -1, proto: i32 = -1, fileno: Option<Slot> = None
        ) -> () {
            let (fd, [family, kind, protocol]) = match fileno {
                Some(fileno) => given(cx, fileno, [family, r#type, proto])?,
                None => {
                    let family = if family == -1 { libc::AF_INET } else { family };
                    let kind = if r#type == -1 { libc::SOCK_STREAM } else { r#type };
                    let protocol = if proto == -1 { 0 } else { proto };
                    (done(cx, net::socket(family, kind, protocol))?, [family, kind, protocol])
                }
            };
            let made = fields(cx, fd, family, kind, protocol)?;
            let old = state::with(cx, self_, |fields| std::mem::replace(fields, made))?;
            drop(old);
            Ok(())
        }
        call fn __del__(cx; self_: Slot) -> () { finalise(cx, self_) }
        call fn __repr__(cx; self_: Slot) -> String {
            state::with(cx, self_, |fields| {
                let fd = fields.link.as_ref().map_or(-1, |link| link.number());
                let Fields { family, kind, protocol, .. } = fields;
                format!("<socket object, fd={fd}, family={family}, type={kind}, proto={protocol}>")
            })
        }
        /// the socket family
        get fn family(cx; self_: Value<'h>) -> i64 {
            state::with(cx, cx.root(self_), |fields| i64::from(fields.family))
        }
        /// the socket type
        get fn r#type(cx; self_: Value<'h>) -> i64 {
            state::with(cx, cx.root(self_), |fields| i64::from(fields.kind))
        }
        /// the socket protocol
        get fn proto(cx; self_: Value<'h>) -> i64 {
            state::with(cx, cx.root(self_), |fields| i64::from(fields.protocol))
        }
        /// the socket timeout
        get fn timeout(cx; self_: Value<'h>) -> Option<f64> {
            state::with(cx, cx.root(self_), |fields| fields.timeout.map(|timeout| timeout.as_secs_f64()))
        }
        /// Wait for a connection. Return its file descriptor and the peer's address.
        call fn _accept(cx; self_: Slot) -> Slot {
            let socket = open(cx, self_)?;
            let (fd, peer) = perform(cx, &socket, READ, net::accept)?;
            let link = Descriptor::of(fd);
            let peer = address::show(cx, &peer)?;
            let pair = cx.root(cx.tuple(&[cx.int(i64::from(fd)), peer]));
            Arc::into_inner(link).map(Descriptor::release);
            Ok(pair)
        }
        /// Bind the socket to a local address.
        call fn bind(cx; self_: Slot, address: Slot) -> () {
            let socket = open(cx, self_)?;
            let address = address::read(cx, &socket, address, "bind")?;
            let result = cx.detached(|| net::bind(socket.fd(), &address));
            done(cx, result)
        }
        /// Enable a server to accept connections.
        call fn listen(cx; self_: Slot, backlog: Option<Slot> = None) -> () {
            let backlog = match backlog {
                Some(backlog) => int(cx, backlog)?.max(0),
                None => libc::SOMAXCONN.min(128),
            };
            let socket = open(cx, self_)?;
            done(cx, net::listen(socket.fd(), backlog))
        }
        /// Connect the socket to a remote address.
        call fn connect(cx; self_: Slot, address: Slot) -> () {
            let socket = open(cx, self_)?;
            let result = connect(cx, &socket, address, "connect")?;
            done(cx, result)
        }
        /// Like connect(address), but return an error code instead of raising an exception for what the system reports.
        call fn connect_ex(cx; self_: Slot, address: Slot) -> i64 {
            let socket = open(cx, self_)?;
            match connect(cx, &socket, address, "connect_ex") {
                Ok(result) => Ok(result.err().and_then(|error| error.raw_os_error()).map_or(0, i64::from)),
                Err(raised) => {
                    cx.catch(raised, Builtin::TimeoutError)?;
                    Ok(i64::from(libc::EWOULDBLOCK))
                }
            }
        }
        /// Shut down the reading side, the writing side or both.
        call fn shutdown(cx; self_: Slot, how: Slot) -> () {
            let how = int(cx, how)?;
            let socket = open(cx, self_)?;
            let result = cx.detached(|| net::shutdown(socket.fd(), how));
            done(cx, result)
        }
        /// Close the socket.
        call fn close(cx; self_: Slot) -> () {
            let link = state::with(cx, self_, |fields| fields.link.take())?;
            let result = cx.detached(|| link.and_then(Arc::into_inner).map_or(Ok(()), Descriptor::close));
            done(cx, result)
        }
        /// Close the socket object, but not the file descriptor, which is returned.
        call fn detach(cx; self_: Slot) -> i64 {
            let Some(link) = state::with(cx, self_, |fields| fields.link.take())? else { return Ok(-1) };
            match Arc::try_unwrap(link) {
                Ok(link) => Ok(i64::from(link.release())),
                // Another thread waits on it: that keeps the old descriptor for as long as it does.
                Err(shared) => duplicate(cx, shared.number()).map(i64::from),
            }
        }
        /// Return the file descriptor; -1 if the socket is closed.
        call fn fileno(cx; self_: Slot) -> i64 {
            state::with(cx, self_, |fields| fields.link.as_ref().map_or(-1, |link| i64::from(link.number())))
        }
        /// Return the address of the local end.
        call fn getsockname(cx; self_: Slot) -> Slot {
            let socket = open(cx, self_)?;
            let address = done(cx, net::getsockname(socket.fd()))?;
            Ok(cx.root(address::show(cx, &address)?))
        }
        /// Return the address of the remote end.
        call fn getpeername(cx; self_: Slot) -> Slot {
            let socket = open(cx, self_)?;
            let address = done(cx, net::getpeername(socket.fd()))?;
            Ok(cx.root(address::show(cx, &address)?))
        }
        /// Get a socket option: an integer, or up to buflen bytes.
        call fn getsockopt(cx; self_: Slot, *args) -> Slot {
            let count = args.len();
            if count < 2 {
                return Err(cx.type_error(format!("getsockopt() takes at least 2 arguments ({count} given)")));
            }
            if count > 3 {
                return Err(cx.type_error(format!("getsockopt() takes at most 3 arguments ({count} given)")));
            }
            let (level, option) = (int(cx, args.get(0))?, int(cx, args.get(1))?);
            let len = if count == 3 { int(cx, args.get(2))? } else { 0 };
            let socket = open(cx, self_)?;
            if len == 0 {
                if socket.family == libc::AF_VSOCK {
                    let mut bytes = [0; size_of::<u64>()];
                    done(cx, net::getsockopt(socket.fd(), level, option, &mut bytes))?;
                    return Ok(cx.root(cx.uint(u64::from_ne_bytes(bytes))));
                }
                let number = done(cx, net::option(socket.fd(), level, option))?;
                return Ok(cx.root(cx.int(i64::from(number))));
            }
            if !(0..=LARGEST_OPTION).contains(&len) {
                return Err(cx.raise(Builtin::OSError, "getsockopt buflen out of range"));
            }
            let mut bytes = vec![0; len as usize];
            let used = done(cx, net::getsockopt(socket.fd(), level, option, &mut bytes))?;
            Ok(cx.root(cx.bytes(&bytes[..used])))
        }
        /// Set a socket option to an integer, to bytes, or, with None and a length, to that length without bytes.
        call fn setsockopt(cx; self_: Slot, *args) -> () {
            let count = args.len();
            let no_bytes = count == 4 && cx.get(args.get(2)).is_none();
            if count != 3 && !no_bytes {
                return Err(cx.type_error(format!("setsockopt() takes exactly 3 arguments ({count} given)")));
            }
            let (level, option) = (int(cx, args.get(0))?, int(cx, args.get(1))?);
            if no_bytes {
                let len = address::bits(cx, args.get(3))?;
                let socket = open(cx, self_)?;
                return done(cx, net::setsockopt_length(socket.fd(), level, option, len));
            }
            set_option(cx, self_, level, option, args.get(2))
        }
        /// Set how long calls wait, in seconds; None for ever.
        call fn settimeout(cx; self_: Slot, timeout: Slot) -> () {
            let timeout = patience(cx, timeout)?;
            state::set_timeout(cx, self_, timeout)
        }
        /// Return how long calls wait, in seconds; None for ever.
        call fn gettimeout(cx; self_: Slot) -> Option<f64> {
            state::with(cx, self_, |fields| fields.timeout.map(|timeout| timeout.as_secs_f64()))
        }
        /// Set whether calls wait.
        call fn setblocking(cx; self_: Slot, flag: bool) -> () {
            state::set_timeout(cx, self_, if flag { None } else { Some(Duration::ZERO) })
        }
        /// Return whether calls wait.
        call fn getblocking(cx; self_: Slot) -> bool {
            state::with(cx, self_, |fields| fields.timeout != Some(Duration::ZERO))
        }
    }
}

/// Another descriptor of the same socket, which is not inherited.
pub(super) fn duplicate(cx: &Ctx, fd: i32) -> Res<i32> {
    done(cx, argil_system::raw::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0))
}
