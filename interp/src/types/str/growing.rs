//! Strings and bytes that grow: `s += t` in a loop takes time in proportion to what is added, and so does `s = t + s`.
//!
//! The result of adding to a long text lies in a buffer with room behind it, or before it. All texts that share a buffer begin
//! where it begins, so each is a prefix of the longest (or end where it ends, if the room is before them). Whoever adds to the
//! longest claims room beside it and writes there; the others never look so far. Adding to a shorter one copies. So texts
//! stay immutable, and threads may add to the same one: one of them gets the room.
//!
//! A buffer whose text is not ASCII has the offsets of every 64th character behind the room for the text. Whoever writes a
//! character records its offset. Such texts grow only at the end: in front, all offsets would change.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use super::{STRIDE, Str, record_offsets};
use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;

/// Texts shorter than this are copied: that takes no longer.
pub const SHORTEST: usize = 128;

/// Text or bytes that objects share.
#[repr(C)]
pub struct TextBuffer {
    header: Header,
    /// How many bytes are taken. Claimed by compare-exchange (Relaxed: a claim only keeps others out; the bytes become
    /// visible to other threads with the object that shows them).
    used: AtomicUsize,
    capacity: usize,
    /// Whether it has offsets.
    wide: bool,
    /// Whether the room is before the text.
    front: bool,
}

// SAFETY: `repr(C)` with the header first; only `TextBuffer::alloc` makes objects of this kind.
unsafe impl HeapType for TextBuffer {
    const KIND: Kind = Kind::TextBuffer;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}

    fn extra_bytes(&self) -> usize {
        self.capacity + offsets_size(self.capacity, self.wide)
    }
}

/// Bytes of the offsets of a buffer.
fn offsets_size(capacity: usize, wide: bool) -> usize {
    if wide { capacity.div_ceil(STRIDE) * size_of::<u32>() } else { 0 }
}

/// What [`TextBuffer::grown`] made of a text.
pub struct Grown<'h> {
    /// Where it lies now.
    pub buffer: &'h TextBuffer,
    /// Where it begins.
    pub data: *const u8,
    /// Whether the buffer is new.
    fresh: bool,
}

impl TextBuffer {
    /// A buffer of which `used` bytes are taken and still to be written.
    fn alloc(cx: &Ctx, used: usize, capacity: usize, wide: bool, front: bool) -> &TextBuffer {
        let capacity = capacity.next_multiple_of(4);
        cx.alloc_with(capacity + offsets_size(capacity, wide), Birth::INTERNAL, |header| TextBuffer {
            header,
            used: AtomicUsize::new(used),
            capacity,
            wide,
            front,
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

    /// Takes `count` bytes beside the `at` bytes of a text, if nobody has, and there are so many.
    fn claim(&self, at: usize, count: usize) -> bool {
        at + count <= self.capacity
            && self.used.compare_exchange(at, at + count, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }

    /// Where a text of some bytes lies.
    fn place(&self, bytes: usize) -> *mut u8 {
        let at = if self.front { self.capacity - bytes } else { 0 };
        // SAFETY: no text has more bytes than there is room for.
        unsafe { self.data().add(at) }
    }

    /// Adds `more` to a text, in front of it or behind it: in the buffer where it is if that grows so and has room, or in a new
    /// one.
    pub fn grown<'h>(
        cx: &'h Ctx,
        text: &[u8],
        own: Option<&'h TextBuffer>,
        more: &[u8],
        wide: bool,
        front: bool,
    ) -> Grown<'h> {
        let bytes = text.len() + more.len();
        let own = own.filter(|own| own.front == front && (own.wide || !wide) && own.claim(text.len(), more.len()));
        let buffer = own.unwrap_or_else(|| TextBuffer::alloc(cx, bytes, bytes + bytes / 2, wide, front));
        if own.is_none() {
            // SAFETY: the buffer has room for both, and nobody else knows it.
            unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), buffer.place(text.len()), text.len()) };
        }
        let data = buffer.place(bytes);
        // SAFETY: the bytes beside the text were claimed, or the buffer is new; nothing shows them yet.
        unsafe {
            let to = if front { data } else { data.add(text.len()) };
            std::ptr::copy_nonoverlapping(more.as_ptr(), to, more.len());
        }
        Grown { buffer, data, fresh: own.is_none() }
    }
}

impl Str {
    /// The buffer that the text is in, if it is not behind the struct.
    pub(super) fn buffer(&self) -> Option<&TextBuffer> {
        if self.data.get() == self.own_data() {
            return None;
        }
        // SAFETY: behind the struct of such a string lies a reference to its buffer, which the string keeps alive.
        Some(unsafe { *self.own_data().cast::<&TextBuffer>() })
    }

    /// The parts one after the other: the others are added to the first or the last, if that is long.
    pub fn concat<'h>(cx: &'h Ctx, parts: impl DoubleEndedIterator<Item = &'h Str> + Clone) -> &'h Str {
        let (mut rest, mut start) = (parts.clone(), parts.clone());
        let ends = (rest.next(), start.next_back());
        if [ends.0, ends.1].into_iter().flatten().all(|part| part.bytes < SHORTEST) {
            return Str::copied(cx, parts);
        }
        let half = parts.clone().map(|part| part.bytes).sum::<usize>() / 2;
        let long = |part: Option<&'h Str>| part.filter(|part| part.bytes >= half.max(SHORTEST));
        match (long(ends.0), long(ends.1)) {
            (Some(first), _) => Str::append(cx, first, Str::copied(cx, rest)),
            (None, Some(last)) => Str::append(cx, Str::copied(cx, start), last),
            (None, None) => Str::copied(cx, parts),
        }
    }

    /// The text and what is appended to it.
    pub fn append<'h>(cx: &'h Ctx, text: &'h Str, more: &'h Str) -> &'h Str {
        let (bytes, chars) = (text.bytes + more.bytes, text.len() + more.len());
        let (front, wide) = (more.bytes > text.bytes, bytes != chars);
        let (long, short) = if front { (more, text) } else { (text, more) };
        if long.bytes < SHORTEST || front && wide || bytes > u32::MAX as usize {
            return Str::copied(cx, [text, more].into_iter());
        }
        let Grown { buffer, data, fresh } =
            TextBuffer::grown(cx, long.as_str().as_bytes(), long.buffer(), short.as_str().as_bytes(), wide, front);
        if buffer.wide {
            // SAFETY: a buffer that has offsets has room for those of all its text, and no other string shows these characters.
            unsafe {
                if fresh {
                    record_offsets(text.as_str(), 0, 0, buffer.offsets());
                }
                record_offsets(more.as_str(), text.bytes, text.len(), buffer.offsets());
            }
        }
        let string = cx.alloc_with(size_of::<&TextBuffer>(), Builtin::Str, |header| Str {
            header: header.with_aux(chars as u32),
            hash: AtomicU64::new(0),
            bytes,
            data: Cell::new(data),
        });
        // SAFETY: there is room for the reference behind the struct.
        unsafe { string.own_data().cast_mut().cast::<&TextBuffer>().write(buffer) };
        string
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Library};
    use crate::interp::Interpreter;
    use crate::lock::LockMode;
    use crate::types::bytes::Bytes;

    /// How many buffers a text goes through that is added to 10,000 times.
    fn buffers<'h, T>(add: impl Fn(&'h T) -> &'h T, first: &'h T, buffer: fn(&T) -> Option<&TextBuffer>) -> usize {
        let (mut text, mut count, mut last) = (first, 0, std::ptr::null());
        for _ in 0..10_000 {
            text = add(text);
            let now = buffer(text).map_or(std::ptr::null(), std::ptr::from_ref);
            count += usize::from(now != last);
            last = now;
        }
        count
    }

    #[test]
    fn a_text_that_grows_is_copied_now_and_then() {
        let config = Config::new(LockMode::Gil, &Library::EMPTY);
        let cx: &Ctx = &Interpreter::start(config, 1 << 20);
        let str = |text| Str::build(cx, Builtin::Str.into(), text);
        let bytes = Bytes::build(cx, Builtin::Bytes.into(), b"ab");
        let (ascii, wide) = (str("ab"), str("жы"));
        let counts = [
            buffers(|text| Str::append(cx, text, ascii), ascii, Str::buffer),
            buffers(|text| Str::append(cx, text, wide), ascii, Str::buffer),
            buffers(|text| Str::append(cx, ascii, text), ascii, Str::buffer),
            buffers(|text| Str::concat(cx, [text, ascii, wide].into_iter()), ascii, Str::buffer),
            buffers(|text| Str::concat(cx, [ascii, ascii, text].into_iter()), ascii, Str::buffer),
            buffers(|text| Bytes::append(cx, text, bytes), bytes, Bytes::buffer),
            buffers(|text| Bytes::append(cx, bytes, text), bytes, Bytes::buffer),
        ];
        assert!(counts.iter().all(|count| (1..20).contains(count)), "{counts:?}");
    }
}
