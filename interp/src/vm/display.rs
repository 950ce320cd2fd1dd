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
            let hook = match cx.interp().modules(cx).get_name(cx, cx.intern("sys")).map(|sys| cx.root(sys)) {
                Some(sys) => {
                    let name = cx.root(cx.intern("displayhook"));
                    get_attr_opt(cx, sys, name)?
                }
                None => None,
            };
            match hook {
                Some(hook) => cx.call(hook, &[value]).map(|_| ()),
                None => Err(cx.runtime_error("lost sys.displayhook")),
            }
        }
    }
}
