//! Positions of text files. `tell` gives a number that says where the decoder has to begin, how it stood there, and how much of
//! what it then decodes was used.

use dashu_int::IBig;

use super::coding::{Stepper, decode, has_decoder, reset_decoder, reset_encoder, set_decoder};
use super::{Inner, Snapshot, Text, begin, buffer_of, check_open, coding, inner, modes};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::ops::compare::{CmpOp, compare_bool};
use crate::ops::number;
use crate::types::bytes::buffer;
use crate::types::file::methods::{invoke, number as number_of, unsupported};

use crate::value::Value;

/// A position, taken apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Cookie {
    /// Where to begin.
    start: i64,
    /// How the decoder stands there.
    flags: i32,
    /// How many bytes it then gets.
    feed: i32,
    /// How many characters of those that they make were used.
    skip: i32,
    /// Whether it then is told that nothing follows.
    end: bool,
}

impl Cookie {
    /// The bits of each part, from the lowest on.
    const WIDTHS: [usize; 5] = [64, 32, 32, 32, 8];

    fn parts(self) -> [u64; 5] {
        let narrow = |part: i32| u64::from(part as u32);
        [self.start as u64, narrow(self.flags), narrow(self.feed), narrow(self.skip), u64::from(self.end)]
    }

    fn number(self) -> IBig {
        let mut number = IBig::ZERO;
        for (part, width) in self.parts().into_iter().zip(Cookie::WIDTHS).rev() {
            number = (number << width) + IBig::from(part);
        }
        number
    }

    fn of(mut number: IBig) -> Option<Cookie> {
        let mut parts = [0_u64; 5];
        for (part, width) in parts.iter_mut().zip(Cookie::WIDTHS) {
            let rest = &number >> width;
            *part = u64::try_from(number - (&rest << width)).ok()?;
            number = rest;
        }
        let narrow = |part: u64| part as u32 as i32;
        (number == IBig::ZERO).then(|| Cookie {
            start: parts[0] as i64,
            flags: narrow(parts[1]),
            feed: narrow(parts[2]),
            skip: narrow(parts[3]),
            end: parts[4] != 0,
        })
    }
}

fn not_seekable(cx: &Ctx) -> Raised {
    unsupported(cx, "underlying stream is not seekable")
}

fn flush(cx: &mut Ctx, file: Slot) -> Res<()> {
    invoke(cx, file, "flush", &[]).map(|_| ())
}

pub(super) fn tell(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    check_open(cx, file)?;
    let modes = modes(cx, file)?;
    if !modes.seekable {
        return Err(not_seekable(cx));
    }
    if !modes.telling {
        return Err(cx.raise(Builtin::OSError, "telling position disabled by next() call"));
    }
    let _operation = begin(cx, file)?;
    super::write::pass_on(cx, file)?;
    flush(cx, file)?;
    let buffer = buffer_of(cx, file)?;
    let below = invoke(cx, buffer, "tell", &[])?;
    let (snapshot, used) = inner(cx, file, |inner| (inner.snapshot.clone(), inner.decoded[..inner.used].to_owned()))?;
    let Some(snapshot) = snapshot.filter(|_| modes.reads) else { return Ok(below) };
    let start = number_of(cx, below)? - snapshot.input.len() as i64;
    let cookie = if used.is_empty() {
        Cookie { start, flags: snapshot.flags as i32, ..Cookie::default() }
    } else if snapshot.flags == 0 && is_as_read(cx, file, &snapshot, &used)? {
        Cookie { start: start + used.len() as i64, ..Cookie::default() }
    } else {
        search(cx, file, &snapshot, start, used.chars().count())?
    };
    let cx: &Ctx = cx;
    Ok(cx.root(cx.big_int(cookie.number())))
}

/// Whether the text that was used has the very bytes that were read, so that they are as many.
fn is_as_read(cx: &Ctx, file: Slot, snapshot: &Snapshot, used: &str) -> Res<bool> {
    let here = inner(cx, file, |inner| inner.coding.is_some())?;
    Ok(here && !used.ends_with('\r') && snapshot.input.starts_with(used.as_bytes()))
}

/// Searches the last place before the position where the decoder holds nothing.
fn search(cx: &mut Ctx, file: Slot, snapshot: &Snapshot, start: i64, chars: usize) -> Res<Cookie> {
    let Some(mut decoder) = Stepper::of(cx, file)? else { return Ok(Cookie { start, ..Cookie::default() }) };
    let saved = coding::decoder_state(cx, file)?;
    let found = search_with(cx, &mut decoder, snapshot, start, chars, inner(cx, file, |inner| inner.ratio)?);
    if let Stepper::Script(script) = decoder {
        coding::set_state(cx, script, &saved.0, saved.1)?;
    }
    found
}

fn search_with(
    cx: &mut Ctx,
    decoder: &mut Stepper,
    snapshot: &Snapshot,
    start: i64,
    mut chars: usize,
    ratio: f64,
) -> Res<Cookie> {
    let mut cookie = Cookie { start, flags: snapshot.flags as i32, ..Cookie::default() };
    // A guess first: the decoder need not be fed byte by byte from the beginning.
    let mut skip = ((ratio * chars as f64) as usize).min(snapshot.input.len());
    let mut back = 1;
    while skip > 0 {
        decoder.set(cx, snapshot.flags)?;
        let decoded = decoder.decode(cx, &snapshot.input[..skip], false)?;
        if decoded <= chars {
            let (held, flags) = decoder.state(cx)?;
            if held == 0 {
                cookie.flags = flags as i32;
                chars -= decoded;
                break;
            }
            skip -= held.min(skip);
            back = 1;
        } else {
            skip -= back.min(skip);
            back *= 2;
        }
    }
    if skip == 0 {
        decoder.set(cx, snapshot.flags)?;
    }
    cookie.start += skip as i64;
    if chars == 0 {
        return Ok(cookie);
    }
    let (mut decoded, mut fed) = (0, 0);
    for byte in &snapshot.input[skip..] {
        decoded += decoder.decode(cx, std::slice::from_ref(byte), false)?;
        fed += 1;
        let (held, flags) = decoder.state(cx)?;
        if held == 0 && decoded <= chars {
            cookie.start += fed;
            chars -= decoded;
            cookie.flags = flags as i32;
            (decoded, fed) = (0, 0);
        }
        if decoded >= chars {
            break;
        }
    }
    if decoded < chars {
        decoded += decoder.decode(cx, b"", true)?;
        cookie.end = true;
        if decoded < chars {
            return Err(cx.raise(Builtin::OSError, "can't reconstruct logical file position"));
        }
    }
    cookie.feed = fed as i32;
    cookie.skip = chars as i32;
    Ok(cookie)
}

pub(super) fn seek(cx: &mut Ctx, file: Slot, given: Slot, whence: i32) -> Res<Slot> {
    check_open(cx, file)?;
    if !modes(cx, file)?.seekable {
        return Err(not_seekable(cx));
    }
    let index = number::index_opt(cx, given)?;
    let is_zero = |cx: &Ctx| index.is_some_and(|index| cx.get(index).as_small_int() == Some(0));
    let _operation = begin(cx, file)?;
    let cookie = match whence {
        libc::SEEK_SET => given,
        libc::SEEK_CUR => {
            if !is_zero(cx) {
                return Err(unsupported(cx, "can't do nonzero cur-relative seeks"));
            }
            invoke(cx, file, "tell", &[])?
        }
        libc::SEEK_END => {
            if !is_zero(cx) {
                return Err(unsupported(cx, "can't do nonzero end-relative seeks"));
            }
            return seek_end(cx, file);
        }
        _ => return Err(cx.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
    };
    let zero = cx.root(cx.int(0));
    if compare_bool(cx, CmpOp::Lt, cookie, zero)? {
        let shown = crate::ops::repr::repr(cx, cookie)?;
        return Err(cx.value_error(format!("negative seek position {shown}")));
    }
    let place = match number::index_opt(cx, cookie)? {
        Some(place) => place,
        // Anything that `int` takes will do.
        None => {
            let class = cx.root(Value::of(cx.class(Builtin::Int)));
            cx.call(class, &[cookie])?
        }
    };
    let place: IBig = cx.index(cx.get(place))?.to_big();
    flush(cx, file)?;
    let Some(place) = Cookie::of(place) else {
        return Err(cx.overflow_error("int too big to convert"));
    };
    let buffer = buffer_of(cx, file)?;
    let start = cx.root(cx.int(place.start));
    invoke(cx, buffer, "seek", &[start])?;
    inner(cx, file, Inner::forget)?;
    let at_start = place.start == 0 && place.flags == 0;
    if has_decoder(cx, file)? {
        set_decoder(cx, file, i64::from(place.flags), at_start)?;
        restore(cx, file, buffer, place)?;
    }
    if cx.load(file, |state: &Text| &state.encoder).is_some() {
        reset_encoder(cx, file, at_start)?;
    }
    Ok(cookie)
}

/// Decodes what lies between the beginning of a position and the position.
fn restore(cx: &mut Ctx, file: Slot, buffer: Slot, place: Cookie) -> Res<()> {
    let flags = i64::from(place.flags);
    if place.skip == 0 {
        return inner(cx, file, |inner| inner.snapshot = Some(Snapshot { flags, input: Vec::new() }));
    }
    let count = cx.root(cx.int(i64::from(place.feed)));
    let read = invoke(cx, buffer, "read", &[count])?;
    if buffer::Buffer::of(cx.get(read)).is_none() {
        let got = cx.type_name(cx.get(read));
        return Err(cx.type_error(format!("underlying read() should have returned a bytes-like object, not '{got}'")));
    }
    let input = buffer::look(cx, cx.get(read), memory::copy)?;
    let text = decode(cx, file, input.clone(), place.end)?;
    let skip = usize::try_from(place.skip).unwrap_or(usize::MAX);
    let used = match text.char_indices().nth(skip) {
        Some((at, _)) => at,
        None if text.chars().count() == skip => text.len(),
        None => return Err(cx.raise(Builtin::OSError, "can't restore logical file position")),
    };
    inner(cx, file, |inner| {
        inner.decoded = text;
        inner.used = used;
        inner.snapshot = Some(Snapshot { flags, input });
    })
}

fn seek_end(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    flush(cx, file)?;
    inner(cx, file, Inner::forget)?;
    if has_decoder(cx, file)? {
        reset_decoder(cx, file)?;
    }
    let buffer = buffer_of(cx, file)?;
    let args = [cx.root(cx.int(0)), cx.root(cx.int(2))];
    let position = invoke(cx, buffer, "seek", &args)?;
    if cx.load(file, |state: &Text| &state.encoder).is_some() {
        let at_start = cx.get(position).as_small_int() == Some(0);
        reset_encoder(cx, file, at_start)?;
    }
    Ok(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_taken_apart_as_they_were_put_together() {
        for cookie in [
            Cookie { start: 17, ..Cookie::default() },
            Cookie { start: 1 << 40, flags: 3, feed: 5, skip: 7, end: true },
            Cookie { start: 0, flags: 0, feed: 1, skip: 1, end: false },
        ] {
            assert_eq!(Cookie::of(cookie.number()), Some(cookie));
        }
        assert_eq!(Cookie { start: 17, ..Cookie::default() }.number(), IBig::from(17));
        assert_eq!(Cookie::of(IBig::from(1) << 168), None);
    }
}
