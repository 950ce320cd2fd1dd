//! Slices of the built-in sequences: reading, assigning, deleting.

use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::object::{Field, Kind};
use crate::ops::attr::find_special;
use crate::ops::{item, iter, number};
use crate::types::int::Int;
use crate::types::list::List;
use crate::types::range::Range;
use crate::types::range::wide::WideRange;
use crate::types::slice::{Indices, Slice};
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The bounds of a slice: start, stop, step.
type Bounds = (Option<i64>, Option<i64>, i64);

/// The bounds of a slice, if they are integers or `None`; integers beyond 64 bits count as the largest.
fn bounds_leaf(cx: &Ctx, slice: &Slice) -> Option<Res<Bounds>> {
    let bound = |value: Value<'_>| {
        if value.is_none() {
            return Some(None);
        }
        let int = value.as_int()?;
        Some(Some(int.to_i64().unwrap_or(if int.to_f64() < 0.0 { i64::MIN } else { i64::MAX })))
    };
    let start = bound(slice.start.get_or_none(cx))?;
    let stop = bound(slice.stop.get_or_none(cx))?;
    match bound(slice.step.get_or_none(cx))?.unwrap_or(1) {
        0 => Some(Err(cx.value_error("slice step cannot be zero"))),
        step => Some(Ok((start, stop, step.max(-i64::MAX)))),
    }
}

/// Whether a bound of a slice is an integer beyond 64 bits.
fn is_big(cx: &Ctx, bound: &Field) -> bool {
    bound.get(cx).and_then(Value::as_int).is_some_and(|bound| bound.to_i64().is_none())
}

/// What a slice selects from `len` elements, if its bounds are integers or `None`.
pub fn indices_leaf(cx: &Ctx, slice: &Slice, len: usize) -> Option<Res<Indices>> {
    bounds_leaf(cx, slice).map(|bounds| bounds.map(|(start, stop, step)| Indices::clip(start, stop, step, len)))
}

/// What a slice whose bounds are [`resolve`]d selects from `len` elements.
fn resolved(cx: &Ctx, slice: &Slice, len: usize) -> Res<Indices> {
    let nothing = Indices::clip(Some(0), Some(0), 1, len);
    indices_leaf(cx, slice, len).unwrap_or(Ok(nothing))
}

/// A slice with the same meaning whose bounds are integers or `None`: asks them for `__index__`.
pub fn resolve(cx: &mut Ctx, slice: Slot) -> Res<Slot> {
    let Some(parts) = cx.get(slice).cast::<Slice>() else { return Ok(slice) };
    let parts = cx.root_all([&parts.start, &parts.stop, &parts.step].map(|field| field.get_or_none(cx)));
    for part in parts.iter() {
        let value = cx.get(part);
        if value.is_none() || value.as_int().is_some() {
            continue;
        }
        if find_special(cx, value, Name::__index__).is_none() {
            return Err(cx.type_error("slice indices must be integers or None or have an __index__ method"));
        }
        let index = number::index(cx, part)?;
        cx.set(part, cx.get(index));
    }
    let [start, stop, step] = [0, 1, 2].map(|i| cx.get(parts.get(i)));
    Ok(cx.root(Value::of(Slice::alloc(cx, start, stop, step))))
}

/// What a subscript selects.
pub enum Selected {
    /// The element at this index.
    One(usize),
    /// These elements.
    Many(Indices),
}

/// What an integer or a slice of integers selects from `len` elements; `None` if the index is out of range.
pub fn select(cx: &Ctx, key: Value<'_>, len: usize) -> Res<Option<Selected>> {
    if let Some(slice) = key.cast::<Slice>() {
        return indices_leaf(cx, slice, len).map(|indices| indices.map(Selected::Many)).transpose();
    }
    let index = key.as_int().and_then(Int::to_i64);
    Ok(index.and_then(|index| item::position(index, len)).map(Selected::One))
}

/// `sequence[slice]` for the built-in sequences, whatever their class says; `None` if it is another value or a bound asks.
pub fn get_leaf<'h>(cx: &'h Ctx, sequence: Value<'h>, slice: &Slice) -> Option<Res<Value<'h>>> {
    let selected = |len| indices_leaf(cx, slice, len);
    let part = match sequence.kind()? {
        Kind::List => {
            let list = sequence.cast::<List>()?;
            selected(list.len(cx))?.map(|indices| {
                let result = match indices.step {
                    1 => list.copy_range(cx, indices.start as usize, indices.start as usize + indices.count),
                    _ => List::from_values(cx, &memory::collect(indices.iter().map_while(|i| list.get(cx, i)))),
                };
                Value::of(result)
            })
        }
        Kind::Tuple => {
            let tuple = sequence.cast::<Tuple>()?;
            selected(tuple.len())?.map(|indices| {
                if indices.step == 1 && indices.count == tuple.len() && tuple_is_exact(sequence) {
                    return sequence;
                }
                cx.tuple(&memory::collect(indices.iter().filter_map(|i| tuple.get(cx, i))))
            })
        }
        Kind::Str => {
            let string = sequence.cast::<Str>()?;
            selected(string.len())?.map(|indices| slice_str(cx, string, indices))
        }
        Kind::Bytes => {
            let bytes = sequence.as_bytes()?;
            selected(bytes.len())?.map(|indices| match indices.step {
                1 => cx.bytes(&bytes[indices.start as usize..indices.start as usize + indices.count]),
                _ => cx.bytes(&memory::collect(indices.iter().map(|i| bytes[i]))),
            })
        }
        Kind::Range if [&slice.start, &slice.stop, &slice.step].iter().any(|bound| is_big(cx, bound)) => {
            WideRange::of(sequence)?.slice(cx, slice).map(|part| part.alloc(cx))
        }
        Kind::Range => {
            let range = sequence.cast::<Range>()?;
            selected(range.len())?.map(|indices| {
                let at = |index: i64| range.start.saturating_add(index.saturating_mul(range.step));
                Value::of(Range::alloc(
                    cx,
                    at(indices.start),
                    at(indices.stop),
                    range.step.saturating_mul(indices.step),
                ))
            })
        }
        _ => return None,
    };
    Some(part)
}

fn tuple_is_exact(tuple: Value<'_>) -> bool {
    tuple.header().is_some_and(|header| header.is_exact())
}

fn slice_str<'h>(cx: &'h Ctx, string: &'h Str, indices: Indices) -> Value<'h> {
    let text = string.as_str();
    let start = indices.start as usize;
    let step = indices.step.unsigned_abs() as usize;
    // Whole runs are read only where the characters between the selected ones are few.
    let run = || {
        let other = indices.iter().next_back().unwrap_or(start);
        string.slice(start.min(other), start.max(other) + 1).chars()
    };
    match indices.step {
        _ if indices.count == 0 => cx.str(""),
        1 => cx.str(string.slice(start, start + indices.count)),
        _ if string.is_ascii() => cx.str(&memory::collect_text(indices.iter().map(|i| text.as_bytes()[i] as char))),
        _ if step > 16 => cx.str(&indices.iter().map(|i| string.slice(i, i + 1)).collect::<String>()),
        _ if indices.step < 0 => cx.str(&memory::collect_text(run().rev().step_by(step))),
        _ => cx.str(&memory::collect_text(run().step_by(step))),
    }
}

/// `list[slice] = values`.
pub fn set_list_slice(cx: &mut Ctx, list: Slot, slice: Slot, values: Slot) -> Res<()> {
    let slice = resolve(cx, slice)?;
    // A copy: the values may be the list itself.
    let values = match iter::iter(cx, values) {
        Ok(iterator) => iter::collect(cx, if cx.get(values).cast::<List>().is_some() { values } else { iterator })?,
        Err(raised) => {
            cx.catch(raised, crate::builtin::Builtin::TypeError)?;
            return Err(cx.type_error("must assign iterable to extended slice"));
        }
    };
    let cx: &Ctx = cx;
    let (Some(list), Some(slice)) = (cx.get(list).cast::<List>(), cx.get(slice).cast::<Slice>()) else { return Ok(()) };
    let new = cx.get(values).cast::<List>().map_or_else(Vec::new, |values| values.to_vec(cx));
    let select = |len| {
        let indices = resolved(cx, slice, len)?;
        let (given, wanted) = (new.len(), indices.count);
        if indices.step == 1 || given == wanted {
            return Ok(indices);
        }
        let message = format!("attempt to assign sequence of size {given} to extended slice of size {wanted}");
        Err(cx.value_error(message))
    };
    list.replace_selected(cx, select, &new)
}

/// `del list[slice]`.
pub fn delete_list_slice(cx: &mut Ctx, list: Slot, slice: Slot) -> Res<()> {
    let slice = resolve(cx, slice)?;
    let cx: &Ctx = cx;
    let (Some(list), Some(slice)) = (cx.get(list).cast::<List>(), cx.get(slice).cast::<Slice>()) else { return Ok(()) };
    list.remove_selected(cx, |len| resolved(cx, slice, len))
}
