//! Mistakes in the heads of compound statements: no colon, or no block after it.

use super::Target;
use crate::lexer::TokenKind;
use crate::parser::{Parse, Parser};

impl Parser<'_> {
    /// The error for a block that is missing where nothing is known of what came before.
    pub(in crate::parser) fn invalid_block(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.unindented_line()?;
            Err(parser.indentation_error("expected an indented block").into())
        })
    }

    /// `if`, `elif` or `while`, written `word`, whose colon or block is missing.
    pub(in crate::parser) fn invalid_condition(&mut self, keyword: TokenKind, word: &str) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(keyword)?;
            parser.named_expression()?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("expected ':'")
        })?;
        self.mistake(|parser| {
            let start = parser.expect(keyword)?.span;
            parser.named_expression()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block(&format!("'{word}' statement"), start)
        })
    }

    pub(in crate::parser) fn invalid_else(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let start = parser.expect(TokenKind::Else)?.span;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("'else' statement", start)
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::Else)?;
            parser.expect(TokenKind::Colon)?;
            parser.block()?;
            parser.expect(TokenKind::Elif)?;
            parser.error_at_furthest("'elif' block follows an 'else' block")
        })
    }

    pub(in crate::parser) fn invalid_for(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.for_target()?;
            parser.star_expressions()?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("expected ':'")
        })?;
        self.mistake(|parser| {
            parser.accept(TokenKind::Async);
            let start = parser.tokens[parser.at].span;
            parser.for_target()?;
            parser.star_expressions()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("'for' statement", start)
        })
    }

    pub(in crate::parser) fn invalid_with_indent(&mut self) -> Parse<()> {
        for items in [Self::unchecked_items, Self::unchecked_parenthesized_items] {
            self.mistake(|parser| {
                parser.accept(TokenKind::Async);
                let start = parser.expect(TokenKind::With)?.span;
                items(parser)?;
                parser.expect(TokenKind::Colon)?;
                parser.unindented_line()?;
                parser.expected_block("'with' statement", start)
            })?;
        }
        Ok(())
    }

    pub(in crate::parser) fn invalid_with(&mut self) -> Parse<()> {
        for items in [Self::unchecked_items, Self::unchecked_parenthesized_items] {
            self.mistake(|parser| {
                parser.accept(TokenKind::Async);
                parser.expect(TokenKind::With)?;
                items(parser)?;
                parser.expect(TokenKind::Newline)?;
                parser.error_at_furthest("expected ':'")
            })?;
        }
        Ok(())
    }

    /// The items of a `with`, whatever follows them.
    fn unchecked_items(&mut self) -> Parse<()> {
        self.unchecked_item()?;
        while self.accept(TokenKind::Comma) {
            self.unchecked_item()?;
        }
        Ok(())
    }

    fn unchecked_parenthesized_items(&mut self) -> Parse<()> {
        self.expect(TokenKind::LeftParen)?;
        self.unchecked_item()?;
        while self.accept(TokenKind::Comma) && self.peek() != TokenKind::RightParen {
            self.unchecked_item()?;
        }
        self.expect(TokenKind::RightParen)?;
        Ok(())
    }

    fn unchecked_item(&mut self) -> Parse<()> {
        self.expression()?;
        if self.peek() == TokenKind::As {
            self.attempt(|parser| {
                parser.expect(TokenKind::As)?;
                parser.star_target()
            })?;
        }
        Ok(())
    }

    pub(in crate::parser) fn invalid_with_item(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expression()?;
            parser.expect(TokenKind::As)?;
            let target = parser.expression()?;
            parser.lookahead(&[TokenKind::Comma, TokenKind::RightParen, TokenKind::Colon])?;
            parser.invalid_target(&target, Target::Star)
        })
    }

    pub(in crate::parser) fn invalid_match(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::Name)?;
            parser.match_subject()?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("expected ':'")
        })?;
        self.mistake(|parser| {
            let start = parser.expect(TokenKind::Name)?.span;
            parser.match_subject()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("'match' statement", start)
        })
    }

    pub(in crate::parser) fn invalid_case(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.advance();
            parser.patterns()?;
            parser.guard()?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("expected ':'")
        })?;
        self.mistake(|parser| {
            let start = parser.advance().span;
            parser.patterns()?;
            parser.guard()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("'case' statement", start)
        })
    }
}
