//! `Context`: a map of variables that code runs in.

use std::sync::atomic::{AtomicBool, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::memory;
use argil_interp::native::Args;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::compare::eq;
use argil_interp::ops::repr::repr;
use argil_interp::types::native::{FieldOf, NativeData};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::map;
use super::variable::Variable;
use super::walk;

/// A context.
pub struct Context {
    /// A pair of how many variables there are and the root of their map, or unset if there are none. One field, so that both
    /// change at once.
    contents: Field,
    /// Whether a thread runs in it. Swapped by whoever enters (Acquire) and stored by whoever leaves (Release): the next sees
    /// what the one before set.
    entered: AtomicBool,
}

impl NativeData for Context {
    const FIELDS: &'static [FieldOf<Self>] = &[|context| &context.contents];
}

impl Context {
    /// How many variables are set.
    fn len(&self, cx: &Ctx) -> usize {
        let count = self.contents.get(cx).and_then(Value::cast::<Tuple>).and_then(|pair| pair.get(cx, 0));
        count.and_then(Value::as_small_int).unwrap_or(0) as usize
    }

    /// The root of the map.
    pub fn root<'h>(&'h self, cx: &'h Ctx) -> Option<&'h Tuple> {
        self.contents.get(cx)?.cast::<Tuple>()?.get(cx, 1)?.cast::<Tuple>()
    }
}

/// A context with the contents that a slot holds, if it is given.
fn with_contents(cx: &Ctx, contents: Option<Slot>) -> Slot {
    let (contents, entered) = (Field::of_option(contents), AtomicBool::new(false));
    cx.new_of_native_class(Context { contents, entered })
}

/// A copy of a context.
fn copy(cx: &Ctx, context: Option<&Context>) -> Slot {
    let contents = context.and_then(|context| context.contents.get(cx)).map(|contents| cx.root(contents));
    with_contents(cx, contents)
}

/// A copy of the thread's context.
pub fn copy_current(cx: &Ctx) -> Slot {
    copy(cx, current(cx))
}

/// The thread's context, if it has begun one.
#[inline]
pub fn current(cx: &Ctx) -> Option<&Context> {
    cx.current_context()?.native::<Context>()
}

/// The thread's context, which begins now if there is none yet.
fn begun(cx: &Ctx) -> Slot {
    if let Some(context) = cx.current_context() {
        return cx.root(context);
    }
    let made = with_contents(cx, None);
    cx.set_current_context(Some(cx.get(made)));
    made
}

/// Sets a variable (a slot) in the thread's context, or removes it; the context, and the value before.
pub fn change(cx: &Ctx, variable: Slot, number: u32, value: Option<Slot>) -> (Slot, Option<Slot>) {
    let context = begun(cx);
    let Some(state) = cx.get(context).native::<Context>() else { return (context, None) };
    let (root, count) = (state.root(cx), state.len(cx));
    let old = map::get(cx, root, cx.get(variable), number).map(|old| cx.root(old));
    let (root, count) = match value {
        Some(value) => {
            let (root, is_new) = map::set(cx, root, cx.get(variable), number, cx.get(value));
            (Some(root), count + usize::from(is_new))
        }
        None if old.is_some() => (root.and_then(|root| map::remove(cx, root, 0, cx.get(variable), number)), count - 1),
        None => return (context, None),
    };
    match root {
        Some(root) => {
            let contents = cx.root(cx.tuple(&[cx.uint(count as u64), Value::of(root)]));
            cx.store::<Context>(context, |context| &context.contents, contents);
        }
        None => cx.unset::<Context>(context, |context| &context.contents),
    }
    (context, old)
}

/// What a context has for a key, which must be a variable.
fn look_up(cx: &mut Ctx, context: Slot, key: Slot) -> Res<Option<Slot>> {
    let Some(variable) = cx.get(key).native::<Variable>() else {
        let shown = repr(cx, key)?;
        return Err(cx.type_error(format!("a ContextVar key was expected, got {shown}")));
    };
    let context = cx.state::<Context>(context)?;
    Ok(map::get(cx, context.root(cx), cx.get(key), variable.number).map(|found| cx.root(found)))
}

/// Runs a function in a context: `context.run(function, *args, **names)`.
fn run(cx: &mut Ctx, args: Args<'_>) -> Res<Slot> {
    let (args, names) = args.into_slots(cx);
    let named = names.and_then(|names| cx.get(names).cast::<Tuple>()).map_or(0, Tuple::len);
    let context = args.get(0);
    if args.len() - named < 2 {
        return Err(cx.type_error("run() missing 1 required positional argument"));
    }
    if cx.state::<Context>(context)?.entered.swap(true, Ordering::Acquire) {
        let shown = repr(cx, context)?;
        return Err(cx.runtime_error(format!("cannot enter context: {shown} is already entered")));
    }
    let before = cx.current_context().map(|before| cx.root(before));
    cx.set_current_context(Some(cx.get(context)));
    // A refusal of memory leaves the context too.
    let result = memory::attempt(|| cx.call_kw(args.get(1), args.skip(2), names));
    cx.set_current_context(before.map(|before| cx.get(before)));
    if let Some(state) = cx.get(context).native::<Context>() {
        state.entered.store(false, Ordering::Release);
    }
    result.unwrap_or_else(|_| memory::refuse())
}

/// Whether two contexts set the same variables to equal values.
fn same(cx: &mut Ctx, a: Slot, b: Slot) -> Res<bool> {
    let (Some(one), Some(other)) = (cx.get(a).native::<Context>(), cx.get(b).native::<Context>()) else {
        return Ok(false);
    };
    if one.len(cx) != other.len(cx) {
        return Ok(false);
    }
    let mut pairs = Vec::new();
    let mut missing = false;
    let Some(root) = one.root(cx) else { return Ok(true) };
    map::each(cx, root, &mut |variable, value| {
        let number = variable.native::<Variable>().map_or(0, |variable| variable.number);
        match map::get(cx, other.root(cx), variable, number) {
            Some(found) if !missing => pairs.extend([value, found]),
            _ => missing = true,
        }
    });
    if missing {
        return Ok(false);
    }
    let pairs = cx.root_all(pairs);
    for pair in 0..pairs.len() / 2 {
        if !cx.scope(|cx| eq(cx, pairs.get(2 * pair), pairs.get(2 * pair + 1)))? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compared(cx: &mut Ctx, a: Slot, b: Slot, wanted: bool) -> Res<Slot> {
    if cx.get(b).native::<Context>().is_none() {
        return Ok(cx.root(Value::NOT_IMPLEMENTED));
    }
    same(cx, a, b).map(|same| cx.root(Value::bool(same == wanted)))
}

natives! {
    pub static METHODS = {
        static raw fn __new__(cx, args) -> Slot {
            if args.len() > 1 {
                return Err(cx.type_error("Context() does not accept any arguments"));
            }
            Ok(with_contents(cx, None))
        }

        slot call fn __eq__(cx; self_: Slot, value: Slot) -> Slot { compared(cx, self_, value, true) }

        slot call fn __ne__(cx; self_: Slot, value: Slot) -> Slot { compared(cx, self_, value, false) }

        slot fn __len__(cx; self_: Value<'h>) -> usize {
            Ok(self_.native::<Context>().map_or(0, |context| context.len(cx)))
        }

        slot call fn __getitem__(cx; self_: Slot, key: Slot) -> Slot {
            look_up(cx, self_, key)?.ok_or_else(|| cx.key_error(cx.get(key)))
        }

        slot call fn __contains__(cx; self_: Slot, key: Slot) -> bool {
            Ok(look_up(cx, self_, key)?.is_some())
        }

        slot call fn __iter__(cx; self_: Slot) -> Slot { walk::walk::<0>(cx, self_) }

        /// Return the value for `key` if `key` has the value in the context object.
        ///
        /// If `key` does not exist, return `default`.  If `default` is not
        /// given, return None.
        call fn get(cx; self_: Slot, key: Slot, default: Option<Slot> = None) -> Option<Slot> {
            Ok(look_up(cx, self_, key)?.or(default))
        }

        /// Return a list of all variables in the context object.
        call fn keys(cx; self_: Slot) -> Slot { walk::walk::<0>(cx, self_) }

        /// Return a list of all variables' values in the context object.
        call fn values(cx; self_: Slot) -> Slot { walk::walk::<1>(cx, self_) }

        /// Return all variables and their values in the context object.
        ///
        /// The result is returned as a list of 2-tuples (variable, value).
        call fn items(cx; self_: Slot) -> Slot { walk::walk::<2>(cx, self_) }

        /// Return a shallow copy of the context object.
        call fn copy(cx; self_: Slot) -> Slot {
            let context = cx.state::<Context>(self_)?;
            Ok(copy(cx, Some(context)))
        }

        raw fn run(cx, args) -> Slot { run(cx, args) }
    }
}
