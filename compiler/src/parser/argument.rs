//! The arguments of calls and of class statements.

use super::{Failure, Parse, Parser};
use crate::ast::{Expr, ExprKind, Keyword};
use crate::lexer::TokenKind;

/// Positional arguments and keyword arguments.
pub(super) type CallArguments = (Vec<Expr>, Vec<Keyword>);

/// What an argument is, for the order that arguments must keep.
enum Argument {
    Positional(Expr),
    Starred(Expr),
    Keyword(Keyword),
    DoubleStarred(Keyword),
}

impl Parser<'_> {
    /// `(arguments)`, or a generator expression as the only argument.
    pub(super) fn call_arguments(&mut self) -> Parse<CallArguments> {
        if self.diagnosing {
            return self.diagnosed_call_arguments();
        }
        let start = self.start();
        self.expect(TokenKind::LeftParen)?;
        if self.accept(TokenKind::RightParen) {
            return Ok(CallArguments::default());
        }
        let (mut args, keywords) = self.argument_list()?;
        if matches!(self.peek(), TokenKind::For | TokenKind::Async) {
            let elt = args.pop().filter(|elt| !matches!(elt.kind, ExprKind::Starred { .. }));
            let alone = args.is_empty() && keywords.is_empty();
            let elt = Box::new(elt.filter(|_| alone).ok_or(Failure::NoMatch)?);
            let generators = self.for_if_clauses()?;
            self.expect(TokenKind::RightParen)?;
            let kind = ExprKind::GeneratorExp { elt, generators };
            return Ok((vec![Expr::new(kind, self.span_from(start))], keywords));
        }
        self.accept(TokenKind::Comma);
        self.expect(TokenKind::RightParen)?;
        Ok((args, keywords))
    }

    /// Arguments up to the closing parenthesis; a trailing comma may be among them.
    pub(super) fn arguments(&mut self) -> Parse<CallArguments> {
        let arguments = self.commit(|parser| {
            let arguments = parser.argument_list()?;
            parser.accept(TokenKind::Comma);
            if parser.peek() == TokenKind::RightParen { Ok(arguments) } else { Err(Failure::NoMatch) }
        })?;
        if arguments.is_none() {
            self.invalid_arguments()?;
        }
        arguments.ok_or(Failure::NoMatch)
    }

    /// One or more arguments in a permitted order, up to what cannot follow them; a trailing comma is left.
    pub(super) fn argument_list(&mut self) -> Parse<CallArguments> {
        let (mut args, mut keywords) = (Vec::new(), Vec::new());
        let mut seen_keyword = false;
        let mut seen_double_star = false;
        loop {
            let before = self.at;
            if !(args.is_empty() && keywords.is_empty()) {
                if self.peek() != TokenKind::Comma || self.peek_second() == TokenKind::RightParen {
                    break;
                }
                self.advance();
            }
            let in_keywords = seen_keyword || seen_double_star;
            let argument = match self.commit(|parser| parser.argument(in_keywords))? {
                Some(argument) => argument,
                None if args.is_empty() && keywords.is_empty() => return Err(Failure::NoMatch),
                None => {
                    self.at = before;
                    break;
                }
            };
            match argument {
                Argument::Positional(value) => args.push(value),
                Argument::Starred(value) if !seen_double_star => args.push(value),
                Argument::Keyword(keyword) => {
                    seen_keyword = true;
                    keywords.push(keyword);
                }
                Argument::DoubleStarred(keyword) => {
                    seen_double_star = true;
                    keywords.push(keyword);
                }
                Argument::Starred(_) => {
                    self.at = before;
                    break;
                }
            }
        }
        Ok((args, keywords))
    }

    /// One argument; `in_keywords` where a keyword argument came before.
    fn argument(&mut self, in_keywords: bool) -> Parse<Argument> {
        let (start, at) = (self.start(), self.at);
        match self.peek() {
            TokenKind::Star => return self.starred_argument().map(Argument::Starred),
            TokenKind::DoubleStar => {
                self.invalid_keyword_argument()?;
                self.advance();
                let value = self.expression()?;
                let span = self.span_from(start);
                return Ok(Argument::DoubleStarred(Keyword { arg: None, value, span }));
            }
            TokenKind::Name if self.peek_second() == TokenKind::Equal => {
                self.invalid_keyword_argument()?;
                let arg = Some(self.identifier()?);
                self.expect(TokenKind::Equal)?;
                let value = self.expression()?;
                return Ok(Argument::Keyword(Keyword { arg, value, span: self.span_from(start) }));
            }
            _ => {}
        }
        if in_keywords {
            self.invalid_keyword_argument()?;
            return Err(Failure::NoMatch);
        }
        let positional = self.positional_argument()?;
        if self.peek() == TokenKind::Equal {
            self.at = at;
            self.invalid_keyword_argument()?;
            return Err(Failure::NoMatch);
        }
        Ok(Argument::Positional(positional))
    }

    /// An argument without a name: an expression, which may be named by `:=`.
    pub(super) fn positional_argument(&mut self) -> Parse<Expr> {
        if let Some(named) = self.assignment_expression()? {
            return Ok(named);
        }
        let value = self.expression()?;
        if self.peek() == TokenKind::ColonEqual { Err(Failure::NoMatch) } else { Ok(value) }
    }

    /// `*a` as an argument or an index.
    pub(super) fn starred_argument(&mut self) -> Parse<Expr> {
        if self.diagnosing {
            self.invalid_starred_unpacking()?;
            if let Some(starred) = self.attempt(|parser| parser.starred(Self::expression))? {
                return Ok(starred);
            }
            return Err(self.invalid_star());
        }
        self.starred(Self::expression)
    }
}
