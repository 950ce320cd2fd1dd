//! Taking exception groups apart: what `split` and `except*` do.

use crate::builtin::Builtin;
use crate::ctx::{Ctx, Res, Slot};
use crate::names::Name;
use crate::ops::{attr, instance_of, iter, truth};
use crate::types::class::Class;
use crate::types::exception::{Exception, details};
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::Value;
use crate::vm::exception::matches;

/// Which exceptions are wanted.
#[derive(Clone, Copy)]
pub(crate) enum Wanted<'a> {
    /// Those of a class or of a tuple of classes, or those for which a function returns something true.
    Condition(Slot),
    /// These, which are no groups.
    Leaves(&'a [Slot]),
}

impl Wanted<'_> {
    fn includes(self, cx: &mut Ctx, exception: Slot) -> Res<bool> {
        match self {
            Wanted::Condition(condition) => {
                if cx.get(condition).cast::<Class>().is_some() || cx.get(condition).cast::<Tuple>().is_some() {
                    return instance_of::is_instance(cx, exception, condition);
                }
                let answer = cx.call(condition, &[exception])?;
                truth::truth(cx, answer)
            }
            Wanted::Leaves(leaves) => Ok(leaves.iter().any(|leaf| cx.get(*leaf) == cx.get(exception))),
        }
    }
}

fn is_group(cx: &Ctx, exception: Slot) -> bool {
    cx.is_instance(cx.get(exception), Builtin::BaseExceptionGroup)
}

/// The exceptions that a group holds.
pub(crate) fn members(cx: &Ctx, group: Slot) -> Vec<Slot> {
    let Some(exception) = cx.get(group).cast::<Exception>() else { return Vec::new() };
    match details::get(cx, exception, "exceptions").cast::<Tuple>() {
        Some(members) => members.iter(cx).map(|member| cx.root(member)).collect(),
        None => Vec::new(),
    }
}

/// The parts of an exception, mostly a group, that are wanted, and the rest.
pub(crate) fn split(cx: &mut Ctx, exception: Slot, wanted: Wanted<'_>) -> Res<(Option<Slot>, Option<Slot>)> {
    cx.check_native_stack(" in exceptiongroup_split_recursive")?;
    if wanted.includes(cx, exception)? {
        return Ok((Some(exception), None));
    }
    if !is_group(cx, exception) {
        return Ok((None, Some(exception)));
    }
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    for member in members(cx, exception) {
        let (yes, no) = split(cx, member, wanted)?;
        matching.extend(yes);
        rest.extend(no);
    }
    Ok((derive(cx, exception, &matching)?, derive(cx, exception, &rest)?))
}

fn list_of(cx: &Ctx, exceptions: &[Slot]) -> Slot {
    let values: Vec<Value<'_>> = exceptions.iter().map(|&slot| cx.get(slot)).collect();
    cx.root(Value::of(List::from_values(cx, &values)))
}

/// A group like another, of other exceptions; `None` if there are none.
fn derive(cx: &mut Ctx, group: Slot, exceptions: &[Slot]) -> Res<Option<Slot>> {
    if exceptions.is_empty() {
        return Ok(None);
    }
    let list = list_of(cx, exceptions);
    let method = cx.root(cx.intern("derive"));
    let method = attr::get_attr(cx, group, method)?;
    let new = cx.call(method, &[list])?;
    if !cx.is_instance(cx.get(new), Builtin::BaseExceptionGroup) {
        return Err(cx.type_error("derive must return an instance of BaseExceptionGroup"));
    }
    if let (Some(old), Some(new)) = (cx.get(group).cast::<Exception>(), cx.get(new).cast::<Exception>()) {
        copy_links(cx, old, new);
    }
    let key = cx.root(cx.name(Name::__notes__));
    if let Some(notes) = attr::get_attr_opt(cx, group, key)?
        && cx.get(notes).cast::<List>().is_some()
    {
        let notes = iter::collect(cx, notes)?;
        attr::set_attr(cx, new, key, notes)?;
    }
    Ok(Some(new))
}

fn copy_links<'h>(cx: &'h Ctx, old: &'h Exception, new: &'h Exception) {
    let header = crate::types::header_of(new);
    for (from, to) in [(&old.traceback, &new.traceback), (&old.context, &new.context), (&old.cause, &new.cause)] {
        if let Some(value) = from.get(cx) {
            to.set_in(cx, header, value);
        }
    }
}

/// A group without a message.
fn group_of(cx: &mut Ctx, exceptions: &[Slot]) -> Res<Slot> {
    let class = cx.root(Value::of(cx.class(Builtin::BaseExceptionGroup)));
    let message = cx.root(cx.intern(""));
    let list = list_of(cx, exceptions);
    cx.call(class, &[message, list])
}

/// The part of an exception that a clause `except* classes` handles, as a group, and the rest of it.
///
/// # Errors
/// TypeError if something else than classes of exceptions, or groups, shall be caught.
pub(crate) fn split_for_clause(cx: &mut Ctx, exception: Slot, classes: Slot) -> Res<(Option<Slot>, Option<Slot>)> {
    let fits = !cx.get(exception).is_none() && matches(cx, cx.get(exception), cx.get(classes))?;
    let groups = cx.class(Builtin::BaseExceptionGroup);
    let catches_groups = |class: Value<'_>| class.cast::<Class>().is_some_and(|class| class.is_subclass(cx, groups));
    let is_wrong = match cx.get(classes).cast::<Tuple>() {
        Some(tuple) => tuple.iter(cx).any(catches_groups),
        None => catches_groups(cx.get(classes)),
    };
    if is_wrong {
        return Err(cx.type_error("catching ExceptionGroup with except* is not allowed. Use except instead."));
    }
    if cx.get(exception).is_none() {
        return Ok((None, None));
    }
    match (is_group(cx, exception), fits) {
        (true, _) => split(cx, exception, Wanted::Condition(classes)),
        (false, true) => Ok((Some(group_of(cx, &[exception])?), None)),
        (false, false) => Ok((None, Some(exception))),
    }
}

/// What remains to be raised after the clauses of a `try`: the exceptions that they raised, and what of the original they raised
/// again or did not handle, as a group that is like the original. `None` if nothing remains.
pub(crate) fn left_over(cx: &mut Ctx, original: Slot, results: Slot) -> Res<Option<Slot>> {
    let results = cx.get(results).cast::<List>().map_or_else(Vec::new, |list| list.to_vec(cx));
    let results = results.into_iter().filter(|result| !result.is_none());
    let results: Vec<Slot> = results.map(|result| cx.root(result)).collect();
    if !is_group(cx, original) {
        // Only one clause can have handled it.
        return Ok(results.first().copied());
    }
    let (mut raised, mut again) = (Vec::new(), Vec::new());
    for result in results {
        if has_same_past(cx, result, original)? { again.push(result) } else { raised.push(result) }
    }
    let mut leaves = Vec::new();
    again.iter().for_each(|exception| gather_leaves(cx, *exception, &mut leaves));
    let again = if leaves.is_empty() { None } else { split(cx, original, Wanted::Leaves(&leaves))?.0 };
    raised.extend(again);
    match *raised {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => group_of(cx, &raised).map(Some),
    }
}

fn gather_leaves(cx: &Ctx, exception: Slot, leaves: &mut Vec<Slot>) {
    if is_group(cx, exception) {
        members(cx, exception).into_iter().for_each(|member| gather_leaves(cx, member, leaves));
    } else {
        leaves.push(exception);
    }
}

/// Whether two exceptions have the same traceback, cause, context and notes: one is a part of the other, then.
fn has_same_past(cx: &mut Ctx, a: Slot, b: Slot) -> Res<bool> {
    let key = cx.root(cx.name(Name::__notes__));
    let notes = [attr::get_attr_opt(cx, a, key)?, attr::get_attr_opt(cx, b, key)?];
    let notes = notes.map(|notes| notes.map(|notes| cx.get(notes)));
    let (Some(a), Some(b)) = (cx.get(a).cast::<Exception>(), cx.get(b).cast::<Exception>()) else { return Ok(false) };
    let links = [(&a.traceback, &b.traceback), (&a.cause, &b.cause), (&a.context, &b.context)];
    Ok(notes[0] == notes[1] && links.into_iter().all(|(a, b)| a.get(cx) == b.get(cx)))
}
