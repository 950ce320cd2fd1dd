//! Queues to sleep in: [`Waiters`] whose cells lie in the memory that processes share.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use rustix::thread::gettid;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::origins;
use crate::process::wait::Waited;
use crate::shared;
use crate::shared::arena::{Arena, Guard};
use crate::shared::cell::SyncCell;
use argil_lock::waiters::{Memory, STATE, WAITING, Waiters};

impl Memory for Arena {
    type Guard<'a> = Guard;

    fn load(&self, cell: u32, word: usize) -> u32 {
        self.word(cell, word).load(Ordering::Acquire)
    }

    fn store(&self, cell: u32, word: usize, value: u32) {
        self.word(cell, word).store(value, Ordering::Release);
    }

    fn lock(&self, queue: u32) -> (Guard, bool) {
        let guard = self.lock_mutex(queue);
        let holder_died = guard.holder_died;
        (guard, holder_died)
    }

    fn wake(&self, place: u32) {
        SyncCell::adopt(place).wake(STATE, 1);
    }

    /// Its number may have been given to another process since: then a notification is lost, as if it had died a moment later.
    fn has_ended(&self, process: u32) -> bool {
        process != std::process::id() && shared::has_ended(process)
    }
}

/// A queue of sleepers.
#[derive(Clone)]
pub struct WaitQueue {
    cell: Arc<SyncCell>,
}

impl WaitQueue {
    /// An empty queue.
    ///
    /// # Errors
    /// MemoryError if the memory that processes share is used up.
    pub fn alloc(cx: &Ctx) -> Res<WaitQueue> {
        let cell = SyncCell::alloc(cx)?;
        origins::note(cx, cell.index());
        match Arena::get().init_mutex(cell.index()) {
            Ok(()) => Ok(WaitQueue { cell: Arc::new(cell) }),
            Err(error) => Err(cx.raise(Builtin::MemoryError, error.to_string())),
        }
    }

    /// The queue in the cell of this index, which another process made.
    pub fn adopt(index: u32) -> WaitQueue {
        WaitQueue { cell: Arc::new(SyncCell::adopt(index)) }
    }

    /// The index of the cell, to send to another process.
    pub fn share(&self) -> u32 {
        self.cell.share()
    }

    fn waiters(&self) -> Waiters<'static, Arena> {
        Waiters::new(Arena::get(), self.cell.index())
    }

    /// Becomes the last in the queue: what is notified from now on may be this one.
    ///
    /// # Errors
    /// MemoryError if the memory that processes share is used up.
    pub fn enter(&self, cx: &Ctx) -> Res<Place> {
        let cell = SyncCell::alloc(cx)?;
        let thread = gettid().as_raw_nonzero().get().cast_unsigned();
        self.waiters().enter(cell.index(), std::process::id(), thread);
        Ok(Place { cell, queue: self.clone(), left: false })
    }

    /// Notifies the first in the queue; whether there was one.
    pub fn notify_one(&self) -> bool {
        self.waiters().notify_one()
    }

    /// How many sleep.
    pub fn len(&self) -> usize {
        self.waiters().len()
    }

    /// The threads that sleep, as the system numbers them, first come first.
    pub fn sleepers(&self) -> Vec<u32> {
        self.waiters().sleepers()
    }

    /// Whether nobody sleeps.
    pub fn is_empty(&self) -> bool {
        self.waiters().is_empty()
    }
}

/// A place in a queue. Dropping it leaves.
pub struct Place {
    cell: SyncCell,
    queue: WaitQueue,
    left: bool,
}

impl Place {
    /// Sleeps until notified, at most until `deadline`.
    ///
    /// # Errors
    /// KeyboardInterrupt; without a deadline RuntimeError if a worker process died that may have been waited for.
    pub fn sleep(&self, cx: &mut Ctx, deadline: Option<Instant>) -> Res<()> {
        while self.cell.word(STATE).load(Ordering::Acquire) == WAITING {
            if self.cell.wait(cx, STATE, WAITING, deadline)? == Waited::TimedOut {
                break;
            }
        }
        Ok(())
    }

    /// Gives the place up; whether it was notified.
    pub fn leave(mut self) -> bool {
        self.left = true;
        self.queue.waiters().leave(self.cell.index())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.left {
            self.queue.waiters().leave(self.cell.index());
        }
    }
}
