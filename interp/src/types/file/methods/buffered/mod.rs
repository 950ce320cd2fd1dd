//! `BufferedReader`, `BufferedWriter`, `BufferedRandom`: bytes over anything that reads and writes them.
//!
//! An operation holds the object's turn, as CPython's holds its lock, so operations of threads that share a file come one after
//! the other. What lies below may be a script's: it is called meanwhile, and gets a RuntimeError if it uses the object again.

mod position;
mod raw;
mod read;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};

pub(crate) use read::{overridden, read_all_bytes, read_some};
pub(crate) use write::write_bytes;

use super::file_io::{cannot_pickle, plain};
use super::{DEFAULT_BUFFER_SIZE, base, birth, both, get, invoke, is_exactly, says_closed, state, who};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::natives;
use crate::object::Field;
use crate::ops::truth::truth;
use crate::types::file::below::Below;
use crate::types::file::turn::Held;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// The state of a buffered file.
pub struct Buffered {
    /// What lies below.
    raw: Field,
    /// The buffers.
    pub(crate) below: Arc<Below>,
    /// What the class does.
    kind: Kind,
    /// A [`Status`]. Relaxed: a setting that `__init__` and `detach` make.
    status: AtomicU8,
    /// Whether the object is found dead (Relaxed: a plain setting).
    finalizing: AtomicBool,
}

impl NativeData for Buffered {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.raw];
    const NEXT: Option<crate::types::native::NextFn> = Some(read::next);
}

/// What a class of buffered files does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Reader,
    Writer,
    Random,
}

/// How far a file is.
pub(crate) mod status {
    /// Not initialised, or in vain.
    pub const NEW: u8 = 0;
    /// In use.
    pub const OPEN: u8 = 1;
    /// What lies below was taken away.
    pub const DETACHED: u8 = 2;
}

impl Kind {
    fn reads(self) -> bool {
        self != Kind::Writer
    }

    fn writes(self) -> bool {
        self != Kind::Reader
    }
}

/// An operation of a file: it has the turn as long as it lasts.
struct Operation {
    raw: Slot,
    below: Arc<Below>,
    kind: Kind,
}

impl Drop for Operation {
    fn drop(&mut self) {
        self.below.turn.give();
    }
}

fn of(cx: &Ctx, file: Slot) -> Res<&Buffered> {
    state::<Buffered>(cx, file, Builtin::BufferedReader)
}

#[cold]
fn unusable(cx: &Ctx, status: u8) -> Raised {
    match status {
        status::DETACHED => cx.value_error("raw stream has been detached"),
        _ => cx.value_error("I/O operation on uninitialized object"),
    }
}

/// The state of a file that is in use.
fn usable(cx: &Ctx, file: Slot) -> Res<&Buffered> {
    let state = of(cx, file)?;
    match state.status.load(Ordering::Relaxed) {
        status::OPEN => Ok(state),
        other => Err(unusable(cx, other)),
    }
}

/// What lies below a file that is in use.
fn raw_of(cx: &Ctx, file: Slot) -> Res<Slot> {
    Ok(cx.root(usable(cx, file)?.raw.get_or_none(cx)))
}

/// Begins an operation.
fn begin(cx: &mut Ctx, file: Slot) -> Res<Operation> {
    let (below, kind, raw) = {
        let cx: &Ctx = cx;
        let state = usable(cx, file)?;
        (Arc::clone(&state.below), state.kind, cx.root(state.raw.get_or_none(cx)))
    };
    let me = who(cx);
    if !below.turn.try_take(me) {
        if below.turn.is_of(me) {
            let shown = crate::ops::repr::repr(cx, file)?;
            return Err(cx.runtime_error(format!("reentrant call inside {shown}")));
        }
        cx.detached(|| below.turn.wait(me));
    }
    Ok(Operation { raw, below, kind })
}

/// The descriptor of what lies below, if that is plain.
fn plain_below(cx: &Ctx, file: Slot) -> Res<Option<bool>> {
    let state = usable(cx, file)?;
    Ok(state.below.buffers.with(|buffers| buffers.plain.as_ref().map(|plain| plain.is_open())))
}

/// Whether a file is closed.
pub(crate) fn is_closed(cx: &mut Ctx, file: Slot) -> Res<bool> {
    if let Some(open) = plain_below(cx, file)? {
        return Ok(!open);
    }
    let raw = raw_of(cx, file)?;
    says_closed(cx, raw)
}

/// Refuses a closed file; `what` begins the message ("read of").
fn check_open(cx: &mut Ctx, file: Slot, what: &str) -> Res<()> {
    if is_closed(cx, file)? { Err(cx.value_error(format!("{what} closed file"))) } else { Ok(()) }
}

fn new(cx: &Ctx, class: Slot, kind: Kind) -> Slot {
    let state = Buffered {
        raw: Field::unset(),
        below: Arc::default(),
        kind,
        status: AtomicU8::new(status::NEW),
        finalizing: AtomicBool::new(false),
    };
    cx.root(Native::alloc(cx, birth(cx, class), state))
}

/// A buffered file of a built-in class over a `FileIO`, whose modes fit.
pub(crate) fn over(cx: &Ctx, raw: Slot, class: Builtin, size: usize) -> Slot {
    let kind = match class {
        Builtin::BufferedReader => Kind::Reader,
        Builtin::BufferedWriter => Kind::Writer,
        _ => Kind::Random,
    };
    let file = new(cx, cx.root(Value::of(cx.class(class))), kind);
    attach(cx, file, raw, size);
    file
}

/// The buffers of a file that is exactly of a class of ours, in use and over a plain file.
pub(crate) fn plain_buffers(cx: &Ctx, file: Slot) -> Option<Arc<Below>> {
    let value = cx.get(file);
    let exact = [Builtin::BufferedReader, Builtin::BufferedWriter, Builtin::BufferedRandom];
    if !exact.into_iter().any(|class| is_exactly(cx, value, class)) {
        return None;
    }
    let state = usable(cx, file).ok()?;
    state.below.buffers.with(|buffers| buffers.plain.is_some()).then(|| Arc::clone(&state.below))
}

fn attach(cx: &Ctx, file: Slot, raw: Slot, size: usize) {
    let plain = plain(cx, raw).cloned();
    let Ok(state) = of(cx, file) else { return };
    state.below.buffers.with(|buffers| {
        buffers.plain = plain;
        buffers.size = size;
        buffers.position = None;
        buffers.forget();
        buffers.pending.clear();
    });
    cx.store(file, |state: &Buffered| &state.raw, raw);
    if state.kind.writes() {
        cx.interp().files.list_bytes(&state.below);
    }
    state.status.store(status::OPEN, Ordering::Relaxed);
}

fn init(cx: &mut Ctx, file: Slot, raw: Slot, size: i64) -> Res<()> {
    let kind = {
        let state = of(cx, file)?;
        state.status.store(status::NEW, Ordering::Relaxed);
        state.kind
    };
    if kind == Kind::Random {
        base::check_able(cx, raw, "seekable")?;
    }
    if kind.reads() {
        base::check_able(cx, raw, "readable")?;
    }
    if kind.writes() {
        base::check_able(cx, raw, "writable")?;
    }
    let Some(size) = usize::try_from(size).ok().filter(|size| *size > 0) else {
        return Err(cx.value_error("buffer size must be strictly positive"));
    };
    attach(cx, file, raw, size);
    if plain(cx, raw).is_none() {
        // Where it stands may be asked for now, and fail: then nobody knows.
        let position = raw::ask_position(cx, raw);
        match position {
            Ok(position) => of(cx, file)?.below.buffers.with(|buffers| buffers.position = Some(position)),
            Err(raised) => {
                cx.catch(raised, Builtin::Exception)?;
            }
        }
    }
    Ok(())
}

fn close(cx: &mut Ctx, file: Slot) -> Res<()> {
    let raw = raw_of(cx, file)?;
    {
        let _operation = begin(cx, file)?;
        if is_closed(cx, file)? {
            return Ok(());
        }
    }
    if of(cx, file)?.finalizing.load(Ordering::Relaxed) {
        warn_at_end(cx, raw, file)?;
    }
    both(cx, |cx| invoke(cx, file, "flush", &[]).map(|_| ()), |cx| invoke(cx, raw, "close", &[]).map(|_| ()))?;
    Ok(())
}

/// Has what lies below warn that it was not closed, if it can.
fn warn_at_end(cx: &mut Ctx, raw: Slot, source: Slot) -> Res<()> {
    if let Err(raised) = invoke(cx, raw, "_dealloc_warn", &[source]) {
        cx.catch(raised, Builtin::Exception)?;
    }
    Ok(())
}

fn detach(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    let raw = raw_of(cx, file)?;
    invoke(cx, file, "flush", &[])?;
    let state = of(cx, file)?;
    state.status.store(status::DETACHED, Ordering::Relaxed);
    state.below.buffers.with(|buffers| buffers.plain = None);
    cx.unset(file, |state: &Buffered| &state.raw);
    Ok(raw)
}

/// The arguments of the constructors.
fn buffer_size(size: Option<i64>) -> i64 {
    size.unwrap_or(DEFAULT_BUFFER_SIZE as i64)
}

natives! {
    /// Methods that all buffered files have.
    pub static COMMON = {
        /// Disconnect what lies below and return it.
        call fn detach(cx; self_: Slot) -> Slot { detach(cx, self_) }
        /// Flush and close the file.
        call fn close(cx; self_: Slot) -> () { close(cx, self_) }
        /// Whether the file has positions.
        call fn seekable(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            base::below_says(cx, raw, "seekable")
        }
        /// The number of the file descriptor.
        call fn fileno(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            base::below_says(cx, raw, "fileno")
        }
        /// Whether the file is a terminal.
        call fn isatty(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            base::below_says(cx, raw, "isatty")
        }
        call fn _dealloc_warn(cx; self_: Slot, source: Slot) -> () {
            if let Ok(raw) = raw_of(cx, self_) {
                warn_at_end(cx, raw, source)?;
            }
            Ok(())
        }
        /// Change the position.
        call fn seek(cx; self_: Slot, target: Slot, whence: i32 = 0) -> i64 { position::seek(cx, self_, target, whence) }
        /// The position.
        call fn tell(cx; self_: Slot) -> i64 { position::tell(cx, self_) }
        /// Cut the file off at a size, or at the position.
        call fn truncate(cx; self_: Slot, pos: Option<Slot> = None) -> Slot { position::truncate(cx, self_, pos) }
        /// What lies below.
        get call fn raw(cx; self_: Slot) -> Slot {
            let cx: &Ctx = cx;
            match of(cx, self_)?.raw.get(cx) {
                Some(raw) => Ok(cx.root(raw)),
                None if of(cx, self_)?.status.load(Ordering::Relaxed) == status::DETACHED => Ok(cx.root(Value::NONE)),
                None => Err(cx.raise(Builtin::AttributeError, "raw")),
            }
        }
        /// Whether the file is closed.
        get call fn closed(cx; self_: Slot) -> Slot {
            if let Some(open) = plain_below(cx, self_)? {
                return Ok(cx.root(Value::bool(!open)));
            }
            let raw = raw_of(cx, self_)?;
            get(cx, raw, "closed")
        }
        /// The name of what lies below.
        get call fn name(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            get(cx, raw, "name")
        }
        /// How what lies below was opened.
        get call fn mode(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            get(cx, raw, "mode")
        }
        get call fn _finalizing(cx; self_: Slot) -> bool { Ok(of(cx, self_)?.finalizing.load(Ordering::Relaxed)) }
        set call fn _finalizing(cx; self_: Slot, value: Slot) -> () {
            let value = truth(cx, value)?;
            of(cx, self_)?.finalizing.store(value, Ordering::Relaxed);
            Ok(())
        }
        /// Helper for pickle.
        call fn __getstate__(cx; self_: Slot) -> () { Err(cannot_pickle(cx, self_)) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let class = cx.type_name(cx.get(self_)).to_owned();
            let name = base::shown_name(cx, self_)?;
            Ok(format!("<{class}{name}>"))
        }
    }
}

natives! {
    /// Methods of what reads.
    pub static READS = {
        /// Read and return up to size bytes, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot { read::read(cx, self_, size) }
        /// Read and return up to size bytes, with at most one read of what lies below.
        call fn read1(cx; self_: Slot, size: i64 = -1) -> Slot { read::read1(cx, self_, size) }
        /// Return bytes without moving on: what is in the buffer, which is filled first if it is empty.
        call fn peek(cx; self_: Slot, size: i64 = 0) -> Slot { read::peek(cx, self_, size) }
        /// Read bytes into a buffer.
        call fn readinto(cx; self_: Slot, buffer: Slot) -> Slot { read::read_into(cx, self_, buffer, false) }
        /// Read bytes into a buffer, with at most one read of what lies below.
        call fn readinto1(cx; self_: Slot, buffer: Slot) -> Slot { read::read_into(cx, self_, buffer, true) }
        /// Read and return a line of at most size bytes.
        call fn readline(cx; self_: Slot, size: Option<Slot> = None) -> Slot { read::read_line_of(cx, self_, size) }
        /// Whether what lies below can be read.
        call fn readable(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            base::below_says(cx, raw, "readable")
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot { read::next_line(cx, self_) }
    }
}

natives! {
    /// Methods of what writes.
    pub static WRITES = {
        /// Write a buffer; returns how many bytes that are.
        call fn write(cx; self_: Slot, buffer: Slot) -> usize { write::write(cx, self_, buffer) }
        /// Write what is in the buffer.
        call fn flush(cx; self_: Slot) -> () { write::flush(cx, self_) }
        /// Whether what lies below can be written.
        call fn writable(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            base::below_says(cx, raw, "writable")
        }
    }
}

natives! {
    /// What only `BufferedReader` has.
    pub static READER = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            Ok(new(cx, args.get(0), Kind::Reader))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; raw: Slot, buffer_size: Option<i64> = None) -> () {
            init(cx, self_, raw, self::buffer_size(buffer_size))
        }
        /// Flush what lies below.
        call fn flush(cx; self_: Slot) -> Slot {
            let raw = raw_of(cx, self_)?;
            invoke(cx, raw, "flush", &[])
        }
    }
}

natives! {
    /// What only `BufferedWriter` has.
    pub static WRITER = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            Ok(new(cx, args.get(0), Kind::Writer))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; raw: Slot, buffer_size: Option<i64> = None) -> () {
            init(cx, self_, raw, self::buffer_size(buffer_size))
        }
    }
}

natives! {
    /// What only `BufferedRandom` has.
    pub static RANDOM = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            Ok(new(cx, args.get(0), Kind::Random))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; raw: Slot, buffer_size: Option<i64> = None) -> () {
            init(cx, self_, raw, self::buffer_size(buffer_size))
        }
    }
}

/// Tries to hold the turn of some buffers, without waiting.
pub(crate) fn hold<'a>(cx: &Ctx, below: &'a Below) -> Option<Held<'a>> {
    Held::try_take(&below.turn, who(cx))
}
