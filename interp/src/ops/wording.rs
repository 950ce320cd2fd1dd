//! What CPython says when a function is called with the wrong number of arguments: the words that functions of scripts and
//! those in Rust that stand for CPython's own Python functions share.

use crate::ctx::{Ctx, Raised};

/// The TypeError for a call without arguments for these parameters of a `kind`.
#[cold]
pub(crate) fn missing_error(cx: &Ctx, function: &str, kind: &str, missing: &[&str]) -> Raised {
    let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
    let list = match quoted.as_slice() {
        [only] => only.clone(),
        [a, b] => format!("{a} and {b}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    };
    let plural = if missing.len() == 1 { "" } else { "s" };
    let count = missing.len();
    cx.type_error(format!("{function}() missing {count} required {kind} argument{plural}: {list}"))
}

/// The TypeError for more than the `most` arguments by position, of which the last `defaults` need not be given. `named`
/// counts the keyword-only arguments beside them.
#[cold]
pub(crate) fn too_many(cx: &Ctx, function: &str, most: usize, defaults: usize, given: usize, named: usize) -> Raised {
    let takes = if defaults > 0 { format!("from {} to {most}", most - defaults) } else { most.to_string() };
    let plural = if most == 1 && defaults == 0 { "" } else { "s" };
    let extra = if named > 0 {
        let (s, k) = (if given == 1 { "" } else { "s" }, if named == 1 { "" } else { "s" });
        format!(" positional argument{s} (and {named} keyword-only argument{k})")
    } else {
        String::new()
    };
    let verb = if given == 1 && named == 0 { "was" } else { "were" };
    cx.type_error(format!("{function}() takes {takes} positional argument{plural} but {given}{extra} {verb} given"))
}
