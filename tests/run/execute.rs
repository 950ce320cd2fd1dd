//! Running one script with the `argil` binary, never for longer than the time limit.

use crate::case::{Case, Mode};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// How long a script may run. The whole process group is killed after that.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// What a run printed and how it ended.
pub struct Actual {
    pub stdout: String,
    pub stderr: String,
    /// As a shell reports it: 128 plus the signal for a killed process.
    pub status: i32,
}

/// Runs `case` in its own folder, so that it finds what it imports and opens.
///
/// # Errors
/// When the binary cannot be started, or the time limit is exceeded.
pub fn run(case: &Case, mode: Mode) -> io::Result<Actual> {
    let folder = case.script.parent().unwrap_or(Path::new("/"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_argil"))
        .arg("--lock")
        .arg(mode.name())
        .arg(case.script.file_name().unwrap_or_default())
        .args(&case.arguments)
        .current_dir(folder)
        .env_remove("ARGIL_LOCK")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        // A script that ends without reading everything is no error.
        let _ = stdin.write_all(case.stdin.as_bytes());
    }

    let group = Pid::from_child(&child);
    let (ended, end) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let late = end.recv_timeout(TIME_LIMIT) == Err(RecvTimeoutError::Timeout);
        if late {
            // Fails only when the last process of the group has ended meanwhile.
            let _ = kill_process_group(group, Signal::KILL);
        }
        late
    });
    let output = child.wait_with_output()?;
    drop(ended);
    if watchdog.join().unwrap_or(false) {
        return Err(io::Error::other(format!(
            "still running after {} s; printed so far:\n{}{}",
            TIME_LIMIT.as_secs(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        )));
    }
    Ok(Actual {
        stdout: independent_of_place(&output.stdout, folder),
        stderr: without_library(&independent_of_place(&output.stderr, folder)),
        status: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or_default()),
    })
}

/// The text without the absolute path of the script's folder, which differs from machine to
/// machine. `tests/record.sh` does the same.
fn independent_of_place(output: &[u8], folder: &Path) -> String {
    String::from_utf8_lossy(output).replace(&format!("{}/", folder.display()), "")
}

/// The text without the traceback frames of library modules that are written in the language: `<threading>` and the like.
/// `tests/record.sh` drops the frames of CPython's own library.
fn without_library(stderr: &str) -> String {
    let mut skipping = false;
    let keeps = |line: &&str| {
        let in_library = line.starts_with("  File \"<") && !line.starts_with("  File \"<string>");
        skipping = in_library || skipping && line.starts_with("    ");
        !skipping
    };
    stderr.split_inclusive('\n').filter(keeps).collect()
}
