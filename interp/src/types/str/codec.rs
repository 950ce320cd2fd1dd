//! Encodings: text to bytes and back.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res};
use crate::memory;
use crate::value::Value;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    /// UTF-8, behind a byte order mark.
    Utf8Signature,
    Ascii,
    Latin1,
    /// Two or four bytes a unit; big-endian or not; with a byte order mark.
    Utf16 {
        big: bool,
        mark: bool,
    },
    Utf32 {
        big: bool,
        mark: bool,
    },
}

impl Encoding {
    /// The encoding of a name, of which case, hyphens, underscores and spaces do not matter.
    fn named(name: &str) -> Option<Encoding> {
        let plain: String =
            name.chars().filter(|c| !matches!(c, '-' | '_' | ' ')).map(|c| c.to_ascii_lowercase()).collect();
        Some(match plain.as_str() {
            "utf8" | "u8" | "utf" | "cp65001" => Encoding::Utf8,
            "utf8sig" => Encoding::Utf8Signature,
            "ascii" | "usascii" | "646" => Encoding::Ascii,
            "latin1" | "latin" | "iso88591" | "8859" | "l1" | "cp819" => Encoding::Latin1,
            "utf16" | "u16" => Encoding::Utf16 { big: false, mark: true },
            "utf16le" => Encoding::Utf16 { big: false, mark: false },
            "utf16be" => Encoding::Utf16 { big: true, mark: false },
            "utf32" | "u32" => Encoding::Utf32 { big: false, mark: true },
            "utf32le" => Encoding::Utf32 { big: false, mark: false },
            "utf32be" => Encoding::Utf32 { big: true, mark: false },
            _ => return None,
        })
    }

    /// How errors name it.
    fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Signature => "utf-8",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "latin-1",
            Encoding::Utf16 { big: false, .. } => "utf-16-le",
            Encoding::Utf16 { big: true, .. } => "utf-16-be",
            Encoding::Utf32 { big: false, .. } => "utf-32-le",
            Encoding::Utf32 { big: true, .. } => "utf-32-be",
        }
    }
}

fn encoding(cx: &Ctx, name: &str) -> Res<Encoding> {
    Encoding::named(name).ok_or_else(|| cx.raise(Builtin::LookupError, format!("unknown encoding: {name}")))
}

fn unknown_handler(cx: &Ctx, errors: &str) -> Raised {
    cx.raise(Builtin::LookupError, format!("unknown error handler name '{errors}'"))
}

/// Encodes a text.
pub fn encode(cx: &Ctx, text: &str, name: &str, errors: &str) -> Res<Vec<u8>> {
    let encoding = encoding(cx, name)?;
    let order = |big: bool, unit: &[u8]| if big { unit.iter().rev().copied().collect() } else { unit.to_vec() };
    memory::expect(text.len().saturating_mul(4));
    match encoding {
        Encoding::Utf8 => Ok(memory::copy(text.as_bytes())),
        Encoding::Utf8Signature => Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
        Encoding::Ascii => encode_narrow(cx, text, encoding, 0x7f, errors),
        Encoding::Latin1 => encode_narrow(cx, text, encoding, 0xff, errors),
        Encoding::Utf16 { big, mark } => {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            Ok(units.flat_map(|unit| order(big, &unit.to_le_bytes())).collect())
        }
        Encoding::Utf32 { big, mark } => {
            let units = mark.then_some('\u{feff}').into_iter().chain(text.chars());
            Ok(units.flat_map(|c| order(big, &u32::from(c).to_le_bytes())).collect())
        }
    }
}

/// Encodes into one byte a character, up to `most`.
fn encode_narrow(cx: &Ctx, text: &str, encoding: Encoding, most: u32, errors: &str) -> Res<Vec<u8>> {
    let mut bytes = memory::buffer(text.len());
    for (index, c) in text.chars().enumerate() {
        let code = u32::from(c);
        if code <= most {
            bytes.push(code as u8);
            continue;
        }
        match errors {
            "ignore" => {}
            "replace" => bytes.push(b'?'),
            "xmlcharrefreplace" => bytes.extend(format!("&#{code};").bytes()),
            "backslashreplace" => {
                let mut escape = String::new();
                crate::ops::repr::push_escape(&mut escape, c);
                bytes.extend(escape.bytes());
            }
            "strict" => {
                let run = text.chars().skip(index).take_while(|&c| u32::from(c) > most).count();
                let reason = format!("ordinal not in range({})", most + 1);
                let bounds = (index, index + run);
                return Err(failure(cx, Builtin::UnicodeEncodeError, encoding, cx.str(text), bounds, &reason));
            }
            _ => return Err(unknown_handler(cx, errors)),
        }
    }
    Ok(bytes)
}

fn failure(
    cx: &Ctx,
    class: Builtin,
    encoding: Encoding,
    object: Value<'_>,
    (start, end): (usize, usize),
    reason: &str,
) -> Raised {
    let number = |n: usize| cx.uint(n as u64);
    cx.raise_with(class, &[cx.str(encoding.name()), object, number(start), number(end), cx.str(reason)])
}

/// What cannot be decoded: where, and why.
struct Bad {
    start: usize,
    end: usize,
    reason: &'static str,
}

/// Decodes bytes.
pub fn decode(cx: &Ctx, bytes: &[u8], name: &str, errors: &str) -> Res<String> {
    let encoding = encoding(cx, name)?;
    let mut text = memory::text(bytes.len().saturating_mul(if encoding == Encoding::Latin1 { 2 } else { 1 }));
    let mut at = 0;
    let found = match encoding {
        Encoding::Utf8Signature if bytes.starts_with(b"\xef\xbb\xbf") => 3,
        Encoding::Utf16 { mark: true, .. } if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") => 2,
        Encoding::Utf32 { mark: true, .. }
            if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") =>
        {
            4
        }
        _ => 0,
    };
    let big_mark = bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\0\0\xfe\xff");
    let decoder = match encoding {
        Encoding::Utf16 { mark: true, .. } if found > 0 => Encoding::Utf16 { big: big_mark, mark: true },
        Encoding::Utf32 { mark: true, .. } if found > 0 => Encoding::Utf32 { big: big_mark, mark: true },
        _ => encoding,
    };
    at += found;
    while let Err(bad) = decode_run(decoder, bytes, &mut at, &mut text) {
        match errors {
            "strict" => {
                let bounds = (bad.start, bad.end);
                let object = cx.bytes(bytes);
                return Err(failure(cx, Builtin::UnicodeDecodeError, encoding, object, bounds, bad.reason));
            }
            "ignore" => {}
            "replace" => {
                memory::reserve_text(&mut text, 3);
                text.push('\u{fffd}');
            }
            "backslashreplace" => {
                memory::reserve_text(&mut text, 4 * (bad.end - bad.start));
                text.extend(bytes[bad.start..bad.end].iter().map(|byte| format!("\\x{byte:02x}")));
            }
            _ => return Err(unknown_handler(cx, errors)),
        }
        at = bad.end;
    }
    Ok(text)
}

/// Decodes from `at` up to the end or to what cannot be decoded.
fn decode_run(encoding: Encoding, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Signature => decode_utf8(bytes, at, text),
        Encoding::Latin1 => {
            text.extend(bytes[*at..].iter().copied().map(char::from));
            Ok(())
        }
        Encoding::Ascii => {
            while let Some(&byte) = bytes.get(*at) {
                if !byte.is_ascii() {
                    return Err(Bad { start: *at, end: *at + 1, reason: "ordinal not in range(128)" });
                }
                text.push(char::from(byte));
                *at += 1;
            }
            Ok(())
        }
        Encoding::Utf16 { big, .. } => decode_wide::<2>(bytes, at, text, big),
        Encoding::Utf32 { big, .. } => decode_wide::<4>(bytes, at, text, big),
    }
}

fn decode_utf8(bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
    match std::str::from_utf8(&bytes[*at..]) {
        Ok(rest) => {
            text.push_str(rest);
            *at = bytes.len();
            Ok(())
        }
        Err(error) => {
            let start = *at + error.valid_up_to();
            text.push_str(std::str::from_utf8(&bytes[*at..start]).unwrap_or_default());
            let (end, reason) = match error.error_len() {
                None => (bytes.len(), "unexpected end of data"),
                Some(len) if matches!(bytes[start], 0x80..=0xc1 | 0xf5..) => (start + len, "invalid start byte"),
                Some(len) => (start + len, "invalid continuation byte"),
            };
            Err(Bad { start, end, reason })
        }
    }
}

fn decode_wide<const N: usize>(bytes: &[u8], at: &mut usize, text: &mut String, big: bool) -> Result<(), Bad> {
    let unit = |at: usize| -> Option<u32> {
        let unit = bytes.get(at..at + N)?;
        let fold = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        Some(if big { unit.iter().fold(0, fold) } else { unit.iter().rev().fold(0, fold) })
    };
    while *at < bytes.len() {
        let start = *at;
        let Some(first) = unit(start) else {
            return Err(Bad { start, end: bytes.len(), reason: "truncated data" });
        };
        if let Some(c) = char::from_u32(first) {
            text.push(c);
            *at += N;
            continue;
        }
        if N == 4 {
            return Err(Bad { start, end: start + N, reason: "code point not in range(0x110000)" });
        }
        let pair = (first as u16, unit(start + 2).map(|second| second as u16));
        match pair {
            (high @ 0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                text.extend(char::decode_utf16([high, low]).flatten());
                *at += 4;
            }
            (0xd800..0xdc00, None) => {
                return Err(Bad { start, end: bytes.len(), reason: "unexpected end of data" });
            }
            (0xd800..0xdc00, Some(_)) => return Err(Bad { start, end: start + 2, reason: "illegal UTF-16 surrogate" }),
            _ => return Err(Bad { start, end: start + 2, reason: "illegal encoding" }),
        }
    }
    Ok(())
}
