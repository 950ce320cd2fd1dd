//! What the user asked for: the command line and the environment, as `python3` reads them, and Argil's own subcommands.
//!
//! `compare` and `dis` are names of subcommands, which clap reads; a script so called is run as `./compare`.
mod environment;
mod help;
mod search_path;
mod words;

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::ExitCode;

use argil_compiler::surrogate;
use clap::error::{ContextKind, ErrorKind};
use clap::{Parser, Subcommand};

use self::words::{Action, Refused, Words};
use crate::compare::options::Options as CompareOptions;
use crate::complain;
use crate::program::Entry;
use argil_interp::lock::LockMode;
use argil_interp::options::{Options, Switch};

/// The subcommands.
#[derive(Parser)]
#[command(name = "argil", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    action: Subcommands,
}

#[derive(Subcommand)]
enum Subcommands {
    /// Run a script in every lock mode and print what each costs
    Compare(CompareOptions),
    /// Print the bytecode of a script
    Dis {
        /// Print each line of the script above what it became
        #[arg(long)]
        source: bool,
        /// Compile the code given here
        #[arg(short, value_name = "CODE", allow_hyphen_values = true, conflicts_with = "script")]
        code: Option<String>,
        /// The script, or `-` for standard input
        #[arg(required_unless_present = "code")]
        script: Option<PathBuf>,
    },
}

/// What the user asked for.
pub enum Request {
    /// Run a program.
    Run(Start),
    /// `argil compare`.
    Compare(CompareOptions),
    /// `argil dis`.
    Dis {
        /// Where the program's text is.
        entry: Entry,
        /// Whether its lines are shown.
        source: bool,
    },
}

/// How a program is started.
pub struct Start {
    /// Where its text is.
    pub entry: Entry,
    /// The lock mode, from `--lock`, `ARGIL_LOCK`, or the default.
    pub lock: LockMode,
    /// `sys.argv`, as far as the command line alone says. Bytes that are no UTF-8 are `�` there, because strings have no lone
    /// surrogates that could stand for them.
    pub argv: Vec<String>,
    /// `sys.path` without the script's folder.
    pub path: Vec<String>,
    /// What else was asked for.
    pub options: Options,
    /// Whether the script's first line is no Python.
    pub skips_line: bool,
}

/// Reads the command line. The error is the exit status, its message (or the help asked for) already printed.
pub fn parse(args: impl Iterator<Item = OsString>) -> Result<Request, ExitCode> {
    let args: Vec<OsString> = args.collect();
    let refuse = |status: u8| {
        move |Refused(message): Refused| {
            // A closed stderr is no reason to do anything else.
            let _ = std::io::stderr().write_all(message.as_bytes());
            ExitCode::from(status)
        }
    };
    let words = words::read(args.get(1..).unwrap_or_default()).map_err(refuse(2))?;
    match words.action {
        Action::Help => Err(help::print(help::TEXT)),
        Action::Licences => Err(help::print(&help::licences())),
        Action::Version(times) => Err(help::print(&help::version(times))),
        Action::Subcommand if words.lock.is_some() => {
            Err(usage_error("--lock goes with a script; compare takes --modes".into()))
        }
        Action::Subcommand => {
            let given = std::iter::once(OsString::from("argil")).chain(words.argv);
            let cli = Cli::try_parse_from(given).map_err(|error| explain(&error))?;
            subcommand(cli.action).map_err(usage_error)
        }
        Action::Run(_) | Action::Unnamed => {
            start(words, &args).map_err(refuse(1))?.map(Request::Run).map_err(usage_error)
        }
    }
}

/// Prints `argil: message` and gives the exit status of a wrong command line.
fn usage_error(message: String) -> ExitCode {
    complain(message);
    ExitCode::from(2)
}

/// How the program is started that the words name.
fn start(mut words: Words, args: &[OsString]) -> Result<Result<Start, String>, Refused> {
    environment::complete(&mut words)?;
    let lock = match words.lock.map_or_else(default_lock, Ok) {
        Ok(lock) => lock,
        Err(message) => return Ok(Err(message)),
    };
    let Words { mut options, library, argv, action, skips_line, .. } = words;
    let entry = match action {
        Action::Run(entry) if entry != Entry::Stdin => entry,
        _ if options.is_on(Switch::Interactive) || std::io::stdin().is_terminal() => Entry::Prompt,
        _ => Entry::Stdin,
    };
    let text = |text: &OsString| argil_compiler::surrogate::of_system(text.as_bytes());
    options.command_line = args.iter().map(|arg| surrogate::of_system(arg.as_bytes())).collect();
    let library = library.or_else(|| std::env::var_os("ARGIL_LIBRARY").filter(|folder| !folder.is_empty()));
    if let Some(library) = library {
        match std::fs::canonicalize(&library) {
            Ok(folder) if folder.join("os.py").is_file() => {
                options.library = Some(folder.to_string_lossy().into_owned())
            }
            _ => return Ok(Err(format!("'{}' is no library: it has no os.py", library.to_string_lossy()))),
        }
    }
    let path = search_path::search_path(&mut options, entry == Entry::Prompt);
    Ok(Ok(Start { entry, lock, argv: argv.iter().map(text).collect(), path, options, skips_line }))
}

fn subcommand(action: Subcommands) -> Result<Request, String> {
    match action {
        Subcommands::Compare(options) => options.check().map(Request::Compare),
        Subcommands::Dis { source, code, script: path } => {
            let script = |path: PathBuf| if path.as_os_str() == "-" { Entry::Stdin } else { Entry::File(path) };
            let entry = code.map(Entry::Code).or(path.map(script)).unwrap_or(Entry::Stdin);
            Ok(Request::Dis { entry, source })
        }
    }
}

/// The mode that `ARGIL_LOCK` names; `gil` where it is unset or empty.
fn default_lock() -> Result<LockMode, String> {
    match std::env::var_os("ARGIL_LOCK") {
        Some(mode) if !mode.is_empty() => {
            mode.to_string_lossy().parse().map_err(|error: String| format!("ARGIL_LOCK: {error}"))
        }
        _ => Ok(LockMode::Gil),
    }
}

/// Prints help as it is, and an error as one line.
fn explain(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        ErrorKind::ValueValidation => {
            if let (Some(flag), Some(source)) = (error.get(ContextKind::InvalidArg), std::error::Error::source(error)) {
                let flag = flag.to_string();
                let flag = flag.split(' ').next().unwrap_or_default();
                return usage_error(format!("{flag}: {source}"));
            }
        }
        _ => {}
    }
    let rendered = error.to_string();
    let first = rendered.lines().take_while(|line| !line.is_empty()).map(str::trim).collect::<Vec<_>>().join(" ");
    usage_error(format!("{} (try --help)", first.strip_prefix("error: ").unwrap_or(&first)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn what_dis_is_given() {
        let dis = |line: &[&str]| match parse(["argil", "dis"].iter().chain(line).map(OsString::from)) {
            Ok(Request::Dis { entry, source }) => Some((entry, source)),
            _ => None,
        };
        assert_eq!(dis(&["x.py"]), Some((Entry::File("x.py".into()), false)));
        assert_eq!(dis(&["--source", "-"]), Some((Entry::Stdin, true)));
        assert_eq!(dis(&["-c", "-x", "--source"]), Some((Entry::Code("-x".into()), true)));
        assert_eq!(dis(&["-cx"]), Some((Entry::Code("x".into()), false)));
        assert_eq!((dis(&[]), dis(&["-c", "x", "y.py"])), (None, None));
    }

    #[test]
    fn clap_accepts_its_own_definition() {
        Cli::command().debug_assert();
    }
}
