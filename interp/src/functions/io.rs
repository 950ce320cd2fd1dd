//! The built-in functions that talk to the outside: `print` and `input`. `open` is `_io`'s.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::natives;
use crate::ops::attr;
use crate::ops::repr::to_str;
pub use crate::types::file::methods::path::{fspath, path_of};
use crate::types::file::methods::standard::{Standard, standard};
use crate::types::file::methods::text::{self, is_plain_output};
use crate::types::module::Module;
use crate::value::Value;

/// `sys.stdout` and its likes as they are now: a script may replace them.
pub fn current(cx: &Ctx, which: Standard, name: Name) -> Slot {
    let sys = cx.interp().modules(cx).get_name(cx, cx.intern("sys")).and_then(Value::cast::<Module>);
    let replaced = sys.and_then(|sys| sys.names(cx).get_name(cx, cx.name(name)));
    cx.root(replaced.unwrap_or_else(|| standard(cx, which)))
}

/// `None` or a string, as `print` takes `sep` and `end`.
fn separator(cx: &Ctx, value: Option<Slot>, name: &str, default: &str) -> Res<String> {
    let Some(value) = value.map(|slot| cx.get(slot)) else { return Ok(default.to_owned()) };
    match value.as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(cx.type_error(format!("{name} must be None or a string, not {}", cx.type_name(value)))),
    }
}

/// Prints to a file of our own: one write, so that lines of several threads do not mix.
fn print_whole(cx: &mut Ctx, file: Slot, values: Slots, sep: &str, end: &str) -> Res<()> {
    let mut text = String::new();
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            text.push_str(sep);
        }
        match cx.get(value).as_str().filter(|_| cx.get(value).header().is_some_and(crate::object::Header::is_exact)) {
            Some(plain) => text.push_str(plain),
            None => match to_str(cx, value) {
                Ok(shown) => text.push_str(&shown),
                Err(raised) => {
                    // What came before is printed all the same.
                    let exception = cx.root(cx.take_raised(raised));
                    text::write_text(cx, file, &text)?;
                    return Err(cx.raise_value(cx.get(exception)));
                }
            },
        }
    }
    text.push_str(end);
    text::write_text(cx, file, &text)
}

/// Prints to anything with a `write`.
fn print_to_object(cx: &mut Ctx, file: Slot, values: Slots, sep: &str, end: &str) -> Res<()> {
    let write = attr::get_attr_name(cx, file, Name::write)?;
    let put = |cx: &mut Ctx, text: &str| {
        cx.scope(|cx| {
            let text = cx.root(cx.str(text));
            cx.call(write, &[text]).map(|_| ())
        })
    };
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            put(cx, sep)?;
        }
        let text = to_str(cx, value)?;
        put(cx, &text)?;
    }
    put(cx, end)
}

/// Writes text to anything with a `write`.
pub fn write_to(cx: &mut Ctx, file: Slot, text: &str) -> Res<()> {
    let none = cx.root_all([]);
    match is_plain_output(cx, file) {
        true => print_whole(cx, file, none, "", text),
        false => print_to_object(cx, file, none, "", text),
    }
}

/// Flushes a file, whatever it is.
fn flush(cx: &mut Ctx, file: Slot) -> Res<()> {
    if is_plain_output(cx, file) {
        return text::flush(cx, file);
    }
    let method = attr::get_attr_name(cx, file, Name::flush)?;
    cx.call(method, &[]).map(|_| ())
}

fn input(cx: &mut Ctx, prompt: Option<Slot>) -> Res<Slot> {
    let out = current(cx, Standard::Out, Name::stdout);
    if let Some(prompt) = prompt {
        let text = to_str(cx, prompt)?;
        write_to(cx, out, &text)?;
    }
    flush(cx, out)?;
    let stdin = current(cx, Standard::In, Name::stdin);
    let line = match text::read_line_of_input(cx, stdin)? {
        Some(line) => line,
        None => {
            let method = attr::get_attr_name(cx, stdin, Name::readline)?;
            cx.call(method, &[])?
        }
    };
    let Some(text) = cx.get(line).as_str() else {
        return Err(cx.type_error("object.readline() returned non-string"));
    };
    if text.is_empty() {
        return Err(cx.raise(Builtin::EOFError, "EOF when reading a line"));
    }
    let line = cx.str(text.strip_suffix('\n').unwrap_or(text));
    Ok(cx.root(line))
}

natives! {
    /// Functions that talk to the outside.
    pub static FUNCTIONS = {
        /// Prints the values to a stream, or to sys.stdout by default.
        call fn print(cx; *values;; sep: Option<Slot> = None, end: Option<Slot> = None, file: Option<Slot> = None,
            flush: Option<Slot> = None) -> () {
            let sep = separator(cx, sep, "sep", " ")?;
            let end = separator(cx, end, "end", "\n")?;
            let file = file.unwrap_or_else(|| current(cx, Standard::Out, Name::stdout));
            if cx.get(file).is_none() {
                return Ok(());
            }
            match is_plain_output(cx, file) {
                true => print_whole(cx, file, values, &sep, &end)?,
                false => print_to_object(cx, file, values, &sep, &end)?,
            }
            match flush {
                Some(wanted) if crate::ops::truth::truth(cx, wanted)? => self::flush(cx, file),
                _ => Ok(()),
            }
        }
        /// Call sys.breakpointhook with the arguments.
        raw fn breakpoint(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let import = cx.interp().hooks.import_module;
            let sys = import(cx, "sys")?;
            let name = cx.root(cx.intern("breakpointhook"));
            match attr::get_attr_opt(cx, sys, name)? {
                Some(hook) => cx.call_kw(hook, args, names),
                None => Err(cx.runtime_error("lost sys.breakpointhook")),
            }
        }
        /// Read a string from standard input.
        call fn input(cx; prompt: Option<Slot> = None) -> Slot { input(cx, prompt) }
    }
}
