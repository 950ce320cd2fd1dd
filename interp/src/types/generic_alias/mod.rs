//! `list[int]` and `int | str`: what annotations say, and what `isinstance` takes in the case of unions.

pub mod methods;
pub mod parameters;
pub mod show;
pub mod union;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::native_of_fields;
use crate::object::Field;
use crate::shape::Birth;
use crate::types::native::Native;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// A generic class with its arguments.
pub struct GenericAlias {
    /// The class.
    pub origin: Field,
    /// The tuple of arguments.
    pub args: Field,
    /// Whether it is unpacked, as in `*tuple[int, ...]`: a bool.
    pub starred: Field,
}

native_of_fields! { GenericAlias { origin, args, starred } }

impl GenericAlias {
    /// `origin[args]`.
    pub fn alloc<'h>(cx: &'h Ctx, origin: Value<'h>, args: Value<'h>) -> Value<'h> {
        GenericAlias::build(cx, Builtin::GenericAlias, origin, args, false)
    }

    pub(crate) fn build<'h>(
        cx: &'h Ctx,
        birth: impl Into<Birth>,
        origin: Value<'h>,
        args: Value<'h>,
        starred: bool,
    ) -> Value<'h> {
        let args = if args.cast::<Tuple>().is_some() { args } else { cx.tuple(&[args]) };
        let [origin, args, starred] = [origin, args, Value::bool(starred)].map(Field::new);
        Native::alloc(cx, birth, GenericAlias { origin, args, starred })
    }

    pub(crate) fn is_starred(&self, cx: &Ctx) -> bool {
        self.starred.get_or_none(cx) == Value::TRUE
    }
}

/// A union of types.
pub struct Union {
    /// The tuple of its members.
    pub members: Field,
}

native_of_fields! { Union { members } }

impl Union {
    /// The members.
    pub fn members<'h>(&'h self, cx: &'h Ctx) -> Vec<Value<'h>> {
        self.members.get(cx).and_then(Value::cast::<Tuple>).map_or_else(Vec::new, |tuple| tuple.iter(cx).collect())
    }
}
