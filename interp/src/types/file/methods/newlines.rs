//! `IncrementalNewlineDecoder`: what ends lines in text that comes in pieces.

use super::{birth, invoke, number, state};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::object::Field;
use crate::types::native::{Exclusive, FieldOf, Native, NativeData};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// What ended lines: a return, a feed, one after the other.
const RETURN: u8 = 1;
const FEED: u8 = 2;
const BOTH: u8 = 4;

/// What ended lines in text so far, and whether its last character waits for the next.
#[derive(Clone, Copy, Debug, Default)]
pub struct Newlines {
    /// Whether all become `\n`.
    pub translate: bool,
    /// Whether a return was held back, since a feed may follow.
    pub held: bool,
    seen: u8,
}

impl Newlines {
    /// Nothing was seen yet.
    pub fn new(translate: bool) -> Newlines {
        Newlines { translate, ..Newlines::default() }
    }

    /// What a piece of text becomes. Where nothing follows, a return is not held back.
    pub fn feed(&mut self, mut text: String, last: bool) -> String {
        if self.held && (!text.is_empty() || last) {
            text.insert(0, '\r');
            self.held = false;
        }
        if !last && text.ends_with('\r') {
            text.pop();
            self.held = true;
        }
        if memchr::memchr(b'\r', text.as_bytes()).is_none() {
            if self.seen & FEED == 0 && memchr::memchr(b'\n', text.as_bytes()).is_some() {
                self.seen |= FEED;
            }
            return text;
        }
        self.note(text.as_bytes());
        if !self.translate {
            return text;
        }
        let mut plain = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            plain.push_str(&rest[..at]);
            plain.push('\n');
            rest = &rest[at + 1..];
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        }
        plain.push_str(rest);
        plain
    }

    fn note(&mut self, text: &[u8]) {
        let mut at = 0;
        while self.seen != RETURN | FEED | BOTH {
            let Some(next) = memchr::memchr2(b'\r', b'\n', &text[at..]) else { return };
            at += next;
            self.seen |= match (text[at], text.get(at + 1)) {
                (b'\n', _) => FEED,
                (_, Some(b'\n')) => {
                    at += 1;
                    BOTH
                }
                _ => RETURN,
            };
            at += 1;
        }
    }

    /// Begins anew.
    pub fn reset(&mut self) {
        (self.held, self.seen) = (false, 0);
    }

    /// What ended lines so far: None, a string or a tuple of strings.
    pub fn seen<'h>(&self, cx: &'h Ctx) -> Value<'h> {
        let kinds = [(RETURN, "\r"), (FEED, "\n"), (BOTH, "\r\n")];
        let seen: Vec<_> = kinds.iter().filter(|(bit, _)| self.seen & bit != 0).map(|(_, text)| cx.str(text)).collect();
        match seen.as_slice() {
            [] => Value::NONE,
            [one] => *one,
            several => cx.tuple(several),
        }
    }
}

/// The state of an `IncrementalNewlineDecoder`.
pub struct NewlineDecoder {
    /// What decodes before; None the object if text comes.
    decoder: Field,
    errors: Field,
    newlines: Exclusive<Newlines>,
}

impl NativeData for NewlineDecoder {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.decoder, |s| &s.errors];
}

/// A decoder of newlines behind another decoder.
pub(crate) fn make(cx: &Ctx, decoder: Slot, translate: bool) -> Slot {
    let state = NewlineDecoder {
        decoder: Field::of(decoder),
        errors: Field::of(cx.root(cx.str("strict"))),
        newlines: Exclusive::new(Newlines::new(translate)),
    };
    cx.root(Native::alloc(cx, cx.class(Builtin::IncrementalNewlineDecoder).birth().0, state))
}

fn of(cx: &Ctx, object: Slot) -> Res<&NewlineDecoder> {
    let state = state::<NewlineDecoder>(cx, object, Builtin::IncrementalNewlineDecoder)?;
    match state.decoder.get(cx) {
        Some(_) => Ok(state),
        None => Err(cx.value_error("IncrementalNewlineDecoder.__init__() not called")),
    }
}

fn inner(cx: &Ctx, object: Slot) -> Res<Option<Slot>> {
    let decoder = of(cx, object)?.decoder.get_or_none(cx);
    Ok((!decoder.is_none()).then(|| cx.root(decoder)))
}

/// Decodes a piece; text goes in or what the decoder before takes.
pub(crate) fn decode(cx: &mut Ctx, object: Slot, input: Slot, last: bool) -> Res<Slot> {
    let text = match inner(cx, object)? {
        Some(decoder) => {
            let last = cx.root(Value::bool(last));
            invoke(cx, decoder, "decode", &[input, last])?
        }
        None => input,
    };
    let Some(given) = cx.get(text).as_str() else {
        let got = cx.type_name(cx.get(text));
        return Err(cx.type_error(format!("decoder should return a string result, not '{got}'")));
    };
    let given = given.to_owned();
    let made = of(cx, object)?.newlines.with(|newlines| newlines.feed(given, last));
    cx.with_memory(|cx| cx.root(cx.str(&made)))
}

/// What a decoder says of its state: bytes, and a number.
fn state_of(cx: &mut Ctx, decoder: Slot) -> Res<(Slot, i64)> {
    let state = invoke(cx, decoder, "getstate", &[])?;
    let parts = {
        let cx: &Ctx = cx;
        let Some(parts) = cx.get(state).cast::<Tuple>().filter(|parts| parts.len() == 2) else {
            return Err(cx.type_error("illegal decoder state"));
        };
        cx.root_all(parts.iter(cx))
    };
    let flag = number(cx, parts.get(1))?;
    Ok((parts.get(0), flag))
}

natives! {
    /// Methods of `IncrementalNewlineDecoder`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, _) = args.into_slots(cx);
            let state = NewlineDecoder {
                decoder: Field::unset(),
                errors: Field::unset(),
                newlines: Exclusive::new(Newlines::default()),
            };
            let cx: &Ctx = cx;
            Ok(cx.root(Native::alloc(cx, birth(cx, args.get(0)), state)))
        }
        /// Initialize self.
        call fn __init__(cx; self_: Slot; decoder: Slot, translate: bool, errors: Option<Slot> = None) -> () {
            let errors = errors.unwrap_or_else(|| cx.root(cx.str("strict")));
            state::<NewlineDecoder>(cx, self_, Builtin::IncrementalNewlineDecoder)?
                .newlines.with(|newlines| *newlines = Newlines::new(translate));
            cx.store(self_, |state: &NewlineDecoder| &state.errors, errors);
            cx.store(self_, |state: &NewlineDecoder| &state.decoder, decoder);
            Ok(())
        }
        /// Decode a piece of input.
        call fn decode(cx; self_: Slot; input: Slot, r#final: bool = false) -> Slot { decode(cx, self_, input, r#final) }
        /// The state, as it can be set again.
        call fn getstate(cx; self_: Slot) -> Slot {
            let (buffer, flag) = match inner(cx, self_)? {
                Some(decoder) => state_of(cx, decoder)?,
                None => (cx.root(cx.bytes(b"")), 0),
            };
            let held = of(cx, self_)?.newlines.with(|newlines| newlines.held);
            let cx: &Ctx = cx;
            Ok(cx.root(cx.tuple(&[cx.get(buffer), cx.int(flag << 1 | i64::from(held))])))
        }
        /// Set the state.
        call fn setstate(cx; self_: Slot, state: Slot) -> () {
            let decoder = inner(cx, self_)?;
            let parts = {
                let cx: &Ctx = cx;
                let Some(parts) = cx.get(state).cast::<Tuple>() else {
                    return Err(cx.type_error("state argument must be a tuple"));
                };
                if parts.len() != 2 {
                    return Err(cx.type_error("setstate(): illegal state argument"));
                }
                cx.root_all(parts.iter(cx))
            };
            let flag = number(cx, parts.get(1))?;
            of(cx, self_)?.newlines.with(|newlines| newlines.held = flag & 1 != 0);
            if let Some(decoder) = decoder {
                let state = cx.root(cx.tuple(&[cx.get(parts.get(0)), cx.int(flag >> 1)]));
                invoke(cx, decoder, "setstate", &[state])?;
            }
            Ok(())
        }
        /// Begin anew.
        call fn reset(cx; self_: Slot) -> () {
            of(cx, self_)?.newlines.with(Newlines::reset);
            if let Some(decoder) = inner(cx, self_)? {
                invoke(cx, decoder, "reset", &[])?;
            }
            Ok(())
        }
        /// What ended lines so far.
        get call fn newlines(cx; self_: Slot) -> Slot {
            let newlines = of(cx, self_)?.newlines.with(|newlines| *newlines);
            let cx: &Ctx = cx;
            Ok(cx.root(newlines.seen(cx)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn returns_wait_for_feeds() {
        let mut newlines = Newlines::new(true);
        assert_eq!(newlines.feed("a\r".into(), false), "a");
        assert_eq!(newlines.feed("\nb\rc\n".into(), false), "\nb\nc\n");
        assert_eq!(newlines.feed("d\r".into(), true), "d\n");
        assert_eq!(newlines.seen, RETURN | FEED | BOTH);
    }
}
