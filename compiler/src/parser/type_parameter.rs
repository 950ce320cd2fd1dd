//! Type parameters of generic functions, classes and type aliases.

use super::{Failure, Parse, Parser};
use crate::ast::{TypeParam, TypeParamKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// `[T: bound = default, *Ts, **P]` if it comes next; empty otherwise.
    pub(super) fn type_parameters(&mut self) -> Parse<Vec<TypeParam>> {
        if self.peek() != TokenKind::LeftBracket {
            return Ok(Vec::new());
        }
        self.invalid_type_parameters()?;
        self.advance();
        let mut parameters = vec![self.type_parameter()?];
        while self.accept(TokenKind::Comma) && self.peek() != TokenKind::RightBracket {
            parameters.push(self.type_parameter()?);
        }
        self.expect(TokenKind::RightBracket)?;
        Ok(parameters)
    }

    fn type_parameter(&mut self) -> Parse<TypeParam> {
        let start = self.start();
        let kind = match self.peek() {
            TokenKind::Star => TypeParamKind::TypeVarTuple,
            TokenKind::DoubleStar => TypeParamKind::ParamSpec,
            TokenKind::Name => TypeParamKind::TypeVar,
            _ => return Err(Failure::NoMatch),
        };
        if kind != TypeParamKind::TypeVar {
            self.invalid_type_parameter()?;
            self.advance();
        }
        let name = self.identifier()?;
        let bounded = kind == TypeParamKind::TypeVar && self.accept(TokenKind::Colon);
        let bound = if bounded { Some(self.expression()?) } else { None };
        let default_value = match self.accept(TokenKind::Equal) {
            false => None,
            true if kind == TypeParamKind::TypeVarTuple => Some(self.star_expression()?),
            true => Some(self.expression()?),
        };
        Ok(TypeParam { kind, name, bound, default_value, span: self.span_from(start) })
    }
}
