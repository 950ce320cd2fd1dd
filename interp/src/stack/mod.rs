//! The memory of a thread's stack: reserved once, used as far as it grows, never moved.

pub(crate) mod frame;

use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

use crate::value::Word;

/// Words reserved for a thread: address space only, until they are touched.
const WORDS: usize = 64 << 20;
/// Words at the end that frames leave to native functions.
const RESERVE: usize = 1 << 20;

/// A thread's stack.
pub(crate) struct Stack {
    base: *mut Word,
}

impl Stack {
    /// Reserves a stack.
    ///
    /// # Panics
    /// If the address space is exhausted.
    pub(crate) fn reserve() -> Stack {
        let (access, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE | MapFlags::NORESERVE);
        // SAFETY: a new anonymous mapping, at an address of the kernel's choice.
        let memory = unsafe { mmap_anonymous(std::ptr::null_mut(), WORDS * 8, access, flags) };
        Stack { base: memory.expect("address space for a thread's stack").cast() }
    }

    /// The first word.
    #[inline(always)]
    pub(crate) fn base(&self) -> *mut Word {
        self.base
    }

    /// One past the last word.
    pub(crate) fn end(&self) -> *mut Word {
        // SAFETY: one past the end of the mapping.
        unsafe { self.base.add(WORDS) }
    }

    /// Where slots of native functions may end before they should stop to recurse.
    #[inline(always)]
    pub(crate) fn native_limit(&self) -> *mut Word {
        // SAFETY: within the mapping.
        unsafe { self.base.add(WORDS - RESERVE / 4) }
    }

    /// Where a frame may end at the latest.
    #[inline(always)]
    pub(crate) fn frame_limit(&self) -> *mut Word {
        // SAFETY: within the mapping.
        unsafe { self.base.add(WORDS - RESERVE) }
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and the thread is done with it. Failure would leak address space, nothing worse.
        let _ = unsafe { munmap(self.base.cast(), WORDS * 8) };
    }
}
