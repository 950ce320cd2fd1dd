//! Name spaces: what prefixes stand for.

use std::collections::HashMap;

use crate::error::{Code, Scanned, wrong};
use crate::parser::Parser;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// What each prefix stands for, the innermost declaration last.
#[derive(Default)]
pub(crate) struct Namespaces(HashMap<Option<String>, Vec<Option<String>>>);

impl Namespaces {
    pub fn push(&mut self, prefix: Option<String>, uri: Option<String>) {
        self.0.entry(prefix).or_default().push(uri);
    }

    pub fn pop(&mut self, prefix: &Option<String>) {
        if let Some(uris) = self.0.get_mut(prefix) {
            uris.pop();
        }
    }

    fn uri(&self, prefix: Option<&str>) -> Option<&str> {
        if prefix == Some("xml") {
            return Some(XML);
        }
        self.0.get(&prefix.map(str::to_owned))?.last()?.as_deref()
    }

    /// What is known, as the context of an external entity says it.
    pub fn context(&self) -> Vec<String> {
        let mut known: Vec<String> = self
            .0
            .iter()
            .filter_map(|(prefix, uris)| {
                let uri = uris.last()?.as_deref()?;
                Some(format!("{}={uri}", prefix.as_deref().unwrap_or_default()))
            })
            .collect();
        known.sort();
        if !known.iter().any(|part| part.starts_with("xml=")) {
            known.push(format!("xml={XML}"));
        }
        known
    }
}

/// Checks a declaration of a prefix.
pub(crate) fn check(prefix: Option<&str>, uri: &str) -> Scanned<()> {
    if uri.is_empty() && prefix.is_some() {
        return wrong(Code::UndeclaringPrefix, 0);
    }
    match prefix {
        Some("xmlns") => wrong(Code::ReservedPrefixXmlns, 0),
        Some("xml") if uri != XML => wrong(Code::ReservedPrefixXml, 0),
        Some("xml") => Ok(()),
        _ if uri == XML || uri == XMLNS => wrong(Code::ReservedNamespaceUri, 0),
        _ => Ok(()),
    }
}

impl Parser {
    /// A name with what its prefix stands for. The names of attributes without a prefix are in no name space.
    pub(crate) fn expanded(&self, name: &str, is_attribute: bool) -> Scanned<String> {
        let Some(separator) = self.separator else { return Ok(name.to_owned()) };
        let (prefix, local) = match name.split_once(':') {
            Some((prefix, local)) => (Some(prefix), local),
            None if is_attribute => return Ok(name.to_owned()),
            None => (None, name),
        };
        let mut full = match (self.namespaces.uri(prefix), prefix) {
            (Some(uri), _) => uri.to_owned(),
            (None, None) => return Ok(name.to_owned()),
            (None, Some(_)) => return wrong(Code::UnboundPrefix, 0),
        };
        let mut add = |part: &str| {
            if separator != '\0' {
                full.push(separator);
            }
            full.push_str(part);
        };
        add(local);
        if self.reports_prefixes
            && let Some(prefix) = prefix
        {
            add(prefix);
        }
        Ok(full)
    }
}
