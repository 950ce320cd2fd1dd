//! Waiting for a word of a cell: off the lock, and with an eye on processes that end.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rustix::thread::futex;

use super::{has_others, report_deaths};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::shared::cell::SyncCell;

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

impl SyncCell {
    /// A cell of zeroes.
    ///
    /// # Errors
    /// MemoryError if the memory that processes share is used up.
    pub fn alloc(cx: &Ctx) -> Res<SyncCell> {
        SyncCell::new().ok_or_else(|| cx.raise(Builtin::MemoryError, "the memory that processes share is used up"))
    }

    /// Sleeps while the word has the value `expected`, at most until `deadline`; off the lock.
    ///
    /// # Errors
    /// KeyboardInterrupt, or whatever else a safepoint raises; without a deadline also a RuntimeError if a worker process
    /// died that may have been waited for.
    pub fn wait(&self, cx: &mut Ctx, word: usize, expected: u32, deadline: Option<Instant>) -> Res<Waited> {
        if deadline.is_none() {
            report_deaths(cx)?;
        }
        let longest = if has_others(cx) { LOOK_FOR_THE_DEAD } else { LOOK };
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
}
