//! `argil dis`: a script's bytecode, as text.
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use argil_compiler::Mode;

use crate::{complain, program};

/// Compiles the script and prints its bytecode on stdout.
pub fn main(script: &Path) -> ExitCode {
    let program = match program::file(script) {
        Ok(program) => program,
        Err(error) => return error.report(),
    };
    let (printed, status) = match argil_compiler::compile(&program.text, Mode::Exec) {
        Ok(code) => (io::stdout().write_all(argil_compiler::dis::dis(&code).as_bytes()), ExitCode::SUCCESS),
        Err(error) => {
            (io::stderr().write_all(error.report(&program.filename, &program.text).as_bytes()), ExitCode::FAILURE)
        }
    };
    match printed {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(format_args!("cannot print the bytecode: {error}"));
            ExitCode::FAILURE
        }
        _ => status,
    }
}
