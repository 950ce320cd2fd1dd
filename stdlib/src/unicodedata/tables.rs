//! What is known of each character: tables that `generate.py` writes, with data of Unicode 16.0 and of Unicode 3.2.

/// The categories, in the tables' order.
const CATEGORIES: [&str; 30] = [
    "Cn", "Lu", "Ll", "Lt", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Lm", "Lo",
    "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So",
];

/// The directions.
const DIRECTIONS: [&str; 24] = [
    "", "L", "LRE", "LRO", "R", "AL", "RLE", "RLO", "PDF", "EN", "ES", "ET", "AN", "CS", "NSM", "BN", "B", "S", "WS",
    "ON", "LRI", "RLI", "FSI", "PDI",
];

/// The widths.
const WIDTHS: [&str; 6] = ["F", "H", "W", "Na", "A", "N"];

/// How characters differ from what they are taken apart into.
const TAGS: [&str; 17] = [
    "",
    "<noBreak>",
    "<compat>",
    "<super>",
    "<fraction>",
    "<font>",
    "<circle>",
    "<wide>",
    "<vertical>",
    "<square>",
    "<isolated>",
    "<final>",
    "<initial>",
    "<medial>",
    "<small>",
    "<narrow>",
    "<sub>",
];

const BLOCK: usize = 128;
static PAGES: &[u8] = include_bytes!("tables/pages");
static OLD_PAGES: &[u8] = include_bytes!("tables/old_pages");
static BLOCKS: &[u8] = include_bytes!("tables/blocks");
static RECORDS: &[u8] = include_bytes!("tables/records");
static NUMBERS: &[u8] = include_bytes!("tables/numbers");
static DECOMPOSITIONS: &[u8] = include_bytes!("tables/decompositions");
static OLD_CORRECTIONS: &[u8] = include_bytes!("tables/old_corrections");
static COMPOSITIONS: &[u8] = include_bytes!("tables/compositions");
static PARTS: &[u8] = include_bytes!("tables/parts");

fn short(table: &[u8], index: usize) -> usize {
    table.get(index * 2..index * 2 + 2).map_or(0, |bytes| usize::from(u16::from_le_bytes([bytes[0], bytes[1]])))
}

fn word(table: &[u8], index: usize) -> u32 {
    let bytes = table.get(index * 4..index * 4 + 4).and_then(|bytes| bytes.try_into().ok());
    bytes.map_or(0, u32::from_le_bytes)
}

/// A version of the database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// Unicode 16.0.
    New,
    /// Unicode 3.2, by which internationalised names go.
    Old,
}

/// What is known of a character.
#[derive(Clone, Copy)]
pub struct Record([u8; 8]);

impl Record {
    /// The record of a character.
    pub fn of(c: char, version: Version) -> Record {
        let pages = if version == Version::New { PAGES } else { OLD_PAGES };
        let (page, place) = (c as usize / BLOCK, c as usize % BLOCK);
        let number = short(BLOCKS, short(pages, page) * BLOCK + place);
        let bytes = RECORDS.get(number * 8..number * 8 + 8).and_then(|bytes| bytes.try_into().ok());
        Record(bytes.unwrap_or_default())
    }

    /// Whether there is such a character.
    pub fn is_assigned(self) -> bool {
        self.0[0] != 0
    }

    pub fn category(self) -> &'static str {
        CATEGORIES.get(usize::from(self.0[0])).copied().unwrap_or_default()
    }

    pub fn direction(self) -> &'static str {
        DIRECTIONS.get(usize::from(self.0[1])).copied().unwrap_or_default()
    }

    /// The canonical combining class.
    pub fn combining(self) -> u8 {
        self.0[2]
    }

    pub fn width(self) -> &'static str {
        WIDTHS.get(usize::from(self.0[3] & 7)).copied().unwrap_or_default()
    }

    pub fn is_mirrored(self) -> bool {
        self.0[3] & 8 != 0
    }

    pub fn decimal(self) -> Option<u8> {
        Some(self.0[4]).filter(|digit| *digit < 10)
    }

    pub fn digit(self) -> Option<u8> {
        Some(self.0[5]).filter(|digit| *digit < 10)
    }

    pub fn numeric(self) -> Option<f64> {
        let index = short(&self.0, 3);
        let bytes = NUMBERS.get(index * 8..index * 8 + 8)?.try_into().ok()?;
        Some(f64::from_le_bytes(bytes))
    }
}

/// What a character is taken apart into, in one step.
pub struct Decomposition {
    start: usize,
    tag: usize,
    count: usize,
}

impl Decomposition {
    /// The decomposition of a character, unless it is a syllable of Hangul.
    pub fn of(c: char) -> Option<Decomposition> {
        let (mut low, mut high) = (0, DECOMPOSITIONS.len() / 8);
        while low < high {
            let middle = low.midpoint(high);
            match word(DECOMPOSITIONS, middle * 2).cmp(&u32::from(c)) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let entry = &DECOMPOSITIONS[middle * 8..middle * 8 + 8];
                    let (tag, count) = (usize::from(entry[6]), usize::from(entry[7]));
                    return Some(Decomposition { start: short(entry, 2), tag, count });
                }
            }
        }
        None
    }

    /// Whether the parts mean exactly the same.
    pub fn is_canonical(&self) -> bool {
        self.tag == 0
    }

    pub fn tag(&self) -> &'static str {
        TAGS.get(self.tag).copied().unwrap_or_default()
    }

    pub fn parts(&self) -> impl Iterator<Item = char> + use<> {
        (self.start..self.start + self.count).filter_map(|index| char::from_u32(word(PARTS, index)))
    }
}

/// What a character was taken apart into in Unicode 3.2, if that was corrected since.
pub fn old_correction(c: char) -> Option<char> {
    let count = OLD_CORRECTIONS.len() / 8;
    let found = (0..count).find(|index| word(OLD_CORRECTIONS, index * 2) == u32::from(c))?;
    char::from_u32(word(OLD_CORRECTIONS, found * 2 + 1))
}

/// The character that two others make, unless it is a syllable of Hangul.
pub fn composed(first: char, second: char) -> Option<char> {
    let (mut low, mut high) = (0, COMPOSITIONS.len() / 12);
    let wanted = (u32::from(first), u32::from(second));
    while low < high {
        let middle = low.midpoint(high);
        let at = (word(COMPOSITIONS, middle * 3), word(COMPOSITIONS, middle * 3 + 1));
        match at.cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return char::from_u32(word(COMPOSITIONS, middle * 3 + 2)),
        }
    }
    None
}
