//! Texts of exceptions.

use super::{push_repr as push_any, push_str, repr};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::types::exception::Exception;
use crate::types::instance::get_own;
use crate::value::Value;

/// The arguments, rooted.
fn args(cx: &Ctx, v: Slot) -> crate::ctx::Slots {
    let values: Vec<_> = cx.get(v).cast::<Exception>().map(|e| e.args(cx).iter(cx).collect()).unwrap_or_default();
    cx.root_all(values)
}

/// Appends `repr` of an exception: the call that would make it.
pub(super) fn push_repr(cx: &mut Ctx, out: &mut String, v: Slot) -> Res<()> {
    let args = args(cx, v);
    out.push_str(cx.class_of(cx.get(v)).plain_name(cx));
    out.push('(');
    for (i, arg) in args.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        push_any(cx, out, arg)?;
    }
    out.push(')');
    Ok(())
}

/// An attribute that the exception itself has, unless it is `None`.
fn attribute(cx: &Ctx, v: Slot, name: &str) -> Option<Slot> {
    let header = cx.get(v).header()?;
    let value = get_own(cx, header, cx.intern(name))?;
    if value.is_none() { None } else { Some(cx.root(value)) }
}

/// `str` of an exception.
pub(super) fn exception_str(cx: &mut Ctx, v: Slot) -> Res<String> {
    let is = |class| cx.is_instance(cx.get(v), class);
    if is(Builtin::OSError) {
        if let Some(text) = os_error(cx, v)? {
            return Ok(text);
        }
    } else if is(Builtin::KeyError) {
        let args = args(cx, v);
        if args.len() == 1 {
            return repr(cx, args.get(0));
        }
    } else if is(Builtin::ImportError) || is(Builtin::SyntaxError) {
        if let Some(message) = attribute(cx, v, "msg") {
            return super::to_str(cx, message);
        }
    } else if is(Builtin::UnicodeDecodeError) || is(Builtin::UnicodeEncodeError) {
        if let Some(text) = unicode_error(cx, v)? {
            return Ok(text);
        }
    } else if is(Builtin::BaseExceptionGroup) {
        let args = args(cx, v);
        if args.len() == 2 {
            let mut text = super::to_str(cx, args.get(0))?;
            let count = super::super::item::len(cx, args.get(1))?;
            text.push_str(&format!(" ({count} sub-exception{})", if count == 1 { "" } else { "s" }));
            return Ok(text);
        }
    }
    let args = args(cx, v);
    match args.len() {
        0 => Ok(String::new()),
        1 => super::to_str(cx, args.get(0)),
        _ => {
            let tuple = cx.root(cx.tuple_of(args));
            repr(cx, tuple)
        }
    }
}

/// `[Errno 2] No such file or directory: 'x'`.
fn os_error(cx: &mut Ctx, v: Slot) -> Res<Option<String>> {
    let args = args(cx, v);
    if args.len() < 2 {
        return Ok(None);
    }
    let mut text = "[Errno ".to_owned();
    push_str(cx, &mut text, args.get(0))?;
    text.push_str("] ");
    push_str(cx, &mut text, args.get(1))?;
    let first = attribute(cx, v, "filename").or_else(|| (args.len() > 2).then(|| args.get(2)));
    if let Some(name) = first.filter(|&name| !cx.get(name).is_none()) {
        text.push_str(": ");
        push_any(cx, &mut text, name)?;
        let second = attribute(cx, v, "filename2").or_else(|| (args.len() > 4).then(|| args.get(4)));
        if let Some(name) = second.filter(|&name| !cx.get(name).is_none()) {
            text.push_str(" -> ");
            push_any(cx, &mut text, name)?;
        }
    }
    Ok(Some(text))
}

/// `'utf-8' codec can't decode byte 0xff in position 0: invalid start byte`.
fn unicode_error(cx: &mut Ctx, v: Slot) -> Res<Option<String>> {
    let args = args(cx, v);
    if args.len() != 5 {
        return Ok(None);
    }
    let number = |slot: Slot| cx.get(slot).as_small_int();
    let (Some(start), Some(end)) = (number(args.get(2)), number(args.get(3))) else { return Ok(None) };
    let object: Value<'_> = cx.get(args.get(1));
    let one = end == start + 1;
    let (verb, culprit) = match (object.as_bytes(), object.as_str()) {
        (Some(bytes), _) => {
            let byte = usize::try_from(start).ok().and_then(|at| bytes.get(at)).copied().unwrap_or(0);
            ("decode", if one { format!("byte 0x{byte:02x}") } else { "bytes".to_owned() })
        }
        (_, Some(text)) => {
            let c = usize::try_from(start).ok().and_then(|at| text.chars().nth(at)).unwrap_or('?');
            let mut escaped = String::new();
            super::push_escape(&mut escaped, c);
            ("encode", if one { format!("character '{escaped}'") } else { "characters".to_owned() })
        }
        _ => return Ok(None),
    };
    let place = if one { format!("position {start}") } else { format!("position {start}-{}", end - 1) };
    let encoding = super::to_str(cx, args.get(0))?;
    let reason = super::to_str(cx, args.get(4))?;
    Ok(Some(format!("'{encoding}' codec can't {verb} {culprit} in {place}: {reason}")))
}
