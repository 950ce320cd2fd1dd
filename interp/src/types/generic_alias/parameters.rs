//! Type parameters among the arguments of aliases and unions, and what stands for them after a subscription.

use super::GenericAlias;
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::ops::truth::truth;
use crate::ops::{attr, item, iter, repr};
use crate::types::class::Class;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::types::type_parameter::TypeParameter;
use crate::value::Value;

/// The class and the arguments of an alias.
pub(super) fn alias(cx: &Ctx, this: Slot) -> Res<(Slot, Slot)> {
    match cx.get(this).native::<GenericAlias>() {
        Some(alias) => Ok((cx.root(alias.origin.get_or_none(cx)), cx.root(alias.args.get_or_none(cx)))),
        None => Err(cx.type_error("descriptor requires a 'types.GenericAlias' object")),
    }
}

fn attribute(cx: &mut Ctx, of: Slot, name: &str) -> Res<Option<Slot>> {
    let name = cx.root(cx.intern(name));
    attr::get_attr_opt(cx, of, name)
}

/// The elements of a tuple or list, as slots; `None` for anything else.
fn elements(cx: &Ctx, of: Slot) -> Option<Vec<Slot>> {
    let values = match (cx.get(of).cast::<Tuple>(), cx.get(of).cast::<List>()) {
        (Some(tuple), _) => tuple.iter(cx).collect(),
        (_, Some(list)) => list.to_vec(cx),
        _ => return None,
    };
    Some(values.into_iter().map(|value| cx.root(value)).collect())
}

fn tuple(cx: &Ctx, slots: &[Slot]) -> Slot {
    cx.root(cx.tuple(&slots.iter().map(|slot| cx.get(*slot)).collect::<Vec<_>>()))
}

fn add(cx: &Ctx, parameters: &mut Vec<Slot>, more: Slot) {
    if !parameters.iter().any(|known| cx.get(*known) == cx.get(more)) {
        parameters.push(more);
    }
}

/// `__parameters__`: the type parameters in a tuple or list of arguments, each once.
pub(crate) fn of_arguments(cx: &mut Ctx, args: Slot) -> Res<Slot> {
    cx.check_native_stack("")?;
    let mut parameters = Vec::new();
    for arg in elements(cx, args).unwrap_or_default() {
        if cx.get(arg).cast::<Class>().is_some() {
            continue;
        }
        if attribute(cx, arg, "__typing_subst__")?.is_some() {
            add(cx, &mut parameters, arg);
            continue;
        }
        let inner = match elements(cx, arg) {
            Some(_) => Some(of_arguments(cx, arg)?),
            None => attribute(cx, arg, "__parameters__")?.filter(|inner| cx.get(*inner).cast::<Tuple>().is_some()),
        };
        for parameter in inner.and_then(|inner| elements(cx, inner)).unwrap_or_default() {
            add(cx, &mut parameters, parameter);
        }
    }
    Ok(tuple(cx, &parameters))
}

/// `alias[given]`: the alias with its type parameters replaced.
pub(crate) fn substitute(cx: &mut Ctx, this: Slot, given: Slot) -> Res<Slot> {
    let (origin, args) = alias(cx, this)?;
    let replaced = replaced(cx, this, args, given)?;
    let args = tuple(cx, &replaced);
    let starred = cx.get(this).native::<GenericAlias>().is_some_and(|alias| alias.is_starred(cx));
    Ok(cx.root(GenericAlias::build(cx, Builtin::GenericAlias, cx.get(origin), cx.get(args), starred)))
}

/// The arguments `args` of `of` with its type parameters replaced by what is given: one type, or a tuple of them.
pub(crate) fn replaced(cx: &mut Ctx, of: Slot, args: Slot, given: Slot) -> Res<Vec<Slot>> {
    let parameters = of_arguments(cx, args)?;
    let parameters = elements(cx, parameters).unwrap_or_default();
    if parameters.is_empty() {
        let shown = repr::repr(cx, of)?;
        return Err(cx.type_error(format!("{shown} is not a generic class")));
    }
    let mut given = unpacked(cx, given)?;
    for &parameter in &parameters {
        let Some(prepare) = attribute(cx, parameter, "__typing_prepare_subst__")? else { continue };
        if !cx.get(prepare).is_none() {
            let all = tuple(cx, &given);
            let prepared = cx.call(prepare, &[of, all])?;
            given = if cx.get(prepared).cast::<Tuple>().is_some() {
                elements(cx, prepared).unwrap_or_default()
            } else {
                vec![prepared]
            };
        }
    }
    if given.len() != parameters.len() {
        let much = if given.len() > parameters.len() { "many" } else { "few" };
        let shown = repr::repr(cx, of)?;
        let (actual, expected) = (given.len(), parameters.len());
        return Err(cx.type_error(format!("Too {much} arguments for {shown}; actual {actual}, expected {expected}")));
    }
    replace_all(cx, args, &parameters, &given)
}

/// What is given, with unpacked tuples of known length (`*tuple[int, str]`) taken apart.
fn unpacked(cx: &mut Ctx, given: Slot) -> Res<Vec<Slot>> {
    let given = match cx.get(given).cast::<Tuple>() {
        Some(_) => elements(cx, given).unwrap_or_default(),
        None => vec![given],
    };
    let mut result = Vec::new();
    for one in given {
        let parts = match cx.get(one).cast::<Class>() {
            Some(_) => None,
            None => attribute(cx, one, "__typing_unpacked_tuple_args__")?,
        };
        let parts =
            parts.filter(|parts| cx.get(*parts).cast::<Tuple>().is_some()).and_then(|parts| elements(cx, parts));
        match parts {
            Some(parts) if parts.last().is_none_or(|last| cx.get(*last) != Value::ELLIPSIS) => result.extend(parts),
            _ => result.push(one),
        }
    }
    Ok(result)
}

fn replace_all(cx: &mut Ctx, args: Slot, parameters: &[Slot], given: &[Slot]) -> Res<Vec<Slot>> {
    cx.check_native_stack("")?;
    let mut result = Vec::new();
    for arg in elements(cx, args).unwrap_or_default() {
        if cx.get(arg).cast::<Class>().is_some() {
            result.push(arg);
            continue;
        }
        if elements(cx, arg).is_some() {
            let inner = replace_all(cx, arg, parameters, given)?;
            let is_list = cx.get(arg).cast::<List>().is_some();
            let inner = tuple(cx, &inner);
            result.push(if is_list { iter::collect(cx, inner)? } else { inner });
            continue;
        }
        let several = match attribute(cx, arg, "__typing_is_unpacked_typevartuple__")? {
            Some(answer) => truth(cx, answer)?,
            None => false,
        };
        let stands = match attribute(cx, arg, "__typing_subst__")? {
            Some(subst) => match position(cx, parameters, arg) {
                Some(at) => cx.call(subst, &[given[at]])?,
                None => arg,
            },
            None => replace_within(cx, arg, parameters, given)?,
        };
        match elements(cx, stands).filter(|_| several) {
            Some(stands) => result.extend(stands),
            None => result.push(stands),
        }
    }
    Ok(result)
}

fn position(cx: &Ctx, parameters: &[Slot], wanted: Slot) -> Option<usize> {
    parameters.iter().position(|parameter| cx.get(*parameter) == cx.get(wanted))
}

/// Replaces type parameters within an argument that is generic itself, by subscription.
fn replace_within(cx: &mut Ctx, arg: Slot, parameters: &[Slot], given: &[Slot]) -> Res<Slot> {
    let own = attribute(cx, arg, "__parameters__")?.filter(|own| cx.get(*own).cast::<Tuple>().is_some());
    let own = own.and_then(|own| elements(cx, own)).unwrap_or_default();
    if own.is_empty() {
        return Ok(arg);
    }
    let mut types = Vec::new();
    for parameter in own {
        match position(cx, parameters, parameter) {
            None => types.push(parameter),
            Some(at) => {
                let is_parameter = cx.get(parameter).native::<TypeParameter>().is_some();
                match elements(cx, given[at]).filter(|_| is_parameter && cx.get(given[at]).cast::<Tuple>().is_some()) {
                    Some(several) => types.extend(several),
                    None => types.push(given[at]),
                }
            }
        }
    }
    let types = tuple(cx, &types);
    item::get_item(cx, arg, types)
}
