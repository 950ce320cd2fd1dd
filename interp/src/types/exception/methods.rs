//! Constructors, attributes and texts of the exception classes.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::native::NativeDef;
use crate::natives;
use crate::object::HeapType;
use crate::ops::attr;
use crate::ops::repr::{builtin_repr, repr, to_str};
use crate::types::class::Class;
use crate::types::exception::{Exception, details, group, os_error};
use crate::types::traceback::Traceback;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// Every exception class that has methods of its own.
pub static TABLE: &[(Builtin, &[&NativeDef])] = &[
    (Builtin::BaseException, METHODS),
    (Builtin::StopIteration, STOP_ITERATION),
    (Builtin::SystemExit, SYSTEM_EXIT),
    (Builtin::KeyError, KEY_ERROR),
    (Builtin::OSError, OS_ERROR),
    (Builtin::OSError, OS_ERROR_ATTRS),
    (Builtin::AttributeError, ATTRIBUTE_ERROR),
    (Builtin::NameError, NAME_ERROR),
    (Builtin::ImportError, IMPORT_ERROR),
    (Builtin::ImportError, IMPORT_ERROR_ATTRS),
    (Builtin::SyntaxError, SYNTAX_ERROR),
    (Builtin::SyntaxError, SYNTAX_ERROR_ATTRS),
    (Builtin::UnicodeDecodeError, super::unicode::TEXT),
    (Builtin::UnicodeEncodeError, super::unicode::TEXT),
    (Builtin::UnicodeTranslateError, super::unicode::TEXT),
    (Builtin::UnicodeError, UNICODE_ERROR_ATTRS),
    (Builtin::UnicodeError, super::unicode::BOUNDS),
    (Builtin::BaseExceptionGroup, group::METHODS),
];

macro_rules! attributes {
    ($($table:ident: $($name:ident)*;)*) => {
        $(natives! {
            static $table = {
                $(
                    get fn $name(cx; self_: &'h Exception) -> Value<'h> { Ok(details::get(cx, self_, stringify!($name))) }
                    set fn $name(cx; self_: &'h Exception, value: Value<'h> = Value::NONE) -> () {
                        details::set(cx, self_, stringify!($name), value);
                        Ok(())
                    }
                )*
            }
        })*
    };
}

attributes! {
    STOP_ITERATION: value;
    SYSTEM_EXIT: code;
    OS_ERROR_ATTRS: errno strerror filename filename2;
    ATTRIBUTE_ERROR: name obj;
    NAME_ERROR: name;
    IMPORT_ERROR_ATTRS: msg name path name_from;
    SYNTAX_ERROR_ATTRS: msg filename lineno offset text end_lineno end_offset print_file_and_line _metadata;
    UNICODE_ERROR_ATTRS: encoding object reason;
}

/// The attributes that a constructor takes by name.
fn keywords_of(cx: &Ctx, class: &Class) -> &'static [&'static str] {
    let takes = |builtin| class.is_subclass(cx, cx.class(builtin));
    match () {
        () if takes(Builtin::ImportError) => &["name", "path", "name_from"],
        () if takes(Builtin::AttributeError) => &["name", "obj"],
        () if takes(Builtin::NameError) => &["name"],
        () => &[],
    }
}

fn new_exception(cx: &mut Ctx, args: Slots, named: usize) -> Res<Slot> {
    let positional = args.take(args.len() - named).skip(1);
    let Some(class) = cx.get(args.get(0)).cast::<Class>() else {
        return Err(cx.type_error("BaseException.__new__(X): X is not a type object"));
    };
    let takes = |builtin| class.is_subclass(cx, cx.class(builtin));
    if takes(Builtin::BaseExceptionGroup) {
        return group::make(cx, args.get(0), positional);
    }
    let values: Vec<Value<'_>> = positional.iter().map(|slot| cx.get(slot)).collect();
    let about_files = takes(Builtin::OSError) && (3..=5).contains(&values.len());
    let mut birth = class.birth().0;
    if class.is(Builtin::OSError)
        && values.len() >= 2
        && let Some(errno) = values[0].as_small_int().and_then(|errno| i32::try_from(errno).ok())
    {
        birth = os_error::class_for(errno).into();
    }
    // The third argument of a BlockingIOError may be how much was written.
    let blocking = birth.shape == Builtin::BlockingIOError.shape();
    let written = values.get(2).copied().filter(|third| about_files && blocking && third.as_int().is_some());
    let about_files = about_files && written.is_none() && !values[2].is_none();
    let kept = if about_files { &values[..2] } else { &values[..] };
    let exception = Exception::build(cx, birth, Tuple::from_values(cx, kept));
    if let Some(written) = written {
        details::set(cx, exception, "characters_written", written);
    }
    if about_files {
        details::set(cx, exception, "filename", values[2]);
        if let Some(second) = values.get(4) {
            details::set(cx, exception, "filename2", *second);
        }
    }
    Ok(cx.root(Value::of(exception)))
}

fn init_exception(cx: &mut Ctx, args: Slots, names: Option<Slot>) -> Res<()> {
    let Some(exception) = cx.get(args.get(0)).cast::<Exception>() else {
        return Err(cx.type_error("descriptor '__init__' requires a 'BaseException' object"));
    };
    let class = cx.class_of(Value::of(exception));
    let names: Vec<&str> = match names.and_then(|names| cx.get(names).cast::<Tuple>()) {
        Some(names) => names.iter(cx).filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let accepted = keywords_of(cx, class);
    let positional = args.len() - names.len();
    for (i, name) in names.iter().enumerate() {
        if accepted.is_empty() {
            return Err(cx.type_error(format!("{}() takes no keyword arguments", class.name(cx))));
        }
        if !accepted.contains(name) {
            let message = format!("{}() got an unexpected keyword argument '{name}'", class.name(cx));
            return Err(cx.type_error(message));
        }
        details::set(cx, exception, name, cx.get(args.get(positional + i)));
    }
    let keeps_args = cx.is_instance(Value::of(exception), Builtin::OSError)
        || cx.is_instance(Value::of(exception), Builtin::BaseExceptionGroup);
    if !keeps_args {
        let values: Vec<Value<'_>> = args.take(positional).skip(1).iter().map(|slot| cx.get(slot)).collect();
        exception.args.set_in(cx, exception.header(), cx.tuple(&values));
    }
    check_place(cx, args.take(positional))?;
    super::unicode::check(cx, args.take(positional))
}

/// Looks at the place that the second argument of a SyntaxError names; anything else passes.
fn check_place(cx: &Ctx, args: Slots) -> Res<()> {
    if args.len() != 3 || !cx.is_instance(cx.get(args.get(0)), Builtin::SyntaxError) {
        return Ok(());
    }
    let Some(place) = cx.get(args.get(2)).cast::<Tuple>() else { return Ok(()) };
    match place.len() {
        given @ ..=3 => Err(cx.type_error(format!("function takes at least 4 arguments ({given} given)"))),
        4 | 6 | 7 => Ok(()),
        5 => Err(cx.type_error("end_offset must be provided when end_lineno is provided")),
        given => Err(cx.type_error(format!("function takes at most 7 arguments ({given} given)"))),
    }
}

/// `str(exception)` by its arguments alone.
fn text_of_args(cx: &mut Ctx, exception: Slot) -> Res<String> {
    let args = cx.root(args_of(cx, exception)?);
    match cx.get(args).cast::<Tuple>().map_or(0, Tuple::len) {
        0 => Ok(String::new()),
        1 => {
            let only = cx.root(cx.get(args).cast::<Tuple>().and_then(|args| args.get(cx, 0)).unwrap_or(Value::NONE));
            to_str(cx, only)
        }
        _ => repr(cx, args),
    }
}

fn args_of<'h>(cx: &'h Ctx, exception: Slot) -> Res<Value<'h>> {
    match cx.get(exception).cast::<Exception>() {
        Some(exception) => Ok(Value::of(exception.args(cx))),
        None => Err(cx.type_error("descriptor requires a 'BaseException' object")),
    }
}

pub(super) fn detail(cx: &Ctx, exception: Slot, name: &str) -> Slot {
    cx.root(cx.get(exception).cast::<Exception>().map_or(Value::NONE, |exception| details::get(cx, exception, name)))
}

/// An exception, or None, as `__cause__` and `__context__` take them.
fn check_link(cx: &Ctx, value: Value<'_>, what: &str) -> Res<()> {
    if value.is_none() || value.cast::<Exception>().is_some() {
        return Ok(());
    }
    Err(cx.type_error(format!("exception {what} must be None or derive from BaseException")))
}

fn check_traceback(cx: &Ctx, value: Value<'_>) -> Res<()> {
    if value.is_none() || value.native::<Traceback>().is_some() {
        return Ok(());
    }
    Err(cx.type_error("__traceback__ must be a traceback or None"))
}

natives! {
    /// Methods of `BaseException`.
    pub static METHODS = {
        /// Create and return a new object.
        static raw fn __new__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            let named = names.map_or(0, |names| crate::types::class::methods::keyword_count(cx, names));
            new_exception(cx, args, named)
        }
        /// Initialize self.
        raw fn __init__(cx, args) -> () {
            let (args, names) = args.into_slots(cx);
            init_exception(cx, args, names)
        }
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String { text_of_args(cx, self_) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            args_of(cx, self_)?;
            builtin_repr(cx, self_)
        }
        /// Set self.__traceback__ to tb and return self.
        fn with_traceback(cx; self_: &'h Exception, tb: Value<'h>) -> &'h Exception {
            check_traceback(cx, tb)?;
            self_.traceback.set_in(cx, self_.header(), tb);
            Ok(self_)
        }
        /// Add a note to the exception.
        call fn add_note(cx; self_: Slot, note: Slot) -> () {
            if cx.get(note).as_str().is_none() {
                let got = cx.type_name(cx.get(note));
                return Err(cx.type_error(format!("add_note() argument must be str, not {got}")));
            }
            crate::ops::note::add_note(cx, self_, note)
        }
        /// The arguments.
        get fn args(cx; self_: &'h Exception) -> &'h Tuple { Ok(self_.args(cx)) }
        /// Changes the arguments.
        set call fn args(cx; self_: Slot, value: Slot) -> () {
            let list = crate::ops::iter::collect(cx, value)?;
            let values = cx.get(list).cast::<crate::types::list::List>().map_or_else(Vec::new, |list| list.to_vec(cx));
            if let Some(exception) = cx.get(self_).cast::<Exception>() {
                exception.args.set_in(cx, exception.header(), cx.tuple(&values));
            }
            Ok(())
        }
        /// The exception that this one was raised from.
        get fn __cause__(cx; self_: &'h Exception) -> Value<'h> { Ok(self_.cause.get_or_none(cx)) }
        /// Changes the cause, which hides the context.
        set fn __cause__(cx; self_: &'h Exception, value: Value<'h>) -> () {
            check_link(cx, value, "cause")?;
            self_.cause.set_in(cx, self_.header(), value);
            self_.set_suppresses_context(true);
            Ok(())
        }
        /// The exception that was being handled when this one was raised.
        get fn __context__(cx; self_: &'h Exception) -> Value<'h> { Ok(self_.context.get_or_none(cx)) }
        /// Changes the context.
        set fn __context__(cx; self_: &'h Exception, value: Value<'h>) -> () {
            check_link(cx, value, "context")?;
            self_.context.set_in(cx, self_.header(), value);
            Ok(())
        }
        /// Whether the context is hidden.
        get fn __suppress_context__(cx; self_: &'h Exception) -> bool { Ok(self_.suppresses_context()) }
        /// Hides or shows the context.
        set fn __suppress_context__(cx; self_: &'h Exception, value: Value<'h>) -> () {
            if !value.is_bool() {
                return Err(cx.type_error("attribute value type must be bool"));
            }
            self_.set_suppresses_context(value == Value::bool(true));
            Ok(())
        }
        /// Where the exception passed.
        get fn __traceback__(cx; self_: &'h Exception) -> Value<'h> { Ok(self_.traceback.get_or_none(cx)) }
        /// Changes the traceback.
        set fn __traceback__(cx; self_: &'h Exception, value: Value<'h>) -> () {
            check_traceback(cx, value)?;
            self_.traceback.set_in(cx, self_.header(), value);
            Ok(())
        }
    }
}

natives! {
    /// Methods of `KeyError`.
    static KEY_ERROR = {
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String {
            let only = {
                let args = args_of(cx, self_)?.cast::<Tuple>();
                args.filter(|args| args.len() == 1).and_then(|args| args.get(cx, 0)).map(|only| cx.root(only))
            };
            match only {
                Some(only) => repr(cx, only),
                None => text_of_args(cx, self_),
            }
        }
    }
}

natives! {
    /// Methods of `OSError`.
    static OS_ERROR = {
        /// How much was written before the call would have blocked.
        get fn characters_written(cx; self_: &'h Exception) -> Value<'h> {
            match details::get(cx, self_, "characters_written") {
                written if written.is_none() => Err(cx.raise(Builtin::AttributeError, "characters_written")),
                written => Ok(written),
            }
        }
        set fn characters_written(cx; self_: &'h Exception, value: crate::types::int::Int<'h>) -> () {
            match value.to_i64() {
                Some(written) => details::set(cx, self_, "characters_written", cx.int(written)),
                None => return Err(cx.value_error("cannot fit 'int' into an index-sized integer")),
            }
            Ok(())
        }
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String {
            let [errno, strerror, filename, second] =
                ["errno", "strerror", "filename", "filename2"].map(|name| detail(cx, self_, name));
            if cx.get(errno).is_none() && cx.get(strerror).is_none() {
                return text_of_args(cx, self_);
            }
            let mut text = format!("[Errno {}] {}", to_str(cx, errno)?, to_str(cx, strerror)?);
            if !cx.get(filename).is_none() {
                text = format!("{text}: {}", repr(cx, filename)?);
            }
            if !cx.get(second).is_none() {
                text = format!("{text} -> {}", repr(cx, second)?);
            }
            Ok(text)
        }
    }
}

natives! {
    /// Methods of `ImportError`.
    static IMPORT_ERROR = {
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String {
            let message = detail(cx, self_, "msg");
            if cx.get(message).as_str().is_some() { to_str(cx, message) } else { text_of_args(cx, self_) }
        }
    }
}

natives! {
    /// Methods of `SyntaxError`.
    static SYNTAX_ERROR = {
        /// Return str(self).
        call fn __str__(cx; self_: Slot) -> String {
            let [message, filename, line] = ["msg", "filename", "lineno"].map(|name| detail(cx, self_, name));
            let message = to_str(cx, message)?;
            let filename = cx.get(filename).as_str().map(|path| path.rsplit('/').next().unwrap_or(path).to_owned());
            Ok(match (filename, cx.get(line).as_small_int()) {
                (Some(file), Some(line)) => format!("{message} ({file}, line {line})"),
                (Some(file), None) => format!("{message} ({file})"),
                (None, Some(line)) => format!("{message} (line {line})"),
                (None, None) => message,
            })
        }
    }
}

/// `str(exception)`, or what tracebacks show where that fails.
pub fn shown_text(cx: &mut Ctx, exception: Slot) -> String {
    match to_str(cx, exception) {
        Ok(text) => text,
        Err(raised) => {
            cx.take_raised(raised);
            "<exception str() failed>".to_owned()
        }
    }
}

/// The notes of an exception.
pub fn notes(cx: &mut Ctx, exception: Slot) -> Res<Option<Slot>> {
    let name = cx.root(cx.name(Name::__notes__));
    attr::get_attr_opt(cx, exception, name)
}
