//! How `copy` and `pickle` take built-in objects apart that `object.__reduce_ex__` would not, or not well.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::ops::attr::{get_attr, get_attr_opt, set_attr};
use crate::types::bytearray::ByteArray;
use crate::types::class::Class;
use crate::types::complex::Complex;
use crate::types::dict::Dict;
use crate::types::exception::{Exception, details};
use crate::types::function::{BoundMethod, NativeFunction, is_callable};
use crate::types::list::List;
use crate::types::set::Set;
use crate::value::Value;

/// The attributes of an object's own, or None if there are none.
fn own_state(cx: &mut Ctx, object: Slot) -> Res<Slot> {
    let key = cx.root(cx.name(Name::__dict__));
    let dict = get_attr_opt(cx, object, key)?;
    let full = dict.filter(|dict| cx.get(*dict).cast::<Dict>().is_some_and(|dict| !dict.is_empty(cx)));
    Ok(full.unwrap_or_else(|| cx.root(Value::NONE)))
}

/// The class of an object, what to call it with, and the object's state.
fn class_with<'h>(cx: &'h Ctx, object: Slot, args: &[Value<'h>], state: Slot) -> Value<'h> {
    let class = Value::of(cx.class_of(cx.get(object)));
    cx.tuple(&[class, cx.tuple(args), cx.get(state)])
}

/// `getattr(object, name)`, for whoever makes it anew.
fn by_getattr<'h>(cx: &'h Ctx, object: Value<'h>, name: &str) -> Value<'h> {
    let getattr = cx.interp().builtins(cx).names(cx).get_name(cx, cx.intern("getattr"));
    cx.tuple(&[getattr.unwrap_or(Value::NONE), cx.tuple(&[object, cx.intern(name)])])
}

/// The arguments that make an exception anew: an OSError's with the names of its files.
fn exception_args<'h>(cx: &'h Ctx, exception: &'h Exception) -> Value<'h> {
    let args = exception.args(cx);
    let detail = |name: &str| details::get(cx, exception, name);
    if args.len() != 2 || !cx.is_instance(Value::of(exception), Builtin::OSError) || detail("filename").is_none() {
        return Value::of(args);
    }
    let mut all: Vec<Value<'h>> = args.iter(cx).chain([detail("filename")]).collect();
    if !detail("filename2").is_none() {
        all.extend([Value::NONE, detail("filename2")]);
    }
    cx.tuple(&all)
}

/// Names that an ImportError's state has beside its attributes.
const IMPORT_DETAILS: [&str; 3] = ["name", "path", "name_from"];

fn exception_state(cx: &mut Ctx, exception: Slot) -> Res<Slot> {
    let state = own_state(cx, exception)?;
    let cx = &*cx;
    let Some(error) = cx.get(exception).cast::<Exception>() else { return Ok(state) };
    if !cx.is_instance(Value::of(error), Builtin::ImportError) {
        return Ok(state);
    }
    let set = IMPORT_DETAILS.map(|name| (name, details::get(cx, error, name)));
    if set.iter().all(|(_, value)| value.is_none()) {
        return Ok(state);
    }
    let names = Dict::alloc(cx);
    for (name, value) in cx.get(state).cast::<Dict>().into_iter().flat_map(|dict| dict.iter(cx)) {
        names.set_name(cx, name, value);
    }
    for (name, value) in set.into_iter().filter(|(_, value)| !value.is_none()) {
        names.set_name(cx, cx.intern(name), value);
    }
    Ok(cx.root(Value::of(names)))
}

natives! {
    /// For exceptions.
    pub static EXCEPTION = {
        /// Helper for pickle.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let state = exception_state(cx, self_)?;
            let cx = &*cx;
            let Some(exception) = cx.get(self_).cast::<Exception>() else { return Ok(state) };
            let (class, args) = (Value::of(cx.class_of(cx.get(self_))), exception_args(cx, exception));
            let state = cx.get(state);
            Ok(cx.root(if state.is_none() { cx.tuple(&[class, args]) } else { cx.tuple(&[class, args, state]) }))
        }
        /// Sets the attributes that a dict names.
        call fn __setstate__(cx; self_: Slot, state: Slot) -> () {
            if cx.get(state).is_none() {
                return Ok(());
            }
            let Some(dict) = cx.get(state).cast::<Dict>() else { return Err(cx.type_error("state is not a dictionary")) };
            let pairs: Vec<_> = dict.iter(cx).map(|(name, value)| (cx.root(name), cx.root(value))).collect();
            for (name, value) in pairs {
                set_attr(cx, self_, name, value)?;
            }
            Ok(())
        }
    }
}

natives! {
    /// For sets.
    pub static SET = {
        /// Return state information for pickling.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let state = cx.call_method(self_, Name::__getstate__, &[])?;
            let cx = &*cx;
            let elements: Vec<_> = cx.get(self_).cast::<Set>().into_iter().flat_map(|set| set.iter(cx)).collect();
            let elements = Value::of(List::from_values(cx, &elements));
            Ok(cx.root(class_with(cx, self_, &[elements], state)))
        }
    }
}

natives! {
    /// For bytearrays.
    pub static BYTEARRAY = {
        /// Return state information for pickling.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let state = cx.call_method(self_, Name::__getstate__, &[])?;
            let cx = &*cx;
            let text = ByteArray::contents(cx.get(self_)).map_or(String::new(), |b| b.iter().map(|&b| b as char).collect());
            Ok(cx.root(class_with(cx, self_, &[cx.str(&text), cx.str("latin-1")], state)))
        }
        /// Return state information for pickling.
        call fn __reduce_ex__(cx; self_: Slot, proto: i64 = 0) -> Slot {
            if proto < 3 {
                return cx.call_method(self_, Name::__reduce__, &[]);
            }
            let state = cx.call_method(self_, Name::__getstate__, &[])?;
            let cx = &*cx;
            let bytes = ByteArray::contents(cx.get(self_)).map_or_else(Vec::new, |bytes| bytes.into_owned());
            Ok(cx.root(class_with(cx, self_, &[cx.bytes(&bytes)], state)))
        }
    }
}

natives! {
    /// For bytes.
    pub static BYTES = {
        fn __getnewargs__(cx; self_: &'h [u8]) -> Value<'h> { Ok(cx.tuple(&[cx.bytes(self_)])) }
    }
}

natives! {
    /// For complex numbers.
    pub static COMPLEX = {
        fn __getnewargs__(cx; self_: &'h Complex) -> Value<'h> {
            Ok(cx.tuple(&[cx.float(self_.re), cx.float(self_.im)]))
        }
    }
}

natives! {
    /// For ranges and slices.
    pub static BOUNDS = {
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let mut bounds = Vec::new();
            for name in ["start", "stop", "step"] {
                let name = cx.root(cx.intern(name));
                bounds.push(get_attr(cx, self_, name)?);
            }
            let cx = &*cx;
            let bounds: Vec<_> = bounds.into_iter().map(|bound| cx.get(bound)).collect();
            Ok(cx.root(cx.tuple(&[Value::of(cx.class_of(cx.get(self_))), cx.tuple(&bounds)])))
        }
    }
}

natives! {
    /// For native functions and methods of objects.
    pub static NATIVE = {
        fn __reduce__(cx; self_: Value<'h>) -> Value<'h> {
            let bound = self_.cast::<BoundMethod>();
            let function = bound.map_or(self_, |bound| bound.function.get_or_none(cx));
            let Some(function) = function.cast::<NativeFunction>() else { return Ok(Value::NONE) };
            let name = function.def.name();
            Ok(match bound.map(|bound| bound.receiver.get_or_none(cx)) {
                Some(receiver) => by_getattr(cx, receiver, name),
                None => match function.owner.get(cx).filter(|owner| owner.cast::<Class>().is_some()) {
                    Some(class) => by_getattr(cx, class, name),
                    None => cx.str(name),
                },
            })
        }
    }
}

natives! {
    /// For bound methods, which scripts can also make.
    pub static METHOD = {
        /// Create a bound instance method object.
        static fn __new__(cx; _cls: Value<'h>, function: Value<'h>, instance: Value<'h>) -> Value<'h> {
            if !is_callable(cx, function) {
                return Err(cx.type_error("first argument must be callable"));
            }
            if instance.is_none() {
                return Err(cx.type_error("instance must not be None"));
            }
            Ok(BoundMethod::alloc(cx, function, instance))
        }
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let key = cx.root(cx.name(Name::__name__));
            let name = get_attr(cx, self_, key)?;
            let cx = &*cx;
            let Some(method) = cx.get(self_).cast::<BoundMethod>() else { return Ok(name) };
            let text = cx.get(name).as_str().unwrap_or_default();
            Ok(cx.root(by_getattr(cx, method.receiver.get_or_none(cx), text)))
        }
    }
}
