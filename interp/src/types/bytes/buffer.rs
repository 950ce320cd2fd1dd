//! What the methods of bytes and bytearrays share: their receiver and arguments are either, and what they return is of the
//! receiver's type.

use std::borrow::Cow;
use std::ops::{Deref, Range};

use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::native::{ByScript, FromArg, NativeDef};
use crate::ops::attr::find_special;
use crate::ops::number;
use crate::types::array::Array;
use crate::types::bytearray::ByteArray;
use crate::types::list::List;
use crate::types::mapped::Mapped;
use crate::types::memory_view::MemoryView;
use crate::value::Value;

/// A bytes-like argument.
pub struct Buffer<'h> {
    bytes: Cow<'h, [u8]>,
    mutable: bool,
}

impl Deref for Buffer<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl<'h> FromArg<'h> for Buffer<'h> {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if let Some(view) = value.native::<MemoryView>() {
            view.check(cx)?;
        }
        Buffer::of(value).ok_or_else(|| not_bytes(cx, value))
    }
}

/// The TypeError for an argument that must be bytes-like.
pub fn not_bytes(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("a bytes-like object is required, not '{}'", cx.type_name(value)))
}

/// Refuses what is not bytes-like, or a view that does not show its bytes.
fn check(cx: &Ctx, value: Value<'_>) -> Res<()> {
    match value.native::<MemoryView>() {
        Some(view) => view.check(cx),
        None => ByteArray::look(value, |_| ()).ok_or_else(|| not_bytes(cx, value)),
    }
}

/// Runs `f` with the contents of a bytes-like object, without a copy of them. It must be short, and must not use the same
/// object again.
///
/// # Errors
/// As CPython's when a buffer is asked for.
pub fn look<R>(cx: &Ctx, value: Value<'_>, f: impl FnOnce(&[u8]) -> R) -> Res<R> {
    check(cx, value)?;
    ByteArray::look(value, f).ok_or_else(|| not_bytes(cx, value))
}

/// The contents of a bytes-like object, with the errors of [`look`].
pub fn contents<'h>(cx: &Ctx, value: Value<'h>) -> Res<Cow<'h, [u8]>> {
    check(cx, value)?;
    ByteArray::contents(value).ok_or_else(|| not_bytes(cx, value))
}

/// Runs `work` off the lock with the contents of a bytes-like object: those of a bytes object where they are, a copy of all
/// others.
///
/// # Errors
/// As CPython's when a buffer is asked for.
pub fn detached<R>(cx: &mut Ctx, data: Slot, work: impl FnOnce(&[u8]) -> R) -> Res<R> {
    let kept = cx.root(cx.get(data));
    let bytes = match cx.get(kept).as_bytes() {
        // SAFETY: the bytes of a bytes object never change and never move, and the object lives as long as the slot, which is
        // this function's and nobody writes to.
        Some(bytes) => Cow::Borrowed(unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) }),
        None => Cow::Owned(cx.with_memory(|cx| contents(cx, cx.get(kept)).map(|bytes| memory::copy(&bytes)))??),
    };
    Ok(cx.detached(|| work(&bytes)))
}

/// Where bytes may be written: a bytearray or an array, or the part of one that a view shows.
pub struct Target {
    array: Slot,
    part: Range<usize>,
}

impl Target {
    /// What may be written of a value; `None` if that is nothing.
    pub fn of(cx: &Ctx, value: Slot) -> Option<Target> {
        let value = cx.get(value);
        let (array, part) = match value.native::<MemoryView>() {
            Some(view) => view.target(cx)?,
            None => (value, 0..usize::MAX),
        };
        let mapped = array.native::<Mapped>().is_some_and(|mapped| !mapped.read_only);
        let writable = mapped || array.native::<ByteArray>().is_some() || array.native::<Array>().is_some();
        writable.then(|| Target { array: cx.root(array), part })
    }

    /// How many bytes there are, now.
    pub fn len(&self, cx: &Ctx) -> usize {
        let all = ByteArray::look(cx.get(self.array), <[u8]>::len).unwrap_or(0);
        self.part.end.min(all).saturating_sub(self.part.start)
    }

    /// Runs `f` with the bytes, under the object's guard.
    pub fn write<R>(&self, cx: &Ctx, f: impl FnOnce(&mut [u8]) -> Res<R>) -> Res<R> {
        ByteArray::write_in_place(cx, self.array, |all| {
            let end = self.part.end.min(all.len());
            f(all.get_mut(self.part.start..end).unwrap_or_default())
        })
    }
}

impl<'h> Buffer<'h> {
    /// The contents of a bytes object or bytearray.
    pub fn of(value: Value<'h>) -> Option<Buffer<'h>> {
        Some(Buffer { bytes: ByteArray::contents(value)?, mutable: value.as_bytes().is_none() })
    }

    /// An object of the receiver's type.
    pub fn like(&self, cx: &'h Ctx, bytes: Vec<u8>) -> Value<'h> {
        if self.mutable { ByteArray::alloc(cx, bytes) } else { cx.bytes(&bytes) }
    }

    /// The same for a copy of some bytes.
    pub fn like_part(&self, cx: &'h Ctx, bytes: &[u8]) -> Value<'h> {
        if self.mutable { ByteArray::alloc(cx, memory::copy(bytes)) } else { cx.bytes(bytes) }
    }

    /// A list of objects of the receiver's type.
    pub fn list<'p>(&self, cx: &'h Ctx, parts: impl IntoIterator<Item = &'p [u8]>) -> Value<'h> {
        let parts = memory::collect(parts.into_iter().map(|part| {
            memory::check();
            self.like_part(cx, part)
        }));
        Value::of(List::from_values(cx, &parts))
    }

    /// A tuple of three objects of the receiver's type.
    pub fn triple(&self, cx: &'h Ctx, parts: [&[u8]; 3]) -> Value<'h> {
        cx.tuple(&parts.map(|part| self.like_part(cx, part)))
    }
}

/// The receiver of a method that may look at a small part of it only: a bytes object or bytearray, not copied.
pub struct Haystack<'h>(Value<'h>);

impl<'h> FromArg<'h> for Haystack<'h> {
    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        match ByteArray::look(value, |_| ()) {
            Some(()) => Ok(Haystack(value)),
            None => Err(not_bytes(cx, value)),
        }
    }
}

impl Haystack<'_> {
    /// Runs `f` with the part between two indices, which count from the end if negative, and where it begins; `None` if they
    /// are out of order.
    pub fn window<R>(&self, start: Option<i64>, end: Option<i64>, f: impl FnOnce(usize, &[u8]) -> R) -> Option<R> {
        ByteArray::look(self.0, |bytes| {
            let len = bytes.len() as i64;
            let clip = |index: i64| if index < 0 { (index + len).max(0) } else { index };
            let start = clip(start.unwrap_or(0));
            let end = clip(end.unwrap_or(len)).min(len);
            (start <= end).then(|| f(start as usize, &bytes[start as usize..end as usize]))
        })?
    }
}

/// What to search for: bytes, or the byte that an integer is.
pub struct Needle<'h>(Cow<'h, [u8]>);

impl Deref for Needle<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl<'h> FromArg<'h> for Needle<'h> {
    fn by_script(cx: &Ctx, value: Value<'_>) -> Option<ByScript> {
        let is_number = value.as_int().is_some() || ByteArray::contents(value).is_some();
        if is_number || find_special(cx, value, Name::__index__).is_none() { None } else { Some(number::index) }
    }

    fn from_arg(cx: &'h Ctx, value: Value<'h>, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        if let Some(bytes) = ByteArray::contents(value) {
            return Ok(Needle(bytes));
        }
        let Some(number) = value.as_int() else {
            let class = cx.type_name(value);
            return Err(cx.type_error(format!("argument should be integer or bytes-like object, not '{class}'")));
        };
        match number.to_i64().and_then(|number| u8::try_from(number).ok()) {
            Some(byte) => Ok(Needle(Cow::Owned(vec![byte]))),
            None => Err(cx.value_error("byte must be in range(0, 256)")),
        }
    }
}
