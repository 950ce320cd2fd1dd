//! Memory that the system maps: a file's, or its own.

use std::ffi::c_int;
use std::io;
use std::ops::Range;
use std::ptr::NonNull;

use crate::check;

/// Mapped memory. Other processes may change it meanwhile, if it is shared with them, and whoever shortens a file takes its memory
/// away: as in C, the process then ends by a signal when it uses that.
pub struct Mapping {
    start: NonNull<u8>,
    len: usize,
    is_readable: bool,
    is_writable: bool,
}

// SAFETY: memory belongs to no thread.
unsafe impl Send for Mapping {}

/// What a mapping is made of.
#[derive(Clone, Copy)]
pub struct Request {
    /// The descriptor of a file; -1 for none.
    pub descriptor: c_int,
    /// How many bytes; not 0.
    pub len: usize,
    /// What may be done with them.
    pub protection: c_int,
    /// How they are mapped. Flags that would put them where other memory is are refused.
    pub flags: c_int,
    /// Where in the file they begin.
    pub offset: libc::off_t,
}

impl Mapping {
    /// Maps memory.
    ///
    /// # Errors
    /// The system's.
    pub fn new(request: Request) -> io::Result<Mapping> {
        let Request { descriptor, len, protection, flags, offset } = request;
        if flags & (libc::MAP_FIXED | libc::MAP_FIXED_NOREPLACE | libc::MAP_GROWSDOWN) != 0 {
            return Err(io::Error::from_raw_os_error(libc::EINVAL));
        }
        // SAFETY: the system chooses where, so no other memory is touched.
        let start = unsafe { libc::mmap(std::ptr::null_mut(), len, protection, flags, descriptor, offset) };
        let start = Some(start).filter(|&start| start != libc::MAP_FAILED).and_then(|start| NonNull::new(start.cast()));
        let start = start.ok_or_else(io::Error::last_os_error)?;
        let is_writable = protection & libc::PROT_WRITE != 0;
        Ok(Mapping { start, len, is_readable: is_writable || protection & libc::PROT_READ != 0, is_writable })
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no byte: never.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bytes; none if they cannot be read.
    pub fn bytes(&self) -> &[u8] {
        let len = if self.is_readable { self.len } else { 0 };
        // SAFETY: that many bytes are mapped until this is dropped, and can be read.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), len) }
    }

    /// The same to change them; `None` if they cannot be changed.
    pub fn bytes_mut(&mut self) -> Option<&mut [u8]> {
        // SAFETY: that many bytes are mapped until this is dropped, and can be written.
        self.is_writable.then(|| unsafe { std::slice::from_raw_parts_mut(self.start.as_ptr(), self.len) })
    }

    /// Maps more or fewer bytes, elsewhere if need be.
    ///
    /// # Errors
    /// The system's.
    pub fn resize(&mut self, len: usize) -> io::Result<()> {
        // SAFETY: the memory is this one's, and nobody borrows its bytes meanwhile.
        let start = unsafe { libc::mremap(self.start.as_ptr().cast(), self.len, len, libc::MREMAP_MAYMOVE) };
        let start = Some(start).filter(|&start| start != libc::MAP_FAILED).and_then(|start| NonNull::new(start.cast()));
        self.start = start.ok_or_else(io::Error::last_os_error)?;
        self.len = len;
        Ok(())
    }

    fn part(&self, part: &Range<usize>) -> (*mut libc::c_void, usize) {
        let (start, end) = (part.start.min(self.len), part.end.min(self.len));
        // SAFETY: within the memory, or at its end.
        (unsafe { self.start.as_ptr().add(start) }.cast(), end.saturating_sub(start))
    }

    /// Writes a part to its file.
    ///
    /// # Errors
    /// The system's.
    pub fn flush(&self, part: Range<usize>) -> io::Result<()> {
        let (start, len) = self.part(&part);
        // SAFETY: within the memory.
        check(unsafe { libc::msync(start, len, libc::MS_SYNC) }).map(|_| ())
    }

    /// Tells the system how a part will be used.
    ///
    /// # Errors
    /// The system's.
    pub fn advise(&mut self, part: Range<usize>, advice: c_int) -> io::Result<()> {
        let (start, len) = self.part(&part);
        // SAFETY: within the memory, whose bytes nobody borrows meanwhile; at worst they change.
        check(unsafe { libc::madvise(start, len, advice) }).map(|_| ())
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: the memory is this one's, and nobody borrows its bytes any more.
        unsafe { libc::munmap(self.start.as_ptr().cast(), self.len) };
    }
}

/// Another descriptor for the same file, which programs that are started do not get.
///
/// # Errors
/// The system's.
pub fn duplicate(descriptor: c_int) -> io::Result<c_int> {
    // SAFETY: numbers only.
    check(unsafe { libc::fcntl(descriptor, libc::F_DUPFD_CLOEXEC, 0) })
}

/// The size of a file, if it is a plain one.
///
/// # Errors
/// The system's.
pub fn file_size(descriptor: c_int) -> io::Result<Option<u64>> {
    let stat = stat(descriptor)?;
    Ok((stat.st_mode & libc::S_IFMT == libc::S_IFREG).then_some(stat.st_size as u64))
}

/// The size that the system gives for whatever a descriptor is of.
///
/// # Errors
/// The system's.
pub fn any_size(descriptor: c_int) -> io::Result<u64> {
    Ok(stat(descriptor)?.st_size as u64)
}

fn stat(descriptor: c_int) -> io::Result<libc::stat> {
    // SAFETY: plain numbers, which the system fills in.
    let mut stat: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: room for the answer.
    check(unsafe { libc::fstat(descriptor, &mut stat) })?;
    Ok(stat)
}

/// Makes a file longer or shorter.
///
/// # Errors
/// The system's.
pub fn truncate(descriptor: c_int, len: libc::off_t) -> io::Result<()> {
    // SAFETY: numbers only.
    check(unsafe { libc::ftruncate(descriptor, len) }).map(|_| ())
}

/// Closes a descriptor.
pub fn close(descriptor: c_int) {
    // SAFETY: a number only; its owner gives it up.
    unsafe { libc::close(descriptor) };
}

/// How many bytes a page has.
pub fn page_size() -> usize {
    // SAFETY: no arguments but a number.
    unsafe { libc::sysconf(libc::_SC_PAGESIZE) as usize }
}
