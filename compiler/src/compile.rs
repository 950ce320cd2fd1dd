//! The whole way from text to code.

use crate::code::Code;
use crate::dis::dis;
use crate::lexer::doubtful_escapes;
use crate::source::{SyntaxError, SyntaxWarning};
use crate::verify::verify;
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
///
/// # Panics
/// In debug builds, if the verifier rejects the code: that is a mistake of the compiler.
pub fn compile(source: &str, mode: Mode) -> Result<Code, SyntaxError> {
    compile_with_warnings(source, mode).map(|(code, _)| code)
}

/// Compiles `source`, and tells what in it is surely not what was meant.
///
/// # Errors
/// As [`compile`].
///
/// # Panics
/// As [`compile`].
pub fn compile_with_warnings(source: &str, mode: Mode) -> Result<(Code, Vec<SyntaxWarning>), SyntaxError> {
    let (code, doubts) = match mode {
        Mode::Exec => codegen::module(source, &parse(source)?)?,
        Mode::Eval => codegen::expression(source, &parse_expression(source)?)?,
    };
    if cfg!(debug_assertions)
        && let Err(error) = verify(&code)
    {
        panic!("the compiler made invalid code: {error}\n{}", dis(&code));
    }
    let mut warnings = doubtful_escapes(source);
    warnings.extend(doubts);
    Ok((code, warnings))
}
