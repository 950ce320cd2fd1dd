//! Reading text.

use super::coding::{decode, decoder_state};
use super::{
    Ends, Inner, Snapshot, begin, buffer_of, check_open, inner, is_open_plain, modes, not_readable, of, usable,
};
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::object::Header;
use crate::types::bytes::buffer;
use crate::types::file::methods::buffered::{plain_buffers, read_all_bytes, read_some};
use crate::types::file::methods::{invoke, size as size_of, who};
use crate::types::file::turn::Held;

/// The end of the first line of a text that is searched from a byte on.
fn line_end(text: &str, from: usize, ends: Ends) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = bytes.get(from..)?;
    if ends.translate || (!ends.universal && ends.read == "\n") {
        return memchr::memchr(b'\n', rest).map(|at| from + at + 1);
    }
    if ends.universal {
        let at = from + memchr::memchr2(b'\n', b'\r', rest)?;
        let both = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        return Some(at + 1 + usize::from(both));
    }
    memchr::memmem::find(rest, ends.read.as_bytes()).map(|at| from + at + ends.read.len())
}

/// Where a number of characters of a text ends; `None` if there are fewer.
fn char_end(text: &str, count: usize) -> Option<usize> {
    if text.len() < count {
        return None;
    }
    let head = &text.as_bytes()[..count];
    if head.is_ascii() {
        return Some(count);
    }
    match text.char_indices().nth(count) {
        Some((at, _)) => Some(at),
        None => (text.chars().count() == count).then_some(text.len()),
    }
}

/// Reads bytes from what lies below, once; the operation has the turn.
fn read_below(cx: &mut Ctx, file: Slot, most: usize) -> Res<Vec<u8>> {
    cx.scope(|cx| {
        let buffer = buffer_of(cx, file)?;
        if plain_buffers(cx, buffer).is_some() {
            return read_some(cx, buffer, most);
        }
        let method = if modes(cx, file)?.has_read1 { "read1" } else { "read" };
        let most = cx.root(cx.uint(most as u64));
        let read = invoke(cx, buffer, method, &[most])?;
        bytes_of(cx, read, method)
    })
}

fn bytes_of(cx: &mut Ctx, value: Slot, method: &str) -> Res<Vec<u8>> {
    if cx.get(value).as_bytes().is_none() && buffer::Buffer::of(cx.get(value)).is_none() {
        let got = cx.type_name(cx.get(value));
        return Err(
            cx.type_error(format!("underlying {method}() should have returned a bytes-like object, not '{got}'"))
        );
    }
    buffer::look(cx, cx.get(value), memory::copy)
}

/// Reads and decodes the next bytes; false at the end. `wanted` is how many characters somebody would like.
fn read_chunk(cx: &mut Ctx, file: Slot, wanted: usize) -> Res<bool> {
    let modes = modes(cx, file)?;
    if !modes.reads {
        return Err(not_readable(cx));
    }
    let before = if modes.telling { Some(decoder_state(cx, file)?) } else { None };
    let most = inner(cx, file, |inner| {
        let hint = if inner.ratio > 0.0 { (inner.ratio * wanted as f64) as usize } else { wanted };
        inner.chunk.max(hint.min(1 << 30))
    })?;
    let bytes = read_below(cx, file, most)?;
    let (count, eof) = (bytes.len(), bytes.is_empty());
    let snapshot = before.map(|(held, flags)| Snapshot { flags, input: memory::concat(&[&held, &bytes]) });
    let text = decode(cx, file, bytes, eof)?;
    inner(cx, file, |inner| {
        let more = !eof || !text.is_empty();
        inner.ratio = if text.is_empty() { 0.0 } else { count as f64 / text.len() as f64 };
        inner.decoded = text;
        inner.used = 0;
        if snapshot.is_some() {
            inner.snapshot = snapshot;
        }
        more
    })
}

pub(super) fn read(cx: &mut Ctx, file: Slot, size: Option<Slot>) -> Res<Slot> {
    usable(cx, file)?;
    let wanted = size_of(cx, size)?;
    check_open(cx, file)?;
    if !modes(cx, file)?.reads {
        return Err(not_readable(cx));
    }
    let _operation = begin(cx, file)?;
    super::write::pass_on(cx, file)?;
    let Some(wanted) = wanted else { return read_rest(cx, file) };
    let mut text = String::new();
    let mut left = wanted;
    loop {
        let done = inner(cx, file, |inner| {
            let unread = inner.unread();
            let end = char_end(unread, left).unwrap_or(unread.len());
            memory::reserve_text(&mut text, end);
            text.push_str(&unread[..end]);
            left -= if end == unread.len() { unread.chars().count() } else { left };
            inner.used += end;
            left == 0
        })?;
        if done || !read_chunk(cx, file, left)? {
            return cx.with_memory(|cx| cx.root(cx.str(&text)));
        }
        cx.poll()?;
    }
}

fn read_rest(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    let bytes = cx.scope(|cx| {
        let buffer = buffer_of(cx, file)?;
        if plain_buffers(cx, buffer).is_some() {
            return Ok(read_all_bytes(cx, buffer)?.unwrap_or_default());
        }
        let read = invoke(cx, buffer, "read", &[])?;
        if cx.get(read).is_none() {
            return Ok(Vec::new());
        }
        bytes_of(cx, read, "read")
    })?;
    let text = decode(cx, file, bytes, true)?;
    let before = inner(cx, file, |inner| {
        let unread = inner.unread().to_owned();
        inner.forget();
        unread
    })?;
    cx.with_memory(|cx| {
        if before.is_empty() {
            return cx.root(cx.str(&text));
        }
        let mut all = memory::text(before.len() + text.len());
        all.push_str(&before);
        all.push_str(&text);
        cx.root(cx.str(&all))
    })
}

/// A line that was decoded whole, without any waiting.
#[inline]
fn line_at_hand(cx: &Ctx, file: Slot) -> Option<Slot> {
    let state = usable(cx, file).ok()?;
    let _held = Held::try_take(&state.out.turn, who(cx))?;
    if is_open_plain(state) != Some(true) {
        return None;
    }
    state.inner.with(|inner| {
        let unread = inner.unread();
        if unread.is_empty() {
            return None;
        }
        let end = line_end(unread, 0, inner.ends)?;
        let line = cx.root(cx.str(&unread[..end]));
        inner.used += end;
        Some(line)
    })
}

/// Reads a line; empty at the end.
pub(super) fn read_line(cx: &mut Ctx, file: Slot, limit: Option<usize>) -> Res<Slot> {
    if limit.is_none()
        && cx.get(file).header().is_some_and(Header::is_exact)
        && let Some(line) = line_at_hand(cx, file)
    {
        return Ok(line);
    }
    check_open(cx, file)?;
    let _operation = begin(cx, file)?;
    super::write::pass_on(cx, file)?;
    let mut line = String::new();
    // Where the search goes on, and how many characters the line has before.
    let (mut from, mut chars) = (0, 0);
    loop {
        let done = inner(cx, file, |inner| take_line(inner, &mut line, &mut from, &mut chars, limit))?;
        if done {
            break;
        }
        if !read_chunk(cx, file, 0)? {
            inner(cx, file, Inner::forget)?;
            break;
        }
        cx.poll()?;
    }
    cx.with_memory(|cx| cx.root(cx.str(&line)))
}

/// Adds to a line what of it was decoded; whether it is whole.
fn take_line(inner: &mut Inner, line: &mut String, from: &mut usize, chars: &mut usize, limit: Option<usize>) -> bool {
    let (before, unread) = (line.len(), inner.unread());
    if limit.is_none() && before == 0 {
        // Nothing need be copied that belongs to the next line.
        if let Some(end) = line_end(unread, 0, inner.ends) {
            line.push_str(&unread[..end]);
            inner.used += end;
            return true;
        }
    }
    memory::reserve_text(line, unread.len());
    line.push_str(unread);
    let mut end = line_end(line, *from, inner.ends);
    if let Some(limit) = limit {
        let most = char_end(&line[before..], limit - *chars).map(|at| before + at);
        end = match (end, most) {
            (Some(end), Some(most)) => Some(end.min(most)),
            (end, most) => end.or(most),
        };
        if end.is_none() {
            *chars += line[before..].chars().count();
        }
    }
    match end {
        Some(end) => {
            inner.used = inner.decoded.len() - (line.len() - end);
            line.truncate(end);
            true
        }
        None => {
            inner.used = inner.decoded.len();
            *from = line.len().saturating_sub(inner.ends.read.len().saturating_sub(1));
            while !line.is_char_boundary(*from) {
                *from -= 1;
            }
            false
        }
    }
}

/// A line for `__next__`; `None` at the end.
pub(super) fn next_line(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    if exact
        && !of(cx, file)?.inner.with(|inner| inner.modes.telling)
        && let Some(line) = line_at_hand(cx, file)
    {
        return Ok(Some(line));
    }
    usable(cx, file)?;
    inner(cx, file, |inner| inner.modes.telling = false)?;
    let line = if exact { read_line(cx, file, None)? } else { invoke(cx, file, "readline", &[])? };
    let Some(text) = cx.get(line).as_str() else {
        let got = cx.type_name(cx.get(line));
        return Err(cx.raise(
            crate::builtin::Builtin::OSError,
            format!("readline() should have returned a str object, not '{got}'"),
        ));
    };
    if text.is_empty() {
        inner(cx, file, |inner| {
            inner.snapshot = None;
            inner.modes.telling = inner.modes.seekable;
        })?;
        return Ok(None);
    }
    Ok(Some(line))
}

/// Advances a file as an iterator.
pub(super) fn next(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    if !exact && let Some(line) = super::super::buffered::overridden(cx, file)? {
        return Ok(line);
    }
    next_line(cx, file)
}

/// A line of `input`, of a file of our own; `None` if it is another's.
pub(crate) fn read_line_of_input(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    if !super::super::is_exactly(cx, cx.get(file), crate::builtin::Builtin::TextIoWrapper) {
        return Ok(None);
    }
    read_line(cx, file, None).map(Some)
}
