//! What each thread has for one `threading.local`. A thread that ends takes its share with it: the collector is not shown it
//! any more.

pub mod methods;

use std::sync::{Arc, Weak};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::lock::ThreadState;
use crate::object::{Field, WriteGuard};
use crate::types::native::{Crossing, Exclusive, Native, NativeData, Saved};
use crate::value::Value;

/// The attributes of each thread that has used the object.
pub struct Shares {
    /// No two are of the same thread.
    all: Exclusive<Vec<Share>>,
}

struct Share {
    thread: Weak<ThreadState>,
    attributes: Field,
}

impl Share {
    fn is_of(&self, thread: &Arc<ThreadState>) -> bool {
        std::ptr::eq(self.thread.as_ptr(), Arc::as_ptr(thread))
    }

    /// Whether the thread may still come for it.
    fn is_alive(&self) -> bool {
        self.thread.strong_count() > 0
    }
}

impl Shares {
    pub(super) fn new() -> Shares {
        Shares { all: Exclusive::new(Vec::new()) }
    }

    /// What a thread has, if it has something.
    pub(super) fn of_thread<'h>(&'h self, cx: &'h Ctx) -> Option<Value<'h>> {
        let thread = cx.thread_state();
        self.all.with(|all| all.iter().find(|share| share.is_of(thread)).and_then(|share| share.attributes.get(cx)))
    }

    /// Gives the running thread, which has none, a share; the guard is that of the object.
    pub(super) fn add(&self, cx: &Ctx, guard: &WriteGuard<'_>, attributes: Value<'_>) {
        let share = Share { thread: Arc::downgrade(cx.thread_state()), attributes: Field::unset() };
        guard.set(&share.attributes, attributes);
        self.all.with(|all| {
            all.retain(Share::is_alive);
            all.push(share);
        });
    }

    /// Takes the running thread's share away.
    pub(super) fn remove(&self, cx: &Ctx) {
        self.all.with(|all| all.retain(|share| !share.is_of(cx.thread_state())));
    }
}

impl NativeData for Shares {
    /// Each process begins with none.
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |_, _| Some(Saved::default()),
        restore: |cx, birth, _| Some(Native::alloc(cx, birth, Shares::new())),
        fill: |_, _, _| {},
    });
    const OF_THREADS: Option<&'static str> = Some("_thread._local");

    fn trace_beyond(&self, tracer: &mut Tracer<'_>) {
        self.all
            .with(|all| all.iter().filter(|share| share.is_alive()).for_each(|share| tracer.field(&share.attributes)));
    }
}
