//! f-strings and t-strings.

use argil_compiler::ast::{Constant, Conversion, Expr, ExprKind, FStringPart, Replacement};
use argil_compiler::source::Span;

use super::{Context, Reader, integer, node_of};
use crate::ast::grammar::Node;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};

impl Reader {
    /// The pieces of a string.
    pub(super) fn pieces(&mut self, cx: &mut Ctx, object: Slot, node: Node) -> Res<Vec<FStringPart>> {
        let mut parts = Vec::new();
        let pieces = self.each(cx, object, node, "values", |this, cx, item| this.piece(cx, item))?;
        pieces.into_iter().for_each(|piece| join(&mut parts, piece));
        Ok(parts)
    }

    /// What stands for a piece; a string within a string is several.
    fn piece(&mut self, cx: &mut Ctx, item: Slot) -> Res<Vec<FStringPart>> {
        if cx.get(item).is_none() {
            self.note_value("None disallowed in expression list");
            return Ok(Vec::new());
        }
        if let Some(node @ (Node::FormattedValue | Node::Interpolation)) = node_of(cx, item, Node::ExprSum) {
            return self.deeper(cx, "expr", |this, cx| {
                let place = this.place(cx, item, Node::ExprSum)?;
                let span = this.span(place);
                Ok(vec![FStringPart::Replacement(this.replacement(cx, item, node, span)?)])
            });
        }
        let expr = self.expr(cx, item, Some(Context::Load))?;
        Ok(match expr.kind {
            ExprKind::Constant(Constant::Str(text)) if text.is_empty() => Vec::new(),
            ExprKind::Constant(Constant::Str(text)) => {
                vec![FStringPart::Literal { text, unicode: false, span: expr.span }]
            }
            ExprKind::JoinedStr { values } => values,
            _ => vec![plain(expr)],
        })
    }

    /// A formatted value or an interpolation that stands alone.
    pub(super) fn lone_piece(&mut self, cx: &mut Ctx, object: Slot, node: Node, span: Span) -> Res<ExprKind> {
        let values = vec![FStringPart::Replacement(self.replacement(cx, object, node, span)?)];
        Ok(if node == Node::Interpolation { ExprKind::TemplateStr { values } } else { ExprKind::JoinedStr { values } })
    }

    fn replacement(&mut self, cx: &mut Ctx, object: Slot, node: Node, span: Span) -> Res<Replacement> {
        let value = self.boxed(cx, object, node, "value")?;
        let text = if node == Node::Interpolation {
            let text = self.required(cx, object, node.def().name, "str")?;
            let constant = self.constant(cx, cx.get(text));
            match constant {
                Constant::Str(text) => self.places.text(&text),
                _ => Span::default(),
            }
        } else {
            Span::default()
        };
        let conversion = self.required(cx, object, node.def().name, "conversion")?;
        let conversion = match integer(cx, conversion)? {
            -1 => Conversion::None,
            115 => Conversion::Str,
            114 => Conversion::Repr,
            97 => Conversion::Ascii,
            other => {
                self.note(Builtin::SystemError, format!("Unrecognized conversion character {other}"));
                Conversion::None
            }
        };
        let format_spec = match self.optional(cx, object, "format_spec")? {
            Some(spec) => {
                let mut parts = Vec::new();
                join(&mut parts, self.piece(cx, spec)?);
                Some(parts)
            }
            None => None,
        };
        Ok(Replacement { value, conversion, format_spec, span, text })
    }
}

/// A value that is formatted as it is.
fn plain(value: Expr) -> FStringPart {
    let (span, text) = (value.span, Span::default());
    FStringPart::Replacement(Replacement {
        value: Box::new(value),
        conversion: Conversion::None,
        format_spec: None,
        span,
        text,
    })
}

/// Appends pieces; literals that meet become one.
fn join(parts: &mut Vec<FStringPart>, more: Vec<FStringPart>) {
    for part in more {
        match (parts.last_mut(), part) {
            (Some(FStringPart::Literal { text: before, .. }), FStringPart::Literal { text, .. }) => {
                *before = format!("{before}{text}").into()
            }
            (_, part) => parts.push(part),
        }
    }
}
