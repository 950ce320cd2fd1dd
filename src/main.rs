//! The command line: glue over the crates, one file per subcommand.
//!
//! Running a script is the path that must be short, so whatever belongs to `compare` alone is reached only from it.
use std::process::ExitCode;

mod cli;
mod compare;
mod dis;
mod program;
mod run;

/// What a script cannot have is an exception, not an abort.
#[global_allocator]
static ALLOCATOR: argil_interp::memory::Allocator = argil_interp::memory::Allocator;

/// Starts a worker of process mode instead of a script; only Argil itself says this.
const WORKER: &str = "--worker";

fn main() -> ExitCode {
    end_at_panic();
    argil_interp::signals::follow_python();
    if std::env::args_os().nth(1).is_some_and(|first| first == WORKER) {
        return run::worker();
    }
    match cli::parse(std::env::args_os()) {
        Ok(cli::Request::Run(start)) => run::run(start),
        Ok(cli::Request::Compare(options)) => compare::main(&options),
        Ok(cli::Request::Dis { entry, source }) => dis::main(entry, source),
        Err(ending) => ending,
    }
}

/// Makes a fault of the interpreter's own end the process: a thread that vanished would leave the others waiting for ever.
fn end_at_panic() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        report(fault);
        std::process::abort();
    }));
}

/// Prints `argil: message` on stderr. A closed stderr is no reason to fail.
pub(crate) fn complain(message: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "argil: {message}");
}
