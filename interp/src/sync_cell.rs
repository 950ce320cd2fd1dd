//! Cells to wait on: the one mechanism under locks, semaphores, events and conditions, in every lock mode.
//!
//! A cell is a cache line of 32-bit words in a shared mapping. A word is waited on and woken with a futex, so the same cell
//! works between threads and between processes: a worker process maps the same memory, and a lock that travels to it
//! travels as the cell's index. Waiting detaches.
//!
//! Each word's users pair like this: whoever changes a word that others wait for stores with Release and then wakes; whoever
//! waits loads with Acquire, and the kernel compares the word again before it sleeps.

use std::fs::File;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use rustix::mm::{MapFlags, ProtFlags, mmap};
use rustix::thread::futex;

use crate::ctx::{Ctx, Res};

/// Words of a cell.
pub const WORDS: usize = 16;
/// Cells in the mapping: address space, until they are used.
const CELLS: usize = 1 << 18;
const BYTES: usize = CELLS * WORDS * 4;
/// The longest that a thread sleeps before it looks for a reason to stop.
const LOOK: Duration = Duration::from_secs(3600);

/// The mapping that all cells of a process, and of its workers, lie in. A process has one, because a worker inherits it.
struct Arena {
    base: *const AtomicU32,
    memory: OwnedFd,
    /// Cells that this process made and gave back.
    free: Mutex<Vec<u32>>,
}

// SAFETY: the memory is atomics, mapped for the life of the process.
unsafe impl Send for Arena {}
// SAFETY: the same.
unsafe impl Sync for Arena {}

static ARENA: OnceLock<Arena> = OnceLock::new();

impl Arena {
    fn create() -> std::io::Result<Arena> {
        let memory = rustix::fs::memfd_create("argil-sync", rustix::fs::MemfdFlags::empty())?;
        rustix::fs::ftruncate(&memory, BYTES as u64)?;
        Arena::map(memory)
    }

    fn map(memory: OwnedFd) -> std::io::Result<Arena> {
        let protection = ProtFlags::READ | ProtFlags::WRITE;
        // SAFETY: a new shared mapping of a file that is as long, at an address of the kernel's choice.
        let base = unsafe { mmap(std::ptr::null_mut(), BYTES, protection, MapFlags::SHARED, &memory, 0)? };
        Ok(Arena { base: base.cast(), memory, free: Mutex::new(Vec::new()) })
    }

    fn get() -> &'static Arena {
        ARENA.get_or_init(|| Arena::create().expect("anonymous shared memory"))
    }
}

/// Adopts the mapping of the process that started this one. Called once, before any cell is used.
///
/// # Errors
/// If the file cannot be mapped.
pub fn adopt(memory: File) -> std::io::Result<()> {
    let arena = Arena::map(memory.into())?;
    if ARENA.set(arena).is_err() {
        return Err(std::io::Error::other("the process already uses synchronisation cells"));
    }
    Ok(())
}

/// The file behind the mapping, for a worker to inherit.
pub fn memory() -> impl AsFd {
    Arena::get().memory.as_fd()
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    /// The word has, or had, another value; or a signal came.
    Look,
    /// The time is up.
    TimedOut,
}

/// A cell. Dropping it gives the cell back, unless it was adopted from, or sent to, another process.
#[derive(Debug)]
pub struct SyncCell {
    index: u32,
    owned: std::sync::atomic::AtomicBool,
}

impl SyncCell {
    /// A cell of zeroes.
    ///
    /// # Panics
    /// If a quarter of a million cells are in use.
    pub fn new() -> SyncCell {
        let arena = Arena::get();
        let index = arena.free.lock().pop().unwrap_or_else(|| {
            // Word 0 of the mapping counts the cells ever made, by all processes (Relaxed: only uniqueness matters).
            // SAFETY: the mapping is longer than one word.
            unsafe { (*arena.base).fetch_add(1, Ordering::Relaxed) + 1 }
        });
        assert!((index as usize) < CELLS, "too many locks");
        let cell = SyncCell { index, owned: std::sync::atomic::AtomicBool::new(true) };
        for word in 0..WORDS {
            cell.word(word).store(0, Ordering::Relaxed);
        }
        cell
    }

    /// The cell of this index, which another process made.
    pub fn adopt(index: u32) -> SyncCell {
        SyncCell { index: index.min(CELLS as u32 - 1), owned: std::sync::atomic::AtomicBool::new(false) }
    }

    /// The index, to send to another process; from then on the cell is never given back.
    pub fn share(&self) -> u32 {
        self.owned.store(false, Ordering::Relaxed);
        self.index
    }

    /// The index, for the same process; the cell stays this object's.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// One of the words.
    #[inline]
    pub fn word(&self, word: usize) -> &AtomicU32 {
        assert!(word < WORDS);
        // SAFETY: the index lies in the mapping, and the word in the cell.
        unsafe { &*Arena::get().base.add(self.index as usize * WORDS + word) }
    }

    /// Sleeps while the word has the value `expected`, at most until `deadline`; off the lock.
    ///
    /// # Errors
    /// KeyboardInterrupt, or whatever else a safepoint raises.
    pub fn wait(&self, cx: &mut Ctx, word: usize, expected: u32, deadline: Option<Instant>) -> Res<Waited> {
        cx.poll()?;
        let address = self.word(word);
        let limit = match deadline {
            Some(deadline) => deadline.saturating_duration_since(Instant::now()),
            None => LOOK,
        };
        if limit.is_zero() {
            return Ok(Waited::TimedOut);
        }
        let timeout = futex::Timespec { tv_sec: limit.as_secs() as i64, tv_nsec: limit.subsec_nanos().into() };
        let result = cx.detached(|| futex::wait(address, futex::Flags::empty(), expected, Some(&timeout)));
        cx.poll()?;
        match result {
            Err(rustix::io::Errno::TIMEDOUT) if deadline.is_some() => Ok(Waited::TimedOut),
            _ => Ok(Waited::Look),
        }
    }

    /// Wakes up to `count` threads that wait on the word.
    pub fn wake(&self, word: usize, count: u32) {
        // The kernel takes the count as signed: what looks negative would wake one. A failure would mean that the address
        // is bad, which it is not.
        let _ = futex::wake(self.word(word), futex::Flags::empty(), count.min(i32::MAX.cast_unsigned()));
    }
}

impl Default for SyncCell {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for SyncCell {
    fn drop(&mut self) {
        if self.owned.load(Ordering::Relaxed) {
            Arena::get().free.lock().push(self.index);
        }
    }
}
