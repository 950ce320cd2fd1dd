//! The blocks around the current place, and what leaving them by `return`, `break` or `continue` runs.
//!
//! Leaving a block may run code: a `finally` body, a call of `__exit__`, the end of an exception's handling. That code is
//! compiled in place, innermost block first, with the blocks already left taken off the stack and their regions suspended, so
//! that an exception in it goes where it would go after the block.

use super::emitter::{Label, Region};
use super::unit::Register;
use super::{Compiler, NOWHERE, Result};
use crate::ast::Stmt;
use crate::opcode::Opcode;
use crate::source::{Span, SyntaxError};
use std::rc::Rc;

/// How deep blocks may nest, as in CPython: code for leaving them grows with each.
const DEEPEST_BLOCKS: usize = 21;

/// What is said of statements that would leave a clause `except*`.
pub(super) const IN_STAR_HANDLER: &str = "'break', 'continue' and 'return' cannot appear in an except* block";

/// A block.
#[derive(Debug)]
pub(super) struct Block<'a> {
    pub kind: BlockKind<'a>,
    /// Where exceptions in the block go, if it catches any.
    pub region: Option<Region>,
}

/// What kind of block it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum BlockKind<'a> {
    /// A loop: `break` goes to `exit`, `continue` to `next`.
    Loop { exit: Label, next: Label },
    /// The body of a `try` with handlers, which leaving does not concern.
    Try,
    /// The body of a `try` with this `finally`.
    Finally { body: &'a [Stmt] },
    /// Code that runs while an exception is being handled.
    Handler { window: Register },
    /// The body of a clause `except*`, which cannot be left by a statement.
    StarHandler { window: Register },
    /// The same, with the exception bound to a name that the end of the handler unbinds.
    BoundException { name: &'a Rc<str> },
    /// The body of a `with`, whose `__exit__` lies in the window.
    With { window: Register, span: Span, is_async: bool },
}

impl Block<'_> {
    /// Whether it is the body of a clause `except*`.
    pub fn is_star_handler(&self) -> bool {
        matches!(self.kind, BlockKind::StarHandler { .. })
    }

    /// Whether leaving the block runs nothing.
    pub fn leaves_silently(&self) -> bool {
        matches!(self.kind, BlockKind::Loop { .. } | BlockKind::Try)
    }
}

/// Blocks that were left, to be entered again for the code that follows in the text.
pub(super) struct Left<'a>(Vec<Block<'a>>);

impl<'a> Compiler<'a> {
    /// Refuses one more block within too many; the statement or context manager that needs it is at `span`.
    pub(super) fn check_block_depth(&self, span: Span) -> Result {
        if self.unit.blocks.len() >= DEEPEST_BLOCKS {
            return Err(SyntaxError::new("too many statically nested blocks", span));
        }
        Ok(())
    }

    /// Enters a block whose exceptions go to `handler` in `register`.
    pub(super) fn enter_region(&mut self, kind: BlockKind<'a>, handler: Label, register: Register) {
        let region = Some(self.unit.emitter.open_region(handler, register));
        self.unit.blocks.push(Block { kind, region });
    }

    /// Ends the innermost block.
    pub(super) fn exit_block(&mut self) {
        let block = self.unit.blocks.pop().expect("blocks are entered and ended in pairs");
        if let Some(region) = block.region {
            self.unit.emitter.close_region(region);
        }
    }

    /// Whether leaving all blocks may change variables.
    pub(super) fn leaving_changes_variables(&self) -> bool {
        let changes = |kind| matches!(kind, BlockKind::Finally { .. } | BlockKind::BoundException { .. });
        self.unit.blocks.iter().any(|block| changes(block.kind))
    }

    /// Compiles what leaving all blocks but the outermost `keep` runs. The jump that leaves comes next, and then
    /// [`Compiler::reenter_blocks`].
    pub(super) fn leave_blocks(&mut self, keep: usize) -> Result<Left<'a>> {
        let mut left = Vec::new();
        while self.unit.blocks.len() > keep
            && let Some(mut block) = self.unit.blocks.pop()
        {
            if let Some(region) = &mut block.region {
                self.unit.emitter.suspend_region(region);
            }
            let kind = block.kind;
            left.push(block);
            self.leave(kind)?;
        }
        Ok(Left(left))
    }

    /// Goes on within the blocks that were left.
    pub(super) fn reenter_blocks(&mut self, left: Left<'a>) {
        for mut block in left.0.into_iter().rev() {
            if let Some(region) = &mut block.region {
                self.unit.emitter.resume_region(region);
            }
            self.unit.blocks.push(block);
        }
    }

    fn leave(&mut self, kind: BlockKind<'a>) -> Result {
        match kind {
            BlockKind::Loop { .. } | BlockKind::Try => {}
            BlockKind::Finally { body } => self.body(body)?,
            BlockKind::Handler { window } | BlockKind::StarHandler { window } => {
                self.put(NOWHERE, Opcode::LeaveHandler, window, 0, 0)
            }
            BlockKind::BoundException { name } => self.unbind_exception(name)?,
            BlockKind::With { window, span, is_async } => self.call_exit(window, span, is_async),
        }
        Ok(())
    }

    pub(super) fn break_stmt(&mut self, span: Span) -> Result {
        match self.innermost_loop() {
            Some((at, exit, _)) => self.leave_loop(span, at, exit),
            None => Err(SyntaxError::new(self.why_not_here("'break' outside loop"), span)),
        }
    }

    pub(super) fn continue_stmt(&mut self, span: Span) -> Result {
        match self.innermost_loop() {
            Some((at, _, next)) => self.leave_loop(span, at, next),
            None => Err(SyntaxError::new(self.why_not_here("'continue' not properly in loop"), span)),
        }
    }

    /// The loop around that may be left from here.
    fn innermost_loop(&self) -> Option<(usize, Label, Label)> {
        let around = self.unit.blocks.iter().enumerate().rev();
        around.take_while(|(_, block)| !block.is_star_handler()).find_map(|(at, block)| match block.kind {
            BlockKind::Loop { exit, next } => Some((at, exit, next)),
            _ => None,
        })
    }

    /// Why a statement that leaves blocks cannot do so: as `otherwise` says, unless a clause `except*` is around.
    fn why_not_here(&self, otherwise: &'static str) -> &'static str {
        let in_star_handler = self.unit.blocks.iter().any(Block::is_star_handler);
        if in_star_handler { IN_STAR_HANDLER } else { otherwise }
    }

    fn leave_loop(&mut self, span: Span, at: usize, target: Label) -> Result {
        let left = self.leave_blocks(at + 1)?;
        self.jump(span, target);
        self.reenter_blocks(left);
        Ok(())
    }
}
