//! Running a program: the module `__main__`, and what is left to do when it ends.

mod main_module;
pub mod prompt;
pub(crate) mod site;

pub use self::main_module::Main;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::options::Switch;
use crate::types::exception::Exception;
use crate::types::file::methods::standard::flush_output;
use crate::types::module::Module;
use crate::value::Value;

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With this exit status.
    Status(i32),
    /// With a KeyboardInterrupt that nothing caught.
    Interrupted,
}

/// Runs a text as `__main__`. `filename` is what tracebacks show; `in_file` tells whether a file of that name holds the text.
pub fn run_main(cx: &mut Ctx, text: String, filename: &str, in_file: bool) -> Ending {
    run(cx, Main::Text { text, filename: filename.to_owned(), in_file })
}

/// Runs a program to its end.
pub fn run(cx: &mut Ctx, main: Main) -> Ending {
    crate::signals::install(&cx.poll);
    crate::signals::unblock_interrupts();
    if !cx.interp().config.options.warnings.is_empty() {
        // Filters that make no sense are complained of at once.
        import_early(cx, "warnings");
    }
    site::prepare(cx, false);
    let module = main_module::make(cx, &main);
    let is_prompt = main == Main::Prompt;
    let ran = main_module::run(cx, main, module);
    let ran = match !is_prompt && inspects(cx) {
        true => inspect(cx, module, ran),
        false => ran,
    };
    let ending = match ran {
        Ok(()) => Ending::Status(0),
        Err(raised) => report(cx, raised),
    };
    let ending = match wait_for_threads(cx) {
        Ok(()) => ending,
        Err(raised) => report(cx, raised),
    };
    crate::exit::run(cx);
    crate::finalise::at_end(cx);
    let ending = match crate::process::finish(cx) {
        Ok(()) => ending,
        Err(raised) => report(cx, raised),
    };
    let ending = flush_stdout(cx).unwrap_or(ending);
    cx.interp_arc().files.flush();
    ending
}

/// Writes what standard output still holds; how the program ends if that fails.
fn flush_stdout(cx: &mut Ctx) -> Option<Ending> {
    let raised = flush_output(cx)?;
    let exception = cx.root(cx.take_raised(raised));
    crate::traceback::write_stderr(cx, "Exception ignored while flushing sys.stdout:\n");
    crate::traceback::print(cx, exception);
    Some(Ending::Status(120))
}

/// Waits for the threads that are not daemons.
pub(crate) fn wait_for_threads(cx: &mut Ctx) -> Res<()> {
    let module = cx.interp().modules(cx).get_name(cx, cx.intern("threading")).and_then(Value::cast::<Module>);
    let shutdown = module.and_then(|module| module.names(cx).get_name(cx, cx.intern("_shutdown")));
    let Some(shutdown) = shutdown else { return Ok(()) };
    let shutdown = cx.root(shutdown);
    cx.call(shutdown, &[]).map(|_| ())
}

/// Imports a module before the program runs; what is raised is shown.
fn import_early(cx: &mut Ctx, module: &str) {
    let imported: Res<()> = cx.scope(|cx| crate::import::import_module(cx, module).map(|_| ()));
    if let Err(raised) = imported {
        let exception = cx.root(cx.take_raised(raised));
        crate::traceback::print(cx, exception);
    }
}

/// Whether a prompt is to follow the script: the script, too, may have asked for it.
fn inspects(cx: &Ctx) -> bool {
    let options = &cx.interp().config.options;
    let asked = || std::env::var_os("PYTHONINSPECT").is_some_and(|value| !value.is_empty());
    let wanted = options.is_on(Switch::Inspect) || !options.is_on(Switch::IgnoreEnvironment) && asked();
    wanted && prompt::has_user(cx)
}

/// A prompt after the script. However that ended, it is only shown.
fn inspect(cx: &mut Ctx, module: Slot, ran: Res<()>) -> Res<()> {
    if let Err(raised) = ran {
        let exception = cx.root(cx.take_raised(raised));
        cx.interp_arc().files.flush();
        show(cx, exception);
    }
    prompt::run(cx, module, false)
}

fn report(cx: &mut Ctx, raised: Raised) -> Ending {
    let exception = cx.root(cx.take_raised(raised));
    uncaught(cx, exception)
}

/// Deals with an exception that left a program: prints what there is to print and tells how the program ends.
pub fn uncaught(cx: &mut Ctx, exception: Slot) -> Ending {
    if cx.is_instance(cx.get(exception), Builtin::SystemExit) {
        return Ending::Status(exit_status(cx, exception));
    }
    cx.interp_arc().files.flush();
    if let Some(ending) = show(cx, exception) {
        return ending;
    }
    if cx.is_instance(cx.get(exception), Builtin::KeyboardInterrupt) { Ending::Interrupted } else { Ending::Status(1) }
}

/// Shows an exception by `sys.excepthook`. How the program ends if the hook says so by a SystemExit.
fn show(cx: &mut Ctx, exception: Slot) -> Option<Ending> {
    let Some(sys) = cx.interp().modules(cx).get_name(cx, cx.intern("sys")).and_then(Value::cast::<Module>) else {
        // Nothing has imported `sys`, so nobody has changed the hook.
        crate::traceback::print(cx, exception);
        return None;
    };
    let names = sys.names(cx);
    let value = cx.get(exception);
    let traceback = value.cast::<Exception>().map_or(Value::NONE, |e| e.traceback.get_or_none(cx));
    let class = Value::of(cx.class_of(value));
    for (name, last) in
        [("last_exc", value), ("last_type", class), ("last_value", value), ("last_traceback", traceback)]
    {
        names.set_name(cx, cx.intern(name), last);
    }
    let Some(hook) = names.get_name(cx, cx.intern("excepthook")).map(|hook| cx.root(hook)) else {
        crate::traceback::write_stderr(cx, "sys.excepthook is missing\n");
        crate::traceback::print(cx, exception);
        return None;
    };
    let args = [cx.root(class), exception, cx.root(traceback)];
    let raised = cx.call(hook, &args).err()?;
    let second = cx.root(cx.take_raised(raised));
    if cx.is_instance(cx.get(second), Builtin::SystemExit) {
        return Some(Ending::Status(exit_status(cx, second)));
    }
    crate::traceback::write_stderr(cx, "Error in sys.excepthook:\n");
    crate::traceback::print(cx, second);
    crate::traceback::write_stderr(cx, "\nOriginal exception was:\n");
    crate::traceback::print(cx, exception);
    None
}

/// The exit status that a SystemExit asks for; a message goes to stderr and means 1.
fn exit_status(cx: &mut Ctx, exception: Slot) -> i32 {
    let code = {
        let cx = &*cx;
        let code = cx
            .get(exception)
            .cast::<Exception>()
            .map_or(Value::NONE, |e| crate::types::exception::details::get(cx, e, "code"));
        if code.is_none() {
            return 0;
        }
        if let Some(int) = code.as_int() {
            return int.to_i64().map_or(-1, |status| status as i32);
        }
        cx.root(code)
    };
    cx.interp_arc().files.flush();
    let mut text = crate::types::exception::methods::shown_text(cx, code);
    text.push('\n');
    crate::traceback::write_stderr(cx, &text);
    1
}
