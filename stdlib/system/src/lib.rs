//! System calls as scripts make them: with plain numbers for descriptors and flags, which the kernel checks; and a library of C.
//!
//! Safe wrappers of libc's functions and zstd's, and nothing else: no values, no interpreter. Descriptors are numbers here because scripts
//! have nothing else; that a number names what the caller means is the script's affair, as it is in C.

pub mod account;
pub mod files;
pub mod fork;
pub mod locale;
pub mod mapping;
pub mod net;
pub mod plain;
pub mod poll;
pub mod process;
pub mod raw;
pub mod real;
pub mod resolve;
pub mod signals;
pub mod terminal;
pub mod vectors;
#[cfg(feature = "zstd")]
pub mod zstd;

pub use libc;

use std::io;

/// What a call returned: an error if that is -1.
fn check<T: Copy + PartialEq + From<i8>>(result: T) -> io::Result<T> {
    if result == T::from(-1) { Err(io::Error::last_os_error()) } else { Ok(result) }
}

/// What a call returned that returns an error number.
fn check_number(result: libc::c_int) -> io::Result<()> {
    if result == 0 { Ok(()) } else { Err(io::Error::from_raw_os_error(result)) }
}
