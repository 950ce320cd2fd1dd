//! Sets of characters.

use super::classes::{self, Category};
use super::units::Unit;

/// How a character is folded before a set is asked about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// Not at all.
    None,
    /// To the lower case of ASCII.
    Ascii,
    /// To the lower case of Unicode.
    Unicode,
    /// Both cases are asked about.
    Locale,
}

/// One entry of a set, in CPython's order.
#[derive(Clone, Debug)]
pub enum Entry {
    /// What follows excludes instead of including, or the other way round.
    Negate,
    /// One character.
    Literal(u32),
    /// From one character to another.
    Range(u32, u32),
    /// The same for a folded character, whose upper case also counts.
    FoldedRange(u32, u32),
    /// A category.
    Category(Category),
    /// Which of the first 256 characters.
    Charset(Box<[u32; 8]>),
    /// Which block of 256 characters each of the first 256 blocks is like, and those blocks.
    BigCharset(Box<[u8; 256]>, Box<[[u32; 8]]>),
}

fn bit(bits: &[u32; 8], c: u32) -> bool {
    bits[(c as usize & 0xff) / 32] >> (c % 32) & 1 == 1
}

impl Entry {
    fn has(&self, c: u32) -> bool {
        match self {
            Entry::Negate => false,
            Entry::Literal(literal) => *literal == c,
            Entry::Range(low, high) => (*low..=*high).contains(&c),
            Entry::FoldedRange(low, high) => (*low..=*high).contains(&c) || (*low..=*high).contains(&classes::upper(c)),
            Entry::Category(category) => category.has(c),
            Entry::Charset(bits) => c < 256 && bit(bits, c),
            Entry::BigCharset(index, blocks) => {
                let block = index.get(c as usize >> 8).and_then(|block| blocks.get(usize::from(*block)));
                block.is_some_and(|block| bit(block, c))
            }
        }
    }
}

/// What a set says of characters beyond its table.
#[derive(Debug)]
enum Beyond {
    Nothing,
    Everything,
    Some(Box<[Entry]>, Fold),
}

/// A set.
#[derive(Debug)]
pub struct Set {
    /// What it says of each byte: of ASCII characters in a text; in bytes, of all.
    table: [bool; 256],
    beyond: Beyond,
}

/// Whether entries include a character.
fn entries_have(entries: &[Entry], c: u32) -> bool {
    let mut included = true;
    for entry in entries {
        match entry {
            Entry::Negate => included = !included,
            _ if entry.has(c) => return included,
            _ => {}
        }
    }
    !included
}

fn folded_have(entries: &[Entry], fold: Fold, c: u32) -> bool {
    match fold {
        Fold::None => entries_have(entries, c),
        Fold::Ascii => entries_have(entries, classes::ascii_lower(c)),
        Fold::Unicode => entries_have(entries, classes::lower(c)),
        Fold::Locale => {
            entries_have(entries, classes::ascii_lower(c)) || entries_have(entries, classes::ascii_upper(c))
        }
    }
}

impl Set {
    /// A set for bytes or for text.
    pub fn new(entries: Vec<Entry>, fold: Fold, octets: bool) -> Set {
        let known = if octets { 256 } else { 128 };
        let table = std::array::from_fn(|c| c < known && folded_have(&entries, fold, c as u32));
        // Those that say the same of every character that is not ASCII. Folding takes a character such as the Kelvin sign into
        // ASCII, but not if nothing is folded.
        let all = entries.iter().all(|entry| match entry {
            Entry::Negate => true,
            Entry::Literal(c) | Entry::Range(_, c) => *c < 128,
            Entry::Charset(bits) => bits[4..].iter().all(|bits| *bits == 0),
            _ => false,
        });
        let beyond = match () {
            () if octets => Beyond::Nothing,
            () if all && matches!(fold, Fold::None | Fold::Ascii) => {
                if entries_have(&entries, u32::MAX) {
                    Beyond::Everything
                } else {
                    Beyond::Nothing
                }
            }
            () => Beyond::Some(entries.into(), fold),
        };
        Set { table, beyond }
    }

    /// The one ASCII character that it does not have, if it has every other.
    pub fn excluded(&self) -> Option<u8> {
        let known = if matches!(self.beyond, Beyond::Everything) { 128 } else { 256 };
        let mut missing = (0..known).filter(|byte| !self.table[*byte]);
        match (missing.next(), missing.next()) {
            (Some(byte), None) => u8::try_from(byte).ok(),
            _ => None,
        }
    }

    /// How many bytes the character at a position takes, if the set has it.
    #[inline(always)]
    pub fn step<U: Unit>(&self, text: &[u8], at: usize) -> Option<usize> {
        let byte = *text.get(at)?;
        if self.table[usize::from(byte)] {
            return Some(1);
        }
        if U::OCTETS || byte < 0x80 { None } else { self.step_beyond::<U>(text, at) }
    }

    #[inline(never)]
    fn step_beyond<U: Unit>(&self, text: &[u8], at: usize) -> Option<usize> {
        let (c, width) = U::decode(text, at)?;
        let has = match &self.beyond {
            Beyond::Nothing => false,
            Beyond::Everything => true,
            Beyond::Some(entries, fold) => folded_have(entries, *fold, c),
        };
        has.then_some(width)
    }

    /// The end of the run of its characters that begins at a position.
    #[inline]
    pub fn run<U: Unit>(&self, text: &[u8], mut at: usize) -> usize {
        loop {
            while text.get(at).is_some_and(|byte| self.table[usize::from(*byte)]) {
                at += 1;
            }
            match text.get(at) {
                Some(0x80..) if !U::OCTETS => match self.step_beyond::<U>(text, at) {
                    Some(width) => at += width,
                    None => return at,
                },
                _ => return at,
            }
        }
    }

    /// Adds the bytes that its characters begin with.
    pub fn add_leads(&self, leads: &mut [bool; 256]) {
        leads.iter_mut().zip(self.table).for_each(|(lead, has)| *lead |= has);
        if !matches!(self.beyond, Beyond::Nothing) {
            leads[0xc2..0xf5].fill(true);
        }
    }
}
