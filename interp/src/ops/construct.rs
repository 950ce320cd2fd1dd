//! What calling a class needs to know about it.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::names::Name;
use crate::object::Kind;
use crate::types::class::Class;
use crate::types::list::List;
use crate::types::set::Set;
use crate::value::Value;

/// Which parts of construction a class does not take from `object`.
#[derive(Clone, Copy, Debug)]
pub struct Constructor {
    /// It has its own `__new__`.
    pub own_new: bool,
    /// It has its own `__init__`.
    pub own_init: bool,
}

impl Constructor {
    /// What a class has.
    pub fn of(cx: &Ctx, class: &Class) -> Constructor {
        let object = cx.class(Builtin::Object);
        let own = |name| class.special(cx, name) != object.special(cx, name);
        Constructor { own_new: own(Name::__new__), own_init: own(Name::__init__) }
    }
}

/// Whether a class has native state and no `__new__` to make it: what `object` makes has none.
pub fn makes_nothing(cx: &Ctx, class: &Class) -> bool {
    let inherits =
        |class: &Class| class.special(cx, Name::__new__) == cx.class(Builtin::Object).special(cx, Name::__new__);
    class.layout() != Kind::Instance && inherits(class)
}

/// Whether a class has abstract methods, so that nothing makes an instance of it.
pub fn is_abstract(cx: &Ctx, class: &Class) -> bool {
    let names = class.special(cx, Name::__abstractmethods__);
    names.is_some_and(|names| names.cast::<Set>().is_none_or(|names| names.iter(cx).next().is_some()))
}

/// The TypeError for making an instance of an abstract class.
pub fn abstract_error(cx: &Ctx, class: &Class) -> Option<Raised> {
    let names = class.names(cx).get_name(cx, cx.name(Name::__abstractmethods__))?;
    let mut methods: Vec<&str> = match (names.cast::<Set>(), names.cast::<List>()) {
        (Some(set), _) => set.iter(cx).filter_map(Value::as_str).collect(),
        (_, Some(list)) => list.to_vec(cx).into_iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    methods.sort_unstable();
    if methods.is_empty() {
        return None;
    }
    let plural = if methods.len() == 1 { "" } else { "s" };
    let listed = methods.join("', '");
    Some(cx.type_error(format!(
        "Can't instantiate abstract class {} without an implementation for abstract method{plural} '{listed}'",
        class.name(cx)
    )))
}
