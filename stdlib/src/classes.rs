//! Classes that natives define.

use argil_interp::ctx::{Ctx, Slot};
use argil_interp::types::class::Class;
use argil_interp::value::Value;

/// Binds a class that nothing may derive from in a module, and gives it its documentation.
pub fn finish_class(cx: &Ctx, module: Slot, class: Slot, name: &str, doc: &str) {
    if let Some(class) = cx.get(class).cast::<Class>() {
        class.names(cx).set_name(cx, cx.intern("__doc__"), cx.str(doc));
        cx.define(module, name, Value::of(class));
    }
}
