//! Calls about names of files: making, moving and removing them, and who may use them.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_system::{files, libc, plain};

use super::args::{
    At, DirFd, Fd, FsText, Gid, Name_, NameOrFd, Path, Uid, about, about_two, blocking, check_follow, failed,
    name_value, retried,
};

fn unlink(cx: &mut Ctx, path: &Path, dir: DirFd, flags: i32) -> Res<()> {
    about(cx, path, || plain::unlinkat(dir.0, path.name(), flags)).map(|_| ())
}

fn rename(cx: &mut Ctx, from: &Path, to: &Path, dirs: [DirFd; 2]) -> Res<()> {
    let call = || plain::renameat(dirs[0].0, from.name(), dirs[1].0, to.name());
    about_two(cx, from, to, call).map(|_| ())
}

fn change_mode(cx: &mut Ctx, path: &Path, mode: i32, dir: DirFd, follow: bool) -> Res<()> {
    let mode = mode as u32;
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    let call = || match &path.at {
        At::Name(name) => plain::fchmodat(dir.0, name, mode, flags),
        At::Fd(fd) => plain::fchmod(*fd, mode),
    };
    let result = retried(cx, &mut { call })?;
    match result {
        Ok(_) => Ok(()),
        Err(error) if !follow && error.raw_os_error() == Some(libc::EOPNOTSUPP) => {
            let message = "chmod: follow_symlinks unavailable on this platform";
            if dir == DirFd::HERE {
                return Err(cx.raise(argil_interp::builtin::Builtin::NotImplementedError, message));
            }
            Err(cx.value_error("chmod: cannot use dir_fd and follow_symlinks together"))
        }
        Err(error) => Err(failed(cx, &error, path)),
    }
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Use the real uid/gid to test for access to a path.
        call fn access(cx; ; path: Name_, mode: i32; dir_fd: DirFd = DirFd::HERE, effective_ids: bool = false,
            follow_symlinks: bool = true) -> bool {
            let mut flags = if follow_symlinks { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
            if effective_ids {
                flags |= libc::AT_EACCESS;
            }
            Ok(cx.detached(|| plain::faccessat(dir_fd.0, path.name(), mode, flags)).is_ok())
        }
        /// Change the current working directory to the specified path.
        call fn chdir(cx; ; path: NameOrFd) -> () {
            about(cx, &path, || match &path.at {
                At::Name(name) => plain::chdir(name),
                At::Fd(fd) => plain::fchdir(*fd),
            })
            .map(|_| ())
        }
        /// Change to the directory of the given file descriptor.
        call fn fchdir(cx; ; fd: Fd) -> () { blocking(cx, || plain::fchdir(fd.0)).map(|_| ()) }
        /// Change root directory to path.
        call fn chroot(cx; ; path: Name_) -> () { about(cx, &path, || plain::chroot(path.name())).map(|_| ()) }
        /// Return a unicode string representing the current working directory.
        call fn getcwd(cx) -> Slot {
            let here = blocking(cx, std::env::current_dir)?;
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, here.as_os_str().as_encoded_bytes(), false)?))
        }
        /// Return a bytes string representing the current working directory.
        call fn getcwdb(cx) -> Slot {
            let here = blocking(cx, std::env::current_dir)?;
            Ok(cx.root(cx.bytes(here.as_os_str().as_encoded_bytes())))
        }
        /// Change the access permissions of a file.
        call fn chmod(cx; ; path: NameOrFd, mode: i32; dir_fd: DirFd = DirFd::HERE, follow_symlinks: bool = true) -> () {
            change_mode(cx, &path, mode, dir_fd, follow_symlinks)
        }
        /// Change the access permissions of the file given by file descriptor fd.
        call fn fchmod(cx; ; fd: i32, mode: i32) -> () { blocking(cx, || plain::fchmod(fd, mode as u32)).map(|_| ()) }
        /// Change the owner and group id of path to the numeric uid and gid.
        call fn chown(cx; ; path: NameOrFd, uid: Uid, gid: Gid; dir_fd: DirFd = DirFd::HERE,
            follow_symlinks: bool = true) -> () {
            dir_fd.check(cx, "chown", &path)?;
            check_follow(cx, "chown", &path, follow_symlinks)?;
            let flags = if follow_symlinks { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
            about(cx, &path, || match &path.at {
                At::Name(name) => plain::fchownat(dir_fd.0, name, uid.0, gid.0, flags),
                At::Fd(fd) => plain::fchown(*fd, uid.0, gid.0),
            })
            .map(|_| ())
        }
        /// Change the owner and group id of the file specified by file descriptor.
        call fn fchown(cx; ; fd: i32, uid: Uid, gid: Gid) -> () {
            blocking(cx, || plain::fchown(fd, uid.0, gid.0)).map(|_| ())
        }
        /// Change the owner and group id of path to the numeric uid and gid.
        call fn lchown(cx; ; path: Name_, uid: Uid, gid: Gid) -> () {
            let (here, flags) = (libc::AT_FDCWD, libc::AT_SYMLINK_NOFOLLOW);
            about(cx, &path, || plain::fchownat(here, path.name(), uid.0, gid.0, flags)).map(|_| ())
        }
        /// Create a hard link to a file.
        call fn link(cx; ; src: Name_, dst: Name_; src_dir_fd: DirFd = DirFd::HERE, dst_dir_fd: DirFd = DirFd::HERE,
            follow_symlinks: bool = true) -> () {
            let flags = if follow_symlinks { libc::AT_SYMLINK_FOLLOW } else { 0 };
            // Without folders, `link` is called, which does not follow on this system.
            let flags = if [src_dir_fd, dst_dir_fd] == [DirFd::HERE; 2] && follow_symlinks { 0 } else { flags };
            let call = || plain::linkat(src_dir_fd.0, src.name(), dst_dir_fd.0, dst.name(), flags);
            about_two(cx, &src, &dst, call).map(|_| ())
        }
        /// Create a symbolic link pointing to src named dst.
        call fn symlink(cx; ; src: Name_, dst: Name_, target_is_directory: bool = false;
            dir_fd: DirFd = DirFd::HERE) -> () {
            about_two(cx, &src, &dst, || plain::symlinkat(src.name(), dir_fd.0, dst.name())).map(|_| ())
        }
        /// Return a string representing the path to which the symbolic link points.
        call fn readlink(cx; ; path: Name_; dir_fd: DirFd = DirFd::HERE) -> Slot {
            let target = about(cx, &path, || files::readlinkat(dir_fd.0, path.name()))?;
            let cx: &Ctx = cx;
            Ok(cx.root(name_value(cx, &target, path.is_bytes)?))
        }
        /// Create a directory.
        call fn mkdir(cx; ; path: Name_, mode: i32 = 0o777; dir_fd: DirFd = DirFd::HERE) -> () {
            about(cx, &path, || plain::mkdirat(dir_fd.0, path.name(), mode as u32)).map(|_| ())
        }
        /// Create a "fifo" (a POSIX named pipe).
        call fn mkfifo(cx; ; path: Name_, mode: i32 = 0o666; dir_fd: DirFd = DirFd::HERE) -> () {
            blocking(cx, || plain::mkfifoat(dir_fd.0, path.name(), mode as u32)).map(|_| ())
        }
        /// Create a node in the file system.
        call fn mknod(cx; ; path: Name_, mode: i32 = 0o600, device: super::args::Bits = super::args::Bits(0);
            dir_fd: DirFd = DirFd::HERE) -> () {
            blocking(cx, || plain::mknodat(dir_fd.0, path.name(), mode as u32, device.0)).map(|_| ())
        }
        /// Remove a directory.
        call fn rmdir(cx; ; path: Name_; dir_fd: DirFd = DirFd::HERE) -> () {
            unlink(cx, &path, dir_fd, libc::AT_REMOVEDIR)
        }
        /// Remove a file (same as remove()).
        call fn unlink(cx; ; path: Name_; dir_fd: DirFd = DirFd::HERE) -> () { self::unlink(cx, &path, dir_fd, 0) }
        /// Remove a file (same as unlink()).
        call fn remove(cx; ; path: Name_; dir_fd: DirFd = DirFd::HERE) -> () { self::unlink(cx, &path, dir_fd, 0) }
        /// Rename a file or directory.
        call fn rename(cx; ; src: Name_, dst: Name_; src_dir_fd: DirFd = DirFd::HERE,
            dst_dir_fd: DirFd = DirFd::HERE) -> () {
            self::rename(cx, &src, &dst, [src_dir_fd, dst_dir_fd])
        }
        /// Rename a file or directory, overwriting the destination.
        call fn replace(cx; ; src: Name_, dst: Name_; src_dir_fd: DirFd = DirFd::HERE,
            dst_dir_fd: DirFd = DirFd::HERE) -> () {
            self::rename(cx, &src, &dst, [src_dir_fd, dst_dir_fd])
        }
        /// Truncate a file, specified by path, to a specific length.
        call fn truncate(cx; ; path: NameOrFd, length: i64) -> () {
            about(cx, &path, || match &path.at {
                At::Name(name) => plain::truncate(name, length),
                At::Fd(fd) => plain::ftruncate(*fd, length),
            })
            .map(|_| ())
        }
        /// Set the current numeric umask and return the previous umask.
        fn umask(cx; mask: i32) -> i64 { Ok(i64::from(plain::umask(mask as u32))) }
        /// Force write of everything to disk.
        call fn sync(cx) -> () {
            cx.detached(plain::sync);
            Ok(())
        }
        /// Create an anonymous file that lives in memory.
        call fn memfd_create(cx; ; name: FsText, flags: i64 = libc::MFD_CLOEXEC as i64) -> i64 {
            blocking(cx, || plain::memfd_create(&name.0, flags as u32)).map(i64::from)
        }
    }
}
