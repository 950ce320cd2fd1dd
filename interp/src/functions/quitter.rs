//! `exit` and `quit`: objects of a class of their own, as CPython's `site` module makes them.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::library::NativeClass;
use crate::names::Name;
use crate::natives;
use crate::object::Field;
use crate::ops::attr;
use crate::types::file::methods::standard::Standard;
use crate::types::module::Module;
use crate::types::native::{FieldOf, NativeData};
use crate::value::Value;

/// One of the two.
struct Quitter {
    /// Its name.
    name: Field,
}

impl NativeData for Quitter {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.name];
}

/// What a terminal's user types instead.
const END_OF_FILE: &str = "Ctrl-D (i.e. EOF)";

/// Defines the class, in a module of its own, and both objects.
pub fn define(cx: &Ctx, builtins: &Module) {
    let module = Module::alloc(cx, "_sitebuiltins");
    cx.interp().modules(cx).set_name(cx, cx.intern("_sitebuiltins"), Value::of(module));
    let module = cx.root(Value::of(module));
    cx.define_native_class::<Quitter>(module, &NativeClass::new("Quitter", &[METHODS]));
    for name in ["exit", "quit"] {
        let name = cx.intern(name);
        let quitter = cx.new_of_native_class(Quitter { name: Field::new(name) });
        builtins.names(cx).set_name(cx, name, cx.get(quitter));
    }
}

natives! {
    static METHODS = {
        /// Close standard input and raise SystemExit.
        call fn __call__(cx; ; self_: Slot, code: Option<Slot> = None) -> () {
            cx.state::<Quitter>(self_)?;
            let code = code.unwrap_or_else(|| cx.root(Value::NONE));
            let stdin = super::io::current(cx, Standard::In, Name::stdin);
            let close = cx.root(cx.intern("close"));
            let closed = attr::get_attr(cx, stdin, close).and_then(|close| cx.call(close, &[]));
            if let Err(raised) = closed {
                cx.take_raised(raised);
            }
            Err(cx.raise_with(Builtin::SystemExit, &[cx.get(code)]))
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> String {
            let name = self_.native::<Quitter>().and_then(|quitter| quitter.name.get(cx)?.as_str());
            Ok(format!("Use {}() or {END_OF_FILE} to exit", name.unwrap_or("exit")))
        }
        /// The name.
        get fn name(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Quitter>().map_or(Value::NONE, |quitter| quitter.name.get_or_none(cx)))
        }
        /// What ends the input of a terminal.
        get fn eof(cx; self_: Value<'h>) -> &'static str { Ok(END_OF_FILE) }
    }
}
