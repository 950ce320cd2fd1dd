//! Domains: whose object is it?
//!
//! Every header bears the id of the domain that may write the object without synchronising, and every thread carries its
//! own id. The check costs a compare on a word that the write touches anyway, and the modes differ only in the ids they
//! hand out:
//!
//! - `gil`, `process`: every thread has the id [`LOCAL`]; nothing is ever [`SHARED`].
//! - `none`, and every mode when a tool asked for it at start-up: every thread has an id of its own. Storing a reference into
//!   a `SHARED` object publishes what it refers to.
//! - `process`: what arrives by copy is [`COPIED`] until its first write.
//!
//! What publishing does to objects stands in the interpreter (`barrier.rs`): this crate knows the numbers only.

use std::sync::atomic::{AtomicU32, Ordering};

/// Reachable by several threads: writers synchronise.
pub const SHARED: u32 = 1;
/// Arrived as a copy in a worker process and not written since.
pub const COPIED: u32 = 2;
/// The domain of all threads that run one at a time.
pub const LOCAL: u32 = 3;
/// The first id of a thread that has a domain of its own.
const FIRST_OWN: u32 = 16;

/// Hands out the domains of threads that have one each.
pub(crate) struct Domains {
    /// The next free id. Relaxed: only its uniqueness matters.
    next: AtomicU32,
}

impl Domains {
    pub(crate) fn new() -> Domains {
        Domains { next: AtomicU32::new(FIRST_OWN) }
    }

    /// An id that no other thread of the interpreter has had.
    pub(crate) fn fresh(&self) -> u32 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
}
