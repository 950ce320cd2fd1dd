//! Compound statements: which one begins, and `if`, `while` and `for`.

use super::{Failure, Parse, Parser};
use crate::ast::{Expr, Stmt, StmtKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// The compound statement that comes next, if any.
    pub(super) fn compound_statement(&mut self) -> Parse<Option<Stmt>> {
        let start = self.start();
        let rule = match self.peek() {
            TokenKind::If => Self::if_statement,
            TokenKind::While => Self::while_statement,
            TokenKind::For => Self::for_statement,
            TokenKind::Try => Self::try_statement,
            TokenKind::With => Self::with_statement,
            TokenKind::Def => Self::function_definition,
            TokenKind::Class => Self::class_definition,
            TokenKind::At => return self.commit(Self::decorated),
            TokenKind::Async => match self.peek_second() {
                TokenKind::Def => Self::function_definition,
                TokenKind::For => Self::for_statement,
                TokenKind::With => Self::with_statement,
                _ => return Ok(None),
            },
            TokenKind::Name if self.at_word("match") => {
                let statement = self.attempt(Self::match_statement)?;
                if statement.is_none() {
                    self.invalid_match()?;
                }
                return Ok(statement.map(|kind| Stmt { kind, span: self.span_from(start) }));
            }
            _ => return Ok(None),
        };
        let kind = self.commit(rule)?;
        Ok(kind.map(|kind| Stmt { kind, span: self.span_from(start) }))
    }

    fn if_statement(&mut self) -> Parse<StmtKind> {
        self.invalid_condition(TokenKind::If, "if")?;
        let (test, body) = self.condition(TokenKind::If)?;
        // An `elif` is an `if` within the `else` of the one before: collected here, put together from the last to the
        // first, so that a long row of them needs no recursion.
        let mut branches = Vec::new();
        while self.peek() == TokenKind::Elif {
            let start = self.start();
            let branch = self.commit(|parser| {
                parser.invalid_condition(TokenKind::Elif, "elif")?;
                parser.condition(TokenKind::Elif)
            })?;
            let Some(branch) = branch else { break };
            self.link()?;
            branches.push((start, branch));
        }
        let mut orelse = self.else_block()?;
        for (start, (test, body)) in branches.into_iter().rev() {
            orelse = vec![Stmt { kind: StmtKind::If { test, body, orelse }, span: self.span_from(start) }];
        }
        Ok(StmtKind::If { test, body, orelse })
    }

    /// `if`, `elif` or `while`, its condition and its block.
    fn condition(&mut self, keyword: TokenKind) -> Parse<(Expr, Vec<Stmt>)> {
        self.expect(keyword)?;
        let test = self.named_expression()?;
        self.expect(TokenKind::Colon)?;
        Ok((test, self.block()?))
    }

    /// `else: block` if it comes next; empty otherwise.
    pub(super) fn else_block(&mut self) -> Parse<Vec<Stmt>> {
        if self.peek() != TokenKind::Else {
            return Ok(Vec::new());
        }
        let block = self.commit(|parser| {
            parser.invalid_else()?;
            parser.expect(TokenKind::Else)?;
            parser.require(TokenKind::Colon, ":")?;
            parser.block()
        })?;
        Ok(block.unwrap_or_default())
    }

    fn while_statement(&mut self) -> Parse<StmtKind> {
        self.invalid_condition(TokenKind::While, "while")?;
        let (test, body) = self.condition(TokenKind::While)?;
        Ok(StmtKind::While { test, body, orelse: self.else_block()? })
    }

    fn for_statement(&mut self) -> Parse<StmtKind> {
        self.invalid_for()?;
        let target = self.commit(Self::for_target)?;
        let Some((target, is_async)) = target else {
            self.invalid_for_target()?;
            return Err(Failure::NoMatch);
        };
        let iter = self.star_expressions()?;
        self.expect(TokenKind::Colon)?;
        let body = self.block()?;
        Ok(StmtKind::For { target, iter, body, orelse: self.else_block()?, is_async })
    }
}
