//! Alternations: which of the alternatives are worth trying, by the byte that comes next.

use std::collections::HashMap;

use super::first;
use super::program::{Inst, Pc, Program};

/// The end of a list of candidates.
const END: Pc = Pc::MAX;

/// An alternative, as far as it must be looked at to rule it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Arm {
    pc: Pc,
    /// The first bytes of the literal that it begins with, up to four, and which bits of them count.
    begins: u32,
    mask: u32,
}

/// An alternation.
#[derive(Debug, Default)]
pub struct Branch {
    arms: Vec<Arm>,
    /// For each byte, and for the end of the text, where its list of candidates begins.
    by_byte: Vec<u32>,
    /// The lists, each with [`END`] behind it.
    lists: Vec<Arm>,
}

/// The next candidate of an alternation.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// Where it begins.
    pub pc: Pc,
    /// Where the search for the one after it goes on; `None` if there is none.
    pub rest: Option<u32>,
}

impl Branch {
    /// An alternation of parts that begin at these instructions, which are not there yet.
    pub fn new(arms: Vec<Pc>) -> Branch {
        let arms = arms.into_iter().map(|pc| Arm { pc, begins: 0, mask: 0 }).collect();
        Branch { arms, ..Branch::default() }
    }

    /// Where the alternatives begin.
    pub fn arms(&self) -> impl Iterator<Item = Pc> {
        self.arms.iter().map(|arm| arm.pc)
    }

    /// About how much memory it takes.
    pub fn footprint(&self) -> usize {
        (self.arms.len() + self.lists.len()) * size_of::<Arm>() + self.by_byte.len() * 4
    }

    /// The list of candidates at a position of a text.
    #[inline(always)]
    pub fn candidates(&self, text: &[u8], at: usize) -> u32 {
        self.by_byte[text.get(at).map_or(256, |byte| usize::from(*byte))]
    }

    /// The first candidate from a place in a list on.
    #[inline]
    pub fn next(&self, mut place: u32, text: &[u8], at: usize) -> Option<Candidate> {
        let word = match text.get(at..at + 4) {
            Some(&[a, b, c, d]) => Some(u32::from_le_bytes([a, b, c, d])),
            _ => None,
        };
        let ruled_out = |arm: &Arm| word.is_some_and(|word| (word ^ arm.begins) & arm.mask != 0);
        let skip = |mut place: u32| loop {
            let arm = self.lists.get(place as usize)?;
            if arm.pc == END {
                return None;
            }
            if !ruled_out(arm) {
                return Some((arm.pc, place));
            }
            place += 1;
        };
        let (pc, found) = skip(place)?;
        place = found + 1;
        Some(Candidate { pc, rest: skip(place).map(|(_, place)| place) })
    }
}

/// Works the candidates out, when the program is whole.
pub fn prepare(program: &Program, branch: usize) -> Branch {
    let arms: Vec<_> = program.branches[branch].arms().map(|pc| ruler(program, pc)).collect();
    let firsts: Vec<_> = arms.iter().map(|arm| first::of(program, arm.pc)).collect();
    let (mut lists, mut by_byte, mut known) = (Vec::new(), Vec::new(), HashMap::new());
    for byte in 0..=256 {
        let fits = |first: &first::First| first.empty || first.leads.get(byte).is_some_and(|fits| *fits);
        let list: Vec<_> = arms.iter().zip(&firsts).filter(|(_, first)| fits(first)).map(|(arm, _)| *arm).collect();
        let place = *known.entry(list).or_insert_with_key(|list: &Vec<Arm>| {
            let place = lists.len() as u32;
            lists.extend(list);
            lists.push(Arm { pc: END, begins: 0, mask: 0 });
            place
        });
        by_byte.push(place);
    }
    Branch { arms, by_byte, lists }
}

/// An alternative with what rules it out. Marks are set before the literal without being looked at by anything.
fn ruler(program: &Program, pc: Pc) -> Arm {
    let (mut bytes, mut at) = (Vec::new(), pc);
    while bytes.len() < 4 {
        match program.insts.get(at as usize) {
            Some(Inst::Mark(_)) => {}
            Some(Inst::Byte(byte)) => bytes.push(*byte),
            Some(Inst::Bytes(from, len)) => bytes.extend(program.bytes(*from, *len)),
            _ => break,
        }
        at += 1;
    }
    let (mut begins, mut mask) = ([0; 4], [0; 4]);
    for (place, byte) in bytes.into_iter().take(4).enumerate() {
        (begins[place], mask[place]) = (byte, 0xff);
    }
    Arm { pc, begins: u32::from_le_bytes(begins), mask: u32::from_le_bytes(mask) }
}
