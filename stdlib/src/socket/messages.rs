//! Sockets: messages of several parts, with what goes beside them.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::{attr, iter};
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::net::{self, Message};

use super::address;
use super::control::{self, Item};
use super::methods::int;
use super::state::open;
use super::transfer::{deliver, length, required, send_flags, target};
use super::wait::{READ, WRITE, perform};
use crate::posix::args::list_or_tuple;
use crate::posix::descriptors::contents;

/// The elements of an iterable; a TypeError with this message for what is none.
fn elements(cx: &mut Ctx, object: Slot, message: &str) -> Res<Vec<Slot>> {
    if let Some(elements) = list_or_tuple(cx, object) {
        return Ok(elements);
    }
    let mut is_iterable = false;
    for name in ["__iter__", "__getitem__"] {
        let name = cx.root(cx.intern(name));
        is_iterable = is_iterable || attr::get_attr_opt(cx, object, name)?.is_some();
    }
    if !is_iterable {
        return Err(cx.type_error(message));
    }
    let list = iter::collect(cx, object)?;
    Ok(list_or_tuple(cx, list).unwrap_or_default())
}

/// The room for what comes beside a message.
fn control_room(cx: &mut Ctx, size: Option<Slot>) -> Res<Vec<u8>> {
    let size = match size {
        Some(size) => length(cx, size)?.filter(|size| *size <= i32::MAX as usize),
        None => Some(0),
    };
    match size {
        Some(size) => cx.with_memory(|_| memory::zeros(size)),
        None => Err(cx.value_error("invalid ancillary data buffer length")),
    }
}

/// Receives into parts.
fn receive(cx: &mut Ctx, socket: Slot, parts: &mut [Vec<u8>], control: &mut [u8], flags: i32) -> Res<Message> {
    let socket = open(cx, socket)?;
    perform(cx, &socket, READ, |fd| net::recvmsg(fd, parts, control, flags))
}

/// What a call returns: what it received, what came beside it, what became of it, and who sent it.
fn answer(cx: &mut Ctx, received: Slot, message: &Message, control: &[u8]) -> Res<Slot> {
    let cx: &Ctx = cx;
    let items: Vec<Value<'_>> = control::unpack(&control[..message.control.min(control.len())])
        .into_iter()
        .map(|item| cx.tuple(&[cx.int(item.level.into()), cx.int(item.kind.into()), cx.bytes(&item.bytes)]))
        .collect();
    let items = Value::of(List::from_values(cx, &items));
    let sender = address::show(cx, &message.sender)?;
    Ok(cx.root(cx.tuple(&[cx.get(received), items, cx.int(message.flags.into()), sender])))
}

/// The items that go beside a message.
fn items(cx: &mut Ctx, given: Slot) -> Res<Vec<Item>> {
    const WHAT: &str = "[sendmsg() ancillary data items]() argument must be";
    let mut items = Vec::new();
    for item in elements(cx, given, "sendmsg() argument 2 must be an iterable")? {
        let Some(fields) = cx.get(item).cast::<Tuple>().and_then(|_| list_or_tuple(cx, item)) else {
            let got = cx.type_name(cx.get(item));
            return Err(cx.type_error(format!("{WHAT} 3-item tuple, not {got}")));
        };
        let [level, kind, bytes] = fields[..] else {
            return Err(cx.type_error(format!("{WHAT} tuple of length 3, not {}", fields.len())));
        };
        let (level, kind) = (int(cx, level)?, int(cx, kind)?);
        items.push(Item { level, kind, bytes: contents(cx, bytes)? });
    }
    Ok(items)
}

natives! {
    /// Methods of sockets that send and receive messages.
    pub static METHODS = {
        /// Receive up to bufsize bytes, and up to ancbufsize bytes of what comes beside them.
        call fn recvmsg(
            cx; self_: Slot,
            bufsize: GivenSlot = GivenSlot(None), ancbufsize: Option<Slot> = None, flags: i32 = 0
        ) -> Slot {
            let size = required(cx, bufsize, "recvmsg")?;
            let Some(size) = length(cx, size)? else {
                return Err(cx.value_error("negative buffer size in recvmsg()"));
            };
            let mut control = control_room(cx, ancbufsize)?;
            let mut parts = [cx.with_memory(|_| memory::zeros(size))?];
            let message = receive(cx, self_, &mut parts, &mut control, flags)?;
            let bytes = &parts[0][..message.count.min(size)];
            let bytes = cx.with_memory(|cx| cx.root(cx.bytes(bytes)))?;
            answer(cx, bytes, &message, &control)
        }
        /// Receive into buffers, one after the other, and up to ancbufsize bytes of what comes beside that.
        call fn recvmsg_into(
            cx; self_: Slot,
            buffers: GivenSlot = GivenSlot(None), ancbufsize: Option<Slot> = None, flags: i32 = 0
        ) -> Slot {
            const WHAT: &str = "recvmsg_into() argument 1 must be an iterable";
            let buffers = required(cx, buffers, "recvmsg_into")?;
            let (mut targets, mut parts) = (Vec::new(), Vec::new());
            for buffer in elements(cx, buffers, WHAT)? {
                let Some(target) = target(cx, buffer)? else {
                    return Err(cx.type_error(format!("{WHAT} of single-segment read-write buffers")));
                };
                let size = target.len(cx);
                parts.push(cx.with_memory(|_| memory::zeros(size))?);
                targets.push(target);
            }
            let mut control = control_room(cx, ancbufsize)?;
            let message = receive(cx, self_, &mut parts, &mut control, flags)?;
            let mut left = message.count;
            for (target, part) in targets.iter().zip(&parts) {
                let filled = &part[..left.min(part.len())];
                left -= filled.len();
                deliver(cx, target, filled)?;
            }
            let count = cx.root(cx.uint(message.count as u64));
            answer(cx, count, &message, &control)
        }
        /// Send the contents of buffers as one message, with what goes beside it, to an address if there is one.
        call fn sendmsg(
            cx; self_: Slot,
            buffers: GivenSlot = GivenSlot(None), ancdata: Option<Slot> = None, flags: i32 = 0,
            address: Option<Slot> = None
        ) -> usize {
            let buffers = required(cx, buffers, "sendmsg")?;
            let mut parts = Vec::new();
            for buffer in elements(cx, buffers, "sendmsg() argument 1 must be an iterable")? {
                parts.push(contents(cx, buffer)?);
            }
            let items = match ancdata {
                Some(given) => items(cx, given)?,
                None => Vec::new(),
            };
            let socket = open(cx, self_)?;
            let address = match address {
                Some(address) => Some(address::read(cx, &socket, address, "sendmsg")?),
                None => None,
            };
            let mut control = control::pack(cx, &items)?;
            send(cx, self_, &parts, &mut control, flags, address.as_ref())
        }
        /// Send a message to the kernel's cryptography.
        call fn sendmsg_afalg(
            cx; self_: Slot; msg: Option<Slot> = None;
            op: Option<Slot> = None, iv: Option<Slot> = None, assoclen: Option<Slot> = None, flags: i32 = 0
        ) -> usize {
            let Some(op) = op else { return Err(cx.type_error("sendmsg_afalg() missing required argument 'op'")) };
            let op = int(cx, op)?;
            if op < 0 {
                return Err(cx.type_error("Invalid or missing argument 'op'"));
            }
            let item = |kind, bytes| Item { level: libc::SOL_ALG, kind, bytes };
            let mut items = vec![item(libc::ALG_SET_OP, op.to_ne_bytes().to_vec())];
            if let Some(iv) = iv {
                let iv = contents(cx, iv)?;
                items.push(item(libc::ALG_SET_IV, [&(iv.len() as u32).to_ne_bytes()[..], &iv].concat()));
            }
            if let Some(length) = assoclen {
                let length = int(cx, length)?;
                if length < 0 {
                    return Err(cx.type_error("assoclen must be positive"));
                }
                items.push(item(libc::ALG_SET_AEAD_ASSOCLEN, length.to_ne_bytes().to_vec()));
            }
            let mut parts = Vec::new();
            if let Some(buffers) = msg {
                for buffer in elements(cx, buffers, "sendmsg_afalg() argument 1 must be an iterable")? {
                    parts.push(contents(cx, buffer)?);
                }
            }
            let mut control = control::pack(cx, &items)?;
            send(cx, self_, &parts, &mut control, flags, None)
        }
    }
}

/// Sends parts as one message.
fn send(
    cx: &mut Ctx,
    socket: Slot,
    parts: &[Vec<u8>],
    control: &mut [u8],
    flags: i32,
    to: Option<&net::Address>,
) -> Res<usize> {
    let socket = open(cx, socket)?;
    perform(cx, &socket, WRITE, |fd| net::sendmsg(fd, parts, control, send_flags(flags), to))
}
