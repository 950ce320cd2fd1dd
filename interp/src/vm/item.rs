//! Items.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::call::ops::{begin_above, go_on};
use super::call::{Called, Pending};
use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use crate::ctx::{Ctx, Res};
use crate::names::Name;
use crate::object::{HeapType, Kind};
use crate::ops::item;
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::slice::Slice;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// `object[index]` for an exact list or tuple and an integer in range.
#[inline(always)]
fn fast_index<'h>(cx: &'h Ctx, object: Value<'h>, key: Value<'h>) -> Option<Value<'h>> {
    if !object.word().is_heap() || !key.word().is_int() {
        return None;
    }
    let index = key.word().as_int();
    match object.kind()? {
        Kind::List => {
            let list = object.cast::<List>()?;
            let at = if index < 0 { index + list.len(cx) as i64 } else { index };
            if list.header().is_exact() { list.get(cx, usize::try_from(at).ok()?) } else { None }
        }
        Kind::Tuple => {
            let tuple = object.cast::<Tuple>()?;
            let at = if index < 0 { index + tuple.len() as i64 } else { index };
            if tuple.header().is_exact() { tuple.get(cx, usize::try_from(at).ok()?) } else { None }
        }
        Kind::Dict => {
            let dict = object.cast::<Dict>()?;
            if dict.header().is_exact() { dict.get(cx, key).ok()? } else { None }
        }
        _ => None,
    }
}

#[inline(always)]
fn load_item<D: Dispatch, const K: bool>(s: State, i: Instr) -> D::Out {
    let (object, key) = s.operands::<K>(i);
    match fast_index(s.cx(), object, key) {
        Some(value) => {
            s.set(i.a(), value.word());
            D::go(s.next())
        }
        None => s.slow::<D, LoadItemSlow<K>>(i),
    }
}

/// The script function that answers `object[key]` for an instance.
fn script_getter(s: &State, i: Instr) -> Option<Value<'_>> {
    let object = s.value(i.b());
    if object.kind() != Some(Kind::Instance) {
        return None;
    }
    let method = s.cx().class_of(object).special(s.cx(), Name::__getitem__);
    method.filter(|method| method.kind() == Some(Kind::Function))
}

part!(LoadItemSlow<const K: bool> = load_item_slow);

#[inline(always)]
fn load_item_slow<D: Dispatch, const K: bool>(mut s: State, i: Instr) -> D::Out {
    if script_getter(&s, i).is_some() {
        let result = s.apart(i, |s, i| {
            let top = s.cx().top.get();
            let (object, key) = s.operands::<K>(i);
            let call = script_getter(s, i).map(|method| Pending::push(s.cx(), method, [object, key], None));
            match call {
                Some(call) => begin_above(s, top, Ok(call)),
                // Another thread has changed the class since.
                None => get_item::<K>(s, i).map(Called::Value),
            }
        });
        return go_on::<D>(s, i, result);
    }
    let result = s.apart(i, |s, i| {
        let (object, key) = s.operands::<K>(i);
        let anew = s.cx().anew();
        if let Some(result) = item::get_item_leaf(s.cx(), object, key) {
            return result.map(Value::word);
        }
        anew.done();
        get_item::<K>(s, i)
    });
    s.finish::<D>(i, result)
}

/// `object[key]`, whatever it calls.
fn get_item<const K: bool>(s: &mut State, i: Instr) -> Res<Word> {
    s.with_slots(i, |s, i| {
        let (object, key) = (s.root(i.b()), s.cx().root(s.operand::<K>(i.c())));
        item::get_item(s.cx_mut(), object, key)
    })
}

#[inline(always)]
pub(super) fn LoadItem<D: Dispatch>(s: State, i: Instr) -> D::Out {
    load_item::<D, false>(s, i)
}

#[inline(always)]
pub(super) fn LoadItemK<D: Dispatch>(s: State, i: Instr) -> D::Out {
    load_item::<D, true>(s, i)
}

#[inline(always)]
pub(super) fn StoreItem<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let index = s.get(i.b());
    if index.is_int()
        && let Some(list) = s.value(i.a()).cast::<List>()
        && list.header().is_exact()
    {
        let cx = s.cx();
        let index = index.as_int();
        let at = if index < 0 { index + list.len(cx) as i64 } else { index };
        if at >= 0 && list.set(cx, at as usize, s.value(i.c())) {
            return D::go(s.next());
        }
    }
    s.slow::<D, StoreItemSlow>(i)
}

part!(StoreItemSlow = store_item_slow);

#[inline(always)]
fn store_item_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let anew = s.cx().anew();
        if let Some(result) = item::set_item_leaf(s.cx(), s.value(i.a()), s.value(i.b()), s.value(i.c())) {
            return result;
        }
        anew.done();
        s.with_slots_unit(i, |s, i| {
            let (object, key) = (s.root(i.a()), s.root(i.b()));
            let value = s.root(i.c());
            item::set_item(s.cx_mut(), object, key, value)
        })
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn DeleteItem<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (object, key) = (s.root(i.a()), s.root(i.b()));
        item::del_item(s.cx_mut(), object, key)
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn BuildSlice<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let b = i.b();
    let slice = Slice::alloc(s.cx(), s.value(b), s.value(b + 1), s.value(b + 2));
    s.set(i.a(), Value::of(slice).word());
    D::go(s.next())
}
