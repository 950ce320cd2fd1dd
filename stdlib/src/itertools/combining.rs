//! `chain`, `zip_longest`, `pairwise`, `batched`, `starmap`, `accumulate`.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Raised, Res, Slot, Slots};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::iter::{self, Step};
use argil_interp::ops::number::{self, BinOp};
use argil_interp::types::iter::Iter;
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, Guarded, NativeData, NextFn};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// `chain(*iterables)`.
pub struct Chain {
    /// An iterator over the iterables; unset at the end.
    sources: Field,
    /// The iterator over the present one, or unset.
    current: Field,
    /// A list of what was read from the sources and is to be walked over after the present one, or unset: an iterable whose
    /// iterator script code has to make, or an iterator that met another thread's.
    coming: Field,
}

impl NativeData for Chain {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.sources, |s| &s.current, |s| &s.coming];

    const NEXT: Option<NextFn> = Some(next_chain);
}

impl Chain {
    fn coming<'h>(&self, cx: &'h Ctx) -> Option<&'h List> {
        self.coming.get(cx).and_then(Value::cast::<List>)
    }

    /// Keeps something for after the present iterator.
    fn put_by(&self, cx: &Ctx, guard: &Guarded<'_, Chain>, iterable: Value<'_>) {
        if self.coming(cx).is_none() {
            guard.set(&self.coming, Value::of(List::alloc(cx)));
        }
        if let Some(coming) = self.coming(cx) {
            coming.push(cx, iterable);
        }
    }
}

/// A step that runs no script code: which iterable is read changes together with the element that is read.
fn step_chain(cx: &Ctx, this: Slot) -> Step<'_> {
    let Ok((chain, guard)) = cx.guarded::<Chain>(this) else { return Step::Ask };
    loop {
        if let Some(current) = chain.current.get(cx) {
            let Some(current) = iter::leaf(cx, Some(current)) else { return Step::Ask };
            match iter::step_leaf(cx, current) {
                Step::Done => chain.current.clear(&guard),
                other => return other,
            }
        }
        if chain.coming(cx).is_some_and(|coming| !coming.is_empty(cx)) {
            return Step::Ask;
        }
        let Some(sources) = chain.sources.get(cx) else { return Step::Done };
        let Some(sources) = iter::leaf(cx, Some(sources)) else { return Step::Ask };
        let iterable = match iter::step_leaf(cx, sources) {
            Step::Value(iterable) => iterable,
            Step::Done => {
                chain.sources.clear(&guard);
                return Step::Done;
            }
            other => return other,
        };
        match iter::iter_leaf(cx, iterable) {
            Some(iterator) => guard.set(&chain.current, iterator),
            None => {
                chain.put_by(cx, &guard, iterable);
                return Step::Ask;
            }
        }
    }
}

fn next_chain(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let mut answered = false;
    loop {
        let answer = cx.scope(|cx| turn(cx, this, &mut answered))?;
        if answered {
            return Ok(answer);
        }
    }
}

/// Yields an element, or ends, or goes on to the next iterable; tells whether it has answered.
fn turn(cx: &mut Ctx, this: Slot, answered: &mut bool) -> Res<Option<Slot>> {
    *answered = true;
    if let Some(answer) = step_chain(cx, this).answer(cx) {
        return answer;
    }
    if let Some(current) = cx.load(this, |chain: &Chain| &chain.current) {
        if let Some(value) = iter::next(cx, current)? {
            return Ok(Some(value));
        }
        *answered = false;
        let (chain, guard) = cx.guarded::<Chain>(this)?;
        // Another thread may have gone on already.
        if chain.current.get(cx) == Some(cx.get(current)) {
            chain.current.clear(&guard);
        }
        return Ok(None);
    }
    let put_by = cx.state::<Chain>(this)?.coming(cx).and_then(|coming| coming.pop(cx)).map(|value| cx.root(value));
    let iterable = match put_by {
        Some(iterable) => iterable,
        None => {
            let Some(sources) = cx.load(this, |chain: &Chain| &chain.sources) else { return Ok(None) };
            let Some(iterable) = iter::next(cx, sources)? else {
                cx.unset(this, |chain: &Chain| &chain.sources);
                return Ok(None);
            };
            iterable
        }
    };
    let iterator = iter::iter(cx, iterable)?;
    *answered = false;
    let (chain, guard) = cx.guarded::<Chain>(this)?;
    match chain.current.get(cx) {
        None => guard.set(&chain.current, cx.get(iterator)),
        Some(_) => chain.put_by(cx, &guard, cx.get(iterator)),
    }
    Ok(None)
}

fn chain(cx: &mut Ctx, class: Slot, iterables: Slot) -> Res<Slot> {
    let sources = iter::iter(cx, iterables)?;
    let sources = Field::of(sources);
    Ok(cx.new_native(class, Chain { sources, current: Field::unset(), coming: Field::unset() }))
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.iterators, |s| &s.fill];

    const NEXT: Option<NextFn> = Some(next_zip_longest);
}

/// A step that runs no script code: threads do not mix each other's elements.
fn step_zip_longest(cx: &Ctx, this: Slot) -> Step<'_> {
    let Ok((zip, _guard)) = cx.guarded::<ZipLongest>(this) else { return Step::Ask };
    let Some(list) = zip.iterators.get(cx).and_then(Value::cast::<List>) else { return Step::Ask };
    let iterators = list.to_vec(cx);
    if !iterators.iter().all(|it| it.is_none() || iter::leaf(cx, Some(*it)).is_some()) {
        return Step::Ask;
    }
    if zip.live.load(Ordering::Relaxed) == 0 {
        return Step::Done;
    }
    let mut values = vec![zip.fill.get_or_none(cx); iterators.len()];
    for (index, (iterator, value)) in iterators.into_iter().zip(&mut values).enumerate() {
        let Some(iterator) = iterator.cast::<Iter>() else { continue };
        match iter::step_leaf(cx, iterator) {
            Step::Value(stepped) => *value = stepped,
            Step::Done if zip.live.fetch_sub(1, Ordering::Relaxed) == 1 => return Step::Done,
            Step::Done => {
                list.set(cx, index, Value::NONE);
            }
            other => return other,
        }
    }
    Step::Value(cx.tuple(&values))
}

fn next_zip_longest(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if let Some(answer) = step_zip_longest(cx, this).answer(cx) {
        return answer;
    }
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
            Ok(cx.new_native(cls, ZipLongest { iterators: Field::of(list), fill: Field::of(cx.root(fill)), live }))
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source, |s| &s.last];

    const NEXT: Option<NextFn> = Some(next_pair);
}

/// A step that runs no script code: what one thread reads is what the next one's pair begins with.
fn step_pair(cx: &Ctx, this: Slot) -> Step<'_> {
    let Ok((pairs, guard)) = cx.guarded::<Pairwise>(this) else { return Step::Ask };
    let Some(source) = iter::leaf(cx, pairs.source.get(cx)) else { return Step::Ask };
    let last = match pairs.last.get(cx) {
        Some(last) => last,
        None => match iter::step_leaf(cx, source) {
            Step::Value(first) => first,
            other => return other,
        },
    };
    match iter::step_leaf(cx, source) {
        Step::Value(value) => {
            guard.set(&pairs.last, value);
            Step::Value(cx.tuple(&[last, value]))
        }
        other => other,
    }
}

fn next_pair(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if let Some(answer) = step_pair(cx, this).answer(cx) {
        return answer;
    }
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
            Ok(cx.new_native(cls, Pairwise { source: Field::of(source), last: Field::unset() }))
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source];

    const NEXT: Option<NextFn> = Some(next_batch);
}

/// A step that runs no script code, of a batch that is not too large: its elements follow each other.
fn step_batch(cx: &Ctx, this: Slot) -> Step<'_> {
    let Ok((batched, guard)) = cx.guarded::<Batched>(this) else { return Step::Ask };
    let Some(source) = batched.source.get(cx) else { return Step::Done };
    let Some(source) = iter::leaf(cx, Some(source)).filter(|_| batched.size <= iter::STEPS_PER_GUARD) else {
        return Step::Ask;
    };
    let mut values = Vec::with_capacity(batched.size);
    while values.len() < batched.size {
        match iter::step_leaf(cx, source) {
            Step::Value(value) => values.push(value),
            Step::Done => {
                batched.source.clear(&guard);
                if values.is_empty() {
                    return Step::Done;
                }
                if batched.strict {
                    return Step::Raise(incomplete(cx));
                }
                break;
            }
            other => return other,
        }
    }
    Step::Value(cx.tuple(&values))
}

fn incomplete(cx: &Ctx) -> Raised {
    cx.value_error("batched(): incomplete batch")
}

fn next_batch(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    if let Some(answer) = step_batch(cx, this).answer(cx) {
        return answer;
    }
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
        return Err(incomplete(cx));
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
            Ok(cx.new_native(cls, Batched { source: Field::of(source), size: n as usize, strict }))
        }
    }
}

/// `starmap(function, iterable)`.
pub struct StarMap {
    function: Field,
    source: Field,
}

impl NativeData for StarMap {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.function, |s| &s.source];

    const NEXT: Option<NextFn> = Some(next_star_map);
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
            let state = StarMap { function: Field::of(function), source: Field::of(source) };
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
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source, |s| &s.function, |s| &s.total, |s| &s.initial];

    const NEXT: Option<NextFn> = Some(next_accumulate);
}

/// A step that runs no script code: no thread's element is missing from the next one's total. `Err` with the element that was
/// read if it takes script code to add it.
fn step_accumulate(cx: &Ctx, this: Slot) -> Result<Step<'_>, Slot> {
    let Ok((sums, guard)) = cx.guarded::<Accumulate>(this) else { return Ok(Step::Ask) };
    if let Some(initial) = sums.initial.get(cx) {
        sums.initial.clear(&guard);
        guard.set(&sums.total, initial);
        return Ok(Step::Value(initial));
    }
    let Some(source) = iter::leaf(cx, sums.source.get(cx)).filter(|_| sums.function.get(cx).is_none()) else {
        return Ok(Step::Ask);
    };
    let value = match iter::step_leaf(cx, source) {
        Step::Value(value) => value,
        other => return Ok(other),
    };
    let total = match sums.total.get(cx) {
        None => value,
        Some(total) => match number::binary_leaf(cx, BinOp::Add, total, value) {
            Some(Ok(total)) => total,
            Some(Err(raised)) => return Ok(Step::Raise(raised)),
            None => return Err(cx.root(value)),
        },
    };
    guard.set(&sums.total, total);
    Ok(Step::Value(total))
}

fn next_accumulate(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let read = match step_accumulate(cx, this) {
        Err(value) => Some(value),
        Ok(step) => match step.answer(cx) {
            Some(answer) => return answer,
            None => None,
        },
    };
    let value = match read {
        Some(value) => value,
        None => {
            let source = cx.load(this, |sums: &Accumulate| &sums.source).unwrap_or(this);
            let Some(value) = iter::next(cx, source)? else { return Ok(None) };
            value
        }
    };
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
            let field = |slot: Option<Slot>| Field::of_option(slot);
            let state = Accumulate {
                source: Field::of(source),
                function: field(func),
                total: Field::unset(),
                initial: field(initial),
            };
            Ok(cx.new_native(cls, state))
        }
    }
}
