//! Methods that bytes and bytearrays have alike.

use memchr::memmem;

use super::buffer::{Buffer, Haystack, Needle, not_bytes};
use super::hex::{Separator, hex};
use crate::builtin::Builtin;
use crate::codecs;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::native::{Bound, GivenText};
use crate::natives;
use crate::ops::iter;
use crate::types::bytearray::ByteArray;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// White space in ASCII.
fn is_space(byte: &u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

fn find(bytes: &Haystack<'_>, part: &[u8], start: Option<i64>, end: Option<i64>, last: bool) -> Option<usize> {
    bytes.window(start, end, |from, within| {
        let at = if last { memmem::rfind(within, part) } else { memmem::find(within, part) };
        Some(from + at?)
    })?
}

fn index(cx: &Ctx, found: Option<usize>) -> Res<usize> {
    found.ok_or_else(|| cx.value_error("subsection not found"))
}

fn affix<'h>(
    cx: &'h Ctx,
    method: &str,
    bytes: &Haystack<'h>,
    affix: Value<'h>,
    bounds: (Option<i64>, Option<i64>),
    test: impl Fn(&[u8], &[u8]) -> bool,
) -> Res<bool> {
    let holds = |part: &[u8]| bytes.window(bounds.0, bounds.1, |_, within| test(within, part)).unwrap_or(false);
    if let Some(part) = Buffer::of(affix) {
        return Ok(holds(&part));
    }
    let Some(parts) = affix.cast::<Tuple>() else {
        let class = cx.type_name(affix);
        return Err(cx.type_error(format!("{method} first arg must be bytes or a tuple of bytes, not {class}")));
    };
    for part in parts.iter(cx) {
        if holds(&Buffer::of(part).ok_or_else(|| not_bytes(cx, part))?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Splits at a separator; `most` counts the splits.
fn split_at<'b>(bytes: &'b [u8], separator: &[u8], most: usize, from_right: bool) -> Vec<&'b [u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while parts.len() < most {
        let found = if from_right { memmem::rfind(rest, separator) } else { memmem::find(rest, separator) };
        let Some(at) = found else { break };
        let (before, after) = (&rest[..at], &rest[at + separator.len()..]);
        let (part, remaining) = if from_right { (after, before) } else { (before, after) };
        memory::reserve(&mut parts, 2);
        parts.push(part);
        rest = remaining;
    }
    parts.push(rest);
    if from_right {
        parts.reverse();
    }
    parts
}

fn trim_start(bytes: &[u8], strips: impl Fn(&u8) -> bool) -> &[u8] {
    &bytes[bytes.iter().position(|byte| !strips(byte)).unwrap_or(bytes.len())..]
}

fn trim_end(bytes: &[u8], strips: impl Fn(&u8) -> bool) -> &[u8] {
    &bytes[..bytes.iter().rposition(|byte| !strips(byte)).map_or(0, |at| at + 1)]
}

/// Splits at white space.
fn words(bytes: &[u8], most: usize, from_right: bool) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = if from_right { trim_end(bytes, is_space) } else { trim_start(bytes, is_space) };
    while !rest.is_empty() {
        memory::reserve(&mut parts, 1);
        if parts.len() == most {
            parts.push(rest);
            break;
        }
        if from_right {
            let start = rest.iter().rposition(is_space).map_or(0, |at| at + 1);
            parts.push(&rest[start..]);
            rest = trim_end(&rest[..start], is_space);
        } else {
            let end = rest.iter().position(is_space).unwrap_or(rest.len());
            parts.push(&rest[..end]);
            rest = trim_start(&rest[end..], is_space);
        }
    }
    if from_right {
        parts.reverse();
    }
    parts
}

fn split<'h>(cx: &'h Ctx, buffer: &Buffer<'h>, sep: Option<Buffer<'h>>, maxsplit: i64, right: bool) -> Res<Value<'h>> {
    let most = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    match sep {
        None => Ok(buffer.list(cx, words(buffer, most, right))),
        Some(sep) if sep.is_empty() => Err(empty_separator(cx)),
        Some(sep) => Ok(buffer.list(cx, split_at(buffer, &sep, most, right))),
    }
}

fn empty_separator(cx: &Ctx) -> Raised {
    cx.value_error("empty separator")
}

fn lines(bytes: &[u8], keep_ends: bool) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let at = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let end = if rest[at..].starts_with(b"\r\n") { at + 2 } else { (at + 1).min(rest.len()) };
        memory::reserve(&mut parts, 1);
        parts.push(&rest[..if keep_ends { end } else { at }]);
        rest = &rest[end..];
    }
    parts
}

fn replace(bytes: &[u8], old: &[u8], new: &[u8], most: usize) -> Vec<u8> {
    if !old.is_empty() {
        let parts = split_at(bytes, old, most, false);
        let between = new.len().saturating_mul(parts.len() - 1);
        let mut result = memory::buffer((bytes.len() - old.len() * (parts.len() - 1)).saturating_add(between));
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                result.extend_from_slice(new);
            }
            result.extend_from_slice(part);
        }
        return result;
    }
    let mut result = memory::buffer(bytes.len().saturating_add(new.len().saturating_mul(most.min(bytes.len() + 1))));
    for (i, &byte) in bytes.iter().enumerate() {
        if i < most {
            result.extend_from_slice(new);
        }
        result.push(byte);
    }
    if bytes.len() < most {
        result.extend_from_slice(new);
    }
    result
}

/// Where the padding of a justified text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Both,
}

fn pad<'h>(
    cx: &'h Ctx,
    method: &str,
    buffer: &Buffer<'h>,
    width: i64,
    fill: Option<Value<'h>>,
    side: Side,
) -> Res<Value<'h>> {
    let fill = match fill {
        None => b' ',
        Some(value) => match Buffer::of(value).as_deref() {
            Some([byte]) => *byte,
            _ => {
                let class = cx.type_name(value);
                return Err(
                    cx.type_error(format!("{method}() argument 2 must be a byte string of length 1, not {class}"))
                );
            }
        },
    };
    let missing = usize::try_from(width).unwrap_or(0).saturating_sub(buffer.len());
    let before = match side {
        Side::Left => missing,
        Side::Right => 0,
        // The odd byte goes to the left if the width is odd.
        Side::Both => missing / 2 + (missing & width as usize & 1),
    };
    Ok(buffer.like(cx, padded(&[], before, buffer, missing - before, fill)))
}

/// A start, then bytes with padding on both sides.
fn padded(start: &[u8], before: usize, bytes: &[u8], after: usize, fill: u8) -> Vec<u8> {
    let mut padded = memory::buffer((start.len() + bytes.len()).saturating_add(before).saturating_add(after));
    padded.extend_from_slice(start);
    padded.resize(start.len() + before, fill);
    padded.extend_from_slice(bytes);
    padded.resize(padded.len() + after, fill);
    padded
}

/// The bytes of hexadecimal digits.
fn from_hex(cx: &Ctx, text: &[u8]) -> Res<Vec<u8>> {
    let mut bytes = memory::buffer(text.len() / 2);
    let mut high = None;
    for (i, c) in text.iter().enumerate() {
        match (char::from(*c).to_digit(16), high) {
            (Some(digit), None) => high = Some(digit),
            (Some(digit), Some(first)) => {
                bytes.push((first << 4 | digit) as u8);
                high = None;
            }
            (None, None) if is_space(c) => {}
            _ => {
                return Err(cx.value_error(format!("non-hexadecimal number found in fromhex() arg at position {i}")));
            }
        }
    }
    match high {
        None => Ok(bytes),
        Some(_) => Err(cx.value_error("fromhex() arg must contain an even number of hexadecimal digits")),
    }
}

/// The text with each word, a run of ASCII letters, beginning in uppercase.
fn title(bytes: &[u8]) -> Vec<u8> {
    let mut in_word = false;
    let each = |byte: &u8| {
        let result = if in_word { byte.to_ascii_lowercase() } else { byte.to_ascii_uppercase() };
        in_word = byte.is_ascii_alphabetic();
        result
    };
    memory::collect(bytes.iter().map(each))
}

fn expand_tabs(bytes: &[u8], size: usize) -> Vec<u8> {
    let (mut result, mut column) = (Vec::new(), 0);
    for &byte in bytes {
        memory::reserve(&mut result, 1);
        if byte != b'\t' {
            result.push(byte);
            column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + 1 };
        } else if size > 0 {
            let spaces = size - column % size;
            memory::reserve(&mut result, spaces);
            result.resize(result.len() + spaces, b' ');
            column += spaces;
        }
    }
    result
}

/// Joins the bytes-like elements of an iterable.
fn join(cx: &mut Ctx, separator: Slot, iterable: Slot) -> Res<Slot> {
    let list = iter::collect(cx, iterable)?;
    let cx: &Ctx = cx;
    let Some(separator) = Buffer::of(cx.get(separator)) else { return Err(not_bytes(cx, cx.get(separator))) };
    let values = cx.get(list).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default();
    let mut joined = Vec::new();
    for (i, &value) in values.iter().enumerate() {
        let Some(part) = Buffer::of(value) else {
            let class = cx.type_name(value);
            return Err(cx.type_error(format!("sequence item {i}: expected a bytes-like object, {class} found")));
        };
        memory::reserve(&mut joined, separator.len() + part.len());
        if i > 0 {
            joined.extend_from_slice(&separator);
        }
        joined.extend_from_slice(&part);
    }
    Ok(cx.root(separator.like(cx, joined)))
}

fn lowered(bytes: &[u8]) -> Vec<u8> {
    memory::collect(bytes.iter().map(u8::to_ascii_lowercase))
}

fn has_only(bytes: &[u8], wanted: fn(&u8) -> bool) -> bool {
    bytes.iter().any(wanted) && bytes.iter().all(|byte| !byte.is_ascii_alphabetic() || wanted(byte))
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Decode the bytes using the codec registered for encoding.
        call fn decode(
            cx; self_: Slot; encoding: GivenText = GivenText(None), errors: GivenText = GivenText(None)
        ) -> Slot {
            codecs::decode(cx, self_, encoding.0.as_deref().unwrap_or("utf-8"), errors.0.as_deref())
        }

        /// Create a string of hexadecimal digits.
        fn hex(cx; self_: Buffer<'h>; sep: Separator = Separator(None), bytes_per_sep: i32 = 1) -> Value<'h> {
            if sep.0.is_some_and(|sep| !sep.is_ascii()) {
                return Err(cx.value_error("sep must be ASCII."));
            }
            let digits = hex(&self_, sep, bytes_per_sep);
            Ok(cx.str(std::str::from_utf8(&digits).unwrap_or_default()))
        }

        /// Create bytes from hexadecimal digits.
        class call fn fromhex(cx; cls: Slot, string: Slot) -> Slot {
            let bytes = {
                let (cx, value): (&Ctx, _) = (cx, cx.get(string));
                match (value.as_str(), ByteArray::contents(value)) {
                    (Some(text), _) => from_hex(cx, text.as_bytes())?,
                    (None, Some(text)) => from_hex(cx, &text)?,
                    (None, None) => {
                        let got = cx.type_name(value);
                        let message = format!("fromhex() argument must be str or bytes-like, not {got}");
                        return Err(cx.type_error(message));
                    }
                }
            };
            let bytes = cx.root(cx.bytes(&bytes));
            let exact = cx.get(cls).cast::<crate::types::class::Class>().is_none_or(|class| class.is(Builtin::Bytes));
            if exact { Ok(bytes) } else { cx.call(cls, &[bytes]) }
        }

        /// Return the lowest index where the subsection is found, or -1.
        fn find(cx; self_: Haystack<'h>, sub: Needle<'h>, start: Bound = Bound(None), end: Bound = Bound(None)) -> i64 {
            Ok(find(&self_, &sub, start.0, end.0, false).map_or(-1, |at| at as i64))
        }

        /// Return the highest index where the subsection is found, or -1.
        fn rfind(cx; self_: Haystack<'h>, sub: Needle<'h>, start: Bound = Bound(None), end: Bound = Bound(None)) -> i64 {
            Ok(find(&self_, &sub, start.0, end.0, true).map_or(-1, |at| at as i64))
        }

        /// Return the lowest index where the subsection is found; raise ValueError if it is not.
        fn index(
            cx; self_: Haystack<'h>, sub: Needle<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> usize {
            index(cx, find(&self_, &sub, start.0, end.0, false))
        }

        /// Return the highest index where the subsection is found; raise ValueError if it is not.
        fn rindex(
            cx; self_: Haystack<'h>, sub: Needle<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> usize {
            index(cx, find(&self_, &sub, start.0, end.0, true))
        }

        /// Return the number of non-overlapping occurrences of the subsection.
        fn count(
            cx; self_: Haystack<'h>, sub: Needle<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> usize {
            let count = |within: &[u8]| {
                if sub.is_empty() { within.len() + 1 } else { memmem::find_iter(within, &*sub).count() }
            };
            Ok(self_.window(start.0, end.0, |_, within| count(within)).unwrap_or(0))
        }

        /// Return True if the bytes start with the prefix, or with one of a tuple of prefixes.
        fn startswith(
            cx; self_: Haystack<'h>, prefix: Value<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> bool {
            affix(cx, "startswith", &self_, prefix, (start.0, end.0), |bytes, part| bytes.starts_with(part))
        }

        /// Return True if the bytes end with the suffix, or with one of a tuple of suffixes.
        fn endswith(
            cx; self_: Haystack<'h>, suffix: Value<'h>, start: Bound = Bound(None), end: Bound = Bound(None)
        ) -> bool {
            affix(cx, "endswith", &self_, suffix, (start.0, end.0), |bytes, part| bytes.ends_with(part))
        }

        /// Return a copy without the prefix, if the bytes start with it.
        fn removeprefix(cx; self_: Buffer<'h>, prefix: Buffer<'h>) -> Value<'h> {
            Ok(self_.like_part(cx, self_.strip_prefix(&*prefix).unwrap_or(&self_)))
        }

        /// Return a copy without the suffix, if the bytes end with it.
        fn removesuffix(cx; self_: Buffer<'h>, suffix: Buffer<'h>) -> Value<'h> {
            Ok(self_.like_part(cx, self_.strip_suffix(&*suffix).unwrap_or(&self_)))
        }

        /// Return a copy with occurrences of old replaced by new; count limits how many.
        fn replace(cx; self_: Buffer<'h>, old: Buffer<'h>, new: Buffer<'h>, count: i64 = -1) -> Value<'h> {
            let most = usize::try_from(count).unwrap_or(usize::MAX);
            Ok(self_.like(cx, replace(&self_, &old, &new, most)))
        }

        /// Return a list of the sections, using sep as the delimiter, or ASCII white space.
        fn split(cx; self_: Buffer<'h>; sep: Option<Buffer<'h>> = None, maxsplit: i64 = -1) -> Value<'h> {
            split(cx, &self_, sep, maxsplit, false)
        }

        /// Return a list of the sections, splitting from the right.
        fn rsplit(cx; self_: Buffer<'h>; sep: Option<Buffer<'h>> = None, maxsplit: i64 = -1) -> Value<'h> {
            split(cx, &self_, sep, maxsplit, true)
        }

        /// Return a list of the lines, without their ends unless keepends is true.
        fn splitlines(cx; self_: Buffer<'h>; keepends: bool = false) -> Value<'h> {
            Ok(self_.list(cx, lines(&self_, keepends)))
        }

        /// Partition the bytes into three parts at the first separator.
        fn partition(cx; self_: Buffer<'h>, sep: Buffer<'h>) -> Value<'h> {
            if sep.is_empty() {
                return Err(empty_separator(cx));
            }
            Ok(match memmem::find(&self_, &sep) {
                Some(at) => self_.triple(cx, [&self_[..at], &sep, &self_[at + sep.len()..]]),
                None => self_.triple(cx, [&self_, b"", b""]),
            })
        }

        /// Partition the bytes into three parts at the last separator.
        fn rpartition(cx; self_: Buffer<'h>, sep: Buffer<'h>) -> Value<'h> {
            if sep.is_empty() {
                return Err(empty_separator(cx));
            }
            Ok(match memmem::rfind(&self_, &sep) {
                Some(at) => self_.triple(cx, [&self_[..at], &sep, &self_[at + sep.len()..]]),
                None => self_.triple(cx, [b"", b"", &self_]),
            })
        }

        /// Return a copy without leading and trailing white space, or bytes of the argument.
        fn strip(cx; self_: Buffer<'h>, bytes: Option<Buffer<'h>> = None) -> Value<'h> {
            let strips = |byte: &u8| bytes.as_ref().map_or_else(|| is_space(byte), |set| set.contains(byte));
            Ok(self_.like_part(cx, trim_end(trim_start(&self_, strips), strips)))
        }

        /// Return a copy without leading white space, or bytes of the argument.
        fn lstrip(cx; self_: Buffer<'h>, bytes: Option<Buffer<'h>> = None) -> Value<'h> {
            let strips = |byte: &u8| bytes.as_ref().map_or_else(|| is_space(byte), |set| set.contains(byte));
            Ok(self_.like_part(cx, trim_start(&self_, strips)))
        }

        /// Return a copy without trailing white space, or bytes of the argument.
        fn rstrip(cx; self_: Buffer<'h>, bytes: Option<Buffer<'h>> = None) -> Value<'h> {
            let strips = |byte: &u8| bytes.as_ref().map_or_else(|| is_space(byte), |set| set.contains(byte));
            Ok(self_.like_part(cx, trim_end(&self_, strips)))
        }

        /// Concatenate any number of bytes objects, with this one between them.
        call fn join(cx; self_: Slot, iterable_of_bytes: Slot) -> Slot {
            join(cx, self_, iterable_of_bytes)
        }

        /// Return a centered copy of length width.
        fn center(cx; self_: Buffer<'h>, width: i64, fillchar: Option<Value<'h>> = None) -> Value<'h> {
            pad(cx, "center", &self_, width, fillchar, Side::Both)
        }

        /// Return a left-justified copy of length width.
        fn ljust(cx; self_: Buffer<'h>, width: i64, fillchar: Option<Value<'h>> = None) -> Value<'h> {
            pad(cx, "ljust", &self_, width, fillchar, Side::Right)
        }

        /// Return a right-justified copy of length width.
        fn rjust(cx; self_: Buffer<'h>, width: i64, fillchar: Option<Value<'h>> = None) -> Value<'h> {
            pad(cx, "rjust", &self_, width, fillchar, Side::Left)
        }

        /// Pad a numeric text with zeros on the left, behind its sign.
        fn zfill(cx; self_: Buffer<'h>, width: i64) -> Value<'h> {
            let sign = usize::from(matches!(self_.first(), Some(b'+' | b'-')));
            let missing = usize::try_from(width).unwrap_or(0).saturating_sub(self_.len());
            Ok(self_.like(cx, padded(&self_[..sign], missing, &self_[sign..], 0, b'0')))
        }

        /// Return a copy where tabs are expanded to spaces.
        fn expandtabs(cx; self_: Buffer<'h>; tabsize: i32 = 8) -> Value<'h> {
            Ok(self_.like(cx, expand_tabs(&self_, usize::try_from(tabsize).unwrap_or(0))))
        }

        /// Return a copy with each byte mapped by a table of 256, and those of delete left out.
        fn translate(
            cx; self_: Buffer<'h>, table: Option<Buffer<'h>>; delete: Option<Buffer<'h>> = None
        ) -> Value<'h> {
            if table.as_ref().is_some_and(|table| table.len() != 256) {
                return Err(cx.value_error("translation table must be 256 characters long"));
            }
            let kept = self_.iter().filter(|byte| delete.as_ref().is_none_or(|delete| !delete.contains(byte)));
            let mapped = kept.map(|&byte| table.as_ref().map_or(byte, |table| table[usize::from(byte)]));
            Ok(self_.like(cx, memory::collect(mapped)))
        }

        /// Return a translation table.
        static fn maketrans(cx; frm: Buffer<'h>, to: Buffer<'h>) -> Vec<u8> {
            if frm.len() != to.len() {
                return Err(cx.value_error("maketrans arguments must have same length"));
            }
            let mut table: Vec<u8> = (0..=255).collect();
            for (from, to) in frm.iter().zip(to.iter()) {
                table[usize::from(*from)] = *to;
            }
            Ok(table)
        }

        /// Return a copy in lowercase.
        fn lower(cx; self_: Buffer<'h>) -> Value<'h> {
            Ok(self_.like(cx, lowered(&self_)))
        }

        /// Return a copy in uppercase.
        fn upper(cx; self_: Buffer<'h>) -> Value<'h> {
            Ok(self_.like(cx, memory::collect(self_.iter().map(u8::to_ascii_uppercase))))
        }

        /// Return a copy with uppercase made lowercase and the other way round.
        fn swapcase(cx; self_: Buffer<'h>) -> Value<'h> {
            let swap = |byte: &u8| if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { *byte };
            Ok(self_.like(cx, memory::collect(self_.iter().map(swap))))
        }

        /// Return a copy with the first byte in uppercase and the rest in lowercase.
        fn capitalize(cx; self_: Buffer<'h>) -> Value<'h> {
            let mut bytes = lowered(&self_);
            if let Some(first) = bytes.first_mut() {
                first.make_ascii_uppercase();
            }
            Ok(self_.like(cx, bytes))
        }

        /// Return a copy where each word begins in uppercase and goes on in lowercase.
        fn title(cx; self_: Buffer<'h>) -> Value<'h> {
            Ok(self_.like(cx, title(&self_)))
        }

        /// Return True if all bytes are ASCII letters and there is at least one.
        fn isalpha(cx; self_: Buffer<'h>) -> bool {
            Ok(!self_.is_empty() && self_.iter().all(u8::is_ascii_alphabetic))
        }

        /// Return True if all bytes are ASCII letters or digits and there is at least one.
        fn isalnum(cx; self_: Buffer<'h>) -> bool {
            Ok(!self_.is_empty() && self_.iter().all(u8::is_ascii_alphanumeric))
        }

        /// Return True if all bytes are ASCII.
        fn isascii(cx; self_: Buffer<'h>) -> bool {
            Ok(self_.is_ascii())
        }

        /// Return True if all bytes are ASCII digits and there is at least one.
        fn isdigit(cx; self_: Buffer<'h>) -> bool {
            Ok(!self_.is_empty() && self_.iter().all(u8::is_ascii_digit))
        }

        /// Return True if all bytes are ASCII white space and there is at least one.
        fn isspace(cx; self_: Buffer<'h>) -> bool {
            Ok(!self_.is_empty() && self_.iter().all(is_space))
        }

        /// Return True if there is a letter and all letters are lowercase.
        fn islower(cx; self_: Buffer<'h>) -> bool {
            Ok(has_only(&self_, u8::is_ascii_lowercase))
        }

        /// Return True if there is a letter and all letters are uppercase.
        fn isupper(cx; self_: Buffer<'h>) -> bool {
            Ok(has_only(&self_, u8::is_ascii_uppercase))
        }

        /// Return True if the text is titlecased.
        fn istitle(cx; self_: Buffer<'h>) -> bool {
            Ok(self_.iter().any(u8::is_ascii_alphabetic) && title(&self_) == *self_)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitting() {
        assert_eq!(split_at(b"a,b,c", b",", 1, true), [b"a,b".as_slice(), b"c"]);
        assert_eq!(words(b" a b  c ", 1, false), [b"a".as_slice(), b"b  c "]);
        assert_eq!(words(b" a b  c ", 1, true), [b" a b".as_slice(), b"c"]);
        assert_eq!(lines(b"a\r\nb\n\nc", true), [b"a\r\n".as_slice(), b"b\n", b"\n", b"c"]);
    }

    #[test]
    fn replacing_nothing_goes_between_bytes() {
        assert_eq!(replace(b"ab", b"", b"-", usize::MAX), b"-a-b-");
        assert_eq!(replace(b"ab", b"", b"-", 2), b"-a-b");
        assert_eq!(replace(b"aXbX", b"X", b"", 1), b"abX");
    }
}
