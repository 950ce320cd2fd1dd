//! Descriptors: property, classmethod, staticmethod, and what the attributes of built-in types are made of.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::native_of_fields;
use crate::object::Field;
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// A property.
pub struct Property {
    /// The getter, or unset.
    pub get: Field,
    /// The setter, or unset.
    pub set: Field,
    /// The deleter, or unset.
    pub delete: Field,
    /// `__doc__`, or unset.
    pub doc: Field,
    /// The name it was assigned to in its class, or unset.
    pub name: Field,
}

native_of_fields! { Property { get, set, delete, doc, name } }

impl Property {
    /// The AttributeError of a property that lacks its `what` (getter, setter or deleter).
    pub fn no_accessor(&self, cx: &Ctx, object: Value<'_>, what: &str) -> Raised {
        let class = cx.type_name(object);
        let message = match self.name.get(cx).and_then(Value::as_str) {
            Some(name) => format!("property '{name}' of '{class}' object has no {what}"),
            None => format!("property of '{class}' object has no {what}"),
        };
        cx.raise(Builtin::AttributeError, message)
    }
}

/// A method that takes the class.
pub struct ClassMethod {
    /// What is called.
    pub callable: Field,
}

native_of_fields! { ClassMethod { callable } }

impl ClassMethod {
    /// A class method of a class: `Builtin::ClassMethod`, or `Builtin::ClassMethodDescriptor` for one of a built-in type.
    pub fn alloc<'h>(cx: &'h Ctx, birth: impl Into<Birth>, callable: Value<'h>) -> Value<'h> {
        Native::alloc(cx, birth, ClassMethod { callable: Field::new(callable) })
    }
}

/// A method that takes neither instance nor class.
pub struct StaticMethod {
    /// What is called.
    pub callable: Field,
}

native_of_fields! { StaticMethod { callable } }

impl StaticMethod {
    /// A static method.
    pub fn alloc<'h>(cx: &'h Ctx, birth: impl Into<Birth>, callable: Value<'h>) -> Value<'h> {
        Native::alloc(cx, birth, StaticMethod { callable: Field::new(callable) })
    }
}

/// An attribute of a built-in type.
pub struct GetSet {
    /// Its name.
    pub name: &'static str,
    /// The native function that reads it, or unset.
    pub getter: Field,
    /// The native function that writes it, or unset.
    pub setter: Field,
    /// The class.
    pub owner: Field,
}

impl NativeData for GetSet {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.getter, |s| &s.setter, |s| &s.owner];
}

impl GetSet {
    /// An attribute of a class.
    pub fn alloc<'h>(
        cx: &'h Ctx,
        owner: &'h Class,
        name: &'static str,
        getter: Option<Value<'h>>,
        setter: Option<Value<'h>>,
    ) -> Value<'h> {
        let field = |value: Option<Value<'h>>| value.map_or(Field::unset(), Field::new);
        let (getter, setter, owner) = (field(getter), field(setter), Field::new(Value::of(owner)));
        Native::alloc(cx, Builtin::GetSetDescriptor, GetSet { name, getter, setter, owner })
    }

    /// The AttributeError for assigning to it.
    pub fn read_only(&self, cx: &Ctx) -> Raised {
        let owner = self.owner.get(cx).and_then(Value::cast::<Class>).map_or("?", |class| class.name(cx));
        cx.raise(Builtin::AttributeError, format!("attribute '{}' of '{owner}' objects is not writable", self.name))
    }
}

/// An attribute that a class with `__slots__` declares.
pub struct Member {
    /// Its name, interned.
    pub name: Field,
    /// The class.
    pub owner: Field,
}

native_of_fields! { Member { name, owner } }

impl Member {
    /// An attribute of instances of `owner`.
    pub fn alloc<'h>(cx: &'h Ctx, name: Value<'h>, owner: &'h Class) -> Value<'h> {
        let member = Member { name: Field::new(name), owner: Field::new(Value::of(owner)) };
        Native::alloc(cx, Builtin::MemberDescriptor, member)
    }
}
