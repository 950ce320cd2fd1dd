//! Writing text.

use argil_compiler::surrogate;

use super::coding::encode;
use super::{Text, begin, buffer_of, check_open, coding, inner, is_open_plain, modes, not_writable, usable};
use crate::codecs::native::Encoding;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::types::file::methods::buffered::{plain_buffers, write_bytes};
use crate::types::file::methods::{ask_or_raise, file_io, invoke, who};
use crate::types::file::turn::Held;
use crate::types::str::Str;

/// Takes text into what is to be written, if nothing else need be done for it.
#[inline]
fn collect(cx: &Ctx, file: Slot, text: &str) -> bool {
    let Ok(state) = usable(cx, file) else { return false };
    let Some(_held) = Held::try_take(&state.out.turn, who(cx)) else { return false };
    let is_simple = state.inner.with(|inner| {
        let modes = inner.modes;
        let plain = inner.coding.as_ref().is_some_and(|coding| coding.encoding == Encoding::Utf8);
        plain
            && modes.writes
            && !modes.reads
            && !modes.write_through
            && inner.ends.write.is_none()
            && !(modes.line_buffering && memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some())
    });
    is_simple && surrogate::find(text).is_none() && is_open_plain(state) == Some(true) && add(state, text.as_bytes())
}

/// Adds bytes to what is to be written, if they are so few that nothing goes out.
fn add(state: &Text, bytes: &[u8]) -> bool {
    state.out.pending.with(|pending| {
        let fits = pending.bytes.len() + bytes.len() < super::CHUNK;
        if fits {
            pending.bytes.extend_from_slice(bytes);
        }
        fits
    })
}

/// Writes text to a file.
pub(crate) fn write_text(cx: &mut Ctx, file: Slot, text: &str) -> Res<()> {
    if collect(cx, file, text) {
        return Ok(());
    }
    cx.scope(|cx| {
        let text = cx.with_memory(|cx| cx.root(cx.str(text)))?;
        write_str(cx, file, text)
    })
}

pub(super) fn write(cx: &mut Ctx, file: Slot, text: Slot) -> Res<usize> {
    let count = match cx.get(text).cast::<Str>() {
        Some(text) => text.len(),
        None => {
            let got = cx.type_name(cx.get(text));
            return Err(cx.type_error(format!("write() argument must be str, not {got}")));
        }
    };
    let exact = cx.get(file).header().is_some_and(crate::object::Header::is_exact);
    if exact && collect(cx, file, cx.get(text).as_str().unwrap_or_default()) {
        return Ok(count);
    }
    write_str(cx, file, text)?;
    Ok(count)
}

fn write_str(cx: &mut Ctx, file: Slot, text: Slot) -> Res<()> {
    check_open(cx, file)?;
    let modes = modes(cx, file)?;
    if !modes.writes {
        return Err(not_writable(cx));
    }
    let _operation = begin(cx, file)?;
    let (ends, chunk) = inner(cx, file, |inner| (inner.ends, inner.chunk))?;
    let given = cx.get(text).as_str().unwrap_or_default();
    let feed = given.contains('\n');
    let flushes = modes.line_buffering && (feed || given.contains('\r'));
    let text = match ends.write.filter(|_| feed) {
        Some(end) => {
            let translated = given.replace('\n', end);
            cx.with_memory(|cx| cx.root(cx.str(&translated)))?
        }
        None => text,
    };
    let bytes = encode(cx, file, text)?;
    let pending = usable(cx, file)?.out.pending.with(|pending| pending.bytes.len());
    if pending > 0 && pending + bytes.len() > chunk {
        pass_on(cx, file)?;
    }
    let pending = usable(cx, file)?.out.pending.with(|pending| {
        if pending.bytes.is_empty() && bytes.len() >= chunk {
            pending.bytes = bytes;
        } else {
            memory::reserve(&mut pending.bytes, bytes.len());
            pending.bytes.extend_from_slice(&bytes);
        }
        pending.bytes.len()
    });
    if pending >= chunk || flushes || modes.write_through {
        pass_on(cx, file)?;
    }
    if flushes {
        flush_below(cx, file)?;
    }
    if modes.reads {
        inner(cx, file, super::Inner::forget)?;
        coding::reset_decoder(cx, file)?;
    }
    Ok(())
}

/// Passes what is to be written on to what lies below; the caller has the turn.
pub(super) fn pass_on(cx: &mut Ctx, file: Slot) -> Res<()> {
    let bytes = usable(cx, file)?.out.pending.with(|pending| std::mem::take(&mut pending.bytes));
    if bytes.is_empty() {
        return Ok(());
    }
    cx.scope(|cx| {
        let buffer = buffer_of(cx, file)?;
        if plain_buffers(cx, buffer).is_some() {
            write_bytes(cx, buffer, &bytes)?;
            // Its memory is of use.
            let mut bytes = bytes;
            bytes.clear();
            usable(cx, file)?.out.pending.with(|pending| {
                if pending.bytes.capacity() == 0 {
                    pending.bytes = bytes;
                }
            });
            return Ok(());
        }
        if let Some(plain) = file_io::plain(cx, buffer).cloned() {
            // Nothing lies in between: all is written, whatever the system takes at a time.
            let mut rest = bytes.as_slice();
            return ask_or_raise(cx, || plain.write_all(&mut rest));
        }
        let bytes = cx.with_memory(|cx| cx.root(cx.bytes(&bytes)))?;
        invoke(cx, buffer, "write", &[bytes]).map(|_| ())
    })
}

fn flush_below(cx: &mut Ctx, file: Slot) -> Res<()> {
    cx.scope(|cx| {
        let buffer = buffer_of(cx, file)?;
        invoke(cx, buffer, "flush", &[]).map(|_| ())
    })
}

/// Writes what is to be written, also what the layers below hold.
pub(crate) fn flush(cx: &mut Ctx, file: Slot) -> Res<()> {
    check_open(cx, file)?;
    let _operation = begin(cx, file)?;
    inner(cx, file, |inner| inner.modes.telling = inner.modes.seekable)?;
    pass_on(cx, file)?;
    flush_below(cx, file)
}
