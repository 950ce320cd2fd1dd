//! The AttributeError for an attribute that nothing has.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Slot};
use crate::names::Name;
use crate::types::class::Class;
use crate::types::exception::details;
use crate::types::module::Module;
use crate::types::super_object::Super;
use crate::value::Value;

/// The AttributeError for a missing attribute, worded for what lacks it.
pub fn missing(cx: &Ctx, o: Slot, name: Slot) -> Raised {
    let object = cx.get(o);
    let text = cx.get(name).as_str().unwrap_or_default();
    let message = if let Some(class) = object.cast::<Class>() {
        format!("type object '{}' has no attribute '{text}'", class.name(cx))
    } else if let Some(module) = object.cast::<Module>() {
        missing_in_module(cx, module, text)
    } else if object.native::<Super>().is_some() {
        format!("'super' object has no attribute '{text}'")
    } else {
        format!("'{}' object has no attribute '{text}'", cx.type_name(object))
    };
    raise_attribute_error(cx, &message, o, name)
}

fn missing_in_module(cx: &Ctx, module: &Module, text: &str) -> String {
    let Some(name) = module.name(cx) else { return format!("module has no attribute '{text}'") };
    let file = module.names(cx).get_name(cx, cx.name(Name::__file__)).and_then(Value::as_str);
    let hiding = file.filter(|file| crate::import::is_beside_script(cx, file));
    if let Some(file) = hiding.filter(|_| cx.interp().config.library.iter().any(|def| def.name == name)) {
        return format!(
            "module '{name}' has no attribute '{text}' (consider renaming '{file}' since it has the same name as the \
             standard library module named '{name}' and prevents importing that standard library module)"
        );
    }
    if let Some(file) = hiding.filter(|_| crate::import::is_initialising(cx, module)) {
        return format!(
            "module '{name}' has no attribute '{text}' (consider renaming '{file}' if it has the same name as a library \
             you intended to import)"
        );
    }
    if crate::import::is_initialising(cx, module) {
        return format!(
            "partially initialized module '{name}' has no attribute '{text}' (most likely due to a circular import)"
        );
    }
    format!("module '{name}' has no attribute '{text}'")
}

/// An AttributeError that knows the object and the name, so that a traceback can suggest another.
pub fn raise_attribute_error(cx: &Ctx, message: &str, o: Slot, name: Slot) -> Raised {
    details::raise(cx, Builtin::AttributeError, message, &[("name", cx.get(name)), ("obj", cx.get(o))])
}
