//! The attributes that exception classes define beside `args`.
//!
//! Most follow from the arguments and are computed when asked for; what was set by keyword or assignment lies in
//! [`Exception::details`].

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::object::HeapType;
use crate::types::dict::Dict;
use crate::types::exception::Exception;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Raises a built-in exception with a message and attributes.
#[cold]
pub fn raise<'h>(cx: &'h Ctx, class: Builtin, message: &str, attrs: &[(&str, Value<'h>)]) -> Raised {
    let args = Tuple::from_values(cx, &[cx.str(message)]);
    let exception = Exception::build(cx, class, args);
    for &(name, value) in attrs {
        set(cx, exception, name, value);
    }
    cx.raise_value(Value::of(exception))
}

/// Sets an attribute that the class defines.
pub fn set<'h>(cx: &'h Ctx, exception: &'h Exception, name: &str, value: Value<'h>) {
    if exception.details.get(cx).is_none() {
        let dict = Dict::alloc(cx);
        let guard = exception.header().write(cx);
        if exception.details.get(cx).is_none() {
            guard.set(&exception.details, Value::of(dict));
        }
    }
    if let Some(dict) = exception.details.get(cx).and_then(Value::cast::<Dict>) {
        dict.set_name(cx, cx.intern(name), value);
    }
}

/// Reads an attribute that the class defines; None the object if it was never given.
pub fn get<'h>(cx: &'h Ctx, exception: &'h Exception, name: &str) -> Value<'h> {
    let set = exception.details.get(cx).and_then(Value::cast::<Dict>).and_then(|d| d.get_name(cx, cx.intern(name)));
    set.unwrap_or_else(|| from_args(cx, exception, name))
}

/// Where attributes of a SyntaxError lie in its second argument.
const SYNTAX_FIELDS: [&str; 6] = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
/// Where attributes of a UnicodeError lie in its arguments; a UnicodeTranslateError has none for the encoding.
const UNICODE_FIELDS: [&str; 5] = ["encoding", "object", "start", "end", "reason"];

fn from_args<'h>(cx: &'h Ctx, exception: &'h Exception, name: &str) -> Value<'h> {
    let args = exception.args(cx);
    let arg = |index| args.get(cx, index).unwrap_or(Value::NONE);
    let is = |class| cx.is_instance(Value::of(exception), class);
    match name {
        "code" if args.len() > 1 => Value::of(args),
        "value" | "code" => arg(0),
        "errno" if args.len() >= 2 => arg(0),
        "strerror" if args.len() >= 2 => arg(1),
        "msg" if is(Builtin::ImportError) && args.len() != 1 => Value::NONE,
        "msg" | "message" => arg(0),
        _ if is(Builtin::SyntaxError) => {
            let place = SYNTAX_FIELDS.iter().position(|field| *field == name);
            place.and_then(|place| arg(1).cast::<Tuple>()?.get(cx, place)).unwrap_or(Value::NONE)
        }
        _ if is(Builtin::UnicodeTranslateError) => {
            UNICODE_FIELDS[1..].iter().position(|field| *field == name).map_or(Value::NONE, arg)
        }
        _ if is(Builtin::UnicodeError) => {
            UNICODE_FIELDS.iter().position(|field| *field == name).map_or(Value::NONE, arg)
        }
        _ => Value::NONE,
    }
}
