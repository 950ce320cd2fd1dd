//! Special methods, which are looked up on the class.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::ops::attr::get::bind;
use crate::types::function::is_method;
use crate::value::Value;

/// The special method that a value's class has, unbound.
#[inline]
pub fn find_special<'h>(cx: &'h Ctx, o: Value<'h>, name: Name) -> Option<Value<'h>> {
    cx.class_of(o).special(cx, name)
}

/// Calls a special method; `None` if the class lacks it.
pub fn call_special(cx: &mut Ctx, o: Slot, name: Name, args: &[Slot]) -> Res<Option<Slot>> {
    let Some(found) = find_special(cx, cx.get(o), name) else { return Ok(None) };
    let takes_receiver = is_method(found);
    let found = cx.root(found);
    if takes_receiver {
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(o);
        all.extend_from_slice(args);
        return cx.call(found, &all).map(Some);
    }
    let bound = bind(cx, found, o)?;
    cx.call(bound, args).map(Some)
}

/// Whether a value's class has its own version of a special method of `object`.
pub fn overrides(cx: &Ctx, value: Value<'_>, name: Name) -> bool {
    find_special(cx, value, name) != cx.class(Builtin::Object).special(cx, name)
}
