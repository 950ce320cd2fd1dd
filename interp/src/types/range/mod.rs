//! Ranges. Bounds are 64-bit; a range with larger ones has a layout of its own.

pub mod methods;
pub mod wide;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Header, HeapType, Kind};

/// A range.
#[repr(C)]
pub struct Range {
    header: Header,
    /// The first element, if there is one.
    pub start: i64,
    /// The bound.
    pub stop: i64,
    /// The distance; not zero.
    pub step: i64,
}

// SAFETY: `repr(C)` with the header first; only `Range::alloc` makes objects of this kind.
unsafe impl HeapType for Range {
    const KIND: Kind = Kind::Range;

    fn trace(&self, _tracer: &mut Tracer<'_>) {}
}

impl Range {
    /// A range; `step` is not zero.
    pub fn alloc(cx: &Ctx, start: i64, stop: i64, step: i64) -> &Range {
        cx.alloc(Builtin::Range, |header| Range { header, start, stop, step })
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let span = if step > 0 { stop - start } else { start - stop };
        if span <= 0 { 0 } else { ((span - 1) / step.abs() + 1) as usize }
    }

    /// Whether there is no element.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at an index below the length.
    pub fn at(&self, index: usize) -> i64 {
        (i128::from(self.start) + index as i128 * i128::from(self.step)) as i64
    }

    /// The index of a number, if the range contains it.
    pub fn index_of(&self, number: i64) -> Option<usize> {
        let (start, step) = (i128::from(self.start), i128::from(self.step));
        let distance = i128::from(number) - start;
        let index = distance / step;
        (distance % step == 0 && index >= 0 && (index as usize) < self.len()).then_some(index as usize)
    }
}
