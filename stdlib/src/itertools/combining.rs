//! `chain`, `zip_longest`, `pairwise`, `batched`, `starmap`, `accumulate`.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::Tracer;
use argil_interp::ctx::{Ctx, Res, Slot, Slots};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::iter;
use argil_interp::ops::number::{self, BinOp};
use argil_interp::types::list::List;
use argil_interp::types::native::{NativeData, NextFn};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// `chain(*iterables)`.
pub struct Chain {
    /// An iterator over the iterables; unset at the end.
    sources: Field,
    /// The iterator over the present one, or unset.
    current: Field,
}

impl NativeData for Chain {
    const NEXT: Option<NextFn> = Some(next_chain);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.sources);
        tracer.field(&self.current);
    }
}

fn next_chain(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    loop {
        if let Some(current) = cx.load(this, |chain: &Chain| &chain.current) {
            if let Some(value) = iter::next(cx, current)? {
                return Ok(Some(value));
            }
            cx.unset(this, |chain: &Chain| &chain.current);
        }
        let Some(sources) = cx.load(this, |chain: &Chain| &chain.sources) else { return Ok(None) };
        let Some(iterable) = iter::next(cx, sources)? else {
            cx.unset(this, |chain: &Chain| &chain.sources);
            return Ok(None);
        };
        let iterator = iter::iter(cx, iterable)?;
        cx.store(this, |chain: &Chain| &chain.current, iterator);
    }
}

fn chain(cx: &mut Ctx, class: Slot, iterables: Slot) -> Res<Slot> {
    let sources = iter::iter(cx, iterables)?;
    Ok(cx.new_native(class, Chain { sources: Field::new(cx.get(sources)), current: Field::unset() }))
}

natives! {
    pub static CHAIN = {
        static call fn __new__(cx; cls: Slot; *iterables) -> Slot {
            let iterables = cx.root(cx.tuple_of(iterables));
            chain(cx, cls, iterables)
        }

        /// Alternative chain() constructor taking a single iterable argument that evaluates lazily.
        class call fn from_iterable(cx; cls: Slot, iterable: Slot) -> Slot {
            chain(cx, cls, iterable)
        }
    }
}

/// Iterators over each of some iterables, in a new tuple.
fn iterators(cx: &mut Ctx, iterables: Slots) -> Res<Slot> {
    let iterators = cx.root_all(iterables.iter().map(|_| Value::NONE));
    for (iterable, place) in iterables.iter().zip(iterators.iter()) {
        let iterator = iter::iter(cx, iterable)?;
        cx.set(place, cx.get(iterator));
    }
    Ok(cx.root(cx.tuple_of(iterators)))
}

/// `zip_longest(*iterables, fillvalue=None)`.
pub struct ZipLongest {
    /// A list of the iterators; `None` in place of an exhausted one.
    iterators: Field,
    fill: Field,
    /// Iterators that are not exhausted (Relaxed: only a shortcut).
    live: AtomicUsize,
}

impl NativeData for ZipLongest {
    const NEXT: Option<NextFn> = Some(next_zip_longest);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.iterators);
        tracer.field(&self.fill);
    }
}

fn next_zip_longest(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if cx.state::<ZipLongest>(this)?.live.load(Ordering::Relaxed) == 0 {
        return Ok(None);
    }
    let list = cx.load(this, |zip: &ZipLongest| &zip.iterators).unwrap_or(this);
    let fill = cx.load(this, |zip: &ZipLongest| &zip.fill).unwrap_or(this);
    let iterators = cx.root_all(cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx)));
    let values = cx.root_all(iterators.iter().map(|_| cx.get(fill)));
    for (index, (iterator, value)) in iterators.iter().zip(values.iter()).enumerate() {
        if cx.get(iterator).is_none() || iter::next_into(cx, iterator, value)? {
            continue;
        }
        if cx.state::<ZipLongest>(this)?.live.fetch_sub(1, Ordering::Relaxed) == 1 {
            return Ok(None);
        }
        if let Some(list) = cx.get(list).cast::<List>() {
            list.set(cx, index, Value::NONE);
        }
    }
    Ok(Some(cx.root(cx.tuple_of(values))))
}

natives! {
    pub static ZIP_LONGEST = {
        static call fn __new__(cx; cls: Slot; *iterables; ; fillvalue: Option<Slot> = None) -> Slot {
            let iterators = iterators(cx, iterables)?;
            let list = iter::collect(cx, iterators)?;
            let fill = fillvalue.map_or(Value::NONE, |fill| cx.get(fill));
            let live = AtomicUsize::new(iterables.len());
            Ok(cx.new_native(cls, ZipLongest { iterators: Field::new(cx.get(list)), fill: Field::new(fill), live }))
        }
    }
}

/// `pairwise(iterable)`.
pub struct Pairwise {
    source: Field,
    /// The element before, or unset.
    last: Field,
}

impl NativeData for Pairwise {
    const NEXT: Option<NextFn> = Some(next_pair);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.source);
        tracer.field(&self.last);
    }
}

fn next_pair(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let source = cx.load(this, |pairs: &Pairwise| &pairs.source).unwrap_or(this);
    let last = match cx.load(this, |pairs: &Pairwise| &pairs.last) {
        Some(last) => last,
        None => match iter::next(cx, source)? {
            Some(first) => first,
            None => return Ok(None),
        },
    };
    let Some(value) = iter::next(cx, source)? else { return Ok(None) };
    cx.store(this, |pairs: &Pairwise| &pairs.last, value);
    Ok(Some(cx.root(cx.tuple(&[cx.get(last), cx.get(value)]))))
}

natives! {
    pub static PAIRWISE = {
        static call fn __new__(cx; cls: Slot, iterable: Slot) -> Slot {
            let source = iter::iter(cx, iterable)?;
            Ok(cx.new_native(cls, Pairwise { source: Field::new(cx.get(source)), last: Field::unset() }))
        }
    }
}

/// `batched(iterable, n, *, strict=False)`.
pub struct Batched {
    /// The iterator; unset at the end.
    source: Field,
    size: usize,
    strict: bool,
}

impl NativeData for Batched {
    const NEXT: Option<NextFn> = Some(next_batch);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.source);
    }
}

fn next_batch(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let (size, strict) = cx.state::<Batched>(this).map(|batched| (batched.size, batched.strict))?;
    let Some(source) = cx.load(this, |batched: &Batched| &batched.source) else { return Ok(None) };
    let batch = cx.root(Value::of(List::alloc(cx)));
    let value = cx.root(Value::NONE);
    let mut count = 0;
    while count < size && iter::next_into(cx, source, value)? {
        count += 1;
        iter::push(cx, batch, value)?;
    }
    if count < size {
        cx.unset(this, |batched: &Batched| &batched.source);
    }
    if count == 0 {
        return Ok(None);
    }
    if strict && count < size {
        return Err(cx.value_error("batched(): incomplete batch"));
    }
    let values = cx.get(batch).cast::<List>().map_or_else(Vec::new, |batch| batch.to_vec(cx));
    Ok(Some(cx.root(cx.tuple(&values))))
}

natives! {
    pub static BATCHED = {
        static call fn __new__(cx; cls: Slot; iterable: Slot, n: i64; strict: bool = false) -> Slot {
            if n < 1 {
                return Err(cx.value_error("n must be at least one"));
            }
            let source = iter::iter(cx, iterable)?;
            Ok(cx.new_native(cls, Batched { source: Field::new(cx.get(source)), size: n as usize, strict }))
        }
    }
}

/// `starmap(function, iterable)`.
pub struct StarMap {
    function: Field,
    source: Field,
}

impl NativeData for StarMap {
    const NEXT: Option<NextFn> = Some(next_star_map);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.function);
        tracer.field(&self.source);
    }
}

fn next_star_map(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let function = cx.load(this, |map: &StarMap| &map.function).unwrap_or(this);
    let source = cx.load(this, |map: &StarMap| &map.source).unwrap_or(this);
    let Some(args) = iter::next(cx, source)? else { return Ok(None) };
    let args = {
        let args = if cx.get(args).cast::<Tuple>().is_some() { args } else { iter::collect(cx, args)? };
        let cx = &*cx;
        let value = cx.get(args);
        match value.cast::<Tuple>() {
            Some(tuple) => cx.root_all(tuple.iter(cx)),
            None => cx.root_all(value.cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx))),
        }
    };
    cx.call_slots(function, args).map(Some)
}

natives! {
    pub static STAR_MAP = {
        static call fn __new__(cx; cls: Slot, function: Slot, iterable: Slot) -> Slot {
            let source = iter::iter(cx, iterable)?;
            let state = StarMap { function: Field::new(cx.get(function)), source: Field::new(cx.get(source)) };
            Ok(cx.new_native(cls, state))
        }
    }
}

/// `accumulate(iterable, function=None, *, initial=None)`.
pub struct Accumulate {
    source: Field,
    /// The function; unset for addition.
    function: Field,
    /// What was yielded last, or unset.
    total: Field,
    /// What to yield first, or unset.
    initial: Field,
}

impl NativeData for Accumulate {
    const NEXT: Option<NextFn> = Some(next_accumulate);

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [&self.source, &self.function, &self.total, &self.initial] {
            tracer.field(field);
        }
    }
}

fn next_accumulate(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if let Some(initial) = cx.load(this, |sums: &Accumulate| &sums.initial) {
        cx.unset(this, |sums: &Accumulate| &sums.initial);
        cx.store(this, |sums: &Accumulate| &sums.total, initial);
        return Ok(Some(initial));
    }
    let source = cx.load(this, |sums: &Accumulate| &sums.source).unwrap_or(this);
    let Some(value) = iter::next(cx, source)? else { return Ok(None) };
    let total = match cx.load(this, |sums: &Accumulate| &sums.total) {
        None => value,
        Some(total) => match cx.load(this, |sums: &Accumulate| &sums.function) {
            Some(function) => cx.call(function, &[total, value])?,
            None => number::binary(cx, BinOp::Add, false, total, value)?,
        },
    };
    cx.store(this, |sums: &Accumulate| &sums.total, total);
    Ok(Some(total))
}

natives! {
    pub static ACCUMULATE = {
        static call fn __new__(
            cx; cls: Slot; iterable: Slot, func: Option<Slot> = None; initial: Option<Slot> = None
        ) -> Slot {
            let source = iter::iter(cx, iterable)?;
            let field = |slot: Option<Slot>| slot.map_or(Field::unset(), |slot| Field::new(cx.get(slot)));
            let state = Accumulate {
                source: Field::new(cx.get(source)),
                function: field(func),
                total: Field::unset(),
                initial: field(initial),
            };
            Ok(cx.new_native(cls, state))
        }
    }
}
