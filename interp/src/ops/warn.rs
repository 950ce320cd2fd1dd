//! Warnings: what natives tell of through the module `warnings`.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::attr::{get_attr, get_attr_opt};
use crate::value::Value;

/// Issues a warning about the function that is `level` calls out; `source` is the object that it is about.
///
/// # Errors
/// What the filters, or the hooks of `warnings`, raise.
pub fn warn(cx: &mut Ctx, class: Builtin, message: &str, level: i64, source: Option<Slot>) -> Res<()> {
    cx.scope(|cx| {
        let module = (cx.interp().hooks.import_module)(cx, "warnings")?;
        let name = cx.root(cx.intern("warn"));
        let warn = get_attr(cx, module, name)?;
        let class = cx.root(Value::of(cx.class(class)));
        let args = {
            let cx: &Ctx = cx;
            let source = source.map_or(Value::NONE, |source| cx.get(source));
            cx.root_all([cx.str(message), cx.get(class), cx.int(level), source])
        };
        cx.call_slots(warn, args).map(|_| ())
    })
}

/// Warns that what the running function does is deprecated.
///
/// # Errors
/// Those of [`warn`].
pub fn deprecated(cx: &mut Ctx, message: &str) -> Res<()> {
    warn(cx, Builtin::DeprecationWarning, message, 1, None)
}

/// Issues a warning about a line of a file; false where nobody has imported `warnings`, so that no filter was set either.
///
/// # Errors
/// Those of [`warn`].
pub fn warn_of_line(cx: &mut Ctx, class: Builtin, message: &str, filename: &str, line: u32) -> Res<bool> {
    cx.scope(|cx| {
        let module = cx.interp().modules(cx).get_name(cx, cx.intern("warnings"));
        let Some(module) = module.filter(|module| !module.is_none()).map(|module| cx.root(module)) else {
            return Ok(false);
        };
        let name = cx.root(cx.intern("warn_explicit"));
        // While the module itself is imported it has no such function yet.
        let Some(warn) = get_attr_opt(cx, module, name)? else { return Ok(false) };
        let class = cx.root(Value::of(cx.class(class)));
        let args = {
            let cx: &Ctx = cx;
            cx.root_all([cx.str(message), cx.get(class), cx.str(filename), cx.uint(line.into())])
        };
        cx.call_slots(warn, args).map(|_| true)
    })
}
