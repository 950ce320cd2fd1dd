//! Imports.

use super::{Failure, Parse, Parser};
use crate::ast::{Alias, Identifier, StmtKind};
use crate::lexer::TokenKind;

impl Parser<'_> {
    /// `import a.b as c, d`
    pub(super) fn import(&mut self) -> Parse<StmtKind> {
        self.invalid_import()?;
        self.expect(TokenKind::Import)?;
        let mut names = vec![self.dotted_as_name()?];
        while self.accept(TokenKind::Comma) {
            names.push(self.dotted_as_name()?);
        }
        Ok(StmtKind::Import { names })
    }

    /// `from .module import a as b`
    pub(super) fn import_from(&mut self) -> Parse<StmtKind> {
        self.expect(TokenKind::From)?;
        let mut level = 0;
        loop {
            level += match self.peek() {
                TokenKind::Dot => 1,
                TokenKind::Ellipsis => 3,
                _ => break,
            };
            self.advance();
        }
        let module = if level > 0 && self.peek() == TokenKind::Import { None } else { Some(self.dotted_name()?) };
        self.expect(TokenKind::Import)?;
        let names = match self.commit(Self::imported_names)? {
            Some(names) => names,
            None => {
                self.invalid_import_from_targets()?;
                return Err(Failure::NoMatch);
            }
        };
        Ok(StmtKind::ImportFrom { module, names, level })
    }

    fn imported_names(&mut self) -> Parse<Vec<Alias>> {
        if self.peek() == TokenKind::Star {
            let span = self.advance().span;
            return Ok(vec![Alias { name: Identifier { name: "*".into(), span }, asname: None, span }]);
        }
        if self.accept(TokenKind::LeftParen) {
            let names = self.import_from_as_names()?;
            self.accept(TokenKind::Comma);
            self.expect(TokenKind::RightParen)?;
            return Ok(names);
        }
        let names = self.import_from_as_names()?;
        if self.peek() == TokenKind::Comma { Err(Failure::NoMatch) } else { Ok(names) }
    }

    /// `a as b, c`; a trailing comma is left.
    pub(super) fn import_from_as_names(&mut self) -> Parse<Vec<Alias>> {
        let mut names = vec![self.import_from_as_name()?];
        while self.peek() == TokenKind::Comma && self.peek_second() == TokenKind::Name {
            self.advance();
            names.push(self.import_from_as_name()?);
        }
        Ok(names)
    }

    fn import_from_as_name(&mut self) -> Parse<Alias> {
        self.invalid_import_target(Self::identifier)?;
        let name = self.identifier()?;
        self.alias(name)
    }

    fn dotted_as_name(&mut self) -> Parse<Alias> {
        self.invalid_import_target(Self::dotted_name)?;
        let name = self.dotted_name()?;
        self.alias(name)
    }

    /// `as name` after an imported name, if it comes next.
    fn alias(&mut self, name: Identifier) -> Parse<Alias> {
        let start = name.span.start;
        let asname = if self.accept(TokenKind::As) { Some(self.identifier()?) } else { None };
        Ok(Alias { name, asname, span: self.span_from(start) })
    }

    /// `a.b.c`
    pub(super) fn dotted_name(&mut self) -> Parse<Identifier> {
        let mut dotted = self.identifier()?;
        if self.peek() != TokenKind::Dot {
            return Ok(dotted);
        }
        let mut name = dotted.name.to_string();
        while self.accept(TokenKind::Dot) {
            let part = self.identifier()?;
            name.push('.');
            name.push_str(&part.name);
            dotted.span = dotted.span.to(part.span);
        }
        dotted.name = name.into();
        Ok(dotted)
    }
}
