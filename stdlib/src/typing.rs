//! `_typing`: what the library's `typing` is built on.

use argil_interp::builtin::Builtin;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::natives;
use argil_interp::types::type_parameter::no_default;
use argil_interp::value::Value;

/// The module.
pub const MODULE: ModuleDef =
    ModuleDef { name: "_typing", source: ModuleSource::Native { functions: FUNCTIONS, init } };

const CLASSES: &[(&str, Builtin)] = &[
    ("TypeVar", Builtin::TypeVar),
    ("ParamSpec", Builtin::ParamSpec),
    ("ParamSpecArgs", Builtin::ParamSpecArgs),
    ("ParamSpecKwargs", Builtin::ParamSpecKwargs),
    ("TypeVarTuple", Builtin::TypeVarTuple),
    ("TypeAliasType", Builtin::TypeAliasType),
    ("Generic", Builtin::Generic),
    ("Union", Builtin::UnionType),
];

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    let cx: &Ctx = cx;
    for &(name, class) in CLASSES {
        cx.define(module, name, Value::of(cx.class(class)));
    }
    cx.define(module, "NoDefault", no_default(cx));
    Ok(())
}

natives! {
    static FUNCTIONS = {
        /// Return the argument.
        fn _idfunc(cx; x: Value<'h>) -> Value<'h> { Ok(x) }
    }
}
