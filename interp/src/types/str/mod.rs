//! Strings: UTF-8 behind the header, whose `aux` counts the characters.
//!
//! A string whose bytes are as many as its characters is ASCII and indexed directly. Any other carries, behind its text, the
//! byte offset of every 64th character, so that indexing takes bounded time. Immutable after creation. A string that was
//! appended to may have its text elsewhere: see `growing.rs`.

pub mod case;
pub mod convert;
pub mod growing;
pub mod justify;
pub mod search;
pub mod split;
pub mod unicode;

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::memory;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::Value;

/// Characters between two recorded offsets.
const STRIDE: usize = 64;

/// A string.
#[repr(C)]
pub struct Str {
    header: Header,
    /// The hash, or 0 while nobody has asked. Relaxed: every thread computes the same.
    hash: AtomicU64,
    bytes: usize,
    /// Where the text is: behind the struct, or in a [`growing::TextBuffer`]. Written once, by the creator.
    data: Cell<*const u8>,
}

// SAFETY: `repr(C)` with the header first; only `Str::assemble` makes objects of this kind.
unsafe impl HeapType for Str {
    const KIND: Kind = Kind::Str;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        if let Some(buffer) = self.buffer() {
            tracer.value(Value::of(buffer));
        }
    }

    fn extra_bytes(&self) -> usize {
        // Null while a string with its text behind the struct is being made.
        let elsewhere = !self.data.get().is_null() && self.data.get() != self.own_data();
        if elsewhere {
            return size_of::<&growing::TextBuffer>();
        }
        self.bytes.next_multiple_of(4) + offsets_size(self.bytes, self.len())
    }
}

/// Bytes of the recorded offsets of a text.
fn offsets_size(bytes: usize, chars: usize) -> usize {
    if bytes == chars { 0 } else { chars.div_ceil(STRIDE) * 4 }
}

/// Records the offsets of those characters of `text` that are each 64th of a string in which `text` is preceded by `chars`
/// characters in `bytes` bytes.
///
/// # Safety
/// Behind `offsets` there is room for as many offsets as the string needs up to the end of `text`, which no other thread
/// reads from this place on.
unsafe fn record_offsets(text: &str, bytes: usize, chars: usize, offsets: *mut u32) {
    let first = chars.next_multiple_of(STRIDE);
    let recorded = text.char_indices().skip(first - chars).step_by(STRIDE);
    for (place, (offset, _)) in (first / STRIDE..).zip(recorded) {
        // SAFETY: the caller's promise.
        unsafe { offsets.add(place).write((bytes + offset) as u32) };
    }
}

fn count_chars(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

impl Str {
    /// A string of a given class.
    pub fn build<'h>(cx: &'h Ctx, birth: Birth, text: &str) -> &'h Str {
        Str::assemble(cx, birth, text.len(), count_chars(text), std::iter::once(text))
    }

    /// The parts one after the other, copied once.
    fn copied<'h, 'p>(cx: &'h Ctx, parts: impl Iterator<Item = &'p Str> + Clone) -> &'h Str {
        let (bytes, chars) = parts.clone().fold((0, 0), |sum, part| (sum.0 + part.bytes, sum.1 + part.len()));
        Str::assemble(cx, Builtin::Str.into(), bytes, chars, parts.map(Str::as_str))
    }

    /// The parts with a separator between them, copied once.
    pub fn join<'h>(cx: &'h Ctx, separator: &Str, parts: &[&Str]) -> &'h Str {
        let gaps = parts.len().saturating_sub(1);
        let (bytes, chars) = parts.iter().fold((separator.bytes * gaps, separator.len() * gaps), |sum, part| {
            (sum.0 + part.bytes, sum.1 + part.len())
        });
        let texts = parts.iter().enumerate().flat_map(|(i, part)| {
            let gap = if i == 0 { "" } else { separator.as_str() };
            [gap, part.as_str()]
        });
        Str::assemble(cx, Builtin::Str.into(), bytes, chars, texts)
    }

    /// The text `count` times.
    pub fn repeat<'h>(cx: &'h Ctx, text: &Str, count: usize) -> Value<'h> {
        let Some(bytes) = text.bytes.checked_mul(count) else { memory::refuse() };
        if bytes == 1 {
            return cx.str(text.as_str());
        }
        // A short text is copied many times at once.
        let several = text.as_str().repeat((4096 / text.bytes.max(1)).clamp(1, count.max(1)));
        let (whole, rest) = if text.bytes == 0 { (0, 0) } else { (bytes / several.len(), bytes % several.len()) };
        let texts = std::iter::repeat_n(several.as_str(), whole).chain(std::iter::once(&several[..rest]));
        Value::of(Str::assemble(cx, Builtin::Str.into(), bytes, text.len() * count, texts))
    }

    /// A string of parts whose bytes and characters have been counted. Unwinds if it is longer than any string can be.
    fn assemble<'h, 'p>(
        cx: &'h Ctx,
        birth: Birth,
        bytes: usize,
        chars: usize,
        parts: impl Iterator<Item = &'p str>,
    ) -> &'h Str {
        // The header counts characters, and the offsets count bytes, in 32 bits.
        if bytes.max(chars) > u32::MAX as usize {
            memory::refuse();
        }
        let padded = bytes.next_multiple_of(4);
        let string = cx.alloc_with(padded + offsets_size(bytes, chars), birth, |header| Str {
            header: header.with_aux(chars as u32),
            hash: AtomicU64::new(0),
            bytes,
            data: Cell::new(std::ptr::null()),
        });
        string.data.set(string.own_data());
        let mut at = 0;
        for part in parts {
            assert!(part.len() <= bytes - at, "the parts are as long as they were counted");
            // SAFETY: the allocation has room for `bytes` bytes, and the part ends within them.
            unsafe {
                std::ptr::copy_nonoverlapping(part.as_ptr(), string.own_data().cast_mut().add(at), part.len());
            }
            at += part.len();
        }
        assert!(at == bytes, "the parts are as long as they were counted");
        if chars != bytes {
            // SAFETY: behind the text, padded to four bytes, there is room for an offset for every 64th character.
            unsafe { record_offsets(string.as_str(), 0, 0, string.own_data().cast_mut().add(padded).cast()) };
        }
        string
    }

    /// The text.
    #[inline(always)]
    pub fn as_str(&self) -> &str {
        // SAFETY: the creator copied that many bytes of `str`s there.
        unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(self.data.get(), self.bytes)) }
    }

    /// Where the bytes behind the struct begin.
    #[inline(always)]
    fn own_data(&self) -> *const u8 {
        // SAFETY: one past the struct, within the allocation or at its end.
        unsafe { std::ptr::from_ref(self).add(1).cast() }
    }

    /// How many characters there are.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.header.aux() as usize
    }

    /// Whether there is no character.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Whether every character is ASCII.
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.bytes == self.len()
    }

    /// The byte offset of a character, which may be one past the last.
    pub fn byte_offset(&self, index: usize) -> usize {
        if self.is_ascii() {
            return index.min(self.bytes);
        }
        if index >= self.len() {
            return self.bytes;
        }
        let base = self.offsets()[index / STRIDE] as usize;
        let rest = &self.as_str()[base..];
        base + rest.char_indices().nth(index % STRIDE).map_or(rest.len(), |(at, _)| at)
    }

    /// The byte offsets of every 64th character of a string that is not ASCII.
    fn offsets(&self) -> &[u32] {
        debug_assert!(!self.is_ascii());
        let first = match self.buffer() {
            Some(buffer) => buffer.offsets(),
            // SAFETY: such a string has its offsets behind its padded text.
            None => unsafe { self.own_data().add(self.bytes.next_multiple_of(4)).cast() },
        };
        // SAFETY: whoever made the string recorded so many offsets there.
        unsafe { std::slice::from_raw_parts(first, self.len().div_ceil(STRIDE)) }
    }

    /// The character index of a byte offset that lies on a boundary.
    pub fn char_index(&self, offset: usize) -> usize {
        if self.is_ascii() {
            return offset;
        }
        let offsets = self.offsets();
        let place = offsets.partition_point(|&recorded| recorded as usize <= offset) - 1;
        place * STRIDE + self.as_str()[offsets[place] as usize..offset].chars().count()
    }

    /// The text from one character index up to another.
    pub fn slice(&self, start: usize, stop: usize) -> &str {
        &self.as_str()[self.byte_offset(start)..self.byte_offset(stop.max(start))]
    }

    /// The hash; never 0.
    #[inline(always)]
    pub fn hash(&self) -> i64 {
        let known = self.hash.load(Ordering::Relaxed);
        if known != 0 { known as i64 } else { self.compute_hash() }
    }

    #[cold]
    fn compute_hash(&self) -> i64 {
        let hash = hash_text(self.as_str().as_bytes());
        self.hash.store(hash as u64, Ordering::Relaxed);
        hash
    }
}

/// What the hashes of texts begin with: one for all interpreters of a process, since texts cross between them with their hashes.
static HASH_SEED: OnceLock<u64> = OnceLock::new();

/// Sets what the hashes of texts begin with. The first interpreter of the process does, before it makes a text.
pub fn set_hash_seed(seed: u64) {
    HASH_SEED.get_or_init(|| seed);
}

fn hash_seed() -> u64 {
    HASH_SEED.get().copied().unwrap_or(0)
}

/// The hash of a string's or bytes object's contents: 0 if there are none, never -1.
pub fn hash_text(bytes: &[u8]) -> i64 {
    use std::hash::{BuildHasher, Hasher};
    if bytes.is_empty() {
        return 0;
    }
    let mut hasher = foldhash::fast::FixedState::with_seed(hash_seed()).build_hasher();
    hasher.write(bytes);
    match hasher.finish() as i64 {
        0 => 1,
        -1 => -2,
        hash => hash,
    }
}

impl Ctx {
    /// The value of a string.
    pub fn str(&self, text: &str) -> Value<'_> {
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            return self.char(c);
        }
        Value::of(Str::build(self, Builtin::Str.into(), text))
    }

    /// The value of a string of one character; ASCII ones are made once.
    pub fn char(&self, c: char) -> Value<'_> {
        match self.interp().ascii_char(self, c) {
            Some(value) => value,
            None => Value::of(Str::build(self, Builtin::Str.into(), c.encode_utf8(&mut [0; 4]))),
        }
    }
}

impl<'h> Value<'h> {
    /// The text, if this is a string.
    #[inline(always)]
    pub fn as_str(self) -> Option<&'h str> {
        self.cast::<Str>().map(Str::as_str)
    }
}
