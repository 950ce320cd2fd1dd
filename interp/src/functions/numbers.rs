//! Built-in functions on numbers and characters, and the texts of values.

use argil_compiler::surrogate;

use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::ops::attr::call_special;
use crate::ops::format;
use crate::ops::number::{self, BinOp, UnaryOp};
use crate::ops::repr;
use crate::types::bytearray::ByteArray;
use crate::value::Value;

/// The digits of an integer with the prefix of a base.
fn prefixed(cx: &mut Ctx, v: Slot, kind: char) -> Res<String> {
    let number = number::index(cx, v)?;
    let (digits, prefix) = format::radix(cx.index(cx.get(number))?, kind);
    Ok(match digits.strip_prefix('-') {
        Some(magnitude) => format!("-{prefix}{magnitude}"),
        None => format!("{prefix}{digits}"),
    })
}

natives! {
    /// The functions.
    pub static FUNCTIONS = {
        /// Return the absolute value of the argument.
        call fn abs(cx; x: Slot) -> Slot {
            number::unary(cx, UnaryOp::Abs, x)
        }

        /// Return the pair (x//y, x%y).
        call fn divmod(cx; x: Slot, y: Slot) -> Slot {
            number::binary(cx, BinOp::DivMod, false, x, y)
        }

        /// Return base**exp, or base**exp % mod.
        call fn pow(cx; ; base: Slot, exp: Slot, r#mod: Option<Slot> = None) -> Slot {
            match r#mod {
                Some(modulus) => number::power_mod(cx, base, exp, modulus),
                None => number::binary(cx, BinOp::Pow, false, base, exp),
            }
        }

        /// Round a number to a given precision in decimal digits.
        call fn round(cx; ; number: Slot, ndigits: Option<Slot> = None) -> Slot {
            let digits = match ndigits {
                Some(digits) => {
                    let is_number = cx.get(number).as_float().is_some() || cx.get(number).as_int().is_some();
                    Some(if is_number { number::index(cx, digits)? } else { digits })
                }
                None => None,
            };
            match call_special(cx, number, Name::__round__, digits.as_slice())? {
                Some(result) => Ok(result),
                None => {
                    let class = cx.type_name(cx.get(number));
                    Err(cx.type_error(format!("type {class} doesn't define __round__ method")))
                }
            }
        }

        /// Return the binary representation of an integer.
        call fn bin(cx; number: Slot) -> String {
            prefixed(cx, number, 'b')
        }

        /// Return the octal representation of an integer.
        call fn oct(cx; number: Slot) -> String {
            prefixed(cx, number, 'o')
        }

        /// Return the hexadecimal representation of an integer.
        call fn hex(cx; number: Slot) -> String {
            prefixed(cx, number, 'x')
        }

        /// Return the code point of a one-character string.
        fn ord(cx; c: Value<'h>) -> i64 {
            let count = if let Some(text) = c.as_str() {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => return Ok(i64::from(surrogate::code_of(c))),
                    _ => text.chars().count(),
                }
            } else if let Some(bytes) = ByteArray::contents(c) {
                match &*bytes {
                    [byte] => return Ok(i64::from(*byte)),
                    _ => bytes.len(),
                }
            } else {
                let class = cx.type_name(c);
                return Err(cx.type_error(format!("ord() expected string of length 1, but {class} found")));
            };
            Err(cx.type_error(format!("ord() expected a character, but string of length {count} found")))
        }

        /// Return the string of one character with this code point.
        call fn chr(cx; i: Slot) -> char {
            let code = number::index(cx, i)?;
            let code = cx.index(cx.get(code))?.to_i64().and_then(|code| u32::try_from(code).ok());
            code.and_then(surrogate::char_of).ok_or_else(|| cx.value_error("chr() arg not in range(0x110000)"))
        }

        /// Return the text of an object, in ASCII.
        call fn ascii(cx; obj: Slot) -> Slot {
            repr::ascii_value(cx, obj)
        }

        /// Return the text of an object that tells what it is.
        call fn repr(cx; obj: Slot) -> Slot {
            repr::repr_value(cx, obj)
        }

        /// Return the text of an object by a format specification.
        call fn format(cx; value: Slot, format_spec: String = String::new()) -> String {
            format::format(cx, value, &format_spec)
        }
    }
}
