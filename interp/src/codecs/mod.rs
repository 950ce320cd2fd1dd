//! Codecs: text to bytes and back.
//!
//! The encodings that nearly all programs use are here (`native.rs`); any other is found as CPython finds it, through the
//! search functions of the interpreter's registry (`registry.rs`), of which the library's `encodings` is the first and is
//! imported when somebody first asks. What cannot be encoded or decoded goes to an error handler (`errors.rs`): one of those
//! that are built in, which work on the text at hand, or one that a script registered.

pub mod decode;
pub mod encode;
pub mod errors;
pub mod native;
pub mod registry;
pub mod unicode;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::types::bytearray::ByteArray;
use crate::types::memory_view::MemoryView;
use errors::Handler;
use native::Encoding;
use registry::Way;

/// What a codec cannot do: where (bytes or characters), and why.
#[derive(Clone, Copy, Debug)]
pub struct Bad {
    /// Where it begins.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Why.
    pub reason: &'static str,
}

/// The bytes of a text (a slot) in an encoding, as `str.encode` gives them: a bytes object.
///
/// # Errors
/// LookupError if the encoding is unknown or makes anything but bytes of text; UnicodeEncodeError; what handlers raise.
pub fn encode(cx: &mut Ctx, text: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    if let Some(known) = Encoding::named(encoding) {
        let bytes = encode::encode_known(cx, text, known, &Handler::named(errors))
            .map_err(|raised| registry::annotated_unless_direct(cx, Way::Encoding, encoding, raised))?;
        return cx.with_memory(|cx| cx.root(cx.bytes(&bytes)));
    }
    let made = registry::encode_text(cx, text, encoding, errors)?;
    if cx.get(made).as_bytes().is_some() {
        return Ok(made);
    }
    if let Some(bytes) = ByteArray::contents(cx.get(made)) {
        return Ok(cx.root(cx.bytes(&bytes)));
    }
    let class = cx.type_name(cx.get(made));
    Err(cx.type_error(format!(
        "'{}' encoder returned '{class}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types",
        shortened(encoding)
    )))
}

/// The text of a bytes-like object (a slot) in an encoding, as `bytes.decode` gives it: a string.
///
/// # Errors
/// LookupError if the encoding is unknown or makes anything but text of bytes; UnicodeDecodeError; what handlers raise.
pub fn decode(cx: &mut Ctx, bytes: Slot, encoding: &str, errors: Option<&str>) -> Res<Slot> {
    if let Some(known) = Encoding::named(encoding) {
        let bytes = steady(cx, bytes)?;
        let (text, _) = decode::decode_known(cx, bytes, known, &Handler::named(errors))
            .map_err(|raised| registry::annotated_unless_direct(cx, Way::Decoding, encoding, raised))?;
        return cx.with_memory(|cx| cx.root(cx.str(&text)));
    }
    let made = registry::decode_text(cx, bytes, encoding, errors)?;
    if cx.get(made).as_str().is_some() {
        return Ok(made);
    }
    let class = cx.type_name(cx.get(made));
    Err(cx.type_error(format!(
        "'{}' decoder returned '{class}' instead of 'str'; use codecs.decode() to decode to arbitrary types",
        shortened(encoding)
    )))
}

/// As much of a name as messages show.
fn shortened(name: &str) -> String {
    name.chars().take(400).collect()
}

/// A bytes object with what a bytes-like object (a slot) holds now.
pub fn steady(cx: &mut Ctx, bytes: Slot) -> Res<Slot> {
    if cx.get(bytes).as_bytes().is_some() {
        return Ok(bytes);
    }
    let value = cx.get(bytes);
    if let Some(view) = value.native::<MemoryView>() {
        view.check(cx)?;
    }
    let Some(copy) = ByteArray::contents(value).map(|contents| memory::copy(&contents)) else {
        return Err(cx.type_error(format!("a bytes-like object is required, not '{}'", cx.type_name(value))));
    };
    Ok(cx.root(cx.bytes(&copy)))
}

/// The LookupError for an encoding that nobody knows.
fn unknown_encoding(cx: &Ctx, name: &str) -> Raised {
    cx.raise(Builtin::LookupError, format!("unknown encoding: {name}"))
}
