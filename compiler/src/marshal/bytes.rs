//! Numbers and texts as bytes.

use super::{Fault, Read};

/// Appends to bytes.
#[derive(Default)]
pub struct Writer(pub Vec<u8>);

impl Writer {
    /// A byte.
    pub fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    /// A number, seven bits a byte, the low ones first.
    pub fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A signed number, small ones short.
    pub fn signed(&mut self, number: i64) {
        self.number((number << 1 ^ number >> 63) as u64);
    }

    /// A float's bits.
    pub fn float(&mut self, number: f64) {
        self.0.extend(number.to_bits().to_le_bytes());
    }

    /// Bytes with their count.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.extend(bytes);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }
}

/// Reads bytes.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// The text that is left.
    pub fn rest_text(&mut self) -> Read<&'a str> {
        std::str::from_utf8(self.rest()).map_err(|_| Fault::Malformed)
    }

    fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count).ok_or(Fault::Malformed)?;
        self.0 = tail;
        Ok(head)
    }

    /// A byte.
    pub fn byte(&mut self) -> Read<u8> {
        Ok(self.take(1)?[0])
    }

    /// A number.
    pub fn number(&mut self) -> Read<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            match byte & 0x80 {
                0 => return Ok(number),
                _ if shift > 63 => return Err(Fault::Malformed),
                _ => {}
            }
        }
    }

    /// A number of things of which each takes at least a byte.
    pub fn count(&mut self) -> Read<usize> {
        let count = self.number()? as usize;
        if count > self.0.len() { Err(Fault::Malformed) } else { Ok(count) }
    }

    /// A number below 2^32.
    pub fn u32(&mut self) -> Read<u32> {
        u32::try_from(self.number()?).map_err(|_| Fault::Malformed)
    }

    /// A number below 2^16.
    pub fn u16(&mut self) -> Read<u16> {
        u16::try_from(self.number()?).map_err(|_| Fault::Malformed)
    }

    /// A signed number.
    pub fn signed(&mut self) -> Read<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A float.
    pub fn float(&mut self) -> Read<f64> {
        let bytes = self.take(8)?.try_into().map_err(|_| Fault::Malformed)?;
        Ok(f64::from_bits(u64::from_le_bytes(bytes)))
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Read<&'a [u8]> {
        let count = self.count()?;
        self.take(count)
    }

    /// A text.
    pub fn text(&mut self) -> Read<&'a str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Fault::Malformed)
    }
}
