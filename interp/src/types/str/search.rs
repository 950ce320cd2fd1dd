//! Methods that look for a part of a string, and that replace or cut it off.

use super::Str;
use super::case::unless_same;
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::native::Bound;
use crate::natives;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The bytes between two character indices, which count from the end if negative; `None` if they are out of order.
pub(super) fn window(text: &Str, start: Option<i64>, end: Option<i64>) -> Option<(usize, usize)> {
    let len = text.len() as i64;
    let clip = |index: i64| if index < 0 { (index + len).max(0) } else { index };
    let start = clip(start.unwrap_or(0));
    let end = clip(end.unwrap_or(len)).min(len);
    if start > end {
        return None;
    }
    Some((text.byte_offset(start as usize), text.byte_offset(end as usize)))
}

/// The character index of the first or last occurrence.
fn find(text: &Str, part: &str, start: Option<i64>, end: Option<i64>, last: bool) -> Option<usize> {
    let (from, to) = window(text, start, end)?;
    let within = &text.as_str()[from..to];
    let at = if last { within.rfind(part) } else { within.find(part) }?;
    Some(text.char_index(from + at))
}

fn index(cx: &Ctx, found: Option<usize>) -> Res<usize> {
    found.ok_or_else(|| cx.value_error("substring not found"))
}

/// How often a part occurs without overlap; an empty one occurs around every character.
pub(super) fn count(text: &str, part: &str) -> usize {
    if part.is_empty() { text.chars().count() + 1 } else { text.matches(part).count() }
}

/// Whether a prefix or suffix, or one of a tuple of these, is there.
fn affix<'h>(
    cx: &'h Ctx,
    method: &str,
    text: &Str,
    affix: Value<'h>,
    bounds: (Option<i64>, Option<i64>),
    test: impl Fn(&str, &str) -> bool,
) -> Res<bool> {
    let within = window(text, bounds.0, bounds.1).map(|(from, to)| &text.as_str()[from..to]);
    let holds = |part: &str| within.is_some_and(|within| test(within, part));
    if let Some(part) = affix.as_str() {
        return Ok(holds(part));
    }
    let Some(parts) = affix.cast::<Tuple>() else {
        let class = cx.type_name(affix);
        return Err(cx.type_error(format!("{method} first arg must be str or a tuple of str, not {class}")));
    };
    for part in parts.iter(cx) {
        let Some(part) = part.as_str() else {
            let class = cx.type_name(part);
            return Err(cx.type_error(format!("tuple for {method} must only contain str, not {class}")));
        };
        if holds(part) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The text with the first `most` occurrences of a part replaced.
fn replaced(text: &str, old: &str, new: &str, most: usize) -> String {
    let mut result = memory::text(text.len());
    let mut last = 0;
    for (start, part) in text.match_indices(old).take(most) {
        let kept = &text[last..start];
        memory::reserve_text(&mut result, kept.len() + new.len());
        result.push_str(kept);
        result.push_str(new);
        last = start + part.len();
    }
    memory::reserve_text(&mut result, text.len() - last);
    result.push_str(&text[last..]);
    result
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Return the lowest index where the substring is found, or -1.
        fn find(cx; self_: &'h Str, sub: &'h str, start: Bound = Bound(None), end: Bound = Bound(None)) -> i64 {
            Ok(find(self_, sub, start.0, end.0, false).map_or(-1, |at| at as i64))
        }

        /// Return the highest index where the substring is found, or -1.
        fn rfind(cx; self_: &'h Str, sub: &'h str, start: Bound = Bound(None), end: Bound = Bound(None)) -> i64 {
            Ok(find(self_, sub, start.0, end.0, true).map_or(-1, |at| at as i64))
        }

        /// Return the lowest index where the substring is found; raise ValueError if it is not.
        fn index(cx; self_: &'h Str, sub: &'h str, start: Bound = Bound(None), end: Bound = Bound(None)) -> usize {
            index(cx, find(self_, sub, start.0, end.0, false))
        }

        /// Return the highest index where the substring is found; raise ValueError if it is not.
        fn rindex(cx; self_: &'h Str, sub: &'h str, start: Bound = Bound(None), end: Bound = Bound(None)) -> usize {
            index(cx, find(self_, sub, start.0, end.0, true))
        }

        /// Return the number of non-overlapping occurrences of the substring.
        fn count(cx; self_: &'h Str, sub: &'h str, start: Bound = Bound(None), end: Bound = Bound(None)) -> usize {
            Ok(window(self_, start.0, end.0).map_or(0, |(from, to)| count(&self_.as_str()[from..to], sub)))
        }

        /// Return True if the string starts with the prefix, or with one of a tuple of prefixes.
        fn startswith(
            cx; self_: &'h Str, prefix: Value<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> bool {
            affix(cx, "startswith", self_, prefix, (start.0, end.0), |text, part| text.starts_with(part))
        }

        /// Return True if the string ends with the suffix, or with one of a tuple of suffixes.
        fn endswith(
            cx; self_: &'h Str, suffix: Value<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> bool {
            affix(cx, "endswith", self_, suffix, (start.0, end.0), |text, part| text.ends_with(part))
        }

        /// Return a copy without the prefix, if the string starts with it.
        fn removeprefix(cx; self_: &'h Str, prefix: &'h str) -> Value<'h> {
            Ok(unless_same(cx, self_, self_.as_str().strip_prefix(prefix).unwrap_or(self_.as_str())))
        }

        /// Return a copy without the suffix, if the string ends with it.
        fn removesuffix(cx; self_: &'h Str, suffix: &'h str) -> Value<'h> {
            Ok(unless_same(cx, self_, self_.as_str().strip_suffix(suffix).unwrap_or(self_.as_str())))
        }

        /// Return a copy with occurrences of old replaced by new; count limits how many.
        fn replace(cx; self_: &'h Str, old: &'h str, new: &'h str; count: i64 = -1) -> Value<'h> {
            let text = self_.as_str();
            let most = usize::try_from(count).unwrap_or(usize::MAX);
            if most == 0 || old.len() > text.len() || old == new || !text.contains(old) {
                return Ok(unless_same(cx, self_, text));
            }
            Ok(cx.str(&replaced(text, old, new, most)))
        }
    }
}
