//! Indentation: how a line's leading space becomes `Indent` and `Dedent` tokens.
//!
//! Each level is measured twice, with tabs to multiples of 8 and with tabs of 1. A text whose structure the two
//! measures see differently depends on the width of tabs, and is an error.

use super::{Lexer, TokenKind};
use crate::source::{Span, SyntaxError};

/// How many levels there may be; the limit of CPython's lexer.
const MAX_LEVELS: usize = 100;

/// The two measures of an indentation.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Columns {
    /// With tabs to multiples of 8.
    wide: u32,
    /// With tabs of 1.
    narrow: u32,
}

/// The levels that are open, outermost first, without the outermost of all, which is 0.
#[derive(Default)]
pub(super) struct Indentation {
    levels: Vec<Columns>,
}

impl Indentation {
    fn current(&self) -> Columns {
        self.levels.last().copied().unwrap_or_default()
    }

    /// Ends all levels; how many there were.
    pub fn close_all(&mut self) -> usize {
        let open = self.levels.len();
        self.levels.clear();
        open
    }
}

impl Lexer<'_> {
    /// Reads a line's leading space and yields the indents and dedents it causes. Says whether the line is blank: empty but
    /// for space and a comment, so that it means nothing.
    pub(super) fn begin_line(&mut self) -> Result<bool, SyntaxError> {
        let line_start = self.at();
        let (columns, length) = self.measure()?;
        self.scan.bump(length);
        let rest = self.scan.remainder();
        if rest.is_empty() || rest.starts_with(['#', '\n', '\r']) {
            return Ok(true);
        }
        let here = Span::new(self.at() as u32, self.at() as u32);
        let current = self.indentation.current();
        if columns.wide > current.wide {
            if self.indentation.levels.len() + 1 >= MAX_LEVELS {
                return Err(SyntaxError::indentation("too many levels of indentation", self.rest_of_line(line_start)));
            }
            if columns.narrow <= current.narrow {
                return Err(self.inconsistent(line_start));
            }
            self.indentation.levels.push(columns);
            self.push(TokenKind::Indent, here);
            return Ok(false);
        }
        while columns.wide < self.indentation.current().wide {
            self.indentation.levels.pop();
            self.push(TokenKind::Dedent, here);
        }
        let current = self.indentation.current();
        if columns.wide != current.wide {
            return Err(SyntaxError::indentation(
                "unindent does not match any outer indentation level",
                self.rest_of_line(line_start),
            ));
        }
        if columns.narrow != current.narrow {
            return Err(self.inconsistent(line_start));
        }
        Ok(false)
    }

    /// Measures the space at the current place: its columns, and its length in bytes. A line that a backslash joins to
    /// the next has the indentation of the backslash.
    fn measure(&self) -> Result<(Columns, usize), SyntaxError> {
        let rest = self.scan.remainder().as_bytes();
        let mut columns = Columns::default();
        let mut joined: Option<Columns> = None;
        let mut at = 0;
        while let Some(&byte) = rest.get(at) {
            match byte {
                b' ' => columns = Columns { wide: columns.wide + 1, narrow: columns.narrow + 1 },
                b'\t' => columns = Columns { wide: (columns.wide / 8 + 1) * 8, narrow: columns.narrow + 1 },
                b'\x0c' => columns = Columns::default(),
                b'\\' if matches!(rest.get(at + 1), Some(b'\n' | b'\r')) => {
                    joined = joined.or((columns.wide > 0).then_some(columns));
                    at += usize::from(rest[at + 1..].starts_with(b"\r\n"));
                    at += 1;
                }
                _ => break,
            }
            at += 1;
        }
        Ok((joined.unwrap_or(columns), at))
    }

    fn inconsistent(&self, line_start: usize) -> SyntaxError {
        SyntaxError::tab("inconsistent use of tabs and spaces in indentation", self.rest_of_line(line_start))
    }

    /// The end of the line that begins at `line_start`, where CPython places errors of indentation.
    fn rest_of_line(&self, line_start: usize) -> Span {
        let rest = &self.source[line_start..];
        let end = (line_start + rest.find(['\n', '\r']).unwrap_or(rest.len())) as u32;
        Span::new(end, end)
    }
}
