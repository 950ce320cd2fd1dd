//! `time`: clocks, sleeping, and dates by calendar.

mod seconds;
mod struct_time;

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::exception::os_error;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_system::libc;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use rustix::thread::nanosleep;
use rustix::time::{ClockId, Timespec, clock_getres, clock_gettime};

pub(crate) use seconds::Seconds;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "time",
    source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: include_str!("time.py") },
};

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    struct_time::STRUCT_TIME.define(cx, module, "struct_time");
    let now = Zoned::now();
    let offset = i64::from(now.offset().seconds());
    let cx: &Ctx = cx;
    CLOCKS.iter().for_each(|(name, number, _)| cx.define(module, name, cx.int(*number)));
    cx.define(module, "_STRUCT_TM_ITEMS", cx.int(11));
    cx.define(module, "timezone", cx.int(-offset));
    cx.define(module, "altzone", cx.int(-offset));
    cx.define(module, "daylight", cx.int(0));
    let name = now.strftime("%Z").to_string();
    cx.define(module, "tzname", cx.tuple(&[cx.str(&name), cx.str(&name)]));
    Ok(())
}

/// The clocks of the system that scripts may ask, by name and number.
const CLOCKS: [(&str, i64, ClockId); 6] = [
    ("CLOCK_REALTIME", 0, ClockId::Realtime),
    ("CLOCK_MONOTONIC", 1, ClockId::Monotonic),
    ("CLOCK_PROCESS_CPUTIME_ID", 2, ClockId::ProcessCPUTime),
    ("CLOCK_THREAD_CPUTIME_ID", 3, ClockId::ThreadCPUTime),
    ("CLOCK_MONOTONIC_RAW", 4, ClockId::MonotonicRaw),
    ("CLOCK_BOOTTIME", 7, ClockId::Boottime),
];

fn clock_id(cx: &Ctx, number: i64) -> Res<ClockId> {
    let known = CLOCKS.iter().find(|clock| clock.1 == number);
    known
        .map(|clock| clock.2)
        .ok_or_else(|| os_error::raise(cx, &std::io::Error::from_raw_os_error(libc::EINVAL), None))
}

/// What a clock shows, in nanoseconds.
fn clock(id: ClockId) -> i64 {
    let now = clock_gettime(id);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

fn seconds(nanoseconds: i64) -> f64 {
    nanoseconds as f64 / 1e9
}

/// Nanoseconds since 1970.
fn wall() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos() as i64)
}

fn sleep(cx: &mut Ctx, length: Duration) -> Res<()> {
    let end = Instant::now() + length;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let time = Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() };
        // A signal ends it early.
        cx.detached(|| if left.is_zero() { std::thread::yield_now() } else { _ = nanosleep(&time) });
        cx.poll()?;
        if Instant::now() >= end {
            return Ok(());
        }
    }
}

/// The moment that a number of seconds since 1970 names; now if there is none.
fn moment(cx: &Ctx, seconds: Option<f64>) -> Res<Timestamp> {
    let Some(seconds) = seconds else { return Ok(Timestamp::now()) };
    let whole = seconds.floor();
    let moment = if whole.abs() < 1e15 { Timestamp::from_second(whole as i64).ok() } else { None };
    moment.ok_or_else(|| cx.value_error("year is out of range"))
}

/// The nine numbers of `struct_time`, and name (its own if none is given) and offset of the zone.
fn fields<'h>(cx: &'h Ctx, zoned: &Zoned, zone: Option<&str>) -> Value<'h> {
    let saving = zoned.time_zone().to_offset_info(zoned.timestamp()).dst().is_dst();
    let numbers = [
        i64::from(zoned.year()),
        i64::from(zoned.month()),
        i64::from(zoned.day()),
        i64::from(zoned.hour()),
        i64::from(zoned.minute()),
        i64::from(zoned.second()),
        i64::from(zoned.weekday().to_monday_zero_offset()),
        i64::from(zoned.day_of_year()),
        i64::from(saving),
    ];
    let zone = zone.map_or_else(|| zoned.strftime("%Z").to_string(), str::to_owned);
    let offset = cx.int(i64::from(zoned.offset().seconds()));
    let values: Vec<Value<'h>> = numbers.iter().map(|number| cx.int(*number)).chain([cx.str(&zone), offset]).collect();
    cx.tuple(&values)
}

/// The date and time that the first six elements of a tuple name.
fn civil(cx: &Ctx, time: &Tuple) -> Res<DateTime> {
    let part =
        |index: usize| time.get(cx, index).and_then(Value::as_small_int).and_then(|part| i16::try_from(part).ok());
    let small = |index: usize| part(index).and_then(|part| i8::try_from(part).ok());
    let parts = (|| Some((part(0)?, small(1)?.max(1), small(2)?.max(1), small(3)?, small(4)?, small(5)?.min(59))))();
    let Some((year, month, day, hour, minute, second)) = parts else {
        return Err(cx.type_error("Tuple or struct_time argument required"));
    };
    DateTime::new(year, month, day, hour, minute, second, 0).map_err(|error| cx.value_error(error.to_string()))
}

natives! {
    static FUNCTIONS = {
        /// Seconds since 1970.
        fn time(cx) -> f64 { Ok(seconds(wall())) }
        /// Nanoseconds since 1970.
        fn time_ns(cx) -> i64 { Ok(wall()) }
        /// Seconds on a clock that never goes back.
        fn monotonic(cx) -> f64 { Ok(seconds(clock(ClockId::Monotonic))) }
        /// Nanoseconds on a clock that never goes back.
        fn monotonic_ns(cx) -> i64 { Ok(clock(ClockId::Monotonic)) }
        /// Seconds on the clock for measuring short stretches.
        fn perf_counter(cx) -> f64 { Ok(seconds(clock(ClockId::Monotonic))) }
        /// Nanoseconds on the clock for measuring short stretches.
        fn perf_counter_ns(cx) -> i64 { Ok(clock(ClockId::Monotonic)) }
        /// Seconds that the process has computed.
        fn process_time(cx) -> f64 { Ok(seconds(clock(ClockId::ProcessCPUTime))) }
        /// Nanoseconds that the process has computed.
        fn process_time_ns(cx) -> i64 { Ok(clock(ClockId::ProcessCPUTime)) }
        /// Seconds that the thread has computed.
        fn thread_time(cx) -> f64 { Ok(seconds(clock(ClockId::ThreadCPUTime))) }
        /// Nanoseconds that the thread has computed.
        fn thread_time_ns(cx) -> i64 { Ok(clock(ClockId::ThreadCPUTime)) }
        /// Seconds that a clock of the system shows.
        fn clock_gettime(cx; clk_id: i64) -> f64 { Ok(seconds(clock(clock_id(cx, clk_id)?))) }
        /// Nanoseconds that a clock of the system shows.
        fn clock_gettime_ns(cx; clk_id: i64) -> i64 { Ok(clock(clock_id(cx, clk_id)?)) }
        /// How fine a clock of the system is, in seconds.
        fn clock_getres(cx; clk_id: i64) -> f64 {
            let fine = clock_getres(clock_id(cx, clk_id)?);
            Ok(fine.tv_sec as f64 + fine.tv_nsec as f64 * 1e-9)
        }
        /// Wait for a number of seconds, off the lock.
        raw fn sleep(cx, args) -> () {
            let (args, _) = args.into_slots(cx);
            if args.len() != 1 {
                return Err(cx.type_error(format!("time.sleep() takes exactly one argument ({} given)", args.len())));
            }
            let Some(length) = Seconds::of(cx, args.get(0))?.length() else {
                return Err(cx.value_error("sleep length must be non-negative"));
            };
            sleep(cx, length)
        }
        /// The fields of a moment in UTC.
        fn _gmtime(cx; seconds: Option<f64> = None) -> Value<'h> {
            Ok(fields(cx, &moment(cx, seconds)?.to_zoned(TimeZone::UTC), Some("GMT")))
        }
        /// The fields of a moment in the system's time zone.
        fn _localtime(cx; seconds: Option<f64> = None) -> Value<'h> {
            Ok(fields(cx, &moment(cx, seconds)?.to_zoned(TimeZone::system()), None))
        }
        /// Formats a tuple of fields.
        fn _strftime(cx; format: &'h str, time: &'h Tuple) -> String {
            let zoned = civil(cx, time)?.to_zoned(TimeZone::system());
            let zoned = zoned.map_err(|error| cx.value_error(error.to_string()))?;
            jiff::fmt::strtime::format(format, &zoned).map_err(|_| cx.value_error("Invalid format string"))
        }
        /// Reads a tuple of fields from a text.
        fn _strptime(cx; text: &'h str, format: &'h str) -> Value<'h> {
            let parsed = jiff::fmt::strtime::parse(format, text).map_err(|_| {
                cx.value_error(format!("time data '{text}' does not match format '{format}'"))
            })?;
            let date = parsed.to_date().unwrap_or(jiff::civil::date(1900, 1, 1));
            let time = parsed.to_time().unwrap_or(jiff::civil::Time::midnight());
            let zoned = date.to_datetime(time).to_zoned(TimeZone::UTC);
            Ok(fields(cx, &zoned.map_err(|error| cx.value_error(error.to_string()))?, None))
        }
        /// Seconds since 1970 of a tuple of fields in the system's time zone.
        fn mktime(cx; time: &'h Tuple) -> f64 {
            let zoned = civil(cx, time)?.to_zoned(TimeZone::system());
            let zoned = zoned.map_err(|_| cx.overflow_error("mktime argument out of range"))?;
            Ok(zoned.timestamp().as_second() as f64)
        }
    }
}
