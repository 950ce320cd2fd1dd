//! What spans are places of: a text, or a tree that was made without one.

use crate::ast::Replacement;
use crate::code::Position;
use crate::parser::expression_text;
use crate::source::{LineIndex, Span};
use crate::unparse::Texts;

/// A line, from 1, and a column in bytes, from 0.
pub type Place = (u32, u32);

/// Where the nodes of a tree are that was made without a text. Every offset in it is used once, by the beginning or the end
/// of one node: nodes are told apart by their offsets, also where they stand at one place.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The place that each offset stands for.
    pub places: Vec<Place>,
    /// What the `text` spans of interpolations are of: their texts, one after the other.
    pub texts: String,
}

impl Listed {
    /// A span of its own for a node that stands from one place to another.
    pub fn span(&mut self, start: Place, end: Place) -> Span {
        let at = self.places.len() as u32;
        self.places.extend([start, end]);
        Span::new(at, at + 1)
    }

    /// Keeps the text of an interpolation.
    pub fn text(&mut self, text: &str) -> Span {
        let start = self.texts.len() as u32;
        self.texts.push_str(text);
        Span::new(start, self.texts.len() as u32)
    }

    /// The place that an offset stands for; the first of all if no node has that offset.
    pub fn place(&self, offset: u32) -> Place {
        self.places.get(offset as usize).copied().unwrap_or((1, 0))
    }
}

/// What the spans of the tree that is compiled are places of.
pub(crate) enum Places<'a> {
    /// A text.
    Text(&'a str, LineIndex),
    /// A list of places.
    Listed(&'a Listed),
}

impl<'a> Places<'a> {
    pub fn of_text(source: &'a str) -> Self {
        Places::Text(source, LineIndex::new(source))
    }

    /// The line of an offset.
    pub fn line(&self, offset: u32) -> u32 {
        match self {
            Places::Text(_, lines) => lines.line(offset),
            Places::Listed(listed) => listed.place(offset).0,
        }
    }

    /// Line and columns of a span.
    pub fn position(&self, span: Span) -> Position {
        let ((line, column), (end_line, end_column)) = (self.place(span.start), self.place(span.end));
        Position { line, end_line, column, end_column }
    }

    fn place(&self, offset: u32) -> Place {
        match self {
            Places::Text(source, lines) => {
                let line = lines.line(offset);
                (line, offset.saturating_sub(lines.line_span(source, line).start))
            }
            Places::Listed(listed) => listed.place(offset),
        }
    }
}

impl Texts for Places<'_> {
    fn interpolation(&self, replacement: &Replacement) -> String {
        let of = |text: &str| text.get(replacement.text.range()).unwrap_or_default().to_owned();
        match self {
            Places::Text(source, _) => expression_text(&of(source)),
            Places::Listed(listed) => of(&listed.texts),
        }
    }

    fn is_unicode(&self, span: Span) -> bool {
        match self {
            Places::Text(source, _) => source.get(span.range()).is_some_and(|text| text.starts_with(['u', 'U'])),
            Places::Listed(_) => false,
        }
    }
}
