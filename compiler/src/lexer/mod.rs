//! Source text to tokens.
//!
//! All tokens are found before parsing begins. CPython finds them on demand, but after an error of its parser reads on to
//! the end, and reports most errors of its lexer rather than that; so nothing is lost by being eager, and the parser may
//! look back and ahead freely. A text that cannot be read to its end yields what could be read, a
//! [`TokenKind::Broken`] token, and the error.
//!
//! The generated automaton finds the tokens; around it stand the parts that no regular language describes:
//! indentation, brackets, and strings, each in its file.

mod escapes;
mod indentation;
mod listing;
mod number;
mod string;
mod token;

pub use escapes::doubtful_escapes;
pub use listing::{ListedToken, Manner, list_tokens};
pub(crate) use token::{Token, TokenKind};

use crate::source::{Carets, LineIndex, Span, SyntaxError};
use indentation::Indentation;
use logos::Logos;
use string::FString;

/// How many brackets may be open at once; the limit of CPython's lexer.
const MAX_BRACKETS: usize = 200;

/// The tokens of a text.
pub(crate) struct Tokens {
    /// The tokens; the last is [`TokenKind::End`] or [`TokenKind::Broken`], and no other is.
    pub tokens: Vec<Token>,
    /// Why the last is `Broken`.
    pub error: Option<SyntaxError>,
    /// Whether that error counts even if the parser finds one before it.
    pub overrides: bool,
    /// Whether the text ends in the middle of a statement, with a bracket open or after a backslash.
    pub is_cut_short: bool,
    /// The error for the innermost bracket that is open at the end. It counts too if the parser finds one on a later line.
    pub unclosed: Option<SyntaxError>,
}

/// Splits `source` into tokens.
pub(crate) fn tokenize(source: &str) -> Tokens {
    tokenize_for(source, Reader::Parser)
}

/// Splits `source` into the tokens that this reader wants.
fn tokenize_for(source: &str, reader: Reader) -> Tokens {
    let mut lexer = Lexer {
        source,
        reader,
        scan: TokenKind::lexer(source),
        tokens: Vec::with_capacity(source.len() / 4 + 4),
        indentation: Indentation::default(),
        brackets: Vec::new(),
        fstrings: Vec::new(),
        overrides: true,
        is_cut_short: false,
    };
    let result = lexer.run();
    let never_closed = lexer.brackets.last().map(|bracket| {
        let open = &source[bracket.span.range()];
        SyntaxError::new(format!("'{open}' was never closed"), bracket.span.at_start())
    });
    let in_fstring = !lexer.fstrings.is_empty();
    let overrides = result.is_err() && lexer.overrides && !in_fstring;
    let unclosed = never_closed.clone().filter(|_| !in_fstring);
    let is_cut_short = lexer.is_cut_short || (result.is_ok() && never_closed.is_some());
    let error = result.err().or(never_closed);
    let kind = if error.is_some() { TokenKind::Broken } else { TokenKind::End };
    lexer.push(kind, lexer.end());
    Tokens { tokens: lexer.tokens, error, overrides, is_cut_short, unclosed }
}

/// An open bracket.
struct Bracket {
    span: Span,
}

/// Who reads the tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    /// The parser.
    Parser,
    /// A listing of what the parser sees.
    Listing,
    /// A listing that also has comments and all line breaks, and takes brackets and identifiers as they come.
    FullListing,
}

struct Lexer<'s> {
    source: &'s str,
    reader: Reader,
    scan: logos::Lexer<'s, TokenKind>,
    tokens: Vec<Token>,
    indentation: Indentation,
    brackets: Vec<Bracket>,
    /// The f-strings and t-strings that are open, outermost first.
    fstrings: Vec<FString>,
    /// Whether the error found counts even if the parser finds one before it.
    overrides: bool,
    /// Whether the text ends after a backslash.
    is_cut_short: bool,
}

impl Lexer<'_> {
    /// Where the automaton will go on.
    fn at(&self) -> usize {
        self.scan.span().end
    }

    fn is_full(&self) -> bool {
        self.reader == Reader::FullListing
    }

    fn push(&mut self, kind: TokenKind, span: Span) {
        self.tokens.push(Token { kind, level: self.brackets.len() as u8, span });
    }

    /// The stretch of the token just found.
    fn span(&self) -> Span {
        let range = self.scan.span();
        Span::new(range.start as u32, range.end as u32)
    }

    /// An error that marks the last character of the token just found.
    fn error(&self, message: impl Into<String>) -> SyntaxError {
        let last = self.scan.slice().chars().next_back().map_or(0, char::len_utf8);
        let at = (self.at() - last) as u32;
        SyntaxError::new(message, Span::new(at, at))
    }

    /// An error that counts only if the parser finds none before it, as CPython has it for indentation and joined lines.
    fn weak(&mut self, error: SyntaxError) -> SyntaxError {
        self.overrides = false;
        error
    }

    /// The line of `offset`, for messages. After a line break at the end of the text there is no further line.
    fn line(&self, offset: usize) -> u32 {
        LineIndex::new(self.source).line(offset.min(self.end().start as usize) as u32)
    }

    /// Where CPython sees the end of the text: at the line break that ends its last line.
    fn end(&self) -> Span {
        let text = self.source.strip_suffix('\n').unwrap_or(self.source);
        let text = text.strip_suffix('\r').unwrap_or(text);
        Span::new(text.len() as u32, text.len() as u32)
    }

    fn run(&mut self) -> Result<(), SyntaxError> {
        if let Some(at) = self.source.find('\0') {
            let at = Span::new(at as u32, at as u32);
            return Err(SyntaxError {
                carets: Carets::Never,
                ..SyntaxError::new("source code cannot contain null bytes", at)
            });
        }
        if self.source.starts_with('\u{feff}') {
            self.scan.bump('\u{feff}'.len_utf8());
        }
        let mut blank = self.begin_line()?;
        // Where the comment begins that was just read: the line break after it is taken to begin there too.
        let mut comment = None;
        loop {
            if self.fstrings.last().is_some_and(|fstring| fstring.in_text) {
                self.fstring_text()?;
                continue;
            }
            let Some(found) = self.scan.next() else { break };
            let Ok(kind) = found else { return Err(self.non_printable()) };
            let before = comment.take();
            match kind {
                TokenKind::Newline => {
                    if self.is_full() && (blank || !self.brackets.is_empty()) {
                        self.push(TokenKind::BlankBreak, self.span());
                    }
                    if self.brackets.is_empty() {
                        if !blank {
                            let here = self.span().at_start();
                            self.push(TokenKind::Newline, before.unwrap_or(here).to(here));
                        }
                        blank = self.begin_line()?;
                    }
                }
                TokenKind::Comment if self.is_full() => self.push(kind, self.span()),
                TokenKind::Comment => comment = Some(self.span()),
                TokenKind::Backslash => {
                    if !self.join_lines()? {
                        return Ok(());
                    }
                }
                TokenKind::Number => {
                    let start = self.scan.span().start;
                    let end = number::scan(self.source, start)?;
                    self.scan.bump(end - self.at());
                    self.push(kind, self.span());
                }
                TokenKind::String => self.string()?,
                TokenKind::FStringStart | TokenKind::TStringStart => self.fstring_start(kind)?,
                TokenKind::Name => {
                    self.check_prefix()?;
                    if !self.is_full() {
                        self.check_identifier()?;
                    }
                    self.push(kind, self.span());
                }
                TokenKind::LeftParen | TokenKind::LeftBracket | TokenKind::LeftBrace => self.open(kind)?,
                TokenKind::RightParen | TokenKind::RightBracket | TokenKind::RightBrace => self.close(kind)?,
                TokenKind::Colon | TokenKind::ColonEqual if self.format_spec_begins() => {}
                TokenKind::Equal => {
                    self.note_debug();
                    self.push(kind, self.span());
                }
                _ => self.push(kind, self.span()),
            }
        }
        if self.brackets.is_empty() {
            let end = self.end();
            let ends_line =
                |last: &Token| matches!(last.kind, TokenKind::Newline | TokenKind::Dedent | TokenKind::BlankBreak);
            if self.tokens.last().is_some_and(|last| !ends_line(last)) {
                self.push(TokenKind::Newline, comment.unwrap_or(end).to(end));
            }
            for _ in 0..self.indentation.close_all() {
                self.push(TokenKind::Dedent, end);
            }
        }
        Ok(())
    }

    /// A backslash: the line goes on in the next one. Says whether there is one; if not, a bracket was left open.
    fn join_lines(&mut self) -> Result<bool, SyntaxError> {
        let here = Span::new(self.at() as u32, self.at() as u32);
        let rest = self.scan.remainder();
        let line_break = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\r', '\n'])) };
        if line_break == 0 && !rest.is_empty() {
            let error = SyntaxError::new("unexpected character after line continuation character", here);
            return Err(self.weak(error));
        }
        if rest.len() == line_break {
            if self.brackets.is_empty() {
                self.is_cut_short = true;
                return Err(self.weak(SyntaxError::new("unexpected EOF while parsing", here)));
            }
            return Ok(false);
        }
        self.scan.bump(line_break);
        Ok(true)
    }

    fn open(&mut self, kind: TokenKind) -> Result<(), SyntaxError> {
        if self.brackets.len() >= MAX_BRACKETS {
            return Err(self.error("too many nested parentheses"));
        }
        self.brackets.push(Bracket { span: self.span() });
        if let Some(fstring) = self.fstrings.last_mut() {
            fstring.brackets += 1;
        }
        self.push(kind, self.span());
        Ok(())
    }

    fn close(&mut self, kind: TokenKind) -> Result<(), SyntaxError> {
        let close = self.scan.slice();
        if let Some(fstring) = self.fstrings.last()
            && fstring.brackets == 0
            && kind == TokenKind::RightBrace
        {
            return Err(self.error(format!("{}: single '}}' is not allowed", fstring.name())));
        }
        let Some(Bracket { span: opened }) = self.brackets.pop() else {
            if self.is_full() {
                self.push(kind, self.span());
                return Ok(());
            }
            return Err(self.error(format!("unmatched '{close}'")));
        };
        let open = &self.source[opened.range()];
        if !self.is_full() && !matches!((open, close), ("(", ")") | ("[", "]") | ("{", "}")) {
            return Err(self.mismatch(open, close, opened));
        }
        if let Some(fstring) = self.fstrings.last_mut() {
            if fstring.brackets == 0 {
                let name = fstring.name();
                return Err(self.error(format!("{name}: unmatched '{close}'")));
            }
            fstring.close(kind);
        }
        self.push(kind, self.span());
        Ok(())
    }

    fn mismatch(&self, open: &str, close: &str, opened: Span) -> SyntaxError {
        if let Some(fstring) = self.fstrings.last()
            && open == "{"
            && fstring.brackets as i32 - 1 == fstring.expression_depth
        {
            return self.error(format!("{}: unmatched '{close}'", fstring.name()));
        }
        let (opened_on, here) = (self.line(opened.start as usize), self.line(self.at()));
        let message = format!("closing parenthesis '{close}' does not match opening parenthesis '{open}'");
        if opened_on == here { self.error(message) } else { self.error(format!("{message} on line {opened_on}")) }
    }

    /// Checks that the identifier just found is not a string prefix of letters that do not go together.
    fn check_prefix(&self) -> Result<(), SyntaxError> {
        if !self.scan.remainder().starts_with(['"', '\'']) {
            return Ok(());
        }
        let prefix = self.scan.slice().to_ascii_lowercase();
        let all_once = prefix.char_indices().all(|(at, c)| "bruft".contains(c) && !prefix[..at].contains(c));
        let incompatible = [('u', 'b'), ('u', 'r'), ('u', 'f'), ('u', 't'), ('b', 'f'), ('b', 't'), ('f', 't')];
        match incompatible.iter().find(|(first, second)| prefix.contains(*first) && prefix.contains(*second)) {
            Some((first, second)) if all_once => {
                Err(SyntaxError::new(format!("'{first}' and '{second}' prefixes are incompatible"), self.span()))
            }
            _ => Ok(()),
        }
    }

    /// Checks the identifier just found against the Unicode rules (PEP 3131); the automaton let every non-ASCII
    /// character in.
    fn check_identifier(&self) -> Result<(), SyntaxError> {
        let name = self.scan.slice();
        if name.is_ascii() {
            return Ok(());
        }
        let is_valid = |at: usize, c: char| match at {
            0 => c == '_' || unicode_ident::is_xid_start(c),
            _ => unicode_ident::is_xid_continue(c),
        };
        match name.char_indices().find(|&(at, c)| !is_valid(at, c)) {
            None => Ok(()),
            Some((at, c)) => Err(invalid_character(c, self.span().start + at as u32)),
        }
    }

    /// The error for a character that the automaton knows nothing of.
    fn non_printable(&self) -> SyntaxError {
        let at = self.scan.span().start;
        match self.source[at..].chars().next() {
            Some(c) => invalid_character(c, at as u32),
            None => self.error("invalid syntax"),
        }
    }
}

fn invalid_character(c: char, at: u32) -> SyntaxError {
    let code = c as u32;
    // What `escape_debug` spells out is, but for combining marks, what Python's `str.isprintable` denies.
    let message = if c.escape_debug().len() == 1 {
        format!("invalid character '{c}' (U+{code:04X})")
    } else {
        format!("invalid non-printable character U+{code:04X}")
    };
    SyntaxError::new(message, Span::new(at, at))
}
