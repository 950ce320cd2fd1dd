//! The instructions of `match` statements.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::jump::jump;
use super::state::State;
use crate::ctx::{Ctx, Slot};
use crate::ops::{item, pattern};
use crate::types::class::Collection;
use crate::value::Value;

#[inline(always)]
fn jump_if_not<D: Dispatch>(s: State, i: Instr, wanted: Collection) -> D::Out {
    match pattern::collection(s.cx(), s.value(i.a())) == wanted {
        true => D::go(s.next()),
        false => jump::<D>(s, i.bc() as isize),
    }
}

#[inline(always)]
pub(super) fn JumpIfNotSequence<D: Dispatch>(s: State, i: Instr) -> D::Out {
    jump_if_not::<D>(s, i, Collection::Sequence)
}

#[inline(always)]
pub(super) fn JumpIfNotMapping<D: Dispatch>(s: State, i: Instr) -> D::Out {
    jump_if_not::<D>(s, i, Collection::Mapping)
}

#[inline(always)]
pub(super) fn Length<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let value = s.root(i.b());
        let length = item::len(s.cx_mut(), value)?;
        Ok(s.cx().root(s.cx().int(length as i64)))
    });
    s.finish::<D>(i, result)
}

/// What was found, or None.
fn found(cx: &Ctx, found: Option<Slot>) -> Slot {
    found.unwrap_or_else(|| cx.root(Value::NONE))
}

#[inline(always)]
pub(super) fn MatchKeys<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let (mapping, keys) = (s.root(i.b()), s.root(i.c()));
        let values = pattern::match_keys(s.cx_mut(), mapping, keys)?;
        Ok(found(s.cx(), values))
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn MatchClass<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let (class, value) = (s.root(i.a()), s.root(i.b()));
        let names = s.cx().root(s.constant(i.c()));
        let values = pattern::match_class(s.cx_mut(), value, class, usize::from(i.x()), names)?;
        Ok(found(s.cx(), values))
    });
    s.finish::<D>(i, result)
}
