//! What Lib's `site` does at start-up, where something needs it: `.pth` files, modules that customise. Mostly nothing does, and
//! the folders of installed packages are in `sys.path` already; then `site` is not imported.

use std::sync::Arc;

use argil_compiler::Mode;

use crate::ctx::{Ctx, Res};
use crate::options::Switch;
use crate::run;
use crate::traceback;
use crate::types::code::SourceFile;
use crate::types::dict::Dict;
use crate::value::Value;

/// `site` sees `sys.path` without the script's folder, which CPython adds later.
const IMPORT: &str = "\
import sys
sys.path, beside = sys.path[_own:], sys.path[:_own]
try:
    import site
    for folder in _folders:
        site.addsitedir(folder)
finally:
    sys.path[:0] = beside
";

/// The same in a worker, which has the `sys.path` of its parent already.
const IMPORT_IN_WORKER: &str = "\
import sys
path = sys.path[:]
import site
for folder in _folders:
    site.addsitedir(folder)
sys.path[:] = path
";

/// Imports `site` if the options ask for it. What is raised is shown, and does not end the program.
pub(crate) fn prepare(cx: &mut Ctx, in_worker: bool) {
    if !cx.interp().config.options.is_on(Switch::RunSite) {
        return;
    }
    let imported: Res<()> = cx.scope(|cx| {
        let options = &cx.interp().config.options;
        let own = i64::from(options.is_on(Switch::HasBeside));
        let folders: Vec<Value<'_>> = options.sites.iter().map(|folder| cx.str(folder)).collect();
        let names = Dict::name_space(cx);
        names.set_name(cx, cx.intern("__builtins__"), Value::of(cx.interp().builtins(cx)));
        names.set_name(cx, cx.intern("_own"), cx.int(own));
        names.set_name(cx, cx.intern("_folders"), cx.tuple(&folders));
        let globals = cx.root(Value::of(names));
        let text = if in_worker { IMPORT_IN_WORKER } else { IMPORT };
        let file = Arc::new(SourceFile { name: "<site>".to_owned(), text: Some(text.to_owned()) });
        run::run(cx, text, Mode::Exec, &file, globals).map(|_| ())
    });
    if let Err(raised) = imported {
        let exception = cx.root(cx.take_raised(raised));
        traceback::write_stderr(cx, "Failed to import the site module\n");
        traceback::print(cx, exception);
    }
}
