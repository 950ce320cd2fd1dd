//! Where blocks come from: chunks of two megabytes, mapped as they are needed and given back with the heap, or when memory is
//! short and nothing in them is alive.
//!
//! Where the system refuses a chunk, a piece of one will do, and at last it gets back the stock of `memory.rs`.
//!
//! A heap that grows asks for huge pages, because faulting memory in by small ones takes a tenth of the time of a script that
//! allocates much. The first chunk does not: a small script should stay small.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ptr::null_mut;

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap_anonymous, munmap};

use super::block::BLOCK_SIZE;
use crate::memory;

const CHUNK_SIZE: usize = 32 * BLOCK_SIZE;
/// What is mapped where a whole chunk is refused.
const PIECE: usize = 4 * BLOCK_SIZE;

/// Memory for blocks, aligned to their size.
pub(super) struct Chunks {
    /// Where each chunk begins and ends.
    mapped: Vec<(usize, usize)>,
    /// The part of the last chunk that was never handed out.
    next: usize,
    end: usize,
    /// Blocks that came back; their contents are gone.
    free: Vec<usize>,
    /// Pieces that the allocator had left when the system had no more.
    lent: Vec<usize>,
}

fn piece_layout() -> Layout {
    Layout::from_size_align(PIECE, BLOCK_SIZE).expect("a constant layout")
}

impl Chunks {
    pub(super) fn new() -> Chunks {
        Chunks { mapped: Vec::new(), next: 0, end: 0, free: Vec::new(), lent: Vec::new() }
    }

    /// Zeroed memory for a block; `None` if the system has no more.
    pub(super) fn take(&mut self) -> Option<usize> {
        if let Some(block) = self.free.pop() {
            return Some(block);
        }
        if self.next == self.end {
            (self.next, self.end) = self.map()?;
        }
        self.next += BLOCK_SIZE;
        Some(self.next - BLOCK_SIZE)
    }

    /// Takes the memory of a block back, which reads as zeroes afterwards.
    ///
    /// # Safety
    /// The address must come from [`Chunks::take`], and nothing may refer to the block any more.
    pub(super) unsafe fn give_back(&mut self, block: usize) {
        // SAFETY: the caller's promise.
        if unsafe { madvise(block as *mut _, BLOCK_SIZE, Advice::LinuxDontNeed) }.is_ok() {
            self.free.push(block);
        }
    }

    /// Gives chunks back to the system of which no block is in use.
    pub(super) fn release(&mut self) {
        let Chunks { mapped, next, end, free, .. } = self;
        free.sort_unstable();
        mapped.retain(|&(start, stop)| {
            let first = free.partition_point(|block| *block < start);
            let last = free.partition_point(|block| *block < stop);
            let never_used = if *end == stop { *end - *next } else { 0 };
            if (last - first) * BLOCK_SIZE + never_used < stop - start {
                return true;
            }
            free.drain(first..last);
            if *end == stop {
                (*next, *end) = (0, 0);
            }
            // SAFETY: the chunk is ours, and nothing refers to any of its blocks. If it failed, the memory would stay mapped.
            let _ = unsafe { munmap(start as *mut _, stop - start) };
            false
        });
    }

    /// A chunk or, if the system refuses one, a piece: where it begins and ends.
    fn map(&mut self) -> Option<(usize, usize)> {
        if let Some(chunk) = map_aligned(CHUNK_SIZE) {
            if !self.mapped.is_empty() {
                // SAFETY: advice about our own mapping. A system without huge pages refuses it, which does no harm.
                let _ = unsafe { madvise(chunk as *mut _, CHUNK_SIZE, Advice::LinuxHugepage) };
            }
            self.mapped.push((chunk, chunk + CHUNK_SIZE));
            return Some((chunk, chunk + CHUNK_SIZE));
        }
        loop {
            if let Some(piece) = map_aligned(PIECE) {
                self.mapped.push((piece, piece + PIECE));
                return Some((piece, piece + PIECE));
            }
            // SAFETY: the layout has a non-zero size.
            let piece = memory::fallibly(|| unsafe { alloc_zeroed(piece_layout()) }) as usize;
            if piece != 0 {
                self.lent.push(piece);
                return Some((piece, piece + PIECE));
            }
            if !memory::relieve() {
                return None;
            }
        }
    }
}

/// New memory of this size, aligned to it.
fn map_aligned(size: usize) -> Option<usize> {
    // Twice the size holds it; what lies before and behind is given back.
    // SAFETY: a new mapping at an address that the system chooses.
    let mapping =
        unsafe { mmap_anonymous(null_mut(), 2 * size, ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE) };
    let start = mapping.ok()? as usize;
    let chunk = start.next_multiple_of(size);
    let (behind, end) = (chunk + size, start + 2 * size);
    // SAFETY: both are parts of the new mapping that nothing refers to. That fails only for want of memory, and then
    // addresses are lost, no more.
    unsafe {
        if chunk > start {
            let _ = munmap(start as *mut _, chunk - start);
        }
        if end > behind {
            let _ = munmap(behind as *mut _, end - behind);
        }
    }
    Some(chunk)
}

impl Drop for Chunks {
    fn drop(&mut self) {
        for &(start, end) in &self.mapped {
            // SAFETY: the heap is gone, so nothing refers to the chunk. If it failed, the memory would stay mapped.
            let _ = unsafe { munmap(start as *mut _, end - start) };
        }
        for &piece in &self.lent {
            // SAFETY: the same; the piece was allocated with this layout.
            unsafe { dealloc(piece as *mut u8, piece_layout()) };
        }
    }
}
