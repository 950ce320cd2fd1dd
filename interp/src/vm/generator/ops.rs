//! The instructions of generators, and delegation.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::{Instr, Opcode};

use super::super::frame::{Frame, Then};
use super::super::iterate::stepped;
use super::super::{Dispatch, Exit, State, unwind};
use super::{close, enter, instruction, leave, method, resume_with, run_raising};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::iter;
use crate::types::exception::Exception;
use crate::types::generator::{Generator, State as GeneratorState};
use crate::value::{Value, Word};

/// A `for` loop steps a generator: its frame runs in the same loop.
pub(in super::super) unsafe fn iterate<D: Dispatch, const BACK: bool>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    if let Err(raised) = cx.poll() {
        // SAFETY: the state was saved.
        return unsafe { unwind::raise::<D>(s, raised) };
    }
    // SAFETY: the state was saved; the register holds a generator.
    unsafe { resume_nested::<D>(s, s.value(i.b()), Then::Iterate, Word::NONE, |s| stepped::<D, BACK>(s, i, None)) }
}

/// Runs a generator from another frame; `done` says how that frame goes on if the generator is finished already.
unsafe fn resume_nested<D: Dispatch>(
    s: State,
    generator: Value<'_>,
    then: Then,
    sent: Word,
    done: impl FnOnce(State) -> D::Out,
) -> D::Out {
    let cx = &*s.cx();
    let generator = generator.cast::<Generator>().expect("the caller has checked the type");
    match enter(cx, generator, Frame(s.regs), then) {
        // SAFETY: the state was saved.
        Err(raised) => unsafe { unwind::raise::<D>(s, raised) },
        Ok(GeneratorState::Finished) => done(s),
        Ok(was) => {
            let frame = Frame(generator.registers());
            // SAFETY: the generator was entered.
            let inner = unsafe { State::of(s.cx, frame, frame.pc()) };
            if was == GeneratorState::Created {
                // SAFETY: the generator's first instruction.
                return unsafe { D::go(inner) };
            }
            let i = instruction(inner.pc);
            if i.opcode() == Some(Opcode::YieldFrom) {
                // SAFETY: the generator stands at a delegation.
                return unsafe { delegate::<D>(inner, i, sent) };
            }
            inner.set(i.a(), sent);
            // SAFETY: the instruction after the `yield`.
            unsafe { D::go(inner.next()) }
        }
    }
}

#[inline(always)]
pub(in super::super) unsafe fn Yield<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the frame is a generator's.
    unsafe { yield_value::<D>(s, s.get(i.b())) }
}

/// Suspends the frame of `s`, and those that delegate to it, and hands the value to whoever resumed the outermost.
unsafe fn yield_value<D: Dispatch>(mut s: State, value: Word) -> D::Out {
    loop {
        let (cx, frame) = (s.cx(), Frame(s.regs));
        // SAFETY: the frame is a generator's and in use.
        unsafe {
            frame.set_pc(s.pc);
            let (then, caller) = (frame.then(), frame.caller());
            cx.depth.set(cx.depth.get() - 1);
            leave(cx, Generator::of_registers(frame.0), GeneratorState::Suspended);
            cx.frame.set(caller.0);
            match then {
                Then::Resumed => {
                    *cx.top.get() = value;
                    return D::exit(s, Exit::Yielded);
                }
                Then::Delegate => s = State::of(s.cx, caller, caller.pc()),
                _ => {
                    let s = State::of(s.cx, caller, caller.pc());
                    let i = instruction(s.pc);
                    return match i.opcode() {
                        Some(Opcode::ForIterBack) => stepped::<D, true>(s, i, Some(value)),
                        _ => stepped::<D, false>(s, i, Some(value)),
                    };
                }
            }
        }
    }
}

/// A nested generator returned: its resumer goes on.
pub(in super::super) unsafe fn finished<D: Dispatch>(s: State, caller: Frame, then: Then, value: Word) -> D::Out {
    // SAFETY: the caller's frame stands at the instruction that resumed the generator.
    unsafe {
        let s = State::of(s.cx, caller, caller.pc());
        let i = instruction(s.pc);
        match (then, i.opcode()) {
            (Then::Delegate, _) => {
                s.set(i.a(), value);
                D::go(s.next())
            }
            (_, Some(Opcode::ForIterBack)) => stepped::<D, true>(s, i, None),
            _ => stepped::<D, false>(s, i, None),
        }
    }
}

#[inline(always)]
pub(in super::super) unsafe fn GetYieldFromIter<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(|cx| {
        let source = cx.root(s.value(i.b()));
        if cx.get(source).kind() == Some(Kind::Generator) { Ok(source) } else { iter::iter(cx, source) }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(in super::super) unsafe fn YieldFrom<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.save();
    // SAFETY: the state was saved.
    unsafe { delegate::<D>(s, i, Word::NONE) }
}

/// Passes a sent value on to the iterator that the generator delegates to.
pub(super) unsafe fn delegate<D: Dispatch>(s: State, i: Instr, sent: Word) -> D::Out {
    s.save();
    let iterator: Value<'_> = s.value(i.b());
    if iterator.kind() == Some(Kind::Generator) {
        let done = |s: State| {
            s.set(i.a(), Word::NONE);
            // SAFETY: the instruction after the delegation.
            unsafe { D::go(s.next()) }
        };
        // SAFETY: the state was saved; the register holds a generator.
        return unsafe { resume_nested::<D>(s, iterator, Then::Delegate, sent, done) };
    }
    let cx = s.cx();
    let top = cx.top.get();
    let (iterator, sent) = (cx.root(s.value(i.b())), cx.push_word(sent));
    let result = send(cx, iterator, sent).map(|step| step.map(|slot| cx.get(slot).word()));
    let result = result.or_else(|raised| return_value(cx, raised).map(Err));
    cx.top.set(top);
    // SAFETY: the state was saved.
    unsafe {
        match result {
            Ok(Ok(value)) => yield_value::<D>(s, value),
            Ok(Err(returned)) => {
                s.set(i.a(), returned);
                D::go(s.next())
            }
            Err(raised) => unwind::raise::<D>(s, raised),
        }
    }
}

/// `next` or `send` on an iterator that is no generator; `Err` inside if it was exhausted without a StopIteration object.
fn send(cx: &mut Ctx, iterator: Slot, sent: Slot) -> Res<Result<Slot, Word>> {
    if !cx.get(sent).is_none() {
        return cx.call_method(iterator, Name::send, &[sent]).map(Ok);
    }
    let next = {
        let cx = &*cx;
        let is_script = cx.get(iterator).kind() == Some(Kind::Instance);
        if is_script {
            crate::ops::attr::find_special(cx, cx.get(iterator), Name::__next__).map(|f| cx.root(f))
        } else {
            None
        }
    };
    match next {
        // Called itself, so that StopIteration's value is seen.
        Some(next) => cx.call(next, &[iterator]).map(Ok),
        None => Ok(iter::next(cx, iterator)?.ok_or(Word::NONE)),
    }
}

/// The value of a StopIteration.
fn return_value(cx: &Ctx, raised: crate::ctx::Raised) -> Res<Word> {
    let stop = cx.catch(raised, Builtin::StopIteration)?;
    Ok(stop.cast::<Exception>().map_or(Word::NONE, |stop| stop.first_arg(cx).word()))
}

/// Raises an exception in a generator that was just entered.
pub(super) unsafe fn throw_in(s: State, was: GeneratorState, exception: Slot) -> Exit {
    let cx = s.cx();
    let i = instruction(s.pc);
    let delegates = was == GeneratorState::Suspended && i.opcode() == Some(Opcode::YieldFrom);
    s.save();
    if delegates {
        let top = cx.top.get();
        let outcome = throw_to_inner(cx, s, i, exception);
        let outcome = outcome.map(|step| step.map(|slot| cx.get(slot).word()));
        cx.top.set(top);
        // SAFETY: the state was saved.
        return unsafe {
            match outcome {
                Ok(Ok(value)) => {
                    super::run_from(|| yield_value::<super::Loop>(s, value), || yield_value::<super::Tail>(s, value))
                }
                Ok(Err(returned)) => {
                    s.set(i.a(), returned);
                    super::run(s.next())
                }
                Err(_) => run_raising(s, || s.cx().raised_already()),
            }
        };
    }
    let word = cx.get(exception).word();
    // SAFETY: the exception is rooted by its slot; the state was saved.
    unsafe { run_raising(s, || s.cx().raise_value(Value::from_word(word))) }
}

/// Passes an exception on to the iterator that a generator delegates to. The inner result is a yielded value or, in `Err`,
/// the value that the delegation has.
fn throw_to_inner(cx: &mut Ctx, s: State, i: Instr, exception: Slot) -> Res<Result<Slot, Word>> {
    let inner = cx.root(s.value(i.b()));
    let is_generator = cx.get(inner).kind() == Some(Kind::Generator);
    if cx.is_instance(cx.get(exception), Builtin::GeneratorExit) {
        if is_generator {
            close(cx, inner)?;
        } else if let Some(close) = method(cx, inner, Name::close)? {
            cx.call(close, &[])?;
        }
        return Err(cx.raise_value(cx.get(exception)));
    }
    if is_generator {
        let none = cx.root(Value::NONE);
        return match resume_with(cx, inner, none, Some(exception))? {
            super::Resumed::Yielded(value) => Ok(Ok(value)),
            super::Resumed::Returned(value) => Ok(Err(cx.get(value).word())),
        };
    }
    let Some(throw) = method(cx, inner, Name::throw)? else { return Err(cx.raise_value(cx.get(exception))) };
    match cx.call(throw, &[exception]) {
        Ok(value) => Ok(Ok(value)),
        Err(raised) => return_value(cx, raised).map(Err),
    }
}
