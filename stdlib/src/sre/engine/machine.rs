//! The machine that runs a program over a text: a loop over instructions, and a stack of what to try instead.

mod back;
mod loops;
mod places;

use argil_interp::memory;

use super::program::{Inst, Pc, Program};
use super::sets::Fold;
use super::units::Unit;
use super::{classes, units};

/// A position that there is not.
pub const UNSET: usize = usize::MAX;

/// An index that there is not.
const NONE: u32 = u32::MAX;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// With a match.
    Matched,
    /// Without one.
    Failed,
    /// Not yet: the caller polls, and goes on.
    Paused,
}

/// Where the machine goes on, or that it must go back.
pub(super) type Next = Option<(Pc, usize)>;

/// What a frame is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Alternatives are left.
    Branch,
    /// A greedy repeat of one character can give one back.
    Greedy,
    /// A lazy repeat of one character can take one more.
    Lazy,
    /// A greedy loop is in its body; instead, what follows it may come.
    MaxBody,
    /// A lazy loop is behind its body; instead, the body may come again.
    MinTail,
    /// A lazy loop is in its body; only its state is to be put back.
    MinBody,
    /// A loop has not yet got its least number; only its count is to be put back.
    Count,
    /// Parts that are matched on their own.
    Atomic,
    Assert,
    AssertNot,
    /// A possessive loop that must, and one that may have its body once more.
    PossessiveMust,
    PossessiveMay,
}

/// What to do when nothing more matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    kind: Kind,
    /// Whether marks were saved with it.
    saves: bool,
    /// The instruction that made it.
    pc: Pc,
    pos: usize,
    /// The kind's own: the least position of a greedy repeat, how often a lazy one may go on, the last position of a loop, …
    aux: usize,
    lastmark: i32,
    lastindex: i32,
    /// How many marks were saved before.
    saved: usize,
    /// How many loops were running.
    loops: u32,
    /// The innermost of them.
    repeat: u32,
    /// Of parts matched on their own: the frame of the one around it.
    part: u32,
}

/// A loop that is running.
#[derive(Clone, Copy, Debug)]
pub(super) struct Running {
    /// Which.
    number: u32,
    /// The one around it.
    around: u32,
    /// How often its body has matched, less one.
    count: i64,
    /// Where its body was last begun, against matching nothing for ever.
    last: usize,
}

/// A machine. It is made once, and serves one search after the other.
#[derive(Debug, Default)]
pub struct Machine {
    /// Where the match begins, or the search.
    pub start: usize,
    /// Where the text ends, for the match.
    pub end: usize,
    /// Whether the match must go to the end.
    pub to_end: bool,
    /// Whether the match must not be empty if it begins at `start`.
    pub must_advance: bool,
    /// The highest mark that is set, or -1.
    pub lastmark: i32,
    /// The number of the group that was closed last, or -1.
    pub lastindex: i32,
    /// Where it goes on, or where the match ends.
    pub pos: usize,
    marks: Vec<usize>,
    pc: Pc,
    running: bool,
    repeat: u32,
    part: u32,
    pub(super) frames: Vec<Frame>,
    saved: Vec<usize>,
    loops: Vec<Running>,
}

impl Machine {
    /// Prepares it for a match or a search between two positions.
    pub fn begin(&mut self, program: &Program, start: usize, end: usize) {
        if self.marks.len() < program.marks {
            memory::reserve(&mut self.marks, program.marks);
            self.marks.resize(program.marks, UNSET);
        }
        (self.start, self.end, self.running) = (start, end, false);
    }

    /// Frees what long searches have left behind.
    pub fn shrink(&mut self) {
        const KEPT: usize = 1 << 10;
        if self.frames.capacity() > KEPT || self.saved.capacity() > KEPT || self.loops.capacity() > KEPT {
            (self.frames, self.saved, self.loops) = (Vec::new(), Vec::new(), Vec::new());
        }
    }

    /// Whether a match is being tried.
    pub(super) fn is_running(&self) -> bool {
        self.running
    }

    /// Where a group (0 is the first) begins and ends, if it has matched.
    pub fn group(&self, group: usize) -> Option<(usize, usize)> {
        let first = 2 * group;
        if i64::from(self.lastmark) <= first as i64 {
            return None;
        }
        match (self.marks[first], self.marks[first + 1]) {
            (UNSET, _) | (_, UNSET) => None,
            both => Some(both),
        }
    }

    /// Tries to match at `start`.
    pub fn run<U: Unit>(&mut self, program: &Program, text: &[u8], fuel: &mut usize) -> Outcome {
        if !self.running {
            (self.pc, self.pos, self.running) = (0, self.start, true);
            (self.lastmark, self.lastindex, self.repeat, self.part) = (-1, -1, NONE, NONE);
            self.frames.clear();
            self.saved.clear();
            self.loops.clear();
        }
        let outcome = self.steps::<U>(program, text.get(..self.end).unwrap_or(text), fuel);
        self.running = outcome == Outcome::Paused;
        outcome
    }

    fn steps<U: Unit>(&mut self, program: &Program, text: &[u8], fuel: &mut usize) -> Outcome {
        let (mut pc, mut pos) = (self.pc, self.pos);
        loop {
            let next = match program.insts[pc as usize] {
                Inst::Byte(byte) => {
                    if text.get(pos) == Some(&byte) {
                        (pc, pos) = (pc + 1, pos + 1);
                        continue;
                    }
                    None
                }
                Inst::Bytes(from, len) => {
                    let literal = program.bytes(from, len);
                    if text.get(pos..pos + literal.len()) == Some(literal) {
                        (pc, pos) = (pc + 1, pos + literal.len());
                        continue;
                    }
                    None
                }
                Inst::Set(set) => {
                    if let Some(width) = program.sets[set as usize].step::<U>(text, pos) {
                        (pc, pos) = (pc + 1, pos + width);
                        continue;
                    }
                    None
                }
                Inst::Any => {
                    if let Some(width) = units::width_at::<U>(text, pos)
                        && text[pos] != b'\n'
                    {
                        (pc, pos) = (pc + 1, pos + width);
                        continue;
                    }
                    None
                }
                Inst::AnyAll => {
                    if let Some(width) = units::width_at::<U>(text, pos) {
                        (pc, pos) = (pc + 1, pos + width);
                        continue;
                    }
                    None
                }
                Inst::At(at) => {
                    if places::holds::<U>(at, text, pos) {
                        pc += 1;
                        continue;
                    }
                    None
                }
                Inst::Mark(mark) => {
                    self.mark(mark, pos);
                    pc += 1;
                    continue;
                }
                Inst::Jump(to) => {
                    pc = to;
                    continue;
                }
                Inst::GroupExists(group, no) => {
                    let has = self.group(group as usize).is_some_and(|(from, to)| from <= to);
                    pc = if has { pc + 1 } else { no };
                    continue;
                }
                Inst::Fail => None,
                Inst::Branch(branch) => self.branch(program, text, pc, branch, pos),
                Inst::Greedy(one) => self.greedy::<U>(program, text, (pc, one), pos, fuel),
                Inst::Lazy(one) => self.lazy::<U>(program, text, (pc, one), pos),
                Inst::Possessive(one) => self.possessive::<U>(program, text, one, pos, fuel),
                Inst::Repeat(repeat) => self.repeat(program, repeat, pos),
                Inst::MaxUntil(_) => self.max_until(program, text, pos),
                Inst::MinUntil(_) => self.min_until(program, pos),
                Inst::PossessiveRepeat(repeat) => self.possessive_repeat(program, (pc, repeat), pos),
                Inst::GroupRef(group, fold) => self.group_ref::<U>(text, group, fold, pos).map(|pos| (pc + 1, pos)),
                Inst::Atomic(_) => {
                    self.open_part(Kind::Atomic, pc, pos, 0, false);
                    Some((pc + 1, pos))
                }
                Inst::Assert(back, _) => U::back(text, pos, back as usize).map(|from| {
                    self.open_part(Kind::Assert, pc, pos, 0, false);
                    (pc + 1, from)
                }),
                Inst::AssertNot(back, after) => match U::back(text, pos, back as usize) {
                    Some(from) => {
                        self.open_part(Kind::AssertNot, pc, pos, 0, self.repeat != NONE);
                        Some((pc + 1, from))
                    }
                    None => Some((after, pos)),
                },
                Inst::Success => {
                    if self.part != NONE {
                        self.close_part(program, pos)
                    } else if self.accepts(pos) {
                        self.pos = pos;
                        return Outcome::Matched;
                    } else {
                        None
                    }
                }
            };
            (pc, pos) = match next.or_else(|| self.back::<U>(program, text, fuel)) {
                Some(next) => next,
                None => return Outcome::Failed,
            };
            if *fuel == 0 {
                (self.pc, self.pos) = (pc, pos);
                return Outcome::Paused;
            }
            *fuel -= 1;
        }
    }

    /// Whether the whole pattern may end at a position.
    fn accepts(&self, pos: usize) -> bool {
        (!self.to_end || pos == self.end) && (!self.must_advance || pos != self.start)
    }

    fn mark(&mut self, mark: u32, pos: usize) {
        let place = mark as usize;
        if mark & 1 == 1 {
            self.lastindex = mark as i32 / 2 + 1;
        }
        if mark as i32 > self.lastmark {
            self.marks[(self.lastmark + 1) as usize..place].fill(UNSET);
            self.lastmark = mark as i32;
        }
        self.marks[place] = pos;
    }

    /// Where what a group has matched ends, if it comes again at a position.
    fn group_ref<U: Unit>(&self, text: &[u8], group: u32, fold: Fold, pos: usize) -> Option<usize> {
        let (mut from, to) = self.group(group as usize)?;
        let fold: fn(u32) -> u32 = match fold {
            Fold::None => {
                let group = text.get(from..to)?;
                return text.get(pos..)?.starts_with(group).then_some(pos + group.len());
            }
            Fold::Unicode => classes::lower,
            Fold::Ascii | Fold::Locale => classes::ascii_lower,
        };
        let mut pos = pos;
        while from < to {
            let ((c, width), (again, other)) = (U::decode(text, from)?, U::decode(text, pos)?);
            if fold(c) != fold(again) {
                return None;
            }
            (from, pos) = (from + width, pos + other);
        }
        (from == to).then_some(pos)
    }

    /// Notes what to try instead.
    #[inline]
    fn push(&mut self, kind: Kind, pc: Pc, pos: usize, aux: usize, saves: bool) {
        let saved = self.saved.len();
        if saves && self.lastmark >= 0 {
            let marks = &self.marks[..=self.lastmark as usize];
            memory::reserve(&mut self.saved, marks.len());
            self.saved.extend_from_slice(marks);
        }
        memory::reserve(&mut self.frames, 1);
        let (loops, repeat, part) = (self.loops.len() as u32, self.repeat, self.part);
        let (lastmark, lastindex) = (self.lastmark, self.lastindex);
        self.frames.push(Frame { kind, saves, pc, pos, aux, lastmark, lastindex, saved, loops, repeat, part });
    }

    /// Begins a part that is matched on its own.
    fn open_part(&mut self, kind: Kind, pc: Pc, pos: usize, aux: usize, saves: bool) {
        let part = self.frames.len();
        if part >= NONE as usize {
            memory::refuse();
        }
        self.push(kind, pc, pos, aux, saves);
        self.part = part as u32;
    }
}
