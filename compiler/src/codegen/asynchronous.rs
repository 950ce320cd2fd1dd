//! `await`, `async for`, and what tells coroutines from other functions.
//!
//! A coroutine is a frame that outlives its call, as a generator's is: `await` delegates to the iterator of what is awaited, as
//! `yield from` does.

use super::blocks::BlockKind;
use super::unit::Register;
use super::{Compiler, NOWHERE, Result};
use crate::ast::*;
use crate::opcode::{Common, Opcode};
use crate::scope::ScopeKind;
use crate::source::{Span, SyntaxError};

/// What is awaited, for the message if it cannot be.
#[derive(Clone, Copy, Debug)]
#[repr(u8)]
pub(super) enum Awaited {
    /// The operand of `await`.
    Operand,
    /// What `__aenter__` returned.
    Enter,
    /// What `__aexit__` returned.
    Exit,
}

impl<'a> Compiler<'a> {
    /// Whether the code under construction is that of a coroutine or asynchronous generator.
    pub(super) fn in_coroutine(&self) -> bool {
        self.unit.kind == ScopeKind::Function && self.scopes.scope(self.unit.scope).awaits
    }

    /// Whether `await` may stand here: in an `async def`, or in a generator expression, which it makes asynchronous.
    pub(super) fn may_await(&self) -> bool {
        let is_generator_expression = || self.scopes.scope(self.unit.scope).comprehension.is_some();
        self.unit.kind == ScopeKind::Function && (self.in_coroutine() || is_generator_expression())
    }

    /// A statement called `what` must stand in an `async def`.
    pub(super) fn check_async(&self, what: &str, span: Span) -> Result {
        if self.in_coroutine() {
            return Ok(());
        }
        Err(SyntaxError::new(format!("'{what}' outside async function"), span))
    }

    /// R[into] = `await value`.
    pub(super) fn await_expr(&mut self, span: Span, value: &'a Expr, into: Register) -> Result {
        if !self.may_await() {
            let place = if self.unit.kind == ScopeKind::Function { "async function" } else { "function" };
            return Err(SyntaxError::new(format!("'await' outside {place}"), span));
        }
        let value = self.last_operand(value)?;
        self.await_register(span, Awaited::Operand, value, into);
        Ok(())
    }

    /// R[into] = what awaiting R[value] yields in the end.
    pub(super) fn await_register(&mut self, span: Span, what: Awaited, value: Register, into: Register) {
        let iterator = self.unit.take(2);
        self.put_x(span, Opcode::GetAwaitable, what as u8, iterator, value, 0);
        self.wait_for(span, iterator, into);
        self.unit.release(iterator);
    }

    /// R[into] = what the iterator R[iterator], behind which a register is free, returns in the end.
    fn wait_for(&mut self, span: Span, iterator: Register, into: Register) {
        self.put(span, Opcode::LoadNone, iterator + 1, 0, 0);
        self.put(span, Opcode::YieldFrom, into, iterator, iterator + 1);
    }

    /// R[into] = what is sent when R[value] has been yielded.
    pub(super) fn yield_value(&mut self, span: Span, into: Register, value: Register) {
        if !self.in_coroutine() {
            return self.put(span, Opcode::Yield, into, value, 0);
        }
        let wrapped = self.unit.take(1);
        self.put(span, Opcode::WrapYield, wrapped, value, 0);
        self.put(span, Opcode::Yield, into, wrapped, 0);
        self.unit.release(wrapped);
    }

    /// A temporary that holds an asynchronous iterator of `iter`.
    pub(super) fn async_iterator(&mut self, iter: &'a Expr) -> Result<Register> {
        let iterator = self.unit.take(1);
        let iterable = self.left_operand(iter, iterator)?;
        self.put(iter.span, Opcode::GetAsyncIter, iterator, iterable, 0);
        self.unit.release(iterator + 1);
        Ok(iterator)
    }

    pub(super) fn async_for(
        &mut self,
        span: Span,
        target: &'a Expr,
        iter: &'a Expr,
        body: &'a [Stmt],
        orelse: &'a [Stmt],
    ) -> Result {
        self.check_async("async for", span)?;
        let iterator = self.async_iterator(iter)?;
        let exit = self.label();
        self.iterate_async(iter.span, iterator, target, |compiler, next| compiler.loop_body(exit, next, body))?;
        self.body(orelse)?;
        self.bind(exit);
        Ok(())
    }

    /// Stores each value of the asynchronous iterator R[iterator] to `target` and runs what `body` compiles, which is given the
    /// place to go on at with the next value.
    pub(super) fn iterate_async(
        &mut self,
        span: Span,
        iterator: Register,
        target: &'a Expr,
        body: impl FnOnce(&mut Self, super::emitter::Label) -> Result,
    ) -> Result {
        let mark = self.unit.next;
        let (head, stopped, exhausted) = (self.label(), self.label(), self.label());
        let raised = self.unit.take(1);
        let value = self.unit.take(1);
        self.bind_loop(head);
        self.enter_region(BlockKind::Try, stopped, raised);
        let waits = self.unit.take(2);
        self.put(span, Opcode::GetAsyncNext, waits, iterator, 0);
        self.wait_for(span, waits, value);
        self.unit.release(waits);
        self.exit_block();
        self.store(target, value)?;
        body(self, head)?;
        self.jump(NOWHERE, head);

        self.unit.emitter.begin_cold();
        self.bind(stopped);
        let propagates = self.label();
        let class = self.unit.take(2);
        self.load_common(NOWHERE, class, Common::StopAsyncIteration);
        self.put(NOWHERE, Opcode::MatchException, class + 1, raised, class);
        self.jump_on_register(NOWHERE, class + 1, false, propagates);
        self.jump(NOWHERE, exhausted);
        self.bind(propagates);
        self.put(NOWHERE, Opcode::Reraise, raised, 0, 0);
        self.unit.emitter.end_cold();
        self.unit.release(mark);
        self.bind(exhausted);
        Ok(())
    }
}
