//! `compress`, `dropwhile`, `takewhile`, `filterfalse`, `islice`.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use argil_interp::Tracer;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::iter;
use argil_interp::ops::truth::truth;
use argil_interp::types::native::{NativeData, NextFn};
use argil_interp::value::Value;

/// `compress(data, selectors)`.
pub struct Compress {
    data: Field,
    selectors: Field,
}

impl NativeData for Compress {
    const NEXT: Option<NextFn> = Some(next_compress);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.data);
        tracer.field(&self.selectors);
    }
}

fn next_compress(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let data = cx.load(this, |compress: &Compress| &compress.data).unwrap_or(this);
    let selectors = cx.load(this, |compress: &Compress| &compress.selectors).unwrap_or(this);
    let (value, selector) = (cx.root(Value::NONE), cx.root(Value::NONE));
    while iter::next_into(cx, data, value)? && iter::next_into(cx, selectors, selector)? {
        if truth(cx, selector)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

natives! {
    pub static COMPRESS = {
        static call fn __new__(cx; cls: Slot; data: Slot, selectors: Slot) -> Slot {
            let (data, selectors) = (iter::iter(cx, data)?, iter::iter(cx, selectors)?);
            let state = Compress { data: Field::new(cx.get(data)), selectors: Field::new(cx.get(selectors)) };
            Ok(cx.new_native(cls, state))
        }
    }
}

/// Asks a predicate (`None` the object: the value's own truth) about a value.
fn holds(cx: &mut Ctx, predicate: Slot, value: Slot) -> Res<bool> {
    if cx.get(predicate).is_none() {
        return truth(cx, value);
    }
    cx.scope(|cx| {
        let answer = cx.call(predicate, &[value])?;
        truth(cx, answer)
    })
}

/// A predicate and an iterator.
struct Filter {
    predicate: Field,
    source: Field,
}

impl Filter {
    fn new(cx: &mut Ctx, predicate: Slot, iterable: Slot) -> Res<Filter> {
        let source = iter::iter(cx, iterable)?;
        Ok(Filter { predicate: Field::new(cx.get(predicate)), source: Field::new(cx.get(source)) })
    }

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.predicate);
        tracer.field(&self.source);
    }
}

/// The predicate and the source of an iterator with this state.
fn parts<T: NativeData>(cx: &Ctx, this: Slot, filter: impl Fn(&T) -> &Filter) -> (Slot, Slot) {
    let predicate = cx.load(this, |state: &T| &filter(state).predicate).unwrap_or(this);
    let source = cx.load(this, |state: &T| &filter(state).source).unwrap_or(this);
    (predicate, source)
}

/// `dropwhile(predicate, iterable)`.
pub struct DropWhile {
    filter: Filter,
    /// Whether the first element was found that is not dropped (Relaxed: whoever finds it first).
    started: AtomicBool,
}

impl NativeData for DropWhile {
    const NEXT: Option<NextFn> = Some(next_drop_while);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.filter.trace(tracer);
    }
}

fn next_drop_while(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let (predicate, source) = parts(cx, this, |state: &DropWhile| &state.filter);
    if cx.state::<DropWhile>(this)?.started.load(Ordering::Relaxed) {
        return iter::next(cx, source);
    }
    let value = cx.root(Value::NONE);
    while iter::next_into(cx, source, value)? {
        if !holds(cx, predicate, value)? {
            cx.state::<DropWhile>(this)?.started.store(true, Ordering::Relaxed);
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// `takewhile(predicate, iterable)`.
pub struct TakeWhile {
    filter: Filter,
    /// Whether an element was found that is not taken (Relaxed: whoever finds it first).
    stopped: AtomicBool,
}

impl NativeData for TakeWhile {
    const NEXT: Option<NextFn> = Some(next_take_while);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.filter.trace(tracer);
    }
}

fn next_take_while(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if cx.state::<TakeWhile>(this)?.stopped.load(Ordering::Relaxed) {
        return Ok(None);
    }
    let (predicate, source) = parts(cx, this, |state: &TakeWhile| &state.filter);
    let Some(value) = iter::next(cx, source)? else { return Ok(None) };
    if holds(cx, predicate, value)? {
        return Ok(Some(value));
    }
    cx.state::<TakeWhile>(this)?.stopped.store(true, Ordering::Relaxed);
    Ok(None)
}

/// `filterfalse(predicate, iterable)`.
pub struct FilterFalse {
    filter: Filter,
}

impl NativeData for FilterFalse {
    const NEXT: Option<NextFn> = Some(next_filter_false);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        self.filter.trace(tracer);
    }
}

fn next_filter_false(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let (predicate, source) = parts(cx, this, |state: &FilterFalse| &state.filter);
    let value = cx.root(Value::NONE);
    while iter::next_into(cx, source, value)? {
        if !holds(cx, predicate, value)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

natives! {
    pub static DROP_WHILE = {
        static call fn __new__(cx; cls: Slot, predicate: Slot, iterable: Slot) -> Slot {
            let filter = Filter::new(cx, predicate, iterable)?;
            Ok(cx.new_native(cls, DropWhile { filter, started: AtomicBool::new(false) }))
        }
    }
}

natives! {
    pub static TAKE_WHILE = {
        static call fn __new__(cx; cls: Slot, predicate: Slot, iterable: Slot) -> Slot {
            let filter = Filter::new(cx, predicate, iterable)?;
            Ok(cx.new_native(cls, TakeWhile { filter, stopped: AtomicBool::new(false) }))
        }
    }
}

natives! {
    pub static FILTER_FALSE = {
        static call fn __new__(cx; cls: Slot, predicate: Slot, iterable: Slot) -> Slot {
            let filter = Filter::new(cx, predicate, iterable)?;
            Ok(cx.new_native(cls, FilterFalse { filter }))
        }
    }
}

/// `islice(iterable, start, stop, step)`.
pub struct Slice {
    /// The iterator; unset at the end.
    source: Field,
    /// The index of the element to yield next. Written by whoever advances (Relaxed).
    next: AtomicI64,
    /// How many elements were taken from the source. Written by whoever advances (Relaxed).
    taken: AtomicI64,
    /// The index to stop at; `i64::MAX` for none.
    stop: i64,
    step: i64,
}

impl NativeData for Slice {
    const NEXT: Option<NextFn> = Some(next_slice);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.source);
    }
}

fn next_slice(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let Some(source) = cx.load(this, |slice: &Slice| &slice.source) else { return Ok(None) };
    let state = cx.state::<Slice>(this)?;
    let (next, mut taken) = (state.next.load(Ordering::Relaxed), state.taken.load(Ordering::Relaxed));
    let (stop, step) = (state.stop, state.step);
    let value = cx.root(Value::NONE);
    let mut more = true;
    while more && taken < next {
        more = iter::next_into(cx, source, value)?;
        taken += i64::from(more);
    }
    more = more && taken < stop && iter::next_into(cx, source, value)?;
    if !more {
        cx.unset(this, |slice: &Slice| &slice.source);
        return Ok(None);
    }
    let state = cx.state::<Slice>(this)?;
    state.taken.store(taken + 1, Ordering::Relaxed);
    state.next.store(next.saturating_add(step).min(stop), Ordering::Relaxed);
    Ok(Some(value))
}

/// A bound of `islice`: an integer that is not negative, or `None` the object.
fn bound(cx: &Ctx, value: Value<'_>, default: i64, message: &str) -> Res<i64> {
    if value.is_none() {
        return Ok(default);
    }
    let bound = value.as_int().and_then(|int| int.to_i64()).filter(|&bound| bound >= 0);
    bound.ok_or_else(|| cx.value_error(message))
}

natives! {
    pub static SLICE = {
        static call fn __new__(cx; cls: Slot; *args) -> Slot {
            let given = args.len();
            if !(2..=4).contains(&given) {
                let (how, limit) = if given < 2 { ("at least", 2) } else { ("at most", 4) };
                return Err(cx.type_error(format!("islice expected {how} {limit} arguments, got {given}")));
            }
            let (iterable, bounds, count) = (args.get(0), args.skip(1), given - 1);
            let at = |index: usize| cx.get(bounds.get(index));
            let message = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
            let stop_message = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
            let (start, stop) = if count == 1 {
                (0, bound(cx, at(0), i64::MAX, stop_message)?)
            } else {
                (bound(cx, at(0), 0, message)?, bound(cx, at(1), i64::MAX, stop_message)?)
            };
            let step = if count == 3 { bound(cx, at(2), 1, "Step for islice() must be a positive integer or None.")? } else { 1 };
            if step < 1 {
                return Err(cx.value_error("Step for islice() must be a positive integer or None."));
            }
            let source = iter::iter(cx, iterable)?;
            let state = Slice {
                source: Field::new(cx.get(source)),
                next: AtomicI64::new(start),
                taken: AtomicI64::new(0),
                stop,
                step,
            };
            Ok(cx.new_native(cls, state))
        }
    }
}
