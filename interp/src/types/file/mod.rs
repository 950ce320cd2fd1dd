//! Files: text or bytes over a buffered [`Stream`].
//!
//! The stream is behind a mutex of its own, taken only while detached (or tried, where that suffices), so a thread that
//! waits for a file holds up nobody else.

pub mod encoding;
pub mod methods;
pub mod stream;

use std::io;
use std::os::fd::BorrowedFd;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::object::Field;
use crate::types::exception::os_error;
use crate::types::file::encoding::{Encoding, Errors};
use crate::types::file::stream::{Access, Buffering, Stream};
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// What ends a line in a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newline {
    /// Any of three, all read as `\n` (`newline=None`).
    Universal,
    /// Any of three, read as they are (`newline=''`).
    Untranslated,
    /// `\n`.
    LineFeed,
    /// `\r`.
    CarriageReturn,
    /// `\r\n`.
    Both,
}

/// How a text file's bytes are read as text.
#[derive(Clone, Copy, Debug)]
pub struct TextMode {
    /// The encoding.
    pub encoding: Encoding,
    /// What to do about what cannot be decoded or encoded.
    pub errors: Errors,
    /// What ends a line.
    pub newline: Newline,
}

/// The state of a file object.
pub struct File {
    /// The bytes.
    pub stream: Arc<Mutex<Stream>>,
    /// How they are read as text; `None` for a file of bytes.
    pub text: Option<TextMode>,
    /// What it may be used for.
    pub access: Access,
    /// `mode` as scripts see it.
    pub mode: String,
    /// `name`: a path or a number.
    pub name: Field,
}

impl NativeData for File {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.name];
}

/// The streams that may have to be flushed before another file is opened, and at the end.
#[derive(Default)]
pub struct OpenStreams(Mutex<Vec<Weak<Mutex<Stream>>>>);

impl OpenStreams {
    fn remember(&self, stream: &Arc<Mutex<Stream>>) {
        let mut all = self.0.lock();
        all.retain(|stream| stream.strong_count() > 0);
        all.push(Arc::downgrade(stream));
    }

    /// Writes what is pending anywhere. A stream that somebody is using at the moment is left to them.
    pub fn flush(&self) {
        let all: Vec<_> = self.0.lock().iter().filter_map(Weak::upgrade).collect();
        for stream in all {
            if let Some(mut stream) = stream.try_lock() {
                // What fails to be written here fails again, with a report, when the file is closed.
                let _ = stream.flush();
            }
        }
    }
}

/// What [`File::alloc`] makes a file of.
pub struct FileSpec<'h> {
    /// The bytes.
    pub stream: Arc<Mutex<Stream>>,
    /// How they are read as text.
    pub text: Option<TextMode>,
    /// What it may be used for.
    pub access: Access,
    /// `mode`.
    pub mode: String,
    /// `name`.
    pub name: Value<'h>,
}

impl File {
    /// A file object.
    pub fn alloc<'h>(cx: &'h Ctx, spec: FileSpec<'h>) -> Value<'h> {
        let class = match (spec.text, spec.access.read, spec.access.write) {
            (Some(_), ..) => Builtin::TextIoWrapper,
            (None, true, true) => Builtin::BufferedRandom,
            (None, _, true) => Builtin::BufferedWriter,
            (None, _, false) => Builtin::BufferedReader,
        };
        cx.interp().files.remember(&spec.stream);
        let file = File {
            stream: spec.stream,
            text: spec.text,
            access: spec.access,
            mode: spec.mode,
            name: Field::new(spec.name),
        };
        Native::alloc(cx, class, file)
    }
}

/// A standard stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standard {
    /// Standard input.
    In,
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// The file object of a standard stream; the same each time.
pub fn standard(cx: &Ctx, which: Standard) -> Value<'_> {
    let field = &cx.interp().stdio[which as usize];
    if let Some(file) = field.get(cx) {
        return file;
    }
    let made = make_standard(cx, which);
    crate::barrier::publish(cx, made);
    field.compare_exchange(crate::value::Word::UNSET, made.word());
    field.get_or_none(cx)
}

fn make_standard(cx: &Ctx, which: Standard) -> Value<'_> {
    let fd: BorrowedFd<'static> = match which {
        Standard::In => rustix::stdio::stdin(),
        Standard::Out => rustix::stdio::stdout(),
        Standard::Err => rustix::stdio::stderr(),
    };
    let terminal = io::IsTerminal::is_terminal(&fd);
    let unbuffered = std::env::var_os("PYTHONUNBUFFERED").is_some_and(|value| !value.is_empty());
    let buffering = match which {
        Standard::Err => Buffering::Line,
        Standard::Out if unbuffered => Buffering::None,
        _ if terminal => Buffering::Line,
        _ => Buffering::Full,
    };
    let (access, name, mode) = match which {
        Standard::In => (Access { read: true, write: false }, "<stdin>", "r"),
        Standard::Out => (Access { read: false, write: true }, "<stdout>", "w"),
        Standard::Err => (Access { read: false, write: true }, "<stderr>", "w"),
    };
    let mut stream = Stream::borrowed(fd, access, buffering);
    stream.has_other_writers = access.write;
    let errors = if which == Standard::Err { Errors::BackslashReplace } else { Errors::Strict };
    let text = TextMode { encoding: Encoding::Utf8, errors, newline: Newline::Universal };
    File::alloc(
        cx,
        FileSpec {
            stream: Arc::new(Mutex::new(stream)),
            text: Some(text),
            access,
            mode: mode.into(),
            name: cx.str(name),
        },
    )
}

/// The state of a file in a slot, or the TypeError of a method called on something else.
pub fn state(cx: &Ctx, file: Slot) -> Res<&File> {
    cx.get(file).native::<File>().ok_or_else(|| {
        let got = cx.type_name(cx.get(file));
        cx.type_error(format!("descriptor requires a file object but received a '{got}'"))
    })
}

/// The ValueError of a closed file. `what` was tried: files of bytes say so.
pub fn closed_error(cx: &Ctx, file: Slot, what: &str) -> Raised {
    match state(cx, file) {
        Ok(state) if state.text.is_none() && !what.is_empty() => cx.value_error(format!("{what} closed file")),
        _ => cx.value_error("I/O operation on closed file."),
    }
}

/// Uses a file's stream off the lock. An interrupted call is tried again after a safepoint.
pub fn with_stream<R>(cx: &mut Ctx, file: Slot, f: impl Fn(&mut Stream) -> io::Result<R>) -> Res<R> {
    with_stream_to(cx, file, "", f)
}

/// The same; `what` begins the message of a closed file of bytes ("read of").
pub fn with_stream_to<R>(cx: &mut Ctx, file: Slot, what: &str, f: impl Fn(&mut Stream) -> io::Result<R>) -> Res<R> {
    let stream = Arc::clone(&state(cx, file)?.stream);
    loop {
        let result = cx.detached(|| {
            let mut stream = stream.lock();
            if stream.is_closed() { None } else { Some(f(&mut stream)) }
        });
        match result {
            None => return Err(closed_error(cx, file, what)),
            Some(Ok(result)) => return Ok(result),
            Some(Err(error)) if error.kind() == io::ErrorKind::Interrupted => cx.poll()?,
            Some(Err(error)) => return Err(os_error::raise(cx, &error, None)),
        }
    }
}

/// Writes bytes: into the buffer if that is enough, else off the lock.
pub fn write_bytes(cx: &mut Ctx, file: Slot, bytes: &[u8]) -> Res<()> {
    let done = state(cx, file)?.stream.try_lock().is_some_and(|mut stream| stream.try_buffer(bytes));
    if done {
        return Ok(());
    }
    // Not tried again after an interrupt: what was written would be written twice. `write_all` retries itself.
    with_stream_to(cx, file, "write to", |stream| stream.write(bytes))
}

/// Writes text in the file's encoding.
pub fn write_text(cx: &mut Ctx, file: Slot, text: &str) -> Res<()> {
    let mode = match state(cx, file)?.text {
        Some(mode) => mode,
        None => return write_bytes(cx, file, text.as_bytes()),
    };
    let translated = match mode.newline {
        Newline::CarriageReturn => Some(text.replace('\n', "\r")),
        Newline::Both => Some(text.replace('\n', "\r\n")),
        _ => None,
    };
    let text = translated.as_deref().unwrap_or(text);
    let bytes = mode.encoding.encode(cx, text, mode.errors)?;
    write_bytes(cx, file, &bytes)
}
