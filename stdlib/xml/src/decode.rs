//! From bytes to characters, piece by piece.

use crate::chars::BAD;

/// How a text is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// ISO-8859-1.
    Latin1,
    /// US-ASCII.
    Ascii,
    /// A byte is a character of this table, which has 256; `None` for bytes that are none.
    Table(Box<[Option<char>]>),
}

impl Encoding {
    /// The encoding of a name that every parser knows; `utf-16` is what the text itself shows it to be.
    pub fn named(name: &str, shown: &Encoding) -> Option<Encoding> {
        let is_wide = matches!(shown, Encoding::Utf16Le | Encoding::Utf16Be);
        Some(match name.to_ascii_uppercase().as_str() {
            "UTF-8" => Encoding::Utf8,
            "UTF-16" if is_wide => shown.clone(),
            "UTF-16" => Encoding::Utf16Be,
            "UTF-16BE" => Encoding::Utf16Be,
            "UTF-16LE" => Encoding::Utf16Le,
            "ISO-8859-1" => Encoding::Latin1,
            "US-ASCII" => Encoding::Ascii,
            _ => return None,
        })
    }

    /// How many bytes the least character takes.
    pub fn unit(&self) -> usize {
        if matches!(self, Encoding::Utf16Le | Encoding::Utf16Be) { 2 } else { 1 }
    }

    /// How many bytes a character takes.
    pub fn size(&self, c: char) -> usize {
        match self {
            Encoding::Utf8 if c == BAD => 1,
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16Le | Encoding::Utf16Be => 2 * c.len_utf16(),
            Encoding::Latin1 | Encoding::Ascii | Encoding::Table(_) => 1,
        }
    }

    /// Appends to `text` the characters that `bytes` begin with, and tells how many bytes those take: all but what a character
    /// may still be missing.
    pub fn decode(&self, bytes: &[u8], text: &mut String) -> usize {
        match self {
            Encoding::Utf8 => decode_utf8(bytes, text),
            Encoding::Latin1 => {
                text.extend(bytes.iter().map(|&byte| char::from(byte)));
                bytes.len()
            }
            Encoding::Ascii => {
                text.extend(bytes.iter().map(|&byte| if byte.is_ascii() { char::from(byte) } else { BAD }));
                bytes.len()
            }
            Encoding::Table(table) => {
                let shown = |&byte: &u8| table.get(usize::from(byte)).copied().flatten().unwrap_or(BAD);
                text.extend(bytes.iter().map(shown));
                bytes.len()
            }
            Encoding::Utf16Le => decode_wide(bytes, text, u16::from_le_bytes),
            Encoding::Utf16Be => decode_wide(bytes, text, u16::from_be_bytes),
        }
    }
}

fn decode_utf8(mut bytes: &[u8], text: &mut String) -> usize {
    let whole = bytes.len();
    loop {
        match std::str::from_utf8(bytes) {
            Ok(valid) => {
                text.push_str(valid);
                return whole;
            }
            Err(error) => {
                let (valid, rest) = bytes.split_at(error.valid_up_to());
                text.push_str(std::str::from_utf8(valid).unwrap_or_default());
                let Some(_) = error.error_len() else { return whole - rest.len() };
                text.push(BAD);
                bytes = &rest[1..];
            }
        }
    }
}

fn decode_wide(bytes: &[u8], text: &mut String, unit: fn([u8; 2]) -> u16) -> usize {
    let mut at = 0;
    while let Some(&[a, b]) = bytes.get(at..at + 2) {
        let first = unit([a, b]);
        match first {
            0xd800..=0xdbff => {
                let Some(&[c, d]) = bytes.get(at + 2..at + 4) else { return at };
                match char::decode_utf16([first, unit([c, d])]).next() {
                    Some(Ok(c)) => {
                        text.push(c);
                        at += 4;
                        continue;
                    }
                    _ => text.push(BAD),
                }
            }
            _ => text.push(char::from_u32(first.into()).unwrap_or(BAD)),
        }
        at += 2;
    }
    at
}
