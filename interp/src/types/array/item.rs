//! Types of items in memory, as `struct` writes them in the machine's own order.

use argil_compiler::surrogate;

use crate::ctx::Ctx;
use crate::types::float::packed::{from_half, from_quiet_single};
use crate::value::Value;

/// The most bytes that an item has.
pub const LARGEST: usize = 8;

/// A type of items, by its letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item(u8);

impl Item {
    /// Bytes.
    pub const BYTE: Item = Item(b'B');

    /// The type of a letter: those of `struct`, and `u` and `w` for characters.
    pub fn of(letter: u8) -> Option<Item> {
        b"cbBhHiIlLqQnNfde?Puw".contains(&letter).then_some(Item(letter))
    }

    /// The letter.
    pub fn letter(self) -> u8 {
        self.0
    }

    /// Bytes of an item.
    pub fn size(self) -> usize {
        match self.0 {
            b'c' | b'b' | b'B' | b'?' => 1,
            b'h' | b'H' | b'e' => 2,
            b'i' | b'I' | b'f' | b'u' | b'w' => 4,
            _ => 8,
        }
    }

    /// Whether the items are integers that may be negative.
    pub fn is_signed(self) -> bool {
        b"bhilqn".contains(&self.0)
    }

    /// Whether the items are integers that may not be negative.
    pub fn is_unsigned(self) -> bool {
        b"BHILQN".contains(&self.0)
    }

    /// Whether the items are characters.
    pub fn is_text(self) -> bool {
        matches!(self.0, b'u' | b'w')
    }

    /// Whether the items are single bytes, whatever they mean.
    pub fn is_byte(self) -> bool {
        matches!(self.0, b'c' | b'b' | b'B')
    }

    /// The value of an item, whose bytes these are. A number that is no character counts as a replacement character.
    pub fn unpack<'h>(self, cx: &'h Ctx, bytes: &[u8]) -> Value<'h> {
        let mut whole = [0; LARGEST];
        whole[..bytes.len()].copy_from_slice(bytes);
        let bits = u64::from_le_bytes(whole);
        match self.0 {
            b'c' => cx.bytes(bytes),
            b'?' => Value::bool(bits != 0),
            b'e' => cx.float(from_half(bits as u16)),
            b'f' => cx.float(from_quiet_single(bits as u32)),
            b'd' => cx.float(f64::from_bits(bits)),
            b'u' | b'w' => cx.char(surrogate::char_of(bits as u32).unwrap_or(char::REPLACEMENT_CHARACTER)),
            _ if self.is_signed() => {
                let unused = 64 - self.size() as u32 * 8;
                cx.int((bits << unused) as i64 >> unused)
            }
            _ => cx.uint(bits),
        }
    }
}
