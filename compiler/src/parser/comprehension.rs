//! The `for` and `if` clauses of comprehensions and generator expressions.

use super::{Failure, Parse, Parser};
use crate::ast::{Comprehension, Expr};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// One or more `for` clauses, each with its conditions.
    pub(super) fn for_if_clauses(&mut self) -> Parse<Vec<Comprehension>> {
        let mut clauses = vec![self.for_if_clause()?];
        while matches!(self.peek(), TokenKind::For | TokenKind::Async) {
            match self.commit(Self::for_if_clause)? {
                Some(clause) => clauses.push(clause),
                None => break,
            }
        }
        Ok(clauses)
    }

    fn for_if_clause(&mut self) -> Parse<Comprehension> {
        if let Some((target, is_async)) = self.commit(Self::for_target)? {
            let iter = self.disjunction()?;
            let mut ifs = Vec::new();
            while self.peek() == TokenKind::If {
                let condition = |parser: &mut Self| {
                    parser.expect(TokenKind::If)?;
                    parser.disjunction()
                };
                match self.commit(condition)? {
                    Some(condition) => ifs.push(condition),
                    None => break,
                }
            }
            return Ok(Comprehension { target, iter, ifs, is_async });
        }
        self.invalid_for_if_clause()?;
        self.invalid_for_target()?;
        Err(Failure::NoMatch)
    }

    /// `for target in`, after which the clause cannot be anything else.
    pub(super) fn for_target(&mut self) -> Parse<(Expr, bool)> {
        let is_async = self.accept(TokenKind::Async);
        self.expect(TokenKind::For)?;
        let target = self.star_targets()?;
        self.expect(TokenKind::In)?;
        Ok((target, is_async))
    }
}
