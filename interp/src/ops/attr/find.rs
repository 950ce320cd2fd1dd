//! Where an attribute is, and what it takes to bind it.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::names::Name;
use crate::object::{Header, Kind, flags};
use crate::types::cell::Global;
use crate::types::class::Class;
use crate::types::descriptor::{ClassMethod, GetSet, Kept, Member, Property, StaticMethod};
use crate::types::function::{BoundMethod, Function, is_method};
use crate::types::instance::{self, AttrSlot, Own};
use crate::types::module::Module;
use crate::types::super_object::Super;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Where the default rules find an attribute.
pub enum Place<'h> {
    /// Nowhere.
    Missing,
    /// In a slot of the object's shape.
    Slot(AttrSlot, Value<'h>),
    /// In the object itself, in another way.
    Own(Value<'h>),
    /// In the object itself, which is a module.
    Name(&'h Global, Value<'h>),
    /// In a class.
    Class(InClass<'h>),
    /// In another object, and bound already.
    Beyond(Bound<'h>),
}

/// An attribute found in a class.
#[derive(Clone, Copy)]
pub struct InClass<'h> {
    /// The cell of the class's name space.
    pub cell: &'h Global,
    /// What it holds.
    pub attr: Value<'h>,
    /// The object to bind it to; `None` if the attribute is read from the class.
    pub object: Option<Value<'h>>,
    /// The class that was searched first.
    owner: &'h Class,
}

/// What it takes to bind an attribute that was found.
#[derive(Debug)]
pub enum Bound<'h> {
    /// It was missing after all.
    Missing,
    /// Nothing: the value.
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

impl<'h> Place<'h> {
    /// What it takes to bind what was found.
    pub fn bind(self, cx: &'h Ctx, name: Value<'h>) -> Bound<'h> {
        match self {
            Place::Missing => Bound::Missing,
            Place::Slot(_, value) | Place::Own(value) | Place::Name(_, value) => Bound::Value(value),
            Place::Class(found) => bind_found(cx, found.attr, found.object, found.owner, name),
            Place::Beyond(bound) => bound,
        }
    }
}

/// The interned string equal to a name; the name itself if nobody ever interned it, so that it can be a key of a dict only.
pub fn canonical<'h>(cx: &'h Ctx, name: Value<'h>) -> Value<'h> {
    match (name.header(), name.as_str()) {
        (Some(header), Some(text)) if !header.has(flags::INTERNED) => cx.interp().interned(cx, text).unwrap_or(name),
        _ => name,
    }
}

/// The attribute `name` of a value by the default rules: those of `object`, `type`, `module` or `super`. Whatever asks for an
/// attribute searches here; what inline caches remember is the answer.
pub fn find<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Place<'h> {
    if let Some(super_) = object.native::<Super>()
        && name != cx.name(Name::__class__)
        && let Some((attr, receiver, owner)) = super_.find(cx, name)
    {
        match bind_found(cx, attr, receiver, owner, name) {
            Bound::Missing => {}
            bound => return Place::Beyond(bound),
        }
    }
    let class = cx.class_of(object);
    let in_class = find_in_class(cx, class, Some(object), name);
    if let Some(found) = in_class
        && goes_first(cx, found.attr)
    {
        return Place::Class(found);
    }
    let own = match object.cast::<Class>() {
        Some(class) => find_in_class(cx, class, None, name).map(Place::Class),
        None => find_own(cx, object, name),
    };
    own.or(in_class.map(Place::Class)).unwrap_or_else(|| find_beyond(cx, object, name))
}

/// The attribute that an object itself has.
pub fn find_own<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Option<Place<'h>> {
    if let Some(module) = object.cast::<Module>() {
        let cell = module.names(cx).existing_cell(cx, name)?;
        return Some(Place::Name(cell, cell.value.get(cx)?));
    }
    if let Some(function) = object.cast::<Function>() {
        return function.attrs.get(cx)?.cast::<crate::types::dict::Dict>()?.get_name(cx, name).map(Place::Own);
    }
    let header = with_attrs(object)?;
    match instance::find_own(cx, header, name) {
        Own::Slot(slot, value) => Some(Place::Slot(slot, value)),
        Own::Entry(value) => Some(Place::Own(value)),
        Own::Missing | Own::Taken => None,
    }
}

/// A bound method passes on what its class lacks to its function.
fn find_beyond<'h>(cx: &'h Ctx, object: Value<'h>, name: Value<'h>) -> Place<'h> {
    match object.cast::<BoundMethod>().and_then(|method| method.function.get(cx)) {
        Some(function) if function.kind() == Some(Kind::Function) => {
            let place = find(cx, function, name);
            let in_class = if let Place::Class(found) = &place { Some(*found) } else { None };
            Place::Beyond(match (place.bind(cx, name), in_class) {
                // Getters are called with what the attribute is asked of: here that is the function.
                (Bound::Getter(_), Some(found)) => by_get(cx, found.attr, Some(function), found.owner),
                (bound, _) => bound,
            })
        }
        _ => Place::Missing,
    }
}

/// The header of an object that keeps attributes of its own in slots or in a dict.
pub fn with_attrs(object: Value<'_>) -> Option<&Header> {
    let header = object.header()?;
    instance::overflow_field(header).map(|_| header)
}

fn find_in_class<'h>(cx: &'h Ctx, owner: &'h Class, object: Option<Value<'h>>, name: Value<'h>) -> Option<InClass<'h>> {
    let cell = owner.lookup_cell(cx, name)?;
    Some(InClass { cell, attr: cell.value.get(cx)?, object, owner })
}

/// Whether a class attribute is read before the object's own attribute of that name.
pub fn goes_first(cx: &Ctx, attr: Value<'_>) -> bool {
    is_data_descriptor(cx, attr)
        && (attr.kind() == Some(Kind::Native) || cx.class_of(attr).special(cx, Name::__get__).is_some())
}

/// Whether a class attribute is assigned before the object's own attribute of that name.
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
) -> Bound<'h> {
    match (attr.kind(), object) {
        (None, _) => return Bound::Value(attr),
        (Some(Kind::Function), None) => return Bound::Value(attr),
        (Some(Kind::Function), Some(object)) => return Bound::Value(BoundMethod::alloc(cx, attr, object)),
        (Some(Kind::NativeFunction), Some(object)) if is_method(attr) => {
            return Bound::Value(BoundMethod::alloc(cx, attr, object));
        }
        (Some(Kind::NativeFunction), _) => return Bound::Value(attr),
        (Some(Kind::Native), object) => {
            if let Some(found) = bind_native(cx, attr, object, owner, name) {
                return found;
            }
        }
        _ => {}
    }
    by_get(cx, attr, object, owner)
}

/// Binds by the descriptor's own `__get__`.
fn by_get<'h>(cx: &'h Ctx, attr: Value<'h>, object: Option<Value<'h>>, owner: &'h Class) -> Bound<'h> {
    match cx.class_of(attr).special(cx, Name::__get__) {
        Some(get) => {
            Bound::Descriptor { get, descriptor: attr, object: object.unwrap_or(Value::NONE), owner: Value::of(owner) }
        }
        None => Bound::Value(attr),
    }
}

fn bind_native<'h>(
    cx: &'h Ctx,
    attr: Value<'h>,
    object: Option<Value<'h>>,
    owner: &'h Class,
    name: Value<'h>,
) -> Option<Bound<'h>> {
    if let Some(method) = attr.native::<ClassMethod>() {
        let callable = method.callable.get_or_none(cx);
        return Some(Bound::Value(BoundMethod::alloc(cx, callable, Value::of(owner))));
    }
    if let Some(method) = attr.native::<StaticMethod>() {
        return Some(Bound::Value(method.callable.get_or_none(cx)));
    }
    let own_get =
        cx.class_of(attr).special(cx, Name::__get__).is_none_or(|get| get.kind() == Some(Kind::NativeFunction));
    if let Some(property) = attr.native::<Property>().filter(|_| own_get) {
        let Some(object) = object else { return Some(Bound::Value(attr)) };
        return Some(match property.get.get(cx) {
            Some(getter) if !getter.is_none() => Bound::Getter(getter),
            _ => Bound::Raised(property.no_accessor(cx, object, "getter")),
        });
    }
    if let Some(getset) = attr.native::<GetSet>() {
        return Some(match (object, getset.getter.get(cx)) {
            (None, _) => Bound::Value(attr),
            (Some(_), Some(getter)) => Bound::Getter(getter),
            (Some(_), None) => Bound::Raised(cx.raise(Builtin::AttributeError, "unreadable attribute")),
        });
    }
    if let Some(member) = attr.native::<Member>() {
        let Some(object) = object else { return Some(Bound::Value(attr)) };
        if let Kept::Element(index) = member.kept {
            let element = object.cast::<Tuple>().and_then(|tuple| tuple.get(cx, index));
            return Some(element.map_or(Bound::Missing, Bound::Value));
        }
        let value = with_attrs(object).and_then(|header| instance::get_own(cx, instance::slots_of(cx, header), name));
        let value = value.or_else(|| (member.kept == Kept::Beside).then_some(Value::NONE));
        return Some(value.map_or(Bound::Missing, Bound::Value));
    }
    None
}
