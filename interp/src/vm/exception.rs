//! Raising, handling, context managers.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::state::State;
use super::unwind;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::ops::exception_group;
use crate::types::class::Class;
use crate::types::exception::Exception;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// Whether a value is an exception, or a class of exceptions.
pub(crate) fn can_be_raised(cx: &Ctx, value: Value<'_>) -> bool {
    let class = value.cast::<Class>().unwrap_or_else(|| cx.class_of(value));
    class.is_subclass(cx, cx.class(Builtin::BaseException))
}

/// How the class of a value is shown.
fn class_repr(cx: &Ctx, value: Value<'_>) -> String {
    format!("<class '{}'>", crate::types::class::dotted_name(cx, cx.class_of(value)))
}

/// The exception object that `raise value` means: an instance, or a class that is called.
pub(crate) fn exception_of(cx: &mut Ctx, value: Slot) -> Res<Slot> {
    if cx.get(value).cast::<Exception>().is_some() {
        return Ok(value);
    }
    if !can_be_raised(cx, cx.get(value)) {
        return Err(cx.type_error("exceptions must derive from BaseException"));
    }
    let made = cx.call(value, &[])?;
    if cx.get(made).cast::<Exception>().is_none() {
        let text = format!(
            "calling {} should have returned an instance of BaseException, not {}",
            crate::ops::repr::repr(cx, value)?,
            class_repr(cx, cx.get(made))
        );
        return Err(cx.type_error(text));
    }
    Ok(made)
}

/// Raises what a `raise` statement names: also if it was raised before, its context is what is being handled now.
fn raise_slot(cx: &Ctx, exception: Slot) -> Raised {
    let raised = cx.raise_value(cx.get(exception));
    if let Some(handled) = cx.handled_exception() {
        unwind::set_context(cx, handled);
    }
    raised
}

#[inline(always)]
fn leave<D: Dispatch>(s: State, result: Res<Word>) -> D::Out {
    match result {
        Ok(_) => unreachable!("raising does not succeed"),
        Err(raised) => s.raise::<D>(raised),
    }
}

#[inline(always)]
pub(super) fn Raise<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let value = s.root(i.a());
        let exception = exception_of(s.cx_mut(), value)?;
        Err(raise_slot(s.cx(), exception))
    });
    leave::<D>(s, result)
}

#[inline(always)]
pub(super) fn RaiseFrom<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let (value, cause) = (s.root(i.a()), s.root(i.b()));
        let cx = s.cx_mut();
        let exception = exception_of(cx, value)?;
        let cause = if cx.get(cause).is_none() {
            None
        } else {
            let is_valid = cx.get(cause).cast::<Exception>().is_some() || cx.get(cause).cast::<Class>().is_some();
            if !is_valid {
                return Err(cx.type_error("exception causes must derive from BaseException"));
            }
            Some(exception_of(cx, cause)?)
        };
        let cx = &*cx;
        if let Some(object) = cx.get(exception).cast::<Exception>() {
            let header = crate::types::header_of(object);
            match cause {
                Some(cause) => object.cause.set_in(cx, header, cx.get(cause)),
                None => object.cause.clear(&header.write(cx)),
            }
            object.set_suppresses_context(true);
        }
        Err(raise_slot(cx, exception))
    });
    leave::<D>(s, result)
}

#[inline(always)]
pub(super) fn RaiseCurrent<D: Dispatch>(s: State, _i: Instr) -> D::Out {
    s.save();
    let cx = s.cx();
    match cx.handled_exception() {
        Some(exception) => {
            let _ = cx.raise_value(exception);
            unwind::propagate::<D>(s, false)
        }
        None => {
            let raised = cx.runtime_error("No active exception to reraise");
            s.raise::<D>(raised)
        }
    }
}

#[inline(always)]
pub(super) fn Reraise<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.save();
    let _ = s.cx().raise_value(s.value(i.a()));
    unwind::propagate::<D>(s, false)
}

#[inline(always)]
pub(super) fn EnterHandler<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    s.set(i.a() + 1, cx.handled.load());
    cx.handled.store(s.get(i.a()));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn LeaveHandler<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.cx().handled.store(s.get(i.a() + 1));
    D::go(s.next())
}

/// Whether an exception matches what an `except` clause names: a class, or a tuple of classes.
pub(crate) fn matches(cx: &Ctx, exception: Value<'_>, wanted: Value<'_>) -> Res<bool> {
    let base = cx.class(Builtin::BaseException);
    let matches_one = |wanted: Value<'_>| match wanted.cast::<Class>().filter(|class| class.is_subclass(cx, base)) {
        Some(class) => Ok(cx.class_of(exception).is_subclass(cx, class)),
        None => Err(cx.type_error("catching classes that do not inherit from BaseException is not allowed")),
    };
    let Some(tuple) = wanted.cast::<Tuple>() else { return matches_one(wanted) };
    // All are checked, also those behind one that matches.
    let answers: Vec<bool> = tuple.iter(cx).map(matches_one).collect::<Res<_>>()?;
    Ok(answers.contains(&true))
}

#[inline(always)]
pub(super) fn MatchException<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| matches(s.cx(), s.value(i.b()), s.value(i.c())).map(Word::bool));
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn SplitException<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let (exception, classes) = (s.root(i.b()), s.root(i.c()));
        let parts = exception_group::split_for_clause(s.cx_mut(), exception, classes)?;
        for (at, part) in [parts.0, parts.1].into_iter().enumerate() {
            s.set(i.a() + at as u16, part.map_or(Word::NONE, |part| s.cx().get(part).word()));
        }
        Ok(())
    });
    s.finish_unit::<D>(result)
}

#[inline(always)]
pub(super) fn JoinExceptions<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let (original, results) = (s.root(i.b()), s.root(i.c()));
        let left = exception_group::left_over(s.cx_mut(), original, results)?;
        Ok(left.unwrap_or_else(|| s.cx().root(Value::NONE)))
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn PrepareWith<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let manager = s.root(i.b());
        let is_async = i.x() != 0;
        let [exit, enter] = if is_async { ASYNC_METHODS } else { METHODS };
        let exit = special_method(s.cx_mut(), manager, exit, is_async)?;
        let enter = special_method(s.cx_mut(), manager, enter, is_async)?;
        for (at, slot) in [exit.0, exit.1, enter.0, enter.1].into_iter().enumerate() {
            let word = slot.map_or(Word::UNSET, |slot| s.cx().get(slot).word());
            s.set(i.a() + at as u16, word);
        }
        Ok(())
    });
    s.finish_unit::<D>(result)
}

/// The methods of the context manager protocol, in the order in which they are looked for.
const METHODS: [Name; 2] = [Name::__exit__, Name::__enter__];
/// Those of the asynchronous one.
const ASYNC_METHODS: [Name; 2] = [Name::__aexit__, Name::__aenter__];

/// A method of the context manager protocol, ready for `CallMethod`: the function and its receiver.
fn special_method(cx: &mut Ctx, manager: Slot, name: Name, is_async: bool) -> Res<(Option<Slot>, Option<Slot>)> {
    let found = {
        let cx = &*cx;
        crate::ops::attr::find_special(cx, cx.get(manager), name)
            .map(|f| (cx.root(f), crate::types::function::is_method(f)))
    };
    let Some((function, plain)) = found else {
        let cx = &*cx;
        let (class, missed) = (cx.class_of(cx.get(manager)), name.as_str());
        let qualname = class.qualname.get(cx).and_then(Value::as_str).unwrap_or_else(|| class.name(cx));
        let module = class.names(cx).get_name(cx, cx.name(Name::__module__)).and_then(Value::as_str);
        let shown = match module {
            Some(module) if !matches!(module, "builtins" | "__main__") => format!("{module}.{qualname}"),
            _ => qualname.to_owned(),
        };
        let others = if is_async { METHODS } else { ASYNC_METHODS };
        let has_others = others.into_iter().all(|name| class.lookup(cx, cx.name(name)).is_some());
        let (protocol, hint) = match (is_async, has_others) {
            (false, true) => {
                ("", " but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?")
            }
            (false, false) => ("", ""),
            (true, true) => {
                ("asynchronous ", " but it supports the context manager protocol. Did you mean to use 'with'?")
            }
            (true, false) => ("asynchronous ", ""),
        };
        let message = format!(
            "'{shown}' object does not support the {protocol}context manager protocol (missed {missed} method){hint}"
        );
        return Err(cx.type_error(message));
    };
    if plain {
        return Ok((Some(function), Some(manager)));
    }
    let name = cx.root(cx.name(name));
    Ok((Some(crate::ops::attr::get_attr(cx, manager, name)?), None))
}

#[inline(always)]
pub(super) fn ExceptionTriple<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    let value = s.value(i.b());
    let traceback = value.cast::<Exception>().and_then(|e| e.traceback.get(cx)).unwrap_or(Value::NONE);
    let class = Value::of(cx.class_of(value));
    s.set(i.a(), class.word());
    s.set(i.a() + 1, value.word());
    s.set(i.a() + 2, traceback.word());
    D::go(s.next())
}
