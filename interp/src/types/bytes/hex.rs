//! Bytes as hexadecimal digits.

use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::names::Name;
use crate::native::{FromArg, NativeDef};
use crate::ops::attr::find_special;
use crate::value::Value;

/// What is put between groups of digits, if anything is: a character of one byte.
#[derive(Clone, Copy)]
pub struct Separator(pub Option<u8>);

impl<'h> FromArg<'h> for Separator {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        let length = || cx.value_error("sep must be length 1.");
        if let Some(text) = value.as_str() {
            let mut chars = text.chars();
            let (Some(only), None) = (chars.next(), chars.next()) else { return Err(length()) };
            return match u8::try_from(only) {
                Ok(byte) => Ok(Separator(Some(byte))),
                Err(_) => Err(cx.value_error("sep must be ASCII.")),
            };
        }
        match value.as_bytes() {
            Some(&[only]) => Ok(Separator(Some(only))),
            Some(_) => Err(length()),
            None if find_special(cx, value, Name::__len__).is_some() => Err(cx.type_error("sep must be str or bytes.")),
            None => Err(cx.type_error(format!("object of type '{}' has no len()", cx.type_name(value)))),
        }
    }
}

/// The hexadecimal digits of bytes, in groups counted from the right, or from the left if the size is negative.
pub fn hex(bytes: &[u8], separator: Separator, group: i32) -> Vec<u8> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let size = group.unsigned_abs() as usize;
    let groups = separator.0.filter(|_| size > 0);
    let separators = if groups.is_some() { bytes.len().saturating_sub(1) / size } else { 0 };
    let mut digits = memory::buffer(bytes.len() * 2 + separators);
    for (i, byte) in bytes.iter().enumerate() {
        let place = if group < 0 { i } else { bytes.len() - i };
        if let Some(separator) = groups.filter(|_| i > 0 && place.is_multiple_of(size)) {
            digits.push(separator);
        }
        digits.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::{Separator, hex};

    #[test]
    fn groups_count_from_either_side() {
        assert_eq!(hex(b"abcdefg", Separator(Some(b'_')), 2), b"61_6263_6465_6667");
        assert_eq!(hex(b"abcdef", Separator(Some(b'_')), -4), b"61626364_6566");
        assert_eq!(hex(b"abc", Separator(None), 1), b"616263");
    }
}
