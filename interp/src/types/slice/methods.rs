//! The methods of slices.

use dashu_int::IBig;

use crate::ctx::Slot;
use crate::native::Args;
use crate::object::Field;
use crate::ops::{number, slicing};
use crate::types::int::Int;
use crate::types::slice::Slice;
use crate::value::Value;

/// Where a slice of a sequence of `len` elements starts and stops, however long that is.
fn clipped(len: &IBig, start: Option<IBig>, stop: Option<IBig>, backwards: bool) -> [IBig; 2] {
    let (low, high) = if backwards { (-IBig::ONE, len - IBig::ONE) } else { (IBig::ZERO, len.clone()) };
    let clip = |bound: Option<IBig>, default: &IBig| match bound {
        None => default.clone(),
        Some(bound) if bound < IBig::ZERO => (bound + len).max(low.clone()),
        Some(bound) => bound.min(high.clone()),
    };
    let (first, last) = if backwards { (&high, &low) } else { (&low, &high) };
    [clip(start, first), clip(stop, last)]
}

crate::natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let args = Args::constructor(args, cx, "slice", 1, 3)?;
            let cx = &*cx;
            let arg = |index: usize| if index < args.len() { cx.get(args.get(index)) } else { Value::NONE };
            let slice = match args.len() {
                2 => Slice::alloc(cx, Value::NONE, arg(1), Value::NONE),
                _ => Slice::alloc(cx, arg(1), arg(2), arg(3)),
            };
            Ok(cx.root(Value::of(slice)))
        }

        get fn start(cx; self_: &'h Slice) -> Value<'h> {
            Ok(self_.start.get_or_none(cx))
        }

        get fn stop(cx; self_: &'h Slice) -> Value<'h> {
            Ok(self_.stop.get_or_none(cx))
        }

        get fn step(cx; self_: &'h Slice) -> Value<'h> {
            Ok(self_.step.get_or_none(cx))
        }

        /// S.indices(len) -> (start, stop, stride)
        ///
        /// Assuming a sequence of length len, calculate the start and stop
        /// indices, and the stride length of the extended slice described by
        /// S. Out of bounds indices are clipped in a manner consistent with the
        /// handling of normal slices.
        call fn indices(cx; self_: Slot, len: Slot) -> Slot {
            let len = number::index(cx, len)?;
            let len = cx.index(cx.get(len))?.to_big();
            if len < IBig::ZERO {
                return Err(cx.value_error("length should not be negative"));
            }
            let slice = slicing::resolve(cx, self_)?;
            let cx = &*cx;
            let Some(slice) = cx.get(slice).cast::<Slice>() else {
                return Err(cx.type_error("descriptor 'indices' for 'slice' objects needs a slice"));
            };
            let bound = |bound: &Field| bound.get_or_none(cx).as_int().map(Int::to_big);
            let step = bound(&slice.step).unwrap_or(IBig::ONE);
            if step == IBig::ZERO {
                return Err(cx.value_error("slice step cannot be zero"));
            }
            let [start, stop] = clipped(&len, bound(&slice.start), bound(&slice.stop), step < IBig::ZERO);
            Ok(cx.root(cx.tuple(&[cx.big_int(start), cx.big_int(stop), cx.big_int(step)])))
        }
    }
}
