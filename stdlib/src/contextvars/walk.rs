//! Iterators over what a context holds: they go through what it held when they began.

use std::sync::atomic::{AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::object::Field;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::types::tuple::Tuple;
use argil_interp::value::Value;

use super::context::Context;
use super::map;

/// An iterator over variables (0), values (1) or pairs of both (2).
pub struct Walk<const WHAT: usize> {
    /// A tuple of what comes.
    all: Field,
    /// How many have come. Relaxed: each is taken once, and the tuple never changes.
    taken: AtomicUsize,
}

impl<const WHAT: usize> NativeData for Walk<WHAT> {
    const FIELDS: &'static [FieldOf<Self>] = &[|walk| &walk.all];

    const NEXT: Option<NextFn> = Some(|cx, this| {
        let walk = cx.state::<Self>(this)?;
        let place = walk.taken.fetch_add(1, Ordering::Relaxed);
        let next = walk.all.get(cx).and_then(Value::cast::<Tuple>).and_then(|all| all.get(cx, place));
        if next.is_none() {
            // So that the number cannot come round.
            walk.taken.store(usize::MAX / 2, Ordering::Relaxed);
        }
        Ok(next.map(|next| cx.root(next)))
    });
}

/// An iterator over a context (a slot).
pub fn walk<const WHAT: usize>(cx: &mut Ctx, context: Slot) -> Res<Slot> {
    let mut all = Vec::new();
    if let Some(root) = cx.state::<Context>(context)?.root(cx) {
        map::each(cx, root, &mut |variable, value| {
            all.push(match WHAT {
                0 => variable,
                1 => value,
                _ => cx.tuple(&[variable, value]),
            });
        });
    }
    let all = cx.root(cx.tuple(&all));
    Ok(cx.new_of_native_class(Walk::<WHAT> { all: Field::of(all), taken: AtomicUsize::new(0) }))
}
