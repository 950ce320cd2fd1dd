//! Compiled code as bytes, for whatever keeps it: the library's image, cache files, messages between processes.

mod bytes;
mod code;

pub use bytes::{Reader, Writer};
pub use code::{read, write};

use crate::verify::VerifyError;

/// The version of the format. It changes with whatever a reader of another version would take for something else: layouts,
/// instructions.
pub const VERSION: u8 = 1;

/// Why bytes cannot be read.
#[derive(Debug)]
pub enum Fault {
    /// They were cut short, or are something else.
    Malformed,
    /// They are of another version.
    Version(u8),
    /// The verifier rejects code in them.
    Code(VerifyError),
}

/// What reading yields.
pub type Read<T> = Result<T, Fault>;
