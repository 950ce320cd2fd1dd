//! The scanner: from text to values.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::number::parse::{self, NotAnInt};
use argil_interp::ops::{attr, iter, truth};
use argil_interp::types::class::Class;
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::types::str::{Str, hash_text};
use argil_interp::value::Value;

use super::scan_string::scan;
use super::{raise_at, text_of};

/// A scanner: how values are to be made. It never changes.
pub struct Scanner {
    strict: bool,
    object_hook: Field,
    object_pairs_hook: Field,
    parse_float: Field,
    parse_int: Field,
    parse_constant: Field,
}

impl NativeData for Scanner {
    const FIELDS: &'static [FieldOf<Self>] = &[
        |scanner| &scanner.object_hook,
        |scanner| &scanner.object_pairs_hook,
        |scanner| &scanner.parse_float,
        |scanner| &scanner.parse_int,
        |scanner| &scanner.parse_constant,
    ];
}

/// One attribute of what a scanner is made of.
fn setting(cx: &mut Ctx, context: Slot, name: &str) -> Res<Slot> {
    let name = cx.root(cx.intern(name));
    attr::get_attr(cx, context, name)
}

natives! {
    pub static METHODS = {
        static call fn __new__(cx; cls: Slot; context: Slot) -> Slot {
            let strict = setting(cx, context, "strict")?;
            let strict = truth::truth(cx, strict)?;
            let scanner = Scanner {
                strict,
                object_hook: Field::of(setting(cx, context, "object_hook")?),
                object_pairs_hook: Field::of(setting(cx, context, "object_pairs_hook")?),
                parse_float: Field::of(setting(cx, context, "parse_float")?),
                parse_int: Field::of(setting(cx, context, "parse_int")?),
                parse_constant: Field::of(setting(cx, context, "parse_constant")?),
            };
            Ok(cx.new_native(cls, scanner))
        }

        call fn __call__(cx; self_: Slot; string: Slot, idx: i64) -> Slot {
            let text = text_of(cx, string)?;
            let Ok(idx) = usize::try_from(idx) else { return Err(cx.value_error("idx cannot be negative")) };
            if idx >= text.len() {
                return Err(nothing(cx, idx));
            }
            let at = text.byte_offset(idx);
            let mut scan = Scan::new(cx, self_, string)?;
            let value = cx.root(Value::NONE);
            let end = scan.value(cx, at, value)?;
            let end = cx.uint(text_of(cx, string)?.char_index(end) as u64);
            Ok(cx.root(cx.tuple(&[cx.get(value), end])))
        }

        /// strict
        get fn strict(cx; self_: Value<'h>) -> bool { Ok(cx.state::<Scanner>(cx.root(self_))?.strict) }

        /// object_hook
        get fn object_hook(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |scanner| &scanner.object_hook) }

        /// object_pairs_hook
        get fn object_pairs_hook(cx; self_: Value<'h>) -> Value<'h> {
            field(cx, self_, |scanner| &scanner.object_pairs_hook)
        }

        /// parse_float
        get fn parse_float(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |scanner| &scanner.parse_float) }

        /// parse_int
        get fn parse_int(cx; self_: Value<'h>) -> Value<'h> { field(cx, self_, |scanner| &scanner.parse_int) }

        /// parse_constant
        get fn parse_constant(cx; self_: Value<'h>) -> Value<'h> {
            field(cx, self_, |scanner| &scanner.parse_constant)
        }
    }
}

fn field<'h>(cx: &'h Ctx, scanner: Value<'h>, field: fn(&Scanner) -> &Field) -> Res<Value<'h>> {
    Ok(field(cx.state::<Scanner>(cx.root(scanner))?).get_or_none(cx))
}

/// The StopIteration by which a scanner says that no value begins at a character.
#[cold]
fn nothing(cx: &Ctx, at: usize) -> Raised {
    cx.raise_with(Builtin::StopIteration, &[cx.uint(at as u64)])
}

/// How many keys one scan remembers, so that objects with the same keys share them.
const KEYS: usize = 256;

/// Values between two polls.
const VALUES_PER_POLL: u32 = 1024;

/// One scan of a text. Places in it are bytes.
struct Scan {
    text: Slot,
    strict: bool,
    object_hook: Option<Slot>,
    object_pairs_hook: Option<Slot>,
    parse_float: Option<Slot>,
    parse_int: Option<Slot>,
    parse_constant: Slot,
    /// The list of keys, once there is one.
    keys: Option<Slot>,
    /// Where the list of keys will be.
    keys_slot: Slot,
    /// Values read since the last poll.
    values: u32,
}

impl Scan {
    fn new(cx: &Ctx, scanner: Slot, text: Slot) -> Res<Scan> {
        let state = cx.state::<Scanner>(scanner)?;
        let given = |field: &Field| field.get(cx).filter(|value| !value.is_none()).map(|value| cx.root(value));
        let parser = |field: &Field, usual: Builtin| {
            let value = field.get_or_none(cx);
            let is_usual = value.cast::<Class>().is_some_and(|class| class.is(usual));
            (!is_usual).then(|| cx.root(value))
        };
        Ok(Scan {
            text,
            strict: state.strict,
            object_hook: given(&state.object_hook),
            object_pairs_hook: given(&state.object_pairs_hook),
            parse_float: parser(&state.parse_float, Builtin::Float),
            parse_int: parser(&state.parse_int, Builtin::Int),
            parse_constant: cx.root(state.parse_constant.get_or_none(cx)),
            keys: None,
            keys_slot: cx.root(Value::NONE),
            values: 0,
        })
    }

    #[inline(always)]
    fn text<'h>(&self, cx: &'h Ctx) -> &'h str {
        cx.get(self.text).as_str().unwrap_or_default()
    }

    /// The first place from `at` on that is no white space, and what stands there.
    #[inline(always)]
    fn skip(&self, cx: &Ctx, mut at: usize) -> (usize, Option<u8>) {
        let bytes = self.text(cx).as_bytes();
        loop {
            match bytes.get(at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
                other => return (at, other.copied()),
            }
        }
    }

    /// The number of the character that begins at a byte.
    fn char_index(&self, cx: &Ctx, at: usize) -> usize {
        cx.get(self.text).cast::<Str>().map_or(at, |text| text.char_index(at))
    }

    #[cold]
    fn fail(&self, cx: &mut Ctx, message: &str, at: usize) -> Raised {
        let at = self.char_index(cx, at) as i64;
        raise_at(cx, message, self.text, at)
    }

    #[cold]
    fn nothing(&self, cx: &Ctx, at: usize) -> Raised {
        nothing(cx, self.char_index(cx, at))
    }

    /// Reads the value that begins at `at` into a slot; where it ends.
    fn value(&mut self, cx: &mut Ctx, at: usize, into: Slot) -> Res<usize> {
        self.values += 1;
        if self.values >= VALUES_PER_POLL {
            self.values = 0;
            cx.poll()?;
        }
        let text = self.text(cx);
        let Some(first) = text.as_bytes().get(at) else { return Err(self.nothing(cx, at)) };
        let literal = |word: &str| text.as_bytes()[at..].starts_with(word.as_bytes());
        match first {
            b'"' => {
                let end = match scan(text, at + 1, self.strict) {
                    Ok((found, end)) => {
                        cx.set(into, cx.str(&found));
                        end
                    }
                    Err(wrong) => {
                        let at = self.char_index(cx, wrong.at.unwrap_or(at)) as i64;
                        return Err(wrong.raise(cx, self.text, at));
                    }
                };
                Ok(end)
            }
            b'{' => self.object(cx, at + 1, into),
            b'[' => self.array(cx, at + 1, into),
            b'n' if literal("null") => {
                cx.set(into, Value::NONE);
                Ok(at + 4)
            }
            b't' if literal("true") => {
                cx.set(into, Value::TRUE);
                Ok(at + 4)
            }
            b'f' if literal("false") => {
                cx.set(into, Value::FALSE);
                Ok(at + 5)
            }
            b'N' if literal("NaN") => self.constant(cx, at, "NaN", into),
            b'I' if literal("Infinity") => self.constant(cx, at, "Infinity", into),
            b'-' if literal("-Infinity") => self.constant(cx, at, "-Infinity", into),
            _ => self.number(cx, at, into),
        }
    }

    #[cold]
    fn constant(&self, cx: &mut Ctx, at: usize, name: &str, into: Slot) -> Res<usize> {
        cx.scope(|cx| {
            let shown = cx.root(cx.str(name));
            let value = cx.call(self.parse_constant, &[shown])?;
            cx.set(into, cx.get(value));
            Ok(at + name.len())
        })
    }

    #[inline]
    fn number(&self, cx: &mut Ctx, start: usize, into: Slot) -> Res<usize> {
        let text = self.text(cx);
        let Some((end, is_float)) = number_end(text.as_bytes(), start) else { return Err(self.nothing(cx, start)) };
        let digits = &text[start..end];
        let parser = if is_float { self.parse_float } else { self.parse_int };
        if let Some(parser) = parser {
            return cx.scope(|cx| {
                let digits = cx.root(cx.str(&self.text(cx)[start..end]));
                let value = cx.call(parser, &[digits])?;
                cx.set(into, cx.get(value));
                Ok(end)
            });
        }
        let value = if is_float {
            cx.float(digits.parse().unwrap_or(f64::NAN))
        } else if let Some(small) = parse::few_digits(digits) {
            cx.int(small)
        } else {
            big(cx, digits)?
        };
        cx.set(into, value);
        Ok(end)
    }

    fn array(&mut self, cx: &mut Ctx, at: usize, into: Slot) -> Res<usize> {
        cx.check_native_stack(" while decoding a JSON array from a unicode string")?;
        cx.scope(|cx| {
            let (list, element) = (cx.root(Value::of(List::alloc(cx))), cx.root(Value::NONE));
            let (mut at, mut next) = self.skip(cx, at);
            while next != Some(b']') {
                at = self.value(cx, at, element)?;
                iter::push(cx, list, element)?;
                (at, next) = self.skip(cx, at);
                match next {
                    Some(b',') => {
                        let comma = at;
                        (at, next) = self.skip(cx, at + 1);
                        if next == Some(b']') {
                            return Err(self.fail(cx, "Illegal trailing comma before end of array", comma));
                        }
                    }
                    Some(b']') => {}
                    _ => return Err(self.fail(cx, "Expecting ',' delimiter", at)),
                }
            }
            cx.set(into, cx.get(list));
            Ok(at + 1)
        })
    }

    fn object(&mut self, cx: &mut Ctx, at: usize, into: Slot) -> Res<usize> {
        cx.check_native_stack(" while decoding a JSON object from a unicode string")?;
        cx.scope(|cx| {
            let pairs = self.object_pairs_hook.is_some();
            let made = if pairs { Value::of(List::alloc(cx)) } else { Value::of(Dict::alloc(cx)) };
            let (made, key, value) = (cx.root(made), cx.root(Value::NONE), cx.root(Value::NONE));
            let (mut at, mut next) = self.skip(cx, at);
            while next != Some(b'}') {
                if next != Some(b'"') {
                    return Err(self.fail(cx, "Expecting property name enclosed in double quotes", at));
                }
                at = self.key(cx, at, key)?;
                (at, next) = self.skip(cx, at);
                if next != Some(b':') {
                    return Err(self.fail(cx, "Expecting ':' delimiter", at));
                }
                (at, _) = self.skip(cx, at + 1);
                at = self.value(cx, at, value)?;
                if pairs {
                    let pair = cx.tuple(&[cx.get(key), cx.get(value)]);
                    cx.set(value, pair);
                    iter::push(cx, made, value)?;
                } else {
                    bind(cx, made, key, value)?;
                }
                (at, next) = self.skip(cx, at);
                match next {
                    Some(b',') => {
                        let comma = at;
                        (at, next) = self.skip(cx, at + 1);
                        if next == Some(b'}') {
                            return Err(self.fail(cx, "Illegal trailing comma before end of object", comma));
                        }
                    }
                    Some(b'}') => {}
                    _ => return Err(self.fail(cx, "Expecting ',' delimiter", at)),
                }
            }
            let made = match self.object_pairs_hook.or(self.object_hook) {
                Some(hook) => cx.call(hook, &[made])?,
                None => made,
            };
            cx.set(into, cx.get(made));
            Ok(at + 1)
        })
    }

    /// Reads a key that begins at `at` into a slot; where it ends.
    #[inline]
    fn key(&mut self, cx: &mut Ctx, at: usize, into: Slot) -> Res<usize> {
        let keys = match self.keys {
            Some(keys) => keys,
            None => {
                let none = [Value::NONE; KEYS];
                cx.set(self.keys_slot, Value::of(List::from_values(cx, &none)));
                self.keys = Some(self.keys_slot);
                self.keys_slot
            }
        };
        match scan(self.text(cx), at + 1, self.strict) {
            Ok((found, end)) => {
                let Some(keys) = cx.get(keys).cast::<List>() else { return Ok(end) };
                let place = hash_text(found.as_bytes()) as usize % KEYS;
                let known = keys.get(cx, place).filter(|known| known.as_str() == Some(&found));
                let key = known.unwrap_or_else(|| {
                    let key = cx.str(&found);
                    keys.set(cx, place, key);
                    key
                });
                cx.set(into, key);
                Ok(end)
            }
            Err(wrong) => {
                let at = self.char_index(cx, wrong.at.unwrap_or(at)) as i64;
                Err(wrong.raise(cx, self.text, at))
            }
        }
    }
}

/// Binds a key that is a string.
#[inline]
fn bind(cx: &mut Ctx, dict: Slot, key: Slot, value: Slot) -> Res<()> {
    cx.with_memory(|cx| {
        if let Some(dict) = cx.get(dict).cast::<Dict>() {
            // Strings are told apart without script code.
            let _ = dict.set(cx, cx.get(key), cx.get(value));
        }
    })
}

/// An integer of many digits.
#[cold]
fn big<'h>(cx: &'h Ctx, digits: &str) -> Res<Value<'h>> {
    let limit = cx.interp().max_str_digits();
    match parse::int(digits, 10, limit) {
        Ok(number) => Ok(cx.big_int(number)),
        Err(NotAnInt::TooLong(count)) => Err(cx.value_error(format!(
            "Exceeds the limit ({limit} digits) for integer string conversion: value has {count} digits; use \
             sys.set_int_max_str_digits() to increase the limit"
        ))),
        Err(NotAnInt::Invalid) => Err(cx.value_error(format!("invalid literal for int() with base 10: '{digits}'"))),
    }
}

/// Where the number ends that begins at a place, and whether it is a float; `None` if none begins there.
#[inline]
fn number_end(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    let first = start + usize::from(bytes.get(start) == Some(&b'-'));
    let mut end = match bytes.get(first)? {
        b'0' => first + 1,
        b'1'..=b'9' => digits(first + 1),
        _ => return None,
    };
    let mut is_float = false;
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > end + 1 {
        end = digits(end + 1);
        is_float = true;
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let exponent = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        if digits(exponent) > exponent {
            end = digits(exponent);
            is_float = true;
        }
    }
    Some((end, is_float))
}
