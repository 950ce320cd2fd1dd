//! What the functions of `_codecs` take.

use argil_interp::codecs::errors::Handler;
use argil_interp::codecs::steady;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::native::{FromSlot, NativeDef, wrong_type};

/// A string.
pub struct Text(pub Slot);

impl FromSlot for Text {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        String::from_slot(cx, slot, def, index).map(|_| Text(slot))
    }
}

/// A name without NUL characters.
pub struct Name(pub String);

impl FromSlot for Name {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let name = String::from_slot(cx, slot, def, index)?;
        if name.contains('\0') { Err(cx.value_error("embedded null character")) } else { Ok(Name(name)) }
    }
}

/// The bytes of a bytes-like object, in a bytes object.
pub struct Bytes(pub Slot);

impl FromSlot for Bytes {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        steady(cx, slot).map(Bytes)
    }
}

/// The same, or a string in UTF-8.
pub struct BytesOrText(pub Slot);

impl FromSlot for BytesOrText {
    fn from_slot(cx: &mut Ctx, slot: Slot, _def: &'static NativeDef, _index: usize) -> Res<Self> {
        match cx.get(slot).as_str() {
            Some(text) => Ok(BytesOrText(cx.root(cx.bytes(text.as_bytes())))),
            None => steady(cx, slot).map(BytesOrText),
        }
    }
}

/// The name of an error handler, or None.
pub struct Errors(pub Option<String>);

impl Errors {
    /// The handler.
    pub fn handler(&self) -> Handler {
        Handler::named(self.0.as_deref())
    }
}

impl FromSlot for Errors {
    fn from_slot(cx: &mut Ctx, slot: Slot, def: &'static NativeDef, index: usize) -> Res<Self> {
        let value = cx.get(slot);
        match value.as_str() {
            Some(text) if text.contains('\0') => Err(cx.value_error("embedded null character")),
            Some(text) => Ok(Errors(Some(text.to_owned()))),
            None if value.is_none() => Ok(Errors(None)),
            None => Err(wrong_type(cx, value, def, index, "str or None")),
        }
    }
}
