//! Lists: a pointer to storage that carries length and capacity.

pub mod methods;
mod splice;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::memory;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard};
use crate::shape::Birth;
use crate::types::storage::Storage;
use crate::value::{Value, Word};

/// A list.
#[repr(C)]
pub struct List {
    header: Header,
    /// The storage; unset while the list has never held anything.
    storage: Field,
}

// SAFETY: `repr(C)` with the header first; only `List::alloc` makes objects of this kind.
unsafe impl HeapType for List {
    const KIND: Kind = Kind::List;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.storage);
    }
}

impl List {
    /// An empty list.
    pub fn alloc(cx: &Ctx) -> &List {
        List::build(cx, Builtin::List.into())
    }

    /// An empty list of a given class.
    pub fn build(cx: &Ctx, birth: Birth) -> &List {
        cx.alloc(birth, |header| List { header, storage: Field::unset() })
    }

    /// An empty list with room for `capacity` elements.
    pub fn with_capacity(cx: &Ctx, capacity: usize) -> &List {
        let list = List::alloc(cx);
        if capacity > 0 {
            list.header.write(cx).set(&list.storage, Value::of(Storage::alloc(cx, capacity)));
        }
        list
    }

    /// A list of these values.
    pub fn from_values<'h>(cx: &'h Ctx, values: &[Value<'h>]) -> &'h List {
        List::from_exact(cx, values.iter().copied())
    }

    /// A list of what an iterator yields that knows how much that is.
    pub fn from_exact<'h>(cx: &'h Ctx, values: impl ExactSizeIterator<Item = Value<'h>>) -> &'h List {
        let list = List::with_capacity(cx, values.len());
        if let Some(storage) = list.storage(cx) {
            let guard = list.header.write(cx);
            let count = values.len();
            for (slot, value) in storage.slots().iter().zip(values) {
                guard.set(slot, value);
            }
            storage.set_len(&guard, count);
        }
        list
    }

    /// Whether another element needs no new storage.
    #[inline(always)]
    pub fn has_room(&self, cx: &Ctx) -> bool {
        self.storage(cx).is_some_and(|storage| storage.len() < storage.capacity())
    }

    /// Makes room for `more` elements.
    pub fn reserve(&self, cx: &Ctx, more: usize) {
        let guard = self.header.write(cx);
        let new = match self.storage(cx) {
            Some(old) => {
                let Some(wanted) = old.len().checked_add(more) else { memory::refuse() };
                if wanted <= old.capacity() {
                    return;
                }
                old.grown(cx, &guard, wanted)
            }
            None => Storage::alloc(cx, more),
        };
        guard.set(&self.storage, Value::of(new));
    }

    /// A new list of the elements from one index up to another.
    pub fn copy_range<'h>(&'h self, cx: &'h Ctx, start: usize, stop: usize) -> &'h List {
        if self.header.is_shared() {
            return List::from_values(cx, &self.snapshot(cx, start, stop));
        }
        List::from_exact(cx, self.used(cx, start, stop).iter().map(|slot| slot.get_or_none(cx)))
    }

    /// The slots in use from one index up to another.
    fn used<'h>(&'h self, cx: &'h Ctx, start: usize, stop: usize) -> &'h [Field] {
        let Some(storage) = self.storage(cx) else { return &[] };
        let slots = &storage.slots()[..storage.len()];
        slots.get(start..stop.min(slots.len())).unwrap_or_default()
    }

    /// The elements from one index up to another at one moment, although other threads store meanwhile: what two readings
    /// in a row agree on, between which nobody was changing several elements. Where writers leave no such pause, they are
    /// kept away.
    #[cold]
    fn snapshot<'h>(&'h self, cx: &'h Ctx, start: usize, stop: usize) -> Vec<Value<'h>> {
        let read = || self.used(cx, start, stop).iter().map(|slot| slot.get(cx)).collect::<Option<Vec<_>>>();
        let mut last = None;
        for _ in 0..9 {
            match (read(), last) {
                (Some(now), Some(before)) if now == before => return now,
                (now, _) => last = now.filter(|_| self.header.is_steady()),
            }
        }
        self.rebuild(cx, |elements| elements.get(start..stop.min(elements.len())).unwrap_or_default().to_vec())
    }

    /// Copies the elements, if they are as many as there is room for; whether they were.
    pub(crate) fn unpack(&self, cx: &Ctx, room: &[std::cell::Cell<Word>]) -> bool {
        let elements = self.used(cx, 0, usize::MAX);
        let fits = elements.len() == room.len() && !self.header.is_shared();
        if fits {
            room.iter().zip(elements).for_each(|(to, from)| to.set(from.load()));
        }
        fits
    }

    /// Adds the elements of a list that nothing else refers to.
    pub fn extend_from<'h>(&'h self, cx: &'h Ctx, other: &'h List) {
        let guard = self.header.write(cx);
        let Some(from) = other.storage(cx) else { return };
        let (len, more) = (self.storage(cx).map_or(0, Storage::len), from.len());
        let storage = self.storage_for(cx, &guard, len + more);
        storage.set_len(&guard, len + more);
        for (to, from) in storage.slots()[len..].iter().zip(&from.slots()[..more]) {
            guard.set(to, from.get_or_none(cx));
        }
    }

    /// Storage with room for `len` elements, that of before or a larger one.
    fn storage_for<'h>(&'h self, cx: &'h Ctx, guard: &WriteGuard<'_>, len: usize) -> &'h Storage {
        let storage = match self.storage(cx) {
            Some(storage) if len <= storage.capacity() => return storage,
            Some(old) => old.grown(cx, guard, len.max(old.capacity() * 3 / 2)),
            None => Storage::alloc(cx, len),
        };
        guard.set(&self.storage, Value::of(storage));
        storage
    }

    #[inline(always)]
    fn storage<'h>(&'h self, cx: &'h Ctx) -> Option<&'h Storage> {
        self.storage.get(cx)?.cast::<Storage>()
    }

    /// How many elements there are.
    #[inline(always)]
    pub fn len(&self, cx: &Ctx) -> usize {
        self.storage(cx).map_or(0, Storage::len)
    }

    /// Whether there is no element.
    pub fn is_empty(&self, cx: &Ctx) -> bool {
        self.len(cx) == 0
    }

    /// The element at `index`; `None` beyond the end.
    #[inline(always)]
    pub fn get<'h>(&'h self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        let storage = self.storage(cx)?;
        if index >= storage.len() {
            return None;
        }
        match storage.slots()[index].get(cx) {
            None => self.get_settled(cx, index),
            element => element,
        }
    }

    /// [`List::get`] after another thread took the slot out of use.
    #[cold]
    #[inline(never)]
    fn get_settled<'h>(&'h self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        let _steady = self.header.steady(cx);
        self.used(cx, index, usize::MAX).first()?.get(cx)
    }

    /// Replaces the element at `index`; whether there was one.
    #[inline(always)]
    pub fn set<'h>(&'h self, cx: &'h Ctx, index: usize, value: Value<'h>) -> bool {
        let Some(storage) = self.storage(cx) else { return false };
        index < storage.len()
            && (storage.slots()[index].replace(cx, &self.header, value) || self.set_settled(cx, index, value))
    }

    /// [`List::set`] after another thread took the slot out of use.
    #[cold]
    #[inline(never)]
    fn set_settled<'h>(&'h self, cx: &'h Ctx, index: usize, value: Value<'h>) -> bool {
        let guard = self.header.write(cx);
        let slot = self.used(cx, index, usize::MAX).first();
        slot.map(|slot| guard.set(slot, value)).is_some()
    }

    /// Adds an element at the end.
    #[inline(always)]
    pub fn push<'h>(&'h self, cx: &'h Ctx, value: Value<'h>) {
        let guard = self.header.write(cx);
        let storage = match self.storage(cx) {
            Some(storage) if storage.len() < storage.capacity() => storage,
            storage => self.grow(cx, &guard, storage),
        };
        let len = storage.len();
        storage.set_len(&guard, len + 1);
        guard.set(&storage.slots()[len], value);
    }

    #[cold]
    #[inline(never)]
    fn grow<'h>(&'h self, cx: &'h Ctx, guard: &WriteGuard<'_>, storage: Option<&'h Storage>) -> &'h Storage {
        let new = match storage {
            Some(old) => old.grown(cx, guard, (old.capacity() * 2).max(4)),
            None => Storage::alloc(cx, 4),
        };
        guard.set(&self.storage, Value::of(new));
        new
    }

    /// Removes and returns the last element.
    #[inline]
    pub fn pop<'h>(&'h self, cx: &'h Ctx) -> Option<Value<'h>> {
        let guard = self.header.write(cx);
        let storage = self.storage(cx)?;
        let last = storage.len().checked_sub(1)?;
        storage.set_len(&guard, last);
        let word = storage.slots()[last].take(&guard);
        // SAFETY: the slot was in use, and no safepoint is reached during `'h`.
        Some(unsafe { Value::from_word(word) })
    }

    /// The elements, as they are now.
    pub fn to_vec<'h>(&'h self, cx: &'h Ctx) -> Vec<Value<'h>> {
        if self.header.is_shared() {
            return self.snapshot(cx, 0, usize::MAX);
        }
        memory::collect(self.used(cx, 0, usize::MAX).iter().map(|slot| slot.get_or_none(cx)))
    }

    /// Removes all elements.
    pub fn clear(&self, cx: &Ctx) {
        self.storage.clear(&self.header.write(cx));
    }

    /// Takes all elements out, into a new list.
    pub fn take_all<'h>(&'h self, cx: &'h Ctx) -> &'h List {
        let guard = self.header.write(cx);
        let taken = if guard.is_shared() {
            List::from_values(cx, &self.take_tail(cx, &guard, 0))
        } else {
            let taken = List::alloc(cx);
            taken.storage.store(self.storage.load());
            taken
        };
        self.storage.clear(&guard);
        taken
    }

    /// Replaces all elements by those of `other`, without copying them twice: takes its storage.
    pub fn take_from<'h>(&'h self, cx: &'h Ctx, other: &'h List) {
        let guard = self.header.write(cx);
        match other.storage.get(cx) {
            Some(storage) => guard.set(&self.storage, storage),
            None => self.storage.clear(&guard),
        }
    }
}
