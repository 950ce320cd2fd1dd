//! Searching: where a match can begin at all.

use memchr::memmem::Finder;

use super::first::{self, Leads};
use super::machine::{Machine, Outcome};
use super::opcodes::At;
use super::program::{Inst, Program};
use super::units::Unit;

/// Where a match can begin.
#[derive(Debug, Default)]
pub enum Start {
    /// Anywhere.
    #[default]
    Anywhere,
    /// Where the search begins, and nowhere else.
    Here,
    /// With one of up to three bytes; those that are not needed are repeated.
    Few(u8, u8, u8),
    /// With one of these bytes.
    Leads(Box<Leads>),
    /// With this text.
    Text(Box<Finder<'static>>),
}

impl Start {
    /// Where matches of a program can begin.
    pub fn of(program: &Program) -> Start {
        if matches!(program.insts.first(), Some(Inst::At(At::Beginning | At::BeginningString))) {
            return Start::Here;
        }
        let prefix = prefix(program);
        if prefix.len() > 1 {
            return Start::Text(Box::new(Finder::new(&prefix).into_owned()));
        }
        let Some(mut leads) = first::of(program, 0).leads() else { return Start::Anywhere };
        if !program.octets {
            // No character begins with these, so that a byte that is found lies between two characters.
            leads[0x80..0xc0].fill(false);
        }
        let few: Vec<_> = (0..=255).filter(|byte| leads[usize::from(*byte)]).take(4).collect();
        match few[..] {
            [a] => Start::Few(a, a, a),
            [a, b] => Start::Few(a, b, b),
            [a, b, c] => Start::Few(a, b, c),
            _ => Start::Leads(leads),
        }
    }

    /// The first place from `at` on where a match can begin.
    #[inline]
    fn find(&self, text: &[u8], at: usize) -> Option<usize> {
        let rest = text.get(at..)?;
        let found = match self {
            Start::Anywhere | Start::Here => return Some(at),
            Start::Few(a, b, _) if a == b => memchr::memchr(*a, rest),
            Start::Few(a, b, c) if b == c => memchr::memchr2(*a, *b, rest),
            Start::Few(a, b, c) => memchr::memchr3(*a, *b, *c, rest),
            Start::Leads(leads) => rest.iter().position(|byte| leads[usize::from(*byte)]),
            Start::Text(finder) => finder.find(rest),
        };
        found.map(|found| at + found)
    }
}

/// The literal that every match begins with.
fn prefix(program: &Program) -> Vec<u8> {
    let mut prefix = Vec::new();
    for inst in &program.insts {
        match inst {
            Inst::Mark(_) => {}
            Inst::Byte(byte) => prefix.push(*byte),
            Inst::Bytes(from, len) => prefix.extend(program.bytes(*from, *len)),
            _ => break,
        }
    }
    prefix
}

/// Bytes that are looked through in about the time of one step.
const PER_STEP: usize = 64;

impl Machine {
    /// Looks for the first match that begins at `start` or after it.
    pub fn search<U: Unit>(&mut self, program: &Program, text: &[u8], fuel: &mut usize) -> Outcome {
        let within = text.get(..self.end).unwrap_or(text);
        loop {
            if !self.is_running() {
                let Some(found) = program.start.find(within, self.start) else { return Outcome::Failed };
                *fuel = fuel.saturating_sub((found - self.start) / PER_STEP);
                self.must_advance &= found == self.start;
                self.start = found;
            }
            match self.run::<U>(program, text, fuel) {
                Outcome::Failed => {}
                other => return other,
            }
            self.must_advance = false;
            if matches!(program.start, Start::Here) {
                return Outcome::Failed;
            }
            match U::forward(within, self.start, 1) {
                Some(next) => self.start = next,
                None => return Outcome::Failed,
            }
        }
    }
}
