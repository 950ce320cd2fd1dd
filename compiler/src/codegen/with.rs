//! `with` and `async with` statements.
//!
//! A context manager takes eight registers: `__exit__` and its object, then the three arguments of its call (before that, the
//! window of `__enter__`), then the window of the exception being handled, then what `__exit__` itself raises.

use super::asynchronous::Awaited;
use super::blocks::BlockKind;
use super::emitter::Label;
use super::unit::Register;
use super::{Compiler, NOWHERE, Result};
use crate::ast::*;
use crate::opcode::Opcode;
use crate::source::Span;

/// Offsets of the registers from the first.
const ENTER: Register = 2;
const ARGUMENTS: Register = 2;
const EXCEPTION: Register = 5;
const RAISED: Register = 7;
const REGISTERS: usize = 8;

impl<'a> Compiler<'a> {
    pub(super) fn with(&mut self, items: &'a [WithItem], body: &'a [Stmt], is_async: bool) -> Result {
        let Some((item, others)) = items.split_first() else { return self.body(body) };
        let span = item.context_expr.span;
        self.check_block_depth(span)?;
        let window = self.unit.take(REGISTERS);
        let (handler, end) = (self.label(), self.label());
        let manager = self.last_operand(&item.context_expr)?;
        self.put_x(span, Opcode::PrepareWith, u8::from(is_async), window, manager, 0);
        self.put(span, Opcode::CallMethod, window + ENTER, 0, 0);
        self.unit.release(window + REGISTERS as Register);
        if is_async {
            self.await_register(span, Awaited::Enter, window + ENTER, window + ENTER);
        }

        self.enter_region(BlockKind::With { window, span, is_async }, handler, window + EXCEPTION);
        if let Some(target) = &item.optional_vars {
            self.store(target, window + ENTER)?;
        }
        self.with(others, body, is_async)?;
        self.exit_block();
        self.call_exit(window, span, is_async);
        self.jump(NOWHERE, end);

        self.unit.emitter.begin_cold();
        self.bind(handler);
        self.exit_with_exception(window, span, is_async, end);
        self.unit.emitter.end_cold();
        self.unit.release(window);
        self.bind(end);
        Ok(())
    }

    /// `__exit__(None, None, None)`
    pub(super) fn call_exit(&mut self, window: Register, span: Span, is_async: bool) {
        for argument in 0..3 {
            self.put(span, Opcode::LoadNone, window + ARGUMENTS + argument, 0, 0);
        }
        self.put(span, Opcode::CallMethod, window, 3, 0);
        if is_async {
            self.await_register(span, Awaited::Exit, window, window);
        }
    }

    /// `__exit__(type, value, traceback)`; a true result ends the exception here.
    fn exit_with_exception(&mut self, window: Register, span: Span, is_async: bool, end: Label) {
        let (cleanup, propagates) = (self.label(), self.label());
        let exception = window + EXCEPTION;
        self.put(NOWHERE, Opcode::EnterHandler, exception, 0, 0);
        self.enter_region(BlockKind::Handler { window: exception }, cleanup, window + RAISED);
        self.put(span, Opcode::ExceptionTriple, window + ARGUMENTS, exception, 0);
        self.put(span, Opcode::CallMethod, window, 3, 0);
        if is_async {
            self.await_register(span, Awaited::Exit, window, window);
        }
        self.put_jump(span, Opcode::JumpIfFalse, window, 0, propagates);
        self.put(NOWHERE, Opcode::LeaveHandler, exception, 0, 0);
        self.jump(NOWHERE, end);
        self.bind(propagates);
        self.put(NOWHERE, Opcode::LeaveHandler, exception, 0, 0);
        self.put(NOWHERE, Opcode::Reraise, exception, 0, 0);
        self.exit_block();
        self.bind_cleanup(cleanup, exception, window + RAISED);
    }
}
