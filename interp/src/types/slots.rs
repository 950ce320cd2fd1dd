//! The special methods of built-in types.
pub fn install(_cx: &crate::ctx::Ctx, _b: crate::builtin::Builtin) {}
