//! From text to effects: compiling, running, and the built-in functions that do so, `exec`, `eval`, `compile`.

use std::sync::Arc;

use argil_compiler::{Mode, encoding};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::natives;
use crate::traceback::syntax;
use crate::types::bytearray::ByteArray;
use crate::types::code::{CodeObject, SourceFile};
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::value::Value;

/// Compiles a text whose global names are those of a dict; the code is a function without parameters.
pub fn compile(cx: &mut Ctx, text: &str, mode: Mode, file: &Arc<SourceFile>, globals: Slot) -> Res<Slot> {
    let (code, warnings) = match argil_compiler::compile_with_warnings(text, mode) {
        Ok(compiled) => compiled,
        Err(error) => return Err(syntax::raise(cx, &error, file, text)),
    };
    syntax::warn(cx, &warnings, &file.name, text, file.text.is_none());
    let Some(globals) = cx.get(globals).cast::<Dict>() else {
        return Err(cx.type_error("globals must be a dict"));
    };
    let code = CodeObject::load(cx, code, file, globals);
    Ok(cx.root(Value::of(code)))
}

/// Compiles and runs a text; the value of an expression, None of statements.
pub fn run(cx: &mut Ctx, text: &str, mode: Mode, file: &Arc<SourceFile>, globals: Slot) -> Res<Slot> {
    let code = compile(cx, text, mode, file, globals)?;
    run_code(cx, code)
}

fn run_code(cx: &mut Ctx, code: Slot) -> Res<Slot> {
    let Some(code) = cx.get(code).cast::<CodeObject>() else { return Err(cx.type_error("code expected")) };
    let function = cx.root(Value::of(Function::alloc(cx, code)));
    cx.call(function, &[])
}

/// The text that a function was given: a string, or bytes in UTF-8 or the encoding that they declare.
fn text_of(cx: &Ctx, source: Slot, function: &str, filename: &str) -> Res<String> {
    let value = cx.get(source);
    let bytes = value.as_str().map(|text| text.as_bytes().into()).or_else(|| ByteArray::contents(value));
    let Some(bytes) = bytes else {
        let other = if function == "compile" { "AST" } else { "code" };
        return Err(cx.type_error(format!("{function}() arg 1 must be a string, bytes or {other} object")));
    };
    if bytes.contains(&0) {
        return Err(cx.raise(Builtin::SyntaxError, "source code string cannot contain null bytes"));
    }
    if let Some(text) = value.as_str() {
        return Ok(text.to_owned());
    }
    encoding::decode(bytes.into_owned(), None).map_err(|undecodable| {
        let file = SourceFile { name: filename.to_owned(), text: Some(undecodable.text.clone()) };
        syntax::raise(cx, &undecodable.error, &file, &undecodable.text)
    })
}

/// The name space to run in: the one given, or that of the running module.
fn globals_of(cx: &Ctx, given: Option<Slot>, function: &str) -> Res<Slot> {
    match given {
        Some(given) if cx.get(given).cast::<Dict>().is_some() => Ok(given),
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

/// Runs a text (or code) in a copy of `globals` that is a name space, with `locals` on top; writes the names back.
fn evaluate(cx: &mut Ctx, source: Slot, globals: Option<Slot>, locals: Option<Slot>, mode: Mode) -> Res<Slot> {
    let function = if mode == Mode::Eval { "eval" } else { "exec" };
    let target = globals_of(cx, globals, function)?;
    if cx.get(source).cast::<CodeObject>().is_some() && globals.is_none() {
        return run_code(cx, source);
    }
    let text = match cx.get(source).cast::<CodeObject>() {
        Some(code) => match &code.file().text {
            Some(text) => text.clone(),
            None => return run_code(cx, source),
        },
        None => text_of(cx, source, function, "<string>")?,
    };
    let text = if mode == Mode::Eval { text.trim_start_matches([' ', '\t']).to_owned() } else { text };
    let file = Arc::new(SourceFile { name: "<string>".to_owned(), text: Some(text.clone()) });
    let is_name_space = cx.get(target).cast::<Dict>().and_then(|dict| dict.table(cx)).is_some_and(|t| t.has_cells());
    let locals = match (globals, locals) {
        (None, None) => {
            crate::stack::frame::current_locals(cx).filter(|own| *own != cx.get(target)).map(|own| cx.root(own))
        }
        (_, locals) => locals,
    };
    if is_name_space && locals.is_none() {
        return run(cx, &text, mode, &file, target);
    }
    if let Some(globals) = cx.get(target).cast::<Dict>().filter(|_| globals.is_some())
        && globals.get_name(cx, cx.name(Name::__builtins__)).is_none()
    {
        let builtins = Value::of(cx.interp().builtins(cx).names(cx));
        globals.set_name(cx, cx.name(Name::__builtins__), builtins);
    }
    let names = cx.root(Value::of(Dict::name_space(cx)));
    copy_names(cx, target, names);
    if let Some(locals) = locals {
        copy_names(cx, locals, names);
    }
    let result = run(cx, &text, mode, &file, names);
    copy_back(cx, names, target, locals);
    result
}

fn copy_names(cx: &Ctx, from: Slot, to: Slot) {
    let (Some(from), Some(to)) = (cx.get(from).cast::<Dict>(), cx.get(to).cast::<Dict>()) else { return };
    for (name, value) in from.iter(cx) {
        if let Some(text) = name.as_str() {
            to.set_name(cx, cx.intern(text), value);
        }
    }
}

/// What the text bound goes to `locals` if there are any, else to `globals`, from which what it deleted goes.
fn copy_back(cx: &Ctx, names: Slot, globals: Slot, locals: Option<Slot>) {
    let dict = |slot: Slot| cx.get(slot).cast::<Dict>();
    let (Some(names), Some(outer)) = (dict(names), dict(globals)) else { return };
    let target = locals.and_then(dict).unwrap_or(outer);
    for (name, value) in names.iter(cx).filter(|(name, _)| name.as_str().is_some()) {
        if locals.is_none() || outer.get_name(cx, name) != Some(value) {
            target.set_name(cx, name, value);
        }
    }
    if locals.is_none() {
        let outers = outer.iter(cx).map(|(name, _)| name).filter(|name| name.as_str().is_some());
        let gone: Vec<_> = outers.filter(|name| names.get_name(cx, *name).is_none()).collect();
        for name in gone {
            let removed = outer.remove(cx, name);
            debug_assert!(removed.is_ok(), "a name is a string");
        }
    }
}

natives! {
    /// Functions that compile and run text.
    pub static FUNCTIONS = {
        /// Execute the given source in the context of globals and locals.
        call fn exec(cx; source: Slot; globals: Option<Slot> = None, locals: Option<Slot> = None) -> () {
            evaluate(cx, source, globals, locals, Mode::Exec).map(|_| ())
        }
        /// Evaluate the given source in the context of globals and locals.
        call fn eval(cx; source: Slot; globals: Option<Slot> = None, locals: Option<Slot> = None) -> Slot {
            evaluate(cx, source, globals, locals, Mode::Eval)
        }
        /// Compile source into a code object that can be executed by exec() or eval().
        call fn compile(cx; ; source: Slot, filename: String, mode: String, flags: i64 = 0, dont_inherit: bool = false,
            optimize: i64 = -1) -> Slot {
            let _ = (flags, dont_inherit, optimize);
            let mode = match mode.as_str() {
                "exec" | "single" => Mode::Exec,
                "eval" => Mode::Eval,
                _ => return Err(cx.value_error("compile() mode must be 'exec', 'eval' or 'single'")),
            };
            let text = text_of(cx, source, "compile", &filename)?;
            let globals = globals_of(cx, None, "compile")?;
            let file = Arc::new(SourceFile { name: filename, text: Some(text.clone()) });
            self::compile(cx, &text, mode, &file, globals)
        }
    }
}
