//! What a case is: a script, how to run it, and what CPython did.
//!
//! A case is a file `NAME.py` in one of the [`SUITES`], with the expected standard output in
//! `NAME.out`, standard error in `NAME.err` and exit status in `NAME.status`; a missing file stands
//! for "nothing" and "0". A file or folder whose name starts with `_` is no case but something that
//! cases import. Comment lines at the top of the script say how to run it:
//!
//! - `# modes: gil none`: only in these lock modes (scripts whose threads share memory);
//! - `# args: 10 twenty`: the script's arguments;
//! - `# stdin: text`: one line of standard input, may be repeated;
//! - `# stress: no, reason`: not under `ARGIL_STRESS=gc`, where the time of every poll grows with the heap.
//!
//! The scripts in `examples/` are cases too, in every mode: their arguments (small, to be quick)
//! and expected standard output are in `tests/examples/`. They may print times on standard error.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folders of `tests/` that hold cases.
const SUITES: [&str; 7] = ["lang", "lib", "programs", "stress", "syntax_error", "threads", "traceback"];

/// A value of `--lock`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Gil,
    None,
    Process,
}

impl Mode {
    pub const ALL: [Mode; 3] = [Mode::Gil, Mode::None, Mode::Process];

    pub fn name(self) -> &'static str {
        match self {
            Mode::Gil => "gil",
            Mode::None => "none",
            Mode::Process => "process",
        }
    }

    fn parse(name: &str) -> io::Result<Mode> {
        let mode = Mode::ALL.into_iter().find(|mode| mode.name() == name);
        mode.ok_or_else(|| io::Error::other(format!("no lock mode is called {name:?}")))
    }
}

/// A script and how to run it.
#[derive(Clone)]
pub struct Case {
    /// The path below `tests/`, without the extension.
    pub name: String,
    pub script: PathBuf,
    /// Where the expectations are, without their extensions.
    expectations: PathBuf,
    pub modes: Vec<Mode>,
    pub arguments: Vec<String>,
    pub stdin: String,
    /// Whether it ends in time when every poll collects.
    pub bears_stress: bool,
    /// Whether standard error is compared.
    judges_stderr: bool,
}

/// What a run shall print and how it shall end.
pub struct Expected {
    pub stdout: String,
    /// `None`: anything will do.
    pub stderr: Option<String>,
    pub status: i32,
}

impl Case {
    /// What CPython did with this script.
    pub fn expected(&self) -> io::Result<Expected> {
        let status = self.recorded("status")?;
        let status = if status.is_empty() { "0" } else { status.trim() };
        Ok(Expected {
            stdout: self.recorded("out")?,
            stderr: if self.judges_stderr { Some(self.recorded("err")?) } else { None },
            status: status.parse().map_err(io::Error::other)?,
        })
    }

    fn recorded(&self, extension: &str) -> io::Result<String> {
        read_if_there(&self.expectations.with_extension(extension))
    }
}

/// All cases, sorted by name within each suite.
pub fn find_all() -> io::Result<Vec<Case>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize()?;
    let tests = root.join("tests");
    let mut cases = Vec::new();
    for suite in SUITES {
        for script in scripts_in(&tests.join(suite))? {
            cases.push(from_script(&tests, script)?);
        }
    }
    for script in scripts_in(&root.join("examples"))? {
        cases.push(from_example(&tests, script)?);
    }
    Ok(cases)
}

/// The cases in `folder` and below it; none if there is no such folder.
fn scripts_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    let mut scripts = Vec::new();
    for entry in entries {
        let path = entry.path();
        // In `lib`, such folders are named after modules.
        let is_module = folder.ends_with("lib") && path.is_dir();
        if entry.file_name().to_string_lossy().starts_with('_') && !is_module {
            continue;
        }
        if entry.file_type()?.is_dir() {
            scripts.extend(scripts_in(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            scripts.push(path);
        }
    }
    Ok(scripts)
}

fn from_script(tests: &Path, script: PathBuf) -> io::Result<Case> {
    let expectations = script.with_extension("");
    let name = expectations.strip_prefix(tests).map_err(io::Error::other)?;
    let mut case = Case {
        name: name.display().to_string(),
        script: script.clone(),
        expectations: expectations.clone(),
        modes: Mode::ALL.to_vec(),
        arguments: Vec::new(),
        stdin: String::new(),
        bears_stress: true,
        judges_stderr: true,
    };
    let source = fs::read(&script)?;
    let source = String::from_utf8_lossy(&source);
    for line in source.lines().take_while(|line| line.starts_with('#')) {
        if let Some(modes) = line.strip_prefix("# modes:") {
            case.modes = modes.split_whitespace().map(Mode::parse).collect::<io::Result<_>>()?;
        } else if let Some(arguments) = line.strip_prefix("# args:") {
            case.arguments = split(arguments);
        } else if let Some(text) = line.strip_prefix("# stdin:") {
            case.stdin += text.strip_prefix(' ').unwrap_or(text);
            case.stdin.push('\n');
        } else if line.starts_with("# stress: no") {
            case.bears_stress = false;
        }
    }
    Ok(case)
}

fn from_example(tests: &Path, script: PathBuf) -> io::Result<Case> {
    let stem = script.file_stem().unwrap_or_default();
    let expectations = tests.join("examples").join(stem);
    Ok(Case {
        name: format!("examples/{}", stem.display()),
        arguments: split(&read_if_there(&expectations.with_extension("args"))?),
        script,
        expectations,
        modes: Mode::ALL.to_vec(),
        stdin: String::new(),
        bears_stress: true,
        judges_stderr: false,
    })
}

fn split(arguments: &str) -> Vec<String> {
    arguments.split_whitespace().map(str::to_owned).collect()
}

/// The text of the file, or nothing if there is none.
fn read_if_there(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read,
    }
}
