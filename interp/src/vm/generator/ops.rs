//! The instructions of generators, and delegation.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::{Instr, Opcode};

use super::super::dispatch::{Dispatch, Exit, Loop, Tail, Watched, run, run_from};
use super::super::iterate::stepped;
use super::super::state::State;
use super::super::{unwind, watch};
use super::{Entered, Resumed, asynchronous, close, coroutine, enter, method, resume_with};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::iter;
use crate::stack::frame::Then;
use crate::types::exception::Exception;
use crate::types::generator::{Flavour, Generator};
use crate::value::{Value, Word};

/// Where a suspended generator goes on with what was sent to it: after a `yield`, or at a `yield from`, which passes it on.
#[inline(always)]
pub(super) fn sent_to(s: State, sent: Word) -> State {
    let i = s.instruction();
    if i.opcode() == Some(Opcode::YieldFrom) {
        s.set(i.c(), sent);
        return s;
    }
    s.set(i.a(), sent);
    s.next()
}

/// A `for` loop steps a generator: its frame runs in the same loop.
#[inline(always)]
pub(in super::super) fn iterate<D: Dispatch, const BACK: bool>(mut s: State, i: Instr) -> D::Out {
    if !D::WATCHED && s.cx().is_watched() {
        return D::exit(watch::take_over(s));
    }
    s.save();
    if let Err(raised) = s.cx_mut().poll() {
        return s.raise::<D>(raised);
    }
    match resume_nested(s, i, Then::Iterate, Word::NONE) {
        Nested::Entered(s) => D::go(s),
        Nested::Finished(s) => stepped::<D, BACK>(s, i, Word::UNSET),
        Nested::Raised(s, raised) => s.raise::<D>(raised),
    }
}

/// What came of running a generator from another frame.
enum Nested {
    /// It goes on there.
    Entered(State),
    /// It is finished already; the frame goes on.
    Finished(State),
    /// It cannot run now.
    Raised(State, Raised),
}

/// Runs the generator in register `b` from another frame.
#[inline(always)]
fn resume_nested(s: State, i: Instr, then: Then, sent: Word) -> Nested {
    let generator = s.value(i.b()).cast::<Generator>().expect("the caller has checked the type");
    match enter(s.cx(), generator, s.as_caller(), then) {
        Err(raised) => Nested::Raised(s, raised),
        Ok(Entered::Finished) => Nested::Finished(s),
        Ok(Entered::Ready { frame, began: false }) => Nested::Entered(s.enter(frame)),
        Ok(Entered::Ready { frame, began: true }) => Nested::Entered(sent_to(s.enter(frame), sent)),
    }
}

#[inline(always)]
pub(in super::super) fn Yield<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let value = s.get(i.b());
    yield_value::<D>(s, value)
}

/// Suspends the frame of `s`, and those that delegate to it, and hands the value to whoever resumed the outermost.
#[inline(always)]
pub(super) fn yield_value<D: Dispatch>(s: State, value: Word) -> D::Out {
    match s.suspend().caller() {
        Ok(caller) => step_caller::<D>(caller, value),
        Err(popped) => popped.exit::<D>(Exit::Yielded, value),
    }
}

/// Goes on in a frame that stands at a `for` loop, with an element or UNSET.
#[inline(always)]
fn step_caller<D: Dispatch>(s: State, element: Word) -> D::Out {
    let i = s.instruction();
    match i.opcode() {
        Some(Opcode::ForIterBack) => stepped::<D, true>(s, i, element),
        _ => stepped::<D, false>(s, i, element),
    }
}

/// A nested generator returned: its resumer goes on.
#[inline(always)]
pub(in super::super) fn finished<D: Dispatch>(s: State, then: Then, value: Word) -> D::Out {
    if then == Then::Delegate {
        let i = s.instruction();
        return s.done::<D>(i, value);
    }
    step_caller::<D>(s, Word::UNSET)
}

#[inline(always)]
pub(in super::super) fn GetYieldFromIter<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let source = s.root(i.b());
        match s.cx().get(source).cast::<Generator>().map(Generator::flavour) {
            Some(Flavour::Generator) => Ok(source),
            Some(Flavour::Coroutine) if s.code().source().flags.awaitable => Ok(source),
            Some(Flavour::Coroutine) => {
                let message = "cannot 'yield from' a coroutine object in a non-coroutine generator";
                Err(s.cx().type_error(message))
            }
            Some(Flavour::Asynchronous) | None => iter::iter(s.cx_mut(), source),
        }
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(in super::super) fn GetAwaitable<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let value = s.root(i.b());
        coroutine::awaitable(s.cx_mut(), value, usize::from(i.x()))
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(in super::super) fn GetAsyncIter<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let iterable = s.root(i.b());
        asynchronous::aiter(s.cx_mut(), iterable, true)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(in super::super) fn GetAsyncNext<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let iterator = s.root(i.b());
        asynchronous::next_of_for(s.cx_mut(), iterator)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(in super::super) fn WrapYield<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| Ok(asynchronous::wrap(s.cx(), s.value(i.b())).word()));
    s.finish::<D>(i, result)
}

/// Passes what was sent, in register `c`, on to the iterator that the generator delegates to.
#[inline(always)]
pub(in super::super) fn YieldFrom<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    s.save();
    if s.value(i.b()).kind() == Some(Kind::Generator) {
        let sent = s.get(i.c());
        return match resume_nested(s, i, Then::Delegate, sent) {
            Nested::Entered(s) => D::go(s),
            Nested::Finished(s) => s.done::<D>(i, Word::NONE),
            Nested::Raised(s, raised) => s.raise::<D>(raised),
        };
    }
    match s.apart(i, delegate) {
        Ok(Resumed::Yielded(value)) => yield_value::<D>(s, value),
        Ok(Resumed::Returned(value)) => s.done::<D>(i, value),
        Err(raised) => s.raise::<D>(raised),
    }
}

/// One step of a delegation to an iterator that is no generator.
fn delegate(s: &mut State, i: Instr) -> Res<Resumed<Word>> {
    s.scope(|s| {
        let (iterator, sent) = (s.root(i.b()), s.root(i.c()));
        let cx = s.cx_mut();
        match send(cx, iterator, sent) {
            Ok(Some(value)) => Ok(Resumed::Yielded(cx.get(value).word())),
            Ok(None) => Ok(Resumed::Returned(Word::NONE)),
            Err(raised) => return_value(cx, raised).map(Resumed::Returned),
        }
    })
}

/// `next` or `send` on an iterator that is no generator; `None` if it was exhausted without a StopIteration object.
fn send(cx: &mut Ctx, iterator: Slot, sent: Slot) -> Res<Option<Slot>> {
    if !cx.get(sent).is_none() {
        return cx.call_method(iterator, Name::send, &[sent]).map(Some);
    }
    let next = {
        let cx = &*cx;
        if iter::steps_by_method(cx.get(iterator)) {
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
pub(super) fn throw_in(mut s: State, began: bool, exception: Slot) -> Exit {
    let i = s.instruction();
    s.save();
    if began && i.opcode() == Some(Opcode::YieldFrom) {
        return match s.scope(|s| throw_to_inner(s, i, exception)) {
            Ok(Resumed::Yielded(value)) => {
                run_from(s, value, yield_value::<Loop>, yield_value::<Tail>, yield_value::<Watched>)
            }
            Ok(Resumed::Returned(value)) => {
                s.set(i.a(), value);
                run(s.next())
            }
            Err(_) => run_thrown(s),
        };
    }
    let _ = s.cx().raise_value(s.cx().get(exception));
    if began { run_thrown(s) } else { unwind::end_unstarted(s) }
}

/// Goes on with the exception that a generator was resumed with. What the generator handles itself is the exception's context;
/// what its resumer handles is not.
fn run_thrown(s: State) -> Exit {
    let cx = s.cx();
    if let Some(handled) = cx.handled.get(cx) {
        unwind::add_context(cx, handled);
    }
    run_from(s, true, unwind::propagate::<Loop>, unwind::propagate::<Tail>, unwind::propagate::<Watched>)
}

/// Passes an exception on to the iterator that a generator delegates to.
fn throw_to_inner(s: &mut State, i: Instr, exception: Slot) -> Res<Resumed<Word>> {
    let inner = s.root(i.b());
    let cx = s.cx_mut();
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
