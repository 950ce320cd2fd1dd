//! Finds the text to run as `__main__`.
//!
//! What can go wrong here is told as `python3` tells it, with its exit status: 2 for a script that cannot be opened, 1 for the rest.
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use argil_compiler::encoding::{self, Undecodable};

use crate::complain;

/// Where the command line says that the program is.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    /// A script, or a folder with a `__main__.py`.
    File(PathBuf),
    /// The code itself.
    Code(String),
    /// Standard input.
    Stdin,
    /// A module of the current folder, by its dotted name.
    Module(String),
}

/// A program that is ready to be compiled.
#[derive(Debug)]
pub struct Program {
    /// The text.
    pub text: String,
    /// How tracebacks name it: an absolute path, `<string>` or `<stdin>`.
    pub filename: String,
    /// `sys.path[0]`: where `import` looks first. The empty path is the current folder.
    pub import_root: PathBuf,
}

/// Why there is no program to run.
#[derive(Debug)]
pub enum LoadError {
    /// The script cannot be opened or read.
    Open {
        /// Its absolute path, or `<stdin>`.
        path: String,
        /// What the system said.
        error: io::Error,
    },
    /// The script is a folder that holds no `__main__.py`.
    NoMain(PathBuf),
    /// `-m` names nothing that the current folder holds.
    NoModule(String),
    /// The text is no Python source.
    Source {
        /// How tracebacks name it.
        filename: String,
        /// What is wrong with it.
        undecodable: Box<Undecodable>,
    },
}

impl LoadError {
    /// Prints the message and gives the exit status.
    pub fn report(&self) -> ExitCode {
        match self {
            Self::Open { path, error } => {
                complain(format_args!("can't open file '{path}': {}", python_words(error)));
                ExitCode::from(2)
            }
            Self::NoMain(folder) => {
                complain(format_args!("can't find '__main__' module in '{}'", folder.display()));
                ExitCode::FAILURE
            }
            Self::NoModule(name) => {
                complain(format_args!("No module named {name} in the current folder, the only one that -m looks in"));
                ExitCode::FAILURE
            }
            Self::Source { filename, undecodable } => {
                let report = undecodable.error.report(filename, &undecodable.text);
                let _ = io::stderr().write_all(report.as_bytes());
                ExitCode::FAILURE
            }
        }
    }
}

/// `[Errno 2] No such file or directory`, as Python words an `OSError`.
fn python_words(error: &io::Error) -> String {
    let text = error.to_string();
    match error.raw_os_error() {
        Some(number) => {
            let text = text.split(" (os error").next().unwrap_or_default();
            format!("[Errno {number}] {text}")
        }
        None => text,
    }
}

/// Reads the program that `entry` names. Also completes `sys.argv`, whose first word for `-m` is the path that was found.
pub fn load(entry: Entry, mut argv: Vec<String>) -> Result<(Program, Vec<String>), LoadError> {
    let is_module = matches!(entry, Entry::Module(_));
    let program = find(entry)?;
    if is_module {
        argv[0].clone_from(&program.filename);
    }
    Ok((program, argv))
}

/// Reads the program that `entry` names.
pub fn find(entry: Entry) -> Result<Program, LoadError> {
    match entry {
        Entry::Code(text) => Ok(Program { text, filename: "<string>".into(), import_root: PathBuf::new() }),
        Entry::Stdin => stdin(),
        Entry::File(path) => file(&path),
        Entry::Module(name) => {
            let path = module(&name).ok_or(LoadError::NoModule(name))?;
            Ok(Program { import_root: absolute(Path::new("")), ..read(&path)? })
        }
    }
}

/// Reads a script, or the `__main__.py` of a folder.
pub fn file(path: &Path) -> Result<Program, LoadError> {
    if !path.is_dir() {
        return read(path);
    }
    let main = path.join("__main__.py");
    if main.is_file() { read(&main) } else { Err(LoadError::NoMain(absolute(path))) }
}

fn read(path: &Path) -> Result<Program, LoadError> {
    let path = absolute(path);
    let filename = path.to_string_lossy().into_owned();
    let bytes = std::fs::read(&path).map_err(|error| LoadError::Open { path: filename.clone(), error })?;
    // Links are followed, as in Python: a script finds its modules beside the file itself, not beside the link to it.
    let real = path.canonicalize().unwrap_or(path);
    let import_root = real.parent().unwrap_or(Path::new("/")).to_path_buf();
    program(bytes, filename, import_root)
}

fn stdin() -> Result<Program, LoadError> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| LoadError::Open { path: "<stdin>".into(), error })?;
    program(bytes, "<stdin>".into(), PathBuf::new())
}

fn program(bytes: Vec<u8>, filename: String, import_root: PathBuf) -> Result<Program, LoadError> {
    match encoding::decode(bytes, Some(&filename)) {
        Ok(text) => Ok(Program { text, filename, import_root }),
        Err(undecodable) => Err(LoadError::Source { filename, undecodable }),
    }
}

/// The file of a dotted module name below the current folder: `a/b.py`, or `a/b/__main__.py` of a package.
fn module(name: &str) -> Option<PathBuf> {
    let parts = name.split('.');
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c == '_' || c.is_alphanumeric());
    if !parts.clone().all(is_name) {
        return None;
    }
    let stem = parts.collect::<Vec<_>>().join("/");
    let files = [format!("{stem}/__main__.py"), format!("{stem}.py")];
    files.into_iter().map(PathBuf::from).find(|path| path.is_file())
}

/// Joined to the current folder, and otherwise as written, as Python does it.
fn absolute(path: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) if path.as_os_str().is_empty() => here,
        Ok(here) => here.join(path),
        Err(_) => path.to_path_buf(),
    }
}
