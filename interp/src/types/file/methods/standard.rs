//! The standard streams.

use std::io::IsTerminal;
use std::os::fd::{AsRawFd, BorrowedFd};

use super::text::{Plain, over as text_over};
use super::{DEFAULT_BUFFER_SIZE, buffered, file_io, text};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::ops::attr::find::with_attrs;
use crate::options::Switch;
use crate::types::instance;
use crate::value::{Value, Word};

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
    let made = cx.get(make(cx, which));
    crate::barrier::publish(cx, made);
    field.compare_exchange(Word::UNSET, made.word());
    field.get_or_none(cx)
}

fn make(cx: &Ctx, which: Standard) -> Slot {
    let fd: BorrowedFd<'static> = match which {
        Standard::In => rustix::stdio::stdin(),
        Standard::Out => rustix::stdio::stdout(),
        Standard::Err => rustix::stdio::stderr(),
    };
    let terminal = IsTerminal::is_terminal(&fd);
    let unbuffered = cx.interp().config.options.is_on(Switch::Unbuffered);
    let (name, mode, writes) = match which {
        Standard::In => ("<stdin>", "r", false),
        Standard::Out => ("<stdout>", "w", true),
        Standard::Err => ("<stderr>", "w", true),
    };
    let raw = file_io::standard(cx, fd.as_raw_fd(), writes);
    set_plain(cx, raw, "name", name);
    let class = if writes { Builtin::BufferedWriter } else { Builtin::BufferedReader };
    let direct = writes && unbuffered;
    let buffer = if direct { raw } else { buffered::over(cx, raw, class, DEFAULT_BUFFER_SIZE) };
    let plain = Plain {
        encoding: "utf-8",
        errors: if which == Standard::Err { "backslashreplace" } else { "strict" },
        reads: !writes,
        line_buffering: which == Standard::Err || terminal || direct,
        write_through: direct,
    };
    let seekable = rustix::fs::seek(fd, rustix::fs::SeekFrom::Current(0)).is_ok();
    let file = text_over(cx, buffer, &plain, seekable);
    set_plain(cx, file, "mode", mode);
    file
}

/// Sets an attribute of a new object of ours, which runs no script code.
fn set_plain(cx: &Ctx, object: Slot, name: &str, value: &str) {
    if let Some(header) = with_attrs(cx.get(object)) {
        instance::set_own(cx, header, cx.intern(name), cx.str(value));
    }
}

/// Writes what standard output still holds, at the end. What was raised if that fails; nothing is done if it is closed.
pub fn flush_output(cx: &mut Ctx) -> Option<Raised> {
    let stdout = cx.root(standard(cx, Standard::Out));
    let closed = super::says_closed(cx, stdout);
    let flushed: Res<()> = match closed {
        Ok(true) => Ok(()),
        Ok(false) => text::flush(cx, stdout),
        Err(raised) => Err(raised),
    };
    flushed.err()
}
