//! `_ast`: the classes of nodes of syntax trees, and what `compile` takes as flags about them.

use argil_interp::ast::classes;
use argil_interp::config::{ModuleDef, ModuleSource};
use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::run::compile::flags;

/// The module.
pub const MODULE: ModuleDef = ModuleDef { name: "_ast", source: ModuleSource::Native { functions: &[], init } };

fn init(cx: &mut Ctx, module: Slot) -> Res<()> {
    classes::define(cx, module)?;
    let constants = [
        ("PyCF_ALLOW_TOP_LEVEL_AWAIT", flags::ALLOW_TOP_LEVEL_AWAIT),
        ("PyCF_ONLY_AST", flags::ONLY_AST),
        ("PyCF_TYPE_COMMENTS", flags::TYPE_COMMENTS),
        ("PyCF_OPTIMIZED_AST", flags::OPTIMIZED_AST),
    ];
    let cx: &Ctx = cx;
    constants.into_iter().for_each(|(name, flag)| cx.define(module, name, cx.int(flag)));
    Ok(())
}
