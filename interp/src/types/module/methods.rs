//! Methods of modules.

use super::Module;
use crate::ctx::Slot;
use crate::names::Name;
use crate::natives;
use crate::types::dict::Dict;
use crate::value::Value;

natives! {
    /// Methods of modules.
    pub static METHODS = {
        /// Create a module object.
        static call fn __new__(cx; _cls: Slot; name: String; doc: Option<Slot> = None) -> Slot {
            let module = Module::alloc(cx, &name);
            if let Some(doc) = doc {
                module.names(cx).set_name(cx, cx.name(Name::__doc__), cx.get(doc));
            }
            Ok(cx.root(Value::of(module)))
        }
        /// The module's names.
        get fn __dict__(cx; self_: &'h Module) -> &'h Dict { Ok(self_.names(cx)) }
        /// Return repr(self).
        fn __repr__(cx; self_: &'h Module) -> String {
            let name = self_.name(cx).unwrap_or("?");
            let file = self_.names(cx).get_name(cx, cx.name(Name::__file__)).and_then(Value::as_str);
            Ok(match file {
                Some(file) => format!("<module '{name}' from '{file}'>"),
                None if cx.interp().config.library.iter().any(|def| def.name == name) || name == "builtins" => {
                    format!("<module '{name}' (built-in)>")
                }
                None => format!("<module '{name}'>"),
            })
        }
    }
}
