//! Where blocks come from: chunks of two megabytes, mapped as they are needed and given back only with the heap.
//!
//! A heap that grows asks for huge pages, because faulting memory in by small ones takes a tenth of the time of a script that
//! allocates much. The first chunk does not: a small script should stay small.

use std::ptr::null_mut;

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap_anonymous, munmap};

use super::block::BLOCK_SIZE;

const CHUNK_SIZE: usize = 32 * BLOCK_SIZE;

/// Memory for blocks, aligned to their size.
pub(super) struct Chunks {
    /// Where each chunk begins.
    mapped: Vec<usize>,
    /// The part of the last chunk that was never handed out.
    next: usize,
    end: usize,
    /// Blocks that came back; their contents are gone.
    free: Vec<usize>,
}

impl Chunks {
    pub(super) fn new() -> Chunks {
        Chunks { mapped: Vec::new(), next: 0, end: 0, free: Vec::new() }
    }

    /// Zeroed memory for a block; `None` if the system has no more.
    pub(super) fn take(&mut self) -> Option<usize> {
        if let Some(block) = self.free.pop() {
            return Some(block);
        }
        if self.next == self.end {
            self.next = self.map()?;
            self.end = self.next + CHUNK_SIZE;
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

    fn map(&mut self) -> Option<usize> {
        // Twice the size holds an aligned chunk; what lies before and behind it is given back.
        // SAFETY: a new mapping at an address that the system chooses.
        let mapping = unsafe {
            mmap_anonymous(null_mut(), 2 * CHUNK_SIZE, ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE)
        };
        let start = mapping.ok()? as usize;
        let chunk = start.next_multiple_of(CHUNK_SIZE);
        let (behind, end) = (chunk + CHUNK_SIZE, start + 2 * CHUNK_SIZE);
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
        if !self.mapped.is_empty() {
            // SAFETY: advice about our own mapping. A system without huge pages refuses it, which does no harm.
            let _ = unsafe { madvise(chunk as *mut _, CHUNK_SIZE, Advice::LinuxHugepage) };
        }
        self.mapped.push(chunk);
        Some(chunk)
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        for &chunk in &self.mapped {
            // SAFETY: the heap is gone, so nothing refers to the chunk. If it failed, the memory would stay mapped.
            let _ = unsafe { munmap(chunk as *mut _, CHUNK_SIZE) };
        }
    }
}
