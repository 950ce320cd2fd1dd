//! Binding arguments to the parameters of a script function, and CPython's TypeErrors when that fails.

use argil_compiler::code::Code;

use super::super::frame::{Frame, Then};
use super::{Called, Pending, new_generator, push};
use crate::ctx::{Ctx, Raised, Res};
use crate::types::dict::Dict;
use crate::types::function::Function;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};
use crate::vm::code::CodeObject;

/// Enters a script function: pushes its frame, or makes its generator.
///
/// # Safety
/// The words of the call must be rooted.
pub(in super::super) unsafe fn enter(cx: &mut Ctx, call: Pending, caller: Frame, then: Then) -> Res<Called> {
    let cx = &*cx;
    // SAFETY: the callee is rooted.
    let callee: Value<'_> = unsafe { Value::from_word(call.callee) };
    let function = callee.cast::<Function>().expect("the kind was checked");
    let code = function.code(cx);
    // SAFETY: the code's pool belongs to it; registers are written before they are read.
    unsafe {
        if code.is_generator {
            let generator = new_generator(cx, function, code.pool());
            bind(cx, function, code, &call, generator.registers())?;
            Frame(generator.registers()).set_pc(code.instrs());
            return Ok(Called::Value(Value::of(generator).word()));
        }
        let frame = push(cx, call.callee, code.registers as usize, caller, then, code.pool())?;
        if let Err(raised) = bind(cx, function, code, &call, frame.0) {
            cx.depth.set(cx.depth.get() - 1);
            cx.top.set(frame.0.sub(super::HEADER_WORDS));
            return Err(raised);
        }
        frame.set_pc(code.instrs());
        Ok(Called::Frame(frame))
    }
}

/// Writes arguments, defaults and free variables into registers that are all unbound.
unsafe fn bind<'h>(
    cx: &'h Ctx,
    function: &'h Function,
    code: &'h CodeObject,
    call: &Pending,
    regs: *mut Word,
) -> Res<()> {
    let source = code.source();
    // SAFETY: the frame has a register for each parameter and free variable.
    let registers = unsafe { std::slice::from_raw_parts_mut(regs, code.registers as usize) };
    // SAFETY: the arguments are rooted words.
    let args = unsafe { std::slice::from_raw_parts(call.args, call.count) };
    if call.names.is_unset() && call.count == usize::from(source.positional) && code.simple_params != u32::MAX {
        registers[..args.len()].copy_from_slice(args);
    } else {
        bind_all(cx, function, source, args, call.names, registers)?;
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

fn bind_all<'h>(
    cx: &'h Ctx,
    function: &'h Function,
    source: &Code,
    args: &[Word],
    names: Word,
    registers: &mut [Word],
) -> Res<()> {
    let (positional, keyword_only) = (usize::from(source.positional), usize::from(source.keyword_only));
    // SAFETY: names are a constant of the caller, or rooted by it.
    let names: Option<Value<'h>> = (!names.is_unset()).then(|| unsafe { Value::from_word(names) });
    let names = names.and_then(Value::cast::<Tuple>);
    let given = args.len() - names.map_or(0, Tuple::len);
    let direct = given.min(positional);
    registers[..direct].copy_from_slice(&args[..direct]);
    let star = positional + keyword_only;
    if source.flags.var_args {
        // SAFETY: the arguments are rooted words.
        let rest: Vec<Value<'h>> = args[direct..given].iter().map(|w| unsafe { Value::from_word(*w) }).collect();
        registers[star] = cx.tuple(&rest).word();
    }
    let kwargs = source.flags.var_kwargs.then(|| {
        let dict = Dict::alloc(cx);
        registers[star + usize::from(source.flags.var_args)] = Value::of(dict).word();
        dict
    });
    if let Some(names) = names {
        let values = args[given..].iter();
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

fn bind_names<'h, 'a>(
    cx: &'h Ctx,
    function: &Function,
    source: &Code,
    named: impl Iterator<Item = (Value<'h>, &'a Word)>,
    kwargs: Option<&'h Dict>,
    registers: &mut [Word],
) -> Res<()> {
    let star = usize::from(source.positional) + usize::from(source.keyword_only);
    let mut positional_only = Vec::new();
    for (name, word) in named {
        let Some(text) = name.as_str() else { return Err(cx.type_error("keywords must be strings")) };
        let found = source.locals[..star].iter().position(|local| &**local == text);
        match found {
            Some(at) if at >= usize::from(source.positional_only) => {
                if !registers[at].is_unset() {
                    let function = function.qualname(cx);
                    return Err(cx.type_error(format!("{function}() got multiple values for argument '{text}'")));
                }
                registers[at] = *word;
            }
            found => match kwargs {
                // SAFETY: the arguments are rooted words.
                Some(dict) => dict.set_name(cx, name, unsafe { Value::from_word(*word) }),
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

/// The TypeError for a call without arguments for these parameters of a `kind`.
#[cold]
pub(crate) fn missing_error(cx: &Ctx, function: &str, kind: &str, missing: &[&str]) -> Raised {
    let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
    let list = match quoted.as_slice() {
        [only] => only.clone(),
        [a, b] => format!("{a} and {b}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
        [] => String::new(),
    };
    let plural = if missing.len() == 1 { "" } else { "s" };
    let count = missing.len();
    cx.type_error(format!("{function}() missing {count} required {kind} argument{plural}: {list}"))
}

/// The TypeError for more than the `most` arguments by position, of which the last `defaults` need not be given. `named`
/// counts the keyword-only arguments beside them.
#[cold]
pub(crate) fn too_many(cx: &Ctx, function: &str, most: usize, defaults: usize, given: usize, named: usize) -> Raised {
    let takes = if defaults > 0 { format!("from {} to {most}", most - defaults) } else { most.to_string() };
    let plural = if most == 1 && defaults == 0 { "" } else { "s" };
    let extra = if named > 0 {
        let (s, k) = (if given == 1 { "" } else { "s" }, if named == 1 { "" } else { "s" });
        format!(" positional argument{s} (and {named} keyword-only argument{k})")
    } else {
        String::new()
    };
    let verb = if given == 1 && named == 0 { "was" } else { "were" };
    cx.type_error(format!("{function}() takes {takes} positional argument{plural} but {given}{extra} {verb} given"))
}
