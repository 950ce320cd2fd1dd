//! `sys.displayhook`: how the prompt shows values.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::functions::io::current;
use argil_interp::names::Name;
use argil_interp::ops::repr::{ascii, repr};
use argil_interp::types::file::methods::standard::Standard;
use argil_interp::value::Value;

/// Prints a value unless it is None, and binds it to `_`, which is None meanwhile.
pub fn show(cx: &mut Ctx, value: Slot) -> Res<()> {
    if cx.get(value).is_none() {
        return Ok(());
    }
    let none = cx.root(Value::NONE);
    bind(cx, none);
    let out = current(cx, Standard::Out, Name::stdout);
    if cx.get(out).is_none() {
        return Err(cx.runtime_error("lost sys.stdout"));
    }
    let text = repr(cx, value)?;
    if let Err(raised) = write(cx, out, &text) {
        cx.catch(raised, Builtin::UnicodeEncodeError)?;
        let text = ascii(cx, value)?;
        write(cx, out, &text)?;
    }
    write(cx, out, "\n")?;
    bind(cx, value);
    Ok(())
}

fn write(cx: &mut Ctx, out: Slot, text: &str) -> Res<()> {
    let text = cx.root(cx.str(text));
    cx.call_method(out, Name::write, &[text]).map(|_| ())
}

fn bind(cx: &Ctx, value: Slot) {
    let builtins = cx.interp().builtins(cx).names(cx);
    builtins.set_name(cx, cx.intern("_"), cx.get(value));
}
