//! Start-up: the built-in classes and functions of a new interpreter.

use crate::builtin::Builtin;
use crate::ctx::Ctx;
use crate::names::Name;
use crate::native::{NativeDef, NativeKind};
use crate::object::HeapType;
use crate::types::class::{Class, ClassFlags, ClassSpec};
use crate::types::descriptor::{ClassMethod, GetSet, StaticMethod};
use crate::types::dict::Dict;
use crate::types::function::NativeFunction;
use crate::types::module::Module;
use crate::types::slots;
use crate::value::{Value, Word};

/// The methods of each built-in class.
const METHODS: &[(Builtin, &[&NativeDef])] = &[(Builtin::Generator, crate::vm::generator::METHODS)];

/// The families of built-in functions.
const FUNCTIONS: &[&[&NativeDef]] = &[];

/// Fills a new interpreter.
pub(crate) fn bootstrap(cx: &mut Ctx) {
    let cx = &*cx;
    make_classes(cx);
    cx.interp().init_names(cx);
    for &builtin in Builtin::ALL {
        slots::install(cx, builtin);
    }
    for (builtin, methods) in METHODS {
        define_methods(cx, cx.class(*builtin), methods);
    }
    let modules = Dict::alloc(cx);
    cx.interp().modules.store(Value::of(modules).word());
    let builtins = Module::alloc(cx, "builtins");
    cx.interp().builtins.store(Value::of(builtins).word());
    let names = builtins.names(cx);
    for &builtin in Builtin::ALL.iter().filter(|builtin| builtin.is_public()) {
        names.set_name(cx, cx.intern(builtin.text()), Value::of(cx.class(builtin)));
    }
    for alias in ["EnvironmentError", "IOError"] {
        names.set_name(cx, cx.intern(alias), Value::of(cx.class(Builtin::OSError)));
    }
    names.set_name(cx, cx.intern("Ellipsis"), Value::ELLIPSIS);
    names.set_name(cx, cx.intern("NotImplemented"), Value::NOT_IMPLEMENTED);
    names.set_name(cx, cx.name(Name::__debug__), Value::TRUE);
    for family in FUNCTIONS {
        define_functions(cx, builtins, family);
    }
    modules.set_name(cx, cx.intern("builtins"), Value::of(builtins));
}

/// Makes the built-in classes, whose root shapes get the classes' own numbers.
fn make_classes(cx: &Ctx) {
    // The shapes come first, so that objects made on the way have theirs; they learn their class when it is made.
    for &builtin in Builtin::ALL {
        cx.interp().reserve_shape(builtin.shape());
    }
    for &builtin in Builtin::ALL {
        let text = builtin.text();
        let name = cx.intern(text.rsplit('.').next().unwrap_or(text));
        let bases =
            if builtin == Builtin::Object { cx.tuple(&[]) } else { cx.tuple(&[Value::of(cx.class(builtin.base()))]) };
        let names = Dict::name_space(cx);
        let flags = ClassFlags { heap: false, has_dict: builtin.has_dict(), is_final: builtin.is_final() };
        let class = Class::alloc(
            cx,
            ClassSpec {
                name,
                qualname: name,
                bases,
                names,
                layout: builtin.layout(),
                flags,
                builtin: Some(builtin),
                metaclass: Word::UNSET,
            },
        );
        let mut mro = vec![Value::of(class)];
        if builtin != Builtin::Object {
            mro.extend(cx.class(builtin.base()).mro(cx).map(Value::of));
        }
        class.mro.set_in(cx, class.header(), cx.tuple(&mro));
        cx.interp().set_class(builtin, class);
        cx.interp().settle_shape(builtin.shape(), class);
    }
    let metaclass = Value::of(cx.class(Builtin::Type)).word();
    for &builtin in Builtin::ALL {
        cx.class(builtin).settle_own_shape(cx, metaclass);
        let names = cx.class(builtin).names(cx);
        let module = builtin.text().rsplit_once('.').map_or("builtins", |(module, _)| module);
        names.set_name(cx, cx.intern("__module__"), cx.intern(module));
    }
}

/// Puts native methods and attributes into a class.
pub fn define_methods<'h>(cx: &'h Ctx, class: &'h Class, methods: &[&'static NativeDef]) {
    let owner = Value::of(class);
    for def in methods {
        let name = cx.intern(def.name());
        let function = |kind| NativeFunction::alloc(cx, kind, def, Some(owner));
        let value = match def.kind {
            NativeKind::Function => function(Builtin::MethodDescriptor),
            NativeKind::Static if def.name() == "__new__" => function(Builtin::NativeFunction),
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
