//! Hosts: their names as scripts write them, their addresses, and what the resolver says instead.

use std::ffi::{CStr, CString};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::ops::attr;
use argil_interp::types::bytes::buffer;
use argil_interp::types::exception::os_error;
use argil_system::libc;
use argil_system::net::Address;
use argil_system::resolve::{self, Failure, Hints, Way};

/// `herror`: nothing is known of a host.
pub struct HostError;

/// `gaierror`: a name was not resolved.
pub struct ResolverError;

/// Raises what the resolver said instead of an answer.
pub fn failed(cx: &Ctx, failure: &Failure) -> Raised {
    match failure {
        Failure::System(error) => os_error::raise(cx, error, None),
        Failure::Code(code) => {
            cx.raise_own_with::<ResolverError>(&[cx.int(i64::from(*code)), cx.str(&resolve::gai_strerror(*code))])
        }
    }
}

/// Raises that nothing is known of a host.
pub fn unknown(cx: &Ctx, code: i32) -> Raised {
    cx.raise_own_with::<HostError>(&[cx.int(i64::from(code)), cx.str(&resolve::hstrerror(code))])
}

/// Asks the resolver, off the lock.
pub fn lookup(cx: &mut Ctx, host: Option<&CStr>, service: Option<&CStr>, hints: Hints) -> Res<Vec<Way>> {
    let found = cx.detached(|| resolve::getaddrinfo(host, service, hints));
    found.map_err(|failure| failed(cx, &failure))
}

/// Whether a name is as it must be without any conversion.
fn is_plain(name: &str) -> bool {
    let labels = name.strip_suffix('.').unwrap_or(name);
    name.is_ascii() && (labels.is_empty() || labels.split('.').all(|label| (1..64).contains(&label.len())))
}

/// A string as the name of a host: what its encoding `idna` makes of it.
pub fn idna(cx: &mut Ctx, name: Slot) -> Res<Vec<u8>> {
    if let Some(plain) = cx.get(name).as_str().filter(|name| is_plain(name)) {
        return Ok(plain.as_bytes().to_vec());
    }
    let encode = cx.root(cx.intern("encode"));
    let encode = attr::get_attr(cx, name, encode)?;
    let encoding = cx.root(cx.str("idna"));
    let bytes = cx.call(encode, &[encoding])?;
    buffer::look(cx, cx.get(bytes), <[u8]>::to_vec)
}

/// The name of a host, as the first argument of a function.
pub fn argument(cx: &mut Ctx, name: Slot, function: &str) -> Res<CString> {
    let kinds = "str, bytes or bytearray";
    let bytes = if cx.get(name).as_str().is_some() {
        idna(cx, name)?
    } else {
        match buffer::look(cx, cx.get(name), <[u8]>::to_vec) {
            Ok(bytes) => bytes,
            Err(raised) => {
                cx.catch(raised, Builtin::TypeError)?;
                let got = cx.type_name(cx.get(name));
                return Err(cx.type_error(format!("{function}() argument 1 must be {kinds}, not {got}")));
            }
        }
    };
    CString::new(bytes).map_err(|_| {
        let got = cx.type_name(cx.get(name));
        cx.type_error(format!("{function}() argument 1 must be encoded string without null bytes, not {got}"))
    })
}

/// The name of a host, as part of an address.
pub fn part(cx: &mut Ctx, name: Slot) -> Res<CString> {
    let value = cx.get(name);
    let bytes = match value.as_str() {
        Some(text) if text.is_ascii() => text.as_bytes().to_vec(),
        Some(_) => idna(cx, name)?,
        None => match buffer::look(cx, value, <[u8]>::to_vec) {
            Ok(bytes) => bytes,
            Err(raised) => {
                cx.catch(raised, Builtin::TypeError)?;
                let got = cx.type_name(cx.get(name));
                return Err(cx.type_error(format!("str, bytes or bytearray expected, not {got}")));
            }
        },
    };
    CString::new(bytes).map_err(|_| cx.type_error("host name must not contain null character"))
}

/// The address that an answer of the resolver holds.
pub fn ip_of(address: &Address) -> Option<IpAddr> {
    let bytes = address.bytes();
    match i32::from(u16::from_ne_bytes(*bytes.first_chunk()?)) {
        libc::AF_INET => Some(IpAddr::from(*bytes.get(4..)?.first_chunk::<4>()?)),
        libc::AF_INET6 => Some(IpAddr::from(*bytes.get(8..)?.first_chunk::<16>()?)),
        _ => None,
    }
}

/// The address of a host in a family, or in any.
pub fn ip(cx: &mut Ctx, name: &CStr, family: i32) -> Res<IpAddr> {
    let (has_v4, has_v6) = (family != libc::AF_INET6, family != libc::AF_INET);
    match name.to_bytes() {
        b"" if has_v4 && has_v6 => return Err(cx.raise(Builtin::OSError, "wildcard resolved to multiple address")),
        b"" if has_v4 => return Ok(Ipv4Addr::UNSPECIFIED.into()),
        b"" => return Ok(Ipv6Addr::UNSPECIFIED.into()),
        b"<broadcast>" | b"255.255.255.255" if has_v4 => return Ok(Ipv4Addr::BROADCAST.into()),
        b"<broadcast>" | b"255.255.255.255" => return Err(cx.raise(Builtin::OSError, "address family mismatched")),
        _ => {}
    }
    if let Some(ip) = name.to_str().ok().and_then(|name| name.parse::<IpAddr>().ok())
        && if ip.is_ipv4() { has_v4 } else { has_v6 }
    {
        return Ok(ip);
    }
    let found = lookup(cx, Some(name), None, Hints { family, ..Hints::default() })?;
    match found.iter().find_map(|way| ip_of(&way.address)) {
        Some(ip) => Ok(ip),
        None => Err(failed(cx, &Failure::Code(libc::EAI_NONAME))),
    }
}
