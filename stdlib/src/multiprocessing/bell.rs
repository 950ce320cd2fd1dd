//! Bells: what the threads of one process wait at for each other. Other processes have no part in it, so the death of one is
//! no reason to wake.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::process::wait::Waited;
use argil_interp::shared::cell::SyncCell;
use argil_interp::types::native::NativeData;

use crate::time::Seconds;

/// A bell: word 0 of its cell counts how often it rang. Counted up with Release after what it tells of was written; read with
/// Acquire before that is looked at.
pub struct Bell {
    cell: Arc<SyncCell>,
}

impl NativeData for Bell {}

fn cell(cx: &Ctx, bell: Slot) -> Res<Arc<SyncCell>> {
    Ok(Arc::clone(&cx.state::<Bell>(bell)?.cell))
}

natives! {
    /// Methods of bells.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Bell { cell: Arc::new(SyncCell::alloc(cx)?) }))
        }
        /// Ring: whoever waits goes on.
        call fn ring(cx; self_: Slot) -> () {
            let cell = cell(cx, self_)?;
            cell.word(0).fetch_add(1, Ordering::Release);
            cell.wake(0, u32::MAX);
            Ok(())
        }
        /// How often it rang.
        call fn count(cx; self_: Slot) -> i64 {
            Ok(cell(cx, self_)?.word(0).load(Ordering::Acquire).into())
        }
        /// Wait until it has rung more often than seen; False if the time is up before.
        call fn wait(cx; self_: Slot, seen: i64, timeout: Option<Seconds> = None) -> bool {
            let (cell, deadline) = (cell(cx, self_)?, timeout.map(Seconds::deadline));
            loop {
                if i64::from(cell.word(0).load(Ordering::Acquire)) != seen {
                    return Ok(true);
                }
                if cell.wait_for_own(cx, 0, seen as u32, deadline)? == Waited::TimedOut {
                    return Ok(i64::from(cell.word(0).load(Ordering::Acquire)) != seen);
                }
            }
        }
    }
}
