//! Exceptions that nothing can catch: `sys.unraisablehook` is told.

use super::{Report, chain, write_stderr};
use crate::ctx::{Ctx, Slot};
use crate::ops::repr::repr;
use crate::types::exception::Exception;
use crate::types::module::Module;
use crate::value::Value;

/// Reports an exception: what was being done, and with what.
pub(crate) fn report(cx: &mut Ctx, doing: &str, object: Slot, exception: Slot) {
    report_in(cx, &format!("while {doing}"), object, exception);
}

/// The same; `place` says where it was ignored.
pub fn report_in(cx: &mut Ctx, place: &str, object: Slot, exception: Slot) {
    let message = format!("Exception ignored {place} {}", shown(cx, object));
    report_as(cx, &message, exception);
}

/// The same in these words.
pub(crate) fn report_as(cx: &mut Ctx, message: &str, exception: Slot) {
    let Some((hook, make)) = hooks(cx) else { return show(cx, &format!("{message}:"), exception) };
    let args = {
        let cx = &*cx;
        let value = cx.get(exception);
        let traceback = value.cast::<Exception>().map_or(Value::NONE, |e| e.traceback.get_or_none(cx));
        let none = cx.root(Value::NONE);
        [cx.root(Value::of(cx.class_of(value))), exception, cx.root(traceback), cx.root(cx.str(message)), none]
    };
    let told = cx.call(make, &args).and_then(|args| cx.call(hook, &[args]));
    if let Err(raised) = told {
        let second = cx.root(cx.take_raised(raised));
        let heading = format!("Exception ignored in sys.unraisablehook: {}", shown(cx, hook));
        show(cx, &heading, second);
    }
}

/// The hook, and what makes its argument, if `sys` is there and has them.
fn hooks(cx: &Ctx) -> Option<(Slot, Slot)> {
    let sys = cx.interp().modules(cx).get_name(cx, cx.intern("sys")).and_then(Value::cast::<Module>)?;
    let named = |name| sys.names(cx).get_name(cx, cx.intern(name)).map(|found| cx.root(found));
    named("unraisablehook").zip(named("_UnraisableHookArgs"))
}

fn shown(cx: &mut Ctx, object: Slot) -> String {
    repr(cx, object).unwrap_or_else(|raised| {
        cx.take_raised(raised);
        "<object repr() failed>".to_owned()
    })
}

/// Writes a heading, and below it the exception, without carets as CPython does here.
pub fn show(cx: &mut Ctx, heading: &str, exception: Slot) {
    let nodes = chain::collect(cx, exception);
    let mut report = Report { nodes: &nodes, out: format!("{heading}\n"), depth: 0, is_open: false, carets: false };
    report.chain(cx, 0);
    let text = report.out;
    write_stderr(cx, &text);
}
