//! `argil dis`: a script's bytecode, as text.
use std::path::Path;
use std::process::ExitCode;

use crate::{complain, program};

/// Compiles the script and prints its bytecode on stdout.
pub fn main(script: &Path) -> ExitCode {
    match program::file(script) {
        Ok(program) => {
            complain(format_args!("not built yet: dis of {}", program.filename));
            ExitCode::FAILURE
        }
        Err(error) => error.report(),
    }
}
