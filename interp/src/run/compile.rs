//! The built-in function `compile`: a text or a tree becomes code or a tree.

use std::sync::Arc;

use argil_compiler::source::SyntaxError;
use argil_compiler::{Mode, Settings, parse, parse_expression, parse_function_type, parse_interactive};

use super::{globals_of, text_of};
use crate::ast::classes;
use crate::ast::from_objects::copy::copy;
use crate::ast::from_objects::{Wanted, check_kind, is_node, tree};
use crate::ast::to_objects::{Parsed, objects};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::functions::io::fspath;
use crate::natives;
use crate::traceback::syntax::{self, Listing};
use crate::types::code::{CodeObject, SourceFile};
use crate::types::dict::Dict;
use crate::value::Value;

/// What `compile` takes as flags.
pub mod flags {
    /// Blocks do not end where the text does without a line break.
    pub const DONT_IMPLY_DEDENT: i64 = 0x200;
    /// The tree, not code.
    pub const ONLY_AST: i64 = 0x400;
    /// Comments that say types are part of the tree.
    pub const TYPE_COMMENTS: i64 = 0x1000;
    /// `await` may stand outside functions.
    pub const ALLOW_TOP_LEVEL_AWAIT: i64 = 0x2000;
    /// A text that could go on raises an exception of its own.
    pub const ALLOW_INCOMPLETE_INPUT: i64 = 0x4000;
    /// The tree, after optimising.
    pub const OPTIMIZED_AST: i64 = 0x8000 | ONLY_AST;
    /// `from __future__ import annotations`.
    pub const ANNOTATIONS: i64 = 0x100_0000;
    /// Every future statement, and one that means nothing any more.
    const FUTURE: i64 = 0x1fe_0010;
    /// All that there are.
    pub const ALL: i64 =
        FUTURE | DONT_IMPLY_DEDENT | OPTIMIZED_AST | TYPE_COMMENTS | ALLOW_TOP_LEVEL_AWAIT | ALLOW_INCOMPLETE_INPUT;
}

/// What is to be made of a text or tree.
#[derive(Clone, Copy)]
struct Request {
    wanted: Wanted,
    flags: i64,
    optimize: u8,
}

impl Request {
    /// What the arguments of `compile` ask for.
    fn new(cx: &Ctx, mode: &str, flags: i64, optimize: i64) -> Res<Request> {
        if flags & !flags::ALL != 0 {
            return Err(cx.value_error("compile(): unrecognised flags"));
        }
        if !(-1..=2).contains(&optimize) {
            return Err(cx.value_error("compile(): invalid optimize value"));
        }
        let makes_tree = flags & flags::ONLY_AST != 0;
        let wanted = match mode {
            "exec" => Wanted::Module,
            "eval" => Wanted::Expression,
            "single" => Wanted::Interactive,
            "func_type" if makes_tree => Wanted::FunctionType,
            "func_type" => return Err(cx.value_error("compile() mode 'func_type' requires flag PyCF_ONLY_AST")),
            _ if makes_tree => {
                return Err(cx.value_error("compile() mode must be 'exec', 'eval', 'single' or 'func_type'"));
            }
            _ => return Err(cx.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
        };
        let optimize = u8::try_from(optimize).unwrap_or_else(|_| super::settings(cx).optimize);
        Ok(Request { wanted, flags, optimize })
    }

    fn has(self, flag: i64) -> bool {
        self.flags & flag == flag
    }

    fn mode(self) -> Mode {
        match self.wanted {
            Wanted::Module => Mode::Exec,
            Wanted::Interactive => Mode::Single,
            Wanted::Expression | Wanted::FunctionType => Mode::Eval,
        }
    }

    fn settings(self) -> Settings {
        Settings {
            annotations_are_text: self.has(flags::ANNOTATIONS),
            blocks_stay_open: self.has(flags::DONT_IMPLY_DEDENT),
            optimize: self.optimize,
        }
    }

    fn parse(self, text: &str) -> Result<Parsed, SyntaxError> {
        Ok(match self.wanted {
            Wanted::Module => Parsed::Module(parse(text)?.body),
            Wanted::Interactive => Parsed::Interactive(parse_interactive(text, self.settings().blocks_stay_open)?.body),
            Wanted::Expression => Parsed::Expression(parse_expression(text)?),
            Wanted::FunctionType => {
                let (arguments, result) = parse_function_type(text)?;
                Parsed::FunctionType(arguments, result)
            }
        })
    }

    /// The exception for a text that is wrong.
    fn raise(self, cx: &Ctx, error: &SyntaxError, file: &SourceFile, text: &str) -> Raised {
        if self.has(flags::ALLOW_INCOMPLETE_INPUT) && argil_compiler::is_incomplete(text) {
            let error = SyntaxError { message: "incomplete input".to_owned(), ..error.clone() };
            return syntax::raise_as(cx, Builtin::IncompleteInputError, &error, file, &Listing::of_text(text));
        }
        syntax::raise(cx, error, file, text)
    }

    /// The tree of a text.
    fn tree_of_text(self, cx: &mut Ctx, text: &str, file: &SourceFile) -> Res<Slot> {
        let parsed = self.parse(text).map_err(|error| self.raise(cx, &error, file, text))?;
        syntax::warn(cx, &argil_compiler::doubtful_escapes(text), file, text)?;
        classes::ensure(cx)?;
        let cx: &Ctx = cx;
        objects(cx, text, &parsed).map(|tree| cx.root(tree))
    }

    /// The code of a text.
    fn code_of_text(self, cx: &mut Ctx, text: &str, file: &Arc<SourceFile>) -> Res<Slot> {
        let (code, warnings) = argil_compiler::compile_with_settings(text, self.mode(), self.settings())
            .map_err(|error| self.raise(cx, &error, file, text))?;
        syntax::warn(cx, &warnings, file, text)?;
        load(cx, code, file)
    }

    /// What becomes of a tree.
    fn of_tree(self, cx: &mut Ctx, object: Slot, filename: String) -> Res<Slot> {
        check_kind(cx, object, self.wanted)?;
        let (tree, places) = tree(cx, object, self.wanted)?;
        if self.has(flags::ONLY_AST) {
            return copy(cx, object);
        }
        let file = Arc::new(SourceFile { name: filename, text: None });
        let listing = Listing::of_tree(&places);
        let (code, warnings) = argil_compiler::compile_tree(&tree, &places, self.mode(), self.settings())
            .map_err(|error| syntax::raise_at(cx, &error, &file, &listing))?;
        syntax::warn_at(cx, &warnings, &file, &listing)?;
        load(cx, code, &file)
    }
}

fn load(cx: &mut Ctx, code: argil_compiler::code::Code, file: &Arc<SourceFile>) -> Res<Slot> {
    let globals = globals_of(cx, None, "compile")?;
    let Some(globals) = cx.get(globals).cast::<Dict>() else {
        return Err(cx.type_error("globals must be a dict"));
    };
    Ok(cx.root(Value::of(CodeObject::load(cx, code, file, globals))))
}

/// The name of the file that a text is said to be from.
///
/// # Errors
/// A TypeError if the object is no path, and what its `__fspath__` raises.
pub fn name_of_file(cx: &mut Ctx, filename: Slot) -> Res<String> {
    let path = fspath(cx, filename, "")?;
    let path = cx.get(path);
    Ok(match path.as_str() {
        Some(path) => path.to_owned(),
        None => String::from_utf8_lossy(path.as_bytes().unwrap_or_default()).into_owned(),
    })
}

natives! {
    /// `compile`.
    pub static FUNCTIONS = {
        /// Compile source into a code object that can be executed by exec() or eval().
        ///
        /// The source code may represent a Python module, statement or
        /// expression.
        /// The filename will be used for run-time error messages.
        /// The mode must be 'exec' to compile a module, 'single' to compile a
        /// single (interactive) statement, or 'eval' to compile an expression.
        /// The flags argument, if present, controls which future statements
        /// influence the compilation of the code.
        /// The dont_inherit argument, if true, stops the compilation inheriting
        /// the effects of any future statements in effect in the code calling
        /// compile; if absent or false these statements do influence the
        /// compilation, in addition to any features explicitly specified.
        call fn compile(cx; ; source: Slot, filename: Slot, mode: String, flags: i32 = 0, dont_inherit: bool = false,
            optimize: i32 = -1; _feature_version: i32 = -1) -> Slot {
            let _ = (dont_inherit, _feature_version);
            let filename = name_of_file(cx, filename)?;
            let request = Request::new(cx, &mode, flags.into(), optimize.into())?;
            if is_node(cx, source)? {
                return request.of_tree(cx, source, filename);
            }
            let text = text_of(cx, source, "compile", &filename)?;
            let file = Arc::new(SourceFile { name: filename, text: Some(text.clone()) });
            match request.has(flags::ONLY_AST) {
                true => request.tree_of_text(cx, &text, &file),
                false => request.code_of_text(cx, &text, &file),
            }
        }
    }
}
