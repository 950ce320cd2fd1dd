//! The constructor, and methods that turn strings into something else.

use super::Str;
use argil_compiler::surrogate;

use crate::builtin::Builtin;
use crate::codecs;
use crate::ctx::{Ctx, Res, Slot};
use crate::memory;
use crate::native::{Args, GivenSlot, GivenText, receiver};
use crate::natives;
use crate::object::Kind;
use crate::ops::format::template::{self, Fields};
use crate::ops::{item, repr};
use crate::types::bytearray::ByteArray;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::value::Value;

/// `str(object, encoding, errors)`: a TypeError unless the object holds bytes.
fn decoded(cx: &mut Ctx, object: Slot, encoding: Option<&str>, errors: Option<&str>) -> Res<Slot> {
    if cx.get(object).as_str().is_some() {
        return Err(cx.type_error("decoding str is not supported"));
    }
    if ByteArray::look(cx.get(object), |_| ()).is_none() {
        let class = cx.type_name(cx.get(object));
        return Err(cx.type_error(format!("decoding to str: need a bytes-like object, {class} found")));
    }
    codecs::decode(cx, object, encoding.unwrap_or("utf-8"), errors)
}

/// A string argument of `str()`.
fn text_arg(cx: &Ctx, name: &str, arg: Option<Slot>) -> Res<Option<String>> {
    let Some(arg) = arg else { return Ok(None) };
    match cx.get(arg).as_str() {
        Some(text) => Ok(Some(text.to_owned())),
        None => {
            let class = cx.type_name(cx.get(arg));
            Err(cx.type_error(format!("str() argument '{name}' must be str, not {class}")))
        }
    }
}

/// A string object of a class, which is `str` or derives from it.
fn of_class(cx: &mut Ctx, class: Slot, text: Slot) -> Slot {
    let cx: &Ctx = cx;
    match (cx.get(class).cast::<Class>(), cx.get(text).as_str()) {
        (Some(class), Some(text)) if !class.is(Builtin::Str) => {
            cx.root(Value::of(Str::build(cx, class.birth().0, text)))
        }
        _ => text,
    }
}

/// Appends what a translation table has for a character.
fn push_translated(cx: &mut Ctx, out: &mut String, table: Slot, c: char) -> Res<()> {
    let code = cx.int(i64::from(surrogate::code_of(c)));
    let found = match cx.get(table).cast::<Dict>().map(|dict| dict.get(cx, code)) {
        Some(Ok(None)) if cx.class_of(cx.get(table)).is(Builtin::Dict) => {
            out.push(c);
            return Ok(());
        }
        Some(Ok(Some(value))) => cx.root(value),
        _ => {
            let code = cx.root(code);
            match item::get_item(cx, table, code) {
                Ok(value) => value,
                Err(raised) => {
                    cx.catch(raised, Builtin::LookupError)?;
                    out.push(c);
                    return Ok(());
                }
            }
        }
    };
    let value = cx.get(found);
    if value.is_none() {
        return Ok(());
    }
    if let Some(text) = value.as_str() {
        memory::reserve_text(out, text.len());
        out.push_str(text);
        return Ok(());
    }
    let Some(code) = value.as_int() else {
        return Err(cx.type_error("character mapping must return integer, None or str"));
    };
    match code.to_i64().and_then(|code| u32::try_from(code).ok()).and_then(surrogate::char_of) {
        Some(c) => {
            out.push(c);
            Ok(())
        }
        None => Err(cx.value_error("character mapping must be in range(0x110000)")),
    }
}

/// Adds an entry to a translation table.
fn bind<'h>(cx: &'h Ctx, table: &'h Dict, code: Value<'h>, to: Value<'h>) {
    let bound = table.set(cx, code, to);
    debug_assert!(bound.is_ok(), "numbers hash without script code");
}

/// The table of `str.maketrans(dict)`: string keys become numbers.
fn table_from_dict<'h>(cx: &'h Ctx, dict: &'h Dict) -> Res<Value<'h>> {
    let table = Dict::alloc(cx);
    for (key, value) in dict.iter(cx) {
        let code = match key.as_str() {
            Some(text) => {
                let mut chars = text.chars();
                match (chars.next(), chars.next()) {
                    (Some(c), None) => cx.int(i64::from(surrogate::code_of(c))),
                    _ => return Err(cx.value_error("string keys in translatetable must be of length 1")),
                }
            }
            None if key.as_int().is_some() => key,
            None => return Err(cx.type_error("keys in translate table must be strings or integers")),
        };
        bind(cx, table, code, value);
    }
    Ok(Value::of(table))
}

natives! {
    /// The methods.
    pub static METHODS = {
        /// Create a string from an object, or from bytes in an encoding.
        static call fn __new__(
            cx; cls: Slot;
            object: GivenSlot = GivenSlot(None), encoding: Option<Slot> = None, errors: Option<Slot> = None
        ) -> Slot {
            let (encoding, errors) = (text_arg(cx, "encoding", encoding)?, text_arg(cx, "errors", errors)?);
            let text = match object.0 {
                Some(object) if encoding.is_some() || errors.is_some() => {
                    decoded(cx, object, encoding.as_deref(), errors.as_deref())?
                }
                Some(object) => repr::to_str_value(cx, object)?,
                None => cx.root(cx.str("")),
            };
            Ok(of_class(cx, cls, text))
        }

        /// Encode the string using the codec registered for encoding.
        call fn encode(
            cx; self_: Slot; encoding: GivenText = GivenText(None), errors: GivenText = GivenText(None)
        ) -> Slot {
            receiver::<Str>(cx, self_, "encode")?;
            codecs::encode(cx, self_, encoding.0.as_deref().unwrap_or("utf-8"), errors.0.as_deref())
        }

        /// Return the string with its replacement fields filled from the arguments.
        raw fn format(cx, args) -> Slot {
            format(cx, args)
        }

        /// Return the string with its replacement fields filled from a mapping.
        call fn format_map(cx; self_: String, mapping: Slot) -> String {
            template::fill(cx, &self_, Fields::Mapping(mapping))
        }

        /// Replace each character by what the table has for it.
        call fn translate(cx; self_: String, table: Slot) -> String {
            let mut out = memory::text(self_.len());
            for c in self_.chars() {
                cx.scope(|cx| push_translated(cx, &mut out, table, c))?;
            }
            Ok(out)
        }

        /// Return a translation table.
        static fn maketrans(
            cx; x: Value<'h>, y: Option<&'h Str> = None, z: Option<&'h str> = None
        ) -> Value<'h> {
            let Some(y) = y else {
                return match x.cast::<Dict>() {
                    Some(dict) => table_from_dict(cx, dict),
                    None => {
                        Err(cx.type_error("if you give only one argument to maketrans it must be a dict"))
                    }
                };
            };
            let Some(x) = x.cast::<Str>() else {
                return Err(cx.type_error("first maketrans argument must be a string if there is a second argument"));
            };
            if x.len() != y.len() {
                return Err(cx.value_error("the first two maketrans arguments must have equal length"));
            }
            let table = Dict::alloc(cx);
            let code = |c: char| cx.int(i64::from(surrogate::code_of(c)));
            for (from, to) in x.as_str().chars().zip(y.as_str().chars()) {
                bind(cx, table, code(from), code(to));
            }
            for c in z.unwrap_or("").chars() {
                bind(cx, table, code(c), Value::NONE);
            }
            Ok(Value::of(table))
        }

        /// What pickling passes to the constructor.
        fn __getnewargs__(cx; self_: &'h str) -> Value<'h> {
            Ok(cx.tuple(&[cx.str(self_)]))
        }
    }
}

/// `template.format(...)`.
fn format(cx: &mut Ctx, args: Args) -> Res<Slot> {
    let given = args.positional(cx);
    let (slots, names) = args.into_slots(cx);
    let receiver = if given > 0 { cx.get(slots.get(0)) } else { Value::NONE };
    if receiver.kind() != Some(Kind::Str) {
        return Err(cx.type_error("unbound method str.format() needs an argument"));
    }
    let text = receiver.as_str().unwrap_or("").to_owned();
    let fields = Fields::Args { positional: slots.take(given).skip(1), named: slots.skip(given), names };
    let text = template::fill(cx, &text, fields)?;
    Ok(cx.root(cx.str(&text)))
}
