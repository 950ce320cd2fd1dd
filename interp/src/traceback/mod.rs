//! How exceptions are shown: as CPython 3.14's `traceback` module shows them.

mod carets;
mod frames;
mod suggest;
pub mod syntax;

use std::collections::HashSet;

use crate::ctx::{Ctx, Slot};
use crate::functions::io;
use crate::interp::Builtin;
use crate::names::Name;
use crate::ops::repr::{repr, to_str};
use crate::types::class::Class;
use crate::types::exception::methods::{notes, shown_text};
use crate::types::exception::{Exception, details, group};
use crate::types::file::{self, Standard};
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// The traceback, message and notes of an exception, after those of the exceptions that led to it.
pub fn format(cx: &mut Ctx, exception: Slot) -> String {
    let mut out = String::new();
    for (link, one) in chain(cx, exception) {
        format_one(cx, one, &mut out);
        out.push_str(link);
    }
    out
}

/// The exceptions to show, first the one that led to the others; with each the text that follows it.
fn chain(cx: &Ctx, exception: Slot) -> Vec<(&'static str, Slot)> {
    let mut chain = vec![("", exception)];
    let mut seen = HashSet::from([cx.get(exception).word().0]);
    let mut current = cx.get(exception).cast::<Exception>();
    while let Some(exception) = current {
        let cause = exception.cause.get(cx).and_then(Value::cast::<Exception>);
        let context = exception.context.get(cx).and_then(Value::cast::<Exception>);
        let (link, next) = match cause {
            Some(cause) => (CAUSE, Some(cause)),
            None if exception.suppresses_context() => ("", None),
            None => (CONTEXT, context),
        };
        current = next.filter(|next| seen.insert(Value::of(*next).word().0));
        if let Some(next) = current {
            chain.push((link, cx.root(Value::of(next))));
        }
    }
    chain.reverse();
    // Each link was noted with the earlier exception, which it follows in the reversed order.
    chain
}

fn format_one(cx: &mut Ctx, exception: Slot, out: &mut String) {
    let frames = frames::collect(cx, exception);
    if !frames.is_empty() {
        out.push_str("Traceback (most recent call last):\n");
        frames::format(&frames, out);
    }
    format_message(cx, exception, out);
    if cx.is_instance(cx.get(exception), Builtin::BaseExceptionGroup) {
        format_members(cx, exception, out);
    }
}

/// The exceptions of a group, each in a box.
fn format_members(cx: &mut Ctx, exception: Slot, out: &mut String) {
    let members = group::members(cx, exception);
    let mut boxed = String::new();
    let last = members.len();
    for (i, member) in members.into_iter().enumerate() {
        let number = i + 1;
        boxed.push_str(&format!("+---------------- {number} ----------------\n"));
        for line in format(cx, member).lines() {
            boxed.push_str(&format!("| {line}\n"));
        }
        if number == last {
            boxed.push_str("+------------------------------------\n");
        }
    }
    for line in boxed.lines() {
        out.push_str(&format!("    {line}\n"));
    }
}

/// The class as the last line names it.
fn class_name(cx: &Ctx, class: &Class) -> String {
    let qualname = class.qualname.get(cx).and_then(Value::as_str).unwrap_or_else(|| class.name(cx));
    match class.names(cx).get_name(cx, cx.name(Name::__module__)).and_then(Value::as_str) {
        Some("builtins" | "__main__") | None => qualname.to_owned(),
        Some(module) => format!("{module}.{qualname}"),
    }
}

/// The last lines: class and message, a suggestion, notes.
pub fn format_message(cx: &mut Ctx, exception: Slot, out: &mut String) {
    let name = class_name(cx, cx.class_of(cx.get(exception)));
    if let Some(report) = syntax::format_misspelt(cx, exception) {
        out.push_str(&report);
    } else if cx.is_instance(cx.get(exception), Builtin::SyntaxError) && syntax::format_place(cx, exception, out) {
        let message = cx.get(exception).cast::<Exception>().map_or(Value::NONE, |e| details::get(cx, e, "msg"));
        let message = cx.root(message);
        let text = to_str(cx, message).unwrap_or_else(|raised| {
            cx.take_raised(raised);
            "<no detail available>".to_owned()
        });
        out.push_str(&format!("{name}: {text}\n"));
    } else {
        let mut text = shown_text(cx, exception);
        text.push_str(&suggest::suggestion(cx, exception));
        out.push_str(&if text.is_empty() { format!("{name}\n") } else { format!("{name}: {text}\n") });
    }
    format_notes(cx, exception, out);
}

fn format_notes(cx: &mut Ctx, exception: Slot, out: &mut String) {
    let notes = match notes(cx, exception) {
        Ok(Some(notes)) => notes,
        Ok(None) => return,
        Err(raised) => {
            cx.take_raised(raised);
            return;
        }
    };
    let items: Option<Vec<Slot>> = {
        let value = cx.get(notes);
        let values = match (value.cast::<List>(), value.cast::<Tuple>()) {
            (Some(list), _) => Some(list.to_vec(cx)),
            (_, Some(tuple)) => Some(tuple.iter(cx).collect()),
            _ => None,
        };
        values.map(|values| values.into_iter().map(|value| cx.root(value)).collect())
    };
    let shown = match items {
        Some(items) => items.into_iter().map(|item| to_str(cx, item)).collect::<Result<Vec<_>, _>>(),
        None => repr(cx, notes).map(|text| vec![text]),
    };
    match shown {
        Ok(lines) => lines.iter().for_each(|text| out.extend([text.as_str(), "\n"])),
        Err(raised) => {
            cx.take_raised(raised);
        }
    }
}

/// Prints an exception that nothing caught.
pub fn print(cx: &mut Ctx, exception: Slot) {
    let text = format(cx, exception);
    write_stderr(cx, &text);
}

/// Writes to `sys.stderr`, or to the real one where that fails.
pub fn write_stderr(cx: &mut Ctx, text: &str) {
    let stderr = io::current(cx, Standard::Err, Name::stderr);
    if let Err(raised) = io::write_to(cx, stderr, text) {
        cx.take_raised(raised);
        let stderr = cx.root(file::standard(cx, Standard::Err));
        // Nowhere is left to report that this failed.
        if let Err(raised) = io::write_to(cx, stderr, text) {
            cx.take_raised(raised);
        }
    }
    cx.interp().files.flush();
}
