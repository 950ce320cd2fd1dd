//! `super`: an object, seen from behind one of its classes.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::heap::Tracer;
use crate::natives;
use crate::object::Field;
use crate::ops::attr::find::{Found, bind_found};
use crate::types::class::Class;
use crate::types::native::{Native, NativeData};
use crate::value::Value;

/// The state of a `super` object.
pub struct Super {
    /// The class behind which the search begins.
    pub class: Field,
    /// The instance, or the class in a class method.
    pub object: Field,
    /// The class whose method resolution order is searched.
    pub object_class: Field,
}

impl NativeData for Super {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [&self.class, &self.object, &self.object_class] {
            tracer.field(field);
        }
    }
}

impl Super {
    /// `super(class, object)`.
    pub fn alloc<'h>(cx: &'h Ctx, class: &'h Class, object: Value<'h>) -> Res<Value<'h>> {
        let object_class = match object.cast::<Class>() {
            Some(derived) if derived.is_subclass(cx, class) => derived,
            _ => cx.class_of(object),
        };
        if !object_class.is_subclass(cx, class) {
            let (kind, what) = match object.cast::<Class>() {
                Some(class) => ("type", class.name(cx)),
                None => ("instance of", cx.type_name(object)),
            };
            return Err(cx.type_error(format!(
                "super(type, obj): obj ({kind} {what}) is not an instance or subtype of type ({}).",
                class.name(cx)
            )));
        }
        let state = Super {
            class: Field::new(Value::of(class)),
            object: Field::new(object),
            object_class: Field::new(Value::of(object_class)),
        };
        Ok(Native::alloc(cx, Builtin::Super, state))
    }

    /// An attribute of the classes behind.
    pub fn find<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> Found<'h> {
        let field = |field: &'h Field| field.get(cx).and_then(Value::cast::<Class>);
        let (Some(class), Some(object_class)) = (field(&self.class), field(&self.object_class)) else {
            return Found::Missing;
        };
        let object = self.object.get_or_none(cx);
        let mut behind = object_class.mro(cx).skip_while(|c| !std::ptr::eq(*c, class)).skip(1);
        match behind.find_map(|c| c.names(cx).get_name(cx, name)) {
            Some(attr) => {
                let from_class = object == Value::of(object_class);
                bind_found(cx, attr, if from_class { None } else { Some(object) }, object_class, name)
            }
            None => Found::Missing,
        }
    }
}

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
