//! `_json`: what Lib's `json` reads and writes texts with.

mod encode;
mod encoder;
mod escape;
mod scan_string;
mod scanner;

use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::import::import_module;
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::types::str::Str;
use argil_interp::value::Value;

use encoder::Encoder;
use escape::Escape;
use scanner::Scanner;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_json", source: ModuleSource::Native { functions: FUNCTIONS, init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    let scanner = cx.define_native_class::<Scanner>(module, &NativeClass::nameless("Scanner", &[scanner::METHODS]));
    cx.define(module, "make_scanner", cx.get(scanner));
    let encoder = cx.define_native_class::<Encoder>(module, &NativeClass::nameless("Encoder", &[encoder::METHODS]));
    cx.define(module, "make_encoder", cx.get(encoder));
    Ok(())
}

/// The string in a slot; a TypeError for anything else.
fn text_of(cx: &Ctx, value: Slot) -> Res<&Str> {
    let value = cx.get(value);
    value.cast::<Str>().ok_or_else(|| {
        let got = cx.type_name(value);
        cx.type_error(format!("first argument must be a string, not {got}"))
    })
}

/// Raises a JSONDecodeError about the character `at` of a text.
#[cold]
fn raise_at(cx: &mut Ctx, message: &str, text: Slot, at: i64) -> Raised {
    let raise = |cx: &mut Ctx| -> Res<Raised> {
        let module = import_module(cx, "json.decoder")?;
        let name = cx.root(cx.intern("JSONDecodeError"));
        let class = attr::get_attr(cx, module, name)?;
        let (message, at) = (cx.root(cx.str(message)), cx.root(cx.int(at)));
        let error = cx.call(class, &[message, text, at])?;
        Ok(cx.raise_value(cx.get(error)))
    };
    match raise(cx) {
        Ok(raised) | Err(raised) => raised,
    }
}

fn quoted(cx: &Ctx, text: Slot, escape: Escape) -> Res<Value<'_>> {
    let text = text_of(cx, text)?.as_str();
    let mut out = String::new();
    escape.push(&mut out, text);
    Ok(cx.str(&out))
}

natives! {
    static FUNCTIONS = {
        /// Return a JSON representation of a string, with every character that is not ASCII escaped.
        call fn encode_basestring_ascii(cx; string: Slot) -> Slot {
            cx.with_memory(|cx| quoted(cx, string, Escape::Ascii).map(|value| cx.root(value)))?
        }

        /// Return a JSON representation of a string.
        call fn encode_basestring(cx; string: Slot) -> Slot {
            cx.with_memory(|cx| quoted(cx, string, Escape::Few).map(|value| cx.root(value)))?
        }

        /// Scan the string s for a JSON string.
        ///
        /// End is the index of the character in s after the quote that started the
        /// JSON string. Returns a tuple of the decoded string and the index of the
        /// character in s after the end quote.
        call fn scanstring(cx; string: Slot, end: i64, strict: bool = true) -> Slot {
            let text = text_of(cx, string)?;
            let Some(end) = usize::try_from(end).ok().filter(|end| *end <= text.len()) else {
                return Err(cx.value_error("end is out of bounds"));
            };
            let at = text.byte_offset(end);
            match scan_string::scan(text.as_str(), at, strict) {
                Ok((found, next)) => {
                    let next = text.char_index(next);
                    Ok(cx.root(cx.tuple(&[cx.str(&found), cx.uint(next as u64)])))
                }
                Err(wrong) => {
                    let begin = end as i64 - 1;
                    let at = wrong.at.map_or(begin, |at| text.char_index(at) as i64);
                    Err(wrong.raise(cx, string, at))
                }
            }
        }
    }
}
