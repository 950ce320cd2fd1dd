//! Modules: a name space.

pub mod methods;

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::heap::Tracer;
use crate::object::{Field, Header, HeapType, Kind};
use crate::shape::{Birth, ShapeKind};
use crate::types::class::Class;
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
        let module = Module::nameless(cx, cx.class(Builtin::Module));
        module.describe(cx, cx.str(name), Value::NONE);
        module
    }

    /// A module of a class, without any name in it.
    pub fn nameless<'h>(cx: &'h Ctx, class: &'h Class) -> &'h Module {
        let shape = cx.interp().root_shape(Value::of(class).word(), 0, ShapeKind::Root);
        let (names, flags) = (Dict::name_space(cx), class.birth().0.flags);
        cx.alloc(Birth { shape, flags }, |header| Module { header, name_space: Field::new(Value::of(names)) })
    }

    /// Puts the names into it that each module has.
    pub fn describe<'h>(&'h self, cx: &'h Ctx, name: Value<'h>, doc: Value<'h>) {
        let names = self.names(cx);
        names.set_name(cx, cx.intern("__name__"), name);
        names.set_name(cx, cx.intern("__doc__"), doc);
        for unset in ["__package__", "__loader__", "__spec__"] {
            names.set_name(cx, cx.intern(unset), Value::NONE);
        }
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
