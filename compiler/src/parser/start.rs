//! What a text may be as a whole.

use super::{Failure, Parse, Parser};
use crate::ast::{Expr, Module, Stmt, StmtKind};
use crate::lexer::{Token, TokenKind, Tokens, tokenize};
use crate::source::{Span, SyntaxError};

/// Parses `source`, the text of a module.
///
/// # Errors
/// The first mistake in it, as CPython would report it.
pub fn parse(source: &str) -> Result<Module, SyntaxError> {
    Parser::run(source, tokenize(source), |parser| {
        let body = parser.statements(TokenKind::End)?;
        Ok(Module { body })
    })
}

/// Parses `source`, the text of a single expression, as `eval` takes it.
///
/// # Errors
/// The first mistake in it, as CPython would report it.
pub fn parse_expression(source: &str) -> Result<Expr, SyntaxError> {
    Parser::run(source, without_implied_newline(source), |parser| {
        let expression = parser.expressions()?;
        while parser.accept(TokenKind::Newline) {}
        parser.expect(TokenKind::End)?;
        Ok(expression)
    })
}

/// Parses `source`, the text of a type of functions in a comment: `(int, str) -> bool`. Yields the types of the arguments and
/// that of the result.
///
/// # Errors
/// The first mistake in it, as CPython would report it.
pub fn parse_function_type(source: &str) -> Result<(Vec<Expr>, Expr), SyntaxError> {
    Parser::run(source, without_implied_newline(source), |parser| {
        parser.expect(TokenKind::LeftParen)?;
        let arguments = parser.argument_types()?;
        parser.expect(TokenKind::RightParen)?;
        parser.expect(TokenKind::Arrow)?;
        let result = parser.expression()?;
        while parser.accept(TokenKind::Newline) {}
        parser.expect(TokenKind::End)?;
        Ok((arguments, result))
    })
}

/// Parses `source`, what is typed at a prompt: a compound statement, or simple ones on a line. With `blocks_stay_open`, a
/// block does not end where the text does without a line break.
///
/// # Errors
/// The first mistake in it, as CPython would report it.
pub fn parse_interactive(source: &str, blocks_stay_open: bool) -> Result<Module, SyntaxError> {
    let found = interactive_tokens(source, blocks_stay_open);
    let (body, end) = Parser::run(source, found, |parser| {
        let body = parser.interactive_statement()?;
        Ok((body, parser.tokens[parser.at - 1].span))
    })?;
    if has_more(&source[end.end as usize..]) {
        let place = Span::new(end.start, end.start + 1);
        return Err(SyntaxError::new("multiple statements found while compiling a single statement", place));
    }
    Ok(Module { body })
}

/// Whether `source` is no module, but could become one if it went on.
pub fn is_incomplete(source: &str) -> bool {
    let found = tokenize(source);
    let goes_on = |error: &SyntaxError| {
        let endings = ["was never closed", "unexpected EOF while parsing"];
        error.message.starts_with("unterminated triple-quoted")
            || endings.iter().any(|end| error.message.ends_with(end))
    };
    if found.error.as_ref().is_some_and(|error| !goes_on(error)) {
        return false;
    }
    let mut parser = Parser::new(source, found.tokens);
    let failed = parser.statements(TokenKind::End).is_err();
    let at_end = |token: &Token| matches!(token.kind, TokenKind::Dedent | TokenKind::End | TokenKind::Broken);
    failed && parser.tokens[parser.furthest..].iter().all(at_end)
}

/// The tokens of a text that is no module: the last line of a module ends even without a line break, that of others does not.
fn without_implied_newline(source: &str) -> Tokens {
    let mut found = tokenize(source);
    if let [.., Token { kind: TokenKind::Newline, .. }, end @ Token { kind: TokenKind::End, .. }] = found.tokens[..]
        && !source.ends_with(['\n', '\r'])
    {
        found.tokens.truncate(found.tokens.len() - 2);
        found.tokens.push(end);
    }
    found
}

/// The tokens of what is typed at a prompt. The end of the text counts as a line break wherever something came before it: once
/// for the line, and once more after the blocks that it ends.
fn interactive_tokens(source: &str, blocks_stay_open: bool) -> Tokens {
    let mut found = tokenize(source);
    let Some(&end) = found.tokens.last().filter(|token| token.kind == TokenKind::End) else { return found };
    let is_blank = found.tokens.len() == 1;
    let ends_block = matches!(found.tokens[..], [.., Token { kind: TokenKind::Dedent, .. }, _]);
    let whole_line = source.ends_with(['\n', '\r']);
    if !whole_line && ends_block && blocks_stay_open {
        found.tokens.retain(|token| token.kind != TokenKind::Dedent || token.span.start < end.span.start);
        return found;
    }
    if !is_blank && (whole_line || ends_block) {
        found.tokens.pop();
        found.tokens.extend([Token { kind: TokenKind::Newline, ..end }, end]);
    }
    found
}

/// Whether anything but blanks and comments follows.
fn has_more(rest: &str) -> bool {
    let of_line =
        |line: &str| line.split('#').next().is_some_and(|code| !code.trim_matches([' ', '\t', '\x0c']).is_empty());
    rest.split(['\n', '\r']).any(of_line)
}

impl Parser<'_> {
    fn interactive_statement(&mut self) -> Parse<Vec<Stmt>> {
        let start = self.start();
        if self.accept(TokenKind::Newline) {
            return Ok(vec![Stmt { kind: StmtKind::Pass, span: Span::new(start, start) }]);
        }
        if self.peek() == TokenKind::End {
            return Err(Failure::NoMatch);
        }
        let mut body = Vec::new();
        match self.compound_statement()? {
            Some(statement) => {
                body.push(statement);
                self.expect(TokenKind::Newline)?;
            }
            None => self.simple_statements(&mut body)?,
        }
        Ok(body)
    }

    /// The types of a function's arguments, those after `*` and `**` last.
    fn argument_types(&mut self) -> Parse<Vec<Expr>> {
        let mut types = Vec::new();
        if self.peek() == TokenKind::RightParen {
            return Ok(types);
        }
        loop {
            let last = self.accept(TokenKind::DoubleStar);
            let starred = !last && self.accept(TokenKind::Star);
            types.push(self.expression()?);
            if last || !self.accept(TokenKind::Comma) {
                return Ok(types);
            }
            if starred {
                self.expect(TokenKind::DoubleStar)?;
                types.push(self.expression()?);
                return Ok(types);
            }
        }
    }
}
