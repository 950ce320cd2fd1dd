//! Methods of modules.

use super::Module;
use crate::ctx::{Ctx, Slot};
use crate::names::Name;
use crate::natives;
use crate::types::dict::Dict;
use crate::types::function::is_callable;
use crate::value::Value;

fn names(cx: &Ctx, module: Slot) -> Option<&Dict> {
    Some(cx.get(module).cast::<Module>()?.names(cx))
}

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
        /// The annotations of the module's names: computed once, by the function that the compiler left in the module.
        get call fn __annotations__(cx; self_: Slot) -> Slot {
            let key = cx.root(cx.name(Name::__annotations__));
            let known = names(cx, self_).and_then(|names| names.get_name(cx, cx.get(key)));
            if let Some(known) = known {
                return Ok(cx.root(known));
            }
            let annotate = names(cx, self_).and_then(|names| names.get_name(cx, cx.name(Name::__annotate__)));
            let annotations = match annotate.filter(|annotate| is_callable(cx, *annotate)) {
                Some(annotate) => {
                    let (annotate, format) = (cx.root(annotate), cx.root(cx.int(1)));
                    cx.call(annotate, &[format])?
                }
                None => cx.root(Value::of(Dict::alloc(cx))),
            };
            if let Some(names) = names(cx, self_) {
                names.set_name(cx, cx.get(key), cx.get(annotations));
            }
            Ok(annotations)
        }
        /// Changes the annotations.
        set fn __annotations__(cx; self_: &'h Module, value: Value<'h>) -> () {
            self_.names(cx).set_name(cx, cx.name(Name::__annotations__), value);
            Ok(())
        }
        /// Return repr(self).
        fn __repr__(cx; self_: &'h Module) -> String {
            let name = self_.name(cx).unwrap_or("?");
            let file = self_.names(cx).get_name(cx, cx.name(Name::__file__)).and_then(Value::as_str);
            Ok(match file {
                Some(file) => format!("<module '{name}' from '{file}'>"),
                None if cx.interp().config.library.has(name) || name == "builtins" => {
                    format!("<module '{name}' (built-in)>")
                }
                None => format!("<module '{name}'>"),
            })
        }
    }
}
