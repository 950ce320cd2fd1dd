//! Declarations: of elements, attributes, entities and notations.

use crate::chars::{is_char, is_name, is_public, is_space};
use crate::dtd::{Attribute, Entity};
use crate::error::{Code, Scanned, Stop, invalid, wrong};
use crate::events::{Event, Model, ModelKind, Quantity};
use crate::parser::Parser;
use crate::scan::{self, Reference, shifted};

/// Reads the parts of a declaration.
pub(crate) struct Declaration<'a> {
    s: &'a str,
    at: usize,
    /// Where the last literal or group ended or began: where what it completes lies.
    mark: usize,
}

impl<'a> Declaration<'a> {
    pub fn new(s: &'a str, at: usize) -> Self {
        Declaration { s, at, mark: at }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    /// Where the last literal begins.
    pub fn literal_at(&self) -> usize {
        self.mark
    }

    pub fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Whether there was white space; goes past it.
    pub fn space(&mut self) -> bool {
        let end = scan::space(self.s, self.at);
        std::mem::replace(&mut self.at, end) < end
    }

    pub fn must_space(&mut self) -> Scanned<()> {
        self.next()?;
        if self.space() { Ok(()) } else { invalid(self.at) }
    }

    pub fn next(&self) -> Scanned<char> {
        scan::peek(self.s, self.at)
    }

    fn takes(&mut self, c: char) -> bool {
        let is_it = self.s[self.at..].starts_with(c);
        self.at += if is_it { c.len_utf8() } else { 0 };
        is_it
    }

    pub fn syntax<T>(&self) -> Scanned<T> {
        match self.next()? {
            c if !is_char(c) => invalid(self.at),
            _ => wrong(Code::Syntax, self.at),
        }
    }

    pub fn name(&mut self, has_namespaces: bool) -> Scanned<String> {
        if !self.next().map(crate::chars::is_name_start)? {
            return self.syntax();
        }
        let end = scan::name(self.s, self.at, has_namespaces)?;
        let name = self.s[self.at..end].to_owned();
        self.at = end;
        Ok(name)
    }

    /// Letters, or what else names are made of.
    fn token(&mut self) -> Scanned<&'a str> {
        let rest = &self.s[self.at..];
        let length = rest.find(|c| !is_name(c)).ok_or(Stop::Partial)?;
        if length == 0 {
            return self.syntax();
        }
        self.at += length;
        Ok(&rest[..length])
    }

    /// What stands in quotes, and where it begins.
    fn literal(&mut self) -> Scanned<(&'a str, usize)> {
        let quote = self.next()?;
        if quote != '"' && quote != '\'' {
            return self.syntax();
        }
        let start = self.at + 1;
        self.mark = self.at;
        let end = scan::until(self.s, start, if quote == '"' { "\"" } else { "'" })?;
        self.at = end + 1;
        Ok((&self.s[start..end], start))
    }

    fn public(&mut self) -> Scanned<String> {
        let (text, start) = self.literal()?;
        if let Some(bad) = text.find(|c| !is_public(c)) {
            return wrong(Code::PublicId, start + bad);
        }
        Ok(text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// `SYSTEM "…"` or `PUBLIC "…" "…"`: the system and the public identifier.
    pub fn external_id(&mut self) -> Scanned<Option<(Option<String>, Option<String>)>> {
        let rest = &self.s[self.at..];
        let keyword = rest.get(..6).unwrap_or(rest);
        let public = match keyword {
            "SYSTEM" => None,
            "PUBLIC" => {
                self.at += 6;
                self.must_space()?;
                Some(self.public()?)
            }
            _ if !rest.is_empty() && ("SYSTEM".starts_with(keyword) || "PUBLIC".starts_with(keyword)) => {
                return Err(Stop::Partial);
            }
            _ => return Ok(None),
        };
        if public.is_none() {
            self.at += 6;
        }
        self.must_space()?;
        let (system, _) = self.literal()?;
        Ok(Some((Some(system.to_owned()), public)))
    }

    fn end(&mut self) -> Scanned<()> {
        self.space();
        match self.next()? {
            '>' => {
                self.at += 1;
                Ok(())
            }
            _ => self.syntax(),
        }
    }

    fn quantity(&mut self) -> Quantity {
        match () {
            () if self.takes('?') => Quantity::Optional,
            () if self.takes('*') => Quantity::Any,
            () if self.takes('+') => Quantity::Some,
            () => Quantity::One,
        }
    }

    /// The content of an element.
    fn model(&mut self, has_namespaces: bool) -> Scanned<Vec<Model>> {
        let plain = |kind| Model { kind, quantity: Quantity::One, name: None, parts: Vec::new() };
        if self.next()? != '(' {
            let start = self.at;
            self.mark = start;
            return match self.token()? {
                "EMPTY" => Ok(vec![plain(ModelKind::Empty)]),
                "ANY" => Ok(vec![plain(ModelKind::Any)]),
                _ => wrong(Code::Syntax, start),
            };
        }
        self.at += 1;
        self.space();
        if self.takes('#') {
            return self.mixed(has_namespaces);
        }
        // Groups that are open, innermost last, and whether their kind is settled.
        let mut models = vec![plain(ModelKind::Sequence)];
        let mut open = vec![(0, false)];
        while let Some(&(group, _)) = open.last() {
            self.space();
            if self.takes('(') {
                let part = models.len();
                models[group].parts.push(part);
                open.push((models.len(), false));
                models.push(plain(ModelKind::Sequence));
                continue;
            }
            let name = self.name(has_namespaces)?;
            let part = models.len();
            models[group].parts.push(part);
            let quantity = self.quantity();
            models.push(Model { kind: ModelKind::Name, quantity, name: Some(name), parts: Vec::new() });
            while let Some((group, is_settled)) = open.last_mut() {
                self.space();
                let kind = match self.next()? {
                    ')' => {
                        self.mark = self.at;
                        self.at += 1;
                        models[*group].quantity = self.quantity();
                        open.pop();
                        continue;
                    }
                    ',' => ModelKind::Sequence,
                    '|' => ModelKind::Choice,
                    _ => return self.syntax(),
                };
                if std::mem::replace(is_settled, true) && models[*group].kind != kind {
                    return self.syntax();
                }
                models[*group].kind = kind;
                self.at += 1;
                break;
            }
        }
        Ok(models)
    }

    fn mixed(&mut self, has_namespaces: bool) -> Scanned<Vec<Model>> {
        if self.token()? != "PCDATA" {
            return self.syntax();
        }
        let mut models = vec![Model { kind: ModelKind::Mixed, quantity: Quantity::One, name: None, parts: Vec::new() }];
        loop {
            self.space();
            self.mark = self.at;
            if self.takes(')') {
                let has_star = self.takes('*');
                if models.len() > 1 && !has_star {
                    return self.syntax();
                }
                if has_star {
                    models[0].quantity = Quantity::Any;
                }
                return Ok(models);
            }
            if !self.takes('|') {
                return self.syntax();
            }
            self.space();
            let name = Some(self.name(has_namespaces)?);
            let part = models.len();
            models[0].parts.push(part);
            models.push(Model { kind: ModelKind::Name, quantity: Quantity::One, name, parts: Vec::new() });
        }
    }

    /// The type of an attribute.
    fn attribute_kind(&mut self, has_namespaces: bool) -> Scanned<String> {
        let start = self.at;
        let mut kind = String::new();
        if self.next()? != '(' {
            let token = self.token()?;
            match token {
                "CDATA" | "ID" | "IDREF" | "IDREFS" | "ENTITY" | "ENTITIES" | "NMTOKEN" | "NMTOKENS" => {
                    return Ok(token.to_owned());
                }
                "NOTATION" => {
                    self.must_space()?;
                    kind.push_str("NOTATION");
                }
                _ => return wrong(Code::Syntax, start),
            }
        }
        if !self.takes('(') {
            return self.syntax();
        }
        kind.push('(');
        loop {
            self.space();
            match kind.starts_with('N') {
                true => kind.push_str(&self.name(has_namespaces)?),
                false => kind.push_str(self.token()?),
            }
            self.space();
            match self.next()? {
                '|' => kind.push('|'),
                ')' => {
                    self.at += 1;
                    kind.push(')');
                    return Ok(kind);
                }
                _ => return self.syntax(),
            }
            self.at += 1;
        }
    }
}

/// An event and where in the declaration it lies.
pub(crate) type Placed = (usize, Event);

impl Parser {
    /// What a whole declaration declares.
    pub(crate) fn declared(&mut self, s: &str, is_external: bool) -> Scanned<Vec<Placed>> {
        let mut declaration = Declaration::new(s, 2);
        let keyword = declaration.token()?;
        if !is_space(declaration.next()?) {
            return invalid(declaration.at);
        }
        match keyword {
            "ELEMENT" => self.element(&mut declaration),
            "ATTLIST" => self.attlist(&mut declaration),
            "ENTITY" => self.entity(&mut declaration, is_external),
            "NOTATION" => self.notation(&mut declaration),
            _ => wrong(Code::Syntax, 0),
        }
    }

    fn element(&mut self, declaration: &mut Declaration<'_>) -> Scanned<Vec<Placed>> {
        let has_namespaces = self.separator.is_some();
        declaration.must_space()?;
        let name = declaration.name(has_namespaces)?;
        declaration.must_space()?;
        let model = declaration.model(has_namespaces)?;
        let at = declaration.mark;
        declaration.end()?;
        Ok(vec![(at, Event::ElementDecl { name, model })])
    }

    fn attlist(&mut self, declaration: &mut Declaration<'_>) -> Scanned<Vec<Placed>> {
        let has_namespaces = self.separator.is_some();
        let mut events = Vec::new();
        declaration.must_space()?;
        let element = declaration.name(has_namespaces)?;
        loop {
            declaration.space();
            if declaration.next()? == '>' {
                return Ok(events);
            }
            let name = declaration.name(has_namespaces)?;
            declaration.must_space()?;
            let kind = declaration.attribute_kind(has_namespaces)?;
            declaration.space();
            let is_cdata = kind == "CDATA";
            let (default, is_required) = if declaration.takes('#') {
                let start = declaration.at - 1;
                declaration.mark = start;
                match declaration.token()? {
                    "REQUIRED" => (None, true),
                    "IMPLIED" => (None, false),
                    "FIXED" => {
                        declaration.must_space()?;
                        (Some(self.default_value(declaration, is_cdata)?), true)
                    }
                    _ => return wrong(Code::Syntax, start),
                }
            } else {
                (Some(self.default_value(declaration, is_cdata)?), false)
            };
            let mut dtd = self.dtd();
            let is_cut = dtd.is_cut;
            let known = dtd.elements.entry(element.clone()).or_default();
            if !is_cut && !known.by_name.contains_key(&name) {
                known.by_name.insert(name.clone(), known.all.len());
                known.all.push(Attribute { name: name.clone(), is_cdata, default: default.clone() });
            }
            drop(dtd);
            if !is_cut {
                events.push((
                    declaration.mark,
                    Event::AttlistDecl { element: element.clone(), name, kind, default, is_required },
                ));
            }
        }
    }

    fn default_value(&self, declaration: &mut Declaration<'_>, is_cdata: bool) -> Scanned<String> {
        let (text, start) = declaration.literal()?;
        if let Some(bad) = text.find('<') {
            return invalid(start + bad);
        }
        self.attribute_value(text, is_cdata).map_err(|stop| shifted(stop, start))
    }

    fn entity(&mut self, declaration: &mut Declaration<'_>, is_external: bool) -> Scanned<Vec<Placed>> {
        let has_namespaces = self.separator.is_some();
        declaration.must_space()?;
        let is_parameter = declaration.takes('%');
        if is_parameter {
            declaration.must_space()?;
        }
        let start = declaration.at;
        let name = declaration.name(false)?;
        if has_namespaces && let Some(colon) = name.find(':') {
            return invalid(start + colon);
        }
        declaration.must_space()?;
        let mut entity = Entity::default();
        match declaration.external_id()? {
            Some((system, public)) => {
                (entity.system, entity.public, entity.base) = (system, public, self.base.clone());
                let had_space = declaration.space();
                declaration.mark = declaration.at;
                if declaration.next()? != '>' {
                    if is_parameter || !had_space {
                        return declaration.syntax();
                    }
                    let start = declaration.at;
                    if declaration.token()? != "NDATA" {
                        return wrong(Code::Syntax, start);
                    }
                    declaration.must_space()?;
                    declaration.mark = declaration.at;
                    entity.notation = Some(declaration.name(has_namespaces)?);
                }
            }
            None => {
                let (text, start) = declaration.literal()?;
                entity.value = Some(self.entity_value(text, is_external).map_err(|stop| shifted(stop, start))?);
            }
        }
        let at = declaration.mark;
        declaration.end()?;
        let mut dtd = self.dtd();
        let is_cut = dtd.is_cut;
        let table = if is_parameter { &mut dtd.parameters } else { &mut dtd.entities };
        if is_cut || table.contains_key(&name) || (!is_parameter && scan::predefined(&name).is_some()) {
            return Ok(Vec::new());
        }
        table.insert(name.clone(), entity.clone());
        let Entity { value, base, system, public, notation, .. } = entity;
        Ok(vec![(at, Event::EntityDecl { name, is_parameter, value, base, system, public, notation })])
    }

    /// What stands for an entity: its literal with the references to characters replaced, and those to parameter entities.
    fn entity_value(&self, text: &str, is_external: bool) -> Scanned<String> {
        /// How many references may stand in what stands for references.
        const MOST: usize = 10_000;
        let mut text = text.to_owned();
        let (mut out, mut at, mut replaced) = (String::new(), 0, 0);
        let whole = |stop, at| match stop {
            Stop::Partial => Stop::Wrong(Code::InvalidToken, at),
            wrong => shifted(wrong, at),
        };
        while let Some(c) = text[at..].chars().next() {
            match c {
                '&' => {
                    let (reference, length) =
                        scan::reference(&text[at..], self.separator.is_some()).map_err(|stop| whole(stop, at))?;
                    match reference {
                        Reference::Char(number) => {
                            out.push(scan::character(number).ok_or(Stop::Wrong(Code::BadCharRef, at))?);
                        }
                        Reference::Entity(_) => out.push_str(&text[at..at + length]),
                    }
                    at += length;
                }
                '%' => {
                    let end = scan::name(&text, at + 1, self.separator.is_some()).map_err(|stop| whole(stop, at))?;
                    if !text[end..].starts_with(';') {
                        return invalid(end);
                    }
                    if !is_external {
                        return wrong(Code::ParamEntityRef, at);
                    }
                    let value = self.dtd().parameters.get(&text[at + 1..end]).map(|entity| entity.value.clone());
                    let value = value.flatten().unwrap_or_default();
                    replaced += 1;
                    if replaced > MOST {
                        return wrong(Code::RecursiveEntityRef, at);
                    }
                    self.spend(value.len())?;
                    text.replace_range(at..=end, &value);
                }
                '\r' => {
                    out.push('\n');
                    at += if text[at..].starts_with("\r\n") { 2 } else { 1 };
                }
                c => {
                    out.push(c);
                    at += c.len_utf8();
                }
            }
        }
        Ok(out)
    }

    fn notation(&mut self, declaration: &mut Declaration<'_>) -> Scanned<Vec<Placed>> {
        declaration.must_space()?;
        let name = declaration.name(self.separator.is_some())?;
        declaration.must_space()?;
        let start = declaration.at;
        let (system, public) = match declaration.external_id() {
            Ok(Some(found)) => found,
            Ok(None) => return declaration.syntax(),
            // A public identifier may stand alone.
            Err(Stop::Wrong(Code::Syntax | Code::InvalidToken, _)) if declaration.s[start..].starts_with("PUBLIC") => {
                declaration.at = start + 6;
                declaration.must_space()?;
                let public = declaration.public()?;
                declaration.space();
                declaration.mark = declaration.at;
                (None, Some(public))
            }
            Err(stop) => return Err(stop),
        };
        let at = declaration.mark;
        declaration.end()?;
        Ok(vec![(at, Event::NotationDecl { name, base: self.base.clone(), system, public })])
    }
}
