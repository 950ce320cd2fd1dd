//! Frames: what a worker and its parent say to each other. A length of eight bytes, a kind of one, and the content.

use std::io::{self, Read, Write};

/// What a frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// To a worker, first: how to set up its interpreter.
    SetUp,
    /// To a worker: call this, as a process whose end is the worker's.
    Process,
    /// To a worker: call this, as a thread whose end is the worker's.
    Thread,
    /// To a worker: call this and answer.
    Call,
    /// To a worker: end.
    Close,
    /// From a worker: the result of a call.
    Returned,
    /// From a worker: what a call raised, and its traceback.
    Raised,
}

impl Kind {
    fn from_byte(byte: u8) -> Option<Kind> {
        use Kind::{Call, Close, Process, Raised, Returned, SetUp, Thread};
        [SetUp, Process, Thread, Call, Close, Returned, Raised].get(usize::from(byte)).copied()
    }
}

/// Writes a frame, whole.
pub fn write(mut to: impl Write, kind: Kind, content: &[u8]) -> io::Result<()> {
    let mut head = [0; 9];
    head[..8].copy_from_slice(&(content.len() as u64).to_le_bytes());
    head[8] = kind as u8;
    to.write_all(&head)?;
    to.write_all(content)
}

/// Reads a frame; an error of kind `UnexpectedEof` if the other side is gone.
pub fn read(mut from: impl Read) -> io::Result<(Kind, Vec<u8>)> {
    let mut head = [0; 9];
    from.read_exact(&mut head)?;
    let length = u64::from_le_bytes(std::array::from_fn(|i| head[i]));
    let kind = Kind::from_byte(head[8]).ok_or(io::ErrorKind::InvalidData)?;
    let mut content = Vec::new();
    if from.take(length).read_to_end(&mut content)? as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok((kind, content))
}
