//! `super`: an object, seen from behind one of its classes.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res};
use crate::object::Field;
use crate::types::class::Class;
use crate::types::native::{FieldOf, Native, NativeData};
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.class, |s| &s.object, |s| &s.object_class];
}

impl Super {
    /// What stands for nothing yet.
    pub fn unbound() -> Super {
        Super { class: Field::unset(), object: Field::unset(), object_class: Field::unset() }
    }

    /// `super(class, object)`.
    pub fn alloc<'h>(cx: &'h Ctx, class: &'h Class, object: Value<'h>) -> Res<Value<'h>> {
        let state = Super::of(cx, class, object)?;
        Ok(Native::alloc(cx, Builtin::Super, state))
    }

    /// The state of `super(class, object)`.
    pub fn of<'h>(cx: &'h Ctx, class: &'h Class, object: Value<'h>) -> Res<Super> {
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
        Ok(Super {
            class: Field::new(Value::of(class)),
            object: Field::new(object),
            object_class: Field::new(Value::of(object_class)),
        })
    }

    /// An attribute of the classes behind, with what it is to be bound to (nothing in a class method) and the class of that.
    pub fn find<'h>(&'h self, cx: &'h Ctx, name: Value<'h>) -> Option<(Value<'h>, Option<Value<'h>>, &'h Class)> {
        let field = |field: &'h Field| field.get(cx).and_then(Value::cast::<Class>);
        let (class, object_class) = (field(&self.class)?, field(&self.object_class)?);
        let object = self.object.get_or_none(cx);
        let mut behind = object_class.mro(cx).skip_while(|c| !std::ptr::eq(*c, class)).skip(1);
        let attr = behind.find_map(|c| c.names(cx).get_name(cx, name))?;
        Some((attr, (object != Value::of(object_class)).then_some(object), object_class))
    }
}
