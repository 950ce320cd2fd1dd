//! `isinstance` and `issubclass`, and what `type` answers when a metaclass has no say of its own.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::{self, call_special, find_special};
use crate::ops::truth::truth;
use crate::types::class::Class;
use crate::types::generic_alias::{GenericAlias, Union};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// `isinstance(object, class)`, where `class` may be a tuple or a union.
pub fn is_instance(cx: &mut Ctx, object: Slot, class: Slot) -> Res<bool> {
    if let Some(this) = cx.get(class).cast::<Class>() {
        if std::ptr::eq(cx.class_of(cx.get(object)), this) {
            return Ok(true);
        }
        if is_plain_metaclass(cx, class, Name::__instancecheck__) {
            return is_instance_by_default(cx, object, class);
        }
    }
    if let Some(members) = members(cx, class, "isinstance")? {
        for member in members {
            if is_instance(cx, object, member)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match call_special(cx, class, Name::__instancecheck__, &[object])? {
        Some(answer) => truth(cx, answer),
        None => Err(cx.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
    }
}

/// `issubclass(class, other)`, where `other` may be a tuple or a union.
pub fn is_subclass(cx: &mut Ctx, class: Slot, other: Slot) -> Res<bool> {
    if cx.get(other).cast::<Class>().is_some() && is_plain_metaclass(cx, other, Name::__subclasscheck__) {
        return is_subclass_by_default(cx, class, other);
    }
    if let Some(members) = members(cx, other, "issubclass")? {
        for member in members {
            if is_subclass(cx, class, member)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match call_special(cx, other, Name::__subclasscheck__, &[class])? {
        Some(answer) => truth(cx, answer),
        None => Err(cx.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")),
    }
}

/// Whether the metaclass leaves a check to `type`.
fn is_plain_metaclass(cx: &Ctx, class: Slot, hook: Name) -> bool {
    find_special(cx, cx.get(class), hook).is_none_or(|function| function.kind() == Some(Kind::NativeFunction))
}

fn members(cx: &Ctx, classes: Slot, function: &str) -> Res<Option<Vec<Slot>>> {
    let classes = cx.get(classes);
    if classes.native::<GenericAlias>().is_some() {
        return Err(cx.type_error(format!("{function}() argument 2 cannot be a parameterized generic")));
    }
    let members = match (classes.cast::<Tuple>(), classes.native::<Union>()) {
        (Some(tuple), _) => tuple.iter(cx).collect(),
        (_, Some(union)) => union.members(cx),
        _ => return Ok(None),
    };
    Ok(Some(members.into_iter().map(|member| cx.root(member)).collect()))
}

/// Whether an object may say that its `__class__` is another than its class.
pub fn claims_class(cx: &Ctx, value: Value<'_>) -> bool {
    let name = cx.name(Name::__class__);
    crate::ops::attr::special::overrides(cx, value, Name::__getattribute__)
        || cx.class_of(value).lookup(cx, name) != cx.class(Builtin::Object).lookup(cx, name)
}

/// `type.__instancecheck__`: by the object's class, or by what it says its `__class__` is.
pub fn is_instance_by_default(cx: &mut Ctx, object: Slot, class: Slot) -> Res<bool> {
    let (this, value) = (cx.get(class).cast::<Class>(), cx.get(object));
    let Some(this) = this else { return Ok(false) };
    if cx.class_of(value).is_subclass(cx, this) {
        return Ok(true);
    }
    if !claims_class(cx, value) {
        return Ok(false);
    }
    let name = cx.root(cx.name(Name::__class__));
    let Some(claimed) = attr::get_attr_opt(cx, object, name)? else { return Ok(false) };
    let (claimed, this) = (cx.get(claimed).cast::<Class>(), cx.get(class).cast::<Class>());
    Ok(claimed.zip(this).is_some_and(|(claimed, this)| claimed.is_subclass(cx, this)))
}

/// `type.__subclasscheck__`.
pub fn is_subclass_by_default(cx: &mut Ctx, class: Slot, other: Slot) -> Res<bool> {
    match (cx.get(class).cast::<Class>(), cx.get(other).cast::<Class>()) {
        (Some(class), Some(other)) => Ok(class.is_subclass(cx, other)),
        (None, _) => Err(cx.type_error("issubclass() arg 1 must be a class")),
        _ => Ok(false),
    }
}
