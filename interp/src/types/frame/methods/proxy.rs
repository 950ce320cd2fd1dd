//! `f_locals` of a function's frame: a mapping of its variables that writes through to them (PEP 667).
//!
//! Names that are no variables can be set too; the frame keeps them apart.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::native::GivenSlot;
use crate::object::{Field, HeapType};
use crate::ops::compare::{CmpOp, compare, hash};
use crate::ops::{item, iter, mapping, repr};
use crate::stack::frame::locals;
use crate::types::cell::Cell;
use crate::types::dict::Dict;
use crate::types::frame::FrameObject;
use crate::types::frame::access::{frame_of, with_variables};
use crate::types::list::List;
use crate::types::native::Native;
use crate::value::Value;
use crate::{native_of_fields, natives};

/// The proxy.
pub struct FrameLocals {
    /// The frame.
    pub frame: Field,
}

native_of_fields! { FrameLocals { frame } }

/// A proxy of a function's frame.
pub(crate) fn make(cx: &Ctx, frame: Slot) -> Slot {
    cx.root(Native::alloc(cx, Builtin::FrameLocalsProxy, FrameLocals { frame: Field::of(frame) }))
}

fn frame(cx: &Ctx, proxy: Slot) -> Res<Slot> {
    Ok(cx.root(cx.state::<FrameLocals>(proxy)?.frame.get_or_none(cx)))
}

/// The variables that are bound and the other names, in a new dict.
fn names(cx: &mut Ctx, proxy: Slot) -> Res<Slot> {
    let frame = frame(cx, proxy)?;
    with_variables(cx, frame, |cx, object, variables| {
        let extra = object.extra.get(cx);
        let names = object.code(cx).map_or(Value::NONE, |code| locals(cx, code, variables, extra));
        cx.root(names)
    })
}

/// The number of the variable of this name.
fn variable(cx: &Ctx, object: &FrameObject, key: Value<'_>) -> Option<usize> {
    let name = key.as_str()?;
    object.code(cx)?.variable_names().position(|known| known == name)
}

/// Binds a variable or another name.
fn set(cx: &mut Ctx, proxy: Slot, key: Slot, value: Slot) -> Res<()> {
    let frame = frame(cx, proxy)?;
    let done = with_variables(cx, frame, |cx, object, variables| {
        let Some(at) = variable(cx, object, cx.get(key)) else { return false };
        let value = cx.get(value);
        let in_cell = object.code(cx).is_some_and(|code| code.is_in_cell(at));
        match variables[at].get(cx).and_then(Value::cast::<Cell>).filter(|_| in_cell) {
            Some(cell) => cell.value.set_in(cx, cell.header(), value),
            None => variables[at].set_in(cx, object.header(), value),
        }
        true
    })?;
    if done {
        return Ok(());
    }
    if frame_of(cx, frame)?.extra.get(cx).is_none() {
        let (object, made) = (frame_of(cx, frame)?, Value::of(Dict::alloc(cx)));
        object.header().write(cx).set(&object.extra, made);
    }
    let extra = cx.root(frame_of(cx, frame)?.extra.get_or_none(cx));
    mapping::dict_set(cx, extra, key, value)
}

/// Takes a name away that is no variable; what it was bound to.
fn remove(cx: &mut Ctx, proxy: Slot, key: Slot) -> Res<Option<Slot>> {
    let frame = frame(cx, proxy)?;
    let object = frame_of(cx, frame)?;
    if variable(cx, object, cx.get(key)).is_some() {
        return Err(cx.value_error("cannot remove local variables from FrameLocalsProxy"));
    }
    let Some(extra) = object.extra.get(cx).map(|extra| cx.root(extra)) else { return Ok(None) };
    mapping::dict_remove(cx, extra, key)
}

fn missing(cx: &mut Ctx, key: Slot) -> Raised {
    match repr::repr(cx, key) {
        Ok(shown) => cx.key_error(cx.str(&format!("local variable '{shown}' is not defined"))),
        Err(raised) => raised,
    }
}

/// A mapping that `update` and `|` take.
fn is_mapping(cx: &Ctx, value: Slot) -> bool {
    let value = cx.get(value);
    value.cast::<Dict>().is_some() || value.native::<FrameLocals>().is_some()
}

/// A dict, or what a proxy names.
fn as_dict(cx: &mut Ctx, value: Slot) -> Res<Slot> {
    if cx.get(value).native::<FrameLocals>().is_some() { names(cx, value) } else { Ok(value) }
}

fn update(cx: &mut Ctx, proxy: Slot, other: Slot) -> Res<()> {
    if !is_mapping(cx, other) {
        return Err(cx.type_error("update() argument must be dict or another FrameLocalsProxy"));
    }
    let other = as_dict(cx, other)?;
    let items = cx.call_method(other, Name::items, &[])?;
    iter::for_each(cx, items, |cx, pair| {
        let (zero, one) = (cx.root(cx.int(0)), cx.root(cx.int(1)));
        let (key, value) = (item::get_item(cx, pair, zero)?, item::get_item(cx, pair, one)?);
        set(cx, proxy, key, value)?;
        Ok(true)
    })
}

/// A new dict of one mapping, then another; NotImplemented if one of them is none.
fn merged(cx: &mut Ctx, first: Slot, second: Slot) -> Res<Slot> {
    if !is_mapping(cx, first) || !is_mapping(cx, second) {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    let result = cx.root(Value::of(Dict::alloc(cx)));
    for part in [first, second] {
        let part = as_dict(cx, part)?;
        mapping::dict_update(cx, result, part)?;
    }
    Ok(result)
}

/// What a view of the names' dict yields, in a list.
fn listed(cx: &mut Ctx, proxy: Slot, view: Name) -> Res<Slot> {
    let names = names(cx, proxy)?;
    let view = cx.call_method(names, view, &[])?;
    iter::collect(cx, view)
}

natives! {
    /// Methods of the proxy.
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let given = args.positional(cx) - 1;
            let (args, _) = args.into_slots(cx);
            if given != 1 {
                return Err(cx.type_error(format!("FrameLocalsProxy expected 1 argument, got {given}")));
            }
            frame_of(cx, args.get(1))?;
            Ok(make(cx, args.get(1)))
        }
        slot call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            hash(cx, key)?;
            let names = names(cx, self_)?;
            match mapping::dict_get(cx, names, key)? {
                Some(value) => Ok(value),
                None => Err(missing(cx, key)),
            }
        }
        slot call fn __setitem__(cx; self_: Slot, key: Slot, value: Slot) -> () { set(cx, self_, key, value) }
        slot call fn __delitem__(cx; self_: Slot, key: Slot) -> () {
            match remove(cx, self_, key)? {
                Some(_) => Ok(()),
                None => Err(cx.key_error(cx.get(key))),
            }
        }
        slot call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            hash(cx, key)?;
            let names = names(cx, self_)?;
            Ok(mapping::dict_get(cx, names, key)?.is_some())
        }
        slot call fn __len__(cx; self_: Slot) -> usize {
            let names = names(cx, self_)?;
            item::len(cx, names)
        }
        slot call fn __iter__(cx; self_: Slot) -> Slot {
            let keys = listed(cx, self_, Name::keys)?;
            iter::iter(cx, keys)
        }
        call fn __reversed__(cx; self_: Slot) -> Slot {
            let keys = listed(cx, self_, Name::keys)?;
            let list = cx.get(keys).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
            let backwards: Vec<_> = list.into_iter().rev().collect();
            let backwards = cx.root(Value::of(List::from_values(cx, &backwards)));
            iter::iter(cx, backwards)
        }
        slot call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            if !is_mapping(cx, other) {
                return Ok(cx.root(Value::NOT_IMPLEMENTED));
            }
            let (own, other) = (names(cx, self_)?, as_dict(cx, other)?);
            compare(cx, CmpOp::Eq, own, other)
        }
        slot call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            if !is_mapping(cx, other) {
                return Ok(cx.root(Value::NOT_IMPLEMENTED));
            }
            let (own, other) = (names(cx, self_)?, as_dict(cx, other)?);
            compare(cx, CmpOp::Ne, own, other)
        }
        slot call fn __or__(cx; self_: Slot, other: Slot) -> Slot { merged(cx, self_, other) }
        slot call fn __ror__(cx; self_: Slot, other: Slot) -> Slot { merged(cx, other, self_) }
        slot call fn __ior__(cx; self_: Slot, other: Slot) -> Slot {
            if !is_mapping(cx, other) {
                return Ok(cx.root(Value::NOT_IMPLEMENTED));
            }
            update(cx, self_, other)?;
            Ok(self_)
        }
        slot call fn __repr__(cx; self_: Slot) -> String {
            let names = names(cx, self_)?;
            repr::repr(cx, names)
        }
        call fn copy(cx; self_: Slot) -> Slot { names(cx, self_) }
        call fn keys(cx; self_: Slot) -> Slot { listed(cx, self_, Name::keys) }
        call fn values(cx; self_: Slot) -> Slot { listed(cx, self_, Name::values) }
        call fn items(cx; self_: Slot) -> Slot { listed(cx, self_, Name::items) }
        call fn get(cx; self_: Slot, *args) -> Slot {
            if !(1..=2).contains(&args.len()) {
                return Err(cx.type_error("get expected 1 or 2 arguments"));
            }
            hash(cx, args.get(0))?;
            let names = names(cx, self_)?;
            match mapping::dict_get(cx, names, args.get(0))? {
                Some(value) => Ok(value),
                None if args.len() == 2 => Ok(args.get(1)),
                None => Ok(cx.root(Value::NONE)),
            }
        }
        call fn setdefault(cx; self_: Slot, *args) -> Slot {
            if !(1..=2).contains(&args.len()) {
                return Err(cx.type_error("setdefault expected 1 or 2 arguments"));
            }
            let names = names(cx, self_)?;
            if let Some(value) = mapping::dict_get(cx, names, args.get(0))? {
                return Ok(value);
            }
            let value = if args.len() == 2 { args.get(1) } else { cx.root(Value::NONE) };
            set(cx, self_, args.get(0), value)?;
            Ok(value)
        }
        call fn pop(cx; self_: Slot, key: Slot, default: GivenSlot = GivenSlot(None)) -> Slot {
            match remove(cx, self_, key)? {
                Some(value) => Ok(value),
                None => default.0.ok_or_else(|| cx.key_error(cx.get(key))),
            }
        }
        call fn update(cx; self_: Slot, other: Slot) -> () { update(cx, self_, other) }
    }
}
