//! `str.format` and `str.format_map`: templates with replacement fields in braces. Their parser serves `_string` too.

use super::push_format;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::ops::attr::get_attr;
use crate::ops::{item, repr};
use crate::types::str::unicode::decimal_value;
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
pub struct Field<'t> {
    /// What it refers to.
    pub name: &'t str,
    /// What is behind the `!`.
    pub conversion: Option<char>,
    /// What is behind the `:`.
    pub spec: &'t str,
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
        while let Some((literal, field)) = next_piece(cx, &mut rest)? {
            out.push_str(literal);
            if let Some(field) = field {
                cx.scope(|cx| self.replace(cx, out, &field, depth))?;
            }
        }
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
        let (first, mut rest) = split_name(name);
        let mut value = self.first(cx, first)?;
        while let Some(step) = next_step(cx, &mut rest)? {
            value = match step {
                Step::Attribute(name) => {
                    let name = cx.root(cx.intern(name));
                    get_attr(cx, value, name)?
                }
                Step::Item(key) => {
                    let key = match number(cx, key)? {
                        Some(index) => cx.root(cx.uint(index as u64)),
                        None => cx.root(cx.str(key)),
                    };
                    item::get_item(cx, value, key)?
                }
            };
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

/// The next piece of a template: a text, and the field behind it if there is one. `None` at the end.
///
/// An escaped brace ends a text, so that each is a part of the template.
pub fn next_piece<'t>(cx: &Ctx, rest: &mut &'t str) -> Res<Option<(&'t str, Option<Field<'t>>)>> {
    let text = *rest;
    let Some(at) = text.find(['{', '}']) else {
        *rest = "";
        return Ok(if text.is_empty() { None } else { Some((text, None)) });
    };
    let brace = &text[at..=at];
    *rest = &text[at + 1..];
    if let Some(after) = rest.strip_prefix(brace) {
        *rest = after;
        return Ok(Some((&text[..=at], None)));
    }
    if brace == "}" || rest.is_empty() {
        return Err(cx.value_error(format!("Single '{brace}' encountered in format string")));
    }
    let field = parse_field(cx, rest)?;
    Ok(Some((&text[..at], Some(field))))
}

/// One step from a value to a part of it, in the name of a field.
pub enum Step<'t> {
    /// `.name`
    Attribute(&'t str),
    /// `[key]`
    Item(&'t str),
}

/// The first part of the name of a field, and the steps behind it.
pub fn split_name(name: &str) -> (&str, &str) {
    name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
}

/// The next step in the name of a field; `None` at the end.
pub fn next_step<'t>(cx: &Ctx, rest: &mut &'t str) -> Res<Option<Step<'t>>> {
    let (part, is_item) = if let Some(after) = rest.strip_prefix('.') {
        let (part, steps) = split_name(after);
        *rest = steps;
        (part, false)
    } else if let Some(after) = rest.strip_prefix('[') {
        let Some((key, steps)) = after.split_once(']') else {
            *rest = "";
            return Err(cx.value_error("Missing ']' in format string"));
        };
        *rest = steps;
        (key, true)
    } else if let Some(wrong) = rest.chars().next() {
        *rest = &rest[wrong.len_utf8()..];
        return Err(cx.value_error("Only '.' or '[' may follow ']' in format field specifier"));
    } else {
        return Ok(None);
    };
    if part.is_empty() {
        return Err(cx.value_error("Empty attribute in format string"));
    }
    Ok(Some(if is_item { Step::Item(part) } else { Step::Attribute(part) }))
}

/// The number that the name of an argument or a key is, if it consists of digits.
pub fn number(cx: &Ctx, name: &str) -> Res<Option<usize>> {
    let mut number = None;
    for c in name.chars() {
        let Some(digit) = decimal_value(c) else { return Ok(None) };
        let longer = number.unwrap_or(0_i64).checked_mul(10).and_then(|number| number.checked_add(digit.into()));
        let Some(longer) = longer else {
            return Err(cx.value_error("Too many decimal digits in format string"));
        };
        number = Some(longer);
    }
    Ok(number.map(|number| number as usize))
}

/// Takes apart what follows an opening brace, up to and with the closing one.
fn parse_field<'t>(cx: &Ctx, rest: &mut &'t str) -> Res<Field<'t>> {
    // What an error leaves of the template counts only for those who go on after it.
    let text = std::mem::take(rest);
    let mut name_end = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' => {
                *rest = chars.as_str();
                return Err(cx.value_error("unexpected '{' in field name"));
            }
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
            Some(_) => {
                *rest = chars.as_str();
                return Err(cx.value_error("expected ':' after conversion specifier"));
            }
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
