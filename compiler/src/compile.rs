//! The whole way from text to code.

use crate::ast::{Expr, Module};
use crate::code::Code;
use crate::codegen::{self, Listed, Options, Places};
use crate::dis::dis;
use crate::lexer::doubtful_escapes;
use crate::source::{SyntaxError, SyntaxWarning};
use crate::verify::verify;
use crate::{parse, parse_expression, parse_interactive};

/// What a text is compiled as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A module: statements.
    Exec,
    /// A single expression, whose value the code returns.
    Eval,
    /// One statement, or several on a line, as typed at a prompt: the values of expressions are shown.
    Single,
}

/// How a text is compiled, beside what it is compiled as.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings {
    /// As if it began with `from __future__ import annotations`.
    pub annotations_are_text: bool,
    /// In [`Mode::Single`], blocks do not end where the text does without a line break.
    pub blocks_stay_open: bool,
    /// From 1 on assertions are left out and `__debug__` is false, from 2 on docstrings are left out too.
    pub optimize: u8,
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
    compile_with_settings(source, mode, Settings::default())
}

/// The same, with settings.
///
/// # Errors
/// As [`compile`].
///
/// # Panics
/// As [`compile`].
pub fn compile_with_settings(
    source: &str,
    mode: Mode,
    settings: Settings,
) -> Result<(Code, Vec<SyntaxWarning>), SyntaxError> {
    let tree = match mode {
        Mode::Exec => Tree::Module(parse(source)?),
        Mode::Single => Tree::Module(parse_interactive(source, settings.blocks_stay_open)?),
        Mode::Eval => Tree::Expression(parse_expression(source)?),
    };
    let (code, doubts) = generate(Places::of_text(source), &tree, mode, settings)?;
    let mut warnings = doubtful_escapes(source);
    warnings.extend(doubts);
    Ok((code, warnings))
}

/// A tree that stands for a whole program.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// Statements.
    Module(Module),
    /// An expression.
    Expression(Expr),
}

/// Compiles a tree that was made without a text; the spans in it, and in what is returned, are offsets in `places`.
///
/// # Errors
/// As [`compile`].
///
/// # Panics
/// As [`compile`].
pub fn compile_tree(
    tree: &Tree,
    places: &Listed,
    mode: Mode,
    settings: Settings,
) -> Result<(Code, Vec<SyntaxWarning>), SyntaxError> {
    generate(Places::Listed(places), tree, mode, settings)
}

fn generate(
    places: Places<'_>,
    tree: &Tree,
    mode: Mode,
    settings: Settings,
) -> Result<(Code, Vec<SyntaxWarning>), SyntaxError> {
    let options = Options {
        interactive: mode == Mode::Single,
        annotations_are_text: settings.annotations_are_text,
        optimize: settings.optimize,
    };
    let (code, doubts) = match tree {
        Tree::Module(module) => codegen::module(places, module, options)?,
        Tree::Expression(expression) => codegen::expression(places, expression, options)?,
    };
    if cfg!(debug_assertions)
        && let Err(error) = verify(&code)
    {
        panic!("the compiler made invalid code: {error}\n{}", dis(&code));
    }
    Ok((code, doubts))
}
