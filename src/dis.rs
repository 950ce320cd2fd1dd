//! `argil dis`: a script's bytecode, as text.
use std::io::{self, Write};
use std::process::ExitCode;

use argil_compiler::Mode;
use argil_compiler::dis::{dis, dis_with_source};

use crate::complain;
use crate::program::{self, Entry};

/// Compiles the program and prints its bytecode on stdout, with the lines that it came from if `source` is set.
pub fn main(entry: Entry, source: bool) -> ExitCode {
    let program = match program::find(entry) {
        Ok(program) => program,
        Err(error) => return error.report(),
    };
    let (printed, status) = match argil_compiler::compile(&program.text, Mode::Exec) {
        Ok(code) => {
            let listing = if source { dis_with_source(&code, &program.text) } else { dis(&code) };
            (io::stdout().write_all(listing.as_bytes()), ExitCode::SUCCESS)
        }
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
