//! Exceptions, and the tracebacks they carry.

pub mod details;
pub mod group;
pub mod methods;
pub mod os_error;
mod raise;
pub mod unicode;

use std::sync::atomic::{AtomicBool, Ordering};

use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::Birth;
use crate::types::frame::FrameObject;
use crate::types::traceback::Traceback;
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
    pub(crate) fn add_frame(&self, cx: &Ctx, frame: &FrameObject, instr: usize) {
        let entry = Traceback::alloc(cx, frame, instr, self.traceback.get(cx));
        self.traceback.set_in(cx, &self.header, entry);
    }
}
