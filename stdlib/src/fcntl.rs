//! `fcntl`: what is done to descriptors beside reading and writing.

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer::{self, Target};
use argil_interp::types::int::Int;
use argil_interp::value::Value;
use argil_system::{libc, plain, raw};

use crate::posix::args::{Bits, Fd, blocking};
use crate::posix::define_numbers;
use crate::posix::descriptors::contents;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "fcntl", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    define_numbers(cx, module, CONSTANTS);
    Ok(())
}

/// A number as an argument: what fits 32 bits, with or without a sign.
fn number_of(cx: &mut Ctx, value: Slot) -> Res<Option<i32>> {
    let Some(whole) = number::index_opt(cx, value)? else { return Ok(None) };
    let whole = cx.get(whole).as_int().and_then(Int::to_i64);
    let fits = whole.filter(|whole| (i64::from(i32::MIN)..=i64::from(u32::MAX)).contains(whole));
    match fits {
        Some(whole) => Ok(Some(whole as i32)),
        None => Err(cx.overflow_error("Python int too large to convert to C int")),
    }
}

/// The bytes of an argument that is a string or bytes-like.
fn bytes_of(cx: &mut Ctx, value: Slot) -> Res<Option<Vec<u8>>> {
    if let Some(text) = cx.get(value).as_str() {
        return Ok(Some(text.as_bytes().to_vec()));
    }
    if buffer::look(cx, cx.get(value), |_| ()).is_err_and(|raised| {
        let _ = cx.take_raised(raised);
        true
    }) {
        return Ok(None);
    }
    contents(cx, value).map(Some)
}

fn wrong_argument<T>(cx: &Ctx, function: &str, kinds: &str, value: Slot) -> Res<T> {
    let got = cx.type_name(cx.get(value));
    Err(cx.type_error(format!("{function}() argument 3 must be {kinds}, not {got}")))
}

fn control(cx: &mut Ctx, fd: i32, command: i32, argument: Option<Slot>) -> Res<Slot> {
    let number = match argument {
        None => Some(0),
        Some(argument) => number_of(cx, argument)?,
    };
    if let Some(number) = number {
        let result = blocking(cx, || raw::fcntl(fd, command, number))?;
        return Ok(cx.root(cx.int(i64::from(result))));
    }
    let argument = argument.unwrap_or_else(|| cx.root(Value::NONE));
    let Some(given) = bytes_of(cx, argument)? else {
        return wrong_argument(cx, "fcntl", "an integer, a bytes-like object, or a string", argument);
    };
    let mut room = [0; raw::ROOM];
    let Some(part) = room.get_mut(..given.len()) else {
        return Err(cx.value_error("fcntl argument 3 is too long"));
    };
    part.copy_from_slice(&given);
    blocking(cx, || raw::fcntl_bytes(fd, command, &mut room))?;
    Ok(cx.root(cx.bytes(&room[..given.len()])))
}

fn device(cx: &mut Ctx, fd: i32, request: u64, argument: Option<Slot>, change: bool) -> Res<Slot> {
    let number = match argument {
        None => Some(0),
        Some(argument) => number_of(cx, argument)?,
    };
    if let Some(number) = number {
        let result = blocking(cx, || raw::ioctl(fd, request, number))?;
        return Ok(cx.root(cx.int(i64::from(result))));
    }
    let argument = argument.unwrap_or_else(|| cx.root(Value::NONE));
    let Some(mut given) = bytes_of(cx, argument)? else {
        return wrong_argument(cx, "ioctl", "an integer, a bytes-like object, or a string", argument);
    };
    let len = given.len();
    let target = if change { Target::of(cx, argument) } else { None };
    given = cx.with_memory(|_| {
        let mut room = argil_interp::memory::repeat(0, len + raw::ROOM);
        room[..len].copy_from_slice(&given);
        room
    })?;
    let result = blocking(cx, || raw::ioctl_bytes(fd, request, &mut given))?;
    let Some(target) = target else { return Ok(cx.root(cx.bytes(&given[..len]))) };
    target.write(cx, |bytes| {
        // Another thread may have changed its size meanwhile.
        let len = len.min(bytes.len());
        bytes[..len].copy_from_slice(&given[..len]);
        Ok(())
    })?;
    Ok(cx.root(cx.int(i64::from(result))))
}

/// A place in a file, or a length.
fn offset(cx: &mut Ctx, value: Option<Slot>) -> Res<i64> {
    let Some(value) = value else { return Ok(0) };
    let whole = number::index(cx, value)?;
    let whole = cx.get(whole).as_int().and_then(Int::to_i64);
    whole.ok_or_else(|| cx.overflow_error("Python int too large to convert to C long"))
}

natives! {
    static FUNCTIONS = {
        /// Perform the operation cmd on file descriptor fd.
        call fn fcntl(cx; fd: Fd, cmd: i32, arg: Option<Slot> = None) -> Slot { control(cx, fd.0, cmd, arg) }
        /// Perform the operation request on file descriptor fd.
        call fn ioctl(cx; fd: Fd, request: Bits, arg: Option<Slot> = None, mutate_flag: bool = true) -> Slot {
            device(cx, fd.0, request.0, arg, mutate_flag)
        }
        /// Perform the lock operation on file descriptor fd.
        call fn flock(cx; fd: Fd, operation: i32) -> () { blocking(cx, || plain::flock(fd.0, operation)).map(|_| ()) }
        /// A wrapper around the fcntl() locking calls.
        call fn lockf(cx; fd: Fd, cmd: i32, len: Option<Slot> = None, start: Option<Slot> = None, whence: i32 = 0) -> () {
            let kind = match cmd {
                libc::LOCK_UN => libc::F_UNLCK,
                cmd if cmd & libc::LOCK_SH != 0 => libc::F_RDLCK,
                cmd if cmd & libc::LOCK_EX != 0 => libc::F_WRLCK,
                _ => return Err(cx.value_error("unrecognized lockf argument")),
            };
            let range = (offset(cx, start)?, offset(cx, len)?, whence);
            let waits = cmd & libc::LOCK_NB == 0;
            blocking(cx, || raw::lock(fd.0, waits, kind, range))
        }
    }
}

/// Name and value.
const CONSTANTS: &[(&str, i64)] = &[
    ("DN_ACCESS", 1),
    ("DN_ATTRIB", 32),
    ("DN_CREATE", 4),
    ("DN_DELETE", 8),
    ("DN_MODIFY", 2),
    ("DN_MULTISHOT", 0x80000000),
    ("DN_RENAME", 16),
    ("FASYNC", 0x2000),
    ("FD_CLOEXEC", 1),
    ("FICLONE", 0x40049409),
    ("FICLONERANGE", 0x4020940d),
    ("F_ADD_SEALS", 1033),
    ("F_DUPFD", 0),
    ("F_DUPFD_CLOEXEC", 1030),
    ("F_DUPFD_QUERY", 1027),
    ("F_EXLCK", 4),
    ("F_GETFD", 1),
    ("F_GETFL", 3),
    ("F_GETLEASE", 1025),
    ("F_GETLK", 5),
    ("F_GETLK64", 5),
    ("F_GETOWN", 9),
    ("F_GETOWN_EX", 16),
    ("F_GETPIPE_SZ", 1032),
    ("F_GETSIG", 11),
    ("F_GET_FILE_RW_HINT", 1037),
    ("F_GET_RW_HINT", 1035),
    ("F_GET_SEALS", 1034),
    ("F_NOTIFY", 1026),
    ("F_OFD_GETLK", 36),
    ("F_OFD_SETLK", 37),
    ("F_OFD_SETLKW", 38),
    ("F_OWNER_PGRP", 2),
    ("F_OWNER_PID", 1),
    ("F_OWNER_TID", 0),
    ("F_RDLCK", 0),
    ("F_SEAL_FUTURE_WRITE", 16),
    ("F_SEAL_GROW", 4),
    ("F_SEAL_SEAL", 1),
    ("F_SEAL_SHRINK", 2),
    ("F_SEAL_WRITE", 8),
    ("F_SETFD", 2),
    ("F_SETFL", 4),
    ("F_SETLEASE", 1024),
    ("F_SETLK", 6),
    ("F_SETLK64", 6),
    ("F_SETLKW", 7),
    ("F_SETLKW64", 7),
    ("F_SETOWN", 8),
    ("F_SETOWN_EX", 15),
    ("F_SETPIPE_SZ", 1031),
    ("F_SETSIG", 10),
    ("F_SET_FILE_RW_HINT", 1038),
    ("F_SET_RW_HINT", 1036),
    ("F_SHLCK", 8),
    ("F_UNLCK", 2),
    ("F_WRLCK", 1),
    ("LOCK_EX", 2),
    ("LOCK_MAND", 32),
    ("LOCK_NB", 4),
    ("LOCK_READ", 64),
    ("LOCK_RW", 192),
    ("LOCK_SH", 1),
    ("LOCK_UN", 8),
    ("LOCK_WRITE", 128),
    ("RWH_WRITE_LIFE_EXTREME", 5),
    ("RWH_WRITE_LIFE_LONG", 4),
    ("RWH_WRITE_LIFE_MEDIUM", 3),
    ("RWH_WRITE_LIFE_NONE", 1),
    ("RWH_WRITE_LIFE_NOT_SET", 0),
    ("RWH_WRITE_LIFE_SHORT", 2),
];
