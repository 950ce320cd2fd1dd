//! Alternations and repeats: what is begun, and what is left to try.

use argil_interp::memory;

use super::{Frame, Kind, Machine, NONE, Next, Running, UNSET};
use crate::sre::engine::opcodes::MAXREPEAT;
use crate::sre::engine::program::{Inst, Pc, Program};
use crate::sre::engine::repeat;
use crate::sre::engine::units::Unit;

impl Machine {
    pub(super) fn branch(&mut self, program: &Program, text: &[u8], pc: Pc, branch: u32, pos: usize) -> Next {
        let branch = &program.branches[branch as usize];
        let candidate = branch.next(branch.candidates(text, pos), text, pos)?;
        if let Some(rest) = candidate.rest {
            self.push(Kind::Branch, pc, pos, rest as usize, self.repeat != NONE);
        }
        Some((candidate.pc, pos))
    }

    pub(super) fn greedy<U: Unit>(
        &mut self,
        program: &Program,
        text: &[u8],
        (pc, one): (Pc, u32),
        pos: usize,
        fuel: &mut usize,
    ) -> Next {
        let one = &program.ones[one as usize];
        let (low, end) = repeat::most::<U>(program, text, one, pos, fuel)?;
        if one.settled {
            let fits = one.next.as_ref().is_some_and(|next| text.get(end).is_some_and(|byte| next[usize::from(*byte)]));
            return fits.then_some((one.tail, end));
        }
        let pos = repeat::last_fit::<U>(text, one, end, low, fuel)?;
        let done =
            matches!(program.insts[one.tail as usize], Inst::Success) && (self.part != NONE || self.accepts(pos));
        if pos > low && !done {
            self.push(Kind::Greedy, pc, pos, low, self.repeat != NONE);
        }
        Some((one.tail, pos))
    }

    pub(super) fn lazy<U: Unit>(&mut self, program: &Program, text: &[u8], (pc, one): (Pc, u32), pos: usize) -> Next {
        let one = &program.ones[one as usize];
        let mut pos = pos;
        for _ in 0..one.min {
            pos = repeat::step::<U>(program, text, one.item, pos)?;
        }
        let left = if one.max == MAXREPEAT { usize::MAX } else { (one.max - one.min) as usize };
        let (pos, left) = repeat::first_fit::<U>(program, text, one, pos, left)?;
        if left > 0 {
            self.push(Kind::Lazy, pc, pos, left, self.repeat != NONE);
        }
        Some((one.tail, pos))
    }

    pub(super) fn possessive<U: Unit>(
        &mut self,
        program: &Program,
        text: &[u8],
        one: u32,
        pos: usize,
        fuel: &mut usize,
    ) -> Next {
        let one = &program.ones[one as usize];
        repeat::most::<U>(program, text, one, pos, fuel).map(|(_, end)| (one.tail, end))
    }

    /// Begins a loop.
    fn begin_loop(&mut self, number: u32) {
        if self.loops.len() >= NONE as usize {
            memory::refuse();
        }
        memory::reserve(&mut self.loops, 1);
        self.loops.push(Running { number, around: self.repeat, count: -1, last: UNSET });
        self.repeat = self.loops.len() as u32 - 1;
    }

    pub(super) fn repeat(&mut self, program: &Program, number: u32, pos: usize) -> Next {
        self.begin_loop(number);
        Some((program.loops[number as usize].end, pos))
    }

    /// What follows a loop, which then is no longer the innermost.
    fn leave(&mut self, program: &Program, running: &Running, pos: usize) -> Next {
        self.repeat = running.around;
        Some((program.loops[running.number as usize].end + 1, pos))
    }

    /// Counts one more match of the body if there must be more.
    fn must_go_on(&mut self, program: &Program, running: &Running, pos: usize) -> Next {
        let number = &program.loops[running.number as usize];
        if running.count + 1 >= i64::from(number.min) {
            return None;
        }
        if running.count >= 0 {
            // The first time, the loop was begun just before, and goes altogether.
            self.push(Kind::Count, number.end, pos, 0, false);
        }
        self.loops[self.repeat as usize].count += 1;
        Some((number.body, pos))
    }

    pub(super) fn max_until(&mut self, program: &Program, text: &[u8], pos: usize) -> Next {
        let running = *self.loops.get(self.repeat as usize)?;
        if let Some(next) = self.must_go_on(program, &running, pos) {
            return Some(next);
        }
        let number = &program.loops[running.number as usize];
        let may = number.max == MAXREPEAT || running.count + 1 < i64::from(number.max);
        let begins = match &number.begins {
            Some(begins) => text.get(pos).is_some_and(|byte| begins[usize::from(*byte)]),
            None => true,
        };
        if !may || !begins || pos == running.last {
            return self.leave(program, &running, pos);
        }
        self.push(Kind::MaxBody, number.end, pos, running.last, true);
        let running = &mut self.loops[self.repeat as usize];
        running.count += 1;
        running.last = pos;
        Some((number.body, pos))
    }

    /// The body of a greedy loop does not match once more.
    pub(super) fn leave_max_body(&mut self, program: &Program, frame: &Frame) -> Next {
        self.put_back(frame, Some(frame.aux));
        let running = self.loops[frame.repeat as usize];
        self.leave(program, &running, frame.pos)
    }

    /// Takes back what a loop has counted, and where it began its body before.
    pub(super) fn put_back(&mut self, frame: &Frame, last: Option<usize>) {
        let running = &mut self.loops[frame.repeat as usize];
        running.count -= 1;
        running.last = last.unwrap_or(running.last);
    }

    pub(super) fn min_until(&mut self, program: &Program, pos: usize) -> Next {
        let running = *self.loops.get(self.repeat as usize)?;
        if let Some(next) = self.must_go_on(program, &running, pos) {
            return Some(next);
        }
        let end = program.loops[running.number as usize].end;
        self.push(Kind::MinTail, end, pos, 0, running.around != NONE);
        self.leave(program, &running, pos)
    }

    /// What follows a lazy loop does not match: its body once more.
    pub(super) fn enter_min_body(&mut self, program: &Program, frame: &Frame) -> Next {
        let running = self.loops[frame.repeat as usize];
        let number = &program.loops[running.number as usize];
        let over = number.max != MAXREPEAT && running.count + 1 >= i64::from(number.max);
        if over || frame.pos == running.last {
            return None;
        }
        self.push(Kind::MinBody, number.end, frame.pos, running.last, false);
        let running = &mut self.loops[frame.repeat as usize];
        running.count += 1;
        running.last = frame.pos;
        Some((number.body, frame.pos))
    }

    pub(super) fn possessive_repeat(&mut self, program: &Program, (pc, number): (Pc, u32), pos: usize) -> Next {
        self.begin_loop(number);
        self.possessive_round(program, (pc, number), 0, pos, None)
    }

    /// The next round of a possessive loop, whose body has matched `count` times, the last time from `last` on.
    pub(super) fn possessive_round(
        &mut self,
        program: &Program,
        (pc, number): (Pc, u32),
        count: usize,
        pos: usize,
        last: Option<usize>,
    ) -> Next {
        let repeat = &program.loops[number as usize];
        if count < repeat.min as usize {
            self.open_part(Kind::PossessiveMust, pc, pos, count, false);
        } else if (repeat.max == MAXREPEAT || count < repeat.max as usize) && last != Some(pos) {
            self.open_part(Kind::PossessiveMay, pc, pos, count, true);
        } else {
            return self.leave_possessive(program, number, pos);
        }
        Some((repeat.body, pos))
    }

    pub(super) fn leave_possessive(&mut self, program: &Program, number: u32, pos: usize) -> Next {
        self.repeat = self.loops.get(self.repeat as usize)?.around;
        Some((program.loops[number as usize].end, pos))
    }
}
