//! Building strings and containers.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::call::spread::{callee_name, is_iterable, is_mapping, not_unpackable};
use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::{format, iter, mapping, repr};
use crate::types::dict::Dict;
use crate::types::header_of;
use crate::types::list::List;
use crate::types::set::Set;
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

#[inline(always)]
pub(super) fn BuildTuple<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    s.save();
    s.with_run((i.b(), i.c()), i.a(), |cx, values| Value::of(Tuple::from_values(cx, values)));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn BuildList<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    s.save();
    s.with_run((i.b(), i.c()), i.a(), |cx, values| Value::of(List::from_values(cx, values)));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn BuildSet<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let set = s.cx().root(Value::of(Set::alloc(s.cx(), Builtin::Set)));
        for at in 0..i.c() {
            let element = s.root(i.b() + at);
            mapping::set_add(s.cx_mut(), set, element)?;
        }
        Ok(set)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn BuildDict<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let dict = s.cx().root(Value::of(Dict::alloc(s.cx())));
        for at in (0..i.c()).step_by(2) {
            s.scope(|s| {
                let (key, value) = (s.root(i.b() + at), s.root(i.b() + at + 1));
                mapping::dict_set(s.cx_mut(), dict, key, value)
            })?;
        }
        Ok(dict)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn BuildString<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        s.with_run((i.b(), i.c()), i.a(), |cx, parts| {
            let anew = cx.anew();
            let text = Str::concat(cx, parts.iter().filter_map(|part| part.cast::<Str>()));
            anew.done();
            Value::of(text)
        });
        Ok(())
    });
    s.finish_unit::<D>(result)
}

/// `format(value, spec)` after a conversion.
fn formatted(cx: &mut Ctx, value: Slot, conversion: u8, spec: Option<Slot>) -> Res<Slot> {
    let value = match conversion {
        0 => value,
        1 => {
            let text = repr::to_str(cx, value)?;
            cx.root(cx.str(&text))
        }
        2 => {
            let text = repr::repr(cx, value)?;
            cx.root(cx.str(&text))
        }
        _ => {
            let text = repr::ascii(cx, value)?;
            cx.root(cx.str(&text))
        }
    };
    let spec = spec.and_then(|spec| cx.get(spec).as_str()).unwrap_or("").to_owned();
    if spec.is_empty() && repr::is_exact_str(cx.get(value)) {
        return Ok(value);
    }
    let text = format::format(cx, value, &spec)?;
    Ok(cx.root(cx.str(&text)))
}

#[inline(always)]
fn format_value<D: Dispatch, const SPEC: bool>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        if i.x() == 0
            && let Some(spec) = if SPEC { s.value(i.c()).as_str() } else { Some("") }
            && let Some(result) = format::format_leaf(s.cx(), s.value(i.b()), spec)
        {
            return result.map(Value::word);
        }
        s.with_slots(i, |s, i| {
            let value = s.root(i.b());
            let spec = SPEC.then(|| s.root(i.c()));
            formatted(s.cx_mut(), value, i.x(), spec)
        })
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn FormatValue<D: Dispatch>(s: State, i: Instr) -> D::Out {
    format_value::<D, true>(s, i)
}

#[inline(always)]
pub(super) fn FormatSimple<D: Dispatch>(s: State, i: Instr) -> D::Out {
    format_value::<D, false>(s, i)
}

#[inline(always)]
pub(super) fn ListAppend<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // The list may have to grow, and be refused the memory.
    s.save();
    let cx = s.cx();
    if let Some(list) = s.value(i.a()).cast::<List>() {
        let anew = cx.anew();
        list.push(cx, s.value(i.b()));
        anew.done();
    }
    D::go(s.next())
}

#[inline(always)]
pub(super) fn ListExtend<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (list, iterable) = (s.root(i.a()), s.root(i.b()));
        let cx = s.cx_mut();
        if !is_iterable(cx, iterable) {
            let class = cx.type_name(cx.get(iterable));
            return Err(cx.type_error(format!("Value after * must be an iterable, not {class}")));
        }
        iter::extend(cx, list, iterable)
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn ListToTuple<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let cx = s.cx();
        let values = s.value(i.b()).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default();
        Ok(cx.tuple(&values).word())
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn SetAdd<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (set, element) = (s.root(i.a()), s.root(i.b()));
        mapping::set_add(s.cx_mut(), set, element).map(|_| ())
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn SetUpdate<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (set, iterable) = (s.root(i.a()), s.root(i.b()));
        iter::for_each(s.cx_mut(), iterable, |cx, element| mapping::set_add(cx, set, element).map(|_| true))
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn DictInsert<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (dict, key) = (s.root(i.a()), s.root(i.b()));
        let value = s.root(i.c());
        mapping::dict_set(s.cx_mut(), dict, key, value)
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn DictUpdate<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (dict, other) = (s.root(i.a()), s.root(i.b()));
        let cx = s.cx_mut();
        if !is_mapping(cx, other) {
            let class = cx.type_name(cx.get(other));
            return Err(cx.type_error(format!("'{class}' object is not a mapping")));
        }
        mapping::dict_update(cx, dict, other)
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn DictMerge<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (dict, other) = (s.root(i.a()), s.root(i.b()));
        let callee = s.root(i.c());
        let cx = s.cx_mut();
        if !is_mapping(cx, other) {
            return Err(not_unpackable(cx, callee, "**", "a mapping", other));
        }
        let copy = cx.root(Value::of(Dict::alloc(cx)));
        mapping::dict_update(cx, copy, other)?;
        match merge(cx, dict, copy)? {
            None => Ok(()),
            Some(name) => {
                let callee = callee_name(cx, callee)?;
                Err(cx.type_error(format!("{callee} got multiple values for keyword argument '{name}'")))
            }
        }
    });
    s.finish_unit::<D>(result)
}

/// Adds the entries of a dict of keyword arguments to another; the first name that is in both ends it.
fn merge(cx: &Ctx, target: Slot, source: Slot) -> Res<Option<String>> {
    let (target, source) = (cx.get(target).cast::<Dict>(), cx.get(source).cast::<Dict>());
    for (key, value) in source.into_iter().flat_map(|source| source.iter(cx)) {
        let Some(name) = key.as_str() else { return Err(cx.type_error("keywords must be strings")) };
        let target = target.expect("the compiler builds a dict of keyword arguments");
        if matches!(target.get(cx, key), Ok(Some(_))) {
            return Ok(Some(name.to_owned()));
        }
        target.set_name(cx, key, value);
    }
    Ok(None)
}

/// Puts the elements of a sequence into registers, if they are as many as wanted.
fn unpack_exact(s: &State, values: &[Value<'_>], first: u16) {
    for (at, value) in values.iter().enumerate() {
        s.set(first + at as u16, value.word());
    }
}

#[inline(always)]
pub(super) fn UnpackSequence<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let (cx, wanted) = (s.cx(), usize::from(i.b()));
    let source = s.value(i.c());
    if let Some(tuple) = source.cast::<Tuple>()
        && tuple.len() == wanted
        && header_of(tuple).is_exact()
    {
        for at in 0..wanted {
            let element = tuple.get(cx, at).unwrap_or(Value::NONE);
            s.set(i.a() + at as u16, element.word());
        }
        return D::go(s.next());
    }
    s.slow::<D, UnpackSlow>(i)
}

part!(UnpackSlow = unpack_slow);

#[inline(always)]
fn unpack_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let list = s.value(i.c()).cast::<List>().filter(|list| header_of(*list).is_exact());
        if list.is_some_and(|list| list.unpack(s.cx(), s.run(i.a(), i.b()))) {
            return Ok(());
        }
        unpack_iterable(s, i)
    });
    s.finish_unit::<D>(result)
}

/// Puts the elements of any iterable into registers.
fn unpack_iterable(s: &mut State, i: Instr) -> Res<()> {
    s.with_slots_unit(i, |s, i| {
        let wanted = usize::from(i.b());
        let source = s.root(i.c());
        let values = unpack_source(s.cx_mut(), source, Some(wanted))?;
        let cx = s.cx();
        let list = cx.get(values).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default();
        if list.len() < wanted {
            let got = list.len();
            return Err(cx.value_error(format!("not enough values to unpack (expected {wanted}, got {got})")));
        }
        if list.len() > wanted {
            // CPython says how many there are only where it can tell without iterating further.
            let source = cx.get(source);
            let sized = source.cast::<List>().map(|l| l.len(cx)).or(source.cast::<Tuple>().map(Tuple::len));
            let sized = sized.or(source.cast::<Dict>().map(|d| d.len(cx)));
            let got = sized.map_or(String::new(), |got| format!(", got {got}"));
            return Err(cx.value_error(format!("too many values to unpack (expected {wanted}{got})")));
        }
        unpack_exact(s, &list, i.a());
        Ok(())
    })
}

/// The elements of an iterable in a new list; no more than one beyond `wanted`.
fn unpack_source(cx: &mut Ctx, source: Slot, wanted: Option<usize>) -> Res<Slot> {
    let list = cx.root(Value::of(List::alloc(cx)));
    let class = cx.type_name(cx.get(source)).to_owned();
    let iterator = match iter::iter(cx, source) {
        Ok(iterator) => iterator,
        Err(raised) => {
            let is_type_error = cx.is_instance(cx.raised.get_or_none(cx), Builtin::TypeError);
            let has_iter = {
                let cx = &*cx;
                crate::ops::attr::find_special(cx, cx.get(source), crate::names::Name::__iter__).is_some()
            };
            if is_type_error && !has_iter {
                let _ = cx.take_raised(raised);
                return Err(cx.type_error(format!("cannot unpack non-iterable {class} object")));
            }
            return Err(raised);
        }
    };
    let Some(wanted) = wanted else {
        iter::extend(cx, list, iterator)?;
        return Ok(list);
    };
    let element = cx.root(Value::NONE);
    while iter::next_into(cx, iterator, element)? {
        iter::push(cx, list, element)?;
        if cx.get(list).cast::<List>().is_some_and(|list| list.len(cx) > wanted) {
            break;
        }
    }
    Ok(list)
}

#[inline(always)]
pub(super) fn UnpackEx<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (before, after) = (usize::from(i.b()), usize::from(i.x()));
        let source = s.root(i.c());
        let values = unpack_source(s.cx_mut(), source, None)?;
        let cx = s.cx();
        let list = cx.get(values).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default();
        if list.len() < before + after {
            let (least, got) = (before + after, list.len());
            return Err(cx.value_error(format!("not enough values to unpack (expected at least {least}, got {got})")));
        }
        let (head, rest) = list.split_at(before);
        let (middle, tail) = rest.split_at(rest.len() - after);
        unpack_exact(s, head, i.a());
        s.set(i.a() + i.b(), Value::of(List::from_values(cx, middle)).word());
        unpack_exact(s, tail, i.a() + i.b() + 1);
        Ok(())
    });
    s.finish_unit::<D>(result)
}

/// The word of no element.
const _: () = assert!(size_of::<Value<'static>>() == size_of::<Word>());
