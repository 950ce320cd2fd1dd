//! From text to effects: compiling, running, and the built-in functions that do so, `exec`, `eval`, `compile`.

pub mod compile;

use std::borrow::Cow;
use std::sync::Arc;

use argil_compiler::{Mode, Settings, encoding};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::ops::attr::find_special;
use crate::options::Switch;
use crate::traceback::syntax;
use crate::types::bytes::buffer;
use crate::types::cell::Cell;
use crate::types::code::{CodeObject, SourceFile};
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::header_of;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// How texts are compiled that nobody says more about.
pub fn settings(cx: &Ctx) -> Settings {
    Settings { optimize: cx.interp().config.options.get(Switch::Optimize), ..Settings::default() }
}

/// Compiles a text whose global names are those of a dict; the code is a function without parameters.
pub fn compile_text(cx: &mut Ctx, text: &str, mode: Mode, file: &Arc<SourceFile>, globals: Slot) -> Res<Slot> {
    let (code, warnings) = match argil_compiler::compile_with_settings(text, mode, settings(cx)) {
        Ok(compiled) => compiled,
        Err(error) => return Err(syntax::raise(cx, &error, file, text)),
    };
    syntax::warn(cx, &warnings, file, text)?;
    let Some(globals) = cx.get(globals).cast::<Dict>() else {
        return Err(cx.type_error("globals must be a dict"));
    };
    let code = CodeObject::load(cx, code, file, globals);
    Ok(cx.root(Value::of(code)))
}

/// Compiles and runs a text; the value of an expression, None of statements.
pub fn run(cx: &mut Ctx, text: &str, mode: Mode, file: &Arc<SourceFile>, globals: Slot) -> Res<Slot> {
    let code = compile_text(cx, text, mode, file, globals)?;
    run_code(cx, code)
}

/// Runs code that has the global names that it is to have.
pub(crate) fn run_code(cx: &mut Ctx, code: Slot) -> Res<Slot> {
    call_code(cx, code, None, &[])
}

fn call_code(cx: &mut Ctx, code: Slot, closure: Option<Slot>, args: &[Slot]) -> Res<Slot> {
    let Some(code) = cx.get(code).cast::<CodeObject>() else { return Err(cx.type_error("code expected")) };
    let function = Function::alloc(cx, code);
    if let Some(closure) = closure {
        function.closure.set_in(cx, header_of(function), cx.get(closure));
    }
    let function = cx.root(Value::of(function));
    cx.call(function, args)
}

/// The text that a function was given: a string, or bytes in UTF-8 or the encoding that they declare.
///
/// # Errors
/// A TypeError that names the function for anything else, and what is wrong with the encoding.
pub fn text_of(cx: &Ctx, source: Slot, function: &str, filename: &str) -> Res<String> {
    let value = cx.get(source);
    let bytes: Option<Cow<'_, [u8]>> = match value.as_str() {
        Some(text) => Some(text.as_bytes().into()),
        None => buffer::contents(cx, value).ok(),
    };
    let Some(bytes) = bytes else {
        let wanted = match function {
            "compile" => "string, bytes or AST",
            "symtable" => "string or bytes",
            _ => "string, bytes or code",
        };
        return Err(cx.type_error(format!("{function}() arg 1 must be a {wanted} object")));
    };
    if bytes.contains(&0) {
        return Err(cx.raise(Builtin::SyntaxError, "source code string cannot contain null bytes"));
    }
    if let Some(text) = value.as_str() {
        return Ok(text.to_owned());
    }
    decode(cx, bytes.into_owned(), filename)
}

/// The text of bytes that say in what encoding they are.
pub fn decode(cx: &Ctx, bytes: Vec<u8>, filename: &str) -> Res<String> {
    encoding::decode(bytes, None).map_err(|undecodable| {
        let file = SourceFile { name: filename.to_owned(), text: Some(undecodable.text.clone()) };
        syntax::raise(cx, &undecodable.error, &file, &undecodable.text)
    })
}

/// Whether a text that was typed at a prompt is no whole statement yet: what is missing, or an empty line, may follow.
pub fn goes_on(text: &str) -> bool {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let is_whole = |blocks_stay_open| {
        let settings = Settings { blocks_stay_open, ..Settings::default() };
        argil_compiler::compile_with_settings(text, Mode::Single, settings).is_ok()
    };
    !is_whole(true) && (is_whole(false) || argil_compiler::is_incomplete(text))
}

/// The global names to run with: those given, or the running module's.
fn globals_of(cx: &Ctx, given: Option<Slot>, function: &str) -> Res<Slot> {
    match given {
        Some(given) if cx.get(given).cast::<Dict>().is_some() => Ok(given),
        Some(given) if function == "eval" => Err(cx.type_error(match is_mapping(cx, given) {
            true => "globals must be a real dict; try eval(expr, {}, mapping)",
            false => "globals must be a dict",
        })),
        Some(given) => {
            let got = cx.type_name(cx.get(given));
            Err(cx.type_error(format!("{function}() globals must be a dict, not {got}")))
        }
        None => match crate::stack::frame::current_globals(cx) {
            Some(globals) => Ok(cx.root(Value::of(globals))),
            None => Err(cx.runtime_error(format!("{function}(): no script is running"))),
        },
    }
}

/// The mapping that local names live in, if that is another than the global names: the one given, or the running function's or
/// class body's.
fn locals_of(cx: &mut Ctx, globals: Slot, has_globals: bool, given: Option<Slot>, function: &str) -> Res<Option<Slot>> {
    let locals = match given {
        Some(given) if is_mapping(cx, given) => Some(given),
        Some(_) if function == "eval" => return Err(cx.type_error("locals must be a mapping")),
        Some(given) => {
            let got = cx.type_name(cx.get(given));
            return Err(cx.type_error(format!("locals must be a mapping or None, not {got}")));
        }
        None if has_globals => None,
        None => crate::stack::frame::current_locals(cx).map(|own| cx.root(own)),
    };
    Ok(locals.filter(|&locals| cx.get(locals) != cx.get(globals)))
}

fn is_mapping(cx: &Ctx, value: Slot) -> bool {
    cx.get(value).cast::<Dict>().is_some() || find_special(cx, cx.get(value), Name::__getitem__).is_some()
}

/// The cells that code with free variables is to run with.
///
/// # Errors
/// TypeError if there are too many, too few, or things that are none.
fn check_closure(cx: &Ctx, code: Option<Slot>, closure: Option<Slot>) -> Res<()> {
    let code = code.and_then(|code| cx.get(code).cast::<CodeObject>());
    let free = code.map_or(0, |code| code.source().free.len());
    let given = closure.map(|closure| cx.get(closure)).filter(|closure| !closure.is_none());
    match given {
        None if free == 0 => Ok(()),
        None => Err(cx.type_error(format!("code object requires a closure of exactly length {free}"))),
        Some(_) if code.is_none() => Err(cx.type_error("closure can only be used when source is a code object")),
        Some(_) if free == 0 => Err(cx.type_error("cannot use a closure with this code object")),
        Some(closure) => {
            let cells = closure.cast::<Tuple>();
            let fits = |cells: &Tuple| cells.len() == free && cells.iter(cx).all(|cell| cell.cast::<Cell>().is_some());
            if cells.is_some_and(fits) {
                return Ok(());
            }
            Err(cx.type_error(format!("code object requires a closure of exactly length {free}")))
        }
    }
}

/// `exec` and `eval`: runs a text or code with global names, and local ones if they are apart.
fn evaluate(
    cx: &mut Ctx,
    source: Slot,
    globals: Option<Slot>,
    locals: Option<Slot>,
    closure: Option<Slot>,
    mode: Mode,
) -> Res<Slot> {
    let function = if mode == Mode::Eval { "eval" } else { "exec" };
    let target = globals_of(cx, globals, function)?;
    let locals = locals_of(cx, target, globals.is_some(), locals, function)?;
    let given_code = cx.get(source).cast::<CodeObject>().map(|_| source);
    check_closure(cx, given_code, closure)?;
    if let Some(names) = cx.get(target).cast::<Dict>() {
        names.become_name_space(cx);
        let builtins = cx.name(Name::__builtins__);
        if globals.is_some() && names.get_name(cx, builtins).is_none() {
            names.set_name(cx, builtins, Value::of(cx.interp().builtins(cx).names(cx)));
        }
    }
    let code = match given_code {
        Some(code) => code,
        None => {
            let text = text_of(cx, source, function, "<string>")?;
            let text = if mode == Mode::Eval { text.trim_start_matches([' ', '\t']).to_owned() } else { text };
            let file = Arc::new(SourceFile { name: "<string>".to_owned(), text: Some(text.clone()) });
            compile_text(cx, &text, mode, &file, target)?
        }
    };
    let Some(object) = cx.get(code).cast::<CodeObject>() else { return Err(cx.type_error("code expected")) };
    let is_bound = object.globals.get(cx) == Some(cx.get(target));
    let code = match cx.get(target).cast::<Dict>() {
        Some(names) if !is_bound || locals.is_some() => cx.root(Value::of(object.rebound(cx, names, locals.is_some()))),
        _ => code,
    };
    let args: Vec<Slot> = locals.into_iter().collect();
    call_code(cx, code, closure, &args)
}

natives! {
    /// Functions that compile and run text.
    pub static FUNCTIONS = {
        /// Execute the given source in the context of globals and locals.
        call fn exec(cx; source: Slot; globals: Option<Slot> = None, locals: Option<Slot> = None; closure: Option<Slot> = None)
            -> () {
            evaluate(cx, source, globals, locals, closure, Mode::Exec).map(|_| ())
        }
        /// Evaluate the given source in the context of globals and locals.
        call fn eval(cx; source: Slot; globals: Option<Slot> = None, locals: Option<Slot> = None) -> Slot {
            evaluate(cx, source, globals, locals, None, Mode::Eval)
        }
    }
}
