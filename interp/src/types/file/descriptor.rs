//! A file descriptor, which may be shared by the layers of a file: what the system is asked. Knows nothing of values.

use std::io;
use std::os::fd::{BorrowedFd, RawFd};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use crate::memory;

/// The most that is read or written at a time, as CPython has it.
const MOST: usize = i32::MAX as usize;

/// A descriptor, or none.
pub struct Descriptor {
    /// The number, or -1. Written when the file is opened or closed; Relaxed: who uses a file that another thread closes at
    /// the same moment gets an error of the system, as in CPython.
    number: AtomicI32,
    /// Whether the descriptor is closed with the file (Relaxed: a plain setting).
    closes: AtomicBool,
    /// Whether worker processes write to the same file, so that what is written must stay in one piece.
    has_other_writers: bool,
}

impl Descriptor {
    /// No descriptor yet.
    pub fn none() -> Descriptor {
        Descriptor { number: AtomicI32::new(-1), closes: AtomicBool::new(false), has_other_writers: false }
    }

    /// One that the process was started with, which is never closed.
    pub fn standard(number: RawFd, has_other_writers: bool) -> Descriptor {
        Descriptor { number: AtomicI32::new(number), closes: AtomicBool::new(false), has_other_writers }
    }

    /// Takes a descriptor over.
    pub fn set(&self, number: RawFd, closes: bool) {
        self.closes.store(closes, Ordering::Relaxed);
        self.number.store(number, Ordering::Relaxed);
    }

    /// Whether the descriptor is closed with the file.
    pub fn closes(&self) -> bool {
        self.closes.load(Ordering::Relaxed)
    }

    /// Says whether the descriptor is closed with the file.
    pub fn set_closes(&self, closes: bool) {
        self.closes.store(closes, Ordering::Relaxed);
    }

    /// The number, if there is a descriptor.
    #[inline]
    pub fn number(&self) -> Option<RawFd> {
        let number = self.number.load(Ordering::Relaxed);
        (number >= 0).then_some(number)
    }

    /// Whether there is a descriptor.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.number().is_some()
    }

    /// The descriptor for calls of the system.
    pub fn borrow(&self) -> io::Result<BorrowedFd<'_>> {
        let number = self.number().ok_or_else(|| io::Error::from_raw_os_error(libc::EBADF))?;
        // SAFETY: it is not -1. Whether it is open the system says: a script may have closed it by its number.
        Ok(unsafe { BorrowedFd::borrow_raw(number) })
    }

    /// Reads up to `most` bytes to the end of a buffer, which has room for them; how many there were.
    pub fn read(&self, buffer: &mut Vec<u8>, most: usize) -> io::Result<usize> {
        let most = most.min(MOST);
        memory::reserve(buffer, most);
        let before = buffer.len();
        let count = rustix::io::read(self.borrow()?, &mut buffer.spare_capacity_mut()[..most])?.0.len();
        // SAFETY: the system has written that many bytes behind the others.
        unsafe { buffer.set_len(before + count) };
        Ok(count)
    }

    /// Writes some bytes; how many were.
    pub fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        let _turn = self.keep_together();
        Ok(rustix::io::write(self.borrow()?, &bytes[..bytes.len().min(MOST)])?)
    }

    /// Keeps other processes from writing in between.
    fn keep_together(&self) -> Option<impl Drop> {
        self.has_other_writers.then(crate::shared::arena::lock_output).flatten()
    }

    /// Writes all bytes, also where that is interrupted. When it fails, `rest` is what was not written.
    pub fn write_all(&self, rest: &mut &[u8]) -> io::Result<()> {
        let _turn = self.keep_together();
        while !rest.is_empty() {
            match rustix::io::write(self.borrow()?, &rest[..rest.len().min(MOST)]) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(count) => *rest = &rest[count..],
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Goes to a position, as `lseek` does.
    pub fn seek(&self, offset: i64, whence: i32) -> io::Result<i64> {
        let number = self.number().ok_or_else(|| io::Error::from_raw_os_error(libc::EBADF))?;
        // SAFETY: a call of the system with numbers alone.
        let position = unsafe { libc::lseek(number, offset, whence) };
        if position < 0 { Err(io::Error::last_os_error()) } else { Ok(position) }
    }

    /// Closes it, if it is to be closed with the file. There is none afterwards.
    pub fn close(&self) -> io::Result<()> {
        let number = self.number.swap(-1, Ordering::Relaxed);
        if number < 0 || !self.closes() {
            return Ok(());
        }
        // SAFETY: a call of the system with a number alone. What is wrong with the number the system says.
        if unsafe { libc::close(number) } < 0 {
            return Err(io::Error::last_os_error());
        }
        Ok(())
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        // Nobody is left to hear of an error.
        let _ = self.close();
    }
}
