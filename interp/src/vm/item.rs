//! Items.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::call::ops::{begin_with, go_on};
use super::{Dispatch, State};
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
fn fast_index(s: State, object: Word, index: Word) -> Option<Word> {
    if !object.is_heap() || !index.is_int() {
        return None;
    }
    let cx = &*s.cx();
    // SAFETY: the word is in a register, and no safepoint is reached here.
    let object: Value<'_> = unsafe { Value::from_word(object) };
    let index = index.as_int();
    match object.kind()? {
        Kind::List => {
            let list = object.cast::<List>()?;
            let at = if index < 0 { index + list.len(cx) as i64 } else { index };
            if list.header().is_exact() { list.get(cx, usize::try_from(at).ok()?).map(Value::word) } else { None }
        }
        Kind::Tuple => {
            let tuple = object.cast::<Tuple>()?;
            let at = if index < 0 { index + tuple.len() as i64 } else { index };
            if tuple.header().is_exact() { tuple.get(cx, usize::try_from(at).ok()?).map(Value::word) } else { None }
        }
        Kind::Dict => {
            let dict = object.cast::<Dict>()?;
            // SAFETY: an integer refers to nothing.
            let key = unsafe { Value::from_word(Word::int_unchecked(index)) };
            if dict.header().is_exact() { dict.get(cx, key).ok()?.map(Value::word) } else { None }
        }
        _ => None,
    }
}

#[inline(always)]
unsafe fn load_item<D: Dispatch, const K: bool>(s: State, i: Instr) -> D::Out {
    let key = if K { s.k(i.c()) } else { s.get(i.c()) };
    match fast_index(s, s.get(i.b()), key) {
        Some(value) => {
            s.set(i.a(), value);
            // SAFETY: the next instruction of the same frame.
            unsafe { D::go(s.next()) }
        }
        None => slow!(s, i, load_item_slow::<D, K>),
    }
}

/// The script function that answers `object[key]` for an instance.
fn script_getter<'h>(s: State, i: Instr) -> Option<Value<'h>> {
    let object: Value<'h> = s.value(i.b());
    if object.kind() != Some(Kind::Instance) {
        return None;
    }
    let method = s.cx().class_of(object).special(s.cx(), Name::__getitem__);
    method.filter(|method| method.kind() == Some(Kind::Function))
}

#[inline(always)]
fn load_item_slow<D: Dispatch, const K: bool>(s: State, i: Instr) -> D::Out {
    if script_getter(s, i).is_some() {
        let result = s.apart(i, |s, i| {
            let (object, key) = s.operands::<K>(i);
            let method = script_getter(s, i).expect("nothing has run since it was seen");
            // SAFETY: the operands are in registers, and the method belongs to the object's class.
            unsafe { begin_with(s, method.word(), &[object.word(), key.word()]) }
        });
        // SAFETY: the state was saved.
        return unsafe { go_on::<D>(s, i, result) };
    }
    let result = s.apart(i, |s, i| {
        let (object, key) = s.operands::<K>(i);
        if let Some(result) = item::get_item_leaf(s.cx(), object, key) {
            return result.map(Value::word);
        }
        s.with_slots(i, |cx, s, i| {
            let (object, key) = s.operands::<K>(i);
            let (object, key) = (cx.root(object), cx.root(key));
            item::get_item(cx, object, key)
        })
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(super) unsafe fn LoadItem<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { load_item::<D, false>(s, i) }
}

#[inline(always)]
pub(super) unsafe fn LoadItemK<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { load_item::<D, true>(s, i) }
}

#[inline(always)]
pub(super) unsafe fn StoreItem<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let index = s.get(i.b());
    if index.is_int()
        && let Some(list) = s.value(i.a()).cast::<List>()
        && list.header().is_exact()
    {
        let cx = &*s.cx();
        let index = index.as_int();
        let at = if index < 0 { index + list.len(cx) as i64 } else { index };
        if at >= 0 && list.set(cx, at as usize, s.value(i.c())) {
            // SAFETY: the next instruction of the same frame.
            return unsafe { D::go(s.next()) };
        }
    }
    slow!(s, i, store_item_slow::<D>)
}

#[inline(always)]
fn store_item_slow<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        if let Some(result) = item::set_item_leaf(s.cx(), s.value(i.a()), s.value(i.b()), s.value(i.c())) {
            return result;
        }
        s.with_slots_unit(i, |cx, s, i| {
            let (object, key) = (cx.root(s.value(i.a())), cx.root(s.value(i.b())));
            let value = cx.root(s.value(i.c()));
            item::set_item(cx, object, key, value)
        })
    });
    // SAFETY: the state was saved.
    unsafe { s.finish_unit::<D>(result) }
}

#[inline(always)]
pub(super) unsafe fn DeleteItem<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |cx, s, i| {
        let (object, key) = (cx.root(s.value(i.a())), cx.root(s.value(i.b())));
        item::del_item(cx, object, key)
    });
    // SAFETY: the state was saved.
    unsafe { s.finish_unit::<D>(result) }
}

#[inline(always)]
pub(super) unsafe fn BuildSlice<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let b = i.b();
    let slice = Slice::alloc(s.cx(), s.value(b), s.value(b + 1), s.value(b + 2));
    s.set(i.a(), Value::of(slice).word());
    // SAFETY: the next instruction of the same frame.
    unsafe { D::go(s.next()) }
}
