//! Names and numbers: addresses as text and as bytes, byte order, interfaces, descriptors of sockets.

use std::ffi::CString;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer::Buffer;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use argil_system::{libc, net, plain, resolve};

use super::control;
use super::methods::{duplicate, fields, patience};
use super::state::{DefaultTimeout, Socket};
use crate::posix::args::{FsText, done, fs_text};

fn illegal(cx: &Ctx, function: &str) -> Raised {
    cx.raise(Builtin::OSError, format!("illegal IP address string passed to {function}"))
}

/// An unsigned number of so many bits; `kind` is C's name for it.
fn unsigned<T: TryFrom<i64>>(cx: &Ctx, value: Int<'_>, kind: &str) -> Res<T> {
    if number::int::is_negative(value) {
        return Err(cx.value_error("Cannot convert negative int"));
    }
    let number = value.to_i64().and_then(|value| T::try_from(value).ok());
    number.ok_or_else(|| cx.overflow_error(format!("Python int too large for C {kind}")))
}

/// A length, or what is larger than any.
fn length(cx: &Ctx, length: i64, function: &str, whole: fn(usize) -> Option<usize>) -> Res<usize> {
    let whole = usize::try_from(length).ok().and_then(whole);
    whole.ok_or_else(|| cx.overflow_error(format!("{function}() argument out of range")))
}

natives! {
    /// Functions of the module that need nobody's answer.
    pub static FUNCTIONS = {
        /// Return the name of this machine.
        call fn gethostname(cx) -> String {
            Ok(rustix::system::uname().nodename().to_string_lossy().into_owned())
        }
        /// Set the name of this machine.
        call fn sethostname(cx; name: FsText) -> () {
            done(cx, rustix::system::sethostname(name.0.as_bytes()).map_err(Into::into))
        }
        /// Convert an IPv4 address from text, in any of its forms, to four bytes.
        fn inet_aton(cx; ip_addr: &'h str) -> Vec<u8> {
            let Ok(text) = CString::new(ip_addr) else { return Err(cx.value_error("embedded null character")) };
            resolve::aton(&text).map(|bytes| bytes.to_vec()).ok_or_else(|| illegal(cx, "inet_aton"))
        }
        /// Convert an IPv4 address from four bytes to text.
        fn inet_ntoa(cx; packed_ip: Buffer<'h>) -> String {
            if packed_ip.len() != 4 {
                return Err(cx.raise(Builtin::OSError, "packed IP wrong length for inet_ntoa"));
            }
            Ok(resolve::ntop(&packed_ip))
        }
        /// Convert an address of a family from text to bytes.
        fn inet_pton(cx; address_family: i32, ip_string: &'h str) -> Vec<u8> {
            let Ok(text) = CString::new(ip_string) else { return Err(cx.value_error("embedded null character")) };
            done(cx, resolve::pton(address_family, &text))?.ok_or_else(|| illegal(cx, "inet_pton"))
        }
        /// Convert an address of a family from bytes to text.
        fn inet_ntop(cx; address_family: i32, packed_ip: Buffer<'h>) -> String {
            let wanted = match address_family {
                libc::AF_INET => 4,
                libc::AF_INET6 => 16,
                _ => return Err(cx.value_error(format!("unknown address family {address_family}"))),
            };
            if packed_ip.len() != wanted {
                return Err(cx.value_error("invalid length of packed IP address string"));
            }
            Ok(resolve::ntop(&packed_ip))
        }
        /// Convert a 16-bit number from this machine's order of bytes to the network's.
        fn htons(cx; x: Int<'h>) -> i64 { Ok(unsigned::<u16>(cx, x, "uint16_t")?.to_be().into()) }
        /// Convert a 16-bit number from the network's order of bytes to this machine's.
        fn ntohs(cx; x: Int<'h>) -> i64 { Ok(u16::from_be(unsigned(cx, x, "uint16_t")?).into()) }
        /// Convert a 32-bit number from this machine's order of bytes to the network's.
        fn htonl(cx; x: Int<'h>) -> i64 { Ok(unsigned::<u32>(cx, x, "uint32_t")?.to_be().into()) }
        /// Convert a 32-bit number from the network's order of bytes to this machine's.
        fn ntohl(cx; x: Int<'h>) -> i64 { Ok(u32::from_be(unsigned(cx, x, "uint32_t")?).into()) }
        /// Return the length of an item of ancillary data with so many bytes, without what fills it up.
        fn CMSG_LEN(cx; length: i64) -> usize { self::length(cx, length, "CMSG_LEN", control::length) }
        /// Return the space for an item of ancillary data with so many bytes, with what fills it up.
        fn CMSG_SPACE(cx; length: i64) -> usize { self::length(cx, length, "CMSG_SPACE", control::space) }
        /// Return a list of the number and name of each network interface.
        call fn if_nameindex(cx) -> Slot {
            let found = cx.detached(net::if_nameindex);
            let found = done(cx, found)?;
            let cx: &Ctx = cx;
            let pairs: Vec<Value<'_>> = found
                .iter()
                .map(|(index, name)| cx.tuple(&[cx.uint((*index).into()), cx.str(&name.to_string_lossy())]))
                .collect();
            Ok(cx.root(Value::of(List::from_values(cx, &pairs))))
        }
        /// Return the number of the network interface with a name.
        call fn if_nametoindex(cx; oname: Slot) -> i64 {
            let name = fs_text(cx, oname)?;
            done(cx, net::if_nametoindex(&name)).map(i64::from)
        }
        /// Return the name of the network interface with a number.
        fn if_indextoname(cx; index: Int<'h>) -> String {
            let index = unsigned::<u32>(cx, index, "unsigned int")?;
            Ok(done(cx, net::if_indextoname(index))?.to_string_lossy().into_owned())
        }
        /// Close a descriptor of a socket.
        call fn close(cx; fd: i64) -> () {
            match cx.detached(|| plain::close(fd as i32)) {
                Err(error) if error.raw_os_error() == Some(libc::ECONNRESET) => Ok(()),
                result => done(cx, result).map(|_| ()),
            }
        }
        /// Return another descriptor of the same socket.
        fn dup(cx; fd: i64) -> i64 { duplicate(cx, fd as i32).map(i64::from) }
        /// Create two sockets that are connected to each other.
        call fn socketpair(cx; family: i32 = libc::AF_UNIX, r#type: i32 = libc::SOCK_STREAM, proto: i32 = 0) -> Slot {
            let [one, two] = done(cx, net::socketpair(family, r#type, proto))?;
            // Both are made before either can fail, so that no descriptor is forgotten.
            let (one, two) = (fields(cx, one, family, r#type, proto), fields(cx, two, family, r#type, proto));
            let one = cx.new_of_native_class(Socket::of(one?));
            let two = cx.new_of_native_class(Socket::of(two?));
            Ok(cx.root(cx.tuple(&[cx.get(one), cx.get(two)])))
        }
        /// Return how long calls of new sockets wait, in seconds; None for ever.
        fn getdefaulttimeout(cx) -> Option<f64> {
            Ok(DefaultTimeout::get(cx).map(|timeout| timeout.as_secs_f64()))
        }
        /// Set how long calls of new sockets wait, in seconds; None for ever.
        call fn setdefaulttimeout(cx; timeout: Slot) -> () {
            let timeout = patience(cx, timeout)?;
            DefaultTimeout::set(cx, timeout);
            Ok(())
        }
    }
}
