//! Complex numbers.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};
use crate::shape::Birth;

/// A complex number.
#[repr(C)]
pub struct Complex {
    header: Header,
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

// SAFETY: `repr(C)` with the header first; only `Complex::build` makes objects of this kind.
unsafe impl HeapType for Complex {
    const KIND: Kind = Kind::Complex;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl Complex {
    /// A complex number.
    pub fn alloc(cx: &Ctx, re: f64, im: f64) -> &Complex {
        Complex::build(cx, Builtin::Complex.into(), re, im)
    }

    /// A complex number of a given class.
    pub fn build(cx: &Ctx, birth: Birth, re: f64, im: f64) -> &Complex {
        cx.alloc(birth, |header| Complex { header, re, im })
    }
}
