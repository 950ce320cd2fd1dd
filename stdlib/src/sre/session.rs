//! One search after the other through a subject.

use std::sync::Arc;

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::value::Value;

use super::engine::machine::{Machine, Outcome};
use super::engine::program::Program;
use super::engine::units::{Octets, Utf8};
use super::pattern::Pattern;
use super::subject::Subject;

/// Steps between two polls.
const FUEL: usize = 1 << 14;

/// A pattern at work on a subject.
pub struct Session {
    /// The pattern.
    pub pattern: Slot,
    /// The subject.
    pub subject: Subject,
    /// The class of matches, so that nobody has to look for it each time.
    pub match_class: Slot,
    /// How many groups the pattern has.
    pub groups: usize,
    /// Where searches begin and end, in characters.
    pub bounds: (usize, usize),
    /// The machine, which holds what was found.
    pub machine: Box<Machine>,
    program: Arc<Program>,
    fuel: usize,
}

/// What is asked of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// That it begins at the start.
    Match,
    /// That it also goes to the end.
    Full,
    /// Nothing.
    Search,
}

impl Session {
    /// Begins to work on the part of a subject between two indices, which are clipped.
    pub fn open(cx: &Ctx, pattern: Slot, object: Slot, pos: i64, endpos: i64) -> Res<Session> {
        let state = cx.state::<Pattern>(pattern)?;
        let (compiled, match_class) = (&state.compiled, cx.root(state.match_class.get_or_none(cx)));
        let subject = Subject::of(cx, object, compiled.subject)?;
        let len = subject.len(cx) as i64;
        let bounds = (pos.clamp(0, len) as usize, endpos.clamp(0, len) as usize);
        let program = compiled.program(cx, subject.octets)?;
        let (start, end) = (subject.offset(cx, bounds.0), subject.offset(cx, bounds.1));
        let mut machine = compiled.machine();
        machine.begin(&program, start, end);
        (machine.to_end, machine.must_advance) = (false, false);
        Ok(Session { pattern, subject, match_class, groups: compiled.groups, bounds, machine, program, fuel: FUEL })
    }

    /// Goes on where a session was left.
    pub fn resume(
        cx: &Ctx,
        pattern: Slot,
        subject: Subject,
        bounds: (usize, usize),
        machine: Box<Machine>,
    ) -> Res<Session> {
        let state = cx.state::<Pattern>(pattern)?;
        let (compiled, match_class) = (&state.compiled, cx.root(state.match_class.get_or_none(cx)));
        let program = compiled.program(cx, subject.octets)?;
        Ok(Session { pattern, subject, match_class, groups: compiled.groups, bounds, machine, program, fuel: FUEL })
    }

    /// Ends the session, of which another one may have the machine.
    pub fn close(self, cx: &Ctx) {
        if let Ok(pattern) = cx.state::<Pattern>(self.pattern) {
            pattern.compiled.give_back(self.machine);
        }
    }

    /// Looks for the next match; polls now and then.
    pub fn find(&mut self, cx: &mut Ctx, kind: Kind) -> Res<bool> {
        self.machine.to_end = kind == Kind::Full;
        loop {
            let outcome = if self.machine.start > self.machine.end { Outcome::Failed } else { self.go(cx, kind) };
            match outcome {
                Outcome::Matched => return Ok(true),
                Outcome::Failed => return Ok(false),
                Outcome::Paused => {
                    cx.poll()?;
                    self.fuel = FUEL;
                }
            }
        }
    }

    fn go(&mut self, cx: &Ctx, kind: Kind) -> Outcome {
        let (program, text, fuel) = (&*self.program, self.subject.bytes(cx), &mut self.fuel);
        match (kind, self.subject.octets) {
            (Kind::Search, false) => self.machine.search::<Utf8>(program, text, fuel),
            (Kind::Search, true) => self.machine.search::<Octets>(program, text, fuel),
            (_, false) => self.machine.run::<Utf8>(program, text, fuel),
            (_, true) => self.machine.run::<Octets>(program, text, fuel),
        }
    }

    /// Where the match is that was found.
    pub fn found(&self) -> (usize, usize) {
        (self.machine.start, self.machine.pos)
    }

    /// Goes on behind the match that was found. After an empty one, the next must not be empty and begin at the same place.
    pub fn advance(&mut self) {
        let (start, end) = self.found();
        self.machine.must_advance = start == end;
        let text_end = self.machine.end;
        self.machine.begin(&self.program, end, text_end);
    }

    /// What a group (1 is the first) has matched, or the alternative.
    pub fn group<'h>(&self, cx: &'h Ctx, group: usize, missing: impl FnOnce(&'h Ctx) -> Value<'h>) -> Res<Value<'h>> {
        match self.machine.group(group - 1) {
            None => Ok(missing(cx)),
            Some((from, to)) if from <= to => Ok(self.subject.part(cx, from, to)),
            Some(_) => Err(wrong_span(cx)),
        }
    }
}

/// The error for a group that ends before it begins, which only code that no pattern compiles to can bring about.
#[cold]
pub fn wrong_span(cx: &Ctx) -> Raised {
    let message = "The span of capturing group is wrong, please report a bug for the re module.";
    cx.raise(Builtin::SystemError, message)
}
