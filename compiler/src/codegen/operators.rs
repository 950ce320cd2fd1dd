//! Arithmetic, and the operators that may leave operands unevaluated.

use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::source::Span;

/// The instruction for `op` on two registers, and on a register and a constant.
fn opcodes(op: Operator) -> (Opcode, Option<Opcode>) {
    match op {
        Operator::Add => (Opcode::Add, Some(Opcode::AddK)),
        Operator::Sub => (Opcode::Sub, Some(Opcode::SubK)),
        Operator::Mult => (Opcode::Mul, Some(Opcode::MulK)),
        Operator::MatMult => (Opcode::MatMul, None),
        Operator::Div => (Opcode::TrueDiv, Some(Opcode::TrueDivK)),
        Operator::Mod => (Opcode::Mod, Some(Opcode::ModK)),
        Operator::Pow => (Opcode::Pow, Some(Opcode::PowK)),
        Operator::LShift => (Opcode::LShift, Some(Opcode::LShiftK)),
        Operator::RShift => (Opcode::RShift, Some(Opcode::RShiftK)),
        Operator::BitOr => (Opcode::BitOr, Some(Opcode::BitOrK)),
        Operator::BitXor => (Opcode::BitXor, Some(Opcode::BitXorK)),
        Operator::BitAnd => (Opcode::BitAnd, Some(Opcode::BitAndK)),
        Operator::FloorDiv => (Opcode::FloorDiv, Some(Opcode::FloorDivK)),
    }
}

impl<'a> Compiler<'a> {
    pub(super) fn bin_op(
        &mut self,
        span: Span,
        left: &'a Expr,
        op: Operator,
        right: &'a Expr,
        into: Register,
    ) -> Result {
        let left = match &left.kind {
            ExprKind::Name(_) | ExprKind::NamedExpr { .. } if self.fold(right).is_some() => self.last_operand(left)?,
            _ => self.left_operand(left, into)?,
        };
        self.apply(span, op, false, left, right, into)
    }

    /// The first of several operands of an instruction whose result goes to `into`: a temporary that lies on top of the stack
    /// serves for both.
    pub(super) fn left_operand(&mut self, expr: &'a Expr, into: Register) -> Result<Register> {
        match &expr.kind {
            ExprKind::Name(name) if self.local_register(name).is_some() => self.operand(expr),
            _ if self.unit.is_top(into) => {
                self.into(expr, into)?;
                Ok(into)
            }
            _ => self.operand(expr),
        }
    }

    /// R[into] = R[left] `op` `right`, in place where `in_place` says so.
    pub(super) fn apply(
        &mut self,
        span: Span,
        op: Operator,
        in_place: bool,
        left: Register,
        right: &'a Expr,
        into: Register,
    ) -> Result {
        let (plain, with_constant) = opcodes(op);
        let constant = with_constant.and_then(|with_constant| Some((with_constant, self.constant_operand(right)?)));
        if let Some((with_constant, constant)) = constant {
            self.put_x(span, with_constant, u8::from(in_place), into, left, constant);
        } else {
            let right = self.last_operand(right)?;
            self.put_x(span, plain, u8::from(in_place), into, left, right);
        }
        Ok(())
    }

    /// Whether the variable R[into] may be written before `later` operands are evaluated: they do not read it, and no handler
    /// could see it if one of them raised.
    fn may_write_early(&self, into: Register, later: &[Expr]) -> bool {
        let is_variable = into < self.unit.first_temporary;
        is_variable
            && self.unit.blocks.iter().all(|block| block.region.is_none())
            && later.iter().all(|operand| match &operand.kind {
                ExprKind::Name(name) => self.local_register(name) != Some(into),
                ExprKind::Constant(_) => true,
                ExprKind::Attribute { value, .. } => match &value.kind {
                    ExprKind::Name(name) => self.local_register(name) != Some(into),
                    _ => false,
                },
                _ => false,
            })
    }

    pub(super) fn unary_op(&mut self, span: Span, op: UnaryOperator, operand: &'a Expr, into: Register) -> Result {
        let op = match op {
            UnaryOperator::Invert => Opcode::Invert,
            UnaryOperator::Not => Opcode::Not,
            UnaryOperator::UAdd => Opcode::Pos,
            UnaryOperator::USub => Opcode::Neg,
        };
        let operand = self.last_operand(operand)?;
        self.put(span, op, into, operand, 0);
        Ok(())
    }

    pub(super) fn bool_op(&mut self, op: BoolOperator, values: &'a [Expr], into: Register) -> Result {
        let stops = match op {
            BoolOperator::And => Opcode::JumpIfFalse,
            BoolOperator::Or => Opcode::JumpIfTrue,
        };
        let (last, others) = values.split_last().expect("the parser yields at least two operands");
        let result = if self.may_write_early(into, &values[1..]) { into } else { self.scratch_for(into) };
        let end = self.label();
        for value in others {
            self.into(value, result)?;
            self.put_jump(value.span, stops, result, 0, end);
        }
        self.into(last, result)?;
        self.bind(end);
        self.move_register(last.span, into, result);
        Ok(())
    }
}
