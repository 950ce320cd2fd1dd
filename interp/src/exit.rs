//! What is called when the program ends: the functions that `atexit` has.
//!
//! The list is shared by all threads. They are called on the main thread of the program, the newest first, after other threads
//! have ended and before what they may need is taken down; a worker process has a list of its own and calls nothing.

use crate::barrier::publish;
use crate::ctx::{Ctx, Res, Slot, Slots};
use crate::heap::Tracer;
use crate::object::Field;
use crate::ops::compare::eq;
use crate::service::Service;
use crate::traceback::unraisable::report_in;
use crate::types::list::List;
use crate::types::tuple::Tuple;
use crate::value::{Value, Word};

/// The functions: a list of triples of a function, its arguments, and the names of the last of them or None.
struct Exits {
    all: Field,
}

impl Default for Exits {
    fn default() -> Exits {
        Exits { all: Field::unset() }
    }
}

impl Service for Exits {
    fn trace(&self, tracer: &mut Tracer<'_>) {
        tracer.field(&self.all);
    }
}

fn list(cx: &Ctx) -> Option<&List> {
    let field = &cx.interp().service::<Exits>().all;
    if field.get(cx).is_none() {
        let made = Value::of(List::alloc(cx));
        publish(cx, made);
        field.compare_exchange(Word::UNSET, made.word());
    }
    field.get(cx).and_then(Value::cast::<List>)
}

/// Adds a function, with the arguments that it is called with; the last are named by the tuple `names`.
pub fn register(cx: &Ctx, function: Slot, args: Slots, names: Option<Slot>) {
    let names = names.map_or(Value::NONE, |names| cx.get(names));
    let entry = cx.tuple(&[cx.get(function), cx.tuple_of(args), names]);
    if let Some(list) = list(cx) {
        list.push(cx, entry);
    }
}

/// How many functions there are.
pub fn count(cx: &Ctx) -> usize {
    list(cx).map_or(0, |list| list.len(cx))
}

/// Forgets all functions.
pub fn clear(cx: &Ctx) {
    if let Some(list) = list(cx) {
        list.clear(cx);
    }
}

/// Takes all functions out: their entries, the oldest first.
fn take(cx: &Ctx) -> Slots {
    let taken = list(cx).map_or_else(Vec::new, |list| list.take_all(cx).to_vec(cx));
    cx.root_all(taken)
}

fn part(cx: &Ctx, entry: Slot, index: usize) -> Slot {
    let part = cx.get(entry).cast::<Tuple>().and_then(|entry| entry.get(cx, index));
    cx.root(part.unwrap_or(Value::NONE))
}

/// Forgets a function, wherever it is equal to one that was added. What another thread adds meanwhile stays.
pub fn unregister(cx: &mut Ctx, function: Slot) -> Res<()> {
    let entries = {
        let cx: &Ctx = cx;
        let all = list(cx).map_or_else(Vec::new, |list| list.to_vec(cx));
        cx.root_all(all)
    };
    for entry in entries.iter() {
        let same = cx.scope(|cx| {
            let known = part(cx, entry, 0);
            eq(cx, known, function)
        })?;
        if same {
            remove(cx, entry);
        }
    }
    Ok(())
}

/// Removes an entry, if it is still there.
fn remove(cx: &Ctx, entry: Slot) {
    let Some(list) = list(cx) else { return };
    let kept: Vec<_> = list.take_all(cx).to_vec(cx).into_iter().filter(|other| *other != cx.get(entry)).collect();
    kept.into_iter().for_each(|entry| list.push(cx, entry));
}

/// Calls all functions, the newest first; what they raise is reported. Functions that these add stay for another time.
pub fn run(cx: &mut Ctx) {
    let entries = take(cx);
    for place in (0..entries.len()).rev() {
        let called: Res<()> = cx.scope(|cx| {
            let entry = entries.get(place);
            let [function, args, names] = [0, 1, 2].map(|index| part(cx, entry, index));
            let args = {
                let cx: &Ctx = cx;
                let args = cx.get(args).cast::<Tuple>().map_or_else(Vec::new, |args| args.iter(cx).collect());
                cx.root_all(args)
            };
            let names = if cx.get(names).is_none() { None } else { Some(names) };
            if let Err(raised) = cx.call_kw(function, args, names) {
                let exception = cx.root(cx.take_raised(raised));
                report_in(cx, "in atexit callback", function, exception);
            }
            Ok(())
        });
        debug_assert!(called.is_ok(), "what was raised was reported");
    }
}
