//! Files: what they are, and moving bytes in and out of them.

use std::ffi::{CStr, c_int, c_uint, c_void};
use std::io;
use std::mem::MaybeUninit;

use crate::check;

/// Runs a call that fills a struct.
fn filled<T>(call: impl FnOnce(*mut T) -> c_int) -> io::Result<T> {
    let mut made = MaybeUninit::<T>::zeroed();
    check(call(made.as_mut_ptr()))?;
    // SAFETY: a call that succeeds has filled it; all the structs used here may be zero.
    Ok(unsafe { made.assume_init() })
}

/// `fstatat`.
///
/// # Errors
/// What the system says.
pub fn fstatat(dir: c_int, path: &CStr, flags: c_int) -> io::Result<libc::stat64> {
    // SAFETY: the string is terminated, and the struct has room.
    filled(|out| unsafe { libc::fstatat64(dir, path.as_ptr(), out, flags) })
}

/// `fstat`.
///
/// # Errors
/// What the system says.
pub fn fstat(fd: c_int) -> io::Result<libc::stat64> {
    // SAFETY: the struct has room.
    filled(|out| unsafe { libc::fstat64(fd, out) })
}

/// `statvfs`.
///
/// # Errors
/// What the system says.
pub fn statvfs(path: &CStr) -> io::Result<libc::statvfs> {
    // SAFETY: the string is terminated, and the struct has room.
    filled(|out| unsafe { libc::statvfs(path.as_ptr(), out) })
}

/// `fstatvfs`.
///
/// # Errors
/// What the system says.
pub fn fstatvfs(fd: c_int) -> io::Result<libc::statvfs> {
    // SAFETY: the struct has room.
    filled(|out| unsafe { libc::fstatvfs(fd, out) })
}

/// `read`: at most as many bytes as there is room for.
///
/// # Errors
/// What the system says.
pub fn read(fd: c_int, into: &mut [u8]) -> io::Result<usize> {
    // SAFETY: the slice has that length.
    check(unsafe { libc::read(fd, into.as_mut_ptr().cast(), into.len()) }).map(|count| count as usize)
}

/// `pread`.
///
/// # Errors
/// What the system says.
pub fn pread(fd: c_int, into: &mut [u8], offset: i64) -> io::Result<usize> {
    // SAFETY: the slice has that length.
    check(unsafe { libc::pread64(fd, into.as_mut_ptr().cast(), into.len(), offset) }).map(|count| count as usize)
}

/// `write`.
///
/// # Errors
/// What the system says.
pub fn write(fd: c_int, bytes: &[u8]) -> io::Result<usize> {
    // SAFETY: the slice has that length.
    check(unsafe { libc::write(fd, bytes.as_ptr().cast(), bytes.len()) }).map(|count| count as usize)
}

/// `pwrite`.
///
/// # Errors
/// What the system says.
pub fn pwrite(fd: c_int, bytes: &[u8], offset: i64) -> io::Result<usize> {
    // SAFETY: the slice has that length.
    check(unsafe { libc::pwrite64(fd, bytes.as_ptr().cast(), bytes.len(), offset) }).map(|count| count as usize)
}

/// `readlinkat`.
///
/// # Errors
/// What the system says.
pub fn readlinkat(dir: c_int, path: &CStr) -> io::Result<Vec<u8>> {
    let mut target = vec![0u8; 256];
    loop {
        // SAFETY: the string is terminated, and the buffer has that length.
        let len = unsafe { libc::readlinkat(dir, path.as_ptr(), target.as_mut_ptr().cast(), target.len()) };
        let len = check(len)? as usize;
        if len < target.len() {
            target.truncate(len);
            return Ok(target);
        }
        target.resize(target.len() * 4, 0);
    }
}

/// A moment as `utimensat` takes it: seconds and nanoseconds.
pub type Moment = (i64, i64);

/// `utimensat`; the present if there are no times.
///
/// # Errors
/// What the system says.
pub fn utimensat(dir: c_int, path: &CStr, times: Option<[Moment; 2]>, flags: c_int) -> io::Result<()> {
    let times = times.map(|times| times.map(|(tv_sec, tv_nsec)| libc::timespec { tv_sec, tv_nsec }));
    let pointer = times.as_ref().map_or(std::ptr::null(), |times| times.as_ptr());
    // SAFETY: the string is terminated; there are two times, or none.
    check(unsafe { libc::utimensat(dir, path.as_ptr(), pointer, flags) }).map(|_| ())
}

/// `futimens`; the present if there are no times.
///
/// # Errors
/// What the system says.
pub fn futimens(fd: c_int, times: Option<[Moment; 2]>) -> io::Result<()> {
    let times = times.map(|times| times.map(|(tv_sec, tv_nsec)| libc::timespec { tv_sec, tv_nsec }));
    let pointer = times.as_ref().map_or(std::ptr::null(), |times| times.as_ptr());
    // SAFETY: there are two times, or none.
    check(unsafe { libc::futimens(fd, pointer) }).map(|_| ())
}

/// `pipe2`.
///
/// # Errors
/// What the system says.
pub fn pipe2(flags: c_int) -> io::Result<[c_int; 2]> {
    let mut ends = [0; 2];
    // SAFETY: there is room for two.
    check(unsafe { libc::pipe2(ends.as_mut_ptr(), flags) }).map(|_| ends)
}

/// `sendfile`; where the file's own position is if there is no offset.
///
/// # Errors
/// What the system says.
pub fn sendfile(out: c_int, from: c_int, offset: Option<i64>, count: usize) -> io::Result<usize> {
    let mut offset = offset;
    let pointer = offset.as_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    // SAFETY: the offset lives during the call.
    check(unsafe { libc::sendfile64(out, from, pointer, count) }).map(|count| count as usize)
}

/// `copy_file_range`.
///
/// # Errors
/// What the system says.
pub fn copy_file_range(from: c_int, to: c_int, count: usize, offsets: [Option<i64>; 2]) -> io::Result<usize> {
    let [mut source, mut target] = offsets;
    let source = source.as_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    let target = target.as_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    // SAFETY: the offsets live during the call.
    check(unsafe { libc::copy_file_range(from, source, to, target, count, 0) }).map(|count| count as usize)
}

/// `splice`.
///
/// # Errors
/// What the system says.
pub fn splice(from: c_int, to: c_int, count: usize, offsets: [Option<i64>; 2], flags: c_uint) -> io::Result<usize> {
    let [mut source, mut target] = offsets;
    let source = source.as_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    let target = target.as_mut().map_or(std::ptr::null_mut(), std::ptr::from_mut);
    // SAFETY: the offsets live during the call.
    check(unsafe { libc::splice(from, source, to, target, count, flags) }).map(|count| count as usize)
}

/// Whose extended attributes are meant.
#[derive(Clone, Copy)]
pub enum Owner<'a> {
    /// An open file.
    Fd(c_int),
    /// The file of this name.
    Path(&'a CStr),
    /// The link of this name.
    Link(&'a CStr),
}

/// `getxattr`.
///
/// # Errors
/// What the system says.
pub fn getxattr(owner: Owner<'_>, name: &CStr, into: &mut [u8]) -> io::Result<usize> {
    let (name, out, len) = (name.as_ptr(), into.as_mut_ptr().cast::<c_void>(), into.len());
    // SAFETY: strings are terminated, and the buffer has that length.
    let len = unsafe {
        match owner {
            Owner::Fd(fd) => libc::fgetxattr(fd, name, out, len),
            Owner::Path(path) => libc::getxattr(path.as_ptr(), name, out, len),
            Owner::Link(path) => libc::lgetxattr(path.as_ptr(), name, out, len),
        }
    };
    check(len).map(|len| len as usize)
}

/// `listxattr`.
///
/// # Errors
/// What the system says.
pub fn listxattr(owner: Owner<'_>, into: &mut [u8]) -> io::Result<usize> {
    let (out, len) = (into.as_mut_ptr().cast(), into.len());
    // SAFETY: strings are terminated, and the buffer has that length.
    let len = unsafe {
        match owner {
            Owner::Fd(fd) => libc::flistxattr(fd, out, len),
            Owner::Path(path) => libc::listxattr(path.as_ptr(), out, len),
            Owner::Link(path) => libc::llistxattr(path.as_ptr(), out, len),
        }
    };
    check(len).map(|len| len as usize)
}

/// `setxattr`.
///
/// # Errors
/// What the system says.
pub fn setxattr(owner: Owner<'_>, name: &CStr, value: &[u8], flags: c_int) -> io::Result<()> {
    let (name, from, len) = (name.as_ptr(), value.as_ptr().cast::<c_void>(), value.len());
    // SAFETY: strings are terminated, and the value has that length.
    let result = unsafe {
        match owner {
            Owner::Fd(fd) => libc::fsetxattr(fd, name, from, len, flags),
            Owner::Path(path) => libc::setxattr(path.as_ptr(), name, from, len, flags),
            Owner::Link(path) => libc::lsetxattr(path.as_ptr(), name, from, len, flags),
        }
    };
    check(result).map(|_| ())
}

/// `removexattr`.
///
/// # Errors
/// What the system says.
pub fn removexattr(owner: Owner<'_>, name: &CStr) -> io::Result<()> {
    let name = name.as_ptr();
    // SAFETY: strings are terminated.
    let result = unsafe {
        match owner {
            Owner::Fd(fd) => libc::fremovexattr(fd, name),
            Owner::Path(path) => libc::removexattr(path.as_ptr(), name),
            Owner::Link(path) => libc::lremovexattr(path.as_ptr(), name),
        }
    };
    check(result).map(|_| ())
}

/// What a folder lists: name, inode and kind (`DT_*`).
pub struct Entry {
    /// The name.
    pub name: Vec<u8>,
    /// The inode.
    pub inode: u64,
    /// `DT_REG` and its likes; `DT_UNKNOWN` where the file system does not say.
    pub kind: u8,
}

/// An open folder.
pub struct Folder(*mut libc::DIR);

// SAFETY: a stream of entries belongs to no thread; `&mut` keeps two from using it at once.
unsafe impl Send for Folder {}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// What the system says.
    pub fn open(path: &CStr) -> io::Result<Folder> {
        // SAFETY: the string is terminated.
        let folder = unsafe { libc::opendir(path.as_ptr()) };
        if folder.is_null() { Err(io::Error::last_os_error()) } else { Ok(Folder(folder)) }
    }

    /// A folder that is open already, from its beginning; the descriptor stays the caller's.
    ///
    /// # Errors
    /// What the system says.
    pub fn of_fd(fd: c_int) -> io::Result<Folder> {
        // SAFETY: numbers only; the copy belongs to the stream, or is closed here.
        unsafe {
            let copy = check(libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0))?;
            let folder = libc::fdopendir(copy);
            if folder.is_null() {
                let error = io::Error::last_os_error();
                libc::close(copy);
                return Err(error);
            }
            libc::rewinddir(folder);
            Ok(Folder(folder))
        }
    }
}

impl Iterator for Folder {
    type Item = io::Result<Entry>;

    fn next(&mut self) -> Option<io::Result<Entry>> {
        loop {
            // SAFETY: the stream is open; an entry is good until the next call, and its name is terminated.
            unsafe {
                *libc::__errno_location() = 0;
                let entry = libc::readdir64(self.0);
                if entry.is_null() {
                    let error = io::Error::last_os_error();
                    return if error.raw_os_error() == Some(0) { None } else { Some(Err(error)) };
                }
                let name = CStr::from_ptr(std::ptr::addr_of!((*entry).d_name).cast()).to_bytes();
                if name != b"." && name != b".." {
                    let (inode, kind) = ((*entry).d_ino, (*entry).d_type);
                    return Some(Ok(Entry { name: name.to_vec(), inode, kind }));
                }
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // SAFETY: opened by this type, closed once.
        unsafe { libc::closedir(self.0) };
    }
}

/// `timerfd_settime`: interval and first expiry; what was set before.
///
/// # Errors
/// What the system says.
pub fn timerfd_settime(fd: c_int, flags: c_int, interval: Moment, initial: Moment) -> io::Result<[Moment; 2]> {
    let spec = |(tv_sec, tv_nsec): Moment| libc::timespec { tv_sec, tv_nsec };
    let new = libc::itimerspec { it_interval: spec(interval), it_value: spec(initial) };
    // SAFETY: both structs live during the call.
    let old: libc::itimerspec = filled(|out| unsafe { libc::timerfd_settime(fd, flags, &new, out) })?;
    Ok([old.it_value, old.it_interval].map(|time| (time.tv_sec, time.tv_nsec)))
}

/// `timerfd_gettime`: time to the next expiry, and interval.
///
/// # Errors
/// What the system says.
pub fn timerfd_gettime(fd: c_int) -> io::Result<[Moment; 2]> {
    // SAFETY: the struct has room.
    let now: libc::itimerspec = filled(|out| unsafe { libc::timerfd_gettime(fd, out) })?;
    Ok([now.it_value, now.it_interval].map(|time| (time.tv_sec, time.tv_nsec)))
}
