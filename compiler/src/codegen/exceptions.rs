//! `try` with handlers and `finally`.
//!
//! The register that receives an exception is the lowest free one: the temporaries of the statement that raised are gone by then.
//! While a handler runs, the two registers from there hold the exception and the one handled before it, and a third receives what
//! the handler itself raises.

use super::blocks::BlockKind;
use super::emitter::Label;
use super::unit::Register;
use super::{Compiler, NOWHERE, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::source::SyntaxError;
use std::rc::Rc;

/// Compiles the clauses of a `try` for the exception in a window; what was handled goes on at a label.
type Clauses<'a> = fn(&mut Compiler<'a>, &'a [ExceptHandler], Register, Label) -> Result;

impl<'a> Compiler<'a> {
    pub(super) fn try_stmt(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [ExceptHandler],
        clauses: Clauses<'a>,
        orelse: &'a [Stmt],
        finalbody: &'a [Stmt],
    ) -> Result {
        match (handlers, finalbody) {
            (_, []) => self.try_except(body, handlers, clauses, orelse),
            ([], _) => self.try_finally(finalbody, |compiler| {
                compiler.body(body)?;
                compiler.body(orelse)
            }),
            _ => self.try_finally(finalbody, |compiler| compiler.try_except(body, handlers, clauses, orelse)),
        }
    }

    fn try_finally(&mut self, finalbody: &'a [Stmt], body: impl FnOnce(&mut Self) -> Result) -> Result {
        self.check_finally(finalbody, false);
        let (handler, end) = (self.label(), self.label());
        self.enter_region(BlockKind::Finally { body: finalbody }, handler, self.unit.next);
        body(self)?;
        self.exit_block();
        self.body(finalbody)?;
        self.jump(NOWHERE, end);
        self.handling(handler, |compiler, window| {
            compiler.body(finalbody)?;
            compiler.put(NOWHERE, Opcode::LeaveHandler, window, 0, 0);
            compiler.put(NOWHERE, Opcode::Reraise, window, 0, 0);
            Ok(())
        })?;
        self.bind(end);
        Ok(())
    }

    /// Compiles the handler at `handler`, for the exception in the lowest free register; if it raises, what was handled before
    /// is restored.
    fn handling(&mut self, handler: Label, handle: impl FnOnce(&mut Self, Register) -> Result) -> Result {
        let window = self.unit.take(2);
        let raised = self.unit.take(1);
        let cleanup = self.label();
        self.unit.emitter.begin_cold();
        self.bind(handler);
        self.put(NOWHERE, Opcode::EnterHandler, window, 0, 0);
        self.enter_region(BlockKind::Handler { window }, cleanup, raised);
        handle(self, window)?;
        self.exit_block();
        self.bind_cleanup(cleanup, window, raised);
        self.unit.emitter.end_cold();
        self.unit.release(window);
        Ok(())
    }

    /// Ends the handling in `window` and goes on propagating what the handler raised.
    pub(super) fn bind_cleanup(&mut self, cleanup: Label, window: Register, raised: Register) {
        self.bind(cleanup);
        self.put(NOWHERE, Opcode::LeaveHandler, window, 0, 0);
        self.put(NOWHERE, Opcode::Reraise, raised, 0, 0);
    }

    fn try_except(
        &mut self,
        body: &'a [Stmt],
        handlers: &'a [ExceptHandler],
        clauses: Clauses<'a>,
        orelse: &'a [Stmt],
    ) -> Result {
        let (handler, end) = (self.label(), self.label());
        self.enter_region(BlockKind::Try, handler, self.unit.next);
        self.body(body)?;
        self.exit_block();
        self.body(orelse)?;
        self.jump(NOWHERE, end);
        self.handling(handler, |compiler, window| clauses(compiler, handlers, window, end))?;
        self.bind(end);
        Ok(())
    }

    /// The clauses `except`: the first that matches handles the exception in `window` and goes on at `end`.
    pub(super) fn except_clauses(&mut self, handlers: &'a [ExceptHandler], window: Register, end: Label) -> Result {
        for (at, handler) in handlers.iter().enumerate() {
            if handler.typ.is_none() && at + 1 < handlers.len() {
                return Err(SyntaxError::new("default 'except:' must be last", handler.span));
            }
            self.except_clause(handler, window, end)?;
        }
        self.put(NOWHERE, Opcode::LeaveHandler, window, 0, 0);
        self.put(NOWHERE, Opcode::Reraise, window, 0, 0);
        Ok(())
    }

    /// The clauses `except*`: each handles its part of the exception in `window`, and what they raise is gathered in a list, with
    /// what none of them handled.
    pub(super) fn star_clauses(&mut self, handlers: &'a [ExceptHandler], window: Register, end: Label) -> Result {
        let (rest, results) = (self.unit.take(1), self.unit.take(1));
        self.move_register(NOWHERE, rest, window);
        self.put(NOWHERE, Opcode::BuildList, results, self.unit.next, 0);
        for handler in handlers {
            self.star_clause(handler, rest, results)?;
        }
        self.put(NOWHERE, Opcode::ListAppend, results, rest, 0);
        self.put(NOWHERE, Opcode::JoinExceptions, rest, window, results);
        let done = self.label();
        self.put_jump(NOWHERE, Opcode::JumpIfNone, rest, 0, done);
        self.put(NOWHERE, Opcode::LeaveHandler, window, 0, 0);
        self.put(NOWHERE, Opcode::Reraise, rest, 0, 0);
        self.bind(done);
        self.end_handler(window, end);
        self.unit.release(rest);
        Ok(())
    }

    /// One clause `except*` for R[rest], of which it leaves what it does not handle. What it raises is appended to R[results].
    fn star_clause(&mut self, handler: &'a ExceptHandler, rest: Register, results: Register) -> Result {
        let mark = self.unit.next;
        let part = self.unit.take(2);
        if let Some(typ) = &handler.typ {
            let classes = self.last_operand(typ)?;
            self.put(handler.span, Opcode::SplitException, part, rest, classes);
        }
        self.unit.release(part + 2);
        self.move_register(NOWHERE, rest, part + 1);
        let (next, collect) = (self.label(), self.label());
        self.put_jump(NOWHERE, Opcode::JumpIfNone, part, 0, next);
        self.put(NOWHERE, Opcode::EnterHandler, part, 0, 0);
        let raised = self.unit.take(1);
        self.enter_region(BlockKind::StarHandler { window: part }, collect, raised);
        match &handler.name {
            None => self.body(&handler.body)?,
            Some(name) => {
                let ended = self.label();
                self.bound_body(name, &handler.body, part, |compiler| compiler.jump(NOWHERE, ended))?;
                self.bind(ended);
            }
        }
        self.exit_block();
        self.put(NOWHERE, Opcode::LeaveHandler, part, 0, 0);
        self.jump(NOWHERE, next);
        self.bind(collect);
        self.put(NOWHERE, Opcode::LeaveHandler, part, 0, 0);
        self.put(NOWHERE, Opcode::ListAppend, results, raised, 0);
        self.bind(next);
        self.unit.release(mark);
        Ok(())
    }

    fn except_clause(&mut self, handler: &'a ExceptHandler, window: Register, end: Label) -> Result {
        let otherwise = self.label();
        if let Some(typ) = &handler.typ {
            let mark = self.unit.next;
            let class = self.last_operand(typ)?;
            let matches = self.unit.take(1);
            self.put(handler.span, Opcode::MatchException, matches, window, class);
            self.put_jump(handler.span, Opcode::JumpIfFalse, matches, 0, otherwise);
            self.unit.release(mark);
        }
        match &handler.name {
            None => self.body(&handler.body)?,
            Some(name) => self.bound_body(name, &handler.body, window, |compiler| compiler.end_handler(window, end))?,
        }
        self.end_handler(window, end);
        self.bind(otherwise);
        Ok(())
    }

    /// The body of `except … as name`, at whose end, however it is reached, the name is unbound; then, `go_on` jumps away.
    fn bound_body(
        &mut self,
        name: &'a Identifier,
        body: &'a [Stmt],
        exception: Register,
        go_on: impl FnOnce(&mut Self),
    ) -> Result {
        self.store_name(name.span, &name.name, exception)?;
        let cleanup = self.label();
        let raised = self.unit.take(1);
        let kind = BlockKind::BoundException { name: &name.name };
        self.enter_region(kind, cleanup, raised);
        self.body(body)?;
        self.exit_block();
        self.unbind_exception(&name.name)?;
        go_on(self);
        self.bind(cleanup);
        self.unbind_exception(&name.name)?;
        self.put(NOWHERE, Opcode::Reraise, raised, 0, 0);
        self.unit.release(raised);
        Ok(())
    }

    /// The exception in `window` has been handled: goes on at `end`.
    fn end_handler(&mut self, window: Register, end: Label) {
        self.put(NOWHERE, Opcode::LeaveHandler, window, 0, 0);
        self.jump(NOWHERE, end);
    }

    /// `name = None; del name`
    pub(super) fn unbind_exception(&mut self, name: &Rc<str>) -> Result {
        let none = self.unit.take(1);
        match self.local_register(name) {
            // Binding it first only makes sure that deleting it cannot fail.
            Some(register) => self.unit.emitter.set_bound(register),
            None => {
                self.put(NOWHERE, Opcode::LoadNone, none, 0, 0);
                self.store_name(NOWHERE, name, none)?;
            }
        }
        self.delete_name(NOWHERE, name);
        self.unit.release(none);
        Ok(())
    }
}
