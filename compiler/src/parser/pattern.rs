//! `match` and its patterns.

use super::expression::begins_expression;
use super::{Failure, Parse, Parser};
use crate::ast::{
    Constant, Expr, ExprKind, Identifier, MatchCase, Operator, Pattern, PatternKind, StmtKind, UnaryOperator,
};
use crate::lexer::TokenKind;
use crate::source::SyntaxError;

impl Parser<'_> {
    /// `match subject:` and its cases. That `match` is a keyword here shows only by the colon and the first `case`.
    pub(super) fn match_statement(&mut self) -> Parse<StmtKind> {
        self.expect(TokenKind::Name)?;
        let subject = self.match_subject()?;
        self.expect(TokenKind::Colon)?;
        self.expect(TokenKind::Newline)?;
        self.expect(TokenKind::Indent)?;
        let mut cases = Vec::new();
        while !self.accept(TokenKind::Dedent) {
            let case = self.nested(Self::case_block)?;
            cases.push(case);
        }
        Ok(StmtKind::Match { subject, cases })
    }

    /// An expression, or a tuple without parentheses.
    pub(super) fn match_subject(&mut self) -> Parse<Expr> {
        let start = self.start();
        let next = self.peek();
        if !(begins_expression(next) || next == TokenKind::Star) {
            return Err(Failure::NoMatch);
        }
        let mut elts = self.star_named_expressions()?;
        let trailing_comma = self.tokens[self.at - 1].kind == TokenKind::Comma;
        match elts.pop() {
            Some(only) if elts.is_empty() && !trailing_comma => match only.kind {
                ExprKind::Starred { .. } => Err(Failure::NoMatch),
                _ => Ok(only),
            },
            last => {
                elts.extend(last);
                Ok(Expr::new(ExprKind::Tuple { elts }, self.span_from(start)))
            }
        }
    }

    fn case_block(&mut self) -> Parse<MatchCase> {
        if !self.at_word("case") {
            return Err(Failure::NoMatch);
        }
        self.invalid_case()?;
        self.advance();
        let pattern = self.patterns()?;
        let guard = self.guard()?;
        self.expect(TokenKind::Colon)?;
        Ok(MatchCase { pattern, guard, body: self.block()? })
    }

    /// `if condition` after a pattern, if it comes next.
    pub(super) fn guard(&mut self) -> Parse<Option<Expr>> {
        if self.accept(TokenKind::If) { self.named_expression().map(Some) } else { Ok(None) }
    }

    /// A pattern, or several with commas, which match a sequence.
    pub(super) fn patterns(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let first = self.maybe_star_pattern()?;
        if self.peek() != TokenKind::Comma {
            return if matches!(first.kind, PatternKind::MatchStar { .. }) { Err(Failure::NoMatch) } else { Ok(first) };
        }
        self.advance();
        let ends = |kind| matches!(kind, TokenKind::Colon | TokenKind::If);
        let patterns = self.sequence_after(first, ends)?;
        Ok(self.pattern_from(start, PatternKind::MatchSequence { patterns }))
    }

    /// More elements of a sequence, up to a token that `ends` it; a comma was just read.
    fn sequence_after(&mut self, first: Pattern, ends: fn(TokenKind) -> bool) -> Parse<Vec<Pattern>> {
        let mut patterns = vec![first];
        while !ends(self.peek()) {
            let Some(pattern) = self.commit(Self::maybe_star_pattern)? else { break };
            patterns.push(pattern);
            if !self.accept(TokenKind::Comma) {
                break;
            }
        }
        Ok(patterns)
    }

    fn pattern_from(&self, start: u32, kind: PatternKind) -> Pattern {
        Pattern { kind, span: self.span_from(start) }
    }

    fn maybe_star_pattern(&mut self) -> Parse<Pattern> {
        if self.peek() != TokenKind::Star {
            return self.pattern();
        }
        let start = self.advance().span.start;
        let name = if self.at_word("_") {
            self.advance();
            None
        } else {
            Some(self.identifier()?)
        };
        Ok(self.pattern_from(start, PatternKind::MatchStar { name }))
    }

    /// Alternatives, which `as` may name.
    pub(super) fn pattern(&mut self) -> Parse<Pattern> {
        self.nested(|parser| {
            let start = parser.start();
            let pattern = parser.or_pattern()?;
            if parser.peek() != TokenKind::As {
                return Ok(pattern);
            }
            let name = parser.commit(Self::as_name)?;
            if name.is_none() {
                parser.invalid_as_pattern()?;
                return Err(Failure::NoMatch);
            }
            Ok(parser.pattern_from(start, PatternKind::MatchAs { pattern: Some(Box::new(pattern)), name }))
        })
    }

    /// `as` and the name after it.
    fn as_name(&mut self) -> Parse<Identifier> {
        self.expect(TokenKind::As)?;
        if self.at_word("_") {
            return Err(Failure::NoMatch);
        }
        let name = self.identifier()?;
        match self.peek() {
            TokenKind::Dot | TokenKind::LeftParen | TokenKind::Equal => Err(Failure::NoMatch),
            _ => Ok(name),
        }
    }

    fn or_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let first = self.closed_pattern()?;
        if self.peek() != TokenKind::Bar {
            return Ok(first);
        }
        let mut patterns = vec![first];
        while self.accept(TokenKind::Bar) {
            patterns.push(self.closed_pattern()?);
        }
        Ok(self.pattern_from(start, PatternKind::MatchOr { patterns }))
    }

    fn closed_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let singleton = match self.peek() {
            TokenKind::None => Constant::None,
            TokenKind::True => Constant::True,
            TokenKind::False => Constant::False,
            TokenKind::Name => return self.name_pattern(),
            TokenKind::LeftParen => return self.group_pattern(),
            TokenKind::LeftBracket => {
                self.advance();
                let patterns = self.sequence(TokenKind::RightBracket)?;
                return Ok(self.pattern_from(start, PatternKind::MatchSequence { patterns }));
            }
            TokenKind::LeftBrace => return self.mapping_pattern(),
            _ => {
                let value = self.literal_pattern()?;
                return Ok(self.pattern_from(start, PatternKind::MatchValue(value)));
            }
        };
        self.advance();
        Ok(self.pattern_from(start, PatternKind::MatchSingleton(singleton)))
    }

    /// Patterns with commas up to `close`, which is stepped past.
    fn sequence(&mut self, close: TokenKind) -> Parse<Vec<Pattern>> {
        let mut patterns = Vec::new();
        while self.peek() != close {
            patterns.push(self.maybe_star_pattern()?);
            if !self.accept(TokenKind::Comma) {
                break;
            }
        }
        self.expect(close)?;
        Ok(patterns)
    }

    /// `(pattern)`, or a sequence in parentheses.
    fn group_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        self.expect(TokenKind::LeftParen)?;
        let mut patterns = self.sequence(TokenKind::RightParen)?;
        let trailing_comma = self.tokens[self.at - 2].kind == TokenKind::Comma;
        match patterns.pop() {
            Some(only) if patterns.is_empty() && !trailing_comma => match only.kind {
                PatternKind::MatchStar { .. } => Err(Failure::NoMatch),
                _ => Ok(only),
            },
            last => {
                patterns.extend(last);
                Ok(self.pattern_from(start, PatternKind::MatchSequence { patterns }))
            }
        }
    }

    /// A capture, `_`, a dotted name, or a class pattern.
    fn name_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        let name = self.identifier()?;
        if self.peek() == TokenKind::Equal {
            return Err(Failure::NoMatch);
        }
        if !matches!(self.peek(), TokenKind::Dot | TokenKind::LeftParen) {
            let name = (&*name.name != "_").then_some(name);
            return Ok(self.pattern_from(start, PatternKind::MatchAs { pattern: None, name }));
        }
        let mut value = Expr::new(ExprKind::Name(name.name), name.span);
        while self.accept(TokenKind::Dot) {
            let attr = self.identifier()?;
            value = Expr::new(ExprKind::Attribute { value: Box::new(value), attr }, self.span_from(start));
            self.link()?;
        }
        match self.peek() {
            TokenKind::LeftParen => self.class_pattern(start, value),
            TokenKind::Equal => Err(Failure::NoMatch),
            _ => Ok(self.pattern_from(start, PatternKind::MatchValue(value))),
        }
    }

    /// `(a, name=b)` after the class `cls`, which begins at `start`.
    fn class_pattern(&mut self, start: u32, cls: Expr) -> Parse<Pattern> {
        self.invalid_class_pattern()?;
        self.expect(TokenKind::LeftParen)?;
        let (mut patterns, mut keywords) = (Vec::new(), Vec::new());
        while self.peek() != TokenKind::RightParen {
            if self.peek() == TokenKind::Name && self.peek_second() == TokenKind::Equal {
                keywords.push(self.keyword_pattern()?);
            } else if keywords.is_empty() {
                patterns.push(self.pattern()?);
            } else {
                return Err(Failure::NoMatch);
            }
            if !self.accept(TokenKind::Comma) {
                break;
            }
        }
        self.expect(TokenKind::RightParen)?;
        Ok(self.pattern_from(start, PatternKind::MatchClass { cls, patterns, keywords }))
    }

    /// `name=pattern` in a class pattern.
    pub(super) fn keyword_pattern(&mut self) -> Parse<(Identifier, Pattern)> {
        let name = self.identifier()?;
        self.expect(TokenKind::Equal)?;
        Ok((name, self.pattern()?))
    }

    fn mapping_pattern(&mut self) -> Parse<Pattern> {
        let start = self.start();
        self.expect(TokenKind::LeftBrace)?;
        let (mut items, mut rest) = (Vec::new(), None);
        while self.peek() != TokenKind::RightBrace {
            if self.accept(TokenKind::DoubleStar) {
                if self.at_word("_") {
                    return Err(Failure::NoMatch);
                }
                rest = Some(self.identifier()?);
                self.accept(TokenKind::Comma);
                break;
            }
            let key = self.mapping_key()?;
            self.expect(TokenKind::Colon)?;
            items.push((key, self.pattern()?));
            if !self.accept(TokenKind::Comma) {
                break;
            }
        }
        self.expect(TokenKind::RightBrace)?;
        Ok(self.pattern_from(start, PatternKind::MatchMapping { items, rest }))
    }

    /// A literal or a dotted name.
    fn mapping_key(&mut self) -> Parse<Expr> {
        match self.peek() {
            TokenKind::Name => match self.name_pattern()?.kind {
                PatternKind::MatchValue(value) => Ok(value),
                _ => Err(Failure::NoMatch),
            },
            TokenKind::None | TokenKind::True | TokenKind::False => self.atom(),
            _ => self.literal_pattern(),
        }
    }

    /// Strings, or a number, which may have a sign and an imaginary part.
    fn literal_pattern(&mut self) -> Parse<Expr> {
        if matches!(self.peek(), TokenKind::String | TokenKind::FStringStart | TokenKind::TStringStart) {
            return self.strings();
        }
        let start = self.start();
        let real = if self.accept(TokenKind::Minus) {
            let operand = Box::new(self.number()?);
            Expr::new(ExprKind::UnaryOp { op: UnaryOperator::USub, operand }, self.span_from(start))
        } else {
            self.number()?
        };
        let op = match self.peek() {
            TokenKind::Plus => Operator::Add,
            TokenKind::Minus => Operator::Sub,
            _ => return Ok(real),
        };
        let magnitude = if let ExprKind::UnaryOp { operand, .. } = &real.kind { operand } else { &real };
        if matches!(magnitude.kind, ExprKind::Constant(Constant::Imaginary(_))) {
            return Err(SyntaxError::new("real number required in complex literal", real.span).into());
        }
        self.advance();
        let right = Box::new(self.imaginary_number()?);
        Ok(Expr::new(ExprKind::BinOp { left: Box::new(real), op, right }, self.span_from(start)))
    }
}
