//! Integers: words up to 62 bits, `dashu` beyond, and instances of int subclasses.

pub mod methods;

use dashu_int::IBig;
use dashu_int::ops::DivRem;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::{Value, Word};

/// An integer that a word does not hold.
#[repr(C)]
pub struct BigInt {
    header: Header,
    /// The number; never one that fits in a word.
    pub number: IBig,
}

// SAFETY: `repr(C)` with the header first; only `Ctx::big_int` makes objects of this kind.
unsafe impl HeapType for BigInt {
    const KIND: Kind = Kind::BigInt;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

/// An instance of a subclass of int: the plain integer is a value of its own.
#[repr(C)]
pub struct IntBox {
    header: Header,
    /// The plain integer.
    pub number: Field,
}

// SAFETY: `repr(C)` with the header first; only `IntBox::build` makes objects of this kind.
unsafe impl HeapType for IntBox {
    const KIND: Kind = Kind::IntBox;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.number);
    }
}

impl IntBox {
    /// An instance of a subclass of int.
    pub(crate) fn build<'h>(cx: &'h Ctx, birth: Birth, number: Value<'h>) -> &'h IntBox {
        cx.alloc(birth, |header| IntBox { header, number: Field::new(number) })
    }
}

/// An integer of any size, borrowed from a value.
#[derive(Clone, Copy)]
pub enum Int<'h> {
    /// One that fits in a word, or a bool.
    Small(i64),
    /// A larger one.
    Big(&'h IBig),
}

impl Int<'_> {
    /// The number as a big integer.
    pub fn to_big(self) -> IBig {
        match self {
            Int::Small(i) => IBig::from(i),
            Int::Big(big) => big.clone(),
        }
    }

    /// The number, if it fits in 64 bits.
    pub fn to_i64(self) -> Option<i64> {
        match self {
            Int::Small(i) => Some(i),
            Int::Big(big) => i64::try_from(big).ok(),
        }
    }

    /// The nearest float; infinite if it is out of range.
    pub fn to_f64(self) -> f64 {
        match self {
            Int::Small(i) => i as f64,
            Int::Big(big) => big.to_f64().value(),
        }
    }
}

impl Ctx {
    /// The value of an integer.
    #[inline(always)]
    pub fn int(&self, number: i64) -> Value<'_> {
        match Value::small_int(number) {
            Some(value) => value,
            None => self.big_int(IBig::from(number)),
        }
    }

    /// The value of an unsigned or pointer-sized number.
    pub fn uint(&self, number: u64) -> Value<'_> {
        match i64::try_from(number) {
            Ok(number) => self.int(number),
            Err(_) => self.big_int(IBig::from(number)),
        }
    }

    /// The value of an integer of any size.
    #[cold]
    pub fn big_int(&self, number: IBig) -> Value<'_> {
        if let Some(word) = i64::try_from(&number).ok().and_then(Word::int) {
            // SAFETY: an inline integer refers to nothing.
            return unsafe { Value::from_word(word) };
        }
        Value::of(self.alloc(Builtin::Int, |header| BigInt { header, number }))
    }
}

impl<'h> Value<'h> {
    /// The integer, if this is one: an int, a bool, or an instance of a subclass of int.
    #[inline]
    pub fn as_int(self) -> Option<Int<'h>> {
        if self.word().is_int() {
            return Some(Int::Small(self.word().as_int()));
        }
        if self.word() == Word::TRUE {
            return Some(Int::Small(1));
        }
        if self.word() == Word::FALSE {
            return Some(Int::Small(0));
        }
        if let Some(big) = self.cast::<BigInt>() {
            return Some(Int::Big(&big.number));
        }
        let word = self.cast::<IntBox>()?.number.load();
        // SAFETY: the box holds the number for as long as it lives itself.
        unsafe { Value::from_word(word) }.as_int()
    }
}

/// Quotient rounded down and remainder with the sign of the divisor, which is not zero.
pub fn big_floor_div_rem(x: &IBig, y: &IBig) -> (IBig, IBig) {
    let (quotient, remainder) = x.div_rem(y);
    if !remainder.is_zero() && remainder.sign() != y.sign() {
        (quotient - IBig::ONE, remainder + y)
    } else {
        (quotient, remainder)
    }
}
