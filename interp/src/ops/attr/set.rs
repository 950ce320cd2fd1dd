//! Assigning and deleting attributes.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::ops::attr::find::{find_own, is_data_descriptor, is_descriptor, with_attrs};
use crate::ops::attr::get::{canonicalise, overridden};
use crate::ops::attr::missing::{missing, raise_attribute_error};
use crate::ops::attr::special::call_special;
use crate::types::class::Class;
use crate::types::descriptor::{GetSet, Kept, Member, Property};
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::function::NativeFunction;
use crate::types::instance;
use crate::types::module::Module;
use crate::value::Value;

/// `o.name = value`.
pub fn set_attr(cx: &mut Ctx, o: Slot, name: Slot, value: Slot) -> Res<()> {
    intern(cx, name);
    if overridden(cx, o, Name::__setattr__) {
        return call_special(cx, o, Name::__setattr__, &[name, value]).map(|_| ());
    }
    set_default(cx, o, name, Some(value))
}

/// `del o.name`.
pub fn del_attr(cx: &mut Ctx, o: Slot, name: Slot) -> Res<()> {
    canonicalise(cx, name);
    if overridden(cx, o, Name::__delattr__) {
        return call_special(cx, o, Name::__delattr__, &[name]).map(|_| ());
    }
    set_default(cx, o, name, None)
}

fn intern(cx: &Ctx, name: Slot) {
    canonicalise(cx, name);
    if let Some(text) = cx.get(name).as_str() {
        cx.set(name, cx.intern(text));
    }
}

/// `object.__setattr__` and `object.__delattr__` and their likes; no value means delete.
pub fn set_default(cx: &mut Ctx, o: Slot, name: Slot, value: Option<Slot>) -> Res<()> {
    if value.is_some() {
        intern(cx, name);
    } else {
        canonicalise(cx, name);
    }
    let in_class = cx.class_of(cx.get(o)).lookup(cx, cx.get(name));
    if let Some(descriptor) = in_class.filter(|attr| is_data_descriptor(cx, *attr)) {
        let descriptor = cx.root(descriptor);
        return set_through(cx, descriptor, o, name, value);
    }
    if cx.get(o).cast::<Class>().is_some() {
        return set_on_class(cx, o, name, value);
    }
    set_own(cx, o, name, value)
}

/// Assigns or deletes through a data descriptor.
fn set_through(cx: &mut Ctx, descriptor: Slot, o: Slot, name: Slot, value: Option<Slot>) -> Res<()> {
    let attr = cx.get(descriptor);
    if let Some(property) = attr.native::<Property>()
        && !overridden(cx, descriptor, Name::__set__)
    {
        let (accessor, what) = if value.is_some() { (&property.set, "setter") } else { (&property.delete, "deleter") };
        let Some(function) = accessor.get(cx).filter(|f| !f.is_none()) else {
            return Err(property.no_accessor(cx, cx.get(o), what));
        };
        let function = cx.root(function);
        return match value {
            Some(value) => cx.call(function, &[o, value]),
            None => cx.call(function, &[o]),
        }
        .map(|_| ());
    }
    if let Some(getset) = attr.native::<GetSet>() {
        let Some(setter) = getset.setter.get(cx) else { return Err(getset.read_only(cx)) };
        // A setter that can do without a value deletes.
        let deletes = || {
            let params = setter.cast::<NativeFunction>().map_or(&[][..], |function| function.def.params);
            params.get(1).is_some_and(|value| !value.required)
        };
        if value.is_none() && !deletes() {
            let name = getset.name;
            let owner = getset.owner.get(cx).and_then(Value::cast::<Class>);
            let of_exceptions = owner.is_some_and(|owner| owner.is(Builtin::BaseException));
            return Err(cx.type_error(match (of_exceptions, name) {
                (true, "__suppress_context__") => "can't delete numeric/char attribute".to_owned(),
                (true, _) => format!("{name} may not be deleted"),
                (false, _) => format!("cannot delete {name} attribute"),
            }));
        }
        let setter = cx.root(setter);
        let args = [Some(o), value];
        return cx.call(setter, &args.into_iter().flatten().collect::<Vec<_>>()).map(|_| ());
    }
    if let Some(member) = attr.native::<Member>() {
        if member.kept != Kept::Own {
            return Err(cx.raise(Builtin::AttributeError, "readonly attribute"));
        }
        let Some(header) = with_attrs(cx.get(o)) else { return Err(missing(cx, o, name)) };
        let header = instance::slots_of(cx, header);
        return match value {
            Some(value) => {
                instance::set_own(cx, header, cx.get(name), cx.get(value));
                Ok(())
            }
            None if instance::delete_own(cx, header, cx.get(name)) => Ok(()),
            None => Err(raise_attribute_error(cx, cx.get(name).as_str().unwrap_or_default(), o, name)),
        };
    }
    let done = match value {
        Some(value) => call_special(cx, descriptor, Name::__set__, &[o, value])?,
        None => call_special(cx, descriptor, Name::__delete__, &[o])?,
    };
    if done.is_some() {
        return Ok(());
    }
    let wanted = if value.is_some() { "__set__" } else { "__delete__" };
    Err(raise_attribute_error(cx, wanted, o, name))
}

/// Assigns or deletes an attribute of a class.
fn set_on_class(cx: &mut Ctx, o: Slot, name: Slot, value: Option<Slot>) -> Res<()> {
    let Some(class) = cx.get(o).cast::<Class>() else { return Ok(()) };
    let text = cx.get(name).as_str().unwrap_or_default();
    if !class.flags().heap {
        let message = format!("cannot set '{text}' attribute of immutable type '{}'", class.name(cx));
        return Err(cx.type_error(message));
    }
    let old = class.names(cx).get_name(cx, cx.get(name));
    let special = text.starts_with("__") && text.ends_with("__");
    let structural = match (old, value.map(|value| cx.get(value))) {
        (Some(old), Some(new)) => special || is_descriptor(cx, old) || is_descriptor(cx, new),
        _ => true,
    };
    if old.is_none() && value.is_none() {
        return Err(missing(cx, o, name));
    }
    let change = |cx: &Ctx| {
        let Some(class) = cx.get(o).cast::<Class>() else { return };
        match value {
            Some(value) => class.names(cx).set_name(cx, cx.get(name), cx.get(value)),
            None => {
                let removed = class.names(cx).remove(cx, cx.get(name));
                debug_assert!(removed.is_ok(), "a name is a string");
            }
        }
    };
    if text == "__del__" {
        class.note_finaliser(cx);
    }
    if structural {
        crate::vm::change_class(cx, o, change);
    } else {
        change(cx);
    }
    Ok(())
}

/// Assigns or deletes an attribute of the object itself.
fn set_own(cx: &mut Ctx, o: Slot, name: Slot, value: Option<Slot>) -> Res<()> {
    let object = cx.get(o);
    let dict = own_dict(cx, object, value.is_some());
    if let Some(dict) = dict {
        return match value {
            Some(value) => {
                dict.set_name(cx, cx.get(name), cx.get(value));
                Ok(())
            }
            None if matches!(dict.remove(cx, cx.get(name)), Ok(Some(_))) => Ok(()),
            None => {
                let (class, text) = (cx.type_name(object), cx.get(name).as_str().unwrap_or_default());
                Err(raise_attribute_error(cx, &format!("'{class}' object has no attribute '{text}'"), o, name))
            }
        };
    }
    let has_dict = cx.class_of(object).flags().has_dict;
    match (with_attrs(object).filter(|_| has_dict), value) {
        (Some(header), Some(value)) => instance::set_own(cx, header, cx.get(name), cx.get(value)),
        (Some(header), None) if instance::delete_own(cx, header, cx.get(name)) => {}
        (Some(_), None) if find_own(cx, object, cx.get(name)).is_none() => return Err(missing(cx, o, name)),
        _ => return Err(unassignable(cx, o, name)),
    }
    Ok(())
}

/// The dict in which modules and functions keep their attributes.
fn own_dict<'h>(cx: &'h Ctx, object: Value<'h>, make: bool) -> Option<&'h Dict> {
    if let Some(module) = object.cast::<Module>() {
        return Some(module.names(cx));
    }
    object.cast::<Function>()?.own_dict(cx, make)
}

fn unassignable(cx: &mut Ctx, o: Slot, name: Slot) -> Raised {
    let object = cx.get(o);
    let (class, text) = (cx.type_name(object), cx.get(name).as_str().unwrap_or_default());
    let message = if cx.class_of(object).lookup(cx, cx.get(name)).is_some() {
        format!("'{class}' object attribute '{text}' is read-only")
    } else {
        format!("'{class}' object has no attribute '{text}' and no __dict__ for setting new attributes")
    };
    crate::types::exception::details::raise(
        cx,
        Builtin::AttributeError,
        &message,
        &[("name", cx.get(name)), ("obj", object)],
    )
}
