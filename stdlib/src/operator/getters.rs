//! `itemgetter`, `attrgetter` and `methodcaller`.

use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::import::import_module;
use argil_interp::library::NativeClass;
use argil_interp::native::Args;
use argil_interp::object::Field;
use argil_interp::ops::repr::{self, repr};
use argil_interp::ops::{attr, item};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_interp::{native_of_fields, natives};

use crate::classes::finish_class;

/// Defines the classes.
pub fn define(cx: &mut Ctx, module: Slot) -> Res<()> {
    let methods = [ITEM_GETTER];
    let class = cx.define_native_class::<ItemGetter>(module, &NativeClass::nameless("operator.itemgetter", &methods));
    finish_class(
        cx,
        module,
        class,
        "itemgetter",
        "Return a callable object that fetches the given item(s) from its operand.\n\
         After f = itemgetter(2), the call f(r) returns r[2].\n\
         After g = itemgetter(2, 5, 3), the call g(r) returns (r[2], r[5], r[3])",
    );
    let methods = [ATTR_GETTER];
    let class = cx.define_native_class::<AttrGetter>(module, &NativeClass::nameless("operator.attrgetter", &methods));
    finish_class(
        cx,
        module,
        class,
        "attrgetter",
        "Return a callable object that fetches the given attribute(s) from its operand.\n\
         After f = attrgetter('name'), the call f(r) returns r.name.\n\
         After g = attrgetter('name', 'date'), the call g(r) returns (r.name, r.date).\n\
         After h = attrgetter('name.first', 'name.last'), the call h(r) returns\n\
         (r.name.first, r.name.last).",
    );
    let methods = [METHOD_CALLER];
    let class =
        cx.define_native_class::<MethodCaller>(module, &NativeClass::nameless("operator.methodcaller", &methods));
    finish_class(
        cx,
        module,
        class,
        "methodcaller",
        "Return a callable object that calls the given method on its operand.\n\
         After f = methodcaller('name'), the call f(r) returns r.name().\n\
         After g = methodcaller('name', 'date', foo=1), the call g(r) returns\n\
         r.name('date', foo=1).",
    );
    Ok(())
}

/// The slots of a tuple in a field.
fn unpacked(cx: &Ctx, tuple: Option<Slot>) -> Slots {
    match tuple.and_then(|tuple| cx.get(tuple).cast::<Tuple>()) {
        Some(tuple) => cx.root_all(tuple.iter(cx)),
        None => cx.root_all([]),
    }
}

/// The arguments of a constructor: the class, then one or more, none of them named.
fn one_or_more(cx: &mut Ctx, args: Args<'_>, class: &str) -> Res<Slots> {
    if args.has_names() {
        return Err(cx.type_error(format!("{class}() takes no keyword arguments")));
    }
    let (args, _) = args.into_slots(cx);
    if args.len() < 2 {
        return Err(cx.type_error(format!("{class} expected 1 argument, got 0")));
    }
    Ok(args)
}

/// What a getter is called with: itself, then one argument.
fn operand(cx: &mut Ctx, args: Args<'_>, class: &str) -> Res<(Slot, Slot)> {
    if args.has_names() {
        return Err(cx.type_error(format!("{class}() takes no keyword arguments")));
    }
    let (args, _) = args.into_slots(cx);
    if args.len() != 2 {
        return Err(cx.type_error(format!("{class} expected 1 argument, got {}", args.len().saturating_sub(1))));
    }
    Ok((args.get(0), args.get(1)))
}

/// What several getters got: one value as it is, more in a tuple.
fn one_or_tuple(cx: &mut Ctx, parts: Slots, mut get: impl FnMut(&mut Ctx, Slot) -> Res<Slot>) -> Res<Slot> {
    if parts.len() == 1 {
        return get(cx, parts.get(0));
    }
    let values = cx.root_all(parts.iter().map(|_| Value::NONE));
    for (part, value) in parts.iter().zip(values.iter()) {
        let found = get(cx, part)?;
        cx.set(value, cx.get(found));
    }
    Ok(cx.root(cx.tuple_of(values)))
}

/// `operator.name(args)`, as the getters show themselves; keyword arguments come last.
fn shown(cx: &mut Ctx, this: Slot, parts: Slots, keywords: &[String]) -> Res<String> {
    let mut text = format!("{}(", cx.type_name(cx.get(this)));
    let plain = parts.len() - keywords.len();
    let whole = repr::guarded(cx, this, |cx| {
        for (place, part) in parts.iter().enumerate() {
            let part = repr(cx, part)?;
            let name = place.checked_sub(plain).map_or_else(String::new, |place| format!("{}=", keywords[place]));
            text += &format!("{}{name}{part}", if place > 0 { ", " } else { "" });
        }
        Ok(())
    })?;
    Ok(if whole { text + ")" } else { format!("{}(...)", cx.type_name(cx.get(this))) })
}

/// What makes an object anew: its class, and the arguments of that.
fn reduced(cx: &Ctx, this: Slot, args: Slots) -> Slot {
    let class = Value::of(cx.class_of(cx.get(this)));
    cx.root(cx.tuple(&[class, cx.tuple_of(args)]))
}

/// `itemgetter(*keys)`.
struct ItemGetter {
    keys: Field,
}

native_of_fields! { ItemGetter { keys } }

/// The keys of a getter, in slots.
fn keys(cx: &Ctx, this: Slot) -> Slots {
    unpacked(cx, cx.load(this, |getter: &ItemGetter| &getter.keys))
}

natives! {
    static ITEM_GETTER = {
        static raw fn __new__(cx, args) -> Slot {
            let args = one_or_more(cx, args, "itemgetter")?;
            let keys = Field::of(cx.root(cx.tuple_of(args.skip(1))));
            Ok(cx.new_native(args.get(0), ItemGetter { keys }))
        }

        raw fn __call__(cx, args) -> Slot {
            let (this, object) = operand(cx, args, "itemgetter")?;
            let keys = keys(cx, this);
            one_or_tuple(cx, keys, |cx, key| item::get_item(cx, object, key))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let keys = keys(cx, self_);
            shown(cx, self_, keys, &[])
        }

        /// Return state information for pickling
        call fn __reduce__(cx; self_: Slot) -> Slot { Ok(reduced(cx, self_, keys(cx, self_))) }
    }
}

/// `attrgetter(*names)`.
struct AttrGetter {
    /// The tuple of names.
    names: Field,
    /// For each a name, or a tuple of those that lead through several attributes.
    paths: Field,
}

native_of_fields! { AttrGetter { names, paths } }

/// The names of a getter, in slots.
fn names(cx: &Ctx, this: Slot) -> Slots {
    unpacked(cx, cx.load(this, |getter: &AttrGetter| &getter.names))
}

/// Gets one attribute, or goes through several.
fn follow(cx: &mut Ctx, object: Slot, path: Slot) -> Res<Slot> {
    if cx.get(path).cast::<Tuple>().is_none() {
        return attr::get_attr(cx, object, path);
    }
    let mut object = object;
    for part in unpacked(cx, Some(path)).iter() {
        object = attr::get_attr(cx, object, part)?;
    }
    Ok(object)
}

natives! {
    static ATTR_GETTER = {
        static raw fn __new__(cx, args) -> Slot {
            let args = one_or_more(cx, args, "attrgetter")?;
            let cx: &Ctx = cx;
            let names: Vec<_> = args.skip(1).iter().filter_map(|name| cx.get(name).as_str()).collect();
            if names.len() < args.len() - 1 {
                return Err(cx.type_error("attribute name must be a string"));
            }
            let paths: Vec<_> = names
                .iter()
                .map(|name| match name.contains('.') {
                    true => cx.tuple(&name.split('.').map(|part| cx.intern(part)).collect::<Vec<_>>()),
                    false => cx.intern(name),
                })
                .collect();
            let names: Vec<_> = names.iter().map(|name| cx.intern(name)).collect();
            let [names, paths] = [names, paths].map(|all| Field::of(cx.root(cx.tuple(&all))));
            Ok(cx.new_native(args.get(0), AttrGetter { names, paths }))
        }

        raw fn __call__(cx, args) -> Slot {
            let (this, object) = operand(cx, args, "attrgetter")?;
            let paths = cx.load(this, |getter: &AttrGetter| &getter.paths);
            let paths = unpacked(cx, paths);
            one_or_tuple(cx, paths, |cx, path| follow(cx, object, path))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let names = names(cx, self_);
            shown(cx, self_, names, &[])
        }

        /// Return state information for pickling
        call fn __reduce__(cx; self_: Slot) -> Slot { Ok(reduced(cx, self_, names(cx, self_))) }
    }
}

/// `methodcaller(name, *args, **kwargs)`.
struct MethodCaller {
    name: Field,
    args: Field,
    /// The names of the last arguments, or unset.
    keywords: Field,
}

native_of_fields! { MethodCaller { name, args, keywords } }

/// The name and the arguments of a caller, in slots; the names of the last arguments.
fn call_of(cx: &Ctx, this: Slot) -> (Slots, Vec<String>) {
    let name = cx.load(this, |caller: &MethodCaller| &caller.name).unwrap_or(this);
    let args = unpacked(cx, cx.load(this, |caller: &MethodCaller| &caller.args));
    let all: Vec<_> = std::iter::once(name).chain(args.iter()).map(|slot| cx.get(slot)).collect();
    let keywords = unpacked(cx, cx.load(this, |caller: &MethodCaller| &caller.keywords));
    let keywords = keywords.iter().filter_map(|name| cx.get(name).as_str().map(str::to_owned)).collect();
    (cx.root_all(all), keywords)
}

natives! {
    static METHOD_CALLER = {
        static raw fn __new__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, keywords) = args.into_slots(cx);
            if given < 2 {
                return Err(cx.type_error("methodcaller needs at least one argument, the method name"));
            }
            let Some(name) = cx.get(args.get(1)).as_str() else {
                return Err(cx.type_error("method name must be a string"));
            };
            let state = MethodCaller {
                name: Field::of(cx.root(cx.intern(name))),
                args: Field::of(cx.root(cx.tuple_of(args.skip(2)))),
                keywords: Field::of_option(keywords),
            };
            Ok(cx.new_native(args.get(0), state))
        }

        raw fn __call__(cx, args) -> Slot {
            let (this, object) = operand(cx, args, "methodcaller")?;
            let name = cx.load(this, |caller: &MethodCaller| &caller.name).unwrap_or(this);
            let method = attr::get_attr(cx, object, name)?;
            let args = cx.load(this, |caller: &MethodCaller| &caller.args);
            let args = unpacked(cx, args);
            let keywords = cx.load(this, |caller: &MethodCaller| &caller.keywords);
            cx.call_kw(method, args, keywords)
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let (all, keywords) = call_of(cx, self_);
            shown(cx, self_, all, &keywords)
        }

        /// Return state information for pickling
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let (all, keywords) = call_of(cx, self_);
            if keywords.is_empty() {
                return Ok(reduced(cx, self_, all));
            }
            // The name and what is named are given already; the rest comes when it is called.
            let partial = import_module(cx, "functools")?;
            let name = cx.root(cx.intern("partial"));
            let partial = attr::get_attr(cx, partial, name)?;
            let plain = all.len() - keywords.len();
            let names = cx.load(self_, |caller: &MethodCaller| &caller.keywords);
            let given = {
                let cx: &Ctx = cx;
                let class = Value::of(cx.class_of(cx.get(self_)));
                let named = all.skip(plain).iter().map(|slot| cx.get(slot));
                let given: Vec<_> = [class, cx.get(all.get(0))].into_iter().chain(named).collect();
                cx.root_all(given)
            };
            let maker = cx.call_kw(partial, given, names)?;
            let rest = cx.tuple_of(all.take(plain).skip(1));
            Ok(cx.root(cx.tuple(&[cx.get(maker), rest])))
        }
    }
}
