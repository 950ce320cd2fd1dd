//! Reading and writing several buffers at once.

use std::ffi::c_int;
use std::io;

use crate::check;

fn vectors_of(parts: &[&[u8]]) -> Vec<libc::iovec> {
    let vector = |part: &&[u8]| libc::iovec { iov_base: part.as_ptr().cast_mut().cast(), iov_len: part.len() };
    parts.iter().map(vector).collect()
}

fn vectors_of_mut(parts: &mut [Vec<u8>]) -> Vec<libc::iovec> {
    let vector = |part: &mut Vec<u8>| libc::iovec { iov_base: part.as_mut_ptr().cast(), iov_len: part.len() };
    parts.iter_mut().map(vector).collect()
}

/// How many there are, as C counts.
fn count(vectors: &[libc::iovec]) -> c_int {
    c_int::try_from(vectors.len()).unwrap_or(c_int::MAX)
}

/// `writev`.
///
/// # Errors
/// What the system says.
pub fn writev(fd: c_int, parts: &[&[u8]]) -> io::Result<usize> {
    let vectors = vectors_of(parts);
    // SAFETY: the vectors describe slices that live during the call, which only reads them.
    check(unsafe { libc::writev(fd, vectors.as_ptr(), count(&vectors)) }).map(|count| count as usize)
}

/// `pwritev2`.
///
/// # Errors
/// What the system says.
pub fn pwritev(fd: c_int, parts: &[&[u8]], offset: i64, flags: c_int) -> io::Result<usize> {
    let vectors = vectors_of(parts);
    // SAFETY: as above.
    check(unsafe { libc::pwritev2(fd, vectors.as_ptr(), count(&vectors), offset, flags) }).map(|count| count as usize)
}

/// `readv`: fills the buffers one after the other.
///
/// # Errors
/// What the system says.
pub fn readv(fd: c_int, parts: &mut [Vec<u8>]) -> io::Result<usize> {
    let vectors = vectors_of_mut(parts);
    // SAFETY: the vectors describe buffers of that length, which nothing else uses during the call.
    check(unsafe { libc::readv(fd, vectors.as_ptr(), count(&vectors)) }).map(|count| count as usize)
}

/// `preadv2`.
///
/// # Errors
/// What the system says.
pub fn preadv(fd: c_int, parts: &mut [Vec<u8>], offset: i64, flags: c_int) -> io::Result<usize> {
    let vectors = vectors_of_mut(parts);
    // SAFETY: as above.
    check(unsafe { libc::preadv2(fd, vectors.as_ptr(), count(&vectors), offset, flags) }).map(|count| count as usize)
}
