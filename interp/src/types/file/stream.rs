//! A buffered stream of bytes over a file descriptor. Knows nothing of values: it is used off the lock.
//!
//! At most one of the two buffers holds something: reading flushes what was written, writing gives back what was read ahead.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::mem::ManuallyDrop;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd};

use crate::memory;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A line feed.
    Feed,
    /// A line feed, a carriage return, or one after the other.
    Any,
    /// A carriage return.
    Return,
    /// A carriage return and a line feed.
    ReturnFeed,
}

/// Bytes that are read or written at a time.
const CHUNK: usize = 8192;

/// What a stream may be used for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Access {
    /// It may be read.
    pub read: bool,
    /// It may be written.
    pub write: bool,
}

/// When written bytes go to the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buffering {
    /// When the buffer is full.
    Full,
    /// Also when a line ends.
    Line,
    /// At once.
    None,
}

/// Writes bytes; when it fails, `rest` is what was not written.
fn write_all(file: &mut File, rest: &mut &[u8]) -> io::Result<()> {
    while !rest.is_empty() {
        match file.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => *rest = &rest[count..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The file of a stream.
struct Handle {
    file: ManuallyDrop<File>,
    /// Whether closing the stream closes the file.
    owned: bool,
}

impl Drop for Handle {
    fn drop(&mut self) {
        if self.owned {
            // SAFETY: the handle is at its end, so nobody uses the file after this.
            unsafe { ManuallyDrop::drop(&mut self.file) };
        }
    }
}

/// A stream.
pub struct Stream {
    file: Option<Handle>,
    /// What it may be used for.
    pub access: Access,
    /// When written bytes go to the file.
    pub buffering: Buffering,
    /// Whether worker processes write to the same file, so that what is written must stay in one piece.
    pub has_other_writers: bool,
    ahead: Vec<u8>,
    /// How much of `ahead` was consumed.
    consumed: usize,
    pending: Vec<u8>,
}

impl Stream {
    /// A stream over an open file.
    pub fn new(file: File, access: Access, buffering: Buffering) -> Stream {
        Stream::over(Handle { file: ManuallyDrop::new(file), owned: true }, access, buffering)
    }

    /// A stream over a file that outlives it and is not closed with it: one that the process was started with. No descriptor
    /// is needed for that, so it works when there are none left.
    pub fn borrowed(file: BorrowedFd<'static>, access: Access, buffering: Buffering) -> Stream {
        // SAFETY: the descriptor stays open, and what is made of it here is never dropped.
        let file = ManuallyDrop::new(unsafe { File::from_raw_fd(file.as_raw_fd()) });
        Stream::over(Handle { file, owned: false }, access, buffering)
    }

    fn over(file: Handle, access: Access, buffering: Buffering) -> Stream {
        let mut stream = Stream::closed(access);
        (stream.file, stream.buffering) = (Some(file), buffering);
        stream
    }

    /// A stream that never was open.
    pub fn closed(access: Access) -> Stream {
        Stream {
            file: None,
            access,
            buffering: Buffering::None,
            has_other_writers: false,
            ahead: Vec::new(),
            consumed: 0,
            pending: Vec::new(),
        }
    }

    /// Whether it was closed.
    pub fn is_closed(&self) -> bool {
        self.file.is_none()
    }

    /// The file.
    pub fn file(&self) -> Option<&File> {
        self.file.as_ref().map(|handle| &*handle.file)
    }

    fn open_file(&mut self) -> io::Result<&mut File> {
        let handle = self.file.as_mut().ok_or_else(|| io::Error::other("I/O operation on closed file."))?;
        Ok(&mut handle.file)
    }

    /// Takes bytes without touching the file, if the buffer has room and no line must go out.
    pub fn try_buffer(&mut self, bytes: &[u8]) -> bool {
        let fits = self.pending.len() + bytes.len() <= CHUNK
            && self.file.is_some()
            && self.ahead.is_empty()
            && match self.buffering {
                Buffering::Full => true,
                Buffering::Line => !bytes.contains(&b'\n'),
                Buffering::None => false,
            };
        if fits {
            self.pending.extend_from_slice(bytes);
        }
        fits
    }

    /// Writes bytes.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.give_back()?;
        if self.try_buffer(bytes) {
            return Ok(());
        }
        memory::reserve(&mut self.pending, bytes.len());
        self.pending.extend_from_slice(bytes);
        let ends_line = self.buffering == Buffering::Line && bytes.contains(&b'\n');
        if self.buffering == Buffering::None || ends_line || self.pending.len() > CHUNK { self.flush() } else { Ok(()) }
    }

    /// Writes what is pending; what could not be written stays pending, if there is to be a buffer.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.pending.is_empty() {
            return Ok(());
        }
        let _turn = self.has_other_writers.then(crate::shared::arena::lock_output).flatten();
        let pending = std::mem::take(&mut self.pending);
        let mut rest = pending.as_slice();
        let result = self.open_file().and_then(|file| write_all(file, &mut rest));
        if self.buffering != Buffering::None {
            self.pending = memory::copy(rest);
        }
        result
    }

    /// Moves the file back to where the reader stands.
    fn give_back(&mut self) -> io::Result<()> {
        let unread = self.ahead.len() - self.consumed;
        self.ahead.clear();
        self.consumed = 0;
        if unread > 0 {
            self.open_file()?.seek(SeekFrom::Current(-(unread as i64)))?;
        }
        Ok(())
    }

    /// Reads ahead; how many bytes came, 0 at the end.
    fn fill(&mut self) -> io::Result<usize> {
        self.flush()?;
        if self.consumed > 0 {
            self.ahead.drain(..self.consumed);
            self.consumed = 0;
        }
        let old = self.ahead.len();
        memory::reserve(&mut self.ahead, CHUNK);
        self.ahead.resize(old + CHUNK, 0);
        let handle = self.file.as_mut().ok_or_else(|| io::Error::other("I/O operation on closed file."))?;
        let count = handle.file.read(&mut self.ahead[old..]);
        self.ahead.truncate(old + *count.as_ref().unwrap_or(&0));
        count
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let bytes = memory::copy(&self.ahead[self.consumed..self.consumed + count]);
        self.consumed += count;
        bytes
    }

    /// Reads until the end, or as many bytes as `limit` says.
    pub fn read(&mut self, limit: Option<usize>) -> io::Result<Vec<u8>> {
        while limit.is_none_or(|limit| self.ahead.len() - self.consumed < limit) {
            if self.fill()? == 0 {
                break;
            }
        }
        let available = self.ahead.len() - self.consumed;
        Ok(self.take(limit.map_or(available, |limit| limit.min(available))))
    }

    /// Reads whole characters of UTF-8; bytes that are none count one each.
    pub fn read_chars(&mut self, count: usize) -> io::Result<Vec<u8>> {
        loop {
            let unread = &self.ahead[self.consumed..];
            let starts = unread.iter().enumerate().filter(|(_, byte)| (**byte as i8) >= -0x40);
            match starts.map(|(at, _)| at).nth(count) {
                Some(end) => return Ok(self.take(end)),
                None if self.fill()? == 0 => {
                    let rest = self.ahead.len() - self.consumed;
                    return Ok(self.take(rest));
                }
                None => {}
            }
        }
    }

    /// Reads to the end of the line, which is included.
    pub fn read_line(&mut self, ending: Ending, limit: Option<usize>) -> io::Result<Vec<u8>> {
        let mut searched = 0;
        loop {
            let unread = &self.ahead[self.consumed..];
            let end = unread[searched..].iter().enumerate().position(|(at, &byte)| match ending {
                Ending::Feed => byte == b'\n',
                Ending::Any => matches!(byte, b'\n' | b'\r'),
                Ending::Return => byte == b'\r',
                Ending::ReturnFeed => byte == b'\n' && unread[..searched + at].last() == Some(&b'\r'),
            });
            if let Some(limit) = limit.filter(|limit| end.map_or(unread.len(), |end| searched + end + 1) >= *limit) {
                return Ok(self.take(limit));
            }
            if let Some(end) = end.map(|end| searched + end) {
                let carriage = ending == Ending::Any && unread[end] == b'\r';
                let follower = unread.get(end + 1).copied();
                match follower {
                    Some(b'\n') if carriage => return Ok(self.take(end + 2)),
                    None if carriage && self.fill()? > 0 => continue,
                    _ => return Ok(self.take(end + 1)),
                }
            }
            searched = self.ahead.len() - self.consumed;
            if self.fill()? == 0 {
                let rest = self.ahead.len() - self.consumed;
                return Ok(self.take(rest));
            }
        }
    }

    /// Where the next byte is read or written.
    pub fn tell(&mut self) -> io::Result<u64> {
        let (unread, pending) = (self.ahead.len() - self.consumed, self.pending.len());
        Ok(self.open_file()?.stream_position()? - unread as u64 + pending as u64)
    }

    /// Goes to a position.
    pub fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.flush()?;
        self.give_back()?;
        self.open_file()?.seek(to)
    }

    /// Cuts the file off, at the position if no size is given.
    pub fn truncate(&mut self, size: Option<u64>) -> io::Result<u64> {
        self.flush()?;
        let size = match size {
            Some(size) => size,
            None => self.tell()?,
        };
        self.open_file()?.set_len(size)?;
        Ok(size)
    }

    /// Writes what is pending and closes the file.
    pub fn close(&mut self) -> io::Result<()> {
        if self.file.is_none() {
            return Ok(());
        }
        let flushed = self.flush();
        self.file = None;
        flushed
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Nobody is left to hear of an error.
        let _ = self.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(text: &[u8]) -> Stream {
        let path = std::env::temp_dir().join(format!("argil-stream-{}-{}", std::process::id(), text.len()));
        std::fs::write(&path, text).expect("the folder for temporary files is writable");
        let file = File::options().read(true).write(true).open(&path).expect("the file was just made");
        std::fs::remove_file(&path).expect("the file was just made");
        Stream::new(file, Access { read: true, write: true }, Buffering::Full)
    }

    #[test]
    fn lines_end_as_the_mode_says() {
        let mut s = stream(b"a\r\nb\rc\nd");
        assert_eq!(s.read_line(Ending::Any, None).unwrap(), b"a\r\n");
        assert_eq!(s.read_line(Ending::Any, None).unwrap(), b"b\r");
        assert_eq!(s.read_line(Ending::Feed, None).unwrap(), b"c\n");
        assert_eq!(s.read_line(Ending::Feed, Some(9)).unwrap(), b"d");
        assert_eq!(s.read_line(Ending::Feed, None).unwrap(), b"");
    }

    #[test]
    fn characters_are_read_whole() {
        let mut s = stream("äb€".as_bytes());
        assert_eq!(s.read_chars(2).unwrap(), "äb".as_bytes());
        assert_eq!(s.read_chars(7).unwrap(), "€".as_bytes());
    }

    #[test]
    fn writing_goes_on_where_reading_stopped() {
        let mut s = stream(b"0123456789");
        assert_eq!(s.read(Some(3)).unwrap(), b"012");
        s.write(b"ab").unwrap();
        assert_eq!(s.tell().unwrap(), 5);
        s.seek(SeekFrom::Start(0)).unwrap();
        assert_eq!(s.read(None).unwrap(), b"012ab56789");
    }
}
