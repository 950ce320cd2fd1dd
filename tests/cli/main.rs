//! The command line as a user meets it: what each kind of input prints, and the exit status.
//!
//! What scripts print is the business of `tests/run`; here it is how they are started, how they end, and `compare`.

mod bad_input;
mod cache;
mod compare;
mod differences;
mod docs;
mod ends;
mod invocation;
mod licences;
mod links;
mod memory;
mod modules;
mod options;
mod prompt;
mod worker;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own for the test `name`, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.canonicalize().expect("it was just made")
}

/// `argil` with these arguments, in this folder.
fn argil(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_argil"));
    command.args(args).current_dir(folder);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if ["ARGIL_", "PYTHON"].iter().any(|start| text.starts_with(start) && text != "ARGIL_STRESS")
            || ["NO_COLOR", "FORCE_COLOR"].contains(&&*text)
        {
            command.env_remove(&name);
        }
    }
    command
}

/// How a run ended: exit status (-1 for a signal), stdout, stderr.
#[derive(Debug, PartialEq)]
struct Done {
    status: i32,
    stdout: String,
    stderr: String,
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        }
    }
}

/// Runs it to its end with `stdin` to read.
fn run_with(command: &mut Command, stdin: &str) -> Done {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = piped.spawn().expect("argil starts");
    // A program that does not read its standard input closes the pipe.
    let _ = child.stdin.take().expect("it is piped").write_all(stdin.as_bytes());
    child.wait_with_output().expect("it ends").into()
}

/// Runs `argil` with these arguments in this folder, with nothing to read.
fn run(folder: &Path, args: &[&str]) -> Done {
    run_with(&mut argil(folder, args), "")
}

/// A folder for the test `name` that holds this text as `script.py`.
fn with_script(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("script.py"), text).expect("the folder can be written");
    folder
}

/// Runs a script of this text.
fn run_script(name: &str, text: impl AsRef<[u8]>) -> Done {
    run(&with_script(name, text), &["script.py"])
}
