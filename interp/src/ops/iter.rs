//! Iteration over any value.
//!
//! Iterators of built-in types are [`Iter`] objects: a source and a position, advanced by [`step_leaf`] without any call.
//! Generators resume in the interpreter's loop; the library's iterators have a function of their own
//! ([`NativeData::NEXT`](crate::types::native::NativeData)); the rest go through `__next__`.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot, Slots};
use crate::memory;
use crate::names::Name;
use crate::object::{HeapType, Kind};
use crate::ops::attr::{call_special, find_special};
use crate::ops::truth::{is_overridden, truth};
use crate::ops::{compare, item};
use crate::types::dict::Dict;
use crate::types::dict::views::{DictView, Part};
use crate::types::generator::Generator;
use crate::types::generic_alias::Union;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::list::List;
use crate::types::native::Native;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// What an iterator did without running script code.
pub enum Step<'h> {
    /// It yielded a value.
    Value(Value<'h>),
    /// It is exhausted.
    Done,
    /// It could not go on without running script code.
    Ask,
    /// It raised.
    Raise(Raised),
}

impl Step<'_> {
    /// The answer of an iterator's `next`; `None` if script code has to be run for it.
    pub fn answer(self, cx: &Ctx) -> Option<Res<Option<Slot>>> {
        match self {
            Step::Value(value) => Some(Ok(Some(cx.root(value)))),
            Step::Done => Some(Ok(None)),
            Step::Ask => None,
            Step::Raise(raised) => Some(Err(raised)),
        }
    }
}

/// How many steps one hold of an iterator's guard may take at most.
pub const STEPS_PER_GUARD: usize = 1024;

/// The built-in iterator of a value, if no script code has a say in it.
pub fn iter_leaf<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    if is_overridden(cx, value, Name::__iter__) { None } else { builtin_iter(cx, value) }
}

/// The iterator that a value's layout gives it, whatever its class says: for `list.__iter__(l)` and its like.
pub fn builtin_iter<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    let walk = |class, walk| Some(Value::of(Iter::alloc(cx, class, IterSpec::new(walk, value))));
    match value.kind()? {
        Kind::Iter => Some(value),
        Kind::Generator => value.cast::<Generator>()?.is_plain().then_some(value),
        Kind::List => walk(Builtin::ListIterator, Walk::List),
        Kind::Tuple => walk(Builtin::TupleIterator, Walk::Tuple),
        Kind::Range => {
            let range = value.cast::<Range>()?;
            let spec = IterSpec {
                index: range.start,
                limit: range.stop,
                step: range.step,
                ..IterSpec::new(Walk::Range, value)
            };
            Some(Value::of(Iter::alloc(cx, Builtin::RangeIterator, spec)))
        }
        Kind::Str => {
            let ascii = value.cast::<Str>()?.is_ascii();
            walk(if ascii { Builtin::StrAsciiIterator } else { Builtin::StrIterator }, Walk::Str)
        }
        Kind::Bytes => walk(Builtin::BytesIterator, Walk::Bytes),
        Kind::Dict => Some(dict_iter(cx, value, Part::Keys, false)),
        Kind::Set => {
            let table = value.cast::<Set>()?.table(cx);
            let spec = IterSpec {
                extra: table.map(Value::of),
                limit: table.map_or(0, |table| table.len() as i64),
                ..IterSpec::new(Walk::Set, value)
            };
            Some(Value::of(Iter::alloc(cx, Builtin::SetIterator, spec)))
        }
        Kind::Native => {
            if let Some(view) = value.native::<DictView>() {
                return Some(dict_iter(cx, view.dict.get_or_none(cx), view.part, false));
            }
            value.cast::<Native>()?.next_fn().map(|_| value)
        }
        _ => None,
    }
}

/// An iterator over a part of a dict, forwards or backwards.
pub fn dict_iter<'h>(cx: &'h Ctx, dict: Value<'h>, part: Part, reversed: bool) -> Value<'h> {
    let (class, walk) = match (part, reversed) {
        (Part::Keys, false) => (Builtin::DictKeyIterator, Walk::Keys),
        (Part::Values, false) => (Builtin::DictValueIterator, Walk::Values),
        (Part::Items, false) => (Builtin::DictItemIterator, Walk::Items),
        (Part::Keys, true) => (Builtin::DictReverseKeyIterator, Walk::ReversedKeys),
        (Part::Values, true) => (Builtin::DictReverseValueIterator, Walk::ReversedValues),
        (Part::Items, true) => (Builtin::DictReverseItemIterator, Walk::ReversedItems),
    };
    let table = dict.cast::<Dict>().and_then(|dict| dict.table(cx));
    let bounds = table.map_or(0..0, |table| table.bounds());
    let spec = IterSpec {
        extra: table.map(Value::of),
        index: if reversed { bounds.end } else { bounds.start } as i64,
        limit: table.map_or(0, |table| table.live() as i64),
        step: bounds.end as i64,
        ..IterSpec::new(walk, dict)
    };
    Value::of(Iter::alloc(cx, class, spec))
}

/// `iter(value)`.
pub fn iter(cx: &mut Ctx, value: Slot) -> Res<Slot> {
    if let Some(iterator) = iter_leaf(cx, cx.get(value)) {
        return Ok(cx.root(iterator));
    }
    let not_iterable =
        |cx: &Ctx| Err(cx.type_error(format!("'{}' object is not iterable", cx.type_name(cx.get(value)))));
    match find_special(cx, cx.get(value), Name::__iter__) {
        Some(Value::NONE) => not_iterable(cx),
        Some(_) => {
            let Some(iterator) = call_special(cx, value, Name::__iter__, &[])? else { return not_iterable(cx) };
            let made = cx.get(iterator);
            if !is_iterator(cx, made) {
                return Err(cx.type_error(format!("iter() returned non-iterator of type '{}'", cx.type_name(made))));
            }
            Ok(iterator)
        }
        // A union is subscripted by types, not by numbers.
        None if find_special(cx, cx.get(value), Name::__getitem__).is_some()
            && cx.get(value).native::<Union>().is_none() =>
        {
            let spec = IterSpec::new(Walk::Sequence, cx.get(value));
            Ok(cx.root(Value::of(Iter::alloc(cx, Builtin::SequenceIterator, spec))))
        }
        None => not_iterable(cx),
    }
}

/// Whether `next()` accepts a value.
pub fn is_iterator(cx: &Ctx, value: Value<'_>) -> bool {
    match value.kind() {
        Some(Kind::Iter) => true,
        Some(Kind::Generator) => value.cast::<Generator>().is_some_and(Generator::is_plain),
        Some(Kind::Native) if value.cast::<Native>().is_some_and(|native| native.next_fn().is_some()) => true,
        _ => find_special(cx, value, Name::__next__).is_some_and(|next| !next.is_none()),
    }
}

/// Whether an iterator is advanced by calling its `__next__`, whose StopIteration may have a value.
pub fn steps_by_method(iterator: Value<'_>) -> bool {
    match iterator.kind() {
        Some(Kind::Iter | Kind::Generator) => false,
        Some(Kind::Native) => iterator.cast::<Native>().is_some_and(|native| native.next_fn().is_none()),
        _ => true,
    }
}

/// Advances a built-in iterator, if that runs no script code.
#[inline]
pub fn step_leaf<'h>(cx: &'h Ctx, it: &'h Iter) -> Step<'h> {
    let Some(source) = it.source.get(cx) else { return Step::Done };
    match it.walk() {
        Walk::List => {
            let Some(list) = source.cast::<List>() else { return Step::Done };
            step_by_index(cx, it, |index| list.get(cx, index))
        }
        Walk::Range => loop {
            let number = it.index();
            let more = if it.step > 0 { number < it.limit } else { number > it.limit };
            if !more {
                return Step::Done;
            }
            if it.advance(cx, number, number.checked_add(it.step).unwrap_or(it.limit)) {
                return Step::Value(cx.int(number));
            }
        },
        Walk::Tuple => {
            let Some(tuple) = source.cast::<Tuple>() else { return Step::Done };
            step_by_index(cx, it, |index| tuple.get(cx, index))
        }
        Walk::Keys | Walk::Values | Walk::Items => step_dict(cx, it, source),
        _ => step_other(cx, it, source),
    }
}

#[inline(always)]
fn step_by_index<'h>(cx: &'h Ctx, it: &'h Iter, at: impl Fn(usize) -> Option<Value<'h>>) -> Step<'h> {
    loop {
        let index = it.index();
        let Some(value) = at(index as usize) else { return finish(cx, it) };
        if it.advance(cx, index, index + 1) {
            return Step::Value(value);
        }
    }
}

#[cold]
fn finish<'h>(cx: &'h Ctx, it: &'h Iter) -> Step<'h> {
    it.finish(cx);
    Step::Done
}

fn step_other<'h>(cx: &'h Ctx, it: &'h Iter, source: Value<'h>) -> Step<'h> {
    match it.walk() {
        Walk::ReversedList => loop {
            let index = it.index();
            let Some(value) = source.cast::<List>().and_then(|list| list.get(cx, usize::try_from(index).ok()?)) else {
                return finish(cx, it);
            };
            if it.advance(cx, index, index - 1) {
                return Step::Value(value);
            }
        },
        Walk::Str => loop {
            let at = it.index();
            let rest = source.as_str().and_then(|text| text.get(at as usize..)).unwrap_or_default();
            let Some(c) = rest.chars().next() else { return finish(cx, it) };
            if it.advance(cx, at, at + c.len_utf8() as i64) {
                return Step::Value(cx.char(c));
            }
        },
        Walk::Bytes => {
            let bytes = source.as_bytes().unwrap_or_default();
            step_by_index(cx, it, |index| bytes.get(index).map(|&byte| cx.int(i64::from(byte))))
        }
        Walk::ReversedKeys | Walk::ReversedValues | Walk::ReversedItems => step_dict(cx, it, source),
        Walk::Set => step_set(cx, it, source),
        Walk::Enumerate => {
            let Some(inner) = source.cast::<Iter>() else { return Step::Ask };
            // One guard around both, so that threads that share the iterator number the elements in their order.
            let _guard = it.header().write(cx);
            match step_leaf(cx, inner) {
                Step::Value(value) => Step::Value(cx.tuple(&[count_at(cx, it, count_up(cx, it)), value])),
                other => other,
            }
        }
        Walk::Zip => step_zip(cx, it, source),
        _ => Step::Ask,
    }
}

/// The number that an `enumerate` gives at a position.
pub fn count_at<'h>(cx: &'h Ctx, it: &'h Iter, position: i64) -> Value<'h> {
    match it.extra.get(cx).and_then(Value::as_int) {
        Some(first) => cx.big_int(first.to_big() + position),
        None => cx.int(position),
    }
}

/// Takes the next number of an `enumerate`.
fn count_up(cx: &Ctx, it: &Iter) -> i64 {
    loop {
        let count = it.index();
        if it.advance(cx, count, count.wrapping_add(1)) {
            return count;
        }
    }
}

#[inline]
fn step_dict<'h>(cx: &'h Ctx, it: &'h Iter, source: Value<'h>) -> Step<'h> {
    let Some(dict) = source.cast::<Dict>() else { return Step::Done };
    let Some(table) = dict.table(cx) else {
        return if it.limit == 0 { finish(cx, it) } else { changed(cx, "dictionary changed size during iteration") };
    };
    if !table.has_cells() {
        // A name space gains entries when names are looked up, so only its table tells.
        if table.live() as i64 != it.limit {
            return changed(cx, "dictionary changed size during iteration");
        }
    }
    let (walk, bounds) = (it.walk(), table.bounds());
    let entry = |number: usize| Some((number, table.key(cx, number)?, table.value(cx, number)?));
    loop {
        let at = it.index();
        let backwards = walk.is_reversed_dict();
        let found = if backwards {
            (bounds.start..(at as usize).min(bounds.end)).rev().find_map(entry)
        } else {
            (at as usize..bounds.end).find_map(entry)
        };
        let Some((number, key, value)) = found else { return finish(cx, it) };
        // An entry that was not there at the start, in place of one that was deleted.
        if number as i64 >= it.step && !table.has_cells() && it.extra.get(cx) == Some(Value::of(table)) {
            return changed(cx, "dictionary keys changed during iteration");
        }
        if it.advance(cx, at, number as i64 + i64::from(!backwards)) {
            return Step::Value(match walk {
                Walk::Keys | Walk::ReversedKeys => key,
                Walk::Values | Walk::ReversedValues => value,
                _ => cx.tuple(&[key, value]),
            });
        }
    }
}

fn step_set<'h>(cx: &'h Ctx, it: &'h Iter, source: Value<'h>) -> Step<'h> {
    let Some(set) = source.cast::<Set>() else { return Step::Done };
    let size = set.table(cx).map_or(0, |table| table.len() as i64);
    if size != it.limit {
        return changed(cx, "Set changed size during iteration");
    }
    let Some(table) = set.table(cx) else { return finish(cx, it) };
    loop {
        let at = it.index();
        let found = (at as usize..table.size()).find_map(|place| Some((place, table.at(cx, place)?)));
        let Some((place, element)) = found else { return finish(cx, it) };
        if it.advance(cx, at, place as i64 + 1) {
            return Step::Value(element);
        }
    }
}

#[cold]
fn changed<'h>(cx: &'h Ctx, message: &str) -> Step<'h> {
    Step::Raise(cx.runtime_error(message))
}

/// The iterator, if it is one for which [`step_leaf`] never answers [`Step::Ask`].
///
/// What steps iterators and keeps a state of its own besides does both under its own guard if all of them are such: then
/// threads that share it see each step whole, as they do under a lock. Guards nest from the outer iterator to the inner.
pub fn leaf<'h>(cx: &'h Ctx, iterator: Option<Value<'h>>) -> Option<&'h Iter> {
    iterator.filter(|iterator| never_asks(cx, *iterator)).and_then(Value::cast::<Iter>)
}

/// Whether [`step_leaf`] never answers [`Step::Ask`] for this iterator.
fn never_asks(cx: &Ctx, it: Value<'_>) -> bool {
    let Some(it) = it.cast::<Iter>() else { return false };
    match it.walk() {
        Walk::Sequence | Walk::ReversedSequence | Walk::Call | Walk::Map | Walk::Filter | Walk::Zip => false,
        Walk::Enumerate => it.source.get(cx).is_none_or(|source| never_asks(cx, source)),
        _ => true,
    }
}

/// A tuple's worth of values on the Rust stack.
const SMALL: usize = 4;

fn step_zip<'h>(cx: &'h Ctx, it: &'h Iter, source: Value<'h>) -> Step<'h> {
    let Some(iterators) = source.cast::<Tuple>() else { return Step::Done };
    if iterators.is_empty() {
        return Step::Done;
    }
    let mut values = [Value::NONE; SMALL];
    match step_leaves(cx, it, iterators, &mut values) {
        Step::Value(_) => Step::Value(cx.tuple(&values[..iterators.len()])),
        other => other,
    }
}

/// Puts one element of each of a few built-in iterators into `values`; `Step::Ask` without a step if script code might run.
/// One guard around all, so that threads that share the iterator `it`, which combines them, do not mix each other's elements.
fn step_leaves<'h>(cx: &'h Ctx, it: &Iter, iterators: &'h Tuple, values: &mut [Value<'h>; SMALL]) -> Step<'h> {
    // The messages of `strict` are the slow path's.
    if it.is_strict() || iterators.len() > SMALL || !iterators.iter(cx).all(|it| never_asks(cx, it)) {
        return Step::Ask;
    }
    let _guard = it.header().write(cx);
    for (value, iterator) in values.iter_mut().zip(iterators.iter(cx)) {
        let Some(iterator) = iterator.cast::<Iter>() else { return Step::Ask };
        match step_leaf(cx, iterator) {
            Step::Value(stepped) => *value = stepped,
            other => return other,
        }
    }
    Step::Value(Value::NONE)
}

/// Advances any iterator; `None` at the end.
pub fn next(cx: &mut Ctx, it: Slot) -> Res<Option<Slot>> {
    let value = cx.get(it);
    match value.kind() {
        Some(Kind::Iter) => {
            if let Some(iter) = value.cast::<Iter>() {
                match step_leaf(cx, iter) {
                    Step::Value(value) => return Ok(Some(cx.root(value))),
                    Step::Done => return Ok(None),
                    Step::Raise(raised) => return Err(raised),
                    Step::Ask => {}
                }
            }
            cx.scope(|cx| step_slow(cx, it))
        }
        Some(Kind::Generator) if value.cast::<Generator>().is_some_and(Generator::is_plain) => {
            let sent = cx.root(Value::NONE);
            crate::vm::generator::resume(cx, it, sent)
        }
        Some(Kind::Native) if let Some(next) = value.cast::<Native>().and_then(|native| native.next_fn()) => {
            next(cx, it)
        }
        _ => next_by_method(cx, it),
    }
}

fn next_by_method(cx: &mut Ctx, it: Slot) -> Res<Option<Slot>> {
    match call_special(cx, it, Name::__next__, &[]) {
        Ok(Some(value)) => Ok(Some(value)),
        Ok(None) => Err(cx.type_error(format!("'{}' object is not an iterator", cx.type_name(cx.get(it))))),
        Err(raised) => cx.catch(raised, Builtin::StopIteration).map(|_| None),
    }
}

/// Advances any iterator and puts what it yields into a slot; `false` at the end.
#[inline(always)]
pub fn next_into(cx: &mut Ctx, it: Slot, into: Slot) -> Res<bool> {
    if let Some(iter) = cx.get(it).cast::<Iter>() {
        match step_leaf(cx, iter) {
            Step::Value(value) => {
                cx.set(into, value);
                return Ok(true);
            }
            Step::Done => return Ok(false),
            Step::Raise(raised) => return Err(raised),
            Step::Ask => {}
        }
    }
    next_into_slow(cx, it, into)
}

#[inline(never)]
fn next_into_slow(cx: &mut Ctx, it: Slot, into: Slot) -> Res<bool> {
    let top = cx.top.get();
    let value = if cx.get(it).kind() == Some(Kind::Generator) {
        let sent = cx.root(Value::NONE);
        crate::vm::generator::resume(cx, it, sent)?
    } else {
        next(cx, it)?
    };
    if let Some(value) = value {
        cx.set(into, cx.get(value));
    }
    cx.top.set(top);
    Ok(value.is_some())
}

/// Advances a built-in iterator that calls or asks something.
fn step_slow(cx: &mut Ctx, it: Slot) -> Res<Option<Slot>> {
    let Some(iter) = cx.get(it).cast::<Iter>() else { return Ok(None) };
    let Some(source) = iter.source.get(cx) else { return Ok(None) };
    let walk = iter.walk();
    let source = cx.root(source);
    let extra = cx.root(iter.extra.get_or_none(cx));
    match walk {
        Walk::Sequence => step_sequence(cx, it, source, 1),
        Walk::ReversedSequence => step_sequence(cx, it, source, -1),
        Walk::Call => {
            let value = cx.call(source, &[])?;
            if compare::eq(cx, extra, value)? {
                finish_slot(cx, it);
                return Ok(None);
            }
            Ok(Some(value))
        }
        Walk::Enumerate => {
            let Some(value) = next(cx, source)? else { return Ok(None) };
            let Some(iter) = cx.get(it).cast::<Iter>() else { return Ok(None) };
            let count = count_at(cx, iter, count_up(cx, iter));
            Ok(Some(cx.root(cx.tuple(&[count, cx.get(value)]))))
        }
        Walk::Zip => step_zip_slots(cx, it, source),
        Walk::Map => step_map(cx, it, source, extra),
        Walk::Filter => {
            let value = cx.root(Value::NONE);
            while next_into(cx, extra, value)? {
                let keep = cx.scope(|cx| {
                    if cx.get(source).is_none() {
                        return truth(cx, value);
                    }
                    let answer = cx.call(source, &[value])?;
                    truth(cx, answer)
                })?;
                if keep {
                    return Ok(Some(value));
                }
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}

fn finish_slot(cx: &Ctx, it: Slot) {
    if let Some(iter) = cx.get(it).cast::<Iter>() {
        iter.finish(cx);
    }
}

/// Advances a walk by `__getitem__`. If another thread was faster, the next element is asked for.
fn step_sequence(cx: &mut Ctx, it: Slot, source: Slot, step: i64) -> Res<Option<Slot>> {
    loop {
        let index = cx.get(it).cast::<Iter>().map_or(-1, Iter::index);
        if index < 0 {
            return Ok(None);
        }
        let key = cx.root(cx.int(index));
        let raised = match item::get_item(cx, source, key) {
            Ok(value) if cx.get(it).cast::<Iter>().is_some_and(|iter| iter.advance_by(cx, index, step)) => {
                return Ok(Some(value));
            }
            Ok(_) => continue,
            Err(raised) => raised,
        };
        let ended = match cx.catch(raised, Builtin::IndexError) {
            Ok(_) => Ok(()),
            Err(raised) => cx.catch(raised, Builtin::StopIteration).map(|_| ()),
        };
        return ended.map(|()| {
            finish_slot(cx, it);
            None
        });
    }
}

fn step_map(cx: &mut Ctx, it: Slot, function: Slot, iterators: Slot) -> Res<Option<Slot>> {
    let strict = cx.get(it).cast::<Iter>().is_some_and(Iter::is_strict);
    let values = {
        let cx = &*cx;
        let mut values = [Value::NONE; SMALL];
        match (cx.get(it).cast::<Iter>(), cx.get(iterators).cast::<Tuple>()) {
            (Some(iter), Some(tuple)) => match step_leaves(cx, iter, tuple, &mut values) {
                Step::Value(_) => Some(cx.root_all(values[..tuple.len()].iter().copied())),
                Step::Done => return Ok(None),
                Step::Raise(raised) => return Err(raised),
                Step::Ask => None,
            },
            _ => None,
        }
    };
    let values = match values {
        Some(values) => values,
        None => {
            let iterators = tuple_slots(cx, iterators);
            let values = cx.root_all(iterators.iter().map(|_| Value::NONE));
            if !step_together(cx, iterators, values, if strict { Some("map") } else { None })? {
                return Ok(None);
            }
            values
        }
    };
    cx.call_slots(function, values).map(Some)
}

fn tuple_slots(cx: &Ctx, tuple: Slot) -> Slots {
    match cx.get(tuple).cast::<Tuple>() {
        Some(tuple) => cx.root_all(tuple.iter(cx)),
        None => cx.root_all([]),
    }
}

fn step_zip_slots(cx: &mut Ctx, it: Slot, iterators: Slot) -> Res<Option<Slot>> {
    let strict = cx.get(it).cast::<Iter>().is_some_and(Iter::is_strict);
    let iterators = tuple_slots(cx, iterators);
    let values = cx.root_all(iterators.iter().map(|_| Value::NONE));
    if !step_together(cx, iterators, values, if strict { Some("zip") } else { None })? {
        return Ok(None);
    }
    if iterators.is_empty() { Ok(None) } else { Ok(Some(cx.root(cx.tuple_of(values)))) }
}

/// Advances several iterators; `false` when the first of them ends. If they are to end together, `strict` names the function
/// for the ValueError.
fn step_together(cx: &mut Ctx, iterators: Slots, values: Slots, strict: Option<&str>) -> Res<bool> {
    for (i, (iterator, value)) in iterators.iter().zip(values.iter()).enumerate() {
        if next_into(cx, iterator, value)? {
            continue;
        }
        let Some(function) = strict else { return Ok(false) };
        let arguments = |i: usize| if i == 1 { "argument 1".to_owned() } else { format!("arguments 1-{i}") };
        if i > 0 {
            return Err(cx.value_error(format!("{function}() argument {} is shorter than {}", i + 1, arguments(i))));
        }
        for (j, iterator) in iterators.iter().enumerate().skip(1) {
            if next_into(cx, iterator, value)? {
                return Err(cx.value_error(format!("{function}() argument {} is longer than {}", j + 1, arguments(j))));
            }
        }
        return Ok(false);
    }
    Ok(true)
}

/// How many steps of an iterator without bound lie between two polls.
const STEPS_PER_POLL: u32 = 1024;

/// Runs `f` on each element of an iterable until it answers `false`. The slot is reused from step to step.
///
/// Walks over built-in containers contain no safepoint of their own, so they are atomic where a lock makes them so; walks
/// over anything else poll now and then.
pub fn for_each(cx: &mut Ctx, iterable: Slot, f: impl FnMut(&mut Ctx, Slot) -> Res<bool>) -> Res<()> {
    cx.scope(|cx| {
        let it = iter(cx, iterable)?;
        walk(cx, it, f)
    })
}

/// The same for what an iterator yields.
pub fn walk(cx: &mut Ctx, it: Slot, mut f: impl FnMut(&mut Ctx, Slot) -> Res<bool>) -> Res<()> {
    cx.scope(|cx| {
        let element = cx.root(Value::NONE);
        let polls = match cx.get(it).cast::<Iter>().map(Iter::walk) {
            None | Some(Walk::Range | Walk::Call | Walk::Map | Walk::Filter | Walk::Enumerate | Walk::Zip) => true,
            Some(_) => false,
        };
        let mut steps = 0_u32;
        while next_into(cx, it, element)? {
            if !cx.scope(|cx| f(cx, element))? {
                break;
            }
            steps = steps.wrapping_add(1);
            if polls && steps.is_multiple_of(STEPS_PER_POLL) {
                cx.poll()?;
            }
        }
        Ok(())
    })
}

/// A new list of the elements of an iterable.
pub fn collect(cx: &mut Ctx, iterable: Slot) -> Res<Slot> {
    if let Some(list) = cx.with_memory(|cx| collect_leaf(cx, cx.get(iterable)).map(|list| cx.root(list)))? {
        return Ok(list);
    }
    let list = cx.root(Value::of(List::alloc(cx)));
    extend_by_steps(cx, list, iterable)?;
    Ok(list)
}

/// A new list of the elements of a built-in container that the list can copy at once.
fn collect_leaf<'h>(cx: &'h Ctx, value: Value<'h>) -> Option<Value<'h>> {
    if is_overridden(cx, value, Name::__iter__) {
        return None;
    }
    let list = match value.kind()? {
        Kind::List => {
            let list = value.cast::<List>()?;
            list.copy_range(cx, 0, list.len(cx))
        }
        Kind::Tuple => List::from_exact(cx, value.cast::<Tuple>()?.iter(cx)),
        // One table is read from its beginning to its end, whatever other threads add meanwhile.
        Kind::Dict => List::from_values(cx, &memory::collect(value.cast::<Dict>()?.iter(cx).map(|(key, _)| key))),
        Kind::Set => List::from_values(cx, &memory::collect(value.cast::<Set>()?.iter(cx))),
        _ => return None,
    };
    Some(Value::of(list))
}

/// Adds the elements of an iterable to a list.
pub fn extend(cx: &mut Ctx, list: Slot, iterable: Slot) -> Res<()> {
    let done = cx.with_memory(|cx| {
        let copy = collect_leaf(cx, cx.get(iterable));
        let both = (cx.get(list).cast::<List>(), copy.and_then(Value::cast::<List>));
        let (Some(to), Some(from)) = both else { return false };
        to.extend_from(cx, from);
        true
    })?;
    if done { Ok(()) } else { extend_by_steps(cx, list, iterable) }
}

fn extend_by_steps(cx: &mut Ctx, list: Slot, iterable: Slot) -> Res<()> {
    cx.scope(|cx| {
        let it = iter(cx, iterable)?;
        make_room_for(cx, list, iterable)?;
        walk(cx, it, |cx, element| push(cx, list, element).map(|()| true))
    })
}

/// Makes room in a list for the elements that an iterable says it has, so that one that has too many is refused at once.
fn make_room_for(cx: &mut Ctx, list: Slot, iterable: Slot) -> Res<()> {
    let is_iterable = find_special(cx, cx.get(iterable), Name::__iter__).is_some_and(|iter| !iter.is_none());
    let Some(count) = (if is_iterable { length_hint(cx, iterable)? } else { None }) else { return Ok(()) };
    // What a class says of itself need not be true: for that there must be memory, but it is not taken.
    let certain = cx.get(iterable).header().is_some_and(|header| header.is_exact());
    cx.with_memory(|cx| match cx.get(list).cast::<List>() {
        Some(list) if certain => list.reserve(cx, count),
        _ => memory::expect(count.saturating_mul(size_of::<Value<'_>>())),
    })
}

/// How many elements an iterable says it has; `None` if it does not say.
///
/// # Errors
/// What its `__len__` or `__length_hint__` raises, except a TypeError; ValueError for a negative number.
pub fn length_hint(cx: &mut Ctx, iterable: Slot) -> Res<Option<usize>> {
    for special in [Name::__len__, Name::__length_hint__] {
        if find_special(cx, cx.get(iterable), special).is_none() {
            continue;
        }
        let count = match call_special(cx, iterable, special, &[]) {
            Ok(Some(count)) => count,
            Ok(None) => continue,
            Err(raised) => {
                cx.catch(raised, Builtin::TypeError)?;
                continue;
            }
        };
        let value = cx.get(count);
        if value == Value::NOT_IMPLEMENTED {
            return Ok(None);
        }
        let Some(int) = value.as_int() else {
            let class = cx.type_name(value);
            let message = match special {
                Name::__len__ => format!("'{class}' object cannot be interpreted as an integer"),
                _ => format!("__length_hint__ must be an integer, not {class}"),
            };
            return Err(cx.type_error(message));
        };
        let Some(count) = int.to_i64() else {
            return Err(cx.overflow_error("cannot fit 'int' into an index-sized integer"));
        };
        return match usize::try_from(count) {
            Ok(count) => Ok(Some(count)),
            Err(_) if special == Name::__len__ => Err(cx.value_error("__len__() should return >= 0")),
            Err(_) => Err(cx.value_error("__length_hint__() should return >= 0")),
        };
    }
    Ok(None)
}

/// Adds an element to a list, which may have to grow.
pub fn push(cx: &mut Ctx, list: Slot, element: Slot) -> Res<()> {
    {
        let cx = &*cx;
        let Some(list) = cx.get(list).cast::<List>() else { return Ok(()) };
        if list.has_room(cx) {
            list.push(cx, cx.get(element));
            return Ok(());
        }
    }
    cx.with_memory(|cx| {
        if let Some(list) = cx.get(list).cast::<List>() {
            list.push(cx, cx.get(element));
        }
    })
}
