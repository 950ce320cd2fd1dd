//! From values to bytes.

use argil_interp::ctx::{Ctx, Raised, Res, Slot, Slots};
use argil_interp::ops::{number, truth};
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::complex::methods::from_number;
use argil_interp::types::int::Int;
use dashu_int::IBig;

use super::layout::{Code, Layout, Run};
use super::wrong;
use argil_interp::types::float::packed::{to_half, to_quiet_single, to_single};

/// Writes values, as many as the layout has, into zeroed bytes, as many as it describes.
pub fn pack(cx: &mut Ctx, layout: &Layout, values: Slots, out: &mut [u8]) -> Res<()> {
    let mut values = values.iter();
    for run in &layout.runs {
        for (index, value) in values.by_ref().take(run.count).enumerate() {
            let at = run.at + index * run.size;
            cx.scope(|cx| pack_one(cx, run, value, &mut out[at..at + run.size]))?;
        }
    }
    Ok(())
}

fn pack_one(cx: &mut Ctx, run: &Run, value: Slot, out: &mut [u8]) -> Res<()> {
    let put = |out: &mut [u8], bits: u64| {
        let (size, bytes) = (out.len(), bits.to_le_bytes());
        out.copy_from_slice(&bytes[..size]);
        if run.big {
            out.reverse();
        }
    };
    match run.code {
        Code::Signed | Code::Unsigned => put(out, integer(cx, run, value)?),
        Code::Pointer => put(out, pointer(cx, value)?),
        Code::Bool => out[0] = u8::from(truth::truth(cx, value)?),
        Code::Half => {
            let half = to_half(real(cx, value)?);
            put(out, half.ok_or_else(|| too_large(cx, value, 'e'))?.into());
        }
        Code::Single => {
            let float = real(cx, value)?;
            put(out, single(cx, value, float)?.into());
        }
        Code::Double => put(out, real(cx, value)?.to_bits()),
        Code::SingleComplex | Code::DoubleComplex => {
            let (re, im) = complex(cx, value)?;
            let (first, second) = out.split_at_mut(run.size / 2);
            for (part, out) in [(re, first), (im, second)] {
                match run.code {
                    Code::DoubleComplex => put(out, part.to_bits()),
                    // As in CPython, where only the order of bytes that is not the machine's is checked.
                    _ if run.has_own_order() => put(out, to_quiet_single(part).into()),
                    _ => put(out, single(cx, value, part)?.into()),
                }
            }
        }
        Code::Char => match cx.get(value).as_bytes() {
            Some(&[byte]) => out[0] = byte,
            _ => return Err(wrong(cx, "char format requires a bytes object of length 1")),
        },
        Code::Bytes => bytes(cx, run, value, |bytes| {
            let count = bytes.len().min(out.len());
            out[..count].copy_from_slice(&bytes[..count]);
        })?,
        Code::Pascal => bytes(cx, run, value, |bytes| {
            if let Some((length, room)) = out.split_first_mut() {
                let count = bytes.len().min(room.len());
                room[..count].copy_from_slice(&bytes[..count]);
                *length = count.min(255) as u8;
            }
        })?,
        Code::Padding => {}
    }
    Ok(())
}

/// An integer, by `__index__` if it is none.
fn plain_integer(cx: &mut Ctx, value: Slot) -> Res<Slot> {
    if cx.get(value).as_int().is_some() {
        return Ok(value);
    }
    number::index_opt(cx, value)?.ok_or_else(|| wrong(cx, "required argument is not an integer"))
}

/// The lowest bits of an integer that fits.
fn integer(cx: &mut Ctx, run: &Run, value: Slot) -> Res<u64> {
    let plain = plain_integer(cx, value)?;
    let bits = run.size as u32 * 8;
    let number = cx.index(cx.get(plain))?;
    let unused = 64 - bits;
    let fitting = if run.code == Code::Signed {
        number.to_i64().filter(|number| number << unused >> unused == *number).map(|number| number as u64)
    } else {
        unsigned(number).filter(|number| number << unused >> unused == *number)
    };
    fitting.ok_or_else(|| {
        let (least, most) = match run.code {
            Code::Signed => (i64::MIN >> unused, i64::MAX as u64 >> unused),
            _ => (0, u64::MAX >> unused),
        };
        wrong(cx, &format!("'{}' format requires {least} <= number <= {most}", char::from(run.letter)))
    })
}

fn unsigned(number: Int<'_>) -> Option<u64> {
    match number {
        Int::Small(number) => u64::try_from(number).ok(),
        Int::Big(number) => u64::try_from(number).ok(),
    }
}

/// An address; negative ones count from the end of all addresses.
fn pointer(cx: &mut Ctx, value: Slot) -> Res<u64> {
    let plain = plain_integer(cx, value)?;
    let number = cx.index(cx.get(plain))?;
    let bits = unsigned(number).or_else(|| number.to_i64().map(|number| number as u64));
    bits.ok_or_else(|| match cx.get(value).as_int() {
        Some(_) => wrong(cx, "int too large to convert"),
        None => {
            let sign = if number.to_big() < IBig::ZERO { "" } else { "unsigned " };
            cx.overflow_error(format!("Python int too large to convert to C {sign}long"))
        }
    })
}

/// A float; whatever goes wrong, it is none.
fn real(cx: &mut Ctx, value: Slot) -> Res<f64> {
    number::to_float(cx, value).map_err(|raised| {
        let _ = cx.take_raised(raised);
        wrong(cx, "required argument is not a float")
    })
}

/// A complex number; whatever goes wrong, it is none.
fn complex(cx: &mut Ctx, value: Slot) -> Res<(f64, f64)> {
    from_number(cx, value, |cx, _| cx.type_error("")).map_err(|raised| {
        let _ = cx.take_raised(raised);
        wrong(cx, "required argument is not a complex")
    })
}

/// A float of four bytes, which must be finite if the float is.
fn single(cx: &Ctx, value: Slot, float: f64) -> Res<u32> {
    if float.is_finite() && (float as f32).is_infinite() {
        return Err(too_large(cx, value, 'f'));
    }
    Ok(to_single(float))
}

fn too_large(cx: &Ctx, value: Slot, letter: char) -> Raised {
    match cx.get(value).as_int() {
        Some(_) => wrong(cx, "int too large to convert"),
        None => cx.overflow_error(format!("float too large to pack with {letter} format")),
    }
}

/// Shows the bytes of a bytes object or bytearray.
fn bytes(cx: &Ctx, run: &Run, value: Slot, look: impl FnOnce(&[u8])) -> Res<()> {
    let value = cx.get(value);
    match (value.as_bytes(), value.native::<ByteArray>()) {
        (Some(bytes), _) => look(bytes),
        (None, Some(array)) => array.with(look),
        (None, None) => {
            let message = format!("argument for '{}' must be a bytes object", char::from(run.letter));
            return Err(wrong(cx, &message));
        }
    }
    Ok(())
}
