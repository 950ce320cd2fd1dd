//! Methods of modules.

use super::Module;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::names::Name;
use crate::natives;
use crate::ops::{identity, repr};
use crate::types::dict::Dict;
use crate::types::function::is_callable;
use crate::value::Value;

fn names(cx: &Ctx, module: Slot) -> Option<&Dict> {
    Some(cx.get(module).cast::<Module>()?.names(cx))
}

natives! {
    /// Methods of modules.
    pub static METHODS = {
        /// Create a module object without any name in it.
        static raw fn __new__(cx, args) -> Slot {
            let module = Module::nameless(cx, args.class(cx));
            Ok(cx.root(Value::of(module)))
        }
        /// Put the names into a module that each has.
        fn __init__(cx; self_: &'h Module; name: &'h str, doc: Value<'h> = Value::NONE) -> () {
            self_.describe(cx, cx.str(name), doc);
            Ok(())
        }
        /// The names of the module, or what its own function of this name says.
        call fn __dir__(cx; self_: Slot) -> Slot {
            let own = names(cx, self_).and_then(|names| names.get_name(cx, cx.name(Name::__dir__)));
            match own {
                Some(own) => {
                    let own = cx.root(own);
                    cx.call(own, &[])
                }
                None => Ok(cx.root(Value::of(identity::names_of_object(cx, cx.get(self_))))),
            }
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
        set fn __annotations__(cx; self_: &'h Module, value: Option<Value<'h>> = None) -> () {
            let (names, key) = (self_.names(cx), cx.name(Name::__annotations__));
            match value {
                Some(value) => names.set_name(cx, key, value),
                // A name is looked for without running script code.
                None if !matches!(names.remove(cx, key), Ok(Some(_))) => {
                    return Err(cx.raise(Builtin::AttributeError, "__annotations__"));
                }
                None => {}
            }
            let _ = names.remove(cx, cx.name(Name::__annotate__));
            Ok(())
        }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String { repr::builtin_repr(cx, self_) }
    }
}
