//! Large sources: jumps that do not reach, many statements, many names; in time that grows with the text and no faster.

use argil_compiler::code::{Code, Const};
use argil_compiler::opcode::Opcode;
use argil_compiler::verify::verify;
use argil_compiler::{Mode, compile};

fn function(source: &str) -> Code {
    let module = compile(source, Mode::Exec).expect("the source is valid");
    module
        .consts
        .into_iter()
        .find_map(|constant| match constant {
            Const::Code(code) => Some(*code),
            _ => None,
        })
        .expect("the source defines a function")
}

#[test]
fn fused_jumps_that_do_not_reach_go_round_a_jump() {
    let body = "        x = x + y\n".repeat(40_000);
    let source =
        format!("def f(x, y):\n    if x < y:\n{body}    while x < 3:\n{body}    for y in x:\n{body}    return x\n");
    let code = function(&source);
    assert_eq!(verify(&code), Ok(()));
    let count = |op: Opcode| code.instrs.iter().filter(|instr| instr.opcode() == Some(op)).count();
    // One for each compare-and-jump, two for each end of the `for` loop.
    assert_eq!(count(Opcode::Jump), 3 + 2 * 2);
    assert_eq!((count(Opcode::JumpLt), count(Opcode::JumpNotLt)), (1, 0));
}

#[test]
fn a_long_module_compiles() {
    let source: String = (0..20_000).map(|n| format!("x{n} = f({n}, 'text {n}')[{n}] + 1.5\n")).collect();
    let code = compile(&source, Mode::Exec).expect("the source is valid");
    assert_eq!(verify(&code), Ok(()));
}

#[test]
fn a_function_with_many_variables_and_branches_compiles() {
    let branches: String = (0..5_000).map(|n| format!("    if p:\n        x{n} = p\n")).collect();
    let code = function(&format!("def f(p):\n{branches}    return x0\n"));
    assert_eq!(verify(&code), Ok(()));
}

#[test]
fn more_names_than_fit_are_a_syntax_error() {
    let source: String = (0..70_000).map(|n| format!("x{n}\n")).collect();
    let error = compile(&source, Mode::Exec).expect_err("sites have 16 bits");
    assert_eq!(error.message, "'<module>' has too many variables, names or constants for one code object");
}

#[test]
fn blocks_nest_as_deep_as_in_cpython() {
    let nested = |depth: usize| {
        let heads: String = (0..depth).map(|at| format!("{}for x in y:\n", " ".repeat(at))).collect();
        compile(&format!("{heads}{}pass\n", " ".repeat(depth)), Mode::Exec)
    };
    assert!(nested(21).is_ok());
    let error = nested(22).expect_err("there are too many");
    assert_eq!(error.message, "too many statically nested blocks");
}
