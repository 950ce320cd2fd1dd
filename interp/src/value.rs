//! The 8-byte value.
//!
//! A [`Word`] is 64 bits whose low bits say what it is:
//!
//! | low bits | meaning                                                            |
//! |----------|--------------------------------------------------------------------|
//! | `..00`   | an integer of 62 bits, shifted left by two                         |
//! | `.01 0`, i.e. `001` | a pointer to a heap object, plus one                    |
//! | `101`    | a special: `None`, `True`, `False`, ... or "unbound"               |
//! | `.1.`, i.e. bit 1 set | a float, tagged by its own exponent                   |
//!
//! Floats are *self-tagged* (Melançon et al., OOPSLA 2025): rotating the IEEE bits left by four brings the sign and the top
//! three exponent bits to the bottom, and adding three maps the exponents that programs use (`000` zero and the tiny, `011`
//! and `100` around one, `111` infinity and NaN) to the tags 3, 6, 7, 2: exactly those with bit 1 set. So a float between
//! 2^-255 and 2^256, a zero, an infinity or a NaN costs no allocation and loses no bit; the rest live in a heap box.
//!
//! The arithmetic on words follows: two integers add as they are (`00 + 00 = 00`), and the overflow of the 64-bit addition
//! is the overflow of the 62-bit one; "both integers" is one `or` and one test, "both floats" one `and` and one test.
//!
//! `Word` is the bare bits and may dangle: it belongs to the few files that the collector trusts. Everyone else holds a
//! [`Value`], which borrows the thread's context, so that it cannot outlive a safepoint: see `ctx.rs`.

use std::marker::PhantomData;

use crate::object::{Header, HeapType, Kind};

/// The bits of a value, without any claim that what they point to is alive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Word(pub(crate) u64);

const FLOAT_OFFSET: u64 = 3;
const FLOAT_ROTATE: u32 = 4;

/// The largest integer that a word holds inline.
pub const MAX_INLINE: i64 = (1 << 61) - 1;
/// The smallest integer that a word holds inline.
pub const MIN_INLINE: i64 = -(1 << 61);

impl Word {
    /// `None`.
    pub const NONE: Word = Word(0x05);
    /// `False`.
    pub const FALSE: Word = Word(0x0d);
    /// `True`.
    pub const TRUE: Word = Word(0x15);
    /// `Ellipsis`.
    pub const ELLIPSIS: Word = Word(0x1d);
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Word = Word(0x25);
    /// No value: an unbound variable, a missing argument, a deleted entry. Never visible to scripts.
    pub const UNSET: Word = Word(0x2d);

    /// The word of an integer that fits in 62 bits.
    #[inline(always)]
    pub const fn int_unchecked(i: i64) -> Word {
        Word((i << 2) as u64)
    }

    /// The word of an integer, if it fits in 62 bits.
    #[inline(always)]
    pub const fn int(i: i64) -> Option<Word> {
        if i >= MIN_INLINE && i <= MAX_INLINE { Some(Word::int_unchecked(i)) } else { None }
    }

    /// The word of a float that can be tagged by its exponent.
    #[inline(always)]
    pub const fn float(f: f64) -> Option<Word> {
        let bits = f.to_bits().rotate_left(FLOAT_ROTATE).wrapping_add(FLOAT_OFFSET);
        if bits & 2 != 0 { Some(Word(bits)) } else { None }
    }

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Word {
        if b { Word::TRUE } else { Word::FALSE }
    }

    /// Whether this is an inline integer.
    #[inline(always)]
    pub const fn is_int(self) -> bool {
        self.0 & 3 == 0
    }

    /// Whether both are inline integers.
    #[inline(always)]
    pub const fn both_int(self, other: Word) -> bool {
        (self.0 | other.0) & 3 == 0
    }

    /// The integer; meaningless unless [`Word::is_int`].
    #[inline(always)]
    pub const fn as_int(self) -> i64 {
        self.0 as i64 >> 2
    }

    /// Whether this is an inline float.
    #[inline(always)]
    pub const fn is_float(self) -> bool {
        self.0 & 2 != 0
    }

    /// Whether both are inline floats.
    #[inline(always)]
    pub const fn both_float(self, other: Word) -> bool {
        self.0 & other.0 & 2 != 0
    }

    /// The float; meaningless unless [`Word::is_float`].
    #[inline(always)]
    pub const fn as_float(self) -> f64 {
        f64::from_bits(self.0.wrapping_sub(FLOAT_OFFSET).rotate_right(FLOAT_ROTATE))
    }

    /// Whether this points to a heap object.
    #[inline(always)]
    pub const fn is_heap(self) -> bool {
        self.0 & 7 == 1
    }

    /// Whether this is the unbound marker.
    #[inline(always)]
    pub const fn is_unset(self) -> bool {
        self.0 == Word::UNSET.0
    }

    /// Whether this is `True` or `False`.
    #[inline(always)]
    pub const fn is_bool(self) -> bool {
        self.0 == Word::TRUE.0 || self.0 == Word::FALSE.0
    }

    /// The word of a heap object.
    #[inline(always)]
    pub(crate) fn from_ptr(p: *const Header) -> Word {
        Word(p as u64 + 1)
    }

    /// The object this points to; meaningless unless [`Word::is_heap`].
    #[inline(always)]
    pub(crate) const fn ptr(self) -> *const Header {
        (self.0 - 1) as *const Header
    }
}

/// A value that is certain to be alive: it borrows the context (`'h`), and the context is borrowed mutably by everything
/// that may reach a safepoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Value<'h> {
    word: Word,
    borrow: PhantomData<&'h Header>,
}

impl<'h> Value<'h> {
    /// `None`.
    pub const NONE: Value<'static> = Value { word: Word::NONE, borrow: PhantomData };
    /// `True`.
    pub const TRUE: Value<'static> = Value { word: Word::TRUE, borrow: PhantomData };
    /// `False`.
    pub const FALSE: Value<'static> = Value { word: Word::FALSE, borrow: PhantomData };
    /// `NotImplemented`.
    pub const NOT_IMPLEMENTED: Value<'static> = Value { word: Word::NOT_IMPLEMENTED, borrow: PhantomData };
    /// `Ellipsis`.
    pub const ELLIPSIS: Value<'static> = Value { word: Word::ELLIPSIS, borrow: PhantomData };

    /// Trusts that what `word` points to stays alive for `'h`.
    ///
    /// # Safety
    /// The word must be a valid value that is reachable from a root, and no safepoint may be reached during `'h`.
    #[inline(always)]
    pub(crate) unsafe fn from_word(word: Word) -> Value<'h> {
        Value { word, borrow: PhantomData }
    }

    /// The value of an object.
    #[inline(always)]
    pub fn of<T: HeapType>(object: &'h T) -> Value<'h> {
        Value { word: Word::from_ptr(std::ptr::from_ref(object).cast()), borrow: PhantomData }
    }

    /// `True` or `False`.
    #[inline(always)]
    pub fn bool(b: bool) -> Value<'static> {
        Value { word: Word::bool(b), borrow: PhantomData }
    }

    /// A small integer; `None` if it needs more than 62 bits.
    #[inline(always)]
    pub fn small_int(i: i64) -> Option<Value<'static>> {
        Word::int(i).map(|word| Value { word, borrow: PhantomData })
    }

    /// The bits.
    #[inline(always)]
    pub(crate) fn word(self) -> Word {
        self.word
    }

    /// The header, if this is a heap object.
    #[inline(always)]
    pub fn header(self) -> Option<&'h Header> {
        // SAFETY: a `Value` points to a live object for `'h`, and every object begins with its header.
        if self.word.is_heap() { Some(unsafe { &*self.word.ptr() }) } else { None }
    }

    /// The object, if it has the layout of `T` (subclasses included).
    #[inline(always)]
    pub fn cast<T: HeapType>(self) -> Option<&'h T> {
        let header = self.header()?;
        // SAFETY: an object whose kind is `T::KIND` was allocated as a `T` (`HeapType`'s contract).
        if header.kind() == T::KIND { Some(unsafe { &*std::ptr::from_ref(header).cast::<T>() }) } else { None }
    }

    /// The kind of the object, if it is on the heap.
    #[inline(always)]
    pub fn kind(self) -> Option<Kind> {
        self.header().map(Header::kind)
    }

    /// A number that no other living object has: what `id` gives.
    pub fn identity(self) -> u64 {
        self.word.0 & !7
    }

    /// Whether this is `None`.
    #[inline(always)]
    pub fn is_none(self) -> bool {
        self.word == Word::NONE
    }

    /// Whether this is `True` or `False`.
    #[inline(always)]
    pub fn is_bool(self) -> bool {
        self.word.is_bool()
    }

    /// The inline integer; not a bool, not a big one.
    #[inline(always)]
    pub fn as_small_int(self) -> Option<i64> {
        if self.word.is_int() { Some(self.word.as_int()) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_survive_tagging() {
        for f in [0.0, -0.0, 1.0, -1.5, 0.1, 1e70, 1e-70, f64::INFINITY, f64::NEG_INFINITY, 5e-324, f64::MAX] {
            let word = Word::float(f).expect("this exponent has a tag");
            assert!(word.is_float() && !word.is_int() && !word.is_heap());
            assert_eq!(word.as_float().to_bits(), f.to_bits());
        }
        assert!(Word::float(f64::NAN).is_some_and(|w| w.as_float().is_nan()));
        assert!(Word::float(1e-100).is_none() && Word::float(1e100).is_none());
    }

    #[test]
    fn integers_have_62_bits() {
        for i in [0, 1, -1, MAX_INLINE, MIN_INLINE] {
            assert_eq!(Word::int(i).map(Word::as_int), Some(i));
        }
        assert!(Word::int(MAX_INLINE + 1).is_none() && Word::int(MIN_INLINE - 1).is_none());
    }
}
