//! What lies below a buffered file: a descriptor, or anything with the methods of a raw file.

use std::io;
use std::sync::Arc;

use super::Operation;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::types::bytearray::ByteArray;
use crate::types::exception::os_error;
use crate::types::file::descriptor::Descriptor;
use crate::types::file::methods::{ask, ask_or_raise, invoke, number, raise_from, says_closed, view};

impl Operation {
    fn plain(&self) -> Option<Arc<Descriptor>> {
        self.below.buffers.with(|buffers| buffers.plain.clone())
    }

    /// Reads up to `most` bytes to the end of a buffer; how many there were, or `None` if that would block.
    pub(super) fn read_below(&self, cx: &mut Ctx, into: &mut Vec<u8>, most: usize) -> Res<Option<usize>> {
        let count = match self.plain() {
            Some(plain) => match ask(cx, || plain.read(into, most))? {
                Ok(count) => Some(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
                Err(error) => return Err(os_error::raise(cx, &error, None)),
            },
            None => cx.scope(|cx| read_script(cx, self.raw, into, most))?,
        };
        if let Some(count) = count {
            self.below.buffers.with(|buffers| buffers.moved(count));
        }
        Ok(count)
    }

    /// Writes bytes; how many were written, or `None` if that would block.
    pub(super) fn write_below(&self, cx: &mut Ctx, bytes: &[u8]) -> Res<Option<usize>> {
        let count = match self.plain() {
            Some(plain) => match ask(cx, || plain.write(bytes))? {
                Ok(count) => Some(count),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => None,
                Err(error) => return Err(os_error::raise(cx, &error, None)),
            },
            None => cx.scope(|cx| write_script(cx, self.raw, bytes))?,
        };
        if let Some(count) = count {
            self.below.buffers.with(|buffers| buffers.moved(count));
        }
        Ok(count)
    }

    /// Moves what lies below.
    pub(super) fn seek_below(&self, cx: &mut Ctx, offset: i64, whence: i32) -> Res<i64> {
        let position = match self.plain() {
            Some(plain) => {
                check_open(cx, &plain)?;
                ask_or_raise(cx, || plain.seek(offset, whence))?
            }
            None => cx.scope(|cx| {
                let args = [cx.root(cx.int(offset)), cx.root(cx.int(i64::from(whence)))];
                let position = invoke(cx, self.raw, "seek", &args)?;
                checked(cx, position)
            })?,
        };
        self.below.buffers.with(|buffers| buffers.position = Some(position));
        Ok(position)
    }

    /// Where what lies below stands.
    pub(super) fn position_below(&self, cx: &mut Ctx) -> Res<i64> {
        let position = match self.plain() {
            Some(plain) => {
                check_open(cx, &plain)?;
                ask_or_raise(cx, || plain.seek(0, libc::SEEK_CUR))?
            }
            None => ask_position(cx, self.raw)?,
        };
        self.below.buffers.with(|buffers| buffers.position = Some(position));
        Ok(position)
    }

    /// Whether what lies below is closed.
    pub(super) fn is_closed_below(&self, cx: &mut Ctx) -> Res<bool> {
        match self.plain() {
            Some(plain) => Ok(!plain.is_open()),
            None => says_closed(cx, self.raw),
        }
    }
}

/// What the methods of a closed plain file raise.
fn check_open(cx: &Ctx, plain: &Descriptor) -> Res<()> {
    if plain.is_open() { Ok(()) } else { Err(cx.value_error("I/O operation on closed file")) }
}

fn checked(cx: &mut Ctx, position: Slot) -> Res<i64> {
    let position = number(cx, position)?;
    if position < 0 {
        return Err(cx.raise(Builtin::OSError, format!("Raw stream returned invalid position {position}")));
    }
    Ok(position)
}

/// Asks a raw file where it stands.
pub(super) fn ask_position(cx: &mut Ctx, raw: Slot) -> Res<i64> {
    cx.scope(|cx| {
        let position = invoke(cx, raw, "tell", &[])?;
        checked(cx, position)
    })
}

/// What a method of a raw file says how many bytes it did; an OSError if that cannot be.
fn count(cx: &mut Ctx, value: Slot, method: &str, most: usize) -> Res<usize> {
    let answer = match number(cx, value) {
        Ok(answer) => answer,
        Err(raised) => {
            let cause = cx.root(cx.take_raised(raised));
            let cause = if cx.is_instance(cx.get(cause), Builtin::OverflowError) {
                let raised = cx.value_error("cannot fit 'int' into an index-sized integer");
                cx.root(cx.take_raised(raised))
            } else {
                cause
            };
            return Err(raise_from(cx, Builtin::OSError, &format!("raw {method}() failed"), cause));
        }
    };
    match usize::try_from(answer) {
        Ok(count) if count <= most => Ok(count),
        _ => Err(cx.raise(
            Builtin::OSError,
            format!("raw {method}() returned invalid length {answer} (should have been between 0 and {most})"),
        )),
    }
}

fn read_script(cx: &mut Ctx, raw: Slot, into: &mut Vec<u8>, most: usize) -> Res<Option<usize>> {
    let array = cx.with_memory(|cx| cx.root(ByteArray::alloc(cx, memory::zeros(most))))?;
    let room = view(cx, array)?;
    let read = invoke(cx, raw, "readinto", &[room]);
    invoke(cx, room, "release", &[])?;
    let read = read?;
    if cx.get(read).is_none() {
        return Ok(None);
    }
    let count = count(cx, read, "readinto", most)?;
    let bytes = ByteArray::read(cx, array)?;
    let bytes = &bytes[..count.min(bytes.len())];
    memory::reserve(into, bytes.len());
    into.extend_from_slice(bytes);
    Ok(Some(bytes.len()))
}

fn write_script(cx: &mut Ctx, raw: Slot, bytes: &[u8]) -> Res<Option<usize>> {
    let held = cx.with_memory(|cx| cx.root(cx.bytes(bytes)))?;
    let shown = view(cx, held)?;
    let written = invoke(cx, raw, "write", &[shown]);
    invoke(cx, shown, "release", &[])?;
    let written = written?;
    if cx.get(written).is_none() {
        return Ok(None);
    }
    count(cx, written, "write", bytes.len()).map(Some)
}
