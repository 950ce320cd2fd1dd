//! What scripts see of frames.

pub mod proxy;

use std::sync::atomic::Ordering;

use super::FrameObject;
use super::access::{frame_of, with_variables};
use crate::ctx::{Ctx, Res, Slot};
use crate::native::GivenSlot;
use crate::natives;
use crate::stack::frame::locals;
use crate::types::code::CodeObject;
use crate::types::dict::Dict;
use crate::types::generator::{Generator, State};
use crate::value::Value;

/// The local names of a frame: the mapping itself, or a proxy of the variables.
fn local_names(cx: &mut Ctx, frame: Slot) -> Res<Slot> {
    if frame_of(cx, frame)?.code(cx).is_some_and(CodeObject::is_function) {
        return Ok(proxy::make(cx, frame));
    }
    with_variables(cx, frame, |cx, object, variables| {
        cx.root(object.code(cx).map_or(Value::NONE, |code| locals(cx, code, variables, None)))
    })
}

natives! {
    /// Attributes and methods of frames.
    pub static METHODS = {
        /// The frame that called this one, or None.
        get fn f_back(cx; self_: &'h FrameObject) -> Value<'h> {
            let Some(frame) = self_.frame().filter(|_| !self_.is_suspended(cx)) else {
                return Ok(self_.back.get_or_none(cx));
            };
            // SAFETY: a frame in use that runs has a caller in use, or none.
            let caller = unsafe { frame.caller() };
            // SAFETY: the same.
            Ok(if caller.0.is_null() { Value::NONE } else { Value::of(unsafe { FrameObject::of(cx, caller) }) })
        }
        /// The built-in names that it sees.
        get fn f_builtins(cx; self_: &'h FrameObject) -> &'h Dict {
            let _ = self_;
            Ok(cx.interp().builtins(cx).names(cx))
        }
        /// The code that it runs.
        get fn f_code(cx; self_: &'h FrameObject) -> Value<'h> {
            Ok(self_.code(cx).map_or(Value::NONE, Value::of))
        }
        /// The generator or coroutine that it belongs to, or None.
        get fn f_generator(cx; self_: &'h FrameObject) -> Value<'h> { Ok(self_.generator.get_or_none(cx)) }
        /// The global names.
        get fn f_globals(cx; self_: &'h FrameObject) -> Value<'h> {
            Ok(self_.code(cx).map_or(Value::NONE, |code| code.globals.get_or_none(cx)))
        }
        /// Index of the last instruction that was begun.
        get fn f_lasti(cx; self_: &'h FrameObject) -> i64 { Ok(2 * self_.instr(cx) as i64) }
        /// The line in which it is.
        get fn f_lineno(cx; self_: &'h FrameObject) -> i64 { Ok(i64::from(self_.position(cx).line)) }
        set fn f_lineno(cx; self_: &'h FrameObject, value: Value<'h>) -> () {
            let _ = self_;
            Err(cx.value_error(match value.as_small_int() {
                Some(_) => "f_lineno can only be set in a trace function",
                None => "lineno must be an integer",
            }))
        }
        /// The local names: what is changed here changes the variables.
        get call fn f_locals(cx; self_: Slot) -> Slot { local_names(cx, self_) }
        /// The function that is called when it goes on, for tools, or None.
        get fn f_trace(cx; self_: &'h FrameObject) -> Value<'h> { Ok(self_.trace.get_or_none(cx)) }
        set call fn f_trace(cx; self_: Slot, value: GivenSlot = GivenSlot(None)) -> () {
            let object = frame_of(cx, self_)?;
            let guard = object.header.write(cx);
            match value.0.map(|value| cx.get(value)).filter(|value| !value.is_none()) {
                Some(value) => guard.set(&object.trace, value),
                None => object.trace.clear(&guard),
            }
            Ok(())
        }
        /// Whether its trace function is called for each line.
        get fn f_trace_lines(cx; self_: &'h FrameObject) -> bool { Ok(self_.trace_lines.load(Ordering::Relaxed)) }
        set fn f_trace_lines(cx; self_: &'h FrameObject, value: Value<'h>) -> () {
            self_.trace_lines.store(flag(cx, value)?, Ordering::Relaxed);
            Ok(())
        }
        /// Whether its trace function is called for each instruction.
        get fn f_trace_opcodes(cx; self_: &'h FrameObject) -> bool { Ok(self_.trace_opcodes.load(Ordering::Relaxed)) }
        set fn f_trace_opcodes(cx; self_: &'h FrameObject, value: Value<'h>) -> () {
            self_.trace_opcodes.store(flag(cx, value)?, Ordering::Relaxed);
            Ok(())
        }
        /// Clear all references held by the frame.
        fn clear(cx; self_: &'h FrameObject) -> () {
            if self_.frame().is_some() {
                let state = if self_.is_suspended(cx) { "a suspended" } else { "an executing" };
                return Err(cx.runtime_error(format!("cannot clear {state} frame")));
            }
            self_.forget(cx);
            Ok(())
        }
    }
}

fn flag(cx: &Ctx, value: Value<'_>) -> Res<bool> {
    if value.is_bool() { Ok(value == Value::TRUE) } else { Err(cx.type_error("attribute value type must be bool")) }
}

impl FrameObject {
    /// Whether it is that of a generator that waits.
    fn is_suspended(&self, cx: &Ctx) -> bool {
        let generator = self.generator.get(cx).and_then(Value::cast::<Generator>);
        generator.is_some_and(|generator| generator.state() != State::Running)
    }
}
