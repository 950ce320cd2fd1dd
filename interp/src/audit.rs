//! Counts what would otherwise go unnoticed: writes to copies, in a worker process, that its parent never sees.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of one interpreter.
pub struct Audit {
    /// Objects that arrived as a copy and were written (Relaxed: a statistic).
    lost_writes: AtomicU64,
}

impl Audit {
    pub(crate) fn new() -> Audit {
        Audit { lost_writes: AtomicU64::new(0) }
    }

    pub(crate) fn note_lost_write(&self) {
        self.lost_writes.fetch_add(1, Ordering::Relaxed);
    }

    /// How many objects that arrived as a copy were written.
    pub fn lost_writes(&self) -> u64 {
        self.lost_writes.load(Ordering::Relaxed)
    }
}
