//! Frames: a header of five words, then the registers.
//!
//! | word  | meaning                                                                     |
//! |-------|-----------------------------------------------------------------------------|
//! | -5    | the constants of the running code                                           |
//! | -4    | a [`Then`]: what happens to the result                                      |
//! | -3    | the caller's registers                                                      |
//! | -2    | where this frame stands, saved when it calls                                |
//! | -1    | the function                                                                |
//!
//! All but the last are aligned pointers or shifted numbers, so they look like small integers to the collector.

use crate::ctx::Ctx;
use crate::types::function::Function;
use crate::value::{Value, Word};
use crate::vm::code::{CodeObject, Instrs};

/// Words before the first register.
pub const HEADER_WORDS: usize = 5;

/// What happens to a frame's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub(crate) enum Then {
    /// It goes into register `a` of the caller's instruction.
    Store = 0,
    /// The Rust code that entered the loop gets it.
    Leave = 1,
    /// It must be None; the caller's register `a` already holds the new object.
    Constructed = 2,
    /// The frame is a generator's; what it yields is the next element for the caller's `for`.
    Iterate = 3,
    /// The frame is a generator's; the caller delegates to it with `yield from`.
    Delegate = 4,
    /// The frame is a generator's; the Rust code that entered the loop resumed it.
    Resumed = 5,
}

/// A frame, by its registers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Frame(pub(crate) *mut Word);

impl Frame {
    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn function<'h>(self) -> Value<'h> {
        // SAFETY: word -1 of a frame is the function.
        unsafe { Value::from_word(*self.0.sub(1)) }
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn code(self, cx: &Ctx) -> &CodeObject {
        // SAFETY: the caller's promise.
        unsafe { self.function() }.cast::<Function>().expect("a frame runs a function").code(cx)
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn pc(self) -> *const Instrs {
        // SAFETY: word -2 of a frame.
        unsafe { (*self.0.sub(2)).0 as *const Instrs }
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn set_pc(self, pc: *const Instrs) {
        // SAFETY: word -2 of a frame.
        unsafe { *self.0.sub(2) = Word(pc as u64) };
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn caller(self) -> Frame {
        // SAFETY: word -3 of a frame.
        Frame(unsafe { (*self.0.sub(3)).0 as *mut Word })
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn then_word(self) -> u64 {
        // SAFETY: word -4 of a frame.
        unsafe { (*self.0.sub(4)).0 }
    }

    /// # Safety
    /// The frame must be in use.
    pub(crate) unsafe fn then(self) -> Then {
        // SAFETY: word -4 of a frame holds a `Then`.
        match unsafe { self.then_word() } >> 2 {
            0 => Then::Store,
            1 => Then::Leave,
            2 => Then::Constructed,
            3 => Then::Iterate,
            4 => Then::Delegate,
            _ => Then::Resumed,
        }
    }

    /// # Safety
    /// The frame must be in use.
    #[inline(always)]
    pub(crate) unsafe fn pool(self) -> *const Word {
        // SAFETY: word -5 of a frame.
        unsafe { (*self.0.sub(5)).0 as *const Word }
    }

    /// Writes the header.
    ///
    /// # Safety
    /// The words must belong to the frame.
    #[inline(always)]
    pub(crate) unsafe fn init(self, function: Word, caller: Frame, then: Then, pool: *const Word) {
        // SAFETY: the caller's promise.
        unsafe {
            *self.0.sub(1) = function;
            *self.0.sub(2) = Word(0);
            *self.0.sub(3) = Word(caller.0 as u64);
            *self.0.sub(4) = Word((then as u64) << 2);
            *self.0.sub(5) = Word(pool as u64);
        }
    }
}
