//! Coroutines: what can be awaited, and their methods.

use argil_compiler::opcode::Opcode;

use super::{close, finish, function_name, throw};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::native_of_fields;
use crate::object::Field;
use crate::ops::attr::call_special;
use crate::ops::iter::is_iterator;
use crate::types::frame::access::of_generator;
use crate::types::function::Function;
use crate::types::generator::{Flavour, Generator, State};
use crate::types::native::Native;
use crate::value::Value;

/// What is awaited: the third operand of `GetAwaitable`.
const WHERE: [&str; 3] = ["", "__aenter__", "__aexit__"];

/// Whether a value is a coroutine.
fn is_coroutine(value: Value<'_>) -> bool {
    value.cast::<Generator>().is_some_and(|generator| generator.flavour() == Flavour::Coroutine)
}

/// Whether a value is a generator that `types.coroutine` has marked.
fn is_awaitable_generator(cx: &Ctx, value: Value<'_>) -> bool {
    let function = value.cast::<Generator>().and_then(|generator| generator.function(cx).cast::<Function>());
    function.is_some_and(|function| function.code(cx).source().flags.awaitable)
}

/// An iterator over what awaiting a value yields: the value itself if it is a coroutine, otherwise what `__await__` returns.
///
/// # Errors
/// TypeError if it cannot be awaited; RuntimeError if it is a coroutine that something awaits already; what `__await__` raises.
pub(super) fn awaitable(cx: &mut Ctx, value: Slot, place: usize) -> Res<Slot> {
    if is_coroutine(cx.get(value)) {
        let waits_at = cx.get(value).cast::<Generator>().and_then(Generator::waits_at);
        if waits_at.is_some_and(|instr| instr.opcode() == Some(Opcode::YieldFrom)) {
            return Err(cx.runtime_error("coroutine is being awaited already"));
        }
        return Ok(value);
    }
    if is_awaitable_generator(cx, cx.get(value)) {
        return Ok(value);
    }
    let Some(iterator) = call_special(cx, value, Name::__await__, &[])? else {
        let name = cx.type_name(cx.get(value));
        return Err(cx.type_error(match WHERE.get(place) {
            Some(method) if !method.is_empty() => {
                format!("'async with' received an object from {method} that does not implement __await__: {name}")
            }
            _ => format!("'{name}' object can't be awaited"),
        }));
    };
    if is_coroutine(cx.get(iterator)) || is_awaitable_generator(cx, cx.get(iterator)) {
        return Err(cx.type_error("__await__() returned a coroutine"));
    }
    if !is_iterator(cx, cx.get(iterator)) {
        let name = cx.type_name(cx.get(iterator));
        return Err(cx.type_error(format!("__await__() returned non-iterator of type '{name}'")));
    }
    Ok(iterator)
}

/// What `__await__` of a coroutine returns: an iterator that drives it.
pub struct Wrapper {
    coroutine: Field,
}

native_of_fields! { Wrapper { coroutine } }

fn coroutine_of(cx: &Ctx, wrapper: Slot) -> Res<Slot> {
    Ok(cx.root(cx.state::<Wrapper>(wrapper)?.coroutine.get_or_none(cx)))
}

crate::natives! {
    /// Methods of coroutines.
    pub static METHODS = {
        /// send(arg) -> send 'arg' into coroutine, return next yielded value or raise StopIteration.
        call fn send(cx; self_: Slot, value: Slot) -> Slot {
            finish(cx, self_, value, None)
        }
        /// throw(value) -> raise exception in coroutine, return next iterated value or raise StopIteration.
        call fn throw(
            cx; self_: Slot, kind: Slot, value: Option<Slot> = None, traceback: Option<Slot> = None
        ) -> Slot {
            throw(cx, self_, kind, value, traceback)
        }
        /// close() -> raise GeneratorExit inside coroutine.
        call fn close(cx; self_: Slot) -> Slot {
            close(cx, self_)
        }
        /// Return an iterator to be used in await expression.
        fn __await__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(Native::alloc(cx, Builtin::CoroutineWrapper, Wrapper { coroutine: Field::of(cx.root(self_)) }))
        }
        /// The frame, until it is finished.
        get call fn cr_frame(cx; self_: Slot) -> Slot {
            Ok(of_generator(cx, self_).unwrap_or_else(|| cx.root(Value::NONE)))
        }
        /// The code.
        get fn cr_code(cx; self_: &'h Generator) -> Value<'h> {
            Ok(self_.function(cx).cast::<Function>().map_or(Value::NONE, |function| Value::of(function.code(cx))))
        }
        /// What it waits for.
        get fn cr_await(cx; self_: &'h Generator) -> Value<'h> { Ok(self_.delegate(cx).unwrap_or(Value::NONE)) }
        /// Where it was made, if that is recorded.
        get fn cr_origin(cx; self_: &'h Generator) -> Value<'h> {
            let _ = (cx, self_);
            Ok(Value::NONE)
        }
        get fn cr_running(cx; self_: &'h Generator) -> bool {
            Ok(self_.state() == State::Running)
        }
        get fn cr_suspended(cx; self_: &'h Generator) -> bool {
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
    /// Methods of their iterators.
    pub static WRAPPER = {
        /// Implement iter(self).
        fn __iter__(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_)
        }
        /// Implement next(self).
        call fn __next__(cx; self_: Slot) -> Slot {
            let (coroutine, none) = (coroutine_of(cx, self_)?, cx.root(Value::NONE));
            finish(cx, coroutine, none, None)
        }
        /// send(arg) -> send 'arg' into coroutine, return next yielded value or raise StopIteration.
        call fn send(cx; self_: Slot, value: Slot) -> Slot {
            let coroutine = coroutine_of(cx, self_)?;
            finish(cx, coroutine, value, None)
        }
        /// throw(value) -> raise exception in coroutine, return next iterated value or raise StopIteration.
        call fn throw(
            cx; self_: Slot, kind: Slot, value: Option<Slot> = None, traceback: Option<Slot> = None
        ) -> Slot {
            let coroutine = coroutine_of(cx, self_)?;
            throw(cx, coroutine, kind, value, traceback)
        }
        /// close() -> raise GeneratorExit inside coroutine.
        call fn close(cx; self_: Slot) -> Slot {
            let coroutine = coroutine_of(cx, self_)?;
            close(cx, coroutine)
        }
    }
}
