//! A started thread, as others wait for its end.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use argil_interp::ctx::Slot;
use argil_interp::natives;
use argil_interp::shared::cell::SyncCell;

use crate::time::Seconds;

/// Word 0 of the cell becomes 1 when the thread has ended (Release; read with Acquire by those who wait for it).
pub struct Handle {
    pub(super) done: Arc<SyncCell>,
}

super::crosses_by_cell!(Handle, done: SyncCell, "_thread._ThreadHandle");

natives! {
    /// Methods of handles.
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot) -> Slot {
            Ok(cx.new_native(cls, Handle { done: Arc::new(SyncCell::alloc(cx)?) }))
        }
        /// Wait until the thread has ended; whether it has.
        call fn wait(cx; self_: Slot, timeout: Option<Seconds> = None) -> bool {
            let done = Arc::clone(&cx.state::<Handle>(self_)?.done);
            done.wait_for_thread(cx, timeout.map(Seconds::deadline))
        }
        /// Whether the thread has ended.
        call fn is_done(cx; self_: Slot) -> bool {
            Ok(cx.state::<Handle>(self_)?.done.word(0).load(Ordering::Acquire) == 1)
        }
        /// Make it known that the thread has ended.
        call fn set_done(cx; self_: Slot) -> () {
            let done = &cx.state::<Handle>(self_)?.done;
            done.word(0).store(1, Ordering::Release);
            done.wake(0, u32::MAX);
            Ok(())
        }
    }
}
