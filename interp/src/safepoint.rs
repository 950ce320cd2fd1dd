//! What a thread does when its poll word asks it to leave the fast path.

use std::sync::atomic::{AtomicBool, Ordering};

use argil_lock::{COLLECT, SIGNAL, STRESS};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};

/// Set by the signal handler (Release), taken by the main thread's safepoint (AcqRel), read by the next signal (Acquire).
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Serves every reason in the thread's poll word.
#[cold]
#[inline(never)]
pub(crate) fn serve(cx: &mut Ctx) -> Res<()> {
    let reasons = cx.poll.reasons();
    if reasons & STRESS != 0 {
        stress(cx);
    }
    if reasons & COLLECT != 0 {
        cx.poll.clear(COLLECT);
        if cx.heap().collection_wanted() {
            crate::collect::collect(cx);
        }
    }
    cx.interp().lock.serve(&cx.state, &cx.poll, reasons);
    if reasons & SIGNAL != 0 && cx.is_main {
        cx.poll.clear(SIGNAL);
        if INTERRUPTED.swap(false, Ordering::AcqRel) {
            return Err(cx.raise_with(Builtin::KeyboardInterrupt, &[]));
        }
    }
    Ok(())
}

fn stress(cx: &mut Ctx) {
    let stress = crate::stress::stress();
    if stress.gc {
        crate::collect::collect(cx);
    }
    if stress.switch {
        cx.interp().lock.yield_turn(&cx.poll);
    }
}

/// Notes that the user asked to interrupt; async-signal-safe.
pub fn note_interrupt() {
    INTERRUPTED.store(true, Ordering::Release);
}

/// Whether the main thread has yet to take an interrupt.
pub(crate) fn is_interrupted() -> bool {
    INTERRUPTED.load(Ordering::Acquire)
}
