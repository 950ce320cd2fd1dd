//! Conditions: jumping on the truth of an expression, with comparisons fused into the jumps.

use super::constants::truth;
use super::emitter::Label;
use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::source::Span;

/// The fused compare-and-jump for `op`, on registers and on a register and a constant, that jumps if the outcome is
/// `sense`. `not a < b` is its own instruction, since `a >= b` may be something else.
fn fused(op: CmpOperator, sense: bool) -> Option<(Opcode, Opcode)> {
    Some(match (op, sense) {
        (CmpOperator::Lt, true) => (Opcode::JumpLt, Opcode::JumpLtK),
        (CmpOperator::LtE, true) => (Opcode::JumpLe, Opcode::JumpLeK),
        (CmpOperator::Gt, true) => (Opcode::JumpGt, Opcode::JumpGtK),
        (CmpOperator::GtE, true) => (Opcode::JumpGe, Opcode::JumpGeK),
        (CmpOperator::Eq, true) => (Opcode::JumpEq, Opcode::JumpEqK),
        (CmpOperator::NotEq, true) => (Opcode::JumpNe, Opcode::JumpNeK),
        (CmpOperator::Lt, false) => (Opcode::JumpNotLt, Opcode::JumpNotLtK),
        (CmpOperator::LtE, false) => (Opcode::JumpNotLe, Opcode::JumpNotLeK),
        (CmpOperator::Gt, false) => (Opcode::JumpNotGt, Opcode::JumpNotGtK),
        (CmpOperator::GtE, false) => (Opcode::JumpNotGe, Opcode::JumpNotGeK),
        (CmpOperator::Eq, false) => (Opcode::JumpNotEq, Opcode::JumpNotEqK),
        (CmpOperator::NotEq, false) => (Opcode::JumpNotNe, Opcode::JumpNotNeK),
        (CmpOperator::Is | CmpOperator::IsNot | CmpOperator::In | CmpOperator::NotIn, _) => return None,
    })
}

impl<'a> Compiler<'a> {
    /// Goes on at `target` if `test` is false.
    pub(super) fn jump_unless(&mut self, test: &'a Expr, target: Label) -> Result {
        self.jump_when(test, false, target)
    }

    /// Goes on at `target` if the truth of `test` is `sense`.
    pub(super) fn jump_when(&mut self, test: &'a Expr, sense: bool, target: Label) -> Result {
        if let Some(constant) = self.fold(test) {
            if truth(&constant) == sense {
                self.jump(test.span, target);
            }
            return Ok(());
        }
        let mark = self.unit.next;
        match &test.kind {
            ExprKind::UnaryOp { op: UnaryOperator::Not, operand } => self.jump_when(operand, !sense, target)?,
            ExprKind::BoolOp { op, values } => {
                // `and` is decided by the first operand that is false, `or` by the first that is true.
                let decides = *op == BoolOperator::Or;
                let (last, others) = values.split_last().expect("the parser yields at least two operands");
                let end = self.label();
                let decided = if decides == sense { target } else { end };
                for value in others {
                    self.jump_when(value, decides, decided)?;
                }
                self.jump_when(last, sense, target)?;
                self.bind(end);
            }
            ExprKind::IfExp { test, body, orelse } => {
                let (otherwise, end) = (self.label(), self.label());
                self.jump_unless(test, otherwise)?;
                self.jump_when(body, sense, target)?;
                self.jump(body.span, end);
                self.bind(otherwise);
                self.jump_when(orelse, sense, target)?;
                self.bind(end);
            }
            ExprKind::Compare { left, ops, comparators } => {
                self.jump_on_comparison(test.span, left, ops, comparators, sense, target)?;
            }
            _ => {
                let value = self.last_operand(test)?;
                self.jump_on_register(test.span, value, sense, target);
            }
        }
        self.unit.release(mark);
        Ok(())
    }

    /// Goes on at `target` if the truth of R[value] is `sense`.
    pub(super) fn jump_on_register(&mut self, span: Span, value: Register, sense: bool, target: Label) {
        let op = if sense { Opcode::JumpIfTrue } else { Opcode::JumpIfFalse };
        self.put_jump(span, op, value, 0, target);
    }

    fn jump_on_comparison(
        &mut self,
        span: Span,
        left: &'a Expr,
        ops: &[CmpOperator],
        comparators: &'a [Expr],
        sense: bool,
        target: Label,
    ) -> Result {
        self.check_identity(left, ops, comparators, span);
        let mut left = match comparators {
            [right] if self.fold(right).is_some() => self.last_operand(left)?,
            _ => self.operand(left)?,
        };
        let end = self.label();
        let failed = if sense { end } else { target };
        let last = ops.len() - 1;
        for (at, (op, right)) in ops.iter().zip(comparators).enumerate() {
            if at == last {
                self.jump_on_pair(span, *op, left, right, sense, target)?;
            } else {
                let right_register = self.operand(right)?;
                self.jump_on_registers(span, *op, left, right_register, false, failed);
                left = right_register;
            }
        }
        self.bind(end);
        Ok(())
    }

    /// Jumps on the comparison of R[left] with `right`, which no other operand follows.
    fn jump_on_pair(
        &mut self,
        span: Span,
        op: CmpOperator,
        left: Register,
        right: &'a Expr,
        sense: bool,
        target: Label,
    ) -> Result {
        if let (CmpOperator::Is | CmpOperator::IsNot, ExprKind::Constant(Constant::None)) = (op, &right.kind) {
            let jumps_on_none = (op == CmpOperator::Is) == sense;
            let op = if jumps_on_none { Opcode::JumpIfNone } else { Opcode::JumpIfNotNone };
            self.put_jump(span, op, left, 0, target);
        } else if let Some((_, with_constant)) = fused(op, sense)
            && let Some(constant) = self.constant_operand(right)
        {
            self.put_jump(span, with_constant, left, constant, target);
        } else {
            let right = self.comparator(op, right)?;
            self.jump_on_registers(span, op, left, right, sense, target);
        }
        Ok(())
    }

    fn jump_on_registers(
        &mut self,
        span: Span,
        op: CmpOperator,
        left: Register,
        right: Register,
        sense: bool,
        target: Label,
    ) {
        match fused(op, sense) {
            Some((plain, _)) => self.put_jump(span, plain, left, right, target),
            None => {
                let result = self.unit.take(1);
                self.compare_registers(span, op, left, right, result);
                self.jump_on_register(span, result, sense, target);
            }
        }
    }
}
