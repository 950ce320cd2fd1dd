//! The class `Struct`.

use std::sync::Arc;

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::ops::repr::str_repr;
use argil_interp::types::native::{Exclusive, NativeData};
use argil_interp::value::Value;

use super::buffers::{pack, pack_into, unpack, unpack_from};
use super::formats::{checked, compiled};
use super::iterate::iter_unpack;
use super::layout::Layout;

/// A `Struct`.
pub struct Compiled {
    /// Set by `__init__`, which may be called again. Each operation goes by what was there when it began.
    layout: Exclusive<Option<Arc<Layout>>>,
}

impl NativeData for Compiled {}

/// The layout of a `Struct` in a slot.
fn layout(cx: &Ctx, this: Slot) -> Res<Arc<Layout>> {
    let layout = cx.state::<Compiled>(this)?.layout.with(|layout| layout.clone());
    layout.ok_or_else(|| cx.runtime_error("Struct object is not initialized"))
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            Ok(cx.new_native(args.get(0), Compiled { layout: Exclusive::new(None) }))
        }

        call fn __init__(cx; self_: Slot; format: GivenSlot = GivenSlot(None)) -> () {
            let Some(format) = format.0 else {
                return Err(cx.type_error("Struct() missing required argument 'format' (pos 1)"));
            };
            let made = compiled(cx, format)?;
            cx.note_external(made.footprint());
            cx.state::<Compiled>(self_)?.layout.with(|layout| *layout = Some(made));
            Ok(())
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let layout = layout(cx, self_)?;
            let class = cx.class_of(cx.get(self_)).plain_name(cx);
            Ok(format!("{class}({})", str_repr(&layout.format)))
        }

        /// struct format string
        get fn format(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.str(&layout(cx, cx.root(self_))?.format))
        }

        /// struct size in bytes
        get fn size(cx; self_: Value<'h>) -> i64 {
            let state = cx.state::<Compiled>(cx.root(self_))?;
            Ok(state.layout.with(|layout| layout.as_ref().map_or(-1, |layout| layout.size as i64)))
        }

        /// Return a bytes object containing values packed according to the format string of the object.
        raw fn pack(cx, args) -> Slot {
            let args = checked(cx, args, "Struct.pack")?;
            let layout = layout(cx, args.get(0))?;
            pack(cx, &layout, args.skip(1))
        }

        /// Pack values and write the packed bytes into the buffer, beginning at the offset.
        raw fn pack_into(cx, args) -> () {
            let args = checked(cx, args, "Struct.pack_into")?;
            let layout = layout(cx, args.get(0))?;
            pack_into(cx, &layout, args.skip(1))
        }

        /// Return a tuple containing unpacked values.
        call fn unpack(cx; self_: Slot, buffer: Slot) -> Slot {
            let layout = layout(cx, self_)?;
            unpack(cx, &layout, buffer)
        }

        /// Return a tuple containing values unpacked from the buffer, beginning at the offset.
        call fn unpack_from(cx; self_: Slot; buffer: Slot, offset: i64 = 0) -> Slot {
            let layout = layout(cx, self_)?;
            unpack_from(cx, &layout, buffer, offset)
        }

        /// Return an iterator yielding tuples.
        call fn iter_unpack(cx; self_: Slot, buffer: Slot) -> Slot {
            let layout = layout(cx, self_)?;
            iter_unpack(cx, layout, buffer)
        }
    }
}
