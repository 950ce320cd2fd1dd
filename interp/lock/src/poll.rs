//! Safepoints: the one word that each thread reads there, and the reasons that may stand in it.
//!
//! The word alone serves hand-over, the stopped world, collections, signals and the schedule tools: nothing else may stop a
//! thread. It is read at backward jumps, at calls, and by native loops that have no bound.

use crate::sync::{AtomicU32, Ordering};

/// Another thread waits for the lock: hand it over.
pub const GIVE_UP_LOCK: u32 = 1;
/// Stand still.
pub const STOP: u32 = 2;
/// This thread's allocation passed the limit: collect.
pub const COLLECT: u32 = 4;
/// A signal arrived: the main thread handles it.
pub const SIGNAL: u32 = 8;
/// Callbacks of weak references are due.
pub const FINALISE: u32 = 64;
/// What the thread is doing is a second try: the first safepoint behind it notes that it is over.
pub const SECOND_TRY: u32 = 32;
/// Tools are to be told what the thread does: cleared when there are none.
pub const WATCH: u32 = 128;
/// A stress mode is on: never clear.
pub const STRESS: u32 = 16;

/// The one word that a thread reads at every safepoint: why it should leave the fast path, or zero.
///
/// Set by anyone (Release: what the request refers to was written before), read by its thread (Relaxed on the fast path,
/// then Acquire), each bit cleared by whoever serves it.
#[derive(Clone)]
pub struct PollWord(std::sync::Arc<PollCell>);

#[repr(align(128))]
struct PollCell(AtomicU32);

impl Default for PollWord {
    fn default() -> Self {
        Self::new()
    }
}

impl PollWord {
    /// A word without reasons.
    pub fn new() -> PollWord {
        PollWord(std::sync::Arc::new(PollCell(AtomicU32::new(0))))
    }

    /// Asks the thread to serve `reason`.
    pub fn request(&self, reason: u32) {
        self.0.0.fetch_or(reason, Ordering::AcqRel);
    }

    /// `reason` is served.
    pub fn clear(&self, reason: u32) {
        self.0.0.fetch_and(!reason, Ordering::AcqRel);
    }

    /// The reasons.
    pub fn reasons(&self) -> u32 {
        self.0.0.load(Ordering::Acquire)
    }

    /// Whether there is any reason.
    #[inline(always)]
    pub fn is_set(&self) -> bool {
        self.0.0.load(Ordering::Relaxed) != 0
    }
}
