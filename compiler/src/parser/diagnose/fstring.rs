//! Mistakes in replacement fields.

use crate::lexer::TokenKind;
use crate::parser::fstring::Sort;
use crate::parser::{Failure, Parse, Parser};

impl Parser<'_> {
    pub(in crate::parser) fn invalid_replacement(&mut self, sort: Sort) -> Parse<()> {
        use TokenKind::{Colon, Equal, Exclamation, RightBrace};
        let name = sort.name();
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            parser.lookahead(&[Equal, Exclamation, Colon, RightBrace])?;
            let next = parser.advance().span;
            let text = &parser.source[next.range()];
            parser.error_at(next, format!("{name}: valid expression required before '{text}'"))
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            let at = parser.at;
            if parser.attempt(Self::annotated_rhs)?.is_some() {
                return Err(Failure::NoMatch);
            }
            parser.at = at;
            parser.error_at_next(format!("{name}: expecting a valid expression after '{{'"))
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            parser.annotated_rhs()?;
            parser.not_lookahead(&[Equal, Exclamation, Colon, RightBrace])?;
            parser.error_at_next(format!("{name}: expecting '=', or '!', or ':', or '}}'"))
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftBrace)?;
            parser.annotated_rhs()?;
            parser.expect(Equal)?;
            parser.not_lookahead(&[Exclamation, Colon, RightBrace])?;
            parser.error_at_next(format!("{name}: expecting '!', or ':', or '}}'"))
        })?;
        self.mistake(|parser| {
            parser.shown_value()?;
            parser.expect(Exclamation)?;
            match parser.peek() {
                Colon | RightBrace => parser.error_at_next(format!("{name}: missing conversion character")),
                TokenKind::Name => Err(Failure::NoMatch),
                _ => parser.error_at_next(format!("{name}: invalid conversion character")),
            }
        })?;
        self.mistake(|parser| {
            parser.converted_value()?;
            parser.not_lookahead(&[Colon, RightBrace])?;
            parser.error_at_next(format!("{name}: expecting ':' or '}}'"))
        })?;
        self.mistake(|parser| {
            parser.converted_value()?;
            parser.expect(Colon)?;
            parser.format_spec(sort, true)?;
            parser.not_lookahead(&[RightBrace])?;
            parser.error_at_next(format!("{name}: expecting '}}', or format specs"))
        })?;
        self.mistake(|parser| {
            parser.converted_value()?;
            parser.not_lookahead(&[RightBrace])?;
            parser.error_at_next(format!("{name}: expecting '}}'"))
        })
    }

    /// `{value` or `{value=`
    fn shown_value(&mut self) -> Parse<()> {
        self.expect(TokenKind::LeftBrace)?;
        self.annotated_rhs()?;
        self.accept(TokenKind::Equal);
        Ok(())
    }

    /// [`Parser::shown_value`] and its conversion, if any.
    fn converted_value(&mut self) -> Parse<()> {
        self.shown_value()?;
        if self.peek() == TokenKind::Exclamation {
            self.attempt(|parser| {
                parser.expect(TokenKind::Exclamation)?;
                parser.expect(TokenKind::Name)
            })?;
        }
        Ok(())
    }
}
