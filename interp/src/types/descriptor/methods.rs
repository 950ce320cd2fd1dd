//! Methods of descriptors.

use super::{ClassMethod, GetSet, Member, Property, StaticMethod};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::object::{Field, Header};
use crate::ops::attr;
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::native::{Native, NativeData};
use crate::value::Value;

/// The state of a descriptor, or the TypeError of a method called on something else.
fn state<'h, T: NativeData>(cx: &'h Ctx, value: Value<'h>, wanted: &str) -> Res<(&'h T, &'h Header)> {
    value.native::<T>().zip(value.header()).ok_or_else(|| {
        cx.type_error(format!("descriptor requires a '{wanted}' object but received a '{}'", cx.type_name(value)))
    })
}

/// A copy of a property with one function replaced.
fn with_function(cx: &mut Ctx, property: Slot, function: Slot, which: usize) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(property))));
    let args: Vec<Slot> = {
        let (state, _) = state::<Property>(cx, cx.get(property), "property")?;
        let mut fields = [&state.get, &state.set, &state.delete].map(|field| field.get_or_none(cx));
        fields[which] = cx.get(function);
        fields.into_iter().map(|value| cx.root(value)).collect()
    };
    let copy = cx.call(class, &args)?;
    let (new, header) = state::<Property>(cx, cx.get(copy), "property")?;
    let (old, _) = state::<Property>(cx, cx.get(property), "property")?;
    if let Some(name) = old.name.get(cx) {
        new.name.set_in(cx, header, name);
    }
    Ok(copy)
}

fn birth_of(class: Value<'_>, builtin: Builtin) -> Birth {
    class.cast::<Class>().map_or_else(|| Birth::from(builtin), |class| class.birth().0)
}

/// Reads a class attribute through `__get__(object, owner)`.
fn get_through(cx: &mut Ctx, descriptor: Slot, object: Slot, owner: Option<Slot>) -> Res<Slot> {
    if !cx.get(object).is_none() {
        return attr::bind(cx, descriptor, object);
    }
    let descriptor = cx.get(descriptor);
    let owner = owner.map_or(Value::NONE, |owner| cx.get(owner));
    if let Some(method) = descriptor.native::<ClassMethod>() {
        let bound = crate::types::function::BoundMethod::alloc(cx, method.callable.get_or_none(cx), owner);
        return Ok(cx.root(bound));
    }
    if let Some(method) = descriptor.native::<StaticMethod>() {
        return Ok(cx.root(method.callable.get_or_none(cx)));
    }
    Ok(cx.root(descriptor))
}

natives! {
    /// Methods of `property`.
    pub static PROPERTY = {
        /// Create a property.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let unset = || Field::unset();
            let state =
                Property { get: unset(), set: unset(), delete: unset(), doc: unset(), name: unset() };
            let birth = birth_of(cx.get(args.get(0)), Builtin::Property);
            let property = Native::alloc(cx, birth, state);
            Ok(cx.root(property))
        }
        /// Initialise a property from its functions and its documentation.
        call fn __init__(cx; self_: Slot; fget: Option<Slot> = None, fset: Option<Slot> = None, fdel: Option<Slot> = None,
            doc: Option<Slot> = None) -> () {
            let doc = match (doc, fget) {
                (None, Some(getter)) => {
                    let name = cx.root(cx.name(Name::__doc__));
                    attr::get_attr_opt(cx, getter, name)?
                }
                (doc, _) => doc,
            };
            let (state, header) = state::<Property>(cx, cx.get(self_), "property")?;
            let fields = [(&state.get, fget), (&state.set, fset), (&state.delete, fdel), (&state.doc, doc)];
            for (field, value) in fields {
                if let Some(value) = value {
                    field.set_in(cx, header, cx.get(value));
                }
            }
            Ok(())
        }
        /// Descriptor to obtain a copy of the property with a different getter.
        call fn getter(cx; self_: Slot, function: Slot) -> Slot { with_function(cx, self_, function, 0) }
        /// Descriptor to obtain a copy of the property with a different setter.
        call fn setter(cx; self_: Slot, function: Slot) -> Slot { with_function(cx, self_, function, 1) }
        /// Descriptor to obtain a copy of the property with a different deleter.
        call fn deleter(cx; self_: Slot, function: Slot) -> Slot { with_function(cx, self_, function, 2) }
        /// Return an attribute of instance, which is of type owner.
        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            if cx.get(instance).is_none() {
                return Ok(self_);
            }
            let (state, _) = state::<Property>(cx, cx.get(self_), "property")?;
            match state.get.get(cx).filter(|getter| !getter.is_none()) {
                Some(getter) => {
                    let getter = cx.root(getter);
                    cx.call(getter, &[instance])
                }
                None => Err(state.no_accessor(cx, cx.get(instance), "getter")),
            }
        }
        /// Set an attribute of instance to value.
        call fn __set__(cx; self_: Slot, instance: Slot, value: Slot) -> () {
            let (state, _) = state::<Property>(cx, cx.get(self_), "property")?;
            match state.set.get(cx).filter(|setter| !setter.is_none()) {
                Some(setter) => {
                    let setter = cx.root(setter);
                    cx.call(setter, &[instance, value]).map(|_| ())
                }
                None => Err(state.no_accessor(cx, cx.get(instance), "setter")),
            }
        }
        /// Delete an attribute of instance.
        call fn __delete__(cx; self_: Slot, instance: Slot) -> () {
            let (state, _) = state::<Property>(cx, cx.get(self_), "property")?;
            match state.delete.get(cx).filter(|deleter| !deleter.is_none()) {
                Some(deleter) => {
                    let deleter = cx.root(deleter);
                    cx.call(deleter, &[instance]).map(|_| ())
                }
                None => Err(state.no_accessor(cx, cx.get(instance), "deleter")),
            }
        }
        /// Method to set name of a property.
        fn __set_name__(cx; self_: Value<'h>, _owner: Value<'h>, name: Value<'h>) -> () {
            let (state, header) = state::<Property>(cx, self_, "property")?;
            state.name.set_in(cx, header, name);
            Ok(())
        }
        /// The getter.
        get fn fget(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<Property>(cx, self_, "property")?.0.get.get_or_none(cx))
        }
        /// The setter.
        get fn fset(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<Property>(cx, self_, "property")?.0.set.get_or_none(cx))
        }
        /// The deleter.
        get fn fdel(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<Property>(cx, self_, "property")?.0.delete.get_or_none(cx))
        }
        /// The documentation.
        get fn __doc__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<Property>(cx, self_, "property")?.0.doc.get_or_none(cx))
        }
        /// Changes the documentation.
        set fn __doc__(cx; self_: Value<'h>, value: Value<'h>) -> () {
            let (state, header) = state::<Property>(cx, self_, "property")?;
            state.doc.set_in(cx, header, value);
            Ok(())
        }
        /// The name it was assigned to.
        get call fn __name__(cx; self_: Slot) -> Slot {
            let (state, _) = state::<Property>(cx, cx.get(self_), "property")?;
            match (state.name.get(cx), state.get.get(cx)) {
                (Some(name), _) => Ok(cx.root(name)),
                (None, Some(getter)) => {
                    let getter = cx.root(getter);
                    attr::get_attr_name(cx, getter, Name::__name__)
                }
                (None, None) => Err(cx.raise(Builtin::AttributeError, "'property' object has no attribute '__name__'")),
            }
        }
        /// Whether one of the functions is abstract.
        get call fn __isabstractmethod__(cx; self_: Slot) -> bool {
            let functions: Vec<Slot> = {
                let (state, _) = state::<Property>(cx, cx.get(self_), "property")?;
                [&state.get, &state.set, &state.delete].iter().filter_map(|f| Some(cx.root(f.get(cx)?))).collect()
            };
            for function in functions {
                if is_abstract(cx, function)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// Whether a function carries `__isabstractmethod__`.
pub fn is_abstract(cx: &mut Ctx, function: Slot) -> Res<bool> {
    let name = cx.root(cx.name(Name::__isabstractmethod__));
    match attr::get_attr_opt(cx, function, name)? {
        Some(answer) => crate::ops::truth::truth(cx, answer),
        None => Ok(false),
    }
}

macro_rules! wrapper_methods {
    ($table:ident $state:ident $builtin:ident $text:literal) => {
        natives! {
            pub static $table = {
                /// Wrap a function.
                static raw fn __new__(cx, args) -> Slot {
                    let (args, _) = args.into_slots(cx);
                    if args.len() != 2 {
                        let given = args.len() - 1;
                        return Err(cx.type_error(format!("{} expected 1 argument, got {given}", $text)));
                    }
                    let birth = birth_of(cx.get(args.get(0)), Builtin::$builtin);
                    let method = $state::alloc(cx, birth, cx.get(args.get(1)));
                    Ok(cx.root(method))
                }
                /// Return an attribute of instance, which is of type owner.
                call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
                    get_through(cx, self_, instance, owner)
                }
                /// The function.
                get fn __func__(cx; self_: Value<'h>) -> Value<'h> {
                    Ok(state::<$state>(cx, self_, $text)?.0.callable.get_or_none(cx))
                }
                /// The function.
                get fn __wrapped__(cx; self_: Value<'h>) -> Value<'h> {
                    Ok(state::<$state>(cx, self_, $text)?.0.callable.get_or_none(cx))
                }
                /// Whether the function is abstract.
                get call fn __isabstractmethod__(cx; self_: Slot) -> bool {
                    let callable = state::<$state>(cx, cx.get(self_), $text)?.0.callable.get_or_none(cx);
                    let callable = cx.root(callable);
                    is_abstract(cx, callable)
                }
                /// The function's name.
                get call fn __name__(cx; self_: Slot) -> Slot {
                    let callable = state::<$state>(cx, cx.get(self_), $text)?.0.callable.get_or_none(cx);
                    let callable = cx.root(callable);
                    attr::get_attr_name(cx, callable, Name::__name__)
                }
                /// The function's documentation.
                get call fn __doc__(cx; self_: Slot) -> Slot {
                    let callable = state::<$state>(cx, cx.get(self_), $text)?.0.callable.get_or_none(cx);
                    let callable = cx.root(callable);
                    attr::get_attr_name(cx, callable, Name::__doc__)
                }
                /// Return repr(self).
                call fn __repr__(cx; self_: Slot) -> String {
                    let callable = state::<$state>(cx, cx.get(self_), $text)?.0.callable.get_or_none(cx);
                    let callable = cx.root(callable);
                    Ok(format!("<{}({})>", $text, crate::ops::repr::repr(cx, callable)?))
                }
            }
        }
    };
}

wrapper_methods! { CLASS_METHOD ClassMethod ClassMethod "classmethod" }
wrapper_methods! { STATIC_METHOD_BASE StaticMethod StaticMethod "staticmethod" }

natives! {
    /// What `staticmethod` has beyond [`STATIC_METHOD_BASE`].
    pub static STATIC_METHOD = {
        /// Call self as a function.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let callable = state::<StaticMethod>(cx, cx.get(args.get(0)), "staticmethod")?.0.callable.get_or_none(cx);
            let callable = cx.root(callable);
            cx.call_kw(callable, args.skip(1), names)
        }
    }
}

natives! {
    /// Methods of the attributes of built-in types.
    pub static GET_SET = {
        /// Return an attribute of instance, which is of type owner.
        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            get_through(cx, self_, instance, owner)
        }
        /// Set an attribute of instance to value.
        call fn __set__(cx; self_: Slot, instance: Slot, value: Slot) -> () {
            let (state, _) = state::<GetSet>(cx, cx.get(self_), "getset_descriptor")?;
            let Some(setter) = state.setter.get(cx) else { return Err(state.read_only(cx)) };
            let setter = cx.root(setter);
            cx.call(setter, &[instance, value]).map(|_| ())
        }
        /// The name.
        get fn __name__(cx; self_: Value<'h>) -> &'static str {
            Ok(state::<GetSet>(cx, self_, "getset_descriptor")?.0.name)
        }
        /// The class.
        get fn __objclass__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<GetSet>(cx, self_, "getset_descriptor")?.0.owner.get_or_none(cx))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let (state, _) = state::<GetSet>(cx, self_, "getset_descriptor")?;
            let owner = state.owner.get(cx).and_then(Value::cast::<Class>).map_or("?", |class| class.name(cx));
            Ok(format!("<attribute '{}' of '{owner}' objects>", state.name))
        }
    }
}

/// The name of a member, if `instance` is of its class.
fn checked_member(cx: &Ctx, member: Slot, instance: Slot) -> Res<Slot> {
    let (member, _) = state::<Member>(cx, cx.get(member), "member_descriptor")?;
    let name = member.name.get_or_none(cx);
    let owner = member.owner.get(cx).and_then(Value::cast::<Class>);
    if let Some(owner) = owner.filter(|owner| !cx.class_of(cx.get(instance)).is_subclass(cx, owner)) {
        let (text, got) = (name.as_str().unwrap_or_default(), cx.type_name(cx.get(instance)));
        let owner = owner.name(cx);
        return Err(
            cx.type_error(format!("descriptor '{text}' for '{owner}' objects doesn't apply to a '{got}' object"))
        );
    }
    Ok(cx.root(name))
}

natives! {
    /// Methods of the attributes that `__slots__` declares.
    pub static MEMBER = {
        /// Return an attribute of instance, which is of type owner.
        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            if cx.get(instance).is_none() {
                return Ok(self_);
            }
            let name = checked_member(cx, self_, instance)?;
            attr::get_attr(cx, instance, name)
        }
        /// Set an attribute of instance to value.
        call fn __set__(cx; self_: Slot, instance: Slot, value: Slot) -> () {
            let name = checked_member(cx, self_, instance)?;
            attr::set_attr(cx, instance, name, value)
        }
        /// Delete an attribute of instance.
        call fn __delete__(cx; self_: Slot, instance: Slot) -> () {
            let name = checked_member(cx, self_, instance)?;
            attr::del_attr(cx, instance, name)
        }
        /// The name.
        get fn __name__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<Member>(cx, self_, "member_descriptor")?.0.name.get_or_none(cx))
        }
        /// The class.
        get fn __objclass__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(state::<Member>(cx, self_, "member_descriptor")?.0.owner.get_or_none(cx))
        }
        /// The documentation.
        get fn __doc__(cx; self_: Value<'h>) -> Option<&'static str> {
            Ok(state::<Member>(cx, self_, "member_descriptor")?.0.doc)
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let (state, _) = state::<Member>(cx, self_, "member_descriptor")?;
            let owner = state.owner.get(cx).and_then(Value::cast::<Class>).map_or("?", |class| class.name(cx));
            Ok(format!("<member '{}' of '{owner}' objects>", state.name.get(cx).and_then(Value::as_str).unwrap_or("?")))
        }
    }
}
