//! The verifier: code that it accepts cannot make an interpreter read or write outside a frame or a table, run off the end
//! of its instructions, or use a register that holds nothing.
//!
//! `structure` looks at each instruction alone; `flow` then follows all paths, those of exceptions included, and keeps track
//! of which registers are written. What it cannot know is the type of a value: an instruction that wants a cell, a list under
//! construction or an exception trusts the compiler that one is there.

pub(crate) mod effects;
mod flow;
mod structure;

use crate::code::{Code, Const};
use std::fmt;

/// Why code was rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// The qualified name of the code object.
    pub code: Box<str>,
    /// Offset of the instruction at fault, where one is.
    pub offset: Option<usize>,
    /// What is wrong.
    pub problem: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "{} at {offset}: {}", self.code, self.problem),
            None => write!(f, "{}: {}", self.code, self.problem),
        }
    }
}

impl std::error::Error for VerifyError {}

/// Why one code object was rejected: the instruction, if one is at fault, and what is wrong.
type Problem = (Option<usize>, String);

/// Verifies `code` and all code within it.
///
/// # Errors
/// The first violation found.
pub fn verify(code: &Code) -> Result<(), VerifyError> {
    let checked = structure::check(code).and_then(|()| flow::check(code));
    checked.map_err(|(offset, problem)| VerifyError { code: code.qualname.clone(), offset, problem })?;
    code.consts.iter().try_for_each(|constant| match constant {
        Const::Code(inner) => verify(inner),
        _ => Ok(()),
    })
}
