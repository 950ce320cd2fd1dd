//! Slots that threads share: elements of a list, attributes of an object.
//!
//! Readers and writers of a slot in use take no lock, yet no store may be lost when the layout changes beneath them. The rule
//! is one: *a slot in use is never empty*.
//!
//! - Who takes a slot out of use (pop, delete, move to a larger storage or a dict) takes its content out with one exchange
//!   that leaves it empty ([`take`]), under the owner's lock.
//! - A store is a compare-and-exchange from what the slot holds ([`replace`]), so it cannot land in an empty slot. Either it
//!   came before the exchange, and its value moves along, or it fails.
//! - Who finds a slot empty that the layout says is in use, lost a race: it takes the owner's lock, which whoever changes
//!   the layout holds to the end, and looks again.
//!
//! A slot becomes used by a plain store under the lock: a list's after its length says so, so that a reader who knows the
//! element has also seen the length; an attribute's before its shape says so.

use std::sync::atomic::Ordering;

/// An atomic word: the real one, or loom's.
pub trait AtomicWord {
    /// What it holds.
    fn load(&self) -> u64;
    /// Puts a word in; what was there.
    fn swap(&self, word: u64) -> u64;
    /// Puts `word` in if `expected` is there; what was there, as an error if it was something else.
    ///
    /// # Errors
    /// The word that is there instead.
    fn compare_exchange(&self, expected: u64, word: u64) -> Result<u64, u64>;
}

macro_rules! atomic_word {
    ($type:ty) => {
        impl AtomicWord for $type {
            /// Acquire: pairs with the Release of the store that the word comes from, so that what it points to is seen whole.
            #[inline(always)]
            fn load(&self) -> u64 {
                self.load(Ordering::Acquire)
            }

            /// Acquire for what is taken out, as in `load`; Release has nothing to publish, but keeps one order of all exchanges.
            #[inline(always)]
            fn swap(&self, word: u64) -> u64 {
                self.swap(word, Ordering::AcqRel)
            }

            /// Release for what is put in, Acquire for what was there.
            #[inline(always)]
            fn compare_exchange(&self, expected: u64, word: u64) -> Result<u64, u64> {
                self.compare_exchange(expected, word, Ordering::AcqRel, Ordering::Acquire)
            }
        }
    };
}

atomic_word!(std::sync::atomic::AtomicU64);
#[cfg(all(test, loom))]
atomic_word!(loom::sync::atomic::AtomicU64);

/// Stores into a slot that should be in use; whether it was. The caller has published what `word` refers to.
#[inline]
pub fn replace(slot: &impl AtomicWord, empty: u64, word: u64) -> bool {
    let mut now = slot.load();
    while now != empty {
        match slot.compare_exchange(now, word) {
            Ok(_) => return true,
            Err(seen) => now = seen,
        }
    }
    false
}

/// Takes a slot out of use; what it held. The caller holds the owner's lock.
#[inline]
pub fn take(slot: &impl AtomicWord, empty: u64) -> u64 {
    slot.swap(empty)
}

#[cfg(all(test, loom))]
mod loom_models {
    use loom::sync::Arc;
    use loom::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
    use loom::thread;

    use super::{AtomicWord, replace, take};
    use crate::sync::{Mutex, check};

    const EMPTY: u64 = 0;

    /// One element, in the first storage or in the second, and which of them is the owner's. A mutex stands for the object's
    /// lock, which has a model of its own: loom does not like three threads that spin.
    struct Owner {
        lock: Mutex<()>,
        current: AtomicUsize,
        storage: [AtomicU64; 2],
    }

    impl Owner {
        fn new() -> Owner {
            let storage = [AtomicU64::new(1), AtomicU64::new(EMPTY)];
            Owner { lock: Mutex::new(()), current: AtomicUsize::new(0), storage }
        }

        fn slot(&self) -> &AtomicU64 {
            &self.storage[self.current.load(Ordering::Acquire)]
        }

        fn get(&self) -> u64 {
            match AtomicWord::load(self.slot()) {
                EMPTY => {
                    let _guard = self.lock.lock();
                    AtomicWord::load(self.slot())
                }
                word => word,
            }
        }

        fn set(&self, word: u64) {
            if !replace(self.slot(), EMPTY, word) {
                let _guard = self.lock.lock();
                self.slot().store(word, Ordering::Release);
            }
        }

        fn grow(&self) {
            let _guard = self.lock.lock();
            self.storage[1].store(take(&self.storage[0], EMPTY), Ordering::Release);
            self.current.store(1, Ordering::Release);
        }
    }

    /// Does something with the owner in a thread of its own.
    fn beside(owner: &Arc<Owner>, what: impl FnOnce(&Owner) + 'static) -> thread::JoinHandle<()> {
        let owner = Arc::clone(owner);
        thread::spawn(move || what(&owner))
    }

    #[test]
    fn a_store_is_not_lost_when_the_slots_move() {
        check(|| {
            let owner = Arc::new(Owner::new());
            let growing = beside(&owner, Owner::grow);
            owner.set(2);
            assert_eq!(owner.get(), 2, "a thread reads what it wrote");
            growing.join().expect("the model's thread does not panic");
            assert_eq!(owner.get(), 2);
        });
    }

    #[test]
    fn values_appear_in_one_order() {
        check(|| {
            let owner = Arc::new(Owner::new());
            let growing = beside(&owner, Owner::grow);
            let writing = beside(&owner, |owner| owner.set(2));
            let (first, second) = (owner.get(), owner.get());
            assert!(first <= second, "the old value came back: {first}, {second}");
            growing.join().expect("the model's thread does not panic");
            writing.join().expect("the model's thread does not panic");
            assert_eq!(owner.get(), 2);
        });
    }
}
