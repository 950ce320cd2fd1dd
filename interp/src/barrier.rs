//! The write barrier: what happens when a thread writes an object that is not its own, and how objects become shared.
//!
//! Ids of domains, and which mode hands out which, are `argil_lock`'s. Publishing (the write barrier of Domani et al.,
//! ISMM 2002) walks with an explicit stack; an object enters at most once.

use argil_lock::domain::{COPIED, SHARED};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::Header;
use crate::value::Value;

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
