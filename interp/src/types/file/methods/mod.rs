//! The classes of files, and what their methods share.

pub mod base;
pub mod buffered;
pub mod bytes_io;
pub mod file_io;
pub mod newlines;
pub mod open;
pub mod pair;
pub mod path;
pub mod standard;
pub mod string_io;
pub mod text;

use std::io;
use std::sync::Arc;

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::object::{Header, HeapType};
use crate::ops::{attr, number, truth};
use crate::types::class::Class;
use crate::types::exception::{Exception, os_error};
use crate::types::file::turn::Who;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// `io.DEFAULT_BUFFER_SIZE`.
pub const DEFAULT_BUFFER_SIZE: usize = 128 * 1024;

/// Stands for the calling thread in a turn.
#[inline]
pub(crate) fn who(cx: &Ctx) -> Who {
    Who(Arc::as_ptr(cx.thread_state()) as usize as u64)
}

/// Calls a method of any object.
pub(crate) fn invoke(cx: &mut Ctx, object: Slot, name: &str, args: &[Slot]) -> Res<Slot> {
    cx.scope(|cx| {
        let method = get(cx, object, name)?;
        cx.call(method, args)
    })
}

/// Reads an attribute of any object.
pub(crate) fn get(cx: &mut Ctx, object: Slot, name: &str) -> Res<Slot> {
    cx.scope(|cx| {
        let name = cx.root(cx.intern(name));
        attr::get_attr(cx, object, name)
    })
}

/// Reads an attribute of any object that may have none of the name.
pub(crate) fn get_opt(cx: &mut Ctx, object: Slot, name: &str) -> Res<Option<Slot>> {
    cx.scope(|cx| {
        let name = cx.root(cx.intern(name));
        attr::get_attr_opt(cx, object, name)
    })
}

/// Sets an attribute of any object.
pub(crate) fn set(cx: &mut Ctx, object: Slot, name: &str, value: Slot) -> Res<()> {
    cx.scope(|cx| {
        let name = cx.root(cx.intern(name));
        attr::set_attr(cx, object, name, value)
    })
}

/// The truth of what a method or an attribute of an object gives.
pub(crate) fn is(cx: &mut Ctx, value: Res<Slot>) -> Res<bool> {
    let value = value?;
    truth::truth(cx, value)
}

/// Whether an object says that it is closed.
pub(crate) fn says_closed(cx: &mut Ctx, object: Slot) -> Res<bool> {
    let closed = get(cx, object, "closed");
    is(cx, closed)
}

/// An integer that fits, of what has `__index__`.
pub(crate) fn number(cx: &mut Ctx, value: Slot) -> Res<i64> {
    let index = number::index(cx, value)?;
    let number = cx.index(cx.get(index))?.to_i64();
    number.ok_or_else(|| cx.overflow_error("Python int too large to convert to C long"))
}

/// A number that may be missing or `None`.
pub(crate) fn optional(cx: &mut Ctx, value: Option<Slot>) -> Res<Option<i64>> {
    let Some(value) = value.filter(|value| !cx.get(*value).is_none()) else { return Ok(None) };
    let Some(index) = number::index_opt(cx, value)? else {
        let got = cx.type_name(cx.get(value));
        return Err(cx.type_error(format!("argument should be integer or None, not '{got}'")));
    };
    let number = cx.index(cx.get(index))?.to_i64();
    number.map(Some).ok_or_else(|| cx.overflow_error("cannot fit 'int' into an index-sized integer"))
}

/// A size as `read` and its likes take it: what is negative, missing or `None` is all there is.
pub(crate) fn size(cx: &mut Ctx, value: Option<Slot>) -> Res<Option<usize>> {
    Ok(optional(cx, value)?.and_then(|number| usize::try_from(number).ok()))
}

/// Raises an `io.UnsupportedOperation`.
#[cold]
pub(crate) fn unsupported(cx: &Ctx, message: &str) -> Raised {
    cx.raise(Builtin::UnsupportedOperation, message)
}

/// The ValueError of most operations of a closed file.
#[cold]
pub(crate) fn closed_error(cx: &Ctx) -> Raised {
    cx.value_error("I/O operation on closed file.")
}

/// The BlockingIOError of a write that was not completed. A script's method sets no number of the system's.
#[cold]
pub(crate) fn would_block(cx: &Ctx, by_system: bool, written: usize) -> Raised {
    let errno = if by_system { libc::EAGAIN } else { 0 };
    let text = cx.str("write could not complete without blocking");
    let args = Tuple::from_values(cx, &[cx.int(i64::from(errno)), text, cx.uint(written as u64)]);
    let exception = Exception::build(cx, Builtin::BlockingIOError, args);
    crate::types::exception::details::set(cx, exception, "characters_written", cx.uint(written as u64));
    cx.raise_value(Value::of(exception))
}

/// Raises an exception whose cause is another.
#[cold]
pub(crate) fn raise_from(cx: &Ctx, class: Builtin, message: &str, cause: Slot) -> Raised {
    let raised = cx.raise(class, message);
    let exception = cx.take_raised(raised);
    if let Some(exception) = exception.cast::<Exception>() {
        exception.cause.set_in(cx, exception.header(), cx.get(cause));
        exception.context.set_in(cx, exception.header(), cx.get(cause));
        exception.set_suppresses_context(true);
    }
    cx.raise_value(exception)
}

/// Whether an object is of a built-in class itself and of none that derives from it.
pub(crate) fn is_exactly(cx: &Ctx, value: Value<'_>, class: Builtin) -> bool {
    value.header().is_some_and(Header::is_exact) && cx.class_of(value).is(class)
}

/// What a new instance of a class (a slot, as `__new__` gets it) needs.
pub(crate) fn birth(cx: &Ctx, class: Slot) -> crate::shape::Birth {
    match cx.get(class).cast::<Class>() {
        Some(class) => class.birth().0,
        None => cx.class(Builtin::Object).birth().0,
    }
}

/// The state of an object of our own, or the TypeError of a method that was called on something else.
pub(crate) fn state<T: crate::types::native::NativeData>(cx: &Ctx, object: Slot, class: Builtin) -> Res<&T> {
    cx.get(object).native::<T>().ok_or_else(|| {
        let got = cx.type_name(cx.get(object));
        cx.type_error(format!("a '{}' object is required, not '{got}'", class.text()))
    })
}

/// A memoryview of a bytes-like object.
pub(crate) fn view(cx: &mut Ctx, object: Slot) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class(Builtin::MemoryView)));
    cx.call(class, &[object])
}

/// Does one thing after another, also when the first fails. If both fail, what the second raises has the first as its context.
pub(crate) fn both(
    cx: &mut Ctx,
    first: impl FnOnce(&mut Ctx) -> Res<()>,
    second: impl FnOnce(&mut Ctx) -> Res<()>,
) -> Res<()> {
    let Err(raised) = first(cx) else { return second(cx) };
    let earlier = cx.root(cx.take_raised(raised));
    match second(cx) {
        Ok(()) => Err(cx.raise_value(cx.get(earlier))),
        Err(raised) => {
            let later = cx.root(cx.take_raised(raised));
            let cx: &Ctx = cx;
            if let Some(later) = cx.get(later).cast::<Exception>()
                && !std::ptr::eq(later, cx.get(earlier).cast::<Exception>().unwrap_or(later))
            {
                later.context.set_in(cx, later.header(), cx.get(earlier));
            }
            Err(cx.raise_value(cx.get(later)))
        }
    }
}

/// Asks the system for something off the lock, again after a safepoint if that is interrupted.
pub(crate) fn ask<R>(cx: &mut Ctx, mut f: impl FnMut() -> io::Result<R>) -> Res<io::Result<R>> {
    loop {
        match cx.detached(&mut f) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => cx.poll()?,
            result => return Ok(result),
        }
    }
}

/// The same; what fails is an OSError.
pub(crate) fn ask_or_raise<R>(cx: &mut Ctx, f: impl FnMut() -> io::Result<R>) -> Res<R> {
    match ask(cx, f)? {
        Ok(result) => Ok(result),
        Err(error) => Err(os_error::raise(cx, &error, None)),
    }
}
