//! `count`, `cycle`, `repeat`.

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

use argil_interp::ctx::{Ctx, Res, Slot};
use argil_interp::names::Name;
use argil_interp::native::GivenSlot;
use argil_interp::natives;
use argil_interp::object::Field;
use argil_interp::ops::attr::find_special;
use argil_interp::ops::iter::{self, Step};
use argil_interp::ops::number::{self, BinOp};
use argil_interp::ops::repr;
use argil_interp::types::list::List;
use argil_interp::types::native::{FieldOf, NativeData, NextFn};
use argil_interp::value::Value;

/// `count(start, step)`.
pub struct Count {
    current: Field,
    step: Field,
}

impl NativeData for Count {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.current, |s| &s.step];

    const NEXT: Option<NextFn> = Some(next_count);
}

fn next_count(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    {
        let cx = &*cx;
        // One guard around load, addition and store, so that threads never get the same number.
        let (count, guard) = cx.guarded::<Count>(this)?;
        let (current, step) = (count.current.get_or_none(cx), count.step.get_or_none(cx));
        if let Some(next) = number::binary_leaf(cx, BinOp::Add, current, step) {
            guard.set(&count.current, next?);
            return Ok(Some(cx.root(current)));
        }
    }
    let current = cx.load(this, |count: &Count| &count.current).unwrap_or(this);
    let step = cx.load(this, |count: &Count| &count.step).unwrap_or(this);
    let next = number::binary(cx, BinOp::Add, false, current, step)?;
    cx.store(this, |count: &Count| &count.current, next);
    Ok(Some(current))
}

natives! {
    pub static COUNT = {
        static call fn __new__(cx; cls: Slot; start: GivenSlot = GivenSlot(None), step: GivenSlot = GivenSlot(None)) -> Slot {
            let number = |given: GivenSlot, default: i64| given.0.map_or(cx.int(default), |slot| cx.get(slot));
            let (current, step) = (number(start, 0), number(step, 1));
            let converts = [Name::__index__, Name::__float__, Name::__int__, Name::__complex__];
            for value in [current, step] {
                if !converts.into_iter().any(|special| find_special(cx, value, special).is_some()) {
                    return Err(cx.type_error("a number is required"));
                }
            }
            Ok(cx.new_native(cls, Count { current: Field::of(cx.root(current)), step: Field::of(cx.root(step)) }))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let current = cx.load(self_, |count: &Count| &count.current).unwrap_or(self_);
            let step = cx.load(self_, |count: &Count| &count.step).unwrap_or(self_);
            let text = repr::repr(cx, current)?;
            if cx.get(step).as_small_int() == Some(1) {
                return Ok(format!("count({text})"));
            }
            let step = repr::repr(cx, step)?;
            Ok(format!("count({text}, {step})"))
        }
    }
}

/// `cycle(iterable)`.
pub struct Cycle {
    /// The iterator; unset once it is exhausted.
    source: Field,
    /// What it yielded, in a list.
    saved: Field,
    /// The next one to repeat (Relaxed: which thread gets which does not matter).
    index: AtomicUsize,
}

impl NativeData for Cycle {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.source, |s| &s.saved];

    const NEXT: Option<NextFn> = Some(next_cycle);
}

/// A step that runs no script code: whoever reads an element also keeps it, before another thread goes on.
fn step_cycle(cx: &Ctx, this: Slot) -> Step<'_> {
    let Ok((cycle, guard)) = cx.guarded::<Cycle>(this) else { return Step::Ask };
    let Some(saved) = cycle.saved.get(cx).and_then(Value::cast::<List>) else { return Step::Done };
    if let Some(source) = cycle.source.get(cx) {
        let Some(source) = iter::leaf(cx, Some(source)) else { return Step::Ask };
        match iter::step_leaf(cx, source) {
            Step::Value(value) => {
                saved.push(cx, value);
                return Step::Value(value);
            }
            Step::Done => cycle.source.clear(&guard),
            other => return other,
        }
    }
    let count = saved.len(cx);
    if count == 0 {
        return Step::Done;
    }
    let advance = |index: usize| Some((index + 1) % count);
    let index = cycle.index.fetch_update(Ordering::Relaxed, Ordering::Relaxed, advance).unwrap_or(0);
    saved.get(cx, index % count).map_or(Step::Done, Step::Value)
}

fn next_cycle(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    loop {
        if let Some(answer) = step_cycle(cx, this).answer(cx) {
            return answer;
        }
        let Some(source) = cx.load(this, |cycle: &Cycle| &cycle.source) else { continue };
        if let Some(value) = iter::next(cx, source)? {
            if let Some(saved) = cx.load(this, |cycle: &Cycle| &cycle.saved) {
                iter::push(cx, saved, value)?;
            }
            return Ok(Some(value));
        }
        cx.unset(this, |cycle: &Cycle| &cycle.source);
    }
}

natives! {
    pub static CYCLE = {
        static call fn __new__(cx; cls: Slot, iterable: Slot) -> Slot {
            let source = iter::iter(cx, iterable)?;
            let state = Cycle {
                source: Field::of(source),
                saved: Field::of(cx.root(Value::of(List::alloc(cx)))),
                index: AtomicUsize::new(0),
            };
            Ok(cx.new_native(cls, state))
        }
    }
}

/// `repeat(object, times)`.
pub struct Repeat {
    object: Field,
    /// How often it is still yielded; `i64::MAX` for ever. Relaxed: a counter.
    left: AtomicI64,
}

impl NativeData for Repeat {
    const FIELDS: &'static [FieldOf<Self>] = &[|s| &s.object];

    const NEXT: Option<NextFn> = Some(next_repeat);
}

fn next_repeat(cx: &mut Ctx, this: Slot) -> Res<Option<Slot>> {
    let cx = &*cx;
    let repeat = cx.state::<Repeat>(this)?;
    let take = |left| match left {
        0 => None,
        i64::MAX => Some(left),
        _ => Some(left - 1),
    };
    let taken = repeat.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok();
    Ok(taken.then(|| cx.root(repeat.object.get_or_none(cx))))
}

natives! {
    pub static REPEAT = {
        static call fn __new__(cx; cls: Slot; object: Slot, times: i64 = i64::MAX) -> Slot {
            let state = Repeat { object: Field::of(object), left: AtomicI64::new(times.max(0)) };
            Ok(cx.new_native(cls, state))
        }

        call fn __repr__(cx; self_: Slot) -> String {
            let object = cx.load(self_, |repeat: &Repeat| &repeat.object).unwrap_or(self_);
            let text = repr::repr(cx, object)?;
            match cx.state::<Repeat>(self_)?.left.load(Ordering::Relaxed) {
                i64::MAX => Ok(format!("repeat({text})")),
                left => Ok(format!("repeat({text}, {left})")),
            }
        }

        fn __length_hint__(cx; self_: Value<'h>) -> i64 {
            match self_.native::<Repeat>().map_or(0, |repeat| repeat.left.load(Ordering::Relaxed)) {
                i64::MAX => Err(cx.type_error("len() of unsized object")),
                left => Ok(left),
            }
        }
    }
}
