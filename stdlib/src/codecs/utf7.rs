//! UTF-7 (RFC 2152): text in ASCII, with stretches of UTF-16 in base 64 between `+` and `-`.

use argil_compiler::surrogate;
use argil_interp::codecs::{Bad, decode};
use argil_interp::memory;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn digit(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Whether a character stands for itself when encoded.
fn is_direct(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='}') && !matches!(c, '+' | '\\')
}

/// A text in UTF-7.
pub fn encode(text: &str) -> Vec<u8> {
    let mut bytes = memory::buffer(text.len().saturating_mul(4).saturating_add(5));
    let (mut shifted, mut buffer, mut bits) = (false, 0_u32, 0);
    for c in text.chars() {
        if is_direct(c) {
            if shifted {
                if bits > 0 {
                    bytes.push(DIGITS[(buffer << (6 - bits) & 63) as usize]);
                }
                (shifted, buffer, bits) = (false, 0, 0);
                // Other characters end the stretch by themselves.
                if c == '-' || digit(c as u8).is_some() {
                    bytes.push(b'-');
                }
            }
            bytes.push(c as u8);
            continue;
        }
        if !shifted {
            bytes.push(b'+');
            if c == '+' {
                bytes.push(b'-');
                continue;
            }
            shifted = true;
        }
        let mut units = [0; 2];
        let units: &[u16] = match surrogate::is_surrogate(c) {
            true => &[surrogate::code_of(c) as u16],
            false => c.encode_utf16(&mut units),
        };
        for unit in units {
            buffer = buffer << 16 | u32::from(*unit);
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                bytes.push(DIGITS[(buffer >> bits & 63) as usize]);
            }
            buffer &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        bytes.push(DIGITS[(buffer << (6 - bits) & 63) as usize]);
    }
    if shifted {
        bytes.push(b'-');
    }
    bytes
}

/// A decoder. A stretch that may go on is given back, with the text that it made.
pub struct Decoder {
    last: bool,
    /// Where the stretch began in the bytes and in the text, if one is open.
    stretch: Option<(usize, usize)>,
    buffer: u32,
    bits: u32,
    /// The first half of a pair.
    high: Option<u16>,
}

/// The character of a unit that is not half of a pair.
fn lone(unit: u16) -> Option<char> {
    surrogate::char_of(u32::from(unit))
}

impl Decoder {
    /// A decoder; `last` if nothing follows.
    pub fn new(last: bool) -> Decoder {
        Decoder { last, stretch: None, buffer: 0, bits: 0, high: None }
    }

    /// What was decoded, without the stretch that is still open.
    pub fn finish(&self, (mut text, used): (String, usize)) -> (String, usize) {
        match self.stretch {
            Some((start, len)) if !self.last => {
                // ASCII may stay: CPython, too, takes back only what it must.
                text.truncate(len);
                (text, start)
            }
            _ => (text, used),
        }
    }

    /// Takes a digit.
    fn take(&mut self, digit: u32, text: &mut String) {
        self.buffer = self.buffer << 6 | digit;
        self.bits += 6;
        if self.bits < 16 {
            return;
        }
        self.bits -= 16;
        let unit = (self.buffer >> self.bits) as u16;
        self.buffer &= (1 << self.bits) - 1;
        match (self.high.take(), unit) {
            (Some(high), 0xdc00..0xe000) => text.extend(char::decode_utf16([high, unit]).flatten()),
            (high, unit) => {
                text.extend(high.and_then(lone));
                match unit {
                    0xd800..0xdc00 => self.high = Some(unit),
                    _ => text.extend(lone(unit)),
                }
            }
        }
    }
}

impl decode::Decoder for Decoder {
    fn run(&mut self, bytes: &[u8], at: &mut usize, text: &mut String) -> Result<(), Bad> {
        memory::reserve_text(text, (bytes.len() - *at).saturating_mul(2));
        while let Some(&byte) = bytes.get(*at) {
            let here = *at;
            if let Some((start, _)) = self.stretch {
                *at += 1;
                if let Some(digit) = digit(byte) {
                    self.take(digit, text);
                    continue;
                }
                self.stretch = None;
                let reason = match (self.bits, self.buffer, self.high.take()) {
                    (6.., ..) => "partial character in shift sequence",
                    (1.., 1.., _) => "non-zero padding bits in shift sequence",
                    (_, _, high) => {
                        text.extend(high.and_then(lone));
                        // A hyphen goes with the stretch; anything else is looked at anew.
                        *at = here + usize::from(byte == b'-');
                        continue;
                    }
                };
                return Err(Bad { start, end: *at, reason });
            }
            *at += 1;
            match byte {
                b'+' => match bytes.get(*at) {
                    Some(b'-') => {
                        *at += 1;
                        text.push('+');
                    }
                    Some(&next) if digit(next).is_none() => {
                        *at += 1;
                        return Err(Bad { start: here, end: *at, reason: "ill-formed sequence" });
                    }
                    _ => {
                        self.stretch = Some((here, text.len()));
                        (self.buffer, self.bits, self.high) = (0, 0, None);
                    }
                },
                _ if byte.is_ascii() => text.push(char::from(byte)),
                _ => return Err(Bad { start: here, end: *at, reason: "unexpected special character" }),
            }
        }
        let unfinished = self.high.is_some() || self.bits >= 6 || (self.bits > 0 && self.buffer != 0);
        if self.last
            && unfinished
            && let Some((start, _)) = self.stretch.take()
        {
            (self.bits, self.buffer, self.high) = (0, 0, None);
            return Err(Bad { start, end: bytes.len(), reason: "unterminated shift sequence" });
        }
        Ok(())
    }

    fn is_last(&self) -> bool {
        self.last
    }
}
