//! An image: many modules in one block of bytes, compiled, with their sources. It is made when Argil is built and lies in the
//! binary; opening it costs nothing, and finding a module is a binary search.
//!
//! ```text
//! magic, version of the code format, number of modules (u32)
//! a record for each module, sorted by name: 8 numbers (u32), see `Record`
//! the bytes that the records point into
//! ```
//! All numbers are in little-endian order.

use crate::marshal::VERSION;

const MAGIC: &[u8; 7] = b"ARGILIM";
const HEAD: usize = MAGIC.len() + 1 + 4;
const RECORD: usize = 8 * 4;

/// A module that goes into an image.
pub struct Module {
    /// The dotted name.
    pub name: String,
    /// Whether it is a package.
    pub is_package: bool,
    /// The code, as [`crate::marshal::write`] gives it.
    pub code: Vec<u8>,
    /// The source, compressed by whoever makes the image.
    pub source: Vec<u8>,
    /// Bytes of the source before it was compressed.
    pub source_size: u32,
}

/// A module found in an image.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The dotted name.
    pub name: &'a str,
    /// Whether it is a package.
    pub is_package: bool,
    /// The code.
    pub code: &'a [u8],
    /// The source, compressed.
    pub source: &'a [u8],
    /// Bytes of the source before it was compressed.
    pub source_size: usize,
}

/// An image.
#[derive(Clone, Copy, Debug)]
pub struct Image(&'static [u8]);

/// The image of these modules.
///
/// # Panics
/// If it would be larger than 4 GiB.
pub fn build(mut modules: Vec<Module>) -> Vec<u8> {
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    let number = |n: usize| u32::try_from(n).expect("an image is small").to_le_bytes();
    let mut head = [MAGIC.as_slice(), &[VERSION], &number(modules.len())].concat();
    let mut body = Vec::new();
    let start = HEAD + RECORD * modules.len();
    for module in &modules {
        for part in [module.name.as_bytes(), &module.code, &module.source] {
            head.extend(number(start + body.len()));
            head.extend(number(part.len()));
            body.extend(part);
        }
        head.extend(module.source_size.to_le_bytes());
        head.extend(u32::from(module.is_package).to_le_bytes());
    }
    [head, body].concat()
}

impl Image {
    /// An image; `None` if the bytes are something else, or of another version.
    pub fn open(bytes: &'static [u8]) -> Option<Image> {
        let rest = bytes.strip_prefix(MAGIC)?;
        (*rest.first()? == VERSION).then_some(Image(bytes))
    }

    fn number(&self, at: usize) -> Option<usize> {
        Some(u32::from_le_bytes(*self.0.get(at..)?.first_chunk()?) as usize)
    }

    /// How many modules there are.
    pub fn len(&self) -> usize {
        self.number(HEAD - 4).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn part(&self, record: usize, which: usize) -> Option<&'static [u8]> {
        let at = HEAD + RECORD * record + 8 * which;
        let (start, size) = (self.number(at)?, self.number(at + 4)?);
        self.0.get(start..start.checked_add(size)?)
    }

    fn name(&self, record: usize) -> Option<&'static str> {
        std::str::from_utf8(self.part(record, 0)?).ok()
    }

    fn module(&self, record: usize) -> Option<Found<'static>> {
        let flags = HEAD + RECORD * record + 24;
        Some(Found {
            name: self.name(record)?,
            is_package: self.number(flags + 4)? != 0,
            code: self.part(record, 1)?,
            source: self.part(record, 2)?,
            source_size: self.number(flags)?,
        })
    }

    /// The module of a name.
    pub fn find(&self, name: &str) -> Option<Found<'static>> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.name(middle)?.cmp(name) {
                std::cmp::Ordering::Equal => return self.module(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Every module, by name.
    pub fn iter(&self) -> impl Iterator<Item = Found<'static>> {
        let image = *self;
        (0..self.len()).filter_map(move |record| image.module(record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_found_by_name() {
        let module = |name: &str, is_package| Module {
            name: name.to_owned(),
            is_package,
            code: name.as_bytes().to_vec(),
            source: vec![1, 2],
            source_size: 7,
        };
        let names = ["re", "a", "re._parser", "z", "b.c"];
        let bytes = build(names.iter().map(|name| module(name, *name == "re")).collect());
        let image = Image::open(Box::leak(bytes.into_boxed_slice())).expect("an image");
        assert_eq!(image.len(), names.len());
        for name in names {
            let found = image.find(name).expect("the module is there");
            assert_eq!((found.name, found.code), (name, name.as_bytes()));
            assert_eq!((found.is_package, found.source, found.source_size), (name == "re", &[1_u8, 2][..], 7));
        }
        assert!(["", "0", "re._", "zz"].iter().all(|name| image.find(name).is_none()));
        assert!(image.iter().map(|found| found.name).is_sorted());
    }

    #[test]
    fn other_bytes_are_no_image() {
        assert!(Image::open(b"").is_none());
        assert!(Image::open(b"ARGILIM").is_none());
        assert!(Image::open(b"ARGILIM\xff\0\0\0\0").is_none());
    }
}
