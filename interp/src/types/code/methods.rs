//! What scripts see of code objects.
//!
//! An instruction counts two where scripts number them, as CPython's do.

use std::sync::Arc;

use argil_compiler::code::{Code, Position};

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::natives;
use crate::ops::number::index;
use crate::types::code::{CodeObject, SourceFile};
use crate::types::dict::Dict;
use crate::types::generator::Flavour;
use crate::types::iter::{Iter, IterSpec, Walk};
use crate::types::tuple::Tuple;
use crate::value::Value;

/// `co_flags`, as `inspect` names the bits.
mod flag {
    pub const OPTIMIZED: i64 = 0x1;
    pub const NEWLOCALS: i64 = 0x2;
    pub const VARARGS: i64 = 0x4;
    pub const VARKEYWORDS: i64 = 0x8;
    pub const NESTED: i64 = 0x10;
    pub const GENERATOR: i64 = 0x20;
    pub const COROUTINE: i64 = 0x80;
    pub const ITERABLE_COROUTINE: i64 = 0x100;
    pub const ASYNC_GENERATOR: i64 = 0x200;
    pub const HAS_DOCSTRING: i64 = 0x400_0000;
}

fn flags(code: &CodeObject) -> i64 {
    let flags = code.source().flags;
    let pauses = match Flavour::of(flags) {
        None => 0,
        Some(Flavour::Generator) => flag::GENERATOR,
        Some(Flavour::Coroutine) => flag::COROUTINE,
        Some(Flavour::Asynchronous) => flag::ASYNC_GENERATOR,
    };
    let is_function = code.is_function();
    [
        (is_function, flag::OPTIMIZED | flag::NEWLOCALS),
        (flags.var_args, flag::VARARGS),
        (flags.var_kwargs, flag::VARKEYWORDS),
        (flags.nested, flag::NESTED),
        (flags.awaitable, flag::ITERABLE_COROUTINE),
        (is_function && code.source().doc.is_some(), flag::HAS_DOCSTRING),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .fold(pauses, |all, (_, bits)| all | bits)
}

fn names<'h, 'a>(cx: &'h Ctx, names: impl Iterator<Item = &'a str>) -> Value<'h> {
    let names: Vec<Value<'h>> = names.map(|name| cx.intern(name)).collect();
    cx.tuple(&names)
}

/// A number, or None where there is none.
fn known(cx: &Ctx, number: u32, known: bool) -> Value<'_> {
    if known { cx.int(i64::from(number)) } else { Value::NONE }
}

/// An iterator over values that were made at once.
fn iterator<'h>(cx: &'h Ctx, values: &[Value<'h>]) -> Value<'h> {
    Value::of(Iter::alloc(cx, Builtin::TupleIterator, IterSpec::new(Walk::Tuple, cx.tuple(values))))
}

/// Runs of instructions that come from the same line.
fn lines(positions: &[Position]) -> Vec<(usize, usize, u32)> {
    let mut runs: Vec<(usize, usize, u32)> = Vec::new();
    for (at, position) in positions.iter().enumerate() {
        match runs.last_mut().filter(|run| run.2 == position.line) {
            Some(run) => run.1 = at + 1,
            None => runs.push((at, at + 1, position.line)),
        }
    }
    runs
}

/// What `replace` may change, and how; false if it is something else. Of the flags, `ITERABLE_COROUTINE` may.
fn change(
    cx: &mut Ctx,
    (code, known_flags): (&mut Code, i64),
    file: &mut Arc<SourceFile>,
    name: &str,
    value: Slot,
) -> Res<bool> {
    let text = |cx: &Ctx| match cx.get(value).as_str() {
        Some(text) => Ok(text.to_owned()),
        None => {
            let got = cx.type_name(cx.get(value));
            Err(cx.type_error(format!("replace() argument '{name}' must be str, not {got}")))
        }
    };
    match name {
        "co_name" => code.name = text(cx)?.into(),
        "co_qualname" => code.qualname = text(cx)?.into(),
        "co_filename" => *file = Arc::new(SourceFile { name: text(cx)?, text: file.text.clone() }),
        "co_firstlineno" => {
            let line = index(cx, value)?;
            code.first_line = cx.get(line).as_small_int().and_then(|line| u32::try_from(line).ok()).unwrap_or(0);
        }
        "co_flags" => {
            let wanted = cx.get(value).as_small_int();
            let without = |flags: i64| flags & !flag::ITERABLE_COROUTINE;
            if wanted.map(without) != Some(without(known_flags)) {
                return Ok(false);
            }
            code.flags.awaitable = wanted.is_some_and(|wanted| wanted & flag::ITERABLE_COROUTINE != 0);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

/// `code.replace(**changes)`
fn replace(cx: &mut Ctx, this: Slot, values: &[Slot], changed: Option<Slot>) -> Res<Slot> {
    let Some(object) = cx.get(this).cast::<CodeObject>() else { return Err(cx.type_error("code expected")) };
    let (mut code, mut file) = (object.source().clone(), Arc::clone(object.file()));
    let known_flags = flags(object);
    let changed = changed.and_then(|names| cx.get(names).cast::<Tuple>());
    let changed: Vec<String> =
        changed.map_or_else(Vec::new, |names| names.iter(cx).filter_map(|n| Some(n.as_str()?.to_owned())).collect());
    for (name, &value) in changed.iter().zip(values) {
        if change(cx, (&mut code, known_flags), &mut file, name, value)? {
            continue;
        }
        let key = cx.root(cx.intern(name));
        let own = name.starts_with("co_").then(|| crate::ops::attr::get_attr_opt(cx, this, key)).transpose()?.flatten();
        let Some(own) = own else {
            return Err(cx.type_error(format!("replace() got an unexpected keyword argument '{name}'")));
        };
        if !crate::ops::compare::eq(cx, own, value)? {
            return Err(cx.value_error(format!("code: {name} cannot be replaced")));
        }
    }
    let object = cx.get(this).cast::<CodeObject>();
    let globals = object.and_then(|object| object.globals.get(cx)).and_then(Value::cast::<Dict>);
    let Some(globals) = globals else { return Err(cx.type_error("code expected")) };
    Ok(cx.root(Value::of(CodeObject::load(cx, code, &file, globals))))
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
        get fn co_argcount(cx; self_: &'h CodeObject) -> i64 {
            Ok(if self_.is_function() { i64::from(self_.source().positional) } else { 0 })
        }
        /// How many parameters must be given by position.
        get fn co_posonlyargcount(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().positional_only)) }
        /// How many parameters must be given by name.
        get fn co_kwonlyargcount(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().keyword_only)) }
        /// How many local variables there are.
        get fn co_nlocals(cx; self_: &'h CodeObject) -> usize { Ok(self_.plain_locals().count()) }
        /// The names of the local variables, parameters first.
        get fn co_varnames(cx; self_: &'h CodeObject) -> Value<'h> {
            Ok(names(cx, self_.plain_locals().map(|at| self_.variable_name(at))))
        }
        /// The names of the local variables that inner functions share.
        get fn co_cellvars(cx; self_: &'h CodeObject) -> Value<'h> { Ok(names(cx, self_.cells().iter().map(|&at| self_.variable_name(usize::from(at))))) }
        /// The names of the free variables.
        get fn co_freevars(cx; self_: &'h CodeObject) -> Value<'h> {
            Ok(names(cx, self_.source().free.iter().map(|name| &**name)))
        }
        /// The names of globals and attributes.
        get fn co_names(cx; self_: &'h CodeObject) -> Value<'h> {
            let mut seen = std::collections::HashSet::new();
            Ok(names(cx, self_.source().sites.iter().map(|name| &**name).filter(|name| seen.insert(*name))))
        }
        /// The constants.
        get fn co_consts(cx; self_: &'h CodeObject) -> Value<'h> {
            let doc = self_.source().doc.as_ref().map(|doc| cx.str(doc));
            let all: Vec<Value<'h>> = doc.into_iter().chain(self_.constants(cx)).collect();
            Ok(cx.tuple(&all))
        }
        /// The instructions, eight bytes each.
        get fn co_code(cx; self_: &'h CodeObject) -> Value<'h> {
            let bytes: Vec<u8> = self_.source().instrs.iter().flat_map(|instr| instr.0.to_le_bytes()).collect();
            Ok(cx.bytes(&bytes))
        }
        /// Argil's instructions are not CPython's, which `dis` is about; this is what it asks for first.
        get fn co_exceptiontable(cx; _self: &'h CodeObject) -> Value<'h> {
            let message = "Argil's bytecode is not CPython's, so that it has no co_exceptiontable; 'argil dis' lists it";
            Err(cx.raise(Builtin::AttributeError, message))
        }
        /// How many registers a frame has.
        get fn co_stacksize(cx; self_: &'h CodeObject) -> i64 { Ok(i64::from(self_.source().registers)) }
        /// Bits that `inspect` names.
        get fn co_flags(cx; self_: &'h CodeObject) -> i64 { Ok(flags(self_)) }
        /// Where each instruction comes from: line, last line, column, last column.
        fn co_positions(cx; self_: &'h CodeObject) -> Value<'h> {
            let each = self_.source().positions.iter().map(|at| {
                let (whole, has) = (at.end_column == u32::MAX, at.line != 0);
                cx.tuple(&[
                    known(cx, at.line, has),
                    known(cx, at.end_line, has),
                    known(cx, at.column, has && !whole),
                    known(cx, at.end_column, has && !whole),
                ])
            });
            Ok(iterator(cx, &each.collect::<Vec<_>>()))
        }
        /// The lines, with the first instruction of each run that comes from one, and the first behind it.
        fn co_lines(cx; self_: &'h CodeObject) -> Value<'h> {
            let each = lines(&self_.source().positions).into_iter().map(|(start, end, line)| {
                cx.tuple(&[cx.int(2 * start as i64), cx.int(2 * end as i64), known(cx, line, line != 0)])
            });
            Ok(iterator(cx, &each.collect::<Vec<_>>()))
        }
        /// Return a copy of the code object with new values for the specified fields.
        raw fn replace(cx, args) -> Slot {
            let given = args.positional(cx);
            let (slots, names) = args.into_slots(cx);
            if given > 1 {
                return Err(cx.type_error("replace() takes no positional arguments"));
            }
            let values: Vec<Slot> = slots.skip(1).iter().collect();
            replace(cx, slots.get(0), &values, names)
        }
        /// The same as replace().
        raw fn __replace__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (slots, names) = args.into_slots(cx);
            if given > 1 {
                return Err(cx.type_error("replace() takes no positional arguments"));
            }
            let values: Vec<Slot> = slots.skip(1).iter().collect();
            replace(cx, slots.get(0), &values, names)
        }
        /// The name of a variable by its number.
        fn _varname_from_oparg(cx; self_: &'h CodeObject; oparg: i64) -> Value<'h> {
            let name = usize::try_from(oparg).ok().and_then(|at| self_.variable_names().nth(at));
            name.map(|name| cx.intern(name)).ok_or_else(|| cx.raise(Builtin::IndexError, "tuple index out of range"))
        }
    }
}
