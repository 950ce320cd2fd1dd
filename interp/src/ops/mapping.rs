//! Dicts and sets whose keys may have an `__eq__` or `__hash__` of their own.
//!
//! An operation first tries the leaf form. If that answers [`Ask`], the keys in question are compared through slots, and the
//! leaf form runs again with what was learned: the entries known to be different or, if one is equal, that stored key
//! itself, which is then found by identity. What was learned holds for one table, and in a set until a place is used again;
//! then all starts anew.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, ScopeResult, Slot};
use crate::names::Name;
use crate::ops::attr;
use crate::ops::compare::{CmpOp, eq, hash_key};
use crate::ops::item::get_item;
use crate::ops::iter;
use crate::ops::keys::{LEAF, judge};
use crate::types::dict::key::Judge;
use crate::types::dict::table::Found;
use crate::types::dict::{Ask, Dict};
use crate::types::list::List;
use crate::types::set::Set;
use crate::types::tuple::Tuple;
use crate::value::Value;

const DICT_KEY: &str = "a dict key";
const SET_ELEMENT: &str = "a set element";

/// What a search of a dict or set found.
struct Searched<'h> {
    /// The table, or `None` the object.
    table: Value<'h>,
    /// How often the table has used a place again.
    reused: u32,
    found: Found,
    /// The key that is to be asked.
    stored: Option<Value<'h>>,
}

/// Searches a dict or set.
fn search<'h>(cx: &'h Ctx, container: Value<'h>, key: Value<'h>, hash: i64, judge: &Judge<'_>) -> Searched<'h> {
    if let Some(table) = container.cast::<Dict>().and_then(|dict| dict.table(cx)) {
        let found = table.find(cx, key, hash, judge);
        let stored = if let Found::Ask(number) = found { table.key(cx, number) } else { None };
        return Searched { table: Value::of(table), reused: 0, found, stored };
    }
    if let Some(table) = container.cast::<Set>().and_then(|set| set.table(cx)) {
        let reused = table.reused();
        let found = table.find(cx, key, hash, judge);
        let stored = if let Found::Ask(number) = found { table.at(cx, number) } else { None };
        return Searched { table: Value::of(table), reused, found, stored };
    }
    Searched { table: Value::NONE, reused: 0, found: Found::Missing, stored: None }
}

/// Runs a leaf operation on a dict or set, asking keys as often as it answers [`Ask`].
fn with_key<T: ScopeResult>(
    cx: &mut Ctx,
    container: Slot,
    key: Slot,
    role: &str,
    operation: impl for<'h> Fn(&'h Ctx, Value<'h>, Value<'h>, i64, &Judge<'_>) -> Result<T, Ask>,
) -> Res<T> {
    let hash = hash_key(cx, key, role)?;
    // A container that grows does so before it changes.
    if let Ok(done) = cx.with_memory(|cx| operation(cx, cx.get(container), cx.get(key), hash, &LEAF))? {
        return Ok(done);
    }
    cx.scope(|cx| {
        let key = cx.root(cx.get(key));
        let (table, stored) = (cx.root(Value::NONE), cx.root(Value::NONE));
        let (mut different, mut reused) = (Vec::new(), 0);
        loop {
            cx.poll()?;
            let searched = search(cx, cx.get(container), cx.get(key), hash, &judge(&different));
            if searched.table != cx.get(table) || searched.reused != reused {
                cx.set(table, searched.table);
                reused = searched.reused;
                different.clear();
                continue;
            }
            let Found::Ask(number) = searched.found else {
                match operation(cx, cx.get(container), cx.get(key), hash, &judge(&different)) {
                    Ok(done) => return Ok(done),
                    Err(Ask) => continue,
                }
            };
            cx.set(stored, searched.stored.unwrap_or(Value::NONE));
            if eq(cx, stored, key)? {
                cx.set(key, cx.get(stored));
            } else {
                different.push(number);
            }
        }
    })
}

/// The value of a key.
pub fn dict_get(cx: &mut Ctx, dict: Slot, key: Slot) -> Res<Option<Slot>> {
    with_key(cx, dict, key, DICT_KEY, |cx, dict, key, hash, judge| {
        let Some(dict) = dict.cast::<Dict>() else { return Ok(None) };
        Ok(dict.get_hashed(cx, key, hash, judge)?.map(|value| cx.root(value)))
    })
}

/// Binds a key.
pub fn dict_set(cx: &mut Ctx, dict: Slot, key: Slot, value: Slot) -> Res<()> {
    with_key(cx, dict, key, DICT_KEY, |cx, dict, key, hash, judge| {
        let Some(dict) = dict.cast::<Dict>() else { return Ok(()) };
        dict.set_hashed(cx, key, hash, cx.get(value), judge)
    })
}

/// The value of a key, bound to `default` first if it was missing.
pub fn dict_set_default(cx: &mut Ctx, dict: Slot, key: Slot, default: Slot) -> Res<Slot> {
    with_key(cx, dict, key, DICT_KEY, |cx, dict, key, hash, judge| {
        let Some(dict) = dict.cast::<Dict>() else { return Ok(default) };
        Ok(cx.root(dict.set_default_hashed(cx, key, hash, cx.get(default), judge)?))
    })
}

/// Removes a key and returns its value.
pub fn dict_remove(cx: &mut Ctx, dict: Slot, key: Slot) -> Res<Option<Slot>> {
    with_key(cx, dict, key, DICT_KEY, |cx, dict, key, hash, judge| {
        let Some(dict) = dict.cast::<Dict>() else { return Ok(None) };
        Ok(dict.remove_hashed(cx, key, hash, judge)?.map(|value| cx.root(value)))
    })
}

/// Makes the entry of a key the last or the first; whether there is one.
pub fn dict_move(cx: &mut Ctx, dict: Slot, key: Slot, to_end: bool) -> Res<bool> {
    with_key(cx, dict, key, DICT_KEY, |cx, dict, key, hash, judge| {
        dict.cast::<Dict>().map_or(Ok(false), |dict| dict.move_hashed(cx, key, hash, to_end, judge))
    })
}

/// Adds an element; whether it is new.
pub fn set_add(cx: &mut Ctx, set: Slot, key: Slot) -> Res<bool> {
    with_key(cx, set, key, SET_ELEMENT, |cx, set, key, hash, judge| {
        set.cast::<Set>().map_or(Ok(false), |set| set.add_hashed(cx, key, hash, judge))
    })
}

/// Removes an element; whether it was there. A set stands for the frozenset of its elements.
pub fn set_remove(cx: &mut Ctx, set: Slot, key: Slot) -> Res<bool> {
    let key = frozen_key(cx, key);
    with_key(cx, set, key, SET_ELEMENT, |cx, set, key, hash, judge| {
        set.cast::<Set>().map_or(Ok(false), |set| set.remove_hashed(cx, key, hash, judge))
    })
}

/// Whether a set has an element. A set stands for the frozenset of its elements.
pub fn set_contains(cx: &mut Ctx, set: Slot, key: Slot) -> Res<bool> {
    let key = frozen_key(cx, key);
    with_key(cx, set, key, SET_ELEMENT, |cx, set, key, hash, judge| {
        set.cast::<Set>().map_or(Ok(false), |set| set.contains_hashed(cx, key, hash, judge))
    })
}

fn frozen_key(cx: &Ctx, key: Slot) -> Slot {
    let value = cx.get(key);
    match value.cast::<Set>() {
        Some(set) if !cx.is_instance(value, Builtin::FrozenSet) => {
            let frozen = Set::alloc(cx, Builtin::FrozenSet);
            frozen.copy_from(cx, set);
            cx.root(Value::of(frozen))
        }
        _ => key,
    }
}

/// Puts the first entry of a dict at or after `number` into two slots; returns the number after it.
pub fn entry_from(cx: &Ctx, dict: Slot, number: usize, key: Slot, value: Slot) -> Option<usize> {
    let table = cx.get(dict).cast::<Dict>()?.table(cx)?;
    let (at, entry) = (number..table.used()).find_map(|at| Some((at, (table.key(cx, at)?, table.value(cx, at)?))))?;
    cx.set(key, entry.0);
    cx.set(value, entry.1);
    Some(at + 1)
}

/// Puts the first element of a set at or after `place` into a slot; returns the place after it.
pub fn element_from(cx: &Ctx, set: Slot, place: usize, element: Slot) -> Option<usize> {
    let table = cx.get(set).cast::<Set>()?.table(cx)?;
    let (at, value) = (place..table.size()).find_map(|at| Some((at, table.at(cx, at)?)))?;
    cx.set(element, value);
    Some(at + 1)
}

/// What `dict.update(other)` does: `other` is a mapping or an iterable of pairs.
pub fn dict_update(cx: &mut Ctx, dict: Slot, other: Slot) -> Res<()> {
    cx.scope(|cx| {
        if cx.get(other).cast::<Dict>().is_some() && !super::truth::is_overridden(cx, cx.get(other), Name::__iter__) {
            return update_from_dict(cx, dict, other);
        }
        let name = cx.root(cx.name(Name::keys));
        match attr::get_attr_opt(cx, other, name)? {
            Some(keys) => {
                let keys = cx.call(keys, &[])?;
                iter::for_each(cx, keys, |cx, key| {
                    let value = get_item(cx, other, key)?;
                    dict_set(cx, dict, key, value)?;
                    Ok(true)
                })
            }
            None => update_from_pairs(cx, dict, other),
        }
    })
}

fn update_from_dict(cx: &mut Ctx, dict: Slot, other: Slot) -> Res<()> {
    if cx.get(dict) == cx.get(other) {
        return Ok(());
    }
    {
        let cx: &Ctx = cx;
        if let (Some(target), Some(source)) = (cx.get(dict).cast::<Dict>(), cx.get(other).cast::<Dict>())
            && target.table(cx).is_none()
            && target.copy_from(cx, source)
        {
            return Ok(());
        }
    }
    let (key, value) = (cx.root(Value::NONE), cx.root(Value::NONE));
    let mut number = 0;
    while let Some(next) = entry_from(cx, other, number, key, value) {
        number = next;
        dict_set(cx, dict, key, value)?;
    }
    Ok(())
}

fn update_from_pairs(cx: &mut Ctx, dict: Slot, pairs: Slot) -> Res<()> {
    let mut index = 0;
    iter::for_each(cx, pairs, |cx, pair| {
        let found = {
            let value = cx.get(pair);
            match (value.cast::<Tuple>(), value.cast::<List>()) {
                (Some(tuple), _) => cx.root_all(tuple.iter(cx)),
                (None, Some(list)) => cx.root_all(list.to_vec(cx)),
                (None, None) => {
                    let list = match iter::collect(cx, pair) {
                        Ok(list) => list,
                        Err(raised) => {
                            cx.catch(raised, Builtin::TypeError)?;
                            return Err(cx.type_error("object is not iterable"));
                        }
                    };
                    cx.root_all(cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx)))
                }
            }
        };
        if found.len() != 2 {
            let len = found.len();
            return Err(
                cx.value_error(format!("dictionary update sequence element #{index} has length {len}; 2 is required"))
            );
        }
        index += 1;
        dict_set(cx, dict, found.get(0), found.get(1))?;
        Ok(true)
    })
}

/// Compares sets as sets, if no element's class has a say: `<=` is "subset".
pub fn compare_sets_leaf<'h>(cx: &'h Ctx, op: CmpOp, a: &'h Set, b: &'h Set) -> Result<bool, Ask> {
    let (small, large) = if matches!(op, CmpOp::Gt | CmpOp::Ge) { (b, a) } else { (a, b) };
    if let Some(answer) = by_size(op, small.len(cx), large.len(cx)) {
        return Ok(answer);
    }
    let mut subset = true;
    if let Some(table) = small.table(cx) {
        for place in 0..table.size() {
            if let Some((key, hash)) = table.hashed_at(cx, place)
                && !large.contains_hashed(cx, key, hash, &LEAF)?
            {
                subset = false;
                break;
            }
        }
    }
    Ok(subset != (op == CmpOp::Ne))
}

/// What the sizes alone say; `small` is the set that should be the subset.
fn by_size(op: CmpOp, small: usize, large: usize) -> Option<bool> {
    match op {
        CmpOp::Eq | CmpOp::Ne if small != large => Some(op == CmpOp::Ne),
        CmpOp::Lt | CmpOp::Gt if small >= large => Some(false),
        CmpOp::Le | CmpOp::Ge if small > large => Some(false),
        _ => None,
    }
}

/// The same for any elements; both slots hold sets.
pub fn compare_sets(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<bool> {
    let (small, large) = if matches!(op, CmpOp::Gt | CmpOp::Ge) { (b, a) } else { (a, b) };
    let len = |cx: &Ctx, slot| cx.get(slot).cast::<Set>().map_or(0, |set| set.len(cx));
    if let Some(answer) = by_size(op, len(cx, small), len(cx, large)) {
        return Ok(answer);
    }
    Ok(is_subset(cx, small, large)? != (op == CmpOp::Ne))
}

/// Whether every element of one set is in the other.
pub fn is_subset(cx: &mut Ctx, small: Slot, large: Slot) -> Res<bool> {
    cx.scope(|cx| {
        let (element, mut place) = (cx.root(Value::NONE), 0);
        while let Some(next) = element_from(cx, small, place, element) {
            place = next;
            if !set_contains(cx, large, element)? {
                return Ok(false);
            }
        }
        Ok(true)
    })
}
