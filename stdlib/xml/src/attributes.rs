//! The values of attributes: references replaced, white space as their types want it.

use std::sync::Arc;

use crate::dtd::Dtd;
use crate::error::{Code, Scanned, Stop, wrong};
use crate::parser::Parser;
use crate::scan::{self, Reference, predefined};

/// The place of what is reported as being wrong with the whole tag.
pub(crate) const NOWHERE: usize = usize::MAX;

/// A text that is read: the value itself, or what stands for an entity in it.
struct Level {
    text: Arc<str>,
    at: usize,
    entity: Option<String>,
}

impl Parser {
    /// What a value stands for. Errors lie at offsets in it.
    pub(crate) fn attribute_value(&self, raw: &str, is_cdata: bool) -> Scanned<String> {
        if is_cdata && !raw.contains(['&', '\t', '\n', '\r']) {
            return Ok(raw.to_owned());
        }
        let dtd = self.dtd();
        let mut out = String::new();
        let mut levels = vec![Level { text: raw.into(), at: 0, entity: None }];
        while let Some(level) = levels.last_mut() {
            let Some(c) = level.text[level.at..].chars().next() else {
                levels.pop();
                continue;
            };
            let at = level.at;
            level.at += c.len_utf8();
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if c == '\r' && level.text[level.at..].starts_with('\n') {
                        level.at += 1;
                    }
                    push_space(&mut out, is_cdata);
                }
                '&' => {
                    let text = level.text.clone();
                    let outer = levels.first().map_or(0, |level| if levels.len() == 1 { at } else { level.at });
                    let wrong_at = |stop| match stop {
                        Stop::Partial => Stop::Wrong(Code::InvalidToken, outer),
                        Stop::Wrong(code, NOWHERE) => Stop::Wrong(code, NOWHERE),
                        Stop::Wrong(code, _) => Stop::Wrong(code, outer),
                    };
                    let (reference, length) =
                        scan::reference(&text[at..], self.separator.is_some()).map_err(wrong_at)?;
                    if let Some(level) = levels.last_mut() {
                        level.at = at + length;
                    }
                    let name = match reference {
                        Reference::Char(number) => {
                            match scan::character(number) {
                                Some(' ') => push_space(&mut out, is_cdata),
                                Some(c) => out.push(c),
                                None => return wrong(Code::BadCharRef, outer),
                            }
                            continue;
                        }
                        Reference::Entity(name) => name,
                    };
                    if let Some(c) = predefined(name) {
                        out.push(c);
                        continue;
                    }
                    let is_open = levels.iter().any(|level| level.entity.as_deref() == Some(name));
                    if let Some(value) = entity_text(&dtd, name, is_open).map_err(wrong_at)? {
                        self.spend(value.len()).map_err(wrong_at)?;
                        levels.push(Level { text: value.into(), at: 0, entity: Some(name.to_owned()) });
                    }
                }
                '<' => {
                    let outer = levels.first().map_or(0, |level| level.at);
                    return wrong(Code::InvalidToken, outer);
                }
                c => out.push(c),
            }
        }
        if !is_cdata && out.ends_with(' ') {
            out.pop();
        }
        Ok(out)
    }
}

fn push_space(out: &mut String, is_cdata: bool) {
    if is_cdata || !(out.is_empty() || out.ends_with(' ')) {
        out.push(' ');
    }
}

/// What stands for an entity in a value; `None` if it may be declared where nobody looked.
fn entity_text<'a>(dtd: &'a Dtd, name: &str, is_open: bool) -> Scanned<Option<&'a str>> {
    let Some(entity) = dtd.entities.get(name) else {
        if dtd.has_parameter_refs && !dtd.is_standalone {
            return Ok(None);
        }
        return wrong(Code::UndefinedEntity, NOWHERE);
    };
    if is_open || entity.is_open {
        return wrong(Code::RecursiveEntityRef, 0);
    }
    if entity.notation.is_some() {
        return wrong(Code::BinaryEntityRef, 0);
    }
    match &entity.value {
        Some(value) => Ok(Some(value)),
        None => wrong(Code::AttributeExternalEntityRef, 0),
    }
}
