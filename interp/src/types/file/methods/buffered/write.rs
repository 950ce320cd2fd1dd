//! Writing through a buffer.

use super::{Operation, begin, check_open, hold};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::types::file::methods::file_io::look;
use crate::types::file::methods::{base, would_block};

impl Operation {
    /// Writes what is pending; what could not be written stays.
    pub(super) fn flush(&self, cx: &mut Ctx) -> Res<()> {
        let pending = self.below.buffers.with(|buffers| std::mem::take(&mut buffers.pending));
        let mut at = 0;
        let mut done = Ok(());
        while at < pending.len() && done.is_ok() {
            done = match self.write_below(cx, &pending[at..]) {
                Ok(Some(count)) => {
                    at += count;
                    cx.poll()
                }
                Ok(None) => Err(would_block(cx, self.by_system(), 0)),
                Err(raised) => Err(raised),
            };
        }
        self.below.buffers.with(|buffers| {
            if at < pending.len() {
                buffers.pending = memory::copy(&pending[at..]);
            } else {
                // Its memory is of use.
                buffers.pending = pending;
                buffers.pending.clear();
            }
        });
        done
    }

    /// Moves what lies below back to where the reader stands.
    pub(super) fn give_back(&self, cx: &mut Ctx) -> Res<()> {
        let unread = self.below.buffers.with(|buffers| buffers.unread().len());
        if unread > 0 {
            self.seek_below(cx, -(unread as i64), libc::SEEK_CUR)?;
        }
        self.below.buffers.with(super::super::super::below::Buffers::forget);
        Ok(())
    }

    fn by_system(&self) -> bool {
        self.below.buffers.with(|buffers| buffers.plain.is_some())
    }

    fn add(&self, bytes: &[u8]) {
        self.below.buffers.with(|buffers| {
            memory::reserve(&mut buffers.pending, bytes.len());
            buffers.pending.extend_from_slice(bytes);
        });
    }

    fn fits(&self, count: usize) -> bool {
        self.below.buffers.with(|buffers| buffers.fits(count))
    }

    /// Writes bytes.
    fn write(&self, cx: &mut Ctx, bytes: &[u8]) -> Res<()> {
        if self.below.buffers.with(|buffers| !buffers.ahead.is_empty()) {
            self.give_back(cx)?;
        }
        if self.fits(bytes.len()) {
            self.add(bytes);
            return Ok(());
        }
        if let Err(raised) = self.flush(cx) {
            return self.write_what_fits(cx, bytes, raised);
        }
        let size = self.below.buffers.with(|buffers| buffers.size);
        let mut written = 0;
        while bytes.len() - written > size {
            match self.write_below(cx, &bytes[written..])? {
                Some(count) => written += count,
                None => {
                    self.add(&bytes[written..written + size]);
                    return Err(would_block(cx, self.by_system(), written + size));
                }
            }
            cx.poll()?;
        }
        self.add(&bytes[written..]);
        Ok(())
    }

    /// After a flush that failed: if that is because it would block, the buffer takes what it has room for.
    fn write_what_fits(&self, cx: &mut Ctx, bytes: &[u8], raised: Raised) -> Res<()> {
        cx.catch(raised, Builtin::BlockingIOError)?;
        let room = self.below.buffers.with(|buffers| buffers.size.saturating_sub(buffers.pending.len()));
        let taken = room.min(bytes.len());
        self.add(&bytes[..taken]);
        if taken == bytes.len() { Ok(()) } else { Err(would_block(cx, self.by_system(), taken)) }
    }
}

/// Takes bytes into the buffer, without any waiting; whether that could be done.
fn into_buffer(cx: &Ctx, file: Slot, buffer: Slot) -> Option<Res<usize>> {
    let state = super::usable(cx, file).ok()?;
    let _held = hold(cx, &state.below)?;
    let written = look(cx, buffer, |bytes| {
        state.below.buffers.with(|buffers| {
            let fits = buffers.ahead.is_empty() && buffers.fits(bytes.len());
            fits.then(|| {
                memory::reserve(&mut buffers.pending, bytes.len());
                buffers.pending.extend_from_slice(bytes);
                bytes.len()
            })
        })
    });
    match written {
        Ok(Some(count)) => Some(Ok(count)),
        Ok(None) => None,
        Err(raised) => Some(Err(raised)),
    }
}

pub(super) fn write(cx: &mut Ctx, file: Slot, buffer: Slot) -> Res<usize> {
    super::usable(cx, file)?;
    look(cx, buffer, |_| ())?;
    check_open(cx, file, "write to")?;
    if let Some(written) = into_buffer(cx, file, buffer) {
        return written;
    }
    let bytes = base::contents(cx, buffer)?;
    write_bytes(cx, file, &bytes)?;
    Ok(bytes.len())
}

/// Writes bytes of Rust.
pub(crate) fn write_bytes(cx: &mut Ctx, file: Slot, bytes: &[u8]) -> Res<()> {
    let operation = begin(cx, file)?;
    if operation.is_closed_below(cx)? {
        return Err(cx.value_error("write to closed file"));
    }
    operation.write(cx, bytes)
}

/// `flush` of what writes: what lies below then stands where the file does.
pub(super) fn flush(cx: &mut Ctx, file: Slot) -> Res<()> {
    super::usable(cx, file)?;
    check_open(cx, file, "flush of")?;
    let operation = begin(cx, file)?;
    operation.flush(cx)?;
    if operation.kind.reads() {
        operation.give_back(cx)?;
    }
    Ok(())
}
