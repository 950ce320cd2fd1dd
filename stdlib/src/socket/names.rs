//! Names and numbers: hosts, addresses as text and as bytes, byte order.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::types::bytes::buffer::Buffer;
use argil_interp::types::list::List;
use argil_interp::value::Value;

use super::{address, failed};

fn illegal(cx: &Ctx, function: &str) -> Raised {
    cx.raise(Builtin::OSError, format!("illegal IP address string passed to {function}"))
}

fn wrong_length(cx: &Ctx, function: &str) -> Raised {
    cx.value_error(format!("invalid length of packed IP address string passed to {function}"))
}

fn octets<const N: usize>(bytes: &Buffer<'_>) -> Option<[u8; N]> {
    <[u8; N]>::try_from(&**bytes).ok()
}

/// An unsigned number of so many bits.
fn unsigned<T: TryFrom<i64>>(cx: &Ctx, value: i64) -> Res<T> {
    let bits = std::mem::size_of::<T>() * 8;
    match T::try_from(value) {
        Ok(value) => Ok(value),
        Err(_) if value < 0 => Err(cx.value_error("Cannot convert negative int")),
        Err(_) => Err(cx.overflow_error(format!("Python int too large for C uint{bits}_t"))),
    }
}

natives! {
    /// Functions of the module.
    pub static FUNCTIONS = {
        /// The name of this machine.
        fn gethostname(cx) -> String {
            Ok(rustix::system::uname().nodename().to_string_lossy().into_owned())
        }
        /// Every address of a host, as pairs of a family and a text.
        call fn _resolve(cx; host: String) -> Slot {
            let found = address::resolve(cx, &host)?;
            let cx = &*cx;
            let family = |address: &IpAddr| if address.is_ipv4() { libc::AF_INET } else { libc::AF_INET6 };
            let pairs: Vec<Value<'_>> = found
                .iter()
                .map(|address| cx.tuple(&[cx.int(i64::from(family(address))), cx.str(&address.to_string())]))
                .collect();
            Ok(cx.root(Value::of(List::from_values(cx, &pairs))))
        }
        /// The four bytes of an IPv4 address.
        fn inet_aton(cx; ip_addr: &'h str) -> Vec<u8> {
            let address: Ipv4Addr = ip_addr.parse().map_err(|_| illegal(cx, "inet_aton"))?;
            Ok(address.octets().to_vec())
        }
        /// An IPv4 address of four bytes.
        fn inet_ntoa(cx; packed_ip: Buffer<'h>) -> String {
            let bytes = octets(&packed_ip).ok_or_else(|| wrong_length(cx, "inet_ntoa"))?;
            Ok(Ipv4Addr::from(bytes).to_string())
        }
        /// The bytes of an address.
        fn inet_pton(cx; address_family: i64, ip_string: &'h str) -> Vec<u8> {
            let packed = match i32::try_from(address_family) {
                Ok(libc::AF_INET) => ip_string.parse::<Ipv4Addr>().map(|address| address.octets().to_vec()),
                Ok(libc::AF_INET6) => ip_string.parse::<Ipv6Addr>().map(|address| address.octets().to_vec()),
                _ => return Err(failed(cx, rustix::io::Errno::AFNOSUPPORT)),
            };
            packed.map_err(|_| illegal(cx, "inet_pton"))
        }
        /// An address of bytes.
        fn inet_ntop(cx; address_family: i64, packed_ip: Buffer<'h>) -> String {
            let address = match i32::try_from(address_family) {
                Ok(libc::AF_INET) => octets(&packed_ip).map(|bytes| Ipv4Addr::from(bytes).to_string()),
                Ok(libc::AF_INET6) => octets(&packed_ip).map(|bytes| Ipv6Addr::from(bytes).to_string()),
                _ => return Err(cx.value_error(format!("unknown address family {address_family}"))),
            };
            address.ok_or_else(|| wrong_length(cx, "inet_ntop"))
        }
        /// A 16-bit number in the order of the network.
        fn htons(cx; x: i64) -> i64 { Ok(unsigned::<u16>(cx, x)?.to_be().into()) }
        /// A 16-bit number in the order of this machine.
        fn ntohs(cx; x: i64) -> i64 { Ok(u16::from_be(unsigned(cx, x)?).into()) }
        /// A 32-bit number in the order of the network.
        fn htonl(cx; x: i64) -> i64 { Ok(unsigned::<u32>(cx, x)?.to_be().into()) }
        /// A 32-bit number in the order of this machine.
        fn ntohl(cx; x: i64) -> i64 { Ok(u32::from_be(unsigned(cx, x)?).into()) }
    }
}
