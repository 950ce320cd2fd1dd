//! Memory that a process shares with its workers: a sparse file, cut into cells of a cache line.
//!
//! A *cell* is 16 words; a *block* is a run of 2^k cells. Both are named by the number of their first cell, which is the same
//! in every process, so whatever lies here travels as a number. The first cells are the arena's own: its mutex, the mutex of
//! standard output, the number of the first cell never used, and the heads of the lists of free blocks, one for each k.
//!
//! The file grows as cells are used, and is mapped in pieces, each as large as all before it: a program that has one lock has
//! 64 KiB of it. A process maps a piece when it first meets one of its cells. Where the system grants no such file (there is
//! no descriptor left, or `ulimit -f` forbids it), a piece is memory of this process alone: locks work, and only starting
//! another process fails.
//!
//! A process may be killed at any instruction. The mutexes are therefore robust: the next who asks gets the lock and learns
//! that its holder died. And every change of a list is made by one store at its end, so a death in between loses a block at
//! worst, never the list.

use std::cell::UnsafeCell;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};

use rustix::mm::{Advice, MapFlags, ProtFlags, madvise, mmap, mmap_anonymous, munmap};

use crate::memory;

/// Words of a cell.
pub const WORDS: usize = 16;
/// Bytes of a cell.
const CELL: usize = WORDS * 4;
/// Cells in all pieces: 16 GiB.
const CELLS: u32 = 1 << 28;
/// Cells in the first piece.
const FIRST_PIECE: u32 = 1 << 10;
const PIECES: usize = (CELLS.ilog2() - FIRST_PIECE.ilog2()) as usize + 1;
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

/// The memory. A process has one, because a worker inherits it.
pub(crate) struct Arena {
    /// Where the pieces are; null for one that this process has not met. Set once by compare-exchange (AcqRel), read with
    /// Acquire.
    pieces: [AtomicPtr<AtomicU32>; PIECES],
    /// The file; `None` if this process cannot share it.
    file: Option<OwnedFd>,
}

/// The piece that a cell lies in.
#[inline]
fn piece_of(cell: u32) -> usize {
    if cell < FIRST_PIECE { 0 } else { (cell.ilog2() - FIRST_PIECE.ilog2()) as usize + 1 }
}

/// The first cell of a piece.
#[inline]
fn start_of(piece: usize) -> u32 {
    if piece == 0 { 0 } else { FIRST_PIECE << (piece - 1) }
}

/// The cell behind the last of a piece.
fn end_of(piece: usize) -> u32 {
    FIRST_PIECE << piece
}

static ARENA: OnceLock<Arena> = OnceLock::new();

impl Arena {
    fn new(file: Option<OwnedFd>) -> Arena {
        Arena { pieces: [const { AtomicPtr::new(std::ptr::null_mut()) }; PIECES], file }
    }

    /// An arena in whose file there is room for the first piece, or one of this process's own memory.
    fn create() -> Arena {
        let size = u64::from(FIRST_PIECE) * CELL as u64;
        let file = rustix::fs::memfd_create("argil-shared", rustix::fs::MemfdFlags::empty()).ok();
        let arena = Arena::new(file.filter(|file| rustix::fs::ftruncate(file, size).is_ok()));
        if arena.map(0).is_none() || arena.init_mutex(MUTEX).is_err() || arena.init_mutex(OUTPUT_MUTEX).is_err() {
            memory::die();
        }
        arena.word(USED, 0).store(FIRST, Ordering::Release);
        arena
    }

    /// The arena, made when it is first asked for.
    pub(crate) fn get() -> &'static Arena {
        ARENA.get_or_init(Arena::create)
    }

    /// Maps a piece, which the file has; where it begins.
    #[cold]
    fn map(&self, piece: usize) -> Option<*mut AtomicU32> {
        let protection = ProtFlags::READ | ProtFlags::WRITE;
        let (start, bytes) = (start_of(piece), (end_of(piece) - start_of(piece)) as usize * CELL);
        let null = std::ptr::null_mut();
        // SAFETY: a new shared mapping, of a file that is as long or of nothing, at an address of the kernel's choice.
        let mapped = unsafe {
            match &self.file {
                Some(file) => mmap(null, bytes, protection, MapFlags::SHARED, file, u64::from(start) * CELL as u64),
                None => mmap_anonymous(null, bytes, protection, MapFlags::SHARED | MapFlags::NORESERVE),
            }
        };
        let base = mapped.ok()?.cast();
        match self.pieces[piece].compare_exchange(std::ptr::null_mut(), base, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => Some(base),
            Err(other) => {
                // Another thread was faster.
                // SAFETY: mapped above, and nobody has seen it. Failure would leak address space, nothing worse.
                let _ = unsafe { munmap(base.cast(), bytes) };
                Some(other)
            }
        }
    }

    /// Makes sure that a piece exists, which may be new; `None` if the system refuses it. The caller holds the mutex.
    fn provide(&self, piece: usize) -> Option<()> {
        if !self.pieces[piece].load(Ordering::Acquire).is_null() {
            return Some(());
        }
        if let Some(file) = &self.file {
            let size = u64::from(end_of(piece)) * CELL as u64;
            let now = rustix::fs::fstat(file).ok()?.st_size;
            if u64::try_from(now).is_ok_and(|now| now < size) {
                rustix::fs::ftruncate(file, size).ok()?;
            }
        }
        self.map(piece).map(|_| ())
    }

    /// Where a cell is.
    #[inline]
    fn at(&self, cell: u32) -> *mut AtomicU32 {
        assert!(cell < CELLS);
        let piece = piece_of(cell);
        let mut base = self.pieces[piece].load(Ordering::Acquire);
        if base.is_null() {
            // Another process made it. What it shares must be reachable.
            base = self.map(piece).unwrap_or_else(|| memory::die());
        }
        base.wrapping_add((cell - start_of(piece)) as usize * WORDS)
    }

    /// The bytes from a block's start to the end of its piece.
    fn room(block: u32) -> usize {
        (end_of(piece_of(block)) - block) as usize * CELL
    }

    /// One word of a cell.
    #[inline]
    pub(crate) fn word(&self, cell: u32, word: usize) -> &AtomicU32 {
        assert!(word < WORDS);
        // SAFETY: the cell lies in its piece, and the word in the cell; pieces stay mapped.
        unsafe { &*self.at(cell).add(word) }
    }

    /// Eight bytes of a block, from its start on.
    pub(crate) fn wide(&self, block: u32, index: usize) -> &AtomicU64 {
        assert!((index + 1) * 8 <= Arena::room(block));
        // SAFETY: the word lies in the piece, and cells are aligned to more than it needs.
        unsafe { &*self.at(block).cast::<AtomicU64>().add(index) }
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
        let (mut block, size) = (used.load(Ordering::Relaxed), 1_u32 << order);
        // A block lies in one piece. What is passed over is never touched, so it takes no memory.
        while block < CELLS && size > end_of(piece_of(block)) - block {
            block = end_of(piece_of(block));
        }
        if block >= CELLS {
            return None;
        }
        self.provide(piece_of(block))?;
        used.store(block + size, Ordering::Relaxed);
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
        self.at(block).cast()
    }

    /// Copies bytes into a block, from an offset on.
    ///
    /// # Panics
    /// If they would pass the end of the block's piece.
    pub(crate) fn write(&self, block: u32, offset: usize, bytes: &[u8]) {
        assert!(offset + bytes.len() <= Arena::room(block));
        // SAFETY: the target lies in the mapping, in a block that belongs to the caller, so nobody reads it meanwhile.
        unsafe { self.bytes(block).add(offset).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    }

    /// Copies bytes out of a block, from an offset on.
    ///
    /// # Panics
    /// If they would pass the end of the block's piece.
    pub(crate) fn read(&self, block: u32, offset: usize, count: usize) -> Vec<u8> {
        assert!(offset + count <= Arena::room(block));
        // SAFETY: the source lies in the mapping, in a block that belongs to the caller, so nobody writes it meanwhile.
        memory::copy(unsafe { std::slice::from_raw_parts(self.bytes(block).add(offset), count) })
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

/// Adopts the memory of the process that started this one. Called once, before anything in it is used.
///
/// # Errors
/// If this process has memory to share already.
pub(crate) fn adopt(file: OwnedFd) -> std::io::Result<()> {
    ARENA.set(Arena::new(Some(file))).map_err(|_| std::io::Error::other("the process already shares memory"))
}

/// The file that is shared, for a worker to inherit.
///
/// # Errors
/// If the system granted none.
pub(crate) fn file() -> std::io::Result<BorrowedFd<'static>> {
    let file = Arena::get().file.as_ref().map(AsFd::as_fd);
    file.ok_or_else(|| std::io::Error::from_raw_os_error(libc::ENOMEM))
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
        assert_eq!(order(CELLS as usize * CELL), None);
    }

    #[test]
    fn every_cell_lies_in_a_piece() {
        let mut next = 0;
        for piece in 0..PIECES {
            assert_eq!(start_of(piece), next);
            assert_eq!((piece_of(start_of(piece)), piece_of(end_of(piece) - 1)), (piece, piece));
            next = end_of(piece);
        }
        assert_eq!(next, CELLS);
    }

    #[test]
    fn a_block_lies_in_one_piece() {
        let arena = Arena::new(None);
        for bytes in [CELL, LARGE, 1 << 20, CELL] {
            assert!(arena.provide(piece_of(order(bytes).map_or(0, |order| 1 << order))).is_some());
        }
        let arena = Arena::get();
        let block = arena.allocate(3 << 20).expect("there is room");
        assert!(Arena::room(block) >= 3 << 20);
        arena.write(block, (3 << 20) - 1, b"x");
        arena.free(block, 3 << 20);
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
