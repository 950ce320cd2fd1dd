//! The call and return instructions.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::{Instr, Opcode};

use super::super::code::CodeObject;
use super::super::frame::{Frame, HEADER_WORDS, Then};
use super::super::{Dispatch, Exit, State, unwind};
use super::spread::spread;
use super::{Called, Pending, begin, call_native};
use crate::ctx::{Ctx, Raised, Res};
use crate::native::{Given, Names, NativeCode};
use crate::object::Kind;
use crate::types::function::{Function, NativeFunction};
use crate::value::{Value, Word};

/// The code of a script function.
#[inline(always)]
fn code_of<'h>(callee: Word) -> Option<&'h CodeObject> {
    if !callee.is_heap() {
        return None;
    }
    // SAFETY: the word is in a register; a function's code field holds a code object for as long as the function lives.
    unsafe {
        if (*callee.ptr()).kind() != Kind::Function {
            return None;
        }
        let code = (*callee.ptr().cast::<Function>()).code.load();
        Some(&*code.ptr().cast::<CodeObject>())
    }
}

/// The code of a native function whose first argument needs no check.
#[inline(always)]
fn native_code(callee: Word) -> Option<NativeCode> {
    // SAFETY: the word is in a register, and no safepoint is reached while the function is looked at.
    let function = unsafe { Value::from_word(callee) }.cast::<NativeFunction>()?;
    (!function.def.kind.checks_first()).then_some(function.def.call)
}

/// Calls a simple script function with as many arguments as it has parameters, all by position.
#[inline(always)]
unsafe fn enter_simple<D: Dispatch>(s: State, i: Instr, callee: Word, first: u16, count: u32) -> D::Out {
    if let Some(code) = code_of(callee)
        && code.simple_params == count
        && code.free == 0
    {
        let cx = s.cx();
        let (top, registers) = (cx.top.get(), code.registers as usize);
        // SAFETY: as in `push`, which this is the fast form of.
        unsafe {
            let regs = top.add(HEADER_WORDS);
            let end = regs.add(registers);
            if end <= cx.stack.frame_limit() && cx.depth.get() < cx.interp().recursion_limit() && !cx.poll.is_set() {
                let frame = Frame(regs);
                frame.init(callee, Frame(s.regs), Then::Store, code.pool());
                let count = count as usize;
                for at in 0..count {
                    *regs.add(at) = *s.r(first).add(at);
                }
                for at in count..registers {
                    *regs.add(at) = Word::UNSET;
                }
                Frame(s.regs).set_pc(s.pc);
                cx.top.set(end);
                cx.depth.set(cx.depth.get() + 1);
                return D::go(State { cx: s.cx, pc: code.instrs(), regs, pool: code.pool() });
            }
        }
    }
    slow!(s, i, call_slow::<D>)
}

#[inline(always)]
pub(in super::super) unsafe fn Call<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { enter_simple::<D>(s, i, s.get(i.a()), i.a() + 1, u32::from(i.b())) }
}

#[inline(always)]
pub(in super::super) unsafe fn CallMethod<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let bound = !s.get(i.a() + 1).is_unset();
    let (first, count) = if bound { (i.a() + 1, u32::from(i.b()) + 1) } else { (i.a() + 2, u32::from(i.b())) };
    // SAFETY: the caller's promise.
    unsafe { enter_simple::<D>(s, i, s.get(i.a()), first, count) }
}

/// The first argument of a call, in which register, and how many there are.
#[inline(always)]
fn arguments(s: State, i: Instr) -> (u16, usize) {
    let method = matches!(i.opcode(), Some(Opcode::CallMethod | Opcode::CallMethodKw));
    let (first, count) = (i.a() + 1, usize::from(i.b()));
    match method {
        true if s.get(i.a() + 1).is_unset() => (first + 1, count),
        true => (first, count + 1),
        false => (first, count),
    }
}

/// Polls, then calls whatever the instruction calls.
#[inline(always)]
fn call_slow<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let named = matches!(i.opcode(), Some(Opcode::CallKw | Opcode::CallMethodKw));
    let callee = s.get(i.a());
    if native_code(callee).is_some() && !named && !s.cx().poll.is_set() {
        let result = s.apart(i, call_native_apart);
        // SAFETY: the state was saved.
        return unsafe { s.finish::<D>(i, result) };
    }
    s.save();
    let names = if named { s.k(i.c()) } else { Word::UNSET };
    let (first, count) = arguments(s, i);
    let call = Pending { callee, args: s.r(first), count, names, room: true };
    // SAFETY: the words are in registers.
    unsafe { perform::<D>(s, i, call) }
}

/// Calls such a native function with arguments by position.
#[inline(always)]
fn call_native_apart(s: State, i: Instr) -> Res<Word> {
    let code = native_code(s.get(i.a())).expect("the caller saw that it is one");
    let (first, count) = arguments(s, i);
    // SAFETY: the words are in registers.
    let given = unsafe { Given::new(s.r(first), count) };
    call_native(s.cx(), code, given, Names::NONE)
}

/// Polls and performs a call whose result goes into register `a`.
#[inline(always)]
unsafe fn perform<D: Dispatch>(s: State, i: Instr, call: Pending) -> D::Out {
    let cx = s.cx();
    let result = match cx.poll() {
        // SAFETY: the words of the call are rooted.
        Ok(()) => unsafe { begin(cx, call, Frame(s.regs), Then::Store) },
        Err(raised) => Err(raised),
    };
    // SAFETY: the state was saved.
    unsafe { go_on::<D>(s, i, result) }
}

/// Goes on after a call has begun: in the new frame, with the value, or with the exception.
///
/// # Safety
/// The state must have been saved before the call.
#[inline(always)]
pub(in super::super) unsafe fn go_on<D: Dispatch>(s: State, i: Instr, result: Res<Called>) -> D::Out {
    match result {
        Ok(Called::Value(word)) => {
            s.set(i.a(), word);
            // SAFETY: the next instruction of the same frame.
            unsafe { D::go(s.next()) }
        }
        // SAFETY: the frame was pushed and stands at its first instruction.
        Ok(Called::Frame(frame)) => unsafe {
            if frame.then() == Then::Constructed {
                // The result is the receiver, whatever `__init__` does to its parameter.
                s.set(i.a(), *frame.0);
            }
            D::go(State::of(s.cx, frame, frame.pc()))
        },
        // SAFETY: the caller's promise.
        Err(raised) => unsafe { unwind::raise::<D>(s, raised) },
    }
}

#[inline(always)]
pub(in super::super) unsafe fn CallKw<D: Dispatch>(s: State, i: Instr) -> D::Out {
    slow!(s, i, call_slow::<D>)
}

#[inline(always)]
pub(in super::super) unsafe fn CallMethodKw<D: Dispatch>(s: State, i: Instr) -> D::Out {
    slow!(s, i, call_slow::<D>)
}

#[inline(always)]
pub(in super::super) unsafe fn CallEx<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.save();
    let cx = s.cx();
    let top = cx.top.get();
    let result = match spread(s, i) {
        Ok((args, count, names)) => {
            let call = Pending { callee: s.get(i.a()), args, count, names, room: true };
            // SAFETY: the words are in registers and in slots above `top`.
            unsafe { begin_above(s, top, call) }
        }
        Err(raised) => {
            cx.top.set(top);
            Err(raised)
        }
    };
    // SAFETY: the state was saved.
    unsafe { go_on::<D>(s, i, result) }
}

/// Polls and begins a call whose words are in slots above `top`, which it frees: a frame that is pushed moves down to where
/// they began, so that returning frees both.
unsafe fn begin_above(s: State, top: *mut Word, call: Pending) -> Res<Called> {
    let cx = s.cx();
    let result = match cx.poll() {
        // SAFETY: the caller's promise.
        Ok(()) => unsafe { begin(cx, call, Frame(s.regs), Then::Store) },
        Err(raised) => Err(raised),
    };
    match result {
        // SAFETY: the frame was just pushed, and only the slots lie below it.
        Ok(Called::Frame(frame)) => Ok(Called::Frame(unsafe { super::slide(cx, frame, top) })),
        done => {
            cx.top.set(top);
            done
        }
    }
}

/// Begins the call of `callee`, which need not be in a register, with these arguments.
///
/// # Safety
/// The words must be values that are alive, and the state saved.
pub(in super::super) unsafe fn begin_with(s: State, callee: Word, args: &[Word]) -> Res<Called> {
    let cx = s.cx();
    let top = cx.top.get();
    // The callee is kept alive by the word that a receiver would take.
    cx.push_word(callee);
    let first = cx.top.get();
    for &word in args {
        cx.push_word(word);
    }
    let call = Pending { callee, args: first, count: args.len(), names: Word::UNSET, room: true };
    // SAFETY: the words are in slots above `top`.
    unsafe { begin_above(s, top, call) }
}

#[inline(always)]
unsafe fn return_value<D: Dispatch>(s: State, value: Word) -> D::Out {
    let frame = Frame(s.regs);
    // SAFETY: the frame is in use; one whose result is stored lies on the stack and has a caller that stands at its call.
    unsafe {
        if frame.then_word() == (Then::Store as u64) << 2 {
            let (cx, caller) = (s.cx(), frame.caller());
            cx.top.set(s.regs.sub(HEADER_WORDS));
            cx.depth.set(cx.depth.get() - 1);
            let s = State::of(s.cx, caller, caller.pc());
            let call = Instr((*s.pc).load(std::sync::atomic::Ordering::Relaxed));
            s.set(call.a(), value);
            return D::go(s.next());
        }
        // The value travels where the instruction would.
        slow!(s, Instr(value.0), return_specially::<D>)
    }
}

#[inline(always)]
fn return_specially<D: Dispatch>(s: State, value: Instr) -> D::Out {
    let value = Word(value.0);
    s.save();
    let (cx, frame) = (s.cx(), Frame(s.regs));
    // SAFETY: the frame is in use.
    unsafe {
        if frame.then() == Then::Constructed && value != Word::NONE {
            // CPython blames the call, not the body.
            unwind::pop(cx, frame);
            let caller = State::of(s.cx, frame.caller(), frame.caller().pc());
            return unwind::raise::<D>(caller, returned_from_init(cx, Value::from_word(value)));
        }
        let then = unwind::pop(cx, frame);
        match then {
            Then::Store | Then::Constructed => {
                let caller = State::of(s.cx, frame.caller(), frame.caller().pc());
                D::go(caller.next())
            }
            Then::Leave | Then::Resumed => {
                *cx.top.get() = value;
                D::exit(s, Exit::Returned)
            }
            Then::Iterate | Then::Delegate => {
                super::super::generator::ops::finished::<D>(s, frame.caller(), then, value)
            }
        }
    }
}

#[cold]
#[inline(never)]
fn returned_from_init(cx: &Ctx, value: Value<'_>) -> Raised {
    cx.type_error(format!("__init__() should return None, not '{}'", cx.type_name(value)))
}

#[inline(always)]
pub(in super::super) unsafe fn Return<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { return_value::<D>(s, s.get(i.a())) }
}

#[inline(always)]
pub(in super::super) unsafe fn ReturnNone<D: Dispatch>(s: State, _i: Instr) -> D::Out {
    // SAFETY: the caller's promise.
    unsafe { return_value::<D>(s, Word::NONE) }
}
