//! `unicode_escape` and `raw_unicode_escape`: text as literals spell it.

use argil_compiler::surrogate;
use argil_interp::codecs::{Bad, decode, unicode};
use argil_interp::memory;
use argil_interp::ops::repr::push_escape;

/// A text with escapes for all that is not printable ASCII.
pub fn encode(text: &str) -> Vec<u8> {
    let mut escaped = memory::text(text.len().saturating_mul(4));
    for c in text.chars() {
        match c {
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\\' => escaped.push_str("\\\\"),
            ' '..='~' => escaped.push(c),
            _ => push_escape(&mut escaped, c),
        }
    }
    escaped.into_bytes()
}

/// A text in Latin-1, with escapes for what that lacks.
pub fn encode_raw(text: &str) -> Vec<u8> {
    let mut bytes = memory::buffer(text.len().saturating_mul(3));
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let mut escape = String::new();
                push_escape(&mut escape, c);
                bytes.extend_from_slice(escape.as_bytes());
            }
        }
    }
    bytes
}

/// Hexadecimal digits, `count` of them, at a place that moves behind them. `Ok(None)` if the bytes end before; an error if
/// one is none.
fn hex(bytes: &[u8], at: &mut usize, count: usize) -> Result<Option<u32>, ()> {
    let mut code = 0_u32;
    for _ in 0..count {
        let Some(&byte) = bytes.get(*at) else { return Ok(None) };
        let digit = char::from(byte).to_digit(16).ok_or(())?;
        code = code << 4 | digit;
        *at += 1;
    }
    Ok(Some(code))
}

/// Appends the character of a code, or says why there is none.
fn push_code(text: &mut String, code: u32, too_large: &'static str) -> Result<(), &'static str> {
    match surrogate::char_of(code) {
        Some(c) => {
            text.push(c);
            Ok(())
        }
        None if code > 0x10_ffff => Err(too_large),
        None => Err("U+10F000 to U+10F7FF stand for surrogates in Argil"),
    }
}

/// How an escape ends that is no character.
enum Stop {
    /// The bytes end within it.
    End(&'static str),
    /// It is wrong.
    Wrong(&'static str),
}

/// Takes the escape after a backslash at a place, which moves.
fn take_escape(bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Stop> {
    let Some(&kind) = bytes.get(*at) else { return Err(Stop::End("\\ at end of string")) };
    *at += 1;
    let (count, reason) = match kind {
        b'\n' => return Ok(()),
        b'\\' | b'\'' | b'"' => {
            text.push(char::from(kind));
            return Ok(());
        }
        b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' => {
            let known = [(b'a', '\x07'), (b'b', '\x08'), (b'f', '\x0c'), (b'n', '\n'), (b'r', '\r'), (b't', '\t')];
            text.push(known.iter().find(|(letter, _)| *letter == kind).map_or('\x0b', |(_, c)| *c));
            return Ok(());
        }
        b'0'..=b'7' => {
            let mut code = u32::from(kind - b'0');
            for _ in 0..2 {
                let Some(&byte @ b'0'..=b'7') = bytes.get(*at) else { break };
                code = code << 3 | u32::from(byte - b'0');
                *at += 1;
            }
            text.extend(char::from_u32(code));
            return Ok(());
        }
        b'x' => (2, "truncated \\xXX escape"),
        b'u' => (4, "truncated \\uXXXX escape"),
        b'U' => (8, "truncated \\UXXXXXXXX escape"),
        b'N' => return take_named(bytes, at, text),
        _ => {
            text.push('\\');
            text.push(char::from(kind));
            return Ok(());
        }
    };
    match hex(bytes, at, count) {
        Ok(Some(code)) => push_code(text, code, "illegal Unicode character").map_err(Stop::Wrong),
        Ok(None) => Err(Stop::End(reason)),
        Err(()) => Err(Stop::Wrong(reason)),
    }
}

/// Takes the name of `\N{...}` at a place, which moves.
fn take_named(bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Stop> {
    const MALFORMED: &str = "malformed \\N character escape";
    match bytes.get(*at) {
        None => return Err(Stop::End(MALFORMED)),
        Some(b'{') => *at += 1,
        Some(_) => return Err(Stop::Wrong(MALFORMED)),
    }
    let start = *at;
    let Some(len) = bytes[start..].iter().position(|byte| *byte == b'}') else {
        *at = bytes.len();
        return Err(Stop::End(MALFORMED));
    };
    *at += len;
    if len == 0 {
        return Err(Stop::Wrong(MALFORMED));
    }
    *at += 1;
    let name = std::str::from_utf8(&bytes[start..start + len]).unwrap_or("");
    match unicode::named(name) {
        Some(c) => {
            text.push(c);
            Ok(())
        }
        None => Err(Stop::Wrong("unknown Unicode character name")),
    }
}

/// Takes what stands for itself: bytes up to a backslash, as Latin-1.
fn take_plain(bytes: &[u8], at: &mut usize, text: &mut String) {
    let rest = &bytes[*at..];
    let count = rest.iter().position(|byte| *byte == b'\\').unwrap_or(rest.len());
    text.extend(rest[..count].iter().copied().map(char::from));
    *at += count;
}

/// The decoder of `unicode_escape`.
pub struct Decoder {
    /// Whether nothing follows.
    pub last: bool,
}

impl decode::Decoder for Decoder {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        memory::reserve_text(text, (bytes.len() - *at).saturating_mul(2));
        loop {
            take_plain(bytes, at, text);
            if *at == bytes.len() {
                return Ok(());
            }
            let (start, mut place) = (*at, *at + 1);
            let reason = match take_escape(bytes, &mut place, text) {
                Ok(()) => {
                    *at = place;
                    continue;
                }
                Err(Stop::End(_)) if !self.last => return Ok(()),
                Err(Stop::End(reason) | Stop::Wrong(reason)) => reason,
            };
            return Err(Bad { start, end: place, reason });
        }
    }

    fn is_last(&self) -> bool {
        self.last
    }
}

/// The decoder of `raw_unicode_escape`.
pub struct RawDecoder {
    /// Whether nothing follows.
    pub last: bool,
}

impl decode::Decoder for RawDecoder {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        memory::reserve_text(text, (bytes.len() - *at).saturating_mul(2));
        loop {
            take_plain(bytes, at, text);
            if *at == bytes.len() {
                return Ok(());
            }
            let (start, mut place) = (*at, *at + 2);
            let (count, reason) = match bytes.get(start + 1) {
                None if !self.last => return Ok(()),
                Some(b'u') => (4, "truncated \\uXXXX escape"),
                Some(b'U') => (8, "truncated \\UXXXXXXXX escape"),
                other => {
                    text.push('\\');
                    text.extend(other.copied().map(char::from));
                    *at = place.min(bytes.len());
                    continue;
                }
            };
            let reason = match hex(bytes, &mut place, count) {
                Ok(Some(code)) => match push_code(text, code, "\\Uxxxxxxxx out of range") {
                    Ok(()) => {
                        *at = place;
                        continue;
                    }
                    Err(reason) => reason,
                },
                Ok(None) if !self.last => return Ok(()),
                Ok(None) | Err(()) => reason,
            };
            return Err(Bad { start, end: place, reason });
        }
    }

    fn is_last(&self) -> bool {
        self.last
    }
}
