//! What CPython's `site` module adds to the built-in names: `exit` and `quit`, `help`, and texts that show themselves.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::library::NativeClass;
use crate::names::Name;
use crate::natives;
use crate::object::Field;
use crate::ops::attr;
use crate::options::Switch;
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

/// `help`.
struct Helper;

impl NativeData for Helper {}

/// A text that shows itself: `copyright`, `credits`, `license`.
struct Printer {
    text: &'static str,
}

impl NativeData for Printer {}

/// The texts, by name.
const TEXTS: [(&str, &str); 3] = [
    (
        "copyright",
        "Argil is its authors'. The library is Copyright (c) 2001 Python Software Foundation. All Rights Reserved.",
    ),
    ("credits", "Thanks to all who make Python, whose library Argil runs. See https://www.python.org for more."),
    ("license", "Argil: MIT or Apache-2.0. The library: PSF-2.0, see https://www.python.org/psf/license/"),
];

/// What a terminal's user types instead.
const END_OF_FILE: &str = "Ctrl-D (i.e. EOF)";

/// Defines the classes, in a module that is not the one that can be imported, and the objects.
pub fn define(cx: &Ctx, builtins: &Module) {
    if cx.interp().config.options.is_on(Switch::NoSite) {
        return;
    }
    let module = Module::alloc(cx, "_sitebuiltins");
    let module = cx.root(Value::of(module));
    cx.define_native_class::<Quitter>(module, &NativeClass::new("Quitter", &[METHODS]));
    cx.define_native_class::<Helper>(module, &NativeClass::new("_Helper", &[HELPER]));
    cx.define_native_class::<Printer>(module, &NativeClass::new("_Printer", &[PRINTER]));
    builtins.names(cx).set_name(cx, cx.intern("help"), cx.get(cx.new_of_native_class(Helper)));
    for (name, text) in TEXTS {
        builtins.names(cx).set_name(cx, cx.intern(name), cx.get(cx.new_of_native_class(Printer { text })));
    }
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

/// Calls a function of the library's module `pydoc`.
fn help(cx: &mut Ctx, request: Option<Slot>) -> Res<Slot> {
    let import = cx.interp().hooks.import_module;
    let pydoc = import(cx, "pydoc")?;
    let name = cx.root(cx.intern("help"));
    let function = attr::get_attr(cx, pydoc, name)?;
    cx.call(function, &request.into_iter().collect::<Vec<_>>())
}

natives! {
    static HELPER = {
        /// Shows what there is to know of an object, or asks what is wanted.
        call fn __call__(cx; self_: Slot, request: Option<Slot> = None) -> Slot {
            let _ = self_;
            help(cx, request)
        }
        /// Return repr(self).
        fn __repr__(cx; _self: Value<'h>) -> &'static str {
            Ok("Type help() for interactive help, or help(object) for help about object.")
        }
    }
}

natives! {
    static PRINTER = {
        /// Prints the text.
        call fn __call__(cx; self_: Slot) -> () {
            let text = cx.root(cx.str(cx.state::<Printer>(self_)?.text));
            let name = cx.root(cx.intern("print"));
            let builtins = cx.root(Value::of(cx.interp().builtins(cx)));
            let print = attr::get_attr(cx, builtins, name)?;
            cx.call(print, &[text]).map(|_| ())
        }
        /// Return repr(self).
        fn __repr__(cx; self_: Value<'h>) -> &'static str {
            Ok(self_.native::<Printer>().map_or("", |printer| printer.text))
        }
    }
}
