//! Flags (events) and the waiters of a condition.

use std::sync::atomic::Ordering;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::wait::Waited;
use argil_interp::process::wait_queue::{Place, WaitQueue};
use argil_interp::shared::cell::SyncCell;
use argil_interp::types::native::{Exclusive, NativeData};

use crate::time::Seconds;

/// A flag to wait for: bit 0 of word 0 of its cell; the bits above count how often it was set, so that those who slept before
/// it was set learn of it even if it was cleared again before they ran. Written by whoever sets it (Release), read by those who
/// wait (Acquire).
pub struct Flag {
    cell: SyncCell,
}

super::crosses_by_cell!(Flag, cell: SyncCell, "_thread.lock");

const SET: u32 = 1;
const ONCE: u32 = 2;

fn wait(cx: &mut Ctx, flag: Slot, timeout: Option<Seconds>) -> Res<bool> {
    let deadline = timeout.map(Seconds::deadline);
    // The object is rooted by its caller's slot for as long as this waits, so the cell is not given back meanwhile.
    let cell = SyncCell::adopt(cx.state::<Flag>(flag)?.cell.index());
    let first = cell.word(0).load(Ordering::Acquire);
    let mut now = first;
    while now & SET == 0 && now / ONCE == first / ONCE {
        let waited = cell.wait(cx, 0, now, deadline)?;
        now = cell.word(0).load(Ordering::Acquire);
        if waited == Waited::TimedOut {
            break;
        }
    }
    Ok(now & SET != 0 || now / ONCE != first / ONCE)
}

natives! {
    /// Methods of flags.
    pub static FLAG = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Flag { cell: super::cell(cx)? }))
        }
        /// Set the flag and wake everyone.
        call fn set(cx; self_: Slot) -> () {
            let cell = &cx.state::<Flag>(self_)?.cell;
            let set = |now: u32| (now & SET == 0).then(|| now.wrapping_add(ONCE) | SET);
            if cell.word(0).fetch_update(Ordering::AcqRel, Ordering::Acquire, set).is_ok() {
                cell.wake(0, u32::MAX);
            }
            Ok(())
        }
        /// Clear the flag.
        call fn clear(cx; self_: Slot) -> () {
            cx.state::<Flag>(self_)?.cell.word(0).fetch_and(!SET, Ordering::AcqRel);
            Ok(())
        }
        /// Whether the flag is set.
        call fn is_set(cx; self_: Slot) -> bool {
            Ok(cx.state::<Flag>(self_)?.cell.word(0).load(Ordering::Acquire) & SET != 0)
        }
        /// Wait until the flag is set; whether it was, in time.
        call fn wait(cx; self_: Slot, timeout: Option<Seconds>) -> bool {
            wait(cx, self_, timeout)
        }
    }
}

/// Those who wait for a condition.
pub struct Waiters {
    queue: WaitQueue,
}

super::crosses_by_cell!(Waiters, queue: WaitQueue, "_thread.lock");

/// A place among them, until it is left.
pub struct Sleeper {
    place: Exclusive<Option<Place>>,
}

impl NativeData for Sleeper {}

fn take(cx: &Ctx, sleeper: Slot) -> Res<Option<Place>> {
    Ok(cx.state::<Sleeper>(sleeper)?.place.with(Option::take))
}

natives! {
    /// Methods of a condition's waiters.
    pub static WAITERS = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Waiters { queue: WaitQueue::alloc(cx)? }))
        }
        /// Become the last of the sleepers, while the condition's lock is held; the place, to sleep and to be left.
        call fn enter(cx; self_: Slot) -> Slot {
            let place = cx.state::<Waiters>(self_)?.queue.enter(cx)?;
            Ok(cx.new_of_native_class(Sleeper { place: Exclusive::new(Some(place)) }))
        }
        /// Let the first sleeper go on.
        call fn notify_one(cx; self_: Slot) -> () {
            cx.state::<Waiters>(self_)?.queue.notify_one();
            Ok(())
        }
        call fn __len__(cx; self_: Slot) -> usize {
            Ok(cx.state::<Waiters>(self_)?.queue.len())
        }
        call fn __bool__(cx; self_: Slot) -> bool {
            Ok(!cx.state::<Waiters>(self_)?.queue.is_empty())
        }
    }
}

natives! {
    /// Methods of a sleeper.
    pub static SLEEPER = {
        /// Sleep until notified, then leave; whether it was, in time.
        call fn sleep(cx; self_: Slot, timeout: Option<Seconds> = None) -> bool {
            let deadline = timeout.map(Seconds::deadline);
            let Some(place) = take(cx, self_)? else { return Ok(false) };
            place.sleep(cx, deadline)?;
            Ok(place.leave())
        }
        /// Leave, if that has not happened; whether it was notified.
        call fn leave(cx; self_: Slot) -> bool {
            Ok(take(cx, self_)?.is_some_and(Place::leave))
        }
    }
}
