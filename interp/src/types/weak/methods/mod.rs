//! Methods of weak references, and the functions of `_weakref`.

pub mod proxy;

use super::{WeakRef, make, references};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::object::Kind;
use crate::ops::compare::{CmpOp, compare, hash};
use crate::ops::identity::identity;
use crate::ops::mapping;
use crate::types::class::Class;
use crate::types::list::List;
use crate::value::Value;

/// Makes a reference of a class, or finds the one without callback that there is.
fn refer(cx: &Ctx, class: &Class, object: Slot, callback: Option<Slot>) -> Res<Slot> {
    let object = cx.get(object);
    if !cx.class_of(object).flags().weak {
        return Err(cx.type_error(format!("cannot create weak reference to '{}' object", cx.type_name(object))));
    }
    let callback = callback.map(|callback| cx.get(callback)).filter(|callback| !callback.is_none());
    if callback.is_none() && class.is_builtin() {
        let plain = |value: &Value<'_>| {
            let state = value.native::<WeakRef>();
            std::ptr::eq(cx.class_of(*value), class) && state.is_some_and(|state| state.callback(cx).is_none())
        };
        if let Some(known) = references(cx, object).into_iter().find(plain) {
            return Ok(cx.root(known));
        }
    }
    Ok(cx.root(make(cx, class.birth().0, object, callback)))
}

/// The object of a reference in a slot, if it is alive.
fn referent(cx: &Ctx, reference: Slot) -> Option<Slot> {
    cx.get(reference).native::<WeakRef>()?.referent(cx).map(|value| cx.root(value))
}

natives! {
    /// Methods of weak references.
    pub static REFERENCE = {
        static raw fn __new__(cx, args) -> Slot {
            let given = args.positional(cx) - 1;
            let (args, names) = args.into_slots(cx);
            let cx = &*cx;
            let class = cx.get(args.get(0)).cast::<Class>().filter(|class| class.layout() == Kind::Native);
            let class = class.unwrap_or(cx.class(Builtin::WeakReference));
            if names.is_some() && class.is_builtin() {
                return Err(cx.type_error("ref() takes no keyword arguments"));
            }
            match given {
                0 => Err(cx.type_error("__new__ expected at least 1 argument, got 0")),
                1 | 2 => refer(cx, class, args.get(1), (given == 2).then(|| args.get(2))),
                _ => Err(cx.type_error(format!("__new__ expected at most 2 arguments, got {given}"))),
            }
        }

        raw fn __init__(cx, args) -> () {
            let given = args.positional(cx).saturating_sub(1);
            if !(1..=2).contains(&given) {
                let (bound, number) = if given == 0 { ("least", "1 argument") } else { ("most", "2 arguments") };
                return Err(cx.type_error(format!("__init__ expected at {bound} {number}, got {given}")));
            }
            Ok(())
        }

        slot fn __call__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<WeakRef>().and_then(|state| state.referent(cx)).unwrap_or(Value::NONE))
        }

        slot call fn __hash__(cx; self_: Slot) -> i64 {
            if let Some(hash) = cx.state::<WeakRef>(self_)?.hash() {
                return Ok(hash);
            }
            let Some(object) = referent(cx, self_) else { return Err(cx.type_error("weak object has gone away")) };
            let hash = hash(cx, object)?;
            cx.state::<WeakRef>(self_)?.set_hash(hash);
            Ok(hash)
        }

        slot call fn __eq__(cx; self_: Slot, other: Slot) -> Slot { compare_references(cx, CmpOp::Eq, self_, other) }

        slot call fn __ne__(cx; self_: Slot, other: Slot) -> Slot { compare_references(cx, CmpOp::Ne, self_, other) }

        slot call fn __repr__(cx; self_: Slot) -> String {
            let address = identity(cx.get(self_));
            let Some(object) = referent(cx, self_) else { return Ok(format!("<weakref at {address:#x}; dead>")) };
            let class = cx.type_name(cx.get(object)).to_owned();
            let to = identity(cx.get(object));
            let name = cx.root(cx.name(Name::__name__));
            let name = crate::ops::attr::get_attr_opt(cx, object, name)?;
            let name = name.and_then(|name| cx.get(name).as_str()).map_or(String::new(), |name| format!(" ({name})"));
            Ok(format!("<weakref at {address:#x}; to '{class}' at {to:#x}{name}>"))
        }

        get fn __callback__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<WeakRef>().and_then(|state| state.callback(cx)).unwrap_or(Value::NONE))
        }
    }
}

/// References are equal if their objects are, or if they are the same once one of them is dead.
fn compare_references(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    if cx.get(b).native::<WeakRef>().is_none() || !cx.is_instance(cx.get(b), Builtin::WeakReference) {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    match (referent(cx, a), referent(cx, b)) {
        (Some(a), Some(b)) => compare(cx, op, a, b),
        _ => {
            let same = cx.get(a) == cx.get(b);
            Ok(cx.root(Value::bool(same == (op == CmpOp::Eq))))
        }
    }
}

natives! {
    /// What the first class of a line has whose instances take weak references.
    pub static INSTANCE = {
        get fn __weakref__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(references(cx, self_).into_iter().next().unwrap_or(Value::NONE))
        }
    }
}

natives! {
    /// The functions of `_weakref`.
    pub static FUNCTIONS = {
        /// Return the number of weak references to 'object'.
        fn getweakrefcount(cx; object: Value<'h>) -> usize {
            Ok(references(cx, object).len())
        }

        /// Return a list of all weak reference objects that point to 'object'.
        fn getweakrefs(cx; object: Value<'h>) -> Value<'h> {
            Ok(Value::of(List::from_values(cx, &references(cx, object))))
        }

        /// Create a proxy object that weakly references 'object'.
        fn proxy(cx; object: Value<'h>, callback: Option<Value<'h>> = None) -> Value<'h> {
            let callable = cx.class_of(object).special(cx, Name::__call__).is_some();
            let class = cx.class(if callable { Builtin::CallableWeakProxy } else { Builtin::WeakProxy });
            let (object, callback) = (cx.root(object), callback.map(|callback| cx.root(callback)));
            refer(cx, class, object, callback).map(|proxy| cx.get(proxy))
        }

        /// Atomically remove key from dict if it points to a dead weakref.
        call fn _remove_dead_weakref(cx; dct: Slot, key: Slot) -> () {
            let is_dead = |cx: &Ctx, value: Slot| cx.get(value).native::<WeakRef>().is_some_and(|r| r.referent(cx).is_none());
            if let Some(value) = mapping::dict_get(cx, dct, key)?
                && is_dead(cx, value)
            {
                mapping::dict_remove(cx, dct, key)?;
            }
            Ok(())
        }
    }
}
