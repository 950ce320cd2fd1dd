//! Runs every script under `tests/` and every example in each lock mode and compares what it
//! prints, and how it ends, with what CPython 3.14 did (recorded by `tests/record.sh`).
//!
//! Each script in each mode is a test of its own, named `gil::lang/str/split`, so that the usual
//! filters choose a mode, a folder or a case: `cargo test --test run -- none::lang/str`.
//! The environment reaches the scripts, so `ARGIL_STRESS=gc,switch` tests them under stress.

mod case;
mod execute;

use case::{Case, Mode};
use libtest_mimic::{Arguments, Failed, Trial};
use similar::TextDiff;

fn main() {
    let arguments = Arguments::from_args();
    let cases = case::find_all().unwrap_or_else(|error| panic!("reading the cases: {error}"));
    let stress = std::env::var("ARGIL_STRESS").is_ok_and(|what| what.contains("gc"));
    let mut trials = Vec::new();
    for case in cases.into_iter().filter(|case| case.bears_stress || !stress) {
        for &mode in &case.modes {
            let case = case.clone();
            let name = format!("{}::{}", mode.name(), case.name);
            trials.push(Trial::test(name, move || check(&case, mode)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// Runs `case` in `mode` and reports every difference from what is expected.
fn check(case: &Case, mode: Mode) -> Result<(), Failed> {
    let expected = case.expected()?;
    let actual = execute::run(case, mode)?;
    let mut report = String::new();
    if actual.status != expected.status {
        report += &format!("exit status {}, expected {}\n", actual.status, expected.status);
    }
    report += &difference("stdout", &expected.stdout, &actual.stdout);
    match &expected.stderr {
        Some(stderr) => report += &difference("stderr", stderr, &actual.stderr),
        // The differences reported so far are easier to understand beside what was complained of.
        None if !report.is_empty() => report += &format!("stderr was:\n{}", actual.stderr),
        None => {}
    }
    if report.is_empty() { Ok(()) } else { Err(report.into()) }
}

/// A unified diff of the `stream`, empty if there is no difference.
fn difference(stream: &str, expected: &str, actual: &str) -> String {
    TextDiff::from_lines(expected, actual)
        .unified_diff()
        .header(&format!("{stream} expected"), &format!("{stream} actual"))
        .to_string()
}
