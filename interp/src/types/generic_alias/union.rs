//! Unions of types: how they come about, and their methods.

use super::show::{show, show_all};
use super::{GenericAlias, Union, parameters};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::object::Field;
use crate::ops::{compare, repr};
use crate::types::class::Class;
use crate::types::native::Native;
use crate::types::tuple::Tuple;
use crate::types::type_parameter::TypeAlias;
use crate::value::Value;

/// Whether `|` makes a union of a value and a type without asking the value.
fn is_unionable(value: Value<'_>) -> bool {
    value.is_none()
        || value.cast::<Class>().is_some()
        || value.native::<GenericAlias>().is_some()
        || value.native::<TypeAlias>().is_some()
        || value.native::<Union>().is_some()
}

/// A value as a type: what is surely one itself, else what the library says, which raises a TypeError with this message.
pub(crate) fn checked(cx: &mut Ctx, value: Slot, message: &str) -> Res<Slot> {
    let given = cx.get(value);
    if given.is_none() {
        return Ok(cx.root(Value::of(cx.class(Builtin::NoneType))));
    }
    if is_unionable(given) {
        return Ok(value);
    }
    let message = cx.root(cx.str(message));
    crate::ops::typing::call_typing(cx, "_type_check", &[value, message])
}

/// The union of types and unions; a type itself if there is only one.
pub(crate) fn union(cx: &mut Ctx, types: &[Slot]) -> Res<Slot> {
    let mut members: Vec<Slot> = Vec::new();
    for &side in types {
        let inner = cx.get(side).native::<Union>();
        let inner = inner.map(|union| union.members(cx).into_iter().map(|member| cx.root(member)).collect());
        for member in inner.unwrap_or_else(|| vec![side]) {
            let member = checked(cx, member, "Union[arg, ...]: each arg must be a type.")?;
            if !contains(cx, &members, member)? {
                members.push(member);
            }
        }
    }
    match members[..] {
        [only] => Ok(only),
        _ => {
            let cx = &*cx;
            let values: Vec<Value<'_>> = members.iter().map(|member| cx.get(*member)).collect();
            let union = Union { members: Field::new(cx.tuple(&values)) };
            Ok(cx.root(Native::alloc(cx, Builtin::UnionType, union)))
        }
    }
}

fn contains(cx: &mut Ctx, members: &[Slot], wanted: Slot) -> Res<bool> {
    for &member in members {
        if cx.get(member) == cx.get(wanted) || compare::eq(cx, member, wanted)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `a | b` of types, aliases and unions; NotImplemented if one is something else.
pub(crate) fn or(cx: &mut Ctx, a: Slot, b: Slot) -> Res<Slot> {
    if is_unionable(cx.get(a)) && is_unionable(cx.get(b)) {
        union(cx, &[a, b])
    } else {
        Ok(cx.root(Value::NOT_IMPLEMENTED))
    }
}

fn members(cx: &Ctx, this: Slot) -> Vec<Slot> {
    let members = cx.get(this).native::<Union>().map_or_else(Vec::new, |union| union.members(cx));
    members.into_iter().map(|member| cx.root(member)).collect()
}

fn args(cx: &Ctx, this: Slot) -> Res<Slot> {
    Ok(cx.root(cx.state::<Union>(this)?.members.get_or_none(cx)))
}

natives! {
    /// Methods of unions.
    pub static METHODS = {
        /// The members.
        get call fn __args__(cx; self_: Slot) -> Slot { args(cx, self_) }
        /// The class of unions.
        get fn __origin__(cx; _self: Value<'h>) -> Value<'h> { Ok(Value::of(cx.class(Builtin::UnionType))) }
        /// The type parameters among the members.
        get call fn __parameters__(cx; self_: Slot) -> Slot {
            let args = args(cx, self_)?;
            parameters::of_arguments(cx, args)
        }
        /// The union of a type or a tuple of types.
        class call fn __class_getitem__(cx; _cls: Slot, types: Slot) -> Slot {
            let types: Vec<Slot> = match cx.get(types).cast::<Tuple>() {
                Some(tuple) => tuple.iter(cx).map(|one| cx.root(one)).collect(),
                None => vec![types],
            };
            if types.is_empty() {
                return Err(cx.type_error("Cannot take a Union of no types."));
            }
            union(cx, &types)
        }
        /// The union with its type parameters replaced.
        call fn __getitem__(cx; self_: Slot, types: Slot) -> Slot {
            let args = args(cx, self_)?;
            let replaced = parameters::replaced(cx, self_, args, types)?;
            union(cx, &replaced)
        }
        /// It is no class to derive from.
        call fn __mro_entries__(cx; self_: Slot, _bases: Slot) -> Slot {
            let shown = repr::repr(cx, self_)?;
            Err(cx.type_error(format!("Cannot subclass {shown}")))
        }
        /// Return self|value.
        call fn __or__(cx; self_: Slot, other: Slot) -> Slot { or(cx, self_, other) }
        /// Return value|self.
        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot { or(cx, other, self_) }
        /// Return self==value: whether the members are the same in any order.
        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            if cx.get(other).native::<Union>().is_none() {
                return Ok(cx.root(Value::NOT_IMPLEMENTED));
            }
            let (these, those) = (members(cx, self_), members(cx, other));
            let mut equal = these.len() == those.len();
            for member in these {
                equal = equal && contains(cx, &those, member)?;
            }
            Ok(cx.root(Value::bool(equal)))
        }
        /// Return hash(self).
        call fn __hash__(cx; self_: Slot) -> i64 {
            let mut hash = 0;
            for member in members(cx, self_) {
                hash ^= compare::hash(cx, member)?;
            }
            Ok(hash)
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let members = args(cx, self_)?;
            show_all(cx, members, " | ", show)
        }
    }
}
