//! What every object can do: the methods of `object`.

pub mod reduce;
pub mod reduce_builtin;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::object::Kind;
use crate::ops::attr::{self, check_name, get, set};
use crate::ops::construct::{Constructor, abstract_error, makes_nothing};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::instance;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The class of objects whose layout an assignment to `__class__` may change.
fn assignable_class<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<&'h Class> {
    let class = cx.class_of(value);
    (class.flags().heap && class.layout() == Kind::Instance).then_some(class)
}

fn set_class(cx: &Ctx, object: Value<'_>, new: Value<'_>) -> Res<()> {
    let Some(new) = new.cast::<Class>() else {
        let got = cx.type_name(new);
        return Err(cx.type_error(format!("__class__ must be set to a class, not '{got}' object")));
    };
    let Some(old) = assignable_class(cx, object).filter(|_| new.flags().heap) else {
        return Err(cx.type_error("__class__ assignment only supported for mutable types or ModuleType subclasses"));
    };
    if new.layout() != Kind::Instance || new.flags().has_dict != old.flags().has_dict {
        let (new, old) = (new.name(cx), old.name(cx));
        return Err(cx.type_error(format!("__class__ assignment: '{new}' object layout differs from '{old}'")));
    }
    if let Some(header) = object.header() {
        instance::change_class(cx, header, new);
    }
    Ok(())
}

/// The dict of an object's own attributes.
fn dict<'h>(cx: &'h Ctx, object: Value<'h>) -> Res<&'h Dict> {
    let has = cx.class_of(object).flags().has_dict;
    object.header().filter(|_| has).and_then(|header| instance::dict_of(cx, header)).ok_or_else(|| no_dict(cx, object))
}

fn no_dict(cx: &Ctx, object: Value<'_>) -> Raised {
    cx.raise(Builtin::AttributeError, format!("'{}' object has no attribute '__dict__'", cx.type_name(object)))
}

natives! {
    /// Methods of `object`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let Some(&class) = args.iter().next().as_ref() else {
                return Err(cx.type_error("object.__new__(): not enough arguments"));
            };
            let Some(this) = cx.get(class).cast::<Class>() else {
                let got = cx.type_name(cx.get(class));
                return Err(cx.type_error(format!("object.__new__(X): X is not a type object ({got})")));
            };
            let how = Constructor::of(cx, this);
            if args.len() > 1 && how.own_new {
                return Err(cx.type_error("object.__new__() takes exactly one argument (the type to instantiate)"));
            }
            if args.len() > 1 && !how.own_init {
                return Err(cx.type_error(format!("{}() takes no arguments", this.name(cx))));
            }
            if let Some(raised) = abstract_error(cx, this) {
                return Err(raised);
            }
            if makes_nothing(cx, this) && this.flags().is_final {
                return Err(cx.type_error(format!("cannot create '{}' instances", this.name(cx))));
            }
            if this.layout() != Kind::Instance {
                let name = this.name(cx);
                return Err(cx.type_error(format!("object.__new__({name}) is not safe, use {name}.__new__()")));
            }
            Ok(cx.root(Value::of(cx.new_instance(this))))
        }
        /// Initialize self.
        raw fn __init__(cx, args) -> () {
            let (args, _) = args.into_slots(cx);
            if args.len() <= 1 {
                return Ok(());
            }
            let class = cx.class_of(cx.get(args.get(0)));
            let how = Constructor::of(cx, class);
            if how.own_init {
                return Err(cx.type_error("object.__init__() takes exactly one argument (the instance to initialize)"));
            }
            if !how.own_new {
                let name = class.name(cx);
                let message = format!("{name}.__init__() takes exactly one argument (the instance to initialize)");
                return Err(cx.type_error(message));
            }
            Ok(())
        }
        /// Return getattr(self, name).
        slot call fn __getattribute__(cx; self_: Slot, name: Slot) -> Slot {
            check_name(cx, name)?;
            match get::get_default(cx, self_, name)? {
                Some(value) => Ok(value),
                None => Err(attr::missing::missing(cx, self_, name)),
            }
        }
        /// Implement setattr(self, name, value).
        slot call fn __setattr__(cx; self_: Slot, name: Slot, value: Slot) -> () {
            check_name(cx, name)?;
            set::set_default(cx, self_, name, Some(value))
        }
        /// Implement delattr(self, name).
        slot call fn __delattr__(cx; self_: Slot, name: Slot) -> () {
            check_name(cx, name)?;
            set::set_default(cx, self_, name, None)
        }
        /// Return repr(self).
        slot fn __repr__(cx; self_: Value<'h>) -> String { Ok(crate::ops::repr::default_repr(cx, self_)) }
        /// Return str(self).
        slot call fn __str__(cx; self_: Slot) -> String { crate::ops::repr::repr(cx, self_) }
        /// Return self==value.
        slot fn __eq__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            Ok(if self_ == other { Value::TRUE } else { Value::NOT_IMPLEMENTED })
        }
        /// Return self!=value.
        slot call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            match attr::call_special(cx, self_, Name::__eq__, &[other])? {
                Some(equal) if cx.get(equal) != Value::NOT_IMPLEMENTED => {
                    let equal = crate::ops::truth::truth(cx, equal)?;
                    Ok(cx.root(Value::bool(!equal)))
                }
                _ => Ok(cx.root(Value::NOT_IMPLEMENTED)),
            }
        }
        /// Return self<value.
        slot fn __lt__(cx; self_: Value<'h>, _other: Value<'h>) -> Value<'h> { not_implemented(self_) }
        /// Return self<=value.
        slot fn __le__(cx; self_: Value<'h>, _other: Value<'h>) -> Value<'h> { not_implemented(self_) }
        /// Return self>value.
        slot fn __gt__(cx; self_: Value<'h>, _other: Value<'h>) -> Value<'h> { not_implemented(self_) }
        /// Return self>=value.
        slot fn __ge__(cx; self_: Value<'h>, _other: Value<'h>) -> Value<'h> { not_implemented(self_) }
        /// Return hash(self).
        slot fn __hash__(cx; self_: Value<'h>) -> i64 { Ok(crate::ops::identity::identity(self_) >> 4) }
        /// Default object formatter.
        call fn __format__(cx; self_: Slot, spec: String) -> String {
            if !spec.is_empty() {
                let class = cx.type_name(cx.get(self_));
                return Err(cx.type_error(format!("unsupported format string passed to {class}.__format__")));
            }
            crate::ops::repr::to_str(cx, self_)
        }
        /// Default dir() implementation.
        fn __dir__(cx; self_: Value<'h>) -> &'h List { Ok(crate::ops::identity::names_of_object(cx, self_)) }
        /// Size of object in memory, in bytes.
        fn __sizeof__(cx; self_: Value<'h>) -> usize { Ok(crate::ops::identity::size_of(self_)) }
        /// This method is called when a class is subclassed.
        class raw fn __init_subclass__(cx, args) -> () {
            let (args, names) = args.into_slots(cx);
            let named = names.and_then(|names| cx.get(names).cast::<Tuple>()).is_some_and(|names| !names.is_empty());
            let class = cx.get(args.get(0)).cast::<Class>().map_or("object", |class| class.name(cx));
            match (named, args.len()) {
                (true, _) => Err(cx.type_error(format!("{class}.__init_subclass__() takes no keyword arguments"))),
                (false, 1) => Ok(()),
                (false, n) => {
                    let given = n - 1;
                    Err(cx.type_error(format!("{class}.__init_subclass__() takes no arguments ({given} given)")))
                }
            }
        }
        /// Abstract classes can override this to customize issubclass().
        class raw fn __subclasshook__(cx, args) -> Slot {
            let _ = args;
            Ok(cx.root(Value::NOT_IMPLEMENTED))
        }
        /// The object's class.
        get fn __class__(cx; self_: Value<'h>) -> &'h Class { Ok(cx.class_of(self_)) }
        /// Makes the object an instance of another class.
        set fn __class__(cx; self_: Value<'h>, value: Value<'h>) -> () { set_class(cx, self_, value) }
        /// The object's own attributes.
        get fn __dict__(cx; self_: Value<'h>) -> &'h Dict { dict(cx, self_) }
        /// Replaces the object's own attributes.
        set fn __dict__(cx; self_: Value<'h>, value: Value<'h>) -> () {
            dict(cx, self_)?;
            let Some(new) = value.cast::<Dict>() else {
                let got = cx.type_name(value);
                return Err(cx.type_error(format!("__dict__ must be set to a dictionary, not a '{got}'")));
            };
            if let Some(header) = self_.header() {
                instance::replace_dict(cx, header, new);
            }
            Ok(())
        }
    }
}

fn not_implemented<'h>(_this: Value<'h>) -> Res<Value<'h>> {
    Ok(Value::NOT_IMPLEMENTED)
}
