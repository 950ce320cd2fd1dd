//! What is done about what cannot be encoded or decoded.

use argil_compiler::surrogate;

use super::{Bad, registry, unicode};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::natives;
use crate::ops::number;
use crate::ops::repr::push_escape;
use crate::types::exception::{Exception, details};
use crate::types::str::Str;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// An error handler.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handler {
    /// Raises.
    Strict,
    /// Leaves out.
    Ignore,
    /// Puts `?` or the replacement character there.
    Replace,
    /// Puts escapes there.
    BackslashReplace,
    /// Puts character references there.
    XmlCharRefReplace,
    /// Puts escapes with names there.
    NameReplace,
    /// Puts lone surrogates for bytes there, and bytes for these.
    SurrogateEscape,
    /// Lets lone surrogates pass.
    SurrogatePass,
    /// What is registered under this name.
    Registered(String),
}

impl Handler {
    /// The handler of a name; `strict` if none is given.
    pub fn named(name: Option<&str>) -> Handler {
        match name.unwrap_or("strict") {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            other => Handler::Registered(other.to_owned()),
        }
    }

    /// What characters that cannot be encoded become; `None` if they are not replaced.
    fn of_characters(&self, text: &str) -> Option<String> {
        let each = |most: usize, push: fn(&mut String, char)| {
            let mut replaced = memory::text(text.len().saturating_mul(most));
            text.chars().for_each(|c| push(&mut replaced, c));
            replaced
        };
        Some(match self {
            Handler::Ignore => String::new(),
            Handler::Replace => each(1, |replaced, _| replaced.push('?')),
            Handler::BackslashReplace => each(4, push_escape),
            Handler::XmlCharRefReplace => {
                each(5, |replaced, c| replaced.push_str(&format!("&#{};", surrogate::code_of(c))))
            }
            Handler::NameReplace => each(8, |replaced, c| {
                memory::reserve_text(replaced, 128);
                unicode::push_named(replaced, c);
            }),
            _ => return None,
        })
    }

    /// What bytes that cannot be decoded become; `None` if they are not replaced.
    fn of_bytes(&self, bytes: &[u8]) -> Option<String> {
        Some(match self {
            Handler::Ignore => String::new(),
            Handler::Replace => "\u{fffd}".to_owned(),
            Handler::BackslashReplace => {
                let mut replaced = memory::text(bytes.len().saturating_mul(4));
                bytes.iter().for_each(|byte| push_escape(&mut replaced, char::from(*byte)));
                replaced
            }
            _ => return None,
        })
    }

    /// The surrogates that stand for bytes that cannot be decoded, of which `bad` are the first and the rest follows, and how many
    /// bytes they stand for; `None` if they are left to raise.
    fn surrogates_of(&self, encoding: &str, bad: usize, bytes: &[u8]) -> Option<(String, usize)> {
        match self {
            Handler::SurrogateEscape => {
                let taken = bytes.iter().take(bad.min(4)).take_while(|byte| !byte.is_ascii()).count();
                let text: String = bytes[..taken].iter().filter_map(|&byte| surrogate::escape(byte)).collect();
                (taken > 0).then_some((text, taken))
            }
            Handler::SurrogatePass => {
                let (code, size) = Form::named(encoding)?.read(bytes)?;
                let c = surrogate::char_of(code).filter(|c| surrogate::is_surrogate(*c))?;
                Some((c.to_string(), size))
            }
            _ => None,
        }
    }

    /// The bytes that stand for surrogates that cannot be encoded, the first of a text, and how many characters they stand for;
    /// `None` if they are left to raise.
    fn bytes_of_surrogates(&self, encoding: &str, text: &str) -> Option<(Vec<u8>, usize)> {
        let mut bytes = Vec::new();
        let mut count = 0;
        match self {
            Handler::SurrogateEscape => {
                bytes.extend(text.chars().map_while(surrogate::unescape));
                count = bytes.len();
            }
            Handler::SurrogatePass => {
                let form = Form::named(encoding)?;
                for c in text.chars().take_while(|&c| surrogate::is_surrogate(c)) {
                    form.write(surrogate::code_of(c), &mut bytes);
                    count += 1;
                }
            }
            _ => {}
        }
        (count > 0).then_some((bytes, count))
    }
}

/// How an encoding spells a surrogate that is let pass.
#[derive(Clone, Copy)]
enum Form {
    Utf8,
    /// Units of 2 or 4 bytes, the most significant first if `big`.
    Units {
        size: usize,
        big: bool,
    },
}

impl Form {
    fn named(encoding: &str) -> Option<Form> {
        let name = encoding.to_ascii_lowercase().replace(['-', '_'], "");
        let (size, order) = match name.strip_prefix("utf")? {
            "8" => return Some(Form::Utf8),
            rest if rest.starts_with("16") => (2, &rest[2..]),
            rest if rest.starts_with("32") => (4, &rest[2..]),
            _ => return None,
        };
        match order {
            "" => Some(Form::Units { size, big: cfg!(target_endian = "big") }),
            "le" => Some(Form::Units { size, big: false }),
            "be" => Some(Form::Units { size, big: true }),
            _ => None,
        }
    }

    /// The code at the beginning of some bytes, and how many it takes.
    fn read(self, bytes: &[u8]) -> Option<(u32, usize)> {
        match self {
            Form::Utf8 => match *bytes {
                [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => {
                    Some((0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f), 3))
                }
                _ => None,
            },
            Form::Units { size, big } => {
                let unit = bytes.get(..size)?;
                let fold = |code: u32, byte: &u8| code << 8 | u32::from(*byte);
                Some((if big { unit.iter().fold(0, fold) } else { unit.iter().rev().fold(0, fold) }, size))
            }
        }
    }

    fn write(self, code: u32, bytes: &mut Vec<u8>) {
        match self {
            Form::Utf8 => bytes.extend([0xed, 0x80 | (code >> 6 & 0x3f) as u8, 0x80 | (code & 0x3f) as u8]),
            Form::Units { size, big: true } => bytes.extend_from_slice(&code.to_be_bytes()[4 - size..]),
            Form::Units { size, big: false } => bytes.extend_from_slice(&code.to_le_bytes()[..size]),
        }
    }
}

/// What an encoder puts in place of characters.
pub enum Replacement {
    /// Text, which it encodes.
    Text(String),
    /// Bytes, which it takes as they are.
    Bytes(Vec<u8>),
}

/// The troubles of one call of a codec: they share an exception.
#[derive(Default)]
pub struct Trouble {
    exception: Option<Slot>,
}

impl Trouble {
    fn describe(&mut self, cx: &Ctx, class: Builtin, encoding: &str, object: Slot, bad: Bad, reason: &str) -> Slot {
        let (start, end) = (cx.uint(bad.start as u64), cx.uint(bad.end as u64));
        let reason = cx.str(reason);
        if let Some(slot) = self.exception
            && let Some(exception) = cx.get(slot).cast::<Exception>()
        {
            for (name, value) in [("start", start), ("end", end), ("reason", reason)] {
                details::set(cx, exception, name, value);
            }
            return slot;
        }
        let args = Tuple::from_values(cx, &[cx.str(encoding), cx.get(object), start, end, reason]);
        let exception = cx.root(Value::of(Exception::build(cx, class, args)));
        self.exception = Some(exception);
        exception
    }

    /// Raises the UnicodeEncodeError of characters of a text (a slot).
    #[cold]
    pub fn raise_encoding(&mut self, cx: &Ctx, text: Slot, encoding: &str, bad: Bad) -> Raised {
        let exception = self.describe(cx, Builtin::UnicodeEncodeError, encoding, text, bad, bad.reason);
        cx.raise_value(cx.get(exception))
    }

    /// What stands for characters of a text (a slot) that cannot be encoded, and where to go on.
    #[cold]
    pub fn encoding(
        &mut self,
        cx: &mut Ctx,
        text: Slot,
        encoding: &str,
        bad: Bad,
        handler: &Handler,
    ) -> Res<(Replacement, usize)> {
        let Handler::Registered(name) = handler else {
            let part = cx.get(text).cast::<Str>().map_or("", |text| text.slice(bad.start, bad.end));
            if let Some((bytes, count)) = handler.bytes_of_surrogates(encoding, part) {
                return Ok((Replacement::Bytes(bytes), bad.start + count));
            }
            return match handler.of_characters(part) {
                Some(replaced) => Ok((Replacement::Text(replaced), bad.end)),
                None => Err(self.raise_encoding(cx, text, encoding, bad)),
            };
        };
        let exception = self.describe(cx, Builtin::UnicodeEncodeError, encoding, text, bad, bad.reason);
        let wrong = "encoding error handler must return (str/bytes, int) tuple";
        let mut found = None;
        cx.scope(|cx| {
            let (replacement, next) = ask(cx, name, exception, wrong)?;
            let value = cx.get(replacement);
            let replacement = match (value.as_str(), value.as_bytes()) {
                (Some(text), _) => Replacement::Text(text.to_owned()),
                (_, Some(bytes)) => Replacement::Bytes(bytes.to_vec()),
                _ => return Err(cx.type_error(wrong)),
            };
            let len = cx.get(text).cast::<Str>().map_or(0, Str::len);
            found = Some((replacement, place(cx, next, len)?));
            Ok(())
        })?;
        Ok(found.expect("the closure put it there"))
    }

    /// What stands for bytes that cannot be decoded, and where to go on. `input` is the slot of the bytes object, in which the
    /// handler may put another.
    #[cold]
    pub fn decoding(
        &mut self,
        cx: &mut Ctx,
        input: Slot,
        encoding: &str,
        bad: Bad,
        handler: &Handler,
    ) -> Res<(String, usize)> {
        let class = Builtin::UnicodeDecodeError;
        let Handler::Registered(name) = handler else {
            let bytes = cx.get(input).as_bytes().unwrap_or_default();
            let part = bytes.get(bad.start..bad.end).unwrap_or_default();
            if let Some(replaced) = handler.of_bytes(part) {
                return Ok((replaced, bad.end));
            }
            if matches!(handler, Handler::XmlCharRefReplace | Handler::NameReplace) {
                return Err(cannot_handle(cx, "UnicodeDecodeError"));
            }
            let rest = bytes.get(bad.start..).unwrap_or_default();
            if let Some((text, taken)) = handler.surrogates_of(encoding, bad.end - bad.start, rest) {
                return Ok((text, bad.start + taken));
            }
            let exception = self.describe(cx, class, encoding, input, bad, bad.reason);
            return Err(cx.raise_value(cx.get(exception)));
        };
        let exception = self.describe(cx, class, encoding, input, bad, bad.reason);
        let wrong = "decoding error handler must return (str, int) tuple";
        let mut found = None;
        cx.scope(|cx| {
            let (replacement, next) = ask(cx, name, exception, wrong)?;
            let Some(replacement) = cx.get(replacement).as_str().map(str::to_owned) else {
                return Err(cx.type_error(wrong));
            };
            let object = cx.get(exception).cast::<Exception>().map_or(Value::NONE, |e| details::get(cx, e, "object"));
            let Some(bytes) = object.as_bytes() else {
                return Err(cx.type_error("exception attribute object must be bytes"));
            };
            cx.set(input, object);
            found = Some((replacement, place(cx, next, bytes.len())?));
            Ok(())
        })?;
        Ok(found.expect("the closure put it there"))
    }
}

/// Calls a registered handler: what it gives, and the number of where to go on.
pub fn ask(cx: &mut Ctx, name: &str, exception: Slot, wrong: &str) -> Res<(Slot, i64)> {
    let handler = registry::handler(cx, name)?;
    let answer = cx.call(handler, &[exception])?;
    let parts = cx.get(answer).cast::<Tuple>().filter(|parts| parts.len() == 2);
    let Some(parts) = parts else { return Err(cx.type_error(wrong)) };
    let [replacement, next] = [0, 1].map(|i| cx.root(parts.get(cx, i).unwrap_or(Value::NONE)));
    let next = number::index(cx, next)?;
    match cx.get(next).as_int().and_then(|next| next.to_i64()) {
        Some(next) => Ok((replacement, next)),
        None => Err(cx.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

/// Where a handler says to go on, of `len` places.
pub fn place(cx: &Ctx, next: i64, len: usize) -> Res<usize> {
    let at = if next < 0 { next.saturating_add(len as i64) } else { next };
    match usize::try_from(at) {
        Ok(at) if at <= len => Ok(at),
        _ => Err(cx.index_error(format!("position {at} from error handler out of bounds"))),
    }
}

fn cannot_handle(cx: &Ctx, class: &str) -> Raised {
    cx.type_error(format!("don't know how to handle {class} in error callback"))
}

/// What an exception is about that a handler got.
enum About {
    Characters(String),
    Translated(String),
    Bytes(Vec<u8>),
}

/// Applies a handler to an exception, as scripts do.
fn handle(cx: &Ctx, handler: &Handler, value: Value<'_>) -> Res<Slot> {
    let cannot = || cannot_handle(cx, cx.type_name(value));
    let Some(exception) = value.cast::<Exception>() else {
        return Err(match handler {
            Handler::Strict => cx.type_error("codec must pass exception instance"),
            _ => cannot(),
        });
    };
    if *handler == Handler::Strict {
        return Err(cx.raise_value(value));
    }
    let object = details::get(cx, exception, "object");
    let number = |name| details::get(cx, exception, name).as_small_int().unwrap_or(0);
    // Within the object, the end behind its first place.
    let within = |len: usize| {
        let (last, len) = (len.saturating_sub(1) as i64, len as i64);
        (number("start").clamp(0, last) as usize, number("end").max(1).min(len) as usize)
    };
    let characters = |object: Value<'_>| -> Res<(String, usize)> {
        let Some(text) = object.cast::<Str>() else {
            return Err(cx.type_error("UnicodeError 'object' attribute must be a string"));
        };
        let (start, end) = within(text.len());
        Ok((text.slice(start, end.max(start)).to_owned(), end))
    };
    let is = |class| cx.is_instance(value, class);
    let (about, end) = if is(Builtin::UnicodeEncodeError) {
        let (text, end) = characters(object)?;
        (About::Characters(text), end)
    } else if is(Builtin::UnicodeTranslateError) {
        let (text, end) = characters(object)?;
        (About::Translated(text), end)
    } else if is(Builtin::UnicodeDecodeError) {
        let Some(bytes) = object.as_bytes() else {
            return Err(cx.type_error("UnicodeError 'object' attribute must be a bytes"));
        };
        let (start, end) = within(bytes.len());
        // All the rest for handlers that look further than the error.
        let end_of = if *handler == Handler::SurrogatePass { bytes.len() } else { end };
        (About::Bytes(bytes.get(start..end_of).unwrap_or_default().to_vec()), end)
    } else {
        return Err(cannot());
    };
    let replaced = match (&about, handler) {
        (About::Characters(text) | About::Translated(text), Handler::SurrogateEscape | Handler::SurrogatePass) => {
            if matches!(about, About::Translated(_)) {
                return Err(cannot());
            }
            let encoding = details::get(cx, exception, "encoding").as_str().unwrap_or("");
            let (bytes, count) = handler.bytes_of_surrogates(encoding, text).unwrap_or_default();
            if count != text.chars().count() {
                return Err(cx.raise_value(value));
            }
            return Ok(cx.root(cx.tuple(&[cx.bytes(&bytes), cx.uint(end as u64)])));
        }
        (About::Translated(text), Handler::Replace) => Some("\u{fffd}".repeat(text.chars().count())),
        (About::Translated(_), Handler::XmlCharRefReplace | Handler::NameReplace) => None,
        (About::Characters(text) | About::Translated(text), _) => handler.of_characters(text),
        (About::Bytes(bytes), Handler::SurrogateEscape | Handler::SurrogatePass) => {
            let encoding = details::get(cx, exception, "encoding").as_str().unwrap_or("").to_ascii_lowercase();
            let start = within(object.as_bytes().map_or(0, <[u8]>::len)).0;
            let Some((text, taken)) = handler.surrogates_of(&encoding, end.saturating_sub(start), bytes) else {
                return Err(cx.raise_value(value));
            };
            return Ok(cx.root(cx.tuple(&[cx.str(&text), cx.uint((start + taken) as u64)])));
        }
        (About::Bytes(bytes), _) => handler.of_bytes(bytes),
    };
    match replaced {
        Some(replaced) => Ok(cx.root(cx.tuple(&[cx.str(&replaced), cx.uint(end as u64)]))),
        None => Err(cannot()),
    }
}

natives! {
    /// The handlers that are built in.
    pub static HANDLERS = {
        /// Implements the 'strict' error handling, which raises a UnicodeError on coding errors.
        call fn strict_errors(cx; exc: Slot) -> Slot { handle(cx, &Handler::Strict, cx.get(exc)) }

        /// Implements the 'ignore' error handling, which ignores malformed data and continues.
        call fn ignore_errors(cx; exc: Slot) -> Slot { handle(cx, &Handler::Ignore, cx.get(exc)) }

        /// Implements the 'replace' error handling, which replaces malformed data with a replacement marker.
        call fn replace_errors(cx; exc: Slot) -> Slot { handle(cx, &Handler::Replace, cx.get(exc)) }

        /// Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the
        /// appropriate XML character reference.
        call fn xmlcharrefreplace_errors(cx; exc: Slot) -> Slot {
            handle(cx, &Handler::XmlCharRefReplace, cx.get(exc))
        }

        /// Implements the 'backslashreplace' error handling, which replaces malformed data with a backslashed
        /// escape sequence.
        call fn backslashreplace_errors(cx; exc: Slot) -> Slot {
            handle(cx, &Handler::BackslashReplace, cx.get(exc))
        }

        /// Implements the 'namereplace' error handling, which replaces an unencodable character with a \\N{...}
        /// escape sequence.
        call fn namereplace_errors(cx; exc: Slot) -> Slot { handle(cx, &Handler::NameReplace, cx.get(exc)) }

        /// Implements the 'surrogatepass' error handling, which lets lone surrogates through.
        call fn surrogatepass(cx; exc: Slot) -> Slot { handle(cx, &Handler::SurrogatePass, cx.get(exc)) }

        /// Implements the 'surrogateescape' error handling, which keeps undecodable bytes as lone surrogates.
        call fn surrogateescape(cx; exc: Slot) -> Slot { handle(cx, &Handler::SurrogateEscape, cx.get(exc)) }
    }
}

/// The names of [`HANDLERS`], in the same order.
pub const NAMES: [&str; 8] = [
    "strict",
    "ignore",
    "replace",
    "xmlcharrefreplace",
    "backslashreplace",
    "namereplace",
    "surrogatepass",
    "surrogateescape",
];
