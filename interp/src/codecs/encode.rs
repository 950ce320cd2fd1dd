//! Encoding text natively.

use argil_compiler::surrogate;

use super::Bad;
use super::errors::{Handler, Replacement, Trouble};
use super::native::{Encoding, Order};
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::types::str::Str;

/// Characters up to `most`, a byte each.
#[derive(Clone, Copy, Debug)]
pub struct Narrow {
    /// The name that errors show.
    pub name: &'static str,
    /// The highest code.
    pub most: u32,
    /// Why a higher one cannot be encoded.
    pub reason: &'static str,
}

/// ASCII.
pub const ASCII: Narrow = Narrow { name: "ascii", most: 0x7f, reason: "ordinal not in range(128)" };
/// Latin-1.
pub const LATIN_1: Narrow = Narrow { name: "latin-1", most: 0xff, reason: "ordinal not in range(256)" };

/// Encodes a text (a slot).
pub fn encode_known(cx: &mut Ctx, text: Slot, encoding: Encoding, handler: &Handler) -> Res<Vec<u8>> {
    match encoding {
        Encoding::Ascii => encode_narrow(cx, text, ASCII, handler),
        Encoding::Latin1 => encode_narrow(cx, text, LATIN_1, handler),
        _ if cx.get(text).as_str().is_some_and(|text| surrogate::find(text).is_some()) => {
            encode_surrogates(cx, text, encoding, handler)
        }
        _ => {
            let text = cx.get(text).as_str().unwrap_or_default();
            Ok(match encoding {
                Encoding::Utf8Signature => memory::concat(&[b"\xef\xbb\xbf", text.as_bytes()]),
                Encoding::Utf16(order) => utf16(text, order),
                Encoding::Utf32(order) => utf32(text, order),
                _ => memory::copy(text.as_bytes()),
            })
        }
    }
}

/// Encodes a text that has surrogates (a slot) in one of the forms of Unicode.
fn encode_surrogates(cx: &mut Ctx, text: Slot, encoding: Encoding, handler: &Handler) -> Res<Vec<u8>> {
    let name = match encoding {
        Encoding::Utf16(Order::Little) => "utf-16-le",
        Encoding::Utf16(Order::Big) => "utf-16-be",
        Encoding::Utf16(_) => "utf-16",
        Encoding::Utf32(Order::Little) => "utf-32-le",
        Encoding::Utf32(Order::Big) => "utf-32-be",
        Encoding::Utf32(_) => "utf-32",
        _ => "utf-8",
    };
    let plain = |text: &str, is_first: bool| match encoding {
        Encoding::Utf16(order) => utf16(text, if is_first { order } else { order.unmarked() }),
        Encoding::Utf32(order) => utf32(text, if is_first { order } else { order.unmarked() }),
        Encoding::Utf8Signature if is_first => memory::concat(&[b"\xef\xbb\xbf", text.as_bytes()]),
        _ => memory::copy(text.as_bytes()),
    };
    let unit = match encoding {
        Encoding::Utf16(_) => 2,
        Encoding::Utf32(_) => 4,
        _ => 1,
    };
    let mut bytes: Vec<u8> = plain("", true);
    let mut trouble = Trouble::default();
    let mut at = 0;
    loop {
        let shown = cx.get(text).cast::<Str>().map_or("", |text| text.slice(at, text.len()));
        let good = surrogate::find(shown).unwrap_or(shown.len());
        bytes.extend(plain(&shown[..good], false));
        let bad = shown[good..].chars().take_while(|&c| surrogate::is_surrogate(c)).count();
        if bad == 0 {
            return Ok(bytes);
        }
        let start = at + shown[..good].chars().count();
        let bad = Bad { start, end: start + bad, reason: "surrogates not allowed" };
        let (replacement, next) = trouble.encoding(cx, text, name, bad, handler)?;
        match replacement {
            // Half a unit is none.
            Replacement::Bytes(more) if more.len() % unit != 0 => {
                return Err(trouble.raise_encoding(cx, text, name, bad));
            }
            Replacement::Bytes(more) => bytes.extend(more),
            Replacement::Text(more) if surrogate::find(&more).is_some() => {
                return Err(trouble.raise_encoding(cx, text, name, bad));
            }
            Replacement::Text(more) => bytes.extend(plain(&more, false)),
        }
        at = next;
    }
}

/// A text in UTF-16.
pub fn utf16(text: &str, order: Order) -> Vec<u8> {
    let mut bytes = memory::buffer(text.len().saturating_mul(2).saturating_add(2));
    let mark = (order == Order::Marked).then_some(0xfeff);
    for unit in mark.into_iter().chain(text.encode_utf16()) {
        bytes.extend(if order == Order::Big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    }
    bytes
}

/// A text in UTF-32.
pub fn utf32(text: &str, order: Order) -> Vec<u8> {
    let mut bytes = memory::buffer(text.len().saturating_mul(4).saturating_add(4));
    let mark = (order == Order::Marked).then_some('\u{feff}');
    for code in mark.into_iter().chain(text.chars()).map(u32::from) {
        bytes.extend(if order == Order::Big { code.to_be_bytes() } else { code.to_le_bytes() });
    }
    bytes
}

/// Where an encoder stands in a text.
#[derive(Clone, Copy, Default)]
struct Place {
    byte: usize,
    char: usize,
}

impl Narrow {
    /// Encodes from a place up to the end or to characters that it cannot; these, and the place after them.
    fn run(self, text: &str, at: &mut Place, bytes: &mut Vec<u8>) -> Option<(Bad, Place)> {
        let rest = &text[at.byte..];
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        bytes.extend_from_slice(&rest.as_bytes()[..ascii]);
        at.byte += ascii;
        at.char += ascii;
        let mut chars = text[at.byte..].chars();
        let mut after = *at;
        while let Some(c) = chars.clone().next() {
            let code = surrogate::code_of(c);
            let Some(byte) = u8::try_from(code).ok().filter(|_| code <= self.most) else { break };
            bytes.push(byte);
            after = Place { byte: after.byte + c.len_utf8(), char: after.char + 1 };
            chars.next();
        }
        *at = after;
        for c in chars.take_while(|&c| u32::from(c) > self.most) {
            after = Place { byte: after.byte + c.len_utf8(), char: after.char + 1 };
        }
        (after.char > at.char).then_some((Bad { start: at.char, end: after.char, reason: self.reason }, after))
    }
}

/// Encodes a text (a slot) into a byte a character.
pub fn encode_narrow(cx: &mut Ctx, text: Slot, narrow: Narrow, handler: &Handler) -> Res<Vec<u8>> {
    let mut bytes = memory::buffer(cx.get(text).as_str().map_or(0, str::len));
    let mut at = Place::default();
    let mut trouble = Trouble::default();
    loop {
        let shown = cx.get(text).as_str().unwrap_or_default();
        let Some((bad, after)) = narrow.run(shown, &mut at, &mut bytes) else { return Ok(bytes) };
        let (replacement, next) = trouble.encoding(cx, text, narrow.name, bad, handler)?;
        match replacement {
            Replacement::Bytes(more) => {
                memory::reserve(&mut bytes, more.len());
                bytes.extend_from_slice(&more);
            }
            Replacement::Text(more) => {
                if more.chars().any(|c| u32::from(c) > narrow.most) {
                    return Err(trouble.raise_encoding(cx, text, narrow.name, bad));
                }
                memory::reserve(&mut bytes, more.len());
                bytes.extend(more.chars().map(|c| u32::from(c) as u8));
            }
        }
        at = if next == bad.end {
            after
        } else {
            Place { byte: cx.get(text).cast::<Str>().map_or(0, |text| text.byte_offset(next)), char: next }
        };
        // What follows the replacement needs its room too, whatever the handler went back to.
        memory::reserve(&mut bytes, cx.get(text).as_str().map_or(0, str::len) - at.byte);
    }
}
