//! Tokens for people: as the module `tokenize` of Python lists them.

use super::{Reader, Token, TokenKind, tokenize_for};
use crate::source::{LineIndex, Span, SyntaxError};

/// What a listing holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// What the parser sees, each operator with a number of its own.
    Exact,
    /// Comments and blank lines too; all operators have one number; brackets and identifiers are not checked.
    Full,
}

/// A token of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedToken {
    /// Its number in Python's module `token`.
    pub number: u8,
    /// Its text.
    pub text: Span,
    /// Line, from 1, and column in characters, from 0, where it begins; the column is -1 where no character stands for it.
    pub start: (u32, i32),
    /// Where it ends.
    pub end: (u32, i32),
    /// The lines that it stands in, with their breaks.
    pub lines: Span,
}

/// The tokens of `source` and, if it can't be read to its end, why. A missing line break at the end is taken to be there.
/// The error is `None` within `Some` where the text ends in the middle of a statement.
pub fn list_tokens(source: &str, manner: Manner) -> (Vec<ListedToken>, Option<Option<SyntaxError>>) {
    let is_implicit = !source.is_empty() && !source.ends_with('\n');
    let whole = if is_implicit { format!("{source}\n") } else { source.to_owned() };
    let reader = if manner == Manner::Full { Reader::FullListing } else { Reader::Listing };
    let read = tokenize_for(&whole, reader);
    let listing = Listing { source, whole: &whole, lines: LineIndex::new(&whole), manner };
    let mut listed: Vec<ListedToken> = Vec::with_capacity(read.tokens.len());
    let mut opened = Vec::new();
    for token in &read.tokens {
        match token.kind {
            TokenKind::Broken => {}
            TokenKind::Indent | TokenKind::Dedent => opened.push(token.kind),
            _ => {
                listed.extend(opened.drain(..).map(|kind| listing.level(kind, token)));
                if token.kind != TokenKind::End || !source.is_empty() || manner == Manner::Full {
                    listing.list(*token, &mut listed);
                }
            }
        }
    }
    (listed, read.error.map(|error| if read.is_cut_short { None } else { Some(error) }))
}

struct Listing<'s> {
    source: &'s str,
    /// The same with a line break at its end.
    whole: &'s str,
    lines: LineIndex,
    manner: Manner,
}

impl Listing<'_> {
    fn place(&self, offset: u32) -> (u32, i32) {
        let location = self.lines.location(self.whole, offset);
        (location.line, location.char_column as i32)
    }

    /// The lines from that of one place to that of another, without the line break that is missing in the text.
    fn lines_of(&self, text: Span) -> Span {
        let start = self.lines.line_span(self.whole, self.lines.line(text.start)).start;
        let end = self.lines.line_span(self.whole, self.lines.line(text.end)).end as usize;
        let line_break = match &self.whole.as_bytes()[end..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        Span::new(start, ((end + line_break).min(self.source.len())) as u32)
    }

    /// Indentation that begins or ends before `next`.
    fn level(&self, kind: TokenKind, next: &Token) -> ListedToken {
        let number = if kind == TokenKind::Indent { 5 } else { 6 };
        if next.kind == TokenKind::End {
            return ListedToken { number, ..self.end() };
        }
        let start = self.lines.line_span(self.whole, self.lines.line(next.span.start)).start;
        let indentation =
            if kind == TokenKind::Indent { Span::new(start, next.span.start) } else { next.span.at_start() };
        let (text, start, end) = match self.manner {
            Manner::Full => (indentation, self.place(indentation.start), self.place(indentation.end)),
            Manner::Exact => {
                let nowhere = (self.place(next.span.start).0, -1);
                (indentation.at_start(), nowhere, nowhere)
            }
        };
        ListedToken { number, text, start, end, lines: self.lines_of(next.span.at_start()) }
    }

    fn end(&self) -> ListedToken {
        let at_end = Span::new(self.source.len() as u32, self.source.len() as u32);
        let last = self.lines.line(self.whole.len() as u32);
        match self.manner {
            Manner::Full => ListedToken { number: 0, text: at_end, start: (last, 0), end: (last, 0), lines: at_end },
            Manner::Exact => {
                let nowhere = (last - 1, -1);
                let blank = self.lines.line_span(self.whole, last - 1);
                let is_blank = self.whole[blank.range()].trim_start().is_empty()
                    || self.whole[blank.range()].trim_start().starts_with('#');
                let lines = if is_blank { at_end } else { self.lines_of(blank.at_start()) };
                ListedToken { number: 0, text: at_end, start: nowhere, end: nowhere, lines }
            }
        }
    }

    fn list(&self, token: Token, listed: &mut Vec<ListedToken>) {
        let is_full = self.manner == Manner::Full;
        let Token { kind, mut span, .. } = token;
        match kind {
            TokenKind::End => return listed.push(self.end()),
            TokenKind::Newline if is_full => span = self.line_break(span.end),
            TokenKind::NotEqual if &self.whole[span.range()] == "<>" => {
                let middle = span.start + 1;
                let halves = [(TokenKind::Less, span.start, middle), (TokenKind::Greater, middle, span.end)];
                for (kind, start, end) in halves {
                    self.list(Token { kind, span: Span::new(start, end), ..token }, listed);
                }
                return;
            }
            _ => {}
        }
        let number = number_of(kind);
        let number = if is_full && (7..OP).contains(&number) { OP } else { number };
        let mut token = self.token(number, span);
        if matches!(kind, TokenKind::Newline | TokenKind::BlankBreak)
            && is_full
            && span.end as usize > self.source.len()
        {
            token.text = span.at_start();
        }
        if kind == TokenKind::Newline && !is_full && self.whole[span.end as usize..].starts_with("\r\n") {
            token.text.end += 1;
            token.end.1 += 1;
        }
        listed.push(token);
    }

    /// The line break at `start`.
    fn line_break(&self, start: u32) -> Span {
        let length = if self.whole[start as usize..].starts_with("\r\n") { 2 } else { 1 };
        Span::new(start, start + length)
    }

    fn token(&self, number: u8, span: Span) -> ListedToken {
        // A line break ends in the line that it ends.
        let start = self.place(span.start);
        let is_break = matches!(number, NEWLINE | NL);
        let end = if is_break {
            (start.0, start.1 + self.whole[span.range()].chars().count() as i32)
        } else {
            self.place(span.end)
        };
        let lines = self.lines_of(if is_break { span.at_start() } else { span });
        ListedToken { number, text: span, start, end, lines }
    }
}

const NEWLINE: u8 = 4;
const OP: u8 = 55;
const NL: u8 = 66;

/// The number that Python's module `token` has for a kind.
fn number_of(kind: TokenKind) -> u8 {
    use TokenKind as K;
    match kind {
        K::End => 0,
        K::Number => 2,
        K::String => 3,
        K::Newline => NEWLINE,
        K::Indent => 5,
        K::Dedent => 6,
        K::LeftParen => 7,
        K::RightParen => 8,
        K::LeftBracket => 9,
        K::RightBracket => 10,
        K::Colon => 11,
        K::Comma => 12,
        K::Semicolon => 13,
        K::Plus => 14,
        K::Minus => 15,
        K::Star => 16,
        K::Slash => 17,
        K::Bar => 18,
        K::Ampersand => 19,
        K::Less => 20,
        K::Greater => 21,
        K::Equal => 22,
        K::Dot => 23,
        K::Percent => 24,
        K::LeftBrace => 25,
        K::RightBrace => 26,
        K::EqualEqual => 27,
        K::NotEqual => 28,
        K::LessEqual => 29,
        K::GreaterEqual => 30,
        K::Tilde => 31,
        K::Caret => 32,
        K::LeftShift => 33,
        K::RightShift => 34,
        K::DoubleStar => 35,
        K::PlusEqual => 36,
        K::MinusEqual => 37,
        K::StarEqual => 38,
        K::SlashEqual => 39,
        K::PercentEqual => 40,
        K::AmpersandEqual => 41,
        K::BarEqual => 42,
        K::CaretEqual => 43,
        K::LeftShiftEqual => 44,
        K::RightShiftEqual => 45,
        K::DoubleStarEqual => 46,
        K::DoubleSlash => 47,
        K::DoubleSlashEqual => 48,
        K::At => 49,
        K::AtEqual => 50,
        K::Arrow => 51,
        K::Ellipsis => 52,
        K::ColonEqual => 53,
        K::Exclamation => 54,
        K::Backslash | K::Broken | K::Unknown => OP,
        K::FStringStart => 59,
        K::FStringMiddle => 60,
        K::FStringEnd => 61,
        K::TStringStart => 62,
        K::TStringMiddle => 63,
        K::TStringEnd => 64,
        K::Comment => 65,
        K::BlankBreak => NL,
        K::Name
        | K::False
        | K::None
        | K::True
        | K::And
        | K::As
        | K::Assert
        | K::Async
        | K::Await
        | K::Break
        | K::Class
        | K::Continue
        | K::Def
        | K::Del
        | K::Elif
        | K::Else
        | K::Except
        | K::Finally
        | K::For
        | K::From
        | K::Global
        | K::If
        | K::Import
        | K::In
        | K::Is
        | K::Lambda
        | K::Nonlocal
        | K::Not
        | K::Or
        | K::Pass
        | K::Raise
        | K::Return
        | K::Try
        | K::While
        | K::With
        | K::Yield => 1,
    }
}
