//! Asynchronous generators.
//!
//! What such a generator yields is wrapped, so that it is told apart from what it awaits yields. Each of `__anext__`, `asend`,
//! `athrow` and `aclose` returns an object that runs the generator to its next own `yield` when it is awaited: what is awaited on
//! the way passes through, and the yielded value arrives as the result.

use std::sync::atomic::{AtomicU8, Ordering};

use super::coroutine::awaitable;
use super::{Resumed, exception_from, function_name, resume_with, stop_iteration, warn_of_parts};
use crate::builtin::Builtin;
use crate::byte_enum::byte_enum;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::native_of_fields;
use crate::object::Field;
use crate::ops::attr::{call_special, find_special};
use crate::types::exception::Exception;
use crate::types::frame::access::of_generator;
use crate::types::function::Function;
use crate::types::generator::{Generator, State};
use crate::types::header_of;
use crate::types::native::{FieldOf, Native, NativeData};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// A value that an asynchronous generator yields.
pub struct Yielded {
    value: Field,
}

native_of_fields! { Yielded { value } }

/// A value as an asynchronous generator yields it.
pub(super) fn wrap<'h>(cx: &'h Ctx, value: Value<'h>) -> Value<'h> {
    Native::alloc(cx, Builtin::AsyncGeneratorValue, Yielded { value: Field::of(cx.root(value)) })
}

/// What a step does with the generator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    /// `asend` and `__anext__`.
    Send,
    /// `athrow`.
    Throw,
    /// `aclose`.
    Close,
}

byte_enum! {
    /// How far a step is.
    enum Stage {
        /// Nothing has been sent yet.
        New,
        /// The generator runs, or waits for what it awaits.
        Begun,
        /// The result is there.
        Ended,
    }
}

/// What awaiting runs: a step of an asynchronous generator.
pub struct Step {
    generator: Field,
    /// The value to send, or the tuple of what to throw.
    given: Field,
    what: What,
    /// A [`Stage`] (Relaxed: whoever awaits the step is alone with it, or gets the generator's own error).
    stage: AtomicU8,
}

impl NativeData for Step {
    const FIELDS: &'static [FieldOf<Step>] = &[|step| &step.generator, |step| &step.given];
}

impl Step {
    fn alloc<'h>(cx: &'h Ctx, generator: Value<'h>, what: What, given: Value<'h>) -> Value<'h> {
        let class = if what == What::Send { Builtin::AsyncGeneratorSend } else { Builtin::AsyncGeneratorThrow };
        let (generator, given) = (Field::of(cx.root(generator)), Field::of(cx.root(given)));
        let stage = AtomicU8::new(Stage::New as u8);
        Native::alloc(cx, class, Step { generator, given, what, stage })
    }
}

/// A step that is awaited: its generator, what was given, what it does, and how far it is.
fn parts(cx: &Ctx, step: Slot) -> Res<(Slot, Slot, What, Stage)> {
    let state = cx.state::<Step>(step)?;
    let [generator, given] = [&state.generator, &state.given].map(|field| cx.root(field.get_or_none(cx)));
    let stage = Stage::from_byte(state.stage.load(Ordering::Relaxed)).unwrap_or(Stage::Ended);
    Ok((generator, given, state.what, stage))
}

fn set_stage(cx: &Ctx, step: Slot, stage: Stage) -> Res<()> {
    cx.state::<Step>(step)?.stage.store(stage as u8, Ordering::Relaxed);
    Ok(())
}

fn generator_of(cx: &Ctx, generator: Slot) -> &Generator {
    cx.get(generator).cast::<Generator>().expect("a step is of a generator")
}

/// Whether what is being raised is of one of these classes.
fn raises(cx: &Ctx, classes: &[Builtin]) -> bool {
    let exception = cx.raised.get_or_none(cx);
    classes.iter().any(|class| cx.is_instance(exception, *class))
}

/// What a step that has run comes to: a value that is awaited on the way; or StopIteration with the generator's next value; or
/// StopAsyncIteration at its end.
fn unwrapped(cx: &mut Ctx, generator: Slot, resumed: Res<Resumed<Slot>>) -> Res<Slot> {
    match resumed {
        Ok(Resumed::Yielded(value)) => {
            let Some(inner) = cx.get(value).native::<Yielded>().map(|yielded| cx.root(yielded.value.get_or_none(cx)))
            else {
                return Ok(value);
            };
            generator_of(cx, generator).end_step();
            Err(stop_iteration(cx, inner))
        }
        Ok(Resumed::Returned(_)) => {
            generator_of(cx, generator).close_steps();
            generator_of(cx, generator).end_step();
            Err(cx.raise_with(Builtin::StopAsyncIteration, &[]))
        }
        Err(raised) => {
            if raises(cx, &[Builtin::StopAsyncIteration, Builtin::GeneratorExit]) {
                generator_of(cx, generator).close_steps();
            }
            generator_of(cx, generator).end_step();
            Err(raised)
        }
    }
}

fn cannot_reuse(cx: &Ctx, what: What) -> Raised {
    let names = if what == What::Send { "__anext__()/asend()" } else { "aclose()/athrow()" };
    cx.runtime_error(format!("cannot reuse already awaited {names}"))
}

/// Begins a step; an error if another one of the generator is not finished. Of the first, the hook of
/// `sys.set_asyncgen_hooks` is told before.
fn begin(cx: &mut Ctx, step: Slot, generator: Slot, what: What) -> Res<()> {
    let hook = cx.watch.first_iteration.get(cx).map(|hook| cx.root(hook));
    if let Some(hook) = hook.filter(|_| generator_of(cx, generator).state() == State::Created) {
        cx.call(hook, &[generator])?;
    }
    if !generator_of(cx, generator).begin_step() {
        set_stage(cx, step, Stage::Ended)?;
        let name = ["anext", "athrow", "aclose"][what as usize];
        return Err(cx.runtime_error(format!("{name}(): asynchronous generator is already running")));
    }
    set_stage(cx, step, Stage::Begun)
}

/// Notes that a step is over if it has raised.
fn noted(cx: &Ctx, step: Slot, result: Res<Slot>) -> Res<Slot> {
    if result.is_err() {
        set_stage(cx, step, Stage::Ended)?;
    }
    result
}

/// Sends a value to a step: to what its generator awaits, or, at first, to the generator.
fn send(cx: &mut Ctx, step: Slot, sent: Slot) -> Res<Slot> {
    let (generator, given, what, stage) = parts(cx, step)?;
    match (what, stage) {
        (_, Stage::Ended) => Err(cannot_reuse(cx, what)),
        (What::Send, Stage::New) => {
            begin(cx, step, generator, what)?;
            let sent = if cx.get(sent).is_none() { given } else { sent };
            let resumed = resume_with(cx, generator, sent, None);
            result_of(cx, step, generator, what, resumed)
        }
        (_, Stage::New) => {
            if generator_of(cx, generator).state() == State::Finished {
                set_stage(cx, step, Stage::Ended)?;
                return Err(cx.raise_with(Builtin::StopIteration, &[]));
            }
            begin(cx, step, generator, what)?;
            if generator_of(cx, generator).is_closed() {
                generator_of(cx, generator).end_step();
                set_stage(cx, step, Stage::Ended)?;
                return Err(cx.raise_with(Builtin::StopAsyncIteration, &[]));
            }
            if !cx.get(sent).is_none() {
                generator_of(cx, generator).end_step();
                return Err(cx.runtime_error("can't send non-None value to a just-started coroutine"));
            }
            let exception = match what {
                What::Close => {
                    generator_of(cx, generator).close_steps();
                    let raised = cx.raise_with(Builtin::GeneratorExit, &[]);
                    let cx = &*cx;
                    cx.root(cx.take_raised(raised))
                }
                _ => thrown(cx, given)?,
            };
            let none = cx.root(Value::NONE);
            let resumed = resume_with(cx, generator, none, Some(exception));
            result_of(cx, step, generator, what, resumed)
        }
        (_, Stage::Begun) => {
            let resumed = resume_with(cx, generator, sent, None);
            result_of(cx, step, generator, what, resumed)
        }
    }
}

/// The exception that the arguments of `athrow` name.
fn thrown(cx: &mut Ctx, given: Slot) -> Res<Slot> {
    let args = cx.get(given).cast::<Tuple>().map(|args| cx.root_all(args.iter(cx)));
    let args = args.filter(|args| !args.is_empty()).expect("athrow takes at least one argument");
    exception_from(cx, args.get(0), (args.len() > 1).then(|| args.get(1)))
}

/// What a step comes to: the end of the generator is no error for `aclose`, and a value is one.
fn result_of(cx: &mut Ctx, step: Slot, generator: Slot, what: What, resumed: Res<Resumed<Slot>>) -> Res<Slot> {
    if what != What::Close {
        let result = unwrapped(cx, generator, resumed);
        return noted(cx, step, result);
    }
    if let Ok(Resumed::Yielded(value)) = resumed {
        if cx.get(value).native::<Yielded>().is_none() {
            return Ok(value);
        }
        generator_of(cx, generator).end_step();
        set_stage(cx, step, Stage::Ended)?;
        return Err(cx.runtime_error("async generator ignored GeneratorExit"));
    }
    let result = unwrapped(cx, generator, resumed);
    let Err(raised) = noted(cx, step, result) else { return Ok(step) };
    if !raises(cx, &[Builtin::StopAsyncIteration, Builtin::GeneratorExit]) {
        return Err(raised);
    }
    let _ = cx.take_raised(raised);
    Err(cx.raise_with(Builtin::StopIteration, &[]))
}

/// Raises an exception where a step waits.
fn throw(cx: &mut Ctx, step: Slot, exception: Slot) -> Res<Slot> {
    let (generator, _, what, stage) = parts(cx, step)?;
    match stage {
        Stage::Ended => return Err(cannot_reuse(cx, what)),
        Stage::New => begin(cx, step, generator, what)?,
        Stage::Begun => {}
    }
    let none = cx.root(Value::NONE);
    let resumed = resume_with(cx, generator, none, Some(exception));
    result_of(cx, step, generator, what, resumed)
}

/// Ends a step that waits.
fn close(cx: &mut Ctx, step: Slot) -> Res<Slot> {
    let none = cx.root(Value::NONE);
    let (.., stage) = parts(cx, step)?;
    if stage == Stage::Ended {
        return Ok(none);
    }
    let raised = cx.raise_with(Builtin::GeneratorExit, &[]);
    let exit = {
        let cx = &*cx;
        cx.root(cx.take_raised(raised))
    };
    match throw(cx, step, exit) {
        Ok(_) => Err(cx.runtime_error("coroutine ignored GeneratorExit")),
        Err(raised) => {
            let ends = [Builtin::StopIteration, Builtin::StopAsyncIteration, Builtin::GeneratorExit];
            let is_end = raises(cx, &ends);
            if !is_end {
                return Err(raised);
            }
            let _ = cx.take_raised(raised);
            Ok(none)
        }
    }
}

/// `aiter(iterable)`, and what `async for` begins with, which words its errors itself.
pub(crate) fn aiter(cx: &mut Ctx, iterable: Slot, in_for: bool) -> Res<Slot> {
    let Some(iterator) = call_special(cx, iterable, Name::__aiter__, &[])? else {
        let name = cx.type_name(cx.get(iterable));
        return Err(cx.type_error(match in_for {
            true => format!("'async for' requires an object with __aiter__ method, got {name}"),
            false => format!("'{name}' object is not an async iterable"),
        }));
    };
    if find_special(cx, cx.get(iterator), Name::__anext__).is_none() {
        let name = cx.type_name(cx.get(iterator));
        return Err(cx.type_error(match in_for {
            true => {
                format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}")
            }
            false => format!("aiter() returned not an async iterator of type '{name}'"),
        }));
    }
    Ok(iterator)
}

/// An iterator over what awaiting the next element yields, for `async for`.
pub(super) fn next_of_for(cx: &mut Ctx, iterator: Slot) -> Res<Slot> {
    let Some(next) = call_special(cx, iterator, Name::__anext__, &[])? else {
        let name = cx.type_name(cx.get(iterator));
        return Err(cx.type_error(format!("'async for' requires an iterator with __anext__ method, got {name}")));
    };
    match awaitable(cx, next, 0) {
        Ok(iterator) => Ok(iterator),
        Err(raised) => {
            let cx = &*cx;
            let cause = cx.take_raised(raised);
            let name = cx.type_name(cx.get(next));
            let raised = cx.type_error(format!("'async for' received an invalid object from __anext__: {name}"));
            if let Some(error) = cx.raised.get(cx).and_then(Value::cast::<Exception>) {
                error.cause.set_in(cx, header_of(error), cause);
                error.context.set_in(cx, header_of(error), cause);
                error.set_suppresses_context(true);
            }
            Err(raised)
        }
    }
}

/// `anext(iterator)` with a default, which is the result at the end of the iterator.
pub struct NextOr {
    /// What `__anext__` returned.
    next: Field,
    default: Field,
}

native_of_fields! { NextOr { next, default } }

/// `anext(iterator)`, with a default or without.
pub(crate) fn anext(cx: &mut Ctx, iterator: Slot, default: Option<Slot>) -> Res<Slot> {
    let Some(next) = call_special(cx, iterator, Name::__anext__, &[])? else {
        return Err(cx.type_error(format!("'{}' object is not an async iterator", cx.type_name(cx.get(iterator)))));
    };
    let Some(default) = default else { return Ok(next) };
    let state = NextOr { next: Field::of(next), default: Field::of(default) };
    Ok(cx.root(Native::alloc(cx, Builtin::NextAwaitable, state)))
}

/// Runs a method of the iterator over what `__anext__` returned; its end becomes the default.
fn next_or(cx: &mut Ctx, awaited: Slot, method: &str, args: &[Slot]) -> Res<Slot> {
    let state = cx.state::<NextOr>(awaited)?;
    let [next, default] = [&state.next, &state.default].map(|field| cx.root(field.get_or_none(cx)));
    let iterator = awaitable(cx, next, 0)?;
    let key = cx.root(cx.intern(method));
    let method = crate::ops::attr::get_attr(cx, iterator, key)?;
    match cx.call(method, args) {
        Ok(value) => Ok(value),
        Err(raised) => {
            cx.catch(raised, Builtin::StopAsyncIteration)?;
            Err(stop_iteration(cx, default))
        }
    }
}

crate::natives! {
    /// Methods of what `anext` with a default returns.
    pub static NEXT = {
        /// Return an iterator to be used in await expression.
        fn __await__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Implement iter(self).
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            next_or(cx, self_, "__next__", &[])
        }
        /// send(arg) -> send 'arg' into the wrapped iterator.
        call fn send(cx; self_: Slot, value: Slot) -> Slot {
            next_or(cx, self_, "send", &[value])
        }
        /// throw(value) -> raise exception in the wrapped iterator.
        call fn throw(cx; self_: Slot, kind: Slot) -> Slot {
            next_or(cx, self_, "throw", &[kind])
        }
        /// close() -> raise GeneratorExit inside the wrapped iterator.
        call fn close(cx; self_: Slot) -> Slot {
            next_or(cx, self_, "close", &[])
        }
    }
}

crate::natives! {
    /// Methods of asynchronous generators.
    pub static METHODS = {
        /// Return an awaitable, that resolves in asynchronous iterator.
        fn __aiter__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Return a value or raise StopAsyncIteration.
        fn __anext__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(Step::alloc(cx, self_, What::Send, Value::NONE))
        }
        /// asend(v) -> send 'v' in generator.
        fn asend(cx; self_: Value<'h>, value: Value<'h>) -> Value<'h> {
            Ok(Step::alloc(cx, self_, What::Send, value))
        }
        /// athrow(value) -> raise exception in generator.
        call fn athrow(
            cx; self_: Slot, kind: Slot, value: Option<Slot> = None, traceback: Option<Slot> = None
        ) -> Slot {
            warn_of_parts(cx, "athrow", value.or(traceback))?;
            let cx: &Ctx = cx;
            let value = value.map(|value| cx.get(value)).filter(|value| !value.is_none());
            let given: Vec<_> = std::iter::once(cx.get(kind)).chain(value).collect();
            Ok(cx.root(Step::alloc(cx, cx.get(self_), What::Throw, cx.tuple(&given))))
        }
        /// aclose() -> raise GeneratorExit inside generator.
        fn aclose(cx; self_: Value<'h>) -> Value<'h> {
            Ok(Step::alloc(cx, self_, What::Close, Value::NONE))
        }
        /// The frame, until it is finished.
        get call fn ag_frame(cx; self_: Slot) -> Slot {
            Ok(of_generator(cx, self_).unwrap_or_else(|| cx.root(Value::NONE)))
        }
        /// The code.
        get fn ag_code(cx; self_: &'h Generator) -> Value<'h> {
            Ok(self_.function(cx).cast::<Function>().map_or(Value::NONE, |function| Value::of(function.code(cx))))
        }
        /// What it waits for.
        get fn ag_await(cx; self_: &'h Generator) -> Value<'h> { Ok(self_.delegate(cx).unwrap_or(Value::NONE)) }
        get fn ag_running(cx; self_: &'h Generator) -> bool {
            Ok(self_.is_in_step())
        }
        get fn ag_suspended(cx; self_: &'h Generator) -> bool {
            Ok(self_.state() == State::Suspended)
        }
        get fn __name__(cx; self_: &'h Generator) -> String {
            Ok(function_name(cx, self_, false))
        }
        get fn __qualname__(cx; self_: &'h Generator) -> String {
            Ok(function_name(cx, self_, true))
        }
    }
}

crate::natives! {
    /// Methods of their steps.
    pub static STEP = {
        /// Return an iterator to be used in await expression.
        fn __await__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Implement iter(self).
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            let none = cx.root(Value::NONE);
            send(cx, self_, none)
        }
        /// send(value) -> send 'value' into generator, return next yielded value or raise StopIteration.
        call fn send(cx; self_: Slot, value: Slot) -> Slot {
            send(cx, self_, value)
        }
        /// throw(value) -> raise exception in generator, return next yielded value or raise StopIteration.
        call fn throw(
            cx; self_: Slot, kind: Slot, value: Option<Slot> = None, traceback: Option<Slot> = None
        ) -> Slot {
            warn_of_parts(cx, "throw", value.or(traceback))?;
            let exception = exception_from(cx, kind, value)?;
            throw(cx, self_, exception)
        }
        /// close() -> raise GeneratorExit inside generator.
        call fn close(cx; self_: Slot) -> Slot {
            close(cx, self_)
        }
    }
}
