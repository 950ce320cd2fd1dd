//! `deque`: a ring of slots in a list that never shrinks by itself.
//!
//! Every operation runs under the object's guard, so on a shared deque each is linearizable. The ring is a list whose
//! length is the ring's size; `head` is the place of the first element.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::Place;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::compare::{CmpOp, compare_bool, eq};
use argil_interp::ops::{attr, iter, number, repr};
use argil_interp::types::list::List;
use argil_interp::types::native::{Crossing, FieldOf, Guarded, Native, NativeData, Saved};
use argil_interp::value::Value;

use super::deque_iter::iterate;
use super::own_attributes;

/// A deque.
pub struct Deque {
    /// The ring, a list; an unused place holds `None`.
    ring: Field,
    /// The place of the first element. Written under the guard (Release); read with Acquire.
    head: AtomicUsize,
    /// How many elements there are. Written under the guard (Release); read with Acquire.
    len: AtomicUsize,
    /// Counts changes of length (Relaxed: an iterator that sees it changed raises).
    pub(super) changes: AtomicUsize,
    /// The bound; negative for none. Written by the constructor and `__init__`.
    most: AtomicI64,
}

impl NativeData for Deque {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.ring];

    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let deque = value.native::<Deque>()?;
            let bytes = deque.most.load(Ordering::Relaxed).to_le_bytes().to_vec();
            Some(Saved { bytes, values: deque.to_vec(cx).into_iter().map(Some).collect() })
        },
        restore: |cx, birth, bytes| {
            let most = i64::from_le_bytes(bytes.try_into().ok()?);
            Some(Native::alloc(cx, birth, Deque::new(cx, most)))
        },
        fill: |cx, object, values| {
            let values: Vec<_> = values.iter().flatten().copied().collect();
            if let Some((deque, guard)) = object.guarded::<Deque>(cx) {
                deque.replace(cx, &guard, &values, 0);
            }
        },
    });
}

/// Places of a new ring.
const FIRST_SIZE: usize = 8;

impl Deque {
    fn new(cx: &Ctx, most: i64) -> Deque {
        let empty = vec![Value::NONE; FIRST_SIZE];
        Deque {
            ring: Field::of(cx.root(Value::of(List::from_values(cx, &empty)))),
            head: AtomicUsize::new(0),
            len: AtomicUsize::new(0),
            changes: AtomicUsize::new(0),
            most: AtomicI64::new(most),
        }
    }

    fn ring<'h>(&'h self, cx: &'h Ctx) -> &'h List {
        self.ring.get(cx).and_then(Value::cast::<List>).expect("a deque has a ring")
    }

    pub(super) fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    fn most(&self) -> Option<usize> {
        usize::try_from(self.most.load(Ordering::Relaxed)).ok()
    }

    pub(super) fn get<'h>(&'h self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        if index >= self.len() {
            return None;
        }
        let ring = self.ring(cx);
        ring.get(cx, (self.head.load(Ordering::Acquire) + index) % ring.len(cx))
    }

    fn set<'h>(&'h self, cx: &'h Ctx, index: usize, value: Value<'h>) {
        let ring = self.ring(cx);
        ring.set(cx, (self.head.load(Ordering::Acquire) + index) % ring.len(cx), value);
    }

    /// Makes an element that of another index.
    fn shift(&self, cx: &Ctx, from: usize, to: usize) {
        if let Some(value) = self.get(cx, from) {
            self.set(cx, to, value);
        }
    }

    /// Inserts before an index, which is at most the length: the elements on the shorter side of it move.
    fn insert<'h>(&'h self, cx: &'h Ctx, guard: &Guarded<'_, Deque>, index: usize, value: Value<'h>) {
        let len = self.len();
        let left = index <= len / 2;
        self.push(cx, guard, value, left);
        if left {
            (0..index).for_each(|at| self.shift(cx, at + 1, at));
        } else {
            (index..len).rev().for_each(|at| self.shift(cx, at, at + 1));
        }
        self.set(cx, index, value);
    }

    /// Removes the element at an index, if there is one: the elements on the shorter side of it move.
    fn delete(&self, cx: &Ctx, index: usize) {
        let len = self.len();
        if index >= len {
            return;
        }
        let left = index < len / 2;
        if left {
            (0..index).rev().for_each(|at| self.shift(cx, at, at + 1));
        } else {
            (index + 1..len).for_each(|at| self.shift(cx, at, at - 1));
        }
        self.pop(cx, left);
    }

    fn to_vec<'h>(&'h self, cx: &'h Ctx) -> Vec<Value<'h>> {
        memory::collect((0..self.len()).map_while(|index| self.get(cx, index)))
    }

    fn changed(&self, len: usize) {
        self.len.store(len, Ordering::Release);
        self.changes.fetch_add(1, Ordering::Relaxed);
    }

    /// Replaces all elements.
    fn replace<'h>(&'h self, cx: &'h Ctx, guard: &Guarded<'_, Deque>, values: &[Value<'h>], size: usize) {
        let size = size.max(values.len()).max(FIRST_SIZE);
        let mut places = memory::buffer(size);
        places.extend_from_slice(values);
        places.resize(size, Value::NONE);
        guard.set(&self.ring, Value::of(List::from_values(cx, &places)));
        self.head.store(0, Ordering::Release);
        self.changed(values.len());
    }

    /// Adds at one end; at the bound the other end gives way.
    fn push<'h>(&'h self, cx: &'h Ctx, guard: &Guarded<'_, Deque>, value: Value<'h>, left: bool) {
        if self.most() == Some(0) {
            return;
        }
        if self.most().is_some_and(|most| self.len() >= most) {
            self.pop(cx, !left);
        }
        let mut size = self.ring(cx).len(cx);
        if self.len() == size {
            let values = self.to_vec(cx);
            self.replace(cx, guard, &values, size * 2);
            size *= 2;
        }
        let (head, len) = (self.head.load(Ordering::Acquire), self.len());
        let place = if left { (head + size - 1) % size } else { (head + len) % size };
        self.ring(cx).set(cx, place, value);
        if left {
            self.head.store(place, Ordering::Release);
        }
        self.changed(len + 1);
    }

    /// Takes from one end, under the guard.
    fn pop<'h>(&'h self, cx: &'h Ctx, left: bool) -> Option<Value<'h>> {
        let last = self.len().checked_sub(1)?;
        let (ring, head) = (self.ring(cx), self.head.load(Ordering::Acquire));
        let size = ring.len(cx);
        let place = if left { head } else { (head + last) % size };
        let value = ring.get(cx, place);
        ring.set(cx, place, Value::NONE);
        if left {
            self.head.store((head + 1) % size, Ordering::Release);
        }
        self.changed(last);
        value
    }
}

/// Runs `change` on a deque under its guard.
fn with_guard<'h, R>(
    cx: &'h Ctx,
    deque: Value<'h>,
    change: impl FnOnce(&'h Deque, &Guarded<'_, Deque>) -> R,
) -> Res<R> {
    match deque.guarded::<Deque>(cx) {
        Some((state, guard)) => Ok(change(state, &guard)),
        None => Err(cx.type_error(format!("a 'deque' object is required, not '{}'", cx.type_name(deque)))),
    }
}

fn push_slot(cx: &Ctx, deque: Slot, value: Slot, left: bool) -> Res<()> {
    with_guard(cx, cx.get(deque), |state, guard| state.push(cx, guard, cx.get(value), left))
}

fn extend(cx: &mut Ctx, deque: Slot, iterable: Slot, left: bool) -> Res<()> {
    let same = cx.get(deque) == cx.get(iterable);
    let iterable = if same { iter::collect(cx, iterable)? } else { iterable };
    iter::for_each(cx, iterable, |cx, value| push_slot(cx, deque, value, left).map(|()| true))
}

fn replace_all<'h>(cx: &'h Ctx, deque: Value<'h>, values: &[Value<'h>]) -> Res<()> {
    with_guard(cx, deque, |state, guard| state.replace(cx, guard, values, 0))
}

/// A place in a deque for an index that may count from the end.
fn position(cx: &Ctx, deque: Slot, index: i64) -> Res<usize> {
    let len = cx.state::<Deque>(deque)?.len();
    let index = if index < 0 { index + len as i64 } else { index };
    let place = usize::try_from(index).ok().filter(|&index| index < len);
    place.ok_or_else(|| cx.index_error("deque index out of range"))
}

/// A new deque of the same class and bound.
fn copy(cx: &mut Ctx, deque: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class_of(cx.get(deque))));
    let most = cx.state::<Deque>(deque)?.most().map_or(Value::NONE, |most| cx.uint(most as u64));
    let most = cx.root(most);
    cx.call(class, &[deque, most])
}

/// Makes a deque hold its elements several times over.
fn repeat(cx: &mut Ctx, deque: Slot, times: Slot) -> Res<Slot> {
    if attr::find_special(cx, cx.get(times), argil_interp::names::Name::__index__).is_none() {
        let got = cx.type_name(cx.get(times));
        return Err(cx.type_error(format!("can't multiply sequence by non-int of type '{got}'")));
    }
    let times = index_of(cx, times)?;
    if times <= 0 {
        replace_all(cx, cx.get(deque), &[])?;
        return Ok(deque);
    }
    let once = listed(cx, deque)?;
    for _ in 1..times {
        extend(cx, deque, once, false)?;
    }
    Ok(deque)
}

/// The elements in a list.
fn listed(cx: &Ctx, deque: Slot) -> Res<Slot> {
    let values = cx.state::<Deque>(deque)?.to_vec(cx);
    Ok(cx.root(Value::of(List::from_values(cx, &values))))
}

fn compare_deques(cx: &mut Ctx, op: CmpOp, a: Slot, b: Slot) -> Res<Slot> {
    if cx.get(b).native::<Deque>().is_none() {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    let len = |cx: &Ctx, deque| cx.state::<Deque>(deque).map(Deque::len);
    let (a_len, b_len) = (len(cx, a)?, len(cx, b)?);
    if a_len != b_len && matches!(op, CmpOp::Eq | CmpOp::Ne) {
        return Ok(cx.root(Value::bool(op == CmpOp::Ne)));
    }
    // As in CPython, the first elements that differ decide.
    let (x, y) = (cx.root(Value::NONE), cx.root(Value::NONE));
    for index in 0.. {
        let at = |cx: &Ctx, deque: Slot, slot: Slot| {
            let found = cx.state::<Deque>(deque)?.get(cx, index);
            found.inspect(|&value| cx.set(slot, value));
            Ok(found.is_some())
        };
        if !(at(cx, a, x)? && at(cx, b, y)?) {
            break;
        }
        if !eq(cx, x, y)? {
            let answer = match op {
                CmpOp::Eq => false,
                CmpOp::Ne => true,
                _ => compare_bool(cx, op, x, y)?,
            };
            return Ok(cx.root(Value::bool(answer)));
        }
    }
    Ok(cx.root(Value::bool(op.holds(Some(a_len.cmp(&b_len))))))
}

/// The index of the first element from `start` that is equal to a value; RuntimeError if the deque changes meanwhile.
fn search(cx: &mut Ctx, deque: Slot, value: Slot, start: usize, stop: usize) -> Res<Option<usize>> {
    let changes = cx.state::<Deque>(deque)?.changes.load(Ordering::Relaxed);
    cx.scope(|cx| {
        let element = cx.root(Value::NONE);
        for index in start..stop {
            let Some(found) = cx.state::<Deque>(deque)?.get(cx, index) else { break };
            cx.set(element, found);
            let equal = eq(cx, element, value)?;
            if cx.state::<Deque>(deque)?.changes.load(Ordering::Relaxed) != changes {
                return Err(cx.runtime_error("deque mutated during iteration"));
            }
            if equal {
                return Ok(Some(index));
            }
        }
        Ok(None)
    })
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            if args.is_empty() {
                return Err(cx.type_error("deque.__new__(): not enough arguments"));
            }
            let state = Deque::new(cx, -1);
            Ok(cx.new_native(args.get(0), state))
        }

        call fn __init__(cx; self_: Slot; iterable: Option<Slot> = None, maxlen: Option<Slot> = None) -> () {
            let most = match maxlen {
                None => -1,
                Some(most) => match cx.get(most).as_int().map(|most| most.to_i64()) {
                    Some(Some(most)) if most >= 0 => most,
                    Some(Some(_)) => return Err(cx.value_error("maxlen must be non-negative")),
                    Some(None) => return Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
                    None => return Err(cx.type_error("an integer is required")),
                },
            };
            cx.state::<Deque>(self_)?.most.store(most, Ordering::Relaxed);
            replace_all(cx, cx.get(self_), &[])?;
            iterable.map_or(Ok(()), |iterable| extend(cx, self_, iterable, false))
        }

        /// Add an element to the right side of the deque.
        fn append(cx; self_: Value<'h>, x: Value<'h>) -> () {
            with_guard(cx, self_, |deque, guard| deque.push(cx, guard, x, false))
        }

        /// Add an element to the left side of the deque.
        fn appendleft(cx; self_: Value<'h>, x: Value<'h>) -> () {
            with_guard(cx, self_, |deque, guard| deque.push(cx, guard, x, true))
        }

        /// Remove and return the rightmost element.
        fn pop(cx; self_: Value<'h>) -> Value<'h> {
            with_guard(cx, self_, |deque, _| deque.pop(cx, false))?
                .ok_or_else(|| cx.index_error("pop from an empty deque"))
        }

        /// Remove and return the leftmost element.
        fn popleft(cx; self_: Value<'h>) -> Value<'h> {
            with_guard(cx, self_, |deque, _| deque.pop(cx, true))?
                .ok_or_else(|| cx.index_error("pop from an empty deque"))
        }

        /// Extend the right side of the deque with elements from the iterable.
        call fn extend(cx; self_: Slot, iterable: Slot) -> () {
            extend(cx, self_, iterable, false)
        }

        /// Extend the left side of the deque with elements from the iterable.
        call fn extendleft(cx; self_: Slot, iterable: Slot) -> () {
            extend(cx, self_, iterable, true)
        }

        /// Remove all elements from the deque.
        fn clear(cx; self_: Value<'h>) -> () {
            replace_all(cx, self_, &[])
        }

        /// Rotate the deque n steps to the right. If n is negative, rotates left.
        fn rotate(cx; self_: Value<'h>, n: i64 = 1) -> () {
            with_guard(cx, self_, |deque, guard| {
                let len = deque.len() as i64;
                if len > 1 {
                    let steps = n.rem_euclid(len);
                    let (from_right, count) = if steps <= len / 2 { (true, steps) } else { (false, len - steps) };
                    for _ in 0..count {
                        if let Some(value) = deque.pop(cx, !from_right) {
                            deque.push(cx, guard, value, from_right);
                        }
                    }
                }
            })
        }

        /// Reverse *IN PLACE*.
        fn reverse(cx; self_: Value<'h>) -> () {
            with_guard(cx, self_, |deque, guard| {
                let mut values = deque.to_vec(cx);
                values.reverse();
                deque.replace(cx, guard, &values, 0);
            })
        }

        /// Return a shallow copy of a deque.
        call fn copy(cx; self_: Slot) -> Slot {
            copy(cx, self_)
        }

        call fn __copy__(cx; self_: Slot) -> Slot {
            copy(cx, self_)
        }

        /// Return number of occurrences of value.
        call fn count(cx; self_: Slot, value: Slot) -> usize {
            let (mut count, mut from) = (0, 0);
            while let Some(index) = search(cx, self_, value, from, usize::MAX)? {
                count += 1;
                from = index + 1;
            }
            Ok(count)
        }

        /// Return first index of value.
        ///
        /// Raises ValueError if the value is not present.
        call fn index(cx; self_: Slot, value: Slot, start: Place = Place(0), stop: Place = Place(i64::MAX)) -> usize {
            let len = cx.state::<Deque>(self_)?.len();
            let clip = |place: Place| place.within(len).min(len as i64) as usize;
            match search(cx, self_, value, clip(start), clip(stop))? {
                Some(index) => Ok(index),
                None => Err(cx.value_error("deque.index(x): x not in deque")),
            }
        }

        /// Insert value before index.
        fn insert(cx; self_: Value<'h>, index: i64, value: Value<'h>) -> () {
            with_guard(cx, self_, |deque, guard| {
                let len = deque.len();
                if deque.most().is_some_and(|most| len >= most) {
                    return Err(cx.index_error("deque already at its maximum size"));
                }
                let index = if index < 0 { (index + len as i64).max(0) } else { index } as usize;
                deque.insert(cx, guard, index.min(len), value);
                Ok(())
            })?
        }

        /// Remove first occurrence of value.
        call fn remove(cx; self_: Slot, value: Slot) -> () {
            match search(cx, self_, value, 0, usize::MAX)? {
                Some(index) => delete(cx, self_, index),
                None => Err(cx.value_error("deque.remove(x): x not in deque")),
            }
        }

        get fn maxlen(cx; self_: Value<'h>) -> Value<'h> {
            let most = self_.native::<Deque>().and_then(Deque::most);
            Ok(most.map_or(Value::NONE, |most| cx.uint(most as u64)))
        }

        fn __len__(cx; self_: Value<'h>) -> usize {
            Ok(self_.native::<Deque>().map_or(0, Deque::len))
        }

        call fn __getitem__(cx; self_: Slot, index: Slot) -> Slot {
            let index = index_of(cx, index)?;
            let place = position(cx, self_, index)?;
            let found = cx.state::<Deque>(self_)?.get(cx, place);
            found.map(|value| cx.root(value)).ok_or_else(|| cx.index_error("deque index out of range"))
        }

        call fn __setitem__(cx; self_: Slot, index: Slot, value: Slot) -> () {
            let index = index_of(cx, index)?;
            let place = position(cx, self_, index)?;
            with_guard(cx, cx.get(self_), |deque, _| deque.set(cx, place, cx.get(value)))
        }

        call fn __delitem__(cx; self_: Slot, index: Slot) -> () {
            let index = index_of(cx, index)?;
            let place = position(cx, self_, index)?;
            delete(cx, self_, place)
        }

        call fn __contains__(cx; self_: Slot, value: Slot) -> bool {
            Ok(search(cx, self_, value, 0, usize::MAX)?.is_some())
        }

        call fn __iter__(cx; self_: Slot) -> Slot {
            iterate::<false>(cx, self_, 0)
        }

        /// Return a reverse iterator over the deque.
        call fn __reversed__(cx; self_: Slot) -> Slot {
            iterate::<true>(cx, self_, 0)
        }

        /// Return state information for pickling.
        call fn __reduce__(cx; self_: Slot) -> Slot {
            let state = own_attributes(cx, self_)?;
            let elements = iter::iter(cx, self_)?;
            let cx: &Ctx = cx;
            let class = Value::of(cx.class_of(cx.get(self_)));
            let args = match cx.state::<Deque>(self_)?.most() {
                Some(most) => cx.tuple(&[cx.tuple(&[]), cx.uint(most as u64)]),
                None => cx.tuple(&[]),
            };
            Ok(cx.root(cx.tuple(&[class, args, cx.get(state), cx.get(elements)])))
        }

        call fn __add__(cx; self_: Slot, other: Slot) -> Slot {
            if cx.get(other).native::<Deque>().is_none() {
                let got = cx.type_name(cx.get(other));
                return Err(cx.type_error(format!("can only concatenate deque (not \"{got}\") to deque")));
            }
            let result = copy(cx, self_)?;
            extend(cx, result, other, false)?;
            Ok(result)
        }

        call fn __iadd__(cx; self_: Slot, other: Slot) -> Slot {
            extend(cx, self_, other, false)?;
            Ok(self_)
        }

        call fn __mul__(cx; self_: Slot, times: Slot) -> Slot {
            let result = copy(cx, self_)?;
            repeat(cx, result, times)
        }

        call fn __rmul__(cx; self_: Slot, times: Slot) -> Slot {
            let result = copy(cx, self_)?;
            repeat(cx, result, times)
        }

        call fn __imul__(cx; self_: Slot, times: Slot) -> Slot {
            repeat(cx, self_, times)
        }

        call fn __eq__(cx; self_: Slot, other: Slot) -> Slot {
            compare_deques(cx, CmpOp::Eq, self_, other)
        }

        call fn __ne__(cx; self_: Slot, other: Slot) -> Slot {
            compare_deques(cx, CmpOp::Ne, self_, other)
        }

        call fn __lt__(cx; self_: Slot, other: Slot) -> Slot {
            compare_deques(cx, CmpOp::Lt, self_, other)
        }

        call fn __le__(cx; self_: Slot, other: Slot) -> Slot {
            compare_deques(cx, CmpOp::Le, self_, other)
        }

        call fn __gt__(cx; self_: Slot, other: Slot) -> Slot {
            compare_deques(cx, CmpOp::Gt, self_, other)
        }

        call fn __ge__(cx; self_: Slot, other: Slot) -> Slot {
            compare_deques(cx, CmpOp::Ge, self_, other)
        }

        call fn __hash__(cx; self_: Slot) -> i64 {
            Err(argil_interp::ops::hash::unhashable(cx, cx.get(self_)))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let mut list = String::new();
            let shown = repr::guarded(cx, self_, |cx| {
                let elements = listed(cx, self_)?;
                list = repr::repr(cx, elements)?;
                Ok(())
            })?;
            if !shown {
                return Ok("[...]".to_owned());
            }
            let name = cx.class_of(cx.get(self_)).plain_name(cx);
            Ok(match cx.state::<Deque>(self_)?.most() {
                Some(most) => format!("{name}({list}, maxlen={most})"),
                None => format!("{name}({list})"),
            })
        }
    }
}

fn index_of(cx: &mut Ctx, index: Slot) -> Res<i64> {
    let value = cx.get(index);
    if value.as_int().is_none() && attr::find_special(cx, value, argil_interp::names::Name::__index__).is_none() {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("sequence index must be integer, not '{got}'")));
    }
    let index = number::index(cx, index)?;
    let index = cx.get(index).as_int().and_then(|index| index.to_i64());
    index.ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))
}

fn delete(cx: &Ctx, deque: Slot, index: usize) -> Res<()> {
    with_guard(cx, cx.get(deque), |state, _| state.delete(cx, index))
}
