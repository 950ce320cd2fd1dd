//! What the system's resolver knows: hosts, services, protocols.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::io;
use std::sync::{Mutex, PoisonError};

use crate::net::Address;

unsafe extern "C" {
    fn gethostbyname2_r(
        name: *const c_char,
        family: c_int,
        host: *mut libc::hostent,
        room: *mut c_char,
        len: usize,
        result: *mut *mut libc::hostent,
        error: *mut c_int,
    ) -> c_int;
    fn gethostbyaddr_r(
        address: *const c_void,
        address_len: libc::socklen_t,
        family: c_int,
        host: *mut libc::hostent,
        room: *mut c_char,
        len: usize,
        result: *mut *mut libc::hostent,
        error: *mut c_int,
    ) -> c_int;
    fn inet_aton(text: *const c_char, address: *mut libc::in_addr) -> c_int;
    fn inet_pton(family: c_int, text: *const c_char, address: *mut c_void) -> c_int;
    fn inet_ntop(family: c_int, address: *const c_void, text: *mut c_char, len: libc::socklen_t) -> *const c_char;
}

/// What is asked for: flags, family, type and protocol; 0 for any.
#[derive(Clone, Copy, Default)]
pub struct Hints {
    /// Flags.
    pub flags: c_int,
    /// The family.
    pub family: c_int,
    /// The type.
    pub kind: c_int,
    /// The protocol.
    pub protocol: c_int,
}

/// One way to reach a service.
pub struct Way {
    /// The family.
    pub family: c_int,
    /// The type.
    pub kind: c_int,
    /// The protocol.
    pub protocol: c_int,
    /// The host's proper name, if it was asked for.
    pub name: Option<CString>,
    /// The address.
    pub address: Address,
}

/// Why the resolver has no answer.
pub enum Failure {
    /// A code of its own.
    Code(c_int),
    /// An error of the system.
    System(io::Error),
}

fn failure(code: c_int) -> Failure {
    if code == libc::EAI_SYSTEM { Failure::System(io::Error::last_os_error()) } else { Failure::Code(code) }
}

fn pointer(text: Option<&CStr>) -> *const c_char {
    text.map_or(std::ptr::null(), CStr::as_ptr)
}

/// `getaddrinfo`.
///
/// # Errors
/// What the resolver says.
pub fn getaddrinfo(host: Option<&CStr>, service: Option<&CStr>, hints: Hints) -> Result<Vec<Way>, Failure> {
    let hints = libc::addrinfo {
        ai_flags: hints.flags,
        ai_family: hints.family,
        ai_socktype: hints.kind,
        ai_protocol: hints.protocol,
        ai_addrlen: 0,
        ai_addr: std::ptr::null_mut(),
        ai_canonname: std::ptr::null_mut(),
        ai_next: std::ptr::null_mut(),
    };
    let mut all = std::ptr::null_mut();
    // SAFETY: terminated strings or none; the hints and the place for the result live during the call.
    let code = unsafe { libc::getaddrinfo(pointer(host), pointer(service), &hints, &mut all) };
    if code != 0 {
        return Err(failure(code));
    }
    let mut ways = Vec::new();
    let mut next = all;
    // SAFETY: a list that ends with null, whose addresses are as long as they say and whose names are terminated.
    unsafe {
        while let Some(way) = next.as_ref() {
            let address = if way.ai_addr.is_null() {
                Address::of(&[])
            } else {
                Address::of(&[std::slice::from_raw_parts(way.ai_addr.cast::<u8>(), way.ai_addrlen as usize)])
            };
            let name = (!way.ai_canonname.is_null()).then(|| CStr::from_ptr(way.ai_canonname).to_owned());
            let (family, kind, protocol) = (way.ai_family, way.ai_socktype, way.ai_protocol);
            ways.push(Way { family, kind, protocol, name, address });
            next = way.ai_next;
        }
        if !all.is_null() {
            libc::freeaddrinfo(all);
        }
    }
    Ok(ways)
}

/// `getnameinfo`: the names of a host and a service.
///
/// # Errors
/// What the resolver says.
pub fn getnameinfo(address: &Address, flags: c_int) -> Result<(CString, CString), Failure> {
    let (mut host, mut service) = ([0_u8; 1025], [0_u8; 32]);
    // SAFETY: the address is as long as it says, and so are the buffers, which are terminated afterwards.
    let code = unsafe {
        libc::getnameinfo(
            address.pointer(),
            address.len(),
            host.as_mut_ptr().cast(),
            host.len() as libc::socklen_t,
            service.as_mut_ptr().cast(),
            service.len() as libc::socklen_t,
            flags,
        )
    };
    if code != 0 {
        return Err(failure(code));
    }
    let text = |bytes: &[u8]| CStr::from_bytes_until_nul(bytes).map(CStr::to_owned).unwrap_or_default();
    Ok((text(&host), text(&service)))
}

/// A static text of C.
fn static_text(text: *const c_char) -> String {
    if text.is_null() {
        return String::new();
    }
    // SAFETY: it is terminated and stays.
    unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned()
}

/// The text of a resolver's code.
pub fn gai_strerror(code: c_int) -> String {
    // SAFETY: a number.
    static_text(unsafe { libc::gai_strerror(code) })
}

/// The text of a code about a host.
pub fn hstrerror(code: c_int) -> String {
    // SAFETY: a number.
    static_text(unsafe { libc::hstrerror(code) })
}

/// What is known of a host.
pub struct Host {
    /// Its proper name.
    pub name: CString,
    /// Its other names.
    pub aliases: Vec<CString>,
    /// The family of its addresses.
    pub family: c_int,
    /// Its addresses.
    pub addresses: Vec<Vec<u8>>,
}

/// The pointers of a list that ends with null.
///
/// # Safety
/// It is such a list, or null.
unsafe fn pointers(list: *mut *mut c_char) -> Vec<*mut c_char> {
    let mut found = Vec::new();
    if list.is_null() {
        return found;
    }
    // SAFETY: each entry before the null is there.
    unsafe {
        while !(*list.add(found.len())).is_null() {
            found.push(*list.add(found.len()));
        }
    }
    found
}

/// The most room for what is known of one host.
const MOST_ROOM: usize = 1 << 20;

type Lookup<'a> = &'a dyn Fn(*mut libc::hostent, *mut c_char, usize, *mut *mut libc::hostent, *mut c_int) -> c_int;

fn host(lookup: Lookup<'_>) -> Result<Host, c_int> {
    let mut room = vec![0_u8; 16384];
    loop {
        let mut host = std::mem::MaybeUninit::<libc::hostent>::zeroed();
        let (mut result, mut error) = (std::ptr::null_mut(), 0);
        let code = lookup(host.as_mut_ptr(), room.as_mut_ptr().cast(), room.len(), &mut result, &mut error);
        if code == libc::ERANGE && room.len() < MOST_ROOM {
            room.resize(room.len() * 4, 0);
            continue;
        }
        if code != 0 || result.is_null() {
            return Err(error);
        }
        // SAFETY: the call succeeded: the struct is filled, and what it refers to lies in the buffer.
        return Ok(unsafe {
            let found = &*result;
            let len = found.h_length as usize;
            let addresses = pointers(found.h_addr_list).into_iter();
            Host {
                name: CStr::from_ptr(found.h_name).to_owned(),
                aliases: pointers(found.h_aliases).into_iter().map(|name| CStr::from_ptr(name).to_owned()).collect(),
                family: found.h_addrtype,
                addresses: addresses
                    .map(|address| std::slice::from_raw_parts(address.cast::<u8>(), len).to_vec())
                    .collect(),
            }
        });
    }
}

/// `gethostbyname2_r`.
///
/// # Errors
/// The code of the failure, for [`hstrerror`].
pub fn gethostbyname(name: &CStr, family: c_int) -> Result<Host, c_int> {
    // SAFETY: a terminated string, a buffer of that length, and places for the results.
    host(&|host, room, len, result, error| unsafe {
        gethostbyname2_r(name.as_ptr(), family, host, room, len, result, error)
    })
}

/// `gethostbyaddr_r`.
///
/// # Errors
/// The code of the failure, for [`hstrerror`].
pub fn gethostbyaddr(address: &[u8], family: c_int) -> Result<Host, c_int> {
    let address_len = address.len() as libc::socklen_t;
    // SAFETY: the address has that length; the rest as above.
    host(&|host, room, len, result, error| unsafe {
        gethostbyaddr_r(address.as_ptr().cast(), address_len, family, host, room, len, result, error)
    })
}

/// Taken by whoever uses the tables of services and protocols, whose functions answer in memory that all threads share.
static TABLES: Mutex<()> = Mutex::new(());

/// `getservbyname`: the port.
pub fn getservbyname(name: &CStr, protocol: Option<&CStr>) -> Option<u16> {
    let _tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: terminated strings; what is returned is null or stays as it is while the lock is held.
    unsafe { libc::getservbyname(name.as_ptr(), pointer(protocol)).as_ref() }
        .map(|service| u16::from_be(service.s_port as u16))
}

/// `getservbyport`: the name.
pub fn getservbyport(port: u16, protocol: Option<&CStr>) -> Option<CString> {
    let _tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: a number and a terminated string; what is returned is null or stays while the lock is held, its name terminated.
    unsafe {
        let service = libc::getservbyport(c_int::from(port.to_be()), pointer(protocol)).as_ref();
        service.map(|service| CStr::from_ptr(service.s_name).to_owned())
    }
}

/// `getprotobyname`: the number.
pub fn getprotobyname(name: &CStr) -> Option<c_int> {
    let _tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
    // SAFETY: a terminated string; what is returned is null or stays as it is while the lock is held.
    unsafe { libc::getprotobyname(name.as_ptr()).as_ref() }.map(|protocol| protocol.p_proto)
}

/// `inet_aton`: the four bytes of an address in any of its forms.
pub fn aton(text: &CStr) -> Option<[u8; 4]> {
    let mut address = libc::in_addr { s_addr: 0 };
    // SAFETY: a terminated string, and room for the result.
    let is_address = unsafe { inet_aton(text.as_ptr(), &mut address) } != 0;
    is_address.then(|| address.s_addr.to_ne_bytes())
}

/// `inet_pton`: the bytes of an address; `None` for a text that is none.
///
/// # Errors
/// What the system says of the family.
pub fn pton(family: c_int, text: &CStr) -> io::Result<Option<Vec<u8>>> {
    let mut address = [0_u8; 16];
    // SAFETY: a terminated string, and room for the longest result.
    match unsafe { inet_pton(family, text.as_ptr(), address.as_mut_ptr().cast()) } {
        -1 => Err(io::Error::last_os_error()),
        0 => Ok(None),
        _ => Ok(Some(address[..if family == libc::AF_INET { 4 } else { 16 }].to_vec())),
    }
}

/// `inet_ntop` for 4 or 16 bytes: the text of an address.
pub fn ntop(address: &[u8]) -> String {
    let family = if address.len() == 4 { libc::AF_INET } else { libc::AF_INET6 };
    let (mut padded, mut text) = ([0_u8; 16], [0_u8; 64]);
    let len = address.len().min(padded.len());
    padded[..len].copy_from_slice(&address[..len]);
    // SAFETY: the longest address, and more room than the longest text takes.
    unsafe { inet_ntop(family, padded.as_ptr().cast(), text.as_mut_ptr().cast(), text.len() as libc::socklen_t) };
    CStr::from_bytes_until_nul(&text).map_or_else(|_| String::new(), |text| text.to_string_lossy().into_owned())
}
