//! Numbers, texts and references as bytes.

use std::fmt;
use std::hash::BuildHasher;

use argil_compiler::verify::VerifyError;

use crate::value::Word;

/// The version of the format, the first byte of every message and of what a worker is told first. It changes with whatever a
/// reader of another version would take for something else: node kinds, layouts, instructions.
pub const VERSION: u8 = 3;

/// Why a message cannot be read.
#[derive(Debug)]
pub enum Fault {
    /// It was cut short, or is no message.
    Malformed,
    /// It is of another version.
    Version(u8),
    /// The verifier rejects code in it.
    Code(VerifyError),
}

pub use Fault::Malformed;

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Fault::Malformed => f.write_str("a message from another process is malformed"),
            Fault::Version(theirs) => {
                write!(f, "a message from another process has version {theirs}; this process reads version {VERSION}")
            }
            Fault::Code(error) => write!(f, "code from another process is not sound: {error}"),
        }
    }
}

/// What reading yields.
pub type Read<T> = Result<T, Fault>;

/// A reference: a value that is no object, or the number of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ref {
    /// An inline value, or "nothing".
    Word(Word),
    /// A node.
    Node(u32),
}

const NODE: u8 = 0;
const INT: u8 = 1;
const FLOAT: u8 = 2;
/// Specials follow: their index in this list is added.
const SPECIAL: u8 = 3;
const SPECIALS: [Word; 6] = [Word::NONE, Word::FALSE, Word::TRUE, Word::ELLIPSIS, Word::NOT_IMPLEMENTED, Word::UNSET];

/// Appends to a message.
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

    /// The message with its version and its hash.
    pub fn sealed(&self) -> Vec<u8> {
        [&[VERSION], self.0.as_slice(), &seal(&self.0)].concat()
    }

    /// A reference.
    pub fn reference(&mut self, reference: Ref) {
        match reference {
            Ref::Node(node) => {
                self.byte(NODE);
                self.number(node.into());
            }
            Ref::Word(word) if word.is_int() => {
                self.byte(INT);
                self.signed(word.as_int());
            }
            Ref::Word(word) if word.is_float() => {
                self.byte(FLOAT);
                self.float(word.as_float());
            }
            Ref::Word(word) => {
                let index = SPECIALS.iter().position(|special| *special == word);
                self.byte(SPECIAL + index.expect("every other word is special") as u8);
            }
        }
    }
}

/// The hash of a message.
fn seal(content: &[u8]) -> [u8; 8] {
    foldhash::quality::FixedState::with_seed(0).hash_one(content).to_le_bytes()
}

/// Reads a message.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    /// Reads a message that is whole and of this version.
    pub fn of_sealed(message: &'a [u8]) -> Read<Reader<'a>> {
        let mut reader = Reader(message);
        reader.version()?;
        let (content, hash) = reader.0.split_last_chunk().ok_or(Malformed)?;
        if seal(content) == *hash { Ok(Reader(content)) } else { Err(Malformed) }
    }

    /// Reads the version, which must be this one.
    pub fn version(&mut self) -> Read<()> {
        match self.byte()? {
            VERSION => Ok(()),
            other => Err(Fault::Version(other)),
        }
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }

    /// The text that is left.
    pub fn rest_text(&mut self) -> Read<&'a str> {
        std::str::from_utf8(self.rest()).map_err(|_| Malformed)
    }

    fn take(&mut self, count: usize) -> Read<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count).ok_or(Malformed)?;
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
                _ if shift > 63 => return Err(Malformed),
                _ => {}
            }
        }
    }

    /// A number of things of which each takes at least a byte.
    pub fn count(&mut self) -> Read<usize> {
        let count = self.number()? as usize;
        if count > self.0.len() { Err(Malformed) } else { Ok(count) }
    }

    /// A number below 2^32.
    pub fn u32(&mut self) -> Read<u32> {
        u32::try_from(self.number()?).map_err(|_| Malformed)
    }

    /// A number below 2^16.
    pub fn u16(&mut self) -> Read<u16> {
        u16::try_from(self.number()?).map_err(|_| Malformed)
    }

    /// A signed number.
    pub fn signed(&mut self) -> Read<i64> {
        let number = self.number()?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// A float.
    pub fn float(&mut self) -> Read<f64> {
        let bytes = self.take(8)?.try_into().map_err(|_| Malformed)?;
        Ok(f64::from_bits(u64::from_le_bytes(bytes)))
    }

    /// Bytes.
    pub fn bytes(&mut self) -> Read<&'a [u8]> {
        let count = self.count()?;
        self.take(count)
    }

    /// A text.
    pub fn text(&mut self) -> Read<&'a str> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Malformed)
    }

    /// A reference to one of `nodes` nodes.
    pub fn reference(&mut self, nodes: u32) -> Read<Ref> {
        match self.byte()? {
            NODE => {
                let node = self.u32()?;
                if node < nodes { Ok(Ref::Node(node)) } else { Err(Malformed) }
            }
            INT => Word::int(self.signed()?).map(Ref::Word).ok_or(Malformed),
            FLOAT => Word::float(self.float()?).map(Ref::Word).ok_or(Malformed),
            special => {
                let index = usize::from(special - SPECIAL);
                SPECIALS.get(index).map(|word| Ref::Word(*word)).ok_or(Malformed)
            }
        }
    }
}
