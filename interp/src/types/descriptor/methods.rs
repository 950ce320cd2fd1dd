//! Methods of descriptors.

use super::{ClassMethod, GetSet, Member, Property, StaticMethod};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::native::Args;
use crate::natives;
use crate::object::{Field, Header};
use crate::ops::attr;
use crate::shape::Birth;
use crate::types::class::Class;
use crate::types::instance;
use crate::types::native::{Native, NativeData};
use crate::value::Value;

/// The state of a descriptor, or the TypeError of a method called on something else.
fn state<'h, T: NativeData>(cx: &'h Ctx, value: Value<'h>, wanted: &str) -> Res<(&'h T, &'h Header)> {
    value.native::<T>().zip(value.header()).ok_or_else(|| {
        cx.type_error(format!("descriptor requires a '{wanted}' object but received a '{}'", cx.type_name(value)))
    })
}

/// A copy of a property with one function replaced. What the documentation was taken from, it is taken from again.
fn with_function(cx: &mut Ctx, property: Slot, function: Slot, which: usize) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(property))));
    let args: Vec<Slot> = {
        let (state, _) = state::<Property>(cx, cx.get(property), "property")?;
        let mut fields = [&state.get, &state.set, &state.delete, &state.doc].map(|field| field.get_or_none(cx));
        if !cx.get(function).is_none() {
            fields[which] = cx.get(function);
        }
        if state.doc_of_getter.get(cx).is_some() && !fields[0].is_none() {
            fields[3] = Value::NONE;
        }
        fields.into_iter().map(|value| cx.root(value)).collect()
    };
    let copy = cx.call(class, &args)?;
    let (old, _) = state::<Property>(cx, cx.get(property), "property")?;
    // A subclass may make something else.
    if let (Some(name), Ok((new, header))) = (old.name.get(cx), state::<Property>(cx, cx.get(copy), "property")) {
        new.name.set_in(cx, header, name);
    }
    Ok(copy)
}

/// The AttributeError for assigning to a function of a property.
fn read_only(cx: &Ctx) -> Raised {
    cx.raise(Builtin::AttributeError, "readonly attribute")
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
            let state = Property {
                get: unset(),
                set: unset(),
                delete: unset(),
                doc: unset(),
                doc_of_getter: unset(),
                name: unset(),
            };
            let birth = birth_of(cx.get(args.get(0)), Builtin::Property);
            let property = Native::alloc(cx, birth, state);
            Ok(cx.root(property))
        }
        /// Initialise a property from its functions and its documentation.
        call fn __init__(cx; self_: Slot; fget: Option<Slot> = None, fset: Option<Slot> = None, fdel: Option<Slot> = None,
            doc: Option<Slot> = None) -> () {
            let some = |cx: &Ctx, slot: &Slot| !cx.get(*slot).is_none();
            let given = doc.filter(|doc| some(cx, doc));
            let key = cx.root(cx.name(Name::__doc__));
            let of_getter = match fget.filter(|getter| given.is_none() && some(cx, getter)) {
                Some(getter) => attr::get_attr_opt(cx, getter, key)?.filter(|doc| some(cx, doc)),
                None => None,
            };
            let doc = given.or(of_getter);
            let (state, header) = state::<Property>(cx, cx.get(self_), "property")?;
            let exact = cx.class_of(cx.get(self_)).is(Builtin::Property);
            let own_doc = doc.filter(|_| exact);
            let fields = [(&state.get, fget), (&state.set, fset), (&state.delete, fdel), (&state.doc, own_doc)];
            for (field, value) in fields {
                match value {
                    Some(value) => field.set_in(cx, header, cx.get(value)),
                    None => field.clear(&header.write(cx)),
                }
            }
            match of_getter {
                Some(_) => state.doc_of_getter.set_in(cx, header, Value::TRUE),
                None => state.doc_of_getter.clear(&header.write(cx)),
            }
            if exact {
                return Ok(());
            }
            // The class has a `__doc__` of its own, which hides that of the property.
            let doc = doc.unwrap_or_else(|| cx.root(Value::NONE));
            match attr::set_attr(cx, self_, key, doc) {
                Err(raised) if of_getter.is_none() => cx.catch(raised, Builtin::AttributeError).map(|_| ()),
                done => done,
            }
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
        raw fn __set_name__(cx, args) -> () {
            let (args, _) = args.into_slots(cx);
            let given = args.len() - 1;
            if given != 2 {
                let message = format!("__set_name__() takes 2 positional arguments but {given} were given");
                return Err(cx.type_error(message));
            }
            let (state, header) = state::<Property>(cx, cx.get(args.get(0)), "property")?;
            state.name.set_in(cx, header, cx.get(args.get(2)));
            Ok(())
        }
        /// Refused.
        set fn fget(cx; _self: Value<'h>, _value: Option<Value<'h>> = None) -> () { Err(read_only(cx)) }
        /// Refused.
        set fn fset(cx; _self: Value<'h>, _value: Option<Value<'h>> = None) -> () { Err(read_only(cx)) }
        /// Refused.
        set fn fdel(cx; _self: Value<'h>, _value: Option<Value<'h>> = None) -> () { Err(read_only(cx)) }
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
            if let Some(name) = state.name.get(cx) {
                return Ok(cx.root(name));
            }
            let (getter, key) = (cx.root(state.get.get_or_none(cx)), cx.root(cx.name(Name::__name__)));
            let name = if cx.get(getter).is_none() { None } else { attr::get_attr_opt(cx, getter, key)? };
            name.ok_or_else(|| cx.raise(Builtin::AttributeError, "'property' object has no attribute '__name__'"))
        }
        /// Changes the name.
        set fn __name__(cx; self_: Value<'h>, value: Option<Value<'h>> = None) -> () {
            let (state, header) = state::<Property>(cx, self_, "property")?;
            match value {
                Some(value) => state.name.set_in(cx, header, value),
                None => state.name.clear(&header.write(cx)),
            }
            Ok(())
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

/// Gives a wrapper what tells about the function it wraps, as far as that has it.
fn copy_description(cx: &mut Ctx, wrapper: Slot, callable: Slot) -> Res<()> {
    for name in [Name::__module__, Name::__name__, Name::__qualname__, Name::__doc__] {
        let key = cx.root(cx.name(name));
        if let Some(value) = attr::get_attr_opt(cx, callable, key)? {
            attr::set_attr(cx, wrapper, key, value)?;
        }
    }
    Ok(())
}

/// What a wrapper keeps under a name, or else the function it wraps has, which it then keeps.
fn of_callable(cx: &mut Ctx, wrapper: Slot, callable: Slot, name: Name) -> Res<Slot> {
    let own = attr::find::with_attrs(cx.get(wrapper)).and_then(|header| instance::get_own(cx, header, cx.name(name)));
    if let Some(own) = own {
        return Ok(cx.root(own));
    }
    let value = attr::get_attr_name(cx, callable, name)?;
    if let Some(header) = attr::find::with_attrs(cx.get(wrapper)) {
        instance::set_own(cx, header, cx.name(name), cx.get(value));
    }
    Ok(value)
}

/// Keeps a value under a name in a wrapper, or keeps none.
fn set_beside(cx: &Ctx, wrapper: Value<'_>, kind: &str, name: Name, value: Option<Value<'_>>) -> Res<()> {
    let done = attr::find::with_attrs(wrapper).is_some_and(|header| match value {
        Some(value) => {
            instance::set_own(cx, header, cx.name(name), value);
            true
        }
        None => instance::delete_own(cx, header, cx.name(name)),
    });
    let text = cx.name(name).as_str().unwrap_or_default();
    let missing = || format!("'{kind}' object has no attribute '{text}'");
    if done { Ok(()) } else { Err(cx.raise(Builtin::AttributeError, missing())) }
}

macro_rules! wrapper_methods {
    ($table:ident $state:ident $builtin:ident $text:literal) => {
        natives! {
            pub static $table = {
                /// Create a method that wraps nothing yet.
                static raw fn __new__(cx, args) -> Slot {
                    let birth = args.class(cx).birth().0;
                    let method = $state::alloc(cx, birth, Value::NONE);
                    Ok(cx.root(method))
                }
                /// Wrap a function.
                raw fn __init__(cx, args) -> () {
                    let args = Args::constructor(args, cx, $text, 1, 1)?;
                    let (state, header) = state::<$state>(cx, cx.get(args.get(0)), $text)?;
                    state.callable.set_in(cx, header, cx.get(args.get(1)));
                    copy_description(cx, args.get(0), args.get(1))
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
                /// The function's annotations.
                get call fn __annotations__(cx; self_: Slot) -> Slot {
                    let callable = state::<$state>(cx, cx.get(self_), $text)?.0.callable.get_or_none(cx);
                    let callable = cx.root(callable);
                    of_callable(cx, self_, callable, Name::__annotations__)
                }
                /// Changes the annotations here, or takes the function's again.
                set fn __annotations__(cx; self_: Value<'h>, value: Option<Value<'h>> = None) -> () {
                    set_beside(cx, self_, $text, Name::__annotations__, value)
                }
                /// The function that computes the annotations.
                get call fn __annotate__(cx; self_: Slot) -> Slot {
                    let callable = state::<$state>(cx, cx.get(self_), $text)?.0.callable.get_or_none(cx);
                    let callable = cx.root(callable);
                    of_callable(cx, self_, callable, Name::__annotate__)
                }
                /// Changes that function here, or takes the function's again.
                set fn __annotate__(cx; self_: Value<'h>, value: Option<Value<'h>> = None) -> () {
                    set_beside(cx, self_, $text, Name::__annotate__, value)
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
