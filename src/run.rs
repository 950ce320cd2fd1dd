//! The way into the interpreter.
use std::process::ExitCode;

use crate::complain;
use crate::lock_mode::LockMode;
use crate::program::Program;

/// Runs a program to its end. The exit status is Python's.
pub fn run(program: Program, lock: LockMode, argv: Vec<String>) -> ExitCode {
    complain(format_args!(
        "not built yet: {} in mode {lock} with {argv:?} from {:?}",
        program.filename, program.import_root
    ));
    let _ = program.text;
    ExitCode::FAILURE
}

/// Serves as a worker of process mode until its parent is done with it.
pub fn worker() -> ExitCode {
    complain("not built yet: worker");
    ExitCode::FAILURE
}
