//! The flags, and which part of the command line belongs to whom.
//!
//! As with `python3`, the first of a script, `-c`, `-m` and `-` ends Argil's own options: what follows is the script's,
//! untouched, even `--help`. A script is therefore an *external subcommand* to clap, and `-c` and `-m` take all that follows
//! as their values. `compare` and `dis` are names of subcommands; a script so called is run as `./compare`.
use std::ffi::OsString;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::compare::options::Options;
use crate::complain;
use crate::program::Entry;
use argil_interp::lock::LockMode;

const EXAMPLES: &str = "\
Examples:
  argil script.py 10             run a script under the global lock
  argil --lock none script.py    the same script, threads running at once
  argil -c 'print(6 * 7)'        run a line
  echo 'print(1)' | argil -      run standard input
  argil compare script.py -- 10  run it in every mode and print what each costs
  argil compare --workers 1,2,4 script.py -- {workers}
  argil dis --source script.py   print its bytecode, line by line

ARGIL_LOCK sets the default of --lock.";

/// Run a Python script with a global lock, without one, or with a process per worker.
#[derive(Parser)]
#[command(name = "argil", version, after_help = EXAMPLES, disable_help_subcommand = true)]
#[command(override_usage = "argil [--lock MODE] SCRIPT [ARGS]...\n       \
    argil [--lock MODE] -c CODE | -m MODULE | - [ARGS]...\n       \
    argil compare [OPTIONS] SCRIPT [-- ARGS]...\n       \
    argil dis [--source] SCRIPT | -c CODE | -")]
struct Cli {
    /// How threads share the interpreter: gil, none or process [default: $ARGIL_LOCK or gil]
    #[arg(long, value_name = "MODE")]
    lock: Option<LockMode>,
    /// Run the code given here; what follows is in sys.argv
    #[arg(short, num_args = 1.., allow_hyphen_values = true, value_names = ["CODE", "ARGS"])]
    code: Option<Vec<OsString>>,
    /// Run a module of the current folder as a script
    #[arg(short, num_args = 1.., allow_hyphen_values = true, value_names = ["MODULE", "ARGS"])]
    module: Option<Vec<OsString>>,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// Run a script in every lock mode and print what each costs
    Compare(Options),
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
    /// A script and its arguments, or `-`
    #[command(external_subcommand)]
    Script(Vec<OsString>),
}

/// What the user asked for.
pub enum Request {
    /// Run a program.
    Run {
        /// Where its text is.
        entry: Entry,
        /// The lock mode, from `--lock`, `ARGIL_LOCK`, or the default.
        lock: LockMode,
        /// `sys.argv`, as far as the command line alone says. Bytes that are no UTF-8 are `�` there, because strings have no
        /// lone surrogates that could stand for them.
        argv: Vec<String>,
    },
    /// `argil compare`.
    Compare(Options),
    /// `argil dis`.
    Dis {
        /// Where the program's text is.
        entry: Entry,
        /// Whether its lines are shown.
        source: bool,
    },
}

/// Reads the command line. The error is the exit status, its message (or the help asked for) already printed.
pub fn parse(args: impl Iterator<Item = OsString>) -> Result<Request, ExitCode> {
    let (args, script) = split_code(args);
    let mut cli = Cli::try_parse_from(args).map_err(|error| explain(&error))?;
    if let (Some(script), Some(Action::Script(argv))) = (script, &mut cli.action) {
        argv[0] = script;
    }
    request(cli).map_err(usage_error)
}

/// Turns `-cCODE` into `-c CODE`, and `-m` likewise: clap would end the values with the one that is attached. A script's name
/// that is no UTF-8 is returned beside, and its place taken by text: clap takes it for a subcommand's.
fn split_code(args: impl Iterator<Item = OsString>) -> (Vec<OsString>, Option<OsString>) {
    let mut args: Vec<OsString> = args.collect();
    let mut at = 1;
    while let Some(arg) = args.get(at).and_then(|arg| arg.to_str()) {
        match arg.split_at_checked(2) {
            Some((flag @ ("-c" | "-m"), value)) if !value.is_empty() => {
                let (flag, value) = (OsString::from(flag), OsString::from(value));
                args.splice(at..=at, [flag, value]);
                break;
            }
            _ if arg == "--lock" => at += 2,
            _ if arg.starts_with("--lock=") => at += 1,
            _ => break,
        }
    }
    let script = args.get_mut(at).filter(|arg| arg.to_str().is_none()).map(|arg| {
        let text = arg.to_string_lossy().into_owned().into();
        std::mem::replace(arg, text)
    });
    (args, script)
}

/// Prints `argil: message` and gives the exit status of a wrong command line.
fn usage_error(message: String) -> ExitCode {
    complain(message);
    ExitCode::from(2)
}

fn request(cli: Cli) -> Result<Request, String> {
    let (entry, argv) = match (cli.code, cli.module, cli.action) {
        (Some(code), ..) => {
            let (code, argv) = split_first("-c", code);
            let code = code.into_string().map_err(|_| "the code of -c is not UTF-8".to_owned())?;
            (Entry::Code(code), argv)
        }
        (None, Some(module), _) => {
            let (module, argv) = split_first("-m", module);
            (Entry::Module(module.to_string_lossy().into_owned()), argv)
        }
        (None, None, Some(Action::Script(argv))) => (script(PathBuf::from(&argv[0])), argv),
        (None, None, Some(_)) if cli.lock.is_some() => {
            return Err("--lock goes with a script; compare takes --modes".into());
        }
        (None, None, Some(Action::Compare(options))) => {
            return options.check().map(Request::Compare);
        }
        (None, None, Some(Action::Dis { source, code, script: path })) => {
            let entry = code.map(Entry::Code).or(path.map(script)).unwrap_or(Entry::Stdin);
            return Ok(Request::Dis { entry, source });
        }
        (None, None, None) if std::io::stdin().is_terminal() => {
            return Err(format!("no script given\n{}", Cli::command().render_usage()));
        }
        (None, None, None) => (Entry::Stdin, vec![OsString::new()]),
    };
    let lock = cli.lock.map_or_else(default_lock, Ok)?;
    let argv = argv.into_iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    Ok(Request::Run { entry, lock, argv })
}

/// A script by its path; `-` is standard input.
fn script(path: PathBuf) -> Entry {
    if path.as_os_str() == "-" { Entry::Stdin } else { Entry::File(path) }
}

/// Takes the code or module name off the front, and leaves in its place what `sys.argv[0]` begins as.
fn split_first(option: &str, mut values: Vec<OsString>) -> (OsString, Vec<OsString>) {
    let first = std::mem::replace(&mut values[0], option.into());
    (first, values)
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
    use super::*;

    fn run(line: &[&str]) -> (Entry, LockMode, Vec<String>) {
        match parse(std::iter::once("argil").chain(line.iter().copied()).map(OsString::from)) {
            Ok(Request::Run { entry, lock, argv }) => (entry, lock, argv),
            Ok(_) => panic!("{line:?} is not a run"),
            Err(_) => panic!("{line:?} was refused"),
        }
    }

    #[test]
    fn what_follows_the_script_is_its_own() {
        let (entry, lock, argv) = run(&["--lock", "none", "x.py", "--help", "-x", "--", "--lock", "gil", "compare"]);
        assert_eq!(entry, Entry::File("x.py".into()));
        assert_eq!(lock, LockMode::None);
        assert_eq!(argv, ["x.py", "--help", "-x", "--", "--lock", "gil", "compare"]);
    }

    #[test]
    fn what_follows_the_code_is_its_own() {
        let (entry, _, argv) = run(&["-c", "pass", "--version", "-m", "--", "-"]);
        assert_eq!(entry, Entry::Code("pass".into()));
        assert_eq!(argv, ["-c", "--version", "-m", "--", "-"]);
    }

    #[test]
    fn a_module_and_its_arguments() {
        let (entry, lock, argv) = run(&["--lock=process", "-m", "tool", "-c", "dis"]);
        assert_eq!(entry, Entry::Module("tool".into()));
        assert_eq!(lock, LockMode::Process);
        assert_eq!(argv, ["-m", "-c", "dis"]);
    }

    #[test]
    fn a_dash_is_standard_input() {
        let (entry, _, argv) = run(&["-", "-v"]);
        assert_eq!(entry, Entry::Stdin);
        assert_eq!(argv, ["-", "-v"]);
    }

    #[test]
    fn a_script_may_be_called_as_a_subcommand_is() {
        assert_eq!(run(&["./compare"]).0, Entry::File("./compare".into()));
        assert_eq!(run(&["./dis", "dis"]).2, ["./dis", "dis"]);
    }

    #[test]
    fn code_may_stand_next_to_its_flag() {
        let (entry, _, argv) = run(&["--lock", "none", "-cpass", "-b", "-mx"]);
        assert_eq!(entry, Entry::Code("pass".into()));
        assert_eq!(argv, ["-c", "-b", "-mx"]);
    }

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
