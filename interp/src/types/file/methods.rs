//! Methods of files.

use std::io::{self, IsTerminal, SeekFrom};
use std::os::fd::AsRawFd;
use std::sync::Arc;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::natives;
use crate::ops::iter;
use crate::types::exception::os_error;
use crate::types::file::stream::{Buffering, Ending, Stream};
use crate::types::file::{
    File, FileSpec, Newline, closed_error, state, with_stream, with_stream_to, write_bytes, write_text,
};
use crate::types::list::List;
use crate::value::Value;

/// The `io.UnsupportedOperation` of a file that was opened for something else.
fn unsupported(cx: &mut Ctx, message: &str) -> Raised {
    let text = cx.root(cx.str(message));
    let made = (cx.interp().hooks.import_module)(cx, "io").and_then(|module| {
        let name = cx.root(cx.intern("UnsupportedOperation"));
        let class = crate::ops::attr::get_attr(cx, module, name)?;
        cx.call(class, &[text])
    });
    match made {
        Ok(exception) => cx.raise_value(cx.get(exception)),
        Err(raised) => raised,
    }
}

fn check_readable(cx: &mut Ctx, file: Slot) -> Res<()> {
    let (readable, text) = {
        let state = state(cx, file)?;
        (state.access.read, state.text.is_some())
    };
    match (readable, text) {
        (true, _) => Ok(()),
        (false, true) => Err(unsupported(cx, "not readable")),
        (false, false) => Err(unsupported(cx, "read")),
    }
}

fn check_writable(cx: &mut Ctx, file: Slot) -> Res<()> {
    let (writable, text) = {
        let state = state(cx, file)?;
        (state.access.write, state.text.is_some())
    };
    match (writable, text) {
        (true, _) => Ok(()),
        (false, true) => Err(unsupported(cx, "not writable")),
        (false, false) => Err(unsupported(cx, "write")),
    }
}

/// What was read, as the file's mode shows it.
fn show(cx: &Ctx, file: Slot, bytes: &[u8]) -> Res<Slot> {
    let Some(mode) = state(cx, file)?.text else { return Ok(cx.root(cx.bytes(bytes))) };
    let mut text = mode.encoding.decode(cx, bytes, mode.errors)?;
    if mode.newline == Newline::Universal && text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    Ok(cx.root(cx.str(&text)))
}

fn limit(size: Option<i64>) -> Option<usize> {
    size.and_then(|size| usize::try_from(size).ok())
}

fn read(cx: &mut Ctx, file: Slot, size: Option<i64>) -> Res<Slot> {
    check_readable(cx, file)?;
    let text = state(cx, file)?.text.is_some();
    let limit = limit(size);
    let bytes = with_stream_to(cx, file, "read of", |stream| match limit {
        Some(count) if text => stream.read_chars(count),
        limit => stream.read(limit),
    })?;
    show(cx, file, &bytes)
}

/// The next line; empty at the end.
pub fn read_line(cx: &mut Ctx, file: Slot, size: Option<i64>) -> Res<Slot> {
    check_readable(cx, file)?;
    let ending = match state(cx, file)?.text.map(|mode| mode.newline) {
        Some(Newline::Universal | Newline::Untranslated) => Ending::Any,
        Some(Newline::CarriageReturn) => Ending::Return,
        Some(Newline::Both) => Ending::ReturnFeed,
        Some(Newline::LineFeed) | None => Ending::Feed,
    };
    let limit = limit(size);
    let bytes = with_stream_to(cx, file, "readline of", |stream| stream.read_line(ending, limit))?;
    show(cx, file, &bytes)
}

fn is_empty(cx: &Ctx, line: Slot) -> bool {
    let line = cx.get(line);
    line.as_str().is_some_and(str::is_empty) || line.as_bytes().is_some_and(<[u8]>::is_empty)
}

fn write(cx: &mut Ctx, file: Slot, data: Slot) -> Res<usize> {
    check_writable(cx, file)?;
    let (text, got) = (state(cx, file)?.text.is_some(), cx.get(data));
    if text {
        let Some(text) = got.as_str() else {
            return Err(cx.type_error(format!("write() argument must be str, not {}", cx.type_name(got))));
        };
        let text = text.to_owned();
        write_text(cx, file, &text)?;
        return Ok(text.chars().count());
    }
    let Some(bytes) = got.as_bytes() else {
        return Err(cx.type_error(format!("a bytes-like object is required, not '{}'", cx.type_name(got))));
    };
    let bytes = bytes.to_vec();
    write_bytes(cx, file, &bytes)?;
    Ok(bytes.len())
}

fn seek_target(cx: &Ctx, offset: i64, whence: i64, text: bool) -> Res<SeekFrom> {
    match (whence, u64::try_from(offset)) {
        (0, Ok(offset)) => Ok(SeekFrom::Start(offset)),
        (0, Err(_)) if text => Err(cx.value_error(format!("negative seek position {offset}"))),
        (0, Err(_)) => Err(os_error::raise(cx, &io::Error::from_raw_os_error(libc::EINVAL), None)),
        (1, _) => Ok(SeekFrom::Current(offset)),
        (2, _) => Ok(SeekFrom::End(offset)),
        _ if !text => Err(cx.value_error(format!("whence value {whence} unsupported"))),
        _ => Err(cx.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    }
}

fn close(cx: &mut Ctx, file: Slot) -> Res<()> {
    let stream = Arc::clone(&state(cx, file)?.stream);
    match cx.detached(|| stream.lock().close()) {
        Ok(()) => Ok(()),
        Err(error) => Err(crate::types::exception::os_error::raise(cx, &error, None)),
    }
}

fn check_open(cx: &mut Ctx, file: Slot, what: &str) -> Res<()> {
    if ask(cx, file, Stream::is_closed)? { Err(closed_error(cx, file, what)) } else { Ok(()) }
}

/// Asks a stream something that takes no time.
fn ask<R>(cx: &mut Ctx, file: Slot, f: impl FnOnce(&Stream) -> R) -> Res<R> {
    let stream = Arc::clone(&state(cx, file)?.stream);
    Ok(cx.detached(|| f(&stream.lock())))
}

natives! {
    /// Methods of files.
    pub static METHODS = {
        /// Read and return up to size characters or bytes, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<i64> = None) -> Slot { read(cx, self_, size) }
        /// Read and return one line.
        call fn readline(cx; self_: Slot, size: Option<i64> = None) -> Slot { read_line(cx, self_, size) }
        /// Return a list of lines; no more are read once they have hint characters together.
        call fn readlines(cx; self_: Slot, hint: Option<i64> = None) -> Slot {
            let lines = cx.root(Value::of(List::alloc(cx)));
            let mut total = 0;
            loop {
                let done = cx.scope(|cx| {
                    let line = read_line(cx, self_, None)?;
                    if is_empty(cx, line) {
                        return Ok(true);
                    }
                    total += cx.get(line).as_str().map_or(1, str::len) as i64;
                    if let Some(list) = cx.get(lines).cast::<List>() {
                        list.push(cx, cx.get(line));
                    }
                    Ok(hint.is_some_and(|hint| hint > 0 && total >= hint))
                })?;
                if done {
                    return Ok(lines);
                }
            }
        }
        /// Write a string or bytes; returns how many characters or bytes were written.
        call fn write(cx; self_: Slot, data: Slot) -> usize { write(cx, self_, data) }
        /// Write each string or bytes of an iterable.
        call fn writelines(cx; self_: Slot, lines: Slot) -> () {
            iter::for_each(cx, lines, |cx, line| {
                write(cx, self_, line)?;
                Ok(true)
            })
        }
        /// Write what is in the buffer.
        call fn flush(cx; self_: Slot) -> () { with_stream(cx, self_, Stream::flush) }
        /// Flush and close the file.
        call fn close(cx; self_: Slot) -> () { close(cx, self_) }
        /// Go to a position; returns it.
        call fn seek(cx; self_: Slot, offset: i64, whence: i64 = 0) -> usize {
            let text = state(cx, self_)?.text.is_some();
            if text && whence != 0 && offset != 0 {
                let from = if whence == 1 { "cur" } else { "end" };
                return Err(unsupported(cx, &format!("can't do nonzero {from}-relative seeks")));
            }
            check_open(cx, self_, "seek of")?;
            let to = seek_target(cx, offset, whence, text)?;
            Ok(with_stream_to(cx, self_, "seek of", |stream| stream.seek(to))? as usize)
        }
        /// The position.
        call fn tell(cx; self_: Slot) -> usize { Ok(with_stream_to(cx, self_, "I/O operation on", Stream::tell)? as usize) }
        /// Cut the file off at a size, or at the position.
        call fn truncate(cx; self_: Slot, size: Option<i64> = None) -> usize {
            check_open(cx, self_, "truncate of")?;
            if !state(cx, self_)?.access.write {
                return Err(unsupported(cx, "truncate"));
            }
            let size = size.and_then(|size| u64::try_from(size).ok());
            Ok(with_stream_to(cx, self_, "truncate of", |stream| stream.truncate(size))? as usize)
        }
        /// The number of the file descriptor.
        call fn fileno(cx; self_: Slot) -> i64 {
            match ask(cx, self_, |stream| stream.file().map(AsRawFd::as_raw_fd))? {
                Some(fd) => Ok(i64::from(fd)),
                None => Err(cx.value_error("I/O operation on closed file")),
            }
        }
        /// Whether the file is a terminal.
        call fn isatty(cx; self_: Slot) -> bool {
            match ask(cx, self_, |stream| stream.file().map(IsTerminal::is_terminal))? {
                Some(answer) => Ok(answer),
                None => Err(cx.value_error("I/O operation on closed file")),
            }
        }
        /// Whether the file may be read.
        call fn readable(cx; self_: Slot) -> bool {
            check_open(cx, self_, "I/O operation on")?;
            Ok(state(cx, self_)?.access.read)
        }
        /// Whether the file may be written.
        call fn writable(cx; self_: Slot) -> bool {
            check_open(cx, self_, "I/O operation on")?;
            Ok(state(cx, self_)?.access.write)
        }
        /// Whether the file has positions.
        call fn seekable(cx; self_: Slot) -> bool {
            check_open(cx, self_, "I/O operation on")?;
            ask(cx, self_, |stream| stream.file().is_some_and(|mut file| std::io::Seek::stream_position(&mut file).is_ok()))
        }
        /// Changes how a text file buffers.
        call fn reconfigure(cx; self_: Slot; ; line_buffering: Option<bool> = None, encoding: Option<Slot> = None,
            errors: Option<Slot> = None) -> () {
            let _ = (encoding, errors);
            let stream = Arc::clone(&state(cx, self_)?.stream);
            if let Some(line) = line_buffering {
                cx.detached(|| stream.lock().buffering = if line { Buffering::Line } else { Buffering::Full });
            }
            Ok(())
        }
        /// Enter the context: returns the file.
        call fn __enter__(cx; self_: Slot) -> Slot {
            check_open(cx, self_, "")?;
            Ok(self_)
        }
        /// Leave the context: closes the file.
        call fn __exit__(cx; self_: Slot; *_exception) -> () { close(cx, self_) }
        /// Implement iter(self).
        call fn __iter__(cx; self_: Slot) -> Slot {
            check_open(cx, self_, "")?;
            Ok(self_)
        }
        /// The next line.
        call fn __next__(cx; self_: Slot) -> Slot {
            let line = read_line(cx, self_, None)?;
            if is_empty(cx, line) { Err(cx.raise_with(Builtin::StopIteration, &[])) } else { Ok(line) }
        }
        /// The path, or the number of the descriptor.
        get call fn name(cx; self_: Slot) -> Slot {
            let name = state(cx, self_)?.name.get_or_none(cx);
            Ok(cx.root(name))
        }
        /// How the file was opened.
        get call fn mode(cx; self_: Slot) -> String { Ok(state(cx, self_)?.mode.clone()) }
        /// Whether the file is closed.
        get call fn closed(cx; self_: Slot) -> bool { ask(cx, self_, Stream::is_closed) }
        /// The encoding of a text file.
        get call fn encoding(cx; self_: Slot) -> &'static str {
            match state(cx, self_)?.text {
                Some(mode) => Ok(mode.encoding.name()),
                None => Err(cx.raise(Builtin::AttributeError, "a file of bytes has no attribute 'encoding'")),
            }
        }
        /// What happens to what cannot be encoded.
        get call fn errors(cx; self_: Slot) -> &'static str {
            match state(cx, self_)?.text {
                Some(mode) => Ok(mode.errors.name()),
                None => Err(cx.raise(Builtin::AttributeError, "a file of bytes has no attribute 'errors'")),
            }
        }
        /// Whether each line is written at once.
        get call fn line_buffering(cx; self_: Slot) -> bool {
            ask(cx, self_, |stream| stream.buffering == Buffering::Line)
        }
        /// The same file as bytes.
        get call fn buffer(cx; self_: Slot) -> Slot {
            let (stream, access, mode) = {
                let state = state(cx, self_)?;
                (Arc::clone(&state.stream), state.access, format!("{}b", state.mode))
            };
            let name = state(cx, self_)?.name.get_or_none(cx);
            let file = File::alloc(cx, FileSpec { stream, text: None, access, mode, name });
            Ok(cx.root(file))
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let class = cx.type_name(cx.get(self_)).to_owned();
            let name = cx.root(state(cx, self_)?.name.get_or_none(cx));
            let name = crate::ops::repr::repr(cx, name)?;
            let state = state(cx, self_)?;
            Ok(match state.text {
                Some(mode) => {
                    let encoding = if mode.encoding == super::encoding::Encoding::Utf8 { "UTF-8" } else { mode.encoding.name() };
                    format!("<{class} name={name} mode='{}' encoding='{encoding}'>", state.mode)
                }
                None => format!("<{class} name={name}>"),
            })
        }
    }
}
