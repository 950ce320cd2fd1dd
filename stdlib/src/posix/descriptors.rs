//! Open files: reading, writing, and what else is done to descriptors.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer::{self, Target};
use argil_system::{files, libc, plain, raw, vectors};

use super::args::{Count, DirFd, Fd, Name_, about, blocking, done, sequence};

/// The contents of a bytes-like object, copied, so that a call can use them off the lock.
pub(crate) struct Contents(pub Vec<u8>);

impl FromSlot for Contents {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        contents(cx, slot).map(Contents)
    }
}

/// The contents of a bytes-like object, copied.
pub(crate) fn contents(cx: &mut Ctx, slot: Slot) -> Res<Vec<u8>> {
    cx.with_memory(|cx| buffer::look(cx, cx.get(slot), memory::copy))?
}

/// The most bytes that one call reads: the kernel's own limit.
const MOST: usize = 0x7fff_f000;

/// Room for so many bytes.
pub(crate) fn room(cx: &mut Ctx, length: usize) -> Res<Vec<u8>> {
    cx.with_memory(|_| memory::repeat(0, length.min(MOST)))
}

/// An EINVAL.
fn invalid<T>(cx: &Ctx) -> Res<T> {
    done(cx, Err(std::io::Error::from_raw_os_error(libc::EINVAL)))
}

fn read(cx: &mut Ctx, fd: i32, length: i64, offset: Option<i64>) -> Res<Vec<u8>> {
    let Ok(length) = usize::try_from(length) else { return invalid(cx) };
    let mut bytes = room(cx, length)?;
    let count = blocking(cx, || match offset {
        Some(offset) => files::pread(fd, &mut bytes, offset),
        None => files::read(fd, &mut bytes),
    })?;
    bytes.truncate(count);
    Ok(bytes)
}

/// The buffers that are to be read into.
fn targets(cx: &mut Ctx, buffers: Slot, function: &str) -> Res<Vec<Target>> {
    let elements = sequence(cx, buffers, &format!("{function}() arg 2 must be a sequence"))?;
    let mut targets = Vec::with_capacity(elements.len());
    for element in elements {
        buffer::look(cx, cx.get(element), |_| ())?;
        match Target::of(cx, element) {
            Some(target) => targets.push(target),
            None => return Err(cx.raise(Builtin::BufferError, "Object is not writable.")),
        }
    }
    Ok(targets)
}

/// Reads into buffers with a call that fills parts in order.
fn scatter(
    cx: &mut Ctx,
    targets: &[Target],
    mut call: impl FnMut(&mut [Vec<u8>]) -> std::io::Result<usize>,
) -> Res<usize> {
    let mut parts = Vec::with_capacity(targets.len());
    for target in targets {
        let length = target.len(cx);
        parts.push(room(cx, length)?);
    }
    let count = blocking(cx, || call(&mut parts))?;
    let mut left = count;
    for (target, part) in targets.iter().zip(&parts) {
        let filled = &part[..left.min(part.len())];
        left -= filled.len();
        target.write(cx, |bytes| {
            // Another thread may have changed its size meanwhile.
            let len = filled.len().min(bytes.len());
            bytes[..len].copy_from_slice(&filled[..len]);
            Ok(())
        })?;
    }
    Ok(count)
}

/// The buffers that are to be written.
fn sources(cx: &mut Ctx, buffers: Slot, function: &str) -> Res<Vec<Vec<u8>>> {
    let elements = sequence(cx, buffers, &format!("{function}() arg 2 must be a sequence"))?;
    elements.into_iter().map(|element| contents(cx, element)).collect()
}

/// Where in a file, if not where it stands.
struct At(Option<i64>);

impl FromSlot for At {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        Option::<i64>::from_slot(cx, slot, def, index).map(At)
    }
}

/// Sets or clears a flag of an open file.
fn change_flag(cx: &Ctx, fd: i32, commands: [i32; 2], flag: i32, set: bool) -> Res<()> {
    let [get, put] = commands;
    let old = done(cx, raw::fcntl(fd, get, 0))?;
    let new = if set { old | flag } else { old & !flag };
    if new == old { Ok(()) } else { done(cx, raw::fcntl(fd, put, new)).map(|_| ()) }
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Open a file for low level IO.  Returns a file descriptor (integer).
        call fn open(cx; ; path: Name_, flags: i32, mode: i32 = 0o777; dir_fd: DirFd = DirFd::HERE) -> i64 {
            let flags = flags | libc::O_CLOEXEC;
            about(cx, &path, || plain::openat(dir_fd.0, path.name(), flags, mode as u32)).map(i64::from)
        }
        /// Close a file descriptor.
        call fn close(cx; ; fd: i32) -> () {
            // Not tried again: whatever the error, the number is free.
            let result = cx.detached(|| plain::close(fd));
            match result {
                Err(error) if error.kind() != std::io::ErrorKind::Interrupted => done(cx, Err(error)),
                _ => Ok(()),
            }
        }
        /// Closes all file descriptors in [fd_low, fd_high), ignoring errors.
        call fn closerange(cx; fd_low: i32, fd_high: i32) -> () {
            cx.detached(|| {
                // Beyond the last number that is open there is nothing to close.
                let last = std::fs::read_dir("/proc/self/fd").ok().and_then(|all| {
                    all.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<i32>().ok()).max()
                });
                for fd in fd_low.max(0)..fd_high.min(last.map_or(i32::MAX, |last| last.saturating_add(1))) {
                    let _ = plain::close(fd);
                }
            });
            Ok(())
        }
        /// Return a duplicate of a file descriptor.
        fn dup(cx; fd: i32) -> i64 { done(cx, raw::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0)).map(i64::from) }
        /// Duplicate file descriptor.
        call fn dup2(cx; ; fd: i32, fd2: i32, inheritable: bool = true) -> i64 {
            blocking(cx, || match inheritable {
                false if fd != fd2 => plain::dup3(fd, fd2, libc::O_CLOEXEC),
                _ => plain::dup2(fd, fd2),
            })
            .map(i64::from)
        }
        /// Set the position of a file descriptor.  Return the new position.
        call fn lseek(cx; fd: i32, position: i64, whence: i32) -> i64 {
            blocking(cx, || plain::lseek(fd, position, whence))
        }
        /// Read from a file descriptor.  Returns a bytes object.
        call fn read(cx; fd: i32, length: i64) -> Vec<u8> { self::read(cx, fd, length, None) }
        /// Read a number of bytes from a file descriptor starting at a particular offset.
        call fn pread(cx; fd: i32, length: i64, offset: i64) -> Vec<u8> { self::read(cx, fd, length, Some(offset)) }
        /// Read into a buffer object from a file descriptor.
        call fn readinto(cx; fd: i32, buffer: Slot) -> usize {
            let Some(target) = Target::of(cx, buffer) else {
                let got = cx.type_name(cx.get(buffer));
                let message = format!("readinto() argument 2 must be read-write bytes-like object, not {got}");
                return Err(cx.type_error(message));
            };
            scatter(cx, &[target], |parts| parts.first_mut().map_or(Ok(0), |part| files::read(fd, part)))
        }
        /// Write a bytes object to a file descriptor.
        call fn write(cx; fd: i32, data: Contents) -> usize { blocking(cx, || files::write(fd, &data.0)) }
        /// Write bytes to a file descriptor starting at a particular offset.
        call fn pwrite(cx; fd: i32, buffer: Contents, offset: i64) -> usize {
            blocking(cx, || files::pwrite(fd, &buffer.0, offset))
        }
        /// Read from a file descriptor fd into an iterable of buffers.
        call fn readv(cx; fd: i32, buffers: Slot) -> usize {
            let targets = targets(cx, buffers, "readv")?;
            scatter(cx, &targets, |parts| vectors::readv(fd, parts))
        }
        /// Reads from a file descriptor into a number of mutable bytes-like objects.
        call fn preadv(cx; fd: i32, buffers: Slot, offset: i64, flags: i32 = 0) -> usize {
            let targets = targets(cx, buffers, "preadv")?;
            scatter(cx, &targets, |parts| vectors::preadv(fd, parts, offset, flags))
        }
        /// Iterate over buffers, and write the contents of each to a file descriptor.
        call fn writev(cx; fd: i32, buffers: Slot) -> usize {
            let parts = sources(cx, buffers, "writev")?;
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            blocking(cx, || vectors::writev(fd, &parts))
        }
        /// Writes the contents of bytes-like objects to a file descriptor at a given offset.
        call fn pwritev(cx; fd: i32, buffers: Slot, offset: i64, flags: i32 = 0) -> usize {
            let parts = sources(cx, buffers, "pwritev")?;
            let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            blocking(cx, || vectors::pwritev(fd, &parts, offset, flags))
        }
        /// Force write of fd to disk.
        call fn fsync(cx; ; fd: Fd) -> () { blocking(cx, || plain::fsync(fd.0)).map(|_| ()) }
        /// Force write of fd to disk without forcing update of metadata.
        call fn fdatasync(cx; ; fd: Fd) -> () { blocking(cx, || plain::fdatasync(fd.0)).map(|_| ()) }
        /// Truncate a file, specified by file descriptor, to a specific length.
        call fn ftruncate(cx; fd: i32, length: i64) -> () { blocking(cx, || plain::ftruncate(fd, length)).map(|_| ()) }
        /// Apply, test or remove a POSIX lock on an open file descriptor.
        call fn lockf(cx; fd: i32, command: i32, length: i64) -> () {
            blocking(cx, || plain::lockf(fd, command, length)).map(|_| ())
        }
        /// Announce an intention to access data in a specific pattern.
        call fn posix_fadvise(cx; fd: i32, offset: i64, length: i64, advice: i32) -> () {
            blocking(cx, || plain::posix_fadvise(fd, offset, length, advice))
        }
        /// Ensure a file has allocated at least a particular number of bytes on disk.
        call fn posix_fallocate(cx; fd: i32, offset: i64, length: i64) -> () {
            blocking(cx, || plain::posix_fallocate(fd, offset, length))
        }
        /// Create a pipe.
        fn pipe(cx) -> argil_interp::value::Value<'h> {
            let ends = done(cx, files::pipe2(libc::O_CLOEXEC))?;
            Ok(cx.tuple(&ends.map(|end| cx.int(i64::from(end)))))
        }
        /// Create a pipe with flags set atomically.
        fn pipe2(cx; flags: i32) -> argil_interp::value::Value<'h> {
            let ends = done(cx, files::pipe2(flags))?;
            Ok(cx.tuple(&ends.map(|end| cx.int(i64::from(end)))))
        }
        /// Copy count bytes from file descriptor in_fd to file descriptor out_fd.
        call fn sendfile(cx; ; out_fd: i32, in_fd: i32, offset: At, count: i64) -> usize {
            let Ok(count) = usize::try_from(count) else { return invalid(cx) };
            blocking(cx, || files::sendfile(out_fd, in_fd, offset.0, count))
        }
        /// Copy count bytes from one file descriptor to another.
        call fn copy_file_range(cx; ; src: i32, dst: i32, count: Count, offset_src: At = At(None),
            offset_dst: At = At(None)) -> usize {
            blocking(cx, || files::copy_file_range(src, dst, count.0, [offset_src.0, offset_dst.0]))
        }
        /// Transfer count bytes from one pipe to a descriptor or vice versa.
        call fn splice(cx; ; src: i32, dst: i32, count: Count, offset_src: At = At(None), offset_dst: At = At(None),
            flags: i64 = 0) -> usize {
            blocking(cx, || files::splice(src, dst, count.0, [offset_src.0, offset_dst.0], flags as u32))
        }
        /// Get the close-on-exe flag of the specified file descriptor.
        fn get_inheritable(cx; fd: i32) -> bool {
            done(cx, raw::fcntl(fd, libc::F_GETFD, 0)).map(|flags| flags & libc::FD_CLOEXEC == 0)
        }
        /// Set the inheritable flag of the specified file descriptor.
        fn set_inheritable(cx; fd: i32, inheritable: i32) -> () {
            change_flag(cx, fd, [libc::F_GETFD, libc::F_SETFD], libc::FD_CLOEXEC, inheritable == 0)
        }
        /// Get the blocking mode of the file descriptor.
        fn get_blocking(cx; fd: i32) -> bool {
            done(cx, raw::fcntl(fd, libc::F_GETFL, 0)).map(|flags| flags & libc::O_NONBLOCK == 0)
        }
        /// Set the blocking mode of the specified file descriptor.
        fn set_blocking(cx; fd: i32, blocking: bool) -> () {
            change_flag(cx, fd, [libc::F_GETFL, libc::F_SETFL], libc::O_NONBLOCK, !blocking)
        }
        /// Return a string describing the encoding of a terminal's file descriptor.
        call fn device_encoding(cx; ; fd: i32) -> Option<&'static str> {
            Ok((cx.detached(|| plain::isatty(fd)) != 0).then_some("utf-8"))
        }
    }
}

/// An integer that fits `c_int`, from any object with `__index__`.
pub(crate) fn small(cx: &mut Ctx, value: Slot) -> Res<i32> {
    let whole = number::index(cx, value)?;
    let whole = cx.get(whole).as_int().and_then(|whole| whole.to_i64());
    let small = whole.and_then(|whole| i32::try_from(whole).ok());
    small.ok_or_else(|| cx.overflow_error("Python int too large to convert to C int"))
}
