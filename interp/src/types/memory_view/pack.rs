//! From values to the items of a view.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::ops::{number, truth};
use crate::types::array::item::{Item, LARGEST};
use crate::types::float::packed::{to_half, to_quiet_single};
use crate::types::int::Int;

fn wrong_type(cx: &Ctx, format: &str) -> Raised {
    cx.type_error(format!("memoryview: invalid type for format '{format}'"))
}

fn wrong_value(cx: &Ctx, format: &str) -> Raised {
    cx.value_error(format!("memoryview: invalid value for format '{format}'"))
}

/// In the place of what a conversion raises: errors about types and values name the format.
fn worded<T>(cx: &Ctx, result: Res<T>, format: &str) -> Res<T> {
    result.map_err(|raised| {
        let raised = match cx.catch(raised, Builtin::TypeError) {
            Ok(_) => return wrong_type(cx, format),
            Err(raised) => raised,
        };
        let raised = match cx.catch(raised, Builtin::OverflowError) {
            Ok(_) => return wrong_value(cx, format),
            Err(raised) => raised,
        };
        match cx.catch(raised, Builtin::ValueError) {
            Ok(_) => wrong_value(cx, format),
            Err(raised) => raised,
        }
    })
}

/// The bytes of the item that a value is to be, and how many there are.
pub fn pack(cx: &mut Ctx, item: Item, format: &str, value: Slot) -> Res<([u8; LARGEST], usize)> {
    let size = item.size();
    let mut whole = [0; LARGEST];
    let bits = match item.letter() {
        b'?' => u64::from(truth::truth(cx, value)?),
        b'c' => match cx.get(value).as_bytes() {
            Some(&[byte]) => u64::from(byte),
            Some(_) => return Err(wrong_value(cx, format)),
            None => return Err(wrong_type(cx, format)),
        },
        b'e' | b'f' | b'd' => {
            let float = number::to_float(cx, value);
            let float = worded(cx, float, format)?;
            match item.letter() {
                b'e' => to_half(float).ok_or_else(|| wrong_value(cx, format))?.into(),
                b'f' => to_quiet_single(float).into(),
                _ => float.to_bits(),
            }
        }
        b'u' | b'w' => {
            let message = format!("memoryview: format {format} not supported");
            return Err(cx.raise(Builtin::NotImplementedError, message));
        }
        _ => {
            let int = number::index(cx, value);
            let int = worded(cx, int, format)?;
            let int = cx.index(cx.get(int))?;
            integer(item, int).ok_or_else(|| wrong_value(cx, format))?
        }
    };
    whole.copy_from_slice(&bits.to_le_bytes());
    Ok((whole, size))
}

/// The bits of an integer; `None` if an item has not so many.
fn integer(item: Item, int: Int<'_>) -> Option<u64> {
    let unused = 64 - item.size() as u32 * 8;
    if item.is_signed() {
        return int.to_i64().filter(|number| number << unused >> unused == *number).map(|number| number as u64);
    }
    let bits = match int {
        Int::Small(number) => u64::try_from(number).ok(),
        Int::Big(number) => u64::try_from(number).ok(),
    };
    bits.filter(|number| number << unused >> unused == *number)
}
