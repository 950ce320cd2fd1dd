//! Memory that a process shares with its workers: one sparse mapping, cut into cells of a cache line.
//!
//! A *cell* is 16 words; a *block* is a run of 2^k cells. Both are named by the number of their first cell, which is the same
//! in every process, so whatever lies here travels as a number. The first cells are the arena's own: its mutex, the mutex of
//! standard output, the number of the first cell never used, and the heads of the lists of free blocks, one for each k.
//!
//! A process may be killed at any instruction. The mutexes are therefore robust: the next who asks gets the lock and learns
//! that its holder died. And every change of a list is made by one store at its end, so a death in between loses a block at
//! worst, never the list.

use std::cell::UnsafeCell;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap};

/// Words of a cell.
pub const WORDS: usize = 16;
/// Bytes of a cell.
const CELL: usize = WORDS * 4;
/// Cells in the mapping: 16 GiB of address space, of which only what is used becomes memory.
const CELLS: u32 = 1 << 28;
const BYTES: usize = CELLS as usize * CELL;
/// Orders of blocks.
const ORDERS: usize = 28;
/// Blocks from this many bytes on give their pages back when they are freed.
const LARGE: usize = 64 << 10;
const PAGE: usize = 4096;

const MUTEX: u32 = 0;
const OUTPUT_MUTEX: u32 = 1;
/// Its word 0 counts the cells that were ever used.
const USED: u32 = 2;
/// The free lists' heads, in two cells; zero ends a list.
const FREE: u32 = 3;
const FIRST: u32 = 5;

/// The mapping. A process has one, because a worker inherits it.
pub(crate) struct Arena {
    base: *mut AtomicU32,
    memory: OwnedFd,
}

// SAFETY: the words are atomics, mapped for the life of the process; blocks are handed to one owner at a time.
unsafe impl Send for Arena {}
// SAFETY: the same.
unsafe impl Sync for Arena {}

static ARENA: OnceLock<Arena> = OnceLock::new();

impl Arena {
    fn create() -> std::io::Result<Arena> {
        let memory = rustix::fs::memfd_create("argil-shared", rustix::fs::MemfdFlags::empty())?;
        rustix::fs::ftruncate(&memory, BYTES as u64)?;
        let arena = Arena::map(memory)?;
        arena.init_mutex(MUTEX)?;
        arena.init_mutex(OUTPUT_MUTEX)?;
        arena.word(USED, 0).store(FIRST, Ordering::Release);
        Ok(arena)
    }

    fn map(memory: OwnedFd) -> std::io::Result<Arena> {
        let protection = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new shared mapping of a file that is as long, at an address of the kernel's choice.
        let base = unsafe { mmap(std::ptr::null_mut(), BYTES, protection, MapFlags::SHARED, &memory, 0)? };
        Ok(Arena { base: base.cast(), memory })
    }

    /// The arena, made when it is first asked for.
    pub(crate) fn get() -> &'static Arena {
        ARENA.get_or_init(|| Arena::create().expect("the system grants anonymous shared memory"))
    }

    /// One word of a cell.
    #[inline]
    pub(crate) fn word(&self, cell: u32, word: usize) -> &AtomicU32 {
        assert!(cell < CELLS && word < WORDS);
        // SAFETY: the cell lies in the mapping, and the word in the cell.
        unsafe { &*self.base.add(cell as usize * WORDS + word) }
    }

    /// Eight bytes of a block, from its start on.
    pub(super) fn wide(&self, block: u32, index: usize) -> &AtomicU64 {
        assert!(block as usize * CELL + (index + 1) * 8 <= BYTES);
        // SAFETY: the word lies in the mapping, and cells are aligned to more than it needs.
        unsafe { &*self.base.cast::<AtomicU64>().add(block as usize * (WORDS / 2) + index) }
    }

    fn mutex(&self, cell: u32) -> *mut libc::pthread_mutex_t {
        const { assert!(size_of::<libc::pthread_mutex_t>() <= CELL && align_of::<libc::pthread_mutex_t>() <= CELL) };
        std::ptr::from_ref(self.word(cell, 0)).cast_mut().cast()
    }

    /// Makes a new cell a mutex of all processes.
    pub(crate) fn init_mutex(&self, cell: u32) -> std::io::Result<()> {
        let mut attributes = UnsafeCell::new(std::mem::MaybeUninit::<libc::pthread_mutexattr_t>::uninit());
        let attributes = attributes.get_mut().as_mut_ptr();
        let check = |code| if code == 0 { Ok(()) } else { Err(std::io::Error::from_raw_os_error(code)) };
        // SAFETY: the attributes are initialised first and destroyed last; the cell is new, so nobody uses the mutex yet.
        unsafe {
            check(libc::pthread_mutexattr_init(attributes))?;
            check(libc::pthread_mutexattr_setpshared(attributes, libc::PTHREAD_PROCESS_SHARED))?;
            #[cfg(target_os = "linux")]
            check(libc::pthread_mutexattr_setrobust(attributes, libc::PTHREAD_MUTEX_ROBUST))?;
            check(libc::pthread_mutex_init(self.mutex(cell), attributes))?;
            check(libc::pthread_mutexattr_destroy(attributes))
        }
    }

    /// Locks a mutex. What it protects is only read and written, never waited for, so this is short.
    pub(crate) fn lock_mutex(&self, cell: u32) -> Guard {
        let mutex = self.mutex(cell);
        // SAFETY: the cell is an initialised mutex.
        let code = unsafe { libc::pthread_mutex_lock(mutex) };
        #[cfg(target_os = "linux")]
        if code == libc::EOWNERDEAD {
            // SAFETY: this thread holds the mutex now.
            unsafe { libc::pthread_mutex_consistent(mutex) };
            return Guard { mutex, holder_died: true };
        }
        assert_eq!(code, 0, "a mutex in shared memory is broken");
        Guard { mutex, holder_died: false }
    }

    /// A block of at least this many bytes; `None` if the arena is full.
    pub(crate) fn allocate(&'static self, bytes: usize) -> Option<u32> {
        let order = order(bytes)?;
        let _guard = self.lock_mutex(MUTEX);
        let head = self.free_list(order);
        let free = head.load(Ordering::Relaxed);
        if free != 0 {
            head.store(self.word(free, 0).load(Ordering::Relaxed), Ordering::Relaxed);
            return Some(free);
        }
        let used = self.word(USED, 0);
        let block = used.load(Ordering::Relaxed);
        let end = block.checked_add(1 << order).filter(|end| *end <= CELLS)?;
        used.store(end, Ordering::Relaxed);
        Some(block)
    }

    /// Gives a block back, which was allocated for this many bytes.
    pub(crate) fn free(&'static self, block: u32, bytes: usize) {
        let Some(order) = order(bytes) else { return };
        if CELL << order >= LARGE {
            let start = (self.bytes(block) as usize).next_multiple_of(PAGE);
            let end = (self.bytes(block) as usize + (CELL << order)) / PAGE * PAGE;
            // SAFETY: the pages lie in the block, which is nobody's. If the system cannot do it, the pages stay.
            let _ = unsafe { madvise(start as *mut _, end - start, Advice::LinuxRemove) };
        }
        let _guard = self.lock_mutex(MUTEX);
        let head = self.free_list(order);
        self.word(block, 0).store(head.load(Ordering::Relaxed), Ordering::Relaxed);
        head.store(block, Ordering::Relaxed);
    }

    fn free_list(&self, order: usize) -> &AtomicU32 {
        self.word(FREE + (order / WORDS) as u32, order % WORDS)
    }

    /// Where a block's bytes begin.
    fn bytes(&self, block: u32) -> *mut u8 {
        std::ptr::from_ref(self.word(block, 0)).cast_mut().cast()
    }

    /// Copies bytes into a block, from an offset on.
    ///
    /// # Panics
    /// If they would pass the end of the arena.
    pub(super) fn write(&self, block: u32, offset: usize, bytes: &[u8]) {
        assert!(block as usize * CELL + offset + bytes.len() <= BYTES);
        // SAFETY: the target lies in the mapping, in a block that belongs to the caller, so nobody reads it meanwhile.
        unsafe { self.bytes(block).add(offset).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }

    /// Copies bytes out of a block, from an offset on.
    ///
    /// # Panics
    /// If they would pass the end of the arena.
    pub(super) fn read(&self, block: u32, offset: usize, count: usize) -> Vec<u8> {
        assert!(block as usize * CELL + offset + count <= BYTES);
        // SAFETY: the source lies in the mapping, in a block that belongs to the caller, so nobody writes it meanwhile.
        unsafe { std::slice::from_raw_parts(self.bytes(block).add(offset), count) }.to_vec()
    }
}

/// The least k for which 2^k cells have this many bytes.
fn order(bytes: usize) -> Option<usize> {
    let order = bytes.div_ceil(CELL).max(1).next_power_of_two().trailing_zeros() as usize;
    (order < ORDERS).then_some(order)
}

/// A locked mutex.
pub(crate) struct Guard {
    mutex: *mut libc::pthread_mutex_t,
    /// Whether it was locked by a thread that died, so that what it protects may be half changed.
    pub(crate) holder_died: bool,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // SAFETY: this thread locked it; the guard holds a raw pointer, so it stays on its thread.
        unsafe { libc::pthread_mutex_unlock(self.mutex) };
    }
}

/// Adopts the mapping of the process that started this one. Called once, before anything in it is used.
///
/// # Errors
/// If the file cannot be mapped.
pub(super) fn adopt(memory: OwnedFd) -> std::io::Result<()> {
    let arena = Arena::map(memory)?;
    ARENA.set(arena).map_err(|_| std::io::Error::other("the process already shares memory"))
}

/// The file behind the mapping, for a worker to inherit.
pub(super) fn memory() -> impl AsFd {
    Arena::get().memory.as_fd()
}

/// Keeps other processes from writing to standard output meanwhile, if there are any.
pub(crate) fn lock_output() -> Option<impl Drop> {
    ARENA.get().map(|arena| arena.lock_mutex(OUTPUT_MUTEX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freed_blocks_are_used_again() {
        let arena = Arena::get();
        for bytes in [1, 64, 65, 5000, LARGE] {
            let block = arena.allocate(bytes).expect("there is room");
            let content = vec![7; bytes];
            arena.write(block, 0, &content);
            assert_eq!(arena.read(block, 0, bytes), content);
            arena.free(block, bytes);
        }
        assert_eq!(order(1), Some(0));
        assert_eq!(order(64), Some(0));
        assert_eq!(order(65), Some(1));
        assert_eq!(order(BYTES), None);
    }

    #[test]
    fn a_mutex_outlives_its_holder() {
        let arena = Arena::get();
        let cell = arena.allocate(CELL).expect("there is room");
        arena.init_mutex(cell).expect("the cell is new");
        let holder = std::thread::spawn(move || std::mem::forget(arena.lock_mutex(cell)));
        holder.join().expect("it only locks");
        assert!(arena.lock_mutex(cell).holder_died);
        assert!(!arena.lock_mutex(cell).holder_died);
    }
}
