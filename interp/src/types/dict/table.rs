//! The entries of a dict, in order of insertion, with an open-addressed index of them.
//!
//! An entry's key is written before the entry is published in the index and never changes in that table, so lookups take no
//! lock. Deleting empties the entry's value; the key stays until the table is rebuilt.
//!
//! Growing or compacting copies the entries to a new table under the dict's lock, and leaves the old table as it is for those
//! who still read it. A value may be stored meanwhile, without the lock, so the copier raises `moving` before it copies, and a
//! writer looks at `moving` after it has stored (both sequentially consistent). Either the writer sees `moving`, and
//! repeats its store in the new table under the lock, or its store came before the copy and was copied.
//!
//! Entries may also be added in front: a table that is made for that begins with numbers that no entry has yet, which are
//! given out from the last to the first. So every number is used once, and the index never names an entry that changes.
//!
//! Between the live entries there may be runs of deleted ones. Each end of a run knows the other, so that who takes entries
//! from an end of the dict passes over a run in one step, however often others are added behind it.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering, fence};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard};
use crate::shape::Birth;
use crate::types::cell::Global;
use crate::types::dict::key::{Judge, KeyMatch};
use crate::value::{Value, Word};

/// No entry: an empty place in the index.
const EMPTY: u32 = u32::MAX;

/// 2^64 divided by the golden ratio: a product with it has every bit of the other factor in its high bits.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The places of an index that a hash visits (double hashing): the step is odd and the number of places a power of two, so
/// that none is left out. Each is followed by its twin, which lies in the same line of the cache.
struct Probes {
    place: usize,
    step: usize,
    mask: usize,
    /// Whether the twin is next.
    twin: bool,
}

impl Probes {
    #[inline(always)]
    fn next_place(&mut self) -> usize {
        let place = (self.place ^ usize::from(self.twin)) & self.mask;
        if self.twin {
            self.place = self.place.wrapping_add(self.step);
        }
        self.twin = !self.twin;
        place
    }
}

/// One entry.
#[repr(C)]
pub struct Entry {
    /// The key's hash. In a deleted entry a [`Run`]. Written with the key, and by who deletes the entry (Release, after its value
    /// is gone); read with Acquire, so that who reads the hash first and then a value has that value's hash.
    hash: AtomicU64,
    key: Field,
    value: Field,
}

/// A run of deleted entries, which may begin or end with the entry that holds it.
struct Run {
    /// The number of the first entry, if this is the last.
    start: u32,
    /// The number behind the last entry, if this is the first.
    end: u32,
}

impl Entry {
    fn unset() -> Entry {
        Entry { hash: AtomicU64::new(0), key: Field::unset(), value: Field::unset() }
    }

    fn is_live(&self) -> bool {
        !self.value.load().is_unset()
    }

    fn run(&self) -> Run {
        let bits = self.hash.load(Ordering::Acquire);
        Run { start: bits as u32, end: (bits >> 32) as u32 }
    }

    fn set_run(&self, run: Run) {
        self.hash.store(u64::from(run.end) << 32 | u64::from(run.start), Ordering::Release);
    }
}

/// The entries of one dict.
#[repr(C)]
pub struct Table {
    header: Header,
    /// Entries ever made. Written under the dict's guard (Release, after the entry); read with Acquire.
    used: AtomicU32,
    /// Entries that have a value. Written under the guard; read with Acquire.
    live: AtomicU32,
    /// The number of the first entry made: those below are free for entries in front. Written under the guard, which its
    /// readers have too.
    made: AtomicU32,
    /// The first live entry, or `last` if there is none. Written under the guard; a reader that misses a change looks at more entries, or
    /// misses an entry that was added in front since.
    first: AtomicU32,
    /// The number behind the last live entry: all from there on are deleted. Written under the guard, after `used`; read with Acquire.
    last: AtomicU32,
    /// Room for entries.
    capacity: u32,
    /// log2 of the places in the index.
    bits: u32,
    /// Set for good when the entries begin to move to another table; pairs with the fence in `store_value`.
    moving: AtomicBool,
    /// Whether values are [`Global`] cells: the name space of a module or class.
    cells: bool,
}

// SAFETY: `repr(C)` with the header first; only `Table::alloc` makes objects of this kind.
unsafe impl HeapType for Table {
    const KIND: Kind = Kind::Table;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for entry in self.entries() {
            if !entry.value.load().is_unset() {
                tracer.field(&entry.key);
                tracer.field(&entry.value);
            } else if entry.key.load().is_heap() {
                // A key in the index is compared even when its value is gone.
                tracer.field(&entry.key);
            }
        }
    }

    fn extra_bytes(&self) -> usize {
        self.capacity as usize * std::mem::size_of::<Entry>() + (4 << self.bits)
    }
}

/// What a search found without running script code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The entry with this number.
    Entry(usize),
    /// No such key.
    Missing,
    /// Only the key's own `__eq__` can tell, for the entry with this number.
    Ask(usize),
}

impl Table {
    /// A table with room for `capacity` entries.
    pub(crate) fn alloc(cx: &Ctx, capacity: usize, cells: bool) -> &Table {
        Table::with_front(cx, 0, capacity, cells)
    }

    /// A table with room for `front` entries in front and `capacity` behind.
    fn with_front(cx: &Ctx, front: usize, capacity: usize, cells: bool) -> &Table {
        let capacity = front + capacity.max(5);
        let bits = (capacity * 3 / 2).next_power_of_two().trailing_zeros();
        let bytes = capacity * std::mem::size_of::<Entry>() + (4 << bits);
        let table = cx.alloc_with(bytes, Birth::INTERNAL, |header| Table {
            header,
            used: AtomicU32::new(front as u32),
            live: AtomicU32::new(0),
            made: AtomicU32::new(front as u32),
            first: AtomicU32::new(front as u32),
            last: AtomicU32::new(front as u32),
            capacity: capacity as u32,
            bits,
            moving: AtomicBool::new(false),
            cells,
        });
        // SAFETY: the allocation has room for the entries (whose words are written before they are read: only the first
        // `used` are) and, behind them, the index; all bits set is `EMPTY`.
        unsafe {
            for number in 0..front {
                table.first_entry().cast_mut().add(number).write(Entry::unset());
            }
            std::ptr::write_bytes(table.index().as_ptr().cast_mut().cast::<u8>(), 0xff, 4 << bits);
        }
        table
    }

    #[inline(always)]
    fn first_entry(&self) -> *const Entry {
        // SAFETY: the entries lie right behind the struct.
        unsafe { std::ptr::from_ref(self).add(1).cast() }
    }

    #[inline(always)]
    fn index(&self) -> &[AtomicU32] {
        // SAFETY: the index lies behind `capacity` entries and has `1 << bits` places.
        unsafe { std::slice::from_raw_parts(self.first_entry().add(self.capacity as usize).cast(), 1 << self.bits) }
    }

    /// The entries made so far, deleted ones included.
    #[inline(always)]
    fn entries(&self) -> &[Entry] {
        // SAFETY: `used` entries have been written.
        unsafe { std::slice::from_raw_parts(self.first_entry(), self.used.load(Ordering::Acquire) as usize) }
    }

    /// How many entries were made, deleted ones included.
    pub fn used(&self) -> usize {
        self.used.load(Ordering::Acquire) as usize
    }

    /// The numbers among which the live entries are.
    pub fn bounds(&self) -> std::ops::Range<usize> {
        self.first.load(Ordering::Relaxed) as usize..self.last.load(Ordering::Acquire) as usize
    }

    /// How many entries have a value.
    #[inline(always)]
    pub fn live(&self) -> usize {
        self.live.load(Ordering::Acquire) as usize
    }

    /// Whether another entry fits.
    pub fn has_room(&self) -> bool {
        self.used.load(Ordering::Relaxed) < self.capacity
    }

    /// Whether the values are cells.
    pub fn has_cells(&self) -> bool {
        self.cells
    }

    /// The places where a hash may be, in the order in which they are tried: all places, each once.
    #[inline(always)]
    fn probes(&self, hash: i64) -> Probes {
        // The low bits as they are, so that consecutive numbers stay neighbours in memory. The high bits are spread over the
        // whole table (Fibonacci hashing), so that numbers a power of two apart do not meet.
        let spread = ((hash as u64) >> self.bits).wrapping_mul(GOLDEN) >> (64 - self.bits);
        let place = (hash as u64).wrapping_add(spread) as usize;
        // Neighbours that do meet part at once: the step depends on every bit, so that a key that falls among consecutive
        // numbers does not have to walk past all of them. No hash is -1, the only one whose step would be the shortest.
        let step = ((!hash as u64).wrapping_mul(GOLDEN) >> (64 - self.bits)) as usize | 1;
        Probes { place, step, mask: (1 << self.bits) - 1, twin: false }
    }

    /// Finds a key; entries below `after` that asked before are taken as different.
    #[inline(always)]
    pub fn find(&self, cx: &Ctx, key: Value<'_>, hash: i64, judge: &Judge<'_>) -> Found {
        let index = self.index();
        let mut probes = self.probes(hash);
        loop {
            let number = index[probes.next_place()].load(Ordering::Acquire);
            if number == EMPTY {
                return Found::Missing;
            }
            let number = number as usize;
            // SAFETY: the index names only entries that were written before (Release on the index, Acquire here).
            let entry = unsafe { &*self.first_entry().add(number) };
            let word = entry.key.load();
            // A deleted entry is passed over: the key may have come back since, in an entry further on.
            if word == key.word() {
                if !entry.value.load().is_unset() {
                    return Found::Entry(number);
                }
            } else if entry.hash.load(Ordering::Relaxed) == hash as u64 && !entry.value.load().is_unset() {
                // SAFETY: a key of a live table is traced, and no safepoint lies in here.
                match (judge.matches)(cx, unsafe { Value::from_word(word) }, key) {
                    KeyMatch::Equal => return Found::Entry(number),
                    KeyMatch::Different => {}
                    KeyMatch::Ask if judge.asked.contains(&number) => {}
                    KeyMatch::Ask => return Found::Ask(number),
                }
            }
        }
    }

    /// The key of an entry; `None` beyond the last.
    #[inline(always)]
    pub fn key<'h>(&'h self, cx: &'h Ctx, number: usize) -> Option<Value<'h>> {
        self.entries().get(number)?.key.get(cx)
    }

    /// The hash of an entry, to be read before its value: a deleted entry has none.
    pub fn hash(&self, number: usize) -> i64 {
        self.entries().get(number).map_or(0, |entry| entry.hash.load(Ordering::Acquire) as i64)
    }

    /// What an entry holds: a value or, in a name space, its cell.
    #[inline(always)]
    pub fn raw_value<'h>(&'h self, cx: &'h Ctx, number: usize) -> Option<Value<'h>> {
        self.entries().get(number)?.value.get(cx)
    }

    /// The value of an entry; `None` if it was deleted.
    #[inline(always)]
    pub fn value<'h>(&'h self, cx: &'h Ctx, number: usize) -> Option<Value<'h>> {
        let raw = self.raw_value(cx, number)?;
        if !self.cells {
            return Some(raw);
        }
        match raw.cast::<Global>() {
            Some(cell) => cell.value.get(cx),
            None => Some(raw),
        }
    }

    /// The entries that have a value, in order of insertion.
    pub fn iter<'h>(&'h self, cx: &'h Ctx) -> impl Iterator<Item = (Value<'h>, Value<'h>)> {
        self.bounds().filter_map(move |i| Some((self.key(cx, i)?, self.value(cx, i)?)))
    }

    /// Replaces the value of an entry that has one; `false` if it was deleted meanwhile. Takes no lock: see the module's head.
    #[inline]
    pub fn store_value<'h>(
        &'h self,
        cx: &'h Ctx,
        owner: &'h Header,
        number: usize,
        value: Value<'h>,
        current: impl Fn() -> &'h Table,
    ) -> bool {
        let slot = &self.entries()[number].value;
        if owner.domain() == cx.domain() {
            if slot.load().is_unset() {
                return false;
            }
            slot.store(value.word());
            return true;
        }
        owner.barrier(cx, value);
        let before = slot.load();
        if before.is_unset() || !slot.compare_exchange(before, value.word()) {
            return false;
        }
        fence(Ordering::SeqCst);
        if self.moving.load(Ordering::SeqCst) {
            let _guard = owner.write(cx);
            let (table, key) = (current(), &self.entries()[number]);
            if let Some(moved) = table.entries().iter().find(|entry| entry.key.load() == key.key.load()) {
                let slot = match moved.value.get(cx).and_then(Value::cast::<Global>) {
                    Some(cell) => &cell.value,
                    None => &moved.value,
                };
                slot.compare_exchange(before, value.word());
            }
        }
        true
    }

    /// Adds an entry whose key is not in the table, which has room.
    pub fn insert(&self, guard: &WriteGuard<'_>, key: Value<'_>, hash: i64, value: Value<'_>) {
        let number = self.used.load(Ordering::Relaxed);
        debug_assert!(number < self.capacity);
        self.write_entry(guard, number, key, hash, value);
        let gap = self.last.load(Ordering::Relaxed);
        if self.live() == 0 {
            self.first.store(number, Ordering::Relaxed);
        } else if gap < number {
            self.entries()[number as usize - 1].set_run(Run { start: gap, end: number });
        }
        self.used.store(number + 1, Ordering::Release);
        self.last.store(number + 1, Ordering::Release);
        self.live.store(self.live.load(Ordering::Relaxed) + 1, Ordering::Release);
        self.link(hash, number);
    }

    /// Adds an entry in front of all, whose key is not in the table, if there is room; whether there was.
    fn insert_in_front(&self, guard: &WriteGuard<'_>, key: Value<'_>, hash: i64, value: Value<'_>) -> bool {
        let Some(number) = self.made.load(Ordering::Relaxed).checked_sub(1) else { return false };
        self.write_entry(guard, number, key, hash, value);
        let gap = self.first.load(Ordering::Relaxed);
        if self.live() == 0 {
            self.last.store(number + 1, Ordering::Release);
        } else if number + 1 < gap {
            self.entries()[number as usize + 1].set_run(Run { start: number + 1, end: gap });
        }
        self.made.store(number, Ordering::Relaxed);
        self.first.store(number, Ordering::Relaxed);
        self.live.store(self.live.load(Ordering::Relaxed) + 1, Ordering::Release);
        self.link(hash, number);
        true
    }

    /// Writes an entry that the index does not name yet.
    fn write_entry(&self, guard: &WriteGuard<'_>, number: u32, key: Value<'_>, hash: i64, value: Value<'_>) {
        // SAFETY: there is room for the entry, and nobody finds it before it is in the index or below `used`: unless it lies
        // in front, where it is whole already, and is live when its value, which comes last, is there.
        unsafe {
            let entry = self.first_entry().add(number as usize).cast_mut();
            if number >= self.used.load(Ordering::Relaxed) {
                entry.write(Entry::unset());
            }
            (*entry).hash.store(hash as u64, Ordering::Relaxed);
            guard.set(&(*entry).key, key);
            guard.set(&(*entry).value, value);
        }
    }

    /// Puts an entry's number into the index, in place of a deleted entry if it meets one: those are passed over anyway. Where
    /// none is deleted, no entry has to be looked at.
    fn link(&self, hash: i64, number: u32) {
        let index = self.index();
        let mut probes = self.probes(hash);
        let made = self.used.load(Ordering::Relaxed) - self.made.load(Ordering::Relaxed);
        let some_deleted = self.live.load(Ordering::Relaxed) < made;
        loop {
            let place = &index[probes.next_place()];
            let there = place.load(Ordering::Relaxed);
            // SAFETY: the index names only entries that were written.
            let is_live = || unsafe { &*self.first_entry().add(there as usize) }.is_live();
            if there == EMPTY || some_deleted && !is_live() {
                place.store(number, Ordering::Release);
                return;
            }
        }
    }

    /// Deletes an entry and returns what it held.
    pub fn remove<'h>(&'h self, cx: &'h Ctx, guard: &WriteGuard<'_>, number: usize) -> Option<Value<'h>> {
        let entry = self.entries().get(number)?;
        let mut value = entry.value.get(cx)?;
        if guard.is_shared() {
            // A store without the lock may come between; what is returned is what was there last.
            while !entry.value.compare_exchange(value.word(), Word::UNSET) {
                value = entry.value.get(cx)?;
            }
        } else {
            entry.value.clear(guard);
        }
        entry.set_run(Run { start: number as u32, end: number as u32 + 1 });
        self.live.store(self.live.load(Ordering::Relaxed) - 1, Ordering::Release);
        self.narrow(number);
        Some(value)
    }

    /// Moves the bounds of the live entries past deleted ones, so that taking entries from either end takes constant time.
    fn narrow(&self, deleted: usize) {
        let entries = self.entries();
        let run = |number: u32| entries.get(number as usize).filter(|entry| !entry.is_live()).map(Entry::run);
        let (mut first, mut last) = (self.first.load(Ordering::Relaxed), self.last.load(Ordering::Relaxed));
        if deleted == first as usize {
            while first < last
                && let Some(run) = run(first)
            {
                first = run.end.min(last);
            }
            self.first.store(first, Ordering::Relaxed);
        }
        if deleted + 1 == last as usize {
            while last > first
                && let Some(run) = run(last - 1)
            {
                last = run.start.max(first);
            }
            self.last.store(last, Ordering::Release);
        }
    }

    /// A table with the same live entries and room for `capacity`; the caller installs it under the same guard.
    pub(crate) fn rebuilt<'h>(&self, cx: &'h Ctx, guard: &WriteGuard<'_>, capacity: usize) -> &'h Table {
        self.rebuilt_with_front(cx, guard, 0, capacity, self.cells)
    }

    /// The same with each value in a cell.
    pub(crate) fn with_cells<'h>(&self, cx: &'h Ctx, guard: &WriteGuard<'_>) -> &'h Table {
        self.rebuilt_with_front(cx, guard, 0, self.live() + 4, true)
    }

    /// The same with room for `front` entries in front.
    fn rebuilt_with_front<'h>(
        &self,
        cx: &'h Ctx,
        guard: &WriteGuard<'_>,
        front: usize,
        capacity: usize,
        cells: bool,
    ) -> &'h Table {
        let new = Table::with_front(cx, front, capacity.max(self.live()), cells);
        if guard.is_shared() {
            self.moving.store(true, Ordering::SeqCst);
            fence(Ordering::SeqCst);
            new.header.set_domain(argil_lock::domain::SHARED);
        }
        for number in self.bounds() {
            let hash = self.hash(number);
            if let (Some(key), Some(value)) = (self.key(cx, number), self.raw_value(cx, number)) {
                new.insert(guard, key, hash, if cells { cell_for(cx, value) } else { value });
            }
        }
        new
    }

    /// Makes an entry the first or the last; the table in which it is then, which the caller installs under the same guard.
    pub(crate) fn moved<'h>(
        &'h self,
        cx: &'h Ctx,
        guard: &WriteGuard<'_>,
        number: usize,
        to_end: bool,
    ) -> Option<&'h Table> {
        let (hash, key) = (self.hash(number), self.key(cx, number)?);
        let value = self.remove(cx, guard, number)?;
        let room = self.live() + 4;
        if to_end {
            let table = if self.has_room() { self } else { self.rebuilt(cx, guard, 2 * room) };
            table.insert(guard, key, hash, value);
            return Some(table);
        }
        if self.insert_in_front(guard, key, hash, value) {
            return Some(self);
        }
        let table = self.rebuilt_with_front(cx, guard, room, 2 * room, self.cells);
        table.insert_in_front(guard, key, hash, value);
        Some(table)
    }

    /// A table of the same entries for another dict, which the caller installs under that dict's guard.
    pub(crate) fn copied<'h>(&self, cx: &'h Ctx, guard: &WriteGuard<'_>) -> &'h Table {
        let new = Table::alloc(cx, self.live(), false);
        if guard.is_shared() {
            new.header.set_domain(argil_lock::domain::SHARED);
        }
        for number in self.bounds() {
            if !new.has_room() {
                // Another thread adds entries meanwhile; they came after the copy.
                break;
            }
            let hash = self.hash(number);
            if let (Some(key), Some(value)) = (self.key(cx, number), self.value(cx, number)) {
                new.insert(guard, key, hash, value);
            }
        }
        new
    }
}

/// The cell that enters a name space for a value: a cell as it is, anything else in a new one.
pub(super) fn cell_for<'h>(cx: &'h Ctx, value: Value<'h>) -> Value<'h> {
    if value.cast::<Global>().is_some() {
        return value;
    }
    let cell = Global::alloc(cx);
    cell.value.set_in(cx, cell.header(), value);
    Value::of(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Library};
    use crate::interp::Interpreter;
    use crate::lock::LockMode;
    use crate::ops::compare::hash_leaf;
    use crate::types::dict::Dict;

    const COUNT: i64 = 20_000;

    fn start() -> Box<Ctx> {
        let config = Config::new(LockMode::Gil, &Library::EMPTY);
        Interpreter::start(config, 1 << 20)
    }

    /// How many places are looked at, on average, until keys are known to be missing in a dict of others.
    fn misses<'h>(cx: &'h Ctx, held: impl Fn(i64) -> Value<'h>, missing: impl Fn(i64) -> Value<'h>) -> f64 {
        let dict = Dict::alloc(cx);
        (0..COUNT).for_each(|i| assert_eq!(dict.set(cx, held(i), Value::NONE), Ok(())));
        let table = dict.table(cx).expect("it was filled");
        (0..COUNT).map(|i| looked_at(cx, table, missing(i))).sum::<usize>() as f64 / COUNT as f64
    }

    /// How many places are looked at until a key is known to be missing.
    fn looked_at(cx: &Ctx, table: &Table, key: Value<'_>) -> usize {
        let mut probes = table.probes(hash_leaf(cx, key).expect("a number"));
        1 + std::iter::from_fn(|| Some(table.index()[probes.next_place()].load(Ordering::Relaxed)))
            .take_while(|&number| number != EMPTY)
            .count()
    }

    #[test]
    fn a_missing_key_is_found_out_soon() {
        let cx: &Ctx = &start();
        let spread = |i: i64| cx.int(i * 2_654_435_761 % (1 << 40));
        let beside_consecutive = misses(cx, |i| cx.int(i), spread);
        let floats = misses(cx, |i| cx.float(i as f64 * 0.5), |i| cx.float(i as f64 * 0.5 + 0.25));
        let tenths = misses(cx, |i| cx.float(i as f64 * 0.1), |i| cx.float(i as f64 * 0.1 + 0.05));
        let shifted = misses(cx, |i| cx.int(i << 33), |i| cx.int((i << 33) + 1));
        let negative = misses(cx, |i| cx.int(-2 - i), |i| cx.int(i));
        for average in [beside_consecutive, floats, tenths, shifted, negative] {
            assert!(average < 4.0, "{average} places");
        }
    }

    #[test]
    fn keys_that_come_and_go_do_not_lengthen_the_search() {
        let cx: &Ctx = &start();
        let dict = Dict::alloc(cx);
        (0..COUNT).for_each(|i| assert_eq!(dict.set(cx, cx.int(i), Value::NONE), Ok(())));
        let held = || dict.table(cx).expect("it was filled").index().iter();
        let filled = || held().filter(|place| place.load(Ordering::Relaxed) != EMPTY).count();
        let before = filled();
        for _ in 0..100 {
            let key = cx.tuple(&[cx.int(1), cx.int(2)]);
            assert_eq!(dict.set(cx, key, Value::NONE), Ok(()));
            assert_eq!(dict.remove(cx, key), Ok(Some(Value::NONE)));
        }
        assert_eq!(filled(), before + 1, "each key takes the place of the one before");
    }

    #[test]
    fn a_deleted_neighbour_of_consecutive_keys_is_found_out_soon() {
        let cx: &Ctx = &start();
        let dict = Dict::alloc(cx);
        (0..COUNT).for_each(|i| assert_eq!(dict.set(cx, cx.int(i), Value::NONE), Ok(())));
        for i in (0..COUNT).step_by(1000) {
            assert_eq!(dict.remove(cx, cx.int(i)), Ok(Some(Value::NONE)));
        }
        let table = dict.table(cx).expect("it was filled");
        let longest = (0..COUNT).step_by(1000).map(|i| looked_at(cx, table, cx.int(i))).max();
        assert!(longest < Some(40), "{longest:?}");
    }
}
