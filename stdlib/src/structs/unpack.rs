//! From bytes to values.

use argil_interp::ctx::Ctx;
use argil_interp::memory;
use argil_interp::types::complex::Complex;
use argil_interp::value::Value;

use super::layout::{Code, Layout, Run};
use argil_interp::types::float::packed::{from_half, from_quiet_single, from_single};

/// The tuple of what bytes hold, as many as the layout describes.
pub fn unpack<'h>(cx: &'h Ctx, layout: &Layout, bytes: &[u8]) -> Value<'h> {
    let mut values = memory::buffer(layout.items);
    for run in &layout.runs {
        for index in 0..run.count {
            memory::check();
            let at = run.at + index * run.size;
            values.push(unpack_one(cx, run, &bytes[at..at + run.size]));
        }
    }
    cx.tuple(&values)
}

fn unpack_one<'h>(cx: &'h Ctx, run: &Run, bytes: &[u8]) -> Value<'h> {
    let bits = |bytes: &[u8]| {
        let mut whole = [0; 8];
        whole[..bytes.len()].copy_from_slice(bytes);
        if run.big {
            whole[..bytes.len()].reverse();
        }
        u64::from_le_bytes(whole)
    };
    let parts = |part: fn(u64) -> f64| {
        let (re, im) = bytes.split_at(run.size / 2);
        Value::of(Complex::alloc(cx, part(bits(re)), part(bits(im))))
    };
    match run.code {
        Code::Signed => {
            let unused = 64 - run.size as u32 * 8;
            cx.int((bits(bytes) << unused) as i64 >> unused)
        }
        Code::Unsigned | Code::Pointer => cx.uint(bits(bytes)),
        Code::Bool => Value::bool(bytes[0] != 0),
        Code::Half => cx.float(from_half(bits(bytes) as u16)),
        Code::Single if run.native => cx.float(from_quiet_single(bits(bytes) as u32)),
        Code::Single => cx.float(from_single(bits(bytes) as u32)),
        Code::Double => cx.float(f64::from_bits(bits(bytes))),
        Code::SingleComplex if run.has_own_order() => parts(|bits| from_quiet_single(bits as u32)),
        Code::SingleComplex => parts(|bits| from_single(bits as u32)),
        Code::DoubleComplex => parts(f64::from_bits),
        Code::Char | Code::Bytes => cx.bytes(bytes),
        Code::Pascal => {
            let (length, room) = bytes.split_first().unwrap_or((&0, &[]));
            cx.bytes(&room[..room.len().min(usize::from(*length))])
        }
        Code::Padding => Value::NONE,
    }
}
