//! The abstract classes: `_IOBase`, and what raw, buffered and text files derive from.

use super::{
    DEFAULT_BUFFER_SIZE, closed_error, get, get_opt, invoke, is, says_closed, set, size as size_of, unsupported,
};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::natives;
use crate::ops::{item, iter};
use crate::types::bytearray::ByteArray;
use crate::types::bytes::buffer::{self, Target};
use crate::types::list::List;
use crate::value::Value;

/// The attribute by which `_IOBase` remembers that it was closed.
const CLOSED: &str = "__IOBase_closed";

/// Refuses a closed file, whatever it is.
pub(crate) fn check_open(cx: &mut Ctx, file: Slot) -> Res<()> {
    if says_closed(cx, file)? { Err(closed_error(cx)) } else { Ok(()) }
}

/// Refuses a file that says no: `method` asks it.
pub(crate) fn check_able(cx: &mut Ctx, file: Slot, method: &str) -> Res<Slot> {
    let answer = invoke(cx, file, method, &[])?;
    if cx.get(answer) == Value::TRUE {
        return Ok(answer);
    }
    Err(unsupported(cx, &format!("File or stream is not {method}.")))
}

/// Creates a class's method that this kind of file does not have.
fn lacks<T>(cx: &Ctx, name: &str) -> Res<T> {
    Err(unsupported(cx, name))
}

/// What a method should have returned as a bytes object.
fn bytes_of<'h>(cx: &'h Ctx, value: Slot, method: &str) -> Res<&'h [u8]> {
    cx.get(value).as_bytes().ok_or_else(|| {
        let got = cx.type_name(cx.get(value));
        cx.raise(Builtin::OSError, format!("{method}() should have returned a bytes object, not '{got}'"))
    })
}

/// How many of the bytes that `peek` shows belong to the line, at least 1.
fn line_part(cx: &mut Ctx, file: Slot, peek: Slot, left: Option<usize>) -> Res<usize> {
    let _ = file;
    cx.scope(|cx| {
        let one = cx.root(cx.int(1));
        let ahead = cx.call(peek, &[one])?;
        let ahead = bytes_of(cx, ahead, "peek")?;
        let ahead = &ahead[..ahead.len().min(left.unwrap_or(usize::MAX))];
        Ok(match ahead.iter().position(|byte| *byte == b'\n') {
            Some(end) => end + 1,
            None => ahead.len().max(1),
        })
    })
}

fn read_line(cx: &mut Ctx, file: Slot, limit: Option<usize>) -> Res<Slot> {
    let peek = get_opt(cx, file, "peek")?;
    let mut line = Vec::new();
    while limit.is_none_or(|limit| line.len() < limit) {
        let left = limit.map(|limit| limit - line.len());
        let count = match peek {
            Some(peek) => line_part(cx, file, peek, left)?,
            None => 1,
        };
        let ended = cx.scope(|cx| {
            let count = cx.root(cx.uint(count as u64));
            let read = invoke(cx, file, "read", &[count])?;
            let read = bytes_of(cx, read, "read")?;
            memory::reserve(&mut line, read.len());
            line.extend_from_slice(read);
            Ok(read.is_empty() || read.ends_with(b"\n"))
        })?;
        if ended {
            break;
        }
        cx.poll()?;
    }
    Ok(cx.root(cx.bytes(&line)))
}

/// Closes a file that is found dead; what that raises, nobody hears of.
fn finalize(cx: &mut Ctx, file: Slot) -> Res<()> {
    let closed = match says_closed(cx, file) {
        Ok(closed) => closed,
        Err(raised) => {
            cx.catch(raised, Builtin::Exception)?;
            false
        }
    };
    if closed {
        return Ok(());
    }
    let yes = cx.root(Value::TRUE);
    if let Err(raised) = set(cx, file, "_finalizing", yes) {
        cx.catch(raised, Builtin::Exception)?;
    }
    if let Err(raised) = invoke(cx, file, "close", &[]) {
        cx.catch(raised, Builtin::Exception)?;
    }
    Ok(())
}

/// Each line that iterating gives, until they have `hint` bytes or characters together.
fn read_lines(cx: &mut Ctx, file: Slot, hint: Option<usize>) -> Res<Slot> {
    let Some(hint) = hint.filter(|hint| *hint > 0) else { return iter::collect(cx, file) };
    let lines = cx.root(Value::of(List::alloc(cx)));
    let mut total = 0;
    iter::for_each(cx, file, |cx, line| {
        iter::push(cx, lines, line)?;
        total += item::len(cx, line)?;
        Ok(total < hint)
    })?;
    Ok(lines)
}

natives! {
    /// Methods of `_IOBase`.
    pub static IO_BASE = {
        /// Change the stream position to the given byte offset.
        call fn seek(cx; self_: Slot, _offset: Slot, _whence: Option<Slot> = None) -> () { lacks(cx, "seek") }
        /// Return the current stream position.
        call fn tell(cx; self_: Slot) -> Slot {
            let args = [cx.root(cx.int(0)), cx.root(cx.int(1))];
            invoke(cx, self_, "seek", &args)
        }
        /// Truncate the file to size bytes.
        call fn truncate(cx; self_: Slot, _size: Option<Slot> = None) -> () { lacks(cx, "truncate") }
        /// Flush the write buffers of the stream, if there are any.
        call fn flush(cx; self_: Slot) -> () {
            match get_opt(cx, self_, CLOSED)? {
                Some(_) => Err(closed_error(cx)),
                None => Ok(()),
            }
        }
        /// Flush and close the stream.
        call fn close(cx; self_: Slot) -> () {
            if get_opt(cx, self_, CLOSED)?.is_some() {
                return Ok(());
            }
            super::both(cx, |cx| invoke(cx, self_, "flush", &[]).map(|_| ()), |cx| {
                let yes = cx.root(Value::TRUE);
                set(cx, self_, CLOSED, yes)
            })
        }
        /// Whether the stream is closed.
        get call fn closed(cx; self_: Slot) -> bool { Ok(get_opt(cx, self_, CLOSED)?.is_some()) }
        /// Return whether the stream supports random access.
        call fn seekable(cx; self_: Slot) -> bool { Ok(false) }
        /// Return whether the stream was opened for reading.
        call fn readable(cx; self_: Slot) -> bool { Ok(false) }
        /// Return whether the stream was opened for writing.
        call fn writable(cx; self_: Slot) -> bool { Ok(false) }
        call fn _checkClosed(cx; self_: Slot, _msg: Option<Slot> = None) -> () { check_open(cx, self_) }
        call fn _checkSeekable(cx; self_: Slot, _msg: Option<Slot> = None) -> Slot { check_able(cx, self_, "seekable") }
        call fn _checkReadable(cx; self_: Slot, _msg: Option<Slot> = None) -> Slot { check_able(cx, self_, "readable") }
        call fn _checkWritable(cx; self_: Slot, _msg: Option<Slot> = None) -> Slot { check_able(cx, self_, "writable") }
        /// Return the file descriptor of the stream.
        call fn fileno(cx; self_: Slot) -> () { lacks(cx, "fileno") }
        /// Return whether the stream is a terminal.
        call fn isatty(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(false)
        }
        call fn __enter__(cx; self_: Slot) -> Slot {
            check_open(cx, self_)?;
            Ok(self_)
        }
        call fn __exit__(cx; self_: Slot, *_exception) -> Slot { invoke(cx, self_, "close", &[]) }
        /// Implement iter(self).
        call fn __iter__(cx; self_: Slot) -> Slot {
            check_open(cx, self_)?;
            Ok(self_)
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            let line = invoke(cx, self_, "readline", &[])?;
            if item::len(cx, line)? == 0 { Err(cx.raise_with(Builtin::StopIteration, &[])) } else { Ok(line) }
        }
        /// Read and return a line of at most size bytes.
        call fn readline(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let limit = size_of(cx, size)?;
            read_line(cx, self_, limit)
        }
        /// Return a list of lines; no more are read once they have hint bytes or characters together.
        call fn readlines(cx; self_: Slot, hint: Option<Slot> = None) -> Slot {
            let hint = size_of(cx, hint)?;
            read_lines(cx, self_, hint)
        }
        /// Write each line of a list, without separators between them.
        call fn writelines(cx; self_: Slot, lines: Slot) -> () {
            check_open(cx, self_)?;
            iter::for_each(cx, lines, |cx, line| {
                invoke(cx, self_, "write", &[line])?;
                Ok(true)
            })
        }
        /// Close the stream when it is dead.
        call fn __del__(cx; self_: Slot) -> () { finalize(cx, self_) }
    }
}

/// The TypeError of a method that should have given bytes.
fn not_bytes(cx: &Ctx) -> Raised {
    cx.type_error("read() should return bytes")
}

/// `readall` in terms of `read`; `None` the object if the first read would block.
pub(crate) fn read_all(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    let mut all = Vec::new();
    let mut any = false;
    loop {
        let more = cx.scope(|cx| {
            let count = cx.root(cx.uint(DEFAULT_BUFFER_SIZE as u64));
            let read = invoke(cx, file, "read", &[count])?;
            if cx.get(read).is_none() {
                return Ok(false);
            }
            let read = cx.get(read).as_bytes().ok_or_else(|| not_bytes(cx))?;
            any = true;
            memory::reserve(&mut all, read.len());
            all.extend_from_slice(read);
            Ok(!read.is_empty())
        })?;
        if !more {
            return Ok(cx.root(if any { cx.bytes(&all) } else { Value::NONE }));
        }
        cx.poll()?;
    }
}

natives! {
    /// Methods of `_RawIOBase`.
    pub static RAW_IO_BASE = {
        /// Read up to size bytes, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let Some(size) = size_of(cx, size)? else { return invoke(cx, self_, "readall", &[]) };
            let room = cx.with_memory(|cx| cx.root(ByteArray::alloc(cx, memory::zeros(size))))?;
            let read = invoke(cx, self_, "readinto", &[room])?;
            if cx.get(read).is_none() {
                return Ok(read);
            }
            let count = super::number(cx, read)?;
            let bytes = ByteArray::read(cx, room)?;
            match usize::try_from(count).ok().filter(|count| *count <= bytes.len()) {
                Some(count) => Ok(cx.root(cx.bytes(&bytes[..count]))),
                None => Err(cx.value_error(format!("readinto returned {count} outside buffer size {}", bytes.len()))),
            }
        }
        /// Read until the end of the file.
        call fn readall(cx; self_: Slot) -> Slot { read_all(cx, self_) }
        /// Read bytes into a buffer.
        call fn readinto(cx; self_: Slot, _buffer: Slot) -> () { Err(cx.raise_with(Builtin::NotImplementedError, &[])) }
        /// Write a buffer.
        call fn write(cx; self_: Slot, _buffer: Slot) -> () { Err(cx.raise_with(Builtin::NotImplementedError, &[])) }
    }
}

/// Where a method reads to, or the TypeError of what cannot be written.
pub(crate) fn target(cx: &mut Ctx, buffer: Slot, method: &str) -> Res<Target> {
    if let Some(target) = Target::of(cx, buffer) {
        return Ok(target);
    }
    let got = cx.type_name(cx.get(buffer));
    Err(cx.type_error(format!("{method}() argument must be read-write bytes-like object, not {got}")))
}

/// Puts bytes at the beginning of a buffer that was found long enough.
pub(crate) fn fill(cx: &Ctx, target: &Target, at: usize, bytes: &[u8]) -> Res<()> {
    target.write(cx, |all| {
        // Meanwhile it may have been made shorter.
        if let Some(part) = all.get_mut(at..at + bytes.len()) {
            part.copy_from_slice(bytes);
        }
        Ok(())
    })
}

fn read_into(cx: &mut Ctx, file: Slot, buffer: Slot, from: &str, method: &str) -> Res<Slot> {
    let target = target(cx, buffer, method)?;
    let room = target.len(cx);
    let count = cx.root(cx.uint(room as u64));
    let read = invoke(cx, file, from, &[count])?;
    let Some(read) = cx.get(read).as_bytes() else { return Err(not_bytes(cx)) };
    if read.len() > room {
        let count = read.len();
        return Err(cx.value_error(format!("read() returned too much data: {room} bytes requested, {count} returned")));
    }
    let (read, count) = (memory::copy(read), read.len());
    fill(cx, &target, 0, &read)?;
    Ok(cx.root(cx.uint(count as u64)))
}

natives! {
    /// Methods of `_BufferedIOBase`.
    pub static BUFFERED_IO_BASE = {
        /// Disconnect this buffer from what lies below it and return that.
        call fn detach(cx; self_: Slot) -> () { lacks(cx, "detach") }
        /// Read and return up to size bytes.
        call fn read(cx; self_: Slot, _size: Option<Slot> = None) -> () { lacks(cx, "read") }
        /// Read and return up to size bytes, with at most one read of what lies below.
        call fn read1(cx; self_: Slot, _size: Option<Slot> = None) -> () { lacks(cx, "read1") }
        /// Read bytes into a buffer.
        call fn readinto(cx; self_: Slot, buffer: Slot) -> Slot { read_into(cx, self_, buffer, "read", "readinto") }
        /// Read bytes into a buffer, with at most one read of what lies below.
        call fn readinto1(cx; self_: Slot, buffer: Slot) -> Slot { read_into(cx, self_, buffer, "read1", "readinto1") }
        /// Write a buffer.
        call fn write(cx; self_: Slot, _buffer: Slot) -> () { lacks(cx, "write") }
    }
}

natives! {
    /// Methods of `_TextIOBase`.
    pub static TEXT_IO_BASE = {
        /// Disconnect the buffer below and return it.
        call fn detach(cx; self_: Slot) -> () { lacks(cx, "detach") }
        /// Read at most size characters.
        call fn read(cx; self_: Slot, _size: Option<Slot> = None) -> () { lacks(cx, "read") }
        /// Read until a newline or the end of the file.
        call fn readline(cx; self_: Slot, _size: Option<Slot> = None) -> () { lacks(cx, "readline") }
        /// Write a string.
        call fn write(cx; self_: Slot, _s: Slot) -> () { lacks(cx, "write") }
        /// The encoding.
        get fn encoding(cx; self_: Value<'h>) -> () { Ok(()) }
        /// What ended lines that were read so far.
        get fn newlines(cx; self_: Value<'h>) -> () { Ok(()) }
        /// What happens to what cannot be encoded or decoded.
        get fn errors(cx; self_: Value<'h>) -> () { Ok(()) }
    }
}

/// The contents of a bytes-like object, which may be changed meanwhile.
pub(crate) fn contents(cx: &mut Ctx, value: Slot) -> Res<Vec<u8>> {
    cx.with_memory(|cx| buffer::look(cx, cx.get(value), memory::copy))?
}

/// What a class has for `closed` and its likes, asked of what lies below.
pub(crate) fn below_says(cx: &mut Ctx, below: Slot, method: &str) -> Res<Slot> {
    invoke(cx, below, method, &[])
}

/// The text of `name='…'` in a repr, with a space before it; empty if there is no name.
pub(crate) fn shown_name(cx: &mut Ctx, file: Slot) -> Res<String> {
    let name = match get(cx, file, "name") {
        Ok(name) => name,
        Err(raised) => {
            // What lies below may be closed, or have none.
            let raised = match cx.catch(raised, Builtin::AttributeError) {
                Ok(_) => return Ok(String::new()),
                Err(raised) => raised,
            };
            cx.catch(raised, Builtin::ValueError)?;
            return Ok(String::new());
        }
    };
    Ok(format!(" name={}", crate::ops::repr::repr(cx, name)?))
}

/// Whether a file says that it can do something, without a check that it is open.
pub(crate) fn says(cx: &mut Ctx, file: Slot, method: &str) -> Res<bool> {
    let answer = invoke(cx, file, method, &[]);
    is(cx, answer)
}
