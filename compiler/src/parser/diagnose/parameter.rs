//! Mistakes in parameter lists.

use crate::ast::Parameter;
use crate::lexer::TokenKind;
use crate::parser::parameter::Owner;
use crate::parser::{Failure, Parse, Parser};

impl Parser<'_> {
    /// A parameter with the comma after it, or before the end of the list.
    fn listed_parameter(&mut self, owner: Owner) -> Parse<Parameter> {
        let parameter = self.parameter(owner)?;
        if self.accept(TokenKind::Comma) || self.peek() == owner.close() {
            Ok(parameter)
        } else {
            Err(Failure::NoMatch)
        }
    }

    /// [`Parser::listed_parameter`], which must have no default value.
    fn required_parameter(&mut self, owner: Owner) -> Parse<Parameter> {
        let arg = self.arg(owner, false)?;
        let listed = self.accept(TokenKind::Comma) || self.peek() == owner.close();
        if listed { Ok(Parameter { arg, default: None }) } else { Err(Failure::NoMatch) }
    }

    /// As many parameters as come.
    fn listed_parameters(&mut self, owner: Owner) -> Parse<Vec<Parameter>> {
        let mut parameters = Vec::new();
        while let Some(parameter) = self.attempt(|parser| parser.listed_parameter(owner))? {
            parameters.push(parameter);
        }
        Ok(parameters)
    }

    /// One or more parameters and the `/` after them.
    fn positional_only(&mut self, owner: Owner) -> Parse<Vec<Parameter>> {
        let parameters = self.listed_parameters(owner)?;
        self.expect(TokenKind::Slash)?;
        if !parameters.is_empty() && (self.accept(TokenKind::Comma) || self.peek() == owner.close()) {
            return Ok(parameters);
        }
        Err(Failure::NoMatch)
    }

    pub(in crate::parser) fn invalid_parameters(&mut self, owner: Owner) -> Parse<()> {
        self.mistake(|parser| {
            let slash = parser.expect(TokenKind::Slash)?.span;
            parser.expect(TokenKind::Comma)?;
            parser.error_at(slash, "at least one argument must precede /")
        })?;
        self.mistake(|parser| {
            parser.positional_only(owner)?;
            parser.listed_parameters(owner)?;
            let slash = parser.expect(TokenKind::Slash)?.span;
            parser.error_at(slash, "/ may appear only once")
        })?;
        self.mistake(|parser| {
            let mut parameters = parser.attempt(|parser| parser.positional_only(owner))?.unwrap_or_default();
            parameters.extend(parser.listed_parameters(owner)?);
            let first_default = parameters.iter().position(|parameter| parameter.default.is_some());
            let late = first_default.and_then(|first| parameters[first..].iter().find(|later| later.default.is_none()));
            let late = late.ok_or(Failure::NoMatch)?;
            parser.error_at(late.arg.span, "parameter without a default follows parameter with a default")
        })?;
        self.mistake(|parser| {
            while parser.attempt(|parser| parser.required_parameter(owner))?.is_some() {}
            let open = parser.expect(TokenKind::LeftParen)?.span;
            parser.arg(owner, false)?;
            while parser.accept(TokenKind::Comma) && parser.peek() == TokenKind::Name {
                parser.arg(owner, false)?;
            }
            let close = parser.expect(TokenKind::RightParen)?.span;
            let what = match owner {
                Owner::Function => "Function parameters",
                Owner::Lambda => "Lambda expression parameters",
            };
            parser.error_at(open.to(close), format!("{what} cannot be parenthesized"))
        })?;
        self.mistake(|parser| {
            parser.attempt(|parser| parser.positional_only(owner))?;
            parser.listed_parameters(owner)?;
            parser.expect(TokenKind::Star)?;
            if !parser.accept(TokenKind::Comma) {
                parser.required_parameter(owner)?;
            }
            parser.listed_parameters(owner)?;
            let slash = parser.expect(TokenKind::Slash)?.span;
            parser.error_at(slash, "/ must be ahead of *")
        })?;
        self.mistake(|parser| {
            parser.listed_parameter(owner)?;
            parser.listed_parameters(owner)?;
            parser.expect(TokenKind::Slash)?;
            let star = parser.expect(TokenKind::Star)?.span;
            parser.error_at(star, "expected comma between / and *")
        })
    }

    /// Mistakes after a `*`.
    pub(in crate::parser) fn invalid_star_parameters(&mut self, owner: Owner) -> Parse<()> {
        self.mistake(|parser| {
            let star = parser.expect(TokenKind::Star)?.span;
            if parser.accept(TokenKind::Comma) {
                parser.lookahead(&[owner.close(), TokenKind::DoubleStar])?;
            } else {
                parser.lookahead(&[owner.close()])?;
            }
            let message = "named arguments must follow bare *";
            if owner == Owner::Lambda { parser.error_at_furthest(message) } else { parser.error_at(star, message) }
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::Star)?;
            parser.arg(owner, false)?;
            let equal = parser.expect(TokenKind::Equal)?.span;
            parser.error_at(equal, "var-positional argument cannot have default value")
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::Star)?;
            if !parser.accept(TokenKind::Comma) {
                parser.required_parameter(owner)?;
            }
            parser.listed_parameters(owner)?;
            let star = parser.expect(TokenKind::Star)?.span;
            if !parser.accept(TokenKind::Comma) {
                parser.required_parameter(owner)?;
            }
            parser.error_at(star, "* argument may appear only once")
        })
    }

    /// Mistakes after a `**`.
    pub(in crate::parser) fn invalid_keyword_parameters(&mut self, owner: Owner) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::DoubleStar)?;
            parser.arg(owner, false)?;
            let equal = parser.expect(TokenKind::Equal)?.span;
            parser.error_at(equal, "var-keyword argument cannot have default value")
        })?;
        self.mistake(|parser| {
            parser.expect(TokenKind::DoubleStar)?;
            parser.arg(owner, false)?;
            parser.expect(TokenKind::Comma)?;
            let late = match parser.peek() {
                TokenKind::Star | TokenKind::DoubleStar | TokenKind::Slash => parser.advance().span,
                _ => parser.arg(owner, false)?.span,
            };
            parser.error_at(late, "arguments cannot follow var-keyword argument")
        })
    }

    /// A default value that is missing after `=`.
    pub(in crate::parser) fn invalid_default(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let equal = parser.expect(TokenKind::Equal)?.span;
            parser.lookahead(&[TokenKind::RightParen, TokenKind::Comma])?;
            parser.error_at(equal, "expected default value expression")
        })
    }
}
