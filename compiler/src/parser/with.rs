//! `with`.

use super::{Failure, Parse, Parser};
use crate::ast::{StmtKind, WithItem};
use crate::lexer::TokenKind;

impl Parser<'_> {
    pub(super) fn with_statement(&mut self) -> Parse<StmtKind> {
        self.invalid_with_indent()?;
        let start = self.at;
        let is_async = self.accept(TokenKind::Async);
        self.expect(TokenKind::With)?;
        // Only what follows the closing parenthesis tells whether it encloses the items or belongs to the first one.
        let mut items = None;
        if self.peek() == TokenKind::LeftParen {
            items = self.attempt(Self::parenthesized_with_items)?;
        }
        let items = match items {
            Some(items) => Some(items),
            None => self.commit(Self::with_items)?,
        };
        let Some(items) = items else {
            self.at = start;
            self.invalid_with()?;
            return Err(Failure::NoMatch);
        };
        Ok(StmtKind::With { items, body: self.block()?, is_async })
    }

    fn parenthesized_with_items(&mut self) -> Parse<Vec<WithItem>> {
        self.expect(TokenKind::LeftParen)?;
        let mut items = vec![self.with_item()?];
        while self.accept(TokenKind::Comma) && self.peek() != TokenKind::RightParen {
            items.push(self.with_item()?);
        }
        self.expect(TokenKind::RightParen)?;
        self.expect(TokenKind::Colon)?;
        Ok(items)
    }

    fn with_items(&mut self) -> Parse<Vec<WithItem>> {
        let mut items = vec![self.with_item()?];
        while self.accept(TokenKind::Comma) {
            items.push(self.with_item()?);
        }
        self.expect(TokenKind::Colon)?;
        Ok(items)
    }

    fn with_item(&mut self) -> Parse<WithItem> {
        let start = self.at;
        let context_expr = self.expression()?;
        let mut optional_vars = None;
        if self.peek() == TokenKind::As {
            optional_vars = self.commit(|parser| {
                parser.expect(TokenKind::As)?;
                let target = parser.star_target()?;
                match parser.peek() {
                    TokenKind::Comma | TokenKind::RightParen | TokenKind::Colon => Ok(target),
                    _ => Err(Failure::NoMatch),
                }
            })?;
            if optional_vars.is_none() {
                let end = std::mem::replace(&mut self.at, start);
                self.invalid_with_item()?;
                self.at = end;
            }
        }
        Ok(WithItem { context_expr, optional_vars })
    }
}
