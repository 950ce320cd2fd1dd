//! Code that is valid and yet surely a mistake: what CPython says in a SyntaxWarning.

use super::Compiler;
use crate::ast::*;
use crate::code::Const;
use crate::source::{Span, SyntaxWarning};

/// The name of the type of a literal or display, as Python gives it.
fn literal_type(expr: &Expr) -> Option<&'static str> {
    Some(match &expr.kind {
        ExprKind::Constant(constant) => match constant {
            Constant::None => "NoneType",
            Constant::True | Constant::False => "bool",
            Constant::Ellipsis => "ellipsis",
            Constant::Int(_) | Constant::BigInt(_) => "int",
            Constant::Float(_) => "float",
            Constant::Imaginary(_) => "complex",
            Constant::Str(_) => "str",
            Constant::Bytes(_) => "bytes",
            Constant::Given(value) => match **value {
                Const::Int(_) | Const::BigInt(_) => "int",
                Const::Float(_) => "float",
                Const::Imaginary(_) | Const::Complex(..) => "complex",
                Const::Tuple(_) => "tuple",
                Const::FrozenSet(_) => "frozenset",
                _ => return None,
            },
        },
        ExprKind::Tuple { .. } => "tuple",
        ExprKind::List { .. } | ExprKind::ListComp { .. } => "list",
        ExprKind::Dict { .. } | ExprKind::DictComp { .. } => "dict",
        ExprKind::Set { .. } | ExprKind::SetComp { .. } => "set",
        ExprKind::GeneratorExp { .. } => "generator",
        ExprKind::Lambda { .. } => "function",
        ExprKind::JoinedStr { .. } => "str",
        ExprKind::TemplateStr { .. } => "string.templatelib.Template",
        _ => return None,
    })
}

impl<'a> Compiler<'a> {
    /// Notes a warning, once: code of `finally` blocks and of loops' tests is compiled more than once.
    fn warn(&mut self, message: String, span: Span) {
        let warning = SyntaxWarning { message, span };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// `5()`
    pub(super) fn check_called(&mut self, func: &Expr, span: Span) {
        match literal_type(func) {
            None | Some("function") => {}
            Some(class) => {
                self.warn(format!("'{class}' object is not callable; perhaps you missed a comma?"), span);
            }
        }
    }

    /// `5[0]`, `"text"["key"]`
    pub(super) fn check_subscript(&mut self, value: &Expr, slice: &Expr, span: Span) {
        match literal_type(value) {
            None | Some("dict") => {}
            Some(class @ ("str" | "bytes" | "tuple" | "list")) => match literal_type(slice) {
                None | Some("int" | "bool") => {}
                Some(index) => self.warn(
                    format!("{class} indices must be integers or slices, not {index}; perhaps you missed a comma?"),
                    span,
                ),
            },
            Some(class) => {
                self.warn(format!("'{class}' object is not subscriptable; perhaps you missed a comma?"), span);
            }
        }
    }

    /// `x is 5`
    pub(super) fn check_identity(&mut self, left: &Expr, ops: &[CmpOperator], comparators: &[Expr], span: Span) {
        let mut left = left;
        for (op, right) in ops.iter().zip(comparators) {
            let advice = match op {
                CmpOperator::Is => ("is", "=="),
                CmpOperator::IsNot => ("is not", "!="),
                _ => ("", ""),
            };
            let literal = identity_is_accidental(left).or_else(|| identity_is_accidental(right));
            if let (Some(class), (operator @ ("is" | "is not"), better)) = (literal, advice) {
                let message = format!("\"{operator}\" with '{class}' literal. Did you mean \"{better}\"?");
                self.warn(message, span);
                return;
            }
            left = right;
        }
    }

    /// `assert (test, message)`
    pub(super) fn check_assertion(&mut self, test: &Expr, span: Span) {
        if matches!(&test.kind, ExprKind::Tuple { elts } if !elts.is_empty()) {
            self.warn("assertion is always true, perhaps remove parentheses?".to_string(), span);
        }
    }

    /// Statements in a `finally` block that drop an exception on its way by leaving the block.
    pub(super) fn check_finally(&mut self, body: &[Stmt], in_loop: bool) {
        for stmt in body {
            let keyword = match &stmt.kind {
                StmtKind::Return { .. } => "return",
                StmtKind::Break if !in_loop => "break",
                StmtKind::Continue if !in_loop => "continue",
                StmtKind::If { body, orelse, .. } => {
                    self.check_finally(body, in_loop);
                    self.check_finally(orelse, in_loop);
                    continue;
                }
                StmtKind::For { body, orelse, .. } | StmtKind::While { body, orelse, .. } => {
                    self.check_finally(body, true);
                    self.check_finally(orelse, in_loop);
                    continue;
                }
                StmtKind::With { body, .. } => {
                    self.check_finally(body, in_loop);
                    continue;
                }
                StmtKind::Try { body, handlers, orelse, .. } => {
                    self.check_finally(body, in_loop);
                    handlers.iter().for_each(|handler| self.check_finally(&handler.body, in_loop));
                    // A `finally` within is looked at when it is compiled.
                    self.check_finally(orelse, in_loop);
                    continue;
                }
                _ => continue,
            };
            self.warn(format!("'{keyword}' in a 'finally' block"), stmt.span);
        }
    }
}

/// The type of a literal whose identity is a matter of luck.
fn identity_is_accidental(expr: &Expr) -> Option<&'static str> {
    match &expr.kind {
        ExprKind::Constant(Constant::None | Constant::True | Constant::False | Constant::Ellipsis) => None,
        ExprKind::Constant(_) => literal_type(expr),
        ExprKind::Tuple { .. } if super::fold::fold(expr, true).is_some() => Some("tuple"),
        _ => None,
    }
}
