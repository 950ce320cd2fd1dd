//! Parameters of functions and lambdas.

use super::{Failure, Parse, Parser};
use crate::ast::{Arg, Arguments, Parameter};
use crate::lexer::TokenKind;

/// Whose parameters are read: what ends them, and whether they have annotations.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Function,
    Lambda,
}

impl Owner {
    /// The token after the parameters.
    pub fn close(self) -> TokenKind {
        match self {
            Self::Function => TokenKind::RightParen,
            Self::Lambda => TokenKind::Colon,
        }
    }
}

impl Parser<'_> {
    /// The parameters of a `def`, up to the closing parenthesis.
    pub(super) fn parameters(&mut self) -> Parse<Arguments> {
        self.parameters_of(Owner::Function)
    }

    /// The parameters of a `lambda`, up to the colon.
    pub(super) fn lambda_parameters(&mut self) -> Parse<Arguments> {
        self.parameters_of(Owner::Lambda)
    }

    fn parameters_of(&mut self, owner: Owner) -> Parse<Arguments> {
        if self.peek() == owner.close() {
            return Ok(Arguments::default());
        }
        self.invalid_parameters(owner)?;
        let mut arguments = Arguments::default();
        let mut star_seen = false;
        loop {
            match self.peek() {
                TokenKind::Slash if !star_seen && arguments.posonlyargs.is_empty() && !arguments.args.is_empty() => {
                    self.advance();
                    arguments.posonlyargs = std::mem::take(&mut arguments.args);
                }
                TokenKind::Star if !star_seen => {
                    self.invalid_star_parameters(owner)?;
                    self.advance();
                    star_seen = true;
                    if self.peek() != TokenKind::Comma {
                        arguments.vararg = Some(self.arg(owner, true)?);
                    } else if self.peek_second() != TokenKind::Name {
                        return Err(Failure::NoMatch);
                    }
                }
                TokenKind::DoubleStar => {
                    self.invalid_keyword_parameters(owner)?;
                    self.advance();
                    arguments.kwarg = Some(self.arg(owner, false)?);
                    self.accept(TokenKind::Comma);
                    break;
                }
                TokenKind::Name => {
                    let parameter = self.parameter(owner)?;
                    let after_default = || {
                        let mut before = arguments.posonlyargs.iter().chain(&arguments.args);
                        before.next_back().is_some_and(|parameter| parameter.default.is_some())
                    };
                    if star_seen {
                        arguments.kwonlyargs.push(parameter);
                    } else if parameter.default.is_none() && after_default() {
                        return Err(Failure::NoMatch);
                    } else {
                        arguments.args.push(parameter);
                    }
                }
                _ => return Err(Failure::NoMatch),
            }
            if !self.accept(TokenKind::Comma) || self.peek() == owner.close() {
                break;
            }
        }
        if self.peek() != owner.close() {
            return Err(Failure::NoMatch);
        }
        Ok(arguments)
    }

    /// A parameter and its default value.
    pub(super) fn parameter(&mut self, owner: Owner) -> Parse<Parameter> {
        let arg = self.arg(owner, false)?;
        let mut default = None;
        if self.peek() == TokenKind::Equal {
            self.invalid_default()?;
            self.advance();
            default = Some(self.expression()?);
        }
        Ok(Parameter { arg, default })
    }

    /// A parameter's name and, in a function, its annotation, which after `*` may be starred.
    pub(super) fn arg(&mut self, owner: Owner, starred: bool) -> Parse<Arg> {
        let name = self.identifier()?;
        let start = name.span.start;
        let mut annotation = None;
        if owner == Owner::Function && self.accept(TokenKind::Colon) {
            annotation = Some(Box::new(if starred { self.star_expression()? } else { self.expression()? }));
        }
        Ok(Arg { name, annotation, span: self.span_from(start) })
    }
}
