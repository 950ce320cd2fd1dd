//! The threads of an interpreter, stopping them, and the collection for which they are stopped.

use std::sync::Arc;

use argil_lock::FINALISE;
use parking_lot::Mutex;

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::types::finaliser::publish_due;

/// A pointer to a context that its thread keeps alive while it is registered.
#[derive(Clone, Copy, PartialEq, Eq)]
struct ThreadPtr(*const Ctx);

// SAFETY: other threads use the pointer only while the world is stopped, or for the fields that are `Arc`s.
unsafe impl Send for ThreadPtr {}

/// Every thread that has a context.
pub(crate) struct Threads {
    all: Mutex<Vec<ThreadPtr>>,
}

impl Threads {
    pub(crate) fn new() -> Threads {
        Threads { all: Mutex::new(Vec::new()) }
    }

    pub(crate) fn register(&self, cx: &Ctx) {
        self.all.lock().push(ThreadPtr(cx));
    }

    /// Called by an attached thread, so never during a stop.
    pub(crate) fn unregister(&self, cx: &Ctx) {
        self.all.lock().retain(|thread| *thread != ThreadPtr(cx));
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.all.lock().len()
    }
}

/// Before the first thread beside the main one: what the interpreter itself refers to becomes shared.
pub(crate) fn publish_roots(cx: &Ctx) {
    if !cx.interp().lock.has_own_domains() || cx.interp().threads.count() > 1 {
        return;
    }
    let mut tracer = Tracer::publishing();
    cx.interp().trace(&mut tracer);
    tracer.run();
}

/// Runs `f` while no other thread of the interpreter is attached, with this thread's context and all of them.
pub(crate) fn stop_world<R>(cx: &mut Ctx, f: impl FnOnce(&Ctx, &[&Ctx]) -> R) -> R {
    let interp = cx.interp_arc();
    let stopped = interp.lock.stop(&cx.state, || {
        let threads = interp.threads.all.lock();
        // SAFETY: a registered context lives until it unregisters, which needs the lock held here.
        threads.iter().map(|t| unsafe { (Arc::clone(&(*t.0).state), (*t.0).poll.clone()) }).collect()
    });
    let result = {
        let threads = interp.threads.all.lock();
        // SAFETY: every other registered thread is detached and stays so until `resume`; under the global lock it waits for
        // the lock that this thread holds. What is read are fields that only their thread writes.
        let contexts: Vec<&Ctx> = threads.iter().map(|thread| unsafe { &*thread.0 }).collect();
        f(cx, &contexts)
    };
    stopped.resume(&cx.state);
    result
}

/// Collects garbage; returns the live bytes.
pub fn collect(cx: &mut Ctx) -> usize {
    collect_with(cx, Tracer::marking(), |_| {})
}

/// Collects garbage with a walk that may do more than mark, and makes a change before that no other thread sees half done.
pub(crate) fn collect_with(cx: &mut Ctx, tracer: Tracer<'_>, change: impl FnOnce(&Ctx)) -> usize {
    stop_world(cx, |cx, threads| {
        change(cx);
        threads.iter().for_each(|thread| crate::stack::dead::forget(thread));
        let interp = cx.interp();
        // SAFETY: the world is stopped, the interpreter and the contexts are all the roots, and the allocators are reset.
        let live = unsafe {
            let roots = |tracer: &mut Tracer<'_>| {
                interp.trace(tracer);
                for thread in threads {
                    tracer.enter_thread(thread);
                    thread.trace(tracer);
                }
            };
            interp.heap.collect(tracer, roots, |tracer| interp.revive(tracer), || interp.forget_dead())
        };
        if interp.weak_refs().is_due() || interp.finalisers().is_due() {
            publish_due(cx, threads, interp.weak_refs());
            publish_due(cx, threads, interp.finalisers());
            cx.poll.request(FINALISE);
        }
        for thread in threads {
            thread.alloc.reset();
        }
        live
    })
}
