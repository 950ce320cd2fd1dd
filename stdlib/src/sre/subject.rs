//! What is searched: a string, or the bytes of a bytes-like object.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::object::HeapType;
use argil_interp::types::bytes::Bytes;
use argil_interp::types::bytes::buffer;
use argil_interp::types::str::Str;
use argil_interp::value::Value;

use super::compiled::For;

/// A subject.
pub struct Subject {
    /// The object.
    pub object: Slot,
    /// The bytes of what scripts could change meanwhile.
    copy: Option<Vec<u8>>,
    /// Whether its characters are bytes.
    pub octets: bool,
}

impl Subject {
    /// A subject for a pattern, if that is for such.
    pub fn of(cx: &Ctx, object: Slot, wanted: For) -> Res<Subject> {
        let value = cx.get(object);
        let octets = value.as_str().is_none();
        let copy = if octets && value.as_bytes().is_none() {
            Some(buffer::look(cx, value, memory::copy).map_err(|raised| {
                let _ = cx.take_raised(raised);
                let got = cx.type_name(value);
                cx.type_error(format!("expected string or bytes-like object, got '{got}'"))
            })?)
        } else {
            None
        };
        match wanted {
            For::Text if octets => Err(cx.type_error("cannot use a string pattern on a bytes-like object")),
            For::Bytes if !octets => Err(cx.type_error("cannot use a bytes pattern on a string-like object")),
            _ => Ok(Subject { object, copy, octets }),
        }
    }

    /// The bytes.
    #[inline]
    pub fn bytes<'a>(&'a self, cx: &'a Ctx) -> &'a [u8] {
        bytes(cx.get(self.object), self.copy.as_deref())
    }

    /// How many characters there are.
    pub fn len(&self, cx: &Ctx) -> usize {
        match cx.get(self.object).cast::<Str>() {
            Some(text) => text.len(),
            None => self.bytes(cx).len(),
        }
    }

    /// The offset of a character.
    pub fn offset(&self, cx: &Ctx, index: usize) -> usize {
        cx.get(self.object).cast::<Str>().map_or(index, |text| text.byte_offset(index))
    }

    /// The part between two offsets.
    pub fn part<'h>(&self, cx: &'h Ctx, from: usize, to: usize) -> Value<'h> {
        let object = cx.get(self.object);
        match &self.copy {
            Some(bytes) => cx.bytes(&bytes[from..to]),
            None => part(cx, object, from, to),
        }
    }

    /// The same for another slot of the same object, as it was when it became a subject.
    pub fn detach(self) -> Option<Vec<u8>> {
        self.copy
    }

    /// A subject that was looked at before.
    pub fn again(cx: &Ctx, object: Slot, copy: Option<Vec<u8>>) -> Subject {
        Subject { object, copy, octets: cx.get(object).as_str().is_none() }
    }
}

/// The bytes of a string or a bytes object, or the copy of others.
fn bytes<'a>(object: Value<'a>, copy: Option<&'a [u8]>) -> &'a [u8] {
    match copy {
        Some(copy) => copy,
        None => object.as_str().map(str::as_bytes).or_else(|| object.as_bytes()).unwrap_or_default(),
    }
}

/// The part of a string or a bytes object between two offsets: the object itself, if that is all of it.
pub fn part<'h>(cx: &'h Ctx, object: Value<'h>, from: usize, to: usize) -> Value<'h> {
    if let Some(text) = object.cast::<Str>() {
        let all = text.as_str();
        return if to - from == all.len() && text.header().is_exact() { object } else { cx.str(&all[from..to]) };
    }
    let Some(bytes) = object.cast::<Bytes>() else { return Value::NONE };
    let all = bytes.as_slice();
    if to - from == all.len() && bytes.header().is_exact() { object } else { cx.bytes(&all[from..to]) }
}
