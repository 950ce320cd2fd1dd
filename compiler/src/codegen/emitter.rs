//! The instruction buffer of one code object: labels, reachability, definite assignment, protected ranges.
//!
//! Instructions after a `return`, `raise` or jump are dropped until a label that something jumps to is bound, so dead code
//! never reaches the bytecode. The same flow carries the set of registers that are certainly bound.

use super::layout;
use crate::code::Handler;
use crate::opcode::{Effect, Instr, Opcode};
use crate::registers::RegisterSet;
use crate::source::Span;

/// A place that jumps name before it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label(u32);

/// An instruction whose jump, if it has one, still names a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub instr: Instr,
    pub target: Option<Label>,
    pub span: Span,
    /// Runs only after an exception: laid out behind everything else.
    pub cold: bool,
}

#[derive(Debug, Default)]
struct LabelState {
    /// Index of the instruction that it stands before.
    at: Option<u32>,
    /// What is bound on every path that jumps here; `None` before the first.
    bound: Option<RegisterSet>,
}

/// A range of instructions, under construction, whose exceptions go to one place.
#[derive(Debug)]
pub(super) struct Region {
    target: Label,
    register: u16,
    /// What is bound where the region begins, less what may become unbound within: what its handler can rely on.
    bound: Option<RegisterSet>,
    /// Index of the first instruction of the open part; `None` while suspended.
    start: Option<u32>,
    parts: Vec<(u32, u32)>,
}

/// A finished part of a region, by the indexes of its first entry and of the one after its last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Protected {
    pub start: u32,
    pub end: u32,
    pub target: Label,
    pub register: u16,
}

/// The instructions of one code object, under construction.
#[derive(Debug, Default)]
pub(super) struct Emitter {
    entries: Vec<Entry>,
    labels: Vec<LabelState>,
    handlers: Vec<Protected>,
    /// Within how many exception handlers the emitter is.
    cold: u32,
    /// The registers that are certainly bound here; `None` where control cannot come.
    flow: Option<RegisterSet>,
    /// Variables that may become unbound, by `del` or the end of an `except` clause.
    unstable: RegisterSet,
}

/// Finished instructions with what is parallel to them.
pub(super) struct Finished {
    pub instrs: Vec<Instr>,
    pub spans: Vec<Span>,
    pub handlers: Vec<Handler>,
}

impl Emitter {
    /// A buffer at whose start the registers `bound` are bound, and where `unstable` ones may become unbound later.
    pub fn new(bound: RegisterSet, unstable: RegisterSet) -> Self {
        Self { flow: Some(bound), unstable, ..Self::default() }
    }

    /// Whether control can come here.
    pub fn reachable(&self) -> bool {
        self.flow.is_some()
    }

    /// Whether `register` is certainly bound here.
    pub fn is_bound(&self, register: u16) -> bool {
        self.flow.as_ref().is_none_or(|flow| flow.contains(register))
    }

    /// Notes that `register` is bound from here on.
    pub fn set_bound(&mut self, register: u16) {
        if let Some(flow) = &mut self.flow {
            flow.insert(register);
        }
    }

    /// Notes that `register` may be unbound from here on.
    pub fn set_unbound(&mut self, register: u16) {
        if let Some(flow) = &mut self.flow {
            flow.remove(register);
        }
    }

    /// Appends an instruction that does not jump.
    pub fn push(&mut self, instr: Instr, span: Span) {
        if self.flow.is_none() {
            return;
        }
        self.entries.push(Entry { instr, target: None, span, cold: self.cold > 0 });
        if instr.opcode().is_some_and(|op| op.info().effect == Effect::Leaves) {
            self.flow = None;
        }
    }

    /// Appends an instruction that jumps to `target`, always or sometimes.
    pub fn push_jump(&mut self, instr: Instr, target: Label, span: Span) {
        let Some(flow) = &self.flow else { return };
        let label = &mut self.labels[target.0 as usize];
        if label.at.is_none() {
            match &mut label.bound {
                Some(bound) => {
                    bound.intersect(flow);
                }
                None => label.bound = Some(flow.clone()),
            }
        }
        self.entries.push(Entry { instr, target: Some(target), span, cold: self.cold > 0 });
        if instr.opcode() == Some(Opcode::Jump) {
            self.flow = None;
        }
    }

    /// A label that is yet to be bound.
    pub fn label(&mut self) -> Label {
        self.labels.push(LabelState::default());
        Label(self.labels.len() as u32 - 1)
    }

    /// Binds `label` here, after all jumps to it.
    pub fn bind(&mut self, label: Label) {
        let state = &mut self.labels[label.0 as usize];
        state.at = Some(self.entries.len() as u32);
        if let Some(bound) = &state.bound {
            match &mut self.flow {
                Some(flow) => {
                    flow.intersect(bound);
                }
                None => self.flow = Some(bound.clone()),
            }
        }
    }

    /// Binds `label` here as the head of a loop, to which only later instructions jump.
    pub fn bind_loop(&mut self, label: Label) {
        self.labels[label.0 as usize].at = Some(self.entries.len() as u32);
        if let Some(flow) = &mut self.flow {
            flow.subtract(&self.unstable);
        }
    }

    /// Opens a region whose exceptions go to `target` in `register`.
    pub fn open_region(&mut self, target: Label, register: u16) -> Region {
        let mut bound = self.flow.clone();
        if let Some(bound) = &mut bound {
            bound.subtract(&self.unstable);
        }
        Region { target, register, bound, start: Some(self.entries.len() as u32), parts: Vec::new() }
    }

    /// Interrupts a region: instructions from here on are not protected by it.
    pub fn suspend_region(&self, region: &mut Region) {
        if let Some(start) = region.start.take()
            && start < self.entries.len() as u32
        {
            region.parts.push((start, self.entries.len() as u32));
        }
    }

    /// Goes on with an interrupted region.
    pub fn resume_region(&self, region: &mut Region) {
        region.start = Some(self.entries.len() as u32);
    }

    /// Ends a region. Inner ones must have been ended before: that is what orders the exception table.
    pub fn close_region(&mut self, mut region: Region) {
        self.suspend_region(&mut region);
        if region.parts.is_empty() {
            return;
        }
        let label = &mut self.labels[region.target.0 as usize];
        match (&mut label.bound, region.bound) {
            (Some(bound), Some(other)) => {
                bound.intersect(&other);
            }
            (bound @ None, other) => *bound = other,
            (Some(_), None) => {}
        }
        let Region { target, register, parts, .. } = region;
        self.handlers.extend(parts.into_iter().map(|(start, end)| Protected { start, end, target, register }));
    }

    /// What follows runs only after an exception. Control cannot come here from above.
    pub fn begin_cold(&mut self) {
        debug_assert!(self.flow.is_none(), "nothing falls into an exception handler");
        self.cold += 1;
    }

    /// Ends what runs only after an exception. Control does not go on to what follows.
    pub fn end_cold(&mut self) {
        debug_assert!(self.flow.is_none(), "an exception handler ends with a jump");
        self.cold -= 1;
    }

    /// Lays the instructions out for good.
    pub fn finish(self) -> Finished {
        let labels: Vec<Option<u32>> = self.labels.into_iter().map(|label| label.at).collect();
        layout::lay_out(self.entries, labels, self.handlers)
    }
}

impl Label {
    /// The label's number.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
