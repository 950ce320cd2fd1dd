//! Methods of parameterised generics and unions.

use super::{GenericAlias, Union};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::ops::{attr, compare};
use crate::types::class::Class;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// How a type is shown inside an alias or a union.
fn show(cx: &mut Ctx, item: Slot) -> Res<String> {
    if let Some(class) = cx.get(item).cast::<Class>() {
        if class.is(Builtin::NoneType) {
            return Ok("None".to_owned());
        }
        return Ok(crate::types::class::dotted_name(cx, class));
    }
    if cx.get(item) == Value::ELLIPSIS {
        return Ok("...".to_owned());
    }
    crate::ops::repr::repr(cx, item)
}

fn show_all(cx: &mut Ctx, values: Slot, separator: &str) -> Res<String> {
    let items: Vec<Slot> = match cx.get(values).cast::<Tuple>() {
        Some(tuple) => tuple.iter(cx).map(|value| cx.root(value)).collect(),
        None => Vec::new(),
    };
    let mut shown = Vec::with_capacity(items.len());
    for item in items {
        shown.push(show(cx, item)?);
    }
    Ok(shown.join(separator))
}

fn alias(cx: &Ctx, this: Slot) -> Res<(Slot, Slot)> {
    match cx.get(this).native::<GenericAlias>() {
        Some(alias) => Ok((cx.root(alias.origin.get_or_none(cx)), cx.root(alias.args.get_or_none(cx)))),
        None => Err(cx.type_error("descriptor requires a 'types.GenericAlias' object")),
    }
}

natives! {
    /// Methods of generic aliases.
    pub static METHODS = {
        /// Represent a PEP 585 generic type.
        static fn __new__(cx; _cls: Value<'h>, origin: Value<'h>, args: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, origin, args))
        }
        /// Make an instance of the class.
        raw fn __call__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let (origin, _) = alias(cx, args.get(0))?;
            cx.call_kw(origin, args.skip(1), names)
        }
        /// Return self[key].
        call fn __getitem__(cx; self_: Slot, args: Slot) -> Slot {
            let (origin, _) = alias(cx, self_)?;
            let alias = GenericAlias::alloc(cx, cx.get(origin), cx.get(args));
            Ok(cx.root(alias))
        }
        /// Implement iter(self): the alias unpacked, once.
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            let Some(alias) = self_.native::<GenericAlias>() else { return Ok(Value::NONE) };
            let starred = GenericAlias::build(cx, alias.origin.get_or_none(cx), alias.args.get_or_none(cx), true);
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
        fn __or__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            Ok(Union::of(cx, self_, other).unwrap_or(Value::NOT_IMPLEMENTED))
        }
        /// Return value|self.
        fn __ror__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            Ok(Union::of(cx, other, self_).unwrap_or(Value::NOT_IMPLEMENTED))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let (origin, args) = alias(cx, self_)?;
            let star = if cx.get(self_).native::<GenericAlias>().is_some_and(|alias| alias.is_starred(cx)) { "*" } else { "" };
            Ok(format!("{star}{}[{}]", show(cx, origin)?, show_all(cx, args, ", ")?))
        }
    }
}

natives! {
    /// Methods of unions.
    pub static UNION = {
        /// The members.
        get fn __args__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Union>().map_or(Value::NONE, |union| union.members.get_or_none(cx)))
        }
        /// Return self|value.
        fn __or__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            Ok(Union::of(cx, self_, other).unwrap_or(Value::NOT_IMPLEMENTED))
        }
        /// Return value|self.
        fn __ror__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            Ok(Union::of(cx, other, self_).unwrap_or(Value::NOT_IMPLEMENTED))
        }
        /// Return self==value: whether the members are the same in any order.
        fn __eq__(cx; self_: Value<'h>, other: Value<'h>) -> Value<'h> {
            let (Some(this), Some(that)) = (self_.native::<Union>(), other.native::<Union>()) else {
                return Ok(Value::NOT_IMPLEMENTED);
            };
            let (these, those) = (this.members(cx), that.members(cx));
            Ok(Value::bool(these.len() == those.len() && these.iter().all(|member| those.contains(member))))
        }
        /// Return hash(self).
        fn __hash__(cx; self_: Value<'h>) -> i64 {
            let members = self_.native::<Union>().map_or_else(Vec::new, |union| union.members(cx));
            Ok(members.iter().fold(0, |hash, member| hash ^ (crate::ops::identity::identity(*member) >> 4)))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let members = cx.get(self_).native::<Union>().map_or(Value::NONE, |union| union.members.get_or_none(cx));
            let members = cx.root(members);
            show_all(cx, members, " | ")
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
