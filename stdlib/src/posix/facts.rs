//! What is known of the system: its name, limits, processors, random numbers.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::value::Value;
use argil_system::{libc, plain, process};

use super::args::{At, NameOrFd, about, blocking, done, name_value};
use super::descriptors::small;
use super::names::{CONFSTR_NAMES, PATHCONF_NAMES, SYSCONF_NAMES};
use super::records::{TIMES_RESULT, UNAME_RESULT};

/// The number of something configurable that a script names or numbers.
fn configurable(cx: &mut Ctx, name: Slot, known: &[(&str, i32)]) -> Res<i32> {
    if let Some(text) = cx.get(name).as_str() {
        let found = known.iter().find(|(name, _)| *name == text);
        return found.map(|(_, number)| *number).ok_or_else(|| cx.value_error("unrecognized configuration name"));
    }
    if argil_interp::ops::number::index_opt(cx, name)?.is_none() {
        return Err(cx.type_error("configuration names must be strings or integers"));
    }
    small(cx, name)
}

fn online() -> Option<i64> {
    plain::sysconf(libc::_SC_NPROCESSORS_ONLN).ok().filter(|count| *count > 0)
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Return an object identifying the current operating system.
        fn uname(cx) -> Value<'h> {
            let names = done(cx, process::uname())?;
            let names = names.iter().map(|name| name_value(cx, name, false)).collect::<Res<Vec<_>>>()?;
            Ok(UNAME_RESULT.make(cx, &names))
        }
        /// Return a collection containing process timing information.
        fn times(cx) -> Value<'h> {
            let ticks = plain::sysconf(libc::_SC_CLK_TCK).unwrap_or(100) as f64;
            let times = done(cx, process::times())?;
            Ok(TIMES_RESULT.make(cx, &times.map(|time| cx.float(time as f64 / ticks))))
        }
        /// Return the number of logical CPUs in the system.
        fn cpu_count(cx) -> Option<i64> { Ok(online()) }
        /// Return average recent system load information.
        fn getloadavg(cx) -> Value<'h> {
            match process::getloadavg() {
                Some(load) => Ok(cx.tuple(&load.map(|load| cx.float(load)))),
                None => Err(cx.raise(Builtin::OSError, "Load averages are unobtainable")),
            }
        }
        /// Return an integer-valued system configuration variable.
        call fn sysconf(cx; name: Slot) -> i64 {
            let name = configurable(cx, name, SYSCONF_NAMES)?;
            done(cx, plain::sysconf(name))
        }
        /// Return a string-valued system configuration variable.
        call fn confstr(cx; name: Slot) -> Option<String> {
            let name = configurable(cx, name, CONFSTR_NAMES)?;
            let text = done(cx, plain::confstr(name))?;
            Ok(text.map(|text| String::from_utf8_lossy(&text).into_owned()))
        }
        /// Return the configuration limit name for the file or directory path.
        call fn pathconf(cx; ; path: NameOrFd, name: Slot) -> i64 {
            let name = configurable(cx, name, PATHCONF_NAMES)?;
            about(cx, &path, || match &path.at {
                At::Name(path) => plain::pathconf(path, name),
                At::Fd(fd) => plain::fpathconf(*fd, name),
            })
        }
        /// Return the configuration limit name for the file descriptor fd.
        call fn fpathconf(cx; fd: i32, name: Slot) -> i64 {
            let name = configurable(cx, name, PATHCONF_NAMES)?;
            blocking(cx, || plain::fpathconf(fd, name))
        }
        /// Translate an error code to a message string.
        fn strerror(cx; ; code: i32) -> String { Ok(plain::strerror(code)) }
        /// Return a bytes object containing random bytes suitable for cryptographic use.
        call fn urandom(cx; size: i64) -> Vec<u8> {
            let Ok(size) = usize::try_from(size) else { return Err(cx.value_error("negative argument not allowed")) };
            let mut bytes = cx.with_memory(|_| memory::repeat(0, size))?;
            blocking(cx, || {
                getrandom::fill(&mut bytes).map_err(|error| match error.raw_os_error() {
                    Some(number) => std::io::Error::from_raw_os_error(number),
                    None => std::io::Error::other(error),
                })
            })?;
            Ok(bytes)
        }
        /// Obtain a series of random bytes.
        call fn getrandom(cx; ; size: i64, flags: i32 = 0) -> Vec<u8> {
            let Ok(size) = usize::try_from(size) else {
                return done(cx, Err(std::io::Error::from_raw_os_error(libc::EINVAL)));
            };
            let mut bytes = cx.with_memory(|_| memory::repeat(0, size))?;
            let flags = rustix::rand::GetRandomFlags::from_bits_retain(flags as u32);
            let count = blocking(cx, || rustix::rand::getrandom(&mut bytes, flags).map_err(Into::into))?;
            bytes.truncate(count);
            Ok(bytes)
        }
    }
}
