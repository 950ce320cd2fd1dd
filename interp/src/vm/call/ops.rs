//! The call and return instructions.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::{Instr, Opcode};

use super::super::dispatch::{Dispatch, Exit};
use super::super::generator::ops::finished;
use super::super::state::State;
use super::super::state::part::part;
use super::super::watch;
use super::spread::spread;
use super::{Called, Pending, begin, call_native};
use crate::ctx::{Ctx, Raised, Res};
use crate::stack::frame::Then;
use crate::types::function::NativeFunction;
use crate::types::function::native::{Names, NativeCode};
use crate::value::{Value, Word};

/// The code of a native function whose first argument needs no check.
#[inline(always)]
fn native_code(callee: Value<'_>) -> Option<NativeCode> {
    let function = callee.cast::<NativeFunction>()?;
    (!function.def.kind.checks_first()).then_some(function.def.call)
}

/// Calls whatever register `a` holds with these arguments by position.
#[inline(always)]
fn call<D: Dispatch>(s: State, i: Instr, first: u16, count: u32) -> D::Out {
    match s.enter_simple::<false>(i.a(), first, count) {
        Ok(inner) => D::go(inner),
        Err(s) => s.slow::<D, CallSlow>(i),
    }
}

#[inline(always)]
pub(in super::super) fn Call<D: Dispatch>(s: State, i: Instr) -> D::Out {
    call::<D>(s, i, i.a() + 1, u32::from(i.b()))
}

#[inline(always)]
pub(in super::super) fn CallMethod<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let bound = !s.get(i.a() + 1).is_unset();
    let (first, count) = if bound { (i.a() + 1, u32::from(i.b()) + 1) } else { (i.a() + 2, u32::from(i.b())) };
    call::<D>(s, i, first, count)
}

/// The first argument of a call, in which register, and how many there are.
#[inline(always)]
fn arguments(s: &State, i: Instr) -> (u16, usize) {
    let method = matches!(i.opcode(), Some(Opcode::CallMethod | Opcode::CallMethodKw));
    let (first, count) = (i.a() + 1, usize::from(i.b()));
    match method {
        true if s.get(i.a() + 1).is_unset() => (first + 1, count),
        true => (first, count + 1),
        false => (first, count),
    }
}

part!(CallSlow = call_slow);

/// Polls, then calls whatever the instruction calls.
#[inline(always)]
fn call_slow<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    if !D::WATCHED && s.cx().is_watched() {
        return D::exit(watch::take_over(s));
    }
    let named = matches!(i.opcode(), Some(Opcode::CallKw | Opcode::CallMethodKw));
    if native_code(s.value(i.a())).is_some() && !named && !s.cx().poll.is_set() {
        let result = s.apart(i, call_native_apart);
        return s.finish::<D>(i, result);
    }
    if !named {
        let (first, count) = arguments(&s, i);
        s = match s.enter_simple::<true>(i.a(), first, count as u32) {
            Ok(inner) => return D::go(inner),
            Err(s) => s,
        };
    }
    let result = s.apart(i, begin_apart);
    go_on::<D>(s, i, result)
}

/// Polls and begins the call: out of line, because what is passed by reference here must not lie in a frame that the last call
/// of the instruction reuses.
#[inline(always)]
pub(in super::super) fn begin_apart(s: &mut State, i: Instr) -> Res<Called> {
    let named = matches!(i.opcode(), Some(Opcode::CallKw | Opcode::CallMethodKw));
    let call = Pending::of_registers(s, i.a(), arguments(s, i), named.then(|| i.c()));
    poll_and_begin(s, call)
}

/// Calls such a native function with arguments by position.
#[inline(always)]
fn call_native_apart(s: &mut State, i: Instr) -> Res<Word> {
    let code = native_code(s.value(i.a())).expect("the caller saw that it is one");
    let (first, count) = arguments(s, i);
    let given = s.given(first, count);
    call_native(s.cx_mut(), code, given, Names::NONE)
}

/// Polls and begins a call whose result goes into register `a`.
#[inline(always)]
fn poll_and_begin(s: &mut State, call: Pending) -> Res<Called> {
    let caller = s.as_caller();
    s.cx_mut().poll()?;
    begin(s.cx_mut(), call, caller, Then::Store)
}

/// Goes on after a call has begun: in the new frame, with the value, or with the exception.
#[inline(always)]
pub(in super::super) fn go_on<D: Dispatch>(s: State, i: Instr, result: Res<Called>) -> D::Out {
    match result {
        Ok(Called::Value(word)) => s.done::<D>(i, word),
        Ok(Called::Frame(frame)) => {
            if let Some(object) = frame.constructed() {
                // The result is the receiver, whatever `__init__` does to its parameter.
                s.set(i.a(), object);
            }
            D::go(s.enter(frame))
        }
        Err(raised) => s.raise::<D>(raised),
    }
}

#[inline(always)]
pub(in super::super) fn CallKw<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.slow::<D, CallSlow>(i)
}

#[inline(always)]
pub(in super::super) fn CallMethodKw<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.slow::<D, CallSlow>(i)
}

#[inline(always)]
pub(in super::super) fn CallEx<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    if !D::WATCHED && s.cx().is_watched() {
        return D::exit(watch::take_over(s));
    }
    let result = s.apart(i, |s, i| {
        let top = s.cx().top.get();
        let call = spread(s, i);
        begin_above(s, top, call)
    });
    go_on::<D>(s, i, result)
}

/// Polls and begins a call whose words lie in slots from `top` on, which this frees: a frame that is pushed moves down to where
/// they began, so that returning frees both.
pub(in super::super) fn begin_above(s: &mut State, top: *mut Word, call: Res<Pending>) -> Res<Called> {
    match call.and_then(|call| poll_and_begin(s, call)) {
        Ok(Called::Frame(frame)) => Ok(Called::Frame(frame.slide(s.cx(), top))),
        done => {
            s.cx().top.set(top);
            done
        }
    }
}

#[inline(always)]
fn return_value<D: Dispatch>(s: State, value: Word) -> D::Out {
    match s.leave_simple() {
        Ok(caller) => {
            let call = caller.instruction();
            caller.done::<D>(call, value)
        }
        // The value travels where the instruction would.
        Err(s) => s.slow::<D, ReturnSpecially>(Instr(value.0)),
    }
}

part!(ReturnSpecially = return_specially);

#[inline(always)]
fn return_specially<D: Dispatch>(s: State, value: Instr) -> D::Out {
    if !D::WATCHED && s.cx().is_watched() {
        return D::exit(watch::take_over(s));
    }
    let value = Word(value.0);
    s.save();
    let failed = s.then() == Then::Constructed && value != Word::NONE;
    // SAFETY: the value was in a register when the instruction began, and no safepoint was reached since.
    let raised = failed.then(|| returned_from_init(s.cx(), unsafe { Value::from_word(value) }));
    let popped = s.pop();
    let then = popped.then;
    match (popped.caller(), raised) {
        // CPython blames the call, not the body.
        (Ok(caller), Some(raised)) => caller.raise::<D>(raised),
        (Ok(caller), None) if matches!(then, Then::Iterate | Then::Delegate) => finished::<D>(caller, then, value),
        (Ok(caller), None) if then == Then::Store => {
            let call = caller.instruction();
            caller.done::<D>(call, value)
        }
        (Ok(caller), None) => D::go(caller.next()),
        (Err(popped), _) => popped.exit::<D>(Exit::Returned, value),
    }
}

#[cold]
#[inline(never)]
fn returned_from_init(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("__init__() should return None, not '{}'", cx.type_name(value)))
}

#[inline(always)]
pub(in super::super) fn Return<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let value = s.get(i.a());
    return_value::<D>(s, value)
}

#[inline(always)]
pub(in super::super) fn ReturnNone<D: Dispatch>(s: State, _i: Instr) -> D::Out {
    return_value::<D>(s, Word::NONE)
}
