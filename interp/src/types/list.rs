//! Lists: a pointer to storage that carries length and capacity.

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
        let list = List::with_capacity(cx, values.len());
        for &value in values {
            list.push(cx, value);
        }
        list
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

    /// Changes the elements as a whole, atomically for other threads: `change` edits a copy, which replaces the old storage.
    /// Private lists pay the copy too; use it where the whole list changes anyway.
    pub fn rebuild<'h, R>(&'h self, cx: &'h Ctx, change: impl FnOnce(&mut Vec<Value<'h>>) -> R) -> R {
        let guard = self.header.write(cx);
        let mut values = self.to_vec(cx);
        let result = change(&mut values);
        let new = Storage::alloc(cx, values.len());
        if guard.is_shared() {
            new.header().set_domain(crate::lock::domain::SHARED);
        }
        for (slot, &value) in new.slots().iter().zip(&values) {
            guard.set(slot, value);
        }
        new.set_len(&guard, values.len());
        guard.set(&self.storage, Value::of(new));
        result
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
            let slots = &storage.slots()[..storage.len()];
            for i in (index + 1..slots.len()).rev() {
                slots[i].store(slots[i - 1].load());
            }
            slots[index.min(slots.len() - 1)].store(value.word());
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
        for i in index..slots.len() - 1 {
            slots[i].store(slots[i + 1].load());
        }
        slots[slots.len() - 1].clear(&guard);
        storage.set_len(&guard, slots.len() - 1);
        value
    }
}
