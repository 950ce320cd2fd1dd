//! `ARGIL_STRESS`: make rare events happen all the time, for tests.
//!
//! `gc` collects at every poll, verifies the heap after one collection in sixteen, and poisons free cells; `switch` gives
//! the lock away at every poll. Both may be named, separated by a comma. In a process that has polled long both happen ever
//! more rarely, so that they add what grows with the logarithm of a script's length.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many polls of a process are all stressed; from then on one in `polls / DENSE + 1`.
const DENSE: usize = 2048;

/// How often the threads have polled; Relaxed, since nothing is read or written on the strength of it.
static POLLS: AtomicUsize = AtomicUsize::new(0);

/// What is made frequent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stress {
    /// Collect at every poll.
    pub gc: bool,
    /// Let another thread run at every poll.
    pub switch: bool,
}

/// What `ARGIL_STRESS` asks for; read once per process, since it is a property of the test run.
pub fn stress() -> Stress {
    static STRESS: OnceLock<Stress> = OnceLock::new();
    *STRESS.get_or_init(|| {
        let words = std::env::var("ARGIL_STRESS").unwrap_or_default();
        let has = |word| words.split(',').any(|w| w.trim() == word);
        Stress { gc: has("gc"), switch: has("switch") }
    })
}

/// Whether this poll, which it counts, is one of those that are stressed.
pub(crate) fn is_due() -> bool {
    let polls = POLLS.fetch_add(1, Ordering::Relaxed);
    polls.is_multiple_of(polls / DENSE + 1)
}

/// Whether free cells are overwritten.
pub(crate) fn poison() -> bool {
    stress().gc
}

/// Whether the collection of this number verifies the heap: one in sixteen, since it takes five times as long as marking.
pub(crate) fn verify(collection: usize) -> bool {
    stress().gc && collection.is_multiple_of(16)
}
