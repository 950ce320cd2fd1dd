//! `_types`: the built-in classes that have no name in `builtins`.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef = ModuleDef {
    name: "_types",
    source: ModuleSource::Mixed { functions: &[], init, script: include_str!("types.py") },
};

const CLASSES: &[(&str, Builtin)] = &[
    ("AsyncGeneratorType", Builtin::AsyncGenerator),
    ("BuiltinFunctionType", Builtin::NativeFunction),
    ("BuiltinMethodType", Builtin::NativeFunction),
    ("CellType", Builtin::Cell),
    ("ClassMethodDescriptorType", Builtin::ClassMethodDescriptor),
    ("CodeType", Builtin::Code),
    ("CoroutineType", Builtin::Coroutine),
    ("EllipsisType", Builtin::EllipsisType),
    ("FrameType", Builtin::Frame),
    ("FunctionType", Builtin::Function),
    ("GeneratorType", Builtin::Generator),
    ("GenericAlias", Builtin::GenericAlias),
    ("GetSetDescriptorType", Builtin::GetSetDescriptor),
    ("LambdaType", Builtin::Function),
    ("MappingProxyType", Builtin::MappingProxy),
    ("MemberDescriptorType", Builtin::MemberDescriptor),
    ("MethodDescriptorType", Builtin::MethodDescriptor),
    ("MethodType", Builtin::Method),
    ("ModuleType", Builtin::Module),
    ("NoneType", Builtin::NoneType),
    ("NotImplementedType", Builtin::NotImplementedType),
    ("TracebackType", Builtin::Traceback),
    ("UnionType", Builtin::UnionType),
];

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    CLASSES.iter().for_each(|(name, class)| cx.define(module, name, Value::of(cx.class(*class))));
    Ok(())
}
