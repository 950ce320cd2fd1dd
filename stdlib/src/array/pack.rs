//! From values to items.

use argil_compiler::surrogate;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::ops::number;
use argil_interp::types::array::item::{Item, LARGEST};
use argil_interp::types::float::packed::to_quiet_single;
use argil_interp::types::int::Int;

/// An item's bytes; those in use come first.
pub type Packed = [u8; LARGEST];

/// The item that a value is to be.
pub fn pack(cx: &mut Ctx, item: Item, value: Slot) -> Res<Packed> {
    let bits = if item.is_text() {
        character(cx, value)?
    } else {
        match item.letter() {
            b'f' => u64::from(to_quiet_single(number::to_float(cx, value)?)),
            b'd' => number::to_float(cx, value)?.to_bits(),
            _ => {
                let int = number::index(cx, value)?;
                integer(cx, item, cx.index(cx.get(int))?)?
            }
        }
    };
    Ok(bits.to_le_bytes())
}

fn character(cx: &Ctx, value: Slot) -> Res<u64> {
    let value = cx.get(value);
    let wrong = |got: String| cx.type_error(format!("array item must be a unicode character, not {got}"));
    let text = value.as_str().ok_or_else(|| wrong(cx.type_name(value).to_owned()))?;
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => Ok(u64::from(surrogate::code_of(c))),
        _ => Err(wrong(format!("a string of length {}", text.chars().count()))),
    }
}

/// The bits of an integer that fits. What is said of one that does not is as in CPython, where it depends on the C types that it
/// passes through.
fn integer(cx: &Ctx, item: Item, int: Int<'_>) -> Res<u64> {
    let wide = int.to_i64();
    match item.letter() {
        b'q' => return wide.map(|int| int as u64).ok_or_else(|| cx.overflow_error("int too big to convert")),
        letter @ (b'I' | b'L' | b'Q') => return unsigned(cx, letter, int),
        _ => {}
    }
    let Some(wide) = wide else { return Err(cx.overflow_error("Python int too large to convert to C long")) };
    let limits: &[(&str, i64, i64)] = match item.letter() {
        b'b' => &[("signed short integer", i16::MIN as i64, i16::MAX as i64), ("signed char", -128, 127)],
        b'B' => &[("unsigned byte integer", 0, 255)],
        b'h' => &[("signed short integer", i16::MIN as i64, i16::MAX as i64)],
        b'H' => &[("signed integer", i32::MIN as i64, i32::MAX as i64), ("unsigned short", 0, u16::MAX as i64)],
        b'i' => &[("signed integer", i32::MIN as i64, i32::MAX as i64)],
        _ => &[],
    };
    let outside = limits.iter().find(|(_, least, most)| !(*least..=*most).contains(&wide));
    match outside {
        Some((name, least, _)) if wide < *least => Err(cx.overflow_error(format!("{name} is less than minimum"))),
        Some((name, ..)) => Err(cx.overflow_error(format!("{name} is greater than maximum"))),
        None => Ok(wide as u64),
    }
}

fn unsigned(cx: &Ctx, letter: u8, int: Int<'_>) -> Res<u64> {
    let overflow = |message: &str| -> Raised { cx.overflow_error(message) };
    let bits = match int {
        Int::Small(int) => u64::try_from(int).ok(),
        Int::Big(int) => u64::try_from(int).ok(),
    };
    let negative = bits.is_none() && number::int::is_negative(int);
    match (bits, letter) {
        (None, b'Q') if negative => Err(overflow("can't convert negative int to unsigned")),
        (None, b'Q') => Err(overflow("int too big to convert")),
        (None, _) if negative => Err(overflow("can't convert negative value to unsigned int")),
        (None, _) => Err(overflow("Python int too large to convert to C unsigned long")),
        (Some(bits), b'I') if bits > u64::from(u32::MAX) => Err(overflow("unsigned int is greater than maximum")),
        (Some(bits), _) => Ok(bits),
    }
}
