//! Methods that take strings apart, strip their ends, and join them.

use super::Str;
use super::case::unless_same;
use super::unicode::{is_line_end, is_space};
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::native::receiver;
use crate::natives;
use crate::ops::iter;
use crate::types::header_of;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

fn list<'h, 't>(cx: &'h Ctx, parts: impl IntoIterator<Item = &'t str>) -> Value<'h> {
    let mut parts = parts.into_iter().map(|part| {
        memory::check();
        cx.str(part)
    });
    // Most texts have few parts: those need no memory of their own on their way to the list.
    let mut few = [Value::NONE; 8];
    let mut count = 0;
    for part in parts.by_ref().take(few.len()) {
        few[count] = part;
        count += 1;
    }
    if count < few.len() {
        return Value::of(List::from_values(cx, &few[..count]));
    }
    Value::of(List::from_values(cx, &memory::collect(few.into_iter().chain(parts))))
}

/// The words of a text, at most `most` splits from the left; the rest keeps its white space but what it begins with.
fn words(text: &str, most: usize) -> Vec<&str> {
    if most == usize::MAX {
        return memory::collect(text.split(is_space).filter(|word| !word.is_empty()));
    }
    let mut parts = Vec::new();
    let mut rest = text.trim_start_matches(is_space);
    while !rest.is_empty() {
        memory::reserve(&mut parts, 1);
        if parts.len() == most {
            parts.push(rest);
            break;
        }
        let end = rest.find(is_space).unwrap_or(rest.len());
        parts.push(&rest[..end]);
        rest = rest[end..].trim_start_matches(is_space);
    }
    parts
}

/// The same from the right; the rest keeps its white space but what it ends with.
fn words_from_right(text: &str, most: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim_end_matches(is_space);
    while !rest.is_empty() {
        memory::reserve(&mut parts, 1);
        if parts.len() == most {
            parts.push(rest);
            break;
        }
        let word = rest.rsplit(is_space).next().unwrap_or(rest);
        parts.push(word);
        rest = rest[..rest.len() - word.len()].trim_end_matches(is_space);
    }
    parts.reverse();
    parts
}

/// How many parts `maxsplit` allows beyond the first.
fn most(maxsplit: i64) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

/// A separator, or nothing for white space.
fn separator<'h>(cx: &'h Ctx, sep: Value<'h>) -> Res<Option<&'h str>> {
    if sep.is_none() {
        return Ok(None);
    }
    match sep.as_str() {
        Some(sep) => not_empty(cx, sep).map(Some),
        None => Err(cx.type_error(format!("must be str or None, not {}", cx.type_name(sep)))),
    }
}

/// What `partition` looks for.
fn part<'h>(cx: &'h Ctx, sep: Value<'h>) -> Res<&'h str> {
    match sep.as_str() {
        Some(text) => not_empty(cx, text),
        None => Err(cx.type_error(format!("must be str, not {}", cx.type_name(sep)))),
    }
}

fn not_empty<'h>(cx: &Ctx, separator: &'h str) -> Res<&'h str> {
    if separator.is_empty() { Err(cx.value_error("empty separator")) } else { Ok(separator) }
}

/// The parts of a text between the places of an ASCII character.
fn split_byte(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(separator, text.as_bytes()).chain(std::iter::once(text.len()));
    ends.scan(0, |start, end| Some(&text[std::mem::replace(start, end + 1)..end]))
}

/// The lines of a text, with or without their ends.
fn lines(text: &str, keep_ends: bool) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let at = rest.find(is_line_end).unwrap_or(rest.len());
        let end = match rest[at..].chars().next() {
            Some('\r') if rest[at..].starts_with("\r\n") => 2,
            end => end.map_or(0, char::len_utf8),
        };
        let line = &rest[..if keep_ends { at + end } else { at }];
        rest = &rest[at + end..];
        Some(line)
    })
}

/// A predicate for the characters to strip: white space, or those of a string.
fn strip_set<'h>(cx: &'h Ctx, method: &str, chars: Value<'h>) -> Res<impl Fn(char) -> bool + Copy + use<'h>> {
    let set = match chars.as_str() {
        Some(set) => Some(set),
        None if chars.is_none() => None,
        None => return Err(cx.type_error(format!("{method} arg must be None or str"))),
    };
    Ok(move |c: char| set.map_or_else(|| is_space(c), |set| set.contains(c)))
}

/// The strings of an iterable, joined by a separator.
pub(super) fn join(cx: &mut Ctx, separator: Slot, iterable: Slot) -> Res<Slot> {
    receiver::<Str>(cx, separator, "join")?;
    let value = cx.get(iterable);
    let exact = value.header().is_some_and(crate::object::Header::is_exact);
    let is_sequence = exact && (value.cast::<List>().is_some() || value.cast::<Tuple>().is_some());
    let sequence = if is_sequence {
        iterable
    } else if cx.class_of(value).special(cx, crate::names::Name::__iter__).is_none()
        && cx.class_of(value).special(cx, crate::names::Name::__getitem__).is_none()
    {
        return Err(cx.type_error("can only join an iterable"));
    } else {
        iter::collect(cx, iterable)?
    };
    let cx: &Ctx = cx;
    let value = cx.get(sequence);
    let values = match value.cast::<List>() {
        Some(list) => list.to_vec(cx),
        None => value.cast::<Tuple>().map(|tuple| memory::collect(tuple.iter(cx))).unwrap_or_default(),
    };
    let mut parts = memory::buffer(values.len());
    for (i, value) in values.iter().enumerate() {
        let Some(part) = value.cast::<Str>() else {
            let class = cx.type_name(*value);
            return Err(cx.type_error(format!("sequence item {i}: expected str instance, {class} found")));
        };
        parts.push(part);
    }
    let Some(separator) = cx.get(separator).cast::<Str>() else { return Ok(sequence) };
    Ok(match parts.as_slice() {
        [] => cx.root(cx.str("")),
        [only] if header_of(*only).is_exact() => cx.root(Value::of(*only)),
        _ => cx.root(Value::of(Str::join(cx, separator, &parts))),
    })
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Return a list of the substrings, using sep as the separator, or white space.
        fn split(cx; self_: &'h str; sep: Value<'h> = Value::NONE, maxsplit: i64 = -1) -> Value<'h> {
            let most = most(maxsplit);
            let Some(sep) = separator(cx, sep)? else { return Ok(list(cx, words(self_, most))) };
            Ok(match sep.as_bytes() {
                // One byte is found much faster than a text.
                &[byte] if most == usize::MAX => list(cx, split_byte(self_, byte)),
                _ if most == usize::MAX => list(cx, self_.split(sep)),
                _ => list(cx, self_.splitn(most + 1, sep)),
            })
        }

        /// Return a list of the substrings, splitting from the right.
        fn rsplit(cx; self_: &'h str; sep: Value<'h> = Value::NONE, maxsplit: i64 = -1) -> Value<'h> {
            let most = most(maxsplit);
            let Some(sep) = separator(cx, sep)? else { return Ok(list(cx, words_from_right(self_, most))) };
            let mut parts = memory::collect(self_.rsplitn(most.saturating_add(1), sep));
            parts.reverse();
            Ok(list(cx, parts))
        }

        /// Return a list of the lines, without their ends unless keepends is true.
        fn splitlines(cx; self_: &'h str; keepends: bool = false) -> Value<'h> {
            Ok(list(cx, lines(self_, keepends)))
        }

        /// Partition the string into three parts at the first separator.
        fn partition(cx; self_: &'h Str, sep: Value<'h>) -> Value<'h> {
            Ok(match self_.as_str().split_once(part(cx, sep)?) {
                Some((before, after)) => cx.tuple(&[cx.str(before), sep, cx.str(after)]),
                None => cx.tuple(&[Value::of(self_), cx.str(""), cx.str("")]),
            })
        }

        /// Partition the string into three parts at the last separator.
        fn rpartition(cx; self_: &'h Str, sep: Value<'h>) -> Value<'h> {
            Ok(match self_.as_str().rsplit_once(part(cx, sep)?) {
                Some((before, after)) => cx.tuple(&[cx.str(before), sep, cx.str(after)]),
                None => cx.tuple(&[cx.str(""), cx.str(""), Value::of(self_)]),
            })
        }

        /// Return a copy without leading and trailing white space, or characters of chars.
        fn strip(cx; self_: &'h Str, chars: Value<'h> = Value::NONE) -> Value<'h> {
            Ok(unless_same(cx, self_, self_.as_str().trim_matches(strip_set(cx, "strip", chars)?)))
        }

        /// Return a copy without leading white space, or characters of chars.
        fn lstrip(cx; self_: &'h Str, chars: Value<'h> = Value::NONE) -> Value<'h> {
            Ok(unless_same(cx, self_, self_.as_str().trim_start_matches(strip_set(cx, "lstrip", chars)?)))
        }

        /// Return a copy without trailing white space, or characters of chars.
        fn rstrip(cx; self_: &'h Str, chars: Value<'h> = Value::NONE) -> Value<'h> {
            Ok(unless_same(cx, self_, self_.as_str().trim_end_matches(strip_set(cx, "rstrip", chars)?)))
        }

        /// Concatenate any number of strings, with this one between them.
        call fn join(cx; self_: Slot, iterable: Slot) -> Slot {
            join(cx, self_, iterable)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_ends() {
        assert_eq!(words("  a b  c ", usize::MAX), ["a", "b", "c"]);
        assert_eq!(words("  a b  c ", 1), ["a", "b  c "]);
        assert_eq!(words("  a ", 1), ["a"]);
        assert_eq!(words(" a ", 0), ["a "]);
        assert_eq!(words_from_right("  a b  c ", 1), ["  a b", "c"]);
        assert!(words("  ", 3).is_empty() && words_from_right("", 3).is_empty());
    }

    #[test]
    fn parts_between_bytes() {
        for text in ["", ",", "a", "a,", ",é,,b"] {
            assert_eq!(split_byte(text, b',').collect::<Vec<_>>(), text.split(',').collect::<Vec<_>>());
        }
    }

    #[test]
    fn line_ends() {
        let text = "a\r\nb\n\nc\u{2028}d\r";
        assert_eq!(lines(text, false).collect::<Vec<_>>(), ["a", "b", "", "c", "d"]);
        assert_eq!(lines(text, true).collect::<Vec<_>>(), ["a\r\n", "b\n", "\n", "c\u{2028}", "d\r"]);
    }
}
