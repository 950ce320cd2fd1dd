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
        // Where errors place these tokens: at the last character of the indentation, if there is one.
        let last = self.at().max(line_start + 1) as u32 - 1;
        let here = Span::new(last, last);
        let current = self.indentation.current();
        if columns.wide > current.wide {
            if self.indentation.levels.len() + 1 >= MAX_LEVELS {
                let start = Span::new(line_start as u32, line_start as u32);
                return Err(self.weak(SyntaxError::indentation("too many levels of indentation", start)));
            }
            if columns.narrow <= current.narrow {
                return Err(self.inconsistent(line_start));
            }
            self.indentation.levels.push(columns);
            self.push(TokenKind::Indent, here);
            return Ok(false);
        }
        let levels = &mut self.indentation.levels;
        let kept = levels.iter().take_while(|level| level.wide <= columns.wide).count();
        let dedents = levels.len() - kept;
        levels.truncate(kept);
        let current = self.indentation.current();
        if columns.wide != current.wide {
            let rest = self.scan.remainder();
            let end = (self.at() + rest.find(['\n', '\r']).unwrap_or(rest.len())) as u32;
            let message = "unindent does not match any outer indentation level";
            return Err(self.weak(SyntaxError::indentation(message, Span::new(end, end))));
        }
        if columns.narrow != current.narrow {
            return Err(self.inconsistent(line_start));
        }
        for _ in 0..dedents {
            self.push(TokenKind::Dedent, here);
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
                    let line_break = if rest[at + 1..].starts_with(b"\r\n") { 2 } else { 1 };
                    if at + 1 + line_break == rest.len() {
                        break;
                    }
                    joined = joined.or((columns.wide > 0).then_some(columns));
                    at += line_break;
                }
                _ => break,
            }
            at += 1;
        }
        Ok((joined.unwrap_or(columns), at))
    }

    fn inconsistent(&mut self, line_start: usize) -> SyntaxError {
        let start = Span::new(line_start as u32, line_start as u32);
        self.weak(SyntaxError::tab("inconsistent use of tabs and spaces in indentation", start))
    }
}
