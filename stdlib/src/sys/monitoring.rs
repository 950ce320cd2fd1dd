//! `sys.monitoring`: tools that are told what scripts do.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::code::CodeObject;
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;
use argil_interp::watch::{TOOLS, events, monitor};

/// The module, which `sys` has as `monitoring`.
pub const MODULE: ModuleDef = ModuleDef {
    name: "_monitoring",
    source: ModuleSource::Mixed { functions: FUNCTIONS, init, script: include_str!("monitoring.py") },
};

/// The events, in the order of their bits.
const NAMES: [&str; events::COUNT] = [
    "PY_START",
    "PY_RESUME",
    "PY_RETURN",
    "PY_YIELD",
    "CALL",
    "LINE",
    "INSTRUCTION",
    "JUMP",
    "BRANCH_LEFT",
    "BRANCH_RIGHT",
    "STOP_ITERATION",
    "RAISE",
    "EXCEPTION_HANDLED",
    "PY_UNWIND",
    "PY_THROW",
    "RERAISE",
    "C_RETURN",
    "C_RAISE",
    "BRANCH",
];

/// Events that come with CALL, and cannot be asked for alone.
const WITH_CALL: u32 = 1 << events::C_RETURN | 1 << events::C_RAISE;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    for (name, id) in [("DEBUGGER_ID", 0), ("COVERAGE_ID", 1), ("PROFILER_ID", 2), ("OPTIMIZER_ID", 5)] {
        cx.define(module, name, cx.int(id));
    }
    let numbers = Dict::alloc(cx);
    numbers.set_name(cx, cx.intern("NO_EVENTS"), cx.int(0));
    for (bit, name) in NAMES.iter().enumerate() {
        numbers.set_name(cx, cx.intern(name), cx.int(1 << bit));
    }
    cx.define(module, "_events", Value::of(numbers));
    let object = cx.root(Value::of(cx.class(Builtin::Object)));
    for name in ["DISABLE", "MISSING"] {
        let sentinel = cx.call(object, &[])?;
        cx.define(module, name, cx.get(sentinel));
        argil_interp::watch::set_sentinel(cx, name == "DISABLE", cx.get(sentinel));
    }
    Ok(())
}

fn tool(cx: &Ctx, id: i64) -> Res<usize> {
    usize::try_from(id)
        .ok()
        .filter(|id| *id < TOOLS)
        .ok_or_else(|| cx.value_error(format!("invalid tool {id} (must be between 0 and 5)")))
}

/// A tool that is in use.
fn used(cx: &Ctx, id: i64) -> Res<usize> {
    let id = tool(cx, id)?;
    match monitor(cx).names[id].get(cx) {
        Some(_) => Ok(id),
        None => Err(cx.value_error(format!("tool {id} is not in use"))),
    }
}

/// A set of events; BRANCH stands for both ways.
fn set(cx: &Ctx, wanted: i64, allowed: u32) -> Res<u32> {
    let wrong = || cx.value_error(format!("invalid event set 0x{wanted:x}"));
    let wanted = u32::try_from(wanted).map_err(|_| wrong())?;
    if wanted & WITH_CALL != 0 && wanted & 1 << events::CALL == 0 {
        return Err(cx.value_error("cannot set C_RETURN or C_RAISE events independently"));
    }
    if wanted & !(allowed | WITH_CALL) != 0 { Err(wrong()) } else { Ok(with_outcomes(wanted)) }
}

/// Who wants calls may have callbacks for what native functions do.
fn with_outcomes(wanted: u32) -> u32 {
    if wanted & 1 << events::CALL != 0 { wanted | WITH_CALL } else { wanted }
}

fn code_object<'h>(cx: &'h Ctx, code: Slot) -> Res<&'h CodeObject> {
    cx.get(code).cast::<CodeObject>().ok_or_else(|| cx.type_error("code must be a code object"))
}

natives! {
    static FUNCTIONS = {
        /// Takes a tool's identifier.
        fn use_tool_id(cx; tool_id: i64, name: Value<'h>) -> () {
            let id = tool(cx, tool_id)?;
            if name.as_str().is_none() {
                return Err(cx.value_error("tool name must be a str"));
            }
            if monitor(cx).names[id].get(cx).is_some() {
                return Err(cx.value_error(format!("tool {id} is already in use")));
            }
            monitor(cx).set_name(cx, id, Some(name));
            Ok(())
        }
        /// Unregisters all events and callbacks of a tool.
        call fn clear_tool_id(cx; tool_id: i64) -> () {
            let id = tool(cx, tool_id)?;
            argil_interp::watch::clear(cx, id);
            Ok(())
        }
        /// Gives a tool's identifier back.
        call fn free_tool_id(cx; tool_id: i64) -> () {
            let id = tool(cx, tool_id)?;
            argil_interp::watch::clear(cx, id);
            monitor(cx).set_name(cx, id, None);
            Ok(())
        }
        /// The name of the tool that has an identifier, or None.
        fn get_tool(cx; tool_id: i64) -> Value<'h> { Ok(monitor(cx).names[tool(cx, tool_id)?].get_or_none(cx)) }
        /// Sets what a tool is told an event by; what it was told by before.
        fn register_callback(cx; tool_id: i64, event: i64, func: Value<'h>) -> Value<'h> {
            let id = tool(cx, tool_id)?;
            let bit = u32::try_from(event).ok().filter(|event| event.count_ones() == 1).map(|event| event.trailing_zeros() as usize);
            match bit.filter(|bit| *bit < events::COUNT) {
                None if u32::try_from(event).is_ok_and(|event| event.count_ones() == 1) => {
                    Err(cx.value_error(format!("invalid event {event}")))
                }
                None => Err(cx.value_error("The callback can only be set for one event at a time")),
                Some(bit) => {
                    let old = monitor(cx).callback(cx, id, bit).unwrap_or(Value::NONE);
                    monitor(cx).set_callback(cx, id, bit, Some(func).filter(|func| !func.is_none()));
                    Ok(old)
                }
            }
        }
        /// The events that a tool wants of all code.
        fn get_events(cx; tool_id: i64) -> i64 { Ok(i64::from(monitor(cx).wanted(used(cx, tool_id)?) & !WITH_CALL)) }
        /// Sets the events that a tool wants of all code.
        call fn set_events(cx; tool_id: i64, event_set: i64) -> () {
            let (id, wanted) = (used(cx, tool_id)?, set(cx, event_set, (1 << events::COUNT) - 1)?);
            argil_interp::watch::want(cx, id, None, wanted);
            Ok(())
        }
        /// The events that a tool wants of a code object.
        call fn get_local_events(cx; tool_id: i64, code_: Slot) -> i64 {
            let id = used(cx, tool_id)?;
            Ok(i64::from(monitor(cx).wanted_of(id, code_object(cx, code_)?) & !WITH_CALL))
        }
        /// Sets the events that a tool wants of a code object.
        call fn set_local_events(cx; tool_id: i64, code_: Slot, event_set: i64) -> () {
            let (id, wanted) = (used(cx, tool_id)?, set(cx, event_set, events::LOCAL)?);
            code_object(cx, code_)?;
            argil_interp::watch::want(cx, id, Some(code_), wanted);
            Ok(())
        }
        /// Turns on again what callbacks turned off.
        fn restart_events(cx) -> () {
            monitor(cx).turn_on();
            Ok(())
        }
    }
}
