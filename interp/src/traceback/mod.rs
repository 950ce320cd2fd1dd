//! How exceptions are shown: as CPython 3.14's `traceback` module shows them.

mod absent;
mod carets;
mod chain;
mod colour;
mod frames;
mod suggest;
pub mod syntax;
pub mod unraisable;

use self::chain::Node;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::functions::io;
use crate::names::Name;
use crate::ops::repr::{repr, to_str};
use crate::types::class::Class;
use crate::types::exception::methods::{notes, shown_text};
use crate::types::exception::{Exception, details};
use crate::types::file::methods::standard::{Standard, standard};
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

const CAUSE: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const CONTEXT: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

/// Groups deeper than this within groups are not shown.
const MOST_DEPTH: usize = 10;
/// Members of a group beyond so many are counted only.
const MOST_MEMBERS: usize = 15;

/// The traceback, message and notes of an exception, after those of the exceptions that led to it.
pub fn format(cx: &mut Ctx, exception: Slot) -> String {
    let nodes = chain::collect(cx, exception);
    let mut report = Report { nodes: &nodes, out: String::new(), depth: 0, is_open: false, carets: true };
    report.chain(cx, 0);
    report.out
}

/// A report under way.
struct Report<'a> {
    nodes: &'a [Node],
    out: String,
    /// In how many groups the next line lies.
    depth: usize,
    /// Whether the box of the innermost group has no lower edge yet.
    is_open: bool,
    /// Whether carets stand below what failed.
    carets: bool,
}

impl Report<'_> {
    /// Shows an exception after those that led to it.
    fn chain(&mut self, cx: &mut Ctx, node: usize) {
        let mut chain = vec![("", node)];
        let mut current = node;
        while let Some(origin) = &self.nodes[current].origin {
            let link = if origin.is_cause { CAUSE } else { CONTEXT };
            if let Some(last) = chain.last_mut() {
                last.0 = link;
            }
            chain.push(("", origin.node));
            current = origin.node;
        }
        for (link, node) in chain.into_iter().rev() {
            self.emit(link, '|');
            self.one(cx, node);
        }
    }

    /// Adds lines, each behind the margin of the groups that it lies in.
    fn emit(&mut self, text: &str, margin: char) {
        for line in text.split_inclusive('\n') {
            self.indent();
            if self.depth > 0 {
                self.out.extend([margin, ' ']);
            }
            self.out.push_str(line);
        }
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn one(&mut self, cx: &mut Ctx, node: usize) {
        let Node { exception, members, .. } = &self.nodes[node];
        let (exception, in_groups) = (*exception, self.depth);
        if members.is_some() && in_groups > MOST_DEPTH {
            return self.emit(&format!("... (max_group_depth is {MOST_DEPTH})\n"), '|');
        }
        let (heading, margin) = match members {
            None => ("Traceback (most recent call last):\n", '|'),
            Some(_) => ("Exception Group Traceback (most recent call last):\n", if in_groups == 0 { '+' } else { '|' }),
        };
        self.depth = if members.is_some() { in_groups.max(1) } else { in_groups };
        let frames = frames::collect(cx, exception);
        if !frames.is_empty() {
            self.emit(heading, margin);
            let mut text = String::new();
            frames::format(&frames, self.carets, &mut text);
            self.emit(&text, '|');
        }
        let mut text = String::new();
        format_message(cx, exception, &mut text);
        self.emit(&text, '|');
        if let Some(members) = members {
            self.members(cx, members);
        }
        self.depth = in_groups;
    }

    /// Shows the members of a group, each below a heading.
    fn members(&mut self, cx: &mut Ctx, members: &[usize]) {
        let shown = members.len().min(MOST_MEMBERS + 1);
        for (at, &member) in members.iter().take(shown).enumerate() {
            let is_counted = at == MOST_MEMBERS;
            let title = if is_counted { "...".to_owned() } else { (at + 1).to_string() };
            self.indent();
            let corner = if at == 0 { "+-" } else { "  " };
            self.out.push_str(&format!("{corner}+---------------- {title} ----------------\n"));
            // If the last member is a group, its box and this one have one lower edge together.
            self.is_open = at + 1 == shown;
            let is_last = self.is_open;
            self.depth += 1;
            if is_counted {
                let more = members.len() - MOST_MEMBERS;
                let plural = if more == 1 { "" } else { "s" };
                self.emit(&format!("and {more} more exception{plural}\n"), '|');
            } else {
                self.chain(cx, member);
            }
            if is_last && self.is_open {
                self.indent();
                self.out.push_str("+------------------------------------\n");
                self.is_open = false;
            }
            self.depth -= 1;
        }
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

/// The last lines: class and message, a suggestion, notes, and what to do about a module that only CPython has.
pub fn format_message(cx: &mut Ctx, exception: Slot, out: &mut String) {
    let name = class_name(cx, cx.class_of(cx.get(exception)));
    let mut advice = String::new();
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
        advice = absent::advice(cx, exception, &text);
        text.push_str(&suggest::suggestion(cx, exception));
        out.push_str(&if text.is_empty() { format!("{name}\n") } else { format!("{name}: {text}\n") });
    }
    format_notes(cx, exception, out);
    out.push_str(&advice);
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

/// Prints an exception that nothing caught. In colours, if standard error shows such, Lib's `traceback` does.
pub fn print(cx: &mut Ctx, exception: Slot) {
    if colour::is_wanted(cx) && colour::print(cx, exception) {
        return;
    }
    let text = format(cx, exception);
    write_stderr(cx, &text);
}

/// Writes to `sys.stderr`, or to the real one where that fails.
pub fn write_stderr(cx: &mut Ctx, text: &str) {
    let stderr = io::current(cx, Standard::Err, Name::stderr);
    if let Err(raised) = io::write_to(cx, stderr, text) {
        cx.take_raised(raised);
        let stderr = cx.root(standard(cx, Standard::Err));
        // Nowhere is left to report that this failed.
        if let Err(raised) = io::write_to(cx, stderr, text) {
            cx.take_raised(raised);
        }
    }
    cx.interp().files.flush();
}
