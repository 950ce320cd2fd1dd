//! Functions made by scripts, of code objects: `types.FunctionType(code, globals, ...)`.

use crate::ctx::{Ctx, Raised, Res};
use crate::natives;
use crate::types::cell::Cell;
use crate::types::code::CodeObject;
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::tuple::Tuple;
use crate::value::Value;

fn wrong(cx: &Ctx, name: &str, wanted: &str, got: Value<'_>) -> Raised {
    cx.type_error(format!("function() argument '{name}' must be {wanted}, not {}", cx.type_name(got)))
}

/// The argument if it is of a type or None.
fn optional<'h>(cx: &Ctx, value: Value<'h>, fits: bool, wanted: &str) -> Res<Option<Value<'h>>> {
    if fits {
        return Ok(Some(value));
    }
    if value.is_none() { Ok(None) } else { Err(cx.type_error(wanted)) }
}

/// The cells for the free variables of code.
fn closure_for<'h>(cx: &'h Ctx, code: &CodeObject, closure: Value<'h>) -> Res<Option<Value<'h>>> {
    let (name, free) = (&code.source().name, code.source().free.len());
    let Some(cells) = closure.cast::<Tuple>() else {
        let optional = if free == 0 { "None or " } else { "" };
        if free == 0 && closure.is_none() {
            return Ok(None);
        }
        return Err(cx.type_error(format!("arg 5 (closure) must be {optional}tuple")));
    };
    if cells.len() != free {
        let message = format!("{name} requires closure of length {free}, not {}", cells.len());
        return Err(cx.value_error(message));
    }
    if let Some(odd) = cells.iter(cx).find(|cell| cell.cast::<Cell>().is_none()) {
        return Err(cx.type_error(format!("arg 5 (closure) expected cell, found {}", cx.type_name(odd))));
    }
    Ok((free > 0).then_some(closure))
}

natives! {
    /// The constructor.
    pub static METHODS = {
        /// Create a function object.
        ///
        ///   code
        ///     a code object
        ///   globals
        ///     the globals dictionary
        ///   name
        ///     a string that overrides the name from the code object
        ///   argdefs
        ///     a tuple that specifies the default argument values
        ///   closure
        ///     a tuple that supplies the bindings for free variables
        ///   kwdefaults
        ///     a dictionary that specifies the default keyword argument values
        static fn __new__(cx; _cls: Value<'h>; code: Value<'h>, globals: Value<'h>, name: Value<'h> = Value::NONE,
            argdefs: Value<'h> = Value::NONE, closure: Value<'h> = Value::NONE, kwdefaults: Value<'h> = Value::NONE)
            -> Value<'h> {
            let Some(code) = code.cast::<CodeObject>() else { return Err(wrong(cx, "code", "code", code)) };
            let Some(names) = globals.cast::<Dict>() else { return Err(wrong(cx, "globals", "dict", globals)) };
            let name = optional(cx, name, name.as_str().is_some(), "arg 3 (name) must be None or string")?;
            let is_tuple = argdefs.cast::<Tuple>().is_some();
            let defaults = optional(cx, argdefs, is_tuple, "arg 4 (defaults) must be None or tuple")?;
            let closure = closure_for(cx, code, closure)?;
            let is_dict = kwdefaults.cast::<Dict>().is_some();
            let kw_defaults = optional(cx, kwdefaults, is_dict, "arg 6 (kwdefaults) must be None or dict")?;
            names.become_name_space(cx);
            let is_bound = code.globals.get(cx) == Some(globals);
            let function = Function::alloc(cx, if is_bound { code } else { code.rebound(cx, names, false) });
            let fields = [
                (&function.name, name),
                (&function.defaults, defaults),
                (&function.closure, closure),
                (&function.kw_defaults, kw_defaults),
            ];
            for (field, value) in fields {
                if let Some(value) = value {
                    field.set_in(cx, crate::types::header_of(function), value);
                }
            }
            Ok(Value::of(function))
        }
        /// The built-in names that it sees.
        get fn __builtins__(cx; self_: &'h Function) -> Value<'h> {
            let globals = self_.code(cx).globals.get(cx).and_then(Value::cast::<Dict>);
            let said = globals.and_then(|names| names.get_name(cx, cx.intern("__builtins__")));
            let names = said.filter(|said| said.cast::<Dict>().is_some());
            Ok(names.unwrap_or_else(|| Value::of(cx.interp().builtins(cx).names(cx))))
        }
    }
}

natives! {
    /// The constructor of cells.
    pub static CELL = {
        /// Create a new cell object.
        static fn __new__(cx; _cls: Value<'h>, *contents) -> Value<'h> {
            if contents.iter().len() > 1 {
                return Err(cx.type_error(format!("cell expected at most 1 argument, got {}", contents.iter().len())));
            }
            let cell = Cell::alloc(cx);
            if let Some(value) = contents.iter().next() {
                cell.value.set_in(cx, crate::types::header_of(cell), value);
            }
            Ok(Value::of(cell))
        }
    }
}
