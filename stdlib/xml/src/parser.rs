//! The parser: what has come, where it stands in it, and what it is in the middle of.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::chars::{is_name_start, is_space};
use crate::decode::Encoding;
use crate::dtd::Dtd;
use crate::error::{Code, Failure, Scanned, Stop, invalid, wrong};
use crate::events::Event;
use crate::namespaces::Namespaces;
use crate::scan;

/// Where something stands in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub byte: u64,
    /// Its line, from 1.
    pub line: u64,
    /// Characters before it in its line.
    pub column: u64,
    after_return: bool,
}

impl Place {
    fn advance(&mut self, text: &str, encoding: &Encoding) {
        for c in text.chars() {
            self.byte += encoding.size(c) as u64;
            match c {
                '\n' if self.after_return => self.column = 0,
                '\n' | '\r' => (self.line, self.column) = (self.line + 1, 0),
                _ => self.column += 1,
            }
            self.after_return = c == '\r';
        }
    }
}

/// What there is next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// An event.
    Event(Event),
    /// Nothing before more is fed.
    NeedInput,
    /// Nothing any more.
    Done,
    /// The text names an encoding that the parser does not know: see [`Parser::set_encoding`].
    UnknownEncoding(String),
}

/// What kind of external entity a parser reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExternalKind {
    /// One that content refers to.
    General,
    /// One of a document type.
    Parameter,
}

/// What a parser is in the middle of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Start,
    Prolog,
    Subset,
    AfterSubset,
    Content,
    Cdata,
    Epilog,
}

/// An internal entity that is being read.
pub(crate) struct Open {
    pub name: String,
    pub text: Arc<str>,
    pub at: usize,
    /// How many elements were open when it began.
    pub depth: usize,
    pub is_parameter: bool,
}

/// An element that is open.
pub(crate) struct Tag {
    pub raw: String,
    pub name: String,
    /// The prefixes that it declares.
    pub prefixes: Vec<Option<String>>,
}

/// An event that nobody has asked for yet, as it stands in the text, and where it lies if not where its token begins.
struct Pending {
    event: Event,
    raw: String,
    place: Option<Place>,
}

/// What one step did.
pub(crate) enum Go {
    On,
    End,
}

/// How many bytes a family of parsers was fed, and how many came of entities.
struct Budget {
    direct: AtomicU64,
    indirect: AtomicU64,
    /// Up to how many nobody counts.
    threshold: AtomicU64,
    /// How many times what was fed they may be: the bits of a float.
    factor: AtomicU64,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            direct: AtomicU64::new(0),
            indirect: AtomicU64::new(0),
            threshold: AtomicU64::new(8 << 20),
            factor: AtomicU64::new(100_f64.to_bits()),
        }
    }
}

/// Reads a text.
pub struct Parser {
    /// Between the parts of names, if name spaces are looked at.
    pub(crate) separator: Option<char>,
    /// Whether expanded names tell their prefixes.
    pub reports_prefixes: bool,
    /// Whether what stands for an internal entity is read in its place.
    pub expands: bool,
    /// Whether parameter entities are read: 0 never, 1 unless the document is standalone, 2 always.
    pub parameter_parsing: i32,
    /// Whether a document without an external subset gets one.
    pub has_foreign_dtd: bool,
    /// Whether a token that has not come whole is looked at again only when twice as much is there.
    pub defers: bool,
    /// What relative addresses are relative to.
    pub base: Option<String>,
    pub(crate) external: Option<ExternalKind>,
    named: Option<String>,
    encoding: Encoding,
    has_detected: bool,
    bytes: Vec<u8>,
    pub(crate) text: String,
    pub(crate) at: usize,
    place: Place,
    token_place: Place,
    token_at: usize,
    is_last: bool,
    deferred: usize,
    pub(crate) opens: Vec<Open>,
    pub(crate) phase: Phase,
    pub(crate) tags: Vec<Tag>,
    pending: VecDeque<Pending>,
    raw: String,
    pub(crate) dtd: Arc<Mutex<Dtd>>,
    pub(crate) namespaces: Namespaces,
    pub(crate) doctype: Option<(String, Option<String>, Option<String>)>,
    pub(crate) awaits_external: bool,
    pub(crate) includes: usize,
    failure: Option<Failure>,
    budget: Arc<Budget>,
    has_begun: bool,
}

impl Parser {
    /// A parser of documents. `encoding` overrides what they say of themselves.
    pub fn new(encoding: Option<String>, separator: Option<char>) -> Parser {
        let place = Place { byte: 0, line: 1, column: 0, after_return: false };
        Parser {
            separator,
            reports_prefixes: false,
            expands: true,
            parameter_parsing: 0,
            has_foreign_dtd: false,
            defers: true,
            base: None,
            external: None,
            named: encoding,
            encoding: Encoding::Utf8,
            has_detected: false,
            bytes: Vec::new(),
            text: String::new(),
            at: 0,
            place,
            token_place: place,
            token_at: 0,
            is_last: false,
            deferred: 0,
            opens: Vec::new(),
            phase: Phase::Start,
            tags: Vec::new(),
            pending: VecDeque::new(),
            raw: String::new(),
            dtd: Arc::default(),
            namespaces: Namespaces::default(),
            doctype: None,
            awaits_external: false,
            includes: 0,
            failure: None,
            budget: Arc::default(),
            has_begun: false,
        }
    }

    /// A parser of an entity that this one refers to, in the context that the event gave.
    pub fn external(&self, context: Option<&str>, encoding: Option<String>) -> Parser {
        let mut child = Parser::new(encoding, self.separator);
        child.reports_prefixes = self.reports_prefixes;
        child.expands = self.expands;
        child.parameter_parsing = self.parameter_parsing;
        child.defers = self.defers;
        child.base = self.base.clone();
        child.budget = self.budget.clone();
        match context {
            None => {
                child.external = Some(ExternalKind::Parameter);
                child.dtd = self.dtd.clone();
            }
            Some(context) => {
                child.external = Some(ExternalKind::General);
                let mut dtd = self.dtd().clone();
                dtd.entities.values_mut().for_each(|entity| entity.is_open = false);
                for part in context.split('\u{c}').filter(|part| !part.is_empty()) {
                    match part.split_once('=') {
                        Some((prefix, uri)) => {
                            let prefix = (!prefix.is_empty()).then(|| prefix.to_owned());
                            child.namespaces.push(prefix, Some(uri.to_owned()));
                        }
                        None => {
                            if let Some(entity) = dtd.entities.get_mut(part) {
                                entity.is_open = true;
                            }
                        }
                    }
                }
                child.dtd = Arc::new(Mutex::new(dtd));
            }
        }
        child
    }

    /// Adds what has come.
    pub fn feed(&mut self, bytes: &[u8], is_last: bool) {
        self.text.drain(..self.at);
        self.token_at = self.token_at.saturating_sub(self.at);
        self.at = 0;
        self.bytes.extend_from_slice(bytes);
        self.budget.direct.fetch_add(bytes.len() as u64, Relaxed);
        self.is_last = is_last;
        self.has_begun |= !bytes.is_empty() || is_last;
    }

    /// Whether it reads an external entity.
    pub fn is_external(&self) -> bool {
        self.external.is_some()
    }

    /// Sets from how many bytes on those that come of entities are watched.
    pub fn set_threshold(&self, bytes: u64) {
        self.budget.threshold.store(bytes, Relaxed);
    }

    /// Sets how many times what was fed the text may become by entities.
    pub fn set_factor(&self, factor: f64) {
        self.budget.factor.store(factor.to_bits(), Relaxed);
    }

    /// Whether anything was fed.
    pub fn has_begun(&self) -> bool {
        self.has_begun
    }

    /// Names the encoding, before anything was fed.
    pub fn set_named_encoding(&mut self, name: Option<String>) {
        self.named = name;
    }

    /// Goes on with an encoding that was asked for.
    pub fn set_encoding(&mut self, encoding: Encoding) {
        self.encoding = encoding;
        self.has_detected = true;
    }

    /// Ends with an error at the last event.
    pub fn fail(&mut self, code: Code) -> Failure {
        let failure = Failure { code, place: self.token_place };
        self.failure = Some(failure);
        self.pending.clear();
        failure
    }

    /// Where the last event begins.
    pub fn token_place(&self) -> Place {
        self.token_place
    }

    /// The last event as it stands in the text.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The text from the last event on, as far as it has come.
    pub fn context(&self) -> &str {
        self.text.get(self.token_at..).unwrap_or_default()
    }

    /// The next event.
    ///
    /// # Errors
    /// What is wrong with the text; from then on the same again.
    pub fn next_event(&mut self) -> Result<Step, Failure> {
        loop {
            if let Some(Pending { event, raw, place }) = self.pending.pop_front() {
                self.raw = raw;
                if let Some(place) = place.filter(|_| self.opens.is_empty()) {
                    self.token_place = place;
                }
                return Ok(Step::Event(event));
            }
            if let Some(failure) = self.failure {
                return Err(failure);
            }
            if let Some(step) = self.decode()? {
                return Ok(step);
            }
            let left = self.text.len() - self.at;
            if self.defers && !self.is_last && self.deferred > 0 && left < 2 * self.deferred {
                return Ok(Step::NeedInput);
            }
            if self.opens.is_empty() {
                (self.token_place, self.token_at) = (self.place, self.at);
            }
            match self.step() {
                Ok(Go::On) => self.deferred = 0,
                Ok(Go::End) if self.is_last => return Ok(Step::Done),
                Ok(Go::End) => return Ok(Step::NeedInput),
                Err(Stop::Partial) if self.opens.is_empty() && !self.is_last => {
                    self.deferred = left;
                    return Ok(Step::NeedInput);
                }
                Err(Stop::Partial) => {
                    let code = match self.bytes.is_empty() || !self.opens.is_empty() {
                        true => Code::UnclosedToken,
                        false => Code::PartialChar,
                    };
                    return Err(self.fail(code));
                }
                Err(Stop::Wrong(code, at)) => {
                    if self.opens.is_empty() {
                        let bad = self.rest().get(..at).unwrap_or_default();
                        let mut place = self.token_place;
                        place.advance(bad, &self.encoding);
                        (self.token_place, self.token_at) = (place, self.at + at);
                    }
                    return Err(self.fail(code));
                }
            }
        }
    }

    /// Decodes what has come, as far as the encoding is known.
    fn decode(&mut self) -> Result<Option<Step>, Failure> {
        if self.has_detected {
            let used = self.encoding.decode(&self.bytes, &mut self.text);
            self.bytes.drain(..used);
            return Ok(None);
        }
        if self.bytes.len() < 4 && !self.is_last {
            return Ok(Some(Step::NeedInput));
        }
        let (shown, mark) = match &*self.bytes {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16Le, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16Be, 2),
            [0, b'<', ..] => (Encoding::Utf16Be, 0),
            [b'<', 0, ..] => (Encoding::Utf16Le, 0),
            _ => (Encoding::Utf8, 0),
        };
        if let Some(name) = self.named.clone() {
            match Encoding::named(&name, &shown) {
                Some(encoding) => self.encoding = encoding,
                None => return Ok(Some(Step::UnknownEncoding(name))),
            }
            if matches!(self.encoding, Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be) && shown == self.encoding
            {
                self.skip_mark(mark);
            }
            self.has_detected = true;
            return self.decode();
        }
        self.encoding = shown;
        self.skip_mark(mark);
        if self.encoding == Encoding::Utf8 && self.may_declare() {
            // The declaration is ASCII; what follows is decoded when it is known how.
            let end = self.bytes.windows(2).position(|pair| pair == b"?>").map(|at| at + 2);
            match end {
                Some(end) => {
                    let used = self.encoding.decode(&self.bytes[..end], &mut self.text);
                    self.bytes.drain(..used);
                }
                None if !self.is_last => return Ok(Some(Step::NeedInput)),
                None => {
                    self.has_detected = true;
                    return self.decode();
                }
            }
            return Ok(None);
        }
        self.has_detected = true;
        self.decode()
    }

    fn skip_mark(&mut self, mark: usize) {
        self.bytes.drain(..mark);
        self.place.byte += mark as u64;
        self.place.column += u64::from(mark > 0);
    }

    /// Whether the bytes may begin with a declaration of the encoding.
    fn may_declare(&self) -> bool {
        let start = b"<?xml";
        self.text.is_empty()
            && self.at == 0
            && self.phase == Phase::Start
            && (self.bytes.starts_with(start) || start.starts_with(&self.bytes))
    }

    /// What is left of what is being read.
    pub(crate) fn rest(&self) -> &str {
        match self.opens.last() {
            Some(open) => &open.text[open.at..],
            None => &self.text[self.at..],
        }
    }

    /// Whether nothing follows what is left.
    pub(crate) fn is_last_here(&self) -> bool {
        !self.opens.is_empty() || (self.is_last && self.bytes.is_empty())
    }

    /// Whether the whole text has come, apart from entities.
    pub(crate) fn has_ended(&self) -> bool {
        self.is_last && self.opens.is_empty() && self.at == self.text.len()
    }

    /// Whether bytes are left that are no whole character.
    pub(crate) fn has_cut_character(&self) -> bool {
        !self.bytes.is_empty()
    }

    /// Goes past so many bytes.
    pub(crate) fn consume(&mut self, length: usize) {
        match self.opens.last_mut() {
            Some(open) => open.at += length,
            None => {
                let end = self.at + length;
                self.place.advance(&self.text[self.at..end], &self.encoding);
                self.at = end;
            }
        }
    }

    /// Goes past an event.
    pub(crate) fn emit(&mut self, length: usize, event: Event) {
        let raw = self.rest()[..length].to_owned();
        self.consume(length);
        self.pending.push_back(Pending { event, raw, place: None });
    }

    /// The place at an offset of what is left.
    pub(crate) fn place_at(&self, offset: usize) -> Place {
        let mut place = self.place;
        place.advance(self.rest().get(..offset).unwrap_or_default(), &self.encoding);
        place
    }

    /// An event that lies at a place within its token.
    pub(crate) fn emit_at(&mut self, raw: String, place: Place, event: Event) {
        self.pending.push_back(Pending { event, raw, place: Some(place) });
    }

    /// An event that nothing in the text stands for by itself.
    pub(crate) fn emit_with(&mut self, raw: String, event: Event) {
        self.pending.push_back(Pending { event, raw, place: None });
    }

    pub(crate) fn dtd(&self) -> MutexGuard<'_, Dtd> {
        self.dtd.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes so many bytes that come of an entity.
    pub(crate) fn spend(&self, bytes: usize) -> Scanned<()> {
        let indirect = self.budget.indirect.fetch_add(bytes as u64, Relaxed) + bytes as u64;
        let direct = self.budget.direct.load(Relaxed).max(1);
        let all = direct + indirect;
        let factor = f64::from_bits(self.budget.factor.load(Relaxed));
        if all >= self.budget.threshold.load(Relaxed) && all as f64 / direct as f64 > factor {
            return wrong(Code::AmplificationLimitBreach, 0);
        }
        Ok(())
    }

    fn step(&mut self) -> Scanned<Go> {
        match self.phase {
            Phase::Start => self.start(),
            Phase::Prolog | Phase::AfterSubset => self.prolog(),
            Phase::Subset => self.subset(),
            Phase::Content => self.content(),
            Phase::Cdata => self.cdata(),
            Phase::Epilog => self.epilog(),
        }
    }

    /// The declaration of version and encoding, if there is one.
    fn start(&mut self) -> Scanned<Go> {
        let next = match self.external {
            None => Phase::Prolog,
            Some(ExternalKind::General) => Phase::Content,
            Some(ExternalKind::Parameter) => {
                self.dtd().was_read = true;
                Phase::Subset
            }
        };
        let s = self.rest();
        let start = "<?xml";
        if !s.starts_with(start) || s[start.len()..].starts_with(|c: char| !is_space(c) && c != '?') {
            if start.starts_with(s) && !self.is_last_here() {
                return Err(Stop::Partial);
            }
            self.has_detected = true;
            self.phase = next;
            return Ok(Go::On);
        }
        let (_, data, end) = scan::instruction(s, false)?;
        let is_text = self.external.is_some();
        let parsed = declaration(&s[data..end - 2], is_text);
        let bad = if is_text { Code::TextDecl } else { Code::XmlDecl };
        let (version, encoding, standalone) = match parsed {
            Ok(parsed) => parsed,
            Err(at) => return wrong(bad, data + at),
        };
        if standalone == 1 {
            self.dtd().is_standalone = true;
            if self.parameter_parsing == 1 {
                self.parameter_parsing = 0;
            }
        }
        if self.named.is_none()
            && let Some(name) = &encoding
        {
            match Encoding::named(name, &self.encoding) {
                Some(known) if known.unit() != self.encoding.unit() => return wrong(Code::IncorrectEncoding, 0),
                Some(known) => self.encoding = known,
                None => {
                    // Asked for once, before the event.
                    if !self.has_detected {
                        self.named = None;
                        self.phase = next;
                        self.emit(end, Event::XmlDecl { version, encoding: encoding.clone(), standalone });
                        self.bytes_wait(encoding.unwrap_or_default());
                        return Ok(Go::On);
                    }
                }
            }
        }
        self.has_detected = true;
        self.phase = next;
        self.emit(end, Event::XmlDecl { version, encoding, standalone });
        Ok(Go::On)
    }

    /// Asks for the encoding before anything else is decoded.
    fn bytes_wait(&mut self, name: String) {
        self.named = Some(name);
        self.has_detected = false;
    }

    /// Space, comments and instructions, which may stand between declarations and around the root; `None` if something else follows.
    pub(crate) fn between(&mut self) -> Scanned<Option<Go>> {
        let end = scan::space(self.rest(), 0);
        if end > 0 {
            self.emit(end, Event::Other);
            return Ok(Some(Go::On));
        }
        self.miscellany()
    }

    /// Comments and instructions, which may stand anywhere; `None` if the markup is something else.
    pub(crate) fn miscellany(&mut self) -> Scanned<Option<Go>> {
        let s = self.rest();
        if s.starts_with("<!--") {
            let end = scan::comment(s)?;
            let event = Event::Comment(scan::normalised(&s[4..end - 3]));
            self.emit(end, event);
            return Ok(Some(Go::On));
        }
        if s.starts_with("<?") {
            let (target, data, end) = scan::instruction(s, self.separator.is_some())?;
            if &s[2..target] == "xml" {
                return wrong(Code::MisplacedXmlPi, 0);
            }
            let data = if data + 2 > end { "" } else { &s[data..end - 2] };
            let event = Event::Instruction { target: s[2..target].to_owned(), data: scan::normalised(data) };
            self.emit(end, event);
            return Ok(Some(Go::On));
        }
        Ok(None)
    }

    /// What follows the root.
    fn epilog(&mut self) -> Scanned<Go> {
        let s = self.rest();
        if s.is_empty() {
            if self.is_last && self.has_cut_character() {
                return wrong(Code::PartialChar, 0);
            }
            return Ok(Go::End);
        }
        if let Some(go) = self.between()? {
            return Ok(go);
        }
        let s = self.rest();
        if s == "<" || s == "<!" || s == "<!-" {
            return Err(Stop::Partial);
        }
        crate::doctype::check_known(s)?;
        if s.starts_with('<') && !s[1..].starts_with(|c| c == '!' || is_name_start(c)) {
            return invalid(1);
        }
        wrong(Code::JunkAfterDocElement, 0)
    }
}

type Declared = (Option<String>, Option<String>, i32);

/// What `version="…" encoding="…" standalone="…"` says; where it is wrong.
fn declaration(s: &str, is_text: bool) -> Result<Declared, usize> {
    let (mut version, mut encoding, mut standalone) = (None, None, -1);
    let mut at = 0;
    let mut stage = 0;
    loop {
        let start = scan::space(s, at);
        if start == s.len() {
            break;
        }
        if start == at && at > 0 {
            return Err(start);
        }
        let rest = &s[start..];
        let end = rest.find(|c: char| !c.is_ascii_lowercase()).ok_or(start)?;
        let equals = scan::space(s, start + end);
        if !s[equals..].starts_with('=') {
            return Err(equals);
        }
        let open = scan::space(s, equals + 1);
        let quote = s[open..].chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or(open)?;
        let close = open + 1 + s[open + 1..].find(quote).ok_or(open)?;
        let value = &s[open + 1..close];
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-:".contains(c);
        if let Some(bad) = value.find(|c: char| !is_plain(c)) {
            return Err(open + 1 + bad);
        }
        match &rest[..end] {
            "version" if stage == 0 => (version, stage) = (Some(value.to_owned()), 1),
            "encoding" if stage == 1 || (is_text && stage == 0) => {
                if !value.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    return Err(open + 1);
                }
                (encoding, stage) = (Some(value.to_owned()), 2);
            }
            "standalone" if !is_text && (stage == 1 || stage == 2) => {
                stage = 3;
                standalone = match value {
                    "yes" => 1,
                    "no" => 0,
                    _ => return Err(open + 1),
                };
            }
            _ => return Err(start),
        }
        at = close + 1;
    }
    if (!is_text && version.is_none()) || (is_text && encoding.is_none()) {
        return Err(s.len());
    }
    Ok((version, encoding, standalone))
}

/// The character that cannot stand where markup was expected.
pub(crate) fn no_markup(s: &str) -> Scanned<Go> {
    match s.len() {
        0 | 1 => Err(Stop::Partial),
        _ => invalid(1),
    }
}
