//! `open`, and what the module `_io` has beside its classes.

use std::io::IsTerminal;

use super::text::{Made, set_mode};
use super::{DEFAULT_BUFFER_SIZE, file_io, invoke};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::{GivenSlot, GivenText};
use crate::natives;
use crate::ops::warn::warn;
use crate::value::Value;

/// The most bytes that a buffer has because the system finds them good.
const MOST_BUFFERED: i64 = 8 * 1024 * 1024;

/// What a mode such as `r+b` asks for.
struct Mode {
    raw: String,
    updating: bool,
    reading: bool,
    writing: bool,
    binary: bool,
}

fn parse_mode(cx: &Ctx, mode: &str) -> Res<Mode> {
    let mut seen = String::new();
    for c in mode.chars() {
        if !"axrwb+t".contains(c) || seen.contains(c) {
            return Err(cx.value_error(format!("invalid mode: '{mode}'")));
        }
        seen.push(c);
    }
    let has = |c| seen.contains(c);
    if has('t') && has('b') {
        return Err(cx.value_error("can't have text and binary mode at once"));
    }
    if "xrwa".chars().filter(|c| has(*c)).count() > 1 {
        return Err(cx.value_error("must have exactly one of create/read/write/append mode"));
    }
    let raw = "xrwa+".chars().filter(|c| has(*c)).collect();
    let writing = has('x') || has('w') || has('a');
    Ok(Mode { raw, updating: has('+'), reading: has('r'), writing, binary: has('b') })
}

/// What `open` was asked for beside file and mode.
struct Wanted {
    buffering: i64,
    encoding: Option<Slot>,
    errors: Option<Slot>,
    newline: Option<Slot>,
    closefd: bool,
    opener: Option<Slot>,
}

fn check_texts(cx: &Ctx, wanted: &Wanted) -> Res<()> {
    for (value, name) in [(wanted.encoding, "encoding"), (wanted.errors, "errors"), (wanted.newline, "newline")] {
        if let Some(value) = value.map(|value| cx.get(value)).filter(|value| value.as_str().is_none()) {
            let got = cx.type_name(value);
            return Err(cx.type_error(format!("open() argument '{name}' must be str or None, not {got}")));
        }
    }
    Ok(())
}

fn open(cx: &mut Ctx, file: Slot, mode: &str, wanted: &Wanted) -> Res<Slot> {
    check_texts(cx, wanted)?;
    let name = if cx.get(file).as_int().is_some() { file } else { super::path::fspath(cx, file, "")? };
    let parsed = parse_mode(cx, mode)?;
    if parsed.binary {
        for (value, what) in
            [(wanted.encoding, "an encoding"), (wanted.errors, "an errors"), (wanted.newline, "a newline")]
        {
            if value.is_some() {
                return Err(cx.value_error(format!("binary mode doesn't take {what} argument")));
            }
        }
        if wanted.buffering == 1 {
            let message = "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will \
                           be used";
            warn(cx, Builtin::RuntimeWarning, message, 1, None)?;
        }
    }
    let raw = {
        let class = cx.root(Value::of(cx.class(Builtin::FileIo)));
        let args = {
            let cx: &Ctx = cx;
            let opener = wanted.opener.map_or(Value::NONE, |opener| cx.get(opener));
            cx.root_all([cx.get(name), cx.str(&parsed.raw), Value::bool(wanted.closefd), opener])
        };
        cx.call_slots(class, args)?
    };
    match layers(cx, raw, mode, &parsed, wanted) {
        Ok(file) => Ok(file),
        Err((raised, file)) => {
            let failed = cx.root(cx.take_raised(raised));
            super::both(cx, |cx| Err(cx.raise_value(cx.get(failed))), |cx| invoke(cx, file, "close", &[]).map(|_| ()))?;
            Ok(file)
        }
    }
}

/// Puts a buffer and text over a raw file. What fails names the layer that is to be closed.
fn layers(
    cx: &mut Ctx,
    raw: Slot,
    mode: &str,
    parsed: &Mode,
    wanted: &Wanted,
) -> Result<Slot, (crate::ctx::Raised, Slot)> {
    let terminal = wanted.buffering < 0 && is_terminal(cx, raw);
    let lines = !parsed.binary && wanted.buffering == 1 || terminal;
    let size = match wanted.buffering {
        0 if !parsed.binary => return Err((cx.value_error("can't have unbuffered text I/O"), raw)),
        0 => return Ok(raw),
        ..=-1 | 1 => {
            let block = file_io::block_size(cx, raw).unwrap_or(0).min(MOST_BUFFERED);
            usize::try_from(block).unwrap_or(0).max(DEFAULT_BUFFER_SIZE)
        }
        size => size as usize,
    };
    let class = match (parsed.updating, parsed.writing, parsed.reading) {
        (true, ..) => Builtin::BufferedRandom,
        (_, true, _) => Builtin::BufferedWriter,
        (_, _, true) => Builtin::BufferedReader,
        _ => return Err((cx.value_error(format!("unknown mode: '{mode}'")), raw)),
    };
    let buffer = {
        let class = cx.root(Value::of(cx.class(class)));
        let size = cx.root(cx.uint(size as u64));
        cx.call(class, &[raw, size]).map_err(|raised| (raised, raw))?
    };
    if parsed.binary {
        return Ok(buffer);
    }
    let made = Made {
        encoding: wanted.encoding,
        errors: wanted.errors,
        newline: wanted.newline,
        line_buffering: lines,
        write_through: false,
    };
    let file = super::text::make_over(cx, buffer, &made).map_err(|raised| (raised, buffer))?;
    set_mode(cx, file, mode).map_err(|raised| (raised, file))?;
    Ok(file)
}

fn is_terminal(cx: &Ctx, raw: Slot) -> bool {
    file_io::plain(cx, raw).is_some_and(|plain| plain.borrow().is_ok_and(|fd| fd.is_terminal()))
}

natives! {
    /// What `_io` has beside its classes, and of it what is built in.
    pub static OPEN = {
        /// Open file and return a stream.
        call fn open(cx; ; file: Slot, mode: GivenText = GivenText(None), buffering: i64 = -1,
            encoding: Option<Slot> = None, errors: Option<Slot> = None, newline: Option<Slot> = None,
            closefd: bool = true, opener: Option<Slot> = None) -> Slot {
            let wanted = Wanted { buffering, encoding, errors, newline, closefd, opener };
            open(cx, file, mode.0.as_deref().unwrap_or("r"), &wanted)
        }
    }
}

natives! {
    /// Functions of `_io` alone.
    pub static FUNCTIONS = {
        /// Open a file of code for reading; it is read as binary.
        call fn open_code(cx; ; path: Slot) -> Slot {
            if cx.get(path).as_str().is_none() {
                let got = cx.type_name(cx.get(path));
                return Err(cx.type_error(format!("open_code() argument 'path' must be str, not {got}")));
            }
            let wanted =
                Wanted { buffering: -1, encoding: None, errors: None, newline: None, closefd: true, opener: None };
            open(cx, path, "rb", &wanted)
        }
        /// The encoding that is meant by one that may be None: the locale's.
        call fn text_encoding(cx; encoding: GivenSlot, _stacklevel: i64 = 2) -> Slot {
            match encoding.0.filter(|encoding| !cx.get(*encoding).is_none()) {
                Some(encoding) => Ok(encoding),
                None => Ok(cx.root(cx.str("locale"))),
            }
        }
    }
}
