//! Addresses: tuples and paths as scripts write them, and the system's form.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6, ToSocketAddrs};

use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::ops::attr;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer::{Buffer, not_bytes};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use rustix::net::{AddressFamily, SocketAddrAny, SocketAddrUnix};

use super::failed;

/// The code of glibc's resolver for a host that has addresses, but none of the family.
const EAI_ADDRFAMILY: i32 = -9;

/// The longest path of a Unix socket.
const UNIX_PATH_MAX: usize = 107;

/// Raises `socket.gaierror`, an OSError that the script part defines.
pub fn resolver_error(cx: &mut Ctx, code: i32, text: &str) -> Raised {
    let arguments = [cx.root(cx.int(i64::from(code))), cx.root(cx.str(text))];
    let made = argil_interp::import::import_module(cx, "socket").and_then(|module| {
        let name = cx.root(cx.intern("gaierror"));
        let class = attr::get_attr(cx, module, name)?;
        cx.call(class, &arguments)
    });
    match made {
        Ok(exception) => cx.raise_value(cx.get(exception)),
        Err(raised) => raised,
    }
}

/// Every address of a host's name.
pub fn resolve(cx: &mut Ctx, host: &str) -> Res<Vec<IpAddr>> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![address]);
    }
    match cx.detached(|| (host, 0).to_socket_addrs().map(|found| found.map(|address| address.ip()).collect())) {
        Ok(found) => Ok(found),
        // The system's resolver reports by a code of its own, which the standard library shows only as text.
        Err(error) if error.to_string().contains("Temporary failure") => {
            Err(resolver_error(cx, libc::EAI_AGAIN, "Temporary failure in name resolution"))
        }
        Err(_) => Err(resolver_error(cx, libc::EAI_NONAME, "Name or service not known")),
    }
}

/// The first address of a host that `wanted` accepts; the empty name is `any`.
fn host<T>(cx: &mut Ctx, value: Slot, any: T, wanted: impl Fn(IpAddr) -> Option<T>) -> Res<T> {
    let text = match (cx.get(value).as_str(), Buffer::of(cx.get(value))) {
        (Some(text), _) => text.to_owned(),
        (None, Some(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        (None, None) => {
            let got = cx.type_name(cx.get(value));
            return Err(cx.type_error(format!("str, bytes or bytearray expected, not {got}")));
        }
    };
    match text.as_str() {
        "" => return Ok(any),
        "<broadcast>" if wanted(Ipv4Addr::BROADCAST.into()).is_some() => {
            return wanted(Ipv4Addr::BROADCAST.into()).ok_or_else(|| resolver_error(cx, libc::EAI_NONAME, ""));
        }
        _ => {}
    }
    match resolve(cx, &text)?.into_iter().find_map(wanted) {
        Some(address) => Ok(address),
        None => Err(resolver_error(cx, EAI_ADDRFAMILY, "Address family for hostname not supported")),
    }
}

fn port(cx: &mut Ctx, value: Slot, function: &str) -> Res<u16> {
    let plain = number::index(cx, value)?;
    let number = cx.index(cx.get(plain))?.to_i64();
    number
        .and_then(|number| u16::try_from(number).ok())
        .ok_or_else(|| cx.overflow_error(format!("{function}(): port must be 0-65535.")))
}

fn small(cx: &mut Ctx, value: Option<Slot>) -> Res<u32> {
    let Some(value) = value else { return Ok(0) };
    let plain = number::index(cx, value)?;
    let number = cx.index(cx.get(plain))?.to_i64();
    number.and_then(|number| u32::try_from(number).ok()).ok_or_else(|| cx.overflow_error("flowinfo must be 0-1048575."))
}

/// The parts of an internet address.
fn parts(cx: &Ctx, address: Slot, family: &str, form: &str, most: usize, function: &str) -> Res<Vec<Slot>> {
    let value = cx.get(address);
    let Some(tuple) = value.cast::<Tuple>() else {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("{function}(): {family} address must be tuple, not {got}")));
    };
    if tuple.len() < 2 || tuple.len() > most {
        return Err(cx.type_error(format!("{family} address must be a {form}")));
    }
    Ok(tuple.iter(cx).map(|part| cx.root(part)).collect())
}

fn unix(cx: &Ctx, address: Slot) -> Res<SocketAddrUnix> {
    let value = cx.get(address);
    let bytes = match (value.as_str(), Buffer::of(value)) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(bytes)) => bytes.to_vec(),
        (None, None) => return Err(not_bytes(cx, value)),
    };
    if bytes.len() > UNIX_PATH_MAX {
        return Err(cx.raise(argil_interp::builtin::Builtin::OSError, "AF_UNIX path too long"));
    }
    let made = match bytes.split_first() {
        None => Ok(SocketAddrUnix::new_unnamed()),
        Some((0, name)) => SocketAddrUnix::new_abstract_name(name),
        Some(_) => SocketAddrUnix::new(bytes.as_slice()),
    };
    made.map_err(|error| failed(cx, error))
}

/// Reads the address that `function` was given for a socket of a family.
pub fn read(cx: &mut Ctx, family: AddressFamily, address: Slot, function: &str) -> Res<SocketAddrAny> {
    match family {
        AddressFamily::INET => {
            let parts = parts(cx, address, "AF_INET", "pair (host, port)", 2, function)?;
            let v4 = |ip| if let IpAddr::V4(ip) = ip { Some(ip) } else { None };
            let host = host(cx, parts[0], Ipv4Addr::UNSPECIFIED, v4)?;
            Ok(SocketAddr::from((host, port(cx, parts[1], function)?)).into())
        }
        AddressFamily::INET6 => {
            let parts = parts(cx, address, "AF_INET6", "tuple (host, port[, flowinfo[, scopeid]])", 4, function)?;
            let v6 = |ip| if let IpAddr::V6(ip) = ip { Some(ip) } else { None };
            let host = host(cx, parts[0], Ipv6Addr::UNSPECIFIED, v6)?;
            let port = port(cx, parts[1], function)?;
            let (flow, scope) = (small(cx, parts.get(2).copied())?, small(cx, parts.get(3).copied())?);
            Ok(SocketAddrV6::new(host, port, flow, scope).into())
        }
        AddressFamily::UNIX => Ok(unix(cx, address)?.into()),
        _ => Err(cx.raise(argil_interp::builtin::Builtin::OSError, format!("{function}(): bad family"))),
    }
}

/// An address as scripts see it.
pub fn show<'h>(cx: &'h Ctx, address: Option<SocketAddrAny>) -> Value<'h> {
    let Some(address) = address else { return Value::NONE };
    if let Ok(unix) = SocketAddrUnix::try_from(address.clone()) {
        return match (unix.abstract_name().filter(|name| !name.is_empty()), unix.path_bytes()) {
            (Some(name), _) => cx.bytes(&[&[0], name].concat()),
            (None, Some(path)) => cx.str(&String::from_utf8_lossy(path.strip_suffix(&[0]).unwrap_or(path))),
            (None, None) => cx.str(""),
        };
    }
    match SocketAddr::try_from(address) {
        Ok(SocketAddr::V4(address)) => {
            cx.tuple(&[cx.str(&address.ip().to_string()), cx.int(i64::from(address.port()))])
        }
        Ok(SocketAddr::V6(address)) => cx.tuple(&[
            cx.str(&address.ip().to_string()),
            cx.int(i64::from(address.port())),
            cx.int(i64::from(address.flowinfo())),
            cx.int(i64::from(address.scope_id())),
        ]),
        Err(_) => Value::NONE,
    }
}
