//! Puts tables of native functions into classes and modules.

use super::{NativeDef, NativeKind};
use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::types::class::Class;
use crate::types::descriptor::{ClassMethod, GetSet, StaticMethod};
use crate::types::function::NativeFunction;
use crate::types::module::Module;
use crate::value::Value;

/// Puts native methods and attributes into a class.
pub fn define_methods<'h>(cx: &'h Ctx, class: &'h Class, methods: &[&'static NativeDef]) {
    let owner = Value::of(class);
    for def in methods {
        let name = cx.intern(def.name());
        let function = |kind| NativeFunction::alloc(cx, kind, def, Some(owner));
        let value = match def.kind {
            NativeKind::Function | NativeKind::Wrapper => function(Builtin::MethodDescriptor),
            NativeKind::New => function(Builtin::NativeFunction),
            NativeKind::Static => {
                let function = function(Builtin::NativeFunction);
                StaticMethod::alloc(cx, Builtin::StaticMethod, function)
            }
            NativeKind::Class => {
                let function = function(Builtin::MethodDescriptor);
                ClassMethod::alloc(cx, Builtin::ClassMethodDescriptor, function)
            }
            NativeKind::Getter => {
                let setter = methods.iter().find(|d| d.kind == NativeKind::Setter && d.name() == def.name());
                let setter = setter.map(|d| NativeFunction::alloc(cx, Builtin::MethodDescriptor, d, Some(owner)));
                GetSet::alloc(cx, class, def.name(), Some(function(Builtin::MethodDescriptor)), setter)
            }
            NativeKind::Setter => continue,
        };
        class.names(cx).set_name(cx, name, value);
    }
}

/// Puts native functions into a module.
pub fn define_functions<'h>(cx: &'h Ctx, module: &'h Module, functions: &[&'static NativeDef]) {
    for def in functions {
        let function = NativeFunction::alloc(cx, Builtin::NativeFunction, def, Some(Value::of(module)));
        module.names(cx).set_name(cx, cx.intern(def.name()), function);
    }
}
