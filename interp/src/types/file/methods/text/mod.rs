//! `TextIOWrapper`: text over anything that reads and writes bytes.
//!
//! Encodings that nearly all files have are decoded here; any other by the decoder that the registry of codecs gives. An
//! operation holds the object's turn, which its own thread may take again.

mod coding;
mod make;
mod position;
mod read;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

pub(crate) use make::{Made, Plain, make_over, over};
pub(crate) use read::read_line_of_input;
pub(crate) use write::{flush, write_text};

use super::buffered::status;
use super::file_io::cannot_pickle;
use super::newlines::Newlines;
use super::{base, birth, both, closed_error, get, get_opt, invoke, number, says_closed, set, state, unsupported, who};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::native::GivenSlot;
use crate::natives;
use crate::object::{Field, Header};
use crate::ops::truth::truth;
use crate::types::file::below::Outgoing;
use crate::types::native::{Exclusive, FieldOf, Native, NativeData};
use crate::value::Value;
use coding::Coding;

/// The state of a text file.
pub struct Text {
    /// What lies below.
    buffer: Field,
    /// What decodes, unless that is done here.
    decoder: Field,
    /// What encodes, unless that is done here.
    encoder: Field,
    encoding: Field,
    errors: Field,
    /// What is to be written.
    out: Arc<Outgoing>,
    inner: Exclusive<Inner>,
    /// See [`status`]. Relaxed: a setting that `__init__` and `detach` make.
    status: AtomicU8,
    /// Whether the object is found dead (Relaxed: a plain setting).
    finalizing: AtomicBool,
}

impl NativeData for Text {
    const FIELDS: &'static [FieldOf<Self>] =
        &[|s| &s.buffer, |s| &s.decoder, |s| &s.encoder, |s| &s.encoding, |s| &s.errors];
    const NEXT: Option<crate::types::native::NextFn> = Some(read::next);
}

/// What ends lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    /// Any of three ends a line that is read.
    universal: bool,
    /// All of them are read as `\n`, and that is written as `write` says.
    translate: bool,
    /// What ends a line that is read, unless any of three does.
    read: &'static str,
    /// What is written for `\n`, unless it is written as it is.
    write: Option<&'static str>,
}

/// What a text file can do, and how.
#[derive(Clone, Copy, Debug, Default)]
struct Modes {
    reads: bool,
    writes: bool,
    seekable: bool,
    /// Whether `tell` works: not while iterating.
    telling: bool,
    has_read1: bool,
    line_buffering: bool,
    write_through: bool,
}

/// What changes while a file is used.
#[derive(Default)]
struct Inner {
    modes: Modes,
    ends: Ends,
    /// How it is decoded and encoded here; `None` if script code does.
    coding: Option<Coding>,
    /// What ended lines, where decoding is done here.
    newlines: Newlines,
    /// Bytes of an unfinished character.
    held: Vec<u8>,
    /// What was decoded.
    decoded: String,
    /// How many bytes of it were used.
    used: usize,
    /// Where the decoder stood before the bytes that were decoded last.
    snapshot: Option<Snapshot>,
    /// How many bytes are read at a time.
    chunk: usize,
    /// Bytes a character, lately.
    ratio: f64,
}

/// Where a decoder stood, and the bytes that it got since.
#[derive(Clone, Debug, Default)]
struct Snapshot {
    flags: i64,
    input: Vec<u8>,
}

impl Inner {
    /// What was decoded and not used.
    fn unread(&self) -> &str {
        &self.decoded[self.used..]
    }

    /// Forgets what was decoded.
    fn forget(&mut self) {
        self.decoded.clear();
        self.used = 0;
        self.snapshot = None;
    }
}

/// How many bytes a text file reads or collects at a time.
const CHUNK: usize = 8192;

/// An operation of a file: it has the turn as long as it lasts.
struct Operation(Arc<Outgoing>);

impl Drop for Operation {
    fn drop(&mut self) {
        self.0.turn.give();
    }
}

fn of(cx: &Ctx, file: Slot) -> Res<&Text> {
    state::<Text>(cx, file, Builtin::TextIoWrapper)
}

/// The state of a file that is in use.
fn usable(cx: &Ctx, file: Slot) -> Res<&Text> {
    let state = of(cx, file)?;
    match state.status.load(Ordering::Relaxed) {
        status::OPEN => Ok(state),
        other => Err(unusable(cx, other)),
    }
}

#[cold]
fn unusable(cx: &Ctx, status: u8) -> Raised {
    match status {
        status::DETACHED => cx.value_error("underlying buffer has been detached"),
        _ => cx.value_error("I/O operation on uninitialized object"),
    }
}

/// Begins an operation.
fn begin(cx: &mut Ctx, file: Slot) -> Res<Operation> {
    let out = Arc::clone(&usable(cx, file)?.out);
    let me = who(cx);
    if !out.turn.try_take(me) {
        if out.turn.is_of(me) {
            out.turn.take_again();
        } else {
            cx.detached(|| out.turn.wait(me));
        }
    }
    Ok(Operation(out))
}

fn inner<R>(cx: &Ctx, file: Slot, f: impl FnOnce(&mut Inner) -> R) -> Res<R> {
    Ok(of(cx, file)?.inner.with(f))
}

fn modes(cx: &Ctx, file: Slot) -> Res<Modes> {
    inner(cx, file, |inner| inner.modes)
}

/// What lies below.
fn buffer_of(cx: &Ctx, file: Slot) -> Res<Slot> {
    Ok(cx.root(usable(cx, file)?.buffer.get_or_none(cx)))
}

/// Whether a file over plain buffers is open; `None` where what lies below must be asked.
fn is_open_plain(state: &Text) -> Option<bool> {
    state.out.pending.with(|pending| {
        let below = pending.below.as_ref()?;
        below.buffers.with(|buffers| buffers.plain.as_ref().map(|plain| plain.is_open()))
    })
}

/// Whether a file is closed.
fn is_closed(cx: &mut Ctx, file: Slot) -> Res<bool> {
    if let Some(open) = is_open_plain(usable(cx, file)?) {
        return Ok(!open);
    }
    let buffer = buffer_of(cx, file)?;
    says_closed(cx, buffer)
}

/// Refuses a file that is closed.
fn check_open(cx: &mut Ctx, file: Slot) -> Res<()> {
    usable(cx, file)?;
    // A class that a script derived may say something else.
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    let closed = if exact { is_closed(cx, file)? } else { says_closed(cx, file)? };
    if closed { Err(closed_error(cx)) } else { Ok(()) }
}

/// Whether a file is one that `print` and its likes need not call, and that text can be written to.
pub(crate) fn is_plain_output(cx: &Ctx, file: Slot) -> bool {
    let value = cx.get(file);
    let Some(text) = value.native::<Text>() else { return false };
    super::is_exactly(cx, value, Builtin::TextIoWrapper)
        && text.status.load(Ordering::Relaxed) == status::OPEN
        && text.inner.with(|inner| inner.modes.writes)
}

fn new(cx: &Ctx, class: Slot) -> Slot {
    let state = Text {
        buffer: Field::unset(),
        decoder: Field::unset(),
        encoder: Field::unset(),
        encoding: Field::unset(),
        errors: Field::unset(),
        out: Arc::default(),
        inner: Exclusive::new(Inner::default()),
        status: AtomicU8::new(status::NEW),
        finalizing: AtomicBool::new(false),
    };
    cx.root(Native::alloc(cx, birth(cx, class), state))
}

fn close(cx: &mut Ctx, file: Slot) -> Res<()> {
    usable(cx, file)?;
    let closed = {
        let exact = cx.get(file).header().is_some_and(Header::is_exact);
        if exact { is_closed(cx, file)? } else { says_closed(cx, file)? }
    };
    if closed {
        return Ok(());
    }
    let buffer = buffer_of(cx, file)?;
    if of(cx, file)?.finalizing.load(Ordering::Relaxed)
        && let Err(raised) = invoke(cx, buffer, "_dealloc_warn", &[file])
    {
        cx.catch(raised, Builtin::Exception)?;
    }
    both(cx, |cx| invoke(cx, file, "flush", &[]).map(|_| ()), |cx| invoke(cx, buffer, "close", &[]).map(|_| ()))
}

fn detach(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    let buffer = buffer_of(cx, file)?;
    invoke(cx, file, "flush", &[])?;
    let state = of(cx, file)?;
    state.status.store(status::DETACHED, Ordering::Relaxed);
    state.out.pending.with(|pending| pending.below = None);
    cx.unset(file, |state: &Text| &state.buffer);
    Ok(buffer)
}

natives! {
    /// Methods of `TextIOWrapper`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            Ok(new(cx, args.get(0)))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; buffer: Slot, encoding: Option<Slot> = None, errors: Option<Slot> = None,
            newline: Option<Slot> = None, line_buffering: bool = false, write_through: bool = false) -> () {
            let made = Made { encoding, errors, newline, line_buffering, write_through };
            make::init(cx, self_, buffer, &made)
        }
        /// Change how the file works, as far as names are given.
        call fn reconfigure(cx; self_: Slot; ; encoding: Option<Slot> = None, errors: Option<Slot> = None,
            newline: GivenSlot = GivenSlot(None), line_buffering: Option<bool> = None,
            write_through: Option<bool> = None) -> () {
            make::reconfigure(cx, self_, encoding, errors, newline.0, line_buffering, write_through)
        }
        /// Disconnect what lies below and return it.
        call fn detach(cx; self_: Slot) -> Slot { detach(cx, self_) }
        /// Write a string; returns how many characters it has.
        call fn write(cx; self_: Slot, s: Slot) -> usize { write::write(cx, self_, s) }
        /// Read at most size characters, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot { read::read(cx, self_, size) }
        /// Read until a newline or the end, at most size characters.
        call fn readline(cx; self_: Slot, size: i64 = -1) -> Slot {
            usable(cx, self_)?;
            read::read_line(cx, self_, usize::try_from(size).ok())
        }
        /// Write what is to be written.
        call fn flush(cx; self_: Slot) -> () { write::flush(cx, self_) }
        /// Flush and close the file.
        call fn close(cx; self_: Slot) -> () { close(cx, self_) }
        /// The number of the file descriptor.
        call fn fileno(cx; self_: Slot) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            base::below_says(cx, buffer, "fileno")
        }
        /// Whether the file has positions.
        call fn seekable(cx; self_: Slot) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            base::below_says(cx, buffer, "seekable")
        }
        /// Whether the file can be read.
        call fn readable(cx; self_: Slot) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            base::below_says(cx, buffer, "readable")
        }
        /// Whether the file can be written.
        call fn writable(cx; self_: Slot) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            base::below_says(cx, buffer, "writable")
        }
        /// Whether the file is a terminal.
        call fn isatty(cx; self_: Slot) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            base::below_says(cx, buffer, "isatty")
        }
        /// Go to a position that tell gave; returns it.
        call fn seek(cx; self_: Slot, cookie: Slot, whence: i32 = 0) -> Slot { position::seek(cx, self_, cookie, whence) }
        /// The position, as seek takes it.
        call fn tell(cx; self_: Slot) -> Slot { position::tell(cx, self_) }
        /// Cut the file off at a size, or at the position.
        call fn truncate(cx; self_: Slot, pos: Option<Slot> = None) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            invoke(cx, self_, "flush", &[])?;
            let pos = pos.unwrap_or_else(|| cx.root(Value::NONE));
            invoke(cx, buffer, "truncate", &[pos])
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            match read::next_line(cx, self_)? {
                Some(line) => Ok(line),
                None => Err(cx.raise_with(Builtin::StopIteration, &[])),
            }
        }
        /// Helper for pickle.
        call fn __getstate__(cx; self_: Slot) -> () { Err(cannot_pickle(cx, self_)) }
        /// The encoding.
        get call fn encoding(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            Ok(cx.root(usable(cx, self_)?.encoding.get_or_none(cx)))
        }
        /// What happens to what cannot be encoded or decoded.
        get call fn errors(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            Ok(cx.root(usable(cx, self_)?.errors.get_or_none(cx)))
        }
        /// What lies below.
        get call fn buffer(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            match of(cx, self_)?.buffer.get(cx) {
                Some(buffer) => Ok(cx.root(buffer)),
                None if of(cx, self_)?.status.load(Ordering::Relaxed) == status::DETACHED => Ok(cx.root(Value::NONE)),
                None => Err(cx.raise(Builtin::AttributeError, "buffer")),
            }
        }
        /// Whether each line is written at once.
        get call fn line_buffering(cx; self_: Slot) -> bool { Ok(modes(cx, self_)?.line_buffering) }
        /// Whether nothing is collected.
        get call fn write_through(cx; self_: Slot) -> bool { Ok(modes(cx, self_)?.write_through) }
        /// The name of what lies below.
        get call fn name(cx; self_: Slot) -> Slot {
            let buffer = buffer_of(cx, self_)?;
            get(cx, buffer, "name")
        }
        /// Whether the file is closed.
        get call fn closed(cx; self_: Slot) -> Slot {
            if let Some(open) = is_open_plain(usable(cx, self_)?) {
                return Ok(cx.root(Value::bool(!open)));
            }
            let buffer = buffer_of(cx, self_)?;
            get(cx, buffer, "closed")
        }
        /// What ended lines that were read so far.
        get call fn newlines(cx; self_: Slot) -> Slot {
            usable(cx, self_)?;
            let here = inner(cx, self_, |inner| inner.coding.is_some().then_some(inner.newlines))?;
            if let Some(newlines) = here {
                let cx: &Ctx = cx;
                return Ok(cx.root(newlines.seen(cx)));
            }
            let decoder = cx.load(self_, |state: &Text| &state.decoder);
            let newlines = match decoder {
                Some(decoder) => get_opt(cx, decoder, "newlines")?,
                None => None,
            };
            Ok(newlines.unwrap_or_else(|| cx.root(Value::NONE)))
        }
        get call fn _CHUNK_SIZE(cx; self_: Slot) -> usize {
            usable(cx, self_)?;
            inner(cx, self_, |inner| inner.chunk)
        }
        set call fn _CHUNK_SIZE(cx; self_: Slot, value: Slot) -> () {
            usable(cx, self_)?;
            let chunk = number(cx, value)?;
            match usize::try_from(chunk).ok().filter(|chunk| *chunk > 0) {
                Some(chunk) => inner(cx, self_, |inner| inner.chunk = chunk),
                None => Err(cx.value_error("a strictly positive integer is required")),
            }
        }
        get call fn _finalizing(cx; self_: Slot) -> bool { Ok(of(cx, self_)?.finalizing.load(Ordering::Relaxed)) }
        set call fn _finalizing(cx; self_: Slot, value: Slot) -> () {
            let value = truth(cx, value)?;
            of(cx, self_)?.finalizing.store(value, Ordering::Relaxed);
            Ok(())
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let class = cx.type_name(cx.get(self_)).to_owned();
            if of(cx, self_)?.status.load(Ordering::Relaxed) == status::NEW {
                return Err(unusable(cx, status::NEW));
            }
            let name = base::shown_name(cx, self_)?;
            let mode = match get_opt(cx, self_, "mode")? {
                Some(mode) => format!(" mode={}", crate::ops::repr::repr(cx, mode)?),
                None => String::new(),
            };
            let encoding = cx.load(self_, |state: &Text| &state.encoding).unwrap_or_else(|| cx.root(Value::NONE));
            let encoding = crate::ops::repr::repr(cx, encoding)?;
            Ok(format!("<{class}{name}{mode} encoding={encoding}>"))
        }
    }
}

/// The `io.UnsupportedOperation` of what cannot be read.
fn not_readable(cx: &Ctx) -> Raised {
    unsupported(cx, "not readable")
}

/// The `io.UnsupportedOperation` of what cannot be written.
fn not_writable(cx: &Ctx) -> Raised {
    unsupported(cx, "not writable")
}

/// Sets `mode`, which `open` does.
pub(crate) fn set_mode(cx: &mut Ctx, file: Slot, mode: &str) -> Res<()> {
    let mode = cx.root(cx.str(mode));
    set(cx, file, "mode", mode)
}
