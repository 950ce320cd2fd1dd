//! The built-in functions about classes: the class statement, `isinstance`, `issubclass`.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::natives;
use crate::object::Kind;
use crate::ops::attr::{self, call_special, find_special};
use crate::ops::truth::truth;
use crate::types::class::methods::keyword_count;
use crate::types::class::{Class, create};
use crate::types::dict::Dict;
use crate::types::generic_alias::{GenericAlias, Union};
use crate::types::tuple::Tuple;
use crate::value::Value;

natives! {
    /// Functions about classes.
    pub static FUNCTIONS = {
        /// Internal helper function used by the class statement.
        raw fn __build_class__(cx, args) -> Slot {
            let (args, names) = args.into_slots(cx);
            build_class(cx, args, names)
        }
        /// Return whether an object is an instance of a class or of a subclass thereof.
        call fn isinstance(cx; obj: Slot, class_or_tuple: Slot) -> bool { is_instance(cx, obj, class_or_tuple) }
        /// Return whether a class is derived from another class or is the same class.
        call fn issubclass(cx; cls: Slot, class_or_tuple: Slot) -> bool { is_subclass(cx, cls, class_or_tuple) }
    }
}

/// The keyword arguments of a class statement, `metaclass` taken out.
struct Keywords {
    values: Vec<Slot>,
    names: Vec<Slot>,
    metaclass: Option<Slot>,
}

fn split_keywords(cx: &Ctx, args: Slots, names: Option<Slot>) -> Keywords {
    let mut keywords = Keywords { values: Vec::new(), names: Vec::new(), metaclass: None };
    let Some(names) = names.and_then(|names| cx.get(names).cast::<Tuple>()) else { return keywords };
    let first = args.len() - names.len();
    for (i, name) in names.iter(cx).enumerate() {
        if name.as_str() == Some("metaclass") {
            keywords.metaclass = Some(args.get(first + i));
        } else {
            keywords.values.push(args.get(first + i));
            keywords.names.push(cx.root(name));
        }
    }
    keywords
}

fn build_class(cx: &mut Ctx, args: Slots, names: Option<Slot>) -> Res<Slot> {
    let named = names.map_or(0, |names| keyword_count(cx, names));
    let positional = args.take(args.len() - named);
    if positional.len() < 2 {
        return Err(cx.type_error("__build_class__: not enough arguments"));
    }
    let (body, name) = (positional.get(0), positional.get(1));
    let keywords = split_keywords(cx, args, names);
    let given: Vec<Slot> = positional.skip(2).iter().collect();
    let bases = resolve_bases(cx, &given)?;
    let resolved = bases.len() != given.len() || bases.iter().zip(&given).any(|(a, b)| cx.get(*a) != cx.get(*b));
    let base_values: Vec<Value<'_>> = bases.iter().map(|&base| cx.get(base)).collect();
    let bases_tuple = cx.root(cx.tuple(&base_values));

    let metaclass = choose_metaclass(cx, &bases, keywords.metaclass)?;
    let name_values: Vec<Value<'_>> = keywords.names.iter().map(|&name| cx.get(name)).collect();
    let keyword_names = if name_values.is_empty() { None } else { Some(cx.root(cx.tuple(&name_values))) };
    let call_args = |cx: &mut Ctx, positional: &[Slot]| {
        let all: Vec<Value<'_>> = positional.iter().chain(&keywords.values).map(|&slot| cx.get(slot)).collect();
        cx.root_all(all)
    };

    let prepare = cx.root(cx.name(Name::__prepare__));
    let namespace = match attr::get_attr_opt(cx, metaclass, prepare)? {
        Some(prepare) if !is_plain_type(cx, metaclass) => {
            let args = call_args(cx, &[name, bases_tuple]);
            cx.call_kw(prepare, args, keyword_names)?
        }
        _ => cx.root(Value::of(Dict::alloc(cx))),
    };
    let mapping =
        cx.get(namespace).cast::<Dict>().is_some() || find_special(cx, cx.get(namespace), Name::__getitem__).is_some();
    if !mapping {
        let meta = cx.get(metaclass).cast::<Class>().map_or("<metaclass>", |class| class.name(cx));
        let got = cx.type_name(cx.get(namespace));
        return Err(cx.type_error(format!("{meta}.__prepare__() must return a mapping, not {got}")));
    }
    let cell = cx.call(body, &[namespace])?;
    if resolved {
        let originals: Vec<Value<'_>> = given.iter().map(|&base| cx.get(base)).collect();
        let originals = cx.root(cx.tuple(&originals));
        let key = cx.root(cx.intern("__orig_bases__"));
        crate::ops::item::set_item(cx, namespace, key, originals)?;
    }
    let args = call_args(cx, &[name, bases_tuple, namespace]);
    let class = cx.call_kw(metaclass, args, keyword_names)?;
    check_class_cell(cx, cell, class, name)?;
    Ok(class)
}

fn is_plain_type(cx: &Ctx, metaclass: Slot) -> bool {
    cx.get(metaclass).cast::<Class>().is_some_and(|class| class.is(Builtin::Type))
}

/// A class whose methods use `__class__` must have come through `type.__new__`, which fills their cell.
fn check_class_cell(cx: &Ctx, cell: Slot, class: Slot, name: Slot) -> Res<()> {
    let Some(cell) = cx.get(cell).cast::<crate::types::cell::Cell>() else { return Ok(()) };
    if cx.get(class).cast::<Class>().is_none() || cell.value.get(cx).is_some() {
        return Ok(());
    }
    let name = cx.get(name).as_str().unwrap_or_default();
    Err(cx.runtime_error(format!(
        "__class__ not set defining '{name}' as <class '{name}'>. Was __classcell__ propagated to type.__new__?"
    )))
}

fn choose_metaclass(cx: &mut Ctx, bases: &[Slot], given: Option<Slot>) -> Res<Slot> {
    let metaclass = match (given, bases.first()) {
        (Some(given), _) => given,
        (None, Some(&base)) => cx.root(Value::of(cx.class_of(cx.get(base)))),
        (None, None) => cx.root(Value::of(cx.class(Builtin::Type))),
    };
    if cx.get(metaclass).cast::<Class>().is_none() {
        return Ok(metaclass);
    }
    create::metaclass_of(cx, metaclass, bases)
}

/// The bases, after `__mro_entries__` of those that are no classes had their say.
fn resolve_bases(cx: &mut Ctx, given: &[Slot]) -> Res<Vec<Slot>> {
    let mut bases = Vec::with_capacity(given.len());
    for &base in given {
        let name = cx.root(cx.name(Name::__mro_entries__));
        let is_class = cx.get(base).cast::<Class>().is_some();
        let method = if is_class { None } else { attr::get_attr_opt(cx, base, name)? };
        let Some(method) = method else {
            bases.push(base);
            continue;
        };
        let values: Vec<Value<'_>> = given.iter().map(|&base| cx.get(base)).collect();
        let tuple = cx.root(cx.tuple(&values));
        let entries = cx.call(method, &[tuple])?;
        let Some(entries) = cx.get(entries).cast::<Tuple>() else {
            return Err(cx.type_error("__mro_entries__ must return a tuple"));
        };
        bases.extend(entries.iter(cx).map(|entry| cx.root(entry)).collect::<Vec<_>>());
    }
    Ok(bases)
}

/// `isinstance(object, class)`, where `class` may be a tuple or a union.
pub fn is_instance(cx: &mut Ctx, object: Slot, class: Slot) -> Res<bool> {
    if let Some(this) = cx.get(class).cast::<Class>() {
        if std::ptr::eq(cx.class_of(cx.get(object)), this) {
            return Ok(true);
        }
        if is_plain_metaclass(cx, class, Name::__instancecheck__) {
            return is_instance_by_default(cx, object, class);
        }
    }
    if let Some(members) = members(cx, class, "isinstance")? {
        for member in members {
            if is_instance(cx, object, member)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match call_special(cx, class, Name::__instancecheck__, &[object])? {
        Some(answer) => truth(cx, answer),
        None => Err(cx.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union")),
    }
}

/// `issubclass(class, other)`, where `other` may be a tuple or a union.
pub fn is_subclass(cx: &mut Ctx, class: Slot, other: Slot) -> Res<bool> {
    if cx.get(other).cast::<Class>().is_some() && is_plain_metaclass(cx, other, Name::__subclasscheck__) {
        return is_subclass_by_default(cx, class, other);
    }
    if let Some(members) = members(cx, other, "issubclass")? {
        for member in members {
            if is_subclass(cx, class, member)? {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    match call_special(cx, other, Name::__subclasscheck__, &[class])? {
        Some(answer) => truth(cx, answer),
        None => Err(cx.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union")),
    }
}

/// Whether the metaclass leaves a check to `type`.
fn is_plain_metaclass(cx: &Ctx, class: Slot, hook: Name) -> bool {
    find_special(cx, cx.get(class), hook).is_none_or(|function| function.kind() == Some(Kind::NativeFunction))
}

fn members(cx: &Ctx, classes: Slot, function: &str) -> Res<Option<Vec<Slot>>> {
    let classes = cx.get(classes);
    if classes.native::<GenericAlias>().is_some() {
        return Err(cx.type_error(format!("{function}() argument 2 cannot be a parameterized generic")));
    }
    let members = match (classes.cast::<Tuple>(), classes.native::<Union>()) {
        (Some(tuple), _) => tuple.iter(cx).collect(),
        (_, Some(union)) => union.members(cx),
        _ => return Ok(None),
    };
    Ok(Some(members.into_iter().map(|member| cx.root(member)).collect()))
}

/// `type.__instancecheck__`: by the object's class, or by what it says its `__class__` is.
pub fn is_instance_by_default(cx: &mut Ctx, object: Slot, class: Slot) -> Res<bool> {
    let (this, value) = (cx.get(class).cast::<Class>(), cx.get(object));
    let Some(this) = this else { return Ok(false) };
    if cx.class_of(value).is_subclass(cx, this) {
        return Ok(true);
    }
    if !crate::types::object::overrides(cx, value, Name::__getattribute__)
        && cx.class_of(value).lookup(cx, cx.name(Name::__class__))
            == cx.class(Builtin::Object).lookup(cx, cx.name(Name::__class__))
    {
        return Ok(false);
    }
    let name = cx.root(cx.name(Name::__class__));
    let Some(claimed) = attr::get_attr_opt(cx, object, name)? else { return Ok(false) };
    let (claimed, this) = (cx.get(claimed).cast::<Class>(), cx.get(class).cast::<Class>());
    Ok(claimed.zip(this).is_some_and(|(claimed, this)| claimed.is_subclass(cx, this)))
}

/// `type.__subclasscheck__`.
pub fn is_subclass_by_default(cx: &mut Ctx, class: Slot, other: Slot) -> Res<bool> {
    match (cx.get(class).cast::<Class>(), cx.get(other).cast::<Class>()) {
        (Some(class), Some(other)) => Ok(class.is_subclass(cx, other)),
        (None, _) => Err(cx.type_error("issubclass() arg 1 must be a class")),
        _ => Ok(false),
    }
}
