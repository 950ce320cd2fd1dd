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

    /// Whether some thread holds the lock. The Acquire pairs with the Release in [`ObjectLock::unlock`], and keeps what is read
    /// later from being read earlier.
    #[inline]
    pub fn is_locked(&self) -> bool {
        self.0.load(Ordering::Acquire) != 0
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

#[cfg(all(test, loom))]
mod loom_models {
    use loom::cell::UnsafeCell;
    use loom::sync::Arc;
    use loom::thread;

    use super::ObjectLock;
    use crate::sync::check;

    /// Loom's cell fails the model when two threads are inside at once, or when the later does not see the earlier's write.
    fn change(lock: &ObjectLock, layout: &UnsafeCell<u32>) {
        lock.lock();
        // SAFETY: loom itself checks that nobody else has the pointer.
        layout.with_mut(|layout| unsafe { *layout += 1 });
        lock.unlock();
    }

    #[test]
    fn one_thread_at_a_time_changes_a_layout() {
        check(|| {
            let object = Arc::new((ObjectLock::new(), UnsafeCell::new(0)));
            let other = {
                let object = Arc::clone(&object);
                thread::spawn(move || {
                    change(&object.0, &object.1);
                    change(&object.0, &object.1);
                })
            };
            change(&object.0, &object.1);
            other.join().expect("the model's thread does not panic");
            // SAFETY: as above.
            assert_eq!(object.1.with(|layout| unsafe { *layout }), 3);
        });
    }
}
