//! `BytesIO`: a file of bytes that lies in memory, in a bytearray that `getbuffer` shows.
//!
//! Unlike CPython's, what `getbuffer` gives does not keep the file from being resized: see `types/memory_view`.

use std::sync::atomic::{AtomicU8, Ordering};

use super::{base, birth, closed_error, number, size as size_of, state, view};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::natives;
use crate::object::{Field, Header};
use crate::ops::iter;
use crate::types::bytearray::ByteArray;
use crate::types::bytearray::octets::Octets;
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::native::{Crossing, Exclusive, FieldOf, Native, NativeData, Saved};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The state of a `BytesIO`.
pub struct BytesFile {
    /// The bytearray.
    bytes: Field,
    position: Exclusive<usize>,
    /// One of the constants below (Relaxed: a plain setting).
    status: AtomicU8,
}

const OPEN: u8 = 0;
const CLOSED: u8 = 1;

impl NativeData for BytesFile {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.bytes];
    const NEXT: Option<crate::types::native::NextFn> = Some(next);
    const CROSSING: Option<Crossing> = Some(Crossing {
        save: |cx, value| {
            let state = value.native::<BytesFile>()?;
            let mut bytes = state.position.with(|position| (*position as u64).to_le_bytes().to_vec());
            bytes.push(state.status.load(Ordering::Relaxed));
            Some(Saved { bytes, values: vec![state.bytes.get(cx)] })
        },
        restore: |cx, birth, bytes| {
            let (position, status) = bytes.split_first_chunk::<8>()?;
            let state = BytesFile {
                bytes: Field::unset(),
                position: Exclusive::new(usize::try_from(u64::from_le_bytes(*position)).ok()?),
                status: AtomicU8::new(*status.first()?),
            };
            Some(Native::alloc(cx, birth, state))
        },
        fill: |cx, object, values| {
            if let Some((state, guard)) = object.guarded::<BytesFile>(cx)
                && let Some(Some(bytes)) = values.first()
            {
                guard.set(&state.bytes, *bytes);
            }
        },
    });
}

fn of(cx: &Ctx, file: Slot) -> Res<&BytesFile> {
    state::<BytesFile>(cx, file, Builtin::BytesIo)
}

fn is_closed(cx: &Ctx, file: Slot) -> Res<bool> {
    Ok(of(cx, file)?.status.load(Ordering::Relaxed) == CLOSED)
}

fn check_open(cx: &Ctx, file: Slot) -> Res<()> {
    if is_closed(cx, file)? { Err(closed_error(cx)) } else { Ok(()) }
}

/// Does something with the position and the bytes of an open file, at once.
fn with<R>(cx: &Ctx, file: Slot, f: impl FnOnce(&mut usize, &mut Octets) -> Res<R>) -> Res<R> {
    check_open(cx, file)?;
    let state = of(cx, file)?;
    let array = cx.root(state.bytes.get_or_none(cx));
    state.position.with(|position| ByteArray::write(cx, array, |bytes| f(position, bytes)))
}

/// The next bytes, as many as there are up to a number.
fn read(cx: &Ctx, file: Slot, most: Option<usize>) -> Res<Slot> {
    with(cx, file, |position, bytes| {
        let rest = bytes.get(*position..).unwrap_or_default();
        let part = &rest[..most.unwrap_or(usize::MAX).min(rest.len())];
        let made = cx.bytes(part);
        *position += part.len();
        Ok(cx.root(made))
    })
}

fn read_line(cx: &Ctx, file: Slot, limit: Option<usize>) -> Res<Slot> {
    with(cx, file, |position, bytes| {
        let rest = bytes.get(*position..).unwrap_or_default();
        let rest = &rest[..limit.unwrap_or(usize::MAX).min(rest.len())];
        let line = &rest[..memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1)];
        let made = cx.bytes(line);
        *position += line.len();
        Ok(cx.root(made))
    })
}

fn put(cx: &Ctx, file: Slot, given: &[u8]) -> Res<usize> {
    if given.is_empty() {
        check_open(cx, file)?;
        return Ok(0);
    }
    with(cx, file, |position, bytes| {
        let Some(end) = position.checked_add(given.len()).filter(|end| *end <= isize::MAX as usize) else {
            return Err(cx.overflow_error("new buffer size too large"));
        };
        if *position > bytes.len() {
            bytes.resize(*position);
        }
        let within = (bytes.len() - *position).min(given.len());
        memory::check();
        bytes[*position..*position + within].copy_from_slice(&given[..within]);
        bytes.extend_from_slice(&given[within..]);
        *position = end;
        Ok(given.len())
    })
}

fn write(cx: &mut Ctx, file: Slot, buffer: Slot) -> Res<usize> {
    check_open(cx, file)?;
    if cx.get(buffer).as_bytes().is_some() {
        return cx.with_memory(|cx| put(cx, file, cx.get(buffer).as_bytes().unwrap_or_default()))?;
    }
    let bytes = base::contents(cx, buffer)?;
    cx.with_memory(|cx| put(cx, file, &bytes))?
}

fn seek(cx: &mut Ctx, file: Slot, offset: Slot, whence: i32) -> Res<usize> {
    check_open(cx, file)?;
    let offset = number(cx, offset)?;
    with(cx, file, |position, bytes| {
        let start = match whence {
            0 if offset < 0 => return Err(cx.value_error(format!("negative seek value {offset}"))),
            0 => 0,
            1 => *position,
            2 => bytes.len(),
            _ => return Err(cx.value_error(format!("invalid whence ({whence}, should be 0, 1 or 2)"))),
        };
        let Some(place) = (start as i64).checked_add(offset) else {
            return Err(cx.overflow_error("new position too large"));
        };
        *position = place.max(0) as usize;
        Ok(*position)
    })
}

fn init(cx: &mut Ctx, file: Slot, initial: Option<Slot>) -> Res<()> {
    let bytes = match initial {
        Some(initial) => base::contents(cx, initial)?,
        None => Vec::new(),
    };
    let array = cx.root(ByteArray::alloc(cx, bytes));
    cx.store(file, |state: &BytesFile| &state.bytes, array);
    let state = of(cx, file)?;
    state.position.with(|position| *position = 0);
    state.status.store(OPEN, Ordering::Relaxed);
    Ok(())
}

fn set_state(cx: &mut Ctx, file: Slot, given: Slot) -> Res<()> {
    let wrong = |cx: &Ctx| {
        let (class, got) = (cx.type_name(cx.get(file)), cx.type_name(cx.get(given)));
        cx.type_error(format!("{class}.__setstate__ argument should be 3-tuple, got {got}"))
    };
    let parts = {
        let cx: &Ctx = cx;
        let Some(parts) = cx.get(given).cast::<Tuple>().filter(|parts| parts.len() >= 3) else { return Err(wrong(cx)) };
        cx.root_all(parts.iter(cx))
    };
    let position = match cx.get(parts.get(1)).as_int() {
        Some(position) => position.to_i64(),
        None => {
            let got = cx.type_name(cx.get(parts.get(1)));
            return Err(cx.type_error(format!("second item of state must be an integer, not {got}")));
        }
    };
    let Some(position) = position.and_then(|position| usize::try_from(position).ok()) else {
        return Err(cx.value_error("position value cannot be negative"));
    };
    init(cx, file, Some(parts.get(0)))?;
    of(cx, file)?.position.with(|known| *known = position);
    set_attributes(cx, file, parts.get(2), "third")
}

/// Sets the attributes that a state has in a dict.
pub(super) fn set_attributes(cx: &mut Ctx, file: Slot, attributes: Slot, place: &str) -> Res<()> {
    if cx.get(attributes).is_none() {
        return Ok(());
    }
    if cx.get(attributes).cast::<Dict>().is_none() {
        let got = cx.type_name(cx.get(attributes));
        return Err(cx.type_error(format!("{place} item of state should be a dict, got a {got}")));
    }
    let own = super::get(cx, file, "__dict__")?;
    super::invoke(cx, own, "update", &[attributes]).map(|_| ())
}

/// A copy of the attributes of an object, or None the object if it has none.
pub(super) fn attributes(cx: &mut Ctx, file: Slot) -> Res<Slot> {
    let own = super::get(cx, file, "__dict__")?;
    if cx.get(own).cast::<Dict>().is_none_or(|own| own.is_empty(cx)) {
        return Ok(cx.root(Value::NONE));
    }
    super::invoke(cx, own, "copy", &[])
}

fn next(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let exact = cx.get(file).header().is_some_and(Header::is_exact);
    if !exact && let Some(line) = super::buffered::overridden(cx, file)? {
        return Ok(line);
    }
    next_line(cx, file)
}

fn next_line(cx: &mut Ctx, file: Slot) -> Res<Option<Slot>> {
    let line = cx.with_memory(|cx| read_line(cx, file, None))??;
    let empty = cx.get(line).as_bytes().is_none_or(<[u8]>::is_empty);
    Ok((!empty).then_some(line))
}

natives! {
    /// Methods of `BytesIO`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let array = cx.root(ByteArray::alloc(cx, Vec::new()));
            let state = BytesFile {
                bytes: Field::of(array),
                position: Exclusive::new(0),
                status: AtomicU8::new(OPEN),
            };
            let cx: &Ctx = cx;
            Ok(cx.root(Native::alloc(cx, birth(cx, args.get(0)), state)))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; initial_bytes: Option<Slot> = None) -> () { init(cx, self_, initial_bytes) }
        /// Read at most size bytes, all if it is negative or None.
        call fn read(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let most = size_of(cx, size)?;
            cx.with_memory(|cx| read(cx, self_, most))?
        }
        /// Read at most size bytes, all if it is negative or None.
        call fn read1(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let most = size_of(cx, size)?;
            cx.with_memory(|cx| read(cx, self_, most))?
        }
        /// Read and return a line of at most size bytes.
        call fn readline(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let limit = size_of(cx, size)?;
            cx.with_memory(|cx| read_line(cx, self_, limit))?
        }
        /// Return a list of lines; no more are read once they have size bytes together.
        call fn readlines(cx; self_: Slot, size: Option<Slot> = None) -> Slot {
            let hint = size_of(cx, size)?.filter(|hint| *hint > 0);
            check_open(cx, self_)?;
            let lines = cx.root(Value::of(List::alloc(cx)));
            let mut total = 0;
            loop {
                let more = cx.scope(|cx| {
                    let line = read_line(cx, self_, None)?;
                    let count = cx.get(line).as_bytes().map_or(0, <[u8]>::len);
                    if count > 0 {
                        iter::push(cx, lines, line)?;
                    }
                    total += count;
                    Ok(count > 0 && hint.is_none_or(|hint| total < hint))
                })?;
                if !more {
                    return Ok(lines);
                }
                cx.poll()?;
            }
        }
        /// Read bytes into a buffer.
        call fn readinto(cx; self_: Slot, buffer: Slot) -> usize {
            let target = base::target(cx, buffer, "readinto")?;
            let room = target.len(cx);
            let part = with(cx, self_, |position, bytes| {
                let rest = bytes.get(*position..).unwrap_or_default();
                let part = memory::copy(&rest[..room.min(rest.len())]);
                *position += part.len();
                Ok(part)
            })?;
            base::fill(cx, &target, 0, &part)?;
            Ok(part.len())
        }
        /// Write a buffer; returns how many bytes that are.
        call fn write(cx; self_: Slot, b: Slot) -> usize { write(cx, self_, b) }
        /// Write each buffer of an iterable.
        call fn writelines(cx; self_: Slot, lines: Slot) -> () {
            check_open(cx, self_)?;
            iter::for_each(cx, lines, |cx, line| {
                write(cx, self_, line)?;
                Ok(true)
            })
        }
        /// Change the position and return it.
        call fn seek(cx; self_: Slot, pos: Slot, whence: i32 = 0) -> usize { seek(cx, self_, pos, whence) }
        /// The position.
        call fn tell(cx; self_: Slot) -> usize { with(cx, self_, |position, _| Ok(*position)) }
        /// Cut the file off at a size, or at the position; returns the size.
        call fn truncate(cx; self_: Slot, size: Option<Slot> = None) -> usize {
            check_open(cx, self_)?;
            let size = match size {
                Some(size) => Some(number(cx, size)?),
                None => None,
            };
            with(cx, self_, |position, bytes| {
                let size = match size {
                    Some(size) => usize::try_from(size).map_err(|_| cx.value_error(format!("negative size value {size}")))?,
                    None => *position,
                };
                if size < bytes.len() {
                    bytes.resize(size);
                }
                Ok(size)
            })
        }
        /// All bytes.
        call fn getvalue(cx; self_: Slot) -> Slot {
            cx.with_memory(|cx| with(cx, self_, |_, bytes| Ok(cx.root(cx.bytes(bytes)))))?
        }
        /// A view of the bytes, by which they may be changed.
        call fn getbuffer(cx; self_: Slot) -> Slot {
            check_open(cx, self_)?;
            let array = cx.root(of(cx, self_)?.bytes.get_or_none(cx));
            view(cx, array)
        }
        /// Forget the contents.
        call fn close(cx; self_: Slot) -> () {
            let empty = cx.root(ByteArray::alloc(cx, Vec::new()));
            of(cx, self_)?.status.store(CLOSED, Ordering::Relaxed);
            cx.store(self_, |state: &BytesFile| &state.bytes, empty);
            Ok(())
        }
        /// Nothing: there is no buffer.
        call fn flush(cx; self_: Slot) -> () { check_open(cx, self_) }
        /// Whether the file is a terminal: no.
        call fn isatty(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(false)
        }
        /// Whether the file can be read.
        call fn readable(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(true)
        }
        /// Whether the file can be written.
        call fn writable(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(true)
        }
        /// Whether the file has positions.
        call fn seekable(cx; self_: Slot) -> bool {
            check_open(cx, self_)?;
            Ok(true)
        }
        /// Whether the file is closed.
        get call fn closed(cx; self_: Slot) -> bool { is_closed(cx, self_) }
        /// Implement iter(self).
        call fn __iter__(cx; self_: Slot) -> Slot {
            check_open(cx, self_)?;
            Ok(self_)
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            match next_line(cx, self_)? {
                Some(line) => Ok(line),
                None => Err(cx.raise_with(Builtin::StopIteration, &[])),
            }
        }
        /// Helper for pickle.
        call fn __getstate__(cx; self_: Slot) -> Slot {
            let (value, position) = with(cx, self_, |position, bytes| Ok((cx.root(cx.bytes(bytes)), *position)))?;
            let attributes = attributes(cx, self_)?;
            let cx: &Ctx = cx;
            Ok(cx.root(cx.tuple(&[cx.get(value), cx.uint(position as u64), cx.get(attributes)])))
        }
        /// Helper for pickle.
        call fn __setstate__(cx; self_: Slot, state: Slot) -> () { set_state(cx, self_, state) }
    }
}
