//! The module `__main__`, and the ways of running what goes into it.

use std::sync::Arc;

use argil_compiler::Mode;

use crate::ctx::{Ctx, Res, Slot};
use crate::import::import_module;
use crate::names::Name;
use crate::ops::attr;
use crate::run;
use crate::types::code::SourceFile;
use crate::types::module::Module;
use crate::value::Value;

/// What runs as `__main__`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Main {
    /// A text.
    Text {
        /// The text.
        text: String,
        /// What tracebacks show.
        filename: String,
        /// Whether a file of that name holds the text.
        in_file: bool,
    },
    /// A module, or the `__main__` of a package, as `-m` names it.
    Module(String),
    /// The `__main__` of the first entry of `sys.path`: a folder or archive.
    Entry,
    /// What is typed at a prompt.
    Prompt,
}

/// The module `__main__` as every program finds it.
pub(super) fn make(cx: &Ctx, main: &Main) -> Slot {
    let module = Module::alloc(cx, "__main__");
    let names = module.names(cx);
    names.set_name(cx, cx.name(Name::__builtins__), Value::of(cx.interp().builtins(cx)));
    for name in [Name::__spec__, Name::__loader__, Name::__package__] {
        names.set_name(cx, cx.name(name), Value::NONE);
    }
    if let Main::Text { filename, in_file: true, .. } = main {
        names.set_name(cx, cx.name(Name::__file__), cx.str(filename));
    }
    cx.interp().modules(cx).set_name(cx, cx.name(Name::__main__), Value::of(module));
    cx.root(Value::of(module))
}

/// The global names of a module.
pub(super) fn globals(cx: &Ctx, module: Slot) -> Slot {
    let module = cx.get(module).cast::<Module>().expect("`make` made it");
    cx.root(Value::of(module.names(cx)))
}

/// Runs it to its end.
pub(super) fn run(cx: &mut Ctx, main: Main, module: Slot) -> Res<()> {
    match main {
        Main::Text { text, filename, in_file } => {
            let file = SourceFile { name: filename, text: (!in_file).then(|| text.clone()) };
            let globals = globals(cx, module);
            run::run(cx, &text, Mode::Exec, &Arc::new(file), globals).map(|_| ())
        }
        Main::Module(name) => run_module(cx, &name, true),
        Main::Entry => run_module(cx, "__main__", false),
        Main::Prompt => super::prompt::run_alone(cx, module),
    }
}

/// Has `runpy` run a module as `__main__`; `names_script` tells whether `sys.argv[0]` becomes its file.
fn run_module(cx: &mut Ctx, name: &str, names_script: bool) -> Res<()> {
    let runpy = import_module(cx, "runpy")?;
    let function = cx.root(cx.intern("_run_module_as_main"));
    let function = attr::get_attr(cx, runpy, function)?;
    let args = [cx.root(cx.str(name)), cx.root(Value::bool(names_script))];
    cx.call(function, &args).map(|_| ())
}
