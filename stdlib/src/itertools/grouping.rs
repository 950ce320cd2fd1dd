//! `groupby`, `tee`.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::compare;
use argil_interp::ops::iter::{self, Step};
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

/// `groupby(iterable, key=None)`.
pub struct GroupBy {
    source: Field,
    /// The key function; unset for identity.
    key: Field,
    /// The key of the group that was yielded last, or unset.
    target: Field,
    /// The key of the element read last, or unset.
    current: Field,
    /// The element read last and not yet yielded by a group, or unset.
    value: Field,
    /// The number of the group that may still yield. Written by whoever advances (Relaxed).
    group: AtomicU64,
}

impl NativeData for GroupBy {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source, |s| &s.key, |s| &s.target, |s| &s.current, |s| &s.value];

    const NEXT: Option<NextFn> = Some(next_group);
}

/// Reads the next element; `false` at the end.
fn step(cx: &mut Ctx, groups: Slot) -> Res<bool> {
    cx.scope(|cx| {
        let source = cx.load(groups, |state: &GroupBy| &state.source).unwrap_or(groups);
        let Some(value) = iter::next(cx, source)? else { return Ok(false) };
        let key = match cx.load(groups, |state: &GroupBy| &state.key) {
            Some(function) => cx.call(function, &[value])?,
            None => value,
        };
        cx.store(groups, |state: &GroupBy| &state.value, value);
        cx.store(groups, |state: &GroupBy| &state.current, key);
        Ok(true)
    })
}

fn next_group(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let number = cx.state::<GroupBy>(this)?.group.fetch_add(1, Ordering::Relaxed) + 1;
    loop {
        let same = cx.scope(|cx| {
            let current = cx.load(this, |state: &GroupBy| &state.current);
            let target = cx.load(this, |state: &GroupBy| &state.target);
            match (current, target) {
                (None, _) => Ok(true),
                (Some(_), None) => Ok(false),
                (Some(current), Some(target)) => compare::eq(cx, target, current),
            }
        })?;
        if !same {
            break;
        }
        if !step(cx, this)? {
            return Ok(None);
        }
    }
    let key = cx.load(this, |state: &GroupBy| &state.current).unwrap_or(this);
    cx.store(this, |state: &GroupBy| &state.target, key);
    let group = Group { groups: Field::of(this), key: Field::of(key), number };
    let group = cx.new_of_native_class(group);
    Ok(Some(cx.root(cx.tuple(&[cx.get(key), cx.get(group)]))))
}

natives! {
    pub static GROUP_BY = {
        static call fn __new__(cx; cls: Slot; iterable: Slot, key: Option<Slot> = None) -> Slot {
            let source = iter::iter(cx, iterable)?;
            let state = GroupBy {
                source: Field::of(source),
                key: Field::of_option(key),
                target: Field::unset(),
                current: Field::unset(),
                value: Field::unset(),
                group: AtomicU64::new(0),
            };
            Ok(cx.new_native(cls, state))
        }
    }
}

/// One group of a `groupby`.
pub struct Group {
    groups: Field,
    key: Field,
    number: u64,
}

impl NativeData for Group {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.groups, |s| &s.key];

    const NEXT: Option<NextFn> = Some(next_of_group);
}

fn next_of_group(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let groups = cx.load(this, |group: &Group| &group.groups).unwrap_or(this);
    let number = cx.state::<Group>(this)?.number;
    if cx.state::<GroupBy>(groups)?.group.load(Ordering::Relaxed) != number {
        return Ok(None);
    }
    if cx.load(groups, |state: &GroupBy| &state.value).is_none() && !step(cx, groups)? {
        return Ok(None);
    }
    let key = cx.load(this, |group: &Group| &group.key).unwrap_or(this);
    let current = cx.load(groups, |state: &GroupBy| &state.current).unwrap_or(this);
    if !compare::eq(cx, key, current)? {
        return Ok(None);
    }
    let value = cx.load(groups, |state: &GroupBy| &state.value);
    cx.unset(groups, |state: &GroupBy| &state.value);
    Ok(value)
}

/// An element that the iterators of one `tee` share, and what follows it.
struct Node {
    /// The element; unset until one of the iterators reads it.
    value: Field,
    /// The next node; set together with the element.
    next: Field,
    /// Whether a thread is reading the element with script code's help (Relaxed: taken and given back under the guard).
    busy: AtomicBool,
}

impl NativeData for Node {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.value, |s| &s.next];
}

/// One of the iterators that `tee` makes.
pub struct Tee {
    source: Field,
    /// The node to read next.
    node: Field,
}

impl NativeData for Tee {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source, |s| &s.node];

    const NEXT: Option<NextFn> = Some(next_tee);
}

fn new_node(cx: &Ctx) -> Slot {
    cx.new_of_native_class(Node { value: Field::unset(), next: Field::unset(), busy: AtomicBool::new(false) })
}

/// Reads the element of a node, unless that was done; `false` at the end. Whichever thread comes first, the iterators of one
/// `tee` see the same elements.
fn fill(cx: &mut Ctx, node: Slot, source: Slot) -> Res<bool> {
    {
        let cx = &*cx;
        let (state, guard) = cx.guarded::<Node>(node)?;
        if state.next.get(cx).is_some() {
            return Ok(true);
        }
        if state.busy.load(Ordering::Relaxed) {
            return Err(cx.runtime_error("cannot re-enter the tee iterator"));
        }
        match iter::leaf(cx, Some(cx.get(source))).map_or(Step::Ask, |source| iter::step_leaf(cx, source)) {
            Step::Value(value) => {
                let next = new_node(cx);
                guard.set(&state.value, value);
                guard.set(&state.next, cx.get(next));
                return Ok(true);
            }
            Step::Done => return Ok(false),
            Step::Raise(raised) => return Err(raised),
            Step::Ask => state.busy.store(true, Ordering::Relaxed),
        }
    }
    let read = iter::next(cx, source);
    let cx = &*cx;
    let (state, guard) = cx.guarded::<Node>(node)?;
    state.busy.store(false, Ordering::Relaxed);
    let Some(value) = read? else { return Ok(false) };
    let next = new_node(cx);
    guard.set(&state.value, cx.get(value));
    guard.set(&state.next, cx.get(next));
    Ok(true)
}

fn next_tee(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    loop {
        let node = cx.load(this, |tee: &Tee| &tee.node).unwrap_or(this);
        let source = cx.load(this, |tee: &Tee| &tee.source).unwrap_or(this);
        if !cx.scope(|cx| fill(cx, node, source))? {
            return Ok(None);
        }
        let cx = &*cx;
        let (tee, guard) = cx.guarded::<Tee>(this)?;
        // Another thread may have moved this iterator on meanwhile.
        if tee.node.get(cx) == Some(cx.get(node)) {
            let node = cx.state::<Node>(node)?;
            guard.set(&tee.node, node.next.get_or_none(cx));
            return Ok(node.value.get(cx).map(|value| cx.root(value)));
        }
    }
}

fn copy_of(cx: &Ctx, tee: Slot) -> Res<Slot> {
    let state = cx.state::<Tee>(tee)?;
    let copy = Tee {
        source: Field::of(cx.root(state.source.get_or_none(cx))),
        node: Field::of(cx.root(state.node.get_or_none(cx))),
    };
    Ok(cx.new_of_native_class(copy))
}

natives! {
    pub static TEE = {
        /// Returns an independent iterator.
        call fn __copy__(cx; self_: Slot) -> Slot {
            copy_of(cx, self_)
        }
    }
}

natives! {
    pub static FUNCTIONS = {
        /// Returns a tuple of n independent iterators.
        call fn tee(cx; iterable: Slot, n: i64 = 2) -> Slot {
            if n < 0 {
                return Err(cx.value_error("n must be >= 0"));
            }
            let source = iter::iter(cx, iterable)?;
            let tees = cx.with_memory(|cx| cx.root(Value::of(List::with_capacity(cx, n as usize))))?;
            let first = if cx.get(source).native::<Tee>().is_some() {
                copy_of(cx, source)?
            } else {
                let node = new_node(cx);
                cx.new_of_native_class(Tee { source: Field::of(source), node: Field::of(node) })
            };
            for index in 0..n {
                cx.scope(|cx| {
                    let tee = if index == 0 { first } else { copy_of(cx, first)? };
                    iter::push(cx, tees, tee)?;
                    cx.poll()
                })?;
            }
            cx.with_memory(|cx| {
                let tees = cx.get(tees).cast::<List>().map_or_else(Vec::new, |tees| tees.to_vec(cx));
                cx.root(cx.tuple(&tees))
            })
        }
    }
}
