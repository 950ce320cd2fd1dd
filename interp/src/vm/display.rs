//! What a text that was typed at a prompt calls with the values of its expressions.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::natives;
use crate::ops::attr::get_attr_opt;
use crate::types::function::NativeFunction;
use crate::value::Value;

/// The function that shows a value.
pub(super) fn function(cx: &Ctx) -> Value<'_> {
    NativeFunction::alloc(cx, Builtin::NativeFunction, FUNCTIONS[0], None)
}

natives! {
    static FUNCTIONS = {
        /// Calls `sys.displayhook` as it is now.
        call fn display(cx; value: Slot) -> () {
            let sys = (cx.interp().hooks.import_module)(cx, "sys")?;
            let name = cx.root(cx.intern("displayhook"));
            match get_attr_opt(cx, sys, name)? {
                Some(hook) => cx.call(hook, &[value]).map(|_| ()),
                None => Err(cx.runtime_error("lost sys.displayhook")),
            }
        }
    }
}
