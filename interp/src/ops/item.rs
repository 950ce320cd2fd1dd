//! Subscripts, membership and length of any value.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::{call_special, find_special, get_attr_opt};
use crate::ops::compare::{self, equal_leaf};
use crate::ops::truth::{is_overridden, truth};
use crate::ops::{iter, mapping, number, slicing};
use crate::types::bytearray::ByteArray;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::dict::views::DictView;
use crate::types::int::Int;
use crate::types::list::List;
use crate::types::memory_view::MemoryView;
use crate::types::range::Range;
use crate::types::set::Set;
use crate::types::slice::Slice;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Where an index leads in a sequence of `len` elements: counted from the end if it is negative.
#[inline]
pub(crate) fn position(index: i64, len: usize) -> Option<usize> {
    let index = if index < 0 { index + len as i64 } else { index };
    usize::try_from(index).ok().filter(|&index| index < len)
}

/// `container[key]`, if no script code has a say in it.
#[inline]
pub fn get_item_leaf<'h>(cx: &'h Ctx, container: Value<'h>, key: Value<'h>) -> Option<Res<Value<'h>>> {
    if let Some(list) = container.cast::<List>()
        && let Some(index) = key.as_small_int()
        && !is_overridden(cx, container, Name::__getitem__)
    {
        let found = position(index, list.len(cx)).and_then(|index| list.get(cx, index));
        return Some(found.ok_or_else(|| cx.index_error("list index out of range")));
    }
    if let Some(dict) = container.cast::<Dict>()
        && !is_overridden(cx, container, Name::__getitem__)
    {
        return match dict.get(cx, key).ok()? {
            Some(value) => Some(Ok(value)),
            None if container.header().is_some_and(|header| header.is_exact()) => Some(Err(cx.key_error(key))),
            None => None,
        };
    }
    if is_overridden(cx, container, Name::__getitem__) {
        return None;
    }
    builtin_get_item_leaf(cx, container, key)
}

/// The same by layout, whatever the class says; dicts excepted.
fn builtin_get_item_leaf<'h>(cx: &'h Ctx, container: Value<'h>, key: Value<'h>) -> Option<Res<Value<'h>>> {
    if let Some(slice) = key.cast::<Slice>() {
        return slicing::get_leaf(cx, container, slice);
    }
    let index = || match key.as_int()? {
        Int::Small(index) => Some(Ok(index)),
        Int::Big(_) => Some(Err(cx.index_error("cannot fit 'int' into an index-sized integer"))),
    };
    let out_of_range = |what: &str| cx.index_error(format!("{what} out of range"));
    let found = match container.kind()? {
        Kind::List => {
            let list = container.cast::<List>()?;
            index()?.and_then(|index| {
                let found = position(index, list.len(cx)).and_then(|index| list.get(cx, index));
                found.ok_or_else(|| out_of_range("list index"))
            })
        }
        Kind::Tuple => {
            let tuple = container.cast::<Tuple>()?;
            index()?.and_then(|index| {
                let found = position(index, tuple.len()).and_then(|index| tuple.get(cx, index));
                found.ok_or_else(|| out_of_range("tuple index"))
            })
        }
        Kind::Str => {
            let string = container.cast::<Str>()?;
            index()?.and_then(|index| {
                let at = position(index, string.len()).ok_or_else(|| out_of_range("string index"))?;
                if string.is_ascii() {
                    return Ok(cx.char(string.as_str().as_bytes()[at] as char));
                }
                Ok(cx.str(string.slice(at, at + 1)))
            })
        }
        Kind::Bytes => {
            let bytes = container.as_bytes()?;
            index()?.and_then(|index| {
                let at = position(index, bytes.len()).ok_or_else(|| out_of_range("index"))?;
                Ok(cx.int(i64::from(bytes[at])))
            })
        }
        Kind::Range => {
            let range = container.cast::<Range>()?;
            index()?.and_then(|index| {
                let at = position(index, range.len()).ok_or_else(|| out_of_range("range object index"))?;
                Ok(cx.int(range.at(at)))
            })
        }
        _ => return None,
    };
    Some(found)
}

/// `container[key]`.
pub fn get_item(cx: &mut Ctx, container: Slot, key: Slot) -> Res<Slot> {
    {
        let cx: &Ctx = cx;
        if let Some(result) = get_item_leaf(cx, cx.get(container), cx.get(key)) {
            return result.map(|value| cx.root(value));
        }
    }
    let value = cx.get(container);
    if is_sequence_or_dict(value) && !is_overridden(cx, value, Name::__getitem__) {
        return builtin_get_item(cx, container, key);
    }
    if let Some(result) = call_special(cx, container, Name::__getitem__, &[key])? {
        return Ok(result);
    }
    if cx.get(container).cast::<Class>().is_some() {
        let name = cx.root(cx.name(Name::__class_getitem__));
        if let Some(method) = get_attr_opt(cx, container, name)? {
            return cx.call(method, &[key]);
        }
        let name = cx.get(container).cast::<Class>().map_or("?", |class| class.name(cx));
        return Err(cx.type_error(format!("type '{name}' is not subscriptable")));
    }
    Err(cx.type_error(format!("'{}' object is not subscriptable", cx.type_name(cx.get(container)))))
}

fn is_sequence_or_dict(value: Value<'_>) -> bool {
    matches!(value.kind(), Some(Kind::List | Kind::Tuple | Kind::Str | Kind::Bytes | Kind::Range | Kind::Dict))
}

/// What the `__getitem__` of a value's layout answers, whatever its class says: for `list.__getitem__(l, i)` and its like.
pub fn builtin_get_item(cx: &mut Ctx, container: Slot, key: Slot) -> Res<Slot> {
    if cx.get(container).cast::<Dict>().is_some() {
        if let Some(value) = mapping::dict_get(cx, container, key)? {
            return Ok(value);
        }
        if !cx.get(container).header().is_some_and(|header| header.is_exact())
            && let Some(value) = call_special(cx, container, Name::__missing__, &[key])?
        {
            return Ok(value);
        }
        return Err(cx.key_error(cx.get(key)));
    }
    let key = index_or_slice(cx, container, key)?;
    let cx: &Ctx = cx;
    match builtin_get_item_leaf(cx, cx.get(container), cx.get(key)) {
        Some(result) => result.map(|value| cx.root(value)),
        None => Err(wrong_index(cx, cx.get(container), cx.get(key))),
    }
}

/// A subscript of a sequence as an integer or as a slice of integers.
pub(crate) fn index_or_slice(cx: &mut Ctx, container: Slot, key: Slot) -> Res<Slot> {
    let value = cx.get(key);
    if value.cast::<Slice>().is_some() {
        return slicing::resolve(cx, key);
    }
    if value.as_int().is_some() {
        return Ok(key);
    }
    if find_special(cx, value, Name::__index__).is_none() {
        return Err(wrong_index(cx, cx.get(container), value));
    }
    number::index(cx, key)
}

fn wrong_index(cx: &Ctx, container: Value<'_>, key: Value<'_>) -> Raised {
    let got = cx.type_name(key);
    let what = match container.kind() {
        Some(Kind::Str) => return cx.type_error(format!("string indices must be integers, not '{got}'")),
        Some(Kind::List) => "list",
        Some(Kind::Tuple) => "tuple",
        Some(Kind::Bytes) => "byte",
        Some(Kind::Native) if container.native::<MemoryView>().is_some() => {
            return cx.type_error("memoryview: invalid slice key");
        }
        Some(Kind::Native) if container.native::<ByteArray>().is_some() => "bytearray",
        _ => "range",
    };
    cx.type_error(format!("{what} indices must be integers or slices, not {got}"))
}

/// `container[key] = value`, if no script code has a say in it.
#[inline]
pub fn set_item_leaf<'h>(cx: &'h Ctx, container: Value<'h>, key: Value<'h>, value: Value<'h>) -> Option<Res<()>> {
    if is_overridden(cx, container, Name::__setitem__) {
        return None;
    }
    if let Some(list) = container.cast::<List>() {
        let index = key.as_small_int()?;
        let stored = position(index, list.len(cx)).is_some_and(|index| list.set(cx, index, value));
        return Some(if stored { Ok(()) } else { Err(cx.index_error("list assignment index out of range")) });
    }
    container.cast::<Dict>()?.set(cx, key, value).ok().map(Ok)
}

/// `container[key] = value`.
pub fn set_item(cx: &mut Ctx, container: Slot, key: Slot, value: Slot) -> Res<()> {
    if let Some(result) = set_item_leaf(cx, cx.get(container), cx.get(key), cx.get(value)) {
        return result;
    }
    cx.scope(|cx| {
        let target = cx.get(container);
        let own = matches!(target.kind(), Some(Kind::List | Kind::Dict));
        if own && !is_overridden(cx, target, Name::__setitem__) {
            return builtin_set_item(cx, container, key, value);
        }
        match call_special(cx, container, Name::__setitem__, &[key, value])? {
            Some(_) => Ok(()),
            None => Err(
                cx.type_error(format!("'{}' object does not support item assignment", cx.type_name(cx.get(container))))
            ),
        }
    })
}

/// What the `__setitem__` of a list or dict does, whatever its class says.
pub fn builtin_set_item(cx: &mut Ctx, container: Slot, key: Slot, value: Slot) -> Res<()> {
    if cx.get(container).cast::<Dict>().is_some() {
        return mapping::dict_set(cx, container, key, value);
    }
    if cx.get(key).cast::<Slice>().is_some() {
        return slicing::set_list_slice(cx, container, key, value);
    }
    let key = index_or_slice(cx, container, key)?;
    let (Some(list), Some(index)) = (cx.get(container).cast::<List>(), cx.get(key).as_int()) else { return Ok(()) };
    let index = index.to_i64().ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))?;
    let stored = position(index, list.len(cx)).is_some_and(|index| list.set(cx, index, cx.get(value)));
    if stored { Ok(()) } else { Err(cx.index_error("list assignment index out of range")) }
}

/// `del container[key]`.
pub fn del_item(cx: &mut Ctx, container: Slot, key: Slot) -> Res<()> {
    cx.scope(|cx| {
        let target = cx.get(container);
        let own = matches!(target.kind(), Some(Kind::List | Kind::Dict));
        if own && !is_overridden(cx, target, Name::__delitem__) {
            return builtin_del_item(cx, container, key);
        }
        if call_special(cx, container, Name::__delitem__, &[key])?.is_some() {
            return Ok(());
        }
        let target = cx.get(container);
        let name = cx.type_name(target);
        let has_slots = is_sequence_or_dict(target) || cx.class_of(target).flags().heap;
        let verb = if has_slots && cx.get(key).as_int().is_some() { "doesn't" } else { "does not" };
        Err(cx.type_error(format!("'{name}' object {verb} support item deletion")))
    })
}

/// What the `__delitem__` of a list or dict does, whatever its class says.
pub fn builtin_del_item(cx: &mut Ctx, container: Slot, key: Slot) -> Res<()> {
    if cx.get(container).cast::<Dict>().is_some() {
        return match mapping::dict_remove(cx, container, key)? {
            Some(_) => Ok(()),
            None => Err(cx.key_error(cx.get(key))),
        };
    }
    if cx.get(key).cast::<Slice>().is_some() {
        return slicing::delete_list_slice(cx, container, key);
    }
    let key = index_or_slice(cx, container, key)?;
    let (Some(list), Some(index)) = (cx.get(container).cast::<List>(), cx.get(key).as_int()) else { return Ok(()) };
    let index = index.to_i64().ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))?;
    match position(index, list.len(cx)).and_then(|index| list.remove(cx, index)) {
        Some(_) => Ok(()),
        None => Err(cx.index_error("list assignment index out of range")),
    }
}

/// `value in container`, if no script code has a say in it.
pub fn contains_leaf<'h>(cx: &'h Ctx, container: Value<'h>, value: Value<'h>) -> Option<bool> {
    if is_overridden(cx, container, Name::__contains__) { None } else { builtin_contains_leaf(cx, container, value) }
}

fn builtin_contains_leaf<'h>(cx: &'h Ctx, container: Value<'h>, value: Value<'h>) -> Option<bool> {
    match container.kind()? {
        Kind::Dict => container.cast::<Dict>()?.get(cx, value).ok().map(|found| found.is_some()),
        Kind::Set => container.cast::<Set>()?.contains(cx, value).ok(),
        Kind::List => {
            let list = container.cast::<List>()?;
            search_leaf(cx, |index| list.get(cx, index), value).map(|found| found.is_some())
        }
        Kind::Tuple => {
            let tuple = container.cast::<Tuple>()?;
            search_leaf(cx, |index| tuple.get(cx, index), value).map(|found| found.is_some())
        }
        Kind::Str => container.as_str()?.contains(value.as_str()?).into(),
        Kind::Bytes => {
            let bytes = container.as_bytes()?;
            if let Some(part) = value.as_bytes() {
                return Some(part.is_empty() || bytes.windows(part.len()).any(|window| window == part));
            }
            let byte = u8::try_from(value.as_int()?.to_i64()?).ok()?;
            Some(bytes.contains(&byte))
        }
        Kind::Range => {
            let range = container.cast::<Range>()?;
            // A subclass may say what it is equal to.
            if value.header().is_some_and(|header| !header.is_exact()) {
                return None;
            }
            Some(value.as_int()?.to_i64().is_some_and(|number| range.index_of(number).is_some()))
        }
        _ => None,
    }
}

/// The index of the first element equal to a value; the outer `None` if an element's class has a say.
pub fn search_leaf<'h>(
    cx: &'h Ctx,
    at: impl Fn(usize) -> Option<Value<'h>>,
    value: Value<'h>,
) -> Option<Option<usize>> {
    let mut index = 0;
    while let Some(element) = at(index) {
        if equal_leaf(cx, element, value)? {
            return Some(Some(index));
        }
        index += 1;
    }
    Some(None)
}

/// `value in container`.
pub fn contains(cx: &mut Ctx, container: Slot, value: Slot) -> Res<bool> {
    if let Some(answer) = contains_leaf(cx, cx.get(container), cx.get(value)) {
        return Ok(answer);
    }
    cx.scope(|cx| {
        let target = cx.get(container);
        let own = matches!(
            target.kind(),
            Some(Kind::List | Kind::Tuple | Kind::Str | Kind::Bytes | Kind::Dict | Kind::Set | Kind::Range)
        );
        if own && !is_overridden(cx, target, Name::__contains__) {
            return builtin_contains(cx, container, value);
        }
        let name = |cx: &Ctx| cx.type_name(cx.get(container)).to_owned();
        match find_special(cx, target, Name::__contains__) {
            Some(Value::NONE) => Err(cx.type_error(format!("'{}' object is not a container", name(cx)))),
            Some(_) => match call_special(cx, container, Name::__contains__, &[value])? {
                Some(answer) => truth(cx, answer),
                None => Ok(false),
            },
            None => {
                let iterator = match iter::iter(cx, container) {
                    Ok(iterator) => iterator,
                    Err(raised) => {
                        cx.catch(raised, Builtin::TypeError)?;
                        let message = format!("argument of type '{}' is not a container or iterable", name(cx));
                        return Err(cx.type_error(message));
                    }
                };
                contains_by_steps(cx, iterator, value)
            }
        }
    })
}

/// What the `__contains__` of a value's layout answers, whatever its class says: for `list.__contains__(l, x)` and its like.
pub fn builtin_contains(cx: &mut Ctx, container: Slot, value: Slot) -> Res<bool> {
    let target = cx.get(container);
    if let Some(answer) = builtin_contains_leaf(cx, target, cx.get(value)) {
        return Ok(answer);
    }
    match target.kind() {
        Some(Kind::Dict) => cx.scope(|cx| mapping::dict_get(cx, container, value).map(|found| found.is_some())),
        Some(Kind::Set) => mapping::set_contains(cx, container, value),
        Some(Kind::Str) => {
            let got = cx.type_name(cx.get(value));
            Err(cx.type_error(format!("'in <string>' requires string as left operand, not {got}")))
        }
        Some(Kind::Bytes) if let Some(byte) = number::index_or_none(cx, value) => {
            let byte = cx.get(byte).as_int().and_then(Int::to_i64).and_then(|byte| u8::try_from(byte).ok());
            let byte = byte.ok_or_else(|| cx.value_error("byte must be in range(0, 256)"))?;
            Ok(cx.get(container).as_bytes().is_some_and(|bytes| bytes.contains(&byte)))
        }
        Some(Kind::Bytes) if let Some(part) = ByteArray::contents(cx.get(value)) => {
            let bytes = cx.get(container).as_bytes().unwrap_or_default();
            Ok(memchr::memmem::find(bytes, &part).is_some())
        }
        Some(Kind::Bytes) => {
            let got = cx.type_name(cx.get(value));
            Err(cx.type_error(format!("a bytes-like object is required, not '{got}'")))
        }
        _ => {
            let iterator = cx.root(iter::builtin_iter(cx, cx.get(container)).unwrap_or(Value::NONE));
            contains_by_steps(cx, iterator, value)
        }
    }
}

fn contains_by_steps(cx: &mut Ctx, iterator: Slot, value: Slot) -> Res<bool> {
    let element = cx.root(Value::NONE);
    while iter::next_into(cx, iterator, element)? {
        if compare::eq(cx, element, value)? {
            return Ok(true);
        }
        cx.poll()?;
    }
    Ok(false)
}

/// The length, if no script code has a say in it.
#[inline]
pub fn len_leaf(cx: &Ctx, value: Value<'_>) -> Option<usize> {
    if is_overridden(cx, value, Name::__len__) { None } else { builtin_len(cx, value) }
}

/// The length that a value's layout has, whatever its class says: for `list.__len__(l)` and its like.
#[inline]
pub fn builtin_len(cx: &Ctx, value: Value<'_>) -> Option<usize> {
    match value.kind()? {
        Kind::List => value.cast::<List>().map(|list| list.len(cx)),
        Kind::Str => value.cast::<Str>().map(Str::len),
        Kind::Dict => value.cast::<Dict>().map(|dict| dict.len(cx)),
        Kind::Tuple => value.cast::<Tuple>().map(Tuple::len),
        Kind::Set => value.cast::<Set>().map(|set| set.len(cx)),
        Kind::Bytes => value.as_bytes().map(<[u8]>::len),
        Kind::Range => value.cast::<Range>().map(Range::len),
        Kind::Native => Some(value.native::<DictView>()?.dict(cx)?.len(cx)),
        _ => None,
    }
}

/// `len(value)`.
pub fn len(cx: &mut Ctx, value: Slot) -> Res<usize> {
    if let Some(len) = len_leaf(cx, cx.get(value)) {
        return Ok(len);
    }
    cx.scope(|cx| {
        let Some(len) = call_special(cx, value, Name::__len__, &[])? else {
            return Err(cx.type_error(format!("object of type '{}' has no len()", cx.type_name(cx.get(value)))));
        };
        let len = number::index(cx, len)?;
        match cx.get(len).as_int() {
            Some(Int::Small(len)) => usize::try_from(len).map_err(|_| cx.value_error("__len__() should return >= 0")),
            Some(Int::Big(len)) if len < &dashu_int::IBig::ZERO => Err(cx.value_error("__len__() should return >= 0")),
            _ => Err(cx.overflow_error("cannot fit 'int' into an index-sized integer")),
        }
    })
}
