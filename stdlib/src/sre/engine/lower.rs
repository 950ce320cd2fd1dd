//! From CPython's code to a program. Whoever has the code may have written it by hand, so every number is checked as
//! CPython's `_validate` does, and nothing else is ever run.

mod parts;
mod sets;

use super::branches;
use super::first;
use super::opcodes::{At, MAXGROUPS, Op};
use super::program::{Inst, Item, Loop, One, Pc, Program};
use super::scan::Start;
use super::sets::{Entry, Fold, Set};
use super::{classes, units};

/// Why code is refused.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not what a pattern compiles to.
    Invalid,
    /// It is nested too deeply.
    Deep,
}

/// The result of a step.
type Step<T> = Result<T, Refusal>;

/// Translates code with so many groups, for bytes or for texts. `deep` says whether to stop descending.
pub fn lower(code: &[u32], groups: i64, octets: bool, deep: &dyn Fn() -> bool) -> Step<Program> {
    if !(0..=MAXGROUPS).contains(&groups) {
        return Err(Refusal::Invalid);
    }
    let Some((&last, _)) = code.split_last() else { return Err(Refusal::Invalid) };
    if Op::of(last) != Some(Op::Success) {
        return Err(Refusal::Invalid);
    }
    let mut lowering = Lowering {
        code,
        groups: groups as u32,
        octets,
        deep,
        program: Program { octets, ..Program::default() },
        barrier: 0,
    };
    if lowering.inner(0, code.len() - 1)? {
        return Err(Refusal::Invalid);
    }
    lowering.emit(Inst::Success);
    let mut program = lowering.program;
    finish(&mut program);
    Ok(program)
}

/// Works out what speeds the program up.
fn finish(program: &mut Program) {
    for branch in 0..program.branches.len() {
        program.branches[branch] = branches::prepare(program, branch);
    }
    for one in 0..program.ones.len() {
        let next = first::of(program, program.ones[one].tail);
        let item = first::of_item(program, program.ones[one].item);
        let apart = !next.leads.iter().zip(item.leads).any(|(next, item)| *next && item);
        let next = next.leads();
        let one = &mut program.ones[one];
        one.settled = apart && next.is_some();
        one.only = next.as_ref().and_then(|next| only(next));
        one.next = next;
    }
    for number in 0..program.loops.len() {
        program.loops[number].begins = first::of(program, program.loops[number].body).leads();
    }
    program.start = Start::of(program);
}

/// The byte, if it is one alone.
fn only(leads: &first::Leads) -> Option<u8> {
    let mut bytes = (0..=255).filter(|byte| leads[usize::from(*byte)]);
    bytes.next().filter(|_| bytes.next().is_none())
}

struct Lowering<'a> {
    code: &'a [u32],
    groups: u32,
    octets: bool,
    deep: &'a dyn Fn() -> bool,
    program: Program,
    /// Instructions before this one are not extended: something may go on here.
    barrier: usize,
}

impl Lowering<'_> {
    fn emit(&mut self, inst: Inst) -> usize {
        self.program.insts.push(inst);
        self.program.insts.len() - 1
    }

    /// Where the next instruction goes, which others may go on at.
    fn here(&mut self) -> Pc {
        self.barrier = self.program.insts.len();
        self.barrier as Pc
    }

    /// A word of the code before `end`.
    fn word(&self, at: usize, end: usize) -> Step<u32> {
        if at < end { self.code.get(at).copied().ok_or(Refusal::Invalid) } else { Err(Refusal::Invalid) }
    }

    /// How far a skip goes, which is read at `at` and must not go beyond `end`.
    fn skip(&self, at: usize, end: usize) -> Step<usize> {
        let skip = self.word(at, end)? as usize;
        if skip > end - at { Err(Refusal::Invalid) } else { Ok(skip) }
    }

    /// Demands an operation.
    fn expect(&self, at: usize, end: usize, op: Op) -> Step<()> {
        if Op::of(self.word(at, end)?) == Some(op) { Ok(()) } else { Err(Refusal::Invalid) }
    }

    /// Translates the code from one place to another; whether it ends with a jump.
    fn inner(&mut self, mut at: usize, end: usize) -> Step<bool> {
        if at > end {
            return Err(Refusal::Invalid);
        }
        if (self.deep)() {
            return Err(Refusal::Deep);
        }
        while at < end {
            let op = Op::of(self.word(at, end)?).ok_or(Refusal::Invalid)?;
            at += 1;
            at = match op {
                Op::Success => self.plain(Inst::Success, at),
                Op::Failure => self.plain(Inst::Fail, at),
                Op::Any => self.plain(Inst::Any, at),
                Op::AnyAll => self.plain(Inst::AnyAll, at),
                Op::Literal => {
                    let c = self.word(at, end)?;
                    self.literal(c);
                    at + 1
                }
                Op::NotLiteral
                | Op::LiteralIgnore
                | Op::NotLiteralIgnore
                | Op::LiteralUniIgnore
                | Op::NotLiteralUniIgnore
                | Op::LiteralLocIgnore
                | Op::NotLiteralLocIgnore
                | Op::In
                | Op::InIgnore
                | Op::InUniIgnore
                | Op::InLocIgnore => {
                    let (set, at) = self.set(op, at, end)?;
                    self.emit(Inst::Set(set));
                    at
                }
                Op::At => {
                    let place = At::of(self.word(at, end)?).ok_or(Refusal::Invalid)?;
                    self.plain(Inst::At(place), at + 1)
                }
                Op::Mark => {
                    let mark = self.word(at, end)?;
                    if u64::from(mark) >= 2 * u64::from(self.groups) {
                        return Err(Refusal::Invalid);
                    }
                    self.program.marks = self.program.marks.max(mark as usize + 1);
                    self.plain(Inst::Mark(mark), at + 1)
                }
                Op::GroupRef | Op::GroupRefIgnore | Op::GroupRefUniIgnore | Op::GroupRefLocIgnore => {
                    let fold = match op {
                        Op::GroupRefIgnore => Fold::Ascii,
                        Op::GroupRefUniIgnore => Fold::Unicode,
                        Op::GroupRefLocIgnore => Fold::Locale,
                        _ => Fold::None,
                    };
                    let group = self.group(at, end)?;
                    self.plain(Inst::GroupRef(group, fold), at + 1)
                }
                Op::Info => self.info(at, end)?,
                Op::Branch => self.branch(at, end)?,
                Op::RepeatOne | Op::MinRepeatOne | Op::PossessiveRepeatOne => self.one(op, at, end)?,
                Op::Repeat | Op::PossessiveRepeat => self.repeat(op, at, end)?,
                Op::AtomicGroup => self.atomic(at, end)?,
                Op::GroupRefExists => self.exists(at, end)?,
                Op::Assert | Op::AssertNot => self.assertion(op, at, end)?,
                Op::Jump => return if at + 1 == end { Ok(true) } else { Err(Refusal::Invalid) },
                _ => return Err(Refusal::Invalid),
            };
        }
        Ok(false)
    }

    fn plain(&mut self, inst: Inst, at: usize) -> usize {
        self.emit(inst);
        at
    }

    fn group(&self, at: usize, end: usize) -> Step<u32> {
        let group = self.word(at, end)?;
        if group < self.groups { Ok(group) } else { Err(Refusal::Invalid) }
    }

    /// A character, joined to the literal before it.
    fn literal(&mut self, c: u32) {
        let from = self.program.pool.len();
        if !self.push_char(c) {
            self.emit(Inst::Fail);
            return;
        }
        let len = self.program.pool.len() - from;
        let last = self.program.insts.len().wrapping_sub(1);
        if last != usize::MAX && last >= self.barrier {
            let joined = match self.program.insts[last] {
                Inst::Byte(_) => Some((from - 1, 1)),
                Inst::Bytes(first, before) => Some((first as usize, before as usize)),
                _ => None,
            };
            // The bytes before it lie before it, if nothing came between.
            if let Some((first, before)) = joined
                && first + before == from
            {
                self.program.insts[last] = Inst::Bytes(first as u32, (before + len) as u32);
                return;
            }
        }
        self.emit(match self.program.pool[from..] {
            [byte] => Inst::Byte(byte),
            _ => Inst::Bytes(from as u32, len as u32),
        });
    }

    /// Puts a character into the pool; false if no text has it.
    fn push_char(&mut self, c: u32) -> bool {
        if self.octets {
            u8::try_from(c).map(|byte| self.program.pool.push(byte)).is_ok()
        } else {
            units::encode(c, &mut self.program.pool)
        }
    }

    /// A character that is not taken as it is: the number of its set, and where the code goes on.
    fn set(&mut self, op: Op, at: usize, end: usize) -> Step<(u32, usize)> {
        let (entries, fold, at) = match op {
            Op::In | Op::InIgnore | Op::InUniIgnore | Op::InLocIgnore => {
                let skip = self.skip(at, end)?;
                if skip < 2 {
                    return Err(Refusal::Invalid);
                }
                let entries = self.entries(at + 1, at + skip - 1)?;
                self.expect(at + skip - 1, end, Op::Failure)?;
                let fold = match op {
                    Op::InIgnore => Fold::Ascii,
                    Op::InUniIgnore => Fold::Unicode,
                    Op::InLocIgnore => Fold::Locale,
                    _ => Fold::None,
                };
                (entries, fold, at + skip)
            }
            _ => {
                let c = self.word(at, end)?;
                let (entries, fold) = folded_literal(op, c);
                (entries, fold, at + 1)
            }
        };
        self.program.sets.push(Set::new(entries, fold, self.octets));
        Ok((self.program.sets.len() as u32 - 1, at))
    }
}

/// The set of the characters that a literal stands for.
fn folded_literal(op: Op, c: u32) -> (Vec<Entry>, Fold) {
    let (negated, fold) = match op {
        Op::LiteralIgnore => (false, Fold::Ascii),
        Op::NotLiteralIgnore => (true, Fold::Ascii),
        Op::LiteralUniIgnore => (false, Fold::Unicode),
        Op::NotLiteralUniIgnore => (true, Fold::Unicode),
        Op::LiteralLocIgnore => (false, Fold::Locale),
        Op::NotLiteralLocIgnore => (true, Fold::Locale),
        _ => (true, Fold::None),
    };
    let mut entries = if negated { vec![Entry::Negate] } else { Vec::new() };
    if fold == Fold::Locale {
        // Either of its cases, and nothing else.
        entries.extend([classes::ascii_lower(c), classes::ascii_upper(c)].map(Entry::Literal));
        return (entries, Fold::None);
    }
    entries.push(Entry::Literal(c));
    (entries, fold)
}

/// What a repeat of one character is made of.
fn one(item: Item, min: u32, max: u32) -> One {
    One { item, min, max, tail: 0, next: None, only: None, settled: false }
}

/// What another repeat is made of.
fn a_loop(min: u32, max: u32, body: Pc) -> Loop {
    Loop { min, max, body, end: 0, begins: None }
}
