//! The constructors of bytes and bytearrays.

use std::borrow::Cow;

use super::Bytes;
use crate::builtin::Builtin;
use crate::codecs;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::native::GivenSlot;
use crate::natives;
use crate::ops::attr::call_special;
use crate::ops::iter;
use crate::ops::number::{index, try_index};
use crate::types::bytearray::ByteArray;
use crate::types::class::Class;
use crate::value::Value;

/// The byte that an integer is; `error` is the message if it is out of range.
pub fn byte(cx: &mut Ctx, v: Slot, error: &str) -> Res<u8> {
    let number = index(cx, v)?;
    let number = cx.index(cx.get(number))?.to_i64();
    number.and_then(|number| u8::try_from(number).ok()).ok_or_else(|| cx.value_error(error))
}

/// The bytes of a bytes-like object or an iterable of integers, to be made into an object of the class `into`.
pub fn bytes_of(cx: &mut Ctx, source: Slot, into: &str) -> Res<Vec<u8>> {
    if let Some(bytes) = ByteArray::contents(cx.get(source)) {
        return Ok(match bytes {
            Cow::Borrowed(bytes) => memory::copy(bytes),
            Cow::Owned(bytes) => bytes,
        });
    }
    let class = cx.class_of(cx.get(source));
    let iterable = class.special(cx, Name::__iter__).is_some() || class.special(cx, Name::__getitem__).is_some();
    if cx.get(source).as_str().is_some() || !iterable {
        let class = cx.type_name(cx.get(source));
        return Err(cx.type_error(format!("cannot convert '{class}' object to {into}")));
    }
    let error = if into == "bytes" { "bytes must be in range(0, 256)" } else { "byte must be in range(0, 256)" };
    let mut bytes = Vec::new();
    let iterator = iter::iter(cx, source)?;
    if into == "bytes"
        && let Some(count) = iter::length_hint(cx, source)?
    {
        cx.with_memory(|_| memory::expect(count))?;
    }
    iter::walk(cx, iterator, |cx, element| {
        let byte = byte(cx, element, error)?;
        memory::reserve(&mut bytes, 1);
        bytes.push(byte);
        Ok(true)
    })?;
    Ok(bytes)
}

/// What `bytes(source, encoding, errors)` holds, or `bytearray` if that is the class `into`.
fn contents(
    cx: &mut Ctx,
    source: Option<Slot>,
    encoding: Option<String>,
    errors: Option<String>,
    into: &str,
) -> Res<Vec<u8>> {
    let Some(source) = source else {
        return match encoding.or(errors) {
            Some(_) => Err(cx.type_error("encoding or errors without a string argument")),
            None => Ok(Vec::new()),
        };
    };
    if cx.get(source).as_str().is_some() {
        let Some(encoding) = encoding else { return Err(cx.type_error("string argument without an encoding")) };
        let bytes = codecs::encode(cx, source, &encoding, errors.as_deref())?;
        return Ok(cx.get(bytes).as_bytes().map(memory::copy).unwrap_or_default());
    }
    if encoding.is_some() {
        return Err(cx.type_error("encoding without a string argument"));
    }
    if errors.is_some() {
        return Err(cx.type_error("errors without a string argument"));
    }
    if into == "bytes"
        && let Some(result) = call_special(cx, source, Name::__bytes__, &[])?
    {
        return match cx.get(result).as_bytes() {
            Some(bytes) => Ok(memory::copy(bytes)),
            None => {
                let class = cx.type_name(cx.get(result));
                Err(cx.type_error(format!("__bytes__ returned non-bytes (type {class})")))
            }
        };
    }
    if let Some(count) = try_index(cx, source)? {
        let Some(count) = cx.index(cx.get(count))?.to_i64() else {
            return Err(cx.overflow_error("cannot fit 'int' into an index-sized integer"));
        };
        return match usize::try_from(count) {
            Ok(count) => cx.with_memory(|_| memory::zeros(count)),
            Err(_) => Err(cx.value_error("negative count")),
        };
    }
    bytes_of(cx, source, into)
}

natives! {
    /// The constructor of `bytes`.
    pub static METHODS = {
        /// Create bytes from a count, an iterable of integers, a bytes-like object, or a string and its encoding.
        static call fn __new__(
            cx; cls: Slot;
            source: GivenSlot = GivenSlot(None), encoding: Option<String> = None, errors: Option<String> = None
        ) -> Slot {
            let bytes = contents(cx, source.0, encoding, errors, "bytes")?;
            cx.with_memory(|cx| match cx.get(cls).cast::<Class>() {
                Some(class) if !class.is(Builtin::Bytes) => {
                    cx.root(Value::of(Bytes::build(cx, class.birth().0, &bytes)))
                }
                _ => cx.root(cx.bytes(&bytes)),
            })
        }

        /// Return the bytes themselves.
        fn __bytes__(cx; self_: &'h Bytes) -> Value<'h> {
            Ok(cx.bytes(self_.as_slice()))
        }
    }
}

natives! {
    /// The constructor of `bytearray`.
    pub static BYTEARRAY_METHODS = {
        /// Create an empty bytearray.
        static raw fn __new__(cx, args) -> Slot {
            let birth = args.class(cx).birth().0;
            Ok(cx.root(ByteArray::build(cx, birth, Vec::new())))
        }

        /// Fill a bytearray with what bytes are created from.
        call fn __init__(
            cx; self_: Slot;
            source: GivenSlot = GivenSlot(None), encoding: Option<String> = None, errors: Option<String> = None
        ) -> () {
            ByteArray::write(cx, self_, |bytes| {
                bytes.clear();
                Ok(())
            })?;
            let bytes = contents(cx, source.0, encoding, errors, "bytearray")?;
            ByteArray::write(cx, self_, |all| {
                *all = bytes.into();
                Ok(())
            })
        }
    }
}
