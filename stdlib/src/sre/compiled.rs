//! Code that was checked, and the programs that it was translated to.

use std::sync::{Arc, OnceLock};

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res};
use argil_interp::types::native::Exclusive;

use super::engine::lower::{Refusal, lower};
use super::engine::machine::Machine;
use super::engine::program::Program;

/// What a pattern is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Strings.
    Text,
    /// Bytes.
    Bytes,
    /// Both: it was not made from a string.
    Either,
}

/// Checked code.
pub struct Compiled {
    /// CPython's code.
    pub code: Box<[u32]>,
    /// How many groups it has.
    pub groups: usize,
    /// What it is for.
    pub subject: For,
    text: OnceLock<Arc<Program>>,
    bytes: OnceLock<Arc<Program>>,
    /// A machine that served before, so that most matches need no memory.
    spare: Exclusive<Option<Box<Machine>>>,
}

impl Compiled {
    /// Checks and translates code.
    ///
    /// # Errors
    /// RuntimeError if it is nothing that a pattern compiles to, RecursionError if it is nested too deeply.
    pub fn new(cx: &Ctx, code: Vec<u32>, groups: i64, subject: For) -> Res<Compiled> {
        let program = translate(cx, &code, groups, subject == For::Bytes)?;
        let compiled = Compiled {
            code: code.into(),
            groups: groups as usize,
            subject,
            text: OnceLock::new(),
            bytes: OnceLock::new(),
            spare: Exclusive::new(None),
        };
        cx.note_external(compiled.code.len() * 4 + program.footprint());
        let place = if subject == For::Bytes { &compiled.bytes } else { &compiled.text };
        place.get_or_init(|| Arc::new(program));
        Ok(compiled)
    }

    /// The program for bytes, or for texts.
    pub fn program(&self, cx: &Ctx, octets: bool) -> Res<Arc<Program>> {
        let place = if octets { &self.bytes } else { &self.text };
        if let Some(program) = place.get() {
            return Ok(program.clone());
        }
        let program = translate(cx, &self.code, self.groups as i64, octets)?;
        cx.note_external(program.footprint());
        Ok(place.get_or_init(|| Arc::new(program)).clone())
    }

    /// A machine.
    pub fn machine(&self) -> Box<Machine> {
        self.spare.with(Option::take).unwrap_or_default()
    }

    /// Takes a machine back that is no longer needed.
    pub fn give_back(&self, mut machine: Box<Machine>) {
        machine.shrink();
        self.spare.with(|spare| *spare = Some(machine));
    }
}

fn translate(cx: &Ctx, code: &[u32], groups: i64, octets: bool) -> Res<Program> {
    lower(code, groups, octets, &|| cx.native_stack_is_low()).map_err(|refusal| refused(cx, &refusal))
}

#[cold]
fn refused(cx: &Ctx, refusal: &Refusal) -> Raised {
    match refusal {
        Refusal::Invalid => cx.runtime_error("invalid SRE code"),
        Refusal::Deep => cx.raise(Builtin::RecursionError, "maximum recursion depth exceeded"),
    }
}
