//! Going back to what was left to try, and what becomes of a part that is matched on its own when it has matched.

use super::{Frame, Kind, Machine, Next};
use crate::sre::engine::program::{Inst, One, Program};
use crate::sre::engine::repeat;
use crate::sre::engine::units::Unit;

impl Machine {
    /// Takes the last frame that leaves something to try; `None` if there is none.
    pub(super) fn back<U: Unit>(&mut self, program: &Program, text: &[u8], fuel: &mut usize) -> Next {
        while let Some(frame) = self.frames.last().copied() {
            self.restore(&frame);
            let next = match frame.kind {
                Kind::Branch => self.next_arm(program, text, &frame),
                Kind::Greedy => self.give_back::<U>(text, one(program, &frame), &frame, fuel),
                Kind::Lazy => self.take_more::<U>(program, text, one(program, &frame), &frame),
                _ => {
                    self.frames.pop();
                    self.saved.truncate(frame.saved);
                    self.after(program, &frame)
                }
            };
            if next.is_some() {
                return next;
            }
        }
        None
    }

    /// Puts the state back to what it was when a frame was made. What it has saved stays.
    fn restore(&mut self, frame: &Frame) {
        (self.lastmark, self.lastindex) = (frame.lastmark, frame.lastindex);
        (self.repeat, self.part) = (frame.repeat, frame.part);
        self.loops.truncate(frame.loops as usize);
        if frame.saves {
            let count = (frame.lastmark + 1) as usize;
            self.marks[..count].copy_from_slice(&self.saved[frame.saved..frame.saved + count]);
            self.saved.truncate(frame.saved + count);
        } else {
            self.saved.truncate(frame.saved);
        }
    }

    /// Drops the last frame.
    fn drop_frame(&mut self, frame: &Frame) {
        self.frames.pop();
        self.saved.truncate(frame.saved);
    }

    /// Goes on at a place that a frame leads to, which stays with another position if it has more to offer.
    fn keep(&mut self, pos: usize, aux: usize) {
        if let Some(frame) = self.frames.last_mut() {
            (frame.pos, frame.aux) = (pos, aux);
        }
    }

    /// The next alternative.
    fn next_arm(&mut self, program: &Program, text: &[u8], frame: &Frame) -> Next {
        let Inst::Branch(branch) = program.insts[frame.pc as usize] else { return None };
        let candidate = program.branches[branch as usize].next(frame.aux as u32, text, frame.pos);
        match candidate.map(|candidate| candidate.rest) {
            Some(Some(rest)) => self.keep(frame.pos, rest as usize),
            _ => self.drop_frame(frame),
        }
        candidate.map(|candidate| (candidate.pc, frame.pos))
    }

    /// One character less of a greedy repeat.
    fn give_back<U: Unit>(&mut self, text: &[u8], one: &One, frame: &Frame, fuel: &mut usize) -> Next {
        let found = repeat::last_fit::<U>(text, one, U::before(text, frame.pos), frame.aux, fuel);
        match found {
            Some(pos) if pos > frame.aux => self.keep(pos, frame.aux),
            _ => self.drop_frame(frame),
        }
        found.map(|pos| (one.tail, pos))
    }

    /// One character more of a lazy repeat.
    fn take_more<U: Unit>(&mut self, program: &Program, text: &[u8], one: &One, frame: &Frame) -> Next {
        let found = repeat::step::<U>(program, text, one.item, frame.pos)
            .and_then(|pos| repeat::first_fit::<U>(program, text, one, pos, repeat::less(frame.aux)));
        match found {
            Some((pos, left)) if left > 0 => self.keep(pos, left),
            _ => self.drop_frame(frame),
        }
        found.map(|(pos, _)| (one.tail, pos))
    }

    /// What comes after a frame that was not for one character, and is gone.
    fn after(&mut self, program: &Program, frame: &Frame) -> Next {
        match (frame.kind, program.insts[frame.pc as usize]) {
            (Kind::MaxBody, _) => self.leave_max_body(program, frame),
            (Kind::MinTail, _) => self.enter_min_body(program, frame),
            (Kind::MinBody, _) => {
                self.put_back(frame, Some(frame.aux));
                None
            }
            (Kind::Count, _) => {
                self.put_back(frame, None);
                None
            }
            (Kind::AssertNot, Inst::AssertNot(_, after)) => Some((after, frame.pos)),
            (Kind::PossessiveMay, Inst::PossessiveRepeat(repeat)) => self.leave_possessive(program, repeat, frame.pos),
            _ => None,
        }
    }

    /// A part that is matched on its own has matched: what was left to try in it goes.
    pub(super) fn close_part(&mut self, program: &Program, pos: usize) -> Next {
        let part = self.part as usize;
        let frame = self.frames[part];
        self.frames.truncate(part);
        self.saved.truncate(frame.saved);
        self.loops.truncate(frame.loops as usize);
        (self.repeat, self.part) = (frame.repeat, frame.part);
        match (frame.kind, program.insts[frame.pc as usize]) {
            (Kind::Atomic, Inst::Atomic(after)) => Some((after, pos)),
            (Kind::Assert, Inst::Assert(_, after)) => Some((after, frame.pos)),
            (kind, Inst::PossessiveRepeat(repeat)) => {
                let last = (kind == Kind::PossessiveMay).then_some(frame.pos);
                self.possessive_round(program, (frame.pc, repeat), frame.aux + 1, pos, last)
            }
            // What must not match has.
            _ => None,
        }
    }
}

/// The repeat that a frame belongs to.
fn one<'p>(program: &'p Program, frame: &Frame) -> &'p One {
    match program.insts[frame.pc as usize] {
        Inst::Greedy(one) | Inst::Lazy(one) => &program.ones[one as usize],
        _ => unreachable!("only repeats of one character make such frames"),
    }
}
