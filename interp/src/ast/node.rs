//! What every node has: `AST`, from which the classes of nodes derive.

use super::classes;
use super::grammar::Node;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::native::Args;
use crate::natives;
use crate::ops::attr::{get_attr, get_attr_opt, set_attr};
use crate::ops::repr::{guarded, push_repr, repr};
use crate::ops::warn::deprecated;
use crate::ops::{item, iter};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::generic_alias::{GenericAlias, Union};
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// How deep `repr` shows what is in a node.
const DEPTH: u32 = 3;

fn class_of(cx: &Ctx, node: Slot) -> Slot {
    cx.root(Value::of(cx.class_of(cx.get(node))))
}

/// The name of a node's class as messages have it.
fn class_name(cx: &Ctx, node: Slot) -> String {
    cx.type_name(cx.get(node)).to_owned()
}

fn attribute(cx: &mut Ctx, object: Slot, name: &str) -> Res<Option<Slot>> {
    let name = cx.root(cx.intern(name));
    get_attr_opt(cx, object, name)
}

/// The names in `_fields` or `_attributes` of a node's class; none if it has no such attribute.
fn names_in(cx: &mut Ctx, node: Slot, attr: &str) -> Res<Vec<Slot>> {
    let class = class_of(cx, node);
    let Some(names) = attribute(cx, class, attr)? else { return Ok(Vec::new()) };
    item::len(cx, names)?;
    elements(cx, names)
}

fn elements(cx: &mut Ctx, iterable: Slot) -> Res<Vec<Slot>> {
    let list = iter::collect(cx, iterable)?;
    let values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    Ok(values.into_iter().map(|value| cx.root(value)).collect())
}

fn same_name(cx: &Ctx, a: Slot, b: Slot) -> bool {
    let (a, b) = (cx.get(a), cx.get(b));
    a == b || (a.as_str().is_some() && a.as_str() == b.as_str())
}

/// Takes a name out of those that are still to be given; whether it was among them.
fn discard(cx: &Ctx, names: &mut Vec<Slot>, name: Slot) -> bool {
    let before = names.len();
    names.retain(|&other| !same_name(cx, other, name));
    names.len() < before
}

/// `AST.__init__`: fields by position or name, attributes by name.
fn init(cx: &mut Ctx, node: Slot, args: Slots, keywords: &[(Slot, Slot)]) -> Res<()> {
    let fields = names_in(cx, node, "_fields")?;
    if args.len() > fields.len() {
        let (class, most) = (class_name(cx, node), fields.len());
        let plural = if most == 1 { "" } else { "s" };
        return Err(cx.type_error(format!("{class} constructor takes at most {most} positional argument{plural}")));
    }
    let mut missing = fields.clone();
    for (&name, value) in fields.iter().zip(args.iter()) {
        set_named(cx, node, name, value)?;
        discard(cx, &mut missing, name);
    }
    let mut attributes = None;
    for &(name, value) in keywords {
        if fields.iter().any(|&field| same_name(cx, field, name)) {
            if !discard(cx, &mut missing, name) {
                let (class, name) = (class_name(cx, node), repr(cx, name)?);
                return Err(cx.type_error(format!("{class} got multiple values for argument {name}")));
            }
        } else {
            let known = match attributes.take() {
                Some(known) => known,
                None => names_in(cx, node, "_attributes")?,
            };
            if !known.iter().any(|&attribute| same_name(cx, attribute, name)) {
                let (class, name) = (class_name(cx, node), repr(cx, name)?);
                let message = format!(
                    "{class}.__init__ got an unexpected keyword argument {name}. Support for arbitrary keyword arguments \
                     is deprecated and will be removed in Python 3.15."
                );
                deprecated(cx, &message)?;
            }
            attributes = Some(known);
        }
        set_named(cx, node, name, value)?;
    }
    default_fields(cx, node, &missing)
}

fn set_named(cx: &mut Ctx, node: Slot, name: Slot, value: Slot) -> Res<()> {
    crate::ops::attr::check_name(cx, name)?;
    set_attr(cx, node, name, value)
}

/// Gives a new node the fields that it was not given and that have a default.
fn default_fields(cx: &mut Ctx, node: Slot, missing: &[Slot]) -> Res<()> {
    let class = class_of(cx, node);
    let Some(types) = attribute(cx, class, "_field_types")? else { return Ok(()) };
    for &name in missing {
        let Some(of) = type_in(cx, types, name)? else {
            let (class, name) = (class_name(cx, node), repr(cx, name)?);
            let message =
                format!("Field {name} is missing from {class}._field_types. This will become an error in Python 3.15.");
            deprecated(cx, &message)?;
            continue;
        };
        let default = {
            let of = cx.get(of);
            if of.native::<Union>().is_some() {
                continue;
            }
            if of.native::<GenericAlias>().is_some() {
                Some(cx.root(Value::of(List::alloc(cx))))
            } else if of == Value::of(classes::class(cx, Node::ContextSum)) {
                Some(cx.root(classes::single(cx, Node::Load)))
            } else {
                None
            }
        };
        match default {
            Some(default) => set_named(cx, node, name, default)?,
            None => {
                let (class, name) = (class_name(cx, node), repr(cx, name)?);
                let message = format!(
                    "{class}.__init__ missing 1 required positional argument: {name}. This will become an error in \
                     Python 3.15."
                );
                deprecated(cx, &message)?;
            }
        }
    }
    Ok(())
}

/// What `_field_types` says of a field.
fn type_in(cx: &mut Ctx, types: Slot, name: Slot) -> Res<Option<Slot>> {
    if cx.get(types).cast::<Dict>().is_none() {
        return Err(cx.raise(Builtin::SystemError, "bad argument to internal function"));
    }
    match item::contains(cx, types, name)? {
        true => item::get_item(cx, types, name).map(Some),
        false => Ok(None),
    }
}

/// The arguments of a method after the instance: those by position, and those by name.
fn arguments(cx: &mut Ctx, args: Args) -> (Slot, Slots, Vec<(Slot, Slot)>) {
    let (all, names) = args.into_slots(cx);
    let names: Vec<Slot> = match names.and_then(|names| cx.get(names).cast::<Tuple>()) {
        Some(names) => names.iter(cx).map(|name| cx.root(name)).collect(),
        None => Vec::new(),
    };
    let positional = all.len() - names.len();
    let named = names.into_iter().zip(all.skip(positional).iter()).collect();
    (all.get(0), all.take(positional).skip(1), named)
}

/// A node's attributes, in a dict of their own.
fn own_attributes(cx: &mut Ctx, node: Slot) -> Res<Option<Slot>> {
    let Some(dict) = attribute(cx, node, "__dict__")? else { return Ok(None) };
    if cx.get(dict).cast::<Dict>().is_none() {
        return Ok(None);
    }
    let copy = cx.root(cx.intern("copy"));
    let copy = get_attr(cx, dict, copy)?;
    cx.call(copy, &[]).map(Some)
}

/// The class, as many None as fields were given, and the attributes: so nothing is missing while a node is made anew.
fn reduce(cx: &mut Ctx, node: Slot) -> Res<Slot> {
    let class = class_of(cx, node);
    let Some(state) = own_attributes(cx, node)? else {
        let nothing = cx.tuple(&[]);
        return Ok(cx.root(cx.tuple(&[cx.get(class), nothing])));
    };
    let mut given = 0;
    for name in names_in(cx, node, "_fields")? {
        if !item::contains(cx, state, name)? {
            break;
        }
        given += 1;
    }
    let cx: &Ctx = cx;
    let args = cx.tuple(&vec![Value::NONE; given]);
    Ok(cx.root(cx.tuple(&[cx.get(class), args, cx.get(state)])))
}

/// The fields that a copy with changes would lack: neither given now nor had before, and without a default.
fn lacking(cx: &mut Ctx, node: Slot, state: Slot, mut expected: Vec<Slot>) -> Res<Vec<Slot>> {
    let had = elements(cx, state)?;
    had.iter().for_each(|&name| {
        discard(cx, &mut expected, name);
    });
    let attributes = names_in(cx, node, "_attributes")?;
    attributes.iter().for_each(|&name| {
        discard(cx, &mut expected, name);
    });
    let class = class_of(cx, node);
    if let Some(types) = attribute(cx, class, "_field_types")? {
        for name in expected.clone() {
            let of = type_in(cx, types, name)?;
            if of.is_some_and(|of| cx.get(of).native::<Union>().is_some()) {
                discard(cx, &mut expected, name);
            }
        }
    }
    Ok(expected)
}

/// `__replace__`: a node of the same class with other values for some fields and attributes.
fn replace(cx: &mut Ctx, node: Slot, keywords: &[(Slot, Slot)]) -> Res<Slot> {
    let state = match own_attributes(cx, node)? {
        Some(state) => state,
        None => cx.root(Value::of(Dict::alloc(cx))),
    };
    let mut known = names_in(cx, node, "_fields")?;
    known.extend(names_in(cx, node, "_attributes")?);
    let mut expected = known.clone();
    for &(name, _) in keywords {
        if !discard(cx, &mut expected, name) {
            let (class, name) = (class_name(cx, node), repr(cx, name)?);
            return Err(cx.type_error(format!("{class}.__replace__ got an unexpected keyword argument {name}.")));
        }
    }
    let lacking = lacking(cx, node, state, expected)?;
    if !lacking.is_empty() {
        let mut shown = lacking.iter().map(|&name| repr(cx, name)).collect::<Res<Vec<String>>>()?;
        shown.sort();
        let (class, plural) = (class_name(cx, node), if shown.len() == 1 { "" } else { "s" });
        let message =
            format!("{class}.__replace__ missing {} keyword argument{plural}: {}.", shown.len(), shown.join(", "));
        return Err(cx.type_error(message));
    }
    let (mut names, mut values) = (Vec::new(), Vec::new());
    for name in known {
        if let Some(&(_, value)) = keywords.iter().find(|&&(given, _)| same_name(cx, given, name)) {
            values.push(value);
        } else if item::contains(cx, state, name)? {
            values.push(item::get_item(cx, state, name)?);
        } else {
            continue;
        }
        names.push(name);
    }
    let class = class_of(cx, node);
    let names: Vec<Value<'_>> = names.iter().map(|&name| cx.get(name)).collect();
    let names = cx.root(cx.tuple(&names));
    let values = cx.root_all(values.iter().map(|&value| cx.get(value)).collect::<Vec<_>>());
    cx.call_kw(class, values, Some(names))
}

/// Appends the text of a node, as deep as `depth` says.
fn push_node(cx: &mut Ctx, out: &mut String, node: Slot, depth: u32) -> Res<()> {
    let class = class_name(cx, node);
    let start = out.len();
    if depth == 0 {
        out.push_str(&format!("{class}(...)"));
        return Ok(());
    }
    let shown = guarded(cx, node, |cx| {
        out.push_str(&format!("{class}("));
        for (index, name) in names_in(cx, node, "_fields")?.into_iter().enumerate() {
            crate::ops::attr::check_name(cx, name)?;
            let value = get_attr(cx, node, name)?;
            out.push_str(if index > 0 { ", " } else { "" });
            out.push_str(&format!("{}=", cx.get(name).as_str().unwrap_or_default()));
            push_value(cx, out, value, depth)?;
        }
        out.push(')');
        Ok(())
    })?;
    if !shown {
        out.truncate(start);
        out.push_str(&format!("{class}(...)"));
    }
    Ok(())
}

fn is_node(cx: &Ctx, value: Slot) -> bool {
    cx.class_of(cx.get(value)).is_subclass(cx, classes::base(cx))
}

/// Appends the text of a field: of a list or tuple, the first and the last element.
fn push_value(cx: &mut Ctx, out: &mut String, value: Slot, depth: u32) -> Res<()> {
    let is_list = cx.get(value).cast::<List>().is_some();
    if !is_list && cx.get(value).cast::<Tuple>().is_none() {
        return push_part(cx, out, value, depth);
    }
    let all = elements(cx, value)?;
    out.push(if is_list { '[' } else { '(' });
    let shown: Vec<Slot> = match all[..] {
        [first, _, .., last] => vec![first, last],
        _ => all.clone(),
    };
    for (index, part) in shown.into_iter().enumerate() {
        if index > 0 {
            out.push_str(if all.len() > 2 { ", ..., " } else { ", " });
        }
        push_part(cx, out, part, depth)?;
    }
    out.push(if is_list { ']' } else { ')' });
    Ok(())
}

fn push_part(cx: &mut Ctx, out: &mut String, value: Slot, depth: u32) -> Res<()> {
    if is_node(cx, value) { push_node(cx, out, value, depth - 1) } else { push_repr(cx, out, value) }
}

natives! {
    /// Methods of `AST`.
    pub static METHODS = {
        /// Create and return a new object.  See help(type) for accurate signature.
        static raw fn __new__(cx, args) -> Slot {
            let class: &Class = args.class(cx);
            Ok(cx.root(Value::of(cx.new_instance(class))))
        }
        /// Initialize self.  See help(type(self)) for accurate signature.
        raw fn __init__(cx, args) -> () {
            let (node, args, keywords) = arguments(cx, args);
            if !is_node(cx, node) {
                let got = cx.type_name(cx.get(node));
                let message = format!("descriptor '__init__' requires a 'ast.AST' object but received a '{got}'");
                return Err(cx.type_error(message));
            }
            init(cx, node, args, &keywords)
        }
        /// Return repr(self).
        slot call fn __repr__(cx; self_: Slot) -> String {
            let mut out = String::new();
            push_node(cx, &mut out, self_, DEPTH)?;
            Ok(out)
        }
        call fn __reduce__(cx; self_: Slot) -> Slot {
            reduce(cx, self_)
        }
        /// Return a copy of the AST node with new values for the specified fields.
        raw fn __replace__(cx, args) -> Slot {
            let (node, args, keywords) = arguments(cx, args);
            if !args.is_empty() {
                return Err(cx.type_error("__replace__() takes no positional arguments"));
            }
            replace(cx, node, &keywords)
        }
    }
}
