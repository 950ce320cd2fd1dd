//! What a pattern is translated to.

use super::branches::Branch;
use super::first::Leads;
use super::opcodes::At;
use super::scan::Start;
use super::sets::{Fold, Set};

/// The place of an instruction.
pub type Pc = u32;

/// An instruction. What needs more than a word lies in a table of the program.
#[derive(Clone, Copy, Debug)]
pub enum Inst {
    /// Nothing matches.
    Fail,
    /// The end of the pattern, or of a part that is matched on its own.
    Success,
    /// One byte.
    Byte(u8),
    /// A run of bytes: where in the pool, and how many.
    Bytes(u32, u32),
    /// A character that is no line feed.
    Any,
    /// A character.
    AnyAll,
    /// A character of a set.
    Set(u32),
    /// A place.
    At(At),
    /// Notes the position.
    Mark(u32),
    /// Goes on elsewhere.
    Jump(Pc),
    /// Alternatives.
    Branch(u32),
    /// One character several times, as often as possible.
    Greedy(u32),
    /// One character several times, as rarely as possible.
    Lazy(u32),
    /// One character several times, as often as possible and never less.
    Possessive(u32),
    /// The beginning of a loop.
    Repeat(u32),
    /// The end of a greedy loop.
    MaxUntil(u32),
    /// The end of a lazy loop.
    MinUntil(u32),
    /// A loop that gives nothing back; its body ends with `Success`.
    PossessiveRepeat(u32),
    /// A part that is matched once and gives nothing back, up to `Success`; then goes on there.
    Atomic(Pc),
    /// What a group has matched.
    GroupRef(u32, Fold),
    /// Goes on elsewhere unless a group has matched.
    GroupExists(u32, Pc),
    /// What must follow (or precede, so many characters back), up to `Success`; then goes on there.
    Assert(u32, Pc),
    /// What must not.
    AssertNot(u32, Pc),
}

/// What is repeated of one character.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A byte that is a character.
    Byte(u8),
    /// Any but this ASCII character.
    Not(u8),
    /// Any but a line feed.
    Any,
    /// Any.
    AnyAll,
    /// One of a set.
    Set(u32),
    /// One that takes several bytes: where in the pool, and how many.
    Bytes(u32, u32),
}

/// A repeat of one character.
#[derive(Debug)]
pub struct One {
    /// The character.
    pub item: Item,
    /// How often at least.
    pub min: u32,
    /// How often at most; [`super::opcodes::MAXREPEAT`] for no bound.
    pub max: u32,
    /// What follows.
    pub tail: Pc,
    /// What bytes the rest can begin with, if it cannot be empty.
    pub next: Option<Box<Leads>>,
    /// The byte, if it is one alone.
    pub only: Option<u8>,
    /// Whether the rest cannot begin with what is repeated, so that giving some of it back is in vain.
    pub settled: bool,
}

/// A repeat of anything.
#[derive(Debug)]
pub struct Loop {
    /// How often at least.
    pub min: u32,
    /// How often at most.
    pub max: u32,
    /// What is repeated.
    pub body: Pc,
    /// Where its end is decided about; of a possessive loop, what follows.
    pub end: Pc,
    /// What bytes its body can begin with, if that cannot be empty.
    pub begins: Option<Box<Leads>>,
}

/// A pattern that is ready to run, for texts or for bytes.
#[derive(Debug, Default)]
pub struct Program {
    /// Whether it is for bytes.
    pub octets: bool,
    /// The instructions.
    pub insts: Vec<Inst>,
    /// The bytes of literals.
    pub pool: Vec<u8>,
    /// The sets.
    pub sets: Vec<Set>,
    /// Repeats of one character.
    pub ones: Vec<One>,
    /// Other repeats.
    pub loops: Vec<Loop>,
    /// Alternations.
    pub branches: Vec<Branch>,
    /// How many marks there may be.
    pub marks: usize,
    /// Where a search needs to look.
    pub start: Start,
}

impl Program {
    /// A literal.
    #[inline(always)]
    pub fn bytes(&self, from: u32, len: u32) -> &[u8] {
        &self.pool[from as usize..from as usize + len as usize]
    }

    /// About how much memory it takes.
    pub fn footprint(&self) -> usize {
        let ones = self.ones.iter().map(|one| size_of::<One>() + one.next.as_ref().map_or(0, |_| 256)).sum::<usize>();
        let branches = self.branches.iter().map(Branch::footprint).sum::<usize>();
        self.insts.len() * size_of::<Inst>() + self.pool.len() + self.sets.len() * size_of::<Set>() + ones + branches
    }
}
