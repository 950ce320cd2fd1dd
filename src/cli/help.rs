//! What `--help` and `--version` print.
use std::io::Write;
use std::process::ExitCode;

/// What `--help` prints.
pub const TEXT: &str = "\
Run a Python script with a global lock, without one, or with a process per worker.

Usage: argil [--lock MODE] [OPTIONS] SCRIPT [ARGS]...
       argil [--lock MODE] [OPTIONS] -c CODE | -m MODULE | - [ARGS]...
       argil compare [OPTIONS] SCRIPT [-- ARGS]...
       argil dis [--source] SCRIPT | -c CODE | -

Commands:
  compare  Run a script in every lock mode and print what each costs
  dis      Print the bytecode of a script

Options of Argil:
  --lock MODE    How threads share the interpreter: gil, none or process [default: $ARGIL_LOCK or gil]
  --library DIR  Use this folder, a CPython's Lib, for the built-in library [default: $ARGIL_LIBRARY]

  --licences     Print the notices of the library and of every crate in this program

Options as python3 has them:
  -c CODE    Run the code given here; what follows is in sys.argv
  -m MODULE  Run a module or package as a script
  -b         Set sys.flags.bytes_warning
  -B         Do not cache bytecode
  -d         Set sys.flags.debug
  -E         Ignore variables of the environment whose names begin with PYTHON
  -h         Print this
  -i         Prompt after the script, even if standard input is no terminal
  -I         Isolated: -E, -P and -s
  -O         Leave out assertions (-OO: docstrings too)
  -P         Do not put the script's folder into sys.path
  -q         Print no banner before the prompt
  -R         Hash texts differently in every run, whatever PYTHONHASHSEED says
  -s         Leave the user's own packages out of sys.path
  -S         Leave all packages out of sys.path, and do not import site
  -u         Write standard output and error at once
  -v         Tell what is imported
  -V         Print the version
  -W FILTER  Add a filter for warnings
  -x         Skip the first line of the script
  -X OPTION  cpu_count=N, dev, int_max_str_digits=N, pycache_prefix=DIR, utf8=0, warn_default_encoding

Variables: ARGIL_LOCK, ARGIL_LIBRARY, ARGIL_SITE (folders of packages), PYTHONPATH, PYTHONDONTWRITEBYTECODE, PYTHONHASHSEED,
PYTHONINSPECT, PYTHONOPTIMIZE, PYTHONSAFEPATH, PYTHONSTARTUP, PYTHONUNBUFFERED, PYTHONWARNINGS, PYTHON_BASIC_REPL,
PYTHON_COLORS, NO_COLOR, FORCE_COLOR, and the rest of python3's that belong to an option above.

Examples:
  argil                          a prompt
  argil script.py 10             run a script under the global lock
  argil --lock none script.py    the same script, threads running at once
  argil -c 'print(6 * 7)'        run a line
  echo 'print(1)' | argil -      run standard input
  argil compare script.py -- 10  run it in every mode and print what each costs
  argil compare --workers 1,2,4 script.py -- {workers}
  argil dis --source script.py   print its bytecode, line by line
";

/// What `--version` prints, given so many times.
pub fn version(times: u8) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match times {
        1 => format!("argil {version}\n"),
        _ => format!("argil {version} (Python 3.14)\n"),
    }
}

/// The notices of everything in the binary, which `build.rs` has collected.
pub fn licences() -> String {
    let compressed = include_bytes!(concat!(env!("OUT_DIR"), "/licences"));
    let bytes = miniz_oxide::inflate::decompress_to_vec_zlib(compressed).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Prints a text; the exit status, whether or not anybody reads it.
pub fn print(text: &str) -> ExitCode {
    let _ = std::io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}
