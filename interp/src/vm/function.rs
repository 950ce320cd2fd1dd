//! Making functions, and importing.
#![expect(non_snake_case, reason = "an instruction's function has the instruction's name")]

use argil_compiler::opcode::Instr;

use super::code::CodeObject;
use super::{Dispatch, Frame, State};
use crate::import;
use crate::types::function::Function;
use crate::types::header_of;
use crate::value::Value;

#[inline(always)]
pub(super) unsafe fn MakeFunction<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let cx = &*s.cx();
    // SAFETY: constants are traced with the running code.
    let code = unsafe { Value::from_word(s.k(i.b())) }.cast::<CodeObject>().expect("the verifier checked the constant");
    let function = Function::alloc(cx, code);
    let fields = [&function.defaults, &function.kw_defaults, &function.closure, &function.annotate];
    for (at, field) in fields.into_iter().enumerate() {
        let register = i.c() + at as u16;
        if !s.get(register).is_unset() {
            field.set_in(cx, header_of(function), s.value(register));
        }
    }
    s.set(i.a(), Value::of(function).word());
    // SAFETY: the next instruction of the same frame.
    unsafe { D::go(s.next()) }
}

#[inline(always)]
pub(super) unsafe fn ImportName<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |cx, s, i| {
        // SAFETY: constants are traced with the running code.
        let (name, from) = unsafe { (Value::from_word(s.k(i.b())), Value::from_word(s.k(i.c()))) };
        let (name, from) = (cx.root(name), cx.root(from));
        // SAFETY: the frame is in use.
        let globals = cx.root(unsafe { Frame(s.regs).code(cx) }.globals.get_or_none(cx));
        import::import_name(cx, globals, name, from, u32::from(i.x()))
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(super) unsafe fn ImportFrom<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots(i, |cx, s, i| {
        let module = cx.root(s.value(i.b()));
        // SAFETY: the frame is in use.
        let name = cx.root(unsafe { Frame(s.regs).code(cx) }.site_name(cx, i.c()));
        import::import_from(cx, module, name)
    });
    // SAFETY: the state was saved.
    unsafe { s.finish::<D>(i, result) }
}

#[inline(always)]
pub(super) unsafe fn ImportStar<D: Dispatch>(s: State, i: Instr) -> D::Out {
    let result = s.with_slots_unit(i, |cx, s, i| {
        let module = cx.root(s.value(i.b()));
        // SAFETY: the frame is in use.
        let globals = cx.root(unsafe { Frame(s.regs).code(cx) }.globals.get_or_none(cx));
        import::import_star(cx, module, globals)
    });
    // SAFETY: the state was saved.
    unsafe { s.finish_unit::<D>(result) }
}
