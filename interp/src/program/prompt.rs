//! The prompt: Lib's `_pyrepl` on a terminal that can edit lines, and else a plain one that reads line by line.

use std::io::IsTerminal;
use std::sync::Arc;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::functions::io;
use crate::import::import_module;
use crate::names::Name;
use crate::ops::attr;
use crate::ops::repr::to_str;
use crate::options::Switch;
use crate::run;
use crate::traceback;
use crate::types::code::SourceFile;
use crate::types::file::methods::standard::Standard;
use crate::types::file::methods::text::read_line_of_input;
use crate::types::module::Module;
use crate::value::Value;

/// Whether somebody answers prompts: a terminal, or whatever standard input is if the command line says so.
pub(super) fn has_user(cx: &Ctx) -> bool {
    cx.interp().config.options.is_on(Switch::Interactive) || std::io::stdin().is_terminal()
}

/// The value of a variable of the environment that is not ignored and not empty.
fn variable(cx: &Ctx, name: &str) -> Option<String> {
    let options = &cx.interp().config.options;
    let value =
        std::env::var_os(name).filter(|value| !value.is_empty() && !options.is_on(Switch::IgnoreEnvironment))?;
    Some(value.to_string_lossy().into_owned())
}

/// A prompt instead of a script.
pub(super) fn run_alone(cx: &mut Ctx, module: Slot) -> Res<()> {
    let sys = import_module(cx, "sys")?;
    let options = &cx.interp().config.options;
    if !options.is_on(Switch::Quiet) {
        let text = |name: &str| {
            let sys = cx.get(sys).cast::<Module>();
            sys.and_then(|sys| sys.names(cx).get_name(cx, cx.intern(name))?.as_str()).unwrap_or_default().to_owned()
        };
        let mut banner = format!("Python {} on {}\n", text("version"), text("platform"));
        if !options.is_on(Switch::NoSite) {
            banner += "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n";
        }
        traceback::write_stderr(cx, &banner);
    }
    run(cx, module, true)
}

/// A prompt with the names of a module; `begins` tells whether it reads the file of `PYTHONSTARTUP` first.
pub(super) fn run(cx: &mut Ctx, module: Slot, begins: bool) -> Res<()> {
    call_hook(cx)?;
    if std::io::stdin().is_terminal() && variable(cx, "PYTHON_BASIC_REPL").is_none() {
        match import_module(cx, "_pyrepl.main") {
            Ok(pyrepl) => return run_pyrepl(cx, pyrepl, module, begins),
            Err(raised) => {
                let exception = cx.root(cx.catch(raised, Builtin::ImportError)?);
                let reason = to_str(cx, exception)?;
                traceback::write_stderr(cx, &format!("warning: can't use pyrepl: {reason}\n"));
            }
        }
    }
    if begins && let Some(path) = variable(cx, "PYTHONSTARTUP") {
        run_startup(cx, module, &path)?;
    }
    run_plain(cx, module)
}

/// Calls `sys.__interactivehook__`, by which `site` prepares completion and history.
fn call_hook(cx: &mut Ctx) -> Res<()> {
    if cx.interp().config.options.is_on(Switch::Isolated) {
        return Ok(());
    }
    let sys = import_module(cx, "sys")?;
    let name = cx.root(cx.intern("__interactivehook__"));
    if let Some(hook) = attr::get_attr_opt(cx, sys, name)?
        && let Err(raised) = cx.call(hook, &[])
    {
        traceback::write_stderr(cx, "Failed calling sys.__interactivehook__\n");
        return show(cx, raised);
    }
    Ok(())
}

fn run_pyrepl(cx: &mut Ctx, pyrepl: Slot, module: Slot, begins: bool) -> Res<()> {
    let name = cx.root(cx.intern("interactive_console"));
    let console = attr::get_attr(cx, pyrepl, name)?;
    let begins = cx.root(Value::bool(begins));
    let names = cx.root(cx.tuple(&[cx.intern("mainmodule"), cx.intern("pythonstartup")]));
    let args = cx.root_all([cx.get(module), cx.get(begins)]);
    cx.call_kw(console, args, Some(names)).map(|_| ())
}

/// Runs the file that a plain prompt begins with.
fn run_startup(cx: &mut Ctx, module: Slot, path: &str) -> Res<()> {
    let bytes = match cx.detached(|| std::fs::read(path)) {
        Ok(bytes) => bytes,
        Err(error) => {
            traceback::write_stderr(cx, "Could not open PYTHONSTARTUP\n");
            let path = cx.root(cx.str(path));
            let raised = crate::types::exception::os_error::raise(cx, &error, Some(path));
            return show(cx, raised);
        }
    };
    let ran: Res<()> = cx.scope(|cx| {
        let text = run::decode(cx, bytes, path)?;
        let globals = super::main_module::globals(cx, module);
        let file = Arc::new(SourceFile { name: path.to_owned(), text: None });
        run::run(cx, &text, argil_compiler::Mode::Exec, &file, globals).map(|_| ())
    });
    match ran {
        Ok(()) => Ok(()),
        Err(raised) => show(cx, raised),
    }
}

/// Shows an exception; a SystemExit is for the caller.
fn show(cx: &mut Ctx, raised: crate::ctx::Raised) -> Res<()> {
    let exception = cx.root(cx.take_raised(raised));
    if cx.is_instance(cx.get(exception), Builtin::SystemExit) {
        return Err(cx.raise_value(cx.get(exception)));
    }
    cx.interp_arc().files.flush();
    match super::show(cx, exception) {
        None => Ok(()),
        Some(_) => Err(cx.raise_value(cx.get(exception))),
    }
}

/// The prompt that edits nothing: also `sys._baserepl`.
pub fn run_plain(cx: &mut Ctx, module: Slot) -> Res<()> {
    let sys = import_module(cx, "sys")?;
    for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
        let key = cx.root(cx.intern(name));
        if attr::get_attr_opt(cx, sys, key)?.is_none() {
            let text = cx.root(cx.str(text));
            attr::set_attr(cx, sys, key, text)?;
        }
    }
    loop {
        let goes_on = cx.scope(|cx| match read_statement(cx, sys) {
            Ok(None) => Ok(false),
            Ok(Some(text)) => run_statement(cx, module, &text).map(|()| true),
            Err(raised) => Err(raised),
        });
        match goes_on {
            Ok(true) => {}
            Ok(false) => {
                traceback::write_stderr(cx, "\n");
                return Ok(());
            }
            Err(raised) => {
                let exception = cx.root(cx.take_raised(raised));
                if !cx.is_instance(cx.get(exception), Builtin::KeyboardInterrupt) {
                    return Err(cx.raise_value(cx.get(exception)));
                }
                traceback::write_stderr(cx, "\nKeyboardInterrupt\n");
            }
        }
    }
}

/// The next statement with all of its lines; `None` at the end.
fn read_statement(cx: &mut Ctx, sys: Slot) -> Res<Option<String>> {
    let mut text = String::new();
    loop {
        let prompt = if text.is_empty() { "ps1" } else { "ps2" };
        let line = read_line(cx, sys, prompt)?;
        if line.is_empty() {
            if !text.is_empty() {
                traceback::write_stderr(cx, "\n");
                return Ok(Some(text));
            }
            return Ok(None);
        }
        let content = line.trim();
        if text.is_empty() && (content.is_empty() || content.starts_with('#')) {
            continue;
        }
        text.push_str(&line);
        if !run::goes_on(&text) {
            return Ok(Some(text));
        }
    }
}

/// A line of standard input, after a prompt on standard error; empty at the end.
fn read_line(cx: &mut Ctx, sys: Slot, prompt: &str) -> Res<String> {
    cx.scope(|cx| {
        let key = cx.root(cx.intern(prompt));
        let shown = match attr::get_attr_opt(cx, sys, key)? {
            Some(prompt) => to_str(cx, prompt)?,
            None => String::new(),
        };
        traceback::write_stderr(cx, &shown);
        let stdin = io::current(cx, Standard::In, Name::stdin);
        let line = match read_line_of_input(cx, stdin)? {
            Some(line) => line,
            None => {
                let method = attr::get_attr_name(cx, stdin, Name::readline)?;
                cx.call(method, &[])?
            }
        };
        Ok(cx.get(line).as_str().unwrap_or_default().to_owned())
    })
}

fn run_statement(cx: &mut Ctx, module: Slot, text: &str) -> Res<()> {
    let file = Arc::new(SourceFile { name: "<stdin>".to_owned(), text: Some(text.to_owned()) });
    let globals = super::main_module::globals(cx, module);
    let ran = run::run(cx, text, argil_compiler::Mode::Single, &file, globals);
    cx.interp_arc().files.flush();
    match ran {
        Ok(_) => Ok(()),
        Err(raised) => show(cx, raised),
    }
}
