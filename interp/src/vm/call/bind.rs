//! Binding arguments to the parameters of a script function, and CPython's TypeErrors when that fails.

use argil_compiler::code::Code;

use super::{Called, Pending};
use crate::ctx::{Ctx, Res};
use crate::memory;
use crate::ops::wording::{missing_error, too_many};
use crate::stack::frame::{Frame, Then};
use crate::types::code::CodeObject;
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};
use crate::vm::state::frames::Ready;

/// Enters a script function: pushes its frame, or makes its generator.
pub(super) fn enter(cx: &mut Ctx, call: &Pending, caller: Frame, then: Then) -> Res<Called> {
    let cx = &*cx;
    let function = call.callee(cx).cast::<Function>().expect("the kind was checked");
    Ready::make(cx, function, caller, then, |code, registers| bind(cx, function, code, call, registers))
}

/// Writes arguments, defaults and free variables into registers that are all unbound.
fn bind<'h>(
    cx: &'h Ctx,
    function: &'h Function,
    code: &'h CodeObject,
    call: &Pending,
    registers: &mut [Word],
) -> Res<()> {
    let source = code.source();
    let args = call.words();
    if !call.has_names() && args.len() == usize::from(source.positional) && code.simple_params != u32::MAX {
        registers[..args.len()].copy_from_slice(args);
    } else {
        bind_all(cx, function, source, call, registers)?;
    }
    if code.free > 0
        && let Some(closure) = function.closure.get(cx).and_then(Value::cast::<Tuple>)
    {
        for (at, cell) in closure.iter(cx).enumerate() {
            registers[source.locals.len() + at] = cell.word();
        }
    }
    Ok(())
}

fn bind_all<'h>(cx: &'h Ctx, function: &'h Function, source: &Code, call: &Pending, registers: &mut [Word]) -> Res<()> {
    let (args, names) = (call.words(), call.names(cx));
    let (positional, keyword_only) = (usize::from(source.positional), usize::from(source.keyword_only));
    let given = args.len() - names.map_or(0, Tuple::len);
    let direct = given.min(positional);
    registers[..direct].copy_from_slice(&args[..direct]);
    let star = positional + keyword_only;
    if source.flags.var_args {
        let rest = memory::collect(call.values(cx, direct..given));
        registers[star] = cx.tuple(&rest).word();
    }
    let kwargs = source.flags.var_kwargs.then(|| {
        let dict = Dict::alloc(cx);
        registers[star + usize::from(source.flags.var_args)] = Value::of(dict).word();
        dict
    });
    if let Some(names) = names {
        let values = call.values(cx, given..args.len());
        bind_names(cx, function, source, names.iter(cx).zip(values), kwargs, registers)?;
    }
    if given > positional && !source.flags.var_args {
        let named = &registers[positional..positional + keyword_only];
        let named = named.iter().filter(|word| !word.is_unset()).count();
        let defaults = function.defaults.get(cx).and_then(Value::cast::<Tuple>).map_or(0, Tuple::len);
        return Err(too_many(cx, function.qualname(cx), positional, defaults, given, named));
    }
    let defaults = function.defaults.get(cx).and_then(Value::cast::<Tuple>);
    let first_default = positional - defaults.map_or(0, Tuple::len);
    let mut missing = Vec::new();
    for (at, register) in registers[..positional].iter_mut().enumerate() {
        if register.is_unset() {
            match defaults.filter(|_| at >= first_default).and_then(|d| d.get(cx, at - first_default)) {
                Some(default) => *register = default.word(),
                None => missing.push(&*source.locals[at]),
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing_error(cx, function.qualname(cx), "positional", &missing));
    }
    let kw_defaults = function.kw_defaults.get(cx).and_then(Value::cast::<Dict>);
    for (register, name) in registers[positional..star].iter_mut().zip(&source.locals[positional..star]) {
        if register.is_unset() {
            let default = kw_defaults.and_then(|d| d.get_name(cx, cx.intern(name)));
            match default {
                Some(default) => *register = default.word(),
                None => missing.push(&**name),
            }
        }
    }
    if missing.is_empty() { Ok(()) } else { Err(missing_error(cx, function.qualname(cx), "keyword-only", &missing)) }
}

fn bind_names<'h>(
    cx: &'h Ctx,
    function: &Function,
    source: &Code,
    named: impl Iterator<Item = (Value<'h>, Value<'h>)>,
    kwargs: Option<&'h Dict>,
    registers: &mut [Word],
) -> Res<()> {
    let star = usize::from(source.positional) + usize::from(source.keyword_only);
    let mut positional_only = Vec::new();
    for (name, value) in named {
        let Some(text) = name.as_str() else { return Err(cx.type_error("keywords must be strings")) };
        let found = source.locals[..star].iter().position(|local| &**local == text);
        match found {
            Some(at) if at >= usize::from(source.positional_only) => {
                if !registers[at].is_unset() {
                    let function = function.qualname(cx);
                    return Err(cx.type_error(format!("{function}() got multiple values for argument '{text}'")));
                }
                registers[at] = value.word();
            }
            found => match kwargs {
                Some(dict) => dict.set_name(cx, name, value),
                None if found.is_some() => positional_only.push(text),
                None => {
                    let function = function.qualname(cx);
                    let hint = crate::ops::suggest::similar(text, source.locals[..star].iter().map(|l| &**l));
                    let hint = hint.map_or(String::new(), |name| format!(". Did you mean '{name}'?"));
                    return Err(
                        cx.type_error(format!("{function}() got an unexpected keyword argument '{text}'{hint}"))
                    );
                }
            },
        }
    }
    if positional_only.is_empty() {
        return Ok(());
    }
    Err(cx.type_error(format!(
        "{}() got some positional-only arguments passed as keyword arguments: '{}'",
        function.qualname(cx),
        positional_only.join(", ")
    )))
}
