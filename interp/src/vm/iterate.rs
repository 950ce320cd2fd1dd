//! `for` loops.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::jump::jump;
use super::{Dispatch, State, generator, unwind};
use crate::ctx::Res;
use crate::object::Kind;
use crate::ops::iter::{self, Step};
use crate::types::iter::{Iter, Walk};
use crate::types::list::List;
use crate::value::{Value, Word};

#[inline(always)]
pub(super) unsafe fn GetIter<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.apart(i, |s, i| {
        let source: Value<'_> = s.value(i.b());
        let leaf = if source.kind() == Some(Kind::Generator) { Some(source) } else { iter::iter_leaf(s.cx(), source) };
        if let Some(iterator) = leaf {
            return Ok(iterator.word());
        }
        s.with_slots(i, |cx, s, i| {
            let source = cx.root(s.value(i.b()));
            iter::iter(cx, source)
        })
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

/// The next element of the commonest iterators: a range or a list.
#[inline(always)]
fn fast_step(s: State, iterator: Word) -> Option<Word> {
    // SAFETY: the word is in a register, and no safepoint is reached here.
    let iterator: &Iter = unsafe { Value::from_word(iterator) }.cast::<Iter>()?;
    let cx = &*s.cx();
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
pub(super) unsafe fn ForIter<D: Dispatch>(s: State, i: Instr) -> D::Out {
    match fast_step(s, s.get(i.b())) {
        Some(element) => {
            s.set(i.a(), element);
            // SAFETY: the next instruction of the same frame.
            unsafe { D::go(s.next()) }
        }
        None => slow!(s, i, step_slow::<D, false>),
    }
}

#[inline(always)]
pub(super) unsafe fn ForIterBack<D: Dispatch>(s: State, i: Instr) -> D::Out {
    match fast_step(s, s.get(i.b())) {
        Some(element) => {
            s.set(i.a(), element);
            // SAFETY: the caller's promise.
            unsafe { jump::<D>(s, isize::from(i.c_signed())) }
        }
        None => slow!(s, i, step_slow::<D, true>),
    }
}

/// Goes on after a step: with an element, or, if that is UNSET, at the end of the loop.
#[inline(always)]
pub(super) unsafe fn stepped<D: Dispatch, const BACK: bool>(s: State, i: Instr, element: Word) -> D::Out {
    let ended = element.is_unset();
    if !ended {
        s.set(i.a(), element);
    }
    // SAFETY: the instruction is a loop's, whose targets the verifier checked.
    unsafe { if ended == BACK { D::go(s.next()) } else { jump::<D>(s, isize::from(i.c_signed())) } }
}

#[inline(always)]
fn step_slow<D: Dispatch, const BACK: bool>(s: State, i: Instr) -> D::Out {
    s.save();
    let iterator: Value<'_> = s.value(i.b());
    if iterator.kind() == Some(Kind::Generator) {
        // SAFETY: the instruction's operand is a generator.
        return unsafe { generator::ops::iterate::<D, BACK>(s, i) };
    }
    match s.apart(i, step) {
        // SAFETY: the caller's promise.
        Ok(element) => unsafe { stepped::<D, BACK>(s, i, element) },
        // SAFETY: the state was saved.
        Err(raised) => unsafe { unwind::raise::<D>(s, raised) },
    }
}

/// The next element; UNSET at the end.
fn step(s: State, i: Instr) -> Res<Word> {
    let iterator: Value<'_> = s.value(i.b());
    {
        let cx = &*s.cx();
        if let Some(iterator) = iterator.cast::<Iter>() {
            match iter::step_leaf(cx, iterator) {
                Step::Value(value) => return Ok(value.word()),
                Step::Done => return Ok(Word::UNSET),
                Step::Raise(raised) => return Err(raised),
                Step::Ask => {}
            }
        }
    }
    let cx = s.cx();
    let top = cx.top.get();
    let iterator = cx.root(s.value(i.b()));
    let result = iter::next(cx, iterator).map(|slot| slot.map_or(Word::UNSET, |slot| cx.get(slot).word()));
    cx.top.set(top);
    result
}
