//! `compress`, `dropwhile`, `takewhile`, `filterfalse`, `islice`.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::iter::{self, Step};
use argil_interp::ops::number;
use argil_interp::ops::truth::truth;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

/// `compress(data, selectors)`.
pub struct Compress {
    data: Field,
    selectors: Field,
}

impl NativeData for Compress {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.data, |s| &s.selectors];

    const NEXT: Option<NextFn> = Some(next_compress);
}

fn next_compress(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let data = cx.load(this, |compress: &Compress| &compress.data).unwrap_or(this);
    let selectors = cx.load(this, |compress: &Compress| &compress.selectors).unwrap_or(this);
    let (value, selector) = (cx.root(Value::NONE), cx.root(Value::NONE));
    while next_selected(cx, this, [data, selectors], [value, selector])? {
        if truth(cx, selector)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// Reads an element and its selector; under one guard if that runs no script code, so that no other thread's come between.
fn next_selected(cx: &mut Ctx, this: Slot, [data, selectors]: [Slot; 2], [value, selector]: [Slot; 2]) -> Res<bool> {
    {
        let cx = &*cx;
        let (_, _guard) = cx.guarded::<Compress>(this)?;
        if let (Some(data), Some(selectors)) =
            (iter::leaf(cx, Some(cx.get(data))), iter::leaf(cx, Some(cx.get(selectors))))
        {
            for (source, into) in [(data, value), (selectors, selector)] {
                match iter::step_leaf(cx, source) {
                    Step::Value(read) => cx.set(into, read),
                    Step::Raise(raised) => return Err(raised),
                    Step::Done | Step::Ask => return Ok(false),
                }
            }
            return Ok(true);
        }
    }
    Ok(iter::next_into(cx, data, value)? && iter::next_into(cx, selectors, selector)?)
}

natives! {
    pub static COMPRESS = {
        static call fn __new__(cx; cls: Slot; data: Slot, selectors: Slot) -> Slot {
            let (data, selectors) = (iter::iter(cx, data)?, iter::iter(cx, selectors)?);
            let state = Compress { data: Field::of(data), selectors: Field::of(selectors) };
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
        Ok(Filter { predicate: Field::of(predicate), source: Field::of(source) })
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.filter.predicate, |s| &s.filter.source];

    const NEXT: Option<NextFn> = Some(next_drop_while);
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.filter.predicate, |s| &s.filter.source];

    const NEXT: Option<NextFn> = Some(next_take_while);
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.filter.predicate, |s| &s.filter.source];

    const NEXT: Option<NextFn> = Some(next_filter_false);
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
    /// The index of the element to yield next. Read and written under the guard (so Relaxed).
    next: AtomicI64,
    /// How many elements were taken from the source. Read and written under the guard (so Relaxed).
    taken: AtomicI64,
    /// The index to stop at; `i64::MAX` for none.
    stop: i64,
    step: i64,
}

impl NativeData for Slice {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source];

    const NEXT: Option<NextFn> = Some(next_slice);
}

impl Slice {
    /// The index of the element to yield next, and how many were taken.
    fn place(&self) -> (i64, i64) {
        (self.next.load(Ordering::Relaxed), self.taken.load(Ordering::Relaxed))
    }

    /// Notes that elements are taken, and whether the last of them is the one to yield.
    fn take(&self, count: i64, yields: bool) {
        let (next, taken) = self.place();
        self.taken.store(taken + count, Ordering::Relaxed);
        if yields {
            self.next.store(next.saturating_add(self.step).min(self.stop), Ordering::Relaxed);
        }
    }
}

/// A step that runs no script code, if few elements are left out: no other thread reads between them.
fn step_slice(cx: &Ctx, this: Slot) -> Step<'_> {
    let Ok((slice, guard)) = cx.guarded::<Slice>(this) else { return Step::Ask };
    let Some(source) = slice.source.get(cx) else { return Step::Done };
    let (next, taken) = slice.place();
    let left_out = next - taken;
    let Some(source) = iter::leaf(cx, Some(source)).filter(|_| left_out < iter::STEPS_PER_GUARD as i64) else {
        return Step::Ask;
    };
    for at in 0..left_out + i64::from(next < slice.stop) {
        match iter::step_leaf(cx, source) {
            Step::Value(value) if at == left_out => {
                slice.take(at + 1, true);
                return Step::Value(value);
            }
            Step::Value(_) => {}
            Step::Done => break,
            other => {
                slice.source.clear(&guard);
                return other;
            }
        }
    }
    slice.source.clear(&guard);
    Step::Done
}

fn next_slice(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if let Some(answer) = step_slice(cx, this).answer(cx) {
        return answer;
    }
    let value = cx.root(Value::NONE);
    loop {
        let Some(source) = cx.load(this, |slice: &Slice| &slice.source) else { return Ok(None) };
        // Counted before script code runs, so that threads that share the slice do not take the same place.
        let (yields, ends) = {
            let (slice, _guard) = cx.guarded::<Slice>(this)?;
            let (next, taken) = slice.place();
            let (yields, ends) = (taken >= next, taken >= next && taken >= slice.stop);
            if !ends {
                slice.take(1, yields);
            }
            (yields, ends)
        };
        let more = if ends { Ok(false) } else { iter::next_into(cx, source, value) };
        if !matches!(more, Ok(true)) {
            cx.unset(this, |slice: &Slice| &slice.source);
            return more.map(|_| None);
        }
        if yields {
            return Ok(Some(value));
        }
        cx.poll()?;
    }
}

/// A bound of `islice`; -1 for what is no such integer, whatever it raises, since that is no bound either.
fn bound(cx: &mut Ctx, bound: Slot, default: i64) -> i64 {
    if cx.get(bound).is_none() {
        return default;
    }
    let index = number::index_or_none(cx, bound);
    index.and_then(|index| cx.get(index).as_int()).and_then(|int| int.to_i64()).unwrap_or(-1)
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
            let start = if count == 1 { 0 } else { bound(cx, bounds.get(0), 0) };
            let stop = bound(cx, bounds.get(usize::from(count > 1)), i64::MAX);
            let wrong = |what| format!("{what} islice() must be None or an integer: 0 <= x <= sys.maxsize.");
            if stop == -1 {
                return Err(cx.value_error(wrong("Stop argument for")));
            }
            if start < 0 || stop < 0 {
                return Err(cx.value_error(wrong("Indices for")));
            }
            let step = if count == 3 { bound(cx, bounds.get(2), 1) } else { 1 };
            if step < 1 {
                return Err(cx.value_error("Step for islice() must be a positive integer or None."));
            }
            let source = iter::iter(cx, iterable)?;
            let state = Slice {
                source: Field::of(source),
                next: AtomicI64::new(start),
                taken: AtomicI64::new(0),
                stop,
                step,
            };
            Ok(cx.new_native(cls, state))
        }
    }
}
