//! Places in source text, and the error that names one.
//!
//! Every place is a byte offset: two `u32` are all that a node or an instruction carries. Lines and columns are
//! worked out from the text only when something is shown to a person.

use std::ops::Range;

/// A stretch of source text: byte offsets, `end` exclusive, `start <= end`. Both lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` up to, not including, `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest stretch that holds both: from the start of `self` to the end of `last`.
    pub const fn to(self, last: Span) -> Self {
        Self { start: self.start, end: last.end }
    }

    /// The empty stretch where `self` begins.
    pub const fn at_start(self) -> Self {
        Self { start: self.start, end: self.start }
    }

    /// The same stretch as a range of indexes into the text.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as a person counts it. Lines are separated by `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// The line, from 1.
    pub line: u32,
    /// Bytes between the start of the line and the place.
    pub byte_column: u32,
    /// Characters (code points) between the start of the line and the place.
    pub char_column: u32,
}

/// Where each line of a text begins: turns byte offsets into lines and columns.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Offset of the first byte of every line, ascending; the first is 0 (or 3, past a byte order mark).
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds the lines of `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![if text.starts_with('\u{feff}') { 3 } else { 0 }];
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at as u32 + 1);
            }
        }
        Self { starts }
    }

    /// The line that holds the byte at `offset`, from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset).max(1) as u32
    }

    /// Line and columns of `offset` in `text`, the text this index was made from.
    pub fn location(&self, text: &str, offset: u32) -> Location {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1].min(offset);
        let before = text.get(start as usize..offset as usize).unwrap_or_default();
        Location { line, byte_column: before.len() as u32, char_column: before.chars().count() as u32 }
    }

    /// How many lines there are; a text that ends with a line break has an empty last one.
    pub fn line_count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The stretch of `line` (from 1) in `text`, without its line break; empty for a line that does not exist.
    pub fn line_span(&self, text: &str, line: u32) -> Span {
        let end_of_text = text.len() as u32;
        let index = (line as usize).wrapping_sub(1);
        let Some(&start) = self.starts.get(index) else {
            return Span::new(end_of_text, end_of_text);
        };
        let end = self.starts.get(index + 1).copied().unwrap_or(end_of_text);
        let content = text[start as usize..end as usize].trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len() as u32)
    }
}

/// The lines of a text, without their breaks, as they are counted everywhere.
pub fn lines(text: &str) -> Vec<&str> {
    let index = LineIndex::new(text);
    let line = |number| {
        let span = index.line_span(text, number);
        &text[span.start as usize..span.end as usize]
    };
    (1..=index.line_count()).map(line).collect()
}

/// Which exception class Python raises for a malformed text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// `SyntaxError`.
    Syntax,
    /// `IndentationError`.
    Indentation,
    /// `TabError`.
    Tab,
}

impl SyntaxErrorKind {
    /// The name of the exception class.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Syntax => "SyntaxError",
            Self::Indentation => "IndentationError",
            Self::Tab => "TabError",
        }
    }
}

/// When the place of a mistake is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carets {
    /// Always.
    Always,
    /// Only if the text is not that of a file: CPython then still has the last line.
    UnlessInFile,
    /// Never.
    Never,
    /// There is not even a line: what is wrong is not at one place.
    NoLine,
}

/// Why a text is not a program: what `SyntaxError` says in Python, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The exception class.
    pub kind: SyntaxErrorKind,
    /// The message, worded as CPython 3.14 does.
    pub message: String,
    /// What the carets mark; empty where CPython marks a single place.
    pub span: Span,
    /// When there are carets; if there are none, only the line of `span` counts.
    pub carets: Carets,
}

impl SyntaxError {
    /// A plain `SyntaxError` with `message` at `span`.
    pub fn new(message: impl Into<String>, span: Span) -> Self {
        Self { kind: SyntaxErrorKind::Syntax, message: message.into(), span, carets: Carets::Always }
    }

    /// An `IndentationError` with `message` at `span`.
    pub fn indentation(message: impl Into<String>, span: Span) -> Self {
        Self { kind: SyntaxErrorKind::Indentation, message: message.into(), span, carets: Carets::Always }
    }

    /// A `TabError` with `message` at `span`.
    pub fn tab(message: impl Into<String>, span: Span) -> Self {
        Self { kind: SyntaxErrorKind::Tab, message: message.into(), span, carets: Carets::Always }
    }
}

/// What CPython says in a SyntaxWarning: the text is a program, but hardly the one that was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxWarning {
    /// The message, worded as CPython 3.14 does.
    pub message: String,
    /// The code that it is about; it is shown with the line where this begins.
    pub span: Span,
}
