//! Positions of buffered files.

use super::{begin, check_open, usable};
use crate::ctx::{Ctx, Res, Slot};
use crate::types::file::methods::{base, invoke, number, unsupported};

pub(super) fn seek(cx: &mut Ctx, file: Slot, target: Slot, whence: i32) -> Res<i64> {
    let known = matches!(whence, libc::SEEK_SET | libc::SEEK_CUR | libc::SEEK_END | libc::SEEK_HOLE | libc::SEEK_DATA);
    if !known {
        return Err(cx.value_error(format!("whence value {whence} unsupported")));
    }
    usable(cx, file)?;
    check_open(cx, file, "seek of")?;
    let raw = super::raw_of(cx, file)?;
    base::check_able(cx, raw, "seekable")?;
    let mut target = number(cx, target)?;
    let operation = begin(cx, file)?;
    if matches!(whence, libc::SEEK_SET | libc::SEEK_CUR) && operation.kind.reads() {
        // Often the buffer has what is there.
        let nearby = operation.below.buffers.with(|buffers| {
            let position = buffers.position? - buffers.unread().len() as i64;
            let offset = if whence == libc::SEEK_SET { target - position } else { target };
            let place = buffers.consumed as i64 + offset;
            let within = !buffers.ahead.is_empty() && (0..=buffers.ahead.len() as i64).contains(&place);
            within.then(|| {
                buffers.consumed = place as usize;
                position + offset
            })
        });
        if let Some(position) = nearby {
            return Ok(position);
        }
    }
    operation.flush(cx)?;
    if whence == libc::SEEK_CUR {
        target -= operation.below.buffers.with(|buffers| buffers.unread().len()) as i64;
    }
    let position = operation.seek_below(cx, target, whence)?;
    operation.below.buffers.with(super::super::super::below::Buffers::forget);
    Ok(position)
}

pub(super) fn tell(cx: &mut Ctx, file: Slot) -> Res<i64> {
    let operation = begin(cx, file)?;
    let position = operation.position_below(cx)?;
    let (unread, pending) =
        operation.below.buffers.with(|buffers| (buffers.unread().len() as i64, buffers.pending.len() as i64));
    Ok((position - unread + pending).max(0))
}

pub(super) fn truncate(cx: &mut Ctx, file: Slot, size: Option<Slot>) -> Res<Slot> {
    let state = usable(cx, file)?;
    if !state.kind.writes() {
        check_open(cx, file, "truncate of")?;
        return Err(unsupported(cx, "truncate"));
    }
    check_open(cx, file, "truncate of")?;
    let operation = begin(cx, file)?;
    operation.flush(cx)?;
    if operation.kind.reads() {
        operation.give_back(cx)?;
    }
    let size = size.unwrap_or_else(|| cx.root(crate::value::Value::NONE));
    invoke(cx, operation.raw, "truncate", &[size])
}
