//! Descriptors: property, classmethod, staticmethod, and what the attributes of built-in types are made of.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::native_of_fields;
use crate::object::Field;
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::native::{Crossing, FieldOf, Native, NativeData, Saved};
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
    /// True if `doc` was taken from the getter, or unset.
    pub doc_of_getter: Field,
    /// The name it was assigned to in its class, or unset.
    pub name: Field,
}

native_of_fields! { Property { get, set, delete, doc, doc_of_getter, name } }

impl Property {
    /// The AttributeError of a property that lacks its `what` (getter, setter or deleter).
    pub fn no_accessor(&self, cx: &Ctx, object: Value<'_>, what: &str) -> Raised {
        let class = cx.class_of(object).qualname.get(cx).and_then(Value::as_str).unwrap_or("?");
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

/// Where instances keep what a [`Member`] names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Among the attributes of the instance, where scripts may set it.
    Own,
    /// As an element of the tuple that the instance is.
    Element(usize),
    /// Beside the elements of the tuple that the instance is; `None` if it was never given.
    Beside,
}

/// An attribute that a class with `__slots__` declares, or that names a part of a struct sequence.
pub struct Member {
    /// Its name, interned.
    pub name: Field,
    /// The class.
    pub owner: Field,
    /// Where its value is.
    pub kept: Kept,
    /// `__doc__`, if it has one.
    pub doc: Option<&'static str>,
}

impl NativeData for Member {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.name, |s| &s.owner];

    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let member = value.native::<Member>()?;
            // The others belong to classes of the library, which every process has.
            let values = vec![member.name.get(cx), member.owner.get(cx)];
            (member.kept == Kept::Own).then_some(Saved { bytes: Vec::new(), values })
        },
        restore: |cx, birth, _| {
            let (name, owner) = (Field::unset(), Field::unset());
            Some(Native::alloc(cx, birth, Member { name, owner, kept: Kept::Own, doc: None }))
        },
        fill: |cx, object, values| {
            let Some((member, guard)) = object.guarded::<Member>(cx) else { return };
            for (field, value) in [&member.name, &member.owner].into_iter().zip(values) {
                value.iter().for_each(|value| guard.set(field, *value));
            }
        },
    });
}

impl Member {
    /// An attribute of instances of `owner`.
    pub fn alloc<'h>(cx: &'h Ctx, name: Value<'h>, owner: &'h Class) -> Value<'h> {
        Member::kept_at(cx, name, owner, Kept::Own, None)
    }

    /// The same for an attribute whose value is at a place that `kept` names.
    pub fn kept_at<'h>(
        cx: &'h Ctx,
        name: Value<'h>,
        owner: &'h Class,
        kept: Kept,
        doc: Option<&'static str>,
    ) -> Value<'h> {
        let (name, owner) = (Field::new(name), Field::new(Value::of(owner)));
        Native::alloc(cx, Builtin::MemberDescriptor, Member { name, owner, kept, doc })
    }
}
