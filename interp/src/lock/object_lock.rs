//! The one-byte lock in every object's header.
//!
//! Held only for the few instructions of a layout change: never across a safepoint or a call into script code, so a waiter
//! spins briefly and then yields its time slice. Bit 0 is the lock; nothing else is stored.

use crate::sync::{AtomicU8, Ordering, spin_hint, yield_now};

/// A byte that is 1 while some thread changes the object's layout.
pub struct ObjectLock(AtomicU8);

impl ObjectLock {
    /// An open lock.
    pub fn new() -> ObjectLock {
        ObjectLock(AtomicU8::new(0))
    }

    /// Takes the lock. The Acquire pairs with the Release in [`ObjectLock::unlock`].
    #[inline]
    pub fn lock(&self) {
        let mut spins = 0u32;
        while self.0.compare_exchange_weak(0, 1, Ordering::Acquire, Ordering::Relaxed).is_err() {
            spins += 1;
            if spins < 64 { spin_hint() } else { yield_now() }
        }
    }

    /// Gives the lock back. The Release pairs with the Acquire of the next [`ObjectLock::lock`].
    #[inline]
    pub fn unlock(&self) {
        self.0.store(0, Ordering::Release);
    }
}

impl Default for ObjectLock {
    fn default() -> Self {
        Self::new()
    }
}
