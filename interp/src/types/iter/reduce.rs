//! How `copy` and `pickle` take iterators apart, and set them to a position.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::ops::{item, iter};
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::list::List;
use crate::types::range::Range;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// A built-in function by its name.
fn builtin<'h>(cx: &'h Ctx, name: &str) -> Value<'h> {
    cx.interp().builtins(cx).names(cx).get_name(cx, cx.intern(name)).unwrap_or(Value::NONE)
}

/// What makes an exhausted iterator anew.
fn exhausted<'h>(cx: &'h Ctx, it: &Iter) -> Value<'h> {
    let empty = match it.walk() {
        Walk::List | Walk::ReversedList => Value::of(List::alloc(cx)),
        Walk::Str => cx.str(""),
        _ => cx.tuple(&[]),
    };
    let reversed = matches!(it.walk(), Walk::ReversedSequence | Walk::ReversedList);
    let maker = if reversed { Value::of(cx.class(Builtin::Reversed)) } else { builtin(cx, "iter") };
    cx.tuple(&[maker, cx.tuple(&[empty])])
}

/// The elements that an iterator still has, in a list; the iterator stays where it is.
fn remaining(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let copy = {
        let Some(it) = cx.get(this).cast::<Iter>() else { return Ok(None) };
        let (source, extra) = (it.source.get(cx), it.extra.get(cx));
        let spec = IterSpec { walk: it.walk(), source, extra, index: it.index(), limit: it.limit, step: it.step };
        cx.root(Value::of(Iter::alloc(cx, Builtin::SetIterator, spec)))
    };
    iter::collect(cx, copy).map(Some)
}

/// `__reduce__` of iterators over what has indices.
fn reduce_indexed<'h>(cx: &'h Ctx, it: &'h Iter) -> Value<'h> {
    let Some(source) = it.source.get(cx) else { return exhausted(cx, it) };
    let (maker, index) = match it.walk() {
        Walk::Range => {
            let rest = Value::of(Range::alloc(cx, it.index(), it.limit, it.step));
            return cx.tuple(&[builtin(cx, "iter"), cx.tuple(&[rest]), Value::NONE]);
        }
        Walk::ReversedList => (builtin(cx, "reversed"), it.index()),
        Walk::ReversedSequence if it.index() < 0 => return exhausted(cx, it),
        Walk::ReversedSequence => (Value::of(cx.class_of(Value::of(it))), it.index()),
        Walk::Str => {
            let before = source.as_str().and_then(|text| text.get(..it.index() as usize));
            (builtin(cx, "iter"), before.map_or(0, |before| before.chars().count() as i64))
        }
        _ => (builtin(cx, "iter"), it.index()),
    };
    cx.tuple(&[maker, cx.tuple(&[source]), cx.int(index)])
}

/// Sets the position of an iterator whose source has `len` elements, clipped to where it may stand.
fn set_position(cx: &Ctx, it: &Iter, index: i64, len: i64) {
    let to = match it.walk() {
        Walk::ReversedList | Walk::ReversedSequence => index.clamp(-1, len - 1),
        Walk::List if index < 0 => len,
        Walk::Range => {
            let index = i128::from(index.clamp(0, len));
            let to = i128::from(it.index()) + index * i128::from(it.step);
            i64::try_from(to).unwrap_or(it.limit)
        }
        Walk::Str => {
            let text = it.source.get(cx).and_then(Value::as_str).unwrap_or_default();
            let place = text.char_indices().nth(index.max(0) as usize);
            place.map_or(text.len(), |(place, _)| place) as i64
        }
        _ => index.clamp(0, len),
    };
    while !it.advance(cx, it.index(), to) {}
}

/// How many elements the source of an iterator has.
fn source_len(cx: &mut Ctx, this: Slot) -> Res<Option<i64>> {
    let Some(it) = cx.get(this).cast::<Iter>() else { return Ok(None) };
    let Some(source) = it.source.get(cx) else { return Ok(None) };
    let len = match it.walk() {
        Walk::Range => Range::alloc(cx, it.index(), it.limit, it.step).len(),
        Walk::List | Walk::ReversedList => source.cast::<List>().map_or(0, |list| list.len(cx)),
        Walk::Tuple => source.cast::<Tuple>().map_or(0, Tuple::len),
        Walk::Bytes => source.as_bytes().map_or(0, <[u8]>::len),
        Walk::ReversedSequence => {
            let source = cx.root(source);
            item::len(cx, source)?
        }
        // Where this has no end, the next step finds out.
        _ => i64::MAX as usize,
    };
    Ok(Some(i64::try_from(len).unwrap_or(i64::MAX)))
}

natives! {
    /// For iterators over what has indices.
    pub static INDEXED = {
        /// Return state information for pickling.
        fn __reduce__(cx; self_: &'h Iter) -> Value<'h> { Ok(reduce_indexed(cx, self_)) }
        /// Set state information for unpickling.
        call fn __setstate__(cx; self_: Slot, state: i64) -> () {
            if let Some(len) = source_len(cx, self_)?
                && let Some(it) = cx.get(self_).cast::<Iter>()
            {
                set_position(cx, it, state, len);
            }
            Ok(())
        }
    }
}

natives! {
    /// For iterators over the entries of dicts and sets, whose order a copy need not have.
    pub static ENTRIES = {
        /// Return state information for pickling.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let Some(list) = remaining(cx, self_)? else { return Ok(self_) };
            let cx = &*cx;
            Ok(cx.root(cx.tuple(&[builtin(cx, "iter"), cx.tuple(&[cx.get(list)])])))
        }
    }
}

natives! {
    /// For iterators that call until a sentinel comes.
    pub static CALLING = {
        /// Return state information for pickling.
        fn __reduce__(cx; self_: &'h Iter) -> Value<'h> {
            Ok(match (self_.source.get(cx), self_.extra.get(cx)) {
                (Some(callable), Some(sentinel)) => cx.tuple(&[builtin(cx, "iter"), cx.tuple(&[callable, sentinel])]),
                _ => exhausted(cx, self_),
            })
        }
    }
}

natives! {
    /// For `enumerate`.
    pub static ENUMERATE = {
        /// Return state information for pickling.
        fn __reduce__(cx; self_: &'h Iter) -> Value<'h> {
            let (source, count) = (self_.source.get_or_none(cx), iter::count_at(cx, self_, self_.index()));
            Ok(cx.tuple(&[Value::of(cx.class_of(Value::of(self_))), cx.tuple(&[source, count])]))
        }
    }
}

natives! {
    /// For `zip`, `map` and `filter`.
    pub static COMBINED = {
        /// Return state information for pickling.
        fn __reduce__(cx; self_: &'h Iter) -> Value<'h> {
            let iterators = |value: Option<Value<'h>>| -> Vec<Value<'h>> {
                value.and_then(Value::cast::<Tuple>).map_or_else(Vec::new, |tuple| tuple.iter(cx).collect())
            };
            let args = match self_.walk() {
                Walk::Zip => iterators(self_.source.get(cx)),
                Walk::Map => [self_.source.get_or_none(cx)].into_iter().chain(iterators(self_.extra.get(cx))).collect(),
                _ => vec![self_.source.get_or_none(cx), self_.extra.get_or_none(cx)],
            };
            let class = Value::of(cx.class_of(Value::of(self_)));
            Ok(match self_.walk() != Walk::Filter && self_.is_strict() {
                true => cx.tuple(&[class, cx.tuple(&args), Value::TRUE]),
                false => cx.tuple(&[class, cx.tuple(&args)]),
            })
        }
        /// Set state information for unpickling: whether the iterators must end together.
        fn __setstate__(cx; self_: &'h Iter, state: bool) -> () {
            while !self_.advance(cx, self_.index(), i64::from(state)) {}
            Ok(())
        }
    }
}
