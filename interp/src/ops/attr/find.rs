//! Where an attribute is, and what it takes to bind it.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::names::Name;
use crate::object::{Header, Kind, flags};
use crate::types::class::Class;
use crate::types::descriptor::{ClassMethod, GetSet, Member, Property, StaticMethod};
use crate::types::function::{BoundMethod, Function, NativeFunction};
use crate::types::instance;
use crate::types::module::Module;
use crate::types::super_object::Super;
use crate::value::Value;

/// What a search found.
#[derive(Debug)]
pub enum Found<'h> {
    /// Nothing.
    Missing,
    /// The value.
    Value(Value<'h>),
    /// A function to call with the object.
    Getter(Value<'h>),
    /// A `__get__` to call with the descriptor, the object (or None) and the class.
    Descriptor {
        /// The `__get__` of the descriptor's class.
        get: Value<'h>,
        /// The descriptor.
        descriptor: Value<'h>,
        /// The object that the attribute is read from; None if it is read from a class.
        object: Value<'h>,
        /// The class.
        owner: Value<'h>,
    },
    /// An exception was raised.
    Raised(Raised),
}

/// The interned string equal to a name; the name itself if nobody ever interned it, so that it can be a key of a dict only.
pub fn canonical<'h>(cx: &'h Ctx, name: Value<'h>) -> Value<'h> {
    match (name.header(), name.as_str()) {
        (Some(header), Some(text)) if !header.has(flags::INTERNED) => cx.interp().interned(cx, text).unwrap_or(name),
        _ => name,
    }
}

/// The attribute `name` of a value by the default rules: those of `object`, `type`, `module` or `super`.
pub fn find<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Found<'h> {
    if let Some(class) = object.cast::<Class>() {
        return find_in_class(cx, class, name);
    }
    if let Some(super_) = object.native::<Super>()
        && name != cx.name(Name::__class__)
        && let Some((attr, receiver, owner)) = super_.find(cx, name)
    {
        match bind_found(cx, attr, receiver, owner, name) {
            Found::Missing => {}
            found => return found,
        }
    }
    let class = cx.class_of(object);
    let in_class = class.lookup(cx, name);
    if let Some(attr) = in_class
        && is_data_descriptor(cx, attr)
    {
        return bind_found(cx, attr, Some(object), class, name);
    }
    if let Some(own) = find_own(cx, object, name) {
        return Found::Value(own);
    }
    match in_class {
        Some(attr) => bind_found(cx, attr, Some(object), class, name),
        None => find_beyond(cx, object, name),
    }
}

/// The attribute that an object itself has.
pub fn find_own<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Option<Value<'h>> {
    if let Some(module) = object.cast::<Module>() {
        return module.names(cx).get_name(cx, name);
    }
    if let Some(function) = object.cast::<Function>() {
        return function.attrs.get(cx)?.cast::<crate::types::dict::Dict>()?.get_name(cx, name);
    }
    instance::get_own(cx, with_attrs(object)?, name)
}

/// A bound method passes on what its class lacks to its function.
fn find_beyond<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Found<'h> {
    match object.cast::<BoundMethod>().and_then(|method| method.function.get(cx)) {
        Some(function) if function.kind() == Some(Kind::Function) => find(cx, function, name),
        _ => Found::Missing,
    }
}

/// The header of an object that keeps attributes of its own in slots or in a dict.
pub fn with_attrs(object: Value<'_>) -> Option<&Header> {
    let header = object.header()?;
    instance::overflow_field(header).map(|_| header)
}

fn find_in_class<'h>(cx: &'h Ctx, class: &'h Class, name: Value<'h>) -> Found<'h> {
    let (this, metaclass) = (Value::of(class), cx.class_of(Value::of(class)));
    let in_metaclass = metaclass.lookup(cx, name);
    if let Some(attr) = in_metaclass
        && is_data_descriptor(cx, attr)
    {
        return bind_found(cx, attr, Some(this), metaclass, name);
    }
    if let Some(attr) = class.lookup(cx, name) {
        return bind_found(cx, attr, None, class, name);
    }
    match in_metaclass {
        Some(attr) => bind_found(cx, attr, Some(this), metaclass, name),
        None => Found::Missing,
    }
}

/// Whether a class attribute goes before the object's own attribute of that name.
pub fn is_data_descriptor(cx: &Ctx, attr: Value<'_>) -> bool {
    match attr.kind() {
        None | Some(Kind::Function | Kind::NativeFunction) => false,
        Some(Kind::Native) if attr.native::<GetSet>().is_some() || attr.native::<Member>().is_some() => true,
        Some(Kind::Native) if attr.native::<Property>().is_some() => true,
        Some(_) => {
            let class = cx.class_of(attr);
            class.special(cx, Name::__set__).is_some() || class.special(cx, Name::__delete__).is_some()
        }
    }
}

/// Whether binding a class attribute yields something else than the attribute.
pub fn is_descriptor(cx: &Ctx, attr: Value<'_>) -> bool {
    match attr.kind() {
        None => false,
        Some(Kind::Function | Kind::NativeFunction) => true,
        Some(_) => cx.class_of(attr).special(cx, Name::__get__).is_some() || is_data_descriptor(cx, attr),
    }
}

/// Binds a class attribute to the object it is read from; `None` where it is read from the class.
pub fn bind_found<'h>(
    cx: &'h Ctx,
    attr: Value<'h>,
    object: Option<Value<'h>>,
    owner: &'h Class,
    name: Value<'h>,
) -> Found<'h> {
    match (attr.kind(), object) {
        (None, _) => return Found::Value(attr),
        (Some(Kind::Function), None) => return Found::Value(attr),
        (Some(Kind::Function), Some(object)) => return Found::Value(BoundMethod::alloc(cx, attr, object)),
        (Some(Kind::NativeFunction), object) => {
            let is_method = attr.cast::<NativeFunction>().is_some_and(NativeFunction::is_method);
            return Found::Value(match object {
                Some(object) if is_method => BoundMethod::alloc(cx, attr, object),
                _ => attr,
            });
        }
        (Some(Kind::Native), object) => {
            if let Some(found) = bind_native(cx, attr, object, owner, name) {
                return found;
            }
        }
        _ => {}
    }
    match cx.class_of(attr).special(cx, Name::__get__) {
        Some(get) => {
            Found::Descriptor { get, descriptor: attr, object: object.unwrap_or(Value::NONE), owner: Value::of(owner) }
        }
        None => Found::Value(attr),
    }
}

fn bind_native<'h>(
    cx: &'h Ctx,
    attr: Value<'h>,
    object: Option<Value<'h>>,
    owner: &'h Class,
    name: Value<'h>,
) -> Option<Found<'h>> {
    if let Some(method) = attr.native::<ClassMethod>() {
        let callable = method.callable.get_or_none(cx);
        return Some(Found::Value(BoundMethod::alloc(cx, callable, Value::of(owner))));
    }
    if let Some(method) = attr.native::<StaticMethod>() {
        return Some(Found::Value(method.callable.get_or_none(cx)));
    }
    let own_get =
        cx.class_of(attr).special(cx, Name::__get__).is_none_or(|get| get.kind() == Some(Kind::NativeFunction));
    if let Some(property) = attr.native::<Property>().filter(|_| own_get) {
        let Some(object) = object else { return Some(Found::Value(attr)) };
        return Some(match property.get.get(cx) {
            Some(getter) if !getter.is_none() => Found::Getter(getter),
            _ => Found::Raised(property.no_accessor(cx, object, "getter")),
        });
    }
    if let Some(getset) = attr.native::<GetSet>() {
        return Some(match (object, getset.getter.get(cx)) {
            (None, _) => Found::Value(attr),
            (Some(_), Some(getter)) => Found::Getter(getter),
            (Some(_), None) => Found::Raised(cx.raise(Builtin::AttributeError, "unreadable attribute")),
        });
    }
    if attr.native::<Member>().is_some() {
        let Some(object) = object else { return Some(Found::Value(attr)) };
        let value = with_attrs(object).and_then(|header| instance::get_own(cx, instance::slots_of(cx, header), name));
        return Some(value.map_or(Found::Missing, Found::Value));
    }
    None
}
