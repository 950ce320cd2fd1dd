//! Who uses a connection: one thread at a time, as often within itself as it likes.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::{self, ThreadId};

use argil_interp::ctx::Ctx;

/// A lock that the thread that has it may take again.
#[derive(Default)]
pub struct Gate {
    holder: Mutex<(Option<ThreadId>, u32)>,
    freed: Condvar,
}

impl Gate {
    fn enter(&self, waits: bool) -> bool {
        let me = thread::current().id();
        let mut holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        while holder.0.is_some_and(|other| other != me) {
            if !waits {
                return false;
            }
            holder = self.freed.wait(holder).unwrap_or_else(PoisonError::into_inner);
        }
        *holder = (Some(me), holder.1 + 1);
        true
    }

    fn leave(&self) {
        let mut holder = self.holder.lock().unwrap_or_else(PoisonError::into_inner);
        holder.1 -= 1;
        if holder.1 == 0 {
            holder.0 = None;
            self.freed.notify_one();
        }
    }

    /// Runs `f` while no other thread uses the connection. Whoever waits does so off the lock, so that the thread that has it
    /// can go on.
    pub fn with<R>(&self, cx: &mut Ctx, f: impl FnOnce(&mut Ctx) -> R) -> R {
        struct Leave<'a>(&'a Gate);
        impl Drop for Leave<'_> {
            fn drop(&mut self) {
                self.0.leave();
            }
        }
        if !self.enter(false) {
            cx.detached(|| self.enter(true));
        }
        let _leave = Leave(self);
        f(cx)
    }
}
