//! Flags (events) and the waiters of a condition.
//!
//! The waiters' word packs two counts, changed together by compare-exchange: sleepers in the high half, permits to wake in
//! the low half. `notify` grants permits, never more than there are sleepers; a sleeper that takes one leaves both counts;
//! one whose time is up leaves without, unless every sleeper has a permit by then. So a notification is neither lost nor
//! seen twice, and nothing is left over for a later waiter.

use std::sync::atomic::Ordering;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::sync_cell::{SyncCell, Waited};

use super::deadline;

/// A flag to wait for.
pub struct Flag {
    pub(crate) cell: SyncCell,
}

super::crosses_by_cell!(Flag);

natives! {
    /// Methods of flags.
    pub static FLAG = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Flag { cell: SyncCell::alloc(cx)? }))
        }
        /// Set the flag and wake everyone.
        call fn set(cx; self_: Slot) -> () {
            let cell = &cx.state::<Flag>(self_)?.cell;
            if cell.word(0).swap(1, Ordering::Release) == 0 {
                cell.wake(0, u32::MAX);
            }
            Ok(())
        }
        /// Clear the flag.
        call fn clear(cx; self_: Slot) -> () {
            cx.state::<Flag>(self_)?.cell.word(0).store(0, Ordering::Release);
            Ok(())
        }
        /// Whether the flag is set.
        call fn is_set(cx; self_: Slot) -> bool {
            Ok(cx.state::<Flag>(self_)?.cell.word(0).load(Ordering::Acquire) == 1)
        }
        /// Wait until the flag is set; whether it is.
        call fn wait(cx; self_: Slot, timeout: Option<f64>) -> bool {
            let cell = SyncCell::adopt(cx.state::<Flag>(self_)?.cell.index());
            let deadline = deadline(cx, timeout)?;
            while cell.word(0).load(Ordering::Acquire) == 0 {
                if cell.wait(cx, 0, 0, deadline)? == Waited::TimedOut {
                    return Ok(cell.word(0).load(Ordering::Acquire) == 1);
                }
            }
            Ok(true)
        }
    }
}

/// Those who wait for a condition.
pub struct Waiters {
    pub(crate) cell: SyncCell,
}

super::crosses_by_cell!(Waiters);

const SLEEPER: u32 = 1 << 16;
const PERMITS: u32 = SLEEPER - 1;

/// Leaves the sleepers, with a permit if `has_permit` allows it for the packed counts; whether it did.
fn leave(cell: &SyncCell, has_permit: impl Fn(u32, u32) -> bool, give_up: bool) -> Option<bool> {
    let mut woken = false;
    let update = |word: u32| {
        let (sleepers, permits) = (word / SLEEPER, word & PERMITS);
        woken = has_permit(sleepers, permits);
        match woken {
            true => Some(word - SLEEPER - 1),
            false if give_up => Some(word - SLEEPER),
            false => None,
        }
    };
    cell.word(0).fetch_update(Ordering::AcqRel, Ordering::Acquire, update).ok().map(|_| woken)
}

fn sleep(cx: &mut Ctx, cell: &SyncCell, timeout: Option<f64>) -> Res<bool> {
    let deadline = deadline(cx, timeout)?;
    loop {
        if leave(cell, |_, permits| permits > 0, false).is_some() {
            return Ok(true);
        }
        let seen = cell.word(0).load(Ordering::Acquire);
        if seen & PERMITS > 0 {
            continue;
        }
        match cell.wait(cx, 0, seen, deadline) {
            Ok(Waited::Look) => {}
            Ok(Waited::TimedOut) => return Ok(leave(cell, |sleepers, permits| permits >= sleepers, true) == Some(true)),
            Err(raised) => {
                let _ = leave(cell, |sleepers, permits| permits >= sleepers, true);
                return Err(raised);
            }
        }
    }
}

natives! {
    /// Methods of a condition's waiters.
    pub static WAITERS = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Waiters { cell: SyncCell::alloc(cx)? }))
        }
        /// Become a sleeper, while the condition's lock is held.
        call fn enter(cx; self_: Slot) -> () {
            cx.state::<Waiters>(self_)?.cell.word(0).fetch_add(SLEEPER, Ordering::AcqRel);
            Ok(())
        }
        /// Sleep until notified; whether it was, in time.
        call fn sleep(cx; self_: Slot, timeout: Option<f64>) -> bool {
            let cell = SyncCell::adopt(cx.state::<Waiters>(self_)?.cell.index());
            sleep(cx, &cell, timeout)
        }
        /// Let up to n sleepers go on.
        call fn notify(cx; self_: Slot, n: i64) -> () {
            let cell = &cx.state::<Waiters>(self_)?.cell;
            let grant = |word: u32| {
                let (sleepers, permits) = (word / SLEEPER, word & PERMITS);
                let more = i64::from(sleepers - permits).min(n);
                (more > 0).then(|| word + more as u32)
            };
            if cell.word(0).fetch_update(Ordering::AcqRel, Ordering::Acquire, grant).is_ok() {
                cell.wake(0, u32::MAX);
            }
            Ok(())
        }
    }
}
