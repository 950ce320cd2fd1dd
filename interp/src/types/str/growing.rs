//! Strings that grow: `s += t` in a loop takes time in proportion to what is appended.
//!
//! The result of appending to a long string keeps its text in a buffer with room behind it. All strings that share a
//! buffer begin where it begins, so each is a prefix of the longest. Whoever appends to the longest claims room behind it
//! and writes there; the others never look so far. Appending to a shorter one copies. So strings stay immutable, and threads
//! may append to the same string: one of them gets the room.
//!
//! A buffer whose text is not ASCII has the offsets of every 64th character behind the room for the text. Whoever writes a
//! character records its offset.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::{STRIDE, Str, record_offsets};
use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;

/// Strings shorter than this are copied: that takes no longer.
const SHORTEST: usize = 128;

/// Text that strings share.
#[repr(C)]
pub struct TextBuffer {
    header: Header,
    /// How many bytes are taken. Claimed by compare-exchange (Relaxed: a claim only keeps others out; the bytes become
    /// visible to other threads with the string that shows them).
    used: AtomicUsize,
    capacity: usize,
    /// Whether it has offsets.
    wide: bool,
}

// SAFETY: `repr(C)` with the header first; only `TextBuffer::alloc` makes objects of this kind.
unsafe impl HeapType for TextBuffer {
    const KIND: Kind = Kind::TextBuffer;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn extra_bytes(&self) -> usize {
        self.capacity
    }
}

impl TextBuffer {
    /// A buffer of which `used` bytes are taken and still to be written.
    fn alloc(cx: &Ctx, used: usize, capacity: usize, wide: bool) -> &TextBuffer {
        let capacity = capacity.next_multiple_of(4);
        let offsets = if wide { capacity.div_ceil(STRIDE) * size_of::<u32>() } else { 0 };
        cx.alloc_with(capacity + offsets, Birth::INTERNAL, |header| TextBuffer {
            header,
            used: AtomicUsize::new(used),
            capacity,
            wide,
        })
    }

    /// Where the offsets begin, if there are any.
    pub(super) fn offsets(&self) -> *mut u32 {
        // SAFETY: the end of the room for the text, which is a multiple of four.
        unsafe { self.data().add(self.capacity).cast() }
    }

    fn data(&self) -> *mut u8 {
        // SAFETY: the text lies behind the struct.
        unsafe { std::ptr::from_ref(self).add(1).cast::<u8>().cast_mut() }
    }

    /// Takes `count` bytes from `at` on, if nobody has, and there are so many.
    fn claim(&self, at: usize, count: usize) -> bool {
        at + count <= self.capacity
            && self.used.compare_exchange(at, at + count, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

impl Str {
    /// The buffer that the text is in, if it is not behind the struct.
    pub(super) fn buffer(&self) -> Option<&TextBuffer> {
        let data = self.data.get();
        if data == self.own_data() {
            return None;
        }
        // SAFETY: the text of such a string begins right behind the struct of a buffer, which the string keeps alive.
        Some(unsafe { &*data.cast::<TextBuffer>().sub(1) })
    }

    /// The parts one after the other: what follows the first is appended to it.
    pub fn concat<'h>(cx: &'h Ctx, parts: impl Iterator<Item = &'h Str> + Clone) -> &'h Str {
        let mut rest = parts.clone();
        match rest.next() {
            Some(first) if first.bytes >= SHORTEST => Str::append(cx, first, Str::copied(cx, rest)),
            _ => Str::copied(cx, parts),
        }
    }

    /// The text and what is appended to it.
    pub fn append<'h>(cx: &'h Ctx, text: &'h Str, more: &'h Str) -> &'h Str {
        let (bytes, chars) = (text.bytes + more.bytes, text.len() + more.len());
        if text.bytes < SHORTEST.max(more.bytes) || bytes > u32::MAX as usize {
            return Str::copied(cx, [text, more].into_iter());
        }
        let wide = bytes != chars;
        let own = text.buffer().filter(|buffer| buffer.wide || !wide);
        let buffer = match own {
            Some(buffer) if buffer.claim(text.bytes, more.bytes) => buffer,
            _ => {
                let buffer = TextBuffer::alloc(cx, bytes, bytes + bytes / 2, wide);
                // SAFETY: the buffer has room for both texts and their offsets, and nobody else knows it.
                unsafe {
                    std::ptr::copy_nonoverlapping(text.data.get(), buffer.data(), text.bytes);
                    if wide {
                        record_offsets(text.as_str(), 0, 0, buffer.offsets());
                    }
                }
                buffer
            }
        };
        // SAFETY: the bytes behind the text were claimed, or the buffer is new; no string shows them yet, nor the characters
        // in them.
        unsafe {
            std::ptr::copy_nonoverlapping(more.data.get(), buffer.data().add(text.bytes), more.bytes);
            if buffer.wide {
                record_offsets(more.as_str(), text.bytes, text.len(), buffer.offsets());
            }
        }
        cx.alloc(Builtin::Str, |header| Str {
            header: header.with_aux(chars as u32),
            hash: AtomicU64::new(0),
            bytes,
            data: Cell::new(buffer.data()),
        })
    }
}
