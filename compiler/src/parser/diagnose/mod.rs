//! Known mistakes: what the second run tries besides the language itself.
//!
//! Each function tries the forms of one mistake at the next token, and either reports it or leaves the parser where it
//! was. Which forms there are, what comes before what, and what each error marks follow the `invalid_` rules of CPython
//! 3.14's grammar: a reader who knows one knows the other. In the first run, and where the grammar turns these
//! rules off, all of them do nothing.

mod assignment;
mod call;
mod collection;
mod definition;
mod exception;
mod expression;
mod fstring;
mod parameter;
mod pattern;
mod statement;
mod suite;

use super::{Failure, Parse, Parser};
use crate::ast::{CmpOperator, Constant, Expr, ExprKind};
use crate::lexer::{Token, TokenKind};
use crate::source::{Carets, LineIndex, Span, SyntaxError};

/// What a target is for, which decides what it may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Star,
    For,
    Del,
}

impl Parser<'_> {
    /// Tries one form of a mistake: `rule` reads it and ends with its error.
    fn mistake(&mut self, rule: impl FnOnce(&mut Self) -> Parse<()>) -> Parse<()> {
        if self.seeking { self.form(rule) } else { Ok(()) }
    }

    /// [`Parser::mistake`], even where mistakes are not looked for.
    fn form(&mut self, rule: impl FnOnce(&mut Self) -> Parse<()>) -> Parse<()> {
        let at = self.at;
        self.attempt(rule)?;
        self.at = at;
        Ok(())
    }

    /// Applies `rule` with the known mistakes turned off.
    fn without_mistakes<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        let seeking = std::mem::replace(&mut self.seeking, false);
        let result = rule(self);
        self.seeking = seeking;
        result
    }

    /// An error that marks `span`.
    fn error_at<T>(&self, span: Span, message: impl Into<String>) -> Parse<T> {
        Err(SyntaxError::new(message, span).into())
    }

    /// An error that marks the furthest token that was looked at.
    pub(super) fn error_at_furthest<T>(&self, message: impl Into<String>) -> Parse<T> {
        let token = self.tokens[self.furthest];
        Err(SyntaxError { carets: self.carets(token), ..SyntaxError::new(message, token.span) }.into())
    }

    /// When `token` can be marked. A dedent to the start of a line has no character before it, the end none after it.
    fn carets(&self, token: Token) -> Carets {
        let (before, after) = self.source.split_at(token.span.start as usize);
        let at_line_start = before.is_empty() || before.ends_with(['\n', '\r']);
        let at_end = after.trim_end_matches(['\n', '\r']).is_empty();
        match token.kind {
            TokenKind::Dedent | TokenKind::End if at_end => Carets::UnlessInFile,
            TokenKind::Dedent if at_line_start => Carets::Never,
            _ => Carets::Always,
        }
    }

    /// An error that marks the next token.
    fn error_at_next<T>(&mut self, message: impl Into<String>) -> Parse<T> {
        self.peek();
        self.error_at(self.tokens[self.at].span, message)
    }

    /// An error that marks all from `start` to the furthest token that was looked at, but its last character.
    fn error_from<T>(&self, start: Span, message: impl Into<String>) -> Parse<T> {
        let last = self.tokens[self.furthest];
        let end = if last.kind == TokenKind::Newline { last.span.end } else { last.span.end - 1 };
        self.error_at(Span::new(start.start, end.max(start.start)), message)
    }

    /// An `IndentationError` that marks the furthest token that was looked at.
    pub(super) fn indentation_error(&self, message: impl Into<String>) -> SyntaxError {
        let token = self.tokens[self.furthest];
        SyntaxError { carets: self.carets(token), ..SyntaxError::indentation(message, token.span) }
    }

    /// The error for a line that begins a block where no indented line follows; `what` begins at `start`.
    fn expected_block<T>(&mut self, what: &str, start: Span) -> Parse<T> {
        let line = LineIndex::new(self.source).line(start.start);
        let message = format!("expected an indented block after {what} on line {line}");
        Err(self.indentation_error(message).into())
    }

    /// Steps past a line break that no indent follows.
    fn unindented_line(&mut self) -> Parse<()> {
        self.expect(TokenKind::Newline)?;
        if self.peek() == TokenKind::Indent { Err(Failure::NoMatch) } else { Ok(()) }
    }

    /// The next token, if it is one of `kinds`, without stepping past it.
    fn lookahead(&mut self, kinds: &[TokenKind]) -> Parse<()> {
        let next = self.peek();
        if kinds.contains(&next) { Ok(()) } else { Err(Failure::NoMatch) }
    }

    /// The opposite of [`Parser::lookahead`].
    fn not_lookahead(&mut self, kinds: &[TokenKind]) -> Parse<()> {
        let next = self.peek();
        if kinds.contains(&next) { Err(Failure::NoMatch) } else { Ok(()) }
    }

    /// The error for the part of `target` that cannot be one; nothing if all of it can.
    fn invalid_target(&self, target: &Expr, purpose: Target) -> Parse<()> {
        let Some(culprit) = culprit(target, purpose) else { return Err(Failure::NoMatch) };
        let verb = if purpose == Target::Del { "delete" } else { "assign to" };
        self.error_at(culprit.span, format!("cannot {verb} {}", description(culprit)))
    }
}

/// The part of `target` that cannot be a target.
fn culprit(target: &Expr, purpose: Target) -> Option<&Expr> {
    match &target.kind {
        ExprKind::List { elts } | ExprKind::Tuple { elts } => elts.iter().find_map(|element| culprit(element, purpose)),
        ExprKind::Starred { value } if purpose != Target::Del => culprit(value, purpose),
        // The `in` of `for a() in b` was taken for a comparison.
        ExprKind::Compare { left, ops, .. } if purpose == Target::For => {
            if ops.first() == Some(&CmpOperator::In) {
                culprit(left, purpose)
            } else {
                None
            }
        }
        ExprKind::Name(_) | ExprKind::Subscript { .. } | ExprKind::Attribute { .. } => None,
        _ => Some(target),
    }
}

/// What messages call an expression.
fn description(expression: &Expr) -> &'static str {
    match &expression.kind {
        ExprKind::Attribute { .. } => "attribute",
        ExprKind::Subscript { .. } => "subscript",
        ExprKind::Starred { .. } => "starred",
        ExprKind::Name(_) => "name",
        ExprKind::List { .. } => "list",
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::Lambda { .. } => "lambda",
        ExprKind::Call { .. } => "function call",
        ExprKind::BoolOp { .. } | ExprKind::BinOp { .. } | ExprKind::UnaryOp { .. } => "expression",
        ExprKind::GeneratorExp { .. } => "generator expression",
        ExprKind::Yield { .. } | ExprKind::YieldFrom { .. } => "yield expression",
        ExprKind::Await { .. } => "await expression",
        ExprKind::ListComp { .. } => "list comprehension",
        ExprKind::SetComp { .. } => "set comprehension",
        ExprKind::DictComp { .. } => "dict comprehension",
        ExprKind::Dict { .. } => "dict literal",
        ExprKind::Set { .. } => "set display",
        ExprKind::JoinedStr { .. } => "f-string expression",
        ExprKind::TemplateStr { .. } => "t-string expression",
        ExprKind::Compare { .. } => "comparison",
        ExprKind::IfExp { .. } => "conditional expression",
        ExprKind::NamedExpr { .. } => "named expression",
        ExprKind::Slice { .. } => "slice",
        ExprKind::Constant(constant) => match constant {
            Constant::None => "None",
            Constant::True => "True",
            Constant::False => "False",
            Constant::Ellipsis => "ellipsis",
            _ => "literal",
        },
    }
}
