//! f-strings: pieces of text and formatted values, joined.

use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::Opcode;
use crate::source::Span;

impl<'a> Compiler<'a> {
    /// R[into] = the string of `parts`.
    pub(super) fn joined_string(&mut self, span: Span, parts: &'a [FStringPart], into: Register) -> Result {
        match parts {
            [] => self.load_const(span, into, Const::Str("".into())),
            [part] => self.part(part, into)?,
            _ => {
                let first = self.unit.next;
                for part in parts {
                    let register = self.unit.take(1);
                    self.part(part, register)?;
                }
                self.put(span, Opcode::BuildString, into, first, parts.len() as u16);
            }
        }
        Ok(())
    }

    fn part(&mut self, part: &'a FStringPart, into: Register) -> Result {
        match part {
            FStringPart::Literal { text, span, .. } => self.load_const(*span, into, Const::Str((**text).into())),
            FStringPart::Replacement(replacement) => self.replacement(replacement, into)?,
        }
        Ok(())
    }

    fn replacement(&mut self, replacement: &'a Replacement, into: Register) -> Result {
        let mut conversion = match replacement.conversion {
            Conversion::None => 0,
            Conversion::Str => 1,
            Conversion::Repr => 2,
            Conversion::Ascii => 3,
        };
        let mark = self.unit.next;
        match replacement.format_spec.as_deref() {
            None | Some([]) => {
                let value = self.last_operand(&replacement.value)?;
                self.put_x(replacement.span, Opcode::FormatSimple, conversion, into, value, 0);
            }
            Some(parts) => {
                let mut value = self.operand(&replacement.value)?;
                // What the format specification calls comes after the conversion.
                let calls = parts.iter().any(|part| matches!(part, FStringPart::Replacement(_)));
                if conversion != 0 && calls {
                    let converted = self.unit.take(1);
                    self.put_x(replacement.span, Opcode::FormatSimple, conversion, converted, value, 0);
                    (value, conversion) = (converted, 0);
                }
                let spec = self.unit.take(1);
                self.joined_string(replacement.span, parts, spec)?;
                self.put_x(replacement.span, Opcode::FormatValue, conversion, into, value, spec);
            }
        }
        self.unit.release(mark);
        Ok(())
    }
}
