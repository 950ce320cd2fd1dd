//! `sub` and `subn`.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::types::bytearray::ByteArray;
use argil_interp::types::function::is_callable;
use argil_interp::value::Value;

use super::matches::{self, Match};
use super::session::{Kind, Session};
use super::template::{self, Template};

/// Parts that are joined.
pub struct Output {
    octets: bool,
    text: String,
    bytes: Vec<u8>,
    /// How many parts there are.
    count: usize,
    /// What is wrong with the first part that cannot be joined.
    wrong: Option<String>,
}

impl Output {
    /// Nothing, to be bytes or text.
    pub fn new(octets: bool) -> Output {
        Output { octets, text: String::new(), bytes: Vec::new(), count: 0, wrong: None }
    }

    /// Adds a part. What cannot be joined is told in the end, as CPython does.
    pub fn push(&mut self, cx: &Ctx, part: Value<'_>) {
        let fits = if self.octets {
            ByteArray::look(part, |part| self.push_bytes(part)).is_some()
        } else {
            part.as_str().map(|part| self.push_text(part)).is_some()
        };
        if !fits && self.wrong.is_none() {
            let (wanted, got) = (if self.octets { "a bytes-like object" } else { "str instance" }, cx.type_name(part));
            self.wrong = Some(format!("sequence item {}: expected {wanted}, {got} found", self.count));
        }
        self.count += 1;
    }

    fn push_text(&mut self, part: &str) {
        memory::reserve_text(&mut self.text, part.len());
        self.text.push_str(part);
    }

    fn push_bytes(&mut self, part: &[u8]) {
        memory::reserve(&mut self.bytes, part.len());
        self.bytes.extend_from_slice(part);
    }

    /// Adds a part of the subject.
    fn push_part(&mut self, cx: &Ctx, session: &Session, from: usize, to: usize) {
        let text = cx.get(session.subject.object).as_str();
        match text {
            Some(text) if !self.octets => self.push_text(&text[from..to]),
            _ => self.push_bytes(&session.subject.bytes(cx)[from..to]),
        }
        self.count += 1;
    }

    /// The whole.
    ///
    /// # Errors
    /// TypeError if a part could not be joined.
    pub fn finish(self, cx: &Ctx) -> Res<Slot> {
        match self.wrong {
            Some(wrong) => Err(cx.type_error(wrong)),
            None if self.octets => Ok(cx.root(cx.bytes(&self.bytes))),
            None => Ok(cx.root(cx.str(&self.text))),
        }
    }
}

/// What comes in the place of a match.
enum Filter {
    Literal(Slot),
    Template(Slot),
    Callable(Slot),
}

impl Filter {
    fn of(cx: &mut Ctx, pattern: Slot, replacement: Slot) -> Res<Filter> {
        let value = cx.get(replacement);
        if is_callable(cx, value) {
            return Ok(Filter::Callable(replacement));
        }
        let has_escape = match value.as_str() {
            Some(text) => Some(text.as_bytes().contains(&b'\\')),
            None => ByteArray::look(value, |bytes| bytes.contains(&b'\\')),
        };
        if has_escape == Some(false) {
            return Ok(Filter::Literal(replacement));
        }
        let template = template::compile(cx, pattern, replacement)?;
        let cx: &Ctx = cx;
        let literal = cx.state::<Template>(template)?.literal(cx);
        Ok(literal.map_or(Filter::Template(template), |literal| Filter::Literal(cx.root(literal))))
    }
}

/// Replaces up to `most` matches, or all; also how many that were.
pub fn substitute(cx: &mut Ctx, pattern: Slot, replacement: Slot, string: Slot, most: i64) -> Res<(Slot, usize)> {
    let filter = Filter::of(cx, pattern, replacement)?;
    let mut session = Session::open(cx, pattern, string, 0, i64::MAX)?;
    let mut output = Output::new(session.subject.octets);
    let (mut last, mut count) = (0, 0);
    while (most == 0 || (count as i64) < most) && session.find(cx, Kind::Search)? {
        let (from, to) = session.found();
        if last < from {
            output.push_part(cx, &session, last, from);
        }
        match filter {
            Filter::Literal(literal) => output.push(cx, cx.get(literal)),
            Filter::Template(_) | Filter::Callable(_) => cx.scope(|cx| {
                let found = matches::of(cx, &session)?;
                if let Filter::Callable(callable) = filter {
                    let part = cx.call(callable, &[found])?;
                    if !cx.get(part).is_none() {
                        output.push(cx, cx.get(part));
                    }
                } else if let Filter::Template(template) = filter {
                    let cx: &Ctx = cx;
                    cx.state::<Template>(template)?.write(cx, cx.state::<Match>(found)?, &mut output)?;
                }
                Ok(())
            })?,
        }
        (last, count) = (to, count + 1);
        session.advance();
    }
    let end = session.machine.end;
    let result = if count == 0 {
        let cx: &Ctx = cx;
        cx.root(session.subject.part(cx, 0, end))
    } else {
        if last < end {
            output.push_part(cx, &session, last, end);
        }
        output.finish(cx)?
    };
    session.close(cx);
    Ok((result, count))
}
