//! The threads of an interpreter, and the collection that stops them.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use parking_lot::Mutex;

use crate::ctx::{Ctx, Res, Slot};
use crate::heap::Tracer;
use crate::signals;
use crate::sync_cell::SyncCell;

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

/// Rust stack of a script's thread, in bytes: address space, until it is used.
const THREAD_STACK: usize = 16 << 20;

/// Starts a thread that calls `callable` without arguments; word 0 of `done` becomes 1 when it has ended.
///
/// # Errors
/// RuntimeError if the system refuses another thread.
pub fn start(cx: &mut Ctx, callable: Slot, done: Arc<SyncCell>) -> Res<()> {
    publish_roots(cx);
    let interp = cx.interp_arc();
    let value = cx.get(callable);
    crate::barrier::publish(cx, value);
    // A root until the thread has rooted it itself.
    interp.keep(value);
    let word = value.word();
    let body = {
        let interp = Arc::clone(&interp);
        move || {
            signals::block_interrupts();
            let mut cx = Ctx::new(Arc::clone(&interp), THREAD_STACK, false);
            let callable = cx.push_word(word);
            interp.forget(word);
            if let Err(raised) = cx.call(callable, &[]) {
                // The library's thread function reports exceptions; what still gets here has nobody to hear it.
                let _ = cx.take_raised(raised);
            }
            drop(cx);
            done.word(0).store(1, Ordering::Release);
            done.wake(0, u32::MAX);
        }
    };
    let thread = std::thread::Builder::new().stack_size(THREAD_STACK);
    match thread.spawn(body) {
        Ok(_detached) => Ok(()),
        Err(_) => {
            interp.forget(word);
            Err(cx.runtime_error("can't start new thread"))
        }
    }
}

/// Before the first thread beside the main one: what the interpreter itself refers to becomes shared.
fn publish_roots(cx: &Ctx) {
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
        let interp = cx.interp();
        // SAFETY: the world is stopped, the interpreter and the contexts are all the roots, and the allocators are reset.
        let live = unsafe {
            let roots = |tracer: &mut Tracer<'_>| {
                interp.trace(tracer);
                for thread in threads {
                    tracer.enter_thread(thread.domain());
                    thread.trace(tracer);
                }
            };
            interp.heap.collect(tracer, roots, || interp.homes.forget_dead())
        };
        for thread in threads {
            thread.alloc.reset();
        }
        live
    })
}
