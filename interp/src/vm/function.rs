//! Making functions, and importing.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::dispatch::Dispatch;
use super::state::State;
use crate::types::code::CodeObject;
use crate::types::function::Function;
use crate::types::header_of;
use crate::value::Value;

#[inline(always)]
pub(super) fn MakeFunction<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = s.cx();
    let code = s.constant(i.b()).cast::<CodeObject>().expect("the verifier checked the constant");
    let function = Function::alloc(cx, code);
    let fields = [&function.defaults, &function.kw_defaults, &function.closure, &function.annotate];
    for (at, field) in fields.into_iter().enumerate() {
        let register = i.c() + at as u16;
        if !s.get(register).is_unset() {
            field.set_in(cx, header_of(function), s.value(register));
        }
    }
    s.set(i.a(), Value::of(function).word());
    D::go(s.next())
}

#[inline(always)]
pub(super) fn ImportName<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let cx = s.cx();
        let (name, from) = (cx.root(s.constant(i.b())), cx.root(s.constant(i.c())));
        let globals = cx.root(s.code().globals.get_or_none(cx));
        (s.cx().interp().hooks.import_name)(s.cx_mut(), globals, name, from, u32::from(i.x()))
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn ImportFrom<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |s, i| {
        let module = s.root(i.b());
        let name = s.root_name(i.c());
        (s.cx().interp().hooks.import_from)(s.cx_mut(), module, name)
    });
    s.finish::<D>(i, result)
}

#[inline(always)]
pub(super) fn ImportStar<D: Dispatch>(mut s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |s, i| {
        let module = s.root(i.b());
        let is_local = !s.get(0).is_unset();
        let names = if is_local { s.root(0) } else { s.cx().root(s.code().globals.get_or_none(s.cx())) };
        (s.cx().interp().hooks.import_star)(s.cx_mut(), module, names)
    });
    s.finish_unit::<D>(result)
}
