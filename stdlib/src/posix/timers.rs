//! Descriptors that count events and time.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::natives;
use argil_system::files::{self, Moment};
use argil_system::{libc, plain};

use super::args::{Fd, blocking, done};
use crate::time::Seconds;

/// A number that is not negative.
struct Unsigned<const BITS: u32>(u64);

impl<const BITS: u32> FromSlot for Unsigned<BITS> {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let whole = argil_interp::ops::number::index(cx, slot)?;
        let cx: &Ctx = cx;
        let Some(whole) = cx.get(whole).as_int() else { return Ok(Unsigned(0)) };
        if argil_interp::ops::number::int::is_negative(whole) {
            return Err(cx.value_error("Cannot convert negative int"));
        }
        let number = match whole {
            argil_interp::types::int::Int::Small(number) => u64::try_from(number).ok(),
            argil_interp::types::int::Int::Big(number) => u64::try_from(number).ok(),
        };
        let name = if BITS == 32 { "unsigned int" } else { "unsigned long" };
        let fits = number.filter(|number| BITS == 64 || *number <= u64::from(u32::MAX));
        fits.map(Unsigned).ok_or_else(|| cx.overflow_error(format!("Python int too large to convert to C {name}")))
    }
}

fn moment(time: Seconds) -> Moment {
    let all = time.nanoseconds();
    (all.div_euclid(1_000_000_000), all.rem_euclid(1_000_000_000))
}

fn in_seconds(cx: &Ctx, times: [Moment; 2]) -> Slot {
    let seconds = |(whole, rest): Moment| cx.float(whole as f64 + rest as f64 * 1e-9);
    cx.root(cx.tuple(&times.map(seconds)))
}

fn in_nanoseconds(cx: &Ctx, times: [Moment; 2]) -> Slot {
    let nanoseconds = |(whole, rest): Moment| cx.int(whole.saturating_mul(1_000_000_000).saturating_add(rest));
    cx.root(cx.tuple(&times.map(nanoseconds)))
}

natives! {
    pub(super) static FUNCTIONS = {
        /// Creates and returns an event notification file descriptor.
        call fn eventfd(cx; ; initval: Unsigned<32>, flags: i32 = libc::EFD_CLOEXEC) -> i64 {
            done(cx, plain::eventfd(initval.0 as u32, flags)).map(i64::from)
        }
        /// Read eventfd value.
        call fn eventfd_read(cx; ; fd: Fd) -> Slot {
            let mut value = [0; 8];
            blocking(cx, || files::read(fd.0, &mut value))?;
            let cx: &Ctx = cx;
            Ok(cx.root(cx.uint(u64::from_ne_bytes(value))))
        }
        /// Write eventfd value.
        call fn eventfd_write(cx; ; fd: Fd, value: Unsigned<64>) -> () {
            blocking(cx, || files::write(fd.0, &value.0.to_ne_bytes())).map(|_| ())
        }
        /// Create and return a timer file descriptor.
        fn timerfd_create(cx; clockid: i32; ; flags: i32 = libc::TFD_CLOEXEC) -> i64 {
            done(cx, plain::timerfd_create(clockid, flags)).map(i64::from)
        }
        /// Alter a timer file descriptor in seconds.
        call fn timerfd_settime(cx; fd: Fd; ; flags: i32 = 0, initial: Seconds = Seconds::whole(0),
            interval: Seconds = Seconds::whole(0)) -> Slot {
            let old = done(cx, files::timerfd_settime(fd.0, flags, moment(interval), moment(initial)))?;
            Ok(in_seconds(cx, old))
        }
        /// Return a tuple of a timer file descriptor's (interval, next expiration) in float seconds.
        call fn timerfd_gettime(cx; fd: Fd) -> Slot {
            let now = done(cx, files::timerfd_gettime(fd.0))?;
            Ok(in_seconds(cx, now))
        }
        /// Alter a timer file descriptor in nanoseconds.
        call fn timerfd_settime_ns(cx; fd: Fd; ; flags: i32 = 0, initial: i64 = 0, interval: i64 = 0) -> Slot {
            let moment = |all: i64| (all.div_euclid(1_000_000_000), all.rem_euclid(1_000_000_000));
            let old = done(cx, files::timerfd_settime(fd.0, flags, moment(interval), moment(initial)))?;
            Ok(in_nanoseconds(cx, old))
        }
        /// Return a tuple of a timer file descriptor's (interval, next expiration) in nanoseconds.
        call fn timerfd_gettime_ns(cx; fd: Fd) -> Slot {
            let now = done(cx, files::timerfd_gettime(fd.0))?;
            Ok(in_nanoseconds(cx, now))
        }
    }
}
