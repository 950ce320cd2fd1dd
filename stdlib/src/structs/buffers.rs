//! Packing into new bytes and into buffers, and unpacking from them: what functions and methods share.

use argil_interp::ctx::{Ctx, Raised, Res, Slot, Slots};
use argil_interp::memory;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer::{self, Target};

use super::layout::Layout;
use super::{pack as packing, unpack as unpacking, wrong};

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
