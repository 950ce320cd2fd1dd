//! Whose turn it is to use a file: one thread's at a time, also while that thread calls script code or waits for the system.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

/// Stands for a thread in a turn; never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Who(pub u64);

impl Who {
    /// Whoever flushes all files, which is no thread of a script.
    pub const FLUSHER: Who = Who(u64::MAX);
}

/// Who has the turn.
#[derive(Default)]
pub struct Turn {
    /// The number of whoever has it, 0 if nobody. Set by a successful exchange (SeqCst, which acquires what the one before
    /// did), cleared by its owner (SeqCst, against `waiting`: either the waiter sees that it is free, or the owner sees the waiter).
    owner: AtomicU64,
    /// How often the owner has taken it again. Only the owner reads or writes it (Relaxed).
    again: AtomicU32,
    /// How many threads wait (SeqCst: see `owner`).
    waiting: AtomicU32,
    sleep: Mutex<()>,
    freed: Condvar,
}

impl Turn {
    /// Takes the turn if nobody has it.
    #[inline]
    pub fn try_take(&self, who: Who) -> bool {
        self.owner.compare_exchange(0, who.0, Ordering::SeqCst, Ordering::Relaxed).is_ok()
    }

    /// Whether this one has the turn.
    #[inline]
    pub fn is_of(&self, who: Who) -> bool {
        // Relaxed suffices: nobody else writes this number.
        self.owner.load(Ordering::Relaxed) == who.0
    }

    /// Takes the turn again, which the caller has.
    pub fn take_again(&self) {
        self.again.fetch_add(1, Ordering::Relaxed);
    }

    /// Waits for the turn.
    pub fn wait(&self, who: Who) {
        let mut sleep = self.sleep.lock();
        self.waiting.fetch_add(1, Ordering::SeqCst);
        while !self.try_take(who) {
            self.freed.wait_for(&mut sleep, Duration::from_secs(1));
        }
        self.waiting.fetch_sub(1, Ordering::SeqCst);
    }

    /// Gives the turn back, or one of the times that it was taken.
    #[inline]
    pub fn give(&self) {
        let again = self.again.load(Ordering::Relaxed);
        if again > 0 {
            self.again.store(again - 1, Ordering::Relaxed);
            return;
        }
        self.owner.store(0, Ordering::SeqCst);
        if self.waiting.load(Ordering::SeqCst) > 0 {
            let _sleep = self.sleep.lock();
            self.freed.notify_one();
        }
    }
}

/// A turn that is given back at the end of a block.
pub struct Held<'a>(&'a Turn);

impl<'a> Held<'a> {
    /// Holds a turn that was taken.
    pub fn of(turn: &'a Turn) -> Held<'a> {
        Held(turn)
    }

    /// Takes the turn if nobody has it.
    #[inline]
    pub fn try_take(turn: &'a Turn, who: Who) -> Option<Held<'a>> {
        // What is made must not be dropped where it was not taken: that would give it back.
        turn.try_take(who).then(|| Held(turn))
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.give();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_nobody_is_forgotten() {
        let turn = Turn::default();
        let mut count = 0;
        let shared = std::sync::atomic::AtomicPtr::new(&raw mut count);
        std::thread::scope(|scope| {
            for who in 1..=4 {
                let (turn, shared) = (&turn, &shared);
                scope.spawn(move || {
                    for _ in 0..1000 {
                        if !turn.try_take(Who(who)) {
                            turn.wait(Who(who));
                        }
                        let _held = Held::of(turn);
                        // SAFETY: whoever has the turn is alone.
                        unsafe { *shared.load(Ordering::Relaxed) += 1 };
                    }
                });
            }
        });
        assert_eq!(count, 4000);
    }

    #[test]
    fn what_was_taken_twice_is_given_back_twice() {
        let turn = Turn::default();
        assert!(turn.try_take(Who(7)));
        turn.take_again();
        turn.give();
        assert!(turn.is_of(Who(7)));
        assert!(!turn.try_take(Who(8)));
        turn.give();
        assert!(Held::try_take(&turn, Who(8)).is_some());
        assert!(turn.try_take(Who(8)));
        assert!(Held::try_take(&turn, Who(8)).is_none());
        assert!(turn.is_of(Who(8)));
    }
}
