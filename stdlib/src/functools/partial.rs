//! `partial`: a function with some of its arguments given already.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::native::Args;
use argil_interp::object::Field;
use argil_interp::ops::{attr, iter, mapping, repr};
use argil_interp::types::dict::Dict;
use argil_interp::types::function::{BoundMethod, is_callable};
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_interp::{native_of_fields, natives};

use super::placeholder::is_placeholder;

/// A partial application.
pub struct Partial {
    function: Field,
    /// The tuple of positional arguments.
    args: Field,
    /// The dict of named ones.
    keywords: Field,
}

native_of_fields! { Partial { function, args, keywords } }

/// The three parts of a partial application.
fn parts(cx: &Ctx, partial: Slot) -> Res<(Slot, Slot, Slot)> {
    let state = cx.state::<Partial>(partial)?;
    let [function, args, keywords] =
        [&state.function, &state.args, &state.keywords].map(|field| cx.root(field.get_or_none(cx)));
    Ok((function, args, keywords))
}

/// Adds named arguments to a dict, later ones in place of earlier ones.
fn add_named(cx: &Ctx, dict: Slot, names: Option<Slot>, values: argil_interp::ctx::Slots) {
    let names = names.and_then(|names| cx.get(names).cast::<Tuple>());
    if let (Some(dict), Some(names)) = (cx.get(dict).cast::<Dict>(), names) {
        for (name, value) in names.iter(cx).zip(values.iter()) {
            dict.set_name(cx, name, cx.get(value));
        }
    }
}

/// The elements of a tuple in a slot.
fn elements<'h>(cx: &'h Ctx, tuple: Slot) -> Vec<Value<'h>> {
    cx.get(tuple).cast::<Tuple>().map_or_else(Vec::new, |tuple| tuple.iter(cx).collect())
}

/// Arguments with the placeholders among `first` replaced by those that come first in `more`, and the rest behind.
fn merged<'h>(first: Vec<Value<'h>>, more: impl Iterator<Item = Value<'h>>) -> Vec<Value<'h>> {
    let mut more = more.into_iter();
    let mut all = first;
    for place in all.iter_mut().filter(|arg| is_placeholder(**arg)) {
        match more.next() {
            Some(value) => *place = value,
            None => break,
        }
    }
    all.extend(more);
    all
}

const TRAILING: &str = "trailing Placeholders are not allowed";

fn make(cx: &mut Ctx, args: Args<'_>) -> Res<Slot> {
    let given = args.positional(cx);
    let (args, names) = args.into_slots(cx);
    if given < 2 {
        return Err(cx.type_error("type 'partial' takes at least one argument"));
    }
    let (mut function, mut first) = (args.get(1), cx.root(cx.tuple(&[])));
    if !is_callable(cx, cx.get(function)) {
        return Err(cx.type_error("the first argument must be callable"));
    }
    if given > 2 && is_placeholder(cx.get(args.get(given - 1))) {
        return Err(cx.type_error(TRAILING));
    }
    if args.skip(given).iter().any(|value| is_placeholder(cx.get(value))) {
        return Err(cx.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let keywords = cx.root(Value::of(Dict::alloc(cx)));
    if cx.get(function).native::<Partial>().is_some() {
        let (inner, inner_args, inner_keywords) = parts(cx, function)?;
        (function, first) = (inner, inner_args);
        mapping::dict_update(cx, keywords, inner_keywords)?;
    }
    let cx = &*cx;
    add_named(cx, keywords, names, args.skip(given));
    let all = merged(elements(cx, first), args.take(given).skip(2).iter().map(|slot| cx.get(slot)));
    let state = Partial {
        function: Field::of(function),
        args: Field::of(cx.root(cx.tuple(&all))),
        keywords: Field::of(keywords),
    };
    Ok(cx.new_native(args.get(0), state))
}

fn call_partial(cx: &mut Ctx, args: Args<'_>) -> Res<Slot> {
    let given = args.positional(cx);
    let (args, names) = args.into_slots(cx);
    let (function, first, keywords) = parts(cx, args.get(0))?;
    let wanted = elements(cx, first).into_iter().filter(|arg| is_placeholder(*arg)).count();
    if given - 1 < wanted {
        let message =
            format!("missing positional arguments in 'partial' call; expected at least {wanted}, got {}", given - 1);
        return Err(cx.type_error(message));
    }
    let own = args.take(given).skip(1);
    if names.is_none() && cx.get(keywords).cast::<Dict>().is_none_or(|keywords| keywords.is_empty(cx)) {
        let all = {
            let cx = &*cx;
            cx.root_all(merged(elements(cx, first), own.iter().map(|slot| cx.get(slot))))
        };
        return cx.call_slots(function, all);
    }
    let together = cx.root(Value::of(Dict::alloc(cx)));
    mapping::dict_update(cx, together, keywords)?;
    let (all, names) = {
        let cx = &*cx;
        add_named(cx, together, names, args.skip(given));
        let named: Vec<_> = cx.get(together).cast::<Dict>().map_or_else(Vec::new, |dict| dict.iter(cx).collect());
        let names: Vec<_> = named.iter().map(|(name, _)| *name).collect();
        let mut all = merged(elements(cx, first), own.iter().map(|slot| cx.get(slot)));
        all.extend(named.iter().map(|(_, value)| *value));
        let names = if names.is_empty() { None } else { Some(cx.root(cx.tuple(&names))) };
        (cx.root_all(all), names)
    };
    cx.call_kw(function, all, names)
}

/// Puts the parts of a pickled partial in the place of its own.
fn set_state(cx: &mut Ctx, this: Slot, state: Slot) -> Res<()> {
    let state = match cx.get(state).cast::<Tuple>() {
        Some(state) if state.len() == 4 => cx.root_all(elements(cx, cx.root(Value::of(state)))),
        _ => return Err(cx.type_error("invalid partial state")),
    };
    let [function, args, keywords, attributes] = [0, 1, 2, 3].map(|i| state.get(i));
    let no_keywords = cx.get(keywords).is_none();
    let valid = is_callable(cx, cx.get(function))
        && cx.get(args).cast::<Tuple>().is_some()
        && (no_keywords || cx.get(keywords).cast::<Dict>().is_some());
    if !valid {
        return Err(cx.type_error("invalid partial state"));
    }
    if elements(cx, args).last().is_some_and(|last| is_placeholder(*last)) {
        return Err(cx.type_error(TRAILING));
    }
    let plain = cx.root(cx.tuple(&elements(cx, args)));
    let named = cx.root(Value::of(Dict::alloc(cx)));
    if !no_keywords {
        mapping::dict_update(cx, named, keywords)?;
    }
    cx.state::<Partial>(this)?;
    cx.store::<Partial>(this, |partial| &partial.function, function);
    cx.store::<Partial>(this, |partial| &partial.args, plain);
    cx.store::<Partial>(this, |partial| &partial.keywords, named);
    let attributes = if cx.get(attributes).is_none() { cx.root(Value::of(Dict::alloc(cx))) } else { attributes };
    let name = cx.root(cx.name(Name::__dict__));
    attr::set_attr(cx, this, name, attributes)
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot { make(cx, args) }

        raw fn __call__(cx, args) -> Slot { call_partial(cx, args) }

        call fn __get__(cx; self_: Slot, instance: Slot, owner: Option<Slot> = None) -> Slot {
            if cx.get(instance).is_none() {
                return Ok(self_);
            }
            Ok(cx.root(BoundMethod::alloc(cx, cx.get(self_), cx.get(instance))))
        }

        call fn __reduce__(cx; self_: Slot) -> Slot {
            let (function, args, keywords) = parts(cx, self_)?;
            let attributes = attr::get_attr_name(cx, self_, Name::__dict__)?;
            let cx = &*cx;
            let used = cx.get(attributes).cast::<Dict>().is_some_and(|attributes| !attributes.is_empty(cx));
            let attributes = if used { cx.get(attributes) } else { Value::NONE };
            let [function, args, keywords] = [function, args, keywords].map(|slot| cx.get(slot));
            let class = Value::of(cx.class_of(cx.get(self_)));
            let state = cx.tuple(&[function, args, keywords, attributes]);
            Ok(cx.root(cx.tuple(&[class, cx.tuple(&[function]), state])))
        }

        call fn __setstate__(cx; self_: Slot, state: Slot) -> () { set_state(cx, self_, state) }

        get fn func(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Partial>().map_or(Value::NONE, |partial| partial.function.get_or_none(cx)))
        }

        get fn args(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Partial>().map_or(Value::NONE, |partial| partial.args.get_or_none(cx)))
        }

        get fn keywords(cx; self_: Value<'h>) -> Value<'h> {
            Ok(self_.native::<Partial>().map_or(Value::NONE, |partial| partial.keywords.get_or_none(cx)))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let (function, args, keywords) = parts(cx, self_)?;
            let shown = repr::repr(cx, function)?;
            let mut text = format!("functools.{}({shown}", cx.class_of(cx.get(self_)).plain_name(cx));
            let args = iter::collect(cx, args)?;
            let args = cx.root_all(cx.get(args).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx)));
            for arg in args.iter() {
                text = format!("{text}, {}", repr::repr(cx, arg)?);
            }
            let (name, value, mut number) = (cx.root(Value::NONE), cx.root(Value::NONE), 0);
            while let Some(next) = mapping::entry_from(cx, keywords, number, name, value) {
                number = next;
                let shown = repr::repr(cx, value)?;
                text = format!("{text}, {}={shown}", cx.get(name).as_str().unwrap_or("?"));
            }
            Ok(text + ")")
        }
    }
}
