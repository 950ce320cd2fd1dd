//! `str.format` and `str.format_map`: templates with replacement fields in braces.

use super::push_format;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::ops::attr::get_attr;
use crate::ops::{item, repr};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// What the fields of a template refer to.
#[derive(Clone, Copy)]
pub enum Fields {
    /// Arguments, the last of which have the names in a tuple.
    Args {
        /// Those given by position.
        positional: Slots,
        /// Those given by name.
        named: Slots,
        /// Their names.
        names: Option<Slot>,
    },
    /// What a mapping holds.
    Mapping(Slot),
}

/// How fields are numbered: it must not change within a template.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Undecided,
    Automatic(usize),
    Manual,
}

/// A replacement field, taken apart.
struct Field<'t> {
    name: &'t str,
    conversion: Option<char>,
    spec: &'t str,
}

struct Formatter {
    fields: Fields,
    numbering: Numbering,
}

/// Fills a template in.
pub fn fill(cx: &mut Ctx, template: &str, fields: Fields) -> Res<String> {
    let mut out = String::with_capacity(template.len() + 16);
    Formatter { fields, numbering: Numbering::Undecided }.fill(cx, &mut out, template, 2)?;
    Ok(out)
}

impl Formatter {
    fn fill(&mut self, cx: &mut Ctx, out: &mut String, template: &str, depth: u32) -> Res<()> {
        if depth == 0 {
            return Err(cx.value_error("Max string recursion exceeded"));
        }
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                out.push_str(brace);
                rest = after;
                continue;
            }
            if brace == "}" || rest.is_empty() {
                return Err(cx.value_error(format!("Single '{brace}' encountered in format string")));
            }
            let field = parse_field(cx, &mut rest)?;
            cx.scope(|cx| self.replace(cx, out, &field, depth))?;
        }
        out.push_str(rest);
        Ok(())
    }

    fn replace(&mut self, cx: &mut Ctx, out: &mut String, field: &Field<'_>, depth: u32) -> Res<()> {
        let value = self.value(cx, field.name)?;
        let value = match field.conversion {
            None => value,
            Some('s') => repr::to_str_value(cx, value)?,
            Some(conversion @ ('r' | 'a')) => {
                let text = if conversion == 'r' { repr::repr(cx, value)? } else { repr::ascii(cx, value)? };
                cx.root(cx.str(&text))
            }
            Some(other) => return Err(cx.value_error(format!("Unknown conversion specifier {other}"))),
        };
        if field.spec.contains('{') {
            let mut spec = String::new();
            self.fill(cx, &mut spec, field.spec, depth - 1)?;
            return push_format(cx, out, value, &spec);
        }
        push_format(cx, out, value, field.spec)
    }

    /// What `name`, such as `0`, `key`, `.attr` or `0[key].attr`, refers to.
    fn value(&mut self, cx: &mut Ctx, name: &str) -> Res<Slot> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let (first, mut rest) = name.split_at(end);
        let mut value = self.first(cx, first)?;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix('.') {
                let end = after.find(['.', '[']).unwrap_or(after.len());
                if end == 0 {
                    return Err(cx.value_error("Empty attribute in format string"));
                }
                let attribute = cx.root(cx.intern(&after[..end]));
                value = get_attr(cx, value, attribute)?;
                rest = &after[end..];
            } else if let Some(after) = rest.strip_prefix('[') {
                let Some(end) = after.find(']') else {
                    return Err(cx.value_error("Missing ']' in format string"));
                };
                if end == 0 {
                    return Err(cx.value_error("Empty attribute in format string"));
                }
                let key = match number(cx, &after[..end])? {
                    Some(index) => cx.root(cx.uint(index as u64)),
                    None => cx.root(cx.str(&after[..end])),
                };
                value = item::get_item(cx, value, key)?;
                rest = &after[end + 1..];
            } else {
                return Err(cx.value_error("Only '.' or '[' may follow ']' in format field specifier"));
            }
        }
        Ok(value)
    }

    fn first(&mut self, cx: &mut Ctx, name: &str) -> Res<Slot> {
        let index = match number(cx, name)? {
            Some(index) => {
                if matches!(self.numbering, Numbering::Automatic(_)) {
                    return Err(
                        cx.value_error("cannot switch from automatic field numbering to manual field specification")
                    );
                }
                self.numbering = Numbering::Manual;
                index
            }
            None if name.is_empty() => {
                let next = match self.numbering {
                    Numbering::Manual => {
                        return Err(cx.value_error(
                            "cannot switch from manual field specification to automatic field numbering",
                        ));
                    }
                    Numbering::Automatic(next) => next,
                    Numbering::Undecided => 0,
                };
                self.numbering = Numbering::Automatic(next + 1);
                next
            }
            None => return self.named(cx, name),
        };
        match self.fields {
            Fields::Args { positional, .. } if index < positional.len() => Ok(positional.get(index)),
            Fields::Args { .. } => {
                Err(cx.index_error(format!("Replacement index {index} out of range for positional args tuple")))
            }
            Fields::Mapping(_) => Err(cx.value_error("Format string contains positional fields")),
        }
    }

    fn named(&self, cx: &mut Ctx, name: &str) -> Res<Slot> {
        match self.fields {
            Fields::Mapping(mapping) => {
                let key = cx.root(cx.str(name));
                item::get_item(cx, mapping, key)
            }
            Fields::Args { named, names, .. } => {
                let names = names.and_then(|names| cx.get(names).cast::<Tuple>());
                let at =
                    names.and_then(|names| names.iter(cx).position(|known: Value<'_>| known.as_str() == Some(name)));
                match at {
                    Some(at) => Ok(named.get(at)),
                    None => Err(cx.key_error(cx.str(name))),
                }
            }
        }
    }
}

/// The number that a name is, if it consists of digits.
fn number(cx: &Ctx, name: &str) -> Res<Option<usize>> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    match name.parse::<i64>() {
        Ok(number) => Ok(Some(number as usize)),
        Err(_) => Err(cx.value_error("Too many decimal digits in format string")),
    }
}

/// Takes apart what follows an opening brace, up to and with the closing one.
fn parse_field<'t>(cx: &Ctx, rest: &mut &'t str) -> Res<Field<'t>> {
    let text = *rest;
    let mut name_end = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' => return Err(cx.value_error("unexpected '{' in field name")),
            '[' => while chars.next().is_some_and(|(_, c)| c != ']') {},
            '}' | ':' | '!' => {
                name_end = Some((at, c));
                break;
            }
            _ => {}
        }
    }
    let Some((end, stop)) = name_end else { return Err(cx.value_error("expected '}' before end of string")) };
    let name = &text[..end];
    let mut after = &text[end + 1..];
    let mut conversion = None;
    if stop == '!' {
        let mut chars = after.chars();
        conversion = chars.next();
        if conversion.is_none() {
            return Err(cx.value_error("end of string while looking for conversion specifier"));
        }
        let next = chars.next();
        match next {
            Some('}') => {
                *rest = chars.as_str();
                return Ok(Field { name, conversion, spec: "" });
            }
            Some(':') | None => after = chars.as_str(),
            Some(_) => return Err(cx.value_error("expected ':' after conversion specifier")),
        }
    } else if stop == '}' {
        *rest = after;
        return Ok(Field { name, conversion, spec: "" });
    }
    let mut depth = 1;
    for (at, c) in after.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            *rest = &after[at + 1..];
            return Ok(Field { name, conversion, spec: &after[..at] });
        }
    }
    Err(cx.value_error("unmatched '{' in format spec"))
}
