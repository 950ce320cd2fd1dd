//! Storage: the slots of a list, and the attributes of an object that do not fit inline.
//!
//! Readers take no lock: storage carries its own capacity, and old storage stays alive because the collector keeps it. A
//! writer of a slot in use takes no lock either: see `lock/slot.rs`.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::memory;
use crate::object::{Field, Header, HeapType, Kind, WriteGuard};
use crate::shape::Birth;

/// A run of slots with a length of its own.
#[repr(C)]
pub struct Storage {
    header: Header,
    /// How many slots are in use. Written under the owner's guard (Release); read with Acquire.
    len: AtomicUsize,
    capacity: usize,
}

// SAFETY: `repr(C)` with the header first; only `Storage::alloc` makes objects of this kind.
unsafe impl HeapType for Storage {
    const KIND: Kind = Kind::Storage;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for slot in &self.slots()[..self.len()] {
            tracer.field(slot);
        }
    }

    fn extra_bytes(&self) -> usize {
        self.capacity() * std::mem::size_of::<Field>()
    }
}

impl Storage {
    /// Storage for `capacity` slots, all empty, with length 0.
    pub fn alloc(cx: &Ctx, capacity: usize) -> &Storage {
        let Some(bytes) = capacity.checked_mul(std::mem::size_of::<Field>()) else { memory::refuse() };
        let storage =
            cx.alloc_with(bytes, Birth::INTERNAL, |header| Storage { header, len: AtomicUsize::new(0), capacity });
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

    /// Moves `count` slots from one index to another, which may overlap, in storage that no other thread reads.
    pub fn shift(&self, guard: &WriteGuard<'_>, from: usize, to: usize, count: usize) {
        assert!(!guard.is_shared() && from.max(to) + count <= self.capacity);
        let slots = self.slots().as_ptr().cast_mut();
        // SAFETY: both runs lie in the storage, as asserted, and only this thread reads or writes it. A field is its word.
        unsafe { std::ptr::copy(slots.add(from), slots.add(to), count) };
    }

    /// New storage with at least `capacity` slots, to which the contents move; the caller installs it under the same guard.
    pub fn grown<'h>(&self, cx: &'h Ctx, guard: &WriteGuard<'_>, capacity: usize) -> &'h Storage {
        let len = self.len();
        let new = Storage::alloc(cx, capacity.max(len));
        let pairs = new.slots().iter().zip(&self.slots()[..len]);
        if guard.is_shared() {
            new.header.set_domain(argil_lock::domain::SHARED);
            pairs.for_each(|(to, from)| to.store(from.take(guard)));
        } else {
            pairs.for_each(|(to, from)| to.store(from.load()));
        }
        new.set_len(guard, len);
        new
    }
}
