//! Exceptions, and the tracebacks they carry.

pub mod details;
pub mod group;
pub mod methods;
pub mod os_error;
mod raise;

use std::sync::atomic::{AtomicBool, Ordering};

use argil_compiler::code::Position;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::types::function::Function;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// An exception.
#[repr(C)]
pub struct Exception {
    header: Header,
    /// Storage or dict of its attributes; in the same place as an instance's.
    overflow: Field,
    /// The tuple of arguments.
    pub args: Field,
    /// `__cause__`, or unset.
    pub cause: Field,
    /// `__context__`, or unset.
    pub context: Field,
    /// `__traceback__`, or unset.
    pub traceback: Field,
    /// The dict of the attributes that its class defines (`errno`, `name`...) as far as they were set, or unset.
    pub details: Field,
    /// `__suppress_context__` (Relaxed: a flag beside `cause`).
    suppress_context: AtomicBool,
}

// SAFETY: `repr(C)` with the header first; only `Exception::build` makes objects of this kind.
unsafe impl HeapType for Exception {
    const KIND: Kind = Kind::Exception;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        for field in [&self.overflow, &self.args, &self.cause, &self.context, &self.traceback, &self.details] {
            tracer.field(field);
        }
    }
}

impl Exception {
    /// An exception of a class with these arguments.
    pub fn build<'h>(cx: &'h Ctx, birth: impl Into<Birth>, args: &'h Tuple) -> &'h Exception {
        cx.alloc(birth, |header| Exception {
            header,
            overflow: Field::unset(),
            args: Field::new(Value::of(args)),
            cause: Field::unset(),
            context: Field::unset(),
            traceback: Field::unset(),
            details: Field::unset(),
            suppress_context: AtomicBool::new(false),
        })
    }

    /// The arguments.
    pub fn args<'h>(&'h self, cx: &'h Ctx) -> &'h Tuple {
        self.args.get(cx).and_then(Value::cast::<Tuple>).expect("an exception has a tuple of arguments")
    }

    /// The first argument, or `None` the object.
    pub fn first_arg<'h>(&'h self, cx: &'h Ctx) -> Value<'h> {
        self.args(cx).get(cx, 0).unwrap_or(Value::NONE)
    }

    /// Whether `__context__` is not shown.
    pub fn suppresses_context(&self) -> bool {
        self.suppress_context.load(Ordering::Relaxed)
    }

    /// Sets whether `__context__` is shown.
    pub fn set_suppresses_context(&self, on: bool) {
        self.suppress_context.store(on, Ordering::Relaxed);
    }

    /// Adds a frame at the outer end of the traceback.
    pub(crate) fn add_frame<'h>(&'h self, cx: &'h Ctx, function: Value<'h>, instr: usize) {
        let next = self.traceback.get(cx).map_or(Field::unset(), Field::new);
        let entry = Native::alloc(cx, Builtin::Traceback, Traceback { function: Field::new(function), instr, next });
        self.traceback.set_in(cx, &self.header, entry);
    }
}

/// One frame of a traceback; the innermost last.
pub struct Traceback {
    /// The function that the frame ran.
    pub function: Field,
    /// Index of the instruction that raised or called.
    pub instr: usize,
    /// The next inner frame, or unset.
    pub next: Field,
}

impl Traceback {
    /// In place of an instruction: the frame had not begun, and stood at the line where its function is defined.
    pub(crate) const BEFORE_START: usize = usize::MAX;

    /// Where in the source the frame stood.
    pub fn position(&self, cx: &Ctx) -> Position {
        let Some(function) = self.function.get(cx).and_then(Value::cast::<Function>) else {
            return Position::default();
        };
        let code = function.code(cx).source();
        if self.instr == Self::BEFORE_START {
            let line = code.first_line;
            return Position { line, end_line: line, column: 0, end_column: u32::MAX };
        }
        code.positions.get(self.instr).copied().unwrap_or_default()
    }
}

impl NativeData for Traceback {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.function, |s| &s.next];
}
