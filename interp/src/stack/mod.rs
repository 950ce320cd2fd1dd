//! The memory of a thread's stack: reserved once, used as far as it grows, never moved.
//!
//! It is address space only, until it is touched. Where there is little of that (`ulimit -v`), a smaller stack must do.

pub(crate) mod dead;
pub(crate) mod frame;

use rustix::mm::{MapFlags, ProtFlags, mmap_anonymous, munmap};

use crate::value::Word;

/// Bytes of the largest and the smallest stack.
const MOST: usize = 512 << 20;
const LEAST: usize = 1 << 20;

/// A thread's stack.
pub(crate) struct Stack {
    base: *mut Word,
    words: usize,
    frame_limit: *mut Word,
}

// SAFETY: the memory belongs to whoever has the stack.
unsafe impl Send for Stack {}

/// New memory of this size.
fn map(bytes: usize) -> Option<*mut Word> {
    let (access, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE | MapFlags::NORESERVE);
    // SAFETY: a new anonymous mapping, at an address of the kernel's choice.
    unsafe { mmap_anonymous(std::ptr::null_mut(), bytes, access, flags) }.ok().map(<*mut _>::cast)
}

/// The largest size from `most` downwards, by halves, of which the process has four times as much address space left; `least`
/// if it never has.
pub fn size_that_leaves_room(most: usize, least: usize) -> usize {
    let mut bytes = most;
    while bytes > least {
        if let Some(room) = map(4 * bytes) {
            // SAFETY: mapped above. Failure would leak address space, nothing worse.
            let _ = unsafe { munmap(room.cast(), 4 * bytes) };
            return bytes;
        }
        bytes /= 2;
    }
    least
}

impl Stack {
    /// Reserves a stack; `None` if the address space is exhausted.
    pub(crate) fn reserve() -> Option<Stack> {
        let bytes = size_that_leaves_room(MOST, LEAST);
        let (base, words) = (map(bytes)?, bytes / size_of::<Word>());
        // Frames leave the last part to native functions.
        let frame_limit = base.wrapping_add(words - words / 64);
        Some(Stack { base, words, frame_limit })
    }

    /// The first word.
    #[inline(always)]
    pub(crate) fn base(&self) -> *mut Word {
        self.base
    }

    /// One past the last word.
    #[inline(always)]
    pub(crate) fn end(&self) -> *mut Word {
        self.base.wrapping_add(self.words)
    }

    /// Whether an address lies in the stack.
    pub(crate) fn holds(&self, address: *const Word) -> bool {
        (self.base.cast_const()..self.end().cast_const()).contains(&address)
    }

    /// Where slots of native functions may end before they should stop to recurse.
    #[inline(always)]
    pub(crate) fn native_limit(&self) -> *mut Word {
        self.base.wrapping_add(self.words - self.words / 256)
    }

    /// Where a frame may end at the latest.
    #[inline(always)]
    pub(crate) fn frame_limit(&self) -> *mut Word {
        self.frame_limit
    }
}

impl Drop for Stack {
    fn drop(&mut self) {
        // SAFETY: the mapping is ours, and the thread is done with it. Failure would leak address space, nothing worse.
        let _ = unsafe { munmap(self.base.cast(), self.words * size_of::<Word>()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_shrinks_to_what_leaves_room() {
        assert_eq!(size_that_leaves_room(1 << 20, 1 << 10), 1 << 20);
        assert!(size_that_leaves_room(1 << 50, 1 << 20) < 1 << 46);
    }
}
