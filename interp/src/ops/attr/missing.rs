//! The AttributeError for an attribute that nothing has.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Slot};
use crate::types::class::Class;
use crate::types::exception::details;
use crate::types::module::Module;
use crate::types::super_object::Super;

/// The AttributeError for a missing attribute, worded for what lacks it.
pub fn missing(cx: &Ctx, o: Slot, name: Slot) -> Raised {
    let object = cx.get(o);
    let text = cx.get(name).as_str().unwrap_or_default();
    let message = if let Some(class) = object.cast::<Class>() {
        format!("type object '{}' has no attribute '{text}'", class.name(cx))
    } else if let Some(module) = object.cast::<Module>() {
        (cx.interp().hooks.missing_in_module)(cx, module, text)
    } else if object.native::<Super>().is_some() {
        format!("'super' object has no attribute '{text}'")
    } else {
        format!("'{}' object has no attribute '{text}'", cx.type_name(object))
    };
    raise_attribute_error(cx, &message, o, name)
}

/// An AttributeError that knows the object and the name, so that a traceback can suggest another.
pub fn raise_attribute_error(cx: &Ctx, message: &str, o: Slot, name: Slot) -> Raised {
    details::raise(cx, Builtin::AttributeError, message, &[("name", cx.get(name)), ("obj", cx.get(o))])
}
