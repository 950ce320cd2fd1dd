//! Mistakes in the heads of functions and classes, and in type parameters.

use crate::ast::ExprKind;
use crate::lexer::TokenKind;
use crate::parser::{Parse, Parser};

impl Parser<'_> {
    pub(in crate::parser) fn invalid_function(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.accept(TokenKind::Async);
            let start = parser.expect(TokenKind::Def)?.span;
            parser.identifier()?;
            parser.attempt(Self::type_parameters)?;
            parser.expect(TokenKind::LeftParen)?;
            parser.signature_after_parenthesis()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("function definition", start)
        })?;
        self.mistake(|parser| {
            parser.accept(TokenKind::Async);
            parser.expect(TokenKind::Def)?;
            parser.identifier()?;
            parser.attempt(Self::type_parameters)?;
            parser.require(TokenKind::LeftParen, "(")?;
            parser.signature_after_parenthesis()?;
            parser.require(TokenKind::Colon, ":")?;
            parser.block()?;
            Ok(())
        })
    }

    /// Parameters, the closing parenthesis, and the annotation of the result.
    fn signature_after_parenthesis(&mut self) -> Parse<()> {
        self.parameters()?;
        self.expect(TokenKind::RightParen)?;
        self.attempt(|parser| {
            parser.expect(TokenKind::Arrow)?;
            parser.expression()
        })?;
        Ok(())
    }

    pub(in crate::parser) fn invalid_class(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::Class)?;
            parser.identifier()?;
            parser.attempt(Self::type_parameters)?;
            parser.class_arguments()?;
            parser.expect(TokenKind::Newline)?;
            parser.error_at_furthest("expected ':'")
        })?;
        self.mistake(|parser| {
            let start = parser.expect(TokenKind::Class)?.span;
            parser.identifier()?;
            parser.attempt(Self::type_parameters)?;
            parser.class_arguments()?;
            parser.expect(TokenKind::Colon)?;
            parser.unindented_line()?;
            parser.expected_block("class definition", start)
        })
    }

    pub(in crate::parser) fn invalid_type_parameters(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            parser.expect(TokenKind::LeftBracket)?;
            let close = parser.expect(TokenKind::RightBracket)?.span;
            parser.error_from(close, "Type parameter list cannot be empty")
        })
    }

    /// A bound on what can have none.
    pub(in crate::parser) fn invalid_type_parameter(&mut self) -> Parse<()> {
        self.mistake(|parser| {
            let sort = if parser.advance().kind == TokenKind::Star { "TypeVarTuple" } else { "ParamSpec" };
            parser.identifier()?;
            let colon = parser.expect(TokenKind::Colon)?.span;
            let bound = parser.expression()?;
            let what = if matches!(bound.kind, ExprKind::Tuple { .. }) { "constraints" } else { "bound" };
            parser.error_from(colon, format!("cannot use {what} with {sort}"))
        })
    }
}
