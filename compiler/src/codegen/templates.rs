//! t-strings: a template of pieces of text and values that nothing has formatted yet.

use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::{Common, Opcode};
use crate::source::Span;
use crate::unparse::Texts;

impl<'a> Compiler<'a> {
    /// R[into] = the template of `parts`.
    pub(super) fn template_string(&mut self, span: Span, parts: &'a [FStringPart], into: Register) -> Result {
        let window = self.window_for(into);
        self.load_common(span, window, Common::Template);
        for part in parts {
            let register = self.unit.take(1);
            match part {
                FStringPart::Literal { text, span, .. } => {
                    self.load_const(*span, register, Const::Str((**text).into()))
                }
                FStringPart::Replacement(replacement) => self.interpolation(replacement, register)?,
            }
        }
        self.put(span, Opcode::Call, window, parts.len() as u16, 0);
        self.move_register(span, into, window);
        Ok(())
    }

    /// R[window] = the interpolation, where R[window] lies on top of the stack.
    fn interpolation(&mut self, replacement: &'a Replacement, window: Register) -> Result {
        let span = replacement.span;
        self.load_common(span, window, Common::Interpolation);
        self.run([&*replacement.value])?;
        let text = self.places.interpolation(replacement);
        let conversion = match replacement.conversion {
            Conversion::None => Const::None,
            Conversion::Str => Const::Str("s".into()),
            Conversion::Repr => Const::Str("r".into()),
            Conversion::Ascii => Const::Str("a".into()),
        };
        for constant in [Const::Str(text.into()), conversion] {
            let register = self.unit.take(1);
            self.load_const(span, register, constant);
        }
        let spec = self.unit.take(1);
        self.joined_string(span, replacement.format_spec.as_deref().unwrap_or_default(), spec)?;
        self.put(span, Opcode::Call, window, 4, 0);
        self.unit.release(window + 1);
        Ok(())
    }
}
