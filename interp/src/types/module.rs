//! Modules: a name space.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::heap::Tracer;
use crate::names::Name;
use crate::natives;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::{Birth, ShapeKind};
use crate::types::dict::Dict;
use crate::value::Value;

/// A module. Each has a shape of its own, so that inline caches can tell modules apart.
#[repr(C)]
pub struct Module {
    header: Header,
    name_space: Field,
}

// SAFETY: `repr(C)` with the header first; only `Module::alloc` makes objects of this kind.
unsafe impl HeapType for Module {
    const KIND: Kind = Kind::Module;

    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.name_space);
    }
}

impl Module {
    /// A module with a name and, for now, nothing else.
    pub fn alloc<'h>(cx: &'h Ctx, name: &str) -> &'h Module {
        let class = cx.class(Builtin::Module);
        let shape = cx.interp().root_shape(Value::of(class).word(), 0, ShapeKind::Root);
        let names = Dict::name_space(cx);
        names.set_name(cx, cx.intern("__name__"), cx.str(name));
        for unset in ["__doc__", "__package__", "__loader__", "__spec__"] {
            names.set_name(cx, cx.intern(unset), Value::NONE);
        }
        cx.alloc(Birth { shape, flags: 0 }, |header| Module { header, name_space: Field::new(Value::of(names)) })
    }

    /// The module's names.
    pub fn names<'h>(&'h self, cx: &'h Ctx) -> &'h Dict {
        self.name_space.get(cx).and_then(Value::cast::<Dict>).expect("a module has a name space")
    }

    /// The module's name, if it still is a string.
    pub fn name<'h>(&'h self, cx: &'h Ctx) -> Option<&'h str> {
        self.names(cx).get_name(cx, cx.intern("__name__"))?.as_str()
    }
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
