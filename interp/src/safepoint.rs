//! What a thread does when its poll word asks it to leave the fast path.

use argil_lock::{COLLECT, FINALISE, SECOND_TRY, SIGNAL, STRESS};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::memory;

/// Serves every reason in the thread's poll word.
#[cold]
#[inline(never)]
pub(crate) fn serve(cx: &mut Ctx) -> Res<()> {
    let reasons = cx.poll.reasons();
    if reasons & STRESS != 0 && crate::stress::is_due() {
        stress(cx);
    }
    if reasons & COLLECT != 0 {
        cx.poll.clear(COLLECT);
        if memory::is_low() {
            cx.collect_for_memory();
            if memory::note_shortage() {
                return Err(cx.raise_with(Builtin::MemoryError, &[]));
            }
        } else if cx.heap().collection_wanted() {
            crate::collect::collect(cx);
            memory::restock();
        }
    }
    if reasons & SECOND_TRY != 0 {
        cx.forget_second_try();
    }
    cx.interp().lock.serve(&cx.state, &cx.poll, reasons);
    if cx.poll.reasons() & FINALISE != 0 {
        cx.poll.clear(FINALISE);
        (cx.interp().hooks.finalise)(cx);
    }
    if reasons & SIGNAL != 0 && cx.is_main {
        cx.poll.clear(SIGNAL);
        (cx.interp().hooks.deliver)(cx)?;
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
