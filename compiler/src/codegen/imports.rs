//! Imports.

use super::unit::Register;
use super::{Compiler, Result, unsupported};
use crate::ast::{Alias, Identifier};
use crate::code::Const;
use crate::opcode::Opcode;
use crate::source::{Span, SyntaxError};

impl<'a> Compiler<'a> {
    pub(super) fn import(&mut self, span: Span, names: &'a [Alias]) -> Result {
        for alias in names {
            let module = self.unit.take(1);
            self.import_name(span, &alias.name.name, Const::None, 0, module);
            let mut parts = alias.name.name.split('.');
            let top = parts.next().unwrap_or_default();
            match &alias.asname {
                None => self.store_name(alias.span, &top.into(), module)?,
                Some(asname) => {
                    // The import gives the topmost package: its parts are reached from there.
                    for part in parts {
                        let site = self.unit.site(part);
                        self.put(span, Opcode::ImportFrom, module, module, site);
                    }
                    self.store_name(alias.span, &asname.name, module)?;
                }
            }
            self.unit.release(module);
        }
        Ok(())
    }

    pub(super) fn import_from(
        &mut self,
        span: Span,
        module: Option<&'a Identifier>,
        names: &'a [Alias],
        level: u32,
    ) -> Result {
        let module_name = module.map_or("", |module| &*module.name);
        if level == 0 && module_name == "__future__" {
            // It asks something of the compiler, and binds nothing that a script could want.
            if span.start >= self.future_end {
                let message = "from __future__ imports must occur at the beginning of the file";
                return Err(SyntaxError::new(message, span));
            }
            return Ok(());
        }
        let Ok(level) = u8::try_from(level) else {
            return unsupported("relative imports that go up so far", span);
        };
        let from_list = names.iter().map(|alias| Const::Str((*alias.name.name).into())).collect();
        let register = self.unit.take(1);
        self.import_name(span, module_name, Const::Tuple(from_list), level, register);
        for alias in names {
            if &*alias.name.name == "*" {
                self.put(span, Opcode::ImportStar, 0, register, 0);
                continue;
            }
            let name = alias.asname.as_ref().unwrap_or(&alias.name);
            let into = match self.local_register(&name.name) {
                Some(variable) => variable,
                None => self.unit.take(1),
            };
            let site = self.unit.site(&alias.name.name);
            self.put(span, Opcode::ImportFrom, into, register, site);
            self.store_name(alias.span, &name.name, into)?;
            self.unit.release(register + 1);
        }
        Ok(())
    }

    fn import_name(&mut self, span: Span, name: &str, from_list: Const, level: u8, into: Register) {
        let name = self.name_constant(name);
        let from_list = self.constant(from_list);
        self.put_x(span, Opcode::ImportName, level, into, name, from_list);
    }
}
