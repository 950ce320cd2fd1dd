//! The built-in functions that talk to the outside: `print`, `input`, `open`.

use std::ffi::OsStr;
use std::fs::{File as OsFile, OpenOptions};
use std::io::IsTerminal;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::sync::Arc;

use parking_lot::Mutex;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::natives;
use crate::ops::attr;
use crate::ops::repr::to_str;
use crate::types::exception::os_error;
use crate::types::file::encoding::{Encoding, Errors};
use crate::types::file::methods::read_line;
use crate::types::file::stream::{Access, Buffering, Stream};
use crate::types::file::{self, File, FileSpec, Newline, Standard, TextMode};
use crate::types::module::Module;
use crate::value::Value;

/// `sys.stdout` and its likes as they are now: a script may replace them.
pub fn current(cx: &Ctx, which: Standard, name: Name) -> Slot {
    let sys = cx.interp().modules(cx).get_name(cx, cx.intern("sys")).and_then(Value::cast::<Module>);
    let replaced = sys.and_then(|sys| sys.names(cx).get_name(cx, cx.name(name)));
    cx.root(replaced.unwrap_or_else(|| file::standard(cx, which)))
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
                    file::write_text(cx, file, &text)?;
                    return Err(cx.raise_value(cx.get(exception)));
                }
            },
        }
    }
    text.push_str(end);
    file::write_text(cx, file, &text)
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
    match is_plain_file(cx, file) {
        true => print_whole(cx, file, none, "", text),
        false => print_to_object(cx, file, none, "", text),
    }
}

/// Flushes a file, whatever it is.
fn flush(cx: &mut Ctx, file: Slot) -> Res<()> {
    if cx.get(file).native::<File>().is_some() {
        return file::with_stream(cx, file, Stream::flush);
    }
    let method = attr::get_attr_name(cx, file, Name::flush)?;
    cx.call(method, &[]).map(|_| ())
}

/// Whether a file is of our own, and open for text.
fn is_plain_file(cx: &Ctx, file: Slot) -> bool {
    let writable = |file: &File| file.text.is_some() && file.access.write;
    cx.get(file).native::<File>().is_some_and(writable)
}

fn input(cx: &mut Ctx, prompt: Option<Slot>) -> Res<Slot> {
    let out = current(cx, Standard::Out, Name::stdout);
    if let Some(prompt) = prompt {
        let text = to_str(cx, prompt)?;
        write_to(cx, out, &text)?;
    }
    flush(cx, out)?;
    let stdin = current(cx, Standard::In, Name::stdin);
    let line = if cx.get(stdin).native::<File>().is_some() {
        read_line(cx, stdin, None)?
    } else {
        let method = attr::get_attr_name(cx, stdin, Name::readline)?;
        cx.call(method, &[])?
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

/// What a mode such as `r+b` asks for.
struct Mode {
    options: OpenOptions,
    access: Access,
    binary: bool,
    append: bool,
}

fn parse_mode(cx: &Ctx, mode: &str) -> Res<Mode> {
    let has = |c| mode.contains(c);
    let mut seen = String::new();
    for c in mode.chars() {
        if !"rwaxbt+U".contains(c) || seen.contains(c) {
            return Err(cx.value_error(format!("invalid mode: '{mode}'")));
        }
        seen.push(c);
    }
    if has('b') && has('t') {
        return Err(cx.value_error("can't have text and binary mode at once"));
    }
    if "rwax".chars().filter(|&c| has(c)).count() != 1 {
        return Err(cx.value_error("must have exactly one of create/read/write/append mode"));
    }
    let update = has('+');
    let access = Access { read: has('r') || update, write: !has('r') || update };
    let mut options = OpenOptions::new();
    options.read(access.read).write(access.write && !has('a'));
    options.append(has('a')).truncate(has('w')).create(has('w') || has('a')).create_new(has('x'));
    Ok(Mode { options, access, binary: has('b'), append: has('a') })
}

/// What `open` was asked for beside file and mode.
struct OpenArgs {
    buffering: i64,
    encoding: Option<Slot>,
    errors: Option<Slot>,
    newline: Option<Slot>,
}

fn text_mode(cx: &Ctx, args: &OpenArgs) -> Res<TextMode> {
    let text = |slot: Option<Slot>, name: &str| match slot.map(|slot| cx.get(slot)) {
        None => Ok(None),
        Some(value) => match value.as_str() {
            Some(text) => Ok(Some(text)),
            None => {
                let got = cx.type_name(value);
                Err(cx.type_error(format!("open() argument '{name}' must be str or None, not {got}")))
            }
        },
    };
    let encoding = match text(args.encoding, "encoding")? {
        None => Encoding::Utf8,
        Some(name) => Encoding::from_name(name)
            .ok_or_else(|| cx.raise(Builtin::LookupError, format!("unknown encoding: {name}")))?,
    };
    let errors = match text(args.errors, "errors")? {
        None => Errors::Strict,
        Some(name) => Errors::from_name(name)
            .ok_or_else(|| cx.raise(Builtin::LookupError, format!("unknown error handler name '{name}'")))?,
    };
    let newline = match text(args.newline, "newline")? {
        None => Newline::Universal,
        Some("") => Newline::Untranslated,
        Some("\n") => Newline::LineFeed,
        Some("\r") => Newline::CarriageReturn,
        Some("\r\n") => Newline::Both,
        Some(other) => return Err(cx.value_error(format!("illegal newline value: {other}"))),
    };
    Ok(TextMode { encoding, errors, newline })
}

/// A path as a string or bytes object: itself, or what `__fspath__` gives.
pub fn fspath(cx: &mut Ctx, path: Slot, function: &str) -> Res<Slot> {
    let path = match attr::call_special(cx, path, Name::__fspath__, &[])? {
        Some(text) => text,
        None => path,
    };
    let value = cx.get(path);
    if value.as_str().is_none() && value.as_bytes().is_none() {
        let got = cx.type_name(value);
        return Err(cx.type_error(format!("{function}expected str, bytes or os.PathLike object, not {got}")));
    }
    Ok(path)
}

/// A path for the system; bytes are taken as they are.
pub fn path_of(cx: &mut Ctx, path: Slot, function: &str) -> Res<PathBuf> {
    let path = fspath(cx, path, function)?;
    let value = cx.get(path);
    let bytes = value.as_str().map(str::as_bytes).or_else(|| value.as_bytes()).unwrap_or_default();
    if bytes.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    Ok(PathBuf::from(OsStr::from_bytes(bytes)))
}

fn open(cx: &mut Ctx, path: Slot, mode: &str, args: &OpenArgs) -> Res<Slot> {
    let parsed = parse_mode(cx, mode)?;
    let text = if parsed.binary {
        for (value, name) in [(args.encoding, "an encoding"), (args.errors, "an errors"), (args.newline, "a newline")] {
            if value.is_some() {
                return Err(cx.value_error(format!("binary mode doesn't take {name} argument")));
            }
        }
        None
    } else {
        if args.buffering == 0 {
            return Err(cx.value_error("can't have unbuffered text I/O"));
        }
        Some(text_mode(cx, args)?)
    };
    let location = match cx.get(path).as_small_int().filter(|_| !cx.get(path).is_bool()) {
        Some(descriptor) => format!("/proc/self/fd/{descriptor}").into(),
        None => path_of(cx, path, "")?,
    };
    // What was written elsewhere and not yet flushed may be what this reader wants to see.
    let interp = cx.interp_arc();
    let append = parsed.append;
    let opened = cx.detached(|| {
        interp.files.flush();
        let mut file = parsed.options.open(&location)?;
        if file.metadata()?.is_dir() {
            return Err(std::io::Error::from_raw_os_error(rustix::io::Errno::ISDIR.raw_os_error()));
        }
        if append && !file.is_terminal() {
            // A pipe has no end to go to, and needs none.
            let _ = std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0));
        }
        Ok(file)
    });
    let file: OsFile = match opened {
        Ok(file) => file,
        Err(error) => return Err(os_error::raise(cx, &error, Some(path))),
    };
    let buffering = match args.buffering {
        0 => Buffering::None,
        1 if text.is_some() => Buffering::Line,
        _ if text.is_some() && file.is_terminal() => Buffering::Line,
        _ => Buffering::Full,
    };
    let stream = Arc::new(Mutex::new(Stream::new(file, parsed.access, buffering)));
    let shown = match (text, parsed.access.read && parsed.access.write) {
        (Some(_), _) => mode.to_owned(),
        (None, true) => if mode.starts_with('x') {
            "xb+"
        } else if mode.starts_with('a') {
            "ab+"
        } else {
            "rb+"
        }
        .to_owned(),
        (None, false) => mode.chars().filter(|c| *c != 'b').chain(['b']).collect(),
    };
    let file = File::alloc(cx, FileSpec { stream, text, access: parsed.access, mode: shown, name: cx.get(path) });
    Ok(cx.root(file))
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
            match is_plain_file(cx, file) {
                true => print_whole(cx, file, values, &sep, &end)?,
                false => print_to_object(cx, file, values, &sep, &end)?,
            }
            match flush {
                Some(wanted) if crate::ops::truth::truth(cx, wanted)? => self::flush(cx, file),
                _ => Ok(()),
            }
        }
        /// Read a string from standard input.
        call fn input(cx; prompt: Option<Slot> = None) -> Slot { input(cx, prompt) }
        /// Open file and return a stream.
        call fn open(cx; ; file: Slot, mode: Option<String> = None, buffering: i64 = -1, encoding: Option<Slot> = None,
            errors: Option<Slot> = None, newline: Option<Slot> = None, closefd: bool = true, opener: Option<Slot> = None)
            -> Slot {
            let _ = (closefd, opener);
            let args = OpenArgs { buffering, encoding, errors, newline };
            open(cx, file, mode.as_deref().unwrap_or("r"), &args)
        }
    }
}
