//! Decoding bytes natively.

use argil_compiler::surrogate;

use super::Bad;
use super::errors::{Handler, Trouble};
use super::native::{Encoding, Order};
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;

/// A decoder: it goes on where it stopped.
pub trait Decoder {
    /// Decodes from `at`, which it moves, up to the end or to what cannot be decoded. The text has room for a byte of UTF-8 for each byte.
    ///
    /// # Errors
    /// What cannot be decoded; the decoder is called again with `at` behind it, or wherever a handler says.
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad>;

    /// Whether nothing follows the bytes, so that all of them are used.
    fn is_last(&self) -> bool {
        true
    }
}

/// Decodes a bytes object (a slot); the text, and how many bytes were used.
pub fn decode_with(
    cx: &mut Ctx,
    bytes: Slot,
    encoding: &str,
    handler: &Handler,
    decoder: &mut impl Decoder,
) -> Res<(String, usize)> {
    let len = |cx: &Ctx, bytes: Slot| cx.get(bytes).as_bytes().map_or(0, <[u8]>::len);
    let given = len(cx, bytes);
    let mut text = memory::text(given);
    let input = cx.root(cx.get(bytes));
    let mut at = 0;
    let mut trouble = Trouble::default();
    loop {
        let bad = match decoder.run(cx.get(input).as_bytes().unwrap_or_default(), &mut at, &mut text) {
            // Whatever bytes a handler put in their place.
            Ok(()) => return Ok((text, if decoder.is_last() { given } else { at })),
            Err(bad) => bad,
        };
        let (replacement, next) = trouble.decoding(cx, input, encoding, bad, handler)?;
        // A handler may go on in other bytes than those that it was called for.
        memory::reserve_text(&mut text, replacement.len().saturating_add(len(cx, input) - next));
        text.push_str(&replacement);
        at = next;
    }
}

/// Decodes a bytes object (a slot) in whole; the text, and how many bytes were used.
pub fn decode_known(cx: &mut Ctx, bytes: Slot, encoding: Encoding, handler: &Handler) -> Res<(String, usize)> {
    match encoding {
        Encoding::Utf8 => decode_with(cx, bytes, "utf-8", handler, &mut Utf8 { last: true }),
        Encoding::Utf8Signature => decode_with(cx, bytes, "utf-8", handler, &mut Signed(Utf8 { last: true })),
        Encoding::Ascii => decode_with(cx, bytes, "ascii", handler, &mut Ascii),
        Encoding::Latin1 => decode_with(cx, bytes, "latin-1", handler, &mut Latin1),
        Encoding::Utf16(order) => decode_wide::<2>(cx, bytes, order, true, handler).map(|(text, used, _)| (text, used)),
        Encoding::Utf32(order) => decode_wide::<4>(cx, bytes, order, true, handler).map(|(text, used, _)| (text, used)),
    }
}

/// Why bytes cannot be decoded that are fine otherwise.
const RESERVED: &str = "U+10F000 to U+10F7FF stand for surrogates in Argil";

/// UTF-8.
pub struct Utf8 {
    /// Whether nothing follows; otherwise a sequence that may go on is left.
    pub last: bool,
}

impl Decoder for Utf8 {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        let error = match std::str::from_utf8(&bytes[*at..]) {
            Ok(rest) => {
                let start = surrogate::find(rest);
                text.push_str(&rest[..start.unwrap_or(rest.len())]);
                *at += start.unwrap_or(rest.len());
                return match start {
                    None => Ok(()),
                    Some(_) => Err(Bad { start: *at, end: *at + 4, reason: RESERVED }),
                };
            }
            Err(error) => error,
        };
        let start = *at + error.valid_up_to();
        text.push_str(std::str::from_utf8(&bytes[*at..start]).unwrap_or_default());
        *at = start;
        let (end, reason) = match error.error_len() {
            None if !self.last => return Ok(()),
            None => (bytes.len(), "unexpected end of data"),
            Some(len) if matches!(bytes[start], 0x80..=0xc1 | 0xf5..) => (start + len, "invalid start byte"),
            Some(len) => (start + len, "invalid continuation byte"),
        };
        Err(Bad { start, end, reason })
    }

    fn is_last(&self) -> bool {
        self.last
    }
}

/// UTF-8 behind a byte order mark, if there is one.
struct Signed(Utf8);

impl Decoder for Signed {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        if *at == 0 && bytes.starts_with(b"\xef\xbb\xbf") {
            *at = 3;
        }
        self.0.run(bytes, at, text)
    }
}

/// ASCII.
pub struct Ascii;

impl Decoder for Ascii {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        let rest = &bytes[*at..];
        let good = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        text.push_str(std::str::from_utf8(&rest[..good]).unwrap_or_default());
        *at += good;
        if *at == bytes.len() {
            return Ok(());
        }
        Err(Bad { start: *at, end: *at + 1, reason: "ordinal not in range(128)" })
    }
}

/// Latin-1.
pub struct Latin1;

impl Decoder for Latin1 {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        let rest = &bytes[*at..];
        memory::reserve_text(text, rest.len().saturating_mul(2));
        text.extend(rest.iter().copied().map(char::from));
        *at = bytes.len();
        Ok(())
    }
}

/// UTF-16 or UTF-32, by the bytes of a unit.
struct Wide<const N: usize> {
    big: bool,
    last: bool,
    /// Where the first unit begins.
    start: usize,
}

/// Decodes UTF-16 (`N` is 2) or UTF-32 (`N` is 4): the text, how many bytes were used, and the order if it is known in the
/// end.
pub fn decode_wide<const N: usize>(
    cx: &mut Ctx,
    bytes: Slot,
    order: Order,
    last: bool,
    handler: &Handler,
) -> Res<(String, usize, Order)> {
    let (little, big): (&[u8], &[u8]) =
        if N == 2 { (b"\xff\xfe", b"\xfe\xff") } else { (b"\xff\xfe\0\0", b"\0\0\xfe\xff") };
    let held = cx.get(bytes).as_bytes().unwrap_or_default();
    let (found, start) = match order {
        Order::Marked if held.starts_with(little) => (Order::Little, N),
        Order::Marked if held.starts_with(big) => (Order::Big, N),
        order => (order, 0),
    };
    let big = found == Order::Big;
    let name = match (N, big) {
        (2, false) => "utf-16-le",
        (2, true) => "utf-16-be",
        (_, false) => "utf-32-le",
        (_, true) => "utf-32-be",
    };
    let (text, used) = decode_with(cx, bytes, name, handler, &mut Wide::<N> { big, last, start })?;
    Ok((text, used, found))
}

impl<const N: usize> Wide<N> {
    fn unit(&self, bytes: &[u8], at: usize) -> Option<u32> {
        let unit = bytes.get(at..at + N)?;
        let fold = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        Some(if self.big { unit.iter().fold(0, fold) } else { unit.iter().rev().fold(0, fold) })
    }
}

impl<const N: usize> Decoder for Wide<N> {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        *at += std::mem::take(&mut self.start);
        // Two bytes may become three.
        memory::reserve_text(text, (bytes.len() - *at).saturating_mul(2));
        while *at < bytes.len() {
            let start = *at;
            let Some(first) = self.unit(bytes, start) else {
                if !self.last {
                    return Ok(());
                }
                return Err(Bad { start, end: bytes.len(), reason: "truncated data" });
            };
            if let Some(c) = char::from_u32(first).filter(|&c| N == 2 || !surrogate::is_surrogate(c)) {
                text.push(c);
                *at += N;
                continue;
            }
            if N == 4 {
                let reason = match first {
                    0xd800..0xe000 => "code point in surrogate code point range(0xd800, 0xe000)",
                    0x10_f000..0x10_f800 => RESERVED,
                    _ => "code point not in range(0x110000)",
                };
                return Err(Bad { start, end: start + N, reason });
            }
            let pair = (first as u16, self.unit(bytes, start + 2).map(|second| second as u16));
            match pair {
                (high @ 0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) => {
                    text.extend(char::decode_utf16([high, low]).flatten());
                    *at += 4;
                }
                (0xd800..0xdc00, None) if !self.last => return Ok(()),
                (0xd800..0xdc00, None) => {
                    return Err(Bad { start, end: bytes.len(), reason: "unexpected end of data" });
                }
                (0xd800..0xdc00, Some(_)) => {
                    return Err(Bad { start, end: start + 2, reason: "illegal UTF-16 surrogate" });
                }
                _ => return Err(Bad { start, end: start + 2, reason: "illegal encoding" }),
            }
        }
        Ok(())
    }

    fn is_last(&self) -> bool {
        self.last
    }
}
