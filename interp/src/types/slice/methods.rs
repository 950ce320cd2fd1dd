//! The methods of slices.

use crate::ctx::Slot;
use crate::native::Args;
use crate::ops::{number, slicing};
use crate::types::int::Int;
use crate::types::slice::Slice;
use crate::value::Value;

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
            let len = match cx.get(len).as_int() {
                Some(Int::Small(len)) => len,
                _ => i64::MAX,
            };
            let len = usize::try_from(len).map_err(|_| cx.value_error("length should not be negative"))?;
            let slice = slicing::resolve(cx, self_)?;
            let cx = &*cx;
            let indices = match cx.get(slice).cast::<Slice>().and_then(|slice| slicing::indices_leaf(cx, slice, len)) {
                Some(indices) => indices?,
                None => return Err(cx.type_error("descriptor 'indices' for 'slice' objects needs a slice")),
            };
            Ok(cx.root(cx.tuple(&[cx.int(indices.start), cx.int(indices.stop), cx.int(indices.step)])))
        }
    }
}
