//! `for` loops.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::generator;
use super::jump::jump;
use super::state::State;
use super::state::part::part;
use crate::ctx::{Ctx, Res};
use crate::object::Kind;
use crate::ops::iter::{self, Step};
use crate::types::generator::Generator;
use crate::types::iter::{Iter, Walk};
use crate::types::list::List;
use crate::value::{Value, Word};

#[inline(always)]
pub(super) fn GetIter<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let source = s.value(i.b());
        let is_generator = source.cast::<Generator>().is_some_and(Generator::is_plain);
        let leaf = if is_generator { Some(source) } else { iter::iter_leaf(s.cx(), source) };
        if let Some(iterator) = leaf {
            return Ok(iterator.word());
        }
        s.with_slots(i, |s, i| {
            let source = s.root(i.b());
            iter::iter(s.cx_mut(), source)
        })
    });
    s.finish::<D>(i, result)
}

/// The next element of the commonest iterators: a range or a list.
#[inline(always)]
fn fast_step(cx: &Ctx, iterator: Value<'_>) -> Option<Word> {
    let iterator = iterator.cast::<Iter>()?;
    let index = iterator.index();
    match iterator.walk() {
        Walk::Range => {
            let more = if iterator.step > 0 { index < iterator.limit } else { index > iterator.limit };
            // A position beyond 62 bits is left to the slow part.
            if more && iterator.advance(cx, index, index.checked_add(iterator.step)?) { Word::int(index) } else { None }
        }
        Walk::List => {
            let value = iterator.source.get(cx)?.cast::<List>()?.get(cx, index as usize)?;
            if iterator.advance(cx, index, index + 1) { Some(value.word()) } else { None }
        }
        _ => None,
    }
}

#[inline(always)]
pub(super) fn ForIter<D: Dispatch>(s: State, i: Instr) -> D::Out {
    match fast_step(s.cx(), s.value(i.b())) {
        Some(element) => {
            s.set(i.a(), element);
            D::go(s.next())
        }
        None => s.slow::<D, StepSlow<false>>(i),
    }
}

#[inline(always)]
pub(super) fn ForIterBack<D: Dispatch>(s: State, i: Instr) -> D::Out {
    match fast_step(s.cx(), s.value(i.b())) {
        Some(element) => {
            s.set(i.a(), element);
            jump::<D>(s, isize::from(i.c_signed()))
        }
        None => s.slow::<D, StepSlow<true>>(i),
    }
}

/// Goes on after a step: with an element, or, if that is UNSET, at the end of the loop.
#[inline(always)]
pub(super) fn stepped<D: Dispatch, const BACK: bool>(s: State, i: Instr, element: Word) -> D::Out {
    let ended = element.is_unset();
    if !ended {
        s.set(i.a(), element);
    }
    if ended == BACK { D::go(s.next()) } else { jump::<D>(s, isize::from(i.c_signed())) }
}

part!(StepSlow<const BACK: bool> = step_slow);

#[inline(always)]
fn step_slow<D: Dispatch, const BACK: bool>(mut s: State, i: Instr) -> D::Out {
    if s.value(i.b()).kind() == Some(Kind::Generator) {
        return generator::ops::iterate::<D, BACK>(s, i);
    }
    match s.apart(i, step) {
        Ok(element) => stepped::<D, BACK>(s, i, element),
        Err(raised) => s.raise::<D>(raised),
    }
}

/// The next element; UNSET at the end.
fn step(s: &mut State, i: Instr) -> Res<Word> {
    if let Some(iterator) = s.value(i.b()).cast::<Iter>() {
        match iter::step_leaf(s.cx(), iterator) {
            Step::Value(value) => return Ok(value.word()),
            Step::Done => return Ok(Word::UNSET),
            Step::Raise(raised) => return Err(raised),
            Step::Ask => {}
        }
    }
    s.scope(|s| {
        let iterator = s.root(i.b());
        let cx = s.cx_mut();
        iter::next(cx, iterator).map(|slot| slot.map_or(Word::UNSET, |slot| cx.get(slot).word()))
    })
}
