//! `argil compare`: one script in every lock mode, and what each costs.
//!
//! `rounds.rs` runs it, `series.rs` sums up, `verdict.rs` finds the words; here all of it is printed. docs/compare.md tells users
//! what the figures mean.
use std::io::{self, Write};
use std::process::ExitCode;

use self::busy::Meanwhile;
use self::options::Options;
use self::report::Target;
use self::series::{Failure, Figures, Series, figures, name};
use self::verdict::{Place, verdict};
use crate::{complain, program};

mod busy;
mod measure;
pub mod options;
mod output;
mod report;
mod rounds;
mod series;
mod stats;
mod table;
mod tree;
mod units;
mod verdict;

/// What a comparison came to.
struct Outcome {
    all: Vec<Series>,
    /// How many rounds were measured.
    rounds: usize,
    /// What else the machine did during these.
    meanwhile: Meanwhile,
}

impl Outcome {
    fn failures(&self) -> impl Iterator<Item = (&Series, &Failure)> {
        self.all.iter().filter_map(|series| Some((series, series.failure.as_ref()?)))
    }

    fn all_failed(&self) -> bool {
        self.failures().count() == self.all.len()
    }

    /// Whether the script succeeded in every run and always printed the same.
    fn is_good(&self) -> bool {
        self.all.iter().all(|series| series.failure.is_none() && series.difference.is_none())
    }
}

/// Runs the comparison and prints it. The exit status is 0 if the script succeeded in every run and always printed the same, 1 if
/// not, and 2 if there is no such script or the file of `--json` cannot be written.
pub fn main(options: &Options) -> ExitCode {
    if let Err(error) = program::file(&options.script) {
        return error.report();
    }
    let json = match options.json.as_deref().map(Target::open).transpose() {
        Ok(json) => json,
        Err(message) => {
            complain(message);
            return ExitCode::from(2);
        }
    };
    let done = std::env::current_exe()
        .map_err(|error| format!("cannot find my own executable: {error}"))
        .and_then(|argil| rounds::compare(options, &argil))
        .and_then(|outcome| {
            print(options, &outcome, json).map_err(|error| error.to_string())?;
            complain_of_failures(options, &outcome);
            Ok(outcome.is_good())
        });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            complain(message);
            ExitCode::FAILURE
        }
    }
}

/// The cores that this process may use.
fn machine_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Prints the tables and the sentence, then differences between outputs, and writes the document of `--json`. Where that goes to
/// standard output, all else goes to stderr.
fn print(options: &Options, outcome: &Outcome, json: Option<Target>) -> io::Result<()> {
    let figures = figures(&outcome.all);
    let trouble = outcome.meanwhile.trouble();
    let verdict = if outcome.all_failed() {
        "The script failed in every mode.".into()
    } else {
        verdict(&figures, Place { cores: machine_cores(), trouble: trouble.as_deref() })
    };
    let to_stderr = matches!(json, Some(Target::Stdout));
    if let Some(target) = json {
        let document = report::document(options, &outcome.all, &figures, &outcome.meanwhile, &verdict);
        match target.write(&document) {
            Err(error) if to_stderr && error.kind() == io::ErrorKind::BrokenPipe => {}
            done => done.map_err(|error| io::Error::other(format!("cannot write the runs: {error}")))?,
        }
    }
    // A table of nothing says nothing.
    if outcome.all_failed() {
        return Ok(());
    }
    let printed = if to_stderr {
        write_tables(options, outcome, &figures, &verdict, io::stderr().lock())
    } else {
        write_tables(options, outcome, &figures, &verdict, io::stdout().lock())
    };
    match printed {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

fn write_tables(
    options: &Options,
    outcome: &Outcome,
    figures: &[Figures],
    verdict: &str,
    mut out: impl Write,
) -> io::Result<()> {
    let command = std::iter::once(options.script.to_string_lossy().into_owned()).chain(options.args.iter().cloned());
    let command = command.collect::<Vec<_>>().join(" ");
    writeln!(out, "{}", header(&command, outcome.rounds, machine_cores()))?;
    writeln!(out, "{}", table::costs(figures))?;
    if !options.workers.is_empty()
        && let Some(first) = figures.iter().find(|row| row.costs.is_ok())
    {
        writeln!(out, "\nSpeed-up against {} (95 % interval):", first.name())?;
        writeln!(out, "{}", table::scaling(figures))?;
    }
    writeln!(out, "{verdict}")?;
    for series in &outcome.all {
        let left: usize = series.runs.iter().map(|run| run.left_behind).sum();
        if left > 0 {
            let processes = if left == 1 { "process" } else { "processes" };
            let name = name(series.mode, series.workers);
            writeln!(out, "In {name} the script left {left} {processes} that had to be killed.")?;
        }
    }
    for difference in outcome.all.iter().filter_map(|series| series.difference.as_ref()) {
        writeln!(out, "\nThe script did not always print the same:\n{}", difference.diff.trim_end())?;
    }
    out.flush()
}

/// The line above the table.
fn header(command: &str, rounds: usize, cores: usize) -> String {
    format!("{command}: {} in each mode on {}", counted(rounds, "run"), counted(cores, "core"))
}

/// Tells on stderr which modes failed, and why; those that failed alike together.
fn complain_of_failures(options: &Options, outcome: &Outcome) {
    let mut kinds: Vec<(&Failure, Vec<&Series>)> = Vec::new();
    for (series, failure) in outcome.failures() {
        match kinds.iter_mut().find(|(kind, _)| *kind == failure) {
            Some((_, alike)) => alike.push(series),
            None => kinds.push((failure, vec![series])),
        }
    }
    for (Failure { trouble, stderr }, alike) in kinds {
        let names: Vec<String> = alike.iter().map(|series| name(series.mode, series.workers)).collect();
        let end = if stderr.is_empty() { "" } else { "; the end of its stderr:\n" };
        let script = options.script.display();
        complain(format_args!("{script} {trouble} in {}{end}{}", names.join(", "), stderr.trim_end()));
    }
    let good = |mode| outcome.failures().all(|(series, _)| series.mode != mode);
    let good: Vec<&str> = options.modes.iter().filter(|mode| good(**mode)).map(|mode| mode.name()).collect();
    if !good.is_empty() && good.len() < options.modes.len() {
        complain(format_args!("to leave out what fails: --modes {}", good.join(",")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_each_is_no_plural() {
        assert_eq!(header("x.py 3", 7, 2), "x.py 3: 7 runs in each mode on 2 cores");
        assert_eq!(header("x.py", 1, 1), "x.py: 1 run in each mode on 1 core");
    }
}
