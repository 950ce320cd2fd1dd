//! What files are: `stat` and its likes, and setting their times.

use std::ffi::CStr;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::files::{self, Moment};
use argil_system::libc;
use dashu_int::IBig;
use dashu_int::ops::DivRemEuclid;

use super::args::{At, DirFd, Name_, NameOrFd, Path, about, blocking, check_follow};
use super::records::{STAT_RESULT, STATVFS_RESULT};

/// Nanoseconds in a second.
const NANOSECONDS: i64 = 1_000_000_000;

/// A `stat_result`.
pub(super) fn result<'h>(cx: &'h Ctx, stat: &libc::stat64) -> Value<'h> {
    let times =
        [(stat.st_atime, stat.st_atime_nsec), (stat.st_mtime, stat.st_mtime_nsec), (stat.st_ctime, stat.st_ctime_nsec)];
    let whole = times.map(|(seconds, _)| cx.int(seconds));
    let exact = times.map(|(seconds, nanoseconds)| cx.float(seconds as f64 + 1e-9 * nanoseconds as f64));
    let nanoseconds = times.map(|(seconds, nanoseconds)| {
        match seconds.checked_mul(NANOSECONDS).and_then(|all| all.checked_add(nanoseconds)) {
            Some(all) => cx.int(all),
            None => cx.big_int(IBig::from(seconds) * NANOSECONDS + nanoseconds),
        }
    });
    let mut fields = vec![
        cx.uint(stat.st_mode.into()),
        cx.uint(stat.st_ino),
        cx.uint(stat.st_dev),
        cx.uint(stat.st_nlink),
        cx.uint(stat.st_uid.into()),
        cx.uint(stat.st_gid.into()),
        cx.int(stat.st_size),
    ];
    fields.extend(whole.into_iter().chain(exact).chain(nanoseconds));
    fields.extend([cx.int(stat.st_blksize), cx.int(stat.st_blocks), cx.uint(stat.st_rdev)]);
    STAT_RESULT.make(cx, &fields)
}

/// Looks at a file that an argument names.
pub(super) fn look(cx: &mut Ctx, path: &Path, dir: DirFd, follow: bool) -> Res<libc::stat64> {
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    about(cx, path, || match &path.at {
        At::Name(name) => files::fstatat(dir.0, name, flags),
        At::Fd(fd) => files::fstat(*fd),
    })
}

fn stat(cx: &mut Ctx, path: &Path, dir: DirFd, follow: bool) -> Res<Slot> {
    let found = look(cx, path, dir, follow)?;
    let cx: &Ctx = cx;
    Ok(cx.root(result(cx, &found)))
}

fn file_system(cx: &Ctx, found: &libc::statvfs) -> Slot {
    let fields = [
        found.f_bsize,
        found.f_frsize,
        found.f_blocks,
        found.f_bfree,
        found.f_bavail,
        found.f_files,
        found.f_ffree,
        found.f_favail,
        found.f_flag,
        found.f_namemax,
        found.f_fsid,
    ];
    cx.root(STATVFS_RESULT.make(cx, &fields.map(|field| cx.uint(field))))
}

/// A time in seconds, rounded down to nanoseconds.
fn seconds(cx: &mut Ctx, value: Slot) -> Res<Moment> {
    let too_large = |cx: &Ctx| cx.overflow_error("timestamp out of range for platform time_t");
    if let Some(time) = cx.get(value).as_float() {
        if time.is_nan() {
            return Err(cx.value_error("Invalid value NaN (not a number)"));
        }
        let whole = time.floor();
        if !(i64::MIN as f64..i64::MAX as f64).contains(&whole) {
            return Err(too_large(cx));
        }
        let nanoseconds = ((time - whole) * NANOSECONDS as f64).floor() as i64;
        return Ok((whole as i64, nanoseconds.clamp(0, NANOSECONDS - 1)));
    }
    let whole = number::index(cx, value)?;
    let whole = cx.get(whole).as_int().and_then(|whole| whole.to_i64());
    whole.map(|whole| (whole, 0)).ok_or_else(|| too_large(cx))
}

/// A time in nanoseconds.
fn nanoseconds(cx: &mut Ctx, value: Slot) -> Res<Moment> {
    let whole = number::index(cx, value)?;
    let cx: &Ctx = cx;
    let (seconds, rest) = match cx.get(whole).as_int() {
        Some(argil_interp::types::int::Int::Small(all)) => {
            (Some(all.div_euclid(NANOSECONDS)), all.rem_euclid(NANOSECONDS))
        }
        Some(argil_interp::types::int::Int::Big(all)) => {
            let (seconds, rest) = all.clone().div_rem_euclid(IBig::from(NANOSECONDS));
            (i64::try_from(seconds).ok(), i64::try_from(rest).unwrap_or(0))
        }
        None => (None, 0),
    };
    match seconds {
        Some(seconds) => Ok((seconds, rest)),
        None => Err(cx.overflow_error("timestamp out of range for platform time_t")),
    }
}

/// The two elements of a tuple.
fn pair(cx: &Ctx, value: Slot) -> Option<[Slot; 2]> {
    let tuple = cx.get(value).cast::<Tuple>().filter(|tuple| tuple.len() == 2)?;
    Some([0, 1].map(|index| cx.root(tuple.get(cx, index).unwrap_or(Value::NONE))))
}

fn set_times(cx: &mut Ctx, path: &Path, times: Option<Slot>, ns: Option<Slot>, place: (DirFd, bool)) -> Res<()> {
    if times.is_some() && ns.is_some() {
        return Err(cx.value_error("utime: you may specify either 'times' or 'ns' but not both"));
    }
    let moments = match (times, ns) {
        (Some(times), _) => {
            let Some([access, change]) = pair(cx, times) else {
                return Err(cx.type_error("utime: 'times' must be either a tuple of two ints or None"));
            };
            Some([seconds(cx, access)?, seconds(cx, change)?])
        }
        (None, Some(ns)) => {
            let Some([access, change]) = pair(cx, ns) else {
                return Err(cx.type_error("utime: 'ns' must be a tuple of two ints"));
            };
            Some([nanoseconds(cx, access)?, nanoseconds(cx, change)?])
        }
        (None, None) => None,
    };
    let (dir, follow) = place;
    dir.check(cx, "utime", path)?;
    check_follow(cx, "utime", path, follow)?;
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    about(cx, path, || match &path.at {
        At::Name(name) => files::utimensat(dir.0, name, moments, flags),
        At::Fd(fd) => files::futimens(*fd, moments),
    })
}

/// Whether a file exists, is a folder and so on; false for whatever cannot be asked.
pub(super) fn mode_of(cx: &mut Ctx, dir: i32, name: &CStr, follow: bool) -> Option<u32> {
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    cx.detached(|| files::fstatat(dir, name, flags)).ok().map(|found| found.st_mode)
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Perform a stat system call on the given path.
        call fn stat(cx; ; path: NameOrFd; dir_fd: DirFd = DirFd::HERE, follow_symlinks: bool = true) -> Slot {
            dir_fd.check(cx, "stat", &path)?;
            check_follow(cx, "stat", &path, follow_symlinks)?;
            self::stat(cx, &path, dir_fd, follow_symlinks)
        }
        /// Perform a stat system call on the given path, without following symbolic links.
        call fn lstat(cx; ; path: Name_; dir_fd: DirFd = DirFd::HERE) -> Slot { self::stat(cx, &path, dir_fd, false) }
        /// Perform a stat system call on the given file descriptor.
        call fn fstat(cx; ; fd: i32) -> Slot {
            let found = blocking(cx, || files::fstat(fd))?;
            let cx: &Ctx = cx;
            Ok(cx.root(result(cx, &found)))
        }
        /// Perform a statvfs system call on the given path.
        call fn statvfs(cx; ; path: NameOrFd) -> Slot {
            let found = about(cx, &path, || match &path.at {
                At::Name(name) => files::statvfs(name),
                At::Fd(fd) => files::fstatvfs(*fd),
            })?;
            Ok(file_system(cx, &found))
        }
        /// Perform an fstatvfs system call on the given fd.
        call fn fstatvfs(cx; fd: i32) -> Slot {
            let found = blocking(cx, || files::fstatvfs(fd))?;
            Ok(file_system(cx, &found))
        }
        /// Set the access and modified time of path.
        call fn utime(cx; ; path: NameOrFd, times: Option<Slot> = None; ns: GivenSlot = GivenSlot(None),
            dir_fd: DirFd = DirFd::HERE, follow_symlinks: bool = true) -> () {
            set_times(cx, &path, times, ns.0, (dir_fd, follow_symlinks))
        }
    }
}
