//! Methods that pad.

use super::Str;
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::natives;
use crate::types::header_of;
use crate::value::Value;

/// The string with padding on both sides.
fn padded<'h>(cx: &'h Ctx, string: &'h Str, before: usize, after: usize, fill: char) -> Res<Value<'h>> {
    if before + after == 0 && header_of(string).is_exact() {
        return Ok(Value::of(string));
    }
    let mut text = memory::text(string.as_str().len().saturating_add((before + after).saturating_mul(fill.len_utf8())));
    text.extend(std::iter::repeat_n(fill, before));
    text.push_str(string.as_str());
    text.extend(std::iter::repeat_n(fill, after));
    Ok(cx.str(&text))
}

/// How many characters a string lacks to a width.
fn missing(string: &Str, width: i64) -> usize {
    usize::try_from(width).unwrap_or(0).saturating_sub(string.len())
}

/// Replaces tabs by spaces up to the next column that is a multiple of `size`.
fn expand_tabs(text: &str, size: usize) -> String {
    let mut result = memory::text(text.len());
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let spaces = size - column % size;
                memory::reserve_text(&mut result, spaces);
                result.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\t' => {}
            _ => {
                memory::reserve_text(&mut result, c.len_utf8());
                result.push(c);
                column = if matches!(c, '\n' | '\r') { 0 } else { column + 1 };
            }
        }
    }
    result
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Return a centered string of length width, padded with the fill character.
        fn center(cx; self_: &'h Str, width: i64, fillchar: char = ' ') -> Value<'h> {
            let missing = missing(self_, width);
            // The odd character goes to the left if the width is odd.
            let before = missing / 2 + (missing & width as usize & 1);
            padded(cx, self_, before, missing - before, fillchar)
        }

        /// Return a left-justified string of length width.
        fn ljust(cx; self_: &'h Str, width: i64, fillchar: char = ' ') -> Value<'h> {
            padded(cx, self_, 0, missing(self_, width), fillchar)
        }

        /// Return a right-justified string of length width.
        fn rjust(cx; self_: &'h Str, width: i64, fillchar: char = ' ') -> Value<'h> {
            padded(cx, self_, missing(self_, width), 0, fillchar)
        }

        /// Pad a numeric string with zeros on the left, behind its sign.
        fn zfill(cx; self_: &'h Str, width: i64) -> Value<'h> {
            let missing = missing(self_, width);
            let text = self_.as_str();
            if missing == 0 || !text.starts_with(['+', '-']) {
                return padded(cx, self_, missing, 0, '0');
            }
            let mut padded = memory::text(text.len().saturating_add(missing));
            padded.push_str(&text[..1]);
            padded.extend(std::iter::repeat_n('0', missing));
            padded.push_str(&text[1..]);
            Ok(cx.str(&padded))
        }

        /// Return a copy where tabs are expanded to spaces.
        fn expandtabs(cx; self_: &'h str; tabsize: i32 = 8) -> Value<'h> {
            Ok(cx.str(&expand_tabs(self_, usize::try_from(tabsize).unwrap_or(0))))
        }
    }
}
