//! Lengths of time as scripts give them: whatever waits takes its timeout through here.

use std::time::{Duration, Instant};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::{FromSlot, NativeDef};
use argil_interp::ops::number;

/// A number of seconds, to the nanosecond, at most 292 years either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seconds {
    nanoseconds: i64,
}

const NANOSECONDS: i64 = 1_000_000_000;

impl Seconds {
    /// What an integer or float means.
    ///
    /// # Errors
    /// TypeError for what is neither, ValueError for NaN, OverflowError for what is too far off.
    pub(crate) fn of(cx: &mut Ctx, value: Slot) -> Res<Seconds> {
        let out_of_range = |cx: &Ctx| cx.overflow_error("timestamp out of range for C PyTime_t");
        if let Some(seconds) = cx.get(value).as_float() {
            if seconds.is_nan() {
                return Err(cx.value_error("Invalid value NaN (not a number)"));
            }
            // Away from zero, so that what is not zero stays so.
            let exact = seconds * NANOSECONDS as f64;
            let rounded = if exact < 0.0 { exact.floor() } else { exact.ceil() };
            // Every float in this range, whose end is itself no `i64`, fits.
            let fits = (i64::MIN as f64..i64::MAX as f64).contains(&rounded);
            return if fits { Ok(Seconds { nanoseconds: rounded as i64 }) } else { Err(out_of_range(cx)) };
        }
        let Some(whole) = number::index_opt(cx, value)? else {
            let got = cx.type_name(cx.get(value));
            return Err(cx.type_error(format!("'{got}' object cannot be interpreted as an integer or float")));
        };
        let nanoseconds = cx.get(whole).as_int().and_then(|whole| whole.to_i64()?.checked_mul(NANOSECONDS));
        nanoseconds.map(|nanoseconds| Seconds { nanoseconds }).ok_or_else(|| out_of_range(cx))
    }

    /// The length in nanoseconds.
    pub(crate) const fn nanoseconds(self) -> i64 {
        self.nanoseconds
    }

    /// So many seconds.
    pub(crate) const fn whole(seconds: i32) -> Seconds {
        Seconds { nanoseconds: seconds as i64 * NANOSECONDS }
    }

    /// The length, if it is none that lies in the past.
    pub(crate) fn length(self) -> Option<Duration> {
        u64::try_from(self.nanoseconds).ok().map(Duration::from_nanos)
    }

    /// So many seconds, to the precision of a float.
    pub(crate) fn to_f64(self) -> f64 {
        self.nanoseconds as f64 / NANOSECONDS as f64
    }

    /// The moment at which a wait that begins now has lasted so long.
    pub(crate) fn deadline(self) -> Instant {
        // Clocks count from the start of the machine, in 64 bits of seconds.
        Instant::now() + self.length().unwrap_or_default()
    }
}

impl FromSlot for Seconds {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        Seconds::of(cx, slot)
    }
}
