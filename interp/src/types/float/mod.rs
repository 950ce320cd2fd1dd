//! Floats that are not words: exponents without a tag, and instances of float subclasses.

mod hex;
pub mod methods;
pub mod packed;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;
use crate::value::{Value, Word};

/// A float on the heap.
#[repr(C)]
pub struct FloatBox {
    header: Header,
    /// The number.
    pub number: f64,
}

// SAFETY: `repr(C)` with the header first; only `FloatBox::alloc` makes objects of this kind.
unsafe impl HeapType for FloatBox {
    const KIND: Kind = Kind::FloatBox;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl FloatBox {
    /// A float on the heap, of a given class.
    pub(crate) fn build(cx: &Ctx, birth: Birth, number: f64) -> &FloatBox {
        cx.alloc(birth, |header| FloatBox { header, number })
    }
}

impl Ctx {
    /// The value of a float.
    #[inline(always)]
    pub fn float(&self, number: f64) -> Value<'_> {
        match Word::float(number) {
            // SAFETY: an inline float refers to nothing.
            Some(word) => unsafe { Value::from_word(word) },
            None => Value::of(FloatBox::build(self, Builtin::Float.into(), number)),
        }
    }
}

impl Value<'_> {
    /// The float, if this is one (not an integer).
    #[inline(always)]
    pub fn as_float(self) -> Option<f64> {
        if self.word().is_float() {
            return Some(self.word().as_float());
        }
        self.cast::<FloatBox>().map(|float| float.number)
    }
}
