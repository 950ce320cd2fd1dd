//! The one façade over atomics, mutexes and threads for the lock protocols, so that loom checks them as they are.

#[cfg(loom)]
pub(crate) use loom::{
    hint::spin_loop as spin_hint,
    sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering, fence},
    thread::yield_now,
};
#[cfg(not(loom))]
pub(crate) use std::{
    hint::spin_loop as spin_hint,
    sync::atomic::{AtomicBool, AtomicU8, AtomicU32, Ordering, fence},
    thread::yield_now,
};

#[cfg(loom)]
mod blocking {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    /// A mutex.
    pub struct Mutex<T>(loom::sync::Mutex<T>);

    /// A condition variable.
    pub struct Condvar {
        waiters: loom::sync::Condvar,
        /// Whether a timed wait has timed out. Loom must not see it: it is read and written under the caller's mutex.
        timed_out: AtomicBool,
    }

    pub(crate) type MutexGuard<'a, T> = loom::sync::MutexGuard<'a, T>;

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Mutex(loom::sync::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock().expect("loom's mutexes are not poisoned")
        }
    }

    impl Condvar {
        pub(crate) fn new() -> Self {
            Condvar { waiters: loom::sync::Condvar::new(), timed_out: AtomicBool::new(false) }
        }

        pub(crate) fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
            self.waiters.wait(guard).expect("loom's mutexes are not poisoned")
        }

        /// Loom has no clock: the first timed wait runs out at once, so that this path is explored; every other one is a
        /// plain wait, so that a model ends.
        pub(crate) fn wait_for<'a, T>(&self, guard: MutexGuard<'a, T>, _limit: Duration) -> (MutexGuard<'a, T>, bool) {
            if self.timed_out.swap(true, Ordering::Relaxed) { (self.wait(guard), false) } else { (guard, true) }
        }

        pub(crate) fn notify_one(&self) {
            self.waiters.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.waiters.notify_all();
        }
    }
}

#[cfg(not(loom))]
mod blocking {
    use std::time::Duration;

    /// A mutex.
    pub struct Mutex<T>(parking_lot::Mutex<T>);

    /// A condition variable.
    pub struct Condvar(parking_lot::Condvar);

    pub(crate) type MutexGuard<'a, T> = parking_lot::MutexGuard<'a, T>;

    impl<T> Mutex<T> {
        pub(crate) fn new(value: T) -> Self {
            Mutex(parking_lot::Mutex::new(value))
        }

        pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
            self.0.lock()
        }
    }

    impl Condvar {
        pub(crate) fn new() -> Self {
            Condvar(parking_lot::Condvar::new())
        }

        pub(crate) fn wait<'a, T>(&self, mut guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
            self.0.wait(&mut guard);
            guard
        }

        /// Waits at most this long; whether the time ran out.
        pub(crate) fn wait_for<'a, T>(
            &self,
            mut guard: MutexGuard<'a, T>,
            limit: Duration,
        ) -> (MutexGuard<'a, T>, bool) {
            let timed_out = self.0.wait_for(&mut guard, limit).timed_out();
            (guard, timed_out)
        }

        pub(crate) fn notify_one(&self) {
            self.0.notify_one();
        }

        pub(crate) fn notify_all(&self) {
            self.0.notify_all();
        }
    }
}

pub(crate) use blocking::{Condvar, Mutex, MutexGuard};

/// Runs a model under every interleaving with at most three preemptions: protocols break with fewer, and it takes seconds.
#[cfg(all(test, loom))]
pub(crate) fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(3);
    builder.check(model);
}
