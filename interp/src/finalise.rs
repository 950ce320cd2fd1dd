//! What is due because objects have died, called at a safepoint: callbacks of weak references, then `__del__` methods.

use crate::ctx::{Ctx, Slot};
use crate::memory;
use crate::names::Name;
use crate::ops::attr;
use crate::traceback;
use crate::types::finaliser::all_are_due;

/// Calls what is due, one after the other. An error in it is reported, and stops nothing.
pub(crate) fn finalise(cx: &mut Ctx) {
    if cx.finalising.replace(true) {
        return;
    }
    // Where memory is refused, this one is left undone.
    while memory::attempt(|| call_due(cx)).is_err() {}
    cx.finalising.set(false);
}

fn call_due(cx: &mut Ctx) {
    let top = cx.top.get();
    while let Some((reference, callback)) = take(cx) {
        if let Err(raised) = cx.call(callback, &[reference]) {
            let exception = cx.root(cx.take_raised(raised));
            traceback::unraisable::report(cx, "calling weakref callback", callback, exception);
        }
        cx.top.set(top);
    }
    while let Some(object) = cx.interp().finalisers().take_due(cx) {
        let object = cx.root(object);
        delete(cx, object);
        cx.top.set(top);
    }
}

/// At the end of a program: the `__del__` of whatever has one, dead or not.
pub(crate) fn at_end(cx: &mut Ctx) {
    all_are_due(cx);
    finalise(cx);
}

fn take(cx: &Ctx) -> Option<(Slot, Slot)> {
    let (reference, callback) = cx.interp().weak_refs().take_due(cx)?;
    Some((cx.root(reference), cx.root(callback)))
}

/// Calls `__del__` as the object's class has it now.
fn delete(cx: &mut Ctx, object: Slot) {
    let Some(found) = attr::find_special(cx, cx.get(object), Name::__del__).map(|found| cx.root(found)) else { return };
    let called = attr::bind(cx, found, object).and_then(|method| cx.call(method, &[]));
    if let Err(raised) = called {
        let exception = cx.root(cx.take_raised(raised));
        traceback::unraisable::report(cx, "calling deallocator", found, exception);
    }
}
