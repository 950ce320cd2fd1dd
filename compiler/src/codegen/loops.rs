//! Loops, with the test at the bottom: one jump an iteration.
//!
//! A `while` tests once before the first iteration and again at the end of each. A `for` enters through `ForIter` and goes
//! round by `ForIterBack`.

use super::blocks::{Block, BlockKind};
use super::constants::truth;
use super::emitter::Label;
use super::unit::Register;
use super::{Compiler, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::scope::check_assignable;
use crate::source::Span;

impl<'a> Compiler<'a> {
    pub(super) fn while_loop(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Result {
        let (head, next) = (self.label(), self.label());
        let (exhausted, exit) = (self.label(), self.label());
        let constant = self.fold(test).map(|constant| truth(&constant));
        // A test that makes functions is compiled only once: copies of their code would be of no use.
        let test_on_top_only = constant.is_some() || contains_code(test);
        if test_on_top_only {
            self.bind_loop(head);
            self.jump_unless(test, exhausted)?;
            self.loop_body(exit, head, body)?;
            self.jump(body.last().map_or(test.span, |last| last.span), head);
        } else {
            self.jump_unless(test, exhausted)?;
            self.bind_loop(head);
            self.loop_body(exit, next, body)?;
            self.bind(next);
            self.jump_when(test, true, head)?;
        }
        self.bind(exhausted);
        self.body(orelse)?;
        self.bind(exit);
        Ok(())
    }

    pub(super) fn for_loop(
        &mut self,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Result {
        let iterator = self.iterator(iter)?;
        let exit = self.label();
        self.iterate(iter.span, iterator, target, |compiler, next| compiler.loop_body(exit, next, body))?;
        self.body(orelse)?;
        self.bind(exit);
        Ok(())
    }

    pub(super) fn loop_body(&mut self, exit: Label, next: Label, body: &'a [Stmt]) -> Result {
        self.unit.blocks.push(Block { kind: BlockKind::Loop { exit, next }, region: None });
        self.body(body)?;
        self.exit_block();
        Ok(())
    }

    /// A temporary that holds an iterator of `iter`.
    pub(super) fn iterator(&mut self, iter: &'a Expr) -> Result<Register> {
        let iterator = self.unit.take(1);
        let iterable = self.left_operand(iter, iterator)?;
        self.put(iter.span, Opcode::GetIter, iterator, iterable, 0);
        self.unit.release(iterator + 1);
        Ok(iterator)
    }

    /// Stores each value of R[iterator] to `target` and runs what `body` compiles, which is given the place to go on at with the
    /// next value.
    pub(super) fn iterate(
        &mut self,
        span: Span,
        iterator: Register,
        target: &'a Expr,
        body: impl FnOnce(&mut Self, Label) -> Result,
    ) -> Result {
        let (head, next, exhausted) = (self.label(), self.label(), self.label());
        let variable = self.target_register(target);
        let value = match variable {
            Some(register) => {
                if let ExprKind::Name(name) = &target.kind {
                    check_assignable(name, target.span)?;
                }
                register
            }
            None => self.unit.take(1),
        };
        self.put_jump(span, Opcode::ForIter, value, iterator, exhausted);
        self.bind_loop(head);
        match variable {
            Some(register) => self.unit.emitter.set_bound(register),
            None => self.store(target, value)?,
        }
        body(self, next)?;
        self.bind(next);
        self.put_jump(span, Opcode::ForIterBack, value, iterator, head);
        self.bind(exhausted);
        Ok(())
    }

    pub(super) fn bind_loop(&mut self, head: Label) {
        self.unit.emitter.bind_loop(head);
    }
}

/// Whether evaluating `expr` runs code of a function or comprehension within it.
fn contains_code(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Lambda { .. }
        | ExprKind::ListComp { .. }
        | ExprKind::SetComp { .. }
        | ExprKind::DictComp { .. }
        | ExprKind::GeneratorExp { .. } => true,
        ExprKind::BoolOp { values, .. } => values.iter().any(contains_code),
        ExprKind::NamedExpr { value, .. } | ExprKind::Attribute { value, .. } | ExprKind::Starred { value } => {
            contains_code(value)
        }
        ExprKind::BinOp { left, right, .. } => contains_code(left) || contains_code(right),
        ExprKind::UnaryOp { operand, .. } => contains_code(operand),
        ExprKind::Compare { left, comparators, .. } => contains_code(left) || comparators.iter().any(contains_code),
        ExprKind::Call { func, args, keywords } => {
            contains_code(func)
                || args.iter().any(contains_code)
                || keywords.iter().any(|keyword| contains_code(&keyword.value))
        }
        ExprKind::Subscript { value, slice } => contains_code(value) || contains_code(slice),
        ExprKind::Constant(_) | ExprKind::Name(_) => false,
        // The rest is rare in a loop's test: treated as if it held code.
        _ => true,
    }
}
