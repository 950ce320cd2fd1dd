//! Sockets: the calls, with addresses as the kernel has them.

use std::ffi::{CStr, CString, c_char, c_int, c_uint, c_void};
use std::io;
use std::mem::MaybeUninit;

use crate::check;

/// The bytes of the longest address of any family.
const LONGEST: usize = size_of::<libc::sockaddr_storage>();

/// An address: its family, and what that family puts behind it.
#[derive(Clone, Copy)]
#[repr(C, align(8))]
pub struct Address {
    bytes: [u8; LONGEST],
    len: libc::socklen_t,
}

impl Address {
    /// The address of these bytes, of which there are at most 128.
    pub fn of(parts: &[&[u8]]) -> Address {
        let mut address = Address::room();
        let mut len = 0;
        for part in parts {
            let room = &mut address.bytes[len..];
            let count = part.len().min(room.len());
            room[..count].copy_from_slice(&part[..count]);
            len += count;
        }
        address.len = len as libc::socklen_t;
        address
    }

    /// Room for any.
    fn room() -> Address {
        Address { bytes: [0; LONGEST], len: LONGEST as libc::socklen_t }
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..LONGEST.min(self.len as usize)]
    }

    pub(crate) fn pointer(&self) -> *const libc::sockaddr {
        self.bytes.as_ptr().cast()
    }

    pub(crate) fn len(&self) -> libc::socklen_t {
        self.len
    }

    /// Lets a call put an address here.
    fn filled<T>(call: impl FnOnce(*mut libc::sockaddr, *mut libc::socklen_t) -> T) -> (T, Address) {
        let mut address = Address::room();
        let result = call(address.bytes.as_mut_ptr().cast(), &mut address.len);
        (result, address)
    }
}

/// `socket`; the descriptor is not inherited.
///
/// # Errors
/// What the system says.
pub fn socket(family: c_int, kind: c_int, protocol: c_int) -> io::Result<c_int> {
    // SAFETY: numbers only.
    check(unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC, protocol) })
}

/// `socketpair`.
///
/// # Errors
/// What the system says.
pub fn socketpair(family: c_int, kind: c_int, protocol: c_int) -> io::Result<[c_int; 2]> {
    let mut ends = [0; 2];
    // SAFETY: there is room for two.
    check(unsafe { libc::socketpair(family, kind | libc::SOCK_CLOEXEC, protocol, ends.as_mut_ptr()) }).map(|_| ends)
}

/// `accept4`: the new descriptor, and the peer's address.
///
/// # Errors
/// What the system says.
pub fn accept(fd: c_int) -> io::Result<(c_int, Address)> {
    // SAFETY: the address has room for as much as its length says.
    let (result, peer) =
        Address::filled(|address, len| check(unsafe { libc::accept4(fd, address, len, libc::SOCK_CLOEXEC) }));
    result.map(|fd| (fd, peer))
}

/// `bind`.
///
/// # Errors
/// What the system says.
pub fn bind(fd: c_int, address: &Address) -> io::Result<()> {
    // SAFETY: the address is as long as it says.
    check(unsafe { libc::bind(fd, address.pointer(), address.len) }).map(|_| ())
}

/// `connect`.
///
/// # Errors
/// What the system says.
pub fn connect(fd: c_int, address: &Address) -> io::Result<()> {
    // SAFETY: the address is as long as it says.
    check(unsafe { libc::connect(fd, address.pointer(), address.len) }).map(|_| ())
}

/// `listen`.
///
/// # Errors
/// What the system says.
pub fn listen(fd: c_int, backlog: c_int) -> io::Result<()> {
    // SAFETY: numbers only.
    check(unsafe { libc::listen(fd, backlog) }).map(|_| ())
}

/// `shutdown`.
///
/// # Errors
/// What the system says.
pub fn shutdown(fd: c_int, how: c_int) -> io::Result<()> {
    // SAFETY: numbers only.
    check(unsafe { libc::shutdown(fd, how) }).map(|_| ())
}

/// `getsockname`.
///
/// # Errors
/// What the system says.
pub fn getsockname(fd: c_int) -> io::Result<Address> {
    // SAFETY: the address has room for as much as its length says.
    let (result, address) = Address::filled(|address, len| check(unsafe { libc::getsockname(fd, address, len) }));
    result.map(|_| address)
}

/// `getpeername`.
///
/// # Errors
/// What the system says.
pub fn getpeername(fd: c_int) -> io::Result<Address> {
    // SAFETY: the address has room for as much as its length says.
    let (result, address) = Address::filled(|address, len| check(unsafe { libc::getpeername(fd, address, len) }));
    result.map(|_| address)
}

/// Lets a call write up to `most` bytes into an empty vector that has room for them.
fn received(into: &mut Vec<u8>, most: usize, call: impl FnOnce(*mut c_void, usize) -> isize) -> io::Result<usize> {
    into.clear();
    let most = most.min(into.capacity());
    let count = check(call(into.as_mut_ptr().cast(), most))? as usize;
    // SAFETY: the kernel has written so many bytes; what a message has beyond `most` it only counts.
    unsafe { into.set_len(count.min(most)) };
    Ok(count)
}

/// `recv` into the room of a vector, which holds what came afterwards. How many bytes there were, which with `MSG_TRUNC` may be
/// more.
///
/// # Errors
/// What the system says.
pub fn recv(fd: c_int, into: &mut Vec<u8>, most: usize, flags: c_int) -> io::Result<usize> {
    // SAFETY: there is room for so many bytes.
    received(into, most, |start, most| unsafe { libc::recv(fd, start, most, flags) })
}

/// `recvfrom`: the same with the sender's address.
///
/// # Errors
/// What the system says.
pub fn recvfrom(fd: c_int, into: &mut Vec<u8>, most: usize, flags: c_int) -> io::Result<(usize, Address)> {
    let (count, sender) = Address::filled(|address, len| {
        // SAFETY: there is room for so many bytes, and for as long an address as its length says.
        received(into, most, |start, most| unsafe { libc::recvfrom(fd, start, most, flags, address, len) })
    });
    count.map(|count| (count, sender))
}

/// `send`.
///
/// # Errors
/// What the system says.
pub fn send(fd: c_int, bytes: &[u8], flags: c_int) -> io::Result<usize> {
    // SAFETY: the slice has that length.
    check(unsafe { libc::send(fd, bytes.as_ptr().cast(), bytes.len(), flags) }).map(|count| count as usize)
}

/// `sendto`.
///
/// # Errors
/// What the system says.
pub fn sendto(fd: c_int, bytes: &[u8], flags: c_int, to: &Address) -> io::Result<usize> {
    let (start, len) = (bytes.as_ptr().cast(), bytes.len());
    // SAFETY: the slice has that length, and so has the address.
    check(unsafe { libc::sendto(fd, start, len, flags, to.pointer(), to.len) }).map(|count| count as usize)
}

/// A header of parts that live as long as the call that it is for.
fn header(parts: &mut [libc::iovec], control: (*mut u8, usize)) -> libc::msghdr {
    // SAFETY: zeros are a header of nothing.
    let mut header: libc::msghdr = unsafe { MaybeUninit::zeroed().assume_init() };
    header.msg_iov = parts.as_mut_ptr();
    header.msg_iovlen = parts.len() as _;
    if control.1 > 0 {
        header.msg_control = control.0.cast();
        header.msg_controllen = control.1 as _;
    }
    header
}

/// `sendmsg`: parts one after the other, with what goes beside them.
///
/// # Errors
/// What the system says.
pub fn sendmsg(
    fd: c_int,
    parts: &[Vec<u8>],
    control: &mut [u8],
    flags: c_int,
    to: Option<&Address>,
) -> io::Result<usize> {
    let vector = |part: &Vec<u8>| libc::iovec { iov_base: part.as_ptr().cast_mut().cast(), iov_len: part.len() };
    let mut vectors: Vec<libc::iovec> = parts.iter().map(vector).collect();
    let mut header = header(&mut vectors, (control.as_mut_ptr(), control.len()));
    if let Some(to) = to {
        header.msg_name = to.pointer().cast_mut().cast();
        header.msg_namelen = to.len;
    }
    // SAFETY: all that the header names lives during the call, which only reads it.
    check(unsafe { libc::sendmsg(fd, &header, flags) }).map(|count| count as usize)
}

/// What `recvmsg` says of a message.
pub struct Message {
    /// How many bytes there were.
    pub count: usize,
    /// How many bytes of the room for what goes beside them are used.
    pub control: usize,
    /// What became of it.
    pub flags: c_int,
    /// Who sent it.
    pub sender: Address,
}

/// `recvmsg`: fills the parts one after the other.
///
/// # Errors
/// What the system says.
pub fn recvmsg(fd: c_int, parts: &mut [Vec<u8>], control: &mut [u8], flags: c_int) -> io::Result<Message> {
    let vector = |part: &mut Vec<u8>| libc::iovec { iov_base: part.as_mut_ptr().cast(), iov_len: part.len() };
    let mut vectors: Vec<libc::iovec> = parts.iter_mut().map(vector).collect();
    let mut header = header(&mut vectors, (control.as_mut_ptr(), control.len()));
    let (count, sender) = Address::filled(|address, len| {
        header.msg_name = address.cast();
        header.msg_namelen = LONGEST as libc::socklen_t;
        // SAFETY: all that the header names lives during the call and has the room that it says.
        let count = check(unsafe { libc::recvmsg(fd, &mut header, flags) });
        // SAFETY: the length is the address's own.
        unsafe { *len = header.msg_namelen };
        count
    });
    let control = if control.is_empty() { 0 } else { header.msg_controllen };
    count.map(|count| Message { count: count as usize, control, flags: header.msg_flags, sender })
}

/// `getsockopt`: how many bytes of the buffer it used.
///
/// # Errors
/// What the system says.
pub fn getsockopt(fd: c_int, level: c_int, option: c_int, into: &mut [u8]) -> io::Result<usize> {
    let mut len = into.len() as libc::socklen_t;
    // SAFETY: the buffer has that length.
    check(unsafe { libc::getsockopt(fd, level, option, into.as_mut_ptr().cast(), &mut len) })?;
    Ok(into.len().min(len as usize))
}

/// `getsockopt` for an option that is a number.
///
/// # Errors
/// What the system says.
pub fn option(fd: c_int, level: c_int, option: c_int) -> io::Result<c_int> {
    let mut value = [0; size_of::<c_int>()];
    getsockopt(fd, level, option, &mut value).map(|_| c_int::from_ne_bytes(value))
}

/// `setsockopt`.
///
/// # Errors
/// What the system says.
pub fn setsockopt(fd: c_int, level: c_int, option: c_int, value: &[u8]) -> io::Result<()> {
    let len = value.len() as libc::socklen_t;
    // SAFETY: the slice has that length.
    check(unsafe { libc::setsockopt(fd, level, option, value.as_ptr().cast(), len) }).map(|_| ())
}

/// `setsockopt` for an option that takes a length only.
///
/// # Errors
/// What the system says.
pub fn setsockopt_length(fd: c_int, level: c_int, option: c_int, len: c_uint) -> io::Result<()> {
    // SAFETY: the kernel refuses to read there.
    check(unsafe { libc::setsockopt(fd, level, option, std::ptr::null(), len) }).map(|_| ())
}

/// `if_nametoindex`.
///
/// # Errors
/// What the system says.
pub fn if_nametoindex(name: &CStr) -> io::Result<c_uint> {
    // SAFETY: the string is terminated.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(io::Error::last_os_error()),
        index => Ok(index),
    }
}

/// `if_indextoname`.
///
/// # Errors
/// What the system says.
pub fn if_indextoname(index: c_uint) -> io::Result<CString> {
    let mut name = [0_u8; libc::IF_NAMESIZE + 1];
    // SAFETY: the buffer is longer than any name.
    if unsafe { libc::if_indextoname(index, name.as_mut_ptr().cast::<c_char>()) }.is_null() {
        return Err(io::Error::last_os_error());
    }
    Ok(CStr::from_bytes_until_nul(&name).map(CStr::to_owned).unwrap_or_default())
}

/// `if_nameindex`: numbers and names of all interfaces.
///
/// # Errors
/// What the system says.
pub fn if_nameindex() -> io::Result<Vec<(c_uint, CString)>> {
    // SAFETY: takes nothing.
    let all = unsafe { libc::if_nameindex() };
    if all.is_null() {
        return Err(io::Error::last_os_error());
    }
    let mut found = Vec::new();
    let mut next = all;
    // SAFETY: a list that ends with the number 0; each other entry has a terminated name.
    unsafe {
        while (*next).if_index != 0 && !(*next).if_name.is_null() {
            found.push(((*next).if_index, CStr::from_ptr((*next).if_name).to_owned()));
            next = next.add(1);
        }
        libc::if_freenameindex(all);
    }
    Ok(found)
}
