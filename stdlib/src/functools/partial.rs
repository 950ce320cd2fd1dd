//! `partial`: a function with some of its arguments given already.

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::object::Field;
use argil_interp::ops::{iter, mapping, repr};
use argil_interp::types::dict::Dict;
use argil_interp::types::list::List;
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;
use argil_interp::{native_of_fields, natives};

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

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            if given < 2 {
                return Err(cx.type_error("type 'partial' takes at least one argument"));
            }
            let (mut function, mut first) = (args.get(1), cx.root(cx.tuple(&[])));
            let keywords = cx.root(Value::of(Dict::alloc(cx)));
            if cx.get(function).native::<Partial>().is_some() {
                let (inner, inner_args, inner_keywords) = parts(cx, function)?;
                (function, first) = (inner, inner_args);
                mapping::dict_update(cx, keywords, inner_keywords)?;
            }
            if !argil_interp::types::function::is_callable(cx, cx.get(function)) {
                return Err(cx.type_error("the first argument must be callable"));
            }
            let cx = &*cx;
            add_named(cx, keywords, names, args.skip(given));
            let first = cx.get(first).cast::<Tuple>().map_or_else(Vec::new, |first| first.iter(cx).collect());
            let more = args.take(given).skip(2).iter().map(|slot| cx.get(slot));
            let all: Vec<_> = first.into_iter().chain(more).collect();
            let state = Partial {
                function: Field::of(function),
                args: Field::of(cx.root(cx.tuple(&all))),
                keywords: Field::of(keywords),
            };
            Ok(cx.new_native(args.get(0), state))
        }

        raw fn __call__(cx, args) -> Slot {
            let given = args.positional(cx);
            let (args, names) = args.into_slots(cx);
            let (function, first, keywords) = parts(cx, args.get(0))?;
            let merged = cx.root(Value::of(Dict::alloc(cx)));
            mapping::dict_update(cx, merged, keywords)?;
            let cx_ref = &*cx;
            add_named(cx_ref, merged, names, args.skip(given));
            let (all, names) = {
                let first = cx_ref.get(first).cast::<Tuple>().map_or_else(Vec::new, |first| first.iter(cx_ref).collect());
                let own = args.take(given).skip(1).iter().map(|slot| cx_ref.get(slot));
                let named: Vec<_> = cx_ref.get(merged).cast::<Dict>().map_or_else(Vec::new, |dict| dict.iter(cx_ref).collect());
                let names: Vec<_> = named.iter().map(|(name, _)| *name).collect();
                let values = named.iter().map(|(_, value)| *value);
                let all: Vec<_> = first.into_iter().chain(own).chain(values).collect();
                let names = if names.is_empty() { None } else { Some(cx_ref.root(cx_ref.tuple(&names))) };
                (cx_ref.root_all(all), names)
            };
            cx.call_kw(function, all, names)
        }

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
