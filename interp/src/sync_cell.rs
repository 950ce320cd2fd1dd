//! Cells to wait on: the one mechanism under locks, semaphores, events and conditions, in every lock mode.
//!
//! A cell is a cache line of 32-bit words in the memory that processes share. A word is waited on and woken with a futex, so
//! the same cell works between threads and between processes: a lock that travels to a worker process travels as the cell's
//! number. Waiting detaches.
//!
//! Each word's users pair like this: whoever changes a word that others wait for stores with Release and then wakes; whoever
//! waits loads with Acquire, and the kernel compares the word again before it sleeps.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::thread::futex;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::process::{self, Arena, WORDS};

/// The longest that a thread sleeps at once. In an interpreter with other processes, one that died may have taken a wake-up
/// with it, or what is waited for; so there it looks now and then.
const LOOK: Duration = Duration::from_secs(3600);
const LOOK_FOR_THE_DEAD: Duration = Duration::from_millis(100);

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The word has, or had, another value; or it is time to look.
    Look,
    /// The time is up.
    TimedOut,
}

/// A cell. Dropping it gives the cell back, unless it was adopted from, or sent to, another process.
#[derive(Debug)]
pub struct SyncCell {
    index: u32,
    /// Whether other processes may use the cell (Relaxed: the object that holds the cell orders its uses).
    shared: AtomicBool,
}

impl SyncCell {
    /// How many words a cell has.
    pub const WORDS: usize = WORDS;

    /// A cell of zeroes; `None` if the memory that processes share is used up.
    pub fn new() -> Option<SyncCell> {
        let index = Arena::get().allocate(WORDS * 4)?;
        let cell = SyncCell { index, shared: AtomicBool::new(false) };
        for word in 0..WORDS {
            cell.word(word).store(0, Ordering::Relaxed);
        }
        Some(cell)
    }

    /// A cell of zeroes.
    ///
    /// # Errors
    /// MemoryError if the memory that processes share is used up.
    pub fn alloc(cx: &Ctx) -> Res<SyncCell> {
        SyncCell::new().ok_or_else(|| cx.raise(Builtin::MemoryError, "the memory that processes share is used up"))
    }

    /// The cell of this index, which another process made.
    pub fn adopt(index: u32) -> SyncCell {
        SyncCell { index, shared: AtomicBool::new(true) }
    }

    /// The index, to send to another process; from then on the cell is never given back.
    pub fn share(&self) -> u32 {
        self.shared.store(true, Ordering::Relaxed);
        self.index
    }

    /// Whether other processes may use the cell.
    pub fn is_shared(&self) -> bool {
        self.shared.load(Ordering::Relaxed)
    }

    /// The index, for the same process; the cell stays this object's.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// One of the words.
    #[inline]
    pub fn word(&self, word: usize) -> &AtomicU32 {
        Arena::get().word(self.index, word)
    }

    /// Sleeps while the word has the value `expected`, at most until `deadline`; off the lock.
    ///
    /// # Errors
    /// KeyboardInterrupt, or whatever else a safepoint raises; without a deadline also a RuntimeError if a worker process
    /// died that may have been waited for.
    pub fn wait(&self, cx: &mut Ctx, word: usize, expected: u32, deadline: Option<Instant>) -> Res<Waited> {
        if deadline.is_none() {
            process::report_deaths(cx)?;
        }
        let longest = if process::has_others(cx) { LOOK_FOR_THE_DEAD } else { LOOK };
        self.sleep(cx, word, expected, deadline, longest)
    }

    /// The same for what only this process's threads change.
    ///
    /// # Errors
    /// KeyboardInterrupt, or whatever else a safepoint raises.
    pub fn wait_for_own(&self, cx: &mut Ctx, word: usize, expected: u32, deadline: Option<Instant>) -> Res<Waited> {
        self.sleep(cx, word, expected, deadline, LOOK)
    }

    /// Waits until word 0 is not zero, or until `deadline`; whether it is not. For what only this process's threads change.
    ///
    /// # Errors
    /// KeyboardInterrupt, or whatever else a safepoint raises.
    pub fn wait_for_thread(&self, cx: &mut Ctx, deadline: Option<Instant>) -> Res<bool> {
        loop {
            if self.word(0).load(Ordering::Acquire) != 0 {
                return Ok(true);
            }
            if self.wait_for_own(cx, 0, 0, deadline)? == Waited::TimedOut {
                return Ok(self.word(0).load(Ordering::Acquire) != 0);
            }
        }
    }

    fn sleep(
        &self,
        cx: &mut Ctx,
        word: usize,
        expected: u32,
        deadline: Option<Instant>,
        longest: Duration,
    ) -> Res<Waited> {
        cx.poll()?;
        let address = self.word(word);
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        if left.is_some_and(|left| left.is_zero()) {
            return Ok(Waited::TimedOut);
        }
        let limit = left.map_or(longest, |left| left.min(longest));
        let timeout = futex::Timespec { tv_sec: limit.as_secs() as i64, tv_nsec: limit.subsec_nanos().into() };
        // However it ends, the caller looks, and comes back if there is time left.
        let _ = cx.detached(|| futex::wait(address, futex::Flags::empty(), expected, Some(&timeout)));
        cx.poll()?;
        Ok(Waited::Look)
    }

    /// Wakes up to `count` threads that wait on the word.
    pub fn wake(&self, word: usize, count: u32) {
        // The kernel takes the count as signed: what looks negative would wake one. A failure would mean that the address
        // is bad, which it is not.
        let _ = futex::wake(self.word(word), futex::Flags::empty(), count.min(i32::MAX.cast_unsigned()));
    }
}

impl Drop for SyncCell {
    fn drop(&mut self) {
        if !self.is_shared() {
            Arena::get().free(self.index, WORDS * 4);
        }
    }
}
