//! Finds the text to run as `__main__`.
//!
//! What can go wrong here is told as `python3` tells it, with its exit status: 2 for a script that cannot be opened, 1 for the rest.
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use argil_compiler::encoding::{self, Undecodable};
use argil_interp::program::Main;

use crate::complain;

/// Bytes of the record at the end of an archive, without the comment that may follow.
const LEAST_END: usize = 22;
/// The same with the longest comment.
const LARGEST_END: usize = LEAST_END + 0xffff;

/// Where the command line says that the program is.
#[derive(Debug, PartialEq, Eq)]
pub enum Entry {
    /// A script, or a folder or archive with a `__main__.py`.
    File(PathBuf),
    /// The code itself.
    Code(String),
    /// Standard input.
    Stdin,
    /// A module by its dotted name.
    Module(String),
    /// What is typed at a prompt.
    Prompt,
}

/// A program that is ready to be compiled.
#[derive(Debug)]
pub struct Program {
    /// The text.
    pub text: String,
    /// How tracebacks name it: an absolute path, `<string>` or `<stdin>`.
    pub filename: String,
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

/// What to run as `__main__`, and the entry of `sys.path` where it is; `None` if the options want none there. `skips_line` is for
/// scripts whose first line is none of Python's.
pub fn load(entry: Entry, skips_line: bool, is_safe: bool) -> Result<(Main, Option<String>), LoadError> {
    let beside = |folder: &Path| (!is_safe).then(|| folder.to_string_lossy().into_owned());
    match entry {
        Entry::Module(name) => Ok((Main::Module(name), beside(&absolute(Path::new(""))))),
        Entry::Prompt => Ok((Main::Prompt, beside(Path::new("")))),
        Entry::File(path) => {
            let path = absolute(&path);
            let as_entry = || Ok((Main::Entry, Some(path.to_string_lossy().into_owned())));
            if path.is_dir() {
                return as_entry();
            }
            let mut bytes = contents(&path)?;
            if is_archive(&bytes) {
                return as_entry();
            }
            if skips_line {
                // The line break stays: the others keep their numbers.
                let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
                bytes.drain(..end);
            }
            let Program { text, filename } = program(bytes, path.to_string_lossy().into_owned())?;
            // Links are followed, as in Python: a script finds its modules beside the file itself, not beside the link to it.
            let real = path.canonicalize().unwrap_or(path);
            Ok((Main::Text { text, filename, in_file: true }, beside(real.parent().unwrap_or(Path::new("/")))))
        }
        entry => {
            let Program { text, filename } = find(entry)?;
            Ok((Main::Text { text, filename, in_file: false }, beside(Path::new(""))))
        }
    }
}

/// Whether a file may be a zip archive: only the end of one says that it is.
fn is_archive(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(LARGEST_END)..];
    end.len() >= LEAST_END && (0..=end.len() - LEAST_END).rev().any(|at| end[at..].starts_with(b"PK\x05\x06"))
}

/// Reads the text of a script, of standard input, or what is code itself.
pub fn find(entry: Entry) -> Result<Program, LoadError> {
    match entry {
        Entry::Code(text) => Ok(Program { text, filename: "<string>".into() }),
        Entry::File(path) => file(&path),
        Entry::Stdin | Entry::Module(_) | Entry::Prompt => stdin(),
    }
}

/// Reads a script, or the `__main__.py` of a folder.
pub fn file(path: &Path) -> Result<Program, LoadError> {
    let path = absolute(path);
    let path = if path.is_dir() { path.join("__main__.py") } else { path };
    program(contents(&path)?, path.to_string_lossy().into_owned())
}

fn contents(path: &Path) -> Result<Vec<u8>, LoadError> {
    std::fs::read(path).map_err(|error| LoadError::Open { path: path.to_string_lossy().into_owned(), error })
}

fn stdin() -> Result<Program, LoadError> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| LoadError::Open { path: "<stdin>".into(), error })?;
    program(bytes, "<stdin>".into())
}

fn program(bytes: Vec<u8>, filename: String) -> Result<Program, LoadError> {
    match encoding::decode(bytes, Some(&filename)) {
        Ok(text) => Ok(Program { text, filename }),
        Err(undecodable) => Err(LoadError::Source { filename, undecodable }),
    }
}

/// Joined to the current folder, and otherwise as written, as Python does it.
fn absolute(path: &Path) -> PathBuf {
    match std::env::current_dir() {
        Ok(here) if path.as_os_str().is_empty() => here,
        Ok(here) => here.join(path),
        Err(_) => path.to_path_buf(),
    }
}
