//! "Did you mean": what a misspelt name probably stands for.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Slot};
use crate::ops::identity::{names_of_class, names_of_object};
use crate::ops::suggest::similar;
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::exception::{Exception, details};
use crate::types::traceback::Traceback;
use crate::value::Value;

/// What follows the message of an exception about a name; empty if nothing is near.
pub fn suggestion(cx: &Ctx, exception: Slot) -> String {
    let Some(error) = cx.get(exception).cast::<Exception>() else { return String::new() };
    let is = |class| cx.is_instance(Value::of(error), class);
    let detail = |name: &str| details::get(cx, error, name);
    if is(Builtin::NameError) {
        let Some(wrong) = detail("name").as_str() else { return String::new() };
        let names = names_in_scope(cx, error);
        let near = similar(wrong, names.iter().filter_map(|name| name.as_str()));
        let forgotten = cx.interp().config.library.has(wrong);
        return match (near, forgotten) {
            (Some(near), true) => format!(". Did you mean: '{near}'? Or did you forget to import '{wrong}'?"),
            (Some(near), false) => format!(". Did you mean: '{near}'?"),
            (None, true) => format!(". Did you forget to import '{wrong}'?"),
            (None, false) => String::new(),
        };
    }
    let (wrong, object) = if is(Builtin::AttributeError) {
        (detail("name"), detail("obj"))
    } else if is(Builtin::ImportError) {
        let module = detail("name").as_str().and_then(|name| cx.interp().modules(cx).get_name(cx, cx.intern(name)));
        (detail("name_from"), module.unwrap_or(Value::NONE))
    } else {
        return String::new();
    };
    let Some(wrong) = wrong.as_str() else { return String::new() };
    if is(Builtin::ImportError) && object.is_none() {
        return String::new();
    }
    match near_attribute(cx, object, wrong) {
        Some(near) => format!(". Did you mean: '{near}'?"),
        None => String::new(),
    }
}

fn near_attribute<'h>(cx: &'h Ctx, object: Value<'h>, wrong: &str) -> Option<&'h str> {
    let names = match object.cast::<Class>() {
        Some(class) => names_of_class(cx, class),
        None => names_of_object(cx, object),
    };
    let hide = !wrong.starts_with('_');
    let names = names.to_vec(cx).into_iter().filter_map(Value::as_str);
    similar(wrong, names.filter(|name| !(hide && name.starts_with('_'))))
}

/// The names that the innermost frame could see.
fn names_in_scope<'h>(cx: &'h Ctx, exception: &'h Exception) -> Vec<Value<'h>> {
    let mut entry = exception.traceback.get(cx).and_then(|value| value.native::<Traceback>());
    while let Some(next) = entry.and_then(|entry| entry.next.get(cx)).and_then(|value| value.native::<Traceback>()) {
        entry = Some(next);
    }
    let Some(code) = entry.and_then(|entry| entry.code(cx)) else { return Vec::new() };
    let mut names: Vec<Value<'h>> = code.variable_names().map(|name| cx.intern(name)).collect();
    if let Some(globals) = code.globals.get(cx).and_then(Value::cast::<Dict>) {
        names.extend(globals.iter(cx).map(|(name, _)| name));
    }
    names.extend(cx.interp().builtins(cx).names(cx).iter(cx).map(|(name, _)| name));
    names
}
