//! Resuming generators from Rust code: `next`, `send`, `throw`, `close`.

pub(crate) mod asynchronous;
pub(crate) mod coroutine;
pub(super) mod ops;

use super::dispatch::Exit;
use super::state::frames::{Ready, recursion_error, result, running};
use super::watch;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::ops::warn::deprecated;
use crate::stack::frame::{Frame, Then};
use crate::types::frame::access::of_generator;
use crate::types::function::Function;
use crate::types::generator::{Flavour, Generator, State as GeneratorState};
use crate::value::Value;

/// What came of resuming a generator.
#[derive(Clone, Copy, Debug)]
pub enum Resumed<T> {
    /// It yielded this value.
    Yielded(T),
    /// It returned this value.
    Returned(T),
}

impl<T> Resumed<T> {
    /// The same with another form of the value.
    fn map<U>(self, f: impl FnOnce(T) -> U) -> Resumed<U> {
        match self {
            Resumed::Yielded(value) => Resumed::Yielded(f(value)),
            Resumed::Returned(value) => Resumed::Returned(f(value)),
        }
    }
}

/// A generator that was asked to run.
enum Entered {
    /// It is finished already.
    Finished,
    /// Its frame, and whether it had begun to run before.
    Ready { frame: Ready, began: bool },
}

/// Begins to run a generator in place: its frame's caller is `caller`.
#[inline(always)]
fn enter(cx: &Ctx, generator: &Generator, caller: Frame, then: Then) -> Res<Entered> {
    if cx.depth.get() >= cx.interp().recursion_limit() {
        return Err(recursion_error(cx));
    }
    let began = match generator.enter() {
        GeneratorState::Created => false,
        GeneratorState::Suspended => true,
        state @ (GeneratorState::Running | GeneratorState::Finished) => return cannot_run(cx, generator, state),
    };
    generator.begin_handling(cx);
    Ok(Entered::Ready { frame: Ready::generator(cx, generator, caller, then), began })
}

/// What comes of entering a generator that another thread or a caller runs, or that is finished.
#[cold]
#[inline(never)]
fn cannot_run(cx: &Ctx, generator: &Generator, state: GeneratorState) -> Res<Entered> {
    match generator.flavour() {
        flavour if state == GeneratorState::Running => {
            Err(cx.value_error(format!("{} already executing", flavour.noun())))
        }
        Flavour::Coroutine => Err(cx.runtime_error("cannot reuse already awaited coroutine")),
        Flavour::Generator | Flavour::Asynchronous => Ok(Entered::Finished),
    }
}

/// Stops running a generator; the caller has dealt with the depth.
pub(super) fn leave(cx: &Ctx, generator: &Generator, state: GeneratorState) {
    generator.end_handling(cx);
    generator.leave(cx, state);
}

/// Resumes a generator with a value, or with an exception.
///
/// # Errors
/// What the generator raises; ValueError if it is running.
pub fn resume_with(cx: &mut Ctx, generator: Slot, sent: Slot, thrown: Option<Slot>) -> Res<Resumed<Slot>> {
    cx.check_native_stack("")?;
    let (top, caller) = (cx.top.get(), running(cx));
    let entered = {
        let cx = &*cx;
        let object = cx.get(generator).cast::<Generator>().expect("the caller has checked the type");
        if object.state() == GeneratorState::Created && thrown.is_none() && !cx.get(sent).is_none() {
            let noun = object.flavour().noun();
            return Err(cx.type_error(format!("can't send non-None value to a just-started {noun}")));
        }
        enter(cx, object, caller, Then::Resumed)?
    };
    let exit = match (entered, thrown) {
        (Entered::Finished, Some(exception)) => return Err(cx.raise_value(cx.get(exception))),
        (Entered::Finished, None) => return Ok(Resumed::Returned(cx.root(Value::NONE))),
        (Entered::Ready { frame, began }, Some(exception)) => frame.run(cx, |s| ops::throw_in(s, began, exception)),
        (Entered::Ready { frame, began: false }, None) => frame.run(cx, watch::enter),
        (Entered::Ready { frame, began: true }, None) => {
            let value = cx.get(sent).word();
            frame.run(cx, |s| watch::enter(ops::sent_to(s, value)))
        }
    };
    let result = result(cx);
    cx.top.set(top);
    cx.frame.set(caller.0);
    match exit {
        Exit::Yielded => Ok(Resumed::Yielded(cx.push_word(result))),
        Exit::Returned => Ok(Resumed::Returned(cx.push_word(result))),
        Exit::Raised => Err(cx.raised_already()),
    }
}

/// The next value of a generator; `None` when it returns.
pub fn resume(cx: &mut Ctx, generator: Slot, sent: Slot) -> Res<Option<Slot>> {
    match resume_with(cx, generator, sent, None)? {
        Resumed::Yielded(value) => Ok(Some(value)),
        Resumed::Returned(_) => Ok(None),
    }
}

/// The next value of a generator.
///
/// # Errors
/// StopIteration with what the generator returned, or what it raises.
pub fn next(cx: &mut Ctx, generator: Slot) -> Res<Slot> {
    let none = cx.root(Value::NONE);
    finish(cx, generator, none, None)
}

/// Raises StopIteration with a generator's return value.
pub fn stop_iteration(cx: &Ctx, value: Slot) -> Raised {
    let value = cx.get(value);
    if value.is_none() {
        cx.raise_with(Builtin::StopIteration, &[])
    } else {
        cx.raise_with(Builtin::StopIteration, &[value])
    }
}

/// `generator.close()`: raises GeneratorExit at the `yield`, which must end the generator.
pub fn close(cx: &mut Ctx, generator: Slot) -> Res<Slot> {
    let none = cx.root(Value::NONE);
    let state = cx.get(generator).cast::<Generator>().map(Generator::state);
    match state {
        Some(GeneratorState::Finished) | None => return Ok(none),
        Some(GeneratorState::Created) => {
            let cx = &*cx;
            if let Some(object) = cx.get(generator).cast::<Generator>()
                && object.enter() == GeneratorState::Created
            {
                object.leave(cx, GeneratorState::Finished);
            }
            return Ok(none);
        }
        Some(_) => {}
    }
    let raised = cx.raise_with(Builtin::GeneratorExit, &[]);
    let exit = {
        let cx = &*cx;
        cx.root(cx.take_raised(raised))
    };
    match resume_with(cx, generator, none, Some(exit)) {
        Ok(Resumed::Yielded(_)) => {
            let noun = cx.get(generator).cast::<Generator>().map_or("generator", |object| object.flavour().noun());
            Err(cx.runtime_error(format!("{noun} ignored GeneratorExit")))
        }
        Ok(Resumed::Returned(value)) => Ok(value),
        Err(raised) => {
            let exception = cx.raised.get_or_none(cx);
            let ended =
                cx.is_instance(exception, Builtin::GeneratorExit) || cx.is_instance(exception, Builtin::StopIteration);
            if ended {
                let _ = cx.take_raised(raised);
                return Ok(none);
            }
            Err(raised)
        }
    }
}

crate::natives! {
    /// Methods of generators.
    pub static METHODS = {
        /// Implement iter(self).
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            let none = cx.root(Value::NONE);
            finish(cx, self_, none, None)
        }
        /// send(value) -> send 'value' into generator, return next yielded value or raise StopIteration.
        call fn send(cx; self_: Slot, value: Slot) -> Slot {
            finish(cx, self_, value, None)
        }
        /// throw(value) -> raise exception in generator, return next yielded value or raise StopIteration.
        call fn throw(
            cx; self_: Slot, kind: Slot, value: Option<Slot> = None, traceback: Option<Slot> = None
        ) -> Slot {
            throw(cx, self_, kind, value, traceback)
        }
        /// close() -> raise GeneratorExit inside generator.
        call fn close(cx; self_: Slot) -> Slot {
            close(cx, self_)
        }
        /// The frame, until it is finished.
        get call fn gi_frame(cx; self_: Slot) -> Slot {
            Ok(of_generator(cx, self_).unwrap_or_else(|| cx.root(Value::NONE)))
        }
        /// The code.
        get fn gi_code(cx; self_: &'h Generator) -> Value<'h> {
            Ok(self_.function(cx).cast::<Function>().map_or(Value::NONE, |function| Value::of(function.code(cx))))
        }
        /// What it waits for.
        get fn gi_yieldfrom(cx; self_: &'h Generator) -> Value<'h> { Ok(self_.delegate(cx).unwrap_or(Value::NONE)) }
        get fn gi_running(cx; self_: &'h Generator) -> bool {
            Ok(self_.state() == GeneratorState::Running)
        }
        get fn gi_suspended(cx; self_: &'h Generator) -> bool {
            Ok(self_.state() == GeneratorState::Suspended)
        }
        get fn __name__(cx; self_: &'h Generator) -> String {
            Ok(function_name(cx, self_, false))
        }
        get fn __qualname__(cx; self_: &'h Generator) -> String {
            Ok(function_name(cx, self_, true))
        }
    }
}

/// Warns where an exception is thrown that more than one argument names.
pub(super) fn warn_of_parts(cx: &mut Ctx, method: &str, part: Option<Slot>) -> Res<()> {
    if part.is_none() {
        return Ok(());
    }
    let message =
        format!("the (type, exc, tb) signature of {method}() is deprecated, use the single-arg signature instead.");
    deprecated(cx, &message)
}

/// The exception that the arguments of `throw` name: a class, with a value for it or an instance of it, or an instance.
pub(super) fn exception_from(cx: &mut Ctx, kind: Slot, value: Option<Slot>) -> Res<Slot> {
    if !super::exception::can_be_raised(cx, cx.get(kind)) {
        let got = cx.type_name(cx.get(kind));
        let message = format!("exceptions must be classes or instances deriving from BaseException, not {got}");
        return Err(cx.type_error(message));
    }
    match value.filter(|value| !cx.get(*value).is_none()) {
        Some(value) if cx.get(value).kind() == Some(crate::object::Kind::Exception) => Ok(value),
        Some(value) => cx.call(kind, &[value]),
        None => super::exception::exception_of(cx, kind),
    }
}

/// `throw(kind, value, traceback)`
fn throw(cx: &mut Ctx, generator: Slot, kind: Slot, value: Option<Slot>, traceback: Option<Slot>) -> Res<Slot> {
    warn_of_parts(cx, "throw", value.or(traceback))?;
    let exception = exception_from(cx, kind, value)?;
    let none = cx.root(Value::NONE);
    finish(cx, generator, none, Some(exception))
}

fn function_name(cx: &Ctx, generator: &Generator, qualified: bool) -> String {
    let function = generator.function(cx).cast::<Function>();
    function.map_or(String::new(), |f| if qualified { f.qualname(cx) } else { f.name(cx) }.to_owned())
}

fn finish(cx: &mut Ctx, generator: Slot, sent: Slot, thrown: Option<Slot>) -> Res<Slot> {
    if cx.get(generator).cast::<Generator>().is_none() {
        let class = cx.type_name(cx.get(generator));
        return Err(cx.type_error(format!("descriptor requires a 'generator' object but received a '{class}'")));
    }
    match resume_with(cx, generator, sent, thrown)? {
        Resumed::Yielded(value) => Ok(value),
        Resumed::Returned(value) => Err(stop_iteration(cx, value)),
    }
}

/// The method of an iterator that a delegating generator passes an exception to.
fn method(cx: &mut Ctx, object: Slot, name: Name) -> Res<Option<Slot>> {
    let name = cx.root(cx.name(name));
    crate::ops::attr::get_attr_opt(cx, object, name)
}
