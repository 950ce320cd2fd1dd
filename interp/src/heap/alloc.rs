//! Allocation: each thread bumps through the free runs of its own blocks.

use std::cell::Cell;

use argil_lock::{COLLECT, PollWord};

use super::Heap;
use super::block::{Block, MAX_SMALL, SIZES, class_of};
use crate::memory;
use crate::object::Header;

/// One size class of one thread: the run being filled and the block it lies in.
struct Bump {
    next: Cell<usize>,
    end: Cell<usize>,
    block: Cell<*const Block>,
}

/// A thread's own blocks, one a size class. The collector resets it while the thread is stopped.
pub(crate) struct ThreadAlloc {
    classes: [Bump; SIZES.len()],
    /// The thread's poll word, through which it asks itself to collect.
    poll: PollWord,
}

impl ThreadAlloc {
    pub(crate) fn new(poll: PollWord) -> ThreadAlloc {
        ThreadAlloc {
            classes: std::array::from_fn(|_| Bump {
                next: Cell::new(0),
                end: Cell::new(0),
                block: Cell::new(std::ptr::null()),
            }),
            poll,
        }
    }

    /// Memory for an object of `bytes`, aligned to 16. The first 16 bytes must be written before the next safepoint. Unwinds
    /// if the system refuses a large object.
    #[inline(always)]
    pub(crate) fn take(&self, heap: &Heap, bytes: usize, finalizable: bool) -> *mut Header {
        if bytes > MAX_SMALL {
            let object = heap.take_large(bytes, finalizable);
            self.ask(heap);
            return object;
        }
        let class = class_of(bytes);
        let bump = &self.classes[class];
        let start = bump.next.get();
        let next = start + SIZES[class] as usize;
        if next > bump.end.get() {
            return self.refill(bump, heap, class, finalizable);
        }
        bump.next.set(next);
        if finalizable {
            // SAFETY: a class with room has a block.
            unsafe { (*bump.block.get()).note_finalizable() };
        }
        start as *mut Header
    }

    #[cold]
    #[inline(never)]
    fn refill(&self, bump: &Bump, heap: &Heap, class: usize, finalizable: bool) -> *mut Header {
        let mut block = bump.block.get();
        let mut from = bump.end.get();
        loop {
            if !block.is_null() {
                // SAFETY: the block belongs to this thread until it is exhausted, and what lies before `from` is not scanned.
                if let Some(run) = unsafe { (*block).next_run(from) } {
                    heap.note_allocated(run.end - run.start);
                    self.ask(heap);
                    bump.block.set(block);
                    bump.next.set(run.start + SIZES[class] as usize);
                    bump.end.set(run.end);
                    if finalizable {
                        // SAFETY: as above.
                        unsafe { (*block).note_finalizable() };
                    }
                    return run.start as *mut Header;
                }
            }
            block = heap.take_block(class);
            // SAFETY: the heap hands out live blocks that no other thread has.
            from = unsafe { (*block).cells_start() };
        }
    }

    /// Counts memory that an object holds outside the heap, so that it presses for a collection too.
    pub(crate) fn note_external(&self, heap: &Heap, bytes: usize) {
        heap.note_allocated(bytes);
        self.ask(heap);
    }

    /// Asks for a collection at the next safepoint, if one is due or memory is short.
    fn ask(&self, heap: &Heap) {
        if heap.collection_wanted() || memory::is_low() {
            self.poll.request(COLLECT);
        }
    }

    /// Forgets the blocks: after a collection they are the heap's again.
    pub(crate) fn reset(&self) {
        for bump in &self.classes {
            bump.next.set(0);
            bump.end.set(0);
            bump.block.set(std::ptr::null());
        }
    }
}
