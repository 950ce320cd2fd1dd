//! `try`, `except`, `finally`.

use super::expression::begins_expression;
use super::{Failure, Parse, Parser};
use crate::ast::{ExceptHandler, Stmt, StmtKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    pub(super) fn try_statement(&mut self) -> Parse<StmtKind> {
        self.invalid_try()?;
        self.expect(TokenKind::Try)?;
        self.require(TokenKind::Colon, ":")?;
        let body = self.block()?;
        let is_star = self.peek() == TokenKind::Except && self.peek_second() == TokenKind::Star;
        let mut handlers = Vec::new();
        while self.peek() == TokenKind::Except {
            match self.commit(|parser| parser.except_handler(is_star))? {
                Some(handler) => handlers.push(handler),
                None => break,
            }
        }
        let orelse = if handlers.is_empty() { Vec::new() } else { self.else_block()? };
        let finalbody = self.finally_block()?;
        if handlers.is_empty() && finalbody.is_none() {
            return Err(Failure::NoMatch);
        }
        Ok(StmtKind::Try { body, handlers, orelse, finalbody: finalbody.unwrap_or_default(), is_star })
    }

    /// `except a as b: block`, or `except* a as b: block` if `is_star`.
    pub(super) fn except_handler(&mut self, is_star: bool) -> Parse<ExceptHandler> {
        self.invalid_except_indent(is_star)?;
        let handler = self.commit(|parser| {
            let start = parser.start();
            parser.expect(TokenKind::Except)?;
            if is_star {
                parser.expect(TokenKind::Star)?;
            }
            let (mut typ, mut name) = (None, None);
            if is_star || begins_expression(parser.peek()) {
                let at = parser.at;
                let mut types = parser.expression()?;
                if parser.peek() == TokenKind::Comma {
                    parser.at = at;
                    types = parser.expressions()?;
                } else if parser.accept(TokenKind::As) {
                    name = Some(parser.identifier()?);
                }
                typ = Some(types);
            }
            parser.expect(TokenKind::Colon)?;
            let body = parser.block()?;
            Ok(ExceptHandler { typ, name, body, span: parser.span_from(start) })
        })?;
        if handler.is_none() {
            self.invalid_except(is_star)?;
        }
        handler.ok_or(Failure::NoMatch)
    }

    fn finally_block(&mut self) -> Parse<Option<Vec<Stmt>>> {
        if self.peek() != TokenKind::Finally {
            return Ok(None);
        }
        self.commit(|parser| {
            parser.invalid_finally()?;
            parser.expect(TokenKind::Finally)?;
            parser.require(TokenKind::Colon, ":")?;
            parser.block()
        })
    }
}
