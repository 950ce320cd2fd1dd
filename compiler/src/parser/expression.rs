//! Expressions: from lists of them down to operators.
//!
//! Operators are parsed by precedence climbing over one table, [`infix`]. `not`, unary operators, `await` and primaries
//! stand below it; conditionals, `lambda`, `:=` and commas above.

use super::memo::Rule;
use super::{Failure, Parse, Parser};
use crate::ast::{BoolOperator, CmpOperator, Expr, ExprKind, Identifier, Operator, UnaryOperator};
use crate::lexer::TokenKind;
use crate::source::Span;

/// How tightly an operator binds; what a rule reads are the operators of its precedence and above.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Precedence {
    Or,
    And,
    Not,
    Comparison,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
}

impl Precedence {
    /// That of the right operand of a left-associative operator.
    fn above(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Not,
            Self::Not => Self::Comparison,
            Self::Comparison => Self::BitOr,
            Self::BitOr => Self::BitXor,
            Self::BitXor => Self::BitAnd,
            Self::BitAnd => Self::Shift,
            Self::Shift => Self::Sum,
            Self::Sum => Self::Term,
            Self::Term | Self::Factor => Self::Factor,
        }
    }
}

/// What an operator between operands makes of them.
#[derive(Clone, Copy)]
enum Infix {
    Bool(BoolOperator),
    Compare(CmpOperator),
    Binary(Operator),
}

/// The operators between operands, except `not in`, `is not` and `**`.
fn infix(kind: TokenKind) -> Option<(Precedence, Infix)> {
    use Infix::{Binary, Bool, Compare};
    use TokenKind as T;
    Some(match kind {
        T::Or => (Precedence::Or, Bool(BoolOperator::Or)),
        T::And => (Precedence::And, Bool(BoolOperator::And)),
        T::EqualEqual => (Precedence::Comparison, Compare(CmpOperator::Eq)),
        T::NotEqual => (Precedence::Comparison, Compare(CmpOperator::NotEq)),
        T::Less => (Precedence::Comparison, Compare(CmpOperator::Lt)),
        T::LessEqual => (Precedence::Comparison, Compare(CmpOperator::LtE)),
        T::Greater => (Precedence::Comparison, Compare(CmpOperator::Gt)),
        T::GreaterEqual => (Precedence::Comparison, Compare(CmpOperator::GtE)),
        T::In => (Precedence::Comparison, Compare(CmpOperator::In)),
        T::Is => (Precedence::Comparison, Compare(CmpOperator::Is)),
        T::Bar => (Precedence::BitOr, Binary(Operator::BitOr)),
        T::Caret => (Precedence::BitXor, Binary(Operator::BitXor)),
        T::Ampersand => (Precedence::BitAnd, Binary(Operator::BitAnd)),
        T::LeftShift => (Precedence::Shift, Binary(Operator::LShift)),
        T::RightShift => (Precedence::Shift, Binary(Operator::RShift)),
        T::Plus => (Precedence::Sum, Binary(Operator::Add)),
        T::Minus => (Precedence::Sum, Binary(Operator::Sub)),
        T::Star => (Precedence::Term, Binary(Operator::Mult)),
        T::Slash => (Precedence::Term, Binary(Operator::Div)),
        T::DoubleSlash => (Precedence::Term, Binary(Operator::FloorDiv)),
        T::Percent => (Precedence::Term, Binary(Operator::Mod)),
        T::At => (Precedence::Term, Binary(Operator::MatMult)),
        _ => return None,
    })
}

/// Whether a token of `kind` can begin an expression (other than a starred one).
pub(super) fn begins_expression(kind: TokenKind) -> bool {
    use TokenKind as T;
    matches!(
        kind,
        T::Name
            | T::Number
            | T::String
            | T::FStringStart
            | T::TStringStart
            | T::True
            | T::False
            | T::None
            | T::Ellipsis
            | T::LeftParen
            | T::LeftBracket
            | T::LeftBrace
            | T::Plus
            | T::Minus
            | T::Tilde
            | T::Not
            | T::Await
            | T::Lambda
    )
}

impl Parser<'_> {
    /// Items read by `item`, separated by commas; more than one, or a trailing comma, make a tuple.
    fn tuple_of(&mut self, item: fn(&mut Self) -> Parse<Expr>, begins: fn(TokenKind) -> bool) -> Parse<Expr> {
        let start = self.start();
        let first = item(self)?;
        if self.peek() != TokenKind::Comma {
            return Ok(first);
        }
        let mut elts = vec![first];
        while self.accept(TokenKind::Comma) && begins(self.peek()) {
            match self.commit(item)? {
                Some(element) => elts.push(element),
                None => break,
            }
        }
        Ok(Expr::new(ExprKind::Tuple { elts }, self.span_from(start)))
    }

    /// `a` or `a, b`, without stars.
    pub(super) fn expressions(&mut self) -> Parse<Expr> {
        self.tuple_of(Self::expression, begins_expression)
    }

    /// `a`, `a, b` or `*a, b`.
    pub(super) fn star_expressions(&mut self) -> Parse<Expr> {
        self.tuple_of(Self::star_expression, |kind| begins_expression(kind) || kind == TokenKind::Star)
    }

    /// `*a` or an expression.
    pub(super) fn star_expression(&mut self) -> Parse<Expr> {
        if self.peek() == TokenKind::Star { self.starred(Self::bitwise_or) } else { self.expression() }
    }

    /// `*a` or an expression that may be named by `:=`.
    pub(super) fn star_named_expression(&mut self) -> Parse<Expr> {
        if self.peek() == TokenKind::Star { self.starred(Self::bitwise_or) } else { self.named_expression() }
    }

    /// `*`, then what `operand` reads.
    pub(super) fn starred(&mut self, operand: fn(&mut Self) -> Parse<Expr>) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::Star)?;
        let value = Box::new(operand(self)?);
        Ok(Expr::new(ExprKind::Starred { value }, self.span_from(start)))
    }

    /// One or more starred or named expressions, up to a token that begins none; a trailing comma may be among them.
    pub(super) fn star_named_expressions(&mut self) -> Parse<Vec<Expr>> {
        let mut elts = vec![self.star_named_expression()?];
        while self.peek() == TokenKind::Comma {
            let next = self.peek_second();
            if !(begins_expression(next) || next == TokenKind::Star) {
                self.advance();
                break;
            }
            let item = |parser: &mut Self| {
                parser.expect(TokenKind::Comma)?;
                parser.star_named_expression()
            };
            match self.commit(item)? {
                Some(element) => elts.push(element),
                None => {
                    self.accept(TokenKind::Comma);
                    break;
                }
            }
        }
        Ok(elts)
    }

    /// `yield`, `yield a`, `yield from a`, or expressions.
    pub(super) fn annotated_rhs(&mut self) -> Parse<Expr> {
        if self.peek() == TokenKind::Yield { self.yield_expression() } else { self.star_expressions() }
    }

    /// `yield`, `yield a`, `yield from a`.
    pub(super) fn yield_expression(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::Yield)?;
        if self.accept(TokenKind::From) {
            let value = Box::new(self.expression()?);
            return Ok(Expr::new(ExprKind::YieldFrom { value }, self.span_from(start)));
        }
        let next = self.peek();
        let mut value = None;
        if begins_expression(next) || next == TokenKind::Star {
            value = self.commit(Self::star_expressions)?.map(Box::new);
        }
        Ok(Expr::new(ExprKind::Yield { value }, self.span_from(start)))
    }

    /// `name := a`, or an expression.
    pub(super) fn named_expression(&mut self) -> Parse<Expr> {
        self.remembered(Rule::NamedExpression, |parser| {
            if let Some(named) = parser.assignment_expression()? {
                return Ok(named);
            }
            if parser.diagnosing {
                parser.invalid_named_expression()?;
            }
            let value = parser.expression()?;
            if parser.peek() == TokenKind::ColonEqual { Err(Failure::NoMatch) } else { Ok(value) }
        })
    }

    /// `name := a`, if a name and `:=` come next.
    pub(super) fn assignment_expression(&mut self) -> Parse<Option<Expr>> {
        if self.peek() != TokenKind::Name || self.peek_second() != TokenKind::ColonEqual {
            return Ok(None);
        }
        let start = self.start();
        let target = Box::new(self.name_expression());
        self.advance();
        let value = Box::new(self.expression()?);
        Ok(Some(Expr::new(ExprKind::NamedExpr { target, value }, self.span_from(start))))
    }

    /// The name that comes next.
    pub(super) fn name_expression(&mut self) -> Expr {
        let span = self.advance().span;
        Expr::new(ExprKind::Name(self.name(span)), span)
    }

    /// A conditional, `lambda`, or anything that binds tighter.
    pub(super) fn expression(&mut self) -> Parse<Expr> {
        self.remembered(Rule::Expression, |parser| {
            parser.nested(|parser| {
                if parser.diagnosing {
                    parser.invalid_expression()?;
                    parser.invalid_legacy_expression()?;
                }
                parser.conditional()
            })
        })
    }

    /// [`Parser::expression`] without looking for mistakes at this level.
    pub(super) fn conditional(&mut self) -> Parse<Expr> {
        if self.peek() == TokenKind::Lambda {
            return self.lambda();
        }
        let start = self.start();
        let body = self.disjunction()?;
        if self.peek() != TokenKind::If {
            return Ok(body);
        }
        let rest = |parser: &mut Self| {
            parser.expect(TokenKind::If)?;
            let test = parser.disjunction()?;
            parser.expect(TokenKind::Else)?;
            Ok((test, parser.expression()?))
        };
        Ok(match self.commit(rest)? {
            None => body,
            Some((test, orelse)) => {
                let (test, body, orelse) = (Box::new(test), Box::new(body), Box::new(orelse));
                Expr::new(ExprKind::IfExp { test, body, orelse }, self.span_from(start))
            }
        })
    }

    fn lambda(&mut self) -> Parse<Expr> {
        let start = self.start();
        self.expect(TokenKind::Lambda)?;
        let args = Box::new(self.lambda_parameters()?);
        self.expect(TokenKind::Colon)?;
        let body = Box::new(self.expression()?);
        Ok(Expr::new(ExprKind::Lambda { args, body }, self.span_from(start)))
    }

    /// Operators from `or` up.
    pub(super) fn disjunction(&mut self) -> Parse<Expr> {
        self.remembered(Rule::Disjunction, |parser| parser.operators(Precedence::Or))
    }

    /// Operators from `|` up.
    pub(super) fn bitwise_or(&mut self) -> Parse<Expr> {
        self.remembered(Rule::BitwiseOr, |parser| parser.nested(|parser| parser.operators(Precedence::BitOr)))
    }

    /// Operators of precedence `least` and above.
    pub(super) fn operators(&mut self, least: Precedence) -> Parse<Expr> {
        let start = self.start();
        let mut left = self.prefixed(least)?;
        loop {
            let kind = self.peek();
            let found = match kind {
                TokenKind::Not if least <= Precedence::Comparison && self.peek_second() == TokenKind::In => {
                    Some((Precedence::Comparison, Infix::Compare(CmpOperator::NotIn)))
                }
                _ => infix(kind),
            };
            let Some((precedence, operator)) = found.filter(|(precedence, _)| *precedence >= least) else {
                return Ok(left);
            };
            // `not a == b` is `not (a == b)`: what binds looser than the operand that was read cannot take it.
            left = match operator {
                Infix::Bool(op) => {
                    let mut values = Vec::new();
                    while self.peek() == kind {
                        match self.commit(|parser| parser.right_operand(kind, precedence.above()))? {
                            Some(value) => values.push(value),
                            None => break,
                        }
                    }
                    if values.is_empty() {
                        return Ok(left);
                    }
                    values.insert(0, left);
                    Expr::new(ExprKind::BoolOp { op, values }, self.span_from(start))
                }
                Infix::Compare(_) => {
                    let (mut ops, mut comparators) = (Vec::new(), Vec::new());
                    while let Some((op, right)) = self.comparison()? {
                        ops.push(op);
                        comparators.push(right);
                    }
                    if ops.is_empty() {
                        return Ok(left);
                    }
                    Expr::new(ExprKind::Compare { left: Box::new(left), ops, comparators }, self.span_from(start))
                }
                Infix::Binary(op) => {
                    let Some(right) = self.commit(|parser| parser.right_operand(kind, precedence.above()))? else {
                        return Ok(left);
                    };
                    let (left, right) = (Box::new(left), Box::new(right));
                    Expr::new(ExprKind::BinOp { left, op, right }, self.span_from(start))
                }
            };
            self.link()?;
        }
    }

    /// The operator of `kind` that comes next, and its right operand.
    fn right_operand(&mut self, kind: TokenKind, least: Precedence) -> Parse<Expr> {
        self.expect(kind)?;
        if self.diagnosing && least >= Precedence::Term {
            self.invalid_arithmetic()?;
        }
        self.operators(least)
    }

    /// The next comparison operator and its right operand, if any comes next.
    fn comparison(&mut self) -> Parse<Option<(CmpOperator, Expr)>> {
        let op = match (self.peek(), infix(self.tokens[self.at].kind)) {
            (TokenKind::Not, _) if self.peek_second() == TokenKind::In => CmpOperator::NotIn,
            (TokenKind::Is, _) if self.peek_second() == TokenKind::Not => CmpOperator::IsNot,
            (_, Some((_, Infix::Compare(op)))) => op,
            _ => return Ok(None),
        };
        self.commit(|parser| {
            parser.advance();
            if matches!(op, CmpOperator::NotIn | CmpOperator::IsNot) {
                parser.advance();
            }
            Ok((op, parser.operators(Precedence::BitOr)?))
        })
    }

    /// An operand with the operators before it: `not`s if `least` allows them, then signs.
    fn prefixed(&mut self, least: Precedence) -> Parse<Expr> {
        let mut prefixes: Vec<(UnaryOperator, u32)> = Vec::new();
        if least <= Precedence::Not {
            while self.peek() == TokenKind::Not {
                prefixes.push((UnaryOperator::Not, self.advance().span.start));
            }
        }
        if !prefixes.is_empty() {
            let operand = self.operators(Precedence::Comparison)?;
            return self.apply(prefixes, operand);
        }
        loop {
            let op = match self.peek() {
                TokenKind::Plus => UnaryOperator::UAdd,
                TokenKind::Minus => UnaryOperator::USub,
                TokenKind::Tilde => UnaryOperator::Invert,
                _ => break,
            };
            prefixes.push((op, self.advance().span.start));
            if self.diagnosing && self.peek() == TokenKind::Not {
                self.invalid_factor()?;
            }
        }
        let operand = self.power()?;
        self.apply(prefixes, operand)
    }

    /// Puts the unary operators `prefixes`, outermost first, each with where it stands, on `operand`.
    fn apply(&mut self, prefixes: Vec<(UnaryOperator, u32)>, operand: Expr) -> Parse<Expr> {
        // Checked before the tree is built, so that a tree too high never exists.
        self.height += prefixes.len() as u32;
        if self.height > super::MAX_HEIGHT {
            return Err(self.too_deep());
        }
        let end = self.span_from(operand.span.start).end;
        Ok(prefixes.into_iter().rev().fold(operand, |operand, (op, start)| {
            Expr::new(ExprKind::UnaryOp { op, operand: Box::new(operand) }, Span::new(start, end))
        }))
    }

    /// `a ** b`, which binds tighter than a sign on its left and looser than one on its right.
    fn power(&mut self) -> Parse<Expr> {
        let start = self.start();
        let left = self.await_primary()?;
        if self.peek() != TokenKind::DoubleStar {
            return Ok(left);
        }
        let right = self.commit(|parser| {
            parser.expect(TokenKind::DoubleStar)?;
            parser.nested(|parser| parser.prefixed(Precedence::Factor))
        })?;
        let Some(right) = right else { return Ok(left) };
        let (left, op, right) = (Box::new(left), Operator::Pow, Box::new(right));
        Ok(Expr::new(ExprKind::BinOp { left, op, right }, self.span_from(start)))
    }

    fn await_primary(&mut self) -> Parse<Expr> {
        if self.peek() != TokenKind::Await {
            return self.primary();
        }
        let start = self.start();
        self.advance();
        let value = Box::new(self.primary()?);
        self.link()?;
        Ok(Expr::new(ExprKind::Await { value }, self.span_from(start)))
    }

    /// An atom with its attributes, calls and subscripts.
    pub(super) fn primary(&mut self) -> Parse<Expr> {
        self.remembered(Rule::Primary, |parser| {
            let start = parser.start();
            let mut primary = parser.atom()?;
            loop {
                let kind = match parser.peek() {
                    TokenKind::Dot => parser.commit(Self::attribute)?.map(Trailer::Attribute),
                    TokenKind::LeftParen => parser.commit(Self::call_arguments)?.map(Trailer::Call),
                    TokenKind::LeftBracket => parser.commit(Self::subscript)?.map(Trailer::Subscript),
                    _ => None,
                };
                let Some(trailer) = kind else { return Ok(primary) };
                let value = Box::new(primary);
                let kind = match trailer {
                    Trailer::Attribute(attr) => ExprKind::Attribute { value, attr },
                    Trailer::Call((args, keywords)) => ExprKind::Call { func: value, args, keywords },
                    Trailer::Subscript(slice) => ExprKind::Subscript { value, slice: Box::new(slice) },
                };
                primary = Expr::new(kind, parser.span_from(start));
                parser.link()?;
            }
        })
    }

    /// `.name` after a primary.
    fn attribute(&mut self) -> Parse<Identifier> {
        self.expect(TokenKind::Dot)?;
        self.identifier()
    }

    /// `[a]`, `[a:b]`, `[a, b:c]` after a primary.
    fn subscript(&mut self) -> Parse<Expr> {
        self.expect(TokenKind::LeftBracket)?;
        let start = self.start();
        let first = self.slice()?;
        let slice = if self.peek() != TokenKind::Comma && !matches!(first.kind, ExprKind::Starred { .. }) {
            first
        } else {
            let mut elts = vec![first];
            while self.accept(TokenKind::Comma) && self.peek() != TokenKind::RightBracket {
                elts.push(self.slice()?);
            }
            Expr::new(ExprKind::Tuple { elts }, self.span_from(start))
        };
        self.expect(TokenKind::RightBracket)?;
        Ok(slice)
    }

    /// One index of a subscript.
    fn slice(&mut self) -> Parse<Expr> {
        let start = self.start();
        if self.peek() == TokenKind::Star {
            return self.starred_argument();
        }
        let mut lower = None;
        if self.peek() != TokenKind::Colon {
            let index = self.named_expression()?;
            let bare_name = matches!(index.kind, ExprKind::NamedExpr { .. }) && index.span.start == start;
            if self.peek() != TokenKind::Colon || bare_name {
                return Ok(index);
            }
            lower = Some(Box::new(index));
        }
        self.expect(TokenKind::Colon)?;
        let upper = self.bound()?;
        let step = if self.accept(TokenKind::Colon) { self.bound()? } else { None };
        Ok(Expr::new(ExprKind::Slice { lower, upper, step }, self.span_from(start)))
    }

    /// What may stand after a colon of a slice.
    fn bound(&mut self) -> Parse<Option<Box<Expr>>> {
        if begins_expression(self.peek()) { self.expression().map(|bound| Some(Box::new(bound))) } else { Ok(None) }
    }
}

/// What may follow a primary.
enum Trailer {
    Attribute(Identifier),
    Call(super::argument::CallArguments),
    Subscript(Expr),
}
