//! Methods of `super`.

use super::Super;
use crate::ctx::Slot;
use crate::natives;
use crate::object::Field;
use crate::types::class::Class;
use crate::value::Value;

natives! {
    /// Methods of `super`.
    pub static METHODS = {
        /// A proxy that delegates to the classes behind a class.
        static call fn __new__(cx; _cls: Slot, class: Option<Slot> = None, object: Option<Slot> = None) -> Slot {
            let Some(class) = class else { return Err(cx.runtime_error("super(): no arguments")) };
            let Some(class) = cx.get(class).cast::<Class>() else {
                let got = cx.type_name(cx.get(class));
                return Err(cx.type_error(format!("super() argument 1 must be a type, not {got}")));
            };
            let Some(object) = object else {
                return Err(cx.type_error("super() of a class alone is not supported: give the instance too"));
            };
            let proxy = Super::alloc(cx, class, cx.get(object))?;
            Ok(cx.root(proxy))
        }
        /// The class that is searched behind.
        get fn __thisclass__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Super>().map_or(Value::NONE, |s| s.class.get_or_none(cx)))
        }
        /// The instance.
        get fn __self__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Super>().map_or(Value::NONE, |s| s.object.get_or_none(cx)))
        }
        /// The class of the instance.
        get fn __self_class__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Super>().map_or(Value::NONE, |s| s.object_class.get_or_none(cx)))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let Some(state) = self_.native::<Super>() else { return Ok("<super>".to_owned()) };
            let name = |field: &Field| field.get(cx).and_then(Value::cast::<Class>).map_or("?", |class| class.name(cx)).to_owned();
            Ok(format!("<super: <class '{}'>, <{} object>>", name(&state.class), name(&state.object_class)))
        }
    }
}
