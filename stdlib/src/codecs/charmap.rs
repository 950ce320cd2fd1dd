//! Encodings of a byte a character, by a mapping that somebody gives.

use argil_compiler::surrogate;
use argil_interp::builtin::Builtin;
use argil_interp::codecs::Bad;
use argil_interp::codecs::decode::{Decoder, decode_with};
use argil_interp::codecs::errors::{Handler, Replacement, Trouble};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::ops::item;
use argil_interp::types::str::Str;

use super::encoding_map::{EncodingMap, UNDEFINED};

const REASON: &str = "character maps to <undefined>";

/// What a mapping has for a number: `None` if nothing.
fn look_up(cx: &mut Ctx, mapping: Slot, number: u32) -> Res<Option<Slot>> {
    let key = cx.root(cx.int(i64::from(number)));
    match item::get_item(cx, mapping, key) {
        Ok(found) => Ok((!cx.get(found).is_none()).then_some(found)),
        Err(raised) => cx.catch(raised, Builtin::LookupError).map(|_| None),
    }
}

/// Encodes a character with a mapping; false if that has nothing for it.
fn push_mapped(cx: &mut Ctx, mapping: Slot, c: char, bytes: &mut Vec<u8>) -> Res<bool> {
    if let Some(map) = cx.get(mapping).native::<EncodingMap>() {
        let byte = map.byte(c);
        bytes.extend(byte);
        return Ok(byte.is_some());
    }
    cx.scope(|cx| {
        let Some(found) = look_up(cx, mapping, surrogate::code_of(c))? else { return Ok(false) };
        let value = cx.get(found);
        if let Some(int) = value.as_int() {
            let Some(byte) = int.to_i64().and_then(|number| u8::try_from(number).ok()) else {
                return Err(cx.type_error("character mapping must be in range(256)"));
            };
            memory::reserve(bytes, 1);
            bytes.push(byte);
        } else if let Some(more) = value.as_bytes() {
            memory::reserve(bytes, more.len());
            bytes.extend_from_slice(more);
        } else {
            let got = cx.type_name(value);
            let message = format!("character mapping must return integer, bytes or None, not {got}");
            return Err(cx.type_error(message));
        }
        Ok(true)
    })
}

/// Encodes a text (a slot).
pub fn encode(cx: &mut Ctx, text: Slot, mapping: Slot, handler: &Handler) -> Res<Vec<u8>> {
    let len = cx.get(text).cast::<Str>().map_or(0, Str::len);
    let char_at = |cx: &Ctx, byte: usize| cx.get(text).as_str().and_then(|text| text[byte..].chars().next());
    let mut bytes = memory::buffer(len);
    let mut trouble = Trouble::default();
    // Where the next character is, in bytes and in characters.
    let (mut byte, mut place) = (0, 0);
    while let Some(c) = char_at(cx, byte) {
        cx.poll()?;
        if push_mapped(cx, mapping, c, &mut bytes)? {
            (byte, place) = (byte + c.len_utf8(), place + 1);
            continue;
        }
        let start = place;
        (byte, place) = (byte + c.len_utf8(), place + 1);
        let mut dropped = Vec::new();
        while let Some(c) = char_at(cx, byte) {
            if push_mapped(cx, mapping, c, &mut dropped)? {
                break;
            }
            (byte, place) = (byte + c.len_utf8(), place + 1);
        }
        let bad = Bad { start, end: place, reason: REASON };
        let (replacement, next) = trouble.encoding(cx, text, "charmap", bad, handler)?;
        match replacement {
            Replacement::Bytes(more) => {
                memory::reserve(&mut bytes, more.len());
                bytes.extend_from_slice(&more);
            }
            Replacement::Text(more) => {
                for c in more.chars() {
                    memory::reserve(&mut bytes, 1);
                    if !push_mapped(cx, mapping, c, &mut bytes)? {
                        return Err(trouble.raise_encoding(cx, text, "charmap", bad));
                    }
                }
            }
        }
        if next != place {
            place = next;
            byte = cx.get(text).cast::<Str>().map_or(0, |text| text.byte_offset(next));
        }
        memory::reserve(&mut bytes, len - place);
    }
    Ok(bytes)
}

/// Decodes by a table of characters.
struct Table(Vec<char>);

impl Decoder for Table {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        memory::reserve_text(text, (bytes.len() - *at).saturating_mul(4));
        while let Some(&byte) = bytes.get(*at) {
            match self.0.get(usize::from(byte)) {
                Some(&c) if c != UNDEFINED => text.push(c),
                _ => return Err(Bad { start: *at, end: *at + 1, reason: REASON }),
            }
            *at += 1;
        }
        Ok(())
    }
}

/// What a mapping has for a byte; `None` if nothing.
fn mapped(cx: &mut Ctx, mapping: Slot, byte: u8, text: &mut String) -> Res<bool> {
    cx.scope(|cx| {
        let Some(found) = look_up(cx, mapping, u32::from(byte))? else { return Ok(false) };
        let value = cx.get(found);
        if let Some(int) = value.as_int() {
            let code = int.to_i64().and_then(|code| u32::try_from(code).ok()).filter(|code| *code <= 0x10_ffff);
            let Some(code) = code else {
                return Err(cx.type_error("character mapping must be in range(0x110000)"));
            };
            let Some(c) = surrogate::char_of(code) else {
                return Err(cx.value_error("U+10F000 to U+10F7FF stand for surrogates in Argil"));
            };
            memory::reserve_text(text, 4);
            if c != UNDEFINED {
                text.push(c);
            }
            return Ok(c != UNDEFINED);
        }
        let Some(more) = value.as_str() else {
            return Err(cx.type_error("character mapping must return integer, None or str"));
        };
        let mut chars = more.chars();
        if chars.next() == Some(UNDEFINED) && chars.next().is_none() {
            return Ok(false);
        }
        memory::reserve_text(text, more.len());
        text.push_str(more);
        Ok(true)
    })
}

/// Decodes a bytes object (a slot); the text, and how many bytes were used.
pub fn decode(cx: &mut Ctx, bytes: Slot, mapping: Slot, handler: &Handler) -> Res<(String, usize)> {
    if let Some(table) = cx.get(mapping).as_str() {
        let mut table = Table(table.chars().take(256).collect());
        return decode_with(cx, bytes, "charmap", handler, &mut table);
    }
    let input = cx.root(cx.get(bytes));
    let given = cx.get(input).as_bytes().map_or(0, <[u8]>::len);
    let mut text = memory::text(given);
    let mut trouble = Trouble::default();
    let mut at = 0;
    while let Some(&byte) = cx.get(input).as_bytes().and_then(|bytes| bytes.get(at)) {
        cx.poll()?;
        if mapped(cx, mapping, byte, &mut text)? {
            at += 1;
            continue;
        }
        let bad = Bad { start: at, end: at + 1, reason: REASON };
        let (replacement, next) = trouble.decoding(cx, input, "charmap", bad, handler)?;
        memory::reserve_text(&mut text, replacement.len());
        text.push_str(&replacement);
        at = next;
    }
    // All of them, whatever bytes a handler put in their place.
    Ok((text, given))
}
