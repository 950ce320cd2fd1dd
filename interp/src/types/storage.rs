//! Storage: the slots of a list, and the attributes of an object that do not fit inline.
//!
//! Readers take no lock: storage carries its own capacity, and old storage stays alive because the collector keeps it. A
//! writer of an existing slot takes no lock either, so growing has to notice it. Growing raises `moving` on the old storage,
//! then copies; a writer stores, then looks at `moving` (both sides sequentially consistent). Either the writer sees
//! `moving`, and repeats its store in the new storage under the lock, or its store came before the copy and was copied.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering, fence};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard};
use crate::shape::Birth;
use crate::value::Value;

/// A run of slots with a length of its own.
#[repr(C)]
pub struct Storage {
    header: Header,
    /// How many slots are in use. Written under the owner's guard (Release, after the slot); read with Acquire.
    len: AtomicUsize,
    capacity: usize,
    /// Set for good when the contents begin to move to other storage; see the module's head.
    moving: AtomicBool,
}

// SAFETY: `repr(C)` with the header first; only `Storage::alloc` makes objects of this kind.
unsafe impl HeapType for Storage {
    const KIND: Kind = Kind::Storage;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for slot in &self.slots()[..self.len()] {
            tracer.field(slot);
        }
    }
}

impl Storage {
    /// Storage for `capacity` slots, all empty, with length 0.
    pub fn alloc(cx: &Ctx, capacity: usize) -> &Storage {
        let storage = cx.alloc_with(capacity * std::mem::size_of::<Field>(), Birth::INTERNAL, |header| Storage {
            header,
            len: AtomicUsize::new(0),
            capacity,
            moving: AtomicBool::new(false),
        });
        // SAFETY: the allocation has room for `capacity` fields behind the struct.
        unsafe {
            let slots = std::ptr::from_ref(storage).add(1).cast::<Field>().cast_mut();
            for i in 0..capacity {
                slots.add(i).write(Field::unset());
            }
        }
        storage
    }

    /// How many slots are in use.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.load(Ordering::Acquire)
    }

    /// Whether no slot is in use.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Sets how many slots are in use; the guard is the owner's.
    #[inline(always)]
    pub fn set_len(&self, _guard: &WriteGuard<'_>, len: usize) {
        debug_assert!(len <= self.capacity);
        self.len.store(len, Ordering::Release);
    }

    /// How many slots there are.
    #[inline(always)]
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// All slots, used or not.
    #[inline(always)]
    pub fn slots(&self) -> &[Field] {
        // SAFETY: `alloc` wrote `capacity` fields behind the struct.
        unsafe { std::slice::from_raw_parts(std::ptr::from_ref(self).add(1).cast::<Field>(), self.capacity) }
    }

    /// Stores into a slot without a lock; see the module's head. `current` reads the owner's storage again.
    #[inline]
    pub fn store_unlocked<'h>(
        &self,
        cx: &'h Ctx,
        owner: &'h Header,
        index: usize,
        value: Value<'h>,
        current: impl Fn() -> &'h Storage,
    ) {
        let slot = &self.slots()[index];
        if owner.domain() == cx.domain() {
            slot.store(value.word());
            return;
        }
        owner.barrier(cx, value);
        let before = slot.load();
        slot.store(value.word());
        fence(Ordering::SeqCst);
        if self.moving.load(Ordering::SeqCst) {
            let _guard = owner.write(cx);
            if let Some(moved) = current().slots().get(index) {
                moved.compare_exchange(before, value.word());
            }
        }
    }

    /// Moves `count` slots from one index to another, which may overlap, in storage that no other thread reads.
    pub fn shift(&self, guard: &WriteGuard<'_>, from: usize, to: usize, count: usize) {
        assert!(!guard.is_shared() && from.max(to) + count <= self.capacity);
        let slots = self.slots().as_ptr().cast_mut();
        // SAFETY: both runs lie in the storage, as asserted, and only this thread reads or writes it. A field is its word.
        unsafe { std::ptr::copy(slots.add(from), slots.add(to), count) };
    }

    /// New storage with at least `capacity` slots and the same contents; the caller installs it under the same guard.
    pub fn grown<'h>(&self, cx: &'h Ctx, guard: &WriteGuard<'_>, capacity: usize) -> &'h Storage {
        let new = Storage::alloc(cx, capacity.max(self.len()));
        self.move_to(new, guard);
        new
    }

    fn move_to(&self, new: &Storage, guard: &WriteGuard<'_>) {
        if guard.is_shared() {
            self.moving.store(true, Ordering::SeqCst);
            fence(Ordering::SeqCst);
            new.header.set_domain(crate::lock::domain::SHARED);
        }
        let len = self.len();
        for (to, from) in new.slots().iter().zip(&self.slots()[..len]) {
            to.store(from.load());
        }
        new.set_len(guard, len);
    }
}
