//! Tokens: each function looks at the beginning of what is left of a text, and tells where the token ends.

use crate::attributes::NOWHERE;
use crate::chars::{is_char, is_name, is_name_start, is_space};
use crate::error::{Scanned, Stop, invalid};

/// The character at an offset, if it has come.
pub(crate) fn peek(s: &str, at: usize) -> Scanned<char> {
    s.get(at..).and_then(|rest| rest.chars().next()).ok_or(Stop::Partial)
}

/// The end of white space.
pub(crate) fn space(s: &str, at: usize) -> usize {
    let rest = s.get(at..).unwrap_or_default();
    at + (rest.len() - rest.trim_start_matches(is_space).len())
}

/// The end of a name.
pub(crate) fn name(s: &str, at: usize, has_namespaces: bool) -> Scanned<usize> {
    let first = peek(s, at)?;
    if !is_name_start(first) || (has_namespaces && first == ':') {
        return invalid(at);
    }
    let mut colon = None;
    for (offset, c) in s[at..].char_indices() {
        if !is_name(c) {
            return match colon {
                Some(colon) if colon + 1 == offset => invalid(at + offset),
                _ => Ok(at + offset),
            };
        }
        if has_namespaces && c == ':' {
            if colon.is_some() {
                return invalid(at + offset);
            }
            colon = Some(offset);
        } else if has_namespaces && colon.is_some_and(|colon| colon + 1 == offset) && !is_name_start(c) {
            return invalid(at + offset);
        }
    }
    Err(Stop::Partial)
}

/// The end of what ends with `end` and begins at an offset; everything in it is a character.
pub(crate) fn until(s: &str, at: usize, end: &str) -> Scanned<usize> {
    let rest = s.get(at..).unwrap_or_default();
    let found = rest.find(end);
    let body = &rest[..found.unwrap_or(rest.len())];
    if let Some((offset, _)) = body.char_indices().find(|(_, c)| !is_char(*c)) {
        return invalid(at + offset);
    }
    found.map(|found| at + found).ok_or(Stop::Partial)
}

/// `<!--…-->`: its end.
pub(crate) fn comment(s: &str) -> Scanned<usize> {
    let body = 4;
    let dashes = until(s, body, "--")?;
    match peek(s, dashes + 2)? {
        '>' => Ok(dashes + 3),
        _ => invalid(dashes + 2),
    }
}

/// `<?target data?>`: the ends of the target, of the space behind, and of the whole.
pub(crate) fn instruction(s: &str, has_namespaces: bool) -> Scanned<(usize, usize, usize)> {
    let target = name(s, 2, false)?;
    if has_namespaces && let Some(colon) = s[2..target].find(':') {
        return invalid(2 + colon);
    }
    let text = &s[2..target];
    if text.eq_ignore_ascii_case("xml") && text != "xml" {
        return invalid(target);
    }
    if s[target..].starts_with("?>") {
        return Ok((target, target, target + 2));
    }
    match peek(s, target)? {
        '?' => return if s.len() == target + 1 { Err(Stop::Partial) } else { invalid(target + 1) },
        c if !is_space(c) => return invalid(target),
        _ => {}
    }
    let data = space(s, target);
    let end = until(s, data, "?>")?;
    Ok((target, data, end + 2))
}

/// A reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reference<'a> {
    Char(u32),
    Entity(&'a str),
}

/// `&…;`: what it refers to, and its end.
pub(crate) fn reference(s: &str, has_namespaces: bool) -> Scanned<(Reference<'_>, usize)> {
    if peek(s, 1)? != '#' {
        let end = name(s, 1, has_namespaces)?;
        return match s.as_bytes().get(end) {
            Some(b';') => Ok((Reference::Entity(&s[1..end]), end + 1)),
            Some(_) => invalid(end),
            None => Err(Stop::Partial),
        };
    }
    let (start, radix) = if peek(s, 2)? == 'x' { (3, 16) } else { (2, 10) };
    let mut at = start;
    let mut number = 0_u32;
    loop {
        match peek(s, at)? {
            ';' if at > start => return Ok((Reference::Char(number), at + 1)),
            c => match c.to_digit(radix) {
                Some(digit) => number = number.saturating_mul(radix).saturating_add(digit).min(0x110_000),
                None => return invalid(at),
            },
        }
        at += 1;
    }
}

/// The character of a number, if there is one that a text may contain.
pub(crate) fn character(number: u32) -> Option<char> {
    char::from_u32(number).filter(|&c| is_char(c))
}

/// The character that one of the five entities stands for that need no declaration.
pub(crate) fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// Where the names and values of a tag's attributes are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawAttribute {
    pub name: std::ops::Range<usize>,
    pub value: std::ops::Range<usize>,
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StartTag {
    pub name: std::ops::Range<usize>,
    pub attributes: Vec<RawAttribute>,
    pub is_empty: bool,
    pub end: usize,
}

/// `<name a="b">` or `<name/>`.
pub(crate) fn start_tag(s: &str, has_namespaces: bool) -> Scanned<StartTag> {
    let end = name(s, 1, has_namespaces)?;
    let mut tag = StartTag { name: 1..end, attributes: Vec::new(), is_empty: false, end: 0 };
    let mut at = end;
    loop {
        let next = space(s, at);
        let had_space = next > at;
        at = next;
        match peek(s, at)? {
            '>' => {
                tag.end = at + 1;
                return Ok(tag);
            }
            '/' => {
                return match peek(s, at + 1)? {
                    '>' => {
                        (tag.is_empty, tag.end) = (true, at + 2);
                        Ok(tag)
                    }
                    _ => invalid(at + 1),
                };
            }
            _ if !had_space => return invalid(at),
            _ => {}
        }
        let end = name(s, at, has_namespaces)?;
        let attribute = at..end;
        at = space(s, end);
        if peek(s, at)? != '=' {
            return invalid(at);
        }
        at = space(s, at + 1);
        let quote = peek(s, at)?;
        if quote != '"' && quote != '\'' {
            return invalid(at);
        }
        let start = at + 1;
        at = attribute_value(s, start, quote, has_namespaces)?;
        tag.attributes.push(RawAttribute { name: attribute, value: start..at });
        at += 1;
    }
}

/// The place of the quote that ends a value.
fn attribute_value(s: &str, start: usize, quote: char, has_namespaces: bool) -> Scanned<usize> {
    let mut at = start;
    loop {
        let c = peek(s, at)?;
        match c {
            _ if c == quote => return Ok(at),
            '<' => return invalid(at),
            '&' => {
                let (_, length) = reference(&s[at..], has_namespaces).map_err(|stop| shifted(stop, at))?;
                at += length;
            }
            _ if !is_char(c) => return invalid(at),
            _ => at += c.len_utf8(),
        }
    }
}

/// What stopped the reading of a part that begins at an offset.
pub(crate) fn shifted(stop: Stop, by: usize) -> Stop {
    match stop {
        Stop::Partial => Stop::Partial,
        Stop::Wrong(code, NOWHERE) => Stop::Wrong(code, 0),
        Stop::Wrong(code, at) => Stop::Wrong(code, at + by),
    }
}

/// `</name>`: the ends of the name and of the whole.
pub(crate) fn end_tag(s: &str, has_namespaces: bool) -> Scanned<(usize, usize)> {
    let end = name(s, 2, has_namespaces)?;
    let at = space(s, end);
    match peek(s, at)? {
        '>' => Ok((end, at + 1)),
        _ => invalid(at),
    }
}

/// The end of text, which is not empty: before whatever is something else. At the end of what has come, brackets may be the
/// beginning of something, unless nothing follows.
pub(crate) fn text(s: &str, is_last: bool) -> Scanned<usize> {
    for (at, c) in s.char_indices() {
        match c {
            '<' | '&' | '\r' | '\n' => return Ok(at),
            ']' => {
                let rest = &s[at..];
                if rest.starts_with("]]>") {
                    return if at == 0 { invalid(2) } else { Ok(at) };
                }
                if !is_last && (rest == "]" || rest == "]]") {
                    return if at == 0 { Err(Stop::Partial) } else { Ok(at) };
                }
            }
            _ if !is_char(c) => return if at == 0 { invalid(0) } else { Ok(at) },
            _ => {}
        }
    }
    Ok(s.len())
}

/// A line break at the beginning: its length, if it is one and whole.
pub(crate) fn line_break(s: &str, is_last: bool) -> Scanned<Option<usize>> {
    match s.as_bytes() {
        [b'\n', ..] => Ok(Some(1)),
        [b'\r', b'\n', ..] => Ok(Some(2)),
        [b'\r'] if !is_last => Err(Stop::Partial),
        [b'\r', ..] => Ok(Some(1)),
        _ => Ok(None),
    }
}

/// Text with its line breaks as single line feeds.
pub(crate) fn normalised(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}
