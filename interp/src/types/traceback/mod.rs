//! Tracebacks: the frames that an exception passed.

pub mod methods;

use std::sync::atomic::{AtomicI64, Ordering};

use argil_compiler::code::Position;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::object::Field;
use crate::types::code::CodeObject;
use crate::types::frame::FrameObject;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::value::Value;

/// One frame of a traceback; the innermost last.
pub struct Traceback {
    /// The frame.
    pub frame: Field,
    /// Index of the instruction that raised or called, or [`Traceback::BEFORE_START`].
    pub instr: usize,
    /// The line, if a script has said which; 0 otherwise (Relaxed: set once, before anyone else has the object).
    pub line: AtomicI64,
    /// The next inner frame, or unset.
    pub next: Field,
}

impl Traceback {
    /// In place of an instruction: the frame had not begun, and stood at the line where its function is defined.
    pub(crate) const BEFORE_START: usize = usize::MAX;

    /// An entry for a frame, outside of others.
    pub(crate) fn alloc<'h>(cx: &'h Ctx, frame: &'h FrameObject, instr: usize, next: Option<Value<'h>>) -> Value<'h> {
        let next = next.map_or(Field::unset(), Field::new);
        let frame = Field::new(Value::of(frame));
        Native::alloc(cx, Builtin::Traceback, Traceback { frame, instr, line: AtomicI64::new(0), next })
    }

    /// The frame.
    pub(crate) fn frame<'h>(&'h self, cx: &'h Ctx) -> Option<&'h FrameObject> {
        self.frame.get(cx).and_then(Value::cast::<FrameObject>)
    }

    /// The code that the frame runs.
    pub fn code<'h>(&'h self, cx: &'h Ctx) -> Option<&'h CodeObject> {
        self.frame(cx)?.code(cx)
    }

    /// Where in the source the frame stood.
    pub fn position(&self, cx: &Ctx) -> Position {
        let Some(code) = self.code(cx).map(CodeObject::source) else { return Position::default() };
        let whole = |line| Position { line, end_line: line, column: 0, end_column: u32::MAX };
        match u32::try_from(self.line.load(Ordering::Relaxed)) {
            Ok(line) if line > 0 => whole(line),
            _ if self.instr == Self::BEFORE_START => whole(code.first_line),
            _ => code.positions.get(self.instr).copied().unwrap_or_default(),
        }
    }
}

impl NativeData for Traceback {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.frame, |s| &s.next];
}
