//! Simple statements: those that fit on a line, several with semicolons.

use super::expression::begins_expression;
use super::target::is_del_target;
use super::{Failure, Parse, Parser};
use crate::ast::{Expr, Identifier, Stmt, StmtKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// Simple statements to the end of the line.
    pub(super) fn simple_statements(&mut self, body: &mut Vec<Stmt>) -> Parse<()> {
        loop {
            body.push(self.simple_statement()?);
            let separated = self.accept(TokenKind::Semicolon);
            if self.accept(TokenKind::Newline) {
                return Ok(());
            }
            if !separated {
                return Err(Failure::NoMatch);
            }
        }
    }

    pub(super) fn simple_statement(&mut self) -> Parse<Stmt> {
        let start = self.start();
        let kind = match self.peek() {
            TokenKind::Return => {
                self.advance();
                let next = self.peek();
                let has_value = begins_expression(next) || next == TokenKind::Star;
                StmtKind::Return { value: if has_value { self.commit(Self::star_expressions)? } else { None } }
            }
            TokenKind::Import => self.import()?,
            TokenKind::From => self.import_from()?,
            TokenKind::Raise => self.raise()?,
            TokenKind::Pass => self.keyword_statement(StmtKind::Pass)?,
            TokenKind::Break => self.keyword_statement(StmtKind::Break)?,
            TokenKind::Continue => self.keyword_statement(StmtKind::Continue)?,
            TokenKind::Del => self.delete()?,
            TokenKind::Assert => self.assert()?,
            TokenKind::Global => StmtKind::Global { names: self.declared_names()? },
            TokenKind::Nonlocal => StmtKind::Nonlocal { names: self.declared_names()? },
            TokenKind::Name if !self.diagnosing && self.begins_type_alias() => self.type_alias()?,
            TokenKind::Yield => self.assignment_or_expression()?,
            kind if begins_expression(kind) || kind == TokenKind::Star => self.assignment_or_expression()?,
            _ => return Err(Failure::NoMatch),
        };
        Ok(Stmt { kind, span: self.span_from(start) })
    }

    /// A statement that is a keyword alone.
    fn keyword_statement(&mut self, kind: StmtKind) -> Parse<StmtKind> {
        self.invalid_expression()?;
        self.advance();
        Ok(kind)
    }

    fn raise(&mut self) -> Parse<StmtKind> {
        self.expect(TokenKind::Raise)?;
        let exc = if begins_expression(self.peek()) { self.commit(Self::expression)? } else { None };
        let cause = if exc.is_some() && self.accept(TokenKind::From) { Some(self.expression()?) } else { None };
        Ok(StmtKind::Raise { exc, cause })
    }

    fn delete(&mut self) -> Parse<StmtKind> {
        let delete = |parser: &mut Self| {
            parser.expect(TokenKind::Del)?;
            let mut targets = vec![parser.del_target()?];
            while parser.accept(TokenKind::Comma) && begins_expression(parser.peek()) {
                targets.push(parser.del_target()?);
            }
            if !matches!(parser.peek(), TokenKind::Semicolon | TokenKind::Newline) {
                return Err(Failure::NoMatch);
            }
            Ok(StmtKind::Delete { targets })
        };
        if let Some(statement) = self.commit(delete)? {
            return Ok(statement);
        }
        self.invalid_delete()?;
        Err(Failure::NoMatch)
    }

    fn del_target(&mut self) -> Parse<Expr> {
        let target = self.primary()?;
        if is_del_target(&target) { Ok(target) } else { Err(Failure::NoMatch) }
    }

    fn assert(&mut self) -> Parse<StmtKind> {
        self.expect(TokenKind::Assert)?;
        let test = self.expression()?;
        let msg = if self.accept(TokenKind::Comma) { Some(self.expression()?) } else { None };
        Ok(StmtKind::Assert { test, msg })
    }

    /// `global a, b` or `nonlocal a, b`.
    fn declared_names(&mut self) -> Parse<Vec<Identifier>> {
        self.advance();
        let mut names = vec![self.identifier()?];
        while self.accept(TokenKind::Comma) {
            names.push(self.identifier()?);
        }
        Ok(names)
    }
}
