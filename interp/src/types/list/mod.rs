//! Lists: a pointer to storage that carries length and capacity.

pub mod methods;
pub mod sort;

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::interp::Builtin;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::types::storage::Storage;
use crate::value::Value;

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

    /// A new list of the elements from one index up to another.
    pub fn copy_range<'h>(&'h self, cx: &'h Ctx, start: usize, stop: usize) -> &'h List {
        let Some(storage) = self.storage(cx) else { return List::alloc(cx) };
        let slots = &storage.slots()[..storage.len()];
        let slots = slots.get(start..stop.min(slots.len())).unwrap_or_default();
        // An element that another thread pops meanwhile leaves an empty slot: the list then ends there.
        let filled = slots.iter().take_while(|slot| slot.get(cx).is_some()).count();
        List::from_exact(cx, slots[..filled].iter().map(|slot| slot.get_or_none(cx)))
    }

    /// Adds the elements of a list that nothing else refers to.
    pub fn extend_from<'h>(&'h self, cx: &'h Ctx, other: &'h List) {
        let guard = self.header.write(cx);
        let Some(from) = other.storage(cx) else { return };
        let (len, more) = (self.storage(cx).map_or(0, Storage::len), from.len());
        let storage = match self.storage(cx) {
            Some(storage) if len + more <= storage.capacity() => storage,
            Some(old) => self.install(&guard, old.grown(cx, &guard, (len + more).max(old.capacity() * 3 / 2))),
            None => self.install(&guard, Storage::alloc(cx, more)),
        };
        for (to, from) in storage.slots()[len..].iter().zip(&from.slots()[..more]) {
            guard.set(to, from.get_or_none(cx));
        }
        storage.set_len(&guard, len + more);
    }

    fn install<'h>(&self, guard: &crate::object::WriteGuard<'_>, storage: &'h Storage) -> &'h Storage {
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
        if index < storage.len() { storage.slots()[index].get(cx) } else { None }
    }

    /// Replaces the element at `index`; whether there was one.
    #[inline(always)]
    pub fn set<'h>(&'h self, cx: &'h Ctx, index: usize, value: Value<'h>) -> bool {
        let Some(storage) = self.storage(cx) else { return false };
        if index >= storage.len() {
            return false;
        }
        storage.store_unlocked(cx, &self.header, index, value, || self.storage(cx).unwrap_or(storage));
        true
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
        guard.set(&storage.slots()[len], value);
        storage.set_len(&guard, len + 1);
    }

    #[cold]
    #[inline(never)]
    fn grow<'h>(
        &'h self,
        cx: &'h Ctx,
        guard: &crate::object::WriteGuard<'_>,
        storage: Option<&'h Storage>,
    ) -> &'h Storage {
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
        let slot = &storage.slots()[last];
        let value = slot.get(cx);
        storage.set_len(&guard, last);
        slot.clear(&guard);
        value
    }

    /// The elements, as they are now.
    pub fn to_vec<'h>(&'h self, cx: &'h Ctx) -> Vec<Value<'h>> {
        match self.storage(cx) {
            Some(storage) => storage.slots()[..storage.len()].iter().map_while(|slot| slot.get(cx)).collect(),
            None => Vec::new(),
        }
    }

    /// Changes the elements as a whole, atomically for other threads: `change` edits a copy, which replaces the contents.
    /// Private lists pay the copy too; use it where the whole list changes anyway.
    pub fn rebuild<'h, R>(&'h self, cx: &'h Ctx, change: impl FnOnce(&mut Vec<Value<'h>>) -> R) -> R {
        let guard = self.header.write(cx);
        let mut values = self.to_vec(cx);
        let result = change(&mut values);
        let storage = match self.storage(cx) {
            Some(storage) if !guard.is_shared() && values.len() <= storage.capacity() => storage,
            _ => Storage::alloc(cx, values.len()),
        };
        if guard.is_shared() {
            storage.header().set_domain(crate::lock::domain::SHARED);
        }
        for (slot, &value) in storage.slots().iter().zip(&values) {
            guard.set(slot, value);
        }
        for slot in storage.slots().iter().skip(values.len()).take(storage.len().saturating_sub(values.len())) {
            slot.clear(&guard);
        }
        storage.set_len(&guard, values.len());
        self.install(&guard, storage);
        result
    }

    /// Removes all elements.
    pub fn clear(&self, cx: &Ctx) {
        self.storage.clear(&self.header.write(cx));
    }

    /// Takes all elements out, into a new list.
    pub fn take_all<'h>(&'h self, cx: &'h Ctx) -> &'h List {
        let taken = List::alloc(cx);
        let guard = self.header.write(cx);
        if let Some(storage) = self.storage(cx) {
            taken.header.write(cx).set(&taken.storage, Value::of(storage));
            self.storage.clear(&guard);
        }
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

    /// Inserts before `index`, which is at most the length.
    pub fn insert<'h>(&'h self, cx: &'h Ctx, index: usize, value: Value<'h>) {
        if self.header.is_shared() {
            self.rebuild(cx, |values| values.insert(index.min(values.len()), value));
            return;
        }
        self.push(cx, value);
        if let Some(storage) = self.storage(cx) {
            let last = storage.len() - 1;
            let index = index.min(last);
            storage.shift(&self.header.write(cx), index, index + 1, last - index);
            storage.slots()[index].store(value.word());
        }
    }

    /// Removes and returns the element at `index`; `None` beyond the end.
    pub fn remove<'h>(&'h self, cx: &'h Ctx, index: usize) -> Option<Value<'h>> {
        if self.header.is_shared() {
            return self.rebuild(cx, |values| if index < values.len() { Some(values.remove(index)) } else { None });
        }
        let guard = self.header.write(cx);
        let storage = self.storage(cx)?;
        let slots = &storage.slots()[..storage.len()];
        let value = slots.get(index)?.get(cx);
        storage.shift(&guard, index + 1, index, slots.len() - 1 - index);
        slots[slots.len() - 1].clear(&guard);
        storage.set_len(&guard, slots.len() - 1);
        value
    }
}
