//! Blocks: 64 KiB of cells of one size, with a mark bit for every 16 bytes beside them.
//!
//! A block is aligned to its size, so the block of any object is found by masking its address. An object too large for the
//! size classes has a block of its own, whose only cell it is; everything else treats both alike.
//!
//! Mark bits are cleared and set only while the world is stopped. Between two collections a set bit means "was alive at the
//! last collection"; a cell without one is free to be taken, by the thread that owns the block, in address order.

use std::alloc::{Layout, alloc, dealloc};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::chunk::Chunks;
use crate::memory;
use crate::object::{Header, Kind};

/// Size and alignment of a block, in bytes.
pub(crate) const BLOCK_SIZE: usize = 64 * 1024;
const GRANULE: usize = 16;
const MARK_WORDS: usize = BLOCK_SIZE / GRANULE / 64;
/// Bytes by which large blocks differ at least.
const PAGE: usize = 4096;
/// Where the first cell begins.
const FIRST_CELL: usize = std::mem::size_of::<Block>().next_multiple_of(64);
/// The largest object that lives in a size class, in bytes.
pub(crate) const MAX_SMALL: usize = cell_of(3) as usize;

/// Cell sizes, in bytes: every multiple of 16 up to 256, four steps to each doubling up to 8 KiB, then what divides a block.
pub(crate) const SIZES: [u32; 40] = {
    let mut sizes = [0; 40];
    let mut class = 0;
    while class < sizes.len() {
        sizes[class] = match class as u32 {
            step @ 0..16 => 16 * (step + 1),
            step @ 16..36 => (64 * (step % 4 + 5)) << ((step - 16) / 4),
            _ => cell_of(42 - class),
        };
        class += 1;
    }
    assert!(sizes[15] == 256 && sizes[35] == 8192 && sizes[39] as usize == MAX_SMALL);
    sizes
};

/// The size of the largest cells of which a block has room for `count`.
const fn cell_of(count: usize) -> u32 {
    ((BLOCK_SIZE - FIRST_CELL) / count / GRANULE * GRANULE) as u32
}

const CLASS_OF: [u8; MAX_SMALL / GRANULE + 1] = {
    let mut table = [0; MAX_SMALL / GRANULE + 1];
    let (mut granules, mut class) = (0, 0);
    while granules < table.len() {
        if granules * GRANULE > SIZES[class] as usize {
            class += 1;
        }
        table[granules] = class as u8;
        granules += 1;
    }
    table
};

/// The size class of an object of at most [`MAX_SMALL`] bytes.
#[inline(always)]
pub(crate) fn class_of(bytes: usize) -> usize {
    CLASS_OF[bytes.div_ceil(GRANULE)] as usize
}

/// The head of a block.
#[repr(C)]
pub(crate) struct Block {
    /// Bytes of a cell.
    cell: usize,
    /// Bytes of the whole block, head included.
    size: usize,
    /// Whether a cell may hold an object that needs dropping. Set by the owner when it allocates one (Relaxed: a sweep
    /// happens after a handshake that stops the owner).
    finalizable: AtomicBool,
    /// Whether any mark bit is set, so that blocks without are passed over at a glance (Relaxed, as `marks`).
    marked: AtomicBool,
    /// One bit a granule; see the module's head. Relaxed: ordered by the handshake that stops the world.
    marks: [AtomicU64; MARK_WORDS],
}

/// A stretch of free memory in a block.
#[derive(Clone, Copy)]
pub(crate) struct Run {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Block {
    /// Bytes that a block of its own for an object of `bytes` takes: rounded up by at most an eighth, so that a block whose object
    /// died serves for another one of nearly the same size.
    pub(crate) fn large_size(bytes: usize) -> usize {
        let size = FIRST_CELL + bytes.next_multiple_of(GRANULE);
        size.next_multiple_of((size.next_power_of_two() / 16).max(PAGE))
    }

    fn layout(size: usize) -> Option<Layout> {
        Layout::from_size_align(size, BLOCK_SIZE).ok()
    }

    /// A new block of cells of this size.
    pub(crate) fn small(chunks: &mut Chunks, cell: usize) -> *mut Block {
        let Some(address) = chunks.take() else { memory::die() };
        // SAFETY: the memory is ours, aligned, zeroed and large enough.
        unsafe { Self::begin(address as *mut Block, BLOCK_SIZE, cell) }
    }

    /// A new block for one object of `bytes`; `None` if the system refuses it.
    pub(crate) fn large(bytes: usize) -> Option<*mut Block> {
        let layout = Self::layout(Self::large_size(bytes))?;
        // SAFETY: the layout has a non-zero size.
        let block = memory::fallibly(|| unsafe { alloc(layout) }).cast::<Block>();
        if block.is_null() {
            return None;
        }
        // SAFETY: the memory is ours, aligned and large enough.
        Some(unsafe { Self::begin_large(block, layout.size(), bytes) })
    }

    /// Makes a large block whose object is dead one for another object, of `bytes`.
    ///
    /// # Safety
    /// The block must be of [`Block::large_size`] for that, nothing may refer into it, and its object must have been dropped.
    pub(crate) unsafe fn use_again(block: *mut Block, bytes: usize) -> *mut Block {
        // SAFETY: the caller's promise.
        unsafe { Self::begin_large(block, (*block).size, bytes) }
    }

    /// # Safety
    /// The memory must be ours, aligned as a block and of `size` bytes, enough for an object of `bytes`.
    unsafe fn begin_large(block: *mut Block, size: usize, bytes: usize) -> *mut Block {
        // SAFETY: the caller's promise. The object is written at once, so only its header need be a free cell's until then.
        unsafe {
            std::ptr::write_bytes(block.cast::<u8>(), 0, FIRST_CELL + size_of::<Header>());
            Self::begin(block, size, bytes.next_multiple_of(GRANULE))
        }
    }

    /// # Safety
    /// The memory must be aligned as a block and begin with zeroes, which are valid for the other fields.
    unsafe fn begin(block: *mut Block, size: usize, cell: usize) -> *mut Block {
        // SAFETY: the caller's promise.
        unsafe {
            (*block).cell = cell;
            (*block).size = size;
        }
        block
    }

    /// Makes an empty block one of cells of another size.
    ///
    /// # Safety
    /// The block must be small, nothing may refer into it, and its objects must have been dropped.
    pub(crate) unsafe fn divide_anew(block: *mut Block, cell: usize) {
        // SAFETY: the caller's promise. What the old cells held would be no whole objects in the new ones.
        unsafe {
            std::ptr::write_bytes(block.cast::<u8>().add(FIRST_CELL), 0, BLOCK_SIZE - FIRST_CELL);
            (*block).cell = cell;
            (*block).finalizable.store(false, Ordering::Relaxed);
        }
    }

    /// Gives the memory back.
    ///
    /// # Safety
    /// Nothing may refer into the block any more, and its objects must have been dropped.
    pub(crate) unsafe fn destroy(block: *mut Block, chunks: &mut Chunks) {
        // SAFETY: the caller's promise; the layout is the one that a large block was allocated with.
        unsafe {
            if (*block).is_large() {
                let layout = Self::layout((*block).size).expect("the block was allocated with it");
                dealloc(block.cast(), layout);
            } else {
                chunks.give_back(block as usize);
            }
        }
    }

    /// The block that an object lies in.
    ///
    /// # Safety
    /// `object` must point to an object that this heap allocated.
    #[inline(always)]
    pub(crate) unsafe fn of<'a>(object: *const Header) -> &'a Block {
        // SAFETY: the caller's promise.
        unsafe { &*Self::address_of(object) }
    }

    /// Where the block of an object begins: blocks are aligned to their size, and an object begins in the first 64 KiB of its
    /// block.
    #[inline(always)]
    pub(crate) fn address_of(object: *const Header) -> *mut Block {
        (object as usize & !(BLOCK_SIZE - 1)) as *mut Block
    }

    /// Bytes of a cell.
    pub(crate) fn cell_size(&self) -> usize {
        self.cell
    }

    /// Bytes of the block.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// Whether the block holds a single large object.
    pub(crate) fn is_large(&self) -> bool {
        self.cell > MAX_SMALL
    }

    /// Notes that a cell will hold an object that needs dropping.
    pub(crate) fn note_finalizable(&self) {
        if !self.finalizable.load(Ordering::Relaxed) {
            self.finalizable.store(true, Ordering::Relaxed);
        }
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self) as usize
    }

    /// Where the mark bit of an address in this block is.
    #[inline(always)]
    fn mark_bit(&self, address: usize) -> (&AtomicU64, u64) {
        let granule = (address & (BLOCK_SIZE - 1)) / GRANULE;
        (&self.marks[granule / 64], 1 << (granule % 64))
    }

    /// Marks an object in this block; whether it was unmarked.
    #[inline(always)]
    pub(crate) fn mark(&self, object: *const Header) -> bool {
        let (word, bit) = self.mark_bit(object as usize);
        if word.load(Ordering::Relaxed) & bit != 0 {
            return false;
        }
        if !self.marked.load(Ordering::Relaxed) {
            self.marked.store(true, Ordering::Relaxed);
        }
        word.fetch_or(bit, Ordering::Relaxed) & bit == 0
    }

    pub(super) fn is_marked(&self, address: usize) -> bool {
        let (word, bit) = self.mark_bit(address);
        word.load(Ordering::Relaxed) & bit != 0
    }

    /// What is marked.
    pub(super) fn marked(&self) -> impl Iterator<Item = *const Header> {
        self.marks.iter().enumerate().flat_map(move |(at, word)| {
            let mut bits = word.load(Ordering::Relaxed);
            std::iter::from_fn(move || {
                let bit = (bits != 0).then_some(bits.trailing_zeros() as usize)?;
                bits &= bits - 1;
                Some((self.address() + (at * 64 + bit) * GRANULE) as *const Header)
            })
        })
    }

    /// Whether a cell begins at this address in the block.
    pub(super) fn is_cell(&self, address: usize) -> bool {
        (self.cells_start()..self.cells_end()).contains(&address)
            && (address - self.cells_start()).is_multiple_of(self.cell)
    }

    #[cfg(test)]
    pub(super) fn unmark(&self, object: *const Header) {
        let (word, bit) = self.mark_bit(object as usize);
        word.fetch_and(!bit, Ordering::Relaxed);
    }

    /// Clears every mark.
    pub(crate) fn clear_marks(&self) {
        if self.marked.swap(false, Ordering::Relaxed) {
            for word in &self.marks {
                word.store(0, Ordering::Relaxed);
            }
        }
    }

    /// Bytes of the marked cells.
    pub(crate) fn live_bytes(&self) -> usize {
        if !self.marked.load(Ordering::Relaxed) {
            return 0;
        }
        self.marks.iter().map(|word| word.load(Ordering::Relaxed).count_ones() as usize).sum::<usize>() * self.cell
    }

    /// The address after the last cell.
    fn cells_end(&self) -> usize {
        let room = if self.is_large() { self.cell } else { BLOCK_SIZE - FIRST_CELL };
        self.address() + FIRST_CELL + room / self.cell * self.cell
    }

    /// Address of the first cell.
    pub(crate) fn cells_start(&self) -> usize {
        self.address() + FIRST_CELL
    }

    /// The next stretch of unmarked cells at or after `from`, with the dead objects in it dropped.
    ///
    /// # Safety
    /// The caller must own the block, and no unmarked object in it may be in use.
    pub(crate) unsafe fn next_run(&self, from: usize) -> Option<Run> {
        let end = self.cells_end();
        let mut start = from;
        while start < end && self.is_marked(start) {
            start += self.cell;
        }
        if start >= end {
            return None;
        }
        let mut stop = if self.marked.load(Ordering::Relaxed) { start + self.cell } else { end };
        while stop < end && !self.is_marked(stop) {
            stop += self.cell;
        }
        if self.finalizable.load(Ordering::Relaxed) {
            // SAFETY: the cells in between are dead (the caller's promise).
            unsafe { self.drop_cells(start, stop) };
        }
        if crate::stress::poison() {
            for address in (start..stop).step_by(self.cell) {
                // SAFETY: free memory of this block, beyond the zero header that `drop_cells` relies on.
                unsafe { std::ptr::write_bytes(address as *mut u8, 0, 16) };
                // SAFETY: the same; a cell has at least 16 bytes.
                unsafe { std::ptr::write_bytes((address + 16) as *mut u8, 0xd5, self.cell - 16) };
            }
        }
        Some(Run { start, end: stop })
    }

    /// Drops every dead object of the block: before the block itself is given back.
    ///
    /// # Safety
    /// The caller must own the block, and no unmarked object in it may be in use.
    pub(crate) unsafe fn drop_dead(&self) {
        if !self.finalizable.load(Ordering::Relaxed) {
            return;
        }
        let mut at = self.cells_start();
        // SAFETY: the caller's promise.
        while let Some(run) = unsafe { self.next_run(at) } {
            at = run.end;
        }
    }

    /// # Safety
    /// The cells must be dead or free.
    unsafe fn drop_cells(&self, start: usize, stop: usize) {
        for address in (start..stop).step_by(self.cell) {
            let header = address as *mut Header;
            // SAFETY: a cell holds zeroes or a whole object; a block that has held objects that need dropping keeps the
            // headers of its dead cells cleared.
            unsafe {
                if (*header).kind() != Kind::Free {
                    super::drop_object(header);
                    std::ptr::write_bytes(header.cast::<u8>(), 0, std::mem::size_of::<Header>());
                }
            }
        }
    }
}
