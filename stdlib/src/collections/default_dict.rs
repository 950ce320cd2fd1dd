//! `defaultdict`: a dict that makes missing values. The factory is an attribute of the instance.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::ops::{attr, mapping, repr};
use argil_interp::types::instance;
use argil_interp::value::Value;

use super::entries;
use super::union::{reflected_union, union};

const FACTORY: &str = "default_factory";

/// The factory of a defaultdict, or `None` the object.
fn factory<'h>(cx: &'h Ctx, dict: Value<'h>) -> Value<'h> {
    let found = dict.header().and_then(|header| instance::get_own(cx, header, cx.intern(FACTORY)));
    found.unwrap_or(Value::NONE)
}

fn set_factory(cx: &Ctx, dict: Slot, factory: Value<'_>) {
    let factory = cx.get(cx.root(factory));
    if let Some(header) = cx.get(dict).header() {
        instance::set_own(cx, header, cx.intern(FACTORY), factory);
    }
}

/// A new defaultdict of the same class and factory with the entries of `dict`.
fn copy(cx: &mut Ctx, dict: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(dict))));
    let factory = cx.root(factory(cx, cx.get(dict)));
    cx.call(class, &[factory, dict])
}

/// A new defaultdict of the same class and factory without entries.
fn empty(cx: &mut Ctx, dict: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(dict))));
    let factory = cx.root(factory(cx, cx.get(dict)));
    cx.call(class, &[factory])
}

natives! {
    pub static METHODS = {
        raw fn __init__(cx, args) -> () {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            let factory = if given > 1 { args.get(1) } else { cx.root(Value::NONE) };
            let value = cx.get(factory);
            if !value.is_none() && !argil_interp::types::function::is_callable(cx, value) {
                return Err(cx.type_error("first argument must be callable or None"));
            }
            set_factory(cx, args.get(0), value);
            let dict = cx.root(Value::of(cx.class(argil_interp::builtin::Builtin::Dict)));
            let name = cx.root(cx.name(Name::__init__));
            let init = attr::get_attr(cx, dict, name)?;
            let own: Vec<_> = args.take(1).iter().chain(args.skip(2.min(given)).iter()).collect();
            let rest = cx.root_all(own.into_iter().map(|slot| cx.get(slot)));
            cx.call_kw(init, rest, names).map(|_| ())
        }

        /// __missing__(key) # Called by __getitem__ for missing key; pseudo-code:
        ///   if self.default_factory is None: raise KeyError((key,))
        ///   self[key] = value = self.default_factory()
        ///   return value
        call fn __missing__(cx; self_: Slot, key: Slot) -> Slot {
            let factory = cx.root(factory(cx, cx.get(self_)));
            if cx.get(factory).is_none() {
                return Err(cx.key_error(cx.get(key)));
            }
            let value = cx.call(factory, &[])?;
            mapping::dict_set_default(cx, self_, key, value)
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let factory = cx.root(factory(cx, cx.get(self_)));
            let factory = repr::repr(cx, factory)?;
            let entries = repr::builtin_repr(cx, self_)?;
            Ok(format!("{}({factory}, {entries})", cx.class_of(cx.get(self_)).plain_name(cx)))
        }

        /// Return state information for pickling.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let entries = entries(cx, self_)?;
            let cx: &Ctx = cx;
            let factory = factory(cx, cx.get(self_));
            let args = if factory.is_none() { cx.tuple(&[]) } else { cx.tuple(&[factory]) };
            let class = Value::of(cx.class_of(cx.get(self_)));
            Ok(cx.root(cx.tuple(&[class, args, Value::NONE, Value::NONE, cx.get(entries)])))
        }

        /// Factory for default value called by __missing__().
        get fn default_factory(cx; self_: Value<'h>) -> Value<'h> { Ok(factory(cx, self_)) }
        /// Changes the factory.
        set fn default_factory(cx; self_: Value<'h>, value: Value<'h>) -> () {
            if let Some(header) = self_.header() {
                instance::set_own(cx, header, cx.intern(FACTORY), value);
            }
            Ok(())
        }

        /// D.copy() -> a shallow copy of D.
        call fn copy(cx; self_: Slot) -> Slot {
            copy(cx, self_)
        }

        call fn __copy__(cx; self_: Slot) -> Slot {
            copy(cx, self_)
        }

        call fn __or__(cx; self_: Slot, other: Slot) -> Slot {
            union(cx, self_, other, copy)
        }

        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot {
            reflected_union(cx, self_, other, empty)
        }
    }
}
