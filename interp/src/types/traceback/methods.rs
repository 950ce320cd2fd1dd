//! What scripts see of tracebacks.

use std::sync::atomic::{AtomicI64, Ordering};

use super::Traceback;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::native::GivenSlot;
use crate::natives;
use crate::object::Field;
use crate::types::frame::FrameObject;
use crate::types::native::Native;
use crate::value::Value;

/// A TypeError unless the value is a traceback or None.
fn check(cx: &Ctx, value: Value<'_>, wanted: &str) -> Res<()> {
    if value.is_none() || value.native::<Traceback>().is_some() {
        return Ok(());
    }
    Err(cx.type_error(format!("expected {wanted}, got '{}'", cx.type_name(value))))
}

/// Whether following `next` from an entry leads to another.
fn leads_to(cx: &Ctx, from: Value<'_>, to: Value<'_>) -> bool {
    let next = |entry: &Value<'_>| entry.native::<Traceback>()?.next.get(cx);
    std::iter::successors(Some(from), next).any(|entry| entry.word() == to.word())
}

natives! {
    /// Attributes of tracebacks.
    pub static METHODS = {
        /// Create a new traceback object.
        static fn __new__(cx; _cls: Value<'h>; tb_next: Value<'h>, tb_frame: Value<'h>, tb_lasti: i32, tb_lineno: i32)
            -> Value<'h> {
            check(cx, tb_next, "traceback object or None")?;
            if tb_frame.cast::<FrameObject>().is_none() {
                let got = cx.type_name(tb_frame);
                return Err(cx.type_error(format!("traceback() argument 'tb_frame' must be frame, not {got}")));
            }
            let next = if tb_next.is_none() { Field::unset() } else { Field::new(tb_next) };
            let instr = usize::try_from(tb_lasti).map_or(Traceback::BEFORE_START, |offset| offset / 2);
            let line = AtomicI64::new(i64::from(tb_lineno));
            Ok(Native::alloc(cx, Builtin::Traceback, Traceback { frame: Field::new(tb_frame), instr, line, next }))
        }
        /// The frame.
        get fn tb_frame(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Traceback>().map_or(Value::NONE, |entry| entry.frame.get_or_none(cx)))
        }
        /// Index of the instruction that raised or called.
        get fn tb_lasti(cx; self_: Value<'h>) -> i64 {
            let instr = self_.native::<Traceback>().map_or(0, |entry| entry.instr);
            Ok(if instr == Traceback::BEFORE_START { -1 } else { 2 * instr as i64 })
        }
        /// The line.
        get fn tb_lineno(cx; self_: Value<'h>) -> i64 {
            let Some(entry) = self_.native::<Traceback>() else { return Ok(0) };
            let told = entry.line.load(Ordering::Relaxed);
            Ok(if told > 0 { told } else { i64::from(entry.position(cx).line) })
        }
        /// The next inner frame.
        get fn tb_next(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Traceback>().map_or(Value::NONE, |entry| entry.next.get_or_none(cx)))
        }
        set call fn tb_next(cx; self_: Slot, value: GivenSlot = GivenSlot(None)) -> () {
            let Some(value) = value.0 else { return Err(cx.type_error("can't delete tb_next attribute")) };
            let (this, value) = (cx.get(self_), cx.get(value));
            check(cx, value, "traceback object")?;
            if value.is_none() {
                cx.unset::<Traceback>(self_, |entry| &entry.next);
                return Ok(());
            }
            if leads_to(cx, value, this) {
                return Err(cx.value_error("traceback loop detected"));
            }
            let (state, guard) = cx.guarded::<Traceback>(self_)?;
            guard.set(&state.next, value);
            Ok(())
        }
        /// The names of the attributes.
        fn __dir__(cx; self_: Value<'h>) -> Value<'h> {
            let _ = self_;
            let names = ["tb_frame", "tb_next", "tb_lasti", "tb_lineno"].map(|name| cx.intern(name));
            Ok(Value::of(crate::types::list::List::from_values(cx, &names)))
        }
    }
}
