//! Reading: an automaton that sees a line's characters and then its end. A record is read by the thread that asked for it, from
//! lines of its own, so threads that share a reader each get whole records.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::iter;
use argil_interp::ops::number::parse;
use argil_interp::ops::repr::str_repr;
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

use super::dialect::{Quoting, Rules, rules};
use super::{error, limit};

/// A reader.
pub struct Reader {
    lines: Field,
    dialect: Field,
    /// Lines taken so far (Relaxed: a figure).
    line_num: AtomicI64,
}

impl NativeData for Reader {
    const FIELDS: &'static [FieldOf<Self>] = &[|reader| &reader.lines, |reader| &reader.dialect];

    const NEXT: Option<NextFn> = Some(next);
}

/// A reader of what an iterator yields.
pub fn make(cx: &Ctx, lines: Slot, dialect: Slot) -> Slot {
    let (lines, dialect) = (Field::of(lines), Field::of(dialect));
    cx.new_of_native_class(Reader { lines, dialect, line_num: AtomicI64::new(0) })
}

natives! {
    pub static METHODS = {
        /// The dialect.
        get fn dialect(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<Reader>(cx.root(self_))?.dialect.get_or_none(cx))
        }

        /// The number of lines read.
        get fn line_num(cx; self_: Value<'h>) -> i64 {
            Ok(cx.state::<Reader>(cx.root(self_))?.line_num.load(Ordering::Relaxed))
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    AfterEscapedLineEnd,
    InField,
    InQuoted,
    EscapedInQuoted,
    QuoteInQuoted,
    EatLineEnd,
}

/// A record in the making.
struct Record {
    rules: Arc<Rules>,
    state: State,
    fields: Slot,
    field: String,
    /// Characters of the field.
    chars: usize,
    /// Whether the field has no quotes.
    unquoted: bool,
    /// How many characters a field may have.
    most: i64,
}

fn next(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let state = cx.state::<Reader>(this)?;
    let rules = rules(cx, state.dialect.get_or_none(cx))?;
    let lines = cx.root(state.lines.get_or_none(cx));
    let fields = cx.root(Value::of(List::alloc(cx)));
    let most = limit(cx);
    let state = State::StartRecord;
    let mut record = Record { rules, state, fields, field: String::new(), chars: 0, unquoted: true, most };
    let line = cx.root(Value::NONE);
    loop {
        if !iter::next_into(cx, lines, line)? {
            if record.field.is_empty() && record.state != State::InQuoted {
                return Ok(None);
            }
            if record.rules.strict {
                return Err(error(cx, "unexpected end of data"));
            }
            record.save(cx)?;
            return Ok(Some(fields));
        }
        let value = cx.get(line);
        let Some(text) = value.as_str() else {
            let got = cx.type_name(value);
            let message = format!("iterator should return strings, not {got} (the file should be opened in text mode)");
            return Err(error(cx, &message));
        };
        cx.state::<Reader>(this)?.line_num.fetch_add(1, Ordering::Relaxed);
        record.line(cx, text)?;
        if record.state == State::StartRecord {
            return Ok(Some(fields));
        }
    }
}

impl Record {
    /// Takes a line.
    fn line(&mut self, cx: &Ctx, text: &str) -> Res<()> {
        let mut rest = text;
        loop {
            if matches!(self.state, State::InField | State::InQuoted) {
                let plain = rest.bytes().position(|byte| self.rules.special[usize::from(byte)]);
                let (run, behind) = rest.split_at(plain.unwrap_or(rest.len()));
                if !run.is_empty() {
                    self.add(cx, run)?;
                }
                rest = behind;
            }
            let mut chars = rest.chars();
            let Some(c) = chars.next() else { break };
            self.step(cx, Some(c))?;
            rest = chars.as_str();
        }
        self.step(cx, None)
    }

    fn add(&mut self, cx: &Ctx, run: &str) -> Res<()> {
        self.chars += run.chars().count();
        if i64::try_from(self.chars).is_ok_and(|chars| chars > self.most) {
            return Err(error(cx, &format!("field larger than field limit ({})", self.most)));
        }
        memory::reserve_text(&mut self.field, run.len());
        self.field.push_str(run);
        Ok(())
    }

    fn add_char(&mut self, cx: &Ctx, c: char) -> Res<()> {
        self.add(cx, c.encode_utf8(&mut [0; 4]))
    }

    /// Ends the field.
    fn save(&mut self, cx: &Ctx) -> Res<()> {
        let quoting = self.rules.quoting;
        let value = if !self.unquoted {
            cx.str(&self.field)
        } else if self.field.is_empty() && matches!(quoting, Quoting::NotNull | Quoting::Strings) {
            Value::NONE
        } else if !self.field.is_empty() && matches!(quoting, Quoting::NonNumeric | Quoting::Strings) {
            let number = parse::float(&self.field).ok_or_else(|| {
                cx.value_error(format!("could not convert string to float: {}", str_repr(&self.field)))
            })?;
            cx.float(number)
        } else {
            cx.str(&self.field)
        };
        if let Some(fields) = cx.get(self.fields).cast::<List>() {
            fields.push(cx, value);
        }
        self.field.clear();
        self.chars = 0;
        self.unquoted = true;
        Ok(())
    }

    /// Ends the record, at the end of its line or a character that ends lines.
    fn end(&mut self, cx: &Ctx, c: Option<char>) -> Res<()> {
        self.save(cx)?;
        self.state = if c.is_none() { State::StartRecord } else { State::EatLineEnd };
        Ok(())
    }

    /// Takes a character, or the end of the line.
    fn step(&mut self, cx: &Ctx, c: Option<char>) -> Res<()> {
        let (quote, escape, delimiter) = (self.rules.quote, self.rules.escape, Some(self.rules.delimiter));
        let quotes = self.rules.quoting != Quoting::None && c.is_some() && c == quote;
        let escapes = c.is_some() && c == escape;
        let ends = matches!(c, None | Some('\n' | '\r'));
        match self.state {
            State::StartRecord if c.is_none() => {}
            State::StartRecord if ends => self.state = State::EatLineEnd,
            State::StartRecord | State::StartField => {
                self.state = State::StartField;
                if ends {
                    return self.end(cx, c);
                } else if quotes {
                    self.unquoted = false;
                    self.state = State::InQuoted;
                } else if escapes {
                    self.state = State::Escaped;
                } else if c == Some(' ') && self.rules.skips_space {
                } else if c == delimiter {
                    return self.save(cx);
                } else if let Some(c) = c {
                    self.add_char(cx, c)?;
                    self.state = State::InField;
                }
            }
            State::Escaped => {
                self.add_char(cx, c.unwrap_or('\n'))?;
                let line_end = matches!(c, Some('\n' | '\r'));
                self.state = if line_end { State::AfterEscapedLineEnd } else { State::InField };
            }
            State::AfterEscapedLineEnd if c.is_none() => {}
            State::AfterEscapedLineEnd | State::InField => {
                if ends {
                    return self.end(cx, c);
                } else if escapes {
                    self.state = State::Escaped;
                } else if c == delimiter {
                    self.save(cx)?;
                    self.state = State::StartField;
                } else if let Some(c) = c {
                    self.add_char(cx, c)?;
                    self.state = State::InField;
                }
            }
            State::InQuoted => {
                if escapes {
                    self.state = State::EscapedInQuoted;
                } else if quotes {
                    self.state = if self.rules.double_quote { State::QuoteInQuoted } else { State::InField };
                } else if let Some(c) = c {
                    self.add_char(cx, c)?;
                }
            }
            State::EscapedInQuoted => {
                self.add_char(cx, c.unwrap_or('\n'))?;
                self.state = State::InQuoted;
            }
            State::QuoteInQuoted => {
                if quotes {
                    self.add_char(cx, c.unwrap_or_default())?;
                    self.state = State::InQuoted;
                } else if c == delimiter {
                    self.save(cx)?;
                    self.state = State::StartField;
                } else if ends {
                    return self.end(cx, c);
                } else if self.rules.strict {
                    let (delimiter, quote) = (self.rules.delimiter, quote.unwrap_or_default());
                    return Err(error(cx, &format!("'{delimiter}' expected after '{quote}'")));
                } else if let Some(c) = c {
                    self.add_char(cx, c)?;
                    self.state = State::InField;
                }
            }
            State::EatLineEnd => match c {
                Some('\n' | '\r') => {}
                None => self.state = State::StartRecord,
                Some(_) => {
                    let message = "new-line character seen in unquoted field - do you need to open the file with \
                                   newline=''?";
                    return Err(error(cx, message));
                }
            },
        }
        Ok(())
    }
}
