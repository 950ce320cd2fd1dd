//! The native methods of sockets.
#![expect(unsafe_code, reason = "a script may hand over a bare descriptor, as CPython lets it")]

use std::os::fd::{AsFd, FromRawFd, IntoRawFd, OwnedFd};
use std::sync::Arc;
use std::time::Duration;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::bytes::buffer::{Buffer, not_bytes};
use rustix::buffer::spare_capacity;
use rustix::event::PollFlags;
use rustix::io::Errno;
use rustix::net::{
    self, AddressFamily, Protocol, RecvFlags, SendFlags, Shutdown, SocketAddrAny, SocketFlags, SocketType,
};

use super::state::{self, Open, Socket, open};
use super::wait::{Patience, attempt, perform};
use super::{address, failed, options};
use crate::time::Seconds;

/// Puts a descriptor into a socket object that has none.
fn adopt(cx: &Ctx, socket: Slot, link: OwnedFd, kind: SocketType, protocol: u32) -> Res<()> {
    let family = net::sockopt::socket_domain(&link).map_err(|error| failed(cx, error))?;
    state::with(cx, socket, |fields| {
        fields.link = Some(Arc::new(link));
        (fields.family, fields.kind, fields.protocol) = (family.as_raw(), kind.as_raw(), protocol);
    })
}

/// A family, type and protocol as the system's calls take them.
fn sort(cx: &Ctx, family: i64, kind: i64, protocol: i64) -> Res<(AddressFamily, SocketType, Option<Protocol>)> {
    let family = u16::try_from(family).map_err(|_| failed(cx, Errno::AFNOSUPPORT))?;
    let kind = u32::try_from(kind).map_err(|_| failed(cx, Errno::INVAL))?;
    let protocol = u32::try_from(protocol).map_err(|_| failed(cx, Errno::PROTONOSUPPORT))?;
    let protocol = std::num::NonZero::new(protocol).map(Protocol::from_raw);
    Ok((AddressFamily::from_raw(family), SocketType::from_raw(kind), protocol))
}

fn protocol_number(protocol: Option<Protocol>) -> u32 {
    protocol.map_or(0, |protocol| protocol.as_raw().get())
}

/// The bytes that a call was given to send.
fn payload(cx: &Ctx, data: Slot) -> Res<Vec<u8>> {
    let value = cx.get(data);
    Buffer::of(value).map(|bytes| bytes.to_vec()).ok_or_else(|| not_bytes(cx, value))
}

/// An argument that CPython reports in its older words when it is missing.
fn required(cx: &Ctx, argument: Option<Slot>, function: &str) -> Res<Slot> {
    argument.ok_or_else(|| cx.type_error(format!("{function}() takes at least 1 argument (0 given)")))
}

/// An integer argument, whatever it is given as.
fn integer(cx: &mut Ctx, argument: Slot) -> Res<i64> {
    let plain = number::index(cx, argument)?;
    let number = cx.index(cx.get(plain))?.to_i64();
    number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}

fn send_flags(flags: i64) -> SendFlags {
    // A peer that hung up is an exception, not a signal.
    SendFlags::from_bits_retain(flags as u32) | SendFlags::NOSIGNAL
}

/// Receives up to `size` bytes, with the sender's address.
fn receive(
    cx: &mut Ctx,
    socket: &Open,
    size: i64,
    flags: i64,
    function: &str,
) -> Res<(Vec<u8>, Option<SocketAddrAny>)> {
    let Ok(size) = usize::try_from(size) else {
        return Err(cx.value_error(format!("negative buffersize in {function}")));
    };
    let mut bytes = Vec::new();
    if argil_interp::memory::fallibly(|| bytes.try_reserve_exact(size)).is_err() {
        return Err(cx.memory_error());
    }
    let flags = RecvFlags::from_bits_retain(flags as u32);
    let sender = perform(cx, socket, PollFlags::IN, |link| {
        // A vector without capacity is no buffer to the system, yet `recv(0)` must still wait for the socket.
        if size == 0 {
            return net::recv(link, &mut [0_u8; 0], flags).map(|_| None);
        }
        net::recvfrom(link, spare_capacity(&mut bytes), flags).map(|(_, _, sender)| sender)
    })?;
    Ok((bytes, sender))
}

/// Receives into a bytearray; how many bytes, and from whom.
fn receive_into(
    cx: &mut Ctx,
    socket: Slot,
    buffer: Slot,
    size: i64,
    flags: i64,
    function: &str,
) -> Res<(i64, Option<SocketAddrAny>)> {
    let socket = open(cx, socket)?;
    let room = match cx.get(buffer).native::<ByteArray>() {
        Some(array) => array.with(<[u8]>::len) as i64,
        None => {
            let got = cx.type_name(cx.get(buffer));
            return Err(
                cx.type_error(format!("{function}() argument 1 must be read-write bytes-like object, not {got}"))
            );
        }
    };
    if size < 0 {
        return Err(cx.value_error(format!("negative buffersize in {function}")));
    }
    if size > room {
        return Err(cx.value_error("buffer too small for requested bytes"));
    }
    let (bytes, sender) = receive(cx, &socket, if size == 0 { room } else { size }, flags, function)?;
    ByteArray::write(cx, buffer, |target| {
        // Another thread may have made it shorter meanwhile.
        let count = bytes.len().min(target.len());
        target[..count].copy_from_slice(&bytes[..count]);
        Ok(())
    })?;
    Ok((bytes.len() as i64, sender))
}

fn send_all(cx: &mut Ctx, socket: &Open, bytes: &[u8], flags: SendFlags) -> Res<()> {
    let patience = Patience::of(socket.timeout);
    let mut rest = bytes;
    loop {
        let sent = attempt(cx, &socket.link, PollFlags::OUT, patience, |link| net::send(link, rest, flags))?;
        rest = &rest[sent.map_err(|error| failed(cx, error))?..];
        if rest.is_empty() {
            return Ok(());
        }
    }
}

/// Connects; the error number, 0 for none. Running out of time raises.
fn connect(cx: &mut Ctx, socket: Slot, to: Slot, function: &str) -> Res<Result<(), Errno>> {
    let socket = open(cx, socket)?;
    let to = address::read(cx, socket.family, to, function)?;
    let begun = cx.detached(|| net::connect(&socket.link, &to));
    cx.poll()?;
    let waits = socket.timeout != Some(Duration::ZERO);
    match begun {
        Err(Errno::INPROGRESS | Errno::INTR) if waits => {
            let ready = |link: &OwnedFd| net::sockopt::socket_error(link);
            attempt(cx, &socket.link, PollFlags::OUT, Patience::of(socket.timeout), ready).map(|state| state.flatten())
        }
        result => Ok(result),
    }
}

/// How long calls wait for a socket that was told this.
fn patience(cx: &mut Ctx, value: Slot) -> Res<Option<Duration>> {
    if cx.get(value).is_none() {
        return Ok(None);
    }
    let length = Seconds::of(cx, value)?.length();
    length.map(Some).ok_or_else(|| cx.value_error("Timeout value out of range"))
}

/// Sets how long calls wait; a socket with a limit does not block in the system.
fn set_timeout(cx: &Ctx, socket: Slot, timeout: Option<Duration>) -> Res<()> {
    let link = open(cx, socket)?.link;
    rustix::io::ioctl_fionbio(&link, timeout.is_some()).map_err(|error| failed(cx, error))?;
    state::with(cx, socket, |fields| fields.timeout = timeout)
}

natives! {
    /// Methods of sockets.
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (slots, _) = args.into_slots(cx);
            Ok(cx.new_native(slots.get(0), Socket::closed()))
        }
        /// Make the system's socket.
        call fn _create(cx; self_: Slot, family: i64, kind: i64, protocol: i64) -> () {
            let (family, kind, protocol) = sort(cx, family, kind, protocol)?;
            let link = net::socket_with(family, kind, SocketFlags::CLOEXEC, protocol).map_err(|error| failed(cx, error))?;
            adopt(cx, self_, link, kind, protocol_number(protocol))
        }
        /// Make two sockets, connected to each other.
        call fn _create_pair(cx; self_: Slot, other: Slot, family: i64, kind: i64, protocol: i64) -> () {
            let (family, kind, protocol) = sort(cx, family, kind, protocol)?;
            let pair = net::socketpair(family, kind, SocketFlags::CLOEXEC, protocol);
            let (one, two) = pair.map_err(|error| failed(cx, error))?;
            adopt(cx, self_, one, kind, protocol_number(protocol))?;
            adopt(cx, other, two, kind, protocol_number(protocol))
        }
        /// Take over a descriptor.
        call fn _adopt(cx; self_: Slot, descriptor: i64) -> () {
            let number = i32::try_from(descriptor).ok().filter(|number| *number >= 0);
            let Some(number) = number else { return Err(cx.value_error("negative file descriptor")) };
            // SAFETY: borrowed for two questions only, which fail if it is not open.
            let known = unsafe { std::os::fd::BorrowedFd::borrow_raw(number) };
            let kind = net::sockopt::socket_type(known).map_err(|error| failed(cx, error))?;
            let protocol = net::sockopt::socket_protocol(known).map_err(|error| failed(cx, error))?;
            // SAFETY: the descriptor is open, and the script says that it is the socket's from now on.
            let link = unsafe { OwnedFd::from_raw_fd(number) };
            adopt(cx, self_, link, kind, protocol_number(protocol))
        }
        /// Wait for a connection and put it into a socket object; return the peer's address.
        call fn _accept(cx; self_: Slot, connection: Slot) -> Slot {
            let socket = open(cx, self_)?;
            let (link, peer) =
                perform(cx, &socket, PollFlags::IN, |link| net::acceptfrom_with(link, SocketFlags::CLOEXEC))?;
            let (kind, protocol) = state::with(cx, self_, |fields| (fields.kind, fields.protocol))?;
            adopt(cx, connection, link, SocketType::from_raw(kind), protocol)?;
            Ok(cx.root(address::show(cx, peer)))
        }
        /// Another descriptor of the same socket.
        call fn _duplicate(cx; self_: Slot, other: Slot) -> () {
            let link = open(cx, self_)?.link;
            let copy = rustix::io::fcntl_dupfd_cloexec(&link, 0).map_err(|error| failed(cx, error))?;
            let (kind, protocol) = state::with(cx, self_, |fields| (fields.kind, fields.protocol))?;
            adopt(cx, other, copy, SocketType::from_raw(kind), protocol)
        }
        /// The address family.
        get call fn family(cx; self_: Slot) -> i64 { state::with(cx, self_, |fields| i64::from(fields.family)) }
        /// The socket type.
        get call fn r#type(cx; self_: Slot) -> i64 { state::with(cx, self_, |fields| i64::from(fields.kind)) }
        /// The protocol.
        get call fn proto(cx; self_: Slot) -> i64 { state::with(cx, self_, |fields| i64::from(fields.protocol)) }
        /// How long calls wait, in seconds.
        get call fn timeout(cx; self_: Slot) -> Option<f64> { state::seconds(cx, self_) }
        /// Bind the socket to a local address.
        call fn bind(cx; self_: Slot, address: Slot) -> () {
            let socket = open(cx, self_)?;
            let address = address::read(cx, socket.family, address, "bind")?;
            net::bind(&socket.link, &address).map_err(|error| failed(cx, error))
        }
        /// Let others connect.
        call fn listen(cx; self_: Slot, backlog: i64 = 128) -> () {
            let backlog = backlog.clamp(0, i64::from(i32::MAX)) as i32;
            net::listen(&open(cx, self_)?.link, backlog).map_err(|error| failed(cx, error))
        }
        /// Connect to an address.
        call fn connect(cx; self_: Slot, address: Slot) -> () {
            connect(cx, self_, address, "connect")?.map_err(|error| failed(cx, error))
        }
        /// Connect to an address; return the error's number instead of raising it.
        call fn connect_ex(cx; self_: Slot, address: Slot) -> i64 {
            match connect(cx, self_, address, "connect_ex") {
                Ok(result) => Ok(result.err().map_or(0, |error| i64::from(error.raw_os_error()))),
                Err(raised) => {
                    cx.catch(raised, Builtin::TimeoutError)?;
                    Ok(i64::from(Errno::AGAIN.raw_os_error()))
                }
            }
        }
        /// Receive up to bufsize bytes; none means that the peer hung up.
        call fn recv(cx; self_: Slot, bufsize: Option<Slot> = None, flags: i64 = 0) -> Vec<u8> {
            let size = required(cx, bufsize, "recv")?;
            let (size, socket) = (integer(cx, size)?, open(cx, self_)?);
            Ok(receive(cx, &socket, size, flags, "recv")?.0)
        }
        /// Receive up to bufsize bytes, and the sender's address.
        call fn recvfrom(cx; self_: Slot, bufsize: Option<Slot> = None, flags: i64 = 0) -> Slot {
            let size = required(cx, bufsize, "recvfrom")?;
            let (size, socket) = (integer(cx, size)?, open(cx, self_)?);
            let (bytes, sender) = receive(cx, &socket, size, flags, "recvfrom")?;
            Ok(cx.root(cx.tuple(&[cx.bytes(&bytes), address::show(cx, sender)])))
        }
        /// Receive into a bytearray; return how many bytes came.
        call fn recv_into(cx; self_: Slot; buffer: Slot, nbytes: i64 = 0, flags: i64 = 0) -> i64 {
            Ok(receive_into(cx, self_, buffer, nbytes, flags, "recv_into")?.0)
        }
        /// Receive into a bytearray; return how many bytes came, and the sender's address.
        call fn recvfrom_into(cx; self_: Slot; buffer: Slot, nbytes: i64 = 0, flags: i64 = 0) -> Slot {
            let (count, sender) = receive_into(cx, self_, buffer, nbytes, flags, "recvfrom_into")?;
            Ok(cx.root(cx.tuple(&[cx.int(count), address::show(cx, sender)])))
        }
        /// Send bytes; return how many the system took.
        call fn send(cx; self_: Slot, data: Option<Slot> = None, flags: i64 = 0) -> usize {
            let data = required(cx, data, "send")?;
            let (bytes, socket) = (payload(cx, data)?, open(cx, self_)?);
            perform(cx, &socket, PollFlags::OUT, |link| net::send(link, &bytes, send_flags(flags)))
        }
        /// Send all of some bytes.
        call fn sendall(cx; self_: Slot, data: Option<Slot> = None, flags: i64 = 0) -> () {
            let data = required(cx, data, "sendall")?;
            let (bytes, socket) = (payload(cx, data)?, open(cx, self_)?);
            send_all(cx, &socket, &bytes, send_flags(flags))
        }
        /// Send bytes to an address, after the flags if there are any.
        call fn sendto(cx; self_: Slot, *args) -> usize {
            let (flags, address) = match args.len() {
                2 => (0, args.get(1)),
                3 => (integer(cx, args.get(1))?, args.get(2)),
                given => return Err(cx.type_error(format!("sendto() takes 2 or 3 arguments ({given} given)"))),
            };
            let (bytes, socket) = (payload(cx, args.get(0))?, open(cx, self_)?);
            let address = address::read(cx, socket.family, address, "sendto")?;
            perform(cx, &socket, PollFlags::OUT, |link| net::sendto(link, &bytes, send_flags(flags), &address))
        }
        /// Shut down reading, writing or both.
        call fn shutdown(cx; self_: Slot, how: i64) -> () {
            let link = open(cx, self_)?.link;
            let how = match i32::try_from(how) {
                Ok(libc::SHUT_RD) => Shutdown::Read,
                Ok(libc::SHUT_WR) => Shutdown::Write,
                Ok(libc::SHUT_RDWR) => Shutdown::Both,
                _ => return Err(failed(cx, Errno::INVAL)),
            };
            net::shutdown(&link, how).map_err(|error| failed(cx, error))
        }
        /// Close the socket.
        call fn _close(cx; self_: Slot) -> () {
            let link = state::with(cx, self_, |fields| fields.link.take())?;
            drop(link);
            Ok(())
        }
        /// Close the socket object, but not the descriptor, which is returned.
        call fn detach(cx; self_: Slot) -> i64 {
            let Some(link) = state::with(cx, self_, |fields| fields.link.take())? else { return Ok(-1) };
            let link = match Arc::try_unwrap(link) {
                Ok(link) => link,
                // Another thread waits on it: it keeps the old descriptor for as long as it does.
                Err(shared) => rustix::io::fcntl_dupfd_cloexec(shared.as_fd(), 0).map_err(|error| failed(cx, error))?,
            };
            Ok(i64::from(link.into_raw_fd()))
        }
        /// The descriptor's number; -1 if the socket is closed.
        call fn fileno(cx; self_: Slot) -> i64 { state::number(cx, self_) }
        /// The local address.
        call fn getsockname(cx; self_: Slot) -> Slot {
            let address = net::getsockname(&open(cx, self_)?.link).map_err(|error| failed(cx, error))?;
            Ok(cx.root(address::show(cx, Some(address))))
        }
        /// The peer's address.
        call fn getpeername(cx; self_: Slot) -> Slot {
            let address = net::getpeername(&open(cx, self_)?.link).map_err(|error| failed(cx, error))?;
            Ok(cx.root(address.map_or(cx.str(""), |address| address::show(cx, Some(address)))))
        }
        /// Read a socket option.
        call fn getsockopt(cx; self_: Slot, level: i64, option: i64) -> i64 {
            options::get(&open(cx, self_)?.link, level, option).map_err(|error| failed(cx, error))
        }
        /// Write a socket option.
        call fn setsockopt(cx; self_: Slot, *args) -> () {
            if args.len() != 3 {
                return Err(cx.type_error(format!("setsockopt() takes exactly 3 arguments ({} given)", args.len())));
            }
            let (level, option) = (integer(cx, args.get(0))?, integer(cx, args.get(1))?);
            if cx.get(args.get(2)).as_int().is_none() {
                let value = cx.get(args.get(2));
                return Err(not_bytes(cx, value));
            }
            let value = integer(cx, args.get(2))?;
            options::set(&open(cx, self_)?.link, level, option, value).map_err(|error| failed(cx, error))
        }
        /// Set how long calls wait, in seconds; None for ever.
        call fn settimeout(cx; self_: Slot, value: Slot) -> () {
            let timeout = patience(cx, value)?;
            set_timeout(cx, self_, timeout)
        }
        /// How long calls wait, in seconds.
        call fn gettimeout(cx; self_: Slot) -> Option<f64> { state::seconds(cx, self_) }
        /// Whether calls wait at all.
        call fn setblocking(cx; self_: Slot, flag: bool) -> () {
            set_timeout(cx, self_, if flag { None } else { Some(Duration::ZERO) })
        }
        /// Whether calls wait at all.
        call fn getblocking(cx; self_: Slot) -> bool {
            state::with(cx, self_, |fields| fields.timeout != Some(Duration::ZERO))
        }
    }
}
