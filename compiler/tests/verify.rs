//! The verifier against damage: whatever single field of valid code changes, it is rejected, or nothing in it reaches outside the
//! frame and the tables.

use argil_compiler::code::{Code, Const};
use argil_compiler::dis::dis;
use argil_compiler::opcode::{Instr, Operand};
use argil_compiler::verify::verify;
use argil_compiler::{Mode, compile};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The code of all golden scripts, with all code within it.
static CODES: LazyLock<Vec<Code>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bytecode");
    let mut codes = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of golden tests is there") {
        let path = entry.expect("its entries can be read").path();
        if path.extension().is_some_and(|extension| extension == "py") {
            let source = fs::read_to_string(path).expect("scripts are text");
            flatten(compile(&source, Mode::Exec).expect("golden scripts compile"), &mut codes);
        }
    }
    codes
});

fn flatten(code: Code, codes: &mut Vec<Code>) {
    for constant in &code.consts {
        if let Const::Code(inner) = constant {
            flatten((**inner).clone(), codes);
        }
    }
    codes.push(code);
}

/// Whether every operand of `instr` names something that exists, by the table of instructions alone.
fn in_range(code: &Code, offset: usize, instr: Instr) -> bool {
    let Some(op) = instr.opcode() else { return false };
    let info = op.info();
    let fields = [(info.a, instr.a(), instr.b()), (info.b, instr.b(), instr.c()), (info.c, instr.c(), 0)];
    let registers = |first: u16, count: u16| u32::from(first) + u32::from(count) <= u32::from(code.registers);
    fields.into_iter().chain([(info.x, u16::from(instr.x()), 0)]).all(|(kind, value, next)| match kind {
        Operand::Def | Operand::Use | Operand::MaybeUnset | Operand::Change => registers(value, 1),
        Operand::Window(size) => registers(value, u16::from(size)),
        Operand::Run | Operand::DefRun => registers(value, next),
        Operand::Const => usize::from(value) < code.consts.len(),
        Operand::Site => usize::from(value) < code.sites.len(),
        Operand::Jump => {
            let distance = if info.b == Operand::Jump { instr.bc() } else { i32::from(instr.c_signed()) };
            (0..code.instrs.len() as i64).contains(&(offset as i64 + 1 + i64::from(distance)))
        }
        Operand::None | Operand::Size | Operand::Count(_) | Operand::Choice(_) | Operand::Imm => true,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn damaged_instructions_are_rejected_or_harmless(
        code: prop::sample::Index,
        at: prop::sample::Index,
        field in 0..5_u32,
        value: u16,
    ) {
        let mut code = code.get(&CODES).clone();
        let at = at.index(code.instrs.len());
        let old = code.instrs[at].0;
        let (shift, bits) = [(0, 8), (8, 8), (16, 16), (32, 16), (48, 16)][field as usize];
        let mask = ((1_u64 << bits) - 1) << shift;
        // Mostly small values: those are the ones that nearly fit.
        let value = if value % 4 == 0 { value } else { value % 16 };
        code.instrs[at] = Instr(old & !mask | (u64::from(value) << shift & mask));
        if verify(&code).is_ok() {
            prop_assert!(in_range(&code, at, code.instrs[at]), "{}", dis(&code));
        }
    }

    #[test]
    fn damaged_tables_are_rejected_or_harmless(code: prop::sample::Index, field in 0..9_u32, value in 0..40_u16) {
        let mut code = code.get(&CODES).clone();
        match field {
            0 => code.registers = value,
            1 => code.consts.truncate(value.into()),
            2 => code.sites.truncate(value.into()),
            3 => code.instrs.truncate(value.into()),
            4 => code.locals.truncate(value.into()),
            5 => code.positional = value,
            6 => code.keyword_only = value,
            7 => code.handlers.iter_mut().for_each(|handler| handler.target = value.into()),
            _ => code.handlers.iter_mut().for_each(|handler| handler.register = value),
        }
        code.positions.truncate(code.instrs.len());
        if verify(&code).is_ok() {
            for (at, &instr) in code.instrs.iter().enumerate() {
                prop_assert!(in_range(&code, at, instr), "{}", dis(&code));
            }
        }
    }
}

#[test]
fn a_register_that_holds_nothing_on_one_path_is_rejected() {
    let source = "def f(a, b):\n    if a:\n        x = b\n    return x\n";
    let module = compile(source, Mode::Exec).expect("the source is valid");
    let Some(Const::Code(function)) = module.consts.into_iter().find(|constant| matches!(constant, Const::Code(_)))
    else {
        panic!("the module defines a function");
    };
    let mut code = *function;
    assert_eq!(verify(&code), Ok(()));
    let check = code.instrs.iter().position(|instr| instr.opcode().is_some_and(|op| op.info().name == "CheckBound"));
    let check = check.expect("`x` may be unbound");
    // Binding another variable instead leaves `x` unchecked.
    code.instrs[check] = Instr::new(argil_compiler::opcode::Opcode::LoadNone, 0, 1, 0, 0);
    let error = verify(&code).expect_err("`x` is read where it may be unbound");
    assert_eq!(error.to_string(), format!("f at {}: Return reads register 2, which may hold nothing", check + 1));
}
