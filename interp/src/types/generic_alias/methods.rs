//! Methods of parameterised generics.

use super::parameters::{self, alias};
use super::show::{show, show_all, show_argument};
use super::{GenericAlias, union};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::natives;
use crate::ops::{attr, compare};
use crate::types::class::Class;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::value::Value;

natives! {
    /// Methods of generic aliases.
    pub static METHODS = {
        /// Represent a PEP 585 generic type.
        static fn __new__(cx; cls: &'h Class, origin: Value<'h>, args: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::build(cx, cls.birth().0, origin, args, false))
        }
        /// Make an instance of the class.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let (origin, _) = alias(cx, args.get(0))?;
            cx.call_kw(origin, args.skip(1), names)
        }
        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, args: Slot) -> Slot {
            parameters::substitute(cx, self_, args)
        }
        /// Implement iter(self): the alias unpacked, once.
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            let Some(alias) = self_.native::<GenericAlias>() else { return Ok(Value::NONE) };
            let starred = GenericAlias::build(cx, Builtin::GenericAlias, alias.origin.get_or_none(cx), alias.args.get_or_none(cx), true);
            let spec = IterSpec::new(Walk::Tuple, cx.tuple(&[starred]));
            Ok(Value::of(Iter::alloc(cx, Builtin::TupleIterator, spec)))
        }
        /// Return an attribute of the class.
        call fn __getattr__(cx; self_: Slot, name: Slot) -> Slot {
            let (origin, _) = alias(cx, self_)?;
            attr::get_attr(cx, origin, name)
        }
        /// The class.
        get fn __origin__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<GenericAlias>().map_or(Value::NONE, |alias| alias.origin.get_or_none(cx)))
        }
        /// The arguments.
        get fn __args__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<GenericAlias>().map_or(Value::NONE, |alias| alias.args.get_or_none(cx)))
        }
        /// The type parameters among the arguments, in the order in which they first appear.
        get call fn __parameters__(cx; self_: Slot) -> Slot {
            let (_, args) = alias(cx, self_)?;
            parameters::of_arguments(cx, args)
        }
        /// What an unpacked alias of a tuple stands for.
        get fn __typing_unpacked_tuple_args__(cx; self_: Value<'h>) -> Value<'h> {
            let alias = self_.native::<GenericAlias>().filter(|alias| {
                alias.is_starred(cx) && alias.origin.get_or_none(cx) == Value::of(cx.class(Builtin::Tuple))
            });
            Ok(alias.map_or(Value::NONE, |alias| alias.args.get_or_none(cx)))
        }
        /// Whether it is unpacked.
        get fn __unpacked__(cx; self_: Value<'h>) -> bool {
            Ok(self_.native::<GenericAlias>().is_some_and(|alias| alias.is_starred(cx)))
        }
        /// The class as a base of another.
        call fn __mro_entries__(cx; self_: Slot, _bases: Slot) -> Slot {
            let (origin, _) = alias(cx, self_)?;
            let entries = cx.tuple(&[cx.get(origin)]);
            Ok(cx.root(entries))
        }
        /// Return self==value.
        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            let starred = |cx: &Ctx, alias: Slot| cx.get(alias).native::<GenericAlias>().map(|alias| alias.is_starred(cx));
            match starred(cx, other) {
                None => return Ok(cx.root(Value::NOT_IMPLEMENTED)),
                Some(other) if Some(other) != starred(cx, self_) => return Ok(cx.root(Value::FALSE)),
                Some(_) => {}
            }
            let ((origin, args), (other_origin, other_args)) = (alias(cx, self_)?, alias(cx, other)?);
            let equal = compare::eq(cx, origin, other_origin)? && compare::eq(cx, args, other_args)?;
            Ok(cx.root(Value::bool(equal)))
        }
        /// Return hash(self).
        call fn __hash__(cx; self_: Slot) -> i64 {
            let (origin, args) = alias(cx, self_)?;
            Ok(compare::hash(cx, origin)? ^ compare::hash(cx, args)?)
        }
        /// Return self|value.
        call fn __or__(cx; self_: Slot, other: Slot) -> Slot { union::or(cx, self_, other) }
        /// Return value|self.
        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot { union::or(cx, other, self_) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let (origin, args) = alias(cx, self_)?;
            let star = if cx.get(self_).native::<GenericAlias>().is_some_and(|alias| alias.is_starred(cx)) { "*" } else { "" };
            let shown = show_all(cx, args, ", ", show_argument)?;
            let shown = if shown.is_empty() { "()" } else { &shown };
            Ok(format!("{star}{}[{shown}]", show(cx, origin)?))
        }
    }
}

natives! {
    /// What makes a built-in class generic.
    pub static CLASS_GETITEM = {
        /// See PEP 585.
        class fn __class_getitem__(cx; cls: Value<'h>, item: Value<'h>) -> Value<'h> { Ok(GenericAlias::alloc(cx, cls, item)) }
    }
}
