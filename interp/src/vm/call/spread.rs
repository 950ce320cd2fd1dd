//! Arguments that a call unpacks, and what is said of values that cannot be unpacked.

use argil_compiler::opcode::Instr;

use super::super::State;
use super::Pending;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::memory;
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::{find_special, get_attr_opt};
use crate::ops::{iter, mapping};
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// How error messages name what is called: `module.f()`.
pub(in super::super) fn callee_name(cx: &mut Ctx, callee: Slot) -> Res<String> {
    let mut text = |name: Name| -> Res<Option<String>> {
        let name = cx.root(cx.name(name));
        let found = get_attr_opt(cx, callee, name)?;
        Ok(found.and_then(|found| cx.get(found).as_str().map(str::to_owned)))
    };
    let (qualname, module) = (text(Name::__qualname__)?, text(Name::__module__)?);
    Ok(match (qualname, module) {
        (Some(qualname), Some(module)) if module != "builtins" => format!("{module}.{qualname}()"),
        (Some(qualname), _) => format!("{qualname}()"),
        (None, _) => format!("{} object", cx.type_name(cx.get(callee))),
    })
}

/// Whether `**value` may be asked of a value.
pub(in super::super) fn is_mapping(cx: &Ctx, value: Slot) -> bool {
    cx.class_of(cx.get(value)).lookup(cx, cx.name(Name::keys)).is_some()
}

/// Whether `*value` may be asked of a value.
pub(in super::super) fn is_iterable(cx: &Ctx, value: Slot) -> bool {
    let value = cx.get(value);
    match find_special(cx, value, Name::__iter__) {
        Some(method) => !method.is_none(),
        None => find_special(cx, value, Name::__getitem__).is_some() || iter::iter_leaf(cx, value).is_some(),
    }
}

/// The error of a call whose `*` or `**` (`stars`) stands before something that is no `wanted`.
pub(in super::super) fn not_unpackable(cx: &mut Ctx, callee: Slot, stars: &str, wanted: &str, value: Slot) -> Raised {
    let callee = match callee_name(cx, callee) {
        Ok(callee) => callee,
        Err(raised) => return raised,
    };
    let class = cx.type_name(cx.get(value));
    cx.type_error(format!("{callee} argument after {stars} must be {wanted}, not {class}"))
}

/// The call of what register `a` holds with `*args` and `**kwargs` spread over slots, which the caller frees.
pub(super) fn spread(s: &mut State, i: Instr) -> Res<Pending> {
    let (callee, positional) = (s.root(i.a()), s.root(i.a() + 1));
    let given = if s.get(i.a() + 2).is_unset() { None } else { Some(s.root(i.a() + 2)) };
    let cx = s.cx_mut();
    let list = match cx.get(positional).kind() {
        Some(Kind::Tuple) => positional,
        _ if !is_iterable(cx, positional) => {
            return Err(not_unpackable(cx, callee, "*", "an iterable", positional));
        }
        _ => iter::collect(cx, positional)?,
    };
    let kwargs = match given {
        None => None,
        Some(given) => {
            if !is_mapping(cx, given) {
                return Err(not_unpackable(cx, callee, "**", "a mapping", given));
            }
            let copy = cx.root(Value::of(Dict::alloc(cx)));
            mapping::dict_update(cx, copy, given)?;
            Some(copy)
        }
    };
    let cx = &*cx;
    let mut args: Vec<_> = match cx.get(list).cast::<Tuple>() {
        Some(tuple) => memory::collect(tuple.iter(cx)),
        None => cx.get(list).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default(),
    };
    let mut names = None;
    if let Some(dict) = kwargs.and_then(|slot| cx.get(slot).cast::<Dict>())
        && !dict.is_empty(cx)
    {
        let keys = memory::collect(dict.iter(cx).map(|(key, _)| key));
        let values = memory::collect(dict.iter(cx).map(|(_, value)| value));
        if keys.iter().any(|key| key.as_str().is_none()) {
            return Err(cx.type_error("keywords must be strings"));
        }
        memory::reserve(&mut args, values.len());
        args.extend(values);
        names = Some(cx.tuple(&keys));
    }
    Ok(Pending::push(cx, cx.get(callee), args, names))
}
