//! `StringIO`: a text file that lies in memory.

use super::newlines::Newlines;
use super::{birth, bytes_io, number, size as size_of, state};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::natives;
use crate::object::{Field, Header};
use crate::types::native::{Crossing, Exclusive, FieldOf, Native, NativeData, Saved};
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The state of a `StringIO`.
pub struct StringFile {
    /// `newline` as it was given.
    newline: Field,
    contents: Exclusive<Contents>,
}

impl NativeData for StringFile {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.newline];
    const NEXT: Option<crate::types::native::NextFn> = Some(next);
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let state = value.native::<StringFile>()?;
            Some(Saved { bytes: state.contents.with(|contents| contents.save()), values: vec![state.newline.get(cx)] })
        },
        restore: |cx, birth, bytes| {
            let contents = Contents::restore(bytes)?;
            let state = StringFile { newline: Field::unset(), contents: Exclusive::new(contents) };
            Some(Native::alloc(cx, birth, state))
        },
        fill: |cx, object, values| {
            if let Some((state, guard)) = object.guarded::<StringFile>(cx)
                && let Some(Some(newline)) = values.first()
            {
                state.contents.with(|contents| contents.ends = Ends::of(newline.as_str()).unwrap_or_default());
                guard.set(&state.newline, *newline);
            }
        },
    });
}

/// Characters that can be reached by their number.
enum Chars {
    Ascii(Vec<u8>),
    Any(Vec<char>),
}

impl Chars {
    fn len(&self) -> usize {
        match self {
            Chars::Ascii(bytes) => bytes.len(),
            Chars::Any(chars) => chars.len(),
        }
    }

    /// The characters from one place to another.
    fn text<'h>(&self, cx: &'h Ctx, start: usize, end: usize) -> Value<'h> {
        match self {
            Chars::Ascii(bytes) => cx.str(std::str::from_utf8(&bytes[start..end]).unwrap_or_default()),
            Chars::Any(chars) => cx.str(&memory::collect_text(chars[start..end].iter().copied())),
        }
    }

    fn widen(&mut self) -> &mut Vec<char> {
        if let Chars::Ascii(bytes) = self {
            *self = Chars::Any(memory::collect(bytes.iter().copied().map(char::from)));
        }
        match self {
            Chars::Any(chars) => chars,
            Chars::Ascii(_) => unreachable!("they were widened above"),
        }
    }

    /// Puts a text at a place, which may lie behind the end.
    fn put(&mut self, at: usize, text: &str) -> usize {
        if text.is_ascii()
            && let Chars::Ascii(bytes) = self
        {
            put(bytes, at, text.len(), text.bytes(), 0);
            return text.len();
        }
        let count = text.chars().count();
        put(self.widen(), at, count, text.chars(), '\0');
        count
    }

    fn cut(&mut self, size: usize) {
        match self {
            Chars::Ascii(bytes) => bytes.truncate(size),
            Chars::Any(chars) => chars.truncate(size),
        }
    }

    /// Where the first line from a place on ends.
    fn line_end(&self, from: usize, ends: Ends) -> usize {
        match self {
            Chars::Ascii(bytes) => {
                let rest = bytes.get(from..).unwrap_or_default();
                let simple = ends.translate || (!ends.universal && ends.read == "\n");
                if simple {
                    return from + memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
                }
                from + line_end(rest, ends, |byte, wanted| char::from(byte) == wanted)
            }
            Chars::Any(chars) => from + line_end(chars.get(from..).unwrap_or_default(), ends, |c, wanted| c == wanted),
        }
    }
}

fn put<T: Copy>(all: &mut Vec<T>, at: usize, count: usize, new: impl Iterator<Item = T>, filler: T) {
    let end = at.saturating_add(count);
    memory::reserve(all, end.saturating_sub(all.len()));
    if at > all.len() {
        all.resize(at, filler);
    }
    let mut new = new;
    for old in &mut all[at..] {
        match new.next() {
            Some(c) => *old = c,
            None => return,
        }
    }
    all.extend(new);
}

fn line_end<T: Copy>(rest: &[T], ends: Ends, is: impl Fn(T, char) -> bool) -> usize {
    for (at, &c) in rest.iter().enumerate() {
        let next_is = |wanted| rest.get(at + 1).is_some_and(|&next| is(next, wanted));
        let end = if ends.translate {
            is(c, '\n').then_some(1)
        } else if ends.universal {
            match (is(c, '\n'), is(c, '\r')) {
                (true, _) => Some(1),
                (_, true) => Some(1 + usize::from(next_is('\n'))),
                _ => None,
            }
        } else {
            match ends.read {
                "\r\n" => (is(c, '\r') && next_is('\n')).then_some(2),
                "\r" => is(c, '\r').then_some(1),
                _ => is(c, '\n').then_some(1),
            }
        };
        if let Some(count) = end {
            return at + count;
        }
    }
    rest.len()
}

/// What ends lines.
#[derive(Clone, Copy, Debug, Default)]
struct Ends {
    universal: bool,
    translate: bool,
    read: &'static str,
    write: Option<&'static str>,
}

impl Ends {
    fn of(newline: Option<&str>) -> Option<Ends> {
        Some(match newline {
            None => Ends { universal: true, translate: true, read: "\n", write: None },
            Some("") => Ends { universal: true, ..Ends::default() },
            Some("\n") => Ends { read: "\n", ..Ends::default() },
            Some("\r") => Ends { read: "\r", write: Some("\r"), ..Ends::default() },
            Some("\r\n") => Ends { read: "\r\n", write: Some("\r\n"), ..Ends::default() },
            Some(_) => return None,
        })
    }
}

struct Contents {
    chars: Chars,
    position: usize,
    ends: Ends,
    newlines: Newlines,
    status: u8,
}

const NEW: u8 = 0;
const OPEN: u8 = 1;
const CLOSED: u8 = 2;

impl Contents {
    fn new() -> Contents {
        Contents {
            chars: Chars::Ascii(Vec::new()),
            position: 0,
            ends: Ends::default(),
            newlines: Newlines::default(),
            status: NEW,
        }
    }

    fn save(&self) -> Vec<u8> {
        let mut bytes = (self.position as u64).to_le_bytes().to_vec();
        bytes.push(self.status);
        match &self.chars {
            Chars::Ascii(text) => bytes.extend_from_slice(text),
            Chars::Any(chars) => bytes.extend_from_slice(memory::collect_text(chars.iter().copied()).as_bytes()),
        }
        bytes
    }

    fn restore(bytes: &[u8]) -> Option<Contents> {
        let (position, rest) = bytes.split_first_chunk::<8>()?;
        let (status, text) = rest.split_first()?;
        let mut contents = Contents::new();
        contents.chars.put(0, std::str::from_utf8(text).ok()?);
        contents.position = usize::try_from(u64::from_le_bytes(*position)).ok()?;
        contents.status = *status;
        Some(contents)
    }

    /// Writes text at the position.
    fn write(&mut self, text: &str) {
        let mut text = std::borrow::Cow::Borrowed(text);
        if self.ends.universal {
            text = self.newlines.feed(text.into_owned(), true).into();
        }
        if let Some(end) = self.ends.write {
            text = text.replace('\n', end).into();
        }
        self.position += self.chars.put(self.position, &text);
    }

    /// Reads up to a place.
    fn read_to<'h>(&mut self, cx: &'h Ctx, end: usize) -> Value<'h> {
        let start = self.position.min(self.chars.len());
        let end = end.clamp(start, self.chars.len());
        let text = self.chars.text(cx, start, end);
        if end > start {
            self.position = end;
        }
        text
    }
}

fn of(cx: &Ctx, file: Slot) -> Res<&StringFile> {
    state::<StringFile>(cx, file, Builtin::StringIo)
}

#[cold]
fn unusable(cx: &Ctx, status: u8) -> Raised {
    cx.value_error(if status == CLOSED {
        "I/O operation on closed file"
    } else {
        "I/O operation on uninitialized object"
    })
}

/// Does something with an open file, at once.
fn with<R>(cx: &Ctx, file: Slot, f: impl FnOnce(&mut Contents) -> Res<R>) -> Res<R> {
    of(cx, file)?.contents.with(|contents| match contents.status {
        OPEN => f(contents),
        other => Err(unusable(cx, other)),
    })
}

fn check_open(cx: &Ctx, file: Slot) -> Res<()> {
    with(cx, file, |_| Ok(()))
}

fn init(cx: &mut Ctx, file: Slot, initial: Option<Slot>, newline: Slot) -> Res<()> {
    let text = match initial.map(|initial| cx.get(initial)) {
        Some(value) => match value.as_str() {
            Some(text) => Some(text.to_owned()),
            None => {
                let got = cx.type_name(value);
                return Err(cx.type_error(format!("initial_value must be str or None, not {got}")));
            }
        },
        None => None,
    };
    let given = cx.get(newline);
    if !given.is_none() && given.as_str().is_none() {
        let got = cx.type_name(given);
        return Err(cx.type_error(format!("newline must be str or None, not {got}")));
    }
    let Some(ends) = Ends::of(given.as_str()) else {
        let shown = crate::ops::repr::repr(cx, newline)?;
        return Err(cx.value_error(format!("illegal newline value: {shown}")));
    };
    cx.store(file, |state: &StringFile| &state.newline, newline);
    of(cx, file)?.contents.with(|contents| {
        *contents = Contents::new();
        contents.ends = ends;
        contents.newlines.translate = ends.translate;
        contents.status = OPEN;
        if let Some(text) = text {
            contents.write(&text);
        }
        contents.position = 0;
    });
    Ok(())
}

fn read_line(cx: &Ctx, file: Slot, limit: Option<usize>) -> Res<Slot> {
    with(cx, file, |contents| {
        let start = contents.position.min(contents.chars.len());
        let end = contents.chars.line_end(start, contents.ends);
        let end = limit.map_or(end, |limit| end.min(start.saturating_add(limit)));
        Ok(cx.root(contents.read_to(cx, end)))
    })
}

fn next_line(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    let line = if exact {
        cx.with_memory(|cx| read_line(cx, file, None))??
    } else {
        super::invoke(cx, file, "readline", &[])?
    };
    match cx.get(line).as_str() {
        Some("") => Ok(None),
        Some(_) => Ok(Some(line)),
        None => {
            let got = cx.type_name(cx.get(line));
            let message = format!("readline() should have returned a str object, not '{got}'");
            Err(cx.raise(Builtin::OSError, message))
        }
    }
}

fn next(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    if !exact && let Some(line) = super::buffered::overridden(cx, file)? {
        return Ok(line);
    }
    next_line(cx, file)
}

fn set_state(cx: &mut Ctx, file: Slot, given: Slot) -> Res<()> {
    let parts = {
        let cx: &Ctx = cx;
        let Some(parts) = cx.get(given).cast::<Tuple>().filter(|parts| parts.len() >= 4) else {
            let (class, got) = (cx.type_name(cx.get(file)), cx.type_name(cx.get(given)));
            return Err(cx.type_error(format!("{class}.__setstate__ argument should be 4-tuple, got {got}")));
        };
        cx.root_all(parts.iter(cx))
    };
    let value = (!cx.get(parts.get(0)).is_none()).then(|| parts.get(0));
    // What it holds was translated when it was written.
    let feed = cx.root(cx.str(""));
    init(cx, file, value, feed)?;
    let (text, none) = (value, cx.root(Value::NONE));
    let _ = none;
    init(cx, file, None, parts.get(1))?;
    if let Some(text) = text.and_then(|text| cx.get(text).as_str()) {
        of(cx, file)?.contents.with(|contents| contents.chars.put(0, text));
    }
    let position = match cx.get(parts.get(2)).as_int() {
        Some(position) => position.to_i64(),
        None => {
            let got = cx.type_name(cx.get(parts.get(2)));
            return Err(cx.type_error(format!("third item of state must be an integer, got {got}")));
        }
    };
    let Some(position) = position.and_then(|position| usize::try_from(position).ok()) else {
        return Err(cx.value_error("position value cannot be negative"));
    };
    of(cx, file)?.contents.with(|contents| contents.position = position);
    bytes_io::set_attributes(cx, file, parts.get(3), "fourth")
}

natives! {
    /// Methods of `StringIO`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let state = StringFile { newline: Field::unset(), contents: Exclusive::new(Contents::new()) };
            let cx: &Ctx = cx;
            Ok(cx.root(Native::alloc(cx, birth(cx, args.get(0)), state)))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; initial_value: Option<Slot> = None,
            newline: crate::native::GivenSlot = crate::native::GivenSlot(None)) -> () {
            let newline = newline.0.unwrap_or_else(|| cx.root(cx.str("\n")));
            init(cx, self_, initial_value, newline)
        }
        /// All characters.
        call fn getvalue(cx; self_: Slot) -> Slot {
            cx.with_memory(|cx| with(cx, self_, |contents| {
                Ok(cx.root(contents.chars.text(cx, 0, contents.chars.len())))
            }))?
        }
        /// Read at most size characters, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let most = size_of(cx, size)?.unwrap_or(usize::MAX);
            cx.with_memory(|cx| with(cx, self_, |contents| {
                let end = contents.position.saturating_add(most);
                Ok(cx.root(contents.read_to(cx, end)))
            }))?
        }
        /// Read until a newline or the end, at most size characters.
        call fn readline(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let limit = size_of(cx, size)?;
            cx.with_memory(|cx| read_line(cx, self_, limit))?
        }
        /// Write a string; returns how many characters it has.
        call fn write(cx; self_: Slot, s: Slot) -> usize {
            let Some(text) = cx.get(s).cast::<Str>() else {
                let got = cx.type_name(cx.get(s));
                return Err(cx.type_error(format!("string argument expected, got '{got}'")));
            };
            let count = text.len();
            cx.with_memory(|cx| with(cx, self_, |contents| {
                if count > 0 {
                    contents.write(cx.get(s).as_str().unwrap_or_default());
                }
                Ok(count)
            }))?
        }
        /// Change the position and return it.
        call fn seek(cx; self_: Slot, pos: Slot, whence: i32 = 0) -> usize {
            check_open(cx, self_)?;
            let pos = number(cx, pos)?;
            with(cx, self_, |contents| {
                contents.position = match (whence, usize::try_from(pos)) {
                    (0, Ok(pos)) => pos,
                    (0, Err(_)) => return Err(cx.value_error(format!("Negative seek position {pos}"))),
                    (1 | 2, _) if pos != 0 => {
                        return Err(cx.raise(Builtin::OSError, "Can't do nonzero cur-relative seeks"));
                    }
                    (1, _) => contents.position,
                    (2, _) => contents.chars.len(),
                    _ => return Err(cx.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)"))),
                };
                Ok(contents.position)
            })
        }
        /// The position.
        call fn tell(cx; self_: Slot) -> usize { with(cx, self_, |contents| Ok(contents.position)) }
        /// Cut the file off at a size, or at the position; returns the size.
        call fn truncate(cx; self_: Slot, pos: Option<Slot> = None) -> usize {
            check_open(cx, self_)?;
            let size = match pos {
                Some(pos) => Some(number(cx, pos)?),
                None => None,
            };
            with(cx, self_, |contents| {
                let size = match size {
                    Some(size) => usize::try_from(size).map_err(|_| cx.value_error(format!("Negative size value {size}")))?,
                    None => contents.position,
                };
                contents.chars.cut(size);
                Ok(size)
            })
        }
        /// Forget the contents.
        call fn close(cx; self_: Slot) -> () {
            of(cx, self_)?.contents.with(|contents| {
                contents.status = CLOSED;
                contents.chars = Chars::Ascii(Vec::new());
            });
            Ok(())
        }
        /// Whether the file can be read.
        call fn readable(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(true)
        }
        /// Whether the file can be written.
        call fn writable(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(true)
        }
        /// Whether the file has positions.
        call fn seekable(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(true)
        }
        /// Whether the file is closed.
        get call fn closed(cx; self_: Slot) -> bool {
            match of(cx, self_)?.contents.with(|contents| contents.status) {
                NEW => Err(unusable(cx, NEW)),
                status => Ok(status == CLOSED),
            }
        }
        /// Whether each line is written at once: no.
        get call fn line_buffering(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(false)
        }
        /// What ended lines that were written so far.
        get call fn newlines(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            with(cx, self_, |contents| {
                Ok(cx.root(if contents.ends.universal { contents.newlines.seen(cx) } else { Value::NONE }))
            })
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            check_open(cx, self_)?;
            match next_line(cx, self_)? {
                Some(line) => Ok(line),
                None => Err(cx.raise_with(Builtin::StopIteration, &[])),
            }
        }
        /// Helper for pickle.
        call fn __getstate__(cx; self_: Slot) -> Slot {
            let (value, position) = with(cx, self_, |contents| {
                Ok((cx.root(contents.chars.text(cx, 0, contents.chars.len())), contents.position))
            })?;
            let attributes = bytes_io::attributes(cx, self_)?;
            let cx: &Ctx = cx;
            let newline = of(cx, self_)?.newline.get_or_none(cx);
            Ok(cx.root(cx.tuple(&[cx.get(value), newline, cx.uint(position as u64), cx.get(attributes)])))
        }
        /// Helper for pickle.
        call fn __setstate__(cx; self_: Slot, state: Slot) -> () { set_state(cx, self_, state) }
    }
}
