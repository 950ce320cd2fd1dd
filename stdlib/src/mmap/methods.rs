//! The methods of maps, beside what they do as sequences.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::ops::number;
use argil_interp::types::bytes::buffer;
use argil_interp::types::class::Class;
use argil_interp::types::exception::os_error;
use argil_interp::types::mapped::{Mapped, Memory};
use argil_interp::value::Value;
use argil_system::libc;
use argil_system::mapping::{self, Mapping, Request};

use super::{Access, Map, bytes_mut, changing, with, with_any};

fn system(cx: &Ctx, error: &std::io::Error) -> Raised {
    os_error::raise(cx, error, None)
}

/// What a new map was asked for.
struct Asked {
    descriptor: i32,
    len: i64,
    flags: i32,
    protection: i32,
    access: i32,
    offset: i64,
    tracks_file: bool,
}

const BOTH: i32 = libc::PROT_READ | libc::PROT_WRITE;

fn new(cx: &mut Ctx, asked: Asked) -> Res<Map> {
    let Asked { descriptor, len, mut flags, mut protection, access, offset, tracks_file } = asked;
    let Ok(len) = usize::try_from(len) else { return Err(cx.overflow_error("memory mapped length must be positive")) };
    if offset < 0 {
        return Err(cx.overflow_error("memory mapped offset must be positive"));
    }
    if access != 0 && (flags != libc::MAP_SHARED || protection != BOTH) {
        return Err(cx.value_error("mmap can't specify both access and flags, prot."));
    }
    let access = match access {
        0 if protection & BOTH == BOTH => Access::Default,
        0 if protection & libc::PROT_WRITE != 0 => Access::Write,
        0 => Access::Read,
        1 => {
            protection = libc::PROT_READ;
            Access::Read
        }
        2 => Access::Write,
        3 => {
            flags = libc::MAP_PRIVATE;
            Access::Copy
        }
        _ => return Err(cx.value_error("mmap invalid access parameter.")),
    };
    let mut len = len;
    if descriptor == -1 {
        flags |= libc::MAP_ANONYMOUS;
    } else if let Some(size) = mapping::file_size(descriptor).map_err(|error| system(cx, &error))? {
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        let start = offset as usize;
        if len == 0 {
            if size == 0 {
                return Err(cx.value_error("cannot mmap an empty file"));
            }
            if start >= size {
                return Err(cx.value_error("mmap offset is greater than file size"));
            }
            len = size - start;
        } else if start > size || size - start < len {
            return Err(cx.value_error("mmap length is greater than file size"));
        }
    }
    let own = if descriptor == -1 || !tracks_file { Ok(-1) } else { mapping::duplicate(descriptor) };
    let own = own.map_err(|error| system(cx, &error))?;
    let mut map = Map { mapping: None, access, flags, descriptor: own, tracks_file, offset, at: 0 };
    let request = Request { descriptor, len, protection, flags, offset };
    map.mapping = Some(cx.detached(|| Mapping::new(request)).map_err(|error| system(cx, &error))?);
    Ok(map)
}

fn resize(cx: &Ctx, map: &mut Map, len: i64) -> Res<()> {
    if map.descriptor == -1 && !map.tracks_file {
        return Err(cx.value_error("mmap can't resize with trackfd=False."));
    }
    if matches!(map.access, Access::Read | Access::Copy) {
        return Err(cx.type_error("mmap can't resize a readonly or copy-on-write memory map."));
    }
    let end = map.offset.checked_add(len).filter(|_| len >= 0);
    let Some(end) = end else { return Err(cx.value_error("new size out of range")) };
    let Some(mapping) = &mut map.mapping else { return Ok(()) };
    let len = len as usize;
    if map.descriptor == -1 && map.flags & libc::MAP_PRIVATE == 0 && len > mapping.len() {
        return Err(cx.value_error("mmap: can't expand a shared anonymous mapping"));
    }
    if map.descriptor != -1 {
        mapping::truncate(map.descriptor, end).map_err(|error| system(cx, &error))?;
    }
    mapping.resize(len).map_err(|error| system(cx, &error))
}

/// What `find` was asked for: bytes, and where they may be.
struct Sought {
    bytes: Vec<u8>,
    start: Option<i64>,
    end: Option<i64>,
}

fn sought(cx: &mut Ctx, bytes: Slot, start: Option<Slot>, end: Option<Slot>) -> Res<Sought> {
    let [start, end] = [start, end].map(|bound| bound.map(|bound| place(cx, bound)));
    let bytes = buffer::look(cx, cx.get(bytes), memory::copy)?;
    Ok(Sought { bytes, start: start.transpose()?, end: end.transpose()? })
}

fn place(cx: &mut Ctx, bound: Slot) -> Res<i64> {
    let bound = number::index(cx, bound)?;
    let int = cx.index(cx.get(bound))?;
    int.to_i64().ok_or_else(|| cx.overflow_error("Python int too large to convert to C ssize_t"))
}

fn find(map: &Map, sought: &Sought, last: bool) -> i64 {
    let bytes = map.bytes();
    let clip = |bound: i64| {
        let bound = if bound < 0 { bound.saturating_add(bytes.len() as i64).max(0) } else { bound };
        (bound as usize).min(bytes.len())
    };
    let start = sought.start.map_or(map.at.min(bytes.len()), clip);
    let end = sought.end.map_or(bytes.len(), clip);
    let Some(part) = bytes.get(start..end) else { return -1 };
    let found =
        if last { memchr::memmem::rfind(part, &sought.bytes) } else { memchr::memmem::find(part, &sought.bytes) };
    found.map_or(-1, |found| (start + found) as i64)
}

/// Takes so many bytes from where reading goes on.
fn take(map: &mut Map, count: usize) -> Vec<u8> {
    let bytes = map.bytes();
    let start = map.at.min(bytes.len());
    let end = start.saturating_add(count).min(bytes.len());
    let taken = memory::copy(&bytes[start..end]);
    map.at = end;
    taken
}

/// Where something goes, in bytes.
fn seek(cx: &Ctx, map: &mut Map, distance: i64, whence: i32) -> Res<i64> {
    let start = match whence {
        0 => 0,
        1 => map.at as i64,
        2 => map.bytes().len() as i64,
        _ => return Err(cx.value_error("unknown seek type")),
    };
    let at = start.checked_add(distance).and_then(|at| usize::try_from(at).ok());
    match at.filter(|&at| at <= map.bytes().len()) {
        Some(at) => {
            map.at = at;
            Ok(at as i64)
        }
        None => Err(cx.value_error("seek out of range")),
    }
}

natives! {
    pub static METHODS = {
        static call fn __new__(
            cx; cls: Slot; fileno: i32, length: i64, flags: i32 = libc::MAP_SHARED, prot: i32 = BOTH, access: i32 = 0,
            offset: i64 = 0; trackfd: bool = true
        ) -> Slot {
            let asked = Asked {
                descriptor: fileno, len: length, flags, protection: prot, access, offset, tracks_file: trackfd,
            };
            let map = new(cx, asked)?;
            let birth = cx.get(cls).cast::<Class>().map(|class| class.birth().0);
            let birth = birth.unwrap_or_else(|| Builtin::Object.into());
            Ok(cx.root(Mapped::build(cx, birth, Box::new(map))))
        }

        slot fn __repr__(cx; self_: Value<'h>) -> String {
            let name = cx.class_of(self_).name(cx);
            with_any(cx, cx.root(self_), |map| {
                let Some(mapping) = &map.mapping else { return format!("<{name} closed=True>") };
                let access = match map.access {
                    Access::Default => "ACCESS_DEFAULT",
                    Access::Read => "ACCESS_READ",
                    Access::Write => "ACCESS_WRITE",
                    Access::Copy => "ACCESS_COPY",
                };
                let (len, at, offset) = (mapping.len(), map.at, map.offset);
                format!("<{name} closed=False, access={access}, length={len}, pos={at}, offset={offset}>")
            })
        }

        /// Close the map.
        call fn close(cx; self_: Slot) -> () { with_any(cx, self_, Map::close) }

        /// Whether it is closed.
        get fn closed(cx; self_: Value<'h>) -> bool { with_any(cx, cx.root(self_), |map| map.mapping.is_none()) }

        call fn __enter__(cx; self_: Slot) -> Slot { with(cx, self_, |_| Ok(())).map(|()| self_) }

        call fn __exit__(cx; self_: Slot, _class: Slot, _error: Slot, _trace: Slot) -> () {
            with_any(cx, self_, Map::close)
        }

        /// Write changes back to the file.
        call fn flush(cx; self_: Slot, offset: i64 = 0, size: i64 = -1) -> () {
            with(cx, self_, |map| {
                let Some(mapping) = &map.mapping else { return Ok(()) };
                let len = mapping.len();
                let size = if size == -1 { (len as i64).saturating_sub(offset) } else { size };
                let (start, count) = (usize::try_from(offset), usize::try_from(size));
                let (Ok(start), Ok(count)) = (start, count) else { return Err(cx.value_error("flush values out of range")) };
                if start.checked_add(count).is_none_or(|end| end > len) {
                    return Err(cx.value_error("flush values out of range"));
                }
                if matches!(map.access, Access::Read | Access::Copy) {
                    return Ok(());
                }
                mapping.flush(start..start + count).map_err(|error| system(cx, &error))
            })
        }

        /// Tell the system how the memory will be used.
        call fn madvise(cx; self_: Slot, option: i32, start: i64 = 0, length: Option<Slot> = None) -> () {
            let length = length.map(|length| place(cx, length)).transpose()?;
            with(cx, self_, |map| {
                let Some(mapping) = &mut map.mapping else { return Ok(()) };
                let len = mapping.len();
                let Some(start) = usize::try_from(start).ok().filter(|&start| start < len) else {
                    return Err(cx.value_error("madvise start out of bounds"));
                };
                let length = length.unwrap_or((len - start) as i64);
                let Ok(length) = usize::try_from(length) else { return Err(cx.value_error("madvise length invalid")) };
                if length > isize::MAX as usize - start {
                    return Err(cx.overflow_error("madvise length too large"));
                }
                mapping.advise(start..start.saturating_add(length), option).map_err(|error| system(cx, &error))
            })
        }

        /// Change the size of the map, and of its file.
        call fn resize(cx; self_: Slot, newsize: i64) -> () { with(cx, self_, |map| resize(cx, map, newsize)) }

        /// The size of the file.
        call fn size(cx; self_: Slot) -> i64 {
            with(cx, self_, |map| {
                let size = mapping::any_size(map.descriptor).map_err(|error| system(cx, &error))?;
                Ok(size as i64)
            })
        }
    }
}

natives! {
    /// What maps do as files, and what looks for bytes and moves them.
    pub static PLACES = {
        /// Find bytes, from where reading goes on.
        call fn find(cx; self_: Slot, sub: Slot, start: Option<Slot> = None, end: Option<Slot> = None) -> i64 {
            let sought = sought(cx, sub, start, end)?;
            with(cx, self_, |map| Ok(find(map, &sought, false)))
        }

        /// Find bytes from behind.
        call fn rfind(cx; self_: Slot, sub: Slot, start: Option<Slot> = None, end: Option<Slot> = None) -> i64 {
            let sought = sought(cx, sub, start, end)?;
            with(cx, self_, |map| Ok(find(map, &sought, true)))
        }

        /// Copy count bytes from one place to another.
        call fn r#move(cx; self_: Slot, dest: i64, src: i64, count: i64) -> () {
            changing(cx, self_, |map| {
                let bytes = bytes_mut(map);
                let within = |start: i64| {
                    let (start, count) = (usize::try_from(start).ok()?, usize::try_from(count).ok()?);
                    start.checked_add(count).filter(|&end| end <= bytes.len()).map(|end| start..end)
                };
                let (Some(from), Some(to)) = (within(src), within(dest)) else {
                    return Err(cx.value_error("source, destination, or count out of range"));
                };
                bytes.copy_within(from, to.start);
                Ok(())
            })
        }

        /// Read up to n bytes, or all.
        call fn read(cx; self_: Slot, n: Option<Slot> = None) -> Slot {
            let count = n.map(|n| place(cx, n)).transpose()?;
            let count = count.and_then(|count| usize::try_from(count).ok()).unwrap_or(usize::MAX);
            let taken = with(cx, self_, |map| Ok(take(map, count)))?;
            cx.with_memory(|cx| cx.root(cx.bytes(&taken)))
        }

        /// Read one byte as a number.
        call fn read_byte(cx; self_: Slot) -> i64 {
            with(cx, self_, |map| match take(map, 1)[..] {
                [byte] => Ok(byte.into()),
                _ => Err(cx.value_error("read byte out of range")),
            })
        }

        /// Read up to the end of a line.
        call fn readline(cx; self_: Slot) -> Slot {
            let taken = with(cx, self_, |map| {
                let rest = map.bytes().get(map.at..).unwrap_or_default();
                let count = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                Ok(take(map, count))
            })?;
            cx.with_memory(|cx| cx.root(cx.bytes(&taken)))
        }

        /// Set where reading and writing go on.
        call fn seek(cx; self_: Slot, pos: i64, whence: i32 = 0) -> i64 {
            with(cx, self_, |map| seek(cx, map, pos, whence))
        }

        /// Whether seek works: always.
        call fn seekable(cx; self_: Slot) -> bool { Ok(true) }

        /// Where reading and writing go on.
        call fn tell(cx; self_: Slot) -> usize { with(cx, self_, |map| Ok(map.at)) }

        /// Write bytes; how many they were.
        call fn write(cx; self_: Slot, bytes: Slot) -> usize {
            let new = buffer::look(cx, cx.get(bytes), memory::copy)?;
            changing(cx, self_, |map| {
                let at = map.at;
                let room = bytes_mut(map).get_mut(at..).and_then(|rest| rest.get_mut(..new.len()));
                let Some(room) = room else { return Err(cx.value_error("data out of range")) };
                room.copy_from_slice(&new);
                map.at += new.len();
                Ok(new.len())
            })
        }

        /// Write one byte.
        call fn write_byte(cx; self_: Slot, byte: i64) -> () {
            let byte = u8::try_from(byte).map_err(|_| {
                let bound = if byte < 0 { "less than minimum" } else { "greater than maximum" };
                cx.overflow_error(format!("unsigned byte integer is {bound}"))
            })?;
            changing(cx, self_, |map| {
                let at = map.at;
                let Some(room) = bytes_mut(map).get_mut(at) else {
                    return Err(cx.value_error("write byte out of range"));
                };
                *room = byte;
                map.at += 1;
                Ok(())
            })
        }
    }
}
