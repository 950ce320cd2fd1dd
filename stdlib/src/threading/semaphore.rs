//! Counts to wait for: semaphores. Word 0 of the cell is the count, word 1 how many threads wait.

use std::sync::atomic::Ordering;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::wait::Waited;
use argil_interp::shared::cell::SyncCell;

use crate::time::Seconds;

const COUNT_WORD: usize = 0;
const WAITING: usize = 1;

/// A count that does not fall below zero.
pub struct Count {
    pub(crate) cell: SyncCell,
}

super::crosses_by_cell!(Count, cell: SyncCell, "_thread.lock");

/// Takes one off the count if it is not zero.
fn take(cell: &SyncCell) -> bool {
    let word = cell.word(COUNT_WORD);
    word.fetch_update(Ordering::Acquire, Ordering::Relaxed, |count| count.checked_sub(1)).is_ok()
}

fn acquire(cx: &mut Ctx, count: Slot, timeout: Option<Seconds>) -> Res<bool> {
    let deadline = timeout.map(Seconds::deadline);
    // The object is rooted by its caller's slot for as long as this waits, so the cell is not given back meanwhile.
    let cell = SyncCell::adopt(cx.state::<Count>(count)?.cell.index());
    cell.word(WAITING).fetch_add(1, Ordering::SeqCst);
    let result = loop {
        if take(&cell) {
            break Ok(true);
        }
        match cell.wait(cx, COUNT_WORD, 0, deadline) {
            Ok(Waited::Look) => {}
            Ok(Waited::TimedOut) => break Ok(take(&cell)),
            Err(raised) => {
                // It may have been this one that was woken to take.
                cell.wake(COUNT_WORD, 1);
                break Err(raised);
            }
        }
    };
    cell.word(WAITING).fetch_sub(1, Ordering::SeqCst);
    result
}

natives! {
    /// Methods of counts.
    pub static COUNT = {
        static call fn __new__(cx; cls: Slot, value: i64) -> Slot {
            let cell = super::cell(cx)?;
            cell.word(COUNT_WORD).store(value as u32, Ordering::Release);
            Ok(cx.new_native(cls, Count { cell }))
        }
        /// Take one off the count if it is not zero; whether it was not.
        call fn take(cx; self_: Slot) -> bool {
            Ok(take(&cx.state::<Count>(self_)?.cell))
        }
        /// Take one off the count, waiting while it is zero; False if the time is up.
        call fn acquire(cx; self_: Slot, timeout: Option<Seconds>) -> bool {
            acquire(cx, self_, timeout)
        }
        /// Add to the count, unless it would pass the bound; whether it was added.
        call fn release(cx; self_: Slot, n: i64, bound: Option<i64>) -> bool {
            let cell = &cx.state::<Count>(self_)?.cell;
            let add = |count: u32| {
                let sum = count.checked_add(n as u32)?;
                if bound.is_some_and(|bound| i64::from(sum) > bound) { None } else { Some(sum) }
            };
            let added = cell.word(COUNT_WORD).fetch_update(Ordering::SeqCst, Ordering::Relaxed, add).is_ok();
            if added && cell.word(WAITING).load(Ordering::SeqCst) > 0 {
                cell.wake(COUNT_WORD, n as u32);
            }
            Ok(added)
        }
        /// The count.
        call fn value(cx; self_: Slot) -> i64 {
            Ok(i64::from(cx.state::<Count>(self_)?.cell.word(COUNT_WORD).load(Ordering::Acquire)))
        }
    }
}
