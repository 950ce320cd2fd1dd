//! The entries of a set, at the places that CPython would put them, so that iteration has CPython's order.
//!
//! Open addressing as in CPython's `setobject.c`: a short linear run, then a jump by the perturbed hash; a removed entry
//! leaves a dummy. An entry's hash is written before its key is published, so lookups take no lock; a rebuilt table
//! replaces the old one under the set's lock.

use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard};
use crate::shape::Birth;
use crate::types::dict::key::{Judge, KeyMatch};
use crate::types::dict::table::Found;
use crate::value::{Value, Word};

/// How many neighbours are tried before the hash is perturbed.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
/// What stands in a place whose element was removed.
const DUMMY: Word = Word(0x35);

/// One place.
#[repr(C)]
pub struct Place {
    /// The element's hash. Written under the set's guard before the element (Release), as often as the place is used again.
    hash: AtomicU64,
    key: Field,
}

/// The places of one set.
#[repr(C)]
pub struct SetTable {
    header: Header,
    /// Places minus one.
    mask: usize,
    /// Places that were ever filled. Written under the set's guard.
    fill: AtomicU32,
    /// How often a removed element's place was used again. Written under the set's guard (Relaxed: a script's own doing, which
    /// its thread sees).
    reused: AtomicU32,
    /// Elements. Written under the set's guard (Release), read with Acquire.
    used: AtomicU32,
    /// Where the search for an element to pop goes on. Written under the set's guard.
    finger: AtomicUsize,
}

// SAFETY: `repr(C)` with the header first; only `SetTable::alloc` makes objects of this kind.
unsafe impl HeapType for SetTable {
    const KIND: Kind = Kind::SetTable;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for place in self.places() {
            tracer.field(&place.key);
        }
    }

    fn extra_bytes(&self) -> usize {
        self.size() * std::mem::size_of::<Place>()
    }
}

impl SetTable {
    /// Places of a table for more than `elements` elements.
    fn places_for(elements: usize) -> usize {
        (elements + 1).next_power_of_two().max(8)
    }

    /// Bytes of a table for more than `elements` elements.
    pub(crate) fn size_of(elements: usize) -> usize {
        size_of::<SetTable>() + SetTable::places_for(elements) * size_of::<Place>()
    }

    /// A table for more than `elements` elements.
    pub(crate) fn alloc(cx: &Ctx, elements: usize) -> &SetTable {
        let size = SetTable::places_for(elements);
        let table = cx.alloc_with(size * std::mem::size_of::<Place>(), Birth::INTERNAL, |header| SetTable {
            header,
            mask: size - 1,
            fill: AtomicU32::new(0),
            reused: AtomicU32::new(0),
            used: AtomicU32::new(0),
            finger: AtomicUsize::new(0),
        });
        // SAFETY: the allocation has room for `size` places behind the struct.
        unsafe {
            let places = std::ptr::from_ref(table).add(1).cast::<Place>().cast_mut();
            for i in 0..size {
                places.add(i).write(Place { hash: AtomicU64::new(0), key: Field::unset() });
            }
        }
        table
    }

    fn places(&self) -> &[Place] {
        // SAFETY: `alloc` wrote that many places behind the struct.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Place>(), self.mask + 1) }
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.used.load(Ordering::Acquire) as usize
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many places there are.
    pub fn size(&self) -> usize {
        self.mask + 1
    }

    /// The element at a place, if there is one.
    pub fn at<'h>(&'h self, cx: &'h Ctx, place: usize) -> Option<Value<'h>> {
        self.places().get(place)?.key.get(cx).filter(|value| value.word() != DUMMY)
    }

    /// The element at a place and its hash, if there is one.
    pub fn hashed_at<'h>(&'h self, cx: &'h Ctx, place: usize) -> Option<(Value<'h>, i64)> {
        loop {
            let element = self.at(cx, place)?;
            let hash = self.places()[place].hash.load(Ordering::Acquire) as i64;
            // Another thread may have put another element there in between.
            if self.at(cx, place) == Some(element) {
                return Some((element, hash));
            }
        }
    }

    /// The elements in the order of their places.
    pub fn iter<'h>(&'h self, cx: &'h Ctx) -> impl Iterator<Item = Value<'h>> {
        (0..self.size()).filter_map(move |place| self.at(cx, place))
    }

    /// The places in the order in which a hash visits them.
    fn probes(&self, hash: i64) -> impl Iterator<Item = usize> + use<> {
        let mask = self.mask;
        let (mut perturb, mut base) = (hash as u64 as usize, hash as u64 as usize & mask);
        let mut run = 0;
        std::iter::from_fn(move || {
            let limit = if base + LINEAR_PROBES <= mask { LINEAR_PROBES } else { 0 };
            if run > limit {
                perturb >>= PERTURB_SHIFT;
                base = (base.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb)) & mask;
                run = 0;
            }
            run += 1;
            Some(base + run - 1)
        })
    }

    /// Finds an element; `judge` tells keys apart.
    pub fn find(&self, cx: &Ctx, key: Value<'_>, hash: i64, judge: &Judge<'_>) -> Found {
        for number in self.probes(hash) {
            let place = &self.places()[number];
            let word = place.key.load();
            if word == key.word() {
                return Found::Entry(number);
            }
            if word.is_unset() {
                return Found::Missing;
            }
            if word != DUMMY && place.hash.load(Ordering::Relaxed) == hash as u64 {
                // SAFETY: an element of a live table; no safepoint lies in here.
                match (judge.matches)(cx, unsafe { Value::from_word(word) }, key) {
                    KeyMatch::Equal => return Found::Entry(number),
                    KeyMatch::Different => {}
                    KeyMatch::Ask if judge.asked.contains(&number) => {}
                    KeyMatch::Ask => return Found::Ask(number),
                }
            }
        }
        Found::Missing
    }

    /// Adds an element that is not in the table: in place of the last removed one that its hash leads past.
    pub fn insert(&self, guard: &WriteGuard<'_>, key: Value<'_>, hash: i64) {
        let mut removed = None;
        for number in self.probes(hash) {
            let there = self.places()[number].key.load();
            if there == DUMMY {
                removed = Some(number);
            } else if there.is_unset() {
                let place = &self.places()[removed.unwrap_or(number)];
                place.hash.store(hash as u64, Ordering::Release);
                guard.set(&place.key, key);
                let count = if removed.is_some() { &self.reused } else { &self.fill };
                count.fetch_add(1, Ordering::Relaxed);
                self.used.fetch_add(1, Ordering::AcqRel);
                return;
            }
        }
    }

    /// How often a place was used again: what is known of a place's element holds until then.
    pub fn reused(&self) -> u32 {
        self.reused.load(Ordering::Relaxed)
    }

    /// Copies a table of the same size place by place into this one, if this one is new and the other has no dummies, as
    /// CPython does, so that the order of iteration stays; whether it did.
    pub(crate) fn copy_places(&self, cx: &Ctx, guard: &WriteGuard<'_>, other: &SetTable) -> bool {
        let fill = other.fill.load(Ordering::Relaxed);
        if self.mask != other.mask || self.fill.load(Ordering::Relaxed) != 0 || fill as usize != other.len() {
            return false;
        }
        let mut count = 0;
        for (to, place) in self.places().iter().zip(0..) {
            if let Some((key, hash)) = other.hashed_at(cx, place) {
                to.hash.store(hash as u64, Ordering::Relaxed);
                guard.set(&to.key, key);
                count += 1;
            }
        }
        self.fill.store(count, Ordering::Relaxed);
        self.used.store(count, Ordering::Release);
        true
    }

    /// Whether the table should be rebuilt before it slows down.
    pub fn is_crowded(&self) -> bool {
        self.fill.load(Ordering::Relaxed) as usize * 5 >= self.mask * 3
    }

    /// Whether `more` elements may be added at once without rebuilding the table first.
    pub fn is_roomy_for(&self, more: usize) -> bool {
        (self.fill.load(Ordering::Relaxed) as usize + more) * 5 < self.mask * 3
    }

    /// Removes the element at a place.
    pub fn remove(&self, _guard: &WriteGuard<'_>, place: usize) {
        self.places()[place].key.store(DUMMY);
        self.used.fetch_sub(1, Ordering::AcqRel);
    }

    /// The next place with an element, from where the last one was popped and round again.
    pub fn next_to_pop<'h>(&'h self, cx: &'h Ctx, _guard: &WriteGuard<'_>) -> Option<(usize, Value<'h>)> {
        if self.is_empty() {
            return None;
        }
        let finger = self.finger.load(Ordering::Relaxed) & self.mask;
        let mut places = (finger..self.size()).chain(0..finger);
        let found = places.find_map(|place| Some((place, self.at(cx, place)?)))?;
        self.finger.store(found.0 + 1, Ordering::Relaxed);
        Some(found)
    }

    /// A table with the same elements for more than `elements`; the caller installs it under the same guard.
    pub(crate) fn rebuilt<'h>(&self, cx: &'h Ctx, guard: &WriteGuard<'_>, elements: usize) -> &'h SetTable {
        let new = SetTable::alloc(cx, elements);
        if guard.is_shared() {
            new.header.set_domain(argil_lock::domain::SHARED);
        }
        for place in self.places() {
            let word = place.key.load();
            if !word.is_unset() && word != DUMMY {
                // SAFETY: an element of a live table; no safepoint lies in here.
                new.insert(guard, unsafe { Value::from_word(word) }, place.hash.load(Ordering::Relaxed) as i64);
            }
        }
        new
    }
}
