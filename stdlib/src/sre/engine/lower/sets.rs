//! The entries of sets.

use super::{Lowering, Refusal, Step};
use crate::sre::engine::classes::Category;
use crate::sre::engine::opcodes::Op;
use crate::sre::engine::sets::Entry;

impl Lowering<'_> {
    /// The entries between two places.
    pub(super) fn entries(&self, mut at: usize, end: usize) -> Step<Vec<Entry>> {
        let mut entries = Vec::new();
        while at < end {
            let op = Op::of(self.word(at, end)?);
            at += 1;
            let (entry, next) = match op {
                Some(Op::Negate) => (Entry::Negate, at),
                Some(Op::Literal) => (Entry::Literal(self.word(at, end)?), at + 1),
                Some(Op::Range) => (Entry::Range(self.word(at, end)?, self.word(at + 1, end)?), at + 2),
                Some(Op::RangeUniIgnore) => (Entry::FoldedRange(self.word(at, end)?, self.word(at + 1, end)?), at + 2),
                Some(Op::Category) => {
                    let category = Category::of(self.word(at, end)?).ok_or(Refusal::Invalid)?;
                    (Entry::Category(category), at + 1)
                }
                Some(Op::Charset) => (Entry::Charset(Box::new(self.bitmap(at, end)?)), at + 8),
                Some(Op::BigCharset) => self.big_charset(at, end)?,
                _ => return Err(Refusal::Invalid),
            };
            entries.push(entry);
            at = next;
        }
        Ok(entries)
    }

    fn bitmap(&self, at: usize, end: usize) -> Step<[u32; 8]> {
        let words = self.code.get(at..at + 8).filter(|_| at + 8 <= end);
        words.and_then(|words| words.try_into().ok()).ok_or(Refusal::Invalid)
    }

    fn big_charset(&self, at: usize, end: usize) -> Step<(Entry, usize)> {
        let count = self.word(at, end)? as usize;
        let index = self.code.get(at + 1..at + 65).filter(|_| at + 65 <= end).ok_or(Refusal::Invalid)?;
        let mut bytes = Box::new([0; 256]);
        for (place, byte) in index.iter().flat_map(|word| word.to_ne_bytes()).enumerate() {
            if usize::from(byte) >= count {
                return Err(Refusal::Invalid);
            }
            bytes[place] = byte;
        }
        let first = at + 65;
        if count > (end - first) / 8 {
            return Err(Refusal::Invalid);
        }
        let blocks = (0..count).map(|block| self.bitmap(first + 8 * block, end)).collect::<Step<Vec<_>>>()?;
        Ok((Entry::BigCharset(bytes, blocks.into()), first + 8 * count))
    }
}
