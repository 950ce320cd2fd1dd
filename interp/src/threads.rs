//! Starting the threads of scripts.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::collect::publish_roots;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::shared::cell::SyncCell;
use crate::signals;
use crate::stack::Stack;
use crate::value::Value;

/// Rust stack of a script's thread, in bytes: address space, until it is used.
const THREAD_STACK: usize = 16 << 20;
/// With less, what natives need before they look whether there is enough would not be there. Scripts, whose frames lie
/// elsewhere, may ask for less.
const LEAST_STACK: usize = 1 << 20;

/// Sets how many bytes of stack new threads get, 0 for the default; what it was before.
pub fn set_stack_size(cx: &Ctx, size: usize) -> usize {
    cx.interp().thread_stack.swap(size, Ordering::Relaxed)
}

/// Starts a thread that calls `callable` without arguments; word 0 of `done` becomes 1 when it has ended.
///
/// # Errors
/// RuntimeError if the system refuses another thread.
pub fn start(cx: &mut Ctx, callable: Slot, done: Arc<SyncCell>) -> Res<()> {
    publish_roots(cx);
    let interp = cx.interp_arc();
    let Some(words) = Stack::reserve() else { return Err(cannot_start(cx)) };
    let value = cx.get(callable);
    crate::barrier::publish(cx, value);
    // A root until the thread has rooted it itself.
    interp.keep(value);
    let word = value.word();
    let stack = match interp.thread_stack.load(Ordering::Relaxed) {
        0 => THREAD_STACK,
        size => size.max(LEAST_STACK),
    };
    let body = {
        let interp = Arc::clone(&interp);
        move || {
            signals::block_interrupts();
            let mut cx = Ctx::on(words, Arc::clone(&interp), stack, false);
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
    let thread = std::thread::Builder::new().stack_size(stack);
    match thread.spawn(body) {
        Ok(_detached) => Ok(()),
        Err(_) => {
            interp.forget(word);
            Err(cannot_start(cx))
        }
    }
}

fn cannot_start(cx: &Ctx) -> Raised {
    cx.runtime_error("can't start new thread")
}

/// What `look` finds in each thread, all of which stand still meanwhile: the threads' identifiers, and slots.
pub fn look_at_all(cx: &mut Ctx, look: impl Fn(&Ctx) -> Option<Value<'_>>) -> Vec<(u32, Slot)> {
    crate::collect::stop_world(cx, |cx, threads| {
        let seen = threads.iter().filter_map(|&thread| {
            let value = look(thread)?;
            crate::barrier::publish(thread, value);
            Some((thread.ident(), cx.root(value)))
        });
        seen.collect()
    })
}

/// How many threads there are beside the main one.
pub fn others(cx: &Ctx) -> usize {
    cx.interp().threads.count().saturating_sub(1)
}
