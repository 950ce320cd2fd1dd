//! Modules that take over what is in another.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::types::module::Module;
use argil_interp::value::Value;

/// Binds in a module what another has under the names that are wanted.
pub fn take_over(cx: &mut Ctx, module: Slot, from: &str, wanted: fn(&str) -> bool) -> Res<()> {
    let from = import_module(cx, from)?;
    let cx: &Ctx = cx;
    let Some(names) = cx.get(from).cast::<Module>().map(|from| from.names(cx)) else { return Ok(()) };
    for (name, value) in names.iter(cx) {
        if let Some(name) = name.as_str().filter(|name| !name.starts_with("__") && wanted(name)) {
            cx.define(module, name, value);
        }
    }
    Ok(())
}

/// Binds a class that nothing may derive from in a module, and gives it its documentation.
pub fn finish_class(cx: &Ctx, module: Slot, class: Slot, name: &str, doc: &str) {
    if let Some(class) = cx.get(class).cast::<argil_interp::types::class::Class>() {
        class.names(cx).set_name(cx, cx.intern("__doc__"), cx.str(doc));
        cx.define(module, name, Value::of(class));
    }
}
