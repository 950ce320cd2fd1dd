//! Methods of the views of dicts.

use super::{DictView, Part};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::compare::{self, CmpOp};
use crate::ops::set_algebra::{self, SetOp};
use crate::ops::{item, iter, mapping, repr};
use crate::types::mapping_proxy::MappingProxy;
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::value::Value;

fn view<'h>(cx: &'h Ctx, value: Value<'h>) -> Res<&'h DictView> {
    value.native::<DictView>().ok_or_else(|| cx.type_error("a dict view is required"))
}

/// The dict behind a view.
fn dict_behind(cx: &Ctx, slot: Slot) -> Res<Slot> {
    view(cx, cx.get(slot)).map(|view| cx.root(view.dict.get_or_none(cx)))
}

crate::natives! {
    /// What all views have.
    pub static COMMON = {
        /// A read-only view of the dict.
        get fn mapping(cx; self_: Value<'h>) -> Value<'h> {
            Ok(MappingProxy::alloc(cx, view(cx, self_)?.dict.get_or_none(cx)))
        }

        fn __len__(cx; self_: Value<'h>) -> usize {
            Ok(view(cx, self_)?.dict(cx).map_or(0, |dict| dict.len(cx)))
        }

        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            let view = view(cx, self_)?;
            Ok(iter::dict_iter(cx, view.dict.get_or_none(cx), view.part, false))
        }

        /// Return a reverse iterator over the view.
        fn __reversed__(cx; self_: Value<'h>) -> Value<'h> {
            let view = view(cx, self_)?;
            Ok(iter::dict_iter(cx, view.dict.get_or_none(cx), view.part, true))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let list = iter::collect(cx, self_)?;
            let list = repr::repr(cx, list)?;
            Ok(format!("{}({list})", cx.type_name(cx.get(self_))))
        }
    }
}

crate::natives! {
    /// What views of keys and items have: they are like sets.
    pub static SET_LIKE = {
        call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            contains(cx, self_, key)
        }

        fn __hash__(cx; self_: Value<'h>) -> i64 {
            Err(crate::ops::hash::unhashable(cx, self_))
        }

        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            compare_views(cx, CmpOp::Eq, self_, other)
        }

        call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            compare_views(cx, CmpOp::Ne, self_, other)
        }

        call fn __lt__(cx; self_: Slot, other: Slot) -> Slot {
            compare_views(cx, CmpOp::Lt, self_, other)
        }

        call fn __le__(cx; self_: Slot, other: Slot) -> Slot {
            compare_views(cx, CmpOp::Le, self_, other)
        }

        call fn __gt__(cx; self_: Slot, other: Slot) -> Slot {
            compare_views(cx, CmpOp::Gt, self_, other)
        }

        call fn __ge__(cx; self_: Slot, other: Slot) -> Slot {
            compare_views(cx, CmpOp::Ge, self_, other)
        }

        call fn __and__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::And, self_, other)
        }

        call fn __rand__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::And, other, self_)
        }

        call fn __or__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::Or, self_, other)
        }

        call fn __ror__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::Or, other, self_)
        }

        call fn __sub__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::Sub, self_, other)
        }

        call fn __rsub__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::Sub, other, self_)
        }

        call fn __xor__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::Xor, self_, other)
        }

        call fn __rxor__(cx; self_: Slot, other: Slot) -> Slot {
            combine(cx, SetOp::Xor, other, self_)
        }

        /// Return True if the view and the given iterable have a null intersection.
        call fn isdisjoint(cx; self_: Slot, other: Slot) -> bool {
            let mut disjoint = true;
            iter::for_each(cx, other, |cx, element| {
                disjoint = !contains(cx, self_, element)?;
                Ok(disjoint)
            })?;
            Ok(disjoint)
        }
    }
}

/// Membership in a view of keys or items.
fn contains(cx: &mut Ctx, view_slot: Slot, key: Slot) -> Res<bool> {
    let part = view(cx, cx.get(view_slot))?.part;
    let dict = dict_behind(cx, view_slot)?;
    if part == Part::Keys {
        return Ok(mapping::dict_get(cx, dict, key)?.is_some());
    }
    let pair = {
        let cx: &Ctx = cx;
        match cx.get(key).cast::<Tuple>() {
            Some(pair) if pair.len() == 2 => cx.root_all(pair.iter(cx)),
            _ => return Ok(false),
        }
    };
    match mapping::dict_get(cx, dict, pair.get(0))? {
        Some(value) => compare::eq(cx, value, pair.get(1)),
        None => Ok(false),
    }
}

/// Compares with a set or another set-like view; `NotImplemented` for anything else.
fn compare_views(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    let other = cx.get(b);
    let set_like =
        other.cast::<Set>().is_some() || other.native::<DictView>().is_some_and(|view| view.part != Part::Values);
    if !set_like {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    let (small, large) = if matches!(op, CmpOp::Gt | CmpOp::Ge) { (b, a) } else { (a, b) };
    let (few, many) = (item::len(cx, small)?, item::len(cx, large)?);
    let fits = match op {
        CmpOp::Eq | CmpOp::Ne => few == many,
        CmpOp::Lt | CmpOp::Gt => few < many,
        CmpOp::Le | CmpOp::Ge => few <= many,
    };
    let mut holds = fits;
    if fits {
        iter::for_each(cx, small, |cx, element| {
            holds = item::contains(cx, large, element)?;
            Ok(holds)
        })?;
    }
    Ok(cx.root(Value::bool(holds != (op == CmpOp::Ne))))
}

/// A set operation on the elements of two iterables.
fn combine(cx: &mut Ctx, op: SetOp, a: Slot, b: Slot) -> Res<Slot> {
    let sets = [a, b].map(|_| cx.root(Value::of(Set::alloc(cx, Builtin::Set))));
    for (set, elements) in sets.into_iter().zip([a, b]) {
        set_algebra::update(cx, set, elements)?;
    }
    set_algebra::binary_in_place(cx, op, sets[0], sets[1])?;
    Ok(sets[0])
}
