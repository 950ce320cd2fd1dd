//! `product`, `permutations`, `combinations`, `combinations_with_replacement`.
//!
//! Each keeps a tuple of the elements to choose from and the indices of the present choice; advancing the indices is a
//! step from one choice to the next in lexicographic order.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::iter;
use argil_interp::types::list::List;
use argil_interp::types::native::{Exclusive, FieldOf, NativeData, NextFn};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

/// Elements to choose from, and how to step from one choice to the next.
struct Choices<S> {
    pool: Field,
    state: Exclusive<Option<S>>,
}

impl<S> Choices<S> {
    /// Choices that begin with `first`, if there is any.
    fn new(pool: Slot, first: Option<S>) -> Choices<S> {
        Choices { pool: Field::of(pool), state: Exclusive::new(first) }
    }

    /// The elements at the present indices, after which `advance` steps on; `None` at the end.
    fn step(&self, cx: &Ctx, indices: impl Fn(&S) -> &[usize], advance: impl Fn(&mut S) -> bool) -> Option<Slot> {
        let chosen = self.state.with(|state| {
            let current = state.as_mut()?;
            let chosen = memory::copy(indices(current));
            if !advance(current) {
                *state = None;
            }
            Some(chosen)
        })?;
        let pool = self.pool.get(cx)?.cast::<Tuple>()?;
        let values = memory::collect(chosen.into_iter().filter_map(|index| pool.get(cx, index)));
        Some(cx.root(cx.tuple(&values)))
    }
}

/// The elements of an iterable in a tuple, and how many there are.
fn pool_of(cx: &mut Ctx, iterable: Slot) -> Res<(Slot, usize)> {
    let list = iter::collect(cx, iterable)?;
    let values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    let count = values.len();
    Ok((cx.root(cx.tuple(&values)), count))
}

/// How many elements a choice has. There must be memory for their indices, even if there is no such choice.
fn check_size(cx: &Ctx, r: i64) -> Res<usize> {
    let size = usize::try_from(r).map_err(|_| cx.value_error("r must be non-negative"))?;
    memory::expect(size.saturating_mul(size_of::<usize>()));
    Ok(size)
}

/// `product(*iterables, repeat=1)`. The pool is all iterables' elements in a row; the limits say where each one's lie.
pub struct Product(Choices<Odometer>);

struct Odometer {
    indices: Vec<usize>,
    limits: Vec<(usize, usize)>,
}

impl NativeData for Product {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.0.pool];

    const NEXT: Option<NextFn> = Some(next_product);
}

fn next_product(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let advance = |odometer: &mut Odometer| {
        for (index, &(first, end)) in odometer.indices.iter_mut().zip(&odometer.limits).rev() {
            *index += 1;
            if *index < end {
                return true;
            }
            *index = first;
        }
        false
    };
    Ok(cx.state::<Product>(this)?.0.step(cx, |odometer| &odometer.indices, advance))
}

natives! {
    pub static PRODUCT = {
        static call fn __new__(cx; cls: Slot; *iterables; ; repeat: i64 = 1) -> Slot {
            let repeat = usize::try_from(repeat).map_err(|_| cx.value_error("repeat argument cannot be negative"))?;
            let all = cx.root(Value::of(List::alloc(cx)));
            let mut limits = Vec::new();
            for iterable in iterables.iter() {
                let first = cx.get(all).cast::<List>().map_or(0, |all| all.len(cx));
                iter::extend(cx, all, iterable)?;
                limits.push((first, cx.get(all).cast::<List>().map_or(0, |all| all.len(cx))));
            }
            let limits = memory::repeat_all(&limits, repeat);
            let (pool, _) = pool_of(cx, all)?;
            let possible = limits.iter().all(|(first, end)| first < end);
            let indices = memory::collect(limits.iter().map(|&(first, _)| first));
            let first = possible.then_some(Odometer { indices, limits });
            let state = Product(Choices::new(pool, first));
            Ok(cx.new_native(cls, state))
        }
    }
}

/// `permutations(iterable, r=None)`.
pub struct Permutations(Choices<Rotation>);

/// CPython's algorithm: `cycles[i]` counts how often place `i` still takes another of the elements behind it.
struct Rotation {
    indices: Vec<usize>,
    cycles: Vec<usize>,
}

impl NativeData for Permutations {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.0.pool];

    const NEXT: Option<NextFn> = Some(next_permutation);
}

fn next_permutation(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let advance = |rotation: &mut Rotation| {
        let count = rotation.indices.len();
        for place in (0..rotation.cycles.len()).rev() {
            rotation.cycles[place] -= 1;
            if rotation.cycles[place] > 0 {
                let from_end = rotation.cycles[place];
                rotation.indices.swap(place, count - from_end);
                return true;
            }
            rotation.indices[place..].rotate_left(1);
            rotation.cycles[place] = count - place;
        }
        false
    };
    Ok(cx.state::<Permutations>(this)?.0.step(cx, |rotation| &rotation.indices[..rotation.cycles.len()], advance))
}

natives! {
    pub static PERMUTATIONS = {
        static call fn __new__(cx; cls: Slot; iterable: Slot, r: Option<Slot> = None) -> Slot {
            let (pool, count) = pool_of(cx, iterable)?;
            let size = match r {
                Some(r) => match cx.get(r).as_int() {
                    Some(r) => r.to_i64().unwrap_or(i64::MAX),
                    None => return Err(cx.type_error("Expected int as r")),
                },
                None => count as i64,
            };
            let size = check_size(cx, size)?;
            let first = (size <= count).then(|| Rotation {
                indices: memory::collect(0..count),
                cycles: memory::collect((0..size).map(|place| count - place)),
            });
            let state = Permutations(Choices::new(pool, first));
            Ok(cx.new_native(cls, state))
        }
    }
}

/// `combinations(iterable, r)`.
pub struct Combinations(Choices<Ascending>);

/// Indices in ascending order, below `count`.
struct Ascending {
    indices: Vec<usize>,
    count: usize,
}

impl NativeData for Combinations {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.0.pool];

    const NEXT: Option<NextFn> = Some(next_combination);
}

fn next_combination(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let advance = |choice: &mut Ascending| {
        let size = choice.indices.len();
        let Some(place) = (0..size).rev().find(|&place| choice.indices[place] != place + choice.count - size) else {
            return false;
        };
        let first = choice.indices[place] + 1;
        for (index, value) in choice.indices[place..].iter_mut().zip(first..) {
            *index = value;
        }
        true
    };
    Ok(cx.state::<Combinations>(this)?.0.step(cx, |choice| &choice.indices, advance))
}

natives! {
    pub static COMBINATIONS = {
        static call fn __new__(cx; cls: Slot; iterable: Slot, r: i64) -> Slot {
            let (pool, count) = pool_of(cx, iterable)?;
            let size = check_size(cx, r)?;
            let first = (size <= count).then(|| Ascending { indices: memory::collect(0..size), count });
            let state = Combinations(Choices::new(pool, first));
            Ok(cx.new_native(cls, state))
        }
    }
}

/// `combinations_with_replacement(iterable, r)`.
pub struct WithReplacement(Choices<Ascending>);

impl NativeData for WithReplacement {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.0.pool];

    const NEXT: Option<NextFn> = Some(next_with_replacement);
}

fn next_with_replacement(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let advance = |choice: &mut Ascending| {
        let Some(place) = choice.indices.iter().rposition(|&index| index + 1 < choice.count) else { return false };
        let value = choice.indices[place] + 1;
        choice.indices[place..].fill(value);
        true
    };
    Ok(cx.state::<WithReplacement>(this)?.0.step(cx, |choice| &choice.indices, advance))
}

natives! {
    pub static WITH_REPLACEMENT = {
        static call fn __new__(cx; cls: Slot; iterable: Slot, r: i64) -> Slot {
            let (pool, count) = pool_of(cx, iterable)?;
            let size = check_size(cx, r)?;
            let first = (count > 0 || size == 0).then(|| Ascending { indices: memory::repeat(0, size), count });
            let state = WithReplacement(Choices::new(pool, first));
            Ok(cx.new_native(cls, state))
        }
    }
}
