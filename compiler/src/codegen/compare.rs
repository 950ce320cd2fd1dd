//! Comparisons for their value, single and chained.

use super::displays::folded;
use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::Opcode;
use crate::source::Span;

impl<'a> Compiler<'a> {
    pub(super) fn compare(
        &mut self,
        span: Span,
        left: &'a Expr,
        ops: &[CmpOperator],
        comparators: &'a [Expr],
        into: Register,
    ) -> Result {
        self.check_identity(left, ops, comparators, span);
        let mut left = self.left_operand(left, into)?;
        if let ([op], [right]) = (ops, comparators) {
            let right = self.comparator(*op, right)?;
            self.compare_registers(span, *op, left, right, into);
            return Ok(());
        }
        let end = self.label();
        // The result must not overwrite an operand in the middle of the chain.
        let result = self.unit.take(1);
        let (last, others) = comparators.split_last().expect("a comparison has at least one operator");
        for (op, right) in ops.iter().zip(others) {
            let right = self.operand(right)?;
            self.compare_registers(span, *op, left, right, result);
            self.put_jump(span, Opcode::JumpIfFalse, result, 0, end);
            left = right;
        }
        let op = *ops.last().expect("as many as comparators");
        let right = self.comparator(op, last)?;
        self.compare_registers(span, op, left, right, result);
        self.bind(end);
        self.move_register(span, into, result);
        Ok(())
    }

    /// The right operand of a comparison that no other operand follows. A display of constants that is only searched is
    /// a constant itself.
    pub(super) fn comparator(&mut self, op: CmpOperator, right: &'a Expr) -> Result<Register> {
        let constants = match (&right.kind, op) {
            (ExprKind::Set { elts }, CmpOperator::In | CmpOperator::NotIn) => {
                folded(elts, self.optimize == 0).map(Const::FrozenSet)
            }
            (ExprKind::List { elts }, CmpOperator::In | CmpOperator::NotIn) => {
                folded(elts, self.optimize == 0).map(Const::Tuple)
            }
            _ => None,
        };
        match constants {
            Some(constants) => {
                let into = self.unit.take(1);
                self.load_const(right.span, into, constants);
                Ok(into)
            }
            None => self.last_operand(right),
        }
    }

    /// R[into] = R[left] `op` R[right].
    pub(super) fn compare_registers(
        &mut self,
        span: Span,
        op: CmpOperator,
        left: Register,
        right: Register,
        into: Register,
    ) {
        let (op, x) = match op {
            CmpOperator::Eq => (Opcode::Eq, 0),
            CmpOperator::NotEq => (Opcode::Ne, 0),
            CmpOperator::Lt => (Opcode::Lt, 0),
            CmpOperator::LtE => (Opcode::Le, 0),
            CmpOperator::Gt => (Opcode::Gt, 0),
            CmpOperator::GtE => (Opcode::Ge, 0),
            CmpOperator::Is => (Opcode::Is, 0),
            CmpOperator::IsNot => (Opcode::Is, 1),
            CmpOperator::In => (Opcode::Contains, 0),
            CmpOperator::NotIn => (Opcode::Contains, 1),
        };
        self.put_x(span, op, x, into, left, right);
    }
}
