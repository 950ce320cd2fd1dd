//! Slice objects, and what a slice selects.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::value::Value;

/// A slice: three values.
#[repr(C)]
pub struct Slice {
    header: Header,
    /// Where it begins.
    pub start: Field,
    /// Where it ends.
    pub stop: Field,
    /// How far apart its elements are.
    pub step: Field,
}

// SAFETY: `repr(C)` with the header first; only `Slice::alloc` makes objects of this kind.
unsafe impl HeapType for Slice {
    const KIND: Kind = Kind::Slice;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.start);
        tracer.field(&self.stop);
        tracer.field(&self.step);
    }
}

impl Slice {
    /// A slice of these three values.
    pub fn alloc<'h>(cx: &'h Ctx, start: Value<'h>, stop: Value<'h>, step: Value<'h>) -> &'h Slice {
        cx.alloc(Builtin::Slice, |header| Slice {
            header,
            start: Field::new(start),
            stop: Field::new(stop),
            step: Field::new(step),
        })
    }
}

/// The indices that a slice selects in a sequence of a certain length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indices {
    /// The first index.
    pub start: i64,
    /// The bound that the index does not reach.
    pub stop: i64,
    /// The distance; not zero.
    pub step: i64,
    /// How many indices there are.
    pub count: usize,
}

impl Indices {
    /// Clips slice bounds to a sequence of `len` elements, as Python's `slice.indices` does. `step` is not zero.
    pub fn clip(start: Option<i64>, stop: Option<i64>, step: i64, len: usize) -> Indices {
        let len = len as i64;
        let (low, high) = if step < 0 { (-1, len - 1) } else { (0, len) };
        let bound = |bound: Option<i64>, default: i64| match bound {
            None => default,
            Some(b) if b < 0 => (b.saturating_add(len)).max(low),
            Some(b) => b.min(high),
        };
        let start = bound(start, if step < 0 { high } else { low });
        let stop = bound(stop, if step < 0 { low } else { high });
        let count = if step > 0 && start < stop {
            (stop - start - 1) / step + 1
        } else if step < 0 && stop < start {
            (start - stop - 1) / step.saturating_neg() + 1
        } else {
            0
        };
        Indices { start, stop, step, count: count as usize }
    }

    /// The selected indices in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = usize> + DoubleEndedIterator {
        (0..self.count).map(move |i| (self.start + i as i64 * self.step) as usize)
    }
}
