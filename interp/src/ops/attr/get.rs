//! Reading attributes.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::find::{Bound, Place, bind_found, canonical, find};
use crate::ops::attr::missing::missing;
use crate::ops::attr::special::call_special;
use crate::types::class::Class;
use crate::types::function::{BoundMethod, Function, NativeFunction};
use crate::types::module::Module;
use crate::value::Value;

/// `o.name`.
pub fn get_attr(cx: &mut Ctx, o: Slot, name: Slot) -> Res<Slot> {
    match get_attr_opt_raising(cx, o, name)? {
        Some(value) => Ok(value),
        None => Err(missing(cx, o, name)),
    }
}

/// `o.name` for a name known at compile time.
pub fn get_attr_name(cx: &mut Ctx, o: Slot, name: Name) -> Res<Slot> {
    let name = cx.root(cx.name(name));
    get_attr(cx, o, name)
}

/// `o.name`, or `None` where reading it raises AttributeError.
pub fn get_attr_opt(cx: &mut Ctx, o: Slot, name: Slot) -> Res<Option<Slot>> {
    match get_attr_opt_raising(cx, o, name) {
        Ok(found) => Ok(found),
        Err(raised) => {
            cx.catch(raised, Builtin::AttributeError)?;
            Ok(None)
        }
    }
}

/// `getattr(o, name, default)`.
pub fn get_attr_default(cx: &mut Ctx, o: Slot, name: Slot, default: Slot) -> Res<Slot> {
    Ok(get_attr_opt(cx, o, name)?.unwrap_or(default))
}

/// `o.name`; `None` where nothing has it and nothing was raised.
fn get_attr_opt_raising(cx: &mut Ctx, o: Slot, name: Slot) -> Res<Option<Slot>> {
    canonicalise(cx, name);
    let found = match overridden(cx, o, Name::__getattribute__) {
        true => call_special(cx, o, Name::__getattribute__, &[name]),
        false => get_default(cx, o, name),
    };
    let hook = |cx: &Ctx| -> bool { has_fallback(cx, cx.get(o)) };
    match found {
        Ok(Some(value)) => Ok(Some(value)),
        Ok(None) if is_unplaced(cx, o, name) => {
            (cx.interp().hooks.place_module)(cx, o)?;
            get_default(cx, o, name)
        }
        Ok(None) if hook(cx) => call_fallback(cx, o, name).map(Some),
        Ok(None) => Ok(None),
        Err(raised) if hook(cx) => {
            cx.catch(raised, Builtin::AttributeError)?;
            call_fallback(cx, o, name).map(Some)
        }
        Err(raised) => Err(raised),
    }
}

/// Replaces what a slot holds by the interned name.
pub(super) fn canonicalise(cx: &Ctx, name: Slot) {
    cx.set(name, canonical(cx, cx.get(name)));
}

/// Whether a class defined in the language replaces one of the attribute hooks of `object`, `type` and so on, as proxies do too.
pub(super) fn overridden(cx: &Ctx, o: Slot, hook: Name) -> bool {
    let class = cx.class_of(cx.get(o));
    let found = class.special(cx, hook);
    found.is_some_and(|function| function.kind() != Some(Kind::NativeFunction) || is_proxy(class))
}

/// Whether instances are weak proxies.
pub(crate) fn is_proxy(class: &Class) -> bool {
    class.is(Builtin::WeakProxy) || class.is(Builtin::CallableWeakProxy)
}

/// Whether there is a `__getattr__`, in the class or (for a module) in the name space.
fn has_fallback(cx: &Ctx, object: Value<'_>) -> bool {
    cx.class_of(object).special(cx, Name::__getattr__).is_some() || module_fallback(cx, object).is_some()
}

/// Whether this asks a module for what it gets when it is first asked for: where it came from.
fn is_unplaced(cx: &Ctx, object: Slot, name: Slot) -> bool {
    let name = cx.get(name);
    cx.get(object).cast::<Module>().is_some() && [Name::__spec__, Name::__loader__].iter().any(|n| cx.name(*n) == name)
}

fn module_fallback<'h>(cx: &'h Ctx, object: Value<'h>) -> Option<Value<'h>> {
    object.cast::<Module>()?.names(cx).get_name(cx, cx.name(Name::__getattr__))
}

fn call_fallback(cx: &mut Ctx, o: Slot, name: Slot) -> Res<Slot> {
    if let Some(value) = call_special(cx, o, Name::__getattr__, &[name])? {
        return Ok(value);
    }
    let function = cx.root(module_fallback(cx, cx.get(o)).unwrap_or(Value::NONE));
    cx.call(function, &[name])
}

/// `object.__getattribute__(o, name)` and its likes: `None` where nothing has it. The name is canonical.
pub fn get_default(cx: &mut Ctx, o: Slot, name: Slot) -> Res<Option<Slot>> {
    let place = find(cx, cx.get(o), cx.get(name));
    let beyond = matches!(place, Place::Beyond(_));
    let found = place.bind(cx, cx.get(name));
    // Rooting what was found ends the borrow.
    let (callee, first, second, third) = match found {
        Bound::Missing => return Ok(None),
        Bound::Raised(raised) => return Err(raised),
        Bound::Value(value) => return Ok(Some(cx.root(value))),
        Bound::Getter(getter) => (cx.root(getter), if beyond { receiver_of(cx, o) } else { o }, None, None),
        Bound::Descriptor { get, descriptor, object, owner } => {
            (cx.root(get), cx.root(descriptor), Some(cx.root(object)), Some(cx.root(owner)))
        }
    };
    match (second, third) {
        (Some(object), Some(owner)) => cx.call(callee, &[first, object, owner]).map(Some),
        _ => cx.call(callee, &[first]).map(Some),
    }
}

/// The object that a getter found beyond `o` is called with: `super()` stands for its object, a method for its function.
fn receiver_of(cx: &Ctx, o: Slot) -> Slot {
    if let Some(method) = cx.get(o).cast::<BoundMethod>() {
        return cx.root(method.function.get_or_none(cx));
    }
    match cx.get(o).native::<crate::types::super_object::Super>() {
        Some(super_) => cx.root(super_.object.get_or_none(cx)),
        None => o,
    }
}

/// A class attribute, seen from the instance `o`.
pub fn bind(cx: &mut Ctx, found: Slot, o: Slot) -> Res<Slot> {
    let (object, attr) = (cx.get(o), cx.get(found));
    let bound = bind_found(cx, attr, Some(object), cx.class_of(object), Value::NONE);
    match bound {
        Bound::Missing => Ok(found),
        Bound::Raised(raised) => Err(raised),
        Bound::Value(value) => Ok(cx.root(value)),
        Bound::Getter(getter) => {
            let getter = cx.root(getter);
            cx.call(getter, &[o])
        }
        Bound::Descriptor { get, descriptor, object, owner } => {
            let args = [cx.root(descriptor), cx.root(object), cx.root(owner)];
            let get = cx.root(get);
            cx.call(get, &args)
        }
    }
}

/// `o.name` to be called at once. Where that is a function to be called with `o` first, puts both into the slots and returns
/// true; otherwise puts what is to be called into `function`.
pub fn load_method(cx: &mut Ctx, o: Slot, name: Slot, function: Slot, receiver: Slot) -> Res<bool> {
    let value = get_attr(cx, o, name)?;
    let value = cx.get(value);
    if let Some(method) = value.cast::<BoundMethod>() {
        let (callee, first) = (method.function.get_or_none(cx), method.receiver.get_or_none(cx));
        if callee.cast::<Function>().is_some() || callee.cast::<NativeFunction>().is_some() {
            cx.set(function, callee);
            cx.set(receiver, first);
            return Ok(true);
        }
    }
    cx.set(function, value);
    Ok(false)
}
