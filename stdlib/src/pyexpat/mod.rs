//! `pyexpat`: XML, read as expat reads it. The crate `argil-xml` reads; this shows its events to handlers.
//!
//! A parser belongs to one thread at a time: a second that parses meanwhile is refused, as a handler is that parses again.

mod constants;
mod dispatch;
mod handlers;
mod methods;
mod models;
mod state;

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Raised, Res, Slot};
use argil_interp::library::NativeClass;
use argil_interp::natives;
use argil_interp::ops::attr;
use argil_interp::types::dict::Dict;
use argil_interp::value::Value;
use argil_xml::{Code, Failure, Parser};

use state::{XmlParser, new_parser};

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "pyexpat", source: ModuleSource::Native { functions: FUNCTIONS, init } };

/// `ExpatError`.
struct ExpatError;

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    cx.define_exception::<ExpatError>(module, "xml.parsers.expat.ExpatError", Builtin::Exception);
    let tables = [handlers::HANDLERS, methods::METHODS, methods::ATTRIBUTES];
    let class = cx.define_native_class::<XmlParser>(module, &NativeClass::nameless("xmlparser", &tables));
    cx.define(module, "XMLParserType", cx.get(class));
    if let Some(class) = cx.own_class::<ExpatError>() {
        cx.define(module, "error", Value::of(class));
    }
    constants::define(cx, module);
    Ok(())
}

/// Raises what is wrong with a text.
#[cold]
fn raise(cx: &mut Ctx, failure: Failure) -> Raised {
    let (code, place) = (failure.code, failure.place);
    let message = format!("{}: line {}, column {}", code.words(), place.line, place.column);
    let raised = cx.raise_own::<ExpatError>(message);
    let exception = cx.root(cx.take_raised(raised));
    let attributes = [("code", code as u64), ("offset", place.column), ("lineno", place.line)];
    for (name, number) in attributes {
        let (name, number) = (cx.root(cx.intern(name)), cx.root(cx.uint(number)));
        if let Err(raised) = attr::set_attr(cx, exception, name, number) {
            return raised;
        }
    }
    cx.raise_value(cx.get(exception))
}

natives! {
    static FUNCTIONS = {
        /// Return a new XML parser object.
        call fn ParserCreate(
            cx; ; encoding: Option<String> = None, namespace_separator: Option<String> = None,
            intern: argil_interp::native::GivenSlot = argil_interp::native::GivenSlot(None)
        ) -> Slot {
            let separator = match namespace_separator.as_deref() {
                None => None,
                Some("") => Some('\0'),
                Some(text) if text.chars().count() == 1 => text.chars().next(),
                Some(_) => {
                    let message = "namespace_separator must be at most one character, omitted, or None";
                    return Err(cx.value_error(message));
                }
            };
            let intern = match intern.0 {
                None => Some(cx.root(Value::of(Dict::alloc(cx)))),
                Some(given) if cx.get(given).is_none() => None,
                Some(given) if cx.get(given).cast::<Dict>().is_some() => Some(given),
                Some(_) => return Err(cx.type_error("intern must be a dictionary")),
            };
            Ok(new_parser(cx, Parser::new(encoding, separator), intern))
        }

        /// Return the words for an error number.
        fn ErrorString(cx; code: i64) -> Option<&'static str> {
            let found = Code::ALL.iter().find(|(known, _)| *known as i64 == code);
            Ok(found.map(|(known, _)| known.words()))
        }
    }
}
