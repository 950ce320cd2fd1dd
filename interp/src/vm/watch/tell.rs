//! What tools are told: the functions of `sys.settrace` and `sys.setprofile`, and the callbacks of `sys.monitoring`.

use std::sync::atomic::Ordering;

use argil_compiler::opcode::{Effect, Instr};

use super::super::state::State;
use crate::ctx::{Ctx, Res, Slot};
use crate::object::Field;
use crate::stack::frame::Then;
use crate::types::exception::Exception;
use crate::value::{Value, Word};
use crate::watch::{Watch, events, monitor};

/// Which of the two functions of a thread.
type Which = fn(&Watch) -> &Field;

const TRACER: Which = |watch| &watch.tracer;
const PROFILER: Which = |watch| &watch.profiler;

/// Runs a tool, which is not watched itself.
fn with_tool<R>(cx: &mut Ctx, f: impl FnOnce(&mut Ctx) -> R) -> R {
    cx.watch.inside.set(true);
    let result = f(cx);
    cx.watch.inside.set(false);
    result
}

/// Calls a function of `sys.settrace` or `sys.setprofile`; what it returned.
fn call(s: &mut State, which: Which, function: Slot, event: &str, argument: Option<Slot>) -> Res<Slot> {
    let frame = Value::of(s.frame_object());
    let frame = s.cx().root(frame);
    let cx = s.cx_mut();
    let event = cx.root(cx.str(event));
    let argument = argument.unwrap_or_else(|| cx.root(Value::NONE));
    let result = with_tool(cx, |cx| cx.call(function, &[frame, event, argument]));
    if result.is_err() {
        // Who fails is asked no more.
        which(&cx.watch).store(Word::UNSET);
        cx.note_tools();
    }
    result
}

/// Tells the function of `sys.settrace`: the thread's where a frame begins, and afterwards what that returned.
fn trace(s: &mut State, event: &str, argument: Option<Slot>) -> Res<()> {
    let cx = s.cx();
    let Some(tracer) = cx.watch.tracer.get(cx) else { return Ok(()) };
    let function = match event {
        "call" => tracer,
        _ => match s.frame_object().trace.get(cx) {
            Some(function) => function,
            None => return Ok(()),
        },
    };
    let function = cx.root(function);
    let returned = call(s, TRACER, function, event, argument);
    let cx = s.cx();
    let object = s.frame_object();
    match returned {
        Ok(returned) if cx.get(returned).is_none() => Ok(()),
        Ok(returned) => {
            object.trace.set_in(cx, crate::types::header_of(object), cx.get(returned));
            Ok(())
        }
        Err(raised) => {
            object.trace.clear(&crate::types::header_of(object).write(cx));
            Err(raised)
        }
    }
}

/// Tells the function of `sys.setprofile`.
fn profile(s: &mut State, event: &str, argument: Option<Slot>) -> Res<()> {
    let cx = s.cx();
    let Some(profiler) = cx.watch.profiler.get(cx) else { return Ok(()) };
    let profiler = cx.root(profiler);
    call(s, PROFILER, profiler, event, argument).map(|_| ())
}

/// Tells the tools of `sys.monitoring` of an event at the instruction where the frame stands; what they are told beside code and
/// place.
fn fire(s: &mut State, event: usize, arguments: impl Fn(&Ctx) -> Vec<Slot>) -> Res<()> {
    if !monitor(s.cx()).wants(event) {
        return Ok(());
    }
    let at = s.position().1;
    let place = |cx: &Ctx| vec![cx.root(cx.int(2 * at as i64))];
    fire_at(s, event, at, |cx| [place(cx), arguments(cx)].concat())
}

/// The same, with all that they are told beside the code.
fn fire_at(s: &mut State, event: usize, at: usize, arguments: impl Fn(&Ctx) -> Vec<Slot>) -> Res<()> {
    s.scope(|s| {
        let code = Value::of(s.code());
        let code = s.cx().root(code);
        let cx = s.cx_mut();
        let interested = monitor(cx).interested(cx.get(code), event, at);
        let given: Vec<Slot> = std::iter::once(code).chain(arguments(cx)).collect();
        for tool in interested {
            let Some(callback) = monitor(cx).callback(cx, tool, event).map(|callback| cx.root(callback)) else {
                continue;
            };
            let answer = with_tool(cx, |cx| cx.call(callback, &given))?;
            if monitor(cx).is_disable(cx, cx.get(answer)) {
                if events::LOCAL >> event & 1 == 0 {
                    return Err(cx.value_error("Cannot disable a non-local event"));
                }
                monitor(cx).turn_off(cx, cx.get(code), tool, event, at);
            }
        }
        Ok(())
    })
}

/// A frame begins, or goes on.
pub(super) fn entered(s: &mut State, event: usize) -> Res<()> {
    s.scope(|s| {
        let object = s.frame_object();
        object.line_seen.store(0, Ordering::Relaxed);
        object.ahead.store(if event == events::PY_START { u32::MAX } else { 1 }, Ordering::Relaxed);
        let told = trace(s, "call", None)
            .and_then(|()| profile(s, "call", None))
            .and_then(|()| fire(s, event, |_| Vec::new()));
        s.frame_object().ahead.store(0, Ordering::Relaxed);
        told
    })
}

/// The frame is about to be left with a value; so are those that delegate to it, if it is a generator's.
pub(super) fn left(s: &mut State, event: usize, value: Word) -> Res<()> {
    s.scope(|s| {
        let value = s.cx().push_word(value);
        trace(s, "return", Some(value))?;
        profile(s, "return", Some(value))?;
        fire(s, event, |_| vec![value])?;
        if event != events::PY_YIELD || s.then() != Then::Delegate {
            return Ok(());
        }
        let word = s.cx().get(value).word();
        s.with_caller(|caller| left(caller, event, word))
    })
}

/// A native function is about to be called, has returned or has raised.
pub(super) fn native(s: &mut State, event: usize, function: Slot) -> Res<()> {
    s.scope(|s| {
        let name = match event {
            events::CALL => "c_call",
            events::C_RETURN => "c_return",
            _ => "c_exception",
        };
        profile(s, name, Some(function))?;
        fire(s, event, |cx| vec![function, missing(cx)])
    })
}

/// Something is about to be called.
pub(super) fn called(s: &mut State, callee: Slot) -> Res<()> {
    fire(s, events::CALL, |cx| vec![callee, missing(cx)])
}

fn missing(cx: &Ctx) -> Slot {
    cx.root(monitor(cx).missing.get_or_none(cx))
}

/// The frame stands at an instruction: perhaps it begins a line.
pub(super) fn line(s: &mut State) -> Res<()> {
    let (begins, line) = {
        let (code, at) = s.position();
        let positions = &code.source().positions;
        let line = positions.get(at).map_or(0, |position| position.line);
        let object = s.frame_object();
        let (seen, last) =
            (object.line_seen.load(Ordering::Relaxed), object.instr_seen.swap(at as u32, Ordering::Relaxed));
        // A jump back within a line executes it anew.
        let begins = line != 0 && (line != seen || at as u32 <= last);
        if begins {
            object.line_seen.store(line, Ordering::Relaxed);
        }
        (begins, line)
    };
    s.scope(|s| {
        if begins {
            let at = s.position().1;
            if monitor(s.cx()).wants(events::LINE) {
                fire_at(s, events::LINE, at, |cx| vec![cx.root(cx.int(i64::from(line)))])?;
            }
            if s.frame_object().trace_lines.load(Ordering::Relaxed) {
                trace(s, "line", None)?;
            }
        }
        if s.frame_object().trace_opcodes.load(Ordering::Relaxed) {
            trace(s, "opcode", None)?;
        }
        fire(s, events::INSTRUCTION, |_| Vec::new())
    })
}

/// The instruction numbered `at` was executed, and the frame goes on where it stands now.
pub(super) fn went(s: &mut State, i: Instr, at: usize) -> Res<()> {
    let effect = i.opcode().map(|opcode| opcode.info().effect);
    let to = s.position().1;
    let event = match effect {
        Some(Effect::Jumps) => events::JUMP,
        Some(Effect::Branches) if to == at + 1 => events::BRANCH_LEFT,
        Some(Effect::Branches) => events::BRANCH_RIGHT,
        _ => return Ok(()),
    };
    let places = |cx: &Ctx| [at, to].map(|place| cx.root(cx.int(2 * place as i64))).to_vec();
    for event in [event, events::BRANCH] {
        let is_wanted = monitor(s.cx()).wants(event) && (event != events::BRANCH || effect == Some(Effect::Branches));
        if is_wanted {
            fire_at(s, event, at, places)?;
        }
    }
    Ok(())
}

/// Runs `tell` with the exception that is being raised, which goes on, unless a tool raises another.
fn with_raised(s: &mut State, tell: impl FnOnce(&mut State, Slot) -> Res<()>) {
    s.save();
    s.scope(|s| {
        let cx = s.cx();
        let exception = cx.root(cx.raised.get_or_none(cx));
        cx.raised.store(Word::UNSET);
        if tell(s, exception).is_ok() {
            let cx = s.cx();
            cx.raised.store(cx.get(exception).word());
        }
    });
}

/// An exception was raised in the frame, or came to it.
pub(in super::super) fn raised(s: &mut State) {
    with_raised(s, |s, exception| {
        let cx = s.cx();
        let value = cx.get(exception);
        let traceback = value.cast::<Exception>().map_or(Value::NONE, |value| value.traceback.get_or_none(cx));
        let triple = cx.root(cx.tuple(&[Value::of(cx.class_of(value)), value, traceback]));
        trace(s, "exception", Some(triple))?;
        fire(s, events::RAISE, |_| vec![exception])
    });
}

/// The exception has found a handler in the frame.
pub(in super::super) fn handled(s: &mut State) {
    with_raised(s, |s, exception| fire(s, events::EXCEPTION_HANDLED, |_| vec![exception]));
}

/// The exception is about to leave the frame.
pub(in super::super) fn unwound(s: &mut State) {
    with_raised(s, |s, exception| {
        trace(s, "return", None)?;
        profile(s, "return", None)?;
        fire(s, events::PY_UNWIND, |_| vec![exception])
    });
}
