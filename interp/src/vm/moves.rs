//! Moving values between registers, constants and cells.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::{Common, Instr};

use super::dispatch::Dispatch;
use super::state::State;
use super::state::part::part;
use super::{display, generic};
use crate::builtin::Builtin;
use crate::ctx::{Ctx, Raised};
use crate::names::Name;
use crate::types::cell::Cell;
use crate::value::{Value, Word};

#[inline(always)]
pub(super) fn Move<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), s.get(i.b()));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn LoadConst<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), s.constant(i.b()).word());
    D::go(s.next())
}

#[inline(always)]
pub(super) fn LoadInt<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), Word::int_unchecked(i64::from(i.bc())));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn LoadNone<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), Word::NONE);
    D::go(s.next())
}

#[inline(always)]
pub(super) fn LoadBool<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), Word::bool(i.x() != 0));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn LoadCommon<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    let value = if i.x() == Common::BuildClass as u8 {
        let builtins = cx.interp().builtins(cx).names(cx);
        match builtins.get_name(cx, cx.name(Name::__build_class__)) {
            Some(function) => function,
            None => return s.slow::<D, NoBuildClass>(i),
        }
    } else if i.x() == Common::AssertionError as u8 {
        Value::of(cx.class(Builtin::AssertionError))
    } else if i.x() == Common::Globals as u8 {
        s.code().globals.get_or_none(cx)
    } else if i.x() == Common::StopAsyncIteration as u8 {
        Value::of(cx.class(Builtin::StopAsyncIteration))
    } else if i.x() == Common::Template as u8 {
        Value::of(cx.class(Builtin::Template))
    } else if i.x() == Common::Interpolation as u8 {
        Value::of(cx.class(Builtin::Interpolation))
    } else if i.x() == Common::Ellipsis as u8 {
        Value::ELLIPSIS
    } else {
        return s.slow::<D, GenericMaker>(i);
    };
    s.set(i.a(), value.word());
    D::go(s.next())
}

part!(GenericMaker = generic_maker);

/// A function that makes generic definitions, or shows a value.
#[inline(always)]
fn generic_maker<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let function = match i.x() == Common::Display as u8 {
        true => display::function(s.cx()),
        false => generic::maker(s.cx(), i.x()),
    };
    s.set(i.a(), function.word());
    D::go(s.next())
}

part!(NoBuildClass = no_build_class);

/// A script has taken the function away that class statements call.
#[inline(always)]
fn no_build_class<D: Dispatch>(s: State, _i: Instr) -> D::Out {
    s.save();
    let raised = s.cx().raise(Builtin::NameError, "__build_class__ not found");
    s.raise::<D>(raised)
}

#[inline(always)]
pub(super) fn CheckBound<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    if s.get(i.a()).is_unset() {
        let result = s.apart(i, |s, i| Err(unbound_local(s.cx(), s.constant(i.b()))));
        return s.finish_unit::<D>(result);
    }
    D::go(s.next())
}

fn unbound_local(cx: &Ctx, name: Value<'_>) -> Raised {
    let text = name.as_str().unwrap_or("?");
    cx.raise(
        Builtin::UnboundLocalError,
        format!("cannot access local variable '{text}' where it is not associated with a value"),
    )
}

#[inline(always)]
pub(super) fn Unset<D: Dispatch>(s: State, i: Instr) -> D::Out {
    s.set(i.a(), Word::UNSET);
    D::go(s.next())
}

#[inline(always)]
pub(super) fn MakeCell<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    let cell = Cell::alloc(cx);
    if !s.get(i.a()).is_unset() {
        cell.value.set_in(cx, crate::types::header_of(cell), s.value(i.a()));
    }
    s.set(i.a(), Value::of(cell).word());
    D::go(s.next())
}

fn cell(s: &State, register: u16) -> &Cell {
    s.value(register).cast::<Cell>().expect("the compiler keeps cells in this register")
}

#[inline(always)]
pub(super) fn LoadDeref<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    match cell(&s, i.b()).value.get(s.cx()) {
        Some(value) => {
            s.set(i.a(), value.word());
            D::go(s.next())
        }
        None => {
            let result = s.apart(i, |s, i| Err(empty_cell(s, i.c(), i.x() != 0)));
            s.finish::<D>(i, result)
        }
    }
}

/// The error for a variable without a value; `constant` names it.
fn empty_cell(s: &State, constant: u16, free: bool) -> Raised {
    let (cx, name) = (s.cx(), s.constant(constant));
    if free { unbound_free(cx, name) } else { unbound_local(cx, name) }
}

/// The error for a variable of an enclosing function without a value.
pub(super) fn unbound_free(cx: &Ctx, name: Value<'_>) -> Raised {
    let text = name.as_str().unwrap_or("?");
    cx.raise(
        Builtin::NameError,
        format!("cannot access free variable '{text}' where it is not associated with a value in enclosing scope"),
    )
}

#[inline(always)]
pub(super) fn StoreDeref<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let (cx, cell) = (s.cx(), cell(&s, i.a()));
    cell.value.set_in(cx, crate::types::header_of(cell), s.value(i.b()));
    D::go(s.next())
}

#[inline(always)]
pub(super) fn DeleteDeref<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let (cx, cell) = (s.cx(), cell(&s, i.a()));
    if cell.value.get(cx).is_none() {
        let result = s.apart(i, |s, i| Err(empty_cell(s, i.b(), i.x() != 0)));
        return s.finish_unit::<D>(result);
    }
    cell.value.clear(&crate::types::header_of(cell).write(cx));
    D::go(s.next())
}
