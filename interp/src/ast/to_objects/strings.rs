//! f-strings and t-strings.

use argil_compiler::ast::{Conversion, FStringPart, Replacement};
use argil_compiler::source::Span;

use super::{Builder, Made};
use crate::ast::grammar::Node;
use crate::value::Value;

/// The numbers that stand for conversions: none, or a letter.
pub(in crate::ast) fn conversion_number(conversion: Conversion) -> i64 {
    match conversion {
        Conversion::None => -1,
        Conversion::Str => i64::from(b's'),
        Conversion::Repr => i64::from(b'r'),
        Conversion::Ascii => i64::from(b'a'),
    }
}

impl<'h> Builder<'h, '_> {
    pub(super) fn pieces(&self, parts: &[FStringPart], template: bool) -> Made<'h> {
        self.each(parts, |part| match part {
            FStringPart::Literal { text, unicode, span } => {
                Ok(self.node(Node::Constant, *span, &[self.cx.str(text), self.kind(*unicode)]))
            }
            FStringPart::Replacement(replacement) => self.replacement(replacement, template),
        })
    }

    fn replacement(&self, replacement: &Replacement, template: bool) -> Made<'h> {
        self.check_depth()?;
        let value = self.expr(&replacement.value)?;
        let conversion = self.cx.int(conversion_number(replacement.conversion));
        let spec = match &replacement.format_spec {
            Some(parts) => {
                let span = spec_span(parts, replacement.span);
                self.node(Node::JoinedStr, span, &[self.pieces(parts, false)?])
            }
            None => Value::NONE,
        };
        if !template {
            return Ok(self.node(Node::FormattedValue, replacement.span, &[value, conversion, spec]));
        }
        let text = self.source.get(replacement.text.range()).unwrap_or_default();
        let text = self.cx.str(&argil_compiler::expression_text(text));
        Ok(self.node(Node::Interpolation, replacement.span, &[value, text, conversion, spec]))
    }
}

/// Where a format specification stands: from its colon to its end. A field that shows its own text has that before it.
fn spec_span(parts: &[FStringPart], replacement: Span) -> Span {
    let span = |part: &FStringPart| match part {
        FStringPart::Literal { span, .. } => *span,
        FStringPart::Replacement(replacement) => replacement.span,
    };
    match parts {
        [_, ..] => {
            let start = parts.iter().take(2).map(|part| span(part).start).min().unwrap_or(replacement.end);
            let end = parts.last().map_or(replacement.end, |part| span(part).end);
            Span::new(start.saturating_sub(1), end)
        }
        // The colon stands right before the brace.
        [] => Span::new(replacement.end - 2, replacement.end - 1),
    }
}
