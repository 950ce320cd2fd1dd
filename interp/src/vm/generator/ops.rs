//! The instructions of generators, and delegation.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::{Instr, Opcode};

use super::super::code::Instrs;
use super::super::frame::{Frame, Then};
use super::super::iterate::stepped;
use super::super::{Dispatch, Exit, State, unwind};
use super::{Resumed, close, enter, instruction, leave, method, resume_with, run_raising};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::iter;
use crate::types::exception::Exception;
use crate::types::generator::{Generator, State as GeneratorState};
use crate::value::{Value, Word};

/// Where a suspended generator goes on with what was sent to it: after a `yield`, or at a `yield from`, which passes it on.
pub(super) fn sent_to(s: State, sent: Word) -> State {
    let i = instruction(s.pc);
    if i.opcode() == Some(Opcode::YieldFrom) {
        s.set(i.c(), sent);
        return s;
    }
    s.set(i.a(), sent);
    s.next()
}

/// A `for` loop steps a generator: its frame runs in the same loop.
#[inline(always)]
pub(in super::super) unsafe fn iterate<D: Dispatch, const BACK: bool>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    if let Err(raised) = cx.poll() {
        // SAFETY: the state was saved.
        return unsafe { unwind::raise::<D>(s, raised) };
    }
    // SAFETY: the state was saved; the register holds a generator.
    unsafe {
        resume_nested::<D>(s, s.value(i.b()), Then::Iterate, Word::NONE, |s| stepped::<D, BACK>(s, i, Word::UNSET))
    }
}

/// Runs a generator from another frame; `done` says how that frame goes on if the generator is finished already.
#[inline(always)]
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
            // SAFETY: the generator stands at a `yield` or `yield from`.
            unsafe { D::go(sent_to(inner, sent)) }
        }
    }
}

#[inline(always)]
pub(in super::super) unsafe fn Yield<D: Dispatch>(s: State, i: Instr) -> D::Out {
    // SAFETY: the frame is a generator's.
    unsafe { yield_value::<D>(s, s.get(i.b())) }
}

/// Suspends the frame of `s`, and those that delegate to it, and hands the value to whoever resumed the outermost.
#[inline(always)]
pub(super) unsafe fn yield_value<D: Dispatch>(s: State, value: Word) -> D::Out {
    // SAFETY: the caller's promise.
    match unsafe { suspend(s.cx(), Frame(s.regs), s.pc) } {
        // SAFETY: the caller's frame stands at the loop that resumed the generator.
        Some(caller) => unsafe { step_caller::<D>(State::of(s.cx, caller, caller.pc()), value) },
        None => {
            // SAFETY: the stack has room for a result.
            unsafe { *s.cx().top.get() = value };
            D::exit(s, Exit::Yielded)
        }
    }
}

/// Suspends a generator's frame and those that delegate to it; the frame that resumed the outermost, if it is not Rust code.
///
/// # Safety
/// The frame must be a generator's and the running one.
unsafe fn suspend(cx: &Ctx, mut frame: Frame, pc: *const Instrs) -> Option<Frame> {
    // SAFETY: the caller's promise; what delegates is a generator's frame that stands at its delegation.
    unsafe {
        frame.set_pc(pc);
        loop {
            let (then, caller) = (frame.then(), frame.caller());
            cx.depth.set(cx.depth.get() - 1);
            leave(cx, Generator::of_registers(frame.0), GeneratorState::Suspended);
            cx.frame.set(caller.0);
            match then {
                Then::Delegate => frame = caller,
                Then::Resumed => return None,
                _ => return Some(caller),
            }
        }
    }
}

/// Goes on in a frame that stands at a `for` loop, with an element or UNSET.
#[inline(always)]
unsafe fn step_caller<D: Dispatch>(s: State, element: Word) -> D::Out {
    let i = instruction(s.pc);
    // SAFETY: the caller's promise.
    unsafe {
        match i.opcode() {
            Some(Opcode::ForIterBack) => stepped::<D, true>(s, i, element),
            _ => stepped::<D, false>(s, i, element),
        }
    }
}

/// A nested generator returned: its resumer goes on.
#[inline(always)]
pub(in super::super) unsafe fn finished<D: Dispatch>(s: State, caller: Frame, then: Then, value: Word) -> D::Out {
    // SAFETY: the caller's frame stands at the instruction that resumed the generator.
    unsafe {
        let s = State::of(s.cx, caller, caller.pc());
        if then == Then::Delegate {
            s.set(instruction(s.pc).a(), value);
            return D::go(s.next());
        }
        step_caller::<D>(s, Word::UNSET)
    }
}

#[inline(always)]
pub(in super::super) unsafe fn GetYieldFromIter<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |cx, s, i| {
        let source = cx.root(s.value(i.b()));
        if cx.get(source).kind() == Some(Kind::Generator) { Ok(source) } else { iter::iter(cx, source) }
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

/// Passes what was sent, in register `c`, on to the iterator that the generator delegates to.
#[inline(always)]
pub(in super::super) unsafe fn YieldFrom<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.save();
    let iterator: Value<'_> = s.value(i.b());
    if iterator.kind() == Some(Kind::Generator) {
        let done = |s: State| {
            s.set(i.a(), Word::NONE);
            // SAFETY: the instruction after the delegation.
            unsafe { D::go(s.next()) }
        };
        // SAFETY: the state was saved; the register holds a generator.
        return unsafe { resume_nested::<D>(s, iterator, Then::Delegate, s.get(i.c()), done) };
    }
    // SAFETY: the state was saved.
    unsafe {
        match s.apart(i, delegate) {
            Ok(Resumed::Yielded(value)) => yield_value::<D>(s, value),
            Ok(Resumed::Returned(value)) => {
                s.set(i.a(), value);
                D::go(s.next())
            }
            Err(raised) => unwind::raise::<D>(s, raised),
        }
    }
}

/// One step of a delegation to an iterator that is no generator.
fn delegate(s: State, i: Instr) -> Res<Resumed<Word>> {
    let cx = s.cx();
    let top = cx.top.get();
    let (iterator, sent) = (cx.root(s.value(i.b())), cx.root(s.value(i.c())));
    let result = match send(cx, iterator, sent) {
        Ok(Some(value)) => Ok(Resumed::Yielded(cx.get(value).word())),
        Ok(None) => Ok(Resumed::Returned(Word::NONE)),
        Err(raised) => return_value(cx, raised).map(Resumed::Returned),
    };
    cx.top.set(top);
    result
}

/// `next` or `send` on an iterator that is no generator; `None` if it was exhausted without a StopIteration object.
fn send(cx: &mut Ctx, iterator: Slot, sent: Slot) -> Res<Option<Slot>> {
    if !cx.get(sent).is_none() {
        return cx.call_method(iterator, Name::send, &[sent]).map(Some);
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
        Some(next) => cx.call(next, &[iterator]).map(Some),
        None => iter::next(cx, iterator),
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
        cx.top.set(top);
        // SAFETY: the state was saved.
        return unsafe {
            match outcome {
                Ok(Resumed::Yielded(value)) => {
                    super::run_from(|| yield_value::<super::Loop>(s, value), || yield_value::<super::Tail>(s, value))
                }
                Ok(Resumed::Returned(value)) => {
                    s.set(i.a(), value);
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

/// Passes an exception on to the iterator that a generator delegates to.
fn throw_to_inner(cx: &mut Ctx, s: State, i: Instr, exception: Slot) -> Res<Resumed<Word>> {
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
        let resumed = resume_with(cx, inner, none, Some(exception))?;
        return Ok(resumed.map(|value| cx.get(value).word()));
    }
    let Some(throw) = method(cx, inner, Name::throw)? else { return Err(cx.raise_value(cx.get(exception))) };
    match cx.call(throw, &[exception]) {
        Ok(value) => Ok(Resumed::Yielded(cx.get(value).word())),
        Err(raised) => return_value(cx, raised).map(Resumed::Returned),
    }
}
