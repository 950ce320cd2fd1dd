//! Tokens to syntax tree.
//!
//! A recursive descent parser that looks one token ahead, two in a few places. It runs at most twice over a text. The first
//! run knows only the language; it is quick, and on a wrong text learns no more than the furthest token that it
//! looked at. Only then a second run, with `diagnosing` set, tries at each rule the mistakes that people make there (the
//! `invalid_*` functions under `diagnose`), in the order of CPython's grammar, since the first that fits is what
//! CPython reports. In that run a rule that fails gives back what it read, so that another may try it, as in a
//! parsing expression grammar; what is expensive to read is remembered by its place.
//!
//! A text cannot make the parser overflow the stack: see [`Parser::nested`].

mod argument;
mod assignment;
mod atom;
mod compound;
mod comprehension;
mod definition;
mod diagnose;
mod exception;
mod expression;
mod fstring;
mod import;
mod literal;
mod memo;
mod parameter;
mod pattern;
mod simple;
mod start;
mod target;
mod type_parameter;
mod with;

pub use fstring::expression_text;
pub use start::{is_incomplete, parse, parse_expression, parse_function_type, parse_interactive};

use crate::ast::{Expr, ExprKind, Identifier, Stmt, StmtKind};
use crate::lexer::{Token, TokenKind, Tokens, tokenize};
use crate::source::{Carets, Span, SyntaxError};
use memo::Memo;
use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use unicode_normalization::UnicodeNormalization;

/// How deep rules may nest. Brackets and blocks have smaller limits of their own; this bounds what needs neither, like
/// lambdas in lambdas. Half of it fits the stack that Rust gives a thread.
const MAX_DEPTH: u32 = 400;

/// How high a tree may be. Most of the height of a high one is a chain, such as a long sum, a row of `not`s or of
/// `elif`s, which is read without recursion but walked with it.
const MAX_HEIGHT: u32 = 2000;

/// Why a rule did not yield a tree.
enum Failure {
    /// The tokens are not of its form.
    NoMatch,
    /// They are a known mistake; nothing else is to be tried.
    Error(Box<SyntaxError>),
}

impl From<SyntaxError> for Failure {
    fn from(error: SyntaxError) -> Self {
        Self::Error(Box::new(error))
    }
}

/// What a rule yields.
type Parse<T> = Result<T, Failure>;

struct Parser<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    /// The index of the next token.
    at: usize,
    /// The highest index of a token that was looked at.
    furthest: usize,
    names: HashMap<&'s str, Rc<str>>,
    /// How many rules are open that count as nesting.
    depth: u32,
    /// How high the trees are that were made so far in the innermost open one of those rules.
    height: u32,
    /// Where the last of the whole compound statements begins that are not functions.
    last_compound: Option<u32>,
    /// Whether this is the second run.
    diagnosing: bool,
    /// Whether known mistakes are looked for: in the second run, where the grammar has not turned that off.
    seeking: bool,
    memo: Memo,
}

/// Where the last compound statement begins that stands whole before the mistake in `source`, functions aside: from there
/// on CPython looks for misspelt keywords.
pub(crate) fn last_compound_before_error(source: &str) -> Option<u32> {
    let mut parser = Parser::new(source, tokenize(source).tokens);
    parser.statements(TokenKind::End).is_err().then_some(())?;
    parser.last_compound
}

impl<'s> Parser<'s> {
    fn new(source: &'s str, tokens: Vec<Token>) -> Self {
        Self {
            source,
            tokens,
            at: 0,
            furthest: 0,
            names: HashMap::new(),
            depth: 0,
            height: 0,
            last_compound: None,
            diagnosing: false,
            seeking: false,
            memo: Memo::default(),
        }
    }

    /// Applies `rule` to all of `source`, whose tokens were `found`.
    fn run<T>(source: &'s str, mut found: Tokens, rule: impl Fn(&mut Self) -> Parse<T>) -> Result<T, SyntaxError> {
        let mut parser = Self::new(source, std::mem::take(&mut found.tokens));
        let mut failure = match rule(&mut parser) {
            Ok(tree) => return Ok(tree),
            Err(failure) => failure,
        };
        let last = parser.tokens[parser.furthest];
        if matches!(failure, Failure::NoMatch) && last.kind != TokenKind::Broken {
            parser.at = 0;
            parser.depth = 0;
            parser.diagnosing = true;
            parser.seeking = true;
            failure = rule(&mut parser).err().unwrap_or(Failure::NoMatch);
        }
        Err(parser.verdict(failure, last, found))
    }

    /// The error to report, after rules ended with `failure`: the parser's own or the lexer's. `last` is the furthest token
    /// that the first run looked at.
    fn verdict(&self, failure: Failure, last: Token, Tokens { error, overrides, unclosed, .. }: Tokens) -> SyntaxError {
        let furthest = self.tokens[self.furthest];
        if let Some(error) = error.as_ref().filter(|_| furthest.kind == TokenKind::Broken) {
            return error.clone();
        }
        let own = match (failure, last.kind) {
            (Failure::Error(error), _) => *error,
            (Failure::NoMatch, TokenKind::Indent) => return self.indentation_error("unexpected indent"),
            (Failure::NoMatch, TokenKind::Dedent) => return self.indentation_error("unexpected unindent"),
            (Failure::NoMatch, kind) => {
                let carets = if kind == TokenKind::End { Carets::Never } else { Carets::Always };
                SyntaxError { carets, ..SyntaxError::new("invalid syntax", last.span) }
            }
        };
        let on_later_line = |bracket: &SyntaxError| {
            let between = self.source.get(bracket.span.start as usize..furthest.span.start as usize);
            between.is_some_and(|between| between.contains(['\n', '\r']))
        };
        match (error, unclosed) {
            (Some(error), _) if overrides => error,
            (_, Some(unclosed)) if on_later_line(&unclosed) => unclosed,
            _ => own,
        }
    }

    fn peek(&mut self) -> TokenKind {
        self.furthest = self.furthest.max(self.at);
        self.tokens[self.at].kind
    }

    /// The kind of the token after the next.
    fn peek_second(&mut self) -> TokenKind {
        let at = (self.at + 1).min(self.tokens.len() - 1);
        self.furthest = self.furthest.max(at);
        self.tokens[at].kind
    }

    /// Steps past the next token, which the caller looked at and which is not the last.
    fn advance(&mut self) -> Token {
        let token = self.tokens[self.at];
        self.at = (self.at + 1).min(self.tokens.len() - 1);
        token
    }

    /// Steps past the next token if it is of `kind`.
    fn accept(&mut self, kind: TokenKind) -> bool {
        let found = self.peek() == kind;
        if found {
            self.advance();
        }
        found
    }

    /// Steps past the next token, which must be of `kind`.
    fn expect(&mut self, kind: TokenKind) -> Parse<Token> {
        if self.peek() == kind { Ok(self.advance()) } else { Err(Failure::NoMatch) }
    }

    /// Steps past the next token, which cannot be anything but of `kind`, written `text`.
    fn require(&mut self, kind: TokenKind, text: &str) -> Parse<Token> {
        if self.peek() == kind {
            return Ok(self.advance());
        }
        if self.tokens[self.at].kind == TokenKind::Broken {
            return Err(Failure::NoMatch);
        }
        Err(SyntaxError::new(format!("expected '{text}'"), self.tokens[self.at].span).into())
    }

    /// Whether the next token is the soft keyword `word`.
    fn at_word(&mut self, word: &str) -> bool {
        self.peek() == TokenKind::Name && &self.source[self.tokens[self.at].span.range()] == word
    }

    /// Where the next token begins.
    fn start(&self) -> u32 {
        self.tokens[self.at].span.start
    }

    /// The stretch from `start` to the end of the last token that was stepped past and stands for text.
    fn span_from(&self, start: u32) -> Span {
        let is_text = |token: &&Token| {
            !matches!(token.kind, TokenKind::Newline | TokenKind::Indent | TokenKind::Dedent | TokenKind::End)
        };
        let end = self.tokens[..self.at].iter().rev().find(is_text).map_or(start, |token| token.span.end);
        Span::new(start, end.max(start))
    }

    /// Applies `rule`; if it does not match, steps back to where it began.
    fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        let (at, depth) = (self.at, self.depth);
        match rule(self) {
            Ok(tree) => Ok(Some(tree)),
            Err(Failure::NoMatch) => {
                self.at = at;
                self.depth = depth;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Applies `rule` where its first token already decided for it. In the first run, that it does not match means that
    /// nothing will; in the second, it is as if it had not been tried.
    fn commit<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<Option<T>> {
        if self.diagnosing { self.attempt(rule) } else { rule(self).map(Some) }
    }

    /// Applies `rule` one level deeper, if it may go deeper.
    ///
    /// Two numbers bound the work of any recursion over the tree, this parser's own included: `depth` is what the
    /// rules have open, and `height` is how high a tree they have made. A chain like `a.b.c` or `a + b + c` is made by a
    /// loop, and so is high without ever having been deep; each of its links calls [`Parser::link`].
    fn nested<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.depth >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let siblings = std::mem::take(&mut self.height);
        let result = rule(self);
        self.depth = self.depth.saturating_sub(1);
        self.height = siblings.max(self.height + 1);
        result
    }

    /// Counts a tree that was put on top of those made so far.
    fn link(&mut self) -> Parse<()> {
        self.height += 1;
        if self.height > MAX_HEIGHT { Err(self.too_deep()) } else { Ok(()) }
    }

    fn too_deep(&self) -> Failure {
        SyntaxError::new("too many nested expressions or blocks", self.tokens[self.at].span).into()
    }

    /// An identifier.
    fn identifier(&mut self) -> Parse<Identifier> {
        let token = self.expect(TokenKind::Name)?;
        Ok(Identifier { name: self.name(token.span), span: token.span })
    }

    /// The name written at `span`, in normal form.
    fn name(&mut self, span: Span) -> Rc<str> {
        let text = &self.source[span.range()];
        if let Some(name) = self.names.get(text) {
            return name.clone();
        }
        let normal: Cow<str> = if text.is_ascii() { text.into() } else { text.nfkc().collect::<String>().into() };
        let known = match &*normal {
            // Only what is not written in its normal form can be a name met before in another spelling.
            normal if normal == text => None,
            normal => self.names.values().find(|known| ***known == *normal).cloned(),
        };
        let name = known.unwrap_or_else(|| normal.into());
        self.names.insert(text, name.clone());
        name
    }

    /// Statements up to a token of kind `end`, which is stepped past.
    fn statements(&mut self, end: TokenKind) -> Parse<Vec<Stmt>> {
        let mut body = Vec::new();
        while self.peek() != end {
            self.memo.forget_expressions();
            self.statement(&mut body)?;
        }
        self.advance();
        Ok(body)
    }

    /// One line of simple statements, or one compound statement.
    fn statement(&mut self, body: &mut Vec<Stmt>) -> Parse<()> {
        match self.compound_statement()? {
            Some(statement) => {
                if !matches!(statement.kind, StmtKind::FunctionDef(_)) {
                    self.last_compound = self.last_compound.max(Some(statement.span.start));
                }
                body.push(statement);
            }
            None => self.simple_statements(body)?,
        }
        Ok(())
    }

    /// The suite of a compound statement: an indented block, or simple statements on the same line.
    fn block(&mut self) -> Parse<Vec<Stmt>> {
        if self.diagnosing {
            return self.remembered_block();
        }
        self.plain_block()
    }

    fn plain_block(&mut self) -> Parse<Vec<Stmt>> {
        let mut body = Vec::new();
        if self.peek() == TokenKind::Newline {
            if self.peek_second() != TokenKind::Indent {
                self.invalid_block()?;
                return Err(Failure::NoMatch);
            }
            self.advance();
            self.advance();
            body = self.nested(|parser| parser.statements(TokenKind::Dedent))?;
        } else {
            self.simple_statements(&mut body)?;
        }
        Ok(body)
    }
}

impl Expr {
    fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }
}
