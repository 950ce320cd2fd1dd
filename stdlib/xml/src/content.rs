//! Elements and what is in them.

use std::collections::HashSet;

use crate::error::{Code, Scanned, Stop, invalid, wrong};
use crate::events::Event;
use crate::namespaces;
use crate::parser::{Go, Open, Parser, Phase, Tag, no_markup};
use crate::scan::{self, Reference, StartTag, predefined, shifted};

impl Parser {
    pub(crate) fn content(&mut self) -> Scanned<Go> {
        let is_last = self.is_last_here();
        let s = self.rest();
        match s.as_bytes().first() {
            None => self.end_of_content(),
            Some(b'<') => self.markup(),
            Some(b'&') => self.reference(),
            Some(_) => {
                let (end, event) = match scan::line_break(s, is_last)? {
                    Some(end) => (end, Event::Characters("\n".to_owned())),
                    None => {
                        let end = scan::text(s, is_last)?;
                        (end, Event::Characters(s[..end].to_owned()))
                    }
                };
                self.emit(end, event);
                Ok(Go::On)
            }
        }
    }

    /// How many elements were open where what is being read began.
    fn ground(&self) -> usize {
        self.opens.last().map_or(0, |open| open.depth)
    }

    fn end_of_content(&mut self) -> Scanned<Go> {
        if let Some(open) = self.opens.pop() {
            if let Some(entity) = self.dtd().entities.get_mut(&open.name) {
                entity.is_open = false;
            }
            if self.tags.len() != open.depth {
                return wrong(Code::AsyncEntity, 0);
            }
            if self.tags.is_empty() && self.external.is_none() {
                self.phase = Phase::Epilog;
            }
            return Ok(Go::On);
        }
        if !self.has_ended() {
            return Ok(Go::End);
        }
        if self.has_cut_character() {
            return wrong(Code::PartialChar, 0);
        }
        match self.external {
            Some(_) if self.tags.is_empty() => Ok(Go::End),
            Some(_) => wrong(Code::AsyncEntity, 0),
            None => wrong(Code::NoElements, 0),
        }
    }

    fn markup(&mut self) -> Scanned<Go> {
        if let Some(go) = self.miscellany()? {
            return Ok(go);
        }
        let s = self.rest();
        match s.as_bytes().get(1) {
            None => Err(Stop::Partial),
            Some(b'/') => self.end_tag(),
            Some(b'!') => {
                let start = "<![CDATA[";
                if s.starts_with(start) {
                    self.phase = Phase::Cdata;
                    self.emit(start.len(), Event::StartCdata);
                    return Ok(Go::On);
                }
                let other = if s.as_bytes().get(2) == Some(&b'-') { "<!--" } else { start };
                match s.bytes().zip(other.bytes()).position(|(a, b)| a != b) {
                    Some(at) => invalid(at),
                    None => Err(Stop::Partial),
                }
            }
            Some(_) => {
                let tag = scan::start_tag(s, self.separator.is_some())?;
                self.start_tag(&tag)?;
                Ok(Go::On)
            }
        }
    }

    /// The first tag of a document.
    pub(crate) fn root(&mut self) -> Scanned<Go> {
        if self.rest().len() < 2 {
            return no_markup(self.rest());
        }
        self.phase = Phase::Content;
        Ok(Go::On)
    }

    fn start_tag(&mut self, tag: &StartTag) -> Scanned<()> {
        let s = self.rest();
        let raw_name = s[tag.name.clone()].to_owned();
        let mut given: Vec<(String, String)> = Vec::with_capacity(tag.attributes.len());
        let mut seen = HashSet::new();
        {
            let dtd = self.dtd();
            let declared = dtd.elements.get(&raw_name);
            let is_cdata = |name: &str| {
                let found = declared.and_then(|known| known.by_name.get(name).map(|&at| known.all[at].is_cdata));
                found.unwrap_or(true)
            };
            let kinds: Vec<bool> =
                tag.attributes.iter().map(|attribute| is_cdata(&s[attribute.name.clone()])).collect();
            drop(dtd);
            for (attribute, is_cdata) in tag.attributes.iter().zip(kinds) {
                let name = &s[attribute.name.clone()];
                if !seen.insert(name) {
                    return wrong(Code::DuplicateAttribute, attribute.name.start);
                }
                let value = self.attribute_value(&s[attribute.value.clone()], is_cdata);
                given.push((name.to_owned(), value.map_err(|stop| shifted(stop, attribute.value.start))?));
            }
        }
        let mut specified = given.len();
        if let Some(declared) = self.dtd().elements.get(&raw_name) {
            let missing = declared.all.iter().filter(|attribute| !seen.contains(&*attribute.name));
            given.extend(missing.filter_map(|attribute| Some((attribute.name.clone(), attribute.default.clone()?))));
        }
        let mut events = Vec::new();
        let mut prefixes = Vec::new();
        if self.separator.is_some() {
            let mut plain = Vec::with_capacity(given.len());
            let told = specified;
            for (at, (name, value)) in given.into_iter().enumerate() {
                let prefix = match name.split_once(':') {
                    Some(("xmlns", prefix)) => Some(prefix.to_owned()),
                    None if name == "xmlns" => None,
                    _ => {
                        plain.push((name, value));
                        continue;
                    }
                };
                if at < told {
                    specified -= 1;
                }
                namespaces::check(prefix.as_deref(), &value)?;
                let uri = (!value.is_empty()).then_some(value);
                self.namespaces.push(prefix.clone(), uri.clone());
                events.push(Event::StartNamespace { prefix: prefix.clone(), uri });
                prefixes.push(prefix);
            }
            given = plain;
            let mut expanded = HashSet::new();
            for (name, _) in &mut given {
                if name.contains(':') {
                    *name = self.expanded(name, true)?;
                    if !expanded.insert(name.clone()) {
                        return wrong(Code::DuplicateAttribute, 0);
                    }
                }
            }
        }
        let name = self.expanded(&raw_name, false)?;
        for event in events {
            self.emit_with(String::new(), event);
        }
        self.emit(tag.end, Event::StartElement { name: name.clone(), attributes: given, specified });
        let element = Tag { raw: raw_name, name, prefixes };
        if tag.is_empty {
            self.close(element, String::new(), true);
            self.leave();
        } else {
            self.tags.push(element);
        }
        Ok(())
    }

    fn end_tag(&mut self) -> Scanned<Go> {
        let s = self.rest();
        let (name_end, end) = scan::end_tag(s, self.separator.is_some())?;
        if self.tags.len() == self.ground() {
            return wrong(Code::AsyncEntity, 0);
        }
        let raw = s[..end].to_owned();
        let name = s[2..name_end].to_owned();
        match self.tags.pop() {
            Some(tag) if tag.raw == name => {
                self.consume(end);
                self.close(tag, raw, false);
                self.leave();
                Ok(Go::On)
            }
            _ => wrong(Code::TagMismatch, 2),
        }
    }

    fn close(&mut self, tag: Tag, raw: String, is_empty: bool) {
        let (event, here) = (Event::EndElement { name: tag.name }, self.place_at(0));
        match is_empty {
            true => self.emit_at(raw, here, event),
            false => self.emit_with(raw, event),
        }
        for prefix in tag.prefixes.into_iter().rev() {
            self.namespaces.pop(&prefix);
            self.emit_with(String::new(), Event::EndNamespace { prefix });
        }
    }

    /// After an element: was it the root?
    fn leave(&mut self) {
        if self.tags.is_empty() && self.external.is_none() && self.opens.is_empty() {
            self.phase = Phase::Epilog;
        }
    }

    fn reference(&mut self) -> Scanned<Go> {
        let s = self.rest();
        let (reference, end) = scan::reference(s, self.separator.is_some())?;
        let name = match reference {
            Reference::Char(number) => {
                let c = scan::character(number).ok_or(Stop::Wrong(Code::BadCharRef, 0))?;
                self.emit(end, Event::Characters(c.to_string()));
                return Ok(Go::On);
            }
            Reference::Entity(name) => name.to_owned(),
        };
        if let Some(c) = predefined(&name) {
            self.emit(end, Event::Characters(c.to_string()));
            return Ok(Go::On);
        }
        let dtd = self.dtd();
        let Some(entity) = dtd.entities.get(&name).cloned() else {
            if dtd.has_parameter_refs && !dtd.is_standalone {
                drop(dtd);
                self.emit(end, Event::SkippedEntity { name, is_parameter: false });
                return Ok(Go::On);
            }
            return wrong(Code::UndefinedEntity, 0);
        };
        drop(dtd);
        if entity.is_open {
            return wrong(Code::RecursiveEntityRef, 0);
        }
        if entity.notation.is_some() {
            return wrong(Code::BinaryEntityRef, 0);
        }
        match entity.value {
            Some(_) if !self.expands => self.emit(end, Event::SkippedEntity { name, is_parameter: false }),
            Some(value) => {
                self.spend(value.len() + name.len())?;
                self.consume(end);
                if let Some(entity) = self.dtd().entities.get_mut(&name) {
                    entity.is_open = true;
                }
                let depth = self.tags.len();
                self.opens.push(Open { name, text: value.into(), at: 0, depth, is_parameter: false });
            }
            None => {
                let context = self.context_of(&name);
                let (system, public, base) = (entity.system, entity.public, entity.base);
                self.emit(end, Event::ExternalEntity { context: Some(context), system, public, base });
            }
        }
        Ok(Go::On)
    }

    /// What a parser of an external entity must know.
    fn context_of(&self, entity: &str) -> String {
        let mut parts = if self.separator.is_some() { self.namespaces.context() } else { Vec::new() };
        let dtd = self.dtd();
        let mut open: Vec<String> =
            dtd.entities.iter().filter(|(_, known)| known.is_open).map(|(name, _)| name.clone()).collect();
        open.push(entity.to_owned());
        open.sort();
        parts.extend(open);
        parts.join("\u{c}")
    }

    pub(crate) fn cdata(&mut self) -> Scanned<Go> {
        let is_last = self.is_last_here();
        let s = self.rest();
        if s.is_empty() {
            return match is_last && (self.has_ended() || !self.opens.is_empty()) {
                true => wrong(Code::UnclosedCdataSection, 0),
                false => Ok(Go::End),
            };
        }
        if s.starts_with("]]>") {
            self.phase = Phase::Content;
            self.emit(3, Event::EndCdata);
            return Ok(Go::On);
        }
        if let Some(end) = scan::line_break(s, is_last)? {
            self.emit(end, Event::Characters("\n".to_owned()));
            return Ok(Go::On);
        }
        let mut end = s.len();
        for (at, c) in s.char_indices() {
            let rest = &s[at..];
            let stops = match c {
                '\r' | '\n' => true,
                ']' => rest.starts_with("]]>") || (!is_last && (rest == "]" || rest == "]]")),
                _ => !crate::chars::is_char(c),
            };
            if stops {
                end = at;
                break;
            }
        }
        if end == 0 {
            return if s.starts_with(']') { Err(Stop::Partial) } else { invalid(0) };
        }
        let event = Event::Characters(s[..end].to_owned());
        self.emit(end, event);
        Ok(Go::On)
    }
}
