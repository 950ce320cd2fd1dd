//! Sockets: bytes in and out.

use std::io;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer::{self, Target};
use argil_interp::types::int::Int;
use argil_interp::types::memory_view::MemoryView;
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::net::{self, Address};

use super::address;
use super::methods::int;
use super::state::open;
use super::wait::{self, Patience, READ, perform};
use crate::posix::descriptors::contents;

/// An argument that CPython reports in its older words when it is missing.
pub(super) fn required(cx: &Ctx, argument: GivenSlot, function: &str) -> Res<Slot> {
    argument.0.ok_or_else(|| cx.type_error(format!("{function}() takes at least 1 argument (0 given)")))
}

/// The flags of a call that sends: a peer that hung up is an exception, not a signal.
pub(super) fn send_flags(flags: i32) -> i32 {
    flags | libc::MSG_NOSIGNAL
}

/// The length that an argument is; `None` if it is negative.
pub(super) fn length(cx: &mut Ctx, argument: Slot) -> Res<Option<usize>> {
    let whole = number::index(cx, argument)?;
    let whole = cx.get(whole).as_int().and_then(Int::to_i64);
    let Some(whole) = whole else { return Err(cx.overflow_error("Python int too large to convert to C ssize_t")) };
    Ok(usize::try_from(whole).ok())
}

/// How many bytes a call is to receive.
fn size(cx: &mut Ctx, size: Slot, function: &str) -> Res<usize> {
    length(cx, size)?.ok_or_else(|| cx.value_error(format!("negative buffersize in {function}")))
}

/// A call that receives into the room of a vector: how many bytes there were, and who sent them.
type Receive = fn(i32, &mut Vec<u8>, usize, i32) -> io::Result<(usize, Option<Address>)>;

const RECV: Receive = |fd, into, most, flags| net::recv(fd, into, most, flags).map(|count| (count, None));
const RECV_FROM: Receive =
    |fd, into, most, flags| net::recvfrom(fd, into, most, flags).map(|(count, sender)| (count, Some(sender)));

/// What came.
struct Received {
    /// How many bytes there were.
    count: usize,
    /// Those for which there was room.
    bytes: Vec<u8>,
    /// Who sent them, if that was asked for.
    sender: Option<Address>,
}

/// Receives up to `size` bytes.
fn receive(cx: &mut Ctx, socket: Slot, size: usize, flags: i32, call: Receive) -> Res<Received> {
    let socket = open(cx, socket)?;
    let mut bytes = cx.with_memory(|_| memory::buffer(size))?;
    let (count, sender) = perform(cx, &socket, READ, |fd| call(fd, &mut bytes, size, flags))?;
    Ok(Received { count, bytes, sender })
}

/// Where bytes may be written, as an argument.
pub(super) fn target(cx: &mut Ctx, buffer: Slot) -> Res<Option<Target>> {
    if cx.get(buffer).native::<MemoryView>().is_some() {
        buffer::look(cx, cx.get(buffer), |_| ())?;
    }
    Ok(Target::of(cx, buffer))
}

/// Puts what came where it shall go. Another thread may have made that shorter meanwhile.
pub(super) fn deliver(cx: &Ctx, target: &Target, bytes: &[u8]) -> Res<()> {
    target.write(cx, |room| {
        let count = bytes.len().min(room.len());
        room[..count].copy_from_slice(&bytes[..count]);
        Ok(())
    })
}

/// What a call that receives into a buffer was given.
struct Room {
    buffer: Slot,
    nbytes: i64,
    flags: i32,
}

/// Receives into a buffer; `[function, too_small]` are its name and what it says of a buffer with too little room.
fn receive_into(cx: &mut Ctx, socket: Slot, into: &Room, words: [&str; 2], call: Receive) -> Res<Received> {
    let [function, too_small] = words;
    let Some(target) = target(cx, into.buffer)? else {
        let got = cx.type_name(cx.get(into.buffer));
        return Err(cx.type_error(format!("{function}() argument 1 must be read-write bytes-like object, not {got}")));
    };
    let Ok(size) = usize::try_from(into.nbytes) else {
        return Err(cx.value_error(format!("negative buffersize in {function}")));
    };
    let room = target.len(cx);
    if size > room {
        return Err(cx.value_error(too_small));
    }
    let received = receive(cx, socket, if size == 0 { room } else { size }, into.flags, call)?;
    deliver(cx, &target, &received.bytes)?;
    Ok(received)
}

/// The sender of what came, as scripts see it.
fn sender<'h>(cx: &'h Ctx, received: &Received) -> Res<Value<'h>> {
    received.sender.as_ref().map_or(Ok(Value::NONE), |sender| address::show(cx, sender))
}

/// What is to be sent: a bytes object as it is, and a copy of what may change meanwhile.
fn source(cx: &mut Ctx, data: Slot) -> Res<Slot> {
    if cx.get(data).as_bytes().is_some() {
        return Ok(data);
    }
    let bytes = contents(cx, data)?;
    cx.with_memory(|cx| cx.root(cx.bytes(&bytes)))
}

/// Sends all of a bytes-like object.
fn send_all(cx: &mut Ctx, socket: Slot, data: Slot, flags: i32) -> Res<()> {
    let data = source(cx, data)?;
    let socket = open(cx, socket)?;
    let patience = Patience::of(socket.timeout);
    let mut start = 0;
    loop {
        start += wait::send(cx, &socket, patience, (data, start), |fd, bytes| net::send(fd, bytes, flags))?;
        cx.poll()?;
        if start >= cx.get(data).as_bytes().map_or(0, <[u8]>::len) {
            return Ok(());
        }
    }
}

natives! {
    /// Methods of sockets that move bytes.
    pub static METHODS = {
        /// Receive up to buffersize bytes; none means that the peer hung up.
        call fn recv(cx; self_: Slot, buffersize: GivenSlot = GivenSlot(None), flags: i32 = 0) -> Slot {
            let size = required(cx, buffersize, "recv")?;
            let size = self::size(cx, size, "recv")?;
            let received = receive(cx, self_, size, flags, RECV)?;
            cx.with_memory(|cx| cx.root(cx.bytes(&received.bytes)))
        }
        /// Receive up to buffersize bytes, and the sender's address.
        call fn recvfrom(cx; self_: Slot, buffersize: GivenSlot = GivenSlot(None), flags: i32 = 0) -> Slot {
            let size = required(cx, buffersize, "recvfrom")?;
            let size = self::size(cx, size, "recvfrom")?;
            let received = receive(cx, self_, size, flags, RECV_FROM)?;
            let bytes = cx.with_memory(|cx| cx.root(cx.bytes(&received.bytes)))?;
            let sender = sender(cx, &received)?;
            Ok(cx.root(cx.tuple(&[cx.get(bytes), sender])))
        }
        /// Receive into a buffer, up to nbytes if that is not 0; return how many bytes came.
        call fn recv_into(cx; self_: Slot; buffer: Slot, nbytes: i64 = 0, flags: i32 = 0) -> usize {
            let words = ["recv_into", "buffer too small for requested bytes"];
            Ok(receive_into(cx, self_, &Room { buffer, nbytes, flags }, words, RECV)?.count)
        }
        /// Receive into a buffer, up to nbytes if that is not 0; return how many bytes came, and the sender's address.
        call fn recvfrom_into(cx; self_: Slot; buffer: Slot, nbytes: i64 = 0, flags: i32 = 0) -> Slot {
            let words = ["recvfrom_into", "nbytes is greater than the length of the buffer"];
            let received = receive_into(cx, self_, &Room { buffer, nbytes, flags }, words, RECV_FROM)?;
            Ok(cx.root(cx.tuple(&[cx.uint(received.count as u64), sender(cx, &received)?])))
        }
        /// Send bytes; return how many the system took.
        call fn send(cx; self_: Slot, data: GivenSlot = GivenSlot(None), flags: i32 = 0) -> usize {
            let data = required(cx, data, "send")?;
            let data = source(cx, data)?;
            let socket = open(cx, self_)?;
            let flags = send_flags(flags);
            let patience = Patience::of(socket.timeout);
            wait::send(cx, &socket, patience, (data, 0), |fd, bytes| net::send(fd, bytes, flags))
        }
        /// Send all of some bytes.
        call fn sendall(cx; self_: Slot, data: GivenSlot = GivenSlot(None), flags: i32 = 0) -> () {
            let data = required(cx, data, "sendall")?;
            send_all(cx, self_, data, send_flags(flags))
        }
        /// Send bytes to an address, after the flags if there are any.
        call fn sendto(cx; self_: Slot, *args) -> usize {
            let count = args.len();
            if !(2..=3).contains(&count) {
                return Err(cx.type_error(format!("sendto() takes 2 or 3 arguments ({count} given)")));
            }
            let data = source(cx, args.get(0))?;
            let flags = if count == 3 { int(cx, args.get(1))? } else { 0 };
            let socket = open(cx, self_)?;
            let address = address::read(cx, &socket, args.get(count - 1), "sendto")?;
            let patience = Patience::of(socket.timeout);
            let flags = send_flags(flags);
            wait::send(cx, &socket, patience, (data, 0), |fd, bytes| net::sendto(fd, bytes, flags, &address))
        }
    }
}
