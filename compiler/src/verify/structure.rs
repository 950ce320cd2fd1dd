//! Each instruction alone: operands in range, constants of the right type, one site for each, and no way past the end.

use super::Problem;
use super::effects::effects;
use crate::code::{Code, Const};
use crate::opcode::{Effect, Instr, Opcode, Operand};
use std::ops::Range;

type Result<T = ()> = std::result::Result<T, Problem>;

/// Checks `code` without following its paths.
pub(super) fn check(code: &Code) -> Result {
    check_layout(code).map_err(|problem| (None, problem))?;
    let mut site_used = vec![false; code.sites.len()];
    for (offset, &instr) in code.instrs.iter().enumerate() {
        check_instr(code, offset, instr, &mut site_used).map_err(|problem| (Some(offset), problem))?;
    }
    Ok(())
}

fn check_layout(code: &Code) -> std::result::Result<(), String> {
    let parameters = usize::from(code.positional)
        + usize::from(code.keyword_only)
        + usize::from(code.flags.var_args)
        + usize::from(code.flags.var_kwargs);
    ensure(code.positional_only <= code.positional, || "more positional-only parameters than positional".into())?;
    ensure(parameters <= code.locals.len(), || "parameters without registers".into())?;
    let variables = code.locals.len() + code.free.len();
    ensure(variables <= usize::from(code.registers), || "variables without registers".into())?;
    ensure(!code.flags.class_body || code.positional == 1, || "a class body takes its name space".into())?;
    ensure(code.positions.len() == code.instrs.len(), || "positions are not parallel to instructions".into())?;
    let length = code.instrs.len() as u32;
    for handler in &code.handlers {
        ensure(handler.start < handler.end && handler.end <= length, || "empty or overlong handler range".into())?;
        ensure(handler.target < length, || "handler target out of range".into())?;
        ensure(handler.register < code.registers, || "handler register out of range".into())?;
    }
    ensure(length > 0, || "no instructions".into())
}

fn ensure(holds: bool, problem: impl FnOnce() -> String) -> std::result::Result<(), String> {
    if holds { Ok(()) } else { Err(problem()) }
}

fn check_instr(code: &Code, offset: usize, instr: Instr, site_used: &mut [bool]) -> std::result::Result<(), String> {
    let op = instr.opcode().ok_or_else(|| format!("no opcode has the number {}", instr.op_byte()))?;
    let info = op.info();
    let effects = effects(op, instr);
    let registers = [&effects.reads, &effects.touches, &effects.clears, &effects.writes];
    let in_frame = |range: &Range<u32>| range.end <= u32::from(code.registers);
    ensure(registers.into_iter().flatten().all(in_frame), || format!("{op:?}: register out of range"))?;

    let wide = matches!(info.b, Operand::Jump | Operand::Imm);
    let fields = [(info.a, instr.a()), (info.b, instr.b()), (info.c, instr.c()), (info.x, instr.x().into())];
    for (kind, value) in fields {
        match kind {
            Operand::None => ensure(value == 0 || wide, || format!("{op:?}: unused field is {value}"))?,
            Operand::Const => {
                ensure(usize::from(value) < code.consts.len(), || format!("{op:?}: constant out of range"))?;
            }
            Operand::Site => {
                let used = site_used.get_mut(usize::from(value));
                let used = used.ok_or_else(|| format!("{op:?}: site out of range"))?;
                ensure(!std::mem::replace(used, true), || format!("{op:?}: site {value} is used twice"))?;
            }
            Operand::Choice(words) => {
                ensure(usize::from(value) < words.len(), || format!("{op:?}: number out of range"))?;
            }
            _ => {}
        }
    }
    if let Some(target) = instr.jump_target(offset) {
        let inside = (0..code.instrs.len() as i64).contains(&target);
        ensure(inside, || format!("{op:?}: jump target {target} out of range"))?;
    }
    let falls_through = !matches!(info.effect, Effect::Jumps | Effect::Leaves);
    ensure(!falls_through || offset + 1 < code.instrs.len(), || "control runs off the end".into())?;
    ensure(op != Opcode::BuildDict || instr.c().is_multiple_of(2), || format!("{op:?}: a key without a value"))?;
    ensure(constants_fit(code, op, instr), || format!("{op:?}: constant of the wrong type"))
}

/// Constants that an instruction takes for a name, a tuple of names or code.
fn constants_fit(code: &Code, op: Opcode, instr: Instr) -> bool {
    let constant = |index: u16| &code.consts[usize::from(index)];
    let is_name = |index: u16| matches!(constant(index), Const::Str(_));
    match op {
        Opcode::CheckBound | Opcode::DeleteDeref => is_name(instr.b()),
        Opcode::LoadDeref | Opcode::LoadNameDeref => is_name(instr.c()),
        Opcode::MakeFunction => matches!(constant(instr.b()), Const::Code(_)),
        Opcode::ImportName => {
            is_name(instr.b()) && (*constant(instr.c()) == Const::None || names(constant(instr.c())).is_some())
        }
        Opcode::CallKw | Opcode::CallMethodKw => {
            names(constant(instr.c())).is_some_and(|count| count <= usize::from(instr.b()))
        }
        _ => true,
    }
}

/// How many names are in a constant tuple, if it holds nothing else.
fn names(constant: &Const) -> Option<usize> {
    match constant {
        Const::Tuple(items) if items.iter().all(|item| matches!(item, Const::Str(_))) => Some(items.len()),
        _ => None,
    }
}
