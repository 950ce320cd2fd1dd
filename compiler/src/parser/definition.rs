//! `def`, `class`, their decorators, and `type`.

use super::argument::CallArguments;
use super::{Failure, Parse, Parser};
use crate::ast::{ClassDef, Expr, FunctionDef, Stmt, StmtKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// Decorators, then the function or class they are put on.
    pub(super) fn decorated(&mut self) -> Parse<Stmt> {
        let mut decorators: Vec<Expr> = Vec::new();
        while self.accept(TokenKind::At) {
            decorators.push(self.named_expression()?);
            self.expect(TokenKind::Newline)?;
        }
        let start = self.start();
        let mut kind = match self.peek() {
            TokenKind::Class => self.class_definition()?,
            TokenKind::Def | TokenKind::Async => self.function_definition()?,
            _ => return Err(Failure::NoMatch),
        };
        match &mut kind {
            StmtKind::FunctionDef(function) => function.decorator_list = decorators,
            StmtKind::ClassDef(class) => class.decorator_list = decorators,
            _ => {}
        }
        Ok(Stmt { kind, span: self.span_from(start) })
    }

    pub(super) fn function_definition(&mut self) -> Parse<StmtKind> {
        self.invalid_function()?;
        let is_async = self.accept(TokenKind::Async);
        self.expect(TokenKind::Def)?;
        let name = self.identifier()?;
        let type_params = self.type_parameters()?;
        self.expect(TokenKind::LeftParen)?;
        let args = self.parameters()?;
        self.expect(TokenKind::RightParen)?;
        let returns = if self.accept(TokenKind::Arrow) { Some(self.expression()?) } else { None };
        self.expect(TokenKind::Colon)?;
        let body = self.block()?;
        let function = FunctionDef { name, args, body, decorator_list: Vec::new(), returns, type_params, is_async };
        Ok(StmtKind::FunctionDef(Box::new(function)))
    }

    pub(super) fn class_definition(&mut self) -> Parse<StmtKind> {
        self.invalid_class()?;
        self.expect(TokenKind::Class)?;
        let name = self.identifier()?;
        let type_params = self.type_parameters()?;
        let (bases, keywords) = self.class_arguments()?;
        self.expect(TokenKind::Colon)?;
        let body = self.block()?;
        let class = ClassDef { name, bases, keywords, body, decorator_list: Vec::new(), type_params };
        Ok(StmtKind::ClassDef(Box::new(class)))
    }

    /// The bases and keyword arguments of a class statement, if any.
    pub(super) fn class_arguments(&mut self) -> Parse<CallArguments> {
        if !self.accept(TokenKind::LeftParen) || self.accept(TokenKind::RightParen) {
            return Ok(CallArguments::default());
        }
        let arguments = self.arguments()?;
        self.expect(TokenKind::RightParen)?;
        Ok(arguments)
    }

    /// Whether `type` and a name come next.
    pub(super) fn begins_type_alias(&mut self) -> bool {
        self.at_word("type") && self.peek_second() == TokenKind::Name
    }

    /// `type name[parameters] = value`
    pub(super) fn type_alias(&mut self) -> Parse<StmtKind> {
        self.advance();
        let name = self.identifier()?;
        let type_params = self.type_parameters()?;
        self.expect(TokenKind::Equal)?;
        Ok(StmtKind::TypeAlias { name, type_params, value: self.expression()? })
    }
}
