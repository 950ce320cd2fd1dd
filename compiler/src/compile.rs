//! The whole way from text to code.

use crate::code::Code;
use crate::source::SyntaxError;
use crate::{codegen, parse, parse_expression};

/// What a text is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A module: statements.
    Exec,
    /// A single expression, whose value the code returns.
    Eval,
}

/// Compiles `source`.
///
/// # Errors
/// The first mistake in it, as CPython would report it, or what of the language is not supported yet.
pub fn compile(source: &str, mode: Mode) -> Result<Code, SyntaxError> {
    match mode {
        Mode::Exec => codegen::module(source, &parse(source)?),
        Mode::Eval => codegen::expression(source, &parse_expression(source)?),
    }
}
