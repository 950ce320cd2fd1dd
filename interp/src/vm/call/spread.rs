//! Arguments that a call unpacks, and what is said of values that cannot be unpacked.

use argil_compiler::opcode::Instr;

use super::super::State;
use crate::ctx::{Ctx, Raised, Res, Slot};
use crate::names::Name;
use crate::object::Kind;
use crate::ops::attr::{find_special, get_attr_opt};
use crate::ops::{iter, mapping};
use crate::types::dict::Dict;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

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

/// Spreads `*args` and `**kwargs` over slots: the first argument, how many there are, and the tuple of names.
pub(super) fn spread(s: State, i: Instr) -> Res<(*mut Word, usize, Word)> {
    let cx = s.cx();
    let callee = cx.root(s.value(i.a()));
    let positional = cx.root(s.value(i.a() + 1));
    let list = match cx.get(positional).kind() {
        Some(Kind::Tuple) => positional,
        _ if !is_iterable(cx, positional) => {
            return Err(not_unpackable(cx, callee, "*", "an iterable", positional));
        }
        _ => iter::collect(cx, positional)?,
    };
    let kwargs = if s.get(i.a() + 2).is_unset() {
        None
    } else {
        let given = cx.root(s.value(i.a() + 2));
        if !is_mapping(cx, given) {
            return Err(not_unpackable(cx, callee, "**", "a mapping", given));
        }
        let copy = cx.root(Value::of(Dict::alloc(cx)));
        mapping::dict_update(cx, copy, given)?;
        Some(copy)
    };
    let cx = &*cx;
    // A free word before the arguments, for a receiver.
    cx.push_word(Word::NONE);
    let first = cx.top.get();
    let values = match cx.get(list).cast::<Tuple>() {
        Some(tuple) => tuple.iter(cx).collect(),
        None => cx.get(list).cast::<List>().map(|list| list.to_vec(cx)).unwrap_or_default(),
    };
    let mut count = cx.root_all(values).len();
    let mut names = Word::UNSET;
    if let Some(dict) = kwargs.and_then(|slot| cx.get(slot).cast::<Dict>())
        && !dict.is_empty(cx)
    {
        let entries: Vec<_> = dict.iter(cx).collect();
        if entries.iter().any(|(key, _)| key.as_str().is_none()) {
            return Err(cx.type_error("keywords must be strings"));
        }
        count += cx.root_all(entries.iter().map(|(_, value)| *value)).len();
        let keys: Vec<_> = entries.iter().map(|(key, _)| *key).collect();
        names = cx.tuple(&keys).word();
        cx.push_word(names);
    }
    Ok((first, count, names))
}
