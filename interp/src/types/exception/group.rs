//! Exception groups.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::names::Name;
use crate::natives;
use crate::ops::attr::find_special;
use crate::ops::exception_group::{Wanted, split};
use crate::ops::{iter, repr};
use crate::types::class::Class;
use crate::types::dict::Dict;
use crate::types::exception::{Exception, details};
use crate::types::generic_alias::GenericAlias;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;

/// The detail that keeps the text of a sequence that is neither list nor tuple.
const SHOWN: &str = "_shown";

/// `ExceptionGroup(message, exceptions)`.
pub fn make(cx: &mut Ctx, class: Slot, args: Slots) -> Res<Slot> {
    if args.len() != 2 {
        let given = args.len();
        return Err(cx.type_error(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({given} given)")));
    }
    let (message, members) = (args.get(0), args.get(1));
    if cx.get(message).as_str().is_none() {
        let got = cx.type_name(cx.get(message));
        return Err(cx.type_error(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {got}")));
    }
    let plain = cx.get(members).cast::<List>().is_some() || cx.get(members).cast::<Tuple>().is_some();
    if !plain
        && (cx.get(members).cast::<Dict>().is_some() || find_special(cx, cx.get(members), Name::__getitem__).is_none())
    {
        return Err(cx.type_error("second argument (exceptions) must be a sequence"));
    }
    // Of another sequence than a list or tuple, what it looks like now is kept.
    let shown = if plain { None } else { Some(repr::repr_value(cx, members)?) };
    let list = iter::collect(cx, members)?;
    let values = cx.get(list).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    if values.is_empty() {
        return Err(cx.value_error("second argument (exceptions) must be a non-empty sequence"));
    }
    if let Some(at) = values.iter().position(|value| value.cast::<Exception>().is_none()) {
        return Err(cx.value_error(format!("Item {at} of second argument (exceptions) is not an exception")));
    }
    let Some(class) = cx.get(class).cast::<Class>() else { return Ok(class) };
    let all_plain = values.iter().all(|value| cx.is_instance(*value, Builtin::Exception));
    if !all_plain && class.is_subclass(cx, cx.class(Builtin::Exception)) {
        let into = match class.is(Builtin::ExceptionGroup) {
            true => "an ExceptionGroup".to_owned(),
            false => format!("'{}'", class.name(cx)),
        };
        return Err(cx.type_error(format!("Cannot nest BaseExceptions in {into}")));
    }
    let birth = match class.is(Builtin::BaseExceptionGroup) && all_plain {
        true => Builtin::ExceptionGroup.into(),
        false => class.birth().0,
    };
    let exception = Exception::build(cx, birth, Tuple::from_values(cx, &[cx.get(message), cx.get(members)]));
    details::set(cx, exception, "exceptions", cx.tuple(&values));
    if let Some(shown) = shown {
        details::set(cx, exception, SHOWN, cx.get(shown));
    }
    Ok(cx.root(Value::of(exception)))
}

/// A TypeError unless a value can be the condition of `split`.
fn check_condition(cx: &Ctx, condition: Slot) -> Res<()> {
    let base = cx.class(Builtin::BaseException);
    let is_exception = |value: Value<'_>| value.cast::<Class>().is_some_and(|class| class.is_subclass(cx, base));
    let value = cx.get(condition);
    let fits = match (value.cast::<Class>(), value.cast::<Tuple>()) {
        (Some(_), _) => is_exception(value),
        (_, Some(tuple)) => tuple.iter(cx).all(is_exception),
        _ => crate::types::function::is_callable(cx, value),
    };
    if fits {
        return Ok(());
    }
    Err(cx.type_error("expected an exception type, a tuple of exception types, or a callable (other than a class)"))
}

natives! {
    /// Methods of `BaseExceptionGroup`.
    pub static METHODS = {
        /// The message.
        get fn message(cx; self_: &'h Exception) -> Value<'h> { Ok(details::get(cx, self_, "message")) }
        /// The exceptions.
        get fn exceptions(cx; self_: &'h Exception) -> Value<'h> { Ok(details::get(cx, self_, "exceptions")) }
        /// Return repr(self).
        call fn __repr__(cx; self_: Slot) -> String {
            let group = cx.get(self_).cast::<Exception>().expect("a method of exceptions");
            let (message, members) = (details::get(cx, group, "message"), details::get(cx, group, "exceptions"));
            if let Some(shown) = details::get(cx, group, SHOWN).as_str() {
                let (shown, message) = (shown.to_owned(), cx.root(message));
                let message = repr::repr(cx, message)?;
                return Ok(format!("{}({message}, {shown})", cx.type_name(cx.get(self_))));
            }
            let given_list = group.args(cx).get(cx, 1).is_some_and(|given| given.cast::<List>().is_some());
            let shown = match members.cast::<Tuple>().filter(|_| given_list) {
                Some(tuple) => Value::of(List::from_values(cx, &tuple.iter(cx).collect::<Vec<_>>())),
                None => members,
            };
            let (message, shown) = (cx.root(message), cx.root(shown));
            let (message, shown) = (repr::repr(cx, message)?, repr::repr(cx, shown)?);
            Ok(format!("{}({message}, {shown})", cx.type_name(cx.get(self_))))
        }
        /// Return str(self).
        fn __str__(cx; self_: &'h Exception) -> String {
            let message = details::get(cx, self_, "message").as_str().unwrap_or_default();
            let count = details::get(cx, self_, "exceptions").cast::<Tuple>().map_or(0, Tuple::len);
            let plural = if count == 1 { "" } else { "s" };
            Ok(format!("{message} ({count} sub-exception{plural})"))
        }
        /// A generic alias.
        class fn __class_getitem__(cx; cls: Value<'h>, item: Value<'h>) -> Value<'h> {
            Ok(GenericAlias::alloc(cx, cls, item))
        }
        /// Return a group with the same message and other exceptions.
        call fn derive(cx; self_: Slot, exceptions: Slot) -> Slot {
            let class = cx.root(Value::of(cx.class(Builtin::BaseExceptionGroup)));
            let message = cx.get(self_).cast::<Exception>().map_or(Value::NONE, |group| details::get(cx, group, "message"));
            let message = cx.root(message);
            cx.call(class, &[message, exceptions])
        }
        /// Split the group into the part that meets a condition and the rest.
        call fn split(cx; self_: Slot, condition: Slot) -> Slot {
            check_condition(cx, condition)?;
            let (yes, no) = split(cx, self_, Wanted::Condition(condition))?;
            let part = |part: Option<Slot>| part.map_or(Value::NONE, |part| cx.get(part));
            let pair = cx.tuple(&[part(yes), part(no)]);
            Ok(cx.root(pair))
        }
        /// The part of the group that meets a condition.
        call fn subgroup(cx; self_: Slot, condition: Slot) -> Option<Slot> {
            check_condition(cx, condition)?;
            Ok(split(cx, self_, Wanted::Condition(condition))?.0)
        }
    }
}
