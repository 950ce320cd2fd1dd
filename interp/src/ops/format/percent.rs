//! The `%` operator of strings and bytes.
//!
//! Bytes are formatted as text whose characters are the bytes (Latin-1), so that there is one formatter.

use super::number::{push_float, radix};
use super::spec::{Align, Sign, Spec, push_padded};
use argil_compiler::surrogate;

use crate::ctx::{Ctx, Raised, Res, Slot, Slots};
use crate::memory;
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::call_special;
use crate::ops::number::{int, plain_int, to_float, try_index};
use crate::ops::{item, repr};
use crate::types::bytearray::ByteArray;
use crate::types::class::full_name;
use crate::types::int::Int;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// `fmt % args` for a string.
pub fn percent(cx: &mut Ctx, fmt: Slot, args: Slot) -> Res<Slot> {
    let template = cx.get(fmt).as_str().unwrap_or("").to_owned();
    let text = Formatter::new(cx, &template, args, false).run(cx)?;
    Ok(cx.root(cx.str(&text)))
}

/// `fmt % args` for a bytes object.
pub fn percent_bytes(cx: &mut Ctx, fmt: Slot, args: Slot) -> Res<Slot> {
    let is_array = cx.get(fmt).native::<ByteArray>().is_some();
    let template: String =
        ByteArray::contents(cx.get(fmt)).unwrap_or_default().iter().copied().map(char::from).collect();
    let text = Formatter::new(cx, &template, args, true).run(cx)?;
    let bytes = memory::collect(text.chars().map(|c| c as u8));
    Ok(cx.root(if is_array { ByteArray::alloc(cx, bytes) } else { cx.bytes(&bytes) }))
}

struct Formatter<'t> {
    template: &'t str,
    /// Byte offset of what is to be read next.
    at: usize,
    args: Slot,
    /// The elements of the tuple of arguments, or the one argument.
    values: Slots,
    used: usize,
    /// Whether the argument is something to look keys up in.
    is_mapping: bool,
    bytes: bool,
}

/// What follows a percent sign.
#[derive(Default)]
struct Directive {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Directive {
    fn spec(&self) -> Spec {
        let sign = if self.plus { Some(Sign::Plus) } else { self.space.then_some(Sign::Space) };
        Spec { sign, alternate: self.alternate, precision: self.precision, ..Spec::PLAIN }
    }

    fn push_padded(&self, out: &mut String, lead: &str, body: &[&str], numeric: bool) {
        let zero = numeric && self.zero && !self.left;
        let align = match (self.left, zero) {
            (true, _) => Align::Left,
            (_, true) => Align::AfterSign,
            _ => Align::Right,
        };
        let fill = if zero { '0' } else { ' ' };
        let spec = Spec { fill, width: self.width, ..Spec::PLAIN };
        push_padded(out, lead, body, &spec, align);
    }
}

impl<'t> Formatter<'t> {
    fn new(cx: &Ctx, template: &'t str, args: Slot, bytes: bool) -> Self {
        let value = cx.get(args);
        let values = match value.cast::<Tuple>() {
            Some(tuple) => cx.root_all(tuple.iter(cx).collect::<Vec<_>>()),
            None => cx.root_all([value]),
        };
        let is_bytes = || value.as_bytes().is_some() || value.native::<ByteArray>().is_some();
        let is_text = value.as_str().is_some() || (bytes && is_bytes());
        let is_mapping = !is_text
            && value.kind() != Some(Kind::Tuple)
            && cx.class_of(value).special(cx, Name::__getitem__).is_some();
        Formatter { template, at: 0, args, values, used: 0, is_mapping, bytes }
    }

    fn run(mut self, cx: &mut Ctx) -> Res<String> {
        let mut out = memory::text(self.template.len() + 16);
        while let Some(next) = self.template[self.at..].find('%') {
            out.push_str(&self.template[self.at..self.at + next]);
            self.at += next + 1;
            cx.scope(|cx| self.directive(cx, &mut out))?;
        }
        out.push_str(&self.template[self.at..]);
        if self.used < self.values.len() && !self.is_mapping {
            let what = if self.bytes { "bytes" } else { "string" };
            return Err(cx.type_error(format!("not all arguments converted during {what} formatting")));
        }
        Ok(out)
    }

    fn peek(&self) -> Option<char> {
        self.template[self.at..].chars().next()
    }

    fn next_char(&mut self, cx: &Ctx) -> Res<char> {
        let Some(c) = self.peek() else { return Err(cx.value_error("incomplete format")) };
        self.at += c.len_utf8();
        Ok(c)
    }

    fn next_value(&mut self, cx: &Ctx) -> Res<Slot> {
        if self.used >= self.values.len() {
            return Err(cx.type_error("not enough arguments for format string"));
        }
        self.used += 1;
        Ok(self.values.get(self.used - 1))
    }

    /// The key in parentheses, looked up.
    fn key(&mut self, cx: &mut Ctx) -> Res<Slot> {
        if !self.is_mapping {
            return Err(cx.type_error("format requires a mapping"));
        }
        let rest = &self.template[self.at..];
        let mut depth = 1;
        for (i, c) in rest.char_indices() {
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if depth == 0 {
                self.at += i + 1;
                let key = if self.bytes {
                    cx.bytes(&rest[..i].chars().map(|c| c as u8).collect::<Vec<_>>())
                } else {
                    cx.str(&rest[..i])
                };
                let key = cx.root(key);
                return item::get_item(cx, self.args, key);
            }
        }
        Err(cx.value_error("incomplete format key"))
    }

    /// A number up to `most` or, for `*`, the next argument. `what` it is and its type in C, errors say.
    fn number(&mut self, cx: &Ctx, what: &str, c_type: &str, most: i64) -> Res<Option<i64>> {
        if self.peek() == Some('*') {
            self.at += 1;
            let value = self.next_value(cx)?;
            let fits = |number: &i64| (-most - 1..=most).contains(number);
            return match cx.get(value).as_int().map(|number| number.to_i64().filter(fits)) {
                Some(Some(number)) => Ok(Some(number)),
                Some(None) => Err(cx.overflow_error(format!("Python int too large to convert to C {c_type}"))),
                None => Err(cx.type_error("* wants int")),
            };
        }
        let rest = &self.template[self.at..];
        let end = rest.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 {
            return Ok(None);
        }
        self.at += end;
        match rest[..end].parse().ok().filter(|number| *number <= most) {
            Some(number) => Ok(Some(number)),
            None => Err(cx.value_error(format!("{what} too big"))),
        }
    }

    fn directive(&mut self, cx: &mut Ctx, out: &mut String) -> Res<()> {
        if self.peek() == Some('%') {
            self.at += 1;
            out.push('%');
            return Ok(());
        }
        let mut directive = Directive::default();
        let mut keyed = None;
        if self.peek() == Some('(') {
            self.at += 1;
            keyed = Some(self.key(cx)?);
        }
        loop {
            match self.peek() {
                Some('-') => directive.left = true,
                Some('+') => directive.plus = true,
                Some(' ') => directive.space = true,
                Some('#') => directive.alternate = true,
                Some('0') => directive.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.number(cx, "width", "ssize_t", i64::MAX)?.unwrap_or(0);
        directive.left |= width < 0;
        directive.width = width.unsigned_abs() as usize;
        if self.peek() == Some('.') {
            self.at += 1;
            directive.precision =
                Some(self.number(cx, "precision", "int", i32::MAX.into())?.unwrap_or(0).max(0) as usize);
        }
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1;
        }
        let start = self.at;
        let kind = self.next_char(cx)?;
        let value = match keyed {
            Some(value) => value,
            None => self.next_value(cx)?,
        };
        match kind {
            's' | 'b' if self.bytes => {
                let text = bytes_text(cx, value)?;
                push_text(out, &directive, &text);
            }
            's' | 'r' | 'a' => {
                let text = match (kind, self.bytes) {
                    ('s', _) => repr::to_str(cx, value)?,
                    ('r', false) => repr::repr(cx, value)?,
                    _ => repr::ascii(cx, value)?,
                };
                push_text(out, &directive, &text);
            }
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => push_integer(cx, out, &directive, kind, value)?,
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                let number = match to_float(cx, value) {
                    Err(raised) if self.bytes => {
                        cx.take_raised(raised);
                        let got = cx.type_name(cx.get(value));
                        return Err(cx.type_error(format!("float argument required, not {got}")));
                    }
                    number => number?,
                };
                let mut text = String::new();
                push_float(cx, &mut text, number, &Spec { kind: Some(kind), ..directive.spec() }, "float")?;
                let (sign, digits) = text.split_at(usize::from(text.starts_with(['-', '+', ' '])));
                directive.push_padded(out, sign, &[digits], true);
            }
            'c' => {
                let c = self.character(cx, value)?;
                directive.push_padded(out, "", &[c.encode_utf8(&mut [0; 4])], false);
            }
            _ => {
                let index = self.template[..start].chars().count();
                let shown = if (' '..='~').contains(&kind) { kind } else { '?' };
                let code = u32::from(kind);
                return Err(
                    cx.value_error(format!("unsupported format character '{shown}' ({code:#x}) at index {index}"))
                );
            }
        }
        Ok(())
    }

    /// The character of `%c`.
    fn character(&self, cx: &mut Ctx, v: Slot) -> Res<char> {
        let wanted =
            if self.bytes { "an integer in range(256) or a single byte" } else { "an int or a unicode character" };
        if let Some(number) = try_index(cx, v)? {
            let most = if self.bytes { 0xff } else { 0x10_ffff };
            let code = cx.index(cx.get(number))?.to_i64().and_then(|code| u32::try_from(code).ok());
            return match code.filter(|&code| code <= most).and_then(surrogate::char_of) {
                Some(c) => Ok(c),
                None if self.bytes => Err(cx.overflow_error("%c arg not in range(256)")),
                None => Err(cx.overflow_error("%c arg not in range(0x110000)")),
            };
        }
        let value = cx.get(v);
        if self.bytes {
            let bytes = if value.as_bytes().is_some() || value.native::<ByteArray>().is_some() {
                ByteArray::contents(value)
            } else {
                None
            };
            if let Some([byte]) = bytes.as_deref() {
                return Ok(char::from(*byte));
            }
            if let Some(bytes) = bytes {
                let (class, length) = (cx.type_name(value), bytes.len());
                return Err(cx.type_error(format!("%c requires {wanted}, not a {class} object of length {length}")));
            }
        } else if let Some(text) = value.as_str() {
            let mut chars = text.chars();
            return match (chars.next(), chars.next()) {
                (Some(c), None) => Ok(c),
                _ => {
                    let count = text.chars().count();
                    Err(cx.type_error(format!("%c requires {wanted}, not a string of length {count}")))
                }
            };
        }
        Err(cx.type_error(format!("%c requires {wanted}, not {}", full_name(cx, cx.class_of(value)))))
    }
}

fn push_text(out: &mut String, directive: &Directive, text: &str) {
    let text = match directive.precision {
        Some(most) => text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end]),
        None => text,
    };
    directive.push_padded(out, "", &[text], false);
}

/// What `%b` puts in, as Latin-1.
fn bytes_text(cx: &mut Ctx, v: Slot) -> Res<String> {
    let latin = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    if let Some(bytes) = ByteArray::contents(cx.get(v)) {
        return Ok(latin(&bytes));
    }
    if let Some(result) = call_special(cx, v, Name::__bytes__, &[])?
        && let Some(bytes) = cx.get(result).as_bytes()
    {
        return Ok(latin(bytes));
    }
    let class = cx.type_name(cx.get(v));
    Err(cx
        .type_error(format!("%b requires a bytes-like object, or an object that implements __bytes__, not '{class}'")))
}

/// The plain integer that an integer directive shows.
fn integer(cx: &mut Ctx, kind: char, v: Slot) -> Res<Slot> {
    let wrong = |cx: &Ctx, wanted: &str| -> Raised {
        let class = cx.type_name(cx.get(v));
        cx.type_error(format!("%{kind} format: {wanted} is required, not {class}"))
    };
    if matches!(kind, 'o' | 'x' | 'X') || cx.get(v).as_int().is_some() {
        return try_index(cx, v)?.ok_or_else(|| wrong(cx, "an integer"));
    }
    if let Some(float) = cx.get(v).as_float() {
        let whole = int::from_float(cx, float)?;
        return Ok(cx.root(whole));
    }
    let is_text = matches!(cx.get(v).kind(), Some(Kind::Str | Kind::Bytes));
    if !is_text && let Some(result) = call_special(cx, v, Name::__int__, &[])? {
        let plain: Option<Value<'_>> = plain_int(cx, cx.get(result));
        return plain.map(|plain| cx.root(plain)).ok_or_else(|| wrong(cx, "a real number"));
    }
    try_index(cx, v)?.ok_or_else(|| wrong(cx, "a real number"))
}

fn push_integer(cx: &mut Ctx, out: &mut String, directive: &Directive, kind: char, v: Slot) -> Res<()> {
    let number = integer(cx, kind, v)?;
    let number = cx.index(cx.get(number))?;
    let (text, prefix) = match (kind, number) {
        ('o' | 'x' | 'X', number) => radix(number, kind),
        (_, Int::Small(small)) => (small.to_string(), ""),
        (_, Int::Big(big)) => (repr::decimal(cx, big)?, ""),
    };
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None if directive.plus => ("+", text.as_str()),
        None if directive.space => (" ", text.as_str()),
        None => ("", text.as_str()),
    };
    let prefix = if directive.alternate { prefix } else { "" };
    let zeros = directive.precision.unwrap_or(0).saturating_sub(digits.len());
    let mut padded = memory::text(zeros);
    padded.extend(std::iter::repeat_n('0', zeros));
    directive.push_padded(out, &[sign, prefix].concat(), &[&padded, digits], true);
    Ok(())
}
