//! How `copy` and `pickle` take any object apart: `object.__reduce_ex__` and its likes.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::object::Kind;
use crate::ops::attr::{get_attr, get_attr_opt};
use crate::ops::{item, iter};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// From this protocol on, objects are made by `__new__`.
const WITH_NEW: i64 = 2;

/// A name of the module `copyreg`.
fn of_copyreg(cx: &mut Ctx, name: &str) -> Res<Slot> {
    let module = (cx.interp().hooks.import_module)(cx, "copyreg")?;
    let name = cx.root(cx.intern(name));
    get_attr(cx, module, name)
}

fn cannot_pickle(cx: &Ctx, object: Slot) -> Raised {
    cx.type_error(format!("cannot pickle '{}' object", cx.type_name(cx.get(object))))
}

/// Whether the class of an object says otherwise than `object` how a method works.
fn overrides(cx: &Ctx, object: Slot, name: Name) -> bool {
    let name = cx.name(name);
    cx.class_of(cx.get(object)).lookup(cx, name) != cx.class(Builtin::Object).lookup(cx, name)
}

/// The names of the slots that the class of an object and its bases define.
fn slot_names(cx: &mut Ctx, object: Slot) -> Res<Vec<Slot>> {
    let class = cx.root(Value::of(cx.class_of(cx.get(object))));
    if cx.get(class).cast::<Class>().is_some_and(Class::is_builtin) {
        return Ok(Vec::new());
    }
    let function = of_copyreg(cx, "_slotnames")?;
    let names = cx.call(function, &[class])?;
    let names = cx.get(names).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    Ok(names.into_iter().map(|name| cx.root(name)).collect())
}

/// What `object.__getstate__` gives: the attributes, in a dict of their own or in slots. `whole` says that the object must
/// have no other state.
fn default_state(cx: &mut Ctx, object: Slot, whole: bool) -> Res<Slot> {
    if whole && cx.get(object).kind() != Some(Kind::Instance) {
        return Err(cannot_pickle(cx, object));
    }
    let key = cx.root(cx.name(Name::__dict__));
    let dict = get_attr_opt(cx, object, key)?;
    let is_empty = |dict: &Slot| cx.get(*dict).cast::<Dict>().is_some_and(|dict| dict.is_empty(cx));
    let state = dict.filter(|dict| !is_empty(dict)).unwrap_or_else(|| cx.root(Value::NONE));
    let slots = cx.root(Value::of(Dict::alloc(cx)));
    for name in slot_names(cx, object)? {
        if let Some(value) = get_attr_opt(cx, object, name)? {
            item::set_item(cx, slots, name, value)?;
        }
    }
    if cx.get(slots).cast::<Dict>().is_none_or(|slots| slots.is_empty(cx)) {
        return Ok(state);
    }
    Ok(cx.root(cx.tuple(&[cx.get(state), cx.get(slots)])))
}

fn state_of(cx: &mut Ctx, object: Slot, whole: bool) -> Res<Slot> {
    if overrides(cx, object, Name::__getstate__) {
        return cx.call_method(object, Name::__getstate__, &[]);
    }
    default_state(cx, object, whole)
}

/// The arguments of `__new__` that an object names, by position and by name.
fn new_arguments(cx: &mut Ctx, object: Slot) -> Res<Option<(Slot, Slot)>> {
    let none = cx.root(Value::NONE);
    let key = cx.root(cx.name(Name::__getnewargs_ex__));
    if let Some(method) = get_attr_opt(cx, object, key)? {
        let both = cx.call(method, &[])?;
        let Some(pair) = cx.get(both).cast::<Tuple>() else {
            let got = cx.type_name(cx.get(both));
            return Err(cx.type_error(format!("__getnewargs_ex__ should return a tuple, not '{got}'")));
        };
        if pair.len() != 2 {
            let given = pair.len();
            return Err(cx.value_error(format!("__getnewargs_ex__ should return a tuple of length 2, not {given}")));
        }
        let parts = cx.root_all(pair.iter(cx));
        let (args, named) = (parts.get(0), parts.get(1));
        if cx.get(args).cast::<Tuple>().is_none() {
            let got = cx.type_name(cx.get(args));
            let message = format!("first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '{got}'");
            return Err(cx.type_error(message));
        }
        if cx.get(named).cast::<Dict>().is_none() {
            let got = cx.type_name(cx.get(named));
            let message = format!("second item of the tuple returned by __getnewargs_ex__ must be a dict, not '{got}'");
            return Err(cx.type_error(message));
        }
        return Ok(Some((args, named)));
    }
    let key = cx.root(cx.name(Name::__getnewargs__));
    let Some(method) = get_attr_opt(cx, object, key)? else { return Ok(None) };
    let args = cx.call(method, &[])?;
    if cx.get(args).cast::<Tuple>().is_none() {
        let got = cx.type_name(cx.get(args));
        return Err(cx.type_error(format!("__getnewargs__ should return a tuple, not '{got}'")));
    }
    Ok(Some((args, none)))
}

/// What makes an object anew with `__new__`.
fn by_new(cx: &mut Ctx, object: Slot) -> Res<Slot> {
    let arguments = new_arguments(cx, object)?;
    let (is_list, is_dict) = {
        let value = cx.get(object);
        (value.cast::<List>().is_some(), value.cast::<Dict>().is_some())
    };
    let state = state_of(cx, object, arguments.is_none() && !is_list && !is_dict)?;
    let names = arguments.and_then(|(_, named)| cx.get(named).cast::<Dict>()).is_some_and(|named| !named.is_empty(cx));
    let make = of_copyreg(cx, if names { "__newobj_ex__" } else { "__newobj__" })?;
    let class = cx.root(Value::of(cx.class_of(cx.get(object))));
    let how = match arguments {
        Some((args, named)) if names => cx.root(cx.tuple(&[class, args, named].map(|part| cx.get(part)))),
        _ => {
            let given = arguments.and_then(|(args, _)| cx.get(args).cast::<Tuple>());
            let rest = given.into_iter().flat_map(|args| args.iter(cx));
            let all: Vec<_> = std::iter::once(cx.get(class)).chain(rest).collect();
            cx.root(cx.tuple(&all))
        }
    };
    let none = cx.root(Value::NONE);
    let items = if is_list { iter::iter(cx, object)? } else { none };
    let pairs = match is_dict {
        true => {
            let pairs = cx.call_method(object, Name::items, &[])?;
            iter::iter(cx, pairs)?
        }
        false => none,
    };
    Ok(cx.root(cx.tuple(&[make, how, state, items, pairs].map(|part| cx.get(part)))))
}

fn reduce(cx: &mut Ctx, object: Slot, protocol: i64) -> Res<Slot> {
    if protocol >= WITH_NEW {
        return by_new(cx, object);
    }
    let function = of_copyreg(cx, "_reduce_ex")?;
    let protocol = cx.root(cx.int(protocol));
    cx.call(function, &[object, protocol])
}

natives! {
    /// Methods of `object` for `copy` and `pickle`.
    pub static METHODS = {
        /// Helper for pickle.
        call fn __reduce__(cx; self_: Slot) -> Slot { reduce(cx, self_, 0) }
        /// Helper for pickle.
        call fn __reduce_ex__(cx; self_: Slot, protocol: i64) -> Slot {
            if overrides(cx, self_, Name::__reduce__) {
                return cx.call_method(self_, Name::__reduce__, &[]);
            }
            reduce(cx, self_, protocol)
        }
        /// Helper for pickle.
        call fn __getstate__(cx; self_: Slot) -> Slot { default_state(cx, self_, false) }
    }
}
