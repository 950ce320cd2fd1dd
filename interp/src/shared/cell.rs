//! Cells to wait on: the one mechanism under locks, semaphores, events and conditions, in every lock mode.
//!
//! A cell is a cache line of 32-bit words in the memory that processes share. A word is waited on and woken with a futex, so
//! the same cell works between threads and between processes: a lock that travels to a worker process travels as the cell's
//! number. Waiting, which detaches, is `process/wait.rs`.
//!
//! Each word's users pair like this: whoever changes a word that others wait for stores with Release and then wakes; whoever
//! waits loads with Acquire, and the kernel compares the word again before it sleeps.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use rustix::thread::futex;

use crate::shared::arena::{Arena, WORDS};

/// A cell. Dropping it gives the cell back, unless it was adopted from, or sent to, another process.
#[derive(Debug)]
pub struct SyncCell {
    index: u32,
    /// Whether other processes may use the cell (Relaxed: the object that holds the cell orders its uses).
    shared: AtomicBool,
}

impl SyncCell {
    /// How many words a cell has.
    pub const WORDS: usize = WORDS;

    /// A cell of zeroes; `None` if the memory that processes share is used up.
    pub fn new() -> Option<SyncCell> {
        let index = Arena::get().allocate(WORDS * 4)?;
        let cell = SyncCell { index, shared: AtomicBool::new(false) };
        for word in 0..WORDS {
            cell.word(word).store(0, Ordering::Relaxed);
        }
        Some(cell)
    }

    /// The cell of this index, which another process made.
    pub fn adopt(index: u32) -> SyncCell {
        SyncCell { index, shared: AtomicBool::new(true) }
    }

    /// The index, to send to another process; from then on the cell is never given back.
    pub fn share(&self) -> u32 {
        self.shared.store(true, Ordering::Relaxed);
        self.index
    }

    /// Whether other processes may use the cell.
    pub fn is_shared(&self) -> bool {
        self.shared.load(Ordering::Relaxed)
    }

    /// The index, for the same process; the cell stays this object's.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// One of the words.
    #[inline]
    pub fn word(&self, word: usize) -> &AtomicU32 {
        Arena::get().word(self.index, word)
    }

    /// Wakes up to `count` threads that wait on the word.
    pub fn wake(&self, word: usize, count: u32) {
        // The kernel takes the count as signed: what looks negative would wake one. A failure would mean that the address
        // is bad, which it is not.
        let _ = futex::wake(self.word(word), futex::Flags::empty(), count.min(i32::MAX.cast_unsigned()));
    }
}

impl Drop for SyncCell {
    fn drop(&mut self) {
        if !self.is_shared() {
            Arena::get().free(self.index, WORDS * 4);
        }
    }
}
