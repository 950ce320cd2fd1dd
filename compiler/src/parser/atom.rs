//! Atoms: names, literals, and whatever stands in brackets.

use super::memo::Rule;
use super::{Failure, Parse, Parser};
use crate::ast::{Constant, DictItem, Expr, ExprKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// An atom.
    pub(super) fn atom(&mut self) -> Parse<Expr> {
        let constant = match self.peek() {
            TokenKind::Name => return Ok(self.name_expression()),
            TokenKind::Number => return self.number(),
            TokenKind::String | TokenKind::FStringStart | TokenKind::TStringStart => return self.strings(),
            TokenKind::LeftParen => return self.remembered(Rule::Atom, Self::parenthesized),
            TokenKind::LeftBracket => return self.remembered(Rule::Atom, Self::bracketed),
            TokenKind::LeftBrace => return self.remembered(Rule::Atom, Self::braced),
            TokenKind::True => Constant::True,
            TokenKind::False => Constant::False,
            TokenKind::None => Constant::None,
            TokenKind::Ellipsis => Constant::Ellipsis,
            _ => return Err(Failure::NoMatch),
        };
        let span = self.advance().span;
        Ok(Expr::new(ExprKind::Constant(constant), span))
    }

    /// A tuple, a group, or a generator expression.
    fn parenthesized(&mut self) -> Parse<Expr> {
        if !self.diagnosing {
            return self.tuple_group_or_generator();
        }
        if let Some(tree) = self.attempt(Self::tuple_group_or_generator)? {
            return Ok(tree);
        }
        self.invalid_group()?;
        self.invalid_comprehension()?;
        Err(Failure::NoMatch)
    }

    fn tuple_group_or_generator(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::LeftParen)?;
        if self.accept(TokenKind::RightParen) {
            return Ok(Expr::new(ExprKind::Tuple { elts: Vec::new() }, self.span_from(start)));
        }
        if self.peek() == TokenKind::Yield {
            let group = self.yield_expression()?;
            self.expect(TokenKind::RightParen)?;
            return Ok(group);
        }
        let first = self.star_named_expression()?;
        match self.peek() {
            TokenKind::Comma => {
                self.advance();
                let mut elts = vec![first];
                if self.peek() != TokenKind::RightParen {
                    elts.extend(self.star_named_expressions()?);
                }
                self.expect(TokenKind::RightParen)?;
                Ok(Expr::new(ExprKind::Tuple { elts }, self.span_from(start)))
            }
            _ if matches!(first.kind, ExprKind::Starred { .. }) => Err(Failure::NoMatch),
            TokenKind::For | TokenKind::Async => {
                let generators = self.for_if_clauses()?;
                self.expect(TokenKind::RightParen)?;
                let elt = Box::new(first);
                Ok(Expr::new(ExprKind::GeneratorExp { elt, generators }, self.span_from(start)))
            }
            _ => {
                self.expect(TokenKind::RightParen)?;
                Ok(first)
            }
        }
    }

    /// A list or a list comprehension.
    fn bracketed(&mut self) -> Parse<Expr> {
        if !self.diagnosing {
            return self.list_or_comprehension();
        }
        if let Some(tree) = self.attempt(Self::list_or_comprehension)? {
            return Ok(tree);
        }
        self.invalid_comprehension()?;
        Err(Failure::NoMatch)
    }

    fn list_or_comprehension(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::LeftBracket)?;
        if self.accept(TokenKind::RightBracket) {
            return Ok(Expr::new(ExprKind::List { elts: Vec::new() }, self.span_from(start)));
        }
        let mut elts = self.star_named_expressions()?;
        let comprehension = elts.len() == 1
            && !matches!(elts[0].kind, ExprKind::Starred { .. })
            && matches!(self.peek(), TokenKind::For | TokenKind::Async)
            && self.tokens[self.at - 1].kind != TokenKind::Comma;
        let kind = match elts.pop() {
            Some(elt) if comprehension => ExprKind::ListComp { elt: Box::new(elt), generators: self.for_if_clauses()? },
            last => {
                elts.extend(last);
                ExprKind::List { elts }
            }
        };
        self.expect(TokenKind::RightBracket)?;
        Ok(Expr::new(kind, self.span_from(start)))
    }

    /// A dict, a set, or a comprehension of either.
    fn braced(&mut self) -> Parse<Expr> {
        if !self.diagnosing {
            if let Some(tree) = self.attempt(Self::dict_or_set)? {
                return Ok(tree);
            }
            self.invalid_dict_at_once()?;
            return Err(Failure::NoMatch);
        }
        let start = self.at;
        if let Some(tree) = self.attempt(Self::dict)? {
            return Ok(tree);
        }
        if self.seeking {
            self.invalid_dict()?;
        }
        if let Some(tree) = self.attempt(Self::set)? {
            return Ok(tree);
        }
        self.invalid_dict_comprehension()?;
        self.at = start;
        self.invalid_comprehension()?;
        Err(Failure::NoMatch)
    }

    fn dict_or_set(&mut self) -> Parse<Expr> {
        let next = self.peek_second();
        if matches!(next, TokenKind::RightBrace | TokenKind::DoubleStar) {
            return self.dict();
        }
        if next == TokenKind::Star {
            return self.set();
        }
        let start = self.start();
        self.expect(TokenKind::LeftBrace)?;
        let first_start = self.start();
        let first = self.named_expression()?;
        // A key may be named by `:=` only in parentheses, so that its span begins after them.
        let bare_name = matches!(first.kind, ExprKind::NamedExpr { .. }) && first.span.start == first_start;
        if self.peek() == TokenKind::Colon && !bare_name {
            return self.dict_after_key(start, first);
        }
        self.set_after_first(start, first)
    }

    fn dict(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::LeftBrace)?;
        if self.accept(TokenKind::RightBrace) {
            return Ok(Expr::new(ExprKind::Dict { items: Vec::new() }, self.span_from(start)));
        }
        if self.peek() != TokenKind::DoubleStar {
            let key = self.expression()?;
            return self.dict_after_key(start, key);
        }
        let first = self.dict_item()?;
        self.dict_after_first(start, first)
    }

    /// The rest of a dict or dict comprehension after its first key.
    fn dict_after_key(&mut self, start: u32, key: Expr) -> Parse<Expr> {
        self.expect(TokenKind::Colon)?;
        let value = self.expression()?;
        if !matches!(self.peek(), TokenKind::For | TokenKind::Async) {
            return self.dict_after_first(start, DictItem { key: Some(key), value });
        }
        let generators = self.for_if_clauses()?;
        self.expect(TokenKind::RightBrace)?;
        let (key, value) = (Box::new(key), Box::new(value));
        Ok(Expr::new(ExprKind::DictComp { key, value, generators }, self.span_from(start)))
    }

    fn dict_after_first(&mut self, start: u32, first: DictItem) -> Parse<Expr> {
        let mut items = vec![first];
        while self.accept(TokenKind::Comma) && self.peek() != TokenKind::RightBrace {
            items.push(self.dict_item()?);
        }
        self.expect(TokenKind::RightBrace)?;
        Ok(Expr::new(ExprKind::Dict { items }, self.span_from(start)))
    }

    /// `key: value` or `**mapping`.
    pub(super) fn dict_item(&mut self) -> Parse<DictItem> {
        if self.accept(TokenKind::DoubleStar) {
            return Ok(DictItem { key: None, value: self.bitwise_or()? });
        }
        let key = self.expression()?;
        self.expect(TokenKind::Colon)?;
        Ok(DictItem { key: Some(key), value: self.expression()? })
    }

    fn set(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::LeftBrace)?;
        let first = self.star_named_expression()?;
        self.set_after_first(start, first)
    }

    /// The rest of a set or set comprehension after its first element.
    fn set_after_first(&mut self, start: u32, first: Expr) -> Parse<Expr> {
        let is_comprehension = matches!(self.peek(), TokenKind::For | TokenKind::Async);
        let kind = if is_comprehension && !matches!(first.kind, ExprKind::Starred { .. }) {
            ExprKind::SetComp { elt: Box::new(first), generators: self.for_if_clauses()? }
        } else {
            let mut elts = vec![first];
            if self.accept(TokenKind::Comma) && self.peek() != TokenKind::RightBrace {
                elts.extend(self.star_named_expressions()?);
            }
            ExprKind::Set { elts }
        };
        self.expect(TokenKind::RightBrace)?;
        Ok(Expr::new(kind, self.span_from(start)))
    }
}
