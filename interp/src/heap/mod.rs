//! The heap: non-moving blocks of equal cells, marked while the world is stopped, swept when memory is next needed.
//!
//! Allocation never collects. It counts, and when the count passes the limit the thread's poll word asks for a collection,
//! which happens at the next safepoint. So between two safepoints every word that a thread holds stays valid.

mod alloc;
mod block;
mod chunk;
mod mark;
mod verify;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;

pub(crate) use alloc::ThreadAlloc;
use block::{BLOCK_SIZE, Block, SIZES};
use chunk::Chunks;
pub use mark::Tracer;
pub(crate) use mark::{drop_object, is_marked};
use verify::Verifier;

use crate::memory;
use crate::object::Header;

/// Collect at the latest after this many bytes, however little is alive.
const MIN_LIMIT: usize = 16 << 20;

struct Blocks {
    /// Every block with cells, of every class.
    small: Vec<*mut Block>,
    /// By class: blocks that may have free cells and belong to no thread.
    available: Vec<Vec<*mut Block>>,
    /// By class: blocks in which nothing is alive, kept for what is allocated before the next collection.
    empty: Vec<Vec<*mut Block>>,
    /// Blocks of one large object each.
    large: Vec<*mut Block>,
    /// By size: large blocks whose objects died in the last collection, kept for what is allocated before the next. Fresh
    /// memory costs a page fault every few kilobytes, more than filling it.
    spare: BTreeMap<usize, Vec<*mut Block>>,
    /// The memory of all but the large ones.
    chunks: Chunks,
}

impl Blocks {
    /// An empty block for cells of this class: one that had such cells, or others, or a new one.
    fn empty_block(&mut self, class: usize) -> *mut Block {
        if let Some(block) = self.empty[class].pop() {
            return block;
        }
        let size = SIZES[class] as usize;
        match self.empty.iter_mut().find_map(Vec::pop) {
            Some(block) => {
                // SAFETY: nothing is alive in the block.
                unsafe { Block::divide_anew(block, size) };
                block
            }
            None => Block::small(&mut self.chunks, size),
        }
    }

    /// Looks whether what must hold after marking does.
    ///
    /// # Errors
    /// Says what does not.
    ///
    /// # Safety
    /// The world must be stopped, and marking from the same roots finished.
    unsafe fn verify(&self, roots: impl FnOnce(&mut Tracer<'_>)) -> Result<(), String> {
        // SAFETY: the heap's lists hold live blocks; for the rest the caller's promise.
        unsafe { Verifier::new(self.small.iter().chain(&self.large).copied()).look(roots) }
    }
}

// SAFETY: the pointers are to blocks that the heap owns; who may touch their cells is settled by the handshake and by
// handing a block to one thread at a time.
unsafe impl Send for Blocks {}

/// Memory that all threads of an interpreter share.
pub struct Heap {
    blocks: Mutex<Blocks>,
    /// Bytes handed to threads since the last collection. Counted by the run (Relaxed: only a trigger).
    allocated: AtomicUsize,
    /// Collect when `allocated` passes this (Relaxed, written while the world is stopped).
    limit: AtomicUsize,
    /// Set when the limit is passed, read when a thread polls; cleared by the collection (Relaxed: a hint).
    wanted: AtomicBool,
    /// Whether the next collection is to give all that it can back to the system. Set by a thread that was refused memory,
    /// taken by the collection (Relaxed: the thread collects itself).
    pressed: AtomicBool,
    /// How many collections there were (Relaxed, written while the world is stopped).
    collections: AtomicUsize,
    /// Whether automatic collection is on: `gc.disable()` (Relaxed: a setting).
    enabled: AtomicBool,
}

impl Heap {
    pub(crate) fn new() -> Heap {
        Heap {
            blocks: Mutex::new(Blocks {
                small: Vec::new(),
                available: vec![Vec::new(); SIZES.len()],
                empty: vec![Vec::new(); SIZES.len()],
                large: Vec::new(),
                spare: BTreeMap::new(),
                chunks: Chunks::new(),
            }),
            allocated: AtomicUsize::new(0),
            limit: AtomicUsize::new(MIN_LIMIT),
            wanted: AtomicBool::new(false),
            pressed: AtomicBool::new(false),
            collections: AtomicUsize::new(0),
            enabled: AtomicBool::new(true),
        }
    }

    /// A block with room for cells of this class; it belongs to the caller until the next collection.
    fn take_block(&self, class: usize) -> *const Block {
        let mut blocks = self.blocks.lock();
        if let Some(block) = blocks.available[class].pop() {
            return block;
        }
        let block = blocks.empty_block(class);
        blocks.small.push(block);
        block
    }

    /// Memory for one large object; unwinds if the system refuses it.
    fn take_large(&self, bytes: usize, finalizable: bool) -> *mut Header {
        // A size near the limit of the address space must not wrap round.
        if bytes > isize::MAX as usize / 2 {
            memory::refuse();
        }
        let size = Block::large_size(bytes);
        let spare = self.blocks.lock().spare.get_mut(&size).and_then(Vec::pop);
        let block = match spare {
            // SAFETY: the block has that size, and its object is dead and dropped.
            Some(block) => unsafe { Block::use_again(block, bytes) },
            None => Block::large(bytes).unwrap_or_else(|| memory::refuse()),
        };
        self.note_allocated(size);
        self.blocks.lock().large.push(block);
        // SAFETY: the block is new and live.
        unsafe {
            if finalizable {
                (*block).note_finalizable();
            }
            (*block).cells_start() as *mut Header
        }
    }

    fn note_allocated(&self, bytes: usize) {
        let before = self.allocated.fetch_add(bytes, Ordering::Relaxed);
        if before + bytes > self.limit.load(Ordering::Relaxed) {
            self.wanted.store(true, Ordering::Relaxed);
        }
    }

    /// Makes the next collection give what it frees back to the system, because memory is short.
    pub(crate) fn press(&self) {
        self.pressed.store(true, Ordering::Relaxed);
    }

    /// Asks for a collection at the next safepoint of whoever looks.
    pub(crate) fn want(&self) {
        self.wanted.store(true, Ordering::Relaxed);
    }

    /// Whether a collection is due.
    #[inline(always)]
    pub(crate) fn collection_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed) && self.enabled.load(Ordering::Relaxed)
    }

    /// Turns automatic collection on or off.
    pub fn set_enabled(&self, on: bool) {
        self.enabled.store(on, Ordering::Relaxed);
    }

    /// Whether automatic collection is on.
    pub fn is_enabled(&self) -> bool {
        self.enabled.load(Ordering::Relaxed)
    }

    /// How many collections there were.
    pub fn collections(&self) -> usize {
        self.collections.load(Ordering::Relaxed)
    }

    /// Marks what the roots reach and makes the rest available again; returns the live bytes. In between, `revive` may ask
    /// [`is_marked`] and show the tracer what is to stay nevertheless, and then `forget` drop what it lists of the rest.
    ///
    /// # Safety
    /// The world must be stopped, `roots` must show every root, and every thread's [`ThreadAlloc`] must be reset before it
    /// runs again.
    pub(crate) unsafe fn collect(
        &self,
        mut tracer: Tracer<'_>,
        roots: impl Fn(&mut Tracer<'_>),
        revive: impl FnOnce(&mut Tracer<'_>),
        forget: impl FnOnce(),
    ) -> usize {
        let mut blocks = self.blocks.lock();
        for &block in blocks.small.iter().chain(&blocks.large) {
            // SAFETY: the heap's lists hold live blocks.
            unsafe { (*block).clear_marks() };
        }
        roots(&mut tracer);
        Self::follow(&blocks, &mut tracer);
        if crate::stress::verify(self.collections()) {
            // SAFETY: the caller's promise.
            if let Err(fault) = unsafe { blocks.verify(roots) } {
                // The other threads stand still, and nothing can be trusted to tell them.
                eprintln!("the heap is damaged: {fault}");
                std::process::abort();
            }
        }
        revive(&mut tracer);
        Self::follow(&blocks, &mut tracer);
        forget();
        let mut live = 0;
        let mut settle = |block: &*mut Block| {
            // SAFETY: a block of the heap's lists, and marking is finished.
            let bytes = unsafe { Self::settle(*block) };
            live += bytes;
            bytes > 0
        };
        let (large, dead) = std::mem::take(&mut blocks.large).into_iter().partition::<Vec<_>, _>(&mut settle);
        let (small, empty) = std::mem::take(&mut blocks.small).into_iter().partition::<Vec<_>, _>(settle);
        (blocks.large, blocks.small) = (large, small);
        let limit = live.max(MIN_LIMIT);
        for block in std::mem::take(&mut blocks.spare).into_values().flatten() {
            // SAFETY: its object died before the last collection.
            unsafe { Block::destroy(block, &mut blocks.chunks) };
        }
        let pressed = self.pressed.swap(false, Ordering::Relaxed);
        if pressed {
            let Blocks { empty, chunks, .. } = &mut *blocks;
            for block in empty.iter_mut().flat_map(|blocks| blocks.drain(..)) {
                // SAFETY: nothing in the block is alive or waits to be dropped.
                unsafe { Block::destroy(block, chunks) };
            }
        }
        let mut kept = blocks.empty.iter().map(Vec::len).sum::<usize>() * BLOCK_SIZE;
        for block in dead.into_iter().chain(empty) {
            // SAFETY: nothing in the block is alive or waits to be dropped.
            unsafe {
                let size = (*block).size();
                if pressed || kept + size > limit {
                    Block::destroy(block, &mut blocks.chunks);
                    continue;
                }
                kept += size;
                if (*block).is_large() {
                    blocks.spare.entry(size).or_default().push(block);
                } else {
                    blocks.empty[block::class_of((*block).cell_size())].push(block);
                }
            }
        }
        if pressed {
            blocks.chunks.release();
        }
        let Blocks { small, available, .. } = &mut *blocks;
        available.iter_mut().for_each(Vec::clear);
        for &block in &*small {
            // SAFETY: a live block.
            available[block::class_of(unsafe { (*block).cell_size() })].push(block);
        }
        self.allocated.store(0, Ordering::Relaxed);
        self.limit.store(limit, Ordering::Relaxed);
        self.wanted.store(false, Ordering::Relaxed);
        self.collections.fetch_add(1, Ordering::Relaxed);
        live
    }

    /// Marks whatever can be reached from what the tracer was shown.
    fn follow(blocks: &Blocks, tracer: &mut Tracer<'_>) {
        tracer.run();
        while tracer.overflowed() {
            // What is marked refers to something that is not: there was no memory for the list of what was to be followed.
            for object in blocks.small.iter().chain(&blocks.large).flat_map(|&block| {
                // SAFETY: the heap's lists hold live blocks.
                unsafe { &*block }.marked()
            }) {
                // SAFETY: a marked object is live.
                unsafe { mark::trace_object(object, tracer) };
                tracer.run();
            }
        }
    }

    /// The live bytes of a block. If there are none, its dead objects are dropped.
    ///
    /// # Safety
    /// The world must be stopped and marking finished.
    unsafe fn settle(block: *mut Block) -> usize {
        // SAFETY: a live block; an empty one has no object in use, so its objects can be dropped.
        unsafe {
            let bytes = (*block).live_bytes();
            if bytes == 0 {
                (*block).drop_dead();
            }
            if bytes > 0 && (*block).is_large() { (*block).size() } else { bytes }
        }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        let Blocks { small, large, spare, chunks, .. } = self.blocks.get_mut();
        for &block in spare.values().flatten() {
            // SAFETY: its object is dead and dropped.
            unsafe { Block::destroy(block, chunks) };
        }
        for &block in small.iter().chain(&*large) {
            // SAFETY: the interpreter is gone, so nothing is in use: every object is dead and every block ours. The small
            // ones go with their chunks.
            unsafe {
                (*block).clear_marks();
                (*block).drop_dead();
                if (*block).is_large() {
                    Block::destroy(block, chunks);
                }
            }
        }
    }
}

const _: () = assert!(BLOCK_SIZE.is_power_of_two());
