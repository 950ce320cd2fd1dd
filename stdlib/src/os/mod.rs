//! `os`, `os.path` and the system calls below them, which are the module `posix`.

use std::ffi::OsString;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::functions::io::{fspath, path_of};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::types::dict::Dict;
use argil_interp::types::exception::os_error;
use argil_interp::types::list::List;
use argil_interp::value::Value;
use rustix::process::{Pid, Signal};

/// The system calls.
pub const POSIX: ModuleDef = ModuleDef { name: "posix", source: ModuleSource::Native { functions: FUNCTIONS, init } };
/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "os", source: ModuleSource::Script(include_str!("os.py")) };
/// Paths.
pub const PATH: ModuleDef = ModuleDef { name: "posixpath", source: ModuleSource::Script(include_str!("path.py")) };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let environ = Dict::alloc(cx);
    let text = |text: OsString| cx.str(&text.to_string_lossy());
    for (name, value) in std::env::vars_os() {
        // A string's hash and equality never run script code.
        let bound = environ.set(cx, text(name), text(value));
        debug_assert!(bound.is_ok());
    }
    cx.define(module, "_environ", Value::of(environ));
    Ok(())
}

/// Runs a system call about a path off the lock.
fn about<R>(cx: &mut Ctx, path: Slot, function: &str, call: impl FnOnce(&Path) -> io::Result<R>) -> Res<R> {
    let place = path_of(cx, path, &format!("{function}: "))?;
    match cx.detached(|| call(&place)) {
        Ok(result) => Ok(result),
        Err(error) => Err(os_error::raise(cx, &error, Some(path))),
    }
}

/// The same about two paths.
fn about_two(cx: &mut Ctx, from: Slot, to: Slot, call: impl FnOnce(&Path, &Path) -> io::Result<()>) -> Res<()> {
    let (source, target) = (path_of(cx, from, "")?, path_of(cx, to, "")?);
    match cx.detached(|| call(&source, &target)) {
        Ok(()) => Ok(()),
        Err(error) => Err(os_error::raise_about(cx, &error, Some(cx.get(from)), Some(cx.get(to)))),
    }
}

fn stat_fields(cx: &Ctx, meta: &std::fs::Metadata) -> Slot {
    let time = |seconds: i64, nanoseconds: i64| cx.float(seconds as f64 + nanoseconds as f64 / 1e9);
    let fields = cx.tuple(&[
        cx.int(i64::from(meta.mode())),
        cx.uint(meta.ino()),
        cx.uint(meta.dev()),
        cx.uint(meta.nlink()),
        cx.int(i64::from(meta.uid())),
        cx.int(i64::from(meta.gid())),
        cx.uint(meta.size()),
        time(meta.atime(), meta.atime_nsec()),
        time(meta.mtime(), meta.mtime_nsec()),
        time(meta.ctime(), meta.ctime_nsec()),
    ]);
    cx.root(fields)
}

natives! {
    static FUNCTIONS = {
        /// The number of this process.
        fn getpid(cx) -> i64 { Ok(i64::from(std::process::id())) }
        /// The number of the process that started this one.
        fn getppid(cx) -> i64 { Ok(rustix::process::getppid().map_or(0, |pid| i64::from(pid.as_raw_nonzero().get()))) }
        /// The number of the user.
        fn getuid(cx) -> i64 { Ok(i64::from(rustix::process::getuid().as_raw())) }
        /// How many processors the system has.
        fn cpu_count(cx) -> i64 {
            let online = std::fs::read_to_string("/sys/devices/system/cpu/online").ok();
            let last = online.as_deref().and_then(|list| list.trim().rsplit(['-', ',']).next()?.parse::<i64>().ok());
            Ok(last.map_or_else(|| std::thread::available_parallelism().map_or(1, |n| n.get() as i64), |last| last + 1))
        }
        /// How many processors this process may use.
        fn process_cpu_count(cx) -> usize { Ok(std::thread::available_parallelism().map_or(1, usize::from)) }
        /// The current folder.
        call fn getcwd(cx) -> String {
            match cx.detached(std::env::current_dir) {
                Ok(path) => Ok(path.to_string_lossy().into_owned()),
                Err(error) => Err(os_error::raise(cx, &error, None)),
            }
        }
        /// Change the current folder.
        call fn chdir(cx; path: Slot) -> () { about(cx, path, "chdir", |path| std::env::set_current_dir(path)) }
        /// The names in a folder.
        call fn _listdir(cx; path: Slot) -> Slot {
            let names = about(cx, path, "listdir", |path| {
                std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.file_name())).collect::<io::Result<Vec<_>>>()
            })?;
            let is_text = cx.get(path).as_bytes().is_none();
            let name = |name: &OsString| if is_text { cx.str(&name.to_string_lossy()) } else { cx.bytes(name.as_bytes()) };
            let values: Vec<Value<'_>> = names.iter().map(name).collect();
            Ok(cx.root(Value::of(List::from_values(cx, &values))))
        }
        /// Make a folder.
        call fn mkdir(cx; path: Slot; mode: i32 = 0o777) -> () {
            about(cx, path, "mkdir", |path| std::fs::DirBuilder::new().mode(mode as u32).create(path))
        }
        /// Remove an empty folder.
        call fn rmdir(cx; path: Slot) -> () { about(cx, path, "rmdir", |path| std::fs::remove_dir(path)) }
        /// Remove a file.
        call fn remove(cx; path: Slot) -> () { about(cx, path, "remove", |path| std::fs::remove_file(path)) }
        /// Remove a file.
        call fn unlink(cx; path: Slot) -> () { about(cx, path, "unlink", |path| std::fs::remove_file(path)) }
        /// Rename a file or folder.
        call fn rename(cx; src: Slot, dst: Slot) -> () { about_two(cx, src, dst, |from, to| std::fs::rename(from, to)) }
        /// Rename a file or folder, over another if there is one.
        call fn replace(cx; src: Slot, dst: Slot) -> () { about_two(cx, src, dst, |from, to| std::fs::rename(from, to)) }
        /// Make a second name of a file.
        call fn link(cx; src: Slot, dst: Slot) -> () { about_two(cx, src, dst, |from, to| std::fs::hard_link(from, to)) }
        /// Make a symbolic link.
        call fn symlink(cx; src: Slot, dst: Slot) -> () {
            about_two(cx, src, dst, |from, to| std::os::unix::fs::symlink(from, to))
        }
        /// What a symbolic link refers to.
        call fn readlink(cx; path: Slot) -> String {
            Ok(about(cx, path, "readlink", |path| std::fs::read_link(path))?.to_string_lossy().into_owned())
        }
        /// Change the permissions of a file.
        call fn chmod(cx; path: Slot, mode: i32) -> () {
            about(cx, path, "chmod", |path| {
                std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode as u32))
            })
        }
        /// The facts about a file, as a tuple.
        call fn _stat(cx; path: Slot) -> Slot {
            let meta = about(cx, path, "stat", |path| std::fs::metadata(path))?;
            Ok(stat_fields(cx, &meta))
        }
        /// The facts about a file or symbolic link, as a tuple.
        call fn _lstat(cx; path: Slot) -> Slot {
            let meta = about(cx, path, "lstat", |path| std::fs::symlink_metadata(path))?;
            Ok(stat_fields(cx, &meta))
        }
        /// The path without symbolic links; `None` if there is no such file.
        call fn _canonical(cx; path: Slot) -> Option<String> {
            let place = path_of(cx, path, "realpath: ")?;
            Ok(cx.detached(|| std::fs::canonicalize(place)).ok().map(|path| path.to_string_lossy().into_owned()))
        }
        /// The text of a path.
        call fn fspath(cx; path: Slot) -> Slot { fspath(cx, path, "") }
        /// Random bytes from the system.
        call fn urandom(cx; size: i64) -> Vec<u8> {
            let Ok(size) = usize::try_from(size) else { return Err(cx.value_error("negative argument not allowed")) };
            let mut bytes = cx.with_memory(|_| memory::repeat(0, size))?;
            match cx.detached(|| getrandom::fill(&mut bytes)) {
                Ok(()) => Ok(bytes),
                Err(error) => {
                    let error = error.raw_os_error().map_or_else(|| io::Error::other(error), io::Error::from_raw_os_error);
                    Err(os_error::raise(cx, &error, None))
                }
            }
        }
        /// Send a signal to a process.
        call fn kill(cx; pid: i64, signal: i64) -> () {
            let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
            let signal = i32::try_from(signal).ok().and_then(Signal::from_named_raw);
            let (Some(pid), Some(signal)) = (pid, signal) else {
                let error = io::Error::from_raw_os_error(rustix::io::Errno::INVAL.raw_os_error());
                return Err(os_error::raise(cx, &error, None));
            };
            match rustix::process::kill_process(pid, signal) {
                Ok(()) => cx.poll(),
                Err(error) => Err(os_error::raise(cx, &error.into(), None)),
            }
        }
        /// End the process at once, without flushing anything.
        fn _exit(cx; status: i32) -> () { std::process::exit(status) }
        /// The average number of processes that could run, over one, five and fifteen minutes.
        fn getloadavg(cx) -> Value<'h> {
            let text = std::fs::read_to_string("/proc/loadavg").map_err(|error| os_error::raise(cx, &error, None))?;
            let numbers: Vec<Value<'h>> =
                text.split(' ').take(3).map(|number| cx.float(number.parse().unwrap_or(0.0))).collect();
            Ok(cx.tuple(&numbers))
        }
    }
}
