//! What patterns ask about a character: its categories and its case.

use std::sync::OnceLock;

use argil_interp::types::str::unicode;

/// A category, by CPython's number: its lowest bit negates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Category(u8);

impl Category {
    /// The category with a number.
    pub fn of(code: u32) -> Option<Category> {
        u8::try_from(code).ok().filter(|code| *code < 18).map(Category)
    }

    /// Whether a character belongs to it.
    pub fn has(self, c: u32) -> bool {
        let found = match self.0 >> 1 {
            0 => is_ascii(c, |byte| byte.is_ascii_digit()),
            1 => is_ascii(c, |byte| matches!(byte, b'\t'..=b'\r' | b' ')),
            2 | 4 => is_word(c),
            3 => c == u32::from(b'\n'),
            5 => is(c, |c| unicode::decimal_value(c).is_some()),
            6 => is(c, unicode::is_space),
            7 => is_unicode_word(c),
            _ => is(c, unicode::is_line_end),
        };
        found != (self.0 & 1 == 1)
    }
}

fn is_ascii(c: u32, test: impl Fn(u8) -> bool) -> bool {
    u8::try_from(c).is_ok_and(test)
}

/// Surrogates have no class.
fn is(c: u32, test: impl Fn(char) -> bool) -> bool {
    char::from_u32(c).is_some_and(test)
}

/// A character of words in ASCII, and in the locales that use UTF-8 or nothing but ASCII.
pub fn is_word(c: u32) -> bool {
    is_ascii(c, |byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Which characters of a block of 256 are of words, for the plane that texts use: each block is worked out when it is met.
static WORDS: [OnceLock<[u64; 4]>; 256] = [const { OnceLock::new() }; 256];

/// A character of words.
pub fn is_unicode_word(c: u32) -> bool {
    let is_word =
        |c: u32| is(c, |c| c == '_' || unicode::is_alpha(c) || unicode::is_numeric(c) || unicode::is_digit(c));
    let Some(block) = WORDS.get(c as usize >> 8) else { return is_word(c) };
    let bits = block.get_or_init(|| {
        let mut bits = [0; 4];
        for low in (0..256).filter(|low| is_word(c & !0xff | low)) {
            bits[low as usize / 64] |= 1 << (low % 64);
        }
        bits
    });
    bits[(c as usize & 0xff) / 64] >> (c % 64) & 1 == 1
}

/// The lower case of an ASCII letter; anything else as it is.
pub fn ascii_lower(c: u32) -> u32 {
    u8::try_from(c).map_or(c, |byte| byte.to_ascii_lowercase().into())
}

/// The upper case of an ASCII letter; anything else as it is.
pub fn ascii_upper(c: u32) -> u32 {
    u8::try_from(c).map_or(c, |byte| byte.to_ascii_uppercase().into())
}

/// The first character of the lower case.
pub fn lower(c: u32) -> u32 {
    if c < 128 {
        return ascii_lower(c);
    }
    char::from_u32(c).and_then(|c| c.to_lowercase().next()).map_or(c, u32::from)
}

/// The first character of the upper case.
pub fn upper(c: u32) -> u32 {
    if c < 128 {
        return ascii_upper(c);
    }
    char::from_u32(c).and_then(|c| c.to_uppercase().next()).map_or(c, u32::from)
}
