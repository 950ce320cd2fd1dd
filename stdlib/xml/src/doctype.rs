//! What stands before the root: the document type, and the declarations of its subsets.

use crate::chars::{is_name, is_name_start, is_space};
use crate::declarations::Declaration;
use crate::error::{Code, Scanned, Stop, invalid, wrong};
use crate::events::Event;
use crate::parser::{ExternalKind, Go, Open, Parser, Phase, Place};
use crate::scan::{self, shifted};

/// An error if the first character can begin no token at all.
pub(crate) fn check_known(s: &str) -> Scanned<()> {
    match s.chars().next() {
        Some(c) if is_name(c) || is_name_start(c) || "<>[]()|,%\"'*+?#!".contains(c) => Ok(()),
        _ => invalid(0),
    }
}

impl Parser {
    /// Before the root, outside the internal subset.
    pub(crate) fn prolog(&mut self) -> Scanned<Go> {
        if self.awaits_external {
            self.note_external();
            return Ok(Go::On);
        }
        let s = self.rest();
        if s.is_empty() {
            return match self.has_ended() {
                true if self.has_cut_character() => wrong(Code::PartialChar, 0),
                true => wrong(Code::NoElements, 0),
                false => Ok(Go::End),
            };
        }
        if let Some(go) = self.between()? {
            return Ok(go);
        }
        let s = self.rest();
        if !s.starts_with('<') {
            check_known(s)?;
            return wrong(Code::Syntax, 0);
        }
        let start = "<!DOCTYPE";
        if s.starts_with(start) {
            return match self.phase {
                Phase::Prolog => self.doctype(),
                _ => wrong(Code::Syntax, 0),
            };
        }
        if start.starts_with(s) || "<!--".starts_with(s) {
            return Err(Stop::Partial);
        }
        match s[1..].chars().next() {
            Some('!') if s[2..].starts_with('-') => invalid(3),
            Some('!') if s[2..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '[') => wrong(Code::Syntax, 0),
            Some('!') => invalid(2),
            Some(c) if is_name_start(c) => {
                if self.has_foreign_dtd && self.phase == Phase::Prolog {
                    self.has_foreign_dtd = false;
                    if self.parameter_parsing != 0 {
                        self.ask_external(String::new(), (None, None, self.base.clone()));
                        return Ok(Go::On);
                    }
                }
                self.root()
            }
            _ => invalid(1),
        }
    }

    fn doctype(&mut self) -> Scanned<Go> {
        let s = self.rest();
        let mut declaration = Declaration::new(s, "<!DOCTYPE".len());
        declaration.must_space()?;
        let name = declaration.name(self.separator.is_some())?;
        declaration.space();
        let (system, public) = declaration.external_id()?.unwrap_or_default();
        let system_at = self.place_at(declaration.literal_at());
        declaration.space();
        let has_subset = match declaration.next()? {
            '[' => true,
            '>' => false,
            _ => return declaration.syntax(),
        };
        let open_at = self.place_at(declaration.at());
        declaration.skip(1);
        let end = declaration.at();
        let raw = s[..end].to_owned();
        let is_external = system.is_some() || public.is_some();
        self.doctype = Some((name.clone(), system.clone(), public.clone()));
        if is_external {
            self.dtd().has_parameter_refs = true;
        }
        let is_standalone = self.dtd().is_standalone;
        if is_external && self.parameter_parsing == 0 && !is_standalone {
            self.emit_at(String::new(), system_at, Event::NotStandalone);
        }
        if is_external && self.parameter_parsing == 0 && !has_subset {
            self.dtd().is_cut = !is_standalone;
        }
        if has_subset {
            self.phase = Phase::Subset;
        }
        self.consume(end);
        self.emit_at(raw, open_at, Event::StartDoctype { name, system, public, has_subset });
        if !has_subset {
            self.end_doctype(String::new(), open_at);
        }
        Ok(Go::On)
    }

    fn end_doctype(&mut self, raw: String, place: Place) {
        let (_, system, public) = self.doctype.clone().unwrap_or_default();
        let has_external = system.is_some() || public.is_some() || self.has_foreign_dtd;
        self.has_foreign_dtd = false;
        self.phase = Phase::AfterSubset;
        if has_external && self.parameter_parsing != 0 {
            self.ask_external(String::new(), (system, public, self.base.clone()));
        }
        self.emit_at(raw, place, Event::EndDoctype);
    }

    /// Asks for an entity of the document type.
    fn ask_external(&mut self, raw: String, (system, public, base): (Option<String>, Option<String>, Option<String>)) {
        self.dtd().was_read = false;
        self.awaits_external = true;
        self.emit_with(raw, Event::ExternalEntity { context: None, system, public, base });
    }

    /// After an entity that was asked for: was it read?
    fn note_external(&mut self) {
        self.awaits_external = false;
        let mut dtd = self.dtd();
        if dtd.was_read {
            dtd.has_parameter_refs = true;
            let is_open = !dtd.is_standalone;
            drop(dtd);
            if is_open {
                self.emit_with(String::new(), Event::NotStandalone);
            }
        } else if self.phase == Phase::Subset {
            dtd.is_cut = !dtd.is_standalone;
        }
    }

    /// Declarations.
    pub(crate) fn subset(&mut self) -> Scanned<Go> {
        if self.awaits_external {
            self.note_external();
            return Ok(Go::On);
        }
        let is_external = self.is_in_external();
        let s = self.rest();
        if s.is_empty() {
            if let Some(open) = self.opens.pop() {
                if let Some(entity) = self.dtd().parameters.get_mut(&open.name) {
                    entity.is_open = false;
                }
                return Ok(Go::On);
            }
            return match (self.has_ended(), self.external) {
                (true, Some(_)) if self.includes == 0 => Ok(Go::End),
                (true, Some(_)) => wrong(Code::Syntax, 0),
                (true, None) => wrong(Code::NoElements, 0),
                (false, _) => Ok(Go::End),
            };
        }
        if let Some(go) = self.between()? {
            return Ok(go);
        }
        let s = self.rest();
        match s.as_bytes() {
            [b']', ..] if self.opens.is_empty() && self.external.is_none() => {
                let end = scan::space(s, 1);
                match scan::peek(s, end)? {
                    '>' => {
                        let (raw, place) = (s[..=end].to_owned(), self.place_at(end));
                        self.consume(end + 1);
                        self.end_doctype(raw, place);
                        Ok(Go::On)
                    }
                    _ => wrong(Code::Syntax, end),
                }
            }
            [b']', ..] if is_external && self.includes > 0 => {
                if !s.starts_with("]]>") {
                    return if "]]>".starts_with(s) { Err(Stop::Partial) } else { wrong(Code::Syntax, 0) };
                }
                self.includes -= 1;
                self.emit(3, Event::Other);
                Ok(Go::On)
            }
            [b'%', ..] => self.parameter_reference(),
            [b'<', b'!', b'[', ..] if is_external => self.conditional(),
            [b'<', b'!', b'[', ..] => wrong(Code::Syntax, 0),
            [b'<', b'!', c, ..] if c.is_ascii_alphabetic() => self.declaration(is_external),
            [b'<'] | [b'<', b'!'] | [b'<', b'!', b'-'] => Err(Stop::Partial),
            [b'<', b'!', b'-', ..] => invalid(3),
            [b'<', b'!', ..] => invalid(2),
            [b'<', ..] => {
                let c = scan::peek(s, 1)?;
                if is_name_start(c) { wrong(Code::Syntax, 0) } else { invalid(1) }
            }
            _ => {
                check_known(s)?;
                wrong(Code::Syntax, 0)
            }
        }
    }

    /// Whether declarations are read that lie outside the document, where references may stand within them.
    fn is_in_external(&self) -> bool {
        self.external == Some(ExternalKind::Parameter) || self.opens.iter().any(|open| open.is_parameter)
    }

    fn parameter_reference(&mut self) -> Scanned<Go> {
        let s = self.rest();
        let end = scan::name(s, 1, self.separator.is_some())?;
        if scan::peek(s, end)? != ';' {
            return invalid(end);
        }
        let name = s[1..end].to_owned();
        let end = end + 1;
        let mut dtd = self.dtd();
        let had_refs = std::mem::replace(&mut dtd.has_parameter_refs, true);
        if self.parameter_parsing == 0 {
            let is_open = !dtd.is_standalone;
            dtd.is_cut |= is_open;
            drop(dtd);
            if is_open {
                self.emit_with(String::new(), Event::NotStandalone);
            }
            self.emit(end, Event::Other);
            return Ok(Go::On);
        }
        let Some(entity) = dtd.parameters.get(&name).cloned() else {
            if self.external.is_none() && (dtd.is_standalone || !had_refs) {
                return wrong(Code::UndefinedEntity, 0);
            }
            dtd.is_cut |= !dtd.is_standalone;
            drop(dtd);
            self.emit(end, Event::SkippedEntity { name, is_parameter: true });
            return Ok(Go::On);
        };
        if entity.is_open {
            return wrong(Code::RecursiveEntityRef, 0);
        }
        match entity.value {
            Some(value) => {
                if let Some(entity) = dtd.parameters.get_mut(&name) {
                    entity.is_open = true;
                }
                drop(dtd);
                self.spend(value.len() + name.len())?;
                self.consume(end);
                let depth = self.tags.len();
                self.opens.push(Open { name, text: value.into(), at: 0, depth, is_parameter: true });
            }
            None => {
                drop(dtd);
                let raw = s[..end].to_owned();
                self.consume(end);
                self.ask_external(raw, (entity.system, entity.public, entity.base));
            }
        }
        Ok(Go::On)
    }

    /// `<![INCLUDE[…]]>` and `<![IGNORE[…]]>`.
    fn conditional(&mut self) -> Scanned<Go> {
        let s = self.rest();
        let open = 3 + s[3..].find('[').ok_or(Stop::Partial)?;
        let keyword = self.with_parameters(&s[3..open])?;
        match keyword.trim_matches(is_space) {
            "INCLUDE" => {
                self.includes += 1;
                self.emit(open + 1, Event::Other);
            }
            "IGNORE" => {
                let (mut depth, mut at) = (1, open + 1);
                while depth > 0 {
                    let next = at + s[at..].find("<![").map_or(usize::MAX - at, |next| next);
                    let end = at + s[at..].find("]]>").ok_or(Stop::Partial)?;
                    (depth, at) = if next < end { (depth + 1, next + 3) } else { (depth - 1, end + 3) };
                }
                self.emit(at, Event::Other);
            }
            _ => return wrong(Code::Syntax, 3),
        }
        Ok(Go::On)
    }

    /// A text with what stands for the parameter entities that it refers to outside quotes.
    fn with_parameters(&self, s: &str) -> Scanned<String> {
        /// What may come of one declaration: references in what stands for references.
        const MOST: usize = 10_000;
        let mut text = s.to_owned();
        let mut replaced = 0;
        let mut quote = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let is_reference = c == '%' && quote.is_none() && text[at + 1..].starts_with(is_name_start);
            if !is_reference {
                match quote {
                    Some(open) if open == c => quote = None,
                    None if c == '"' || c == '\'' => quote = Some(c),
                    _ => {}
                }
                at += c.len_utf8();
                continue;
            }
            let end =
                scan::name(&text, at + 1, self.separator.is_some()).map_err(|_| Stop::Wrong(Code::InvalidToken, 0))?;
            if !text[end..].starts_with(';') {
                return invalid(0);
            }
            let name = &text[at + 1..end];
            let value = self.dtd().parameters.get(name).and_then(|entity| entity.value.clone());
            let value = value.ok_or(Stop::Wrong(Code::UndefinedEntity, 0))?;
            replaced += 1;
            if replaced > MOST {
                return wrong(Code::RecursiveEntityRef, 0);
            }
            self.spend(value.len())?;
            text.replace_range(at..=end, &format!(" {value} "));
        }
        Ok(text)
    }

    fn declaration(&mut self, is_external: bool) -> Scanned<Go> {
        let s = self.rest();
        let end = declaration_end(s)?;
        let whole = &s[..end];
        let has_reference = |at: usize| whole[at + 1..].starts_with(is_name_start);
        let is_expanded = is_external && whole.match_indices('%').any(|(at, _)| has_reference(at));
        let declared = if is_expanded {
            let text = self.with_parameters(whole)?;
            self.declared(&text, true).map_err(|stop| match stop {
                Stop::Wrong(code, _) => Stop::Wrong(code, 0),
                Stop::Partial => Stop::Wrong(Code::Syntax, 0),
            })?
        } else {
            let text = whole.to_owned();
            self.declared(&text, is_external).map_err(|stop| match stop {
                Stop::Partial => Stop::Wrong(Code::Syntax, end - 1),
                wrong => shifted(wrong, 0),
            })?
        };
        let raw = self.rest()[..end].to_owned();
        let placed: Vec<_> =
            declared.into_iter().map(|(at, event)| (self.place_at(if is_expanded { 0 } else { at }), event)).collect();
        self.consume(end);
        let mut raw = Some(raw);
        for (place, event) in placed {
            self.emit_at(raw.take().unwrap_or_default(), place, event);
        }
        if let Some(raw) = raw {
            self.emit_with(raw, Event::Other);
        }
        Ok(Go::On)
    }
}

/// The end of a declaration: `>` outside quotes.
fn declaration_end(s: &str) -> Scanned<usize> {
    let mut quote = None;
    for (at, c) in s.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None => match c {
                '"' | '\'' => quote = Some(c),
                '>' => return Ok(at + 1),
                '<' if at > 0 => return wrong(Code::Syntax, at),
                _ if !crate::chars::is_char(c) => return invalid(at),
                _ => {}
            },
        }
    }
    Err(Stop::Partial)
}
