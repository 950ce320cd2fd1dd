//! Words of 64 bits in the memory that processes share: what `Value` and `Array` are made of.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::arena::Arena;

/// Some words, each read and written whole. Dropping them gives the memory back, unless other processes have it too.
pub struct SharedWords {
    block: u32,
    len: u32,
    /// Whether other processes may use the words (Relaxed: the object that holds them orders its uses).
    shared: AtomicBool,
}

impl SharedWords {
    /// Words of zeroes; `None` if the memory that processes share is used up.
    pub fn new(len: u32) -> Option<SharedWords> {
        let block = Arena::get().allocate(len as usize * 8)?;
        let words = SharedWords { block, len, shared: AtomicBool::new(false) };
        (0..words.len()).filter_map(|index| words.get(index)).for_each(|word| word.store(0, Ordering::Relaxed));
        Some(words)
    }

    /// What another process finds the words by; from now on they are kept for good.
    pub fn share(&self) -> [u32; 2] {
        self.shared.store(true, Ordering::Relaxed);
        [self.block, self.len]
    }

    /// The words that another process shares.
    pub fn adopt([block, len]: [u32; 2]) -> SharedWords {
        SharedWords { block, len, shared: AtomicBool::new(true) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// A word. Written with Release and read with Acquire, so that a lock-free hand-over through it works as between threads.
    pub fn get(&self, index: usize) -> Option<&AtomicU64> {
        (index < self.len()).then(|| Arena::get().wide(self.block, index))
    }
}

impl Drop for SharedWords {
    fn drop(&mut self) {
        if !*self.shared.get_mut() {
            Arena::get().free(self.block, self.len() * 8);
        }
    }
}
