//! The built-in functions about any object: its attributes, its identity, its names.

use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::object::Kind;
use crate::ops::attr::check_name;
use crate::ops::attr::{self, call_special};
use crate::ops::identity::{identity, sorted_names};
use crate::ops::{compare, iter};
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::value::Value;

/// The name space that functions without arguments speak about: that of the running module.
fn globals(cx: &Ctx) -> Res<&Dict> {
    crate::stack::frame::current_globals(cx).ok_or_else(|| cx.runtime_error("no script is running"))
}

/// A slot of its own for a name, which may be replaced by the interned string.
fn own_slot(cx: &Ctx, name: Slot) -> Slot {
    cx.root(cx.get(name))
}

/// Whether a value may be called.
pub fn is_callable(cx: &Ctx, value: Value<'_>) -> bool {
    let by_kind = matches!(value.kind(), Some(Kind::Function | Kind::NativeFunction | Kind::BoundMethod | Kind::Class));
    by_kind || attr::find_special(cx, value, Name::__call__).is_some()
}

natives! {
    /// Functions about objects.
    pub static FUNCTIONS = {
        /// Get a named attribute from an object; getattr(x, 'y') is equivalent to x.y.
        call fn getattr(cx; object: Slot, name: Slot, *default) -> Slot {
            check_name(cx, name)?;
            let name = own_slot(cx, name);
            match default.len() {
                0 => attr::get_attr(cx, object, name),
                1 => attr::get_attr_default(cx, object, name, default.get(0)),
                n => Err(cx.type_error(format!("getattr expected at most 3 arguments, got {}", n + 2))),
            }
        }
        /// Sets the named attribute on the given object to the specified value.
        call fn setattr(cx; obj: Slot, name: Slot, value: Slot) -> () {
            check_name(cx, name)?;
            let name = own_slot(cx, name);
            attr::set_attr(cx, obj, name, value)
        }
        /// Deletes the named attribute from the given object.
        call fn delattr(cx; obj: Slot, name: Slot) -> () {
            check_name(cx, name)?;
            let name = own_slot(cx, name);
            attr::del_attr(cx, obj, name)
        }
        /// Return whether the object has an attribute with the given name.
        call fn hasattr(cx; obj: Slot, name: Slot) -> bool {
            check_name(cx, name)?;
            let name = own_slot(cx, name);
            Ok(attr::get_attr_opt(cx, obj, name)?.is_some())
        }
        /// Return whether the object is callable (i.e., some kind of function).
        fn callable(cx; obj: Value<'h>) -> bool { Ok(is_callable(cx, obj)) }
        /// Return the identity of an object.
        fn id(cx; obj: Value<'h>) -> i64 { Ok(identity(obj)) }
        /// Return the hash value for the given object.
        call fn hash(cx; obj: Slot) -> i64 { compare::hash(cx, obj) }
        /// The attributes of an object, or the local names.
        call fn vars(cx; *object) -> Slot {
            if object.len() > 1 {
                return Err(cx.type_error(format!("vars expected at most 1 argument, got {}", object.len())));
            }
            if object.is_empty() {
                let Some(locals) = crate::stack::frame::current_locals(cx) else {
                    return Err(cx.runtime_error("no script is running"));
                };
                return Ok(cx.root(locals));
            }
            let name = cx.root(cx.name(Name::__dict__));
            match attr::get_attr_opt(cx, object.get(0), name)? {
                Some(dict) => Ok(dict),
                None => Err(cx.type_error("vars() argument must have __dict__ attribute")),
            }
        }
        /// The sorted names of an object's attributes, or of the running module.
        call fn dir(cx; *object) -> Slot {
            if object.len() > 1 {
                return Err(cx.type_error(format!("dir expected at most 1 argument, got {}", object.len())));
            }
            if object.is_empty() {
                let locals = crate::stack::frame::current_locals(cx).and_then(Value::cast::<Dict>);
                let names: Vec<Value<'_>> = match locals {
                    Some(locals) => locals.iter(cx).map(|(name, _)| name).collect(),
                    None => Vec::new(),
                };
                return Ok(cx.root(Value::of(sorted_names(cx, names))));
            }
            let Some(names) = call_special(cx, object.get(0), Name::__dir__, &[])? else {
                return Err(cx.type_error("object does not provide __dir__"));
            };
            let list = iter::collect(cx, names)?;
            let names = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
            if names.iter().all(|name| name.as_str().is_some()) {
                return Ok(cx.root(Value::of(sorted_names(cx, names))));
            }
            Ok(list)
        }
        /// Return a dictionary containing the current scope's local variables.
        fn locals(cx) -> Value<'h> {
            crate::stack::frame::current_locals(cx).ok_or_else(|| cx.runtime_error("no script is running"))
        }
        /// Return the dictionary containing the current scope's global variables.
        fn globals(cx) -> &'h Dict { globals(cx) }
    }
}
