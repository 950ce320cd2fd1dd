//! Frames: what a worker and its parent say to each other. A length of eight bytes, a kind of one, and the content.

use std::io::{self, Read, Write};

use crate::byte_enum::byte_enum;

byte_enum! {
    /// What a frame says.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_frames_are_read() {
        let mut whole = Vec::new();
        write(&mut whole, Kind::Call, b"content").expect("memory takes it");
        assert_eq!(read(&*whole).expect("it is whole"), (Kind::Call, b"content".to_vec()));
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]).expect_err("it was cut").kind(), io::ErrorKind::UnexpectedEof);
        }
        let mut unknown = whole.clone();
        unknown[8] = Kind::ALL.len() as u8;
        assert_eq!(read(&*unknown).expect_err("no kind").kind(), io::ErrorKind::InvalidData);
        // A length that nothing follows asks for no memory.
        whole[7] = 0xff;
        assert_eq!(read(&*whole).expect_err("it is short").kind(), io::ErrorKind::UnexpectedEof);
    }
}
