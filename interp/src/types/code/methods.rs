//! What scripts see of code objects.

use crate::natives;
use crate::types::code::CodeObject;
use crate::types::generator::Flavour;
use crate::value::Value;

fn name_count(code: &CodeObject) -> usize {
    let source = code.source();
    usize::from(source.positional)
        + usize::from(source.keyword_only)
        + usize::from(source.flags.var_args)
        + usize::from(source.flags.var_kwargs)
}

natives! {
    /// Attributes of code objects.
    pub static METHODS = {
        /// The name.
        get fn co_name(cx; self_: &'h CodeObject) -> String { Ok(self_.source().name.to_string()) }
        /// The dotted name.
        get fn co_qualname(cx; self_: &'h CodeObject) -> String { Ok(self_.source().qualname.to_string()) }
        /// The file.
        get fn co_filename(cx; self_: &'h CodeObject) -> String { Ok(self_.file().name.clone()) }
        /// The first line.
        get fn co_firstlineno(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().first_line)) }
        /// How many parameters may be given by position.
        get fn co_argcount(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().positional)) }
        /// How many parameters must be given by position.
        get fn co_posonlyargcount(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().positional_only)) }
        /// How many parameters must be given by name.
        get fn co_kwonlyargcount(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().keyword_only)) }
        /// How many local variables there are.
        get fn co_nlocals(cx; self_: &'h CodeObject) -> usize { Ok(self_.source().locals.len()) }
        /// The names of the local variables, parameters first.
        get fn co_varnames(cx; self_: &'h CodeObject) -> Value<'h> {
            let locals = &self_.source().locals;
            debug_assert!(locals.len() >= name_count(self_));
            let names: Vec<Value<'h>> = locals.iter().map(|name| cx.intern(name)).collect();
            Ok(cx.tuple(&names))
        }
        /// The names of the free variables.
        get fn co_freevars(cx; self_: &'h CodeObject) -> Value<'h> {
            let names: Vec<Value<'h>> = self_.source().free.iter().map(|name| cx.intern(name)).collect();
            Ok(cx.tuple(&names))
        }
        /// Bits: 4 for `*args`, 8 for `**kwargs`, 32 for generators.
        get fn co_flags(cx; self_: &'h CodeObject) -> i64 {
            let flags = self_.source().flags;
            let pauses = match Flavour::of(flags) {
                None => 0,
                Some(Flavour::Generator) => 0x20,
                Some(Flavour::Coroutine) => 0x80,
                Some(Flavour::Asynchronous) => 0x200,
            };
            Ok(3 + 4 * i64::from(flags.var_args) + 8 * i64::from(flags.var_kwargs) + pauses)
        }
        /// Return repr(self).
        fn __repr__(cx; self_: &'h CodeObject) -> String {
            let (name, file, line) = (&self_.source().name, &self_.file().name, self_.source().first_line);
            let address = crate::ops::identity::identity(Value::of(self_));
            Ok(format!("<code object {name} at {address:#x}, file \"{file}\", line {line}>"))
        }
    }
}
