//! Messages: sealed, with a version, made of numbers, texts and references.

use std::hash::BuildHasher;

pub use argil_compiler::marshal::Fault::Malformed;
pub use argil_compiler::marshal::{Fault, Read, Reader, Writer};

use crate::value::Word;

/// The version of the format, the first byte of every message and of what a worker is told first. It changes with whatever a
/// reader of another version would take for something else: node kinds, layouts, instructions.
pub const VERSION: u8 = 5;

/// Why a message cannot be read, in words.
pub fn explain(fault: &Fault) -> String {
    match fault {
        Fault::Malformed => "a message from another process is malformed".to_owned(),
        Fault::Version(theirs) => {
            format!("a message from another process has version {theirs}; this process reads version {VERSION}")
        }
        Fault::Code(error) => format!("code from another process is not sound: {error}"),
    }
}

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

/// What messages are written with, beside numbers and texts.
pub trait WriteMessage {
    /// The message with its version and its hash.
    fn sealed(&self) -> Vec<u8>;
    /// A reference.
    fn reference(&mut self, reference: Ref);
}

impl WriteMessage for Writer {
    fn sealed(&self) -> Vec<u8> {
        [&[VERSION], self.0.as_slice(), &seal(&self.0)].concat()
    }

    fn reference(&mut self, reference: Ref) {
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

/// What messages are read with, beside numbers and texts.
pub trait ReadMessage<'a>: Sized {
    /// Reads a message that is whole and of this version.
    fn of_sealed(message: &'a [u8]) -> Read<Self>;
    /// Reads the version, which must be this one.
    fn version(&mut self) -> Read<()>;
    /// A reference to one of `nodes` nodes.
    fn reference(&mut self, nodes: u32) -> Read<Ref>;
}

impl<'a> ReadMessage<'a> for Reader<'a> {
    fn of_sealed(message: &'a [u8]) -> Read<Self> {
        let mut reader = Reader(message);
        reader.version()?;
        let (content, hash) = reader.0.split_last_chunk().ok_or(Malformed)?;
        if seal(content) == *hash { Ok(Reader(content)) } else { Err(Malformed) }
    }

    fn version(&mut self) -> Read<()> {
        match self.byte()? {
            VERSION => Ok(()),
            other => Err(Fault::Version(other)),
        }
    }

    fn reference(&mut self, nodes: u32) -> Read<Ref> {
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
