//! Texts of what is neither a number, nor text, nor a container.

use super::{push_element, push_repr as push_any, str_repr};
use crate::ctx::{Ctx, Res, Slot};
use crate::object::Kind;
use crate::ops::attr::{get_attr, get_attr_opt};
use crate::types::cell::Cell;
use crate::types::class::{Class, dotted_name};
use crate::types::code::CodeObject;
use crate::types::frame::FrameObject;
use crate::types::function::{BoundMethod, Function, NativeFunction, is_method};
use crate::types::generator::Generator;
use crate::types::module::Module;
use crate::types::range::Range;
use crate::types::slice::Slice;
use crate::value::Value;

/// The address that texts show.
fn address(value: Value<'_>) -> usize {
    value.header().map_or(0, |header| std::ptr::from_ref(header) as usize)
}

/// `<module.Class object at 0x...>`.
pub fn default_repr(cx: &Ctx, value: Value<'_>) -> String {
    format!("<{} object at {:#x}>", dotted_name(cx, cx.class_of(value)), address(value))
}

/// Appends `repr` of a value that is not a container.
pub(super) fn push_repr(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let value = cx.get(v);
    let text = match value.kind() {
        Some(Kind::Range) => value.cast::<Range>().map(range),
        Some(Kind::Class) => value.cast::<Class>().map(|class| format!("<class '{}'>", dotted_name(cx, class))),
        Some(Kind::Function) => value
            .cast::<Function>()
            .map(|function| format!("<function {} at {:#x}>", function.qualname(cx), address(value))),
        Some(Kind::NativeFunction) => value.cast::<NativeFunction>().map(|function| native_function(cx, function)),
        Some(Kind::BoundMethod) => return push_bound_method(cx, out, v),
        Some(Kind::Module) => return push_module(cx, out, v),
        Some(Kind::Generator) => value.cast::<Generator>().map(|generator| {
            let function = generator.function(cx).cast::<Function>();
            let name = function.map_or("?", |function| function.qualname(cx));
            format!("<{} object {name} at {:#x}>", cx.type_name(value), address(value))
        }),
        Some(Kind::Slice) => return push_slice(cx, out, v),
        Some(Kind::Cell) => value.cast::<Cell>().map(|cell| match cell.value.get(cx) {
            None => format!("<cell at {:#x}: empty>", address(value)),
            Some(inner) => {
                format!("<cell at {:#x}: {} object at {:#x}>", address(value), cx.type_name(inner), address(inner))
            }
        }),
        Some(Kind::Frame) => value.cast::<FrameObject>().map(|frame| frame_text(cx, frame, address(value))),
        Some(Kind::Code) => value.cast::<CodeObject>().map(|code| code_text(code, address(value))),
        _ => None,
    };
    out.push_str(&text.unwrap_or_else(|| default_repr(cx, value)));
    Ok(())
}

fn range(range: &Range) -> String {
    let (start, stop, step) = (range.start, range.stop, range.step);
    if step == 1 { format!("range({start}, {stop})") } else { format!("range({start}, {stop}, {step})") }
}

fn frame_text(cx: &Ctx, frame: &FrameObject, address: usize) -> String {
    let (line, code) = (frame.position(cx).line, frame.code(cx));
    let name = code.map_or("?", |code| &code.source().name);
    let file = str_repr(code.map_or("?", |code| &code.file().name));
    format!("<frame at {address:#x}, file {file}, line {line}, code {name}>")
}

fn code_text(code: &CodeObject, address: usize) -> String {
    let source = code.source();
    format!("<code object {} at {address:#x}, file \"{}\", line {}>", source.name, code.file().name, source.first_line)
}

fn native_function(cx: &Ctx, function: &NativeFunction) -> String {
    let name = function.def.name();
    match function.owner.get(cx).and_then(Value::cast::<Class>) {
        Some(class) if is_method(Value::of(function)) => {
            let what = if name.starts_with("__") { "slot wrapper" } else { "method" };
            format!("<{what} '{name}' of '{}' objects>", class.name(cx))
        }
        Some(class) => format!("<built-in method {name} of type object at {:#x}>", address(Value::of(class))),
        None => format!("<built-in function {name}>"),
    }
}

/// `repr` of a module: by the module's specification, or else by its file, its loader, or its name.
fn push_module(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let known = |cx: &Ctx, name: &str| {
        let found = cx.get(v).cast::<Module>()?.names(cx).get_name(cx, cx.intern(name));
        found.filter(|value| !value.is_none()).map(|value| cx.root(value))
    };
    if let Some(spec) = known(cx, "__spec__") {
        let bootstrap = (cx.interp().hooks.import_module)(cx, "_frozen_importlib")?;
        let name = cx.root(cx.intern("_module_repr_from_spec"));
        let function = get_attr(cx, bootstrap, name)?;
        let text = cx.call(function, &[spec])?;
        out.push_str(cx.get(text).as_str().unwrap_or("?"));
        return Ok(());
    }
    let name = known(cx, "__name__").and_then(|name| cx.get(name).as_str()).unwrap_or("?").to_owned();
    let (file, loader) = (known(cx, "__file__"), known(cx, "__loader__"));
    out.push_str("<module ");
    out.push_str(&str_repr(&name));
    if let Some(file) = file {
        out.push_str(" from ");
        push_any(cx, out, file)?;
    } else if let Some(loader) = loader {
        out.push_str(" (");
        push_any(cx, out, loader)?;
        out.push(')');
    } else if cx.interp().config.library.has(&name) || name == "builtins" {
        out.push_str(" (built-in)");
    }
    out.push('>');
    Ok(())
}

/// `<bound method A.f of ...>`, or `<built-in method append of list object at 0x...>`.
fn push_bound_method(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let (function, receiver) = {
        let Some(bound) = cx.get(v).cast::<BoundMethod>() else { return Ok(()) };
        let receiver = bound.receiver.get_or_none(cx);
        let function = bound.function.get_or_none(cx);
        if let Some(native) = function.cast::<NativeFunction>() {
            let name = native.def.name();
            let class = cx.type_name(receiver);
            out.push_str(&if name.starts_with("__") {
                format!("<method-wrapper '{name}' of {class} object at {:#x}>", address(receiver))
            } else {
                format!("<built-in method {name} of {class} object at {:#x}>", address(receiver))
            });
            return Ok(());
        }
        (cx.root(function), cx.root(receiver))
    };
    let name = cx.root(cx.intern("__qualname__"));
    let qualname = match get_attr_opt(cx, function, name)? {
        Some(qualname) => Some(qualname),
        None => {
            let name = cx.root(cx.intern("__name__"));
            get_attr_opt(cx, function, name)?
        }
    };
    let qualname = qualname.and_then(|name| cx.get(name).as_str()).unwrap_or("?");
    out.push_str(&format!("<bound method {qualname} of "));
    push_any(cx, out, receiver)?;
    out.push('>');
    Ok(())
}

fn push_slice(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    out.push_str("slice(");
    for part in 0..3 {
        if part > 0 {
            out.push_str(", ");
        }
        push_element(cx, out, |cx| {
            let slice = cx.get(v).cast::<Slice>();
            slice.map_or(Value::NONE, |slice| [&slice.start, &slice.stop, &slice.step][part].get_or_none(cx))
        })?;
    }
    out.push(')');
    Ok(())
}
