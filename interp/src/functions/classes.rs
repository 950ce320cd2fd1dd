//! The built-in functions about classes: the class statement, `isinstance`, `issubclass`.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::natives;
use crate::ops::attr::{self, find_special};
use crate::ops::instance_of::{is_instance, is_subclass};
use crate::types::class::methods::keyword_count;
use crate::types::class::{Class, create, dotted_name};
use crate::types::dict::Dict;
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
    cx.call(body, &[namespace])?;
    let cell = {
        let names = cx.get(namespace).cast::<Dict>();
        let cell = names.and_then(|names| names.get_name(cx, cx.name(Name::__classcell__)));
        cx.root(cell.unwrap_or(Value::NONE))
    };
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
    let this = cx.get(class);
    if this.cast::<Class>().is_none() || cell.value.get(cx) == Some(this) {
        return Ok(());
    }
    let name = cx.get(name).as_str().unwrap_or_default();
    let made = this.cast::<Class>().map_or_else(String::new, |class| dotted_name(cx, class).to_string());
    if let Some(other) = cell.value.get(cx).and_then(Value::cast::<Class>) {
        let other = dotted_name(cx, other);
        return Err(cx.type_error(format!("__class__ set to <class '{other}'> defining '{name}' as <class '{made}'>")));
    }
    Err(cx.runtime_error(format!(
        "__class__ not set defining '{name}' as <class '{made}'>. Was __classcell__ propagated to type.__new__?"
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
