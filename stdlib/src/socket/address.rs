//! Addresses: tuples and paths as scripts write them, and the system's form.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer;
use argil_interp::types::int::Int;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::net::{self, Address};
use argil_system::{libc, resolve};

use super::hosts;
use super::state::Open;
use crate::posix::args::{done, name_value, raw_text};

/// The room for the path of a Unix socket.
const UNIX_PATH: usize = 108;

/// The most bytes of a hardware address.
const HARDWARE: usize = 8;

fn family_bytes(family: i32) -> [u8; 2] {
    (family as u16).to_ne_bytes()
}

/// An address of IPv4.
pub fn v4(ip: Ipv4Addr, port: u16) -> Address {
    Address::of(&[&family_bytes(libc::AF_INET), &port.to_be_bytes(), &ip.octets(), &[0; 8]])
}

/// An address of IPv6.
pub fn v6(ip: Ipv6Addr, port: u16, flow: u32, scope: u32) -> Address {
    let family = family_bytes(libc::AF_INET6);
    Address::of(&[&family, &port.to_be_bytes(), &flow.to_be_bytes(), &ip.octets(), &scope.to_ne_bytes()])
}

/// The parts of an address that is a tuple.
struct Parts<'a> {
    parts: Vec<Slot>,
    function: &'a str,
}

impl Parts<'_> {
    /// Reads them; `count` says how many there may be, and `form` how the address looks.
    fn of<'a>(cx: &Ctx, address: Slot, count: (usize, usize), form: [&str; 2], function: &'a str) -> Res<Parts<'a>> {
        let ([family, form], value) = (form, cx.get(address));
        let Some(tuple) = value.cast::<Tuple>() else {
            let got = cx.type_name(value);
            return Err(cx.type_error(format!("{function}(): {family} address must be tuple, not {got}")));
        };
        if !(count.0..=count.1).contains(&tuple.len()) {
            return Err(cx.type_error(format!("{family} address must be a {form}")));
        }
        Ok(Parts { parts: tuple.iter(cx).map(|part| cx.root(part)).collect(), function })
    }

    /// A number of 32 bits, of which what is out of range is `None`.
    fn signed(&self, cx: &mut Ctx, index: usize) -> Res<Option<i32>> {
        let whole = number::index(cx, self.parts[index])?;
        Ok(cx.get(whole).as_int().and_then(Int::to_i64).and_then(|whole| i32::try_from(whole).ok()))
    }

    /// A port, as far as it is known to be a number.
    fn port(&self, cx: &mut Ctx) -> Res<i32> {
        self.signed(cx, 1)?.ok_or_else(|| self.out_of_range(cx, "port must be 0-65535."))
    }

    /// The number that a port is.
    fn checked_port(&self, cx: &Ctx, port: i32) -> Res<u16> {
        u16::try_from(port).map_err(|_| self.out_of_range(cx, "port must be 0-65535."))
    }

    fn out_of_range(&self, cx: &Ctx, what: &str) -> argil_interp::ctx::Raised {
        cx.overflow_error(format!("{}(): {what}", self.function))
    }

    /// A number of which the lowest 32 bits count; 0 if it is not there.
    fn bits(&self, cx: &mut Ctx, index: usize) -> Res<u32> {
        match self.parts.get(index) {
            Some(part) => bits(cx, *part),
            None => Ok(0),
        }
    }

    /// The index of a network interface that is named.
    fn interface(&self, cx: &mut Ctx) -> Res<u32> {
        let Some(name) = cx.get(self.parts[0]).as_str().map(std::ffi::CString::new) else {
            let got = cx.type_name(cx.get(self.parts[0]));
            return Err(cx.type_error(format!("argument 1 must be str, not {got}")));
        };
        let name = name.map_err(|_| cx.value_error("embedded null character"))?;
        if name.is_empty() {
            return Ok(0);
        }
        done(cx, net::if_nametoindex(&name))
    }
}

/// An integer of which the lowest 32 bits count.
pub fn bits(cx: &mut Ctx, value: Slot) -> Res<u32> {
    let whole = number::index(cx, value)?;
    let cx: &Ctx = cx;
    match cx.get(whole).as_int() {
        Some(Int::Small(whole)) => Ok(whole as u32),
        Some(Int::Big(whole)) => {
            let low = whole & dashu_int::IBig::from(u32::MAX);
            Ok(u32::try_from(low).unwrap_or(u32::MAX))
        }
        None => Ok(0),
    }
}

/// The largest flow information.
const MOST_FLOW: u32 = 0xfffff;

/// The flow information and the scope of an address of IPv6.
fn flow_and_scope(cx: &mut Ctx, parts: &Parts<'_>) -> Res<(u32, u32)> {
    let (flow, scope) = (parts.bits(cx, 2)?, parts.bits(cx, 3)?);
    if flow > MOST_FLOW {
        return Err(parts.out_of_range(cx, "flowinfo must be 0-1048575."));
    }
    Ok((flow, scope))
}

fn unix(cx: &Ctx, address: Slot) -> Res<Address> {
    let value = cx.get(address);
    let path = match raw_text(value) {
        Some(path) => path.to_vec(),
        None => buffer::look(cx, value, <[u8]>::to_vec)?,
    };
    // A name that begins with a zero is no path, and ends where its length says.
    let is_abstract = path.first().is_none_or(|first| *first == 0);
    if path.len() > if is_abstract { UNIX_PATH } else { UNIX_PATH - 1 } {
        return Err(cx.raise(Builtin::OSError, "AF_UNIX path too long"));
    }
    Ok(Address::of(&[&family_bytes(libc::AF_UNIX), &path]))
}

fn packet(cx: &mut Ctx, address: Slot, function: &str) -> Res<Address> {
    let form = ["AF_PACKET", "tuple of two to five elements"];
    let parts = Parts::of(cx, address, (2, 5), form, function)?;
    let interface = parts.interface(cx)?;
    let protocol = parts.signed(cx, 1)?.and_then(|protocol| u16::try_from(protocol).ok());
    let Some(protocol) = protocol else { return Err(parts.out_of_range(cx, "proto must be 0-65535.")) };
    let (packet, hardware) = (parts.bits(cx, 2)?, parts.bits(cx, 3)?);
    let hardware_address = match parts.parts.get(4) {
        Some(address) => buffer::look(cx, cx.get(*address), <[u8]>::to_vec)?,
        None => Vec::new(),
    };
    if hardware_address.len() > HARDWARE {
        return Err(cx.value_error("Hardware address must be 8 bytes or less"));
    }
    let mut padded = [0; HARDWARE];
    padded[..hardware_address.len()].copy_from_slice(&hardware_address);
    Ok(Address::of(&[
        &family_bytes(libc::AF_PACKET),
        &protocol.to_be_bytes(),
        &interface.to_ne_bytes(),
        &(hardware as u16).to_ne_bytes(),
        &[packet as u8, hardware_address.len() as u8],
        &padded,
    ]))
}

/// A name of the kernel's cryptography, in a field of so many bytes.
fn field<const N: usize>(cx: &Ctx, value: Slot, index: usize) -> Res<[u8; N]> {
    let Some(text) = cx.get(value).as_str() else {
        let got = cx.type_name(cx.get(value));
        return Err(cx.type_error(format!("argument {index} must be str, not {got}")));
    };
    if text.len() >= N {
        let what = if index == 1 { "type" } else { "name" };
        return Err(cx.value_error(format!("AF_ALG {what} too long.")));
    }
    let mut field = [0; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    Ok(field)
}

fn cryptography(cx: &mut Ctx, address: Slot, function: &str) -> Res<Address> {
    let form = ["AF_ALG", "tuple (type, name[, feat[, mask]])"];
    let parts = Parts::of(cx, address, (2, 4), form, function)?;
    let kind: [u8; 14] = field(cx, parts.parts[0], 1)?;
    let name: [u8; 64] = field(cx, parts.parts[1], 2)?;
    let (features, mask) = (parts.bits(cx, 2)?.to_ne_bytes(), parts.bits(cx, 3)?.to_ne_bytes());
    Ok(Address::of(&[&family_bytes(libc::AF_ALG), &kind, &features, &mask, &name]))
}

/// Reads the address that `function` was given for a socket.
pub fn read(cx: &mut Ctx, socket: &Open, address: Slot, function: &str) -> Res<Address> {
    match socket.family {
        libc::AF_INET => {
            let parts = Parts::of(cx, address, (2, 2), ["AF_INET", "pair (host, port)"], function)?;
            let host = hosts::part(cx, parts.parts[0])?;
            let port = parts.port(cx)?;
            let IpAddr::V4(ip) = hosts::ip(cx, &host, libc::AF_INET)? else { return bad_family(cx, function) };
            Ok(v4(ip, parts.checked_port(cx, port)?))
        }
        libc::AF_INET6 => {
            let form = ["AF_INET6", "tuple (host, port[, flowinfo[, scopeid]])"];
            let parts = Parts::of(cx, address, (2, 4), form, function)?;
            let host = hosts::part(cx, parts.parts[0])?;
            let port = parts.port(cx)?;
            let flow_and_scope = flow_and_scope(cx, &parts);
            let IpAddr::V6(ip) = hosts::ip(cx, &host, libc::AF_INET6)? else { return bad_family(cx, function) };
            let port = parts.checked_port(cx, port)?;
            let (flow, scope) = flow_and_scope?;
            Ok(v6(ip, port, flow, scope))
        }
        libc::AF_UNIX => unix(cx, address),
        libc::AF_NETLINK => {
            let parts = Parts::of(cx, address, (2, 2), ["AF_NETLINK", "pair (pid, groups)"], function)?;
            let (pid, groups) = (parts.bits(cx, 0)?.to_ne_bytes(), parts.bits(cx, 1)?.to_ne_bytes());
            Ok(Address::of(&[&family_bytes(libc::AF_NETLINK), &[0; 2], &pid, &groups]))
        }
        libc::AF_PACKET => packet(cx, address, function),
        libc::AF_VSOCK => {
            let parts = Parts::of(cx, address, (2, 2), ["AF_VSOCK", "pair (CID, port)"], function)?;
            let (machine, port) = (parts.bits(cx, 0)?.to_ne_bytes(), parts.bits(cx, 1)?.to_ne_bytes());
            Ok(Address::of(&[&family_bytes(libc::AF_VSOCK), &[0; 2], &port, &machine, &[0; 4]]))
        }
        libc::AF_CAN if matches!(socket.protocol, libc::CAN_RAW | libc::CAN_BCM) => {
            let parts = Parts::of(cx, address, (1, 1), ["AF_CAN", "tuple (interface, )"], function)?;
            let interface = parts.interface(cx)?.to_ne_bytes();
            Ok(Address::of(&[&family_bytes(libc::AF_CAN), &[0; 2], &interface, &[0; 16]]))
        }
        libc::AF_ALG => cryptography(cx, address, function),
        _ => bad_family(cx, function),
    }
}

fn bad_family<T>(cx: &Ctx, function: &str) -> Res<T> {
    Err(cx.raise(Builtin::OSError, format!("{function}(): bad family")))
}

/// A number at a place of an address; 0 beyond its end.
fn number_at<const N: usize>(bytes: &[u8], start: usize) -> [u8; N] {
    bytes.get(start..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
}

/// The name of a network interface; empty if there is none.
fn interface_name<'h>(cx: &'h Ctx, index: u32) -> Value<'h> {
    let name = if index == 0 { None } else { net::if_indextoname(index).ok() };
    cx.str(&name.unwrap_or_default().to_string_lossy())
}

/// The text of a name that ends at its first zero, if there is one.
fn until_zero(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// An address as scripts see it.
pub fn show<'h>(cx: &'h Ctx, address: &Address) -> Res<Value<'h>> {
    let bytes = address.bytes();
    if bytes.len() < 2 {
        return Ok(Value::NONE);
    }
    let short = |start| u32::from(u16::from_ne_bytes(number_at(bytes, start)));
    let network_short = |start| u32::from(u16::from_be_bytes(number_at(bytes, start)));
    let long = |start| u32::from_ne_bytes(number_at(bytes, start));
    let uint = |number: u32| cx.uint(u64::from(number));
    let family = i32::from(u16::from_ne_bytes(number_at(bytes, 0)));
    Ok(match family {
        libc::AF_INET => {
            let ip: [u8; 4] = number_at(bytes, 4);
            cx.tuple(&[cx.str(&Ipv4Addr::from(ip).to_string()), uint(network_short(2))])
        }
        libc::AF_INET6 => {
            let ip: [u8; 16] = number_at(bytes, 8);
            let flow = u32::from_be_bytes(number_at(bytes, 4));
            cx.tuple(&[cx.str(&resolve::ntop(&ip)), uint(network_short(2)), uint(flow), uint(long(24))])
        }
        libc::AF_UNIX => match &bytes[2..] {
            name @ [0, ..] => cx.bytes(name),
            path => name_value(cx, until_zero(path), false)?,
        },
        libc::AF_NETLINK => cx.tuple(&[uint(long(4)), uint(long(8))]),
        libc::AF_PACKET => {
            let (packet, len) = (number_at::<2>(bytes, 10), 12 + usize::from(number_at::<2>(bytes, 10)[1]));
            cx.tuple(&[
                interface_name(cx, long(4)),
                uint(network_short(2)),
                uint(packet[0].into()),
                uint(short(8)),
                cx.bytes(bytes.get(12..len.min(bytes.len())).unwrap_or_default()),
            ])
        }
        libc::AF_VSOCK => cx.tuple(&[uint(long(8)), uint(long(4))]),
        libc::AF_CAN => cx.tuple(&[interface_name(cx, long(4))]),
        // What is not known is shown as it is.
        _ => cx.tuple(&[cx.int(i64::from(family)), cx.bytes(&bytes[2..])]),
    })
}
