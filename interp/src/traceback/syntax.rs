//! Syntax errors as exceptions.
use crate::ctx::{Ctx, Raised};
use crate::interp::Builtin;
pub fn raise(cx: &Ctx, error: &argil_compiler::source::SyntaxError, _file: &str, _text: &str) -> Raised {
    cx.raise(Builtin::SyntaxError, &error.message)
}
