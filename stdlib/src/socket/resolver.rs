//! Functions that ask the system's resolver: about hosts, services and protocols.

use std::ffi::{CStr, CString};
use std::net::IpAddr;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::int::Int;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::resolve::{self, Hints, Host};

use super::address::{self, bits};
use super::hosts;
use super::methods::int;
use crate::posix::args::Text;

/// Text for C, up to its first zero.
fn up_to_zero(bytes: &[u8]) -> CString {
    CString::new(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).unwrap_or_default()
}

/// The host that `getaddrinfo` is asked about.
fn host(cx: &mut Ctx, host: Slot) -> Res<Option<CString>> {
    if cx.get(host).is_none() {
        return Ok(None);
    }
    if cx.get(host).as_str().is_some() {
        return Ok(Some(up_to_zero(&hosts::idna(cx, host)?)));
    }
    match cx.get(host).as_bytes() {
        Some(bytes) => Ok(Some(up_to_zero(bytes))),
        None => Err(cx.type_error("getaddrinfo() argument 1 must be string or None")),
    }
}

/// The service that `getaddrinfo` is asked about.
fn service(cx: &Ctx, port: Slot) -> Res<Option<CString>> {
    let port = cx.get(port);
    if port.is_none() {
        return Ok(None);
    }
    if let Some(number) = port.as_int() {
        // No port has more digits, so any that has is none.
        let number = number.to_i64().map_or_else(|| "-".to_owned(), |number| number.to_string());
        return Ok(Some(up_to_zero(number.as_bytes())));
    }
    match port.as_str().map(str::as_bytes).or_else(|| port.as_bytes()) {
        Some(name) => Ok(Some(up_to_zero(name))),
        None => Err(cx.raise(Builtin::OSError, "Int or String expected")),
    }
}

/// A host as scripts see it: its name, its other names, its addresses.
fn show(cx: &mut Ctx, host: Result<Host, i32>) -> Res<Slot> {
    let cx: &Ctx = cx;
    let host = host.map_err(|code| hosts::unknown(cx, code))?;
    let text = |name: &CString| cx.str(&name.to_string_lossy());
    let aliases: Vec<Value<'_>> = host.aliases.iter().map(text).collect();
    let addresses: Vec<Value<'_>> = host.addresses.iter().map(|address| cx.str(&resolve::ntop(address))).collect();
    let list = |values: &[Value<'_>]| cx.root(Value::of(List::from_values(cx, values)));
    let (aliases, addresses) = (list(&aliases), list(&addresses));
    Ok(cx.root(cx.tuple(&[text(&host.name), cx.get(aliases), cx.get(addresses)])))
}

/// The address that `getnameinfo` was given: host, port, flow information and scope, and how many there are of them.
fn named(cx: &mut Ctx, address: Slot) -> Res<(CString, i32, [u32; 2], usize)> {
    let parts: Option<Vec<Slot>> =
        cx.get(address).cast::<Tuple>().map(|tuple| tuple.iter(cx).map(|part| cx.root(part)).collect());
    let Some(parts) = parts else { return Err(cx.type_error("getnameinfo() argument 1 must be a tuple")) };
    let host = parts.first().and_then(|host| cx.get(*host).as_str()).map(str::as_bytes).map(CString::new);
    let (Some(host), 2..=4) = (host, parts.len()) else {
        return Err(cx.type_error("getnameinfo(): illegal sockaddr argument"));
    };
    let host = host.map_err(|_| cx.value_error("embedded null character"))?;
    let port = int(cx, parts[1])?;
    let mut more = [0; 2];
    for (more, part) in more.iter_mut().zip(&parts[2..]) {
        *more = bits(cx, *part)?;
    }
    if more[0] > 0xfffff {
        return Err(cx.overflow_error("getnameinfo(): flowinfo must be 0-1048575."));
    }
    Ok((host, port, more, parts.len()))
}

fn getnameinfo(cx: &mut Ctx, given: Slot, flags: i32) -> Res<Slot> {
    let (host, port, [flow, scope], count) = named(cx, given)?;
    let hints = Hints { kind: libc::SOCK_DGRAM, flags: libc::AI_NUMERICHOST, ..Hints::default() };
    let service = up_to_zero(port.to_string().as_bytes());
    let found = hosts::lookup(cx, Some(&host), Some(&service), hints)?;
    if found.len() > 1 {
        return Err(cx.raise(Builtin::OSError, "sockaddr resolved to multiple addresses"));
    }
    let Some(address) = found.first().map(|way| way.address) else { return Ok(cx.root(Value::NONE)) };
    let address = match hosts::ip_of(&address) {
        Some(IpAddr::V4(_)) if count != 2 => {
            return Err(cx.raise(Builtin::OSError, "IPv4 sockaddr must be 2 tuple"));
        }
        Some(IpAddr::V6(ip)) => address::v6(ip, port as u16, flow, scope),
        _ => address,
    };
    let names = cx.detached(|| resolve::getnameinfo(&address, flags));
    let (host, service) = names.map_err(|failure| hosts::failed(cx, &failure))?;
    Ok(cx.root(cx.tuple(&[cx.str(&host.to_string_lossy()), cx.str(&service.to_string_lossy())])))
}

/// The protocol that a service is asked about.
fn protocol(protocol: &Option<Text>) -> Option<&CStr> {
    protocol.as_ref().map(|name| name.0.as_c_str())
}

natives! {
    /// Functions of the module that ask the system's resolver.
    pub static FUNCTIONS = {
        /// Resolve a host and a port into tuples of family, type, protocol, canonical name and address.
        call fn getaddrinfo(
            cx; ; host: Slot, port: Slot, family: i32 = 0, r#type: i32 = 0, proto: i32 = 0, flags: i32 = 0
        ) -> Slot {
            let (host, service) = (self::host(cx, host)?, service(cx, port)?);
            let hints = Hints { flags, family, kind: r#type, protocol: proto };
            let found = hosts::lookup(cx, host.as_deref(), service.as_deref(), hints)?;
            let cx: &Ctx = cx;
            let mut ways = Vec::with_capacity(found.len());
            for way in &found {
                let name = way.name.as_ref().map(|name| name.to_string_lossy()).unwrap_or_default();
                let address = address::show(cx, &way.address)?;
                let [family, kind, protocol] = [way.family, way.kind, way.protocol].map(|part| cx.int(part.into()));
                ways.push(cx.tuple(&[family, kind, protocol, cx.str(&name), address]));
            }
            Ok(cx.root(Value::of(List::from_values(cx, &ways))))
        }
        /// Return the names of the host and the service of an address.
        call fn getnameinfo(cx; sockaddr: Slot, flags: i32) -> Slot { self::getnameinfo(cx, sockaddr, flags) }
        /// Return an IPv4 address of a host.
        call fn gethostbyname(cx; host: Slot) -> String {
            let name = hosts::argument(cx, host, "gethostbyname")?;
            hosts::ip(cx, &name, libc::AF_INET).map(|ip| ip.to_string())
        }
        /// Return the name, other names and IPv4 addresses of a host.
        call fn gethostbyname_ex(cx; host: Slot) -> Slot {
            let name = hosts::argument(cx, host, "gethostbyname_ex")?;
            hosts::ip(cx, &name, libc::AF_INET)?;
            let host = cx.detached(|| resolve::gethostbyname(&name, libc::AF_INET));
            show(cx, host)
        }
        /// Return the name, other names and addresses of the host with an address.
        call fn gethostbyaddr(cx; host: Slot) -> Slot {
            let name = hosts::argument(cx, host, "gethostbyaddr")?;
            let ip = hosts::ip(cx, &name, libc::AF_UNSPEC)?;
            let host = cx.detached(|| match ip {
                IpAddr::V4(ip) => resolve::gethostbyaddr(&ip.octets(), libc::AF_INET),
                IpAddr::V6(ip) => resolve::gethostbyaddr(&ip.octets(), libc::AF_INET6),
            });
            show(cx, host)
        }
        /// Return the port of a service.
        call fn getservbyname(cx; servicename: Text, protocolname: Option<Text> = None) -> i64 {
            let port = cx.detached(|| resolve::getservbyname(&servicename.0, protocol(&protocolname)));
            port.map(i64::from).ok_or_else(|| cx.raise(Builtin::OSError, "service/proto not found"))
        }
        /// Return the service that has a port.
        call fn getservbyport(cx; port: Slot, protocolname: Option<Text> = None) -> String {
            let port = number::index(cx, port)?;
            let port = cx.get(port).as_int().and_then(Int::to_i64).and_then(|port| u16::try_from(port).ok());
            let Some(port) = port else {
                return Err(cx.overflow_error("getservbyport: port must be 0-65535."));
            };
            match cx.detached(|| resolve::getservbyport(port, protocol(&protocolname))) {
                Some(name) => Ok(name.to_string_lossy().into_owned()),
                None => Err(cx.raise(Builtin::OSError, "port/proto not found")),
            }
        }
        /// Return the number of a protocol.
        call fn getprotobyname(cx; name: Text) -> i64 {
            let number = cx.detached(|| resolve::getprotobyname(&name.0));
            number.map(i64::from).ok_or_else(|| cx.raise(Builtin::OSError, "protocol not found"))
        }
    }
}
