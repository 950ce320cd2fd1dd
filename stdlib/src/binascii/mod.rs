//! `binascii`: bytes as text of several kinds, and checksums.

mod base64;
mod crc;
mod quoted;
mod uu;

use std::borrow::Cow;
use std::ops::Deref;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::native::{FromArg, NativeDef};
use argil_interp::natives;
use argil_interp::types::bytes::buffer::{self, Buffer};
use argil_interp::types::bytes::hex::{Separator, hex};
use argil_interp::types::int::Int;
use argil_interp::value::Value;

pub(crate) use crc::crc32;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "binascii", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `binascii.Error`.
struct Error;

/// `binascii.Incomplete`, which nothing raises any more.
struct Incomplete;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<Error>(module, "Error", Builtin::ValueError);
    cx.define_exception::<Incomplete>(module, "Incomplete", Builtin::Exception);
    Ok(())
}

/// A `binascii.Error`.
#[cold]
fn wrong(cx: &Ctx, message: impl AsRef<str>) -> Raised {
    cx.raise_own::<Error>(message)
}

/// Bytes to decode: a string of ASCII characters will do.
struct Ascii<'h>(Cow<'h, [u8]>);

impl Deref for Ascii<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<'h> FromArg<'h> for Ascii<'h> {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        match value.as_str() {
            Some(text) if text.is_ascii() => return Ok(Ascii(Cow::Borrowed(text.as_bytes()))),
            Some(_) => return Err(cx.value_error("string argument should contain only ASCII characters")),
            None => {}
        }
        buffer::contents(cx, value).map(Ascii).map_err(|raised| {
            let _ = cx.take_raised(raised);
            let got = cx.type_name(value);
            cx.type_error(format!("argument should be bytes, buffer or ASCII string, not '{got}'"))
        })
    }
}

fn unhex(cx: &Ctx, digits: &[u8]) -> Res<Vec<u8>> {
    let (pairs, []) = digits.as_chunks::<2>() else { return Err(wrong(cx, "Odd-length string")) };
    let mut bytes = memory::buffer(pairs.len());
    for pair in pairs {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        let (Some(high), Some(low)) = (high, low) else { return Err(wrong(cx, "Non-hexadecimal digit found")) };
        bytes.push((high << 4 | low) as u8);
    }
    Ok(bytes)
}

/// The lowest 32 bits of an integer.
pub(crate) fn low_bits(number: Int<'_>) -> u32 {
    match number {
        Int::Small(number) => number as u32,
        Int::Big(number) => u32::try_from(number & dashu_int::IBig::from(u32::MAX)).unwrap_or(0),
    }
}

natives! {
    static FUNCTIONS = {
        /// Hexadecimal representation of binary data.
        fn hexlify(cx; ; data: Buffer<'h>, sep: Separator = Separator(None), bytes_per_sep: i32 = 1) -> Vec<u8> {
            Ok(hex(&data, sep, bytes_per_sep))
        }

        /// Hexadecimal representation of binary data.
        fn b2a_hex(cx; ; data: Buffer<'h>, sep: Separator = Separator(None), bytes_per_sep: i32 = 1) -> Vec<u8> {
            Ok(hex(&data, sep, bytes_per_sep))
        }

        /// Binary data of hexadecimal representation.
        fn unhexlify(cx; hexstr: Ascii<'h>) -> Vec<u8> { unhex(cx, &hexstr) }

        /// Binary data of hexadecimal representation.
        fn a2b_hex(cx; hexstr: Ascii<'h>) -> Vec<u8> { unhex(cx, &hexstr) }

        /// Decode a line of base64 data.
        fn a2b_base64(cx; data: Ascii<'h>; ; strict_mode: bool = false) -> Vec<u8> {
            base64::decode(&data, strict_mode).map_err(|message| wrong(cx, message))
        }

        /// Base64-code line of data.
        fn b2a_base64(cx; data: Buffer<'h>; ; newline: bool = true) -> Vec<u8> {
            Ok(base64::encode(&data, newline))
        }

        /// Decode a line of uuencoded data.
        fn a2b_uu(cx; data: Ascii<'h>) -> Vec<u8> {
            uu::decode(&data).map_err(|message| wrong(cx, message))
        }

        /// Uuencode line of data.
        fn b2a_uu(cx; data: Buffer<'h>; ; backtick: bool = false) -> Vec<u8> {
            uu::encode(&data, backtick).ok_or_else(|| wrong(cx, "At most 45 bytes at once"))
        }

        /// Decode a string of qp-encoded data.
        fn a2b_qp(cx; ; data: Ascii<'h>, header: bool = false) -> Vec<u8> {
            Ok(quoted::decode(&data, header))
        }

        /// Encode a string using quoted-printable encoding.
        fn b2a_qp(cx; ; data: Buffer<'h>, quotetabs: bool = false, istext: bool = true, header: bool = false) -> Vec<u8> {
            Ok(quoted::encode(&data, quoted::Rules { quotetabs, istext, header }))
        }

        /// Compute CRC-32 incrementally.
        fn crc32(cx; data: Buffer<'h>, crc: Int<'h> = Int::Small(0)) -> i64 {
            Ok(i64::from(crc32(low_bits(crc), &data)))
        }

        /// Compute CRC-CCITT incrementally.
        fn crc_hqx(cx; data: Buffer<'h>, crc: Int<'h>) -> i64 {
            Ok(i64::from(crc::crc_hqx(low_bits(crc) as u16, &data)))
        }
    }
}
