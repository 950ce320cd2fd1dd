//! Writing: a row is put together, and then written by one call.

use argil_interp::builtin::Builtin;
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::names::Name;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::repr::{push_small, push_str};
use argil_interp::ops::{attr, iter};
use argil_interp::types::complex::Complex;
use argil_interp::types::function::is_callable;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::value::Value;

use super::dialect::{Quoting, Rules, rules};
use super::error;

/// A writer. It never changes.
pub struct Writer {
    write: Field,
    dialect: Field,
}

impl NativeData for Writer {
    const FIELDS: &'static [FieldOf<Self>] = &[|writer| &writer.write, |writer| &writer.dialect];
}

/// A writer on a file.
pub fn make(cx: &mut Ctx, file: Slot, dialect: Slot) -> Res<Slot> {
    let name = cx.root(cx.intern("write"));
    let write = attr::get_attr_opt(cx, file, name)?.filter(|write| is_callable(cx, cx.get(*write)));
    let Some(write) = write else { return Err(cx.type_error("argument 1 must have a \"write\" method")) };
    Ok(cx.new_of_native_class(Writer { write: Field::of(write), dialect: Field::of(dialect) }))
}

natives! {
    pub static METHODS = {
        /// Construct and write a CSV record from an iterable of fields.
        call fn writerow(cx; self_: Slot, row: Slot) -> Slot {
            write_row(cx, self_, row)
        }

        /// Construct and write a series of iterables to a csv file.
        call fn writerows(cx; self_: Slot, rows: Slot) -> () {
            iter::for_each(cx, rows, |cx, row| write_row(cx, self_, row).map(|_| true))
        }

        /// The dialect.
        get fn dialect(cx; self_: Value<'h>) -> Value<'h> {
            Ok(cx.state::<Writer>(cx.root(self_))?.dialect.get_or_none(cx))
        }
    }
}

/// Whether a value is a number, as classes say.
fn is_number(cx: &Ctx, value: Value<'_>) -> bool {
    let special = |special| attr::find_special(cx, value, special).is_some();
    value.as_int().is_some()
        || value.as_float().is_some()
        || value.cast::<Complex>().is_some()
        || [Name::__index__, Name::__int__, Name::__float__].into_iter().any(special)
}

fn write_row(cx: &mut Ctx, writer: Slot, row: Slot) -> Res<Slot> {
    let state = cx.state::<Writer>(writer)?;
    let rules = rules(cx, state.dialect.get_or_none(cx))?;
    let write = cx.root(state.write.get_or_none(cx));
    let fields = match iter::iter(cx, row) {
        Ok(fields) => fields,
        Err(raised) => {
            cx.catch(raised, Builtin::TypeError)?;
            let got = cx.type_name(cx.get(row));
            return Err(error(cx, &format!("iterable expected, not {got}")));
        }
    };
    let mut out = String::new();
    let (mut count, mut last_is_none) = (0_usize, false);
    let mut shown = String::new();
    iter::walk(cx, fields, |cx, field| {
        let value = cx.get(field);
        let quoted = match rules.quoting {
            Quoting::Minimal | Quoting::None => false,
            Quoting::All => true,
            Quoting::NonNumeric => !is_number(cx, value),
            Quoting::Strings => value.as_str().is_some(),
            Quoting::NotNull => !value.is_none(),
        };
        last_is_none = value.is_none();
        if count > 0 {
            out.push(rules.delimiter);
        }
        count += 1;
        if let Some(text) = value.as_str() {
            push_field(cx, &rules, &mut out, Some(text), quoted)?;
        } else if value.is_none() {
            push_field(cx, &rules, &mut out, None, quoted)?;
        } else {
            shown.clear();
            match value.as_small_int() {
                Some(number) => push_small(&mut shown, number),
                None => push_str(cx, &mut shown, field)?,
            }
            push_field(cx, &rules, &mut out, Some(&shown), quoted)?;
        }
        Ok(true)
    })?;
    if count > 0 && out.is_empty() {
        let strings = matches!(rules.quoting, Quoting::Strings | Quoting::NotNull);
        if rules.quoting == Quoting::None || last_is_none && strings {
            return Err(error(cx, "single empty field record must be quoted"));
        }
        push_field(cx, &rules, &mut out, None, true)?;
    }
    memory::reserve_text(&mut out, rules.line_end.len());
    out.push_str(&rules.line_end);
    let line = cx.with_memory(|cx| cx.root(cx.str(&out)))?;
    cx.call(write, &[line])
}

/// Appends a field; `None` for one that is no value.
fn push_field(cx: &Ctx, rules: &Rules, out: &mut String, field: Option<&str>, mut quoted: bool) -> Res<()> {
    let text = field.unwrap_or_default();
    if text.is_empty() && rules.delimiter == ' ' && rules.skips_space {
        let strings = matches!(rules.quoting, Quoting::Strings | Quoting::NotNull);
        if rules.quoting == Quoting::None || field.is_none() && strings {
            let message = "empty field must be quoted if delimiter is a space and skipinitialspace is true";
            return Err(error(cx, message));
        }
        quoted = true;
    }
    let quote = rules.quote.unwrap_or_default();
    memory::reserve_text(out, text.len() + 8);
    if !text.bytes().any(|byte| rules.special[usize::from(byte)]) {
        if quoted {
            out.push(quote);
        }
        out.push_str(text);
        if quoted {
            out.push(quote);
        }
        return Ok(());
    }
    let mut body = memory::text(text.len());
    for c in text.chars() {
        let special = c == rules.delimiter || Some(c) == rules.escape || Some(c) == rules.quote;
        if special || matches!(c, '\n' | '\r') || rules.line_end.contains(c) {
            let escaped = match rules.quoting {
                Quoting::None => true,
                _ if Some(c) == rules.quote && rules.double_quote => {
                    body.push(c);
                    false
                }
                _ => Some(c) == rules.quote || Some(c) == rules.escape,
            };
            if escaped {
                let escape = rules.escape.ok_or_else(|| error(cx, "need to escape, but no escapechar set"))?;
                body.push(escape);
            } else {
                quoted = true;
            }
        }
        memory::reserve_text(&mut body, 12);
        body.push(c);
    }
    memory::reserve_text(out, body.len() + 8);
    if quoted {
        out.push(quote);
    }
    out.push_str(&body);
    if quoted {
        out.push(quote);
    }
    Ok(())
}
