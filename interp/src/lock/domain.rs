//! Domains: whose object is it?
//!
//! Every header bears the id of the domain that may write the object without synchronising, and every thread carries its
//! own id. What happens when they differ is decided here, in one cold function; so the check costs a compare on a word that
//! the write touches anyway, and the modes differ only in the ids they hand out:
//!
//! - `gil`, `process`: every thread has the id [`LOCAL`]; nothing is ever [`SHARED`].
//! - `none`: every thread has an id of its own. Storing a reference into a `SHARED` object publishes what it refers to.
//! - `process`: what arrived by copy is [`COPIED`] until its first write.
//!
//! Publishing (the write barrier of Domani et al., ISMM 2002) walks with an explicit stack; an object enters at most once.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::Header;
use crate::value::Value;

/// Reachable by several threads: writers synchronise.
pub const SHARED: u32 = 1;
/// Arrived as a copy in a worker process and not written since.
pub const COPIED: u32 = 2;
/// The domain of all threads that run one at a time.
pub const LOCAL: u32 = 3;
/// The first id of a thread that runs beside others.
const FIRST_OWN: u32 = 16;

/// Hands out thread domains for the mode without a lock.
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

/// Decides what a write to an object of another domain needs; whether it must synchronise.
#[cold]
#[inline(never)]
pub(crate) fn before_foreign_write(cx: &Ctx, object: &Header) -> bool {
    match object.domain() {
        SHARED => true,
        COPIED => {
            cx.interp().audit.note_lost_write();
            object.set_domain(cx.domain());
            false
        }
        other => {
            debug_assert!(false, "thread of domain {} writes an object of domain {other}", cx.domain());
            true
        }
    }
}

/// Marks one object as shared; whether it was not yet, so that what it refers to must follow.
#[inline]
pub(crate) fn enter_shared(object: &Header) -> bool {
    if object.domain() == SHARED {
        return false;
    }
    object.set_domain(SHARED);
    true
}

/// Makes a value and everything it reaches `SHARED`.
#[inline]
pub(crate) fn publish(_cx: &Ctx, value: Value<'_>) {
    if value.header().is_some_and(|header| !header.is_shared()) {
        publish_graph(value);
    }
}

#[cold]
#[inline(never)]
fn publish_graph(value: Value<'_>) {
    let mut tracer = Tracer::publishing();
    tracer.value(value);
    tracer.run();
}
