//! The class `Struct`, and what its methods share with the functions of the module.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Raised, Res, Slot, Slots};
use argil_interp::memory;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::number;
use argil_interp::ops::repr::str_repr;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::bytes::buffer::{self, Target};
use argil_interp::types::native::{Exclusive, FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

use super::formats::{checked, compiled};
use super::layout::Layout;
use super::{pack as packing, unpack as unpacking, wrong};

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

/// Refuses to pack more or fewer values than the layout has.
fn check_count(cx: &Ctx, layout: &Layout, given: usize, function: &str) -> Res<()> {
    if given == layout.items {
        return Ok(());
    }
    Err(wrong(cx, &format!("{function} expected {} items for packing (got {given})", layout.items)))
}

/// `pack`.
pub fn pack(cx: &mut Ctx, layout: &Layout, values: Slots) -> Res<Slot> {
    check_count(cx, layout, values.len(), "pack")?;
    let mut bytes = cx.with_memory(|_| memory::zeros(layout.size))?;
    packing::pack(cx, layout, values, &mut bytes)?;
    cx.with_memory(|cx| cx.root(cx.bytes(&bytes)))
}

/// Where in a buffer of `len` bytes something lies that begins at an offset, which counts from the end if it is negative.
fn place(cx: &Ctx, layout: &Layout, offset: i64, len: usize, packs: bool) -> Res<usize> {
    let (size, signed_len) = (layout.size, len as i64);
    if offset < 0 && offset + size as i64 > 0 {
        let what = if packs { "no space to pack" } else { "not enough data to unpack" };
        return Err(wrong(cx, &format!("{what} {size} bytes at offset {offset}")));
    }
    if offset < 0 && offset + signed_len < 0 {
        return Err(wrong(cx, &format!("offset {offset} out of range for {len}-byte buffer")));
    }
    let at = if offset < 0 { offset + signed_len } else { offset } as usize;
    if len < at || len - at < size {
        return Err(too_short(cx, layout, at, len, packs));
    }
    Ok(at)
}

#[cold]
fn too_short(cx: &Ctx, layout: &Layout, at: usize, len: usize, packs: bool) -> Raised {
    let (function, doing) = if packs { ("pack_into", "packing") } else { ("unpack_from", "unpacking") };
    let (size, all) = (layout.size, layout.size as u64 + at as u64);
    wrong(
        cx,
        &format!(
            "{function} requires a buffer of at least {all} bytes for {doing} {size} bytes at offset {at} (actual \
             buffer size is {len})"
        ),
    )
}

/// `pack_into`: buffer and offset, then values.
pub fn pack_into(cx: &mut Ctx, layout: &Layout, args: Slots) -> Res<()> {
    match args.len() {
        0 => return Err(wrong(cx, "pack_into expected buffer argument")),
        1 => return Err(wrong(cx, "pack_into expected offset argument")),
        count => check_count(cx, layout, count - 2, "pack_into")?,
    }
    let target = Target::of(cx, args.get(0)).ok_or_else(|| {
        let got = cx.type_name(cx.get(args.get(0)));
        cx.type_error(format!("argument must be read-write bytes-like object, not {got}"))
    })?;
    let offset = number::index(cx, args.get(1))?;
    let offset = cx.index(cx.get(offset))?.to_i64();
    let offset = offset.ok_or_else(|| cx.index_error("cannot fit 'int' into an index-sized integer"))?;
    let at = place(cx, layout, offset, target.len(cx), true)?;
    let mut bytes = cx.with_memory(|_| memory::zeros(layout.size))?;
    let packed = packing::pack(cx, layout, args.skip(2), &mut bytes);
    // What was packed before an error is there, as in CPython.
    let written = target.write(cx, |all| {
        let len = all.len();
        match all.get_mut(at..at + bytes.len()) {
            Some(part) => part.copy_from_slice(&bytes),
            // Meanwhile it was made shorter.
            None => return Err(too_short(cx, layout, at, len, true)),
        }
        Ok(())
    });
    packed.and(written)
}

/// `unpack`.
pub fn unpack(cx: &mut Ctx, layout: &Layout, source: Slot) -> Res<Slot> {
    cx.with_memory(|cx| {
        let bytes = buffer::contents(cx, cx.get(source))?;
        if bytes.len() != layout.size {
            return Err(wrong(cx, &format!("unpack requires a buffer of {} bytes", layout.size)));
        }
        Ok(cx.root(unpacking::unpack(cx, layout, &bytes)))
    })?
}

/// `unpack_from`.
pub fn unpack_from(cx: &mut Ctx, layout: &Layout, source: Slot, offset: i64) -> Res<Slot> {
    cx.with_memory(|cx| {
        let part = buffer::look(cx, cx.get(source), |bytes| {
            let at = place(cx, layout, offset, bytes.len(), false)?;
            Ok(memory::copy(&bytes[at..at + layout.size]))
        })??;
        Ok(cx.root(unpacking::unpack(cx, layout, &part)))
    })?
}

/// `iter_unpack`.
pub fn iter_unpack(cx: &mut Ctx, layout: Arc<Layout>, source: Slot) -> Res<Slot> {
    let size = layout.size;
    if size == 0 {
        return Err(wrong(cx, "cannot iteratively unpack with a struct of length 0"));
    }
    if !buffer::look(cx, cx.get(source), <[u8]>::len)?.is_multiple_of(size) {
        let message = format!("iterative unpacking requires a buffer of a multiple of {size} bytes");
        return Err(wrong(cx, &message));
    }
    Ok(cx.new_of_native_class(UnpackIterator { layout, source: Field::of(source), at: AtomicUsize::new(0) }))
}

/// What `iter_unpack` returns. It sees what becomes of the buffer, and ends where that does.
pub struct UnpackIterator {
    layout: Arc<Layout>,
    source: Field,
    /// Where the next tuple begins. Added to by whoever takes that (Relaxed: it guards nothing).
    at: AtomicUsize,
}

impl UnpackIterator {
    fn len(&self, cx: &Ctx) -> usize {
        ByteArray::look(self.source.get_or_none(cx), <[u8]>::len).unwrap_or(0)
    }

    fn next<'h>(&self, cx: &'h Ctx) -> Option<Value<'h>> {
        let (size, len) = (self.layout.size, self.len(cx));
        let after = |at: usize| at.checked_add(size).filter(|end| *end <= len);
        let at = self.at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, after).ok()?;
        let source = self.source.get_or_none(cx);
        let part = ByteArray::look(source, |bytes| bytes.get(at..at + size).map(memory::copy))??;
        Some(unpacking::unpack(cx, &self.layout, &part))
    }
}

impl NativeData for UnpackIterator {
    const FIELDS: &'static [FieldOf<Self>] = &[|iterator| &iterator.source];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let cx: &Ctx = cx;
        Ok(cx.state::<UnpackIterator>(this)?.next(cx).map(|value| cx.root(value)))
    });
}

natives! {
    pub static ITERATOR = {
        call fn __length_hint__(cx; self_: Slot) -> usize {
            let cx: &Ctx = cx;
            let iterator = cx.state::<UnpackIterator>(self_)?;
            let left = iterator.len(cx).saturating_sub(iterator.at.load(Ordering::Relaxed));
            Ok(left / iterator.layout.size)
        }
    }
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
