//! What `sys` says of all threads.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::ops::item;
use argil_interp::threads::look_at_all;
use argil_interp::types::dict::Dict;
use argil_interp::types::frame::access::running;
use argil_interp::value::Value;

/// A dict of what `look` finds in each thread, by the thread's identifier.
fn each(cx: &mut Ctx, look: impl Fn(&Ctx) -> Option<Value<'_>>) -> Res<Slot> {
    let found = look_at_all(cx, look);
    let dict = cx.root(Value::of(Dict::alloc(cx)));
    for (ident, value) in found {
        let ident = cx.root(cx.uint(ident.into()));
        item::set_item(cx, dict, ident, value)?;
    }
    Ok(dict)
}

/// `sys._current_frames`
pub fn current_frames(cx: &mut Ctx) -> Res<Slot> {
    each(cx, |thread| running(thread, 0).map(Value::of))
}

/// `sys._current_exceptions`
pub fn current_exceptions(cx: &mut Ctx) -> Res<Slot> {
    each(cx, |thread| Some(thread.handled_exception().unwrap_or(Value::NONE)))
}
