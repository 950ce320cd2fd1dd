//! Exceptions in colours. Most are shown without, so that Lib's `traceback`, which knows how, is only imported where a terminal
//! may want them.

use std::io::IsTerminal;

use super::{chain, frames};
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::attr;
use crate::options::Switch;

/// Whether the environment and standard error seem to want colours; `traceback` has the last word.
pub(super) fn is_wanted(cx: &Ctx) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !cx.interp().config.options.is_on(Switch::IgnoreEnvironment)
        && let Some(choice @ ("0" | "1")) = std::env::var("PYTHON_COLORS").ok().as_deref()
    {
        return choice == "1";
    }
    if is_set("NO_COLOR") {
        return false;
    }
    let is_dumb = || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    is_set("FORCE_COLOR") || std::io::stderr().is_terminal() && !is_dumb()
}

/// Tells Lib's `linecache` the lines of code that no file holds, as CPython does when it runs such code.
fn register_texts(cx: &mut Ctx, exception: Slot) -> Res<()> {
    let nodes = chain::collect(cx, exception);
    let texts: Vec<_> = nodes.iter().flat_map(|node| frames::texts(cx, node.exception)).collect();
    if texts.is_empty() {
        return Ok(());
    }
    let module = (cx.interp().hooks.import_module)(cx, "linecache")?;
    let function = cx.root(cx.intern("_register_code"));
    let function = attr::get_attr(cx, module, function)?;
    for (code, file) in texts {
        let text = cx.root(cx.str(file.text.as_deref().unwrap_or_default()));
        let name = cx.root(cx.str(&file.name));
        cx.scope(|cx| cx.call(function, &[code, text, name]).map(|_| ()))?;
    }
    Ok(())
}

/// Has `traceback` print an exception; false if it cannot.
pub(super) fn print(cx: &mut Ctx, exception: Slot) -> bool {
    let printed: Res<()> = cx.scope(|cx| {
        let module = (cx.interp().hooks.import_module)(cx, "traceback")?;
        register_texts(cx, exception)?;
        let function = cx.root(cx.intern("_print_exception_bltin"));
        let function = attr::get_attr(cx, module, function)?;
        cx.call(function, &[exception]).map(|_| ())
    });
    match printed {
        Ok(()) => true,
        Err(raised) => {
            cx.take_raised(raised);
            false
        }
    }
}
