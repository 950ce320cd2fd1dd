//! Decoding and encoding: here where that is known, else by the codec's objects.

use argil_compiler::surrogate;

use super::{Text, inner, of};
use crate::builtin::Builtin;
use crate::codecs::decode::{Ascii, Utf8, decode_with};
use crate::codecs::encode::encode_known;
use crate::codecs::errors::Handler;
use crate::codecs::native::Encoding;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::types::file::methods::newlines::Newlines;
use crate::types::file::methods::{invoke, number};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// How text is decoded and encoded here.
#[derive(Clone, Debug)]
pub(super) struct Coding {
    pub(super) encoding: Encoding,
    pub(super) handler: Handler,
}

impl Coding {
    /// The coding of an encoding that is known here.
    pub(super) fn of(encoding: &str, errors: &str) -> Option<Coding> {
        let encoding = Encoding::named(encoding)?;
        let known = matches!(encoding, Encoding::Utf8 | Encoding::Ascii | Encoding::Latin1);
        known.then(|| Coding { encoding, handler: Handler::named(Some(errors)) })
    }

    /// Decodes bytes; the text, and those at the end that are an unfinished character.
    pub(super) fn decode(&self, cx: &mut Ctx, bytes: Vec<u8>, last: bool) -> Res<(String, Vec<u8>)> {
        match self.encoding {
            Encoding::Latin1 => {
                let mut text = memory::text(bytes.len().saturating_mul(2));
                text.extend(bytes.iter().copied().map(char::from));
                return Ok((text, Vec::new()));
            }
            Encoding::Ascii if !bytes.is_ascii() => {}
            _ => match String::from_utf8(bytes) {
                Ok(text) if surrogate::find(&text).is_none() => return Ok((text, Vec::new())),
                Ok(text) => return self.decode_hard(cx, text.into_bytes(), last),
                Err(error) => {
                    let (whole, cut) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len().is_none());
                    let mut bytes = error.into_bytes();
                    if cut && !last {
                        let held = memory::copy(&bytes[whole..]);
                        bytes.truncate(whole);
                        return Ok((String::from_utf8(bytes).unwrap_or_default(), held));
                    }
                    return self.decode_hard(cx, bytes, last);
                }
            },
        }
        self.decode_hard(cx, bytes, last)
    }

    /// Decodes bytes that a handler has to do with.
    #[cold]
    fn decode_hard(&self, cx: &mut Ctx, bytes: Vec<u8>, last: bool) -> Res<(String, Vec<u8>)> {
        cx.scope(|cx| {
            let input = cx.with_memory(|cx| cx.root(cx.bytes(&bytes)))?;
            let (text, used) = match self.encoding {
                Encoding::Ascii => decode_with(cx, input, "ascii", &self.handler, &mut Ascii)?,
                _ => decode_with(cx, input, "utf-8", &self.handler, &mut Utf8 { last })?,
            };
            Ok((text, memory::copy(bytes.get(used..).unwrap_or_default())))
        })
    }
}

/// A decoder that `tell` and `seek` move about.
pub(super) enum Stepper {
    /// One of our own.
    Here { coding: Coding, newlines: Option<Newlines>, held: Vec<u8> },
    /// A script's.
    Script(Slot),
}

impl Stepper {
    /// The decoder of a file; `None` if it has none.
    pub(super) fn of(cx: &Ctx, file: Slot) -> Res<Option<Stepper>> {
        let here = inner(cx, file, |inner| {
            let coding = inner.coding.clone().filter(|_| inner.modes.reads)?;
            let newlines = inner.ends.universal.then_some(inner.newlines);
            Some(Stepper::Here { coding, newlines, held: inner.held.clone() })
        })?;
        Ok(here.or_else(|| cx.load(file, |state: &Text| &state.decoder).map(Stepper::Script)))
    }

    /// Puts the decoder where it stood once: without bytes of an unfinished character.
    pub(super) fn set(&mut self, cx: &mut Ctx, flags: i64) -> Res<()> {
        match self {
            Stepper::Here { newlines, held, .. } => {
                held.clear();
                if let Some(newlines) = newlines {
                    newlines.held = flags & 1 != 0;
                }
                Ok(())
            }
            Stepper::Script(decoder) => set_state(cx, *decoder, b"", flags),
        }
    }

    /// Decodes bytes; how many characters they make.
    pub(super) fn decode(&mut self, cx: &mut Ctx, bytes: &[u8], last: bool) -> Res<usize> {
        match self {
            Stepper::Here { coding, newlines, held } => {
                let all = memory::concat(&[held, bytes]);
                let (text, rest) = coding.decode(cx, all, last)?;
                *held = rest;
                let text = match newlines {
                    Some(newlines) => newlines.feed(text, last),
                    None => text,
                };
                Ok(text.chars().count())
            }
            Stepper::Script(decoder) => {
                let decoder = *decoder;
                cx.scope(|cx| {
                    let text = decode_by_script(cx, decoder, bytes, last)?;
                    Ok(cx.get(text).cast::<crate::types::str::Str>().map_or(0, crate::types::str::Str::len))
                })
            }
        }
    }

    /// How many bytes of an unfinished character the decoder holds, and its flags.
    pub(super) fn state(&self, cx: &mut Ctx) -> Res<(usize, i64)> {
        match self {
            Stepper::Here { newlines, held, .. } => {
                Ok((held.len(), i64::from(newlines.is_some_and(|newlines| newlines.held))))
            }
            Stepper::Script(decoder) => {
                let decoder = *decoder;
                cx.scope(|cx| state_of(cx, decoder).map(|(held, flags)| (held.len(), flags)))
            }
        }
    }
}

/// Has a script's decoder decode bytes.
pub(super) fn decode_by_script(cx: &mut Ctx, decoder: Slot, bytes: &[u8], last: bool) -> Res<Slot> {
    let input = cx.with_memory(|cx| cx.root(cx.bytes(bytes)))?;
    let last = cx.root(Value::bool(last));
    let text = invoke(cx, decoder, "decode", &[input, last])?;
    if cx.get(text).as_str().is_some() {
        return Ok(text);
    }
    let got = cx.type_name(cx.get(text));
    Err(cx.type_error(format!("decoder should return a string result, not '{got}'")))
}

/// What a script's decoder says of its state.
pub(super) fn state_of(cx: &mut Ctx, decoder: Slot) -> Res<(Vec<u8>, i64)> {
    let state = invoke(cx, decoder, "getstate", &[])?;
    let parts = {
        let cx: &Ctx = cx;
        let Some(parts) = cx.get(state).cast::<Tuple>().filter(|parts| parts.len() == 2) else {
            return Err(cx.type_error("illegal decoder state"));
        };
        cx.root_all(parts.iter(cx))
    };
    let flags = number(cx, parts.get(1))?;
    match cx.get(parts.get(0)).as_bytes() {
        Some(held) => Ok((memory::copy(held), flags)),
        None => {
            let got = cx.type_name(cx.get(parts.get(0)));
            Err(cx.type_error(format!("illegal decoder state: the first item should be a bytes object, not '{got}'")))
        }
    }
}

/// Sets the state of a script's decoder.
pub(super) fn set_state(cx: &mut Ctx, decoder: Slot, held: &[u8], flags: i64) -> Res<()> {
    cx.scope(|cx| {
        let state = cx.root(cx.tuple(&[cx.bytes(held), cx.int(flags)]));
        invoke(cx, decoder, "setstate", &[state]).map(|_| ())
    })
}

/// Decodes bytes with the decoder of a file.
pub(super) fn decode(cx: &mut Ctx, file: Slot, bytes: Vec<u8>, last: bool) -> Res<String> {
    let here = inner(cx, file, |inner| inner.coding.clone().map(|coding| (coding, std::mem::take(&mut inner.held))))?;
    let Some((coding, held)) = here else {
        let decoder = cx.load(file, |state: &Text| &state.decoder);
        let Some(decoder) = decoder else { return Err(super::not_readable(cx)) };
        return cx.scope(|cx| {
            let text = decode_by_script(cx, decoder, &bytes, last)?;
            Ok(memory_text(cx.get(text).as_str().unwrap_or_default()))
        });
    };
    let bytes = if held.is_empty() { bytes } else { memory::concat(&[&held, &bytes]) };
    let (text, held) = coding.decode(cx, bytes, last)?;
    inner(cx, file, |inner| {
        inner.held = held;
        if inner.ends.universal { inner.newlines.feed(text, last) } else { text }
    })
}

fn memory_text(text: &str) -> String {
    let mut copy = memory::text(text.len());
    copy.push_str(text);
    copy
}

/// Encodes text (a slot) with the encoder of a file.
pub(super) fn encode(cx: &mut Ctx, file: Slot, text: Slot) -> Res<Vec<u8>> {
    if let Some(coding) = inner(cx, file, |inner| inner.coding.clone())? {
        return encode_known(cx, text, coding.encoding, &coding.handler);
    }
    let encoder = cx.load(file, |state: &Text| &state.encoder);
    let Some(encoder) = encoder else { return Err(super::not_writable(cx)) };
    cx.scope(|cx| {
        let made = invoke(cx, encoder, "encode", &[text])?;
        match cx.get(made).as_bytes() {
            Some(bytes) => Ok(memory::copy(bytes)),
            None => {
                let got = cx.type_name(cx.get(made));
                Err(cx.type_error(format!("encoder should return a bytes object, not '{got}'")))
            }
        }
    })
}

/// Has the encoder of a file begin at the start of a stream, or behind it.
pub(super) fn reset_encoder(cx: &mut Ctx, file: Slot, at_start: bool) -> Res<()> {
    let Some(encoder) = cx.load(file, |state: &Text| &state.encoder) else { return Ok(()) };
    if at_start {
        return invoke(cx, encoder, "reset", &[]).map(|_| ());
    }
    let zero = cx.root(cx.int(0));
    invoke(cx, encoder, "setstate", &[zero]).map(|_| ())
}

/// Has the decoder of a file begin anew.
pub(super) fn reset_decoder(cx: &mut Ctx, file: Slot) -> Res<()> {
    inner(cx, file, |inner| {
        inner.held.clear();
        inner.newlines.held = false;
    })?;
    match cx.load(file, |state: &Text| &state.decoder) {
        Some(decoder) => invoke(cx, decoder, "reset", &[]).map(|_| ()),
        None => Ok(()),
    }
}

/// Puts the decoder of a file where it stood once.
pub(super) fn set_decoder(cx: &mut Ctx, file: Slot, flags: i64, at_start: bool) -> Res<()> {
    if at_start {
        return reset_decoder(cx, file);
    }
    inner(cx, file, |inner| {
        inner.held.clear();
        inner.newlines.held = flags & 1 != 0;
    })?;
    match cx.load(file, |state: &Text| &state.decoder) {
        Some(decoder) => set_state(cx, decoder, b"", flags),
        None => Ok(()),
    }
}

/// The bytes of an unfinished character that the decoder of a file holds, and its flags.
pub(super) fn decoder_state(cx: &mut Ctx, file: Slot) -> Res<(Vec<u8>, i64)> {
    let here = inner(cx, file, |inner| {
        let held = inner.ends.universal && inner.newlines.held;
        inner.coding.is_some().then(|| (inner.held.clone(), i64::from(held)))
    })?;
    match here {
        Some(state) => Ok(state),
        None => match cx.load(file, |state: &Text| &state.decoder) {
            Some(decoder) => cx.scope(|cx| state_of(cx, decoder)),
            None => Err(cx.raise(Builtin::OSError, "no decoder")),
        },
    }
}

/// Whether a file has anything to decode with.
pub(super) fn has_decoder(cx: &Ctx, file: Slot) -> Res<bool> {
    let state = of(cx, file)?;
    Ok(state.inner.with(|inner| inner.modes.reads))
}
