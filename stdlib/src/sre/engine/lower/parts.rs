//! The operations that have code of their own in them.

use super::{Lowering, Refusal, Step, a_loop, one};
use crate::sre::engine::branches::Branch;
use crate::sre::engine::opcodes::Op;
use crate::sre::engine::program::{Inst, Item, Pc};
use crate::sre::engine::sets::{Fold, Set};

/// The flags of what is said of a pattern as a whole.
const PREFIX: u32 = 1;
const LITERAL: u32 = 2;
const CHARSET: u32 = 4;

impl Lowering<'_> {
    /// Checks what is said of the pattern as a whole, which this engine finds out itself.
    pub(super) fn info(&mut self, at: usize, end: usize) -> Step<usize> {
        let skip = self.skip(at, end)?;
        let after = at + skip;
        let flags = self.word(at + 1, end)?;
        self.word(at + 3, end)?;
        let (prefix, literal, charset) = (flags & PREFIX != 0, flags & LITERAL != 0, flags & CHARSET != 0);
        if flags & !(PREFIX | LITERAL | CHARSET) != 0 || prefix && charset || literal && !prefix {
            return Err(Refusal::Invalid);
        }
        let mut place = at + 4;
        if prefix {
            let len = self.word(place, end)? as usize;
            self.word(place + 1, end)?;
            place += 2;
            if len > after.saturating_sub(place) / 2 {
                return Err(Refusal::Invalid);
            }
            let overlap = &self.code[place + len..place + 2 * len];
            if overlap.iter().any(|overlap| *overlap as usize >= len) {
                return Err(Refusal::Invalid);
            }
            place += 2 * len;
        }
        if charset {
            if place > after {
                return Err(Refusal::Invalid);
            }
            // As in CPython, the set may be missing if what stands before it looks like its end.
            self.entries(place, after - 1)?;
            self.expect(after - 1, end, Op::Failure)?;
            place = after;
        }
        if place == after { Ok(after) } else { Err(Refusal::Invalid) }
    }

    pub(super) fn branch(&mut self, mut at: usize, end: usize) -> Step<usize> {
        let number = self.program.branches.len();
        self.program.branches.push(Branch::default());
        self.emit(Inst::Branch(number as u32));
        let (mut arms, mut jumps, mut target) = (Vec::new(), Vec::new(), None);
        loop {
            let skip = self.skip(at, end)?;
            if skip == 0 {
                break;
            }
            if skip < 3 {
                return Err(Refusal::Invalid);
            }
            arms.push(self.here());
            let jump = at + skip - 2;
            if self.inner(at + 1, jump)? {
                return Err(Refusal::Invalid);
            }
            jumps.push(self.emit(Inst::Fail));
            self.expect(jump, end, Op::Jump)?;
            let to = jump + 1 + self.skip(jump + 1, end)?;
            if *target.get_or_insert(to) != to {
                return Err(Refusal::Invalid);
            }
            at = jump + 2;
        }
        if target != Some(at + 1) {
            return Err(Refusal::Invalid);
        }
        self.program.branches[number] = Branch::new(arms);
        let here = self.here();
        jumps.into_iter().for_each(|jump| self.program.insts[jump] = Inst::Jump(here));
        Ok(at + 1)
    }

    /// How often something is repeated: what stands before its code.
    fn bounds(&self, at: usize, end: usize) -> Step<(usize, u32, u32)> {
        let skip = self.skip(at, end)?;
        let (min, max) = (self.word(at + 1, end)?, self.word(at + 2, end)?);
        if min > max { Err(Refusal::Invalid) } else { Ok((skip, min, max)) }
    }

    pub(super) fn one(&mut self, op: Op, at: usize, end: usize) -> Step<usize> {
        let (skip, min, max) = self.bounds(at, end)?;
        if skip < 4 {
            return Err(Refusal::Invalid);
        }
        let last = at + skip - 1;
        if !self.is_one(at + 3, last) {
            self.expect(last, end, Op::Success)?;
            self.many(op, (min, max), at + 3, last)?;
            return Ok(at + skip);
        }
        let body = self.here();
        if self.inner(at + 3, last)? {
            return Err(Refusal::Invalid);
        }
        self.expect(last, end, Op::Success)?;
        let item = self.item(body);
        self.program.ones.push(one(item, min, max));
        let number = self.program.ones.len() as u32 - 1;
        self.emit(match op {
            Op::RepeatOne => Inst::Greedy(number),
            Op::MinRepeatOne => Inst::Lazy(number),
            _ => Inst::Possessive(number),
        });
        self.program.ones[number as usize].tail = self.here();
        Ok(at + skip)
    }

    /// Whether the code between two places is for one character.
    fn is_one(&self, at: usize, last: usize) -> bool {
        let len = last.saturating_sub(at);
        match self.code.get(at).and_then(|op| Op::of(*op)) {
            Some(Op::Any | Op::AnyAll) => len == 1,
            Some(Op::In | Op::InIgnore | Op::InUniIgnore | Op::InLocIgnore) => {
                self.code.get(at + 1).is_some_and(|skip| *skip as usize + 1 == len)
            }
            Some(
                Op::Literal
                | Op::LiteralIgnore
                | Op::LiteralUniIgnore
                | Op::LiteralLocIgnore
                | Op::NotLiteral
                | Op::NotLiteralIgnore
                | Op::NotLiteralUniIgnore
                | Op::NotLiteralLocIgnore,
            ) => len == 2,
            _ => false,
        }
    }

    /// A repeat of what should be one character and is something else. No pattern compiles to that, but code may say it.
    fn many(&mut self, op: Op, (min, max): (u32, u32), at: usize, last: usize) -> Step<()> {
        let number = self.program.loops.len();
        let possessive = op == Op::PossessiveRepeatOne;
        let inst = if possessive { Inst::PossessiveRepeat } else { Inst::Repeat };
        self.emit(inst(number as u32));
        let body = self.here();
        self.program.loops.push(a_loop(min, max, body));
        let atomic = self.emit(Inst::Fail);
        self.here();
        if self.inner(at, last)? {
            return Err(Refusal::Invalid);
        }
        self.emit(Inst::Success);
        self.program.insts[atomic] = Inst::Atomic(self.here());
        let until = self.emit(match op {
            Op::RepeatOne => Inst::MaxUntil(number as u32),
            Op::MinRepeatOne => Inst::MinUntil(number as u32),
            _ => Inst::Success,
        });
        let after = self.here();
        self.program.loops[number].end = if possessive { after } else { until as Pc };
        Ok(())
    }

    /// What is repeated of one character, whose instruction is no longer needed then.
    fn item(&mut self, body: Pc) -> Item {
        let item = match self.program.insts[body as usize..] {
            [Inst::Byte(byte)] => Item::Byte(byte),
            [Inst::Bytes(from, len)] => Item::Bytes(from, len),
            [Inst::Any] => Item::Any,
            [Inst::AnyAll] => Item::AnyAll,
            [Inst::Set(set)] => match self.program.sets[set as usize].excluded() {
                Some(byte) => Item::Not(byte),
                None => Item::Set(set),
            },
            // A character that no text has.
            _ => {
                self.program.sets.push(Set::new(Vec::new(), Fold::None, self.octets));
                Item::Set(self.program.sets.len() as u32 - 1)
            }
        };
        self.program.insts.truncate(body as usize);
        item
    }

    pub(super) fn repeat(&mut self, op: Op, at: usize, end: usize) -> Step<usize> {
        let (skip, min, max) = self.bounds(at, end)?;
        if skip < 3 {
            return Err(Refusal::Invalid);
        }
        let number = self.program.loops.len();
        let possessive = op == Op::PossessiveRepeat;
        let inst = if possessive { Inst::PossessiveRepeat } else { Inst::Repeat };
        self.emit(inst(number as u32));
        let body = self.here();
        self.program.loops.push(a_loop(min, max, body));
        let last = at + skip;
        if self.inner(at + 3, last)? {
            return Err(Refusal::Invalid);
        }
        let until = match (Op::of(self.word(last, end)?), possessive) {
            (Some(Op::Success), true) => Inst::Success,
            (Some(Op::MaxUntil), false) => Inst::MaxUntil(number as u32),
            (Some(Op::MinUntil), false) => Inst::MinUntil(number as u32),
            _ => return Err(Refusal::Invalid),
        };
        let until = self.emit(until) as Pc;
        let after = self.here();
        self.program.loops[number].end = if possessive { after } else { until };
        Ok(last + 1)
    }

    pub(super) fn atomic(&mut self, at: usize, end: usize) -> Step<usize> {
        let skip = self.skip(at, end)?;
        if skip < 2 {
            return Err(Refusal::Invalid);
        }
        let atomic = self.emit(Inst::Fail);
        self.part(at + 1, at + skip - 1, end)?;
        self.program.insts[atomic] = Inst::Atomic(self.barrier as Pc);
        Ok(at + skip)
    }

    pub(super) fn assertion(&mut self, op: Op, at: usize, end: usize) -> Step<usize> {
        let skip = self.skip(at, end)?;
        let back = self.word(at + 1, end)?;
        if skip < 3 {
            return Err(Refusal::Invalid);
        }
        let assertion = self.emit(Inst::Fail);
        self.part(at + 2, at + skip - 1, end)?;
        let inst = if op == Op::Assert { Inst::Assert } else { Inst::AssertNot };
        self.program.insts[assertion] = inst(back, self.barrier as Pc);
        Ok(at + skip)
    }

    /// A part that is matched on its own.
    fn part(&mut self, at: usize, last: usize, end: usize) -> Step<()> {
        self.here();
        if self.inner(at, last)? {
            return Err(Refusal::Invalid);
        }
        self.expect(last, end, Op::Success)?;
        self.emit(Inst::Success);
        self.here();
        Ok(())
    }

    pub(super) fn exists(&mut self, at: usize, end: usize) -> Step<usize> {
        let group = self.group(at, end)?;
        let skip = self.word(at + 1, end)? as usize;
        // It counts from the word before it.
        if skip < 2 || skip - 1 > end - (at + 1) {
            return Err(Refusal::Invalid);
        }
        let exists = self.emit(Inst::Fail);
        self.here();
        let yes_end = at + skip;
        let jumps = self.inner(at + 2, yes_end)?;
        if !jumps {
            self.program.insts[exists] = Inst::GroupExists(group, self.here());
            return Ok(yes_end);
        }
        let jump = self.emit(Inst::Fail);
        self.program.insts[exists] = Inst::GroupExists(group, self.here());
        let no_end = yes_end - 1 + self.skip(yes_end - 1, end)?;
        if self.inner(yes_end, no_end)? {
            return Err(Refusal::Invalid);
        }
        self.program.insts[jump] = Inst::Jump(self.here());
        Ok(no_end)
    }
}
