//! Statements: each kind goes to the file that is named for it.

use super::blocks::{Block, BlockKind, IN_STAR_HANDLER};
use super::emitter::Label;
use super::{Compiler, Result};
use crate::ast::*;
use crate::code::Const;
use crate::opcode::{Common, Opcode};
use crate::scope::ScopeKind;
use crate::source::{Span, SyntaxError};

impl<'a> Compiler<'a> {
    pub(super) fn body(&mut self, body: &'a [Stmt]) -> Result {
        body.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &'a Stmt) -> Result {
        let mark = self.unit.next;
        if matches!(stmt.kind, StmtKind::For { .. } | StmtKind::While { .. } | StmtKind::Try { .. }) {
            self.check_block_depth(stmt.span)?;
        }
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function_def(stmt, def)?,
            StmtKind::ClassDef(def) => self.class_def(stmt, def)?,
            StmtKind::Return { value } => self.return_stmt(stmt, value.as_ref())?,
            StmtKind::Delete { targets } => targets.iter().try_for_each(|target| self.delete(target))?,
            StmtKind::Assign { targets, value } => self.assign(targets, value)?,
            StmtKind::AugAssign { target, op, value } => self.aug_assign(stmt, target, *op, value)?,
            StmtKind::AnnAssign { target, annotation, value, .. } => {
                self.ann_assign(target, value.as_ref())?;
                self.note_annotation(annotation);
            }
            StmtKind::For { target, iter, body, orelse, is_async: true } => {
                self.async_for(stmt.span, target, iter, body, orelse)?;
            }
            StmtKind::For { target, iter, body, orelse, .. } => self.for_loop(target, iter, body, orelse)?,
            StmtKind::While { test, body, orelse } => self.while_loop(test, body, orelse)?,
            StmtKind::If { test, body, orelse } => self.if_stmt(test, body, orelse)?,
            StmtKind::With { items, body, is_async } => {
                if *is_async {
                    self.check_async("async with", stmt.span)?;
                }
                self.with(items, body, *is_async)?;
            }
            StmtKind::Raise { exc, cause } => self.raise(stmt.span, exc.as_ref(), cause.as_ref())?,
            StmtKind::Try { body, handlers, orelse, finalbody, is_star } => {
                let clauses = if *is_star { Self::star_clauses } else { Self::except_clauses };
                self.try_stmt(body, handlers, clauses, orelse, finalbody)?;
            }
            StmtKind::Assert { test, msg } => self.assert(stmt.span, test, msg.as_ref())?,
            StmtKind::Import { names } => self.import(stmt.span, names)?,
            StmtKind::ImportFrom { module, names, level } => {
                self.import_from(stmt.span, module.as_ref(), names, *level)?;
            }
            StmtKind::Expr { value } if self.interactive && self.unit.kind == ScopeKind::Module => {
                self.display(stmt.span, value)?;
            }
            StmtKind::Expr { value } => self.discard(value)?,
            StmtKind::Break => self.break_stmt(stmt.span)?,
            StmtKind::Continue => self.continue_stmt(stmt.span)?,
            StmtKind::Global { .. } | StmtKind::Nonlocal { .. } | StmtKind::Pass => {}
            StmtKind::TypeAlias { name, type_params, value } => self.type_alias(stmt, name, type_params, value)?,
            StmtKind::Match { subject, cases } => self.match_stmt(subject, cases)?,
        }
        self.unit.release(mark);
        Ok(())
    }

    /// Shows the value of an expression, as the prompt does.
    fn display(&mut self, span: Span, value: &'a Expr) -> Result {
        let window = self.unit.take(1);
        self.load_common(span, window, Common::Display);
        let argument = self.unit.take(1);
        self.into(value, argument)?;
        self.put(span, Opcode::Call, window, 1, 0);
        self.unit.release(window);
        Ok(())
    }

    fn return_stmt(&mut self, stmt: &'a Stmt, value: Option<&'a Expr>) -> Result {
        if self.unit.kind != ScopeKind::Function {
            return Err(SyntaxError::new("'return' outside function", stmt.span));
        }
        if self.unit.blocks.iter().any(Block::is_star_handler) {
            // CPython points at a constant that is returned.
            let line = |span: Span| self.places.line(span.start);
            let constant = value.filter(|value| matches!(value.kind, ExprKind::Constant(_)));
            let constant = constant.filter(|value| line(value.span) == line(stmt.span));
            return Err(SyntaxError::new(IN_STAR_HANDLER, constant.map_or(stmt.span, |value| value.span)));
        }
        if value.is_some() && self.in_coroutine() && self.scopes.scope(self.unit.scope).generator {
            return Err(SyntaxError::new("'return' with value in async generator", stmt.span));
        }
        match value {
            Some(value) if self.unit.blocks.iter().all(|block| block.leaves_silently()) => {
                self.return_value(stmt.span, value)
            }
            _ => self.return_through_blocks(stmt, value),
        }
    }

    /// Returns `value`, from each branch of a conditional expression by itself.
    pub(super) fn return_value(&mut self, span: Span, value: &'a Expr) -> Result {
        let mark = self.unit.next;
        match (&value.kind, self.fold(value)) {
            (_, Some(Const::None)) => self.put(span, Opcode::ReturnNone, 0, 0, 0),
            (ExprKind::IfExp { test, body, orelse }, _) => {
                let otherwise = self.label();
                self.jump_unless(test, otherwise)?;
                self.return_value(span, body)?;
                self.bind(otherwise);
                self.return_value(span, orelse)?;
            }
            _ => {
                let value = self.last_operand(value)?;
                self.put(span, Opcode::Return, value, 0, 0);
            }
        }
        self.unit.release(mark);
        Ok(())
    }

    fn return_through_blocks(&mut self, stmt: &'a Stmt, value: Option<&'a Expr>) -> Result {
        let constant = value.map_or(Some(Const::None), |value| self.fold(value));
        let register = match (value, &constant) {
            (Some(value), None) if self.leaving_changes_variables() => Some(self.run([value])?),
            (Some(value), None) => Some(self.last_operand(value)?),
            _ => None,
        };
        let left = self.leave_blocks(0)?;
        match (register, constant) {
            (Some(register), _) => self.put(stmt.span, Opcode::Return, register, 0, 0),
            (None, Some(constant)) if constant != Const::None => {
                let register = self.unit.take(1);
                self.load_const(stmt.span, register, constant);
                self.put(stmt.span, Opcode::Return, register, 0, 0);
            }
            _ => self.put(stmt.span, Opcode::ReturnNone, 0, 0, 0),
        }
        self.reenter_blocks(left);
        Ok(())
    }

    fn if_stmt(&mut self, test: &'a Expr, body: &'a [Stmt], orelse: &'a [Stmt]) -> Result {
        if orelse.is_empty()
            && let Some(target) = self.plain_jump(body)
        {
            return self.jump_when(test, true, target);
        }
        let (otherwise, end) = (self.label(), self.label());
        self.jump_unless(test, otherwise)?;
        self.body(body)?;
        if !orelse.is_empty() {
            self.jump(super::NOWHERE, end);
        }
        self.bind(otherwise);
        self.body(orelse)?;
        self.bind(end);
        Ok(())
    }

    /// Where `body` jumps, if it is a `break` or `continue` that runs no other code.
    fn plain_jump(&self, body: &[Stmt]) -> Option<Label> {
        let [stmt] = body else { return None };
        let is_break = match stmt.kind {
            StmtKind::Break => true,
            StmtKind::Continue => false,
            _ => return None,
        };
        match self.unit.blocks.last()?.kind {
            BlockKind::Loop { exit, next } => Some(if is_break { exit } else { next }),
            _ => None,
        }
    }

    fn assert(&mut self, span: Span, test: &'a Expr, msg: Option<&'a Expr>) -> Result {
        self.check_assertion(test, span);
        if self.optimize > 0 {
            return Ok(());
        }
        let end = self.label();
        self.jump_when(test, true, end)?;
        let window = self.unit.take(1);
        self.load_common(span, window, Common::AssertionError);
        if let Some(msg) = msg {
            self.run([msg])?;
            self.put(span, Opcode::Call, window, 1, 0);
        }
        self.put(test.span, Opcode::Raise, window, 0, 0);
        self.bind(end);
        Ok(())
    }

    fn raise(&mut self, span: Span, exc: Option<&'a Expr>, cause: Option<&'a Expr>) -> Result {
        match (exc, cause) {
            (None, _) => self.put(span, Opcode::RaiseCurrent, 0, 0, 0),
            (Some(exc), None) => {
                let exc = self.last_operand(exc)?;
                self.put(span, Opcode::Raise, exc, 0, 0);
            }
            (Some(exc), Some(cause)) => {
                let exc = self.operand(exc)?;
                let cause = self.last_operand(cause)?;
                self.put(span, Opcode::RaiseFrom, exc, cause, 0);
            }
        }
        Ok(())
    }
}
