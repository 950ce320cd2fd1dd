//! Making text files, and changing how they work.

use std::sync::atomic::Ordering;

use super::coding::{Coding, reset_encoder};
use super::{CHUNK, Ends, Inner, Modes, Newlines, Text, begin, inner, new, of, status, usable};
use crate::builtin::Builtin;
use crate::codecs::registry;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::truth::truth;
use crate::types::file::methods::buffered::plain_buffers;
use crate::types::file::methods::{base, get, get_opt, invoke, newlines, number, unsupported};
use crate::value::Value;

/// What the constructor is given beside what lies below.
pub(crate) struct Made {
    pub(crate) encoding: Option<Slot>,
    pub(crate) errors: Option<Slot>,
    pub(crate) newline: Option<Slot>,
    pub(crate) line_buffering: bool,
    pub(crate) write_through: bool,
}

/// A string that may be missing; a TypeError for anything else.
pub(super) fn text_or_none(cx: &Ctx, value: Option<Slot>, name: &str) -> Res<Option<String>> {
    let Some(value) = value.map(|value| cx.get(value)).filter(|value| !value.is_none()) else { return Ok(None) };
    match value.as_str() {
        Some(text) if text.contains('\0') => Err(cx.value_error("embedded null character")),
        Some(text) => Ok(Some(text.to_owned())),
        None => {
            let got = cx.type_name(value);
            Err(cx.type_error(format!("TextIOWrapper() argument '{name}' must be str or None, not {got}")))
        }
    }
}

/// What `newline` asks for.
fn ends(cx: &Ctx, newline: Option<Slot>) -> Res<Ends> {
    let given = text_or_none(cx, newline, "newline")?;
    Ok(match given.as_deref() {
        None => Ends { universal: true, translate: true, read: "\n", write: None },
        Some("") => Ends { universal: true, translate: false, read: "", write: None },
        Some("\n") => Ends { read: "\n", ..Ends::default() },
        Some("\r") => Ends { read: "\r", write: Some("\r"), ..Ends::default() },
        Some("\r\n") => Ends { read: "\r\n", write: Some("\r\n"), ..Ends::default() },
        Some(other) => return Err(cx.value_error(format!("illegal newline value: {other}"))),
    })
}

/// The name of the encoding that is meant; the locale's is UTF-8.
fn meant(encoding: Option<String>) -> String {
    match encoding {
        None => "UTF-8".to_owned(),
        Some(name) if name == "locale" => "UTF-8".to_owned(),
        Some(name) => name,
    }
}

/// Gives a file the objects of a codec that is not known here.
fn set_codec(cx: &mut Ctx, file: Slot, encoding: &str, errors: &str, ends: Ends, modes: Modes) -> Res<()> {
    let codec = registry::lookup(cx, encoding)?;
    if let Some(is_text) = get_opt(cx, codec, "_is_text_encoding")?
        && !truth(cx, is_text)?
    {
        return Err(cx.raise(Builtin::LookupError, format!("'{encoding}' is not a text encoding")));
    }
    let errors = cx.root(cx.str(errors));
    if modes.reads {
        let class = get(cx, codec, "incrementaldecoder")?;
        let mut decoder = cx.call(class, &[errors])?;
        if ends.universal {
            decoder = newlines::make(cx, decoder, ends.translate);
        }
        cx.store(file, |state: &Text| &state.decoder, decoder);
    }
    if modes.writes {
        let class = get(cx, codec, "incrementalencoder")?;
        let encoder = cx.call(class, &[errors])?;
        cx.store(file, |state: &Text| &state.encoder, encoder);
    }
    Ok(())
}

/// Sets encoding, errors and what ends lines.
fn set_coding(cx: &mut Ctx, file: Slot, encoding: &str, errors: &str, ends: Ends, modes: Modes) -> Res<()> {
    let coding = Coding::of(encoding, errors);
    cx.unset(file, |state: &Text| &state.decoder);
    cx.unset(file, |state: &Text| &state.encoder);
    if coding.is_none() {
        set_codec(cx, file, encoding, errors, ends, modes)?;
    }
    let names = [cx.root(cx.str(encoding)), cx.root(cx.str(errors))];
    cx.store(file, |state: &Text| &state.encoding, names[0]);
    cx.store(file, |state: &Text| &state.errors, names[1]);
    inner(cx, file, |inner| {
        inner.coding = coding;
        inner.ends = ends;
        inner.newlines = Newlines::new(ends.translate);
        inner.held.clear();
    })
}

/// Has the encoder know whether what is written goes to the beginning of a file.
fn tell_encoder(cx: &mut Ctx, file: Slot, buffer: Slot, modes: Modes) -> Res<()> {
    if !modes.seekable || !modes.writes || cx.load(file, |state: &Text| &state.encoder).is_none() {
        return Ok(());
    }
    let position = invoke(cx, buffer, "tell", &[])?;
    if number(cx, position)? != 0 {
        reset_encoder(cx, file, false)?;
    }
    Ok(())
}

pub(super) fn init(cx: &mut Ctx, file: Slot, buffer: Slot, made: &Made) -> Res<()> {
    of(cx, file)?.status.store(status::NEW, Ordering::Relaxed);
    let ends = ends(cx, made.newline)?;
    let encoding = meant(text_or_none(cx, made.encoding, "encoding")?);
    let errors = text_or_none(cx, made.errors, "errors")?.unwrap_or_else(|| "strict".to_owned());
    let modes = Modes {
        reads: base::says(cx, buffer, "readable")?,
        writes: base::says(cx, buffer, "writable")?,
        seekable: base::says(cx, buffer, "seekable")?,
        telling: false,
        has_read1: get_opt(cx, buffer, "read1")?.is_some(),
        line_buffering: made.line_buffering,
        write_through: made.write_through,
    };
    set_coding(cx, file, &encoding, &errors, ends, modes)?;
    attach(cx, file, buffer, Modes { telling: modes.seekable, ..modes })?;
    tell_encoder(cx, file, buffer, modes)?;
    of(cx, file)?.status.store(status::OPEN, Ordering::Relaxed);
    Ok(())
}

/// A text file of the built-in class over any buffer.
pub(crate) fn make_over(cx: &mut Ctx, buffer: Slot, made: &Made) -> Res<Slot> {
    let file = new(cx, cx.root(Value::of(cx.class(Builtin::TextIoWrapper))));
    init(cx, file, buffer, made)?;
    Ok(file)
}

fn attach(cx: &Ctx, file: Slot, buffer: Slot, modes: Modes) -> Res<()> {
    let below = plain_buffers(cx, buffer);
    cx.store(file, |state: &Text| &state.buffer, buffer);
    let state = of(cx, file)?;
    let plain = below.is_some();
    state.out.pending.with(|pending| {
        pending.bytes.clear();
        pending.below = below;
    });
    state.inner.with(|inner| {
        inner.forget();
        inner.modes = modes;
        inner.chunk = CHUNK;
        inner.ratio = 0.0;
    });
    if modes.writes && plain {
        cx.interp().files.list_text(&state.out);
    }
    Ok(())
}

/// What a file of our own is made with, whose layers below fit.
pub(crate) struct Plain<'a> {
    pub(crate) encoding: &'a str,
    pub(crate) errors: &'a str,
    /// Whether it is read, and else written.
    pub(crate) reads: bool,
    pub(crate) line_buffering: bool,
    pub(crate) write_through: bool,
}

/// A text file of the built-in class over a file of ours, in an encoding that is known here, where lines end with `\n`.
pub(crate) fn over(cx: &Ctx, buffer: Slot, plain: &Plain<'_>, seekable: bool) -> Slot {
    let file = new(cx, cx.root(Value::of(cx.class(Builtin::TextIoWrapper))));
    let modes = Modes {
        reads: plain.reads,
        writes: !plain.reads,
        seekable,
        telling: seekable,
        has_read1: plain_buffers(cx, buffer).is_some(),
        line_buffering: plain.line_buffering,
        write_through: plain.write_through,
    };
    for (field, text) in [
        ((|state| &state.encoding) as fn(&Text) -> &crate::object::Field, plain.encoding),
        (|state| &state.errors, plain.errors),
    ] {
        cx.store(file, field, cx.root(cx.str(text)));
    }
    if let Ok(state) = of(cx, file) {
        state.inner.with(|inner| {
            *inner = Inner {
                ends: Ends { read: "\n", ..Ends::default() },
                coding: Coding::of(plain.encoding, plain.errors),
                ..Inner::default()
            };
        });
    }
    let attached = attach(cx, file, buffer, modes);
    debug_assert!(attached.is_ok(), "the file was just made");
    if let Ok(state) = of(cx, file) {
        state.status.store(status::OPEN, Ordering::Relaxed);
    }
    file
}

/// What may be changed beside what `reconfigure` names.
pub(super) fn reconfigure(
    cx: &mut Ctx,
    file: Slot,
    encoding: Option<Slot>,
    errors: Option<Slot>,
    newline: Option<Slot>,
    line_buffering: Option<bool>,
    write_through: Option<bool>,
) -> Res<()> {
    usable(cx, file)?;
    let (given_encoding, given_errors) = {
        let name = |cx: &Ctx, value: Option<Slot>, name: &str| match value.map(|value| cx.get(value)) {
            Some(value) if value.as_str().is_none() => {
                let got = cx.type_name(value);
                Err(cx.type_error(format!("reconfigure() argument '{name}' must be str or None, not {got}")))
            }
            Some(value) => Ok(value.as_str().map(str::to_owned)),
            None => Ok(None),
        };
        (name(cx, encoding, "encoding")?, name(cx, errors, "errors")?)
    };
    let changes = given_encoding.is_some() || given_errors.is_some() || newline.is_some();
    let started = inner(cx, file, |inner| !inner.decoded.is_empty())?;
    if started && changes {
        return Err(unsupported(
            cx,
            "It is not possible to set the encoding or newline of stream after the first read",
        ));
    }
    let new_ends = match newline {
        Some(newline) => Some(ends(cx, Some(newline))?),
        None => None,
    };
    invoke(cx, file, "flush", &[])?;
    let _operation = begin(cx, file)?;
    let (ends, modes) = inner(cx, file, |inner| {
        inner.ratio = 0.0;
        (new_ends.unwrap_or(inner.ends), inner.modes)
    })?;
    if changes {
        let known = |cx: &Ctx, field: fn(&Text) -> &crate::object::Field| -> Res<String> {
            Ok(field(of(cx, file)?).get_or_none(cx).as_str().unwrap_or_default().to_owned())
        };
        let errors = match given_errors {
            Some(errors) => errors,
            None if given_encoding.is_some() => "strict".to_owned(),
            None => known(cx, |state| &state.errors)?,
        };
        let encoding = match given_encoding {
            Some(encoding) => meant(Some(encoding)),
            None => known(cx, |state| &state.encoding)?,
        };
        set_coding(cx, file, &encoding, &errors, ends, modes)?;
        let buffer = super::buffer_of(cx, file)?;
        tell_encoder(cx, file, buffer, modes)?;
    }
    inner(cx, file, |inner| {
        inner.modes.line_buffering = line_buffering.unwrap_or(inner.modes.line_buffering);
        inner.modes.write_through = write_through.unwrap_or(inner.modes.write_through);
    })
}
