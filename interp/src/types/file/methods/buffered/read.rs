//! Reading through a buffer.

use super::{Operation, begin, check_open, hold, of};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::object::Header;
use crate::ops::attr;
use crate::types::file::methods::file_io::read_rest;
use crate::types::file::methods::{base, get_opt, invoke, optional, size as size_of};
use crate::value::Value;

impl Operation {
    /// Writes what is pending, so that reading goes on behind it.
    fn to_read(&self, cx: &mut Ctx) -> Res<()> {
        if self.kind.writes() && self.below.buffers.with(|buffers| !buffers.pending.is_empty()) {
            self.flush(cx)?;
        }
        Ok(())
    }

    /// Takes what was read ahead, up to a number of bytes.
    fn take(&self, most: usize) -> Vec<u8> {
        self.below.buffers.with(|buffers| {
            let count = buffers.unread().len().min(most);
            memory::copy(buffers.take(count))
        })
    }

    fn unread(&self) -> usize {
        self.below.buffers.with(|buffers| buffers.unread().len())
    }

    /// Forgets what was read ahead and fills the buffer; how many bytes came, or `None` if that would block.
    fn fill(&self, cx: &mut Ctx) -> Res<Option<usize>> {
        let (mut ahead, size) = self.below.buffers.with(|buffers| {
            buffers.forget();
            (std::mem::take(&mut buffers.ahead), buffers.size)
        });
        let count = self.read_below(cx, &mut ahead, size);
        self.below.buffers.with(|buffers| {
            buffers.ahead = ahead;
            buffers.consumed = 0;
        });
        count
    }

    fn size(&self) -> usize {
        self.below.buffers.with(|buffers| buffers.size)
    }

    /// Reads `wanted` bytes; fewer at the end, or `None` if that would block and there were none.
    fn read_up_to(&self, cx: &mut Ctx, wanted: usize) -> Res<Option<Vec<u8>>> {
        let mut bytes = self.take(wanted);
        if bytes.len() == wanted {
            return Ok(Some(bytes));
        }
        self.to_read(cx)?;
        self.below.buffers.with(|buffers| buffers.forget());
        let size = self.size();
        while wanted - bytes.len() >= size {
            let blocks = (wanted - bytes.len()) / size * size;
            match self.read_below(cx, &mut bytes, blocks)? {
                Some(0) => return Ok(Some(bytes)),
                Some(_) => {}
                None => return Ok((!bytes.is_empty()).then_some(bytes)),
            }
        }
        while bytes.len() < wanted {
            match self.fill(cx)? {
                Some(0) => return Ok(Some(bytes)),
                Some(_) => {}
                None => return Ok((!bytes.is_empty()).then_some(bytes)),
            }
            let more = self.take(wanted - bytes.len());
            memory::reserve(&mut bytes, more.len());
            bytes.extend_from_slice(&more);
        }
        Ok(Some(bytes))
    }

    /// Reads all; `None` if that would block and there was nothing.
    fn read_all(&self, cx: &mut Ctx) -> Res<Option<Vec<u8>>> {
        let mut bytes = self.take(usize::MAX);
        self.to_read(cx)?;
        self.below.buffers.with(|buffers| buffers.forget());
        let plain = self.below.buffers.with(|buffers| buffers.plain.clone());
        if let Some(plain) = plain {
            let rest = read_rest(cx, &plain)?;
            self.below.buffers.with(|buffers| buffers.position = None);
            return Ok(match rest {
                Some(rest) if bytes.is_empty() => Some(rest),
                Some(rest) => {
                    memory::reserve(&mut bytes, rest.len());
                    bytes.extend_from_slice(&rest);
                    Some(bytes)
                }
                None => (!bytes.is_empty()).then_some(bytes),
            });
        }
        self.below.buffers.with(|buffers| buffers.position = None);
        let read_all = get_opt(cx, self.raw, "readall")?;
        if let Some(read_all) = read_all {
            let rest = cx.call(read_all, &[])?;
            if cx.get(rest).is_none() {
                return Ok((!bytes.is_empty()).then_some(bytes));
            }
            let Some(rest) = cx.get(rest).as_bytes() else {
                return Err(cx.type_error("readall() should return bytes"));
            };
            memory::reserve(&mut bytes, rest.len());
            bytes.extend_from_slice(rest);
            return Ok(Some(bytes));
        }
        loop {
            let more = cx.scope(|cx| {
                let read = invoke(cx, self.raw, "read", &[])?;
                if cx.get(read).is_none() {
                    return Ok(None);
                }
                let Some(read) = cx.get(read).as_bytes() else {
                    return Err(cx.type_error("read() should return bytes"));
                };
                memory::reserve(&mut bytes, read.len());
                bytes.extend_from_slice(read);
                Ok(Some(!read.is_empty()))
            })?;
            match more {
                Some(true) => cx.poll()?,
                None if bytes.is_empty() => return Ok(None),
                _ => return Ok(Some(bytes)),
            }
        }
    }

    /// What one read gives: of the buffer if it holds anything, else of what lies below.
    fn read_once(&self, cx: &mut Ctx, most: usize) -> Res<Vec<u8>> {
        if self.unread() > 0 || most == 0 {
            return Ok(self.take(most));
        }
        self.to_read(cx)?;
        self.below.buffers.with(|buffers| buffers.forget());
        let mut bytes = Vec::new();
        self.read_below(cx, &mut bytes, most)?;
        Ok(bytes)
    }

    fn read_line(&self, cx: &mut Ctx, limit: Option<usize>) -> Res<Vec<u8>> {
        let mut line = Vec::new();
        loop {
            let left = limit.map_or(usize::MAX, |limit| limit - line.len());
            let ended = self.below.buffers.with(|buffers| {
                let (count, ended) = line_end(buffers.unread(), left);
                memory::reserve(&mut line, count);
                line.extend_from_slice(buffers.take(count));
                ended
            });
            if ended {
                return Ok(line);
            }
            self.to_read(cx)?;
            if matches!(self.fill(cx)?, None | Some(0)) {
                return Ok(line);
            }
        }
    }
}

/// How many of some bytes belong to the line, and whether it ends there.
fn line_end(bytes: &[u8], limit: usize) -> (usize, bool) {
    let seen = &bytes[..bytes.len().min(limit)];
    match memchr::memchr(b'\n', seen) {
        Some(end) => (end + 1, true),
        None => (seen.len(), seen.len() == limit),
    }
}

fn bytes_or_none(cx: &mut Ctx, bytes: Option<Vec<u8>>) -> Res<Slot> {
    match bytes {
        Some(bytes) => cx.with_memory(|cx| cx.root(cx.bytes(&bytes))),
        None => Ok(cx.root(Value::NONE)),
    }
}

pub(super) fn read(cx: &mut Ctx, file: Slot, size: Option<Slot>) -> Res<Slot> {
    let wanted = match optional(cx, size)? {
        None | Some(-1) => None,
        Some(number) => match usize::try_from(number) {
            Ok(wanted) => Some(wanted),
            Err(_) => return Err(cx.value_error("read length must be non-negative or -1")),
        },
    };
    check_open(cx, file, "read of")?;
    if let Some(wanted) = wanted
        && let Some(read) = from_buffer(cx, file, wanted)
    {
        return Ok(read);
    }
    let bytes = {
        let operation = begin(cx, file)?;
        match wanted {
            Some(wanted) => operation.read_up_to(cx, wanted)?,
            None => operation.read_all(cx)?,
        }
    };
    bytes_or_none(cx, bytes)
}

/// Reads what the buffer has whole, without any waiting.
fn from_buffer(cx: &Ctx, file: Slot, wanted: usize) -> Option<Slot> {
    let state = super::usable(cx, file).ok()?;
    let _held = hold(cx, &state.below)?;
    state.below.buffers.with(|buffers| {
        (buffers.unread().len() >= wanted).then(|| {
            let made = cx.bytes(&buffers.unread()[..wanted]);
            buffers.take(wanted);
            cx.root(made)
        })
    })
}

/// Reads all, as bytes of Rust.
pub(crate) fn read_all_bytes(cx: &mut Ctx, file: Slot) -> Res<Option<Vec<u8>>> {
    check_open(cx, file, "read of")?;
    let operation = begin(cx, file)?;
    operation.read_all(cx)
}

/// `read1` for bytes of Rust.
pub(crate) fn read_some(cx: &mut Ctx, file: Slot, most: usize) -> Res<Vec<u8>> {
    check_open(cx, file, "read of")?;
    let operation = begin(cx, file)?;
    operation.read_once(cx, most)
}

pub(super) fn read1(cx: &mut Ctx, file: Slot, size: i64) -> Res<Slot> {
    super::usable(cx, file)?;
    check_open(cx, file, "read of")?;
    let bytes = {
        let operation = begin(cx, file)?;
        let most = usize::try_from(size).unwrap_or_else(|_| operation.size());
        operation.read_once(cx, most)?
    };
    cx.with_memory(|cx| cx.root(cx.bytes(&bytes)))
}

pub(super) fn peek(cx: &mut Ctx, file: Slot, _size: i64) -> Res<Slot> {
    super::usable(cx, file)?;
    check_open(cx, file, "peek of")?;
    let operation = begin(cx, file)?;
    operation.to_read(cx)?;
    if operation.unread() == 0 {
        operation.fill(cx)?;
    }
    let bytes = operation.below.buffers.with(|buffers| memory::copy(buffers.unread()));
    Ok(cx.root(cx.bytes(&bytes)))
}

pub(super) fn read_into(cx: &mut Ctx, file: Slot, buffer: Slot, once: bool) -> Res<Slot> {
    super::usable(cx, file)?;
    let target = base::target(cx, buffer, if once { "readinto1" } else { "readinto" })?;
    check_open(cx, file, "readinto of")?;
    let operation = begin(cx, file)?;
    let room = target.len(cx);
    let bytes = operation.take(room);
    let mut done = bytes.len();
    base::fill(cx, &target, 0, &bytes)?;
    if done < room {
        operation.to_read(cx)?;
        operation.below.buffers.with(|buffers| buffers.forget());
    }
    let size = operation.size();
    while done < room {
        let mut direct = Vec::new();
        let count = if room - done > size {
            operation.read_below(cx, &mut direct, room - done)?
        } else if once && done > 0 {
            Some(0)
        } else {
            let count = operation.fill(cx)?;
            direct = operation.take(room - done);
            count.map(|_| direct.len())
        };
        match count {
            None if done == 0 => return Ok(cx.root(Value::NONE)),
            None | Some(0) => break,
            Some(count) => {
                base::fill(cx, &target, done, &direct)?;
                done += count;
            }
        }
        if once {
            break;
        }
    }
    Ok(cx.root(cx.uint(done as u64)))
}

/// A line that the buffer has whole, without any waiting.
fn line_from_buffer(cx: &Ctx, file: Slot, limit: usize) -> Option<Slot> {
    let state = super::usable(cx, file).ok()?;
    let _held = hold(cx, &state.below)?;
    state.below.buffers.with(|buffers| {
        let (count, ended) = line_end(buffers.unread(), limit);
        ended.then(|| {
            let made = cx.bytes(&buffers.unread()[..count]);
            buffers.take(count);
            cx.root(made)
        })
    })
}

fn read_line(cx: &mut Ctx, file: Slot, limit: Option<usize>) -> Res<Slot> {
    check_open(cx, file, "readline of")?;
    if let Some(line) = line_from_buffer(cx, file, limit.unwrap_or(usize::MAX)) {
        return Ok(line);
    }
    let line = {
        let operation = begin(cx, file)?;
        operation.read_line(cx, limit)?
    };
    cx.with_memory(|cx| cx.root(cx.bytes(&line)))
}

pub(super) fn read_line_of(cx: &mut Ctx, file: Slot, size: Option<Slot>) -> Res<Slot> {
    super::usable(cx, file)?;
    let limit = size_of(cx, size)?;
    read_line(cx, file, limit)
}

/// The next line; `None` at the end.
pub(super) fn next(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    if !exact && let Some(line) = overridden(cx, file)? {
        return Ok(line);
    }
    let line = if exact { read_line(cx, file, None)? } else { invoke(cx, file, "readline", &[])? };
    if exact && of(cx, file)?.kind == super::Kind::Writer {
        return Err(super::super::unsupported(cx, "read"));
    }
    Ok((crate::ops::item::len(cx, line)? > 0).then_some(line))
}

/// What a script's `__next__` gives, if a class has one.
pub(crate) fn overridden(cx: &mut Ctx, file: Slot) -> Res<Option<Option<Slot>>> {
    let found = {
        let cx: &Ctx = cx;
        let next = attr::find_special(cx, cx.get(file), crate::names::Name::__next__);
        next.filter(|next| next.cast::<crate::types::function::NativeFunction>().is_none()).map(|next| cx.root(next))
    };
    let Some(found) = found else { return Ok(None) };
    let called = attr::bind(cx, found, file).and_then(|method| cx.call(method, &[]));
    match called {
        Ok(value) => Ok(Some(Some(value))),
        Err(raised) => cx.catch(raised, Builtin::StopIteration).map(|_| Some(None)),
    }
}

/// `__next__`.
pub(super) fn next_line(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    super::usable(cx, file)?;
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    let line = if exact { read_line(cx, file, None)? } else { invoke(cx, file, "readline", &[])? };
    match crate::ops::item::len(cx, line)? {
        0 => Err(cx.raise_with(Builtin::StopIteration, &[])),
        _ => Ok(line),
    }
}
