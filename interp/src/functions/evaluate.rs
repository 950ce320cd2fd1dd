//! Running source text.

use std::sync::Arc;

use argil_compiler::Mode;

use crate::ctx::{Ctx, Res, Slot};
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::value::Value;
use crate::vm::code::{CodeObject, SourceFile};

/// Compiles a text and runs it with a name space; the value of an expression, or None.
pub fn run(cx: &mut Ctx, text: &str, mode: Mode, file: &Arc<SourceFile>, globals: Slot) -> Res<Slot> {
    let code = argil_compiler::compile(text, mode)
        .map_err(|error| crate::traceback::syntax::raise(cx, &error, &file.name, text))?;
    let function = {
        let cx = &*cx;
        let globals = cx.get(globals).cast::<Dict>().expect("callers pass a name space");
        let code = CodeObject::load(cx, code, file, globals);
        cx.root(Value::of(Function::alloc(cx, code)))
    };
    cx.call(function, &[])
}
